//! Inference beyond endpoints: components, experiments, routers, and jobs that recommend or optimize.

use super::{
    endpoint,
    lifecycles::{IN_SERVICE, JOB_IN_CAPITALS},
};
use crate::{
    local::{
        error::{CONFLICT, ErrorText, ServiceError, VALIDATION},
        kind::{Behavior, Call, Draft, Kind, List, NEWEST_FIRST, OLDEST_FIRST, ORDINARY, Parent, Revision, Transition},
        lifecycle::{LIFECYCLE, Lifecycle},
        moment::Moment,
        operations::{
            ids::resolved_image,
            list,
            members::{default, each, elements, put, within},
            ordinary,
        },
        storage::store::Object,
    },
    value::{Map, Value},
};

pub(in crate::local) static KINDS: &[&Kind] =
    &[&COMPONENT, &EXPERIMENT, &RECOMMENDATIONS_JOB, &ROUTER, &OPTIMIZATION_JOB];

static COMPONENT: Kind = Kind {
    noun: "InferenceComponent",
    id: "inference-component",
    name: "InferenceComponentName",
    arn: "InferenceComponentArn",
    // Users report endpoints that cannot be deleted because of components that they overlooked.
    parents: &[Parent { kind: &endpoint::KIND, member: "EndpointName", blocks_deletion: true }],
    operations: &[
        ("CreateInferenceComponent", Behavior::Create(fill_component)),
        ("UpdateInferenceComponent", Behavior::Amend(update_component)),
        ("UpdateInferenceComponentRuntimeConfig", Behavior::Amend(update_component)),
    ],
    renamed: &[("DeploymentConfig", "LastDeploymentConfig"), ("DesiredRuntimeConfig", "RuntimeConfig")],
    // By analogy with endpoints.
    not_found: ErrorText { code: VALIDATION, message: "Could not find inference component \"{arn}\"." },
    exists: ErrorText { code: VALIDATION, message: "Cannot create already existing inference component \"{arn}\"." },
    busy: ErrorText { code: VALIDATION, message: "Cannot update in-progress inference component \"{arn}\"." },
    lifecycle: Some(Lifecycle { status: "InferenceComponentStatus", ..IN_SERVICE }),
    ..ORDINARY
};

static EXPERIMENT: Kind = Kind {
    noun: "InferenceExperiment",
    id: "inference-experiment",
    name: "Name",
    arn: "Arn",
    parents: &[Parent { kind: &endpoint::KIND, member: "EndpointName", blocks_deletion: false }],
    operations: &[
        ("CreateInferenceExperiment", Behavior::Create(fill_experiment)),
        ("UpdateInferenceExperiment", Behavior::Amend(update_experiment)),
        ("DeleteInferenceExperiment", Behavior::Delete(if_over)),
        (
            "StartInferenceExperiment",
            Behavior::Transition(Transition {
                from: &["Created"],
                through: "Starting",
                to: "Running",
                refused: IN_THIS_STATE,
            }),
        ),
        ("StopInferenceExperiment", Behavior::Other(stop_experiment)),
        ("ListInferenceExperiments", Behavior::List(List { fields: &[("Type", "Type")], ..NEWEST_FIRST })),
    ],
    repeated: &[("InferenceExperimentArn", "Arn")],
    lifecycle: Some(Lifecycle {
        creating: &["Creating", "Starting"],
        created: Some("Running"),
        // There is no state for failures.
        failed: Some("Cancelled"),
        updating: Some("Updating"),
        reason: Some("StatusReason"),
        ..LIFECYCLE
    }),
    ..ORDINARY
};

/// Assumed wording.
const IN_THIS_STATE: ErrorText = ErrorText { code: "", message: "Inference experiment {name} is in {status} status." };

static RECOMMENDATIONS_JOB: Kind = Kind {
    noun: "InferenceRecommendationsJob",
    id: "inference-recommendations-job",
    name: "JobName",
    arn: "JobArn",
    operations: &[
        (
            "ListInferenceRecommendationsJobs",
            Behavior::List(List {
                fields: &[
                    ("ModelNameEquals", "InputConfig.ModelName"),
                    ("ModelPackageVersionArnEquals", "InputConfig.ModelPackageVersionArn"),
                ],
                ..NEWEST_FIRST
            }),
        ),
        ("ListInferenceRecommendationsJobSteps", Behavior::Other(list_steps)),
        ("GetScalingConfigurationRecommendation", Behavior::Other(recommend_scaling)),
    ],
    repeated: &[
        ("ModelName", "InputConfig.ModelName"),
        ("ModelPackageVersionArn", "InputConfig.ModelPackageVersionArn"),
        ("SamplePayloadUrl", "InputConfig.ContainerConfig.PayloadConfig.SamplePayloadUrl"),
    ],
    // Required in lists; that it is empty is assumed.
    defaults: &[("JobDescription", r#""""#)],
    lifecycle: Some(Lifecycle {
        creating: &["PENDING", "IN_PROGRESS"],
        created: Some("COMPLETED"),
        failed: Some("FAILED"),
        stopping: Some("STOPPING"),
        stopped: Some("STOPPED"),
        end_time: Some("CompletionTime"),
        ..LIFECYCLE
    }),
    ..ORDINARY
};

static ROUTER: Kind = Kind {
    noun: "InferenceRouter",
    id: "inference-router",
    name: "InferenceRouterName",
    arn: "InferenceRouterArn",
    lifecycle: Some(Lifecycle { reason: Some("StatusReason"), ..IN_SERVICE }),
    ..ORDINARY
};

static OPTIMIZATION_JOB: Kind = Kind {
    noun: "OptimizationJob",
    id: "optimization-job",
    name: "OptimizationJobName",
    arn: "OptimizationJobArn",
    operations: &[
        ("CreateOptimizationJob", Behavior::Create(fill_optimization)),
        (
            "ListOptimizationJobs",
            Behavior::List(List { others: &["OptimizationContains"], keep: with_optimization, ..OLDEST_FIRST }),
        ),
    ],
    lifecycle: Some(Lifecycle {
        status: "OptimizationJobStatus",
        start_time: Some("OptimizationStartTime"),
        end_time: Some("OptimizationEndTime"),
        ..JOB_IN_CAPITALS
    }),
    ..ORDINARY
};

fn fill_component(call: &mut Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    let host = call.find(&endpoint::KIND, call.text("EndpointName"))?;
    let variants = host.view(call.now).get("ProductionVariants").cloned().unwrap_or_default();
    let variant = variants.at(0).get("VariantName").as_str().unwrap_or("AllTraffic");
    put(&mut draft.members, "EndpointArn", host.arn.as_str());
    let shared = match base(&call.input) {
        Some(name) => call.find(&COMPONENT, name)?.view(call.now).get("VariantName").cloned(),
        None => None,
    };
    default(&mut draft.members, "VariantName", shared.unwrap_or_else(|| variant.into()));
    deploy(call, &mut draft.members);
    Ok(())
}

fn update_component(call: &Call<'_>, revision: &mut Revision) -> Result<(), ServiceError> {
    deploy(call, &mut revision.members);
    Ok(())
}

/// Resolves images; the current copy count always equals the desired one.
fn deploy(call: &Call<'_>, members: &mut Map) {
    within(members, "Specification", |specification| resolve(call, specification));
    each(members, "Specifications", |specification| resolve(call, specification));
    within(members, "RuntimeConfig", |config| {
        if let Some(count) = config.remove("CopyCount") {
            put(config, "DesiredCopyCount", count.clone());
            put(config, "CurrentCopyCount", count);
        }
    });
}

/// The component that an adapter runs on.
fn base(input: &Value) -> Option<&str> {
    input.get("Specification").get("BaseInferenceComponentName").as_str()
}

/// An adapter shows the requirements of its base component (hashicorp/aws).
fn resolve(call: &Call<'_>, specification: &mut Map) {
    let base = base(&call.input).and_then(|name| call.find(&COMPONENT, name).ok());
    if let Some(shown) = base.and_then(|base| base.view(call.now).get("Specification").cloned()) {
        default(specification, "ComputeResourceRequirements", shown.get("ComputeResourceRequirements").clone());
    }
    within(specification, "Container", |container| {
        if let Some(image) = container.remove("Image") {
            let text = image.as_str().unwrap_or_default();
            let image = [
                ("SpecifiedImage", image.clone()),
                ("ResolvedImage", resolved_image(text).into()),
                ("ResolutionTime", call.now.to_value()),
            ];
            put(container, "DeployedImage", Value::from(image));
        }
    });
}

/// "If you don't specify this field, the experiment automatically starts immediately upon creation and concludes after
/// 7 days" (API reference).
fn fill_experiment(call: &mut Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    const WEEK: i64 = 7 * 24 * 60 * 60 * 1_000;
    let host = call.find(&endpoint::KIND, call.text("EndpointName"))?;
    let status = host.view(call.now).get("EndpointStatus").cloned().unwrap_or_default();
    let metadata = [("EndpointName", host.name.as_str().into()), ("EndpointStatus", status)];
    let members = &mut draft.members;
    put(members, "EndpointMetadata", Value::from(metadata));
    let week = [("StartTime", call.now.to_value()), ("EndTime", Moment(call.now.0.saturating_add(WEEK)).to_value())];
    default(members, "Schedule", Value::from(week));
    bring_up(members);
    let start = Moment::from_value(call.input.get("Schedule").get("StartTime"));
    if start.is_some_and(|start| start > call.now) {
        put(&mut draft.results, "Status", "Created");
    }
    Ok(())
}

/// Only before its start and while it runs (API reference).
fn update_experiment(call: &Call<'_>, revision: &mut Revision) -> Result<(), ServiceError> {
    let experiment = call.named(&EXPERIMENT)?;
    match status(call, experiment).as_str() {
        Some(status @ ("Completed" | "Cancelled")) => Err(not_in(experiment, status)),
        _ => {
            bring_up(&mut revision.members);
            Ok(())
        }
    }
}

fn status(call: &Call<'_>, experiment: &Object) -> Value {
    experiment.view(call.now).get("Status").cloned().unwrap_or_default()
}

/// Assumed wording.
fn not_in(experiment: &Object, status: &str) -> ServiceError {
    ServiceError::new(CONFLICT, format!("Inference experiment {} is in {status} status.", experiment.name))
}

fn bring_up(members: &mut Map) {
    each(members, "ModelVariants", |variant| default(variant, "Status", "InService"));
}

fn if_over(call: &Call<'_>, experiment: &Object) -> Result<(), ServiceError> {
    match status(call, experiment).as_str() {
        Some("Completed" | "Cancelled" | "Created") => Ok(()),
        status => Err(not_in(experiment, status.unwrap_or_default())),
    }
}

fn stop_experiment(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let to = if call.text("DesiredState") == "Cancelled" { "Cancelled" } else { "Completed" };
    let reply =
        ordinary::transition(&EXPERIMENT, call, &["Running", "Created"], (Some("Stopping"), Some(to)), &IN_THIS_STATE)?;
    let key = call.named(&EXPERIMENT)?.key.clone();
    let mut shown = Map::from([("CompletionTime".to_owned(), call.completes().to_value())]);
    if !call.text("Reason").is_empty() {
        put(&mut shown, "StatusReason", call.text("Reason"));
    }
    if let Some(experiment) = call.region.get_mut(EXPERIMENT.id, &key) {
        experiment.patch(&Map::new(), &shown);
    }
    Ok(reply)
}

/// Nothing is measured here.
fn list_steps(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    call.named(&RECOMMENDATIONS_JOB)?;
    list::page_of(call, "Steps", Vec::new())
}

/// The result is invented.
fn recommend_scaling(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    call.find(&RECOMMENDATIONS_JOB, call.text("InferenceRecommendationsJobName"))?;
    let mut reply = call.input.as_map().cloned().unwrap_or_default();
    put(&mut reply, "DynamicScalingConfiguration", Value::from([("MinCapacity", 1.into()), ("MaxCapacity", 2.into())]));
    Ok(call.reply(reply))
}

/// Lists name the types of optimization by the names of their settings: `Quantization` and so on (assumed).
fn fill_optimization(call: &mut Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    let settings = call.input.get("OptimizationConfigs").elements().iter().filter_map(Value::as_map);
    let names = settings.flat_map(Map::keys);
    let types = names.map(|name| name.trim_start_matches("Model").trim_end_matches("Config").into()).collect();
    put(&mut draft.members, "OptimizationTypes", Value::List(types));
    Ok(())
}

fn with_optimization(call: &Call<'_>, view: &Map) -> bool {
    let requested = call.text("OptimizationContains");
    let types = elements(view, "OptimizationTypes");
    requested.is_empty() || types.iter().any(|one| one.as_str().is_some_and(|one| one.contains(requested)))
}

#[cfg(test)]
mod tests {
    use crate::local::tests::bench::{Bench, text};

    const NAME: &str = r#"{"InferenceComponentName":"Small"}"#;

    fn with_endpoint() -> Bench {
        let bench = Bench::new();
        bench.ok("CreateModel", r#"{"ModelName":"m","PrimaryContainer":{"Image":"i"}}"#);
        bench.ok(
            "CreateEndpointConfig",
            r#"{"EndpointConfigName":"c","ExecutionRoleArn":"arn:aws:iam::123456789012:role/r","ProductionVariants":
            [{"VariantName":"main","InstanceType":"ml.m5.large","InitialInstanceCount":1,"ModelName":"m"}]}"#,
        );
        bench.ok("CreateEndpoint", r#"{"EndpointName":"live","EndpointConfigName":"c"}"#);
        bench.wait();
        bench
    }

    #[test]
    fn a_component_runs_copies_on_an_endpoint_that_cannot_go_before_it() {
        let bench = with_endpoint();
        let rest = r#","EndpointName":"live","VariantName":"main","Specification":{"Container":{"Image":"r/i:1"},
            "ComputeResourceRequirements":{"MinMemoryRequiredInMb":128}},"RuntimeConfig":{"CopyCount":1}}"#;
        bench.ok("CreateInferenceComponent", &NAME.replace('}', rest));
        bench.wait();
        let shown = bench.ok("DescribeInferenceComponent", NAME);
        assert_eq!(text(shown.get("Specification").get("Container").get("DeployedImage"), "SpecifiedImage"), "r/i:1");
        let scale = r#","DesiredRuntimeConfig":{"CopyCount":3}}"#;
        bench.ok("UpdateInferenceComponentRuntimeConfig", &NAME.replace('}', scale));
        assert_eq!(text(&bench.ok("DescribeInferenceComponent", NAME), "InferenceComponentStatus"), "Updating");
        bench.wait();
        let shown = bench.ok("DescribeInferenceComponent", NAME);
        assert_eq!(shown.get("RuntimeConfig").get("CurrentCopyCount"), &3.into());
        assert!(bench.refused("DeleteEndpoint", r#"{"EndpointName":"live"}"#).contains("inference components"));
        bench.ok("DeleteInferenceComponent", NAME);
        bench.wait();
        bench.ok("DeleteEndpoint", r#"{"EndpointName":"live"}"#);
    }

    #[test]
    fn a_scheduled_experiment_waits_until_it_is_started() {
        let bench = with_endpoint();
        bench.ok("CreateInferenceExperiment", &experiment(r#""Schedule":{"StartTime":4000000000},"#));
        bench.wait();
        let name = r#"{"Name":"shadow"}"#;
        assert_eq!(text(&bench.ok("DescribeInferenceExperiment", name), "Status"), "Created");
        bench.ok("StartInferenceExperiment", name);
        bench.wait();
        assert_eq!(text(&bench.ok("DescribeInferenceExperiment", name), "Status"), "Running");
        let refused =
            bench.refused("UpdateInferenceExperiment", r#"{"Name":"shadow","Schedule":{"StartTime":4000000001}}"#);
        assert!(refused.contains("Schedule.StartTime"), "{refused}");
        bench.ok("UpdateInferenceExperiment", r#"{"Name":"shadow","Schedule":{"EndTime":4000000002}}"#);
    }

    fn experiment(more: &str) -> String {
        let variant = |name: &str| {
            format!(
                r#"{{"ModelName":"m","VariantName":"{name}","InfrastructureConfig":{{"InfrastructureType":
                "RealTimeInference","RealTimeInferenceConfig":{{"InstanceType":"ml.m5.large","InstanceCount":1}}}}}}"#
            )
        };
        format!(
            r#"{{{more}"Name":"shadow","Type":"ShadowMode","RoleArn":"arn:aws:iam::123456789012:role/r","EndpointName":
            "live","ModelVariants":[{},{}],"ShadowModeConfig":{{"SourceModelVariantName":"a","ShadowModelVariants":
            [{{"ShadowModelVariantName":"b","SamplingPercentage":50}}]}}}}"#,
            variant("a"),
            variant("b")
        )
    }

    #[test]
    fn an_experiment_runs_until_it_is_stopped() {
        let bench = with_endpoint();
        let name = r#"{"Name":"shadow"}"#;
        bench.ok("CreateInferenceExperiment", &experiment(""));
        bench.wait();
        assert!(bench.refused("DeleteInferenceExperiment", name).starts_with("ConflictException: "));
        let stop = r#"{"Name":"shadow","ModelVariantActions":{"a":"Retain","b":"Remove"},"DesiredState":"Cancelled"}"#;
        bench.ok("StopInferenceExperiment", stop);
        bench.wait();
        assert_eq!(text(&bench.ok("DescribeInferenceExperiment", name), "Status"), "Cancelled");
        let change = r#"{"Name":"shadow","Description":"it is over"}"#;
        let refused = bench.refused("UpdateInferenceExperiment", change);
        assert_eq!(refused, "ConflictException: Inference experiment shadow is in Cancelled status.");
        bench.ok("DeleteInferenceExperiment", name);
    }
}
