//! The functions that build ARNs: of any object, and of a version of a model package.

use super::{
    arn::{check_account, check_region, unknown, write},
    forms::{FORMS, Form, NAME, is_name},
    texts::{FunctionError, integer, is_delimited, parameter, refuse, text},
};
use crate::{
    schema::{Function, Parameter, Type},
    text::enumerated,
    value::Value,
};

/// The first parameters of both functions.
fn place() -> [Parameter; 2] {
    [
        parameter("region", Type::String, "The region of the object. The partition follows from it."),
        parameter("account_id", Type::String, "The account of the object, or `aws` for what AWS publishes."),
    ]
}

/// Checks the arguments of [`place`].
fn checked_place(arguments: &[Value]) -> Result<(&str, &str), FunctionError> {
    let (region, account) = (text(arguments, 0), text(arguments, 1));
    check_region(region, 0)?;
    check_account(account, 1)?;
    Ok((region, account))
}

pub(super) fn schema() -> Function {
    let [region, account] = place();
    Function {
        summary: "Builds the ARN of a SageMaker object from its parts.",
        description: "Builds the ARN of a SageMaker object of any type, in any partition, without reading the object: for \
                      a policy, or for an object of another configuration. It takes as many names as the ARNs of that \
                      type have: an `app` takes the domain, the user profile or space, the app type and the name. \
                      `arn_parse` is the inverse.",
        parameters: vec![
            region,
            account,
            parameter(
                "resource_type",
                Type::String,
                "The type of the object as IAM calls it, such as `endpoint-config`.",
            ),
        ],
        variadic: Some(parameter("names", Type::String, "The names in the ARN, in its order.")),
        returns: Type::String,
    }
}

pub(super) fn build(arguments: &[Value]) -> Result<Value, FunctionError> {
    let (region, account) = checked_place(arguments)?;
    let resource_type = text(arguments, 2);
    let forms: Vec<Form> = FORMS.iter().filter(|form| form.resource_type == resource_type).copied().collect();
    if forms.is_empty() {
        let known = FORMS.iter().map(|form| form.resource_type).collect();
        return refuse(2, unknown(&format!("{resource_type:?}"), known, resource_type));
    }
    let names: Vec<&str> = (3..arguments.len()).map(|argument| text(arguments, argument)).collect();
    if let Some(index) = names.iter().position(|name| !is_name(name)) {
        let text = format!("is not a name in an ARN. Pass one of letters, digits and the characters `{NAME}`.");
        return refuse(3 + index, format!("{:?} {text}", names[index]));
    }
    match forms.iter().find(|form| form.names().count() == names.len()) {
        Some(form) => Ok(write(region, account, &form.resource(&names)).into()),
        None => refuse(2, wrong_count(resource_type, &forms, names.len())),
    }
}

fn wrong_count(resource_type: &str, forms: &[Form], count: usize) -> String {
    let patterns: Vec<&str> = forms.iter().map(|form| form.pattern).collect();
    let patterns = enumerated(&patterns, "or");
    let names = if count == 1 { "1 name follows".to_owned() } else { format!("{count} names follow") };
    format!("The ARN of `{resource_type}` ends with {patterns}, but {names}. Pass one for each placeholder.")
}

pub(super) fn package_schema() -> Function {
    let [region, account] = place();
    Function {
        summary: "Builds the ARN of a version in a model package group.",
        description: "Builds the ARN of a version in a model package group, as `model_package_name` of a container takes \
                      it, without reading the group: for a version that another account has registered.",
        parameters: vec![
            region,
            account,
            parameter("group", Type::String, "The name of the model package group."),
            parameter("version", Type::Number, "The number of the version, from 1."),
        ],
        variadic: None,
        returns: Type::String,
    }
}

pub(super) fn package(arguments: &[Value]) -> Result<Value, FunctionError> {
    let (region, account) = checked_place(arguments)?;
    let group = text(arguments, 2);
    if !is_delimited(group, "-", 63) {
        let text = "is not the name of a model package group: up to 63 letters, digits and hyphens, with a letter or a \
                    digit at both ends. Pass the name, not the ARN.";
        return refuse(2, format!("{group:?} {text}"));
    }
    match integer(arguments, 3).filter(|version| *version > 0) {
        Some(version) => Ok(write(region, account, &format!("model-package/{group}/{version}")).into()),
        None => {
            let version = arguments.get(3).unwrap_or(&Value::Null);
            refuse(3, format!("{version} is not a version. Pass an integer from 1."))
        }
    }
}
