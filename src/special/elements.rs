//! What two lists have in common, and what only one of them has.

use crate::value::Value;

/// The elements of `some` that are in `others`.
pub(super) fn both(some: &Value, others: &Value) -> Vec<Value> {
    some.elements().iter().filter(|element| others.elements().contains(element)).cloned().collect()
}

/// The elements of `some` that are not in `others`.
pub(super) fn without(some: &Value, others: &Value) -> Vec<Value> {
    some.elements().iter().filter(|element| !others.elements().contains(element)).cloned().collect()
}
