//! What all functions share: their errors, how they read arguments, and how they write types.

use crate::{
    schema::{Parameter, Type},
    value::Value,
};

/// Why a function has no result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionError {
    /// The argument at fault, counted from 0; `None` if no single one is.
    pub argument: Option<usize>,
    /// Sentences: the value, what is allowed, what to do.
    pub text: String,
}

pub(super) fn refuse<T>(argument: usize, text: impl Into<String>) -> Result<T, FunctionError> {
    Err(FunctionError { argument: Some(argument), text: text.into() })
}

/// The text of an argument; empty if it is none.
pub(super) fn text(arguments: &[Value], argument: usize) -> &str {
    arguments.get(argument).and_then(Value::as_str).unwrap_or_default()
}

/// The number of an argument, if it is an integer.
pub(super) fn integer(arguments: &[Value], argument: usize) -> Option<i64> {
    arguments.get(argument)?.as_i64()
}

/// The members of an argument that is a map of strings, in order; `None` where one is null.
pub(super) fn members(arguments: &[Value], argument: usize) -> impl Iterator<Item = (&str, Option<&str>)> {
    let members = arguments.get(argument).and_then(Value::as_map);
    members.into_iter().flatten().map(|(name, value)| (name.as_str(), value.as_str()))
}

pub(super) fn parameter(name: &'static str, r#type: Type, description: &'static str) -> Parameter {
    Parameter { name, r#type, description }
}

pub(super) fn object<const N: usize>(members: [(&str, Type); N]) -> Type {
    Type::Object(members.into_iter().map(|(name, member)| (name.to_owned(), member)).collect())
}

pub(super) fn list(element: Type) -> Type {
    Type::List(Box::new(element))
}

pub(super) fn map(element: Type) -> Type {
    Type::Map(Box::new(element))
}

/// True for a non-empty text of ASCII letters, digits and the characters in `others`.
pub(super) fn consists_of(text: &str, others: &str) -> bool {
    !text.is_empty() && text.chars().all(|one| one.is_ascii_alphanumeric() || others.contains(one))
}

/// True for a text of at most `longest` ASCII letters, digits and, except at both ends, the characters in `inside`.
pub(super) fn is_delimited(text: &str, inside: &str, longest: usize) -> bool {
    let end = |one: Option<char>| one.is_some_and(|one| one.is_ascii_alphanumeric());
    consists_of(text, inside) && text.len() <= longest && end(text.chars().next()) && end(text.chars().next_back())
}
