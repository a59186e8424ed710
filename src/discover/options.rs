//! The command line of `discover`.

use std::path::PathBuf;

/// The text of `discover -help`.
pub(super) const HELP: &str = "\
Walks an account and writes `import` blocks for its SageMaker objects. It changes nothing.

Usage: terraform-provider-sagemaker discover [--region REGION]... [--type TYPE]... [--tag KEY=VALUE]...
                                             [--profile NAME] [--state FILE]... [--config] [--out DIR] [--json]
       terraform-provider-sagemaker discover --moved --state FILE... [--out DIR]

  --region REGION    the regions to walk; default that of the environment or the profile. The first
                     one is taken for the region of your provider block
  --type TYPE        only these resource types, such as sagemaker_model; default all that can be listed
  --tag KEY=VALUE    only objects with these tags; types without tags are then left out
  --profile NAME     the profile of the AWS configuration files
  --state FILE       a Terraform state, version 4, or `-` for the standard input: only what no given state
                     manages is written, and what a state has that is gone is reported
  --config           write the configurations of the objects too
  --out DIR          write import.tf, and with --config generated.tf, into this directory, which must not
                     have them; default: the standard output
  --json             write one JSON document in place of HCL
  --moved            write `moved` blocks for what the given states manage by hashicorp/aws or hashicorp/awscc, into
                     moved.tf with --out. Nothing is called, and no credentials are needed

Credentials and endpoints are found as the provider finds them without a provider block.

Exit codes: 0 all was walked, and with --state nothing differs; 1 something could not be walked; 2 with
--state, the account and the states differ.
";

/// What the arguments request.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Command {
    Help,
    Run(Options),
}

/// The options of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Options {
    pub(super) regions: Vec<String>,
    pub(super) types: Vec<String>,
    pub(super) tags: Vec<(String, String)>,
    pub(super) profile: Option<String>,
    pub(super) states: Vec<String>,
    pub(super) config: bool,
    pub(super) out: Option<PathBuf>,
    pub(super) json: bool,
    /// `moved` blocks from the states, in place of a walk.
    pub(super) moved: bool,
}

/// A wrong argument.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UsageError {
    /// No option of this name.
    #[error("`{0}` is not an option of `discover`; `discover -help` lists them")]
    Unknown(String),
    /// The option is the last argument.
    #[error("`{0}` needs a value")]
    Missing(String),
    /// Not an option of the command with `--moved`, or one that it needs is missing.
    #[error("`--moved` needs `--state FILE`, and takes no other option but `--out DIR`")]
    Moved,
    /// The value cannot be used.
    #[error("`{value}` is no value for `{option}`: {expected}")]
    Invalid {
        /// The option.
        option: &'static str,
        /// The value as given.
        value: String,
        /// What is allowed.
        expected: String,
    },
}

pub(super) fn parse(arguments: impl Iterator<Item = String>) -> Result<Command, UsageError> {
    let mut arguments = arguments;
    let mut options = Options::default();
    while let Some(argument) = arguments.next() {
        let (option, given) = match argument.split_once('=') {
            Some((option, value)) => (option.to_owned(), Some(value.to_owned())),
            None => (argument, None),
        };
        let mut value = |option: &'static str| {
            let value =
                given.clone().or_else(|| arguments.next()).ok_or_else(|| UsageError::Missing(option.to_owned()))?;
            // Most likely a variable of a script that is not set.
            if value.is_empty() { Err(invalid(option, &value, "it is empty".to_owned())) } else { Ok(value) }
        };
        match option.strip_prefix('-').map(|option| option.strip_prefix('-').unwrap_or(option)) {
            Some("help" | "h") => return Ok(Command::Help),
            Some("region") => options.regions.push(value("--region")?),
            Some("type") => options.types.push(value("--type")?),
            Some("tag") => options.tags.push(tag(&value("--tag")?)?),
            Some("profile") => options.profile = Some(value("--profile")?),
            Some("state") => options.states.push(value("--state")?),
            Some("out") => options.out = Some(value("--out")?.into()),
            Some("config") => options.config = true,
            Some("json") => options.json = true,
            Some("moved") => options.moved = true,
            _ => return Err(UsageError::Unknown(option)),
        }
    }
    if options.moved && !is_about_states_alone(&options) {
        return Err(UsageError::Moved);
    }
    Ok(Command::Run(options))
}

fn is_about_states_alone(options: &Options) -> bool {
    let Options { moved, states, out, .. } = options.clone();
    !states.is_empty() && *options == Options { moved, states, out, ..Options::default() }
}

fn tag(text: &str) -> Result<(String, String), UsageError> {
    match text.split_once('=') {
        Some((key, value)) if !key.is_empty() => Ok((key.to_owned(), value.to_owned())),
        _ => Err(invalid("--tag", text, "it has to be KEY=VALUE".to_owned())),
    }
}

pub(super) fn invalid(option: &'static str, value: &str, expected: String) -> UsageError {
    UsageError::Invalid { option, value: value.to_owned(), expected }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse_all(arguments: &[&str]) -> Result<Command, UsageError> {
        parse(arguments.iter().map(|argument| (*argument).to_owned()))
    }

    #[test]
    fn arguments_set_what_they_name() {
        let arguments = ["--region", "eu-west-1", "-region=us-east-1", "--tag", "team=a=b", "--state", "-", "--json"];
        let options = Options {
            regions: vec!["eu-west-1".to_owned(), "us-east-1".to_owned()],
            tags: vec![("team".to_owned(), "a=b".to_owned())],
            states: vec!["-".to_owned()],
            json: true,
            ..Options::default()
        };
        assert_eq!(parse_all(&arguments), Ok(Command::Run(options)));
        let (states, moved) = (vec!["a".to_owned()], true);
        let options = Options { states, moved, ..Options::default() };
        assert_eq!(parse_all(&["--moved", "--state", "a"]), Ok(Command::Run(options)));
        assert_eq!(parse_all(&["--config", "-help"]), Ok(Command::Help));
    }

    #[test]
    fn usage_errors_are_described() {
        for (arguments, message) in [
            (&["--all"][..], "`--all` is not an option of `discover`; `discover -help` lists them"),
            (&["--region"], "`--region` needs a value"),
            (&["--tag", "team"], "`team` is no value for `--tag`: it has to be KEY=VALUE"),
            (&["--moved"], "`--moved` needs `--state FILE`, and takes no other option but `--out DIR`"),
            (
                &["--moved", "--state", "a", "--json"],
                "`--moved` needs `--state FILE`, and takes no other option but `--out DIR`",
            ),
            (&["--state="], "`` is no value for `--state`: it is empty"),
        ] {
            assert_eq!(parse_all(arguments).expect_err("it is wrong").to_string(), message);
        }
    }
}
