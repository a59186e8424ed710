//! The function `arn_parse`.

use super::{
    arn,
    texts::{FunctionError, map, object, parameter, text},
};
use crate::{
    schema::{Function, Type},
    value::Value,
};

pub(super) fn schema() -> Function {
    Function {
        summary: "Splits the ARN of a SageMaker object into its parts.",
        description: "Splits the ARN of any SageMaker object, in any partition, into its parts. `resource_type` is the \
                      name that IAM gives to that type of object, `resource` is everything after the account, `names` \
                      has each name in it by what it denotes, such as `domain_id`, and `name` is the last of them. \
                      `arn_build` is the inverse. An ARN of another service, or of a form that SageMaker does not have, \
                      is an error, so that `can(provider::sagemaker::arn_parse(var.arn))` validates a variable.",
        parameters: vec![parameter("arn", Type::String, "The ARN of a SageMaker object.")],
        variadic: None,
        returns: object([
            ("partition", Type::String),
            ("service", Type::String),
            ("region", Type::String),
            ("account_id", Type::String),
            ("resource", Type::String),
            ("resource_type", Type::String),
            ("name", Type::String),
            ("names", map(Type::String)),
        ]),
    }
}

pub(super) fn parse(arguments: &[Value]) -> Result<Value, FunctionError> {
    let arn = arn::read(text(arguments, 0), 0)?;
    let names = arn.names.iter().map(|(name, value)| ((*name).to_owned(), Value::from(*value)));
    Ok(Value::from([
        ("partition", arn.partition.into()),
        ("service", "sagemaker".into()),
        ("region", arn.region.into()),
        ("account_id", arn.account.into()),
        ("resource", arn.resource.into()),
        ("resource_type", arn.form.resource_type.into()),
        ("name", arn.names.last().map_or("", |(_, value)| value).into()),
        ("names", Value::Map(names.collect())),
    ]))
}
