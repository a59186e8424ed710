//! The values of Terraform and the service, and paths into them.
//!
//! This room knows no schema, no type and no service: a [`Value`] is only data. Sets are sorted lists without
//! duplicates (see [`Value::set`]), so that `==` agrees with Terraform's equality.

mod json;
mod number;
mod path;

use std::{cmp::Ordering, collections::BTreeMap, fmt};

pub use number::Number;
pub use path::{Path, Step};

/// The members of an object, or the elements of a map, by name.
pub type Map = BTreeMap<String, Value>;

/// One value of any type: null, not known yet, or known.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// No value. A resource that is `Null` does not exist.
    #[default]
    Null,
    /// A value that is known only after apply.
    Unknown(Unknown),
    /// True or false.
    Bool(bool),
    /// An exact decimal number.
    Number(Number),
    /// Text in Unicode.
    String(String),
    /// A list, a tuple or a set.
    List(Vec<Value>),
    /// A map or an object.
    Map(Map),
}

/// Terraform's refinements of an unknown value, kept unparsed so that they can be passed on unchanged.
///
/// The bytes are the payload of the MessagePack extension 12; empty means no refinements.
#[derive(Clone, Default)]
pub struct Unknown(pub Vec<u8>);

// Terraform ignores refinements in every comparison, so equality and order ignore them here too.
impl PartialEq for Unknown {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Unknown {}

impl PartialOrd for Unknown {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Unknown {
    fn cmp(&self, _: &Self) -> Ordering {
        Ordering::Equal
    }
}

impl fmt::Debug for Unknown {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Unknown")
    }
}

static NULL: Value = Value::Null;

impl Value {
    /// An unknown value without refinements.
    pub fn unknown() -> Self {
        Self::Unknown(Unknown::default())
    }

    /// An empty object or map.
    pub fn object() -> Self {
        Self::Map(Map::new())
    }

    /// A set: the elements sorted and deduplicated. Elements that are not wholly known are never merged, since they may
    /// turn out different; Terraform does the same.
    pub fn set(mut elements: Vec<Value>) -> Self {
        elements.sort();
        elements.dedup_by(|one, other| one == other && one.is_wholly_known());
        Self::List(elements)
    }

    /// True for null.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// True if the value itself is unknown. Parts of a known value may be unknown.
    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown(_))
    }

    /// True if neither the value nor any part of it is unknown.
    pub fn is_wholly_known(&self) -> bool {
        match self {
            Self::Unknown(_) => false,
            Self::List(elements) => elements.iter().all(Self::is_wholly_known),
            Self::Map(members) => members.values().all(Self::is_wholly_known),
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::String(_) => true,
        }
    }

    /// Null, or a value that a user would call "nothing": `false`, `0`, `""`, `[]`, or a map without values. A map of empty
    /// texts has entries, as that of a tag without a value.
    pub fn is_zero(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Unknown(_) => false,
            Self::Bool(value) => !value,
            Self::Number(value) => value.is_zero(),
            Self::String(value) => value.is_empty(),
            Self::List(elements) => elements.is_empty(),
            Self::Map(members) => members.values().all(Self::is_null),
        }
    }

    /// Null, or a structure in which nothing is set at any depth. Unlike [`Value::is_zero`], `false` and `0` are set.
    pub fn is_unset(&self) -> bool {
        match self {
            Self::Null => true,
            Self::List(elements) => elements.iter().all(Self::is_unset),
            Self::Map(members) => members.values().all(Self::is_unset),
            Self::Unknown(_) | Self::Bool(_) | Self::Number(_) | Self::String(_) => false,
        }
    }

    /// The member of an object, or null if there is none.
    pub fn get(&self, name: &str) -> &Value {
        match self {
            Self::Map(members) => members.get(name).unwrap_or(&NULL),
            _ => &NULL,
        }
    }

    /// The element of a list, or null if there is none.
    pub fn at(&self, index: usize) -> &Value {
        self.elements().get(index).unwrap_or(&NULL)
    }

    /// The elements of a list; empty for anything else.
    pub fn elements(&self) -> &[Value] {
        match self {
            Self::List(elements) => elements,
            _ => &[],
        }
    }

    /// The value at `path`, or null if there is none.
    pub fn lookup(&self, path: &Path) -> &Value {
        path.steps().iter().fold(self, |value, step| match step {
            Step::Attribute(name) | Step::Key(name) => value.get(name),
            Step::Index(index) => value.at(*index),
        })
    }

    /// Sets a member of an object. Any other value is replaced by an object.
    pub fn insert(&mut self, name: impl Into<String>, value: Value) {
        if !matches!(self, Self::Map(_)) {
            *self = Self::object();
        }
        if let Self::Map(members) = self {
            members.insert(name.into(), value);
        }
    }

    /// The string; None for any other kind of value.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The string itself; any other value as it is displayed.
    pub fn to_text(&self) -> String {
        self.as_str().map_or_else(|| self.to_string(), str::to_owned)
    }

    /// The boolean; None for any other kind of value.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The number; None for any other kind of value.
    pub fn as_number(&self) -> Option<&Number> {
        match self {
            Self::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The number as a 64-bit integer; None if it is not one, and for any other kind of value.
    pub fn as_i64(&self) -> Option<i64> {
        self.as_number()?.as_i64()
    }

    /// The members; None for any other kind of value.
    pub fn as_map(&self) -> Option<&Map> {
        match self {
            Self::Map(members) => Some(members),
            _ => None,
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Number(value.into())
    }
}

impl From<Vec<Value>> for Value {
    fn from(elements: Vec<Value>) -> Self {
        Self::List(elements)
    }
}

impl<const N: usize> From<[(&str, Value); N]> for Value {
    fn from(members: [(&str, Value); N]) -> Self {
        Self::Map(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }
}

/// Shown in messages, similar to how Terraform users write values; never parsed.
impl fmt::Display for Value {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => formatter.write_str("null"),
            Self::Unknown(_) => formatter.write_str("(known after apply)"),
            Self::Bool(value) => value.fmt(formatter),
            Self::Number(number) => number.fmt(formatter),
            Self::String(text) => write!(formatter, "{text:?}"),
            Self::List(elements) => {
                formatter.write_str("[")?;
                for (index, element) in elements.iter().enumerate() {
                    write!(formatter, "{}{element}", if index == 0 { "" } else { ", " })?;
                }
                formatter.write_str("]")
            }
            Self::Map(members) => {
                formatter.write_str("{")?;
                for (index, (name, member)) in members.iter().enumerate() {
                    write!(formatter, "{}{name} = {member}", if index == 0 { "" } else { ", " })?;
                }
                formatter.write_str("}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_equal_regardless_of_order_and_duplicates() {
        let one = Value::set(vec!["b".into(), "a".into(), "b".into()]);
        assert_eq!(one, Value::set(vec!["a".into(), "b".into()]));
    }

    #[test]
    fn unknown_elements_are_not_merged() {
        assert_eq!(Value::set(vec![Value::unknown(), Value::unknown()]).elements().len(), 2);
    }

    #[test]
    fn refinements_are_ignored_by_equality() {
        assert_eq!(Value::Unknown(Unknown(vec![1])), Value::unknown());
    }

    #[test]
    fn zero_looks_through_objects_but_not_through_lists() {
        assert!(Value::from([("a", Value::Null)]).is_zero());
        assert!(!Value::from([("a", "".into())]).is_zero());
        assert!(!Value::List(vec![Value::Null]).is_zero());
        assert!(!Value::unknown().is_zero());
    }

    #[test]
    fn lookup_follows_a_path_and_returns_null_for_a_missing_value() {
        let value = Value::from([("list", Value::List(vec![Value::from([("name", "x".into())])]))]);
        let path = Path::attribute("list").index(0).then("name");
        assert_eq!(value.lookup(&path), &Value::from("x"));
        assert_eq!(value.lookup(&path.then("deeper")), &Value::Null);
    }
}
