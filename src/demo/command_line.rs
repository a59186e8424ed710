//! The command line of `demo`.

use std::path::PathBuf;

/// What is shown for `--help` and after a mistake.
pub(super) const USAGE: &str = "\
Plans, applies, drifts, repairs, changes and destroys a SageMaker estate on this machine, without an AWS account.

Usage: terraform-provider-sagemaker demo [--cli PATH] [--keep]

  --cli PATH   the `terraform` or `tofu` to run; default: whichever is on the PATH, in this order
  --keep       leave the working directory
";

/// What a command line asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Wish {
    Play { cli: Option<PathBuf>, keep: bool },
    Help,
}

/// Reads the arguments after `demo`. The error says what is wrong with them.
pub(super) fn read(arguments: impl Iterator<Item = String>) -> Result<Wish, String> {
    let mut arguments = arguments;
    let (mut cli, mut keep) = (None, false);
    while let Some(option) = arguments.next() {
        match option.as_str() {
            "--help" | "-help" | "-h" => return Ok(Wish::Help),
            "--keep" => keep = true,
            "--cli" => cli = Some(arguments.next().ok_or("`--cli` needs a value")?.into()),
            _ => return Err(format!("`{option}` is not an option of `demo`")),
        }
    }
    Ok(Wish::Play { cli, keep })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(arguments: &[&str]) -> Result<Wish, String> {
        read(arguments.iter().map(|argument| (*argument).to_owned()))
    }

    #[test]
    fn options_come_in_any_order() {
        let wish = Wish::Play { cli: Some("/opt/tofu".into()), keep: true };
        assert_eq!(read_all(&["--keep", "--cli", "/opt/tofu"]), Ok(wish));
        assert_eq!(read_all(&[]), Ok(Wish::Play { cli: None, keep: false }));
        assert_eq!(read_all(&["-help"]), Ok(Wish::Help));
    }

    #[test]
    fn mistakes_are_named() {
        assert_eq!(read_all(&["--cli"]), Err("`--cli` needs a value".to_owned()));
        assert_eq!(read_all(&["--fast"]), Err("`--fast` is not an option of `demo`".to_owned()));
    }
}
