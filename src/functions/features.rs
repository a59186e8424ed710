//! The feature definitions of feature groups.

use super::texts::{FunctionError, consists_of, list, listed, map, object, parameter, refuse, strings};
use crate::{
    schema::{Function, Type},
    value::Value,
};

/// The types that are accepted, and the types of features that they stand for.
const TYPES: &[(&str, &str)] = &[
    ("Integral", "Integral"),
    ("Fractional", "Fractional"),
    ("String", "String"),
    ("int", "Integral"),
    ("int64", "Integral"),
    ("float", "Fractional"),
    ("float64", "Fractional"),
    ("string", "String"),
];

/// The names that a feature store adds itself.
const RESERVED: &[&str] = &["api_invocation_time", "is_deleted", "write_time"];

pub(super) fn schema() -> Function {
    Function {
        summary: "Converts a map of types to feature definitions.",
        description: "Converts a map of types by feature name to the feature definitions of a `sagemaker_feature_group`, \
                      sorted by name. Types are `Integral`, `Fractional` and `String`, or `int`, `int64`, `float`, \
                      `float64` and `string`.",
        parameters: vec![parameter("types", map(Type::String), "The types by feature name.")],
        variadic: None,
        returns: list(object([("feature_name", Type::String), ("feature_type", Type::String)])),
    }
}

pub(super) fn definitions(arguments: &[Value]) -> Result<Value, FunctionError> {
    let Some(types) = arguments.first() else { return Ok(Value::List(Vec::new())) };
    let definitions: Result<Vec<Value>, _> = strings(types, 0)?.into_iter().map(definition).collect();
    Ok(Value::List(definitions?))
}

fn definition((name, r#type): (&str, &str)) -> Result<Value, FunctionError> {
    let valid =
        consists_of(name, "-_") && name.len() <= 64 && name.starts_with(|one: char| one.is_ascii_alphanumeric());
    if !valid || name.ends_with(['-', '_']) || RESERVED.contains(&name) {
        return refuse(
            0,
            format!(
                "{name:?} is no name of a feature: up to 64 letters, digits, hyphens and underscores, with a letter or a \
                 digit at both ends, and none of {}.",
                listed(RESERVED.iter().copied())
            ),
        );
    }
    match TYPES.iter().find(|(known, _)| *known == r#type) {
        Some((_, r#type)) => Ok(Value::from([("feature_name", name.into()), ("feature_type", (*r#type).into())])),
        None => {
            let known = listed(TYPES.iter().map(|(known, _)| *known));
            refuse(0, format!("{type:?} of feature {name:?} is no type. Known are {known}."))
        }
    }
}
