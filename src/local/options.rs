//! The command line of `local`.

use std::{
    net::{Ipv4Addr, SocketAddr},
    time::Duration,
};

/// What is shown for `--help` and after a mistake.
pub(super) const USAGE: &str = "\
Serves the SageMaker API on this machine, without an AWS account.

Usage: terraform-provider-sagemaker local [--listen ADDRESS] [--account ID] [--latency MS]

  --listen ADDRESS   loopback address and port; default 127.0.0.1:0, which takes a free port.
                     The first line of output tells the address.
  --account ID       the account that everything belongs to, 12 digits; default 123456789012
  --latency MS       how long changes take, in milliseconds; default 300
";

/// How to serve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The account that everything belongs to: twelve digits.
    pub account: String,
    /// How long a change takes: creating an endpoint, for one.
    pub latency: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self { account: "123456789012".to_owned(), latency: Duration::from_millis(300) }
    }
}

/// What a command line asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Wish {
    Serve(SocketAddr, Options),
    Help,
}

/// A mistake in the command line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UsageError {
    #[error("`{0}` is not an option of `local`")]
    Unknown(String),
    #[error("`{0}` needs a value")]
    Missing(String),
    #[error("`{value}` is no value for `{option}`: {reason}")]
    Invalid { option: String, value: String, reason: &'static str },
}

/// Reads the arguments after `local`.
pub(super) fn read(arguments: impl Iterator<Item = String>) -> Result<Wish, UsageError> {
    let mut arguments = arguments;
    let mut listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let mut options = Options::default();
    while let Some(option) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| UsageError::Missing(option.clone()));
        match option.as_str() {
            "--help" | "-help" | "-h" => return Ok(Wish::Help),
            "--listen" => listen = address(&value()?)?,
            "--account" => options.account = account(value()?)?,
            "--latency" => options.latency = latency(&value()?)?,
            _ => return Err(UsageError::Unknown(option)),
        }
    }
    Ok(Wish::Serve(listen, options))
}

fn address(value: &str) -> Result<SocketAddr, UsageError> {
    let address: SocketAddr =
        value.parse().map_err(|_| invalid("--listen", value, "an address with a port is expected"))?;
    // Nothing here checks who is asking, so nobody else may.
    if !address.ip().is_loopback() {
        return Err(invalid("--listen", value, "only loopback addresses are served"));
    }
    Ok(address)
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

fn invalid(option: &str, value: &str, reason: &'static str) -> UsageError {
    UsageError::Invalid { option: option.to_owned(), value: value.to_owned(), reason }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(arguments: &[&str]) -> Result<Wish, UsageError> {
        read(arguments.iter().map(|argument| (*argument).to_owned()))
    }

    #[test]
    fn arguments_set_what_they_name() {
        let wish = read_all(&["--listen", "[::1]:8080", "--latency", "0", "--account", "000000000001"]);
        let options = Options { account: "000000000001".into(), latency: Duration::ZERO };
        assert_eq!(wish, Ok(Wish::Serve("[::1]:8080".parse().unwrap(), options)));
        assert_eq!(read_all(&["--latency", "5", "--help"]), Ok(Wish::Help));
        // As Terraform spells it.
        assert_eq!(read_all(&["-help"]), Ok(Wish::Help));
    }

    #[test]
    fn mistakes_are_named() {
        for (arguments, message) in [
            (&["--port", "1"][..], "`--port` is not an option of `local`"),
            (&["--listen"], "`--listen` needs a value"),
            (
                &["--listen", "0.0.0.0:80"],
                "`0.0.0.0:80` is no value for `--listen`: only loopback addresses are served",
            ),
            (&["--account", "12"], "`12` is no value for `--account`: 12 digits are expected"),
            (&["--latency", "1s"], "`1s` is no value for `--latency`: milliseconds are expected"),
        ] {
            assert_eq!(read_all(arguments).unwrap_err().to_string(), message);
        }
    }
}
