//! Addresses of objects in the AWS console. AWS does not document them: the table holds forms that are assumed.

use super::{
    arn,
    texts::{FunctionError, listed, parameter, refuse, text},
};
use crate::{
    schema::{Function, Type},
    value::Value,
};

/// Resource types with the path of their pages below the console of SageMaker.
const PAGES: &[(&str, &str)] = &[
    ("algorithm", "algorithms"),
    ("code-repository", "repositories"),
    ("compilation-job", "compilation-jobs"),
    ("domain", "studio"),
    ("endpoint", "endpoints"),
    ("endpoint-config", "endpointConfig"),
    ("hyper-parameter-tuning-job", "hyper-tuning-jobs"),
    ("labeling-job", "labeling-jobs/details"),
    ("model", "models"),
    ("notebook-instance", "notebook-instances"),
    ("processing-job", "processing-jobs"),
    ("training-job", "jobs"),
    ("transform-job", "transform-jobs"),
];

/// The partitions with their consoles.
const CONSOLES: &[(&str, &str)] = &[
    ("aws", "console.aws.amazon.com"),
    ("aws-cn", "console.amazonaws.cn"),
    ("aws-us-gov", "console.amazonaws-us-gov.com"),
];

pub(super) fn schema() -> Function {
    Function {
        summary: "Returns the address of an object in the AWS console.",
        description: "Returns the address of an object's page in the AWS console. AWS does not document these addresses, \
                      so that they are assumed and may change.",
        parameters: vec![parameter("arn", Type::String, "The ARN of the object.")],
        variadic: None,
        returns: Type::String,
    }
}

pub(super) fn url(arguments: &[Value]) -> Result<Value, FunctionError> {
    let arn = arn::read(text(arguments, 0), 0)?;
    let (partition, region, resource_type) = (arn.partition, arn.region, arn.form.resource_type);
    let name = arn.names.last().map_or("", |(_, value)| value);
    let Some(console) = found(CONSOLES, partition) else {
        let known = listed(CONSOLES.iter().map(|(partition, _)| *partition));
        return refuse(0, format!("The console of partition {partition:?} is not known; known are those of {known}."));
    };
    match found(PAGES, resource_type) {
        Some(page) => Ok(format!("https://{region}.{console}/sagemaker/home?region={region}#/{page}/{name}").into()),
        None => {
            let known = listed(PAGES.iter().map(|(resource_type, _)| *resource_type));
            refuse(0, format!("The page of a `{resource_type}` is not known; known are those of {known}."))
        }
    }
}

fn found(table: &[(&str, &'static str)], name: &str) -> Option<&'static str> {
    table.iter().find(|(known, _)| *known == name).map(|(_, found)| *found)
}
