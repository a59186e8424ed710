//! The names that the provider generates if the user omits them: that of the object and those of its parts.

use crate::{
    definition::{Attribute, AttributeKind, Bounds, Origin, Resource, service::ShapeKind},
    engine::{common::names, convert::absence::is_none},
    value::Value,
};

/// Generates the missing names: that of the object, and those of its parts that the service requires.
pub(crate) fn generate_names(resource: &Resource, planned: &Value) -> Value {
    let mut desired = name_parts(resource.attributes, planned);
    let Some(naming) = &resource.identity.naming else { return desired };
    let name = resource.attribute_of(naming.member);
    let prefix = resource.attributes.iter().find(|attribute| attribute.origin == Origin::NamePrefix);
    if let Some(name) = name.filter(|name| desired.get(name.name).is_unknown()) {
        let given = prefix.and_then(|prefix| desired.get(prefix.name).as_str());
        let start = given.unwrap_or(naming.prefix).to_owned();
        desired.insert(name.name, names::unique(&start, naming.max).into());
        if let Some(prefix) = prefix {
            desired.insert(prefix.name, start.into());
        }
    }
    desired
}

/// Generates the missing names of the parts that the service requires to be named.
fn name_parts(attributes: &[Attribute], planned: &Value) -> Value {
    let members = attributes.iter().map(|attribute| {
        let value = planned.get(attribute.name);
        let value = match (&attribute.kind, value) {
            (AttributeKind::Block { attributes, .. }, Value::List(elements)) => {
                Value::List(elements.iter().map(|element| named(attributes, element)).collect())
            }
            _ => value.clone(),
        };
        (attribute.name.to_owned(), value)
    });
    Value::Map(members.collect())
}

fn named(attributes: &[Attribute], element: &Value) -> Value {
    let mut element = name_parts(attributes, element);
    for attribute in attributes.iter().filter(|attribute| attribute.generated) {
        let value = element.get(attribute.name);
        let is_missing = value.is_unknown() || is_none(attribute, value);
        if let (AttributeKind::Plain { shape, .. }, true) = (&attribute.kind, is_missing) {
            let max = match shape.kind {
                ShapeKind::String { bounds: Bounds { max: Some(max), .. }, .. } => {
                    usize::try_from(max).unwrap_or(usize::MAX)
                }
                _ => usize::MAX,
            };
            element.insert(attribute.name, names::unique("terraform-", max).into());
        }
    }
    element
}
