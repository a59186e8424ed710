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
    pub(super) created: Status,
    pub(super) failed: Status,
    /// During an update; empty: updates take effect immediately.
    pub(super) updating: Status,
    /// Empty: `created`.
    pub(super) updated: Status,
    /// After an update that failed; empty: `failed`.
    pub(super) update_failed: Status,
    /// During the delete; empty: it is removed immediately.
    pub(super) deleting: Status,
    /// The status of a deleted object until it disappears; empty: it disappears immediately.
    pub(super) deleted: Status,
    /// During a stop, if the creation can be stopped; empty: it cannot.
    pub(super) stopping: Status,
    pub(super) stopped: Status,
    /// The member that holds the reason for a failure; empty if there is none.
    pub(super) reason: &'static str,
    /// The members that hold the times of the start and of the end; empty if there are none.
    pub(super) start_time: &'static str,
    pub(super) end_time: &'static str,
}

/// A lifecycle without statuses, to be completed.
pub(super) const LIFECYCLE: Lifecycle = Lifecycle {
    status: "Status",
    creating: &[],
    created: "",
    failed: "",
    updating: "",
    updated: "",
    update_failed: "",
    deleting: "",
    deleted: "",
    stopping: "",
    stopped: "",
    reason: "FailureReason",
    start_time: "",
    end_time: "",
};

impl Lifecycle {
    /// What is shown during the creation, stage by stage.
    pub(super) fn creation_stages(&self) -> Vec<Map> {
        self.creating.iter().map(|status| self.shown(status)).collect()
    }

    /// The status after an update.
    pub(super) fn after_update(&self) -> Map {
        self.shown(if self.updated.is_empty() { self.created } else { self.updated })
    }

    /// The status after an update that failed.
    pub(super) fn after_failed_update(&self) -> Map {
        self.shown(if self.update_failed.is_empty() { self.failed } else { self.update_failed })
    }

    /// A status as members; none for the empty status.
    pub(super) fn shown(&self, status: Status) -> Map {
        let members = self.status.split_whitespace().zip(status.split_whitespace());
        members.map(|(member, value)| (member.to_owned(), value.into())).collect()
    }

    /// Whether a description is that of a deleted object.
    pub(super) fn is_deleted(&self, view: &Map) -> bool {
        self.deleted.split_whitespace().next().is_some_and(|deleted| deleted == self.status_in(view))
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
