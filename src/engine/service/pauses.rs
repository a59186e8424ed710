//! The pauses of a wait whose reads are made elsewhere, as in a special file.

use tokio::sync::Mutex;

use crate::engine::service::{failure::Failure, limit::Limit, progress::Progress, stop::Stop};

/// The pauses of one wait, which ends at its timeout or when the user interrupts Terraform.
pub struct Pauses<'a> {
    stop: &'a Stop,
    resource: &'static str,
    limit: Limit,
    progress: Mutex<Progress>,
}

impl<'a> Pauses<'a> {
    /// For a wait that starts now.
    pub(crate) fn new(stop: &'a Stop, resource: &'static str, limit: Limit) -> Self {
        Self { stop, resource, limit, progress: Mutex::new(Progress::start()) }
    }

    /// Pauses before the next read; `state` is the current state, for messages.
    pub async fn pause(&self, state: &str) -> Result<(), Failure> {
        let mut progress = self.progress.lock().await;
        progress.note(state, None);
        if progress.is_due() {
            let (elapsed, left) = (progress.elapsed(), self.limit.left());
            tracing::info!(resource = self.resource, state, ?elapsed, ?left, "still waiting");
        }
        progress.pause(self.stop, &self.limit).await
    }
}
