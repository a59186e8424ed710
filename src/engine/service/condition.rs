//! Whether an object changes by itself, read from its state, and never from the message of a refusal.
//!
//! Makes no calls.

use crate::{
    definition::{Resource, Wait},
    engine::service::wait::state,
    value::Value,
};

/// What the state of an object says of its future.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Condition {
    /// It does not exist.
    Absent,
    /// It is being deleted.
    Deleting,
    /// It leaves this state by itself.
    Changing(String),
    /// It stays in its state.
    Stable,
}

impl Condition {
    /// The condition of an object that a reply of the read call shows.
    pub(crate) fn of(resource: &Resource, reply: &Value) -> Self {
        let Resource { create_wait, update_wait, delete_wait, .. } = resource;
        let pending = |wait: &Wait| Some(state(wait, reply)).filter(|state| wait.pending.contains(state));
        if delete_wait.as_ref().and_then(pending).is_some() {
            return Self::Deleting;
        }
        let changing = [create_wait, update_wait].into_iter().flatten().find_map(pending);
        changing.map_or(Self::Stable, |state| Self::Changing(state.to_owned()))
    }
}
