//! The configuration that manages an existing object: what its state says, without what need not be written.
//!
//! Nothing that only the service sets, no default and no empty value is written, and of arguments that exclude each
//! other the first one only.
//!
//! Calls nothing.

use crate::{
    definition::{Attribute, AttributeKind, Check, Origin, Resource, Rule},
    diag::Severity,
    engine::{
        convert::absence::{empty, is_given, is_none},
        resource::validate::validate,
    },
    schema::Usage,
    value::{Step, Value},
};

/// The configuration for the object in `state`. `region` is the region of the provider.
pub(crate) fn config(resource: &'static Resource, state: &Value, region: &str) -> Value {
    let mut config = written(resource.attributes, state);
    if config.get("region").as_str() == Some(region) {
        config.insert("region", Value::Null);
    }
    for rule in resource.rules.iter().filter(|rule| matches!(rule.check, Check::ExactlyOne | Check::AtMostOne)) {
        let within: Vec<&str> = rule.within.into_iter().flat_map(|within| within.split('.')).collect();
        keep_first(rule, &within, resource.attributes, &mut config);
    }
    for attribute in refused(resource, &config) {
        config.insert(attribute.name, empty(attribute));
    }
    config
}

/// The arguments with a value that a configuration must not have, though the service shows it: the complete version
/// where the first numbers have to be given. Left out, the object keeps what it has.
fn refused(resource: &'static Resource, config: &Value) -> Vec<&'static Attribute> {
    let diagnostics = validate(resource, config, false);
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
    let names = errors.filter_map(|error| match error.path.steps().first() {
        Some(Step::Attribute(name)) => Some(name.as_str()),
        _ => None,
    });
    let names: Vec<&str> = names.collect();
    let computed = |attribute: &&Attribute| attribute.usage == Usage::OptionalComputed;
    resource.attributes.iter().filter(computed).filter(|attribute| names.contains(&attribute.name)).collect()
}

/// The values of one level that a configuration has to contain.
fn written(attributes: &[Attribute], state: &Value) -> Value {
    let mut config = Value::object();
    for attribute in attributes {
        let value = state.get(attribute.name);
        let omitted = !is_argument(attribute) || is_none(attribute, value) || may_be_omitted(attribute, value);
        config.insert(attribute.name, if omitted { empty(attribute) } else { inside(attribute, value) });
    }
    config
}

fn inside(attribute: &Attribute, value: &Value) -> Value {
    match (&attribute.kind, value) {
        (AttributeKind::Block { attributes, .. }, Value::List(elements)) => {
            Value::List(elements.iter().map(|element| written(attributes, element)).collect())
        }
        (AttributeKind::Block { attributes, .. }, Value::Map(_)) => written(attributes, value),
        _ => value.clone(),
    }
}

/// False for what users do not write: what only the service sets, and the provider's own values that follow from others.
fn is_argument(attribute: &Attribute) -> bool {
    let derived = matches!(attribute.origin, Origin::Id | Origin::TagsAll | Origin::NamePrefix | Origin::Timeouts);
    attribute.usage != Usage::Computed && !derived
}

/// True if leaving the argument out means the same: its value is the default, or the zero that stands for none.
fn may_be_omitted(attribute: &Attribute, value: &Value) -> bool {
    attribute.usage != Usage::Required
        && (attribute.default.is_some_and(|default| default.value() == *value)
            || attribute.keeps_zero() && value.is_zero())
}

/// Removes all but the first of the arguments that exclude each other, in each element at the path `within`.
fn keep_first(rule: &Rule, within: &[&str], attributes: &[Attribute], values: &mut Value) {
    let [first, rest @ ..] = within else {
        let given: Vec<&str> = rule.names.iter().copied().filter(|name| is_given(attributes, name, values)).collect();
        for name in given.iter().skip(1) {
            if let Some(attribute) = attributes.iter().find(|attribute| attribute.name == *name) {
                values.insert(*name, empty(attribute));
            }
        }
        return;
    };
    let Some(block) = attributes.iter().find(|attribute| attribute.name == *first) else { return };
    let mut elements = values.get(first).elements().to_vec();
    elements.iter_mut().for_each(|element| keep_first(rule, rest, block.attributes(), element));
    if !elements.is_empty() {
        values.insert(*first, Value::List(elements));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{definition::resource, engine::convert::tags};

    #[test]
    fn what_need_not_be_written_is_left_out() {
        let group = resource("sagemaker_model_package_group").expect("a resource of ours");
        let tags_of = |name: &'static str| (name, Value::from([("team", "ml".into())]));
        let state = Value::from([
            ("arn", "arn:aws:sagemaker:eu-west-1:123456789012:model-package-group/g".into()),
            ("id", "g".into()),
            ("model_package_group_name", "g".into()),
            ("region", "eu-west-1".into()),
            tags_of("tags"),
            tags_of(tags::ALL),
        ]);
        let config = config(group, &state, "eu-west-1");
        let members = config.as_map().expect("an object").iter();
        let set: Vec<&String> =
            members.filter(|(_, value)| !value.is_null() && !value.is_zero()).map(|(name, _)| name).collect();
        assert_eq!(set, ["model_package_group_name", "tags"]);
        let elsewhere = super::config(group, &state, "eu-west-2");
        assert_eq!(elsewhere.get("region"), &"eu-west-1".into());
    }
}
