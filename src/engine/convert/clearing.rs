//! How an update clears values: what it sends instead, and what no update clears.
//!
//! `Clearing` of the definition declares it for each attribute, for merged and for replaced structures. Whether a
//! change replaces the object is not decided here, and no calls are made.

use crate::{
    definition::{
        Attribute, AttributeKind, Change, Clearing,
        service::{Shape, ShapeKind},
    },
    engine::convert::{
        absence::is_none,
        body::{on_update, to_service},
    },
    schema::Usage,
    value::{Path, Value},
};

/// True if there was a value, and now there is none. An explicit `false` or `0` is a value.
pub(crate) fn is_removed(attribute: &Attribute, before: &Value, after: &Value) -> bool {
    !means_none(attribute, before) && is_none(attribute, after)
}

/// True for a value that means none: null, zero, or what an update sends to clear the attribute. Where the default is
/// another value, zero is a value too.
pub(crate) fn means_none(attribute: &Attribute, value: &Value) -> bool {
    let zero_is_none = attribute.default.is_none_or(|default| default.value().is_zero()) || is_none(attribute, value);
    (value.is_zero() && zero_is_none) || neutral(attribute).is_some_and(|neutral| neutral == *value)
}

/// The paths of values that no update clears, in `attribute`, which is removed.
pub(crate) fn never_cleared(attribute: &Attribute, before: &Value, path: &Path) -> Vec<Path> {
    match attribute.clearing {
        Clearing::Never => vec![path.clone()],
        Clearing::Members => {
            let (element, path) = single(before, path);
            let removed = attribute.attributes().iter().filter(|inner| {
                let value = element.get(inner.name);
                !is_left_to_the_service(inner) && inner.change == Change::InPlace && !means_none(inner, value)
            });
            removed.flat_map(|inner| never_cleared(inner, element.get(inner.name), &path.then(inner.name))).collect()
        }
        _ => Vec::new(),
    }
}

/// The structure that a block holds, and its path.
fn single<'a>(block: &'a Value, path: &Path) -> (&'a Value, Path) {
    match block {
        Value::List(_) => (block.at(0), path.index(0)),
        structure => (structure, path.clone()),
    }
}

/// True for values that the service fills in and nothing clears, which the service keeps when the enclosing block is
/// removed.
fn is_left_to_the_service(attribute: &Attribute) -> bool {
    let filled_in = matches!(attribute.usage, Usage::Computed | Usage::OptionalComputed) || attribute.filled_in;
    filled_in && matches!(attribute.clearing, Clearing::Never | Clearing::Omit | Clearing::Members)
}

/// Clears removed values in the input, at every level of structures.
pub(crate) fn clear(input: &mut Value, attributes: &[Attribute], prior: &Value, planned: &Value) {
    for attribute in attributes.iter().filter(|attribute| attribute.on_update) {
        let (before, after) = (prior.get(attribute.name), planned.get(attribute.name));
        if before != after {
            clear_one(input, attribute, before, after);
        }
    }
}

fn clear_one(input: &mut Value, attribute: &Attribute, before: &Value, after: &Value) {
    let Some(member) = attribute.update_member() else { return };
    let removed = is_removed(attribute, before, after);
    let stays = !removed && attribute.is_single_block();
    match attribute.clearing {
        Clearing::Members => clear_members(input, (attribute, member), before, after),
        _ if stays => clear_members(input, (attribute, member), before, after),
        Clearing::Value(_) | Clearing::Empty | Clearing::EmptyStructure | Clearing::Default if removed => {
            input.insert(member, neutral(attribute).unwrap_or_default());
        }
        Clearing::Flag(flag) if removed => input.insert(flag, true.into()),
        Clearing::Property(list) if removed => add(input, list, [member.into()]),
        Clearing::Keys(list) => {
            let (before, after) = (keys_of(attribute, before), keys_of(attribute, after));
            add(input, list, before.into_iter().filter(|key| !after.contains(key)).map(Value::from));
        }
        _ => {}
    }
}

/// Clears the removed members of a merged structure one by one. Members that the service requires in it are sent again.
fn clear_members(input: &mut Value, (attribute, member): (&Attribute, &str), before: &Value, after: &Value) {
    let (before, after) = (single(before, &Path::root()).0, single(after, &Path::root()).0);
    let sent = input.get(member);
    let mut inner = sent.clone();
    clear(&mut inner, attribute.attributes(), before, after);
    if inner == *sent {
        return;
    }
    for required in attribute.attributes().iter().filter(|inner| inner.usage == Usage::Required && inner.on_update) {
        if let Some(member) = required.update_member().filter(|member| inner.get(member).is_null()) {
            inner.insert(member, to_service(required, before.get(required.name), &on_update));
        }
    }
    input.insert(member, inner);
}

/// Appends to a list of the input that may name several removed attributes.
fn add(input: &mut Value, list: &str, names: impl IntoIterator<Item = Value>) {
    let all: Vec<Value> = input.get(list).elements().iter().cloned().chain(names).collect();
    if !all.is_empty() {
        input.insert(list, Value::List(all));
    }
}

/// The value that an update sends to clear the attribute; `None` if it is cleared otherwise, or cannot be.
fn neutral(attribute: &Attribute) -> Option<Value> {
    match attribute.clearing {
        Clearing::Value(text) => Some(text.into()),
        Clearing::Empty | Clearing::EmptyStructure => Some(empty_of(attribute)),
        Clearing::Default => attribute.default.map(|default| default.value()),
        _ => None,
    }
}

/// The keys of a map, or of blocks that represent a map or have names.
fn keys_of<'a>(attribute: &Attribute, value: &'a Value) -> Vec<&'a str> {
    match value {
        Value::Map(entries) => {
            entries.iter().filter(|(_, value)| !value.is_null()).map(|(key, _)| key.as_str()).collect()
        }
        blocks => {
            let key = attribute.key.unwrap_or_default();
            blocks.elements().iter().filter_map(|block| block.get(key).as_str()).collect()
        }
    }
}

fn empty_of(attribute: &Attribute) -> Value {
    if attribute.only.is_some() {
        return Value::List(Vec::new());
    }
    match shape_of(attribute).kind {
        ShapeKind::String { .. } => "".into(),
        ShapeKind::Boolean => false.into(),
        ShapeKind::Integer { .. } | ShapeKind::Float { .. } => 0.into(),
        ShapeKind::List { .. } => Value::List(Vec::new()),
        ShapeKind::Map { .. } | ShapeKind::Structure { .. } => Value::object(),
        ShapeKind::Timestamp => Value::Null,
    }
}

fn shape_of(attribute: &Attribute) -> &'static Shape {
    match &attribute.kind {
        AttributeKind::Plain { shape, .. }
        | AttributeKind::Block { shape, .. }
        | AttributeKind::Objects { shape, .. } => shape,
    }
}
