//! What a walk has found.

use std::collections::{BTreeMap, BTreeSet};

use crate::value::Value;

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// In the order of region, type and id.
    pub(super) objects: Vec<Object>,
    /// Pairs of region and type that were listed completely.
    pub(super) walked: BTreeSet<(String, String)>,
    /// Why the others were not.
    pub(super) failures: Vec<String>,
}

/// An object of the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Object {
    pub(super) region: String,
    pub(super) type_name: String,
    /// The text that imports it.
    pub(super) id: String,
    pub(super) display_name: String,
    /// The state; null unless configurations are requested.
    pub(super) state: Value,
}

/// The objects by type and id.
pub(super) fn index(objects: &[Object]) -> BTreeMap<(&str, &str), Vec<&Object>> {
    let mut index: BTreeMap<(&str, &str), Vec<&Object>> = BTreeMap::new();
    for object in objects {
        index.entry((object.type_name.as_str(), object.id.as_str())).or_default().push(object);
    }
    index
}
