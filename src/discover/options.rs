//! The command line of `discover`.

use std::path::PathBuf;

use crate::arguments::{
    Effect::{Flag, Value},
    Subcommand, set,
};

const HELP: &str = "\
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

/// The options of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Options {
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

/// The subcommand.
pub(crate) static SUBCOMMAND: Subcommand<Options> = Subcommand {
    name: "discover",
    help: HELP,
    options: &[
        ("--region", Value(|options, value| push(&mut options.regions, value))),
        ("--type", Value(|options, value| push(&mut options.types, value))),
        ("--tag", Value(|options, value| tag(value).map(|tag| options.tags.push(tag)))),
        ("--profile", Value(|options, value| set(&mut options.profile, value.to_owned()))),
        ("--state", Value(|options, value| push(&mut options.states, value))),
        ("--config", Flag(|options| options.config = true)),
        ("--out", Value(|options, value| set(&mut options.out, value.into()))),
        ("--json", Flag(|options| options.json = true)),
        ("--moved", Flag(|options| options.moved = true)),
    ],
    operand: None,
    check,
};

fn push(texts: &mut Vec<String>, value: &str) -> Result<(), String> {
    texts.push(value.to_owned());
    Ok(())
}

fn tag(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, value)) if !key.is_empty() => Ok((key.to_owned(), value.to_owned())),
        _ => Err("it must be KEY=VALUE".to_owned()),
    }
}

fn check(options: &Options) -> Result<(), &'static str> {
    if options.moved && !is_about_states_alone(options) {
        Err("`--moved` needs `--state FILE`, and takes no other option but `--out DIR`")
    } else if options.json && options.config {
        Err("`--json` prints no configuration: use it without `--config`")
    } else {
        Ok(())
    }
}

fn is_about_states_alone(options: &Options) -> bool {
    let Options { moved, states, out, .. } = options.clone();
    !states.is_empty() && *options == Options { moved, states, out, ..Options::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arguments::{Request, UsageError};

    fn parse(arguments: &[&str]) -> Result<Request<Options>, UsageError> {
        SUBCOMMAND.parse(arguments.iter().map(|argument| (*argument).to_owned()))
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
        assert_eq!(parse(&arguments), Ok(Request::Run(options)));
        let (states, moved) = (vec!["a".to_owned()], true);
        let options = Options { states, moved, ..Options::default() };
        assert_eq!(parse(&["--moved", "--state", "a"]), Ok(Request::Run(options)));
    }

    #[test]
    fn usage_errors_are_described() {
        let moved = "`--moved` needs `--state FILE`, and takes no other option but `--out DIR`, see `discover -help`";
        for (arguments, message) in [
            (
                &["--tag", "team"][..],
                "`team` is not a valid value of `--tag`: it must be KEY=VALUE, see `discover -help`",
            ),
            (&["--moved"], moved),
            (&["--moved", "--state", "a", "--json"], moved),
            (
                &["--json", "--config"],
                "`--json` prints no configuration: use it without `--config`, see `discover -help`",
            ),
        ] {
            assert_eq!(parse(arguments).expect_err("it is wrong").to_string(), message);
        }
    }
}
