//! A fake service that answers from a script or a handler and records its calls.

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
    time::SystemTime,
};

use async_trait::async_trait;
use tokio::time::Instant;

use super::{Api, ApiError, ErrorKind, clock::system_time};
use crate::{regions::NoRegion, value::Value};

pub(crate) const REGION: &str = "us-east-1";
pub(crate) const ACCOUNT: &str = "111122223333";

/// The result of a call.
pub(crate) type Answer = Result<Value, ApiError>;

type Handler = dyn Fn(&str, &Value) -> Answer + Send + Sync;

/// The fake service.
pub(crate) struct FakeApi {
    answers: Answers,
    calls: Mutex<Vec<String>>,
}

enum Answers {
    Script(Mutex<VecDeque<(&'static str, Answer)>>),
    Handler(Box<Handler>),
}

impl FakeApi {
    /// Expects exactly these operations in this order.
    pub(crate) fn scripted(script: impl IntoIterator<Item = (&'static str, Answer)>) -> Self {
        Self::new(Answers::Script(Mutex::new(script.into_iter().collect())))
    }

    /// Answers every call through `handler`, which receives operation and input.
    pub(crate) fn answering(handler: impl Fn(&str, &Value) -> Answer + Send + Sync + 'static) -> Self {
        Self::new(Answers::Handler(Box::new(handler)))
    }

    fn new(answers: Answers) -> Self {
        Self { answers, calls: Mutex::default() }
    }

    /// The calls so far, one per line: `DescribeModel {ModelName = "m"}`, prefixed with the region if it is not
    /// [`REGION`].
    pub(crate) fn calls(&self) -> String {
        lock(&self.calls).join("\n")
    }

    /// Panics unless the script is completed.
    pub(crate) fn assert_finished(&self) {
        if let Answers::Script(script) = &self.answers {
            let missing: Vec<&str> = lock(script).iter().map(|(operation, _)| *operation).collect();
            assert!(missing.is_empty(), "not called: {missing:?}; called:\n{}", self.calls());
        }
    }
}

#[async_trait]
impl Api for FakeApi {
    async fn call(&self, region: &str, operation: &str, input: &Value) -> Answer {
        let place = if region == REGION { String::new() } else { format!("{region} ") };
        lock(&self.calls).push(format!("{place}{operation} {input}"));
        match &self.answers {
            Answers::Handler(handler) => handler(operation, input),
            Answers::Script(script) => match lock(script).pop_front() {
                Some((expected, answer)) if expected == operation => answer,
                expected => panic!(
                    "called {operation} where {} is expected; called:\n{}",
                    expected.map_or("nothing", |(operation, _)| operation),
                    self.calls()
                ),
            },
        }
    }

    async fn call_once(&self, region: &str, operation: &str, input: &Value) -> Answer {
        self.call(region, operation, input).await
    }

    fn service_time(&self, _: &str, moment: Instant) -> SystemTime {
        system_time(moment)
    }

    fn region(&self) -> &str {
        REGION
    }

    fn check_region(&self, _: &str) -> Result<(), NoRegion> {
        Ok(())
    }

    async fn missing_credentials(&self) -> Option<String> {
        None
    }

    async fn account(&self) -> Option<String> {
        Some(ACCOUNT.to_owned())
    }

    fn stop(&self) {}
}

/// An error reply of the service.
pub(crate) fn refusal(operation: &str, code: &str, message: &str) -> ApiError {
    ApiError {
        operation: operation.to_owned(),
        kind: ErrorKind::Service,
        code: code.to_owned(),
        message: message.to_owned(),
        request_id: "request-1".to_owned(),
        status: Some(400),
        attempts: 1,
        in_doubt: false,
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_script_is_followed_and_calls_are_recorded() {
        let refused = refusal("DescribeModel", "ValidationException", "Could not find model");
        let api = FakeApi::scripted([
            ("CreateModel", Ok(Value::from([("ModelArn", "arn".into())]))),
            ("DescribeModel", Err(refused.clone())),
        ]);
        let input = Value::from([("ModelName", "m".into())]);
        assert_eq!(
            api.call(REGION, "CreateModel", &input).await.map(|reply| reply.get("ModelArn").clone()),
            Ok("arn".into())
        );
        assert_eq!(api.call("eu-west-1", "DescribeModel", &input).await, Err(refused));
        api.assert_finished();
        assert_eq!(api.calls(), "CreateModel {ModelName = \"m\"}\neu-west-1 DescribeModel {ModelName = \"m\"}");
    }

    #[tokio::test]
    #[should_panic(expected = "called DeleteModel where CreateModel is expected")]
    async fn an_unexpected_call_fails_the_test() {
        let api = FakeApi::scripted([("CreateModel", Ok(Value::object()))]);
        let _ = api.call(api.region(), "DeleteModel", &Value::object()).await;
    }

    #[test]
    #[should_panic(expected = "not called: [\"CreateModel\"]")]
    fn an_incomplete_script_fails_the_test() {
        FakeApi::scripted([("CreateModel", Ok(Value::object()))]).assert_finished();
    }

    #[tokio::test]
    async fn a_handler_answers_by_operation_and_input() {
        let api = FakeApi::answering(|operation, input| match operation {
            "ListTags" => Ok(input.clone()),
            _ => Err(refusal(operation, "X", "y")),
        });
        let input = Value::from([("ResourceArn", "arn".into())]);
        assert_eq!(api.call(REGION, "ListTags", &input).await, Ok(input.clone()));
        assert_eq!(api.call(REGION, "AddTags", &input).await, Err(refusal("AddTags", "X", "y")));
        api.assert_finished();
    }
}
