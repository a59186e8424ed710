//! What all functions share: their errors, and how they read texts from arguments and build types.

use crate::{
    schema::{Parameter, Type},
    value::{Map, Value},
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

/// The members of an argument that is a map of strings.
pub(super) fn strings(value: &Value, argument: usize) -> Result<Vec<(&str, &str)>, FunctionError> {
    let string = |(name, value): (&'_ String, &'_ Value)| match value.as_str() {
        Some(_) => Ok(()),
        None => refuse(argument, format!("The value of `{name}` is null. Set a text, or remove the key.")),
    };
    static NOTHING: Map = Map::new();
    let members = value.as_map().unwrap_or(&NOTHING);
    members.iter().try_for_each(string)?;
    Ok(members.iter().filter_map(|(name, value)| value.as_str().map(|text| (name.as_str(), text))).collect())
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

/// Texts as code, separated by commas.
pub(super) fn listed<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    texts.into_iter().map(|text| format!("`{text}`")).collect::<Vec<_>>().join(", ")
}

/// True for a non-empty text of ASCII letters, digits and the characters in `others`.
pub(super) fn consists_of(text: &str, others: &str) -> bool {
    !text.is_empty() && text.chars().all(|one| one.is_ascii_alphanumeric() || others.contains(one))
}
