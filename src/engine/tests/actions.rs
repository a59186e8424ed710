//! Actions and ephemeral resources over a fake service: which calls are made, what a user reads meanwhile and in the
//! end. What holds for all of them is tested with all.

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use tokio::{sync::mpsc::channel, time::sleep};

use crate::{
    api::{
        ApiError, ErrorKind,
        fake::{FakeApi, REGION, refusal},
    },
    definition::{ACTIONS, Action, Attribute, Call, Completion, EPHEMERALS},
    diag::{Diagnostics, Severity},
    engine::{
        Engine, Provider,
        tests::{
            connected::engine,
            least::{least_of, nothing},
        },
    },
    schema::Usage,
    value::Value,
};

type Answer = Result<Value, ApiError>;

const EXECUTION: &str = "arn:aws:sagemaker:us-east-1:111122223333:pipeline/churn/execution/abcdefghijkl";
const START: &str = "sagemaker_start_pipeline_execution";
const STOP: &str = "sagemaker_stop_notebook_instance";

/// The configuration with these arguments; all others are null or empty.
fn config(type_name: &str, arguments: &[(&str, Value)]) -> Value {
    let mut config = Value::object();
    for attribute in action(type_name).attributes {
        config.insert(attribute.name, nothing(attribute));
    }
    for (name, value) in arguments {
        config.insert(*name, value.clone());
    }
    config
}

/// The messages about the progress, and the result.
async fn invoke(engine: &Engine, type_name: &str, config: &Value) -> (Vec<String>, Diagnostics) {
    let (sender, mut receiver) = channel(1_000);
    let diagnostics = engine.invoke_action(type_name, config, sender).await;
    let mut messages = Vec::new();
    while let Some(message) = receiver.recv().await {
        messages.push(message);
    }
    (messages, diagnostics)
}

/// The only error, as summary and detail.
#[track_caller]
fn error(diagnostics: &Diagnostics) -> String {
    let all: Vec<_> = diagnostics.iter().collect();
    let [one] = &all[..] else { panic!("one error is expected: {diagnostics:?}") };
    assert_eq!(one.severity, Severity::Error);
    format!("{}: {}", one.summary, one.detail)
}

fn execution(status: &str) -> Answer {
    Ok(Value::from([("PipelineExecutionStatus", status.into()), ("FailureReason", "It has no data.".into())]))
}

fn started() -> Answer {
    Ok(Value::from([("PipelineExecutionArn", EXECUTION.into())]))
}

fn notebook(status: &str) -> Answer {
    Ok(Value::from([("NotebookInstanceStatus", status.into())]))
}

#[tokio::test(start_paused = true)]
async fn what_an_action_begins_is_waited_for_and_reported() {
    let read = "DescribePipelineExecution";
    let (engine, api) = engine(FakeApi::scripted([
        ("StartPipelineExecution", started()),
        (read, execution("Executing")),
        (read, Err(ApiError { kind: ErrorKind::Throttled, ..refusal(read, "ThrottlingException", "Rate exceeded") })),
        (read, execution("Succeeded")),
    ]))
    .await;
    let (messages, diagnostics) = invoke(&engine, START, &config(START, &[("pipeline_name", "churn".into())])).await;
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let accepted = format!("StartPipelineExecution was accepted: PipelineExecutionArn {EXECUTION}");
    let states = ["The state is Executing after 0 s", "The state is Succeeded after 0 s"];
    assert_eq!(messages, [accepted.as_str(), states[0], states[1]]);
    api.assert_finished();
    let calls = api.calls();
    let first = calls.lines().next().unwrap_or_default();
    assert!(first.starts_with("StartPipelineExecution {ClientRequestToken = \""), "{first}");
    assert!(calls.contains(&format!("DescribePipelineExecution {{PipelineExecutionArn = {EXECUTION:?}}}")), "{calls}");
}

#[tokio::test(start_paused = true)]
async fn a_failed_state_is_an_error_with_the_reason() {
    let (engine, _) = engine(FakeApi::scripted([
        ("StartPipelineExecution", started()),
        ("DescribePipelineExecution", execution("Failed")),
    ]))
    .await;
    let (_, diagnostics) = invoke(&engine, START, &config(START, &[("pipeline_name", "churn".into())])).await;
    let error = error(&diagnostics);
    assert!(error.contains(&format!("The action `{START}` failed")) && error.contains("It has no data."), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_wait_ends_with_its_timeout() {
    let (engine, _) = engine(FakeApi::answering(|operation, _| match operation {
        "StartPipelineExecution" => started(),
        _ => execution("Executing"),
    }))
    .await;
    let config = config(START, &[("pipeline_name", "churn".into()), ("timeout", "5m".into())]);
    let (messages, diagnostics) = invoke(&engine, START, &config).await;
    let error = error(&diagnostics);
    let what = "The object did not reach state `Succeeded` within 5 min: it was still in state `Executing`";
    assert!(error.contains(what) && error.contains("`wait = false`"), "{error}");
    let command =
        format!("aws sagemaker describe-pipeline-execution --pipeline-execution-arn {EXECUTION} --region us-east-1");
    assert!(error.contains(&command), "{error}");
    assert!(messages.len() > 3, "a long wait reports that it continues: {messages:?}");
}

#[tokio::test]
async fn without_a_wait_the_call_is_all() {
    let (engine, api) = engine(FakeApi::scripted([("StartPipelineExecution", started())])).await;
    let arguments = [("pipeline_name", "churn".into()), ("wait", false.into()), ("region", "eu-west-1".into())];
    let (_, diagnostics) = invoke(&engine, START, &config(START, &arguments)).await;
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    api.assert_finished();
    assert!(api.calls().starts_with("eu-west-1 StartPipelineExecution"), "{}", api.calls());
}

#[tokio::test(start_paused = true)]
async fn what_is_reached_is_not_called_for_and_what_is_under_way_is_waited_for() {
    let read = "DescribeNotebookInstance";
    let config = config(STOP, &[("notebook_instance_name", "research".into())]);
    let (reached, api) = engine(FakeApi::scripted([(read, notebook("Stopped"))])).await;
    let (messages, diagnostics) = invoke(&reached, STOP, &config).await;
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    assert_eq!(messages, ["Nothing was called: the state is Stopped already"]);
    api.assert_finished();

    let script = [(read, notebook("Stopping")), (read, notebook("Stopping")), (read, notebook("Stopped"))];
    let (under_way, api) = engine(FakeApi::scripted(script)).await;
    let (messages, diagnostics) = invoke(&under_way, STOP, &config).await;
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    assert_eq!(messages.last().map(String::as_str), Some("The state is Stopped after 0 s"));
    api.assert_finished();
}

#[tokio::test(start_paused = true)]
async fn a_state_that_another_action_may_have_caused_is_waited_out() {
    let (start, read) = ("sagemaker_start_monitoring_schedule", "DescribeMonitoringSchedule");
    let schedule = |status: &str| Ok(Value::from([("MonitoringScheduleStatus", status.into())]));
    let config = config(start, &[("monitoring_schedule_name", "drift".into()), ("wait", false.into())]);
    let (stopped, api) = engine(FakeApi::scripted([
        (read, schedule("Pending")),
        (read, schedule("Pending")),
        (read, schedule("Stopped")),
        ("StartMonitoringSchedule", Ok(Value::object())),
    ]))
    .await;
    let (messages, diagnostics) = invoke(&stopped, start, &config).await;
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let expected = ["Another change may be in progress: the state is Pending", "StartMonitoringSchedule was accepted"];
    assert_eq!(messages, expected);
    api.assert_finished();

    let (starting, api) = engine(FakeApi::scripted([(read, schedule("Pending")), (read, schedule("Scheduled"))])).await;
    let (messages, _) = invoke(&starting, start, &config).await;
    assert_eq!(messages.last().map(String::as_str), Some("Nothing was called: the state is Scheduled already"));
    api.assert_finished();
}

#[tokio::test]
async fn what_was_unknown_in_the_plan_is_validated_before_the_call() {
    let (engine, api) = engine(FakeApi::scripted([])).await;
    let arguments = [("notebook_instance_name", "research".into()), ("timeout", "5sec".into())];
    let (_, diagnostics) = invoke(&engine, STOP, &config(STOP, &arguments)).await;
    assert!(error(&diagnostics).contains("5sec"), "{diagnostics:?}");
    api.assert_finished();
}

#[tokio::test(start_paused = true)]
async fn a_read_that_lags_behind_the_call_does_not_end_the_wait() {
    let (start, read) = ("sagemaker_retry_pipeline_execution", "DescribePipelineExecution");
    let (engine, api) = engine(FakeApi::scripted([
        (read, execution("Failed")),
        ("RetryPipelineExecution", started()),
        (read, execution("Failed")),
        (read, execution("Executing")),
        (read, execution("Succeeded")),
    ]))
    .await;
    let (_, diagnostics) =
        invoke(&engine, start, &config(start, &[("pipeline_execution_arn", EXECUTION.into())])).await;
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    api.assert_finished();
}

#[tokio::test(start_paused = true)]
async fn what_the_call_has_created_may_be_visible_late() {
    let invisible = || Err(refusal("DescribePipelineExecution", "ResourceNotFound", "no such execution"));
    let (engine, api) = engine(FakeApi::scripted([
        ("StartPipelineExecution", started()),
        ("DescribePipelineExecution", invisible()),
        ("DescribePipelineExecution", execution("Succeeded")),
    ]))
    .await;
    let config = config(START, &[("pipeline_name", "churn".into())]);
    let (_, diagnostics) = invoke(&engine, START, &config).await;
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    api.assert_finished();
}

#[tokio::test]
async fn a_part_of_a_batch_that_fails_is_an_error() {
    let name = "sagemaker_batch_reboot_cluster_nodes";
    let failed = Value::from([
        ("NodeId", "i-00000001".into()),
        ("ErrorCode", "InvalidInstanceStatus".into()),
        ("Message", "The node is being replaced.".into()),
    ]);
    let reply =
        Value::from([("Successful", Value::List(vec!["i-00000002".into()])), ("Failed", Value::List(vec![failed]))]);
    let (engine, _) = engine(FakeApi::scripted([("BatchRebootClusterNodes", Ok(reply))])).await;
    let nodes = Value::List(vec!["i-00000001".into(), "i-00000002".into()]);
    let (_, diagnostics) =
        invoke(&engine, name, &config(name, &[("cluster_name", "research".into()), ("node_ids", nodes)])).await;
    let error = error(&diagnostics);
    for part in ["i-00000001", "InvalidInstanceStatus", "The node is being replaced."] {
        assert!(error.contains(part), "{error}");
    }
    assert!(!error.contains("i-00000002"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn nothing_is_called_after_an_interrupt() {
    let running: Arc<OnceLock<Arc<Engine>>> = Arc::default();
    let during = Arc::clone(&running);
    let (engine, api) = engine(FakeApi::answering(move |_, _| {
        during.get().expect("it runs").stop();
        notebook("InService")
    }))
    .await;
    let engine = running.get_or_init(|| Arc::new(engine));
    let config = config(STOP, &[("notebook_instance_name", "lab".into())]);
    let (_, diagnostics) = invoke(engine, STOP, &config).await;
    assert!(error(&diagnostics).contains("interrupted"), "{diagnostics:?}");
    assert!(!api.calls().contains("StopNotebookInstance"), "{}", api.calls());
}

#[tokio::test(start_paused = true)]
async fn an_interrupted_wait_says_what_continues() {
    let (engine, _) = engine(FakeApi::answering(|operation, _| match operation {
        "StartPipelineExecution" => started(),
        _ => execution("Executing"),
    }))
    .await;
    let engine = Arc::new(engine);
    let config = config(START, &[("pipeline_name", "churn".into())]);
    let stop = async {
        sleep(Duration::from_secs(20)).await;
        engine.stop();
    };
    let ((messages, diagnostics), ()) = tokio::join!(invoke(&engine, START, &config), stop);
    let error = error(&diagnostics);
    assert!(error.contains("interrupted") && error.contains("The service continues"), "{error}");
    assert!(error.contains(&format!("--pipeline-execution-arn {EXECUTION}")), "{error}");
    assert!(messages[0].contains(EXECUTION), "what was started is named: {messages:?}");
}

#[tokio::test]
async fn a_refusal_of_any_call_is_reported_with_the_message_of_the_service() {
    for (code, message) in [
        ("AccessDeniedException", "User ann is not authorized."),
        ("ResourceNotFound", "There is no such object."),
        ("ConflictException", "It is in the wrong state."),
        ("ThrottlingException", "Rate exceeded"),
    ] {
        let refuse = move |operation: &str, _: &Value| {
            let reads = ACTIONS.iter().filter_map(|action| action.completion.as_ref());
            let is_read = reads.into_iter().any(|completion| completion.read.name == operation);
            if is_read { Ok(Value::object()) } else { Err(refusal(operation, code, message)) }
        };
        let (engine, _) = engine(FakeApi::answering(refuse)).await;
        for action in ACTIONS {
            let (_, diagnostics) = invoke(&engine, action.call.type_name, &least_of(&action.call)).await;
            let error = error(&diagnostics);
            let expected = format!("{} failed with {code}: {message}", action.call.operation.name);
            assert!(error.contains(&expected), "{}: {error}", action.call.type_name);
        }
        for call in EPHEMERALS {
            let outcome = engine.open_ephemeral(call.type_name, &least_of(call)).await;
            let error = error(&outcome.diagnostics);
            assert!(error.contains(code) && error.contains(message), "{}: {error}", call.type_name);
        }
    }
}

#[tokio::test]
async fn unknown_arguments_of_any_call_are_accepted() {
    let (engine, _) = engine(FakeApi::scripted([])).await;
    let unknown = |attributes: &[Attribute]| {
        let member = |attribute: &Attribute| {
            let value = if attribute.usage == Usage::Computed { Value::Null } else { Value::unknown() };
            (attribute.name.to_owned(), value)
        };
        Value::Map(attributes.iter().map(member).collect())
    };
    for action in ACTIONS {
        let found = engine.validate_action(action.call.type_name, &unknown(action.call.attributes));
        assert!(found.is_empty(), "{}: {found:?}", action.call.type_name);
    }
    for call in EPHEMERALS {
        let found = engine.validate_ephemeral(call.type_name, &unknown(call.attributes));
        assert!(found.is_empty(), "{}: {found:?}", call.type_name);
    }
}

/// The reply in which the object is in that state.
fn in_state(action: &Action, completion: &Completion, state: &str, input: &Value) -> Value {
    let path = completion.wait.field.unwrap_or_default();
    let mut object = path.rsplit('.').fold(state.into(), |inner: Value, name| Value::from([(name, inner)]));
    let Some(list) = completion.element else { return object };
    for (name, value) in input.as_map().into_iter().flatten().filter(|_| completion.each.is_empty()) {
        object.insert(name.as_str(), value.clone());
    }
    for (member, path) in completion.each {
        let is_id = action.call.operation.output.member(path.split('.').next().unwrap_or_default()).is_some();
        object.insert(*member, if is_id { (*member).into() } else { input.get(path).clone() });
    }
    let other = action.call.attributes.iter().filter_map(Attribute::member);
    let other = Value::Map(other.map(|member| (member.to_owned(), "another".into())).collect());
    Value::from([(list, Value::List(vec![other, object]))])
}

/// The reply of a call that begins what is waited for: each path of `each` that is in the reply leads to a list with one
/// id, which is the name of the member.
fn begun(action: &Action, completion: &Completion) -> Answer {
    let Ok(mut reply) = started() else { panic!("it is a reply") };
    for (member, path) in completion.each {
        let (list, inner) = path.split_once('.').map_or((*path, None), |(list, inner)| (list, Some(inner)));
        if action.call.operation.output.member(list).is_some() {
            let id = inner.map_or((*member).into(), |inner| Value::from([(inner, (*member).into())]));
            reply.insert(list, Value::List(vec![id]));
        }
    }
    Ok(reply)
}

#[tokio::test(start_paused = true)]
async fn every_wait_ends_well_in_each_done_state_and_badly_in_each_failed_one() {
    for action in ACTIONS {
        let Some(completion) = &action.completion else { continue };
        let config = least_of(&action.call);
        let input = crate::engine::convert::body::structure_on_create(action.call.attributes, &config);
        for (states, ends_well) in [(completion.wait.done, true), (completion.wait.failed, false)] {
            for state in states {
                let (reply, read) = (in_state(action, completion, state, &input), completion.read.name);
                let identified = move |operation: &str, _: &Value| {
                    // What only a reply names is the object that the action begins with.
                    if operation == read { Ok(reply.clone()) } else { begun(action, completion) }
                };
                let (engine, _) = engine(FakeApi::answering(identified)).await;
                let mut config = config.clone();
                config.insert("wait", true.into());
                let (_, diagnostics) = invoke(&engine, action.call.type_name, &config).await;
                let what = format!("{} in {state}", action.call.type_name);
                if ends_well {
                    assert!(diagnostics.is_empty(), "{what}: {diagnostics:?}");
                } else {
                    assert!(error(&diagnostics).contains(state), "{what}: {diagnostics:?}");
                }
            }
        }
    }
}

#[tokio::test]
async fn an_opened_resource_has_the_arguments_and_the_results() {
    let name = "sagemaker_presigned_notebook_instance_url";
    let url = Value::from([("AuthorizedUrl", "https://research.notebook/?authToken=a".into())]);
    let (engine, api) = engine(FakeApi::scripted([("CreatePresignedNotebookInstanceUrl", Ok(url))])).await;
    let call = EPHEMERALS.iter().find(|call| call.type_name == name).expect("there is one for notebook instances");
    let outcome = engine.open_ephemeral(name, &least_of(call)).await;
    assert!(outcome.diagnostics.is_empty(), "{:?}", outcome.diagnostics);
    assert_eq!(outcome.state.get("authorized_url"), &"https://research.notebook/?authToken=a".into());
    assert_eq!(outcome.state.get("notebook_instance_name"), &"a".into());
    assert_eq!(outcome.state.get("region"), &REGION.into());
    assert_eq!(api.calls(), "CreatePresignedNotebookInstanceUrl {NotebookInstanceName = \"a\"}");
    for result in EPHEMERALS.iter().flat_map(|call| call.attributes).filter(|one| one.usage == Usage::Computed) {
        assert!(result.sensitive || result.name == "region", "`{}` is shown", result.name);
    }
}

/// The nodes of a cluster, each with its logical id and its status.
fn nodes(nodes: &[(&str, &str)]) -> Answer {
    let node = |(id, status): &(&str, &str)| {
        let status = Value::from([("Status", (*status).into()), ("Message", "No capacity.".into())]);
        Value::from([("NodeLogicalId", (*id).into()), ("InstanceStatus", status)])
    };
    Ok(Value::from([("ClusterNodeSummaries", Value::List(nodes.iter().map(node).collect()))]))
}

const ADD_NODES: &str = "sagemaker_batch_add_cluster_nodes";
const DELETE_NODES: &str = "sagemaker_batch_delete_cluster_nodes";

/// The addition of two nodes, `a` and `b`, to a cluster that has the node `old`.
async fn add_two(reads: &[&[(&str, &str)]]) -> (String, Vec<String>, Diagnostics) {
    let addition = |id: &str| Value::from([("NodeLogicalId", id.into()), ("Status", "Pending".into())]);
    let added = Value::from([("Successful", Value::List(vec![addition("a"), addition("b")]))]);
    let reads = reads.iter().map(|read| ("ListClusterNodes", nodes(read)));
    let answers: Vec<_> = [("BatchAddClusterNodes", Ok(added))].into_iter().chain(reads).collect();
    let (engine, api) = engine(FakeApi::scripted(answers)).await;
    let (messages, diagnostics) = invoke(&engine, ADD_NODES, &least_of(action(ADD_NODES))).await;
    (api.calls(), messages, diagnostics)
}

fn action(type_name: &str) -> &'static Call {
    &ACTIONS.iter().find(|action| action.call.type_name == type_name).expect("there is such an action").call
}

#[tokio::test(start_paused = true)]
async fn a_wait_for_several_ends_when_each_is_done() {
    let old = ("old", "Failure");
    let (calls, messages, diagnostics) = add_two(&[
        &[old],
        &[old, ("a", "Pending")],
        &[old, ("a", "Running")],
        &[old, ("a", "Running"), ("b", "Pending")],
        &[old, ("a", "Running"), ("b", "Running")],
    ])
    .await;
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    assert_eq!(calls.matches("ListClusterNodes").count(), 5, "{calls}");
    assert!(calls.contains("IncludeNodeLogicalIds = true"), "{calls}");
    let states: Vec<_> = messages.iter().filter_map(|message| message.strip_prefix("The state is ")).collect();
    let states: Vec<_> = states.iter().filter_map(|state| state.split(" after ").next()).collect();
    assert_eq!(states, ["Pending 1", "Running 1", "Pending 1, Running 1", "Running 2"]);
}

#[tokio::test(start_paused = true)]
async fn a_wait_for_several_names_the_one_that_has_failed() {
    let (_, _, diagnostics) = add_two(&[&[("a", "Running"), ("b", "Failure")]]).await;
    let error = error(&diagnostics);
    for part in ["Failure", "NodeLogicalId b", "No capacity."] {
        assert!(error.contains(part), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_wait_without_done_states_ends_when_none_of_several_is_left() {
    let deleted = Value::from([("SuccessfulNodeLogicalIds", Value::List(vec!["a".into(), "b".into()]))]);
    let (engine, api) = engine(FakeApi::scripted([
        ("BatchDeleteClusterNodes", Ok(deleted)),
        ("ListClusterNodes", nodes(&[("a", "ShuttingDown"), ("b", "ShuttingDown"), ("c", "Running")])),
        ("ListClusterNodes", nodes(&[("b", "ShuttingDown"), ("c", "Running")])),
        ("ListClusterNodes", nodes(&[("c", "Running")])),
    ]))
    .await;
    let (_, diagnostics) = invoke(&engine, DELETE_NODES, &least_of(action(DELETE_NODES))).await;
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    assert_eq!(api.calls().matches("ListClusterNodes").count(), 3, "{}", api.calls());
}
