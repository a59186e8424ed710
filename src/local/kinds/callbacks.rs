//! Callback steps of pipeline executions: an execution waits for what its caller reports of them.
//!
//! There is no queue here; the token of a step is in the metadata that listing the steps shows. The callback steps of
//! an execution all wait from its start. A retried execution does not wait for them again.

use std::time::Duration;

use crate::{
    local::{
        error::{CONFLICT, NOT_FOUND, ServiceError},
        json,
        kind::{Call, Kind},
        lifecycle::Lifecycle,
        operations::{
            ids::{LOWERCASE, generate},
            members::{each, elements, lookup, put},
        },
        storage::store::{Change, Object, Then},
    },
    value::{Map, Value},
};

/// Not shown by describing an execution, but by listing its steps: name, token, status, and what was reported.
const WAITING: &str = "CallbackSteps";

/// Assumed: how long an execution waits for a step that nobody reports.
const CALLBACK_TIMEOUT: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// Lets a new execution wait for the callback steps of its definition, if there are any.
pub(super) fn wait(call: &mut Call<'_>, execution: &str, members: &mut Map) {
    let definition = lookup(members, "PipelineDefinition").as_str().unwrap_or_default();
    let definition = json::read(definition.as_bytes()).unwrap_or_default();
    let callbacks = definition.get("Steps").elements().iter().filter(|step| step.get("Type") == &"Callback".into());
    let waiting = |step: &Value| {
        let name = step.get("Name").as_str().unwrap_or_default();
        let token = generate(&format!("{execution}/{name}"), LOWERCASE, 10);
        Value::from([
            ("StepName", name.into()),
            ("StepStatus", "Executing".into()),
            ("CallbackToken", token.into()),
            ("SqsQueueUrl", step.get("SqsQueueUrl").clone()),
        ])
    };
    let all: Vec<Value> = callbacks.map(waiting).collect();
    if !all.is_empty() {
        put(members, WAITING, Value::List(all));
        call.latency = CALLBACK_TIMEOUT;
    }
}

/// The callback step of an execution with this name; null if there is none.
pub(super) fn step<'a>(execution: &'a Map, name: &Value) -> &'a Value {
    elements(execution, WAITING).iter().find(|step| step.get("StepName") == name).unwrap_or(&Value::Null)
}

/// What listing the steps shows of a callback step beside its status.
pub(super) fn metadata(step: &Value) -> Value {
    let shown = ["CallbackToken", "SqsQueueUrl", "OutputParameters"].map(|member| (member, step.get(member).clone()));
    Value::from([("Callback", Value::from(shown))])
}

/// Reports that the step of the token has ended in `status`. The execution continues after the last success, and fails
/// with the first failure.
pub(super) fn report(call: &mut Call<'_>, kind: &'static Kind, status: &'static str) -> Result<Value, ServiceError> {
    let token = call.input.get("CallbackToken").clone();
    // Assumed wording and, for a token that was reported already, assumed to be the same.
    let unknown = format!("No step waits for the callback token {}.", token.as_str().unwrap_or_default());
    let execution = waiting_for(call, kind, &token).ok_or_else(|| ServiceError::new(NOT_FOUND, unknown))?;
    let (view, before) = (execution.view(call.now), execution.members.clone());
    let (key, arn) = (execution.key.clone(), execution.arn.clone());
    let now = lookup(&view, kind.status()).as_str().unwrap_or_default();
    if now != "Executing" {
        // Assumed wording.
        return Err(ServiceError::new(CONFLICT, format!("Pipeline execution {arn} is in {now} status.")));
    }
    let mut after = before.clone();
    each(&mut after, WAITING, |step| {
        if step.get("CallbackToken") == Some(&token) {
            put(step, "StepStatus", status);
            for member in ["OutputParameters", "FailureReason"] {
                put(step, member, call.input.get(member).clone());
            }
        }
    });
    if let Some(execution) = call.region.get_mut(kind.id, &key) {
        execution.patch(&before, &after);
    }
    let over =
        status == "Failed" || !elements(&after, WAITING).iter().any(|step| waits_for(step, step.get("CallbackToken")));
    if let Some(lifecycle) = kind.lifecycle.as_ref().filter(|_| over) {
        let change = end(call, lifecycle, after, status);
        call.region.begin(kind.id, &key, change);
    }
    Ok(call.reply(Map::from([("PipelineExecutionArn".to_owned(), arn.into())])))
}

/// The execution with the step that waits for the token.
fn waiting_for<'a>(call: &'a Call<'_>, kind: &Kind, token: &Value) -> Option<&'a Object> {
    let waits = |execution: &&Object| elements(&execution.members, WAITING).iter().any(|step| waits_for(step, token));
    call.region.of_kind(kind.id).find(waits)
}

fn waits_for(step: &Value, token: &Value) -> bool {
    step.get("CallbackToken") == token && step.get("StepStatus") == &"Executing".into()
}

/// The rest of the execution.
fn end(call: &Call<'_>, lifecycle: &Lifecycle, mut members: Map, status: &str) -> Change {
    let ended = if status == "Failed" { lifecycle.failed } else { lifecycle.created };
    members.extend(lifecycle.shown(ended));
    if let Some(reason) = lifecycle.reason.filter(|_| status == "Failed") {
        put(&mut members, reason, call.input.get("FailureReason").clone());
    }
    Change { began: call.now, ends: call.completes(), stages: lifecycle.creation_stages(), then: Then::Become(members) }
}

#[cfg(test)]
mod tests {
    use crate::local::tests::bench::{Bench, text};

    /// A pipeline that waits for two people, started; the ARN of the execution.
    fn waiting(bench: &Bench) -> String {
        let definition =
            r#"{\"Steps\":[{\"Name\":\"one\",\"Type\":\"Callback\"},{\"Name\":\"two\",\"Type\":\"Callback\"}]}"#;
        bench.ok(
            "CreatePipeline",
            &format!(
                r#"{{"PipelineName":"Approve","RoleArn":"arn:aws:iam::123456789012:role/r","ClientRequestToken":
                "0123456789012345678901234567890123456789","PipelineDefinition":"{definition}"}}"#
            ),
        );
        let start = r#"{"PipelineName":"Approve","ClientRequestToken":"0123456789012345678901234567890123456789"}"#;
        let arn = text(&bench.ok("StartPipelineExecution", start), "PipelineExecutionArn").to_owned();
        bench.wait();
        bench.wait();
        assert_eq!(status(bench, &arn), "Executing");
        arn
    }

    fn one(arn: &str) -> String {
        format!(r#"{{"PipelineExecutionArn":"{arn}"}}"#)
    }

    fn status(bench: &Bench, arn: &str) -> String {
        text(&bench.ok("DescribePipelineExecution", &one(arn)), "PipelineExecutionStatus").to_owned()
    }

    fn tokens(bench: &Bench, arn: &str) -> Vec<String> {
        let steps = bench.ok("ListPipelineExecutionSteps", &one(arn));
        let token = |step: &crate::value::Value| text(step.get("Metadata").get("Callback"), "CallbackToken").to_owned();
        steps.get("PipelineExecutionSteps").elements().iter().map(token).collect()
    }

    #[test]
    fn an_execution_continues_after_the_last_success() {
        let bench = Bench::new();
        let arn = waiting(&bench);
        for (index, token) in tokens(&bench, &arn).into_iter().enumerate() {
            assert_eq!(status(&bench, &arn), "Executing", "{index}");
            let success = format!(r#"{{"CallbackToken":"{token}","OutputParameters":[{{"Name":"a","Value":"b"}}]}}"#);
            bench.ok("SendPipelineExecutionStepSuccess", &success);
            let refused = bench.refused("SendPipelineExecutionStepSuccess", &success);
            assert!(refused.starts_with("ResourceNotFound: No step waits"), "{refused}");
        }
        bench.wait();
        assert_eq!(status(&bench, &arn), "Succeeded");
    }

    #[test]
    fn a_failure_ends_the_execution() {
        let bench = Bench::new();
        let arn = waiting(&bench);
        let [first, second] = &tokens(&bench, &arn)[..] else { panic!("two steps") };
        let failure = format!(r#"{{"CallbackToken":"{second}","FailureReason":"denied"}}"#);
        bench.ok("SendPipelineExecutionStepFailure", &failure);
        bench.wait();
        assert_eq!(status(&bench, &arn), "Failed");
        assert_eq!(text(&bench.ok("DescribePipelineExecution", &one(&arn)), "FailureReason"), "denied");
        let late = bench.refused("SendPipelineExecutionStepSuccess", &format!(r#"{{"CallbackToken":"{first}"}}"#));
        assert!(late.starts_with("ConflictException: "), "{late}");
    }
}
