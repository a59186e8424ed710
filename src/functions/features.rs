//! The feature definitions of feature groups.

use super::texts::{FunctionError, is_delimited, list, map, members, object, parameter, refuse};
use crate::{
    schema::{Function, Type},
    text,
    value::Value,
};

/// The types that are accepted, and the types of features that they stand for.
pub(super) const TYPES: &[(&str, &str)] = &[
    ("Fractional", "Fractional"),
    ("Integral", "Integral"),
    ("String", "String"),
    ("float", "Fractional"),
    ("float64", "Fractional"),
    ("int", "Integral"),
    ("int64", "Integral"),
    ("string", "String"),
];

/// The names that a feature store adds itself (API reference, FeatureDefinition).
const RESERVED: &[&str] = &["api_invocation_time", "is_deleted", "write_time"];

pub(super) fn schema() -> Function {
    Function {
        summary: "Converts a map of types to feature definitions.",
        description: "Converts a map of types by feature name to feature definitions, sorted by name: for a `dynamic \
                      \"feature_definition\"` block of a `sagemaker_feature_group`. The types are `Integral`, \
                      `Fractional` and `String`; `int` and `int64`, `float` and `float64`, and `string` are accepted, too.",
        parameters: vec![parameter("types", map(Type::String), "The types of the features by name.")],
        variadic: None,
        returns: list(object([("feature_name", Type::String), ("feature_type", Type::String)])),
    }
}

pub(super) fn definitions(arguments: &[Value]) -> Result<Value, FunctionError> {
    members(arguments, 0).map(definition).collect::<Result<Vec<Value>, _>>().map(Value::List)
}

fn definition((name, r#type): (&str, Option<&str>)) -> Result<Value, FunctionError> {
    if !is_delimited(name, "-_", 64) {
        let text = "is not the name of a feature: up to 64 letters, digits, hyphens and underscores, with a letter or a \
                    digit at both ends. Rename the feature.";
        return refuse(0, format!("{name:?} {text}"));
    }
    if RESERVED.contains(&name) {
        return refuse(
            0,
            format!("The feature {name:?} is added by the feature store itself. Remove it from the map."),
        );
    }
    match TYPES.iter().find(|(known, _)| Some(*known) == r#type) {
        Some((_, r#type)) => Ok(Value::from([("feature_name", name.into()), ("feature_type", (*r#type).into())])),
        None => {
            let known: Vec<&str> = TYPES.iter().map(|(known, _)| *known).collect();
            let shown = r#type.map_or("null".to_owned(), |text| format!("{text:?}"));
            let known = text::list(&known);
            refuse(0, format!("The type of the feature {name:?} is {shown}. Set one of {known}."))
        }
    }
}
