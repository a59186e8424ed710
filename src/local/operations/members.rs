//! Members of inputs, descriptions and replies: reads, sets and merges them, and restricts them to the model's shapes.

use crate::{
    definition::service::{Shape, ShapeKind},
    value::{Map, Value},
};

/// The members in order, without those that are null.
pub(in crate::local) fn known(members: impl IntoIterator<Item = (&'static str, Value)>) -> Map {
    members.into_iter().filter(|(_, value)| !value.is_null()).map(|(name, value)| (name.to_owned(), value)).collect()
}

/// A member of a description; dots lead inwards.
pub(in crate::local) fn lookup<'a>(view: &'a Map, member: &str) -> &'a Value {
    let mut steps = member.split('.');
    let first = steps.next().and_then(|step| view.get(step)).unwrap_or(&Value::Null);
    steps.fold(first, |value, step| value.get(step))
}

/// The elements of a list that may be a member.
pub(in crate::local) fn elements<'a>(members: &'a Map, member: &str) -> &'a [Value] {
    members.get(member).map(Value::elements).unwrap_or_default()
}

/// Sets a member.
pub(in crate::local) fn put(members: &mut Map, member: &str, value: impl Into<Value>) {
    members.insert(member.to_owned(), value.into());
}

/// Sets a member that is not set.
pub(in crate::local) fn default(members: &mut Map, member: &str, value: impl Into<Value>) {
    members.entry(member.to_owned()).or_insert_with(|| value.into());
}

/// Sets what is not set: a member of the structures that the path leads to, through each element of a list. A step `*`
/// leads through each member.
pub(in crate::local) fn default_at(members: &mut Map, path: &str, value: &Value) {
    match path.split_once('.') {
        None => default(members, path, value.clone()),
        Some(("*", rest)) => members.values_mut().for_each(|inner| default_inside(inner, rest, value)),
        Some((first, rest)) => {
            if let Some(inner) = members.get_mut(first) {
                default_inside(inner, rest, value);
            }
        }
    }
}

fn default_inside(value: &mut Value, path: &str, default: &Value) {
    match value {
        Value::Map(inner) => default_at(inner, path, default),
        Value::List(elements) => elements.iter_mut().for_each(|element| {
            if let Value::Map(inner) = element {
                default_at(inner, path, default);
            }
        }),
        _ => {}
    }
}

/// Replaces the previous members with the given ones; merges structures member by member.
pub(in crate::local) fn merge(shape: &Shape, before: &mut Value, given: Value) {
    match (&shape.kind, before, given) {
        (ShapeKind::Structure { .. }, Value::Map(before), Value::Map(given)) => {
            for (name, value) in given {
                let inner = shape.member(&name).map_or(shape, |member| member.shape);
                merge(inner, before.entry(name).or_default(), value);
            }
        }
        (_, before, given) => *before = given,
    }
}

/// Changes a structure that may be a member; leaves anything else alone.
pub(in crate::local) fn within(members: &mut Map, member: &str, change: impl FnOnce(&mut Map)) {
    if let Some(Value::Map(inner)) = members.get_mut(member) {
        change(inner);
    }
}

/// Changes each structure of a list that may be a member.
pub(in crate::local) fn each(members: &mut Map, member: &str, mut change: impl FnMut(&mut Map)) {
    if let Some(Value::List(elements)) = members.get_mut(member) {
        for element in elements {
            if let Value::Map(inner) = element {
                change(inner);
            }
        }
    }
}

/// The members that the shape has.
pub(in crate::local) fn project(shape: &Shape, members: Map) -> Value {
    fit(shape, Value::Map(members))
}

/// The part of the value that the shape has. Inputs can have more members than descriptions, at any depth: secrets, for
/// example.
fn fit(shape: &Shape, value: Value) -> Value {
    match (&shape.kind, value) {
        (ShapeKind::Structure { .. }, Value::Map(members)) => {
            let known = members.into_iter().filter(|(_, value)| !value.is_null());
            let fitting = known.filter_map(|(name, value)| Some((fit(shape.member(&name)?.shape, value), name)));
            Value::Map(fitting.map(|(value, name)| (name, value)).collect())
        }
        (ShapeKind::List { element, .. }, Value::List(elements)) => {
            Value::List(elements.into_iter().map(|value| fit(element, value)).collect())
        }
        (ShapeKind::Map { value: inner, .. }, Value::Map(entries)) => {
            Value::Map(entries.into_iter().map(|(key, value)| (key, fit(inner, value))).collect())
        }
        (_, value) => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::local::json;

    #[test]
    fn defaults_reach_into_structures_that_are_there() {
        let mut members = json::read(br#"{"A":{"B":{}},"C":[{"B":{"D":1}},{}],"E":"text"}"#).unwrap();
        let Value::Map(inner) = &mut members else { panic!("a structure") };
        for path in ["A.F", "C.F", "*.B.D", "G.H"] {
            default_at(inner, path, &2.into());
        }
        let filled = r#"{"A":{"B":{"D":2},"F":2},"C":[{"B":{"D":1},"F":2},{"F":2}],"E":"text"}"#;
        assert_eq!(json::write(&members), filled);
    }
}
