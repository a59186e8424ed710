//! Deletes an object, or stops it if the service keeps it forever.

use crate::{
    definition::service::Operation,
    diag::{self, Diagnostic, Diagnostics, Doing, protection::Kept},
    engine::{
        common::timeouts::PlannedAction,
        convert::{address, request},
        resource::{
            private::state_before,
            work::{Done, Work},
        },
        service::{
            failure::Failure,
            wait::{is_stopping, state},
        },
    },
    value::Value,
};

impl Work<'_> {
    /// Deletes the object, or stops it if the service keeps it forever.
    pub(crate) async fn delete(&self, prior: &Value) -> Done {
        let (claim, is_setting) = (self.claim(prior), !self.resource.creates_an_object());
        // With `create_before_destroy`, the successor has already set the same property, or has adopted the object: to delete
        // it would undo that.
        if !self.claims.begin_deletion(claim.clone(), is_setting) {
            let adopted = (!is_setting).then(|| self.adopted_by_another(prior));
            return Done {
                diagnostics: adopted.map(Diagnostics::from).unwrap_or_default(),
                ..Done::succeeded(Value::Null)
            };
        }
        let deleted = self.carry_out_delete(prior).await;
        self.claims.release(&claim);
        match deleted {
            Ok(diagnostics) => Done { diagnostics, ..Done::succeeded(Value::Null) },
            Err(failure) => {
                let restore = self.private.restore.as_deref().or(state_before(self.resource, prior));
                let private = self.private.restoring(restore).after_failure(self.resource, prior);
                Done { private, ..self.failed(Doing::Deleting, prior, prior.clone(), &failure) }
            }
        }
    }

    pub(super) async fn carry_out_delete(&self, prior: &Value) -> Result<Diagnostics, Failure> {
        if let Some(special) = self.special {
            special.before_delete(self.context(prior), prior).await?;
        }
        let stopped = match self.resource.operations.stop {
            Some(stop) => self.end_job(stop, prior).await?,
            None => false,
        };
        let Some(delete) = self.resource.operations.delete else {
            return Ok(self.kept_by_the_service(prior, stopped).into());
        };
        let input = match self.resource.operations.update {
            // The service can only delete the object by removing everything from it.
            Some(update) if update.name == delete.name => request::emptying(self.resource, update, prior),
            _ => request::delete(self.resource, delete, prior),
        };
        let started = self.delete_when_idle(delete, prior, input).await?;
        if let Some(wait) = self.resource.delete_wait.as_ref().filter(|_| started) {
            self.wait(wait, PlannedAction::Delete, prior, prior).await?;
        }
        Ok(Diagnostics::new())
    }

    /// Stops a running job and waits until it has ended. False: it had ended before.
    pub(super) async fn end_job(&self, stop: &'static Operation, prior: &Value) -> Result<bool, Failure> {
        let ends = self.resource.completion.as_ref().or(self.resource.stop_wait.as_ref());
        let Some(completion) = ends else { return Ok(false) };
        let Some(reply) = self.describe(prior).await? else { return Ok(false) };
        let runs = |reply: &Value| completion.pending.contains(&state(completion, reply));
        let is_stopping = |reply: &Value| is_stopping(state(completion, reply));
        if !runs(&reply) {
            return Ok(false);
        }
        let input = address::address(self.resource, stop, prior);
        if !is_stopping(&reply)
            && let Err(failure) = self.call_with_retries(PlannedAction::Delete, prior, stop, &input).await
        {
            match self.describe(prior).await? {
                // The reply was lost, or another client stops the job.
                Some(reply) if is_stopping(&reply) => {}
                Some(reply) if runs(&reply) => return Err(failure),
                // It has ended in the meantime, and an ended job cannot be stopped.
                _ => return Ok(false),
            }
        }
        let Some(wait) = &self.resource.stop_wait else { return Ok(true) };
        match self.wait(wait, PlannedAction::Delete, prior, prior).await {
            Ok(_) | Err(Failure::Vanished) => Ok(true),
            Err(failure) => Err(failure),
        }
    }

    fn adopted_by_another(&self, prior: &Value) -> Diagnostic {
        diag::protection::adopted_by_another(self.resource.noun, self.id(prior).unwrap_or_default())
    }

    pub(super) fn kept_by_the_service(&self, prior: &Value, stopped: bool) -> Diagnostic {
        let kept = match (&self.resource.completion, stopped) {
            (None, _) => Kept::Unchanged,
            (Some(_), true) => Kept::Stopped,
            (Some(_), false) => Kept::Ended,
        };
        diag::protection::no_longer_managed(self.resource.noun, self.id(prior).unwrap_or_default(), kept)
    }
}
