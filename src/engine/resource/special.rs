//! The hooks of a hand-written special file.
//!
//! A special sees values and the service, never a protocol. Each hook does nothing by default.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use async_trait::async_trait;
use tokio::time::Instant;

use crate::{
    api::{Api, ApiError},
    definition::Resource,
    diag::Diagnostics,
    engine::{
        common::timeouts::{self, Action},
        convert::address,
        resource::draft::Draft,
        service::{
            describe::all_pages,
            failure::Failure,
            flight::Flights,
            progress::Progress,
            refusal::retry_window,
            stop::Stop,
            wait::{CHANGE_SEEN_WITHIN, interval},
        },
    },
    value::Value,
};

/// The context in which a special calls the service.
#[derive(Clone, Copy)]
pub struct Site<'a> {
    /// The connection to the service.
    pub api: &'a dyn Api,
    /// The region of the object.
    pub region: &'a str,
    pub(crate) resource: &'static Resource,
    pub(crate) flights: &'a Flights,
    pub(crate) stop: &'a Stop,
    /// The start of the operation: the user's timeouts count from here.
    pub(crate) started: Instant,
}

/// The pauses of one wait, which ends at its timeout or when the user interrupts Terraform.
pub struct Pauses<'a> {
    stop: &'a Stop,
    started: Instant,
    timeout: Duration,
    argument: &'static str,
    resource: &'static str,
    progress: Mutex<Progress>,
}

impl<'a> Site<'a> {
    /// For a wait while an object changes. The user's `timeouts` in `values` override `timeout`.
    pub fn pauses_of_update(&self, values: &Value, timeout: Duration) -> Pauses<'a> {
        self.pauses(Action::Update, values, timeout)
    }

    /// For a wait before an object can be deleted. The user's `timeouts` in `values` override `timeout`.
    pub fn pauses_of_delete(&self, values: &Value, timeout: Duration) -> Pauses<'a> {
        self.pauses(Action::Delete, values, timeout)
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
            let pause = interval(started.elapsed()).max(Duration::from_secs(1)).min(limit - started.elapsed());
            if !self.stop.sleep(pause).await {
                return Err(error);
            }
        }
    }

    async fn send(&self, operation: &str, input: &Value) -> Result<Value, ApiError> {
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
                        && self.stop.sleep(interval(started.elapsed())).await => {}
                found => return found,
            }
        }
    }

    /// The first state, read from `member` of the reply, that is not one of those that the object leaves by itself.
    pub async fn wait_until_stable(
        &self,
        (operation, input): (&str, &Value),
        member: &str,
        passing: &[&str],
        pauses: &Pauses<'_>,
    ) -> Result<String, Failure> {
        loop {
            let reply = self.api.call(self.region, operation, input).await?;
            let state = reply.get(member).as_str().unwrap_or_default();
            if !passing.contains(&state) {
                return Ok(state.to_owned());
            }
            pauses.pause(state).await?;
        }
    }

    pub(crate) fn pauses(&self, action: Action, values: &Value, timeout: Duration) -> Pauses<'a> {
        let (timeout, started) = match timeouts::timeout(values, action) {
            Some(allowed) => (allowed, self.started),
            None => (timeout, Instant::now()),
        };
        Pauses {
            stop: self.stop,
            started,
            timeout,
            argument: action.argument(),
            resource: self.resource.type_name,
            progress: Mutex::new(Progress::start()),
        }
    }
}

impl Pauses<'_> {
    /// Waits a while; `state` is the current state, for messages.
    pub async fn pause(&self, state: &str) -> Result<(), Failure> {
        let elapsed = self.started.elapsed();
        self.note(state);
        if elapsed >= self.timeout {
            return Err(self.failed(|progress| progress.expired(self.timeout, &[], self.argument)));
        }
        let uninterrupted = self.stop.sleep(interval(elapsed).min(self.timeout - elapsed)).await;
        if uninterrupted { Ok(()) } else { Err(self.failed(Progress::interrupted)) }
    }

    fn failed(&self, failure: impl Fn(&Progress) -> Failure) -> Failure {
        failure(&self.progress.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn note(&self, state: &str) {
        let mut progress = self.progress.lock().unwrap_or_else(PoisonError::into_inner);
        progress.note(state, None);
        if progress.is_due() {
            let left = self.timeout.saturating_sub(self.started.elapsed());
            tracing::info!(resource = self.resource, state, elapsed = ?progress.elapsed(), ?left, "still waiting");
        }
    }
}

/// What a resource needs beyond its definition.
#[async_trait]
pub trait Special: Send + Sync {
    /// Validates a configuration beyond its definition. Any value may be unknown.
    fn validate(&self, _config: &Value, _diagnostics: &mut Diagnostics) {}

    /// Changes a plan before replacements are determined. Pure.
    fn plan(&self, _draft: &mut Draft<'_>) {}

    /// Modifies a finished plan, whose replacements are known. Pure.
    fn modify_plan(&self, _draft: &mut Draft<'_>) {}

    /// The losses of a replacement beyond those of the definition, for a warning; empty if there are none. Pure.
    fn loss(&self, _prior: &Value) -> String {
        String::new()
    }

    /// Validates a plan that destroys the object without replacing it. Pure.
    fn validate_destroy(&self, _prior: &Value, _diagnostics: &mut Diagnostics) {}

    /// How much longer than usual a change may take, from the planned values. Pure.
    fn extra_time(&self, _planned: &Value) -> Duration {
        Duration::ZERO
    }

    /// Finds the object of an import id: the attributes that address it. `None`: find it as the definition says.
    async fn locate(&self, _site: Site<'_>, _id: &str) -> Result<Option<Value>, Failure> {
        Ok(None)
    }

    /// Adds to the state after the read call.
    async fn after_read(&self, _site: Site<'_>, _prior: &Value, _state: &mut Value) -> Result<(), Failure> {
        Ok(())
    }

    /// Updates the object where more than the update call is needed. False: the update call is made as usual.
    async fn update(&self, _site: Site<'_>, _prior: &Value, _planned: &Value, _input: &Value) -> Result<bool, Failure> {
        Ok(false)
    }

    /// Restores the state, one of `update_wait.restores`, that an interrupted update or delete has taken the object out
    /// of. The object is not in that state.
    async fn restore(&self, _site: Site<'_>, _planned: &Value) -> Result<(), Failure> {
        Ok(())
    }

    /// Changes the state that was read from a reply. Pure.
    fn observe(&self, _reply: &Value, _state: &mut Value) {}

    /// Changes or refuses the body of the create call.
    async fn before_create(&self, _site: Site<'_>, _planned: &Value, _input: &mut Value) -> Result<(), Failure> {
        Ok(())
    }

    /// Changes or refuses the body of the update call.
    async fn before_update(
        &self,
        _site: Site<'_>,
        _prior: &Value,
        _planned: &Value,
        _input: &mut Value,
    ) -> Result<(), Failure> {
        Ok(())
    }

    /// Allows or refuses a delete.
    async fn before_delete(&self, _site: Site<'_>, _state: &Value) -> Result<(), Failure> {
        Ok(())
    }
}

/// The specials by resource type.
pub type Specials = &'static [(&'static str, &'static dyn Special)];
