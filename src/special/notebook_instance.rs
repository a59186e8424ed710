//! Why data is not enough: only a stopped notebook instance can be updated or deleted, and one that was running has to be
//! started again after an update. And whether another size of the volume is an update depends on which of the two is larger.

use std::time::Duration;

use async_trait::async_trait;
use tokio::time::Instant;

use crate::{
    api::ApiError,
    definition::names::notebook_instance as names,
    engine::{Draft, Failure, Pauses, Site, Special},
    value::{Path, Value},
};

/// hashicorp/aws gives an instance 10 minutes to stop and 60 to start; the timeout is one for both.
const UPDATE_WITHIN: Duration = Duration::from_secs(60 * 60);

/// hashicorp/aws.
const STOPPED_WITHIN: Duration = Duration::from_secs(10 * 60);

/// A start that comes right after an update is lost now and then, so that it has to be said again (hashicorp/aws).
const START_HEARD_WITHIN: Duration = Duration::from_secs(30);

/// States that an instance leaves by itself.
const PASSING: &[&str] = &["Pending", "Stopping", "Updating", "PendingMaintenance", "InMaintenance"];

pub(super) struct NotebookInstance;

#[async_trait]
impl Special for NotebookInstance {
    fn plan(&self, draft: &mut Draft<'_>) {
        let size = |state: &Value| state.get(names::VOLUME_SIZE).as_number().map(|size| size.to_f64());
        if let (Some(before), Some(after)) = (size(draft.prior), size(&draft.planned))
            && after < before
        {
            draft.requires_replace.push(Path::attribute(names::VOLUME_SIZE));
        }
    }

    async fn update(&self, site: Site<'_>, prior: &Value, planned: &Value, input: &Value) -> Result<bool, Failure> {
        let instance =
            Instance { site, name: prior.get(names::NAME), pauses: site.pauses_of_update(planned, UPDATE_WITHIN) };
        if instance.settled().await? == "InService" {
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
        match instance.settled().await {
            Ok(state) if state == "InService" => instance.stop().await,
            // The delete call meets the same error, and knows which one means that there is nothing to delete.
            Ok(_) | Err(Failure::Call(_)) => Ok(()),
            Err(failure) => Err(failure),
        }
    }
}

/// An instance on its way from one state to another.
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

    /// The state that the instance is in when it changes no more.
    async fn settled(&self) -> Result<String, Failure> {
        let input = Value::from([("NotebookInstanceName", self.name.clone())]);
        let describe = ("DescribeNotebookInstance", &input);
        self.site.settled(describe, "NotebookInstanceStatus", PASSING, &self.pauses).await
    }

    async fn stop(&self) -> Result<(), Failure> {
        // A call that broke off may have stopped it, and so may somebody else.
        if let Err(failure) = self.call("StopNotebookInstance").await
            && self.settled().await? != "Stopped"
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
            while called.elapsed() < START_HEARD_WITHIN {
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

    /// True if the instance is in a state; false if it is in the one before.
    async fn is(&self, wanted: &str, before: &str) -> Result<bool, Failure> {
        let state = self.settled().await?;
        if state == wanted || state == before {
            return Ok(state == wanted);
        }
        let reply = self.call("DescribeNotebookInstance").await?;
        let reason = reply.get("FailureReason").as_str().unwrap_or_default().to_owned();
        Err(Failure::EndedIn { state, reason })
    }
}

/// True if the instance may start all the same, or later: the reply was lost, or what the instance is described as lags
/// behind and it is still being updated, or has started already.
fn may_be_starting(error: &ApiError) -> bool {
    error.in_doubt || error.message.contains("Unable to transition")
}
