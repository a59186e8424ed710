//! The command line of a subcommand: a table of its options, and what is wrong with the arguments that a user gives.
//!
//! An option has one or two dashes, since Terraform spells its own with one, and its value follows or is joined by `=`.
//! Knows nothing of what the options do.

use crate::text::nearest;

/// A subcommand whose arguments become an `O`.
#[derive(Debug)]
pub struct Subcommand<O: 'static> {
    /// As the user types it: `discover`.
    pub name: &'static str,
    /// The text of `-help`, which describes each of the options.
    pub help: &'static str,
    /// The options with both dashes, each with its effect.
    pub options: &'static [(&'static str, Effect<O>)],
    /// Takes an argument that is no option; None: there are none.
    pub operand: Option<fn(&mut O, &str)>,
    /// Refuses arguments that do not go together, with a rule such as "`--a` needs `--b`".
    pub check: fn(&O) -> Result<(), &'static str>,
}

/// What an option does.
#[derive(Debug)]
pub enum Effect<O> {
    /// It has no value.
    Flag(fn(&mut O)),
    /// It has a value, which is never empty. The error says what is allowed: "it must be an integer".
    Value(fn(&mut O, &str) -> Result<(), String>),
}

/// What the arguments request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request<O> {
    /// The text of `-help`.
    Help,
    /// A run with these options.
    Run(O),
}

/// What is wrong with the arguments.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UsageError {
    /// There is no such option.
    #[error("`{option}` is not an option of `{subcommand}`; the nearest is `{nearest}`, see `{subcommand} -help`")]
    Unknown {
        /// The subcommand.
        subcommand: &'static str,
        /// As given.
        option: String,
        /// The option with the most similar name.
        nearest: &'static str,
    },
    /// The option is the last argument, or its value is empty: most likely a variable of a script that is not set.
    #[error("`{option}` needs a value that is not empty, see `{subcommand} -help`")]
    Missing {
        /// The subcommand.
        subcommand: &'static str,
        /// The option.
        option: &'static str,
    },
    /// The value cannot be used.
    #[error("`{value}` is not a valid value of `{option}`: {expected}, see `{subcommand} -help`")]
    Invalid {
        /// The subcommand.
        subcommand: &'static str,
        /// The option.
        option: &'static str,
        /// As given.
        value: String,
        /// What is allowed.
        expected: String,
    },
    /// The arguments do not go together.
    #[error("{rule}, see `{subcommand} -help`")]
    Combination {
        /// The subcommand.
        subcommand: &'static str,
        /// What is allowed.
        rule: &'static str,
    },
}

impl<O: Default> Subcommand<O> {
    /// Reads the arguments after the name of the subcommand.
    ///
    /// # Errors
    /// What is wrong with the first wrong one.
    pub fn parse(&self, arguments: impl IntoIterator<Item = String>) -> Result<Request<O>, UsageError> {
        let mut arguments = arguments.into_iter();
        let mut options = O::default();
        while let Some(argument) = arguments.next() {
            match (argument.strip_prefix('-').filter(|name| !name.is_empty()), self.operand) {
                (Some("h" | "help" | "-help"), _) => return Ok(Request::Help),
                (None, Some(operand)) => operand(&mut options, &argument),
                _ => self.set(&mut options, &argument, &mut arguments)?,
            }
        }
        let refused = |rule| UsageError::Combination { subcommand: self.name, rule };
        (self.check)(&options).map_err(refused)?;
        Ok(Request::Run(options))
    }

    /// Sets an option, whose value may be among the rest of the arguments.
    fn set(&self, options: &mut O, argument: &str, rest: &mut impl Iterator<Item = String>) -> Result<(), UsageError> {
        let (written, joined) = match argument.split_once('=') {
            Some((written, value)) => (written, Some(value.to_owned())),
            None => (argument, None),
        };
        let (option, effect) = self.option(written).ok_or_else(|| self.unknown(written))?;
        let invalid = |value: &str, expected: String| UsageError::Invalid {
            subcommand: self.name,
            option,
            value: value.to_owned(),
            expected,
        };
        match (effect, joined) {
            (Effect::Flag(_), Some(value)) => Err(invalid(&value, "the option has no value".to_owned())),
            (Effect::Flag(set), None) => {
                set(options);
                Ok(())
            }
            (Effect::Value(set), joined) => {
                let value = joined.or_else(|| rest.next()).filter(|value| !value.is_empty());
                let value = value.ok_or(UsageError::Missing { subcommand: self.name, option })?;
                set(options, &value).map_err(|expected| invalid(&value, expected))
            }
        }
    }

    /// The option that is written with one dash or two.
    fn option(&self, written: &str) -> Option<(&'static str, &'static Effect<O>)> {
        let is_written = |option: &str| option == written || option.strip_prefix('-') == Some(written);
        self.options.iter().find(|(option, _)| is_written(option)).map(|(option, effect)| (*option, effect))
    }

    fn unknown(&self, written: &str) -> UsageError {
        let options: Vec<&str> = self.options.iter().map(|(option, _)| *option).collect();
        let nearest = nearest(options.iter().copied(), written).first().copied().unwrap_or("-help");
        UsageError::Unknown { subcommand: self.name, option: written.to_owned(), nearest }
    }
}

/// An account, of 12 digits.
///
/// # Errors
/// What is allowed.
pub fn account(value: &str) -> Result<String, String> {
    let is_account = value.len() == 12 && value.bytes().all(|byte| byte.is_ascii_digit());
    if is_account { Ok(value.to_owned()) } else { Err("it must have 12 digits".to_owned()) }
}

/// Sets an optional field: the effect of an option that accepts every value.
///
/// # Errors
/// None.
pub fn set<T>(field: &mut Option<T>, value: T) -> Result<(), String> {
    *field = Some(value);
    Ok(())
}
