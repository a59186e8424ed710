//! The behaviour of the engine when the service answers correctly, with errors, late or not at all.

use std::{
    future::pending,
    sync::atomic::{AtomicUsize, Ordering},
    time::{Duration, SystemTime},
};

use async_trait::async_trait;
use expect_test::{Expect, expect};
use tokio::time::Instant;

use crate::{
    api::{
        Api, ApiError, ErrorKind,
        fake::{FakeApi, refusal},
    },
    definition::{Resource, resource},
    engine::{
        configuration::context::Context,
        convert::tags::Ignored,
        resource::{
            claims::Claims,
            plan::plan,
            private::Private,
            stored::blank,
            unknowns,
            work::{Done, Work},
        },
        service::{flight::Flights, stop::Stopper},
    },
    regions::NoRegion,
    value::{Path, Value},
};

const ENDPOINT_ARN: &str = "arn:aws:sagemaker:us-east-1:111122223333:endpoint/cats";

/// One test: a resource, a service, and Terraform's steps from a configuration to a state.
struct Bench {
    resource: &'static Resource,
    api: FakeApi,
    stopper: Stopper,
    ignored_tags: Ignored,
    claims: Claims,
    flights: Flights,
}

impl Bench {
    fn new(type_name: &str, api: FakeApi) -> Self {
        Self {
            resource: resource(type_name).expect("a resource of ours"),
            api,
            stopper: Stopper::new(),
            ignored_tags: Ignored::default(),
            claims: Claims::default(),
            flights: Flights::default(),
        }
    }

    fn work<'a>(&'a self, api: &'a dyn Api) -> Work<'a> {
        static NO_TAGS: Value = Value::Null;
        Work {
            resource: self.resource,
            special: None,
            api,
            default_tags: &NO_TAGS,
            ignored_tags: &self.ignored_tags,
            flights: &self.flights,
            adopted_within: None,
            private: Private::default(),
            claims: &self.claims,
            stop: self.stopper.listener(),
            started: Instant::now(),
        }
    }

    fn planned(&self, prior: &Value, arguments: &[(&str, Value)]) -> Value {
        let mut config = blank(self.resource);
        for (name, value) in arguments {
            config.insert(*name, value.clone());
        }
        let context = Context { region: "us-east-1".into(), ..Context::default() };
        plan(self.resource, None, &context, prior, &config).planned
    }

    async fn create(&self, arguments: &[(&str, Value)]) -> Done {
        self.work(&self.api).create(&self.planned(&Value::Null, arguments)).await
    }

    async fn update(&self, prior: &Value, arguments: &[(&str, Value)]) -> Done {
        self.work(&self.api).update(prior, &self.planned(prior, arguments)).await
    }
}

fn broken_off(operation: &str) -> ApiError {
    ApiError {
        kind: ErrorKind::Connection,
        status: None,
        in_doubt: true,
        ..refusal(operation, "", "the connection broke")
    }
}

fn no_such_endpoint(operation: &str) -> ApiError {
    refusal(operation, "ValidationException", &format!("Could not find endpoint \"{ENDPOINT_ARN}\"."))
}

fn endpoint(status: &str, configuration: &str) -> Value {
    Value::from([
        ("EndpointName", "cats".into()),
        ("EndpointArn", ENDPOINT_ARN.into()),
        ("EndpointConfigName", configuration.into()),
        ("EndpointStatus", status.into()),
        ("FailureReason", if status == "Failed" { "no capacity".into() } else { Value::Null }),
        ("CreationTime", 1_700_000_000.into()),
    ])
}

fn no_tags() -> Value {
    Value::from([("Tags", Value::List(Vec::new()))])
}

/// The state of an endpoint in service with the configuration `old`.
fn endpoint_state(bench: &Bench) -> Value {
    let mut state = bench.planned(&Value::Null, &endpoint_arguments("old"));
    for (name, value) in [("arn", ENDPOINT_ARN), ("id", "cats"), ("endpoint_status", "InService")] {
        state.insert(name, value.into());
    }
    unknowns::known_object(bench.resource.attributes, &state)
}

fn endpoint_arguments(configuration: &str) -> Vec<(&'static str, Value)> {
    vec![("name", "cats".into()), ("endpoint_config_name", configuration.into())]
}

fn check_messages(done: &Done, expected: &Expect) {
    let texts: Vec<String> = done.diagnostics.iter().map(|one| format!("{}\n{}", one.summary, one.detail)).collect();
    expected.assert_eq(&texts.join("\n"));
}

#[tokio::test(start_paused = true)]
async fn a_status_in_the_reply_of_a_create_is_not_kept() {
    const ARN: &str = "arn:aws:sagemaker:us-east-1:111122223333:global-inference-gateway/abcdef123456";
    let gateway = |status: &str| {
        let texts = [("Name", "world"), ("Arn", ARN), ("Id", "abcdef123456"), ("Status", status)];
        Value::from(texts.map(|(member, text)| (member, text.into())))
    };
    let bench = Bench::new(
        "sagemaker_global_inference_gateway",
        FakeApi::answering(move |operation, _| match operation {
            "CreateGlobalInferenceGateway" => Ok(gateway("CREATING")),
            "DescribeGlobalInferenceGateway" => Ok(gateway("ACTIVE")),
            _ => Ok(no_tags()),
        }),
    );
    let member = [("cluster_arn", "c"), ("namespace", "models"), ("name", "a")].map(|(name, text)| (name, text.into()));
    let members = Value::set(vec![Value::from(member)]);
    let role = "arn:aws:iam::111122223333:role/r".into();
    let done = bench.create(&[("name", "world".into()), ("execution_role_arn", role), ("gateways", members)]).await;
    assert!(done.diagnostics.is_empty(), "{:?}", done.diagnostics);
    assert_eq!((done.state.get("status"), done.state.get("arn")), (&"ACTIVE".into(), &ARN.into()));
}

#[tokio::test(start_paused = true)]
async fn an_object_that_fails_during_its_creation_is_kept_in_the_state() {
    let bench = Bench::new(
        "sagemaker_endpoint",
        FakeApi::answering(|operation, _| match operation {
            "CreateEndpoint" => Ok(Value::from([("EndpointArn", ENDPOINT_ARN.into())])),
            "DescribeEndpoint" => Ok(endpoint("Failed", "old")),
            _ => Ok(no_tags()),
        }),
    );
    let done = bench.create(&endpoint_arguments("old")).await;
    assert_eq!(done.state.get("id"), &Value::from("cats"));
    assert_eq!(done.state.get("endpoint_status"), &Value::from("Failed"));
    check_messages(
        &done,
        &expect![[r#"
            Creating SageMaker endpoint `cats` failed
            It ended in state `Failed`. Reason: no capacity

            The logs of the object, if it wrote any, are in the CloudWatch log group `/aws/sagemaker/Endpoints/cats`.

            It is in the Terraform state, marked as tainted: fix the cause and apply again, which replaces it."#]],
    );
}

const ROLE_NOT_VISIBLE: &str = "The execution role ARN \"arn:aws:iam::1:role/r\" is invalid. Please ensure that the role exists \
                                and that its trust relationship policy allows the action \"sts:AssumeRole\".";

fn failed_endpoint(reason: &str) -> Value {
    let mut endpoint = endpoint("Failed", "old");
    endpoint.insert("FailureReason", reason.into());
    endpoint
}

#[tokio::test]
async fn tags_in_the_description_are_not_listed_again() {
    let described = Value::from([
        ("AIWorkloadConfigName", "load".into()),
        ("AIWorkloadConfigArn", "arn:aws:sagemaker:us-east-1:111122223333:ai-workload-config/load".into()),
        ("Tags", Value::List(vec![Value::from([("Key", "team".into()), ("Value", "growth".into())])])),
    ]);
    let bench =
        Bench::new("sagemaker_ai_workload_config", FakeApi::scripted([("DescribeAIWorkloadConfig", Ok(described))]));
    let prior = bench.planned(&Value::Null, &[("ai_workload_config_name", "load".into())]);
    let state = bench.work(&bench.api).read(&prior).await.state;
    bench.api.assert_finished();
    assert_eq!(state.get("tags_all"), &Value::from([("team", "growth".into())]));
}

#[tokio::test]
async fn tags_are_not_listed_if_all_are_ignored() {
    let mut bench =
        Bench::new("sagemaker_endpoint", FakeApi::scripted([("DescribeEndpoint", Ok(endpoint("InService", "old")))]));
    bench.ignored_tags.prefixes = vec![String::new()];
    let prior = bench.planned(&Value::Null, &endpoint_arguments("old"));
    let state = bench.work(&bench.api).read(&prior).await.state;
    bench.api.assert_finished();
    assert_eq!(state.get("tags_all"), &Value::object());
}

#[tokio::test(start_paused = true)]
async fn an_object_that_fails_for_an_invisible_role_is_created_again() {
    let arn = || Ok(Value::from([("EndpointArn", ENDPOINT_ARN.into())]));
    let bench = Bench::new(
        "sagemaker_endpoint",
        FakeApi::scripted([
            ("CreateEndpoint", arn()),
            ("DescribeEndpoint", Ok(failed_endpoint(ROLE_NOT_VISIBLE))),
            ("DeleteEndpoint", Ok(Value::object())),
            ("DescribeEndpoint", Err(no_such_endpoint("DescribeEndpoint"))),
            ("CreateEndpoint", arn()),
            ("DescribeEndpoint", Ok(endpoint("InService", "old"))),
        ]),
    );
    let done = bench.create(&endpoint_arguments("old")).await;
    bench.api.assert_finished();
    assert!(done.diagnostics.is_empty());
    assert_eq!(done.state.get("endpoint_status"), &Value::from("InService"));
}

#[tokio::test(start_paused = true)]
async fn a_role_that_never_becomes_visible_fails_the_create_and_leaves_the_object_in_the_state() {
    let gone = AtomicUsize::new(0);
    let bench = Bench::new(
        "sagemaker_endpoint",
        FakeApi::answering(move |operation, _| match operation {
            "CreateEndpoint" => {
                gone.store(0, Ordering::Relaxed);
                Ok(Value::from([("EndpointArn", ENDPOINT_ARN.into())]))
            }
            "DeleteEndpoint" => {
                gone.store(1, Ordering::Relaxed);
                Ok(Value::object())
            }
            "DescribeEndpoint" if gone.load(Ordering::Relaxed) == 1 => Err(no_such_endpoint(operation)),
            "DescribeEndpoint" => Ok(failed_endpoint(ROLE_NOT_VISIBLE)),
            _ => Ok(no_tags()),
        }),
    );
    let started = Instant::now();
    let done = bench.create(&endpoint_arguments("old")).await;
    assert!(started.elapsed().as_secs() >= 240);
    assert!(done.diagnostics.has_error());
    assert_eq!(done.state.get("endpoint_status"), &Value::from("Failed"));
}

#[tokio::test(start_paused = true)]
async fn a_rolled_back_update_fails_and_the_state_shows_the_object() {
    let looks = AtomicUsize::new(0);
    let bench = Bench::new(
        "sagemaker_endpoint",
        FakeApi::answering(move |operation, _| match operation {
            "DescribeEndpoint" => {
                let statuses = ["Updating", "RollingBack", "InService"];
                Ok(endpoint(statuses[looks.fetch_add(1, Ordering::Relaxed).min(2)], "old"))
            }
            "UpdateEndpoint" => Ok(Value::object()),
            _ => Ok(no_tags()),
        }),
    );
    let done = bench.update(&endpoint_state(&bench), &endpoint_arguments("new")).await;
    assert_eq!(done.state.get("endpoint_config_name"), &Value::from("old"));
    assert!(done.diagnostics.iter().any(|one| one.detail.contains("rolled the update back")), "{:?}", done.diagnostics);
}

#[tokio::test(start_paused = true)]
async fn an_update_that_is_not_seen_at_once_is_no_rollback() {
    let looks = AtomicUsize::new(0);
    let bench = Bench::new(
        "sagemaker_endpoint",
        FakeApi::answering(move |operation, _| match operation {
            "DescribeEndpoint" => {
                let replies = [("InService", "old"), ("Updating", "old"), ("InService", "new")];
                let (status, configuration) = replies[looks.fetch_add(1, Ordering::Relaxed).min(2)];
                Ok(endpoint(status, configuration))
            }
            "UpdateEndpoint" => Ok(Value::object()),
            _ => Ok(no_tags()),
        }),
    );
    let done = bench.update(&endpoint_state(&bench), &endpoint_arguments("new")).await;
    assert!(done.diagnostics.is_empty(), "{:?}", done.diagnostics);
    assert_eq!(done.state.get("endpoint_config_name"), &Value::from("new"));
}

#[tokio::test(start_paused = true)]
async fn only_an_error_about_the_object_itself_means_absence() {
    let errors = [
        (no_such_endpoint("DescribeEndpoint"), true),
        (refusal("DescribeEndpoint", "ValidationException", "1 validation error detected"), false),
        (refusal("DescribeEndpoint", "AccessDeniedException", "Could not find endpoint"), false),
        (refusal("DescribeEndpoint", "ResourceNotFound", "no"), true),
        (refusal("DescribeEndpoint", "ResourceNotFound", "The role of the endpoint does not exist."), false),
    ];
    for (error, gone) in errors {
        let text = error.to_string();
        let bench = Bench::new(
            "sagemaker_endpoint",
            FakeApi::answering(move |operation, _| match operation {
                "DescribeEndpoint" => Err(error.clone()),
                _ => Ok(no_tags()),
            }),
        );
        let state = endpoint_state(&bench);
        let done = bench.work(&bench.api).read(&state).await;
        assert_eq!(done.state.is_null(), gone, "{text}");
        assert_eq!(done.diagnostics.has_error(), !gone, "{text}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_delete_waits_for_the_deletion_and_tolerates_a_busy_service() {
    let throttled =
        ApiError { kind: ErrorKind::Throttled, ..refusal("DescribeEndpoint", "ThrottlingException", "Rate exceeded") };
    let bench = Bench::new(
        "sagemaker_endpoint",
        FakeApi::scripted([
            ("DeleteEndpoint", Ok(Value::object())),
            ("DescribeEndpoint", Ok(endpoint("Deleting", "old"))),
            ("DescribeEndpoint", Err(throttled)),
            ("DescribeEndpoint", Err(no_such_endpoint("DescribeEndpoint"))),
        ]),
    );
    let done = bench.work(&bench.api).delete(&endpoint_state(&bench)).await;
    bench.api.assert_finished();
    assert!(done.state.is_null() && done.diagnostics.is_empty());
}

/// What replaces an object with one argument, if another one changes.
fn replaced_by(
    type_name: &'static str,
    kept: (&'static str, &'static str),
    (changed, before, after): (&'static str, impl Into<Value>, impl Into<Value>),
) -> Vec<Path> {
    let bench = Bench::new(type_name, FakeApi::scripted([]));
    let arguments = |value: Value| vec![(kept.0, kept.1.into()), (changed, value)];
    let prior = bench.planned(&Value::Null, &arguments(before.into()));
    let mut prior = unknowns::known_object(bench.resource.attributes, &prior);
    prior.insert(kept.0, kept.1.into());
    let mut config = blank(bench.resource);
    arguments(after.into()).into_iter().for_each(|(name, value)| config.insert(name, value));
    let context = Context { region: "us-east-1".into(), ..Context::default() };
    plan(bench.resource, None, &context, &prior, &config).requires_replace
}

#[test]
fn an_unversioned_package_is_replaced_and_a_version_is_updated() {
    let card = "source_uri";
    let [before, after] = ["a", "b"].map(|name| format!("arn:aws:sagemaker:us-east-1:111122223333:model/{name}"));
    let of =
        |identity| replaced_by("sagemaker_model_package", (identity, "cats"), (card, before.as_str(), after.as_str()));
    assert!(of("model_package_group_name").is_empty());
    assert_eq!(of("model_package_name"), [Path::attribute(card)]);
}

#[test]
fn an_experiment_is_updated_until_it_is_over() {
    let of = |status| replaced_by("sagemaker_inference_experiment", ("status", status), ("description", "a", "b"));
    assert!(of("Created").is_empty());
    assert!(of("Running").is_empty());
    assert_eq!(of("Stopping"), [Path::attribute("description")]);
    assert_eq!(of("Completed"), [Path::attribute("description")]);
}

#[test]
fn only_the_end_of_a_running_experiment_is_moved() {
    let of = |status: &'static str, changed: &str| {
        let schedule = |start: &str, end: &str| {
            Value::List(vec![Value::from([("start_time", start.into()), ("end_time", end.into())])])
        };
        let [start, end] = ["2030-01-01T00:00:00Z", "2030-01-08T00:00:00Z"];
        let after = if changed == "start_time" {
            schedule("2030-01-02T00:00:00Z", end)
        } else {
            schedule(start, "2030-01-09T00:00:00Z")
        };
        replaced_by("sagemaker_inference_experiment", ("status", status), ("schedule", schedule(start, end), after))
    };
    assert!(of("Created", "start_time").is_empty());
    assert!(of("Running", "end_time").is_empty());
    // The start is the service's if it is not set, and unknown in the plan of another end.
    let ends = |end: &str| Value::List(vec![Value::from([("start_time", Value::Null), ("end_time", end.into())])]);
    let open = |before, after| {
        replaced_by("sagemaker_inference_experiment", ("status", "Running"), ("schedule", before, after))
    };
    let later = "2030-01-09T00:00:00Z";
    assert!(open(ends("2030-01-08T00:00:00Z"), ends(later)).is_empty());
    assert!(open(Value::List(Vec::new()), ends(later)).is_empty());
    assert_eq!(of("Running", "start_time"), [Path::attribute("schedule").index(0).then("start_time")]);
}

#[test]
fn a_training_job_that_is_over_is_replaced_to_be_debugged() {
    let debug = |enabled: bool| Value::List(vec![Value::from([("enable_remote_debug", enabled.into())])]);
    let of = |status: &'static str| {
        replaced_by(
            "sagemaker_training_job",
            ("training_job_status", status),
            ("remote_debug_config", debug(false), debug(true)),
        )
    };
    assert!(of("InProgress").is_empty());
    assert_eq!(of("Completed"), [Path::attribute("remote_debug_config").index(0).then("enable_remote_debug")]);
}

#[test]
fn what_an_import_of_a_finished_job_shows_beyond_the_configuration_does_not_replace_it() {
    let resource = resource("sagemaker_training_job").expect("a resource of ours");
    let debug = Value::List(vec![Value::from([("enable_remote_debug", true.into())])]);
    let mut prior = unknowns::known_object(resource.attributes, &blank(resource));
    prior.insert("training_job_status", "Completed".into());
    prior.insert("remote_debug_config", debug);
    let of = |imported| {
        let context = Context { region: "us-east-1".into(), imported, ..Context::default() };
        plan(resource, None, &context, &prior, &blank(resource)).requires_replace
    };
    assert!(of(true).is_empty());
    assert_eq!(of(false), [Path::attribute("remote_debug_config")]);
}

#[test]
fn a_failed_endpoint_is_replaced_and_any_other_is_updated() {
    let of =
        |status| replaced_by("sagemaker_endpoint", ("endpoint_status", status), ("endpoint_config_name", "a", "b"));
    assert!(of("InService").is_empty());
    assert_eq!(of("Failed"), [Path::attribute("endpoint_config_name")]);
}

#[test]
fn only_models_and_notebooks_of_a_hub_are_updated() {
    let text = "hub_content_description";
    let of = |kind| replaced_by("sagemaker_hub_content", ("hub_content_type", kind), (text, "a", "b"));
    assert!(of("Model").is_empty());
    assert!(of("Notebook").is_empty());
    assert_eq!(of("DataSet"), [Path::attribute(text)]);
}

#[tokio::test(start_paused = true)]
async fn a_delete_in_doubt_keeps_its_failure_if_the_object_cannot_be_read() {
    let bench = Bench::new("sagemaker_endpoint", FakeApi::answering(|operation, _| Err(broken_off(operation))));
    let state = endpoint_state(&bench);
    let done = bench.work(&bench.api).delete(&state).await;
    assert_eq!(done.state, state);
    let [failure] = done.diagnostics.iter().as_slice() else { panic!("{:?}", done.diagnostics) };
    assert!(failure.detail.starts_with("DeleteEndpoint failed"), "{}", failure.detail);
}

#[tokio::test(start_paused = true)]
async fn an_interrupted_operation_sends_no_further_calls() {
    let bench = Bench::new("sagemaker_endpoint", FakeApi::scripted([]));
    let state = endpoint_state(&bench);
    let work = bench.work(&bench.api);
    bench.stopper.stop();
    let failure = work.context(&state).call("DeleteEndpoint", &Value::object()).await.expect_err("it is not sent");
    assert_eq!((failure.kind, failure.in_doubt), (ErrorKind::Stopped, false));
    assert_eq!(bench.api.calls(), "");
}

#[tokio::test(start_paused = true)]
async fn a_refused_delete_keeps_the_state() {
    let refused = refusal("DeleteEndpoint", "AccessDeniedException", "not yours");
    let bench = Bench::new("sagemaker_endpoint", FakeApi::scripted([("DeleteEndpoint", Err(refused))]));
    let state = endpoint_state(&bench);
    let done = bench.work(&bench.api).delete(&state).await;
    assert_eq!(done.state, state);
    check_messages(
        &done,
        &expect![[r#"
            Deleting SageMaker endpoint `cats` failed
            DeleteEndpoint failed with AccessDeniedException: not yours

            (HTTP status 400, request id request-1)

            The caller lacks a permission, or an organization policy requires more, such as a KMS key, a VPC or tags."#]],
    );
}

#[tokio::test(start_paused = true)]
async fn deleting_an_absent_object_succeeds() {
    let script = [
        ("DeleteEndpoint", Err(no_such_endpoint("DeleteEndpoint"))),
        ("DescribeEndpoint", Err(no_such_endpoint("DescribeEndpoint"))),
    ];
    let bench = Bench::new("sagemaker_endpoint", FakeApi::scripted(script));
    let done = bench.work(&bench.api).delete(&endpoint_state(&bench)).await;
    assert!(done.state.is_null() && done.diagnostics.is_empty());
}

#[tokio::test(start_paused = true)]
async fn an_existing_object_is_not_taken_for_deleted_after_a_refusal() {
    let bench = Bench::new(
        "sagemaker_endpoint",
        FakeApi::answering(|operation, _| match operation {
            "DeleteEndpoint" => Err(no_such_endpoint("DeleteEndpoint")),
            _ => Ok(endpoint("InService", "old")),
        }),
    );
    let state = endpoint_state(&bench);
    let done = bench.work(&bench.api).delete(&state).await;
    assert_eq!(done.state, state);
    assert!(done.diagnostics.has_error());
}

/// Creates an endpoint that is `Creating` at first, after which credentials fail for this many reads.
async fn created_while_credentials_fail(reads: usize) -> Done {
    let seen = AtomicUsize::new(0);
    let bench = Bench::new(
        "sagemaker_endpoint",
        FakeApi::answering(move |operation, _| match operation {
            "CreateEndpoint" => Ok(Value::from([("EndpointArn", ENDPOINT_ARN.into())])),
            "DescribeEndpoint" => match seen.fetch_add(1, Ordering::SeqCst) {
                0 => Ok(endpoint("Creating", "old")),
                count if count <= reads => Err(ApiError {
                    kind: ErrorKind::Credentials,
                    ..refusal(operation, "", "the session could not be renewed")
                }),
                _ => Ok(endpoint("InService", "old")),
            },
            _ => Ok(no_tags()),
        }),
    );
    bench.create(&endpoint_arguments("old")).await
}

#[tokio::test(start_paused = true)]
async fn a_wait_tolerates_failing_credentials_for_a_limited_time() {
    assert!(created_while_credentials_fail(5).await.diagnostics.is_empty());
    let failed = created_while_credentials_fail(usize::MAX).await;
    assert!(failed.diagnostics.has_error());
    assert_eq!(failed.state.get("id"), &Value::from("cats"), "what was created is kept");
}

#[tokio::test(start_paused = true)]
async fn what_is_deleted_while_it_is_created_is_not_waited_for() {
    let reads = AtomicUsize::new(0);
    let bench = Bench::new(
        "sagemaker_project",
        FakeApi::answering(move |operation, _| match operation {
            "CreateProject" => {
                Ok(Value::from([("ProjectArn", "arn:aws:sagemaker:us-east-1:111122223333:project/p".into())]))
            }
            "DescribeProject" => {
                let is_first = reads.fetch_add(1, Ordering::Relaxed) == 0;
                Ok(Value::from([(
                    "ProjectStatus",
                    if is_first { "CreateInProgress" } else { "DeleteCompleted" }.into(),
                )]))
            }
            _ => Ok(no_tags()),
        }),
    );
    let started = Instant::now();
    let done = bench.create(&[("project_name", "p".into())]).await;
    assert!(done.diagnostics.has_error() && started.elapsed() < Duration::from_secs(60), "{:?}", done.diagnostics);
    assert!(done.state.is_null());
}

#[tokio::test(start_paused = true)]
async fn a_user_timeout_is_honoured_and_the_object_kept() {
    let bench = Bench::new(
        "sagemaker_endpoint",
        FakeApi::answering(|operation, _| match operation {
            "CreateEndpoint" => Ok(Value::from([("EndpointArn", ENDPOINT_ARN.into())])),
            "DescribeEndpoint" => Ok(endpoint("Creating", "old")),
            _ => Ok(no_tags()),
        }),
    );
    let mut arguments = endpoint_arguments("old");
    arguments.push(("timeouts", Value::from([("create", "90s".into())])));
    let started = Instant::now();
    let done = bench.create(&arguments).await;
    assert_eq!(started.elapsed().as_secs(), 90);
    assert_eq!(done.state.get("arn"), &Value::from(ENDPOINT_ARN));
    check_messages(
        &done,
        &expect![[r#"
            Creating SageMaker endpoint `cats` failed
            The object did not reach state `InService` within 1 min 30 s: it was still in state `Creating`, unchanged for 1 min 30 s.

            The object is kept in the Terraform state, marked as tainted, so that the next apply would replace it. To keep it instead once it is ready, run `terraform untaint` on its address first. To wait longer, set `timeouts { create = "…" }`.

            The logs of the object, if it wrote any, are in the CloudWatch log group `/aws/sagemaker/Endpoints/cats`."#]],
    );
}

/// A service that throttles every describe call.
struct Busy(FakeApi);

#[async_trait]
impl Api for Busy {
    async fn call(&self, region: &str, operation: &str, input: &Value) -> Result<Value, ApiError> {
        if operation == "DescribeEndpoint" { pending().await } else { self.0.call(region, operation, input).await }
    }

    async fn call_once(&self, region: &str, operation: &str, input: &Value) -> Result<Value, ApiError> {
        self.call(region, operation, input).await
    }

    fn service_time(&self, region: &str, moment: Instant) -> SystemTime {
        self.0.service_time(region, moment)
    }

    fn region(&self) -> &str {
        self.0.region()
    }

    fn check_region(&self, region: &str) -> Result<(), NoRegion> {
        self.0.check_region(region)
    }

    async fn missing_credentials(&self) -> Option<String> {
        self.0.missing_credentials().await
    }

    async fn account(&self) -> Option<String> {
        self.0.account().await
    }

    fn stop(&self) {}
}

#[tokio::test(start_paused = true)]
async fn a_user_timeout_limits_a_throttled_call() {
    let arn = || Ok(Value::from([("EndpointArn", ENDPOINT_ARN.into())]));
    let busy = Busy(FakeApi::answering(move |_, _| arn()));
    let bench = Bench::new("sagemaker_endpoint", FakeApi::scripted([]));
    let mut arguments = endpoint_arguments("old");
    arguments.push(("timeouts", Value::from([("create", "90s".into())])));
    let started = Instant::now();
    let done = bench.work(&busy).create(&bench.planned(&Value::Null, &arguments)).await;
    // The wait, and the last read for the state.
    assert_eq!(started.elapsed().as_secs(), 90 + 30);
    assert_eq!(done.state.get("arn"), &Value::from(ENDPOINT_ARN));
    check_messages(
        &done,
        &expect![[r#"
            Creating SageMaker endpoint `cats` failed
            The object did not reach state `InService` within 1 min 30 s: it was still not visible.

            The object is kept in the Terraform state, marked as tainted, so that the next apply would replace it. To keep it instead once it is ready, run `terraform untaint` on its address first. To wait longer, set `timeouts { create = "…" }`.

            The logs of the object, if it wrote any, are in the CloudWatch log group `/aws/sagemaker/Endpoints/cats`."#]],
    );
}

#[tokio::test(start_paused = true)]
async fn an_interruption_ends_a_wait_at_once_and_keeps_the_object() {
    let bench = Bench::new(
        "sagemaker_endpoint",
        FakeApi::answering(|operation, _| match operation {
            "CreateEndpoint" => Ok(Value::from([("EndpointArn", ENDPOINT_ARN.into())])),
            "DescribeEndpoint" => Ok(endpoint("Creating", "old")),
            _ => Ok(no_tags()),
        }),
    );
    let started = Instant::now();
    let stop = async {
        tokio::time::sleep(Duration::from_secs(7)).await;
        bench.stopper.stop();
    };
    let arguments = endpoint_arguments("old");
    let (done, ()) = tokio::join!(bench.create(&arguments), stop);
    assert_eq!(started.elapsed().as_secs(), 7);
    assert_eq!(done.state.get("id"), &Value::from("cats"));
    assert!(done.diagnostics.iter().any(|one| one.detail.contains("interrupted")));
}

fn model(image: &str) -> Value {
    Value::from([
        ("ModelName", "cats".into()),
        ("ModelArn", "arn:aws:sagemaker:us-east-1:111122223333:model/cats".into()),
        ("ExecutionRoleArn", "arn:aws:iam::111122223333:role/r".into()),
        ("PrimaryContainer", Value::from([("Image", image.into())])),
        // The year 2100, which is after any request of a test.
        ("CreationTime", 4_102_444_800_i64.into()),
    ])
}

fn model_arguments(image: &str) -> Vec<(&'static str, Value)> {
    let bench = Bench::new("sagemaker_model", FakeApi::scripted([]));
    let container = bench.resource.attributes.iter().find(|attribute| attribute.name == "primary_container");
    let members = container.expect("a model has a container").attributes().iter();
    let mut element: Value = Value::Map(
        members.map(|inner| (inner.name.to_owned(), crate::engine::convert::absence::empty(inner))).collect(),
    );
    element.insert("image", image.into());
    vec![
        ("name", "cats".into()),
        ("execution_role_arn", "arn:aws:iam::111122223333:role/r".into()),
        ("primary_container", Value::List(vec![element])),
    ]
}

#[tokio::test(start_paused = true)]
async fn a_create_that_broke_off_after_its_effect_is_adopted() {
    let bench = Bench::new(
        "sagemaker_model",
        FakeApi::answering(|operation, _| match operation {
            "CreateModel" => Err(broken_off("CreateModel")),
            "DescribeModel" => Ok(model("image:1")),
            _ => Ok(no_tags()),
        }),
    );
    let done = bench.create(&model_arguments("image:1")).await;
    assert!(done.diagnostics.is_empty(), "{:?}", done.diagnostics);
    assert_eq!(done.state.get("id"), &Value::from("cats"));
}

#[tokio::test(start_paused = true)]
async fn another_object_of_that_name_is_not_adopted() {
    let bench = Bench::new(
        "sagemaker_model",
        FakeApi::answering(|operation, _| match operation {
            "CreateModel" => Err(broken_off("CreateModel")),
            "DescribeModel" => Ok(model("another:1")),
            _ => Ok(no_tags()),
        }),
    );
    let done = bench.create(&model_arguments("image:1")).await;
    assert!(done.state.is_null() && done.diagnostics.has_error());
}

#[tokio::test(start_paused = true)]
async fn a_call_is_retried_until_a_role_is_visible() {
    let tries = AtomicUsize::new(0);
    let bench = Bench::new(
        "sagemaker_model",
        FakeApi::answering(move |operation, _| match operation {
            "CreateModel" if tries.fetch_add(1, Ordering::Relaxed) < 3 => {
                Err(refusal("CreateModel", "ValidationException", "Could not assume role arn:aws:iam::1:role/r."))
            }
            "CreateModel" => Ok(Value::from([("ModelArn", model("").get("ModelArn").clone())])),
            "DescribeModel" => Ok(model("image:1")),
            _ => Ok(no_tags()),
        }),
    );
    let done = bench.create(&model_arguments("image:1")).await;
    assert!(done.diagnostics.is_empty(), "{:?}", done.diagnostics);
    assert_eq!(bench.api.calls().matches("CreateModel").count(), 4);
}

#[tokio::test(start_paused = true)]
async fn a_change_of_tags_calls_tag_operations_only() {
    let tags = Value::List(vec![Value::from([("Key", "team".into()), ("Value", "ml".into())])]);
    let bench = Bench::new(
        "sagemaker_endpoint",
        FakeApi::answering(move |operation, input| match operation {
            "DescribeEndpoint" => Ok(endpoint("InService", "old")),
            "AddTags" => {
                assert_eq!(input.get("Tags"), &tags);
                Ok(Value::object())
            }
            "ListTags" => Ok(Value::from([("Tags", tags.clone())])),
            other => panic!("{other} has no part in this"),
        }),
    );
    let mut arguments = endpoint_arguments("old");
    arguments.push(("tags", Value::from([("team", "ml".into())])));
    let done = bench.update(&endpoint_state(&bench), &arguments).await;
    assert!(done.diagnostics.is_empty(), "{:?}", done.diagnostics);
    assert_eq!(done.state.get("tags_all"), &Value::from([("team", "ml".into())]));
}

#[tokio::test(start_paused = true)]
async fn send_only_settings_make_no_call() {
    let bench = Bench::new("sagemaker_endpoint", FakeApi::scripted([]));
    let mut arguments = endpoint_arguments("old");
    arguments.push(("retain_all_variant_properties", true.into()));
    let done = bench.update(&endpoint_state(&bench), &arguments).await;
    assert!(done.diagnostics.is_empty());
    assert_eq!(done.state.get("retain_all_variant_properties"), &Value::from(true));
}

#[tokio::test(start_paused = true)]
async fn destroying_a_running_job_stops_it_and_warns() {
    let stopped: &'static AtomicUsize = Box::leak(Box::default());
    let bench = Bench::new(
        "sagemaker_auto_ml_job",
        FakeApi::answering(|operation, _| match operation {
            "DescribeAutoMLJob" => {
                let status = ["InProgress", "Stopping", "Stopped"][stopped.load(Ordering::Relaxed).min(2)];
                if status != "InProgress" {
                    stopped.fetch_add(1, Ordering::Relaxed);
                }
                Ok(Value::from([("AutoMLJobName", "job".into()), ("AutoMLJobStatus", status.into())]))
            }
            "StopAutoMLJob" => {
                stopped.fetch_add(1, Ordering::Relaxed);
                Ok(Value::object())
            }
            other => panic!("{other} has no part in this"),
        }),
    );
    let mut state = blank(bench.resource);
    for (name, value) in [("auto_ml_job_name", "job"), ("id", "job"), ("region", "us-east-1")] {
        state.insert(name, value.into());
    }
    let done = bench.work(&bench.api).delete(&state).await;
    assert!(done.state.is_null());
    check_messages(
        &done,
        &expect![[r#"
            SageMaker AutoML job `job` is no longer managed
            SageMaker has no operation that deletes it. It was stopped, and it stays visible in the account; its name cannot be used again there. It is removed from the Terraform state."#]],
    );
}
