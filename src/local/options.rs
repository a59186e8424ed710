//! The command line of `local`.

use std::{
    net::{Ipv4Addr, SocketAddr},
    num::NonZeroU32,
    path::PathBuf,
    time::Duration,
};

use super::authorization::Policy;
use crate::arguments::{Effect::Value, Subcommand, account, set};

const HELP: &str = "\
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

/// The arguments of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Arguments {
    pub(super) listen: SocketAddr,
    /// Without the policy.
    pub(super) options: Options,
    /// The data file; None: everything is kept in memory only.
    pub(super) data: Option<PathBuf>,
    /// The file with the policy of the options; None: everything is allowed.
    pub(super) policy: Option<PathBuf>,
}

impl Default for Arguments {
    fn default() -> Self {
        let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        Self { listen, options: Options::default(), data: None, policy: None }
    }
}

/// The subcommand.
pub(crate) static SUBCOMMAND: Subcommand<Arguments> = Subcommand {
    name: "local",
    help: HELP,
    options: &[
        ("--listen", Value(|arguments, value| address(value).map(|address| arguments.listen = address))),
        ("--data", Value(|arguments, value| set(&mut arguments.data, value.into()))),
        ("--account", Value(|arguments, value| account(value).map(|account| arguments.options.account = account))),
        ("--latency", Value(|arguments, value| latency(value).map(|latency| arguments.options.latency = latency))),
        ("--rate", Value(|arguments, value| rate(value).and_then(|rate| set(&mut arguments.options.rate, rate)))),
        ("--policy", Value(|arguments, value| set(&mut arguments.policy, value.into()))),
    ],
    operand: None,
    check: |_| Ok(()),
};

fn address(value: &str) -> Result<SocketAddr, String> {
    let expected = || "it must be an address with a port, such as 127.0.0.1:4566".to_owned();
    let address = match value.strip_prefix("localhost:") {
        Some(port) => SocketAddr::from((Ipv4Addr::LOCALHOST, port.parse().map_err(|_| expected())?)),
        None => value.parse().map_err(|_| expected())?,
    };
    // Nothing here checks who is calling, so no other machine may.
    if address.ip().is_loopback() { Ok(address) } else { Err("it must be a loopback address".to_owned()) }
}

fn latency(value: &str) -> Result<Duration, String> {
    value.parse().map(Duration::from_millis).map_err(|_| "it must be an integer, in milliseconds".to_owned())
}

fn rate(value: &str) -> Result<NonZeroU32, String> {
    value.parse().map_err(|_| "it must be a positive integer, in requests per second".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arguments::{Request, UsageError};

    fn parse(arguments: &[&str]) -> Result<Request<Arguments>, UsageError> {
        SUBCOMMAND.parse(arguments.iter().map(|argument| (*argument).to_owned()))
    }

    #[test]
    fn arguments_set_what_they_name() {
        let arguments = ["--listen", "[::1]:8080", "--latency", "0", "--account", "000000000001", "--rate", "5"];
        let options =
            Options { account: "000000000001".into(), latency: Duration::ZERO, rate: NonZeroU32::new(5), policy: None };
        let expected = Arguments { listen: "[::1]:8080".parse().unwrap(), options, ..Arguments::default() };
        assert_eq!(parse(&arguments), Ok(Request::Run(expected)));
        let expected = Arguments {
            listen: "127.0.0.1:4566".parse().unwrap(),
            data: Some("a=b".into()),
            policy: Some("p.json".into()),
            ..Arguments::default()
        };
        let arguments = ["-listen=localhost:4566", "--data=a=b", "--policy", "p.json"];
        assert_eq!(parse(&arguments), Ok(Request::Run(expected)));
    }

    #[test]
    fn usage_errors_are_described() {
        for (option, value, expected) in [
            ("--listen", "4566", "it must be an address with a port, such as 127.0.0.1:4566"),
            ("--listen", "0.0.0.0:80", "it must be a loopback address"),
            ("--account", "12", "it must have 12 digits"),
            ("--rate", "0", "it must be a positive integer, in requests per second"),
            ("--latency", "1s", "it must be an integer, in milliseconds"),
        ] {
            let message = format!("`{value}` is not a valid value of `{option}`: {expected}, see `local -help`");
            assert_eq!(parse(&[option, value]).unwrap_err().to_string(), message);
        }
    }
}
