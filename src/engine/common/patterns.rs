//! The texts that the service model allows. Patterns are compiled once, on first use.

use std::{
    collections::HashMap,
    sync::{Mutex, OnceLock, PoisonError},
};

use regex_lite::Regex;

use crate::definition::service::{Pattern, Shape, ShapeKind};

/// True if the text has a length and form that the model allows. Enumerations are not checked.
pub(crate) fn admits(shape: &Shape, text: &str) -> bool {
    let ShapeKind::String { min, max, pattern, .. } = &shape.kind else { return true };
    let length = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
    let fits = min.is_none_or(|min| length >= min) && max.is_none_or(|max| length <= max);
    fits && pattern.is_none_or(|pattern| is_match(pattern, text))
}

/// True if the complete text matches, or if the pattern cannot be checked.
pub(crate) fn is_match(pattern: &'static Pattern, text: &str) -> bool {
    static COMPILED: OnceLock<Mutex<HashMap<&'static str, Option<Regex>>>> = OnceLock::new();
    let Some(source) = pattern.regex else { return true };
    let compiled = COMPILED.get_or_init(Mutex::default);
    let mut compiled = compiled.lock().unwrap_or_else(PoisonError::into_inner);
    let regex = compiled.entry(source).or_insert_with(|| Regex::new(source).ok());
    regex.as_ref().is_none_or(|regex| regex.is_match(text))
}
