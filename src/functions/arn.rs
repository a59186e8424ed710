//! ARNs of SageMaker: their parts, and the rules for each. This file knows no function.

use super::{
    forms::{FORMS, Form},
    texts::{FunctionError, refuse},
};
use crate::{
    arn::Arn,
    regions::partition_of,
    text::{enumerated, list, nearest},
};

/// In place of an account id in the ARNs of what AWS publishes to all accounts.
const PUBLIC: &str = "aws";

/// The parts of an ARN of SageMaker.
pub(super) struct SageMakerArn<'a> {
    pub(super) partition: &'a str,
    pub(super) region: &'a str,
    pub(super) account: &'a str,
    /// What follows the account.
    pub(super) resource: &'a str,
    pub(super) form: Form,
    /// The names of the form with their values, in order.
    pub(super) names: Vec<(&'static str, &'a str)>,
}

/// Reads an ARN from an argument.
pub(super) fn read(arn: &str, argument: usize) -> Result<SageMakerArn<'_>, FunctionError> {
    let parsed = Arn::parse(arn).filter(|parsed| parsed.service == "sagemaker");
    let Some(Arn { partition, region, account, resource, .. }) = parsed else {
        let text = "is not an ARN of SageMaker, such as `arn:aws:sagemaker:eu-west-1:123456789012:endpoint/churn`. \
                    Pass the `arn` of a SageMaker resource.";
        return refuse(argument, format!("{arn:?} {text}"));
    };
    check_region(region, argument)?;
    check_account(account, argument)?;
    let expected = partition_of(region);
    if partition != expected {
        let text = format!("is in the partition `{expected}`, not in {partition:?}. Correct one of them in {arn:?}.");
        return refuse(argument, format!("The region `{region}` {text}"));
    }
    let found = FORMS.iter().find_map(|form| form.values(resource).map(|names| (*form, names)));
    let Some((form, names)) = found else { return refuse(argument, without_form(resource)) };
    Ok(SageMakerArn { partition, region, account, resource, form, names })
}

fn without_form(resource: &str) -> String {
    let resource_type = resource.split('/').next().unwrap_or_default();
    let begins = |form: &&Form| form.pattern.split('/').next() == Some(resource_type);
    let patterns: Vec<&str> = FORMS.iter().filter(begins).map(|form| form.pattern).collect();
    if patterns.is_empty() {
        let beginnings: Vec<&str> = FORMS.iter().filter_map(|form| form.pattern.split('/').next()).collect();
        return unknown(&format!("{resource_type:?} in {resource:?}"), beginnings, resource_type);
    }
    let patterns = enumerated(&patterns, "or");
    format!("The ARN ends with {resource:?}, but ARNs of that type end with {patterns}. Pass a complete one.")
}

/// An unknown resource type, with the nearest of the known ones.
pub(super) fn unknown(what: &str, mut known: Vec<&'static str>, resource_type: &str) -> String {
    known.dedup();
    let near = list(nearest(known, resource_type));
    format!("{what} is not a resource type that this version of the provider knows. The nearest are {near}.")
}

/// Demands an area, a direction and a number: `us-gov-west-1`.
pub(super) fn check_region(region: &str, argument: usize) -> Result<(), FunctionError> {
    let parts: Vec<&str> = region.split('-').collect();
    let word = |part: &&str| !part.is_empty() && part.bytes().all(|letter| letter.is_ascii_lowercase());
    let number = |part: &str| !part.is_empty() && part.bytes().all(|digit| digit.is_ascii_digit());
    match parts.split_last() {
        Some((last, words)) if words.len() >= 2 && words.iter().all(word) && number(last) => Ok(()),
        _ => refuse(argument, format!("{region:?} is not a region. Pass the name of one, such as `eu-west-1`.")),
    }
}

pub(super) fn check_account(account: &str, argument: usize) -> Result<(), FunctionError> {
    if account == PUBLIC || account.len() == 12 && account.bytes().all(|digit| digit.is_ascii_digit()) {
        return Ok(());
    }
    let text = "is not an account id. Pass the 12 digits of one as a string, or `aws` for what AWS publishes.";
    refuse(argument, format!("{account:?} {text}"))
}

/// Writes an ARN.
pub(super) fn write(region: &str, account: &str, resource: &str) -> String {
    Arn { partition: partition_of(region), service: "sagemaker", region, account, resource }.to_string()
}
