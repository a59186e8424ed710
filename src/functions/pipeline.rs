//! The parameters of pipeline executions.

use std::collections::BTreeMap;

use super::texts::{FunctionError, list, map, object, parameter, refuse, strings};
use crate::{
    schema::{Function, Type},
    value::Value,
};

pub(super) fn schema() -> Function {
    Function {
        summary: "Merges parameters of a pipeline execution over their defaults.",
        description: "Merges parameters over their defaults and returns them as a list of names and values, sorted by \
                      name. An override of a parameter without a default is an error.",
        parameters: vec![
            parameter("defaults", map(Type::String), "All parameters with their defaults."),
            parameter("overrides", map(Type::String), "Values that take precedence."),
        ],
        variadic: None,
        returns: list(object([("name", Type::String), ("value", Type::String)])),
    }
}

pub(super) fn merge(arguments: &[Value]) -> Result<Value, FunctionError> {
    let [defaults, overrides, ..] = arguments else { return Ok(Value::List(Vec::new())) };
    let mut merged: BTreeMap<&str, &str> = strings(defaults, 0)?.into_iter().collect();
    for (name, value) in strings(overrides, 1)? {
        if merged.insert(name, value).is_none() {
            return refuse(1, format!("The parameter {name:?} has no default. Add it to the defaults, or remove it."));
        }
    }
    let pair = |(name, value): (&str, &str)| Value::from([("name", name.into()), ("value", value.into())]);
    Ok(Value::List(merged.into_iter().map(pair).collect()))
}
