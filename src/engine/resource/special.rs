//! The moments at which a hand-written special file may have a word.
//!
//! A special sees values and the service, never a protocol. Each moment does nothing by default.

use std::time::Duration;

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
            describe::all_pages, failure::Failure, flight::Flights, refusal::passes_within, stop::Stop, wait::interval,
        },
    },
    value::Value,
};

/// What a special file needs to ask the service.
#[derive(Clone, Copy)]
pub struct Site<'a> {
    pub api: &'a dyn Api,
    pub region: &'a str,
    pub(crate) resource: &'static Resource,
    pub(crate) flights: &'a Flights,
    pub(crate) stop: &'a Stop,
    /// When the operation began: the user's timeouts count from here.
    pub(crate) begun: Instant,
}

/// The pauses of one wait, which is over when it has taken too long or when the user interrupts Terraform.
pub struct Pauses<'a> {
    stop: &'a Stop,
    begun: Instant,
    timeout: Duration,
    argument: &'static str,
}

impl<'a> Site<'a> {
    /// For a wait while an object changes. The user's `timeouts` in `values` count more than `timeout`.
    pub fn pauses_of_update(&self, values: &Value, timeout: Duration) -> Pauses<'a> {
        self.pauses(Action::Update, values, timeout)
    }

    /// For a wait before an object can go. The user's `timeouts` in `values` count more than `timeout`.
    pub fn pauses_of_delete(&self, values: &Value, timeout: Duration) -> Pauses<'a> {
        self.pauses(Action::Delete, values, timeout)
    }

    /// Makes a call, again while it meets an error of which the definition says that it passes.
    pub async fn call(&self, operation: &str, input: &Value) -> Result<Value, ApiError> {
        self.call_within(Duration::MAX, operation, input).await
    }

    /// The same, for no longer than is allowed.
    pub(crate) async fn call_within(
        &self,
        allowed: Duration,
        operation: &str,
        input: &Value,
    ) -> Result<Value, ApiError> {
        let begun = Instant::now();
        let (mut attempts, mut in_doubt) = (0, false);
        loop {
            let mut error = match self.send(operation, input).await {
                Ok(reply) => return Ok(reply),
                Err(error) => error,
            };
            attempts += error.attempts;
            error.attempts = attempts;
            // A refusal of the last attempt says nothing of an earlier one.
            in_doubt |= error.in_doubt;
            error.in_doubt = in_doubt;
            let passes = passes_within(self.resource, operation, &error).map(|within| within.min(allowed));
            let Some(limit) = passes.filter(|limit| begun.elapsed() < *limit) else { return Err(error) };
            // The service's words may repeat a secret.
            tracing::info!(operation, code = error.code, "an error that passes");
            let pause = interval(begun.elapsed()).max(Duration::from_secs(1)).min(limit - begun.elapsed());
            if !self.stop.sleep(pause).await {
                return Err(error);
            }
        }
    }

    async fn send(&self, operation: &str, input: &Value) -> Result<Value, ApiError> {
        if address::makes_another_each_time(self.resource, operation) {
            self.api.call_once(self.region, operation, input).await
        } else {
            self.api.call(self.region, operation, input).await
        }
    }

    /// The answer to a question that other operations may ask at the same time, which is then asked once for all.
    pub async fn shared(
        &self,
        question: &str,
        ask: impl Future<Output = Result<Value, ApiError>> + Send,
    ) -> Result<Value, ApiError> {
        self.flights.join(&format!("{question} in {}", self.region), ask).await
    }

    /// What a list operation tells under `member`, to the last page.
    pub async fn list(&self, operation: &str, input: &Value, member: &str) -> Result<Vec<Value>, ApiError> {
        Ok(all_pages(self.api, self.region, operation, input).await?.get(member).elements().to_vec())
    }

    /// The state that an object is in when it changes no more: what `member` of the reply says once it is none of those
    /// that the object leaves by itself.
    pub async fn settled(
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
        let (timeout, begun) = match timeouts::timeout(values, action) {
            Some(allowed) => (allowed, self.begun),
            None => (timeout, Instant::now()),
        };
        Pauses { stop: self.stop, begun, timeout, argument: action.argument() }
    }
}

impl Pauses<'_> {
    /// Waits a while for what is in `state` now.
    pub async fn pause(&self, state: &str) -> Result<(), Failure> {
        let elapsed = self.begun.elapsed();
        let state = state.to_owned();
        if elapsed >= self.timeout {
            return Err(Failure::TimedOut { seconds: self.timeout.as_secs(), state, argument: self.argument });
        }
        let uninterrupted = self.stop.sleep(interval(elapsed).min(self.timeout - elapsed)).await;
        if uninterrupted { Ok(()) } else { Err(Failure::Interrupted { state }) }
    }
}

/// What one resource needs beyond its definition.
#[async_trait]
pub trait Special: Send + Sync {
    /// Checks a configuration beyond what the definition says. Anything in it may be unknown.
    fn validate(&self, _config: &Value, _diagnostics: &mut Diagnostics) {}

    /// Changes a plan before it is decided what is replaced. Pure.
    fn plan(&self, _draft: &mut Draft<'_>) {}

    /// Has a word on a finished plan, when it is known what is replaced. Pure.
    fn modify_plan(&self, _draft: &mut Draft<'_>) {}

    /// What else to say of the loss when an object is replaced, beside what the definition says is lost. Pure.
    fn loss(&self, _prior: &Value) -> String {
        String::new()
    }

    /// Has a word on a plan to destroy the object, not to replace it. Pure.
    fn validate_destroy(&self, _prior: &Value, _diagnostics: &mut Diagnostics) {}

    /// How long a change may take by what it says itself, beyond what changes take otherwise. Pure.
    fn extra_time(&self, _planned: &Value) -> Duration {
        Duration::ZERO
    }

    /// Finds what an id that a user imports by stands for: attributes that address the object. None: it is to be found
    /// as the definition says.
    async fn locate(&self, _site: Site<'_>, _id: &str) -> Result<Option<Value>, Failure> {
        Ok(None)
    }

    /// Adds to what the read call has told.
    async fn after_read(&self, _site: Site<'_>, _prior: &Value, _state: &mut Value) -> Result<(), Failure> {
        Ok(())
    }

    /// Makes the update call itself, where more than that call is needed. False: it is to be made as usual.
    async fn update(&self, _site: Site<'_>, _prior: &Value, _planned: &Value, _input: &Value) -> Result<bool, Failure> {
        Ok(false)
    }

    /// Brings the object back into the state, one of `wait.update.restores`, that an update or a delete which was cut short
    /// has taken it out of. It is not in that state.
    async fn restore(&self, _site: Site<'_>, _planned: &Value) -> Result<(), Failure> {
        Ok(())
    }

    /// Changes what a reply of the read call has become in the state. Pure.
    fn observe(&self, _reply: &Value, _state: &mut Value) {}

    /// Changes the body of the create call, or refuses it.
    async fn before_create(&self, _site: Site<'_>, _planned: &Value, _input: &mut Value) -> Result<(), Failure> {
        Ok(())
    }

    /// Changes the body of the update call, or refuses it.
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
