//! When an argument means "none": it is null, or it is empty (`""`, `[]`, `{}`) where the service accepts no empty
//! value.
//!
//! Modules pass either to arguments that their callers omit. This file knows values and the service model, not the
//! position of an argument in a request or a message.

use crate::{
    definition::{
        Attribute, AttributeKind, Change, Clearing, Origin,
        service::{Shape, ShapeKind},
    },
    engine::common::patterns::admits,
    schema::{Nesting, Usage},
    value::Value,
};

/// True for null, and for an empty value that the service would refuse. An empty value that it accepts, such as an
/// empty description, is a value.
pub(crate) fn is_none(attribute: &Attribute, value: &Value) -> bool {
    let is_empty = match value {
        Value::Null => return true,
        Value::String(text) => text.is_empty(),
        Value::List(elements) => elements.is_empty(),
        Value::Map(members) => members.is_empty(),
        Value::Unknown(_) | Value::Bool(_) | Value::Number(_) => false,
    };
    is_empty && !takes_empty(attribute)
}

/// True if the argument of that name has a value.
pub(crate) fn is_given(attributes: &[Attribute], name: &str, values: &Value) -> bool {
    let attribute = attributes.iter().find(|attribute| attribute.name == name);
    attribute.is_some_and(|attribute| !is_none(attribute, values.get(name)))
}

/// Endings of members that identify something. Many of their patterns admit the empty text, which identifies nothing;
/// hashicorp/aws leaves it out.
const IDENTIFYING: [&str; 8] = ["Arn", "ContentType", "Image", "KmsKeyId", "Path", "Uri", "Url", "UserValue"];

fn takes_empty(attribute: &Attribute) -> bool {
    match &attribute.kind {
        AttributeKind::Block { nesting, .. } => *nesting == Nesting::Single,
        AttributeKind::Objects { .. } => false,
        AttributeKind::Plain { shape, .. } => {
            is_of_the_service(attribute) && shape_takes_empty(shape) && !is_left_out_if_empty(attribute)
        }
    }
}

/// True for an optional text that identifies something and that can be left out: only a create sends it, or leaving it out
/// is how an update clears it.
fn is_left_out_if_empty(attribute: &Attribute) -> bool {
    let is_identifying = |member: &str| IDENTIFYING.iter().any(|ending| member.ends_with(ending));
    let text =
        matches!(attribute.kind, AttributeKind::Plain { shape: Shape { kind: ShapeKind::String { .. }, .. }, .. });
    let left_out = attribute.change != Change::InPlace || attribute.clearing == Clearing::Omit;
    text && left_out && attribute.usage != Usage::Required && attribute.member().is_some_and(is_identifying)
}

/// Provider-defined texts, such as a region or a timeout, are never empty.
fn is_of_the_service(attribute: &Attribute) -> bool {
    matches!(attribute.origin, Origin::Member(_) | Origin::MapKey | Origin::MapValue | Origin::WriteOnly)
}

fn shape_takes_empty(shape: &Shape) -> bool {
    match &shape.kind {
        ShapeKind::String { values, .. } => values.is_empty() && admits(shape, ""),
        ShapeKind::List { bounds, .. } | ShapeKind::Map { bounds, .. } => bounds.admit(0),
        ShapeKind::Timestamp => false,
        ShapeKind::Integer { .. } | ShapeKind::Float { .. } | ShapeKind::Boolean | ShapeKind::Structure { .. } => true,
    }
}

/// `values` for the service: arguments that mean "none" are replaced by their defaults or removed.
pub(crate) fn without_empty(attributes: &[Attribute], values: &Value) -> Value {
    let Value::Map(members) = values else { return values.clone() };
    let mut members = members.clone();
    for attribute in attributes {
        if let Some(value) = members.get_mut(attribute.name) {
            *value = given(attribute, value);
        }
    }
    Value::Map(members)
}

/// The value for the service.
pub(crate) fn given(attribute: &Attribute, value: &Value) -> Value {
    let inside = |value: &Value| without_empty(attribute.attributes(), value);
    match (&attribute.kind, value) {
        _ if attribute.usage == Usage::Computed => value.clone(),
        (
            AttributeKind::Block { nesting: Nesting::Set, .. } | AttributeKind::Objects { set: true, .. },
            Value::List(elements),
        ) if !elements.is_empty() => Value::set(elements.iter().map(inside).collect()),
        (AttributeKind::Block { .. }, Value::List(elements)) => Value::List(elements.iter().map(inside).collect()),
        (AttributeKind::Block { .. }, value) => inside(value),
        (_, value) if is_none(attribute, value) => attribute.default.map_or(Value::Null, |default| default.value()),
        (AttributeKind::Objects { .. }, Value::List(elements)) => Value::List(elements.iter().map(inside).collect()),
        (AttributeKind::Objects { .. } | AttributeKind::Plain { .. }, value) => value.clone(),
    }
}

/// `state` with the arguments that mean "none" spelled as in `planned`, since Terraform requires the planned spelling.
pub(crate) fn as_written(attributes: &[Attribute], state: &Value, planned: &Value) -> Value {
    let (Value::Map(members), Value::Map(_)) = (state, planned) else { return state.clone() };
    let mut written = members.clone();
    for attribute in attributes {
        if let Some(value) = written.get_mut(attribute.name) {
            *value = written_value(attribute, value, planned.get(attribute.name));
        }
    }
    Value::Map(written)
}

fn written_value(attribute: &Attribute, state: &Value, planned: &Value) -> Value {
    match (&attribute.kind, state, planned) {
        // The state repeats a completely known planned value.
        (_, _, planned) if planned.is_wholly_known() && (is_none(attribute, planned) || is_nested(attribute)) => {
            planned.clone()
        }
        (AttributeKind::Block { nesting: Nesting::List, attributes, .. }, Value::List(elements), planned) => {
            let elements = elements.iter().enumerate();
            Value::List(elements.map(|(place, element)| as_written(attributes, element, planned.at(place))).collect())
        }
        (AttributeKind::Block { nesting: Nesting::Single, attributes, .. }, state, planned) => {
            as_written(attributes, state, planned)
        }
        (_, state, _) => state.clone(),
    }
}

fn is_nested(attribute: &Attribute) -> bool {
    !attribute.attributes().is_empty()
}

/// The value without what only the service sets, at any depth.
pub(crate) fn configurable(attribute: &Attribute, value: &Value) -> Value {
    match value {
        Value::List(elements) => Value::List(elements.iter().map(|element| configurable(attribute, element)).collect()),
        Value::Map(members) if !attribute.attributes().is_empty() => {
            let settable = attribute.attributes().iter().filter(|inner| inner.usage != Usage::Computed);
            let known = settable.filter_map(|inner| Some((inner, members.get(inner.name)?)));
            Value::Map(known.map(|(inner, value)| (inner.name.to_owned(), configurable(inner, value))).collect())
        }
        other => other.clone(),
    }
}

/// The state's value of an attribute without a value.
pub(crate) fn empty(attribute: &Attribute) -> Value {
    match &attribute.kind {
        AttributeKind::Block { nesting: Nesting::List | Nesting::Set, .. } => Value::List(Vec::new()),
        _ => Value::Null,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::resource;

    #[test]
    fn an_empty_identifier_is_none_and_an_empty_description_is_a_value() {
        let is_none = |type_name: &str, name: &str| {
            let definition = resource(type_name).expect("a resource of ours");
            let attribute = definition.attributes.iter().find(|attribute| attribute.name == name);
            is_none(attribute.expect("an attribute of it"), &"".into())
        };
        for (type_name, name) in [
            ("sagemaker_endpoint_configuration", "kms_key_arn"),
            ("sagemaker_notebook_instance", "kms_key_id"),
            ("sagemaker_domain", "kms_key_id"),
            ("sagemaker_user_profile", "single_sign_on_user_value"),
        ] {
            assert!(is_none(type_name, name), "{type_name}.{name}");
        }
        for (type_name, name) in [("sagemaker_feature_group", "description"), ("sagemaker_hub", "hub_display_name")] {
            assert!(!is_none(type_name, name), "{type_name}.{name}");
        }
    }
}
