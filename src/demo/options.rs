//! The command line of `demo`.

use std::path::PathBuf;

use crate::arguments::{
    Effect::{Flag, Value},
    Subcommand, set,
};

const HELP: &str = "\
Plans, applies, drifts, repairs, changes and destroys a SageMaker stack on this machine, without an AWS account.

Usage: terraform-provider-sagemaker demo [--cli PATH] [--keep] [--verbose]

  --cli PATH   the `terraform` or `tofu` to run; default: whichever is on the PATH, in this order
  --keep       leave the working directory, and show how to go on in it
  --verbose    show all output of the commands instead of a summary
";

/// The options of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Options {
    /// None: the first one on the PATH.
    pub(super) cli: Option<PathBuf>,
    pub(super) keep: bool,
    pub(super) verbose: bool,
}

/// The subcommand.
pub(crate) static SUBCOMMAND: Subcommand<Options> = Subcommand {
    name: "demo",
    help: HELP,
    options: &[
        ("--cli", Value(|options, value| set(&mut options.cli, value.into()))),
        ("--keep", Flag(|options| options.keep = true)),
        ("--verbose", Flag(|options| options.verbose = true)),
    ],
    operand: None,
    check: |_| Ok(()),
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arguments::Request;

    #[test]
    fn arguments_set_what_they_name() {
        let parse = |arguments: &[&str]| SUBCOMMAND.parse(arguments.iter().map(|argument| (*argument).to_owned()));
        let options = Options { cli: Some("/opt/tofu".into()), keep: true, verbose: true };
        assert_eq!(parse(&["--keep", "--verbose", "--cli", "/opt/tofu"]), Ok(Request::Run(options)));
        assert_eq!(parse(&[]), Ok(Request::Run(Options::default())));
    }
}
