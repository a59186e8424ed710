//! The versions that an object holds: a member that describing it does not show, oldest first, each with the members
//! that belong to a version.

use crate::{
    local::{
        kind::Call,
        operations::members::{elements, put},
        storage::store::Object,
    },
    value::{Map, Value},
};

const VERSIONS: &str = "Versions";

/// All versions, oldest first.
pub(super) fn of(members: &Map) -> &[Value] {
    elements(members, VERSIONS)
}

/// Replaces all versions.
pub(super) fn set(members: &mut Map, versions: Vec<Value>) {
    put(members, VERSIONS, Value::List(versions));
}

/// When a version was created. A list shows it in the place of the time when the object was created.
const CREATED: &str = "VersionCreationTime";

/// The members that belong to a version.
pub(super) fn snapshot(call: &Call<'_>, members: &Map, of_version: &[&str]) -> Map {
    let kept = members.iter().filter(|(name, _)| of_version.contains(&name.as_str()));
    let mut version: Map = kept.map(|(name, value)| (name.clone(), value.clone())).collect();
    put(&mut version, CREATED, call.now.to_value());
    version
}

/// A version that takes the place of an older state of the same version, which was created then.
pub(super) fn since(older: Option<&Value>, mut version: Value) -> Value {
    if let Some(older) = older {
        version.insert(CREATED, older.get(CREATED).clone());
    }
    version
}

/// The object as each of these versions shows it, the newest first.
pub(super) fn listed<'a>(call: &Call<'_>, object: &Object, versions: impl Iterator<Item = &'a Value>) -> Vec<Value> {
    let view = object.view(call.now);
    let whole = |version: &Value| {
        let mut view = view.clone();
        view.extend(version.as_map().cloned().unwrap_or_default());
        if let Some(created) = view.remove(CREATED) {
            view.insert("CreationTime".into(), created);
        }
        Value::Map(view)
    };
    let mut all: Vec<Value> = versions.map(whole).collect();
    all.reverse();
    all
}
