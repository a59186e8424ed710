//! States from a state file: written by any version of this provider, or by another provider for a resource of the same
//! schema.

use crate::{
    definition::{Attribute, AttributeKind, Origin, Resource},
    engine::convert::absence::empty,
    schema::{Block, Nesting, Type},
    value::{Number, Path, Value},
};

/// Why a stored state cannot be converted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{path}` is {found}, but must be {expected}")]
pub(crate) struct Unfit {
    path: String,
    found: &'static str,
    expected: String,
}

/// Converts a stored state to the schema: members unknown to the schema are dropped, missing ones are unset, and
/// provider-defined arguments get their defaults.
pub(crate) fn conform(resource: &Resource, block: &Block, stored: &Value) -> Result<Value, Unfit> {
    let mut state = conform_block(block, stored, &Path::root())?;
    set_defaults(resource, &mut state);
    Ok(state)
}

/// Converts the state of another provider's resource of the same schema, in which empty texts and tags mean none.
pub(crate) fn take_over(resource: &Resource, block: &Block, stored: &Value) -> Result<Value, Unfit> {
    conform(resource, block, &without_empty_texts(resource.attributes, stored))
}

fn without_empty_texts(attributes: &[Attribute], stored: &Value) -> Value {
    let mut state = stored.clone();
    for attribute in attributes {
        let value = match (&attribute.kind, stored.get(attribute.name)) {
            (AttributeKind::Plain { .. }, Value::String(text)) if text.is_empty() => Value::Null,
            (AttributeKind::Plain { .. }, Value::Map(tags)) if attribute.origin == Origin::Tags && tags.is_empty() => {
                Value::Null
            }
            (AttributeKind::Block { attributes, .. }, Value::List(elements)) => {
                Value::List(elements.iter().map(|element| without_empty_texts(attributes, element)).collect())
            }
            _ => continue,
        };
        state.insert(attribute.name, value);
    }
    state
}

/// A state in which only values that never come from the service are set.
pub(crate) fn blank(resource: &Resource) -> Value {
    let members = resource.attributes.iter().map(|attribute| (attribute.name.to_owned(), empty(attribute)));
    let mut state = Value::Map(members.collect());
    set_defaults(resource, &mut state);
    state
}

/// Sets the defaults of what the service does not return, since no refresh would.
fn set_defaults(resource: &Resource, state: &mut Value) {
    for attribute in resource.attributes.iter().filter(|attribute| !attribute.observed) {
        if let (Some(default), Value::Null) = (attribute.default, state.get(attribute.name)) {
            state.insert(attribute.name, default.value());
        }
    }
}

fn conform_block(block: &Block, stored: &Value, path: &Path) -> Result<Value, Unfit> {
    let Value::Map(_) = stored else { return Err(unfit(path, stored, "an object")) };
    let mut object = Value::object();
    for attribute in &block.attributes {
        let value = conform_type(&attribute.r#type, stored.get(attribute.name), &path.then(attribute.name))?;
        object.insert(attribute.name, value);
    }
    for nested in &block.blocks {
        let path = path.then(nested.name);
        let value = match (nested.nesting, stored.get(nested.name)) {
            (Nesting::Single, Value::Null) => Value::Null,
            (Nesting::Single, value) => conform_block(&nested.block, value, &path)?,
            (Nesting::List | Nesting::Set, Value::Null) => Value::List(Vec::new()),
            (nesting, Value::List(elements)) => {
                // Elements of sets have no address.
                let is_set = nesting == Nesting::Set;
                let path = |place| if is_set { path.clone() } else { path.index(place) };
                let elements = elements.iter().enumerate();
                let elements: Result<Vec<Value>, Unfit> =
                    elements.map(|(place, element)| conform_block(&nested.block, element, &path(place))).collect();
                if is_set { Value::set(elements?) } else { Value::List(elements?) }
            }
            (_, value) => return Err(unfit(&path, value, "a list of objects")),
        };
        object.insert(nested.name, value);
    }
    Ok(object)
}

fn conform_type(expected: &Type, value: &Value, path: &Path) -> Result<Value, Unfit> {
    Ok(match (expected, value) {
        (_, Value::Null)
        | (Type::String, Value::String(_))
        | (Type::Number, Value::Number(_))
        | (Type::Bool, Value::Bool(_)) => value.clone(),
        (Type::String, Value::Number(number)) => number.to_string().into(),
        (Type::String, Value::Bool(value)) => value.to_string().into(),
        (Type::Number, Value::String(text)) if text.is_empty() => Value::Null,
        (Type::Number, Value::String(text)) => {
            Value::Number(text.parse::<Number>().map_err(|_| unfit(path, value, "a number"))?)
        }
        (Type::Bool, Value::String(text)) if text.is_empty() => Value::Null,
        (Type::Bool, Value::String(text)) if text == "true" || text == "false" => (text == "true").into(),
        (Type::List(element), Value::List(elements)) => {
            let elements = elements.iter().enumerate();
            let elements = elements.map(|(place, value)| conform_type(element, value, &path.index(place)));
            Value::List(elements.collect::<Result<_, Unfit>>()?)
        }
        (Type::Set(element), Value::List(elements)) => {
            let elements = elements.iter().map(|value| conform_type(element, value, path));
            Value::set(elements.collect::<Result<_, Unfit>>()?)
        }
        (Type::Map(element), Value::Map(members)) => {
            let members =
                members.iter().map(|(key, value)| Ok((key.clone(), conform_type(element, value, &path.key(key))?)));
            Value::Map(members.collect::<Result<_, Unfit>>()?)
        }
        (Type::Object(types), Value::Map(_)) => {
            let members = types
                .iter()
                .map(|(name, expected)| Ok((name.clone(), conform_type(expected, value.get(name), &path.then(name))?)));
            Value::Map(members.collect::<Result<_, Unfit>>()?)
        }
        _ => return Err(unfit(path, value, &expected.to_json())),
    })
}

fn unfit(path: &Path, found: &Value, expected: &str) -> Unfit {
    let found = match found {
        Value::Null => "nothing",
        Value::Unknown(_) => "unknown",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::List(_) => "a list",
        Value::Map(_) => "an object",
    };
    Unfit { path: path.to_string(), found, expected: expected.to_owned() }
}
