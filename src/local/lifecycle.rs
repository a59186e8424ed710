//! The state machine of a resource kind: the statuses of its objects while they are created, updated, stopped and
//! deleted.

use crate::value::{Map, Value};

/// A status: the values of the members that show it, separated by spaces.
pub(super) type Status = &'static str;

/// The statuses of an object's life cycle.
#[derive(Debug)]
pub(super) struct Lifecycle {
    /// The members that show the status, separated by spaces.
    pub(super) status: &'static str,
    /// In order; followed by `created` or `failed`.
    pub(super) creating: &'static [Status],
    /// None: whatever the input says.
    pub(super) created: Option<Status>,
    /// None: the status is not changed.
    pub(super) failed: Option<Status>,
    /// During an update; None: updates take effect immediately.
    pub(super) updating: Option<Status>,
    /// None: `created`.
    pub(super) updated: Option<Status>,
    /// After an update that failed; None: `failed`.
    pub(super) update_failed: Option<Status>,
    /// During the delete; None: it is removed immediately.
    pub(super) deleting: Option<Status>,
    /// The status of a deleted object until it disappears; None: it disappears immediately.
    pub(super) deleted: Option<Status>,
    /// During a stop; None: the creation cannot be stopped.
    pub(super) stopping: Option<Status>,
    pub(super) stopped: Option<Status>,
    /// The member that holds the reason for a failure, if there is one.
    pub(super) reason: Option<&'static str>,
    /// The members that hold the times of the start and of the end, if there are such.
    pub(super) start_time: Option<&'static str>,
    pub(super) end_time: Option<&'static str>,
}

/// A lifecycle without statuses, to be completed.
pub(super) const LIFECYCLE: Lifecycle = Lifecycle {
    status: "Status",
    creating: &[],
    created: None,
    failed: None,
    updating: None,
    updated: None,
    update_failed: None,
    deleting: None,
    deleted: None,
    stopping: None,
    stopped: None,
    reason: Some("FailureReason"),
    start_time: None,
    end_time: None,
};

impl Lifecycle {
    /// What is shown during the creation, stage by stage.
    pub(super) fn creation_stages(&self) -> Vec<Map> {
        self.creating.iter().map(|status| self.shown(Some(status))).collect()
    }

    /// The status after an update.
    pub(super) fn after_update(&self) -> Map {
        self.shown(self.updated.or(self.created))
    }

    /// The status after an update that failed.
    pub(super) fn after_failed_update(&self) -> Map {
        self.shown(self.update_failed.or(self.failed))
    }

    /// The members that show a status.
    pub(super) fn shown(&self, status: Option<Status>) -> Map {
        let values = status.into_iter().flat_map(str::split_whitespace);
        let members = self.status.split_whitespace().zip(values);
        members.map(|(member, value)| (member.to_owned(), value.into())).collect()
    }

    /// Whether a description is that of a deleted object.
    pub(super) fn is_deleted(&self, view: &Map) -> bool {
        let deleted = self.deleted.and_then(|deleted| deleted.split_whitespace().next());
        deleted.is_some_and(|deleted| deleted == self.status_in(view))
    }

    /// The main status in a description; empty if it has none.
    pub(super) fn status_in<'a>(&self, view: &'a Map) -> &'a str {
        view.get(self.status_member()).and_then(Value::as_str).unwrap_or_default()
    }

    /// The member that shows the main status.
    pub(super) fn status_member(&self) -> &'static str {
        self.status.split_whitespace().next().unwrap_or_default()
    }
}
