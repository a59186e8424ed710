//! The outcome of the change that a call begins: a test may request an outcome other than success.

use std::time::Duration;

/// The outcome of a change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Outcome {
    #[default]
    Success,
    /// In the failed status, for this reason.
    Failure(String),
    /// Rolled back, with this reason.
    Rollback(String),
    /// Pending until a test ends it.
    Never,
    /// Successful, but visible to reads only after a delay.
    Delayed(ReadDelay),
    /// Successful, even for a delete of an object that is already being deleted.
    Repeatable,
}

/// The delay after which reads see a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ReadDelay {
    pub(super) span: Span,
    /// Only lists are late.
    pub(super) in_lists: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Span {
    /// This number of reads.
    Reads(i64),
    Time(Duration),
}
