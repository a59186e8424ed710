//! What algorithms and model packages have in common: the service validates them once they are created, and they run in
//! containers.

use crate::{
    local::{
        lifecycle::{LIFECYCLE, Lifecycle},
        operations::{
            ids::image_digest,
            members::{default, each},
        },
    },
    value::{Map, Value},
};

/// The statuses of what is validated, to be completed by the member that shows them.
pub(super) const VALIDATED: Lifecycle = Lifecycle {
    creating: &["Pending", "InProgress"],
    created: Some("Completed"),
    failed: Some("Failed"),
    deleting: Some("Deleting"),
    // Only the status details have reasons.
    reason: None,
    ..LIFECYCLE
};

/// The status details, derived from the status: every validation profile has the status of the object.
pub(super) fn status_details(view: &Map, status: &str) -> Value {
    let status = match view.get(status).and_then(Value::as_str) {
        Some("Pending") => "NotStarted",
        Some("InProgress") => "InProgress",
        Some("Failed") => "Failed",
        _ => "Completed",
    };
    let specification = view.get("ValidationSpecification").cloned().unwrap_or_default();
    let profiles = specification.get("ValidationProfiles").elements().iter();
    let statuses =
        profiles.map(|profile| Value::from([("Name", profile.get("ProfileName").clone()), ("Status", status.into())]));
    Value::from([("ValidationStatuses", Value::List(statuses.collect())), ("ImageScanStatuses", Value::List(vec![]))])
}

/// Fills in what the service fills in for an inference specification: the digests of the images (seen in
/// describe-model-package replies), and `IsCheckpoint` (computed in the schema of the aws provider).
pub(super) fn resolve_containers(specification: &mut Map) {
    each(specification, "Containers", |container| {
        if let Some(image) = container.get("Image").and_then(Value::as_str).map(image_digest) {
            default(container, "ImageDigest", image);
        }
        default(container, "IsCheckpoint", false);
    });
}
