//! Lifecycles that several kinds share, to be completed by the members that show them.

use crate::local::lifecycle::{LIFECYCLE, Lifecycle};

/// Most jobs.
pub(super) const JOB: Lifecycle = Lifecycle {
    creating: &["InProgress"],
    created: Some("Completed"),
    failed: Some("Failed"),
    stopping: Some("Stopping"),
    stopped: Some("Stopped"),
    ..LIFECYCLE
};

/// Jobs for compiled, packaged and optimized models.
pub(super) const JOB_IN_CAPITALS: Lifecycle = Lifecycle {
    creating: &["STARTING", "INPROGRESS"],
    created: Some("COMPLETED"),
    failed: Some("FAILED"),
    stopping: Some("STOPPING"),
    stopped: Some("STOPPED"),
    ..LIFECYCLE
};

/// What is in service once it is created.
pub(super) const IN_SERVICE: Lifecycle = Lifecycle {
    creating: &["Creating"],
    created: Some("InService"),
    failed: Some("Failed"),
    updating: Some("Updating"),
    deleting: Some("Deleting"),
    ..LIFECYCLE
};

/// What shows how its last change ended.
pub(super) const CREATED: Lifecycle = Lifecycle {
    creating: &["Creating"],
    created: Some("Created"),
    failed: Some("CreateFailed"),
    updating: Some("Updating"),
    updated: Some("Updated"),
    update_failed: Some("UpdateFailed"),
    deleting: Some("Deleting"),
    ..LIFECYCLE
};
