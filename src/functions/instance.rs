//! Instance types by name: their parts, and the uses for which the service model lists them.

use super::texts::{FunctionError, consists_of, list, object, parameter, refuse, text};
use crate::{
    definition::service::SHAPES,
    schema::{Function, Type},
    value::Value,
};

/// Families with accelerators, by the beginning of their names.
const ACCELERATORS: &[(&str, &str)] = &[("g", "gpu"), ("p", "gpu"), ("inf", "inferentia"), ("trn", "trainium")];

/// How the enumerations of instance types end.
const ENUMERATION: &str = "InstanceType";

pub(super) fn schema() -> Function {
    Function {
        summary: "Splits an instance type into its parts and returns the uses for which it is known.",
        description: "Splits an instance type into its parts. `accelerator` is `gpu`, `inferentia`, `trainium` or `none`. \
                      `uses` names the enumerations of the service in which this version of the provider knows the type, \
                      such as `training` or `production_variant`; it is empty for a newer type.",
        parameters: vec![parameter("name", Type::String, "The instance type, such as `ml.g5.xlarge`.")],
        variadic: None,
        returns: object([
            ("family", Type::String),
            ("size", Type::String),
            ("accelerator", Type::String),
            ("uses", list(Type::String)),
        ]),
    }
}

pub(super) fn describe(arguments: &[Value]) -> Result<Value, FunctionError> {
    let name = text(arguments, 0);
    let parts: Vec<&str> = name.strip_prefix("ml.").unwrap_or_default().split('.').collect();
    match parts[..] {
        [family, size] if consists_of(family, "-") && consists_of(size, "-") => Ok(Value::from([
            ("family", family.into()),
            ("size", size.into()),
            ("accelerator", accelerator(family).into()),
            ("uses", Value::List(uses(name).map(Value::from).collect())),
        ])),
        _ => refuse(0, format!("{name:?} is no instance type. Write one as `ml.<family>.<size>`: `ml.m5.large`.")),
    }
}

/// A family is letters, then its generation: `p4d`, `trn1n`.
fn accelerator(family: &str) -> &'static str {
    let letters = family.split(|one: char| one.is_ascii_digit()).next().unwrap_or_default();
    let found = ACCELERATORS.iter().find(|(beginning, _)| *beginning == letters);
    found.map_or("none", |(_, accelerator)| accelerator)
}

fn uses(name: &str) -> impl Iterator<Item = String> {
    let lists = move |shape: &&&crate::definition::service::Shape| shape.values().contains(&name);
    SHAPES.iter().filter(lists).filter_map(|shape| shape.name.strip_suffix(ENUMERATION)).map(use_of)
}

/// `ProductionVariant` as `production_variant`; the enumeration without a use is that of notebook instances.
fn use_of(prefix: &str) -> String {
    let mut name = String::new();
    for character in if prefix.is_empty() { "NotebookInstance" } else { prefix }.chars() {
        if character.is_ascii_uppercase() && name.ends_with(|last: char| last.is_ascii_lowercase()) {
            name.push('_');
        }
        name.push(character.to_ascii_lowercase());
    }
    name
}
