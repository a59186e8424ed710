//! Converts MessagePack and JSON to and from [`Value`], guided by the schema.
//!
//! Input is untrusted: any bytes yield a value or a [`WireError`]. The recursion depth is bounded by the expected type,
//! not by the input, and no claimed length is trusted before the bytes have been read. This room neither calls anything
//! nor decides anything.

pub mod json;
pub mod msgpack;
mod position;
#[cfg(test)]
mod random;

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::{
    schema::Type,
    value::{Path, Value},
};

/// Bytes that are not a value of the expected type, or a value that cannot be written as that type.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{reason}", if path.steps().is_empty() { String::new() } else { format!("{path}: ") })]
pub struct WireError {
    /// The attribute concerned; empty for the value itself. Ends at a set, whose elements have no address.
    pub path: Path,
    /// What is wrong with it.
    pub reason: Reason,
}

/// The error. Never contains a value, since values may be secret; only names from a schema or a map.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// The bytes end within a value.
    #[error("the bytes end too early")]
    Truncated,
    /// This number of bytes follows the value.
    #[error("{0} bytes follow the value")]
    LeftOver(usize),
    /// A value is of another kind than its type.
    #[error("expected {expected}, found {found}")]
    Mismatch {
        /// `a list`.
        expected: &'static str,
        /// `a map`.
        found: &'static str,
    },
    /// An object lacks this member.
    #[error("`{0}` is missing")]
    Missing(String),
    /// An object has this member, but its type does not.
    #[error("`{0}` is not in the schema")]
    NotInSchema(String),
    /// A string is not UTF-8.
    #[error("the text is not UTF-8")]
    NotUtf8,
    /// A number is invalid or too large.
    #[error("not a number that can be handled exactly")]
    Number,
    /// A number is infinite or not a number.
    #[error("the number is not finite")]
    NotFinite,
    /// There are more elements than MessagePack can count.
    #[error("more than 4,294,967,295 elements")]
    TooLong,
    /// The text is not JSON, with the parser's reason.
    #[error("not JSON: {0}")]
    NotJson(String),
}

/// The string in the form that Terraform compares: Unicode's canonical composition (NFC).
fn composed(text: &str) -> Cow<'_, str> {
    if is_nfc(text) { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

/// The kind of a value, for messages.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Unknown(_) => "an unknown value",
        Value::Bool(_) => "a bool",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::List(_) => "a list",
        Value::Map(_) => "a map",
    }
}

/// The expected kind of a type, for messages.
fn expected(r#type: &Type) -> &'static str {
    match r#type {
        Type::String => "a string",
        Type::Number => "a number",
        Type::Bool => "a bool",
        Type::List(_) => "a list",
        Type::Set(_) => "a set",
        Type::Map(_) => "a map",
        Type::Object(_) => "an object",
    }
}
