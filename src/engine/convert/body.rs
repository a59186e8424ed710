//! The bodies of calls from attribute values: structures, lists and maps of the API.
//!
//! The callers decide which attributes a call takes, and under which names.

use crate::{
    definition::{
        Attribute, AttributeKind, Origin,
        service::{Shape, ShapeKind},
    },
    engine::convert::scalar,
    value::Value,
};

/// The body of a create call.
pub(crate) fn structure_on_create(attributes: &[Attribute], values: &Value) -> Value {
    structure(attributes, values, &on_create)
}

/// The member of a call for an attribute; `None` if the call does not take it.
pub(crate) type Name = dyn Fn(&Attribute) -> Option<&'static str>;

pub(crate) fn on_create(attribute: &Attribute) -> Option<&'static str> {
    attribute.member().filter(|_| attribute.on_create)
}

pub(crate) fn on_update(attribute: &Attribute) -> Option<&'static str> {
    attribute.update_member().filter(|_| attribute.on_update)
}

pub(crate) fn on_delete(attribute: &Attribute) -> Option<&'static str> {
    attribute.member().filter(|_| attribute.on_delete)
}

pub(crate) fn structure(attributes: &[Attribute], value: &Value, name: &Name) -> Value {
    let mut members = Value::object();
    for attribute in attributes {
        insert_member(&mut members, attribute, value.get(attribute.name), name);
    }
    members
}

pub(crate) fn insert_member(into: &mut Value, attribute: &Attribute, value: &Value, name: &Name) {
    let Some(member) = name(attribute) else { return };
    let value = to_service(attribute, value, name);
    if !value.is_null() {
        into.insert(member, value);
    }
}

/// The value in the service's form; null if there is nothing to send.
pub(crate) fn to_service(attribute: &Attribute, value: &Value, name: &Name) -> Value {
    if value.is_null() || value.is_unknown() {
        return Value::Null;
    }
    match &attribute.kind {
        AttributeKind::Plain { shape, .. } => {
            let scalar = scalar::to_service(shape, value);
            match attribute.only {
                Some(only) => Value::List(vec![Value::from([(only, scalar)])]),
                None => scalar,
            }
        }
        AttributeKind::Block { shape, single, attributes, .. }
        | AttributeKind::Objects { shape, single, attributes, .. } => {
            let elements = match value {
                Value::List(elements) => elements.as_slice(),
                _ => std::slice::from_ref(value),
            };
            blocks(shape, *single, attributes, elements, name)
        }
    }
}

pub(crate) fn blocks(shape: &Shape, single: bool, attributes: &[Attribute], elements: &[Value], name: &Name) -> Value {
    if elements.is_empty() {
        return Value::Null;
    }
    if single {
        return structure(attributes, &elements[0], name);
    }
    if let ShapeKind::Map { .. } = shape.kind {
        return Value::Map(elements.iter().map(|element| entry(attributes, element, name)).collect());
    }
    Value::List(elements.iter().map(|element| structure(attributes, element, name)).collect())
}

pub(crate) fn entry(attributes: &[Attribute], element: &Value, name: &Name) -> (String, Value) {
    let of = |origin: Origin| attributes.iter().find(|attribute| attribute.origin == origin);
    let key = of(Origin::MapKey).and_then(|key| element.get(key.name).as_str()).unwrap_or_default();
    let value = match of(Origin::MapValue) {
        Some(attribute) => to_service(attribute, element.get(attribute.name), name),
        None => structure(attributes, element, name),
    };
    (key.to_owned(), value)
}
