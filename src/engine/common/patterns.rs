//! The texts that the service model allows.

use crate::definition::service::{Shape, ShapeKind};

/// True if the text has a length and form that the model allows. Enumerations are not checked.
pub(crate) fn admits(shape: &Shape, text: &str) -> bool {
    let ShapeKind::String { bounds, pattern, .. } = &shape.kind else { return true };
    let length = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
    bounds.admit(length) && pattern.is_none_or(|pattern| pattern.is_match(text))
}
