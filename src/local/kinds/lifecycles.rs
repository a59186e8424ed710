//! Lifecycles that several kinds share, to be completed by the members that show them.

use crate::local::lifecycle::{LIFECYCLE, Lifecycle};

/// Most jobs.
pub(super) const JOB: Lifecycle = Lifecycle {
    creating: &["InProgress"],
    created: "Completed",
    failed: "Failed",
    stopping: "Stopping",
    stopped: "Stopped",
    ..LIFECYCLE
};

/// Jobs for compiled, packaged and optimized models.
pub(super) const JOB_IN_CAPITALS: Lifecycle = Lifecycle {
    creating: &["STARTING", "INPROGRESS"],
    created: "COMPLETED",
    failed: "FAILED",
    stopping: "STOPPING",
    stopped: "STOPPED",
    ..LIFECYCLE
};

/// What is in service once it is created.
pub(super) const IN_SERVICE: Lifecycle = Lifecycle {
    creating: &["Creating"],
    created: "InService",
    failed: "Failed",
    updating: "Updating",
    deleting: "Deleting",
    ..LIFECYCLE
};

/// What shows how its last change ended.
pub(super) const CREATED: Lifecycle = Lifecycle {
    creating: &["Creating"],
    created: "Created",
    failed: "CreateFailed",
    updating: "Updating",
    updated: "Updated",
    update_failed: "UpdateFailed",
    deleting: "Deleting",
    ..LIFECYCLE
};
