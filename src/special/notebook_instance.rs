//! Why data is not enough: only a stopped notebook instance can be updated or deleted, and one that was running has to
//! be started again after an update.

use std::time::Duration;

use async_trait::async_trait;
use tokio::time::Instant;

use crate::{
    api::ApiError,
    definition::names::notebook_instance as names,
    engine::{Failure, Pauses, Site, Special},
    value::Value,
};

/// hashicorp/aws allows 10 minutes to stop and 60 to start; this timeout covers both.
const UPDATE_WITHIN: Duration = Duration::from_secs(60 * 60);

/// hashicorp/aws.
const STOPPED_WITHIN: Duration = Duration::from_secs(10 * 60);

/// The service sometimes loses a start call right after an update, so that it has to be repeated (hashicorp/aws).
const START_ACCEPTED_WITHIN: Duration = Duration::from_secs(30);

/// The transient states of an instance.
const TRANSIENT: &[&str] = &["Pending", "Stopping", "Updating", "PendingMaintenance", "InMaintenance"];

pub(super) struct NotebookInstance;

#[async_trait]
impl Special for NotebookInstance {
    async fn update(&self, site: Site<'_>, prior: &Value, planned: &Value, input: &Value) -> Result<bool, Failure> {
        let instance =
            Instance { site, name: prior.get(names::NAME), pauses: site.pauses_of_update(planned, UPDATE_WITHIN) };
        if instance.stable_state().await? == "InService" {
            instance.stop().await?;
        }
        site.call("UpdateNotebookInstance", input).await?;
        Ok(true)
    }

    async fn restore(&self, site: Site<'_>, planned: &Value) -> Result<(), Failure> {
        Instance { site, name: planned.get(names::NAME), pauses: site.pauses_of_update(planned, UPDATE_WITHIN) }
            .start()
            .await
    }

    async fn before_delete(&self, site: Site<'_>, state: &Value) -> Result<(), Failure> {
        let instance =
            Instance { site, name: state.get(names::NAME), pauses: site.pauses_of_delete(state, STOPPED_WITHIN) };
        match instance.stable_state().await {
            Ok(state) if state == "InService" => instance.stop().await,
            // The delete call returns the same error, and handles the case that the object does not exist.
            Ok(_) | Err(Failure::Call(_)) => Ok(()),
            Err(failure) => Err(failure),
        }
    }
}

/// An instance whose state changes.
struct Instance<'a> {
    site: Site<'a>,
    name: &'a Value,
    pauses: Pauses<'a>,
}

impl Instance<'_> {
    async fn call(&self, operation: &str) -> Result<Value, Failure> {
        let input = Value::from([("NotebookInstanceName", self.name.clone())]);
        Ok(self.site.api.call(self.site.region, operation, &input).await?)
    }

    /// Waits for a stable state of the instance and returns it.
    async fn stable_state(&self) -> Result<String, Failure> {
        let input = Value::from([("NotebookInstanceName", self.name.clone())]);
        let describe = ("DescribeNotebookInstance", &input);
        self.site.wait_until_stable(describe, "NotebookInstanceStatus", TRANSIENT, &self.pauses).await
    }

    async fn stop(&self) -> Result<(), Failure> {
        // A call that failed, or another caller, may have stopped it.
        if let Err(failure) = self.call("StopNotebookInstance").await
            && self.stable_state().await? != "Stopped"
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
        let state = self.stable_state().await?;
        if state == expected || state == before {
            return Ok(state == expected);
        }
        let reply = self.call("DescribeNotebookInstance").await?;
        let reason = reply.get("FailureReason").as_str().map(str::to_owned);
        Err(Failure::EndedIn { state, reason })
    }
}

/// True if the instance may start nevertheless, or later: the reply was lost, or the description lags behind and the
/// instance is still being updated or has already started.
fn may_be_starting(error: &ApiError) -> bool {
    error.in_doubt || error.message.contains("Unable to transition")
}
