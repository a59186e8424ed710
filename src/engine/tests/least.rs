//! The smallest configurations. For tests only.

use crate::{
    definition::{
        Attribute, AttributeKind, Call, Check,
        service::{Shape, ShapeKind},
    },
    engine::common::patterns::admits,
    schema::{Nesting, Usage},
    value::Value,
};

/// Texts of which one fits most patterns.
const TEXTS: &[&str] = &[
    "a",
    "aaaaaaaaaa",
    "i-0123456789abcdef0",
    "eni-0123456789abcdef0",
    "vol-0123456789abcdef0",
    "arn:aws:sagemaker:us-east-1:111122223333:cluster/abcdefghijkl",
];

/// The smallest configuration that has everything that is required. Texts fit their patterns where one of `TEXTS` does; the
/// model's bounds play no part.
pub(super) fn least(attributes: &[Attribute]) -> Value {
    let member = |attribute: &Attribute| {
        let value = match attribute.kind {
            AttributeKind::Block { nesting, min_items, attributes, .. } if min_items > 0 => {
                let element = least(attributes);
                if nesting == Nesting::Set { Value::set(vec![element]) } else { Value::List(vec![element]) }
            }
            AttributeKind::Plain { shape, .. } if attribute.usage == Usage::Required => scalar(shape),
            _ => nothing(attribute),
        };
        (attribute.name.to_owned(), value)
    };
    Value::Map(attributes.iter().map(member).collect())
}

/// The smallest configuration of a call that breaks none of its rules.
pub(super) fn least_of(call: &Call) -> Value {
    let mut config = least(call.attributes);
    let some = call.rules.iter().filter(|rule| matches!(rule.check, Check::ExactlyOne | Check::AtLeastOne));
    for rule in some.filter(|rule| rule.within.is_none()) {
        set(call.attributes, &mut config, rule.names[0]);
    }
    config
}

/// Sets the argument of that name to some value.
pub(super) fn set(attributes: &[Attribute], config: &mut Value, name: &str) {
    let attribute = attributes.iter().find(|attribute| attribute.name == name).expect("there is such an argument");
    let value = match attribute.kind {
        AttributeKind::Plain { shape, .. } => scalar(shape),
        AttributeKind::Block { attributes, .. } | AttributeKind::Objects { attributes, .. } => {
            Value::List(vec![least(attributes)])
        }
    };
    config.insert(attribute.name, value);
}

/// The value of an attribute that is not configured.
pub(super) fn nothing(attribute: &Attribute) -> Value {
    match attribute.kind {
        AttributeKind::Block { nesting: Nesting::Single, .. }
        | AttributeKind::Plain { .. }
        | AttributeKind::Objects { .. } => Value::Null,
        AttributeKind::Block { nesting: Nesting::Set, .. } => Value::set(Vec::new()),
        AttributeKind::Block { .. } => Value::List(Vec::new()),
    }
}

fn scalar(shape: &Shape) -> Value {
    match shape.kind {
        ShapeKind::String { values: [first, ..], .. } => (*first).into(),
        ShapeKind::String { .. } => TEXTS.iter().find(|text| admits(shape, text)).copied().unwrap_or("a").into(),
        ShapeKind::Integer { .. } | ShapeKind::Float { .. } => 1.into(),
        ShapeKind::Boolean => true.into(),
        ShapeKind::List { element, .. } => Value::List(vec![scalar(element)]),
        ShapeKind::Map { value, .. } => Value::from([("a", scalar(value))]),
        ShapeKind::Timestamp => "2026-01-02T03:04:05Z".into(),
        ShapeKind::Structure { .. } => Value::object(),
    }
}
