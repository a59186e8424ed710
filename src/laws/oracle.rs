//! Terraform core's own rules on plans and results, for tests of the engine.
//!
//! `plan_valid` is core's AssertPlanValid, `compatible` its AssertObjectCompatible, both without the tolerance for the
//! legacy type system. They know the schema only, nothing of the engine.

use crate::{
    schema::{Attribute, Block, NestedBlock, Nesting},
    value::{Path, Value},
};

/// The errors that core would report for a planned state; empty if valid.
pub(crate) fn plan_valid(block: &Block, prior: &Value, config: &Value, planned: &Value) -> Vec<String> {
    let mut errors = Vec::new();
    if !block.object_type().admits(planned) {
        errors.push("planned value does not conform to the schema".to_owned());
    } else if planned.is_null() != config.is_null() {
        errors.push("planned null and config null differ".to_owned());
    } else if !planned.is_null() {
        plan_block(block, prior, config, planned, &Path::root(), &mut errors);
    }
    errors
}

fn plan_block(block: &Block, prior: &Value, config: &Value, planned: &Value, path: &Path, errors: &mut Vec<String>) {
    for attribute in &block.attributes {
        let name = attribute.name;
        plan_attribute(attribute, prior.get(name), config.get(name), planned.get(name), &path.then(name), errors);
    }
    for nested in &block.blocks {
        let name = nested.name;
        plan_nested(nested, prior.get(name), config.get(name), planned.get(name), &path.then(name), errors);
    }
}

fn plan_attribute(
    attribute: &Attribute,
    prior: &Value,
    config: &Value,
    planned: &Value,
    path: &Path,
    errors: &mut Vec<String>,
) {
    if attribute.write_only {
        if !planned.is_null() {
            errors.push(format!("{path}: write-only, and planned {planned}"));
        }
        return;
    }
    let settable = attribute.usage.is_settable();
    let as_written = planned == config;
    let as_before = planned == prior && !prior.is_null() && !config.is_null();
    let left_to_us = attribute.usage.is_computed() && config.is_null();
    if settable && !as_written && !as_before && !left_to_us {
        errors.push(format!("{path}: planned {planned}, but config is {config} and prior is {prior}"));
    }
}

fn plan_nested(
    nested: &NestedBlock,
    prior: &Value,
    config: &Value,
    planned: &Value,
    path: &Path,
    errors: &mut Vec<String>,
) {
    if config.is_unknown() || planned.is_unknown() {
        if config != planned {
            errors.push(format!("{path}: an unknown block has to stay as it is"));
        }
        return;
    }
    match nested.nesting {
        Nesting::Single if planned.is_null() != config.is_null() => {
            errors.push(format!("{path}: block is null in one of plan and config only"));
        }
        Nesting::Single if planned.is_null() => {}
        Nesting::Single => plan_block(&nested.block, prior, config, planned, path, errors),
        Nesting::List | Nesting::Set if planned.is_null() => errors.push(format!("{path}: a block list is never null")),
        Nesting::List => {
            let (count, configured) = (planned.elements().len(), config.elements().len());
            if count != configured {
                errors.push(format!(
                    "{path}: block count in plan ({count}) disagrees with count in config ({configured})"
                ));
                return;
            }
            for (place, (config, planned)) in config.elements().iter().zip(planned.elements()).enumerate() {
                plan_block(&nested.block, prior.at(place), config, planned, &path.index(place), errors);
            }
        }
        Nesting::Set => {
            if planned.elements().iter().any(Value::is_unknown) {
                errors.push(format!("{path}: elements of a set of blocks are never unknown"));
            }
        }
    }
}

/// The errors that core would report for the new state after an apply; empty if valid.
pub(crate) fn compatible(block: &Block, planned: &Value, actual: &Value) -> Vec<String> {
    let mut errors = still_holds(block, planned, actual);
    if !actual.is_wholly_known() {
        errors.push("result is not wholly known".to_owned());
    }
    errors
}

/// The errors that core would report for another plan with more known values; empty if valid.
pub(crate) fn still_holds(block: &Block, planned: &Value, actual: &Value) -> Vec<String> {
    let mut errors = Vec::new();
    if !block.object_type().admits(actual) {
        errors.push("result does not conform to the schema".to_owned());
    }
    compatible_block(block, planned, actual, &Path::root(), &mut errors);
    errors
}

/// The errors of an identity that differs from the prior one: an object keeps its identity while it exists. Core accepts
/// any; the Go framework refuses a change. A part that was not known before may follow later.
pub(crate) fn identity_kept(prior: &Value, identity: &Value) -> Vec<String> {
    if !identity.is_wholly_known() {
        return vec![format!("the identity is not wholly known: {identity}")];
    }
    let known = prior.as_map().into_iter().flatten().filter(|(_, value)| !value.is_null());
    let changed = known.filter(|(name, value)| identity.get(name) != *value);
    changed
        .map(|(name, value)| format!("`{name}` of the identity was {value}, but now {}", identity.get(name)))
        .collect()
}

fn compatible_block(block: &Block, planned: &Value, actual: &Value, path: &Path, errors: &mut Vec<String>) {
    for attribute in &block.attributes {
        let name = attribute.name;
        compatible_value(planned.get(name), actual.get(name), &path.then(name), errors);
    }
    for nested in &block.blocks {
        let (path, planned, actual) = (path.then(nested.name), planned.get(nested.name), actual.get(nested.name));
        if planned.is_unknown() {
            continue;
        }
        match nested.nesting {
            Nesting::Single if planned.is_null() || actual.is_null() => {
                if planned.is_null() != actual.is_null() {
                    errors.push(format!("{path}: was {planned}, but now {actual}"));
                }
            }
            Nesting::Single => compatible_block(&nested.block, planned, actual, &path, errors),
            Nesting::List => {
                if planned.elements().len() != actual.elements().len() || actual.is_null() {
                    errors.push(format!("{path}: block count changed"));
                    continue;
                }
                for (place, (planned, actual)) in planned.elements().iter().zip(actual.elements()).enumerate() {
                    compatible_block(&nested.block, planned, actual, &path.index(place), errors);
                }
            }
            Nesting::Set => {
                if actual.is_null() || actual.elements().len() > planned.elements().len() {
                    errors.push(format!("{path}: the set of blocks grew"));
                }
                for element in planned.elements().iter().filter(|element| element.is_wholly_known()) {
                    if !actual.elements().contains(element) {
                        errors.push(format!("{path}: {element} is missing"));
                    }
                }
            }
        }
    }
}

fn compatible_value(planned: &Value, actual: &Value, path: &Path, errors: &mut Vec<String>) {
    match (planned, actual) {
        (Value::Unknown(_), _) => {}
        (Value::List(planned), Value::List(actual)) if planned.len() == actual.len() => {
            for (place, (planned, actual)) in planned.iter().zip(actual).enumerate() {
                compatible_value(planned, actual, &path.index(place), errors);
            }
        }
        (Value::Map(planned), Value::Map(actual)) if planned.keys().eq(actual.keys()) => {
            for (key, planned) in planned {
                compatible_value(planned, &actual[key], &path.key(key), errors);
            }
        }
        _ if planned == actual => {}
        _ => errors.push(format!("{path}: was {planned}, but now {actual}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identity_that_changes_is_refused() {
        let identity = |name: &str, account: Value| Value::from([("name", name.into()), ("account_id", account)]);
        let known = identity("a", "123456789012".into());
        assert!(identity_kept(&known, &known).is_empty());
        assert!(identity_kept(&identity("a", Value::Null), &known).is_empty());
        assert!(identity_kept(&Value::Null, &known).is_empty());
        assert_eq!(identity_kept(&known, &identity("b", "123456789012".into())).len(), 1);
        assert_eq!(identity_kept(&known, &Value::Null).len(), 2);
        assert_eq!(identity_kept(&Value::Null, &identity("a", Value::unknown())).len(), 1);
    }
}
