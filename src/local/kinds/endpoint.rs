//! Endpoints: how they are created from a configuration, and changed to another.

use super::{
    deployment::{pending, running},
    endpoint_config,
    lifecycles::IN_SERVICE,
    policy,
};
use crate::{
    local::{
        error::{ErrorText, NOT_FOUND, ServiceError, VALIDATION},
        kind::{Behavior, Call, Draft, Kind, ORDINARY, Revision},
        lifecycle::Lifecycle,
        operations::members::{each, known},
        storage::store::Object,
    },
    value::{Map, Value},
};

pub(in crate::local) static KIND: Kind = Kind {
    noun: "Endpoint",
    id: "endpoint",
    name: "EndpointName",
    arn: "EndpointArn",
    operations: &[
        ("CreateEndpoint", Behavior::Create(fill)),
        ("UpdateEndpoint", Behavior::Update(update)),
        ("UpdateEndpointWeightsAndCapacities", Behavior::Update(update_weights_and_capacities)),
        ("DeleteEndpoint", Behavior::Delete(if_stable)),
        ("PutEndpointPolicy", Behavior::Other(put_policy)),
        ("GetEndpointPolicy", Behavior::Other(get_policy)),
        ("DeleteEndpointPolicy", Behavior::Other(delete_policy)),
    ],
    not_found: ErrorText { code: VALIDATION, message: "Could not find endpoint \"{arn}\"." },
    exists: ErrorText { code: VALIDATION, message: "Cannot create already existing endpoint \"{arn}\"." },
    // Assumed wording.
    in_use: ErrorText {
        code: VALIDATION,
        message: "Cannot delete endpoint \"{arn}\" as long as it has inference components.",
    },
    // Its updates show their statuses themselves.
    lifecycle: Some(Lifecycle { status: "EndpointStatus", updating: None, ..IN_SERVICE }),
    ..ORDINARY
};

const IN_PROGRESS: ErrorText = ErrorText { code: VALIDATION, message: "Cannot update in-progress endpoint \"{arn}\"." };

fn fill(call: &mut Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    let config = requested_config(call)?;
    draft.results = running(call, config);
    draft.meanwhile = known([("PendingDeploymentSummary", pending(call, config))]);
    if let Some(deployment) = draft.members.remove("DeploymentConfig") {
        draft.members.insert("LastDeploymentConfig".into(), deployment);
    }
    Ok(())
}

/// Switches to another configuration. Settings that the input omits are reset, except those to retain.
fn update(call: &Call<'_>, revision: &mut Revision) -> Result<(), ServiceError> {
    check_updatable(revision)?;
    let config = requested_config(call)?;
    let mut running = running(call, config);
    if call.input.get("RetainAllVariantProperties").as_bool() == Some(true) {
        retain(call, &revision.members, &mut running);
    }
    let deployment = match call.input.get("DeploymentConfig") {
        // "Specifies whether to reuse the last deployment configuration. The default value is false (the configuration
        // is not reused)": API reference, UpdateEndpoint.
        Value::Null if call.input.get("RetainDeploymentConfig").as_bool() == Some(true) => {
            revision.members.get("LastDeploymentConfig").cloned().unwrap_or_default()
        }
        given => given.clone(),
    };
    let kept = ["EndpointName", "EndpointArn"];
    revision.members.retain(|member, _| kept.contains(&member.as_str()));
    revision
        .members
        .extend(known([("EndpointConfigName", config.name.as_str().into()), ("LastDeploymentConfig", deployment)]));
    revision.members.extend(running);
    revision.members.insert("EndpointStatus".into(), "InService".into());
    let mut updating = known([("EndpointStatus", "Updating".into())]);
    updating.insert("PendingDeploymentSummary".into(), pending(call, config));
    revision.stages = vec![updating];
    Ok(())
}

/// Keeps the counts and weights that the variants of the same name have now.
fn retain(call: &Call<'_>, before: &Map, running: &mut Map) {
    let excluded: Vec<&str> = call
        .input
        .get("ExcludeRetainedVariantProperties")
        .elements()
        .iter()
        .filter_map(|property| property.get("VariantPropertyType").as_str())
        .collect();
    for list in ["ProductionVariants", "ShadowProductionVariants"] {
        let old = before.get(list).cloned().unwrap_or_default();
        each(running, list, |variant| {
            let same = |one: &&Value| Some(one.get("VariantName")) == variant.get("VariantName");
            let Some(old) = old.elements().iter().find(same).cloned() else { return };
            for (property, members) in [
                ("DesiredInstanceCount", ["CurrentInstanceCount", "DesiredInstanceCount"]),
                ("DesiredWeight", ["CurrentWeight", "DesiredWeight"]),
            ] {
                for member in members {
                    if !excluded.contains(&property) && !old.get(member).is_null() {
                        variant.insert(member.to_owned(), old.get(member).clone());
                    }
                }
            }
        });
    }
}

/// Desired weights and counts are shown at once, and are current when the change is over.
fn update_weights_and_capacities(call: &Call<'_>, revision: &mut Revision) -> Result<(), ServiceError> {
    check_updatable(revision)?;
    let mut desired = Map::from([("ProductionVariants".to_owned(), list(&revision.members, "ProductionVariants"))]);
    for change in call.input.get("DesiredWeightsAndCapacities").elements() {
        let mut found = false;
        each(&mut desired, "ProductionVariants", |variant| {
            if variant.get("VariantName") == Some(change.get("VariantName")) {
                found = true;
                set_desired(variant, change);
            }
        });
        if !found {
            // Assumed wording.
            return Err(ServiceError::validation(format!(
                "Could not find variant \"{}\" of endpoint \"{}\".",
                change.get("VariantName").as_str().unwrap_or_default(),
                revision.arn
            )));
        }
    }
    let mut current = desired.clone();
    each(&mut current, "ProductionVariants", reach_desired);
    revision.members.remove("FailureReason");
    revision.members.append(&mut current);
    let mut updating = known([("EndpointStatus", "Updating".into())]);
    updating.append(&mut desired);
    revision.stages = vec![updating];
    Ok(())
}

/// Sets what a change desires of its variant.
fn set_desired(variant: &mut Map, change: &Value) {
    for member in ["DesiredWeight", "DesiredInstanceCount"] {
        if !change.get(member).is_null() {
            variant.insert(member.to_owned(), change.get(member).clone());
        }
    }
    if let Value::Map(serverless) = change.get("ServerlessUpdateConfig") {
        let mut requested = variant.get("CurrentServerlessConfig").cloned().unwrap_or_default();
        serverless.iter().for_each(|(name, value)| requested.insert(name, value.clone()));
        variant.insert("DesiredServerlessConfig".into(), requested);
    }
}

/// What a variant desires becomes current.
fn reach_desired(variant: &mut Map) {
    for (desired, current) in [("DesiredWeight", "CurrentWeight"), ("DesiredInstanceCount", "CurrentInstanceCount")] {
        if let Some(value) = variant.get(desired).cloned() {
            variant.insert(current.to_owned(), value);
        }
    }
    if let Some(serverless) = variant.remove("DesiredServerlessConfig") {
        variant.insert("CurrentServerlessConfig".into(), serverless);
    }
}

fn if_stable(_: &Call<'_>, endpoint: &Object) -> Result<(), ServiceError> {
    match endpoint.change {
        Some(_) => Err(IN_PROGRESS.of(&endpoint.arn, &endpoint.name)),
        None => Ok(()),
    }
}

fn check_updatable(revision: &Revision) -> Result<(), ServiceError> {
    if revision.changing {
        return Err(IN_PROGRESS.of(&revision.arn, ""));
    }
    if revision.members.get("EndpointStatus").and_then(Value::as_str) == Some("Failed") {
        // "DeleteEndpoint is the only operation that can be performed on a failed endpoint" (API reference,
        // DescribeEndpoint); the wording is assumed.
        return Err(ServiceError::validation(format!("Cannot update failed endpoint \"{}\".", revision.arn)));
    }
    Ok(())
}

fn requested_config<'a>(call: &'a Call<'_>) -> Result<&'a Object, ServiceError> {
    call.find(&endpoint_config::KIND, call.input.get("EndpointConfigName").as_str().unwrap_or_default())
}

fn list(members: &Map, member: &str) -> Value {
    members.get(member).cloned().unwrap_or_default()
}

/// The codes are in the model (PutEndpointPolicy and others); that they mean this and the wordings are assumed.
fn endpoint_of_policy<'a>(call: &'a Call<'_>) -> Result<&'a Object, ServiceError> {
    call.named(&KIND).map_err(|error| ServiceError::new(NOT_FOUND, error.message))
}

fn put_policy(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let key = endpoint_of_policy(call)?.key.clone();
    policy::put(&KIND, call, &key)
}

fn get_policy(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let endpoint = endpoint_of_policy(call)?;
    policy::of(endpoint)?;
    Ok(call.reply(endpoint.members.clone()))
}

fn delete_policy(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    // "If the endpoint doesn't have a policy, the operation succeeds" (API reference).
    let key = endpoint_of_policy(call)?.key.clone();
    policy::delete(&KIND, call, &key);
    Ok(Value::object())
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::local::{
        json,
        outcome::Outcome,
        tests::bench::{Bench, text},
    };
    use crate::value::Value;

    const NAME: &str = r#"{"EndpointName":"Live"}"#;
    const CREATE: &str = r#"{"EndpointName":"Live","EndpointConfigName":"blue"}"#;
    const GREEN: &str = r#"{"EndpointName":"Live","EndpointConfigName":"green"}"#;
    const IN_PROGRESS: &str = "ValidationException: Cannot update in-progress endpoint \
                               \"arn:aws:sagemaker:eu-central-1:123456789012:endpoint/live\".";

    fn with_configs() -> Bench {
        let bench = Bench::new();
        bench.ok("CreateModel", r#"{"ModelName":"m","PrimaryContainer":{"Image":"r.io:5000/i:1"}}"#);
        for (name, count) in [("blue", 1), ("green", 3)] {
            bench.ok(
                "CreateEndpointConfig",
                &format!(
                    r#"{{"EndpointConfigName":"{name}","ProductionVariants":[{{"VariantName":"a","ModelName":"m",
                    "InstanceType":"ml.m5.large","InitialInstanceCount":{count}}}]}}"#
                ),
            );
        }
        bench
    }

    fn in_service() -> Bench {
        let bench = with_configs();
        bench.ok("CreateEndpoint", CREATE);
        bench.wait();
        bench
    }

    fn count(endpoint: &Value, member: &str) -> i64 {
        endpoint.get("ProductionVariants").at(0).get(member).as_i64().unwrap()
    }

    #[test]
    fn an_endpoint_is_created_then_in_service_then_deleted() {
        let bench = with_configs();
        bench.ok("CreateEndpoint", CREATE);
        let creating = bench.ok("DescribeEndpoint", NAME);
        expect![[r#"{"CreationTime":1800000000,"EndpointArn":"arn:aws:sagemaker:eu-central-1:123456789012:endpoint/live","EndpointConfigName":"blue","EndpointName":"Live","EndpointStatus":"Creating","LastModifiedTime":1800000000,"PendingDeploymentSummary":{"EndpointConfigName":"blue","ProductionVariants":[{"DesiredInstanceCount":1,"DesiredWeight":1,"InstanceType":"ml.m5.large","VariantName":"a"}],"StartTime":1800000000}}"#]]
        .assert_eq(&json::write(&creating));
        bench.wait();
        let live = bench.ok("DescribeEndpoint", NAME);
        expect![[r#"{"CreationTime":1800000000,"EndpointArn":"arn:aws:sagemaker:eu-central-1:123456789012:endpoint/live","EndpointConfigName":"blue","EndpointName":"Live","EndpointStatus":"InService","LastModifiedTime":1800000000.4,"ProductionVariants":[{"CurrentInstanceCount":1,"CurrentWeight":1,"DeployedImages":[{"ResolutionTime":1800000000,"ResolvedImage":"r.io:5000/i@sha256:…","SpecifiedImage":"r.io:5000/i:1"}],"DesiredInstanceCount":1,"DesiredWeight":1,"VariantName":"a"}]}"#]]
        .assert_eq(&without_digest(&json::write(&live)));
        bench.ok("DeleteEndpoint", NAME);
        assert_eq!(text(&bench.ok("DescribeEndpoint", NAME), "EndpointStatus"), "Deleting");
        bench.wait();
        assert_eq!(
            bench.refused("DescribeEndpoint", NAME),
            "ValidationException: Could not find endpoint \
             \"arn:aws:sagemaker:eu-central-1:123456789012:endpoint/live\"."
        );
    }

    fn without_digest(text: &str) -> String {
        let (before, after) = text.split_once("@sha256:").unwrap();
        format!("{before}@sha256:…{}", &after[64..])
    }

    #[test]
    fn a_changing_endpoint_is_neither_updated_nor_deleted() {
        let bench = with_configs();
        bench.ok("CreateEndpoint", CREATE);
        assert_eq!(bench.refused("UpdateEndpoint", GREEN), IN_PROGRESS);
        assert_eq!(bench.refused("DeleteEndpoint", NAME), IN_PROGRESS);
        bench.wait();
        bench.ok("UpdateEndpoint", GREEN);
        assert_eq!(bench.refused("UpdateEndpoint", GREEN), IN_PROGRESS);
        assert_eq!(bench.refused("DeleteEndpoint", NAME), IN_PROGRESS);
    }

    #[test]
    fn an_update_shows_the_old_configuration_until_it_is_over() {
        let bench = in_service();
        bench.ok("UpdateEndpoint", GREEN);
        let updating = bench.ok("DescribeEndpoint", NAME);
        assert_eq!((text(&updating, "EndpointStatus"), text(&updating, "EndpointConfigName")), ("Updating", "blue"));
        assert_eq!(text(updating.get("PendingDeploymentSummary"), "EndpointConfigName"), "green");
        bench.wait();
        let updated = bench.ok("DescribeEndpoint", NAME);
        assert_eq!((text(&updated, "EndpointStatus"), text(&updated, "EndpointConfigName")), ("InService", "green"));
        assert_eq!(count(&updated, "CurrentInstanceCount"), 3);
        assert!(updated.get("PendingDeploymentSummary").is_null());
    }

    #[test]
    fn a_rolled_back_update_ends_in_service_with_the_old_configuration_and_a_reason() {
        let bench = in_service();
        bench.ends("UpdateEndpoint", GREEN, Outcome::Rollback("The alarm rang.".into()));
        bench.wait();
        let shown = bench.ok("DescribeEndpoint", NAME);
        assert_eq!((text(&shown, "EndpointStatus"), text(&shown, "EndpointConfigName")), ("InService", "blue"));
        assert_eq!(text(&shown, "FailureReason"), "The alarm rang.");
        bench.ok("UpdateEndpoint", GREEN);
        bench.wait();
        let shown = bench.ok("DescribeEndpoint", NAME);
        assert!(shown.get("FailureReason").is_null(), "a later success takes the reason away");
    }

    #[test]
    fn a_failed_endpoint_can_only_be_deleted() {
        let bench = with_configs();
        bench.ends("CreateEndpoint", CREATE, Outcome::Failure("No capacity.".into()));
        bench.wait();
        let shown = bench.ok("DescribeEndpoint", NAME);
        assert_eq!((text(&shown, "EndpointStatus"), text(&shown, "FailureReason")), ("Failed", "No capacity."));
        assert!(shown.get("ProductionVariants").is_null());
        assert_eq!(
            bench.refused("UpdateEndpoint", GREEN),
            "ValidationException: Cannot update failed endpoint \
             \"arn:aws:sagemaker:eu-central-1:123456789012:endpoint/live\"."
        );
        bench.ok("DeleteEndpoint", NAME);
    }

    #[test]
    fn scaled_counts_survive_an_update_only_if_retained() {
        let bench = in_service();
        let scale =
            r#"{"EndpointName":"Live","DesiredWeightsAndCapacities":[{"VariantName":"a","DesiredInstanceCount":7}]}"#;
        bench.ok("UpdateEndpointWeightsAndCapacities", scale);
        let scaling = bench.ok("DescribeEndpoint", NAME);
        assert_eq!(text(&scaling, "EndpointStatus"), "Updating");
        assert_eq!((count(&scaling, "CurrentInstanceCount"), count(&scaling, "DesiredInstanceCount")), (1, 7));
        bench.wait();
        assert_eq!(count(&bench.ok("DescribeEndpoint", NAME), "CurrentInstanceCount"), 7);
        for (retained, expected) in [
            (r#","RetainAllVariantProperties":true"#, 7),
            (
                r#","RetainAllVariantProperties":true,
                "ExcludeRetainedVariantProperties":[{"VariantPropertyType":"DesiredInstanceCount"}]"#,
                3,
            ),
            ("", 3),
        ] {
            bench.ok("UpdateEndpoint", &GREEN.replace('}', &format!("{retained}}}")));
            bench.wait();
            assert_eq!(count(&bench.ok("DescribeEndpoint", NAME), "CurrentInstanceCount"), expected, "{retained}");
        }
    }

    #[test]
    fn the_last_deployment_configuration_is_kept_only_if_retained() {
        let bench = in_service();
        let deployment = r#""DeploymentConfig":{"AutoRollbackConfiguration":{"Alarms":[{"AlarmName":"x"}]}}"#;
        for (more, kept) in [
            (deployment, true),
            (r#""RetainDeploymentConfig":true"#, true),
            (r#""RetainDeploymentConfig":false"#, false),
        ] {
            bench.ok("UpdateEndpoint", &GREEN.replace('}', &format!(",{more}}}")));
            bench.wait();
            assert_eq!(!bench.ok("DescribeEndpoint", NAME).get("LastDeploymentConfig").is_null(), kept, "{more}");
        }
    }

    #[test]
    fn an_endpoint_does_not_need_its_configuration_and_its_model_any_more() {
        let bench = in_service();
        bench.ok("DeleteEndpointConfig", r#"{"EndpointConfigName":"blue"}"#);
        bench.ok("DeleteModel", r#"{"ModelName":"m"}"#);
        assert_eq!(text(&bench.ok("DescribeEndpoint", NAME), "EndpointConfigName"), "blue");
        assert_eq!(
            bench.refused("UpdateEndpoint", CREATE),
            "ValidationException: Could not find endpoint configuration \
             \"arn:aws:sagemaker:eu-central-1:123456789012:endpoint-config/blue\"."
        );
    }

    #[test]
    fn data_capture_is_summed_up() {
        let bench = with_configs();
        bench.ok(
            "CreateEndpointConfig",
            r#"{"EndpointConfigName":"capture","DataCaptureConfig":{"InitialSamplingPercentage":5,
            "DestinationS3Uri":"s3://b/c","CaptureOptions":[{"CaptureMode":"Input"}]},"ProductionVariants":
            [{"VariantName":"a","ModelName":"m","ServerlessConfig":{"MemorySizeInMB":1024,"MaxConcurrency":1}}]}"#,
        );
        bench.ok("CreateEndpoint", r#"{"EndpointName":"Live","EndpointConfigName":"capture"}"#);
        bench.wait();
        let shown = bench.ok("DescribeEndpoint", NAME);
        expect![[r#"{"CaptureStatus":"Started","CurrentSamplingPercentage":5,"DestinationS3Uri":"s3://b/c","EnableCapture":true}"#]]
        .assert_eq(&json::write(shown.get("DataCaptureConfig")));
        assert_eq!(count(&shown, "CurrentInstanceCount"), 0);
        assert!(shown.get("ProductionVariants").at(0).get("DesiredInstanceCount").is_null());
    }
}
