//! The limit of a wait: what the user's `timeouts` or the definition allow.

use std::time::Duration;

use tokio::time::Instant;

use crate::{engine::common::timeouts::PlannedAction, value::Value};

/// How long a wait may last, and what its failure says of that.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limit {
    pub(crate) timeout: Duration,
    /// The start of the timeout: several waits may share the time that the user allows.
    pub(crate) since: Instant,
    /// The argument that allows more.
    pub(crate) argument: &'static str,
    /// The states that end the wait; empty: it is for the deletion of the object, or they are not known.
    pub(crate) awaited: &'static [&'static str],
}

impl Limit {
    /// The limit for an action of an operation that began at `started`. The user's `timeouts` in `values` count from there,
    /// the default from now.
    pub(crate) fn of(values: &Value, action: PlannedAction, default: Duration, started: Instant) -> Self {
        let (timeout, since) = match action.timeout(values) {
            Some(allowed) => (allowed, started),
            None => (default, Instant::now()),
        };
        Self { timeout, since, argument: action.argument(), awaited: &[] }
    }

    pub(crate) fn left(&self) -> Duration {
        self.timeout.saturating_sub(self.since.elapsed())
    }
}
