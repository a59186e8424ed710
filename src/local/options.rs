//! The command line of `local`.

use std::{
    net::{Ipv4Addr, SocketAddr},
    num::NonZeroU32,
    path::PathBuf,
    time::Duration,
};

use super::authorization::Policy;

/// The text for `--help` and after a usage error.
pub(super) const USAGE: &str = "\
Serves the SageMaker API on this machine, without an AWS account.

Usage: terraform-provider-sagemaker local [--listen ADDRESS] [--data FILE] [--account ID] [--latency MS]
                                          [--rate NUMBER] [--policy FILE]

  --listen ADDRESS   loopback address and port; default 127.0.0.1:0, which takes a free port.
                     The first line of output is `listening on http://ADDRESS`.
  --data FILE        keep everything in this file, which need not exist yet; without it, everything
                     is forgotten at the end
  --account ID       the account that everything belongs to, 12 digits; default 123456789012
  --latency MS       how long changes take, in milliseconds; default 300
  --rate NUMBER      how many requests a second each operation answers, in each region; without it, all
  --policy FILE      refuse what this IAM policy does not allow, a JSON document or a list of them; see
                     `iam-policy -help`. Without it, everything is allowed

The region is the one that a request is signed for. Any credentials will do. Ctrl-C ends it.

  export AWS_ENDPOINT_URL_SAGEMAKER=http://ADDRESS AWS_ENDPOINT_URL_STS=http://ADDRESS
";

/// How to serve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The account of all objects: twelve digits.
    pub account: String,
    /// The duration of a change, such as creating an endpoint.
    pub latency: Duration,
    /// The requests per second that each operation serves in a region; further ones are throttled. None: unlimited.
    pub rate: Option<NonZeroU32>,
    /// What callers may do. None: everything.
    pub policy: Option<Policy>,
}

impl Default for Options {
    fn default() -> Self {
        Self { account: "123456789012".to_owned(), latency: Duration::from_millis(300), rate: None, policy: None }
    }
}

/// A parsed command line.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Command {
    Serve {
        listen: SocketAddr,
        options: Options,
        /// The data file; None: everything is kept in memory only.
        data: Option<PathBuf>,
        /// The file with the policy of the options; None: everything is allowed.
        policy: Option<PathBuf>,
    },
    Help,
}

/// A usage error.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UsageError {
    /// The option does not exist.
    #[error("`{0}` is not an option of `local`")]
    Unknown(String),
    /// The option lacks its value.
    #[error("`{0}` needs a value")]
    Missing(String),
    /// The value of an option is invalid.
    #[error("`{value}` is no value for `{option}`: {reason}")]
    Invalid {
        /// The option: `--port`.
        option: String,
        /// The value as given.
        value: String,
        /// What is wrong with it.
        reason: &'static str,
    },
}

/// Parses the arguments after `local`.
pub(super) fn parse(arguments: impl Iterator<Item = String>) -> Result<Command, UsageError> {
    let mut arguments = arguments;
    let mut listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let (mut options, mut data, mut policy) = (Options::default(), None, None);
    while let Some(argument) = arguments.next() {
        let (option, given) = match argument.split_once('=') {
            Some((option, value)) => (option.to_owned(), Some(value.to_owned())),
            None => (argument, None),
        };
        let mut value =
            || given.clone().or_else(|| arguments.next()).ok_or_else(|| UsageError::Missing(option.clone()));
        // Terraform spells its own options with one dash.
        match option.strip_prefix('-').map(|option| option.strip_prefix('-').unwrap_or(option)) {
            Some("help" | "h") => return Ok(Command::Help),
            Some("listen") => listen = address(&value()?)?,
            Some("data") => data = Some(file("--data", &value()?)?),
            Some("policy") => policy = Some(file("--policy", &value()?)?),
            Some("account") => options.account = account(value()?)?,
            Some("latency") => options.latency = latency(&value()?)?,
            Some("rate") => options.rate = Some(rate(&value()?)?),
            _ => return Err(UsageError::Unknown(option)),
        }
    }
    Ok(Command::Serve { listen, options, data, policy })
}

fn address(value: &str) -> Result<SocketAddr, UsageError> {
    let expected = || invalid("--listen", value, "an address with a port is expected, such as 127.0.0.1:4566");
    let address = match value.strip_prefix("localhost:") {
        Some(port) => SocketAddr::from((Ipv4Addr::LOCALHOST, port.parse().map_err(|_| expected())?)),
        None => value.parse().map_err(|_| expected())?,
    };
    // Nothing here checks who is calling, so no other machine may.
    if !address.ip().is_loopback() {
        return Err(invalid("--listen", value, "only loopback addresses are served"));
    }
    Ok(address)
}

fn file(option: &str, value: &str) -> Result<PathBuf, UsageError> {
    // Most likely a variable of a script that is not set.
    if value.is_empty() { Err(invalid(option, value, "the name of a file is expected")) } else { Ok(value.into()) }
}

fn account(value: String) -> Result<String, UsageError> {
    if value.len() == 12 && value.bytes().all(|byte| byte.is_ascii_digit()) {
        Ok(value)
    } else {
        Err(invalid("--account", &value, "12 digits are expected"))
    }
}

fn latency(value: &str) -> Result<Duration, UsageError> {
    value.parse().map(Duration::from_millis).map_err(|_| invalid("--latency", value, "milliseconds are expected"))
}

fn rate(value: &str) -> Result<NonZeroU32, UsageError> {
    value.parse().map_err(|_| invalid("--rate", value, "a number of requests a second is expected"))
}

fn invalid(option: &str, value: &str, reason: &'static str) -> UsageError {
    UsageError::Invalid { option: option.to_owned(), value: value.to_owned(), reason }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse_all(arguments: &[&str]) -> Result<Command, UsageError> {
        parse(arguments.iter().map(|argument| (*argument).to_owned()))
    }

    #[test]
    fn arguments_set_what_they_name() {
        let command =
            parse_all(&["--listen", "[::1]:8080", "--latency", "0", "--account", "000000000001", "--rate", "5"]);
        let options =
            Options { account: "000000000001".into(), latency: Duration::ZERO, rate: NonZeroU32::new(5), policy: None };
        let listen = "[::1]:8080".parse().unwrap();
        assert_eq!(command, Ok(Command::Serve { listen, options, data: None, policy: None }));
        let (listen, options) = ("127.0.0.1:4566".parse().unwrap(), Options::default());
        let command = Command::Serve { listen, options, data: Some("a=b".into()), policy: Some("p.json".into()) };
        let arguments = ["-listen=localhost:4566", "--data=a=b", "--policy", "p.json"];
        assert_eq!(parse_all(&arguments), Ok(command));
        assert_eq!(parse_all(&["--latency", "5", "--help"]), Ok(Command::Help));
        // As Terraform spells it.
        assert_eq!(parse_all(&["-help"]), Ok(Command::Help));
    }

    #[test]
    fn usage_errors_are_described() {
        for (arguments, message) in [
            (&["--port", "1"][..], "`--port` is not an option of `local`"),
            (&["--listen"], "`--listen` needs a value"),
            (&["listen"], "`listen` is not an option of `local`"),
            (&["--data", ""], "`` is no value for `--data`: the name of a file is expected"),
            (&["--policy", ""], "`` is no value for `--policy`: the name of a file is expected"),
            (
                &["--listen", "4566"],
                "`4566` is no value for `--listen`: an address with a port is expected, such as 127.0.0.1:4566",
            ),
            (
                &["--listen", "0.0.0.0:80"],
                "`0.0.0.0:80` is no value for `--listen`: only loopback addresses are served",
            ),
            (&["--account", "12"], "`12` is no value for `--account`: 12 digits are expected"),
            (&["--rate", "0"], "`0` is no value for `--rate`: a number of requests a second is expected"),
            (&["--latency", "1s"], "`1s` is no value for `--latency`: milliseconds are expected"),
        ] {
            assert_eq!(parse_all(arguments).unwrap_err().to_string(), message);
        }
    }
}
