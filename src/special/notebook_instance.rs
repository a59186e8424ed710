//! Why data is not enough: only a stopped notebook instance can be updated or deleted, and one that was running has to
//! be started again after an update.

use std::time::Duration;

use async_trait::async_trait;
use tokio::time::Instant;

use crate::{
    api::ApiError,
    definition::names::notebook_instance as names,
    engine::{CallContext, Failure, Pauses, Special},
    value::Value,
};

/// For the stop and for the start, each counted by itself unless the user sets a timeout; hashicorp/aws allows 10 minutes
/// and 60.
const UPDATE_WITHIN: Duration = Duration::from_secs(60 * 60);

/// hashicorp/aws.
const STOPPED_WITHIN: Duration = Duration::from_secs(10 * 60);

/// The service sometimes loses a start call right after an update, so that it has to be repeated (hashicorp/aws).
const START_ACCEPTED_WITHIN: Duration = Duration::from_secs(30);

pub(super) struct NotebookInstance;

#[async_trait]
impl Special for NotebookInstance {
    async fn update(
        &self,
        context: CallContext<'_>,
        prior: &Value,
        planned: &Value,
        input: &Value,
    ) -> Result<bool, Failure> {
        let instance = Instance { context, values: prior, pauses: context.pauses_of_update(planned, UPDATE_WITHIN) };
        if state(&instance.when_stable().await?) == "InService" {
            instance.stop().await?;
        }
        context.call("UpdateNotebookInstance", input).await?;
        Ok(true)
    }

    async fn restore(&self, context: CallContext<'_>, planned: &Value) -> Result<(), Failure> {
        Instance { context, values: planned, pauses: context.pauses_of_update(planned, UPDATE_WITHIN) }.start().await
    }

    async fn before_delete(&self, context: CallContext<'_>, values: &Value) -> Result<(), Failure> {
        let instance = Instance { context, values, pauses: context.pauses_of_delete(values, STOPPED_WITHIN) };
        let stopped = match instance.when_stable().await {
            Ok(shown) if state(&shown) == "InService" => instance.stop().await,
            other => other.map(|_| ()),
        };
        match stopped {
            // The delete call handles that.
            Err(Failure::Vanished) => Ok(()),
            other => other,
        }
    }
}

/// An instance whose state changes.
struct Instance<'a> {
    context: CallContext<'a>,
    /// The attributes that identify it.
    values: &'a Value,
    pauses: Pauses<'a>,
}

impl Instance<'_> {
    async fn call(&self, operation: &str) -> Result<Value, Failure> {
        let input = Value::from([("NotebookInstanceName", self.values.get(names::NAME).clone())]);
        Ok(self.context.call(operation, &input).await?)
    }

    /// The description of the instance once it is stable.
    async fn when_stable(&self) -> Result<Value, Failure> {
        self.context.when_stable(self.values, &self.pauses).await?.ok_or(Failure::Vanished)
    }

    async fn stop(&self) -> Result<(), Failure> {
        // A call that failed, or another caller, may have stopped it.
        if let Err(failure) = self.call("StopNotebookInstance").await
            && state(&self.when_stable().await?) != "Stopped"
        {
            return Err(failure);
        }
        while !self.is("Stopped", "InService").await? {
            self.pauses.pause("InService").await?;
        }
        Ok(())
    }

    async fn start(&self) -> Result<(), Failure> {
        loop {
            let failure = self.call("StartNotebookInstance").await.err();
            match &failure {
                Some(Failure::Call(error)) if !may_be_starting(error) => return Err(error.clone().into()),
                _ => {}
            }
            let called = Instant::now();
            while called.elapsed() < START_ACCEPTED_WITHIN {
                if self.is("InService", "Stopped").await? {
                    return Ok(());
                }
                self.pauses.pause("Stopped").await?;
            }
            if let Some(Failure::Call(error)) = failure
                && error.in_doubt
            {
                return Err(error.into());
            }
        }
    }

    /// True if the instance is in the expected state; false if it is in the previous one.
    async fn is(&self, expected: &str, before: &str) -> Result<bool, Failure> {
        let shown = self.when_stable().await?;
        let state = state(&shown);
        if state == expected || state == before {
            return Ok(state == expected);
        }
        let reason = shown.get("FailureReason").as_str().map(str::to_owned);
        Err(Failure::EndedIn { state: state.to_owned(), reason })
    }
}

fn state(shown: &Value) -> &str {
    shown.get("NotebookInstanceStatus").as_str().unwrap_or_default()
}

/// True if the instance may start nevertheless, or later: the reply was lost, or the description lags behind and the
/// instance is still being updated or has already started.
fn may_be_starting(error: &ApiError) -> bool {
    error.in_doubt || error.message.contains("Unable to transition")
}
