//! The parameters of pipeline executions.

use std::collections::BTreeMap;

use super::texts::{FunctionError, list, map, members, object, parameter, refuse};
use crate::{
    schema::{Function, Type},
    text,
    value::Value,
};

pub(super) fn schema() -> Function {
    Function {
        summary: "Merges the parameters of a pipeline execution with their defaults.",
        description: "Merges the parameters of a pipeline execution with their defaults and returns them as names and \
                      values, sorted by name: for a `dynamic \"pipeline_parameters\"` block of the action \
                      `sagemaker_start_pipeline_execution`. An override that is null keeps the default, so that optional \
                      variables can be passed on as they are. A default that is null belongs to a parameter that has to \
                      be overridden. An override without a default is an error: most likely its name is misspelt.",
        parameters: vec![
            parameter("defaults", map(Type::String), "Every parameter of the pipeline with its default."),
            parameter("overrides", map(Type::String), "Values in place of the defaults."),
        ],
        variadic: None,
        returns: list(object([("name", Type::String), ("value", Type::String)])),
    }
}

pub(super) fn merge(arguments: &[Value]) -> Result<Value, FunctionError> {
    let mut merged: BTreeMap<&str, Option<&str>> = members(arguments, 0).collect();
    for (name, value) in members(arguments, 1) {
        match merged.get_mut(name) {
            Some(current) => *current = value.or(*current),
            None => return refuse(1, undeclared(name, &merged)),
        }
    }
    let pair = |(name, value): (&str, Option<&str>)| match value {
        Some(value) => Ok(Value::from([("name", name.into()), ("value", value.into())])),
        None => refuse(1, format!("The parameter {name:?} has no default. Set it in the overrides.")),
    };
    merged.into_iter().map(pair).collect::<Result<Vec<Value>, _>>().map(Value::List)
}

fn undeclared(name: &str, declared: &BTreeMap<&str, Option<&str>>) -> String {
    let names: Vec<&str> = declared.keys().copied().collect();
    let names = if names.is_empty() { "no parameters".to_owned() } else { text::list(&names) };
    format!("The parameter {name:?} is not among the defaults, which have {names}. Add it there, or remove it here.")
}
