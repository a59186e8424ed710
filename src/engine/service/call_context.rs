//! The context in which one operation calls the service: the connection, the region, retries and the user's timeouts.

use std::time::Duration;

use tokio::time::Instant;

use crate::{
    api::{Api, ApiError},
    definition::Resource,
    engine::{
        common::timeouts::PlannedAction,
        convert::address,
        service::{
            condition::Condition,
            describe::{all_pages, describe},
            failure::Failure,
            flight::Flights,
            limit::Limit,
            pauses::Pauses,
            refusal::{is_absent, retry_window},
            stop::{Stop, interval},
            wait::{CHANGE_SEEN_WITHIN, is_nothing, is_transient},
        },
    },
    value::Value,
};

/// The context in which the service is called for one object.
#[derive(Clone, Copy)]
pub struct CallContext<'a> {
    pub(crate) api: &'a dyn Api,
    /// The region of the object.
    pub(crate) region: &'a str,
    pub(crate) resource: &'static Resource,
    pub(crate) flights: &'a Flights,
    pub(crate) stop: &'a Stop,
    /// The start of the operation: the user's timeouts count from here.
    pub(crate) started: Instant,
}

impl<'a> CallContext<'a> {
    /// For a wait while an object changes. The user's `timeouts` in `values` override `timeout`.
    pub fn pauses_of_update(&self, values: &Value, timeout: Duration) -> Pauses<'a> {
        self.pauses(PlannedAction::Update, values, timeout)
    }

    /// For a wait before an object can be deleted. The user's `timeouts` in `values` override `timeout`.
    pub fn pauses_of_delete(&self, values: &Value, timeout: Duration) -> Pauses<'a> {
        self.pauses(PlannedAction::Delete, values, timeout)
    }

    /// Calls the service, and repeats the call after errors that the definition retries.
    pub async fn call(&self, operation: &str, input: &Value) -> Result<Value, ApiError> {
        self.call_within(Duration::MAX, operation, input).await
    }

    /// The same, within a limit.
    pub(crate) async fn call_within(
        &self,
        allowed: Duration,
        operation: &str,
        input: &Value,
    ) -> Result<Value, ApiError> {
        let started = Instant::now();
        let (mut attempts, mut in_doubt) = (0, false);
        loop {
            let mut error = match self.send(operation, input).await {
                Ok(reply) => return Ok(reply),
                Err(error) => error,
            };
            attempts += error.attempts;
            error.attempts = attempts;
            // A refusal of the last attempt does not show whether an earlier one had an effect.
            in_doubt |= error.in_doubt;
            error.in_doubt = in_doubt;
            let passes = retry_window(self.resource, operation, &error).map(|within| within.min(allowed));
            let Some(limit) = passes.filter(|limit| started.elapsed() < *limit) else { return Err(error) };
            // The service's message may repeat a secret.
            tracing::info!(operation, code = error.code, "transient error, retrying");
            let pause =
                interval(started.elapsed()).max(Duration::from_secs(1)).min(limit.saturating_sub(started.elapsed()));
            if !self.stop.sleep(pause).await {
                return Err(error);
            }
        }
    }

    async fn send(&self, operation: &str, input: &Value) -> Result<Value, ApiError> {
        // The connection ends only the calls that are running when the user interrupts Terraform.
        if self.stop.is_interrupted() {
            return Err(ApiError::interrupted(operation));
        }
        if address::creates_another_each_time(self.resource, operation) {
            self.api.call_once(self.region, operation, input).await
        } else {
            self.api.call(self.region, operation, input).await
        }
    }

    /// The reply of a read-only call that concurrent operations share: a single call serves all of them.
    pub async fn shared(
        &self,
        key: &str,
        call: impl Future<Output = Result<Value, ApiError>> + Send,
    ) -> Result<Value, ApiError> {
        self.flights.join(&format!("{key} in {}", self.region), call).await
    }

    /// The elements of `member` of a list operation's reply, across all pages.
    pub async fn list(&self, operation: &str, input: &Value, member: &str) -> Result<Vec<Value>, ApiError> {
        Ok(all_pages(self.api, self.region, operation, input).await?.get(member).elements().to_vec())
    }

    /// The same for what belongs to an object that a description shows: a list may not know of a new one yet.
    pub async fn list_of_visible(&self, operation: &str, input: &Value, member: &str) -> Result<Vec<Value>, ApiError> {
        let started = Instant::now();
        loop {
            match self.list(operation, input, member).await {
                Err(error)
                    if error.is_not_found()
                        && started.elapsed() < CHANGE_SEEN_WITHIN
                        && self.stop.pause(started).await => {}
                found => return found,
            }
        }
    }

    /// The reply of the read call for the object that `values` identify; `None` if it does not exist.
    pub(crate) async fn describe(&self, values: &Value) -> Result<Option<Value>, ApiError> {
        let read = self.resource.operations.read;
        let address = address::address(self.resource, read, values);
        let marks = address::marks(self.resource, read, values);
        match describe(self.api, self.region, self.resource, &address, &marks).await {
            Ok(reply) if is_nothing(self.resource, &reply) => Ok(None),
            Ok(reply) => Ok(Some(reply)),
            Err(error) if is_absent(self.resource, &address, &error) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The reply of the read call once the object is in a state that it does not leave by itself; `None` if it does not
    /// exist.
    pub async fn when_stable(&self, values: &Value, pauses: &Pauses<'_>) -> Result<Option<Value>, Failure> {
        loop {
            let state = match self.describe(values).await {
                Ok(None) => return Ok(None),
                Ok(Some(reply)) => match Condition::of(self.resource, &reply) {
                    Condition::Changing(state) => state,
                    _ => return Ok(Some(reply)),
                },
                Err(error) if is_transient(&error) => String::new(),
                Err(error) => return Err(error.into()),
            };
            pauses.pause(&state).await?;
        }
    }

    pub(crate) fn pauses(&self, action: PlannedAction, values: &Value, timeout: Duration) -> Pauses<'a> {
        Pauses::new(self.stop, self.resource.type_name, Limit::of(values, action, timeout, self.started))
    }
}
