//! The functions about ARNs: into parts, and from parts.

use super::{
    forms::{FORMS, Form},
    texts::{FunctionError, consists_of, listed, map, object, parameter, refuse, text},
};
use crate::{
    schema::{Function, Type},
    value::Value,
};

/// The partitions by the beginning of their regions; all other regions are in `aws`.
const PARTITIONS: &[(&str, &str)] = &[
    ("cn-", "aws-cn"),
    ("us-gov-", "aws-us-gov"),
    ("us-iso-", "aws-iso"),
    ("us-isob-", "aws-iso-b"),
    ("us-isof-", "aws-iso-f"),
    ("eu-isoe-", "aws-iso-e"),
    ("eusc-", "aws-eusc"),
];

/// Owns the objects that AWS publishes to all accounts.
const PUBLIC_ACCOUNT: &str = "aws";

/// The parts of an ARN of SageMaker.
pub(super) struct Arn<'a> {
    pub(super) partition: &'a str,
    pub(super) region: &'a str,
    account: &'a str,
    pub(super) form: Form,
    /// The names of the form with their values, in order.
    pub(super) names: Vec<(&'static str, &'a str)>,
}

/// Reads an ARN from an argument.
pub(super) fn read(arn: &str, argument: usize) -> Result<Arn<'_>, FunctionError> {
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    let ["arn", partition, "sagemaker", region, account, resource] = parts[..] else {
        return refuse(
            argument,
            format!(
                "{arn:?} is no ARN of SageMaker, which is written as \
                 `arn:<partition>:sagemaker:<region>:<account>:<resource type>/<name>`."
            ),
        );
    };
    if !consists_of(partition, "-") {
        return refuse(argument, format!("The partition {partition:?} in {arn:?} is no partition such as `aws`."));
    }
    check_region(region, argument)?;
    check_account(account, argument)?;
    let found = FORMS.iter().find_map(|form| form.values(resource).map(|names| (*form, names)));
    let Some((form, names)) = found else { return refuse(argument, unknown_resource(resource)) };
    Ok(Arn { partition, region, account, form, names })
}

fn unknown_resource(resource: &str) -> String {
    let resource_type = resource.split('/').next().unwrap_or_default();
    let begins = |form: &&Form| form.pattern.split('/').next() == Some(resource_type);
    let patterns: Vec<&str> = FORMS.iter().filter(begins).map(|form| form.pattern).collect();
    if patterns.is_empty() {
        return format!("SageMaker has no resource type {resource_type:?}. Known are {}.", listed(types()));
    }
    format!("{resource:?} does not have the form of its resource type: {}.", listed(patterns))
}

fn types() -> Vec<&'static str> {
    let mut types: Vec<&str> = FORMS.iter().map(|form| form.resource_type).collect();
    types.dedup();
    types
}

fn check_region(region: &str, argument: usize) -> Result<(), FunctionError> {
    if consists_of(region, "-") && region.contains('-') {
        return Ok(());
    }
    refuse(argument, format!("{region:?} is no region. Write one such as `eu-west-1`."))
}

fn check_account(account: &str, argument: usize) -> Result<(), FunctionError> {
    if account == PUBLIC_ACCOUNT || account.len() == 12 && account.bytes().all(|digit| digit.is_ascii_digit()) {
        return Ok(());
    }
    refuse(argument, format!("{account:?} is no account id, which has 12 digits, or is `aws` for public objects."))
}

fn partition(region: &str) -> &'static str {
    PARTITIONS.iter().find(|(beginning, _)| region.starts_with(beginning)).map_or("aws", |(_, partition)| partition)
}

pub(super) fn parse_schema() -> Function {
    Function {
        summary: "Splits an ARN of SageMaker into its parts.",
        description: "Splits an ARN of SageMaker into its parts. `resource_type` is named as in IAM, `name` is the last \
                      name in the ARN, and `names` holds all names by what they denote, such as `domain_id`.",
        parameters: vec![parameter("arn", Type::String, "The ARN of any SageMaker object.")],
        variadic: None,
        returns: object([
            ("partition", Type::String),
            ("service", Type::String),
            ("region", Type::String),
            ("account_id", Type::String),
            ("resource_type", Type::String),
            ("name", Type::String),
            ("names", map(Type::String)),
        ]),
    }
}

pub(super) fn parse(arguments: &[Value]) -> Result<Value, FunctionError> {
    let arn = read(text(arguments, 0), 0)?;
    let names = arn.names.iter().map(|(name, value)| ((*name).to_owned(), Value::from(*value)));
    Ok(Value::from([
        ("partition", arn.partition.into()),
        ("service", "sagemaker".into()),
        ("region", arn.region.into()),
        ("account_id", arn.account.into()),
        ("resource_type", arn.form.resource_type.into()),
        ("name", arn.names.last().map_or("", |(_, value)| value).into()),
        ("names", Value::Map(names.collect())),
    ]))
}

pub(super) fn build_schema() -> Function {
    Function {
        summary: "Builds an ARN of SageMaker from its parts.",
        description: "Builds an ARN of SageMaker. The partition follows from the region. A resource type takes as many \
                      names as its ARN has: an `app` takes the domain, the user profile, the type and the name.",
        parameters: vec![
            parameter("region", Type::String, "The region of the object."),
            parameter("account_id", Type::String, "The account of the object."),
            parameter("resource_type", Type::String, "The resource type as IAM calls it, such as `endpoint-config`."),
        ],
        variadic: Some(parameter("names", Type::String, "The names in the ARN, in its order.")),
        returns: Type::String,
    }
}

pub(super) fn build(arguments: &[Value]) -> Result<Value, FunctionError> {
    let (region, account, resource_type) = (text(arguments, 0), text(arguments, 1), text(arguments, 2));
    check_region(region, 0)?;
    check_account(account, 1)?;
    let names: Vec<&str> = arguments.iter().skip(3).filter_map(Value::as_str).collect();
    if let Some(index) = names.iter().position(|name| !consists_of(name, "-_.+=@")) {
        return refuse(3 + index, format!("{:?} is no name that an ARN can contain.", names[index]));
    }
    let forms: Vec<Form> = FORMS.iter().filter(|form| form.resource_type == resource_type).copied().collect();
    if forms.is_empty() {
        return refuse(2, format!("{resource_type:?} is no resource type. Known are {}.", listed(types())));
    }
    match forms.iter().find(|form| form.names().count() == names.len()) {
        Some(form) => Ok(arn(region, account, &form.resource(&names)).into()),
        None => refuse(
            2,
            format!(
                "The ARN of `{resource_type}` has the form {}, to which {} names were given.",
                listed(forms.iter().map(|form| form.pattern)),
                names.len()
            ),
        ),
    }
}

fn arn(region: &str, account: &str, resource: &str) -> String {
    format!("arn:{}:sagemaker:{region}:{account}:{resource}", partition(region))
}

pub(super) fn package_schema() -> Function {
    Function {
        summary: "Builds the ARN of a version of a model package.",
        description: "Builds the ARN of a version in a model package group.",
        parameters: vec![
            parameter("region", Type::String, "The region of the group."),
            parameter("account_id", Type::String, "The account of the group."),
            parameter("group", Type::String, "The name of the model package group."),
            parameter("version", Type::Number, "The version, from 1."),
        ],
        variadic: None,
        returns: Type::String,
    }
}

pub(super) fn package(arguments: &[Value]) -> Result<Value, FunctionError> {
    let (region, account, group) = (text(arguments, 0), text(arguments, 1), text(arguments, 2));
    check_region(region, 0)?;
    check_account(account, 1)?;
    if !consists_of(group, "-") || group.len() > 63 {
        return refuse(2, format!("{group:?} is no name of a group: up to 63 letters, digits and hyphens."));
    }
    let version = arguments.get(3).unwrap_or(&Value::Null);
    match version.as_number().and_then(|number| number.as_i64()).filter(|number| *number > 0) {
        Some(number) => Ok(arn(region, account, &format!("model-package/{group}/{number}")).into()),
        None => refuse(3, format!("{version} is no version. Versions are whole numbers from 1.")),
    }
}
