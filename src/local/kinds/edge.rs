//! Edge: fleets of devices, packaging jobs, and deployment plans.

use super::{jobs, lifecycles::JOB_IN_CAPITALS};
use crate::{
    arn::Arn,
    local::{
        error::{ErrorText, IN_USE, ServiceError, VALIDATION},
        kind::{Behavior, Call, Draft, Kind, List, NEWEST_FIRST, ORDINARY, Parent, Revision},
        lifecycle::Lifecycle,
        operations::{
            ids::{HEXADECIMAL, generate},
            list,
            members::{default, each, elements, put},
            ordinary::{self, if_stable},
            tags::{self, Tags},
        },
        storage::store::Object,
    },
    value::{Map, Value},
};

pub(in crate::local) static KINDS: &[&Kind] = &[&FLEET, &DEVICE, &PACKAGING_JOB, &PLAN];

static FLEET: Kind = Kind {
    noun: "DeviceFleet",
    id: "device-fleet",
    name: "DeviceFleetName",
    arn: "DeviceFleetArn",
    operations: &[
        ("CreateDeviceFleet", Behavior::Create(fill_fleet)),
        ("UpdateDeviceFleet", Behavior::Amend(update_fleet)),
        ("DeleteDeviceFleet", Behavior::Other(delete_fleet)),
        ("GetDeviceFleetReport", Behavior::Other(report)),
    ],
    // Only the beginning of the message is known, as of those of absent objects below.
    not_found: ErrorText { code: VALIDATION, message: "No devicefleet with name: {name} exists in this account." },
    // Assumed wording.
    in_use: ErrorText { code: IN_USE, message: "DeviceFleet {arn} has registered devices." },
    ..ORDINARY
};

const FLEET_TO_DELETE: ErrorText =
    ErrorText { code: VALIDATION, message: "DeviceFleet with name: {name} does not exist." };
const FLEET_OF_DEVICE: ErrorText = ErrorText { code: VALIDATION, message: "No device fleet with name: {name} exists." };

static DEVICE: Kind = Kind {
    noun: "Device",
    id: "device",
    resource_type: Some("device-fleet"),
    name: "DeviceName",
    arn: "DeviceArn",
    identity: &["DeviceFleetName", "DeviceName"],
    path: |identity| identity.join("/device/").to_lowercase(),
    locate: Some(locate_device),
    parents: &[Parent { kind: &FLEET, member: "DeviceFleetName", blocks_deletion: true }],
    operations: &[
        ("RegisterDevices", Behavior::Other(register)),
        ("UpdateDevices", Behavior::Other(update_devices)),
        ("DeregisterDevices", Behavior::Other(deregister)),
        // No device is ever connected.
        ("ListDevices", Behavior::List(List { fields: &[("ModelName", "AgentVersion")], ..NEWEST_FIRST })),
    ],
    repeated: &[("RegistrationTime", "CreationTime")],
    not_found: ErrorText { code: VALIDATION, message: "No device with name: {name} exists in the fleet." },
    ..ORDINARY
};

static PACKAGING_JOB: Kind = Kind {
    noun: "EdgePackagingJob",
    id: "edge-packaging-job",
    name: "EdgePackagingJobName",
    arn: "EdgePackagingJobArn",
    parents: &[Parent { kind: &jobs::COMPILATION, member: "CompilationJobName", blocks_deletion: false }],
    operations: &[("CreateEdgePackagingJob", Behavior::Create(fill_packaging_job))],
    lifecycle: Some(Lifecycle {
        status: "EdgePackagingJobStatus",
        reason: Some("EdgePackagingJobStatusMessage"),
        ..JOB_IN_CAPITALS
    }),
    ..ORDINARY
};

static PLAN: Kind = Kind {
    noun: "EdgeDeploymentPlan",
    id: "edge-deployment",
    name: "EdgeDeploymentPlanName",
    arn: "EdgeDeploymentPlanArn",
    parents: &[Parent { kind: &FLEET, member: "DeviceFleetName", blocks_deletion: true }],
    operations: &[
        ("CreateEdgeDeploymentPlan", Behavior::Create(fill_plan)),
        ("DeleteEdgeDeploymentPlan", Behavior::Delete(if_inactive)),
        ("CreateEdgeDeploymentStage", Behavior::Update(add_stages)),
        ("DeleteEdgeDeploymentStage", Behavior::Update(delete_stage)),
        ("StartEdgeDeploymentStage", Behavior::Update(start_stage)),
        ("StopEdgeDeploymentStage", Behavior::Update(stop_stage)),
        ("ListStageDevices", Behavior::Other(list_stage_devices)),
        (
            "ListEdgeDeploymentPlans",
            Behavior::List(List { fields: &[("DEVICE_FLEET_NAME", "DeviceFleetName")], ..NEWEST_FIRST }),
        ),
    ],
    defaults: &[("EdgeDeploymentSuccess", "0"), ("EdgeDeploymentPending", "0"), ("EdgeDeploymentFailed", "0")],
    ..ORDINARY
};

fn fill_fleet(call: &mut Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    name_role_alias(call, &mut draft.members);
    Ok(())
}

/// Assumed, since the output is required: what an update omits is removed.
fn update_fleet(call: &Call<'_>, revision: &mut Revision) -> Result<(), ServiceError> {
    for member in ["Description", "RoleArn"] {
        if call.input.get(member).is_null() {
            revision.members.remove(member);
        }
    }
    name_role_alias(call, &mut revision.members);
    Ok(())
}

/// "the name of the role alias generated will match this pattern: SageMakerEdge-{DeviceFleetName}" (API reference);
/// that it is shown as this ARN follows from the pattern of the member.
fn name_role_alias(call: &Call<'_>, members: &mut Map) {
    if members.get("EnableIotRoleAlias").and_then(Value::as_bool) == Some(true) {
        let (partition, account) = (call.scope.partition(), &call.scope.account);
        let name = format!("SageMakerEdge-{}", call.text("DeviceFleetName"));
        let resource = &format!("rolealias/{name}");
        let arn = Arn { partition, service: "iam", region: "", account, resource };
        default(members, "IotRoleAlias", arn.to_string());
    }
}

fn delete_fleet(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let name = call.text("DeviceFleetName");
    if call.find(&FLEET, name).is_err() {
        return Err(FLEET_TO_DELETE.of("", name));
    }
    ordinary::delete(&FLEET, call, if_stable)
}

fn report(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let mut view = call.named(&FLEET)?.view(call.now);
    let devices = devices(call).count();
    let count = i64::try_from(devices).unwrap_or(i64::MAX);
    put(&mut view, "ReportGenerated", call.now.to_value());
    let stats = [("ConnectedDeviceCount", 0.into()), ("RegisteredDeviceCount", count.into())];
    put(&mut view, "DeviceStats", Value::from(stats));
    Ok(call.reply(view))
}

/// The devices of the fleet that the input names.
fn devices<'a>(call: &'a Call<'_>) -> impl Iterator<Item = &'a Object> {
    let fleet = format!("{}/", call.text("DeviceFleetName").to_lowercase());
    call.region.of_kind(DEVICE.id).filter(move |one| one.key.starts_with(&fleet))
}

fn check_fleet(call: &Call<'_>) -> Result<(), ServiceError> {
    let name = call.text("DeviceFleetName");
    call.find(&FLEET, name).map(|_| ()).map_err(|_| FLEET_OF_DEVICE.of("", name))
}

fn locate_device(call: &Call<'_>) -> Result<String, ServiceError> {
    check_fleet(call)?;
    Ok((DEVICE.path)(&[call.text("DeviceFleetName"), call.text("DeviceName")]))
}

fn register(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    check_fleet(call)?;
    let given = tags::of_input(&call.input)?;
    for device in call.input.get("Devices").elements().to_vec() {
        register_one(call, &device, given.clone())?;
    }
    Ok(Value::object())
}

fn register_one(call: &mut Call<'_>, device: &Value, tags: Tags) -> Result<(), ServiceError> {
    let (fleet, name) = (call.text("DeviceFleetName"), device.get("DeviceName").as_str().unwrap_or_default());
    let mut members = device.as_map().cloned().unwrap_or_default();
    put(&mut members, "DeviceFleetName", fleet);
    let draft = Draft { key: (DEVICE.path)(&[fleet, name]), name: name.to_owned(), members, ..Draft::default() };
    ordinary::add(&DEVICE, call, draft, tags, String::new()).map(|_| ())
}

fn update_devices(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    check_fleet(call)?;
    let fleet = call.text("DeviceFleetName").to_owned();
    for device in call.input.get("Devices").elements().to_vec() {
        let name = device.get("DeviceName").as_str().unwrap_or_default();
        let key = (DEVICE.path)(&[&fleet, name]);
        call.get(&DEVICE, &key, name)?;
        if let (Some(object), Value::Map(members)) = (call.region.get_mut(DEVICE.id, &key), device) {
            // Assumed, as for the other lists of an update: an element is replaced as a whole.
            for member in ["Description", "IotThingName"] {
                object.members.remove(member);
            }
            object.members.extend(members);
        }
    }
    Ok(Value::object())
}

fn deregister(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    check_fleet(call)?;
    let fleet = call.text("DeviceFleetName").to_owned();
    for name in call.input.get("DeviceNames").elements().to_vec() {
        let name = name.as_str().unwrap_or_default();
        let key = (DEVICE.path)(&[&fleet, name]);
        if call.region.get(DEVICE.id, &key).is_none() {
            return Err(ServiceError::validation(format!("Device with name: {name} does not exist.")));
        }
        call.region.remove(DEVICE.id, &key);
    }
    Ok(Value::object())
}

fn fill_packaging_job(call: &mut Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    let place = call.input.get("OutputConfig").get("S3OutputLocation").as_str().unwrap_or_default();
    let (model, version) = (call.text("ModelName"), call.text("ModelVersion"));
    let artifact = format!("{}/{model}-{version}.tar.gz", place.trim_end_matches('/'));
    put(&mut draft.results, "ModelArtifact", artifact);
    put(&mut draft.results, "ModelSignature", generate(&draft.name, HEXADECIMAL, 64));
    Ok(())
}

fn fill_plan(call: &mut Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    for model in call.input.get("ModelConfigs").elements() {
        call.find(&PACKAGING_JOB, model.get("EdgePackagingJobName").as_str().unwrap_or_default())?;
    }
    put(&mut draft.members, "Stages", stages(call.input.get("Stages").elements()));
    Ok(())
}

/// The stages of an input with the status that describing the plan shows.
fn stages(given: &[Value]) -> Value {
    let with_status = |stage: &Value| {
        let mut stage = stage.as_map().cloned().unwrap_or_default();
        // Assumed: no rollback by default.
        default(&mut stage, "DeploymentConfig", Value::from([("FailureHandlingPolicy", "DO_NOTHING".into())]));
        put(&mut stage, "DeploymentStatus", status("READYTODEPLOY"));
        Value::Map(stage)
    };
    Value::List(given.iter().map(with_status).collect())
}

/// No device is ever reached.
fn status(stage: &'static str) -> Value {
    Value::from([
        ("StageStatus", stage.into()),
        ("EdgeDeploymentSuccessInStage", 0.into()),
        ("EdgeDeploymentPendingInStage", 0.into()),
        ("EdgeDeploymentFailedInStage", 0.into()),
    ])
}

fn add_stages(call: &Call<'_>, revision: &mut Revision) -> Result<(), ServiceError> {
    let mut all = elements(&revision.members, "Stages").to_vec();
    let Value::List(more) = stages(call.input.get("Stages").elements()) else { return Ok(()) };
    for stage in more {
        if all.iter().any(|one| one.get("StageName") == stage.get("StageName")) {
            // Assumed wording.
            let name = stage.get("StageName").as_str().unwrap_or_default();
            return Err(ServiceError::validation(format!("Stage {name} already exists.")));
        }
        all.push(stage);
    }
    put(&mut revision.members, "Stages", Value::List(all));
    Ok(())
}

fn delete_stage(call: &Call<'_>, revision: &mut Revision) -> Result<(), ServiceError> {
    let stage = stage(call, revision)?;
    if is_active(&stage) {
        return Err(active(&revision.arn));
    }
    if let Some(Value::List(stages)) = revision.members.get_mut("Stages") {
        stages.retain(|one| one.get("StageName") != stage.get("StageName"));
    }
    Ok(())
}

fn start_stage(call: &Call<'_>, revision: &mut Revision) -> Result<(), ServiceError> {
    move_stage(call, revision, "INPROGRESS")
}

fn stop_stage(call: &Call<'_>, revision: &mut Revision) -> Result<(), ServiceError> {
    move_stage(call, revision, "STOPPED")
}

fn move_stage(call: &Call<'_>, revision: &mut Revision, to: &'static str) -> Result<(), ServiceError> {
    stage(call, revision)?;
    each(&mut revision.members, "Stages", |stage| {
        if stage.get("StageName").and_then(Value::as_str) == Some(call.text("StageName")) {
            put(stage, "DeploymentStatus", status(to));
        }
    });
    Ok(())
}

fn stage(call: &Call<'_>, revision: &Revision) -> Result<Value, ServiceError> {
    let stages = elements(&revision.members, "Stages");
    let found = stages.iter().find(|stage| stage.get("StageName") == call.input.get("StageName")).cloned();
    // Assumed wording.
    found.ok_or_else(|| ServiceError::validation(format!("Stage {} does not exist.", call.text("StageName"))))
}

fn is_active(stage: &Value) -> bool {
    stage.get("DeploymentStatus").get("StageStatus").as_str() == Some("INPROGRESS")
}

/// Assumed wording.
fn active(arn: &str) -> ServiceError {
    ServiceError::new(IN_USE, format!("A stage of {arn} is active."))
}

fn if_inactive(_: &Call<'_>, plan: &Object) -> Result<(), ServiceError> {
    let stages = elements(&plan.members, "Stages");
    if stages.iter().any(is_active) { Err(active(&plan.arn)) } else { Ok(()) }
}

/// Every device of the fleet is in every stage that does not name others.
fn list_stage_devices(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let plan = call.named(&PLAN)?;
    let fleet = plan.members.get("DeviceFleetName").and_then(Value::as_str).unwrap_or_default();
    let stages = elements(&plan.members, "Stages");
    let stage = stages.iter().find(|stage| stage.get("StageName") == call.input.get("StageName"));
    let chosen =
        stage.map(|stage| stage.get("DeviceSelectionConfig").get("DeviceNames").elements()).unwrap_or_default();
    let prefix = format!("{}/", fleet.to_lowercase());
    let devices = call.region.of_kind(DEVICE.id).filter(|one| one.key.starts_with(&prefix));
    let devices = devices.filter(|one| chosen.is_empty() || chosen.contains(&one.name.as_str().into()));
    let summary = |device: &Object| {
        let mut view = device.view(call.now);
        put(&mut view, "EdgeDeploymentPlanArn", plan.arn.as_str());
        put(&mut view, "EdgeDeploymentPlanName", plan.name.as_str());
        put(&mut view, "StageName", call.text("StageName"));
        put(&mut view, "DeviceDeploymentStatus", "READYTODEPLOY");
        Value::Map(view)
    };
    list::page_of(call, "DeviceDeploymentSummaries", devices.map(summary).collect())
}

#[cfg(test)]
mod tests {
    use crate::local::tests::bench::{Bench, names, text};

    const FLEET: &str = r#"{"DeviceFleetName":"Cars"}"#;
    const CAR: &str = r#"{"DeviceFleetName":"Cars","DeviceName":"one"}"#;

    fn with_device() -> Bench {
        let bench = Bench::new();
        let rest = r#","OutputConfig":{"S3OutputLocation":"s3://b/p"},"EnableIotRoleAlias":true}"#;
        bench.ok("CreateDeviceFleet", &FLEET.replace('}', rest));
        bench.ok("RegisterDevices", r#"{"DeviceFleetName":"Cars","Devices":[{"DeviceName":"one","Description":"d"}]}"#);
        bench
    }

    #[test]
    fn a_fleet_with_devices_cannot_be_deleted() {
        let bench = with_device();
        assert_eq!(
            text(&bench.ok("DescribeDeviceFleet", FLEET), "IotRoleAlias"),
            "arn:aws:iam::123456789012:rolealias/SageMakerEdge-Cars"
        );
        let shown = bench.ok("DescribeDevice", CAR);
        assert!(text(&shown, "DeviceArn").ends_with(":device-fleet/cars/device/one"));
        bench.ok("UpdateDevices", r#"{"DeviceFleetName":"Cars","Devices":[{"DeviceName":"one","Description":"e"}]}"#);
        assert_eq!(text(&bench.ok("DescribeDevice", CAR), "Description"), "e");
        assert_eq!(names(&bench.ok("ListDevices", FLEET), "DeviceSummaries", "DeviceName"), ["one"]);
        assert!(bench.refused("DeleteDeviceFleet", FLEET).starts_with("ResourceInUse: "));
        let deregister = r#"{"DeviceFleetName":"Cars","DeviceNames":["one"]}"#;
        bench.ok("DeregisterDevices", deregister);
        assert!(bench.refused("DescribeDevice", CAR).starts_with("ValidationException: No device with name"));
        assert!(bench.refused("DeregisterDevices", deregister).starts_with("ValidationException: Device with name"));
        bench.ok("DeleteDeviceFleet", FLEET);
        assert!(bench.refused("DescribeDevice", CAR).starts_with("ValidationException: No device fleet with name"));
        assert!(
            bench.refused("DescribeDeviceFleet", FLEET).starts_with("ValidationException: No devicefleet with name")
        );
        assert!(bench.refused("DeleteDeviceFleet", FLEET).starts_with("ValidationException: DeviceFleet with name"));
    }

    #[test]
    fn stages_are_added_started_and_deleted() {
        let bench = with_device();
        bench.ok(
            "CreateCompilationJob",
            r#"{"CompilationJobName":"c","RoleArn":"arn:aws:iam::123456789012:role/r","OutputConfig":
            {"S3OutputLocation":"s3://b/p","TargetDevice":"ml_m5"},"InputConfig":{"S3Uri":"s3://b/m","Framework":"XGBOOST"},
            "StoppingCondition":{"MaxRuntimeInSeconds":60}}"#,
        );
        bench.ok(
            "CreateEdgePackagingJob",
            r#"{"EdgePackagingJobName":"p","CompilationJobName":"c","ModelName":"m","ModelVersion":"1",
            "RoleArn":"arn:aws:iam::123456789012:role/r","OutputConfig":{"S3OutputLocation":"s3://b/p"}}"#,
        );
        let plan = r#"{"EdgeDeploymentPlanName":"roll","ModelConfigs":[{"ModelHandle":"h","EdgePackagingJobName":"p"}],
            "DeviceFleetName":"Cars"}"#;
        bench.ok("CreateEdgeDeploymentPlan", plan);
        let stage = r#"{"EdgeDeploymentPlanName":"roll","StageName":"first"}"#;
        bench.ok(
            "CreateEdgeDeploymentStage",
            r#"{"EdgeDeploymentPlanName":"roll","Stages":[{"StageName":"first","DeviceSelectionConfig":
            {"DeviceSubsetType":"SELECTION","DeviceNames":["one"]}}]}"#,
        );
        assert_eq!(names(&bench.ok("ListStageDevices", stage), "DeviceDeploymentSummaries", "DeviceName"), ["one"]);
        bench.ok("StartEdgeDeploymentStage", stage);
        assert!(bench.refused("DeleteEdgeDeploymentStage", stage).starts_with("ResourceInUse: "));
        assert!(
            bench
                .refused("DeleteEdgeDeploymentPlan", r#"{"EdgeDeploymentPlanName":"roll"}"#)
                .starts_with("ResourceInUse")
        );
        bench.ok("StopEdgeDeploymentStage", stage);
        bench.ok("DeleteEdgeDeploymentStage", stage);
        let shown = bench.ok("DescribeEdgeDeploymentPlan", r#"{"EdgeDeploymentPlanName":"roll"}"#);
        assert!(shown.get("Stages").elements().is_empty());
        bench.ok("DeleteEdgeDeploymentPlan", r#"{"EdgeDeploymentPlanName":"roll"}"#);
    }
}
