//! MLflow tracking servers and apps, and the apps of partners.

use super::lifecycles::CREATED;
use crate::{
    local::{
        error::{ErrorText, ServiceError, VALIDATION},
        kind::{Behavior, Call, Draft, GeneratedId, Kind, List, NEWEST_FIRST, ORDINARY, Revision, Transition},
        lifecycle::{LIFECYCLE, Lifecycle},
        operations::{
            ids::{LOWERCASE, UPPERCASE, generate, token},
            members::{elements, put},
        },
    },
    value::{Map, Value},
};

pub(in crate::local) static KINDS: &[&Kind] = &[&TRACKING_SERVER, &MLFLOW_APP, &PARTNER_APP];

static TRACKING_SERVER: Kind = Kind {
    noun: "MlflowTrackingServer",
    id: "mlflow-tracking-server",
    name: "TrackingServerName",
    arn: "TrackingServerArn",
    operations: &[
        ("CreateMlflowTrackingServer", Behavior::Create(fill_tracking_server)),
        ("UpdateMlflowTrackingServer", Behavior::Amend(disable_registration)),
        (
            "StartMlflowTrackingServer",
            Behavior::Transition(Transition {
                from: &["Stopped", "StartFailed", "StopFailed"],
                through: "Starting Inactive",
                to: "Started Active",
                refused: NOT_IN_THIS_STATE,
            }),
        ),
        (
            "StopMlflowTrackingServer",
            Behavior::Transition(Transition {
                from: &["Created", "Updated", "Started", "StopFailed"],
                through: "Stopping Active",
                to: "Stopped Inactive",
                refused: NOT_IN_THIS_STATE,
            }),
        ),
        ("CreatePresignedMlflowTrackingServerUrl", Behavior::Other(presign_tracking_server)),
    ],
    defaults: &[
        ("TrackingServerSize", "Small"),
        ("AutomaticModelRegistration", "false"),
        // Computed in the schema of the aws provider; the values are assumed.
        ("MlflowVersion", r#""3.0""#),
        ("WeeklyMaintenanceWindowStart", "Tue:03:30"),
    ],
    lifecycle: Some(Lifecycle {
        status: "TrackingServerStatus IsActive",
        creating: &["Creating Inactive"],
        created: Some("Created Active"),
        failed: Some("CreateFailed Inactive"),
        updating: Some("Updating Active"),
        updated: Some("Updated Active"),
        update_failed: Some("UpdateFailed Active"),
        deleting: Some("Deleting Inactive"),
        reason: None,
        ..LIFECYCLE
    }),
    ..ORDINARY
};

/// Assumed wording.
const NOT_IN_THIS_STATE: ErrorText = ErrorText { code: "", message: "{noun} {name} is in {status} status." };

static MLFLOW_APP: Kind = Kind {
    noun: "MlflowApp",
    id: "mlflow-app",
    name: "Name",
    arn: "Arn",
    identity: &["Arn"],
    generated_id: Some(GeneratedId { prefix: "app-", alphabet: UPPERCASE, length: 12, member: None, unique: true }),
    operations: &[
        ("UpdateMlflowApp", Behavior::Amend(enable_registration)),
        ("CreatePresignedMlflowAppUrl", Behavior::Other(presign_mlflow_app)),
        // A list, which filters cannot match yet: they see only what one app shows.
        ("ListMlflowApps", Behavior::List(List { others: &["DefaultForDomainId"], keep: for_domain, ..NEWEST_FIRST })),
    ],
    defaults: &[
        ("ModelRegistrationMode", "AutoModelRegistrationDisabled"),
        // Assumed.
        ("AccountDefaultStatus", "DISABLED"),
        ("MlflowVersion", r#""3.0""#),
        ("WeeklyMaintenanceWindowStart", "Tue:03:30"),
    ],
    deleted: ErrorText { code: VALIDATION, message: "Can't delete Mlflow App in the state (DELETED)" },
    lifecycle: Some(Lifecycle { deleted: Some("Deleted"), reason: None, ..CREATED }),
    ..ORDINARY
};

static PARTNER_APP: Kind = Kind {
    noun: "PartnerApp",
    merged: &["ApplicationConfig"], // assumed
    id: "partner-app",
    name: "Name",
    arn: "Arn",
    identity: &["Arn"],
    generated_id: Some(GeneratedId { prefix: "app-", alphabet: UPPERCASE, length: 12, member: None, unique: true }),
    operations: &[
        ("CreatePartnerApp", Behavior::Create(fill_partner_app)),
        ("CreatePartnerAppPresignedUrl", Behavior::Other(presign_partner_app)),
    ],
    renamed: &[("AppVersion", "Version")],
    defaults: &[
        // Assumed.
        ("Version", r#""1.0""#),
        ("EnableIamSessionBasedIdentity", "false"),
        ("EnableAutoMinorVersionUpgrade", "false"),
        ("MaintenanceConfig", r#"{"MaintenanceWindowStart":"Tue:03:30"}"#),
    ],
    lifecycle: Some(Lifecycle {
        creating: &["Creating"],
        created: Some("Available"),
        failed: Some("Failed"),
        updating: Some("Updating"),
        update_failed: Some("UpdateFailed"),
        deleting: Some("Deleting"),
        deleted: Some("Deleted"),
        reason: None,
        ..LIFECYCLE
    }),
    ..ORDINARY
};

fn fill_tracking_server(call: &mut Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    let id = generate(&draft.name, LOWERCASE, 12);
    let url = format!("https://t-{id}.{}.experiments.sagemaker.aws", call.scope.region);
    put(&mut draft.results, "TrackingServerUrl", url);
    Ok(())
}

/// API reference, UpdateMlflowTrackingServer: the default of an update.
fn disable_registration(call: &Call<'_>, revision: &mut Revision) -> Result<(), ServiceError> {
    if call.input.get("AutomaticModelRegistration").is_null() {
        put(&mut revision.members, "AutomaticModelRegistration", false);
    }
    Ok(())
}

/// API reference, UpdateMlflowApp: another default than that of a create.
fn enable_registration(call: &Call<'_>, revision: &mut Revision) -> Result<(), ServiceError> {
    if call.input.get("ModelRegistrationMode").is_null() {
        put(&mut revision.members, "ModelRegistrationMode", "AutoModelRegistrationEnabled");
    }
    Ok(())
}

fn fill_partner_app(call: &mut Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    let url = format!("https://{}.partner-app.{}.sagemaker.aws", draft.key.to_lowercase(), call.scope.region);
    put(&mut draft.results, "BaseUrl", url);
    Ok(())
}

fn for_domain(call: &Call<'_>, view: &Map) -> bool {
    let requested = call.input.get("DefaultForDomainId");
    requested.is_null() || elements(view, "DefaultDomainIdList").contains(requested)
}

fn presign_tracking_server(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    Ok(Value::from([("AuthorizedUrl", url(call, &TRACKING_SERVER)?)]))
}

fn presign_mlflow_app(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    Ok(Value::from([("AuthorizedUrl", url(call, &MLFLOW_APP)?)]))
}

fn presign_partner_app(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    Ok(Value::from([("Url", url(call, &PARTNER_APP)?)]))
}

fn url(call: &Call<'_>, kind: &Kind) -> Result<Value, ServiceError> {
    let object = call.named(kind)?;
    let token = token(&object.arn, call.now);
    let host = object.key.to_lowercase();
    Ok(format!("https://{host}.{}.experiments.sagemaker.aws/auth?authToken={token}", call.scope.region).into())
}

#[cfg(test)]
mod tests {
    use crate::local::tests::bench::{Bench, text};

    const ROLE: &str = "arn:aws:iam::123456789012:role/r";

    #[test]
    fn a_tracking_server_is_stopped_and_started() {
        let bench = Bench::new();
        let name = r#"{"TrackingServerName":"Runs"}"#;
        let rest = format!(r#","ArtifactStoreUri":"s3://b/p","RoleArn":"{ROLE}"}}"#);
        bench.ok("CreateMlflowTrackingServer", &name.replace('}', &rest));
        assert!(bench.refused("StopMlflowTrackingServer", name).starts_with("ConflictException: "));
        bench.wait();
        bench.ok("StopMlflowTrackingServer", name);
        bench.wait();
        let shown = bench.ok("DescribeMlflowTrackingServer", name);
        assert_eq!((text(&shown, "TrackingServerStatus"), text(&shown, "IsActive")), ("Stopped", "Inactive"));
        bench.ok("StartMlflowTrackingServer", name);
        bench.wait();
        let shown = bench.ok("DescribeMlflowTrackingServer", name);
        assert_eq!((text(&shown, "TrackingServerStatus"), text(&shown, "IsActive")), ("Started", "Active"));
    }

    #[test]
    fn a_deleted_app_shows_for_a_while_that_it_was_deleted() {
        let bench = Bench::new();
        let input = format!(r#"{{"Name":"Runs","ArtifactStoreUri":"s3://b/p","RoleArn":"{ROLE}"}}"#);
        let arn = text(&bench.ok("CreateMlflowApp", &input), "Arn").to_owned();
        assert!(arn.contains(":mlflow-app/app-"), "{arn}");
        bench.wait();
        let one = format!(r#"{{"Arn":"{arn}"}}"#);
        bench.ok("UpdateMlflowApp", &format!(r#"{{"Arn":"{arn}","Name":"Trials"}}"#));
        bench.wait();
        let shown = bench.ok("DescribeMlflowApp", &one);
        assert_eq!((text(&shown, "Status"), text(&shown, "Name")), ("Updated", "Trials"));
        bench.ok("DeleteMlflowApp", &one);
        bench.wait();
        assert_eq!(text(&bench.ok("DescribeMlflowApp", &one), "Status"), "Deleted");
        assert!(bench.refused("DeleteMlflowApp", &one).contains("in the state (DELETED)"));
        bench.ok("CreateMlflowApp", &input);
        for _ in 0..20 {
            bench.wait();
        }
        assert!(bench.refused("DescribeMlflowApp", &one).starts_with("ResourceNotFound: "));
    }
}
