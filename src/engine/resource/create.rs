//! Creates an object, waits for it, and sets what the create call does not accept. `adoption` makes the call itself.

use std::time::Duration;

use tokio::time::Instant;

use crate::{
    definition::Operations,
    diag::Doing,
    engine::{
        common::timeouts::PlannedAction,
        convert::request,
        resource::{
            generated_names::generate_names,
            work::{Done, Work},
        },
        service::{failure::Failure, refusal::is_about_a_new_role, wait::VISIBLE_WITHIN},
    },
    value::Value,
};

/// How long after the first attempt an object that failed because of a new role is created again (hashicorp/aws:
/// endpoints).
const RECREATED_WITHIN: Duration = Duration::from_secs(4 * 60);

impl Work<'_> {
    /// Creates the planned object.
    pub(crate) async fn create(&self, planned: &Value) -> Done {
        let desired = generate_names(self.resource, planned);
        let before = self.shown_before_create(&desired).await;
        let started = Instant::now();
        loop {
            let reply = match self.call_create(&desired).await {
                Ok(reply) => reply,
                Err(failure) => return self.failed(Doing::Creating, &desired, Value::Null, &failure),
            };
            let identified = self.identified(&desired, &reply);
            let failure = match self.complete(&identified, before.as_ref()).await {
                Ok(state) => return Done::succeeded(state),
                Err(failure) => failure,
            };
            // An object that cannot be deleted stays, and the first failure is still the one to report.
            let again = self.passes(&failure, started.elapsed())
                && self.stop.pause(started).await
                && self.carry_out_delete(&identified).await.is_ok();
            if !again {
                let state = self.best_known(&identified).await;
                let done = self.failed(Doing::Creating, &identified, state, &failure);
                return Done { private: done.private.after_failure(self.resource, &done.state), ..done };
            }
            self.claims.release(&self.claim(&identified));
        }
    }

    /// True if another attempt may succeed: where the service uses a role only later, one that is not visible yet fails
    /// the object instead of the call.
    pub(super) fn passes(&self, failure: &Failure, elapsed: Duration) -> bool {
        let Failure::EndedIn { reason: Some(reason), .. } = failure else { return false };
        let deletable = self.resource.operations.delete.is_some();
        let passes = deletable && is_about_a_new_role(reason) && elapsed < RECREATED_WITHIN;
        if passes {
            tracing::info!(resource = self.resource.type_name, reason, "transient failure, creating the object again");
        }
        passes
    }

    /// What the service shows of an object that the create call only changes, before that call; `None` if the call creates
    /// an object, or if nothing can be read. Only the difference to this shows whether a change is seen.
    async fn shown_before_create(&self, desired: &Value) -> Option<Value> {
        let Operations { create, update, .. } = &self.resource.operations;
        let is_change = !self.resource.creates_an_object() && update.is_some_and(|update| update.name == create.name);
        if !is_change {
            return None;
        }
        let reply = self.describe(desired).await.ok()??;
        self.observed(&reply, &self.unseen(desired)).await.ok()
    }

    /// Waits for a new object and sets what the create call does not accept. `before`: what was there before.
    pub(super) async fn complete(&self, identified: &Value, before: Option<&Value>) -> Result<Value, Failure> {
        let wait = self.resource.create_wait.as_ref();
        let before = before.cloned().unwrap_or_else(|| self.unseen(identified));
        let later = self.resource.attributes.iter().filter(|attribute| attribute.is_set_by_update_only());
        if later.map(|attribute| identified.get(attribute.name)).all(|value| value.is_zero() || value.is_unknown()) {
            return self.finish_when_seen(&before, identified, PlannedAction::Create, wait).await;
        }
        let created = request::without_later_members(self.resource, identified);
        match wait {
            Some(wait) => self.wait(wait, PlannedAction::Create, identified, identified).await?,
            None => self.describe_when_visible(identified, VISIBLE_WITHIN).await?,
        };
        self.update_when_idle(&created, identified).await?;
        let wait = self.resource.update_wait.as_ref();
        self.finish_when_seen(&before, identified, PlannedAction::Create, wait).await
    }

    /// A new object before anything is known of what the read call does not return; calls of specials may return it
    /// later.
    pub(super) fn unseen(&self, planned: &Value) -> Value {
        let mut unseen = planned.clone();
        for attribute in self.resource.attributes.iter().filter(|attribute| !attribute.observed) {
            unseen.insert(attribute.name, Value::Null);
        }
        unseen
    }
}
