//! The command line of `iam-policy`.

use crate::{
    arguments::{
        Effect::{Flag, Value},
        Subcommand, account, set,
    },
    regions::{self, Accepted},
    text::list,
};

const HELP: &str = "\
Writes the least IAM policy with which Terraform can plan or apply SageMaker resources. It calls nothing.

Usage: terraform-provider-sagemaker iam-policy [--for plan|apply] [--hcl] [--region REGION] [--account ID]
                                               [--partition NAME] PLAN.json | DIR | TYPE...

  PLAN.json          the output of `terraform show -json PLAN`: exactly what this plan reads and changes,
                     with the ARNs of its objects and the roles that it passes
  DIR                a directory with *.tf files: everything that its types and those of the modules below
                     it can do
  TYPE...            types of this provider, such as sagemaker_model

  --for plan|apply   what the policy is for: `plan` only reads, and the default, `apply`, changes too
  --hcl              write data sources `aws_iam_policy_document` in place of JSON
  --region REGION    the region of the ARNs where the plan has none; default `*`
  --account ID       the account of the ARNs, 12 digits; default that of the plan's objects, or else `*`
  --partition NAME   the partition of the ARNs, such as aws-cn; default that of the region, or else aws

Names that are not known yet are `*` in the ARNs, and notes go to the standard error output. Policies for more than
6144 characters are split: the JSON is a list of policies then.
";

/// What a policy is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Purpose {
    Plan,
    #[default]
    Apply,
}

/// The options of a run.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Options {
    pub(super) purpose: Purpose,
    pub(super) hcl: bool,
    pub(super) region: Option<String>,
    pub(super) account: Option<String>,
    pub(super) partition: Option<String>,
    /// The plan, the directory or the types; not empty.
    pub(super) given: Vec<String>,
}

/// The subcommand.
pub(crate) static SUBCOMMAND: Subcommand<Options> = Subcommand {
    name: "iam-policy",
    help: HELP,
    options: &[
        ("--for", Value(|options, value| purpose(value).map(|purpose| options.purpose = purpose))),
        ("--hcl", Flag(|options| options.hcl = true)),
        ("--region", Value(|options, value| region(value).and_then(|region| set(&mut options.region, region)))),
        ("--account", Value(|options, value| account(value).and_then(|account| set(&mut options.account, account)))),
        ("--partition", Value(|options, value| word(value).and_then(|word| set(&mut options.partition, word)))),
    ],
    operand: Some(|options, argument| options.given.push(argument.to_owned())),
    check,
};

fn check(options: &Options) -> Result<(), &'static str> {
    if options.given.is_empty() { Err("`iam-policy` needs a plan, a directory or types") } else { Ok(()) }
}

fn purpose(value: &str) -> Result<Purpose, String> {
    match value {
        "plan" => Ok(Purpose::Plan),
        "apply" => Ok(Purpose::Apply),
        _ => Err("it must be `plan` or `apply`".to_owned()),
    }
}

/// A region that a partition may have: one that is new has the same policies.
fn region(value: &str) -> Result<String, String> {
    let nearest = |_| format!("it must be the name of a region, and the nearest are {}", list(regions::nearest(value)));
    Accepted::Possible.check(value).map(|()| value.to_owned()).map_err(nearest)
}

/// Partitions: letters, digits and hyphens.
fn word(value: &str) -> Result<String, String> {
    let is_word = |letter: u8| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == b'-';
    if value.bytes().all(is_word) {
        Ok(value.to_owned())
    } else {
        Err("it must consist of lower-case letters, digits and hyphens".to_owned())
    }
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
        let arguments = ["--for", "plan", "-region=eu-west-1", "--account", "123456789012", "--hcl", "plan.json"];
        let options = Options {
            purpose: Purpose::Plan,
            hcl: true,
            region: Some("eu-west-1".to_owned()),
            account: Some("123456789012".to_owned()),
            partition: None,
            given: vec!["plan.json".to_owned()],
        };
        assert_eq!(parse(&arguments), Ok(Request::Run(options)));
        assert_eq!(parse(&["plan.json", "-help"]), Ok(Request::Help));
    }

    #[test]
    fn usage_errors_are_described() {
        for (arguments, message) in [
            (&[][..], "`iam-policy` needs a plan, a directory or types, see `iam-policy -help`"),
            (
                &["--for", "destroy"],
                "`destroy` is not a valid value of `--for`: it must be `plan` or `apply`, see `iam-policy -help`",
            ),
            (
                &["--account", "12"],
                "`12` is not a valid value of `--account`: it must have 12 digits, see `iam-policy -help`",
            ),
            (
                &["--partition", "AWS"],
                "`AWS` is not a valid value of `--partition`: it must consist of lower-case letters, digits and \
                 hyphens, see `iam-policy -help`",
            ),
            (
                &["--region", "us-east1"],
                "`us-east1` is not a valid value of `--region`: it must be the name of a region, and the nearest are \
                 `us-east-1`, `us-east-2`, `ap-east-1`, see `iam-policy -help`",
            ),
        ] {
            assert_eq!(parse(arguments).expect_err("it is wrong").to_string(), message);
        }
    }
}
