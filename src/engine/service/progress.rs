//! What a wait has read of a state, and when that is worth a report.
//!
//! Knows no calls and no definitions.

use std::time::Duration;

use tokio::time::Instant;

use super::{
    failure::Failure,
    limit::Limit,
    stop::{Stop, interval},
};
use crate::diag::{Expired, LastRead};

/// How often a wait reports that nothing has changed.
const REPORTED_EVERY: Duration = Duration::from_secs(60);

/// The state of an object as a wait reads it.
#[derive(Debug)]
pub(crate) struct Progress {
    /// The last state that was read; `None` if none was.
    pub(crate) state: Option<String>,
    /// The service's reason for it, if it gave one.
    pub(crate) reason: Option<String>,
    started: Instant,
    /// When the state was first read.
    since: Instant,
    reported: Instant,
    is_new: bool,
}

impl Progress {
    /// The progress of a wait that starts now.
    pub(crate) fn start() -> Self {
        let now = Instant::now();
        Self { state: None, reason: None, started: now, since: now, reported: now, is_new: false }
    }

    /// How long the wait has lasted.
    pub(crate) fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    /// Notes what a read has shown. `state`: empty if the object shows none.
    pub(crate) fn note(&mut self, state: &str, reason: Option<String>) {
        let state = Some(state).filter(|state| !state.is_empty());
        if state != self.state.as_deref() {
            self.state = state.map(str::to_owned);
            self.since = Instant::now();
            self.is_new = true;
        }
        self.reason = reason;
    }

    /// True if there is something to report since the last call: a new state, or a minute without one.
    pub(crate) fn is_due(&mut self) -> bool {
        let is_due = self.is_new || self.reported.elapsed() >= REPORTED_EVERY;
        if is_due {
            self.is_new = false;
            self.reported = Instant::now();
        }
        is_due
    }

    /// Pauses before the next read; the failure is that the limit is reached, or that the user interrupted Terraform.
    pub(crate) async fn pause(&self, stop: &Stop, limit: &Limit) -> Result<(), Failure> {
        let left = limit.left();
        if left.is_zero() {
            return Err(self.expired(limit));
        }
        if stop.sleep(interval(self.elapsed()).min(left)).await { Ok(()) } else { Err(self.interrupted()) }
    }

    /// The failure of a wait that has reached its limit.
    pub(crate) fn expired(&self, limit: &Limit) -> Failure {
        Failure::TimedOut(Expired {
            seconds: limit.timeout.as_secs(),
            awaited: limit.awaited,
            state: self.state.clone(),
            unchanged: self.since.elapsed().as_secs(),
            reason: self.reason.clone(),
            argument: limit.argument,
        })
    }

    /// The failure of a wait that the user interrupted.
    pub(crate) fn interrupted(&self) -> Failure {
        Failure::Interrupted(self.state.clone().map_or(LastRead::Nothing, LastRead::State))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn new_states_are_reported_and_old_ones_every_minute() {
        let mut progress = Progress::start();
        assert!(!progress.is_due(), "nothing was read");
        progress.note("Creating", None);
        assert!(progress.is_due() && !progress.is_due());
        tokio::time::advance(Duration::from_secs(59)).await;
        progress.note("Creating", None);
        assert!(!progress.is_due());
        tokio::time::advance(Duration::from_secs(1)).await;
        assert!(progress.is_due() && !progress.is_due());
        progress.note("Updating", Some("more instances".to_owned()));
        assert!(progress.is_due());
        tokio::time::advance(Duration::from_secs(5)).await;
        let timeout = Duration::from_secs(65);
        let limit = Limit { timeout, since: Instant::now(), argument: "create", awaited: &["InService"] };
        let expired = Failure::TimedOut(Expired {
            seconds: 65,
            awaited: &["InService"],
            state: Some("Updating".to_owned()),
            unchanged: 5,
            reason: Some("more instances".to_owned()),
            argument: "create",
        });
        assert_eq!(progress.expired(&limit), expired);
    }
}
