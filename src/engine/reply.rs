//! From the service's reply to Terraform's state, seen in the light of the state before.
//!
//! Real drift shows; a value that only looks different keeps the spelling of the state before. No calls are made here.

use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::{
    clearing,
    equality::{plain_form, same},
    tags,
};
use crate::{
    definition::{
        Attribute, Clearing, Kind, Origin,
        service::{DOCUMENT, Shape, ShapeKind, TAG_MAP},
    },
    schema::{Nesting, Usage},
    value::{Map, Number, Value},
};

/// The state of a resource (or of a block's element) as `reply` tells it, where `prior` was known before.
///
/// What the reply does not tell — inputs, the provider's own attributes — is taken from `prior`.
pub(crate) fn observe(attributes: &[Attribute], reply: &Value, prior: &Value) -> Value {
    let known = !prior.is_null();
    let members = attributes.iter().map(|attribute| {
        let prior = prior.get(attribute.name);
        let value = match attribute.origin {
            // Where nothing is known, as after an import, a value is told even if it is the same as none.
            Origin::Member(_) if !known && attribute.has_value_for_none() => told(attribute, reply).clone(),
            Origin::Member(_) if attribute.observed => observe_attribute(attribute, told(attribute, reply), prior),
            Origin::MapKey | Origin::MapValue => observe_attribute(attribute, reply.get(attribute.name), prior),
            _ => kept(attribute, prior),
        };
        (attribute.name.to_owned(), value)
    });
    Value::Map(members.collect())
}

/// The value before, in a form that Terraform accepts: a block that is absent is an empty list, never null.
fn kept(attribute: &Attribute, prior: &Value) -> Value {
    if prior.is_null() { empty(attribute) } else { prior.clone() }
}

/// What an attribute is where there is nothing.
pub(crate) fn empty(attribute: &Attribute) -> Value {
    match &attribute.kind {
        Kind::Block { nesting: Nesting::List | Nesting::Set, .. } => Value::List(Vec::new()),
        _ => Value::Null,
    }
}

/// What a reply of the read call says of an attribute of the object.
pub(crate) fn told<'a>(attribute: &Attribute, reply: &'a Value) -> &'a Value {
    attribute.read_member().split('.').fold(reply, Value::get)
}

pub(crate) fn observe_attribute(attribute: &Attribute, reply: &Value, prior: &Value) -> Value {
    match &attribute.kind {
        Kind::Plain { .. } if is_word_for_nothing(attribute, reply) && prior != reply => Value::Null,
        Kind::Plain { shape, set } => {
            let reply = if attribute.only.is_empty() { reply } else { reply.at(0).get(attribute.only) };
            settle_plain(attribute, from_service(shape, *set, reply), prior)
        }
        Kind::Block { shape, nesting, single, .. } => {
            let elements = elements_of(shape, *single, reply);
            observe_block(attribute, *nesting, &elements, prior)
        }
        Kind::Objects { shape, set, single, .. } => {
            let elements = elements_of(shape, *single, reply);
            observe_objects(attribute, *set, &elements, prior)
        }
    }
}

/// True for the text that says that there is no value, as the update input takes it.
fn is_word_for_nothing(attribute: &Attribute, reply: &Value) -> bool {
    matches!(attribute.clearing, Clearing::Value(word) if reply.as_str() == Some(word))
}

fn settle_plain(attribute: &Attribute, observed: Value, prior: &Value) -> Value {
    match (prior, &observed) {
        _ if attribute.usage == Usage::Computed => plain_form(attribute, observed),
        (Value::Null, _) if attribute.usage == Usage::Optional && attribute.default.is_none() && observed.is_zero() => {
            Value::Null
        }
        (Value::Null, _) => plain_form(attribute, observed),
        // A service that leaves a default or an empty value out of its reply agrees with it.
        (_, Value::Null) if prior.is_zero() || is_default(attribute, prior) => prior.clone(),
        _ if same(attribute, prior, &observed) => prior.clone(),
        _ => plain_form(attribute, observed),
    }
}

fn is_default(attribute: &Attribute, value: &Value) -> bool {
    attribute.default.is_some_and(|default| default.value() == *value)
}

fn observe_block(attribute: &Attribute, nesting: Nesting, elements: &[Value], prior: &Value) -> Value {
    if nesting == Nesting::Single {
        return elements.first().map_or(Value::Null, |element| observe(attribute.attributes(), element, prior));
    }
    // Only where nothing is known of the block, as after an import, what the service fills in is taken for the user's.
    if attribute.filled_in && *prior == Value::List(Vec::new()) {
        return prior.clone();
    }
    let absent = attribute.is_single_block() && attribute.usage == Usage::Optional && *prior == Value::List(Vec::new());
    if absent && elements.iter().all(|element| is_left(attribute, element)) {
        return prior.clone();
    }
    let prior = prior.elements();
    // Of a block that has to stand, or in which nothing can, it tells something that it is there.
    let tells = attribute.usage == Usage::Required || attribute.attributes().is_empty();
    let is_silent = |element: &Value| is_nothing(attribute.attributes(), element);
    if !tells && elements.iter().all(Value::is_zero) && prior.iter().all(is_silent) {
        return Value::List(prior.to_vec());
    }
    let observed = |element: &Value, prior: &Value| observe(attribute.attributes(), element, prior);
    if nesting == Nesting::Set {
        return Value::set(match_any(elements, prior, observed));
    }
    if attribute.key.is_empty() {
        let by_place = elements
            .iter()
            .enumerate()
            .map(|(place, element)| observed(element, prior.get(place).unwrap_or(&Value::Null)));
        return Value::List(by_place.collect());
    }
    Value::List(match_by_key(attribute.key, elements, prior, observed))
}

/// Elements in the order of the state before; what is new follows in the order of the reply.
fn match_by_key(
    key: &str,
    elements: &[Value],
    prior: &[Value],
    observed: impl Fn(&Value, &Value) -> Value,
) -> Vec<Value> {
    let mut fresh: Vec<(usize, Value)> = elements
        .iter()
        .enumerate()
        .map(|(place, element)| {
            let name = observed(element, &Value::Null);
            let before = prior.iter().position(|before| before.get(key) == name.get(key));
            let value = before.map_or(name, |before| observed(element, &prior[before]));
            (before.unwrap_or(prior.len() + place), value)
        })
        .collect();
    fresh.sort_by_key(|(place, _)| *place);
    fresh.into_iter().map(|(_, value)| value).collect()
}

/// Elements of a set: each takes the spelling of an element before that means the same, if there is one.
fn match_any(elements: &[Value], prior: &[Value], observed: impl Fn(&Value, &Value) -> Value) -> Vec<Value> {
    let mut unused: Vec<&Value> = prior.iter().collect();
    elements
        .iter()
        .map(|element| match unused.iter().position(|before| observed(element, before) == **before) {
            Some(place) => unused.swap_remove(place).clone(),
            None => observed(element, &Value::Null),
        })
        .collect()
}

/// A block that says nothing: every member unset, empty or at its default.
fn is_nothing(attributes: &[Attribute], element: &Value) -> bool {
    attributes.iter().all(|attribute| {
        let value = element.get(attribute.name);
        value.is_zero()
            || is_default(attribute, value)
            || (!attribute.attributes().is_empty()
                && value.elements().iter().all(|inner| is_nothing(attribute.attributes(), inner)))
    })
}

/// True if nothing is told of the structure but what stands for no value, and what the service fills in: that stays with
/// it when a block is removed.
fn is_left(block: &Attribute, element: &Value) -> bool {
    let attributes = block.attributes();
    let observed = observe(attributes, element, &Value::Null);
    let is_silent = |attribute: &Attribute| {
        let value = observed.get(attribute.name);
        (attribute.usage.is_computed() && attribute.default.is_none())
            || clearing::is_nothing(attribute, value)
            || is_default(attribute, value)
            || (attribute.is_single_block() && is_left(attribute, told(attribute, element)))
    };
    !attributes.is_empty() && attributes.iter().all(is_silent)
}

fn observe_objects(attribute: &Attribute, set: bool, elements: &[Value], prior: &Value) -> Value {
    if attribute.usage == Usage::Optional && prior.is_null() && elements.iter().all(Value::is_zero) {
        return Value::Null;
    }
    let configured = attribute.usage != Usage::Computed;
    let observed = |element: &Value, prior: &Value| {
        let mut value = observe(attribute.attributes(), element, prior);
        if configured && !prior.is_null() {
            drop_what_was_unset(attribute.attributes(), &mut value, prior);
        }
        value
    };
    if set {
        return Value::set(match_any(elements, prior.elements(), observed));
    }
    let by_place = elements.iter().enumerate().map(|(place, element)| observed(element, prior.at(place)));
    let value = Value::List(by_place.collect());
    if same(attribute, prior, &value) { prior.clone() } else { value }
}

/// Inside a configured list of objects nothing can be computed: what was null stays null.
fn drop_what_was_unset(attributes: &[Attribute], value: &mut Value, prior: &Value) {
    let Value::Map(members) = value else { return };
    for attribute in attributes {
        let before = prior.get(attribute.name);
        let Some(member) = members.get_mut(attribute.name) else { continue };
        match member {
            _ if before.is_null() => *member = Value::Null,
            Value::List(inner) if !attribute.attributes().is_empty() => {
                for (place, element) in inner.iter_mut().enumerate() {
                    drop_what_was_unset(attribute.attributes(), element, before.at(place));
                }
            }
            _ => {}
        }
    }
}

/// The structures behind a block: one, a list of them, or the entries of a map with their keys.
fn elements_of(shape: &Shape, single: bool, reply: &Value) -> Vec<Value> {
    match (&shape.kind, reply) {
        (_, Value::Null) => Vec::new(),
        _ if single => vec![reply.clone()],
        (ShapeKind::Map { value: shape, .. }, Value::Map(entries)) => {
            entries.iter().map(|(key, value)| entry(shape, key, value)).collect()
        }
        (_, Value::List(elements)) => elements.clone(),
        _ => Vec::new(),
    }
}

fn entry(shape: &Shape, key: &str, value: &Value) -> Value {
    let mut members = match (&shape.kind, value) {
        (ShapeKind::Structure { .. }, Value::Map(members)) => members.clone(),
        _ => Map::from([("value".to_owned(), value.clone())]),
    };
    members.insert("key".to_owned(), key.into());
    Value::Map(members)
}

/// A value of the service as Terraform has it. What is of another type than the model says is null.
pub(crate) fn from_service(shape: &Shape, set: bool, value: &Value) -> Value {
    match (&shape.kind, value) {
        (_, value) if std::ptr::eq(shape, &DOCUMENT) => document(value),
        (_, tags @ Value::List(_)) if std::ptr::eq(shape, &TAG_MAP) => Value::Map(tags::by_key(tags)),
        (ShapeKind::String { .. }, Value::String(_))
        | (ShapeKind::Integer { .. } | ShapeKind::Float { .. }, Value::Number(_))
        | (ShapeKind::Boolean, Value::Bool(_)) => value.clone(),
        (ShapeKind::String { .. }, Value::Number(number)) => number.to_string().into(),
        (ShapeKind::String { .. }, Value::Bool(value)) => value.to_string().into(),
        (ShapeKind::Integer { .. } | ShapeKind::Float { .. }, Value::String(text)) => {
            text.parse::<Number>().map_or(Value::Null, Value::Number)
        }
        (ShapeKind::Timestamp, Value::Number(seconds)) => timestamp(seconds),
        (ShapeKind::Timestamp, Value::String(text)) => text.as_str().into(),
        (ShapeKind::List { element, .. }, Value::List(elements)) => {
            let elements = elements.iter().map(|value| from_service(element, false, value)).collect();
            if set { Value::set(elements) } else { Value::List(elements) }
        }
        (ShapeKind::Map { value: shape, .. }, Value::Map(entries)) => {
            Value::Map(entries.iter().map(|(key, value)| (key.clone(), from_service(shape, false, value))).collect())
        }
        _ => Value::Null,
    }
}

/// A structure as its JSON text, with the names of the API.
fn document(value: &Value) -> Value {
    if value.is_null() { Value::Null } else { json(value).to_string().into() }
}

fn json(value: &Value) -> serde_json::Value {
    match value {
        Value::Null | Value::Unknown(_) => serde_json::Value::Null,
        Value::Bool(value) => (*value).into(),
        Value::Number(number) => serde_json::from_str(&number.to_string()).unwrap_or_default(),
        Value::String(text) => text.as_str().into(),
        Value::List(elements) => elements.iter().map(json).collect(),
        Value::Map(members) => members.iter().map(|(name, value)| (name.clone(), json(value))).collect(),
    }
}

/// Seconds since 1970 as RFC 3339 text in UTC, to the millisecond as the service counts.
fn timestamp(seconds: &Number) -> Value {
    let milliseconds = (seconds.to_f64() * 1_000.0).round();
    OffsetDateTime::from_unix_timestamp_nanos(milliseconds as i128 * 1_000_000)
        .ok()
        .and_then(|moment| moment.format(&Rfc3339).ok())
        .map_or(Value::Null, Value::String)
}

/// RFC 3339 text as seconds since 1970.
pub(crate) fn seconds(text: &str) -> Option<Number> {
    let moment = OffsetDateTime::parse(text, &Rfc3339).ok()?;
    Number::from_f64(moment.unix_timestamp_nanos() as f64 / 1e9)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::resource;

    #[test]
    fn what_the_service_fills_into_a_block_is_shown_only_where_nothing_was_known() {
        let component = resource("sagemaker_inference_component").expect("a resource of ours");
        let reply = Value::from([("RuntimeConfig", Value::from([("DesiredCopyCount", 2.into())]))]);
        let blocks =
            |prior: &Value| observe(component.attributes, &reply, prior).get("runtime_config").elements().len();
        assert_eq!(blocks(&Value::from([("runtime_config", Value::List(Vec::new()))])), 0);
        assert_eq!(blocks(&Value::object()), 1);
    }

    #[test]
    fn what_stands_further_inside_is_found_there() {
        let component = resource("sagemaker_inference_component").expect("a resource of ours");
        let image = Value::from([("DeployedImage", Value::from([("SpecifiedImage", "i:1".into())]))]);
        let reply = Value::from([("Specification", Value::from([("Container", image)]))]);
        let state = observe(component.attributes, &reply, &Value::object());
        let container = state.get("specification").at(0).get("container").at(0);
        assert_eq!(container.get("image").as_str(), Some("i:1"));
    }

    #[test]
    fn the_services_word_for_nothing_is_nothing() {
        let domain = resource("sagemaker_domain").expect("a resource of ours");
        let lab = |script: &str| {
            let lab = Value::from([("BuiltInLifecycleConfigArn", script.into())]);
            let reply = Value::from([("DefaultSpaceSettings", Value::from([("JupyterLabAppSettings", lab)]))]);
            let state = observe(domain.attributes, &reply, &Value::object());
            let settings = state.get("default_space_settings").at(0).get("jupyter_lab_app_settings").at(0);
            settings.get("built_in_lifecycle_config_arn").clone()
        };
        assert_eq!((lab("None"), lab("arn")), (Value::Null, "arn".into()));
    }
}
