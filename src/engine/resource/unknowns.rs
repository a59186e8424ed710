//! The state after an apply: the planned state, with unknown values filled in from the service.
//!
//! Terraform requires that each known planned value is returned as planned, whatever the service shows. Where the two
//! differ, the next refresh shows it.

use crate::{
    definition::{Attribute, AttributeKind},
    engine::convert::absence::empty,
    schema::Nesting,
    value::{Map, Value},
};

/// `planned` with every unknown value taken from `observed`.
pub(crate) fn fill_unknowns(attributes: &[Attribute], planned: &Value, observed: &Value) -> Value {
    let members = attributes.iter().map(|attribute| {
        let (planned, observed) = (planned.get(attribute.name), observed.get(attribute.name));
        (attribute.name.to_owned(), fill_attribute(attribute, planned, observed))
    });
    Value::Map(members.collect())
}

fn fill_attribute(attribute: &Attribute, planned: &Value, observed: &Value) -> Value {
    if planned.is_wholly_known() {
        return planned.clone();
    }
    match &attribute.kind {
        AttributeKind::Block { nesting: Nesting::Single, attributes, .. } if !planned.is_unknown() => {
            fill_unknowns(attributes, planned, observed)
        }
        AttributeKind::Block { nesting: Nesting::List, attributes, .. } if !planned.is_unknown() => {
            let elements = planned.elements().iter().enumerate();
            Value::List(
                elements.map(|(place, element)| fill_unknowns(attributes, element, observed.at(place))).collect(),
            )
        }
        AttributeKind::Block { nesting: Nesting::Set, .. } if !planned.is_unknown() => known(planned),
        _ if planned.is_unknown() => if_known(attribute, observed),
        _ => fill(planned, observed),
    }
}

fn if_known(attribute: &Attribute, observed: &Value) -> Value {
    if observed.is_null() { empty(attribute) } else { known(observed) }
}

/// Fills in a list or map of scalars, element by element.
fn fill(planned: &Value, observed: &Value) -> Value {
    match planned {
        Value::Unknown(_) => known(observed),
        Value::List(elements) => {
            Value::List(elements.iter().enumerate().map(|(place, element)| fill(element, observed.at(place))).collect())
        }
        Value::Map(members) => {
            Value::Map(members.iter().map(|(key, member)| (key.clone(), fill(member, observed.get(key)))).collect())
        }
        known => known.clone(),
    }
}

/// The value with null for everything unknown: the best state after a failure.
pub(crate) fn known(value: &Value) -> Value {
    match value {
        Value::Unknown(_) => Value::Null,
        Value::List(elements) => Value::List(elements.iter().map(known).collect()),
        Value::Map(members) => {
            Value::Map(members.iter().map(|(name, member)| (name.clone(), known(member))).collect::<Map>())
        }
        other => other.clone(),
    }
}

/// [`known`] for a complete resource: absent blocks become empty lists instead of null.
pub(crate) fn known_object(attributes: &[Attribute], value: &Value) -> Value {
    fill_unknowns(attributes, value, &Value::Null)
}
