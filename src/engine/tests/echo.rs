//! The description that a service returns if it repeats its input.

use crate::{definition::Resource, engine::convert::body::structure, value::Value};

/// The description that a service returns if it repeats its input.
pub(crate) fn repeated(resource: &Resource, desired: &Value) -> Value {
    unfolded(&shown(resource, desired))
}

/// The same, where names of members may be paths.
pub(crate) fn shown(resource: &Resource, desired: &Value) -> Value {
    structure(resource.attributes, desired, &|attribute| {
        let given = attribute.observed && (attribute.on_create || attribute.on_update);
        attribute.read_member().filter(|_| given)
    })
}

/// Moves members whose names are paths to the ends of these paths.
pub(crate) fn unfolded(value: &Value) -> Value {
    fn put(into: &mut Value, path: &str, value: Value) {
        match path.split_once('.') {
            None => into.insert(path, value),
            Some((first, rest)) => {
                let mut inner = into.get(first).clone();
                if inner.is_null() {
                    inner = Value::object();
                }
                put(&mut inner, rest, value);
                into.insert(first, inner);
            }
        }
    }
    match value {
        Value::List(elements) => Value::List(elements.iter().map(unfolded).collect()),
        // Only names of members may be paths; the values of the user's own maps are not structures.
        Value::Map(members) => {
            let mut whole = Value::object();
            for (name, value) in members {
                put(&mut whole, name, unfolded(value));
            }
            whole
        }
        other => other.clone(),
    }
}
