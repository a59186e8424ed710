//! The resource policies of kinds that can be shared.

use crate::{
    local::{
        error::ServiceError,
        json,
        kind::{Call, Kind},
        storage::store::Object,
    },
    value::{Map, Value},
};

/// Not shown by describing the object.
pub(super) const POLICY: &str = "ResourcePolicy";

/// Puts the policy of the input on the object of that key.
pub(super) fn put(kind: &'static Kind, call: &mut Call<'_>, key: &str) -> Result<Value, ServiceError> {
    let policy = call.input.get(POLICY).clone();
    if policy.as_str().is_none_or(|text| json::read(text.as_bytes()).is_err()) {
        // Assumed wording.
        return Err(ServiceError::validation("The resource policy is not valid JSON."));
    }
    let mut reply = Map::new();
    if let Some(object) = call.region.get_mut(kind.id, key) {
        object.patch(&Map::new(), &Map::from([(POLICY.to_owned(), policy)]));
        reply = object.members.clone();
    }
    Ok(call.reply(reply))
}

/// The policy of an object, or the error that it has none. The code is that of the API reference, the wording is
/// assumed.
pub(super) fn of(object: &Object) -> Result<&Value, ServiceError> {
    let none = || ServiceError::validation(format!("Cannot find resource policy for: {}", object.arn));
    object.members.get(POLICY).ok_or_else(none)
}

/// Removes the policy.
pub(super) fn delete(kind: &'static Kind, call: &mut Call<'_>, key: &str) {
    if let Some(object) = call.region.get_mut(kind.id, key) {
        let before = object.members.clone();
        let mut after = before.clone();
        after.remove(POLICY);
        object.patch(&before, &after);
    }
}
