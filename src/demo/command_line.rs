//! The command line of `demo`.

use std::path::PathBuf;

/// The text for `--help` and after a usage error.
pub(super) const USAGE: &str = "\
Plans, applies, drifts, repairs, changes and destroys a SageMaker stack on this machine, without an AWS account.

Usage: terraform-provider-sagemaker demo [--cli PATH] [--keep] [--verbose]

  --cli PATH   the `terraform` or `tofu` to run; default: whichever is on the PATH, in this order
  --keep       leave the working directory, and show how to go on in it
  --verbose    show all output of the commands instead of a summary
";

/// A parsed command line.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Command {
    Play { cli: Option<PathBuf>, keep: bool, verbose: bool },
    Help,
}

/// Parses the arguments after `demo`. The error describes the usage error.
pub(super) fn read(arguments: impl Iterator<Item = String>) -> Result<Command, String> {
    let mut arguments = arguments;
    let (mut cli, mut keep, mut verbose) = (None, false, false);
    while let Some(option) = arguments.next() {
        match option.as_str() {
            "--help" | "-help" | "-h" => return Ok(Command::Help),
            "--keep" => keep = true,
            "--verbose" => verbose = true,
            "--cli" => cli = Some(arguments.next().ok_or("`--cli` needs a value")?.into()),
            _ => return Err(format!("`{option}` is not an option of `demo`")),
        }
    }
    Ok(Command::Play { cli, keep, verbose })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(arguments: &[&str]) -> Result<Command, String> {
        read(arguments.iter().map(|argument| (*argument).to_owned()))
    }

    #[test]
    fn options_have_any_order() {
        let command = Command::Play { cli: Some("/opt/tofu".into()), keep: true, verbose: true };
        assert_eq!(read_all(&["--keep", "--verbose", "--cli", "/opt/tofu"]), Ok(command));
        assert_eq!(read_all(&[]), Ok(Command::Play { cli: None, keep: false, verbose: false }));
        assert_eq!(read_all(&["-help"]), Ok(Command::Help));
    }

    #[test]
    fn usage_errors_are_described() {
        assert_eq!(read_all(&["--cli"]), Err("`--cli` needs a value".to_owned()));
        assert_eq!(read_all(&["--fast"]), Err("`--fast` is not an option of `demo`".to_owned()));
    }
}
