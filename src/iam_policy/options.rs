//! The command line of `iam-policy`.

use crate::regions::{Accepted, NoRegion};

/// The text of `iam-policy -help`.
pub(super) const HELP: &str = "\
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

/// What the arguments request.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Command {
    Help,
    Run(Options),
}

/// What a policy is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Purpose {
    Plan,
    #[default]
    Apply,
}

/// The options of a run.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Options {
    pub(super) purpose: Purpose,
    pub(super) hcl: bool,
    pub(super) region: Option<String>,
    pub(super) account: Option<String>,
    pub(super) partition: Option<String>,
    /// The plan, the directory or the types; not empty.
    pub(super) given: Vec<String>,
}

/// A wrong argument.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UsageError {
    /// No option of this name.
    #[error("`{0}` is not an option of `iam-policy`; `iam-policy -help` lists them")]
    Unknown(String),
    /// The option is the last argument.
    #[error("`{0}` needs a value")]
    Missing(String),
    /// The value cannot be used.
    #[error("`{value}` is no value for `{option}`: {expected}")]
    Invalid {
        /// The option.
        option: &'static str,
        /// The value as given.
        value: String,
        /// What is allowed.
        expected: &'static str,
    },
    /// There is no such region.
    #[error("`--region` is {0}")]
    Region(NoRegion),
    /// Nothing says what the policy is for.
    #[error("`iam-policy` needs a plan, a directory or types; `iam-policy -help` has examples")]
    Nothing,
}

pub(super) fn parse(arguments: impl Iterator<Item = String>) -> Result<Command, UsageError> {
    let mut arguments = arguments;
    let mut options = Options::default();
    while let Some(argument) = arguments.next() {
        let Some(option) = argument.strip_prefix('-') else {
            options.given.push(argument);
            continue;
        };
        let option = option.strip_prefix('-').unwrap_or(option);
        let (option, given) = match option.split_once('=') {
            Some((option, value)) => (option, Some(value.to_owned())),
            None => (option, None),
        };
        let mut value = |name: &'static str| {
            given.clone().or_else(|| arguments.next()).ok_or_else(|| UsageError::Missing(name.to_owned()))
        };
        match option {
            "help" | "h" => return Ok(Command::Help),
            "for" => options.purpose = purpose(&value("--for")?)?,
            "hcl" => options.hcl = true,
            "region" => options.region = Some(region(value("--region")?)?),
            "account" => options.account = Some(account(value("--account")?)?),
            "partition" => options.partition = Some(word("--partition", value("--partition")?)?),
            _ => return Err(UsageError::Unknown(argument)),
        }
    }
    if options.given.is_empty() { Err(UsageError::Nothing) } else { Ok(Command::Run(options)) }
}

fn purpose(value: &str) -> Result<Purpose, UsageError> {
    match value {
        "plan" => Ok(Purpose::Plan),
        "apply" => Ok(Purpose::Apply),
        _ => Err(invalid("--for", value, "`plan` or `apply` is expected")),
    }
}

/// A region that a partition may have: one that is new has the same policies.
fn region(value: String) -> Result<String, UsageError> {
    Accepted::Possible.check(&value).map(|()| value).map_err(UsageError::Region)
}

/// Partitions: letters, digits and hyphens.
fn word(option: &'static str, value: String) -> Result<String, UsageError> {
    let is_word = |letter: u8| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == b'-';
    if !value.is_empty() && value.bytes().all(is_word) {
        Ok(value)
    } else {
        Err(invalid(option, &value, "lower-case letters, digits and hyphens are expected"))
    }
}

fn account(value: String) -> Result<String, UsageError> {
    if value.len() == 12 && value.bytes().all(|byte| byte.is_ascii_digit()) {
        Ok(value)
    } else {
        Err(invalid("--account", &value, "12 digits are expected"))
    }
}

fn invalid(option: &'static str, value: &str, expected: &'static str) -> UsageError {
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
        let arguments = ["--for", "plan", "-region=eu-west-1", "--account", "123456789012", "--hcl", "plan.json"];
        let options = Options {
            purpose: Purpose::Plan,
            hcl: true,
            region: Some("eu-west-1".to_owned()),
            account: Some("123456789012".to_owned()),
            partition: None,
            given: vec!["plan.json".to_owned()],
        };
        assert_eq!(parse_all(&arguments), Ok(Command::Run(options)));
        assert_eq!(parse_all(&["plan.json", "-help"]), Ok(Command::Help));
    }

    #[test]
    fn usage_errors_are_described() {
        for (arguments, message) in [
            (&[][..], "`iam-policy` needs a plan, a directory or types; `iam-policy -help` has examples"),
            (&["--all", "x"], "`--all` is not an option of `iam-policy`; `iam-policy -help` lists them"),
            (&["--region"], "`--region` needs a value"),
            (&["--for", "destroy"], "`destroy` is no value for `--for`: `plan` or `apply` is expected"),
            (&["--account", "12"], "`12` is no value for `--account`: 12 digits are expected"),
            (
                &["--partition", ""],
                "`` is no value for `--partition`: lower-case letters, digits and hyphens are expected",
            ),
            (
                &["--region", "us-east1"],
                "`--region` is `us-east1`, which is not the name of a region; the nearest are `us-east-1`, `us-east-2`, \
                 `ap-east-1`",
            ),
        ] {
            assert_eq!(parse_all(arguments).expect_err("it is wrong").to_string(), message);
        }
    }
}
