//! The outcome of the change that a call begins: a test may request an outcome other than success.

use std::time::Duration;

/// How a change ends.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Outcome {
    #[default]
    Success,
    /// In the failed status, for this reason.
    Failure(String),
    /// As it was before, with this reason.
    Rollback(String),
    /// Not until a test ends it.
    Never,
    /// Successfully, but reads see it late.
    Delayed(ReadDelay),
    /// Successfully, also if it is a deletion and the object is being deleted already.
    Repeatable,
}

/// How late reads see a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ReadDelay {
    pub(super) span: Span,
    /// Only lists are late.
    pub(super) in_lists: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Span {
    /// So many calls that read it.
    Reads(i64),
    Time(Duration),
}
