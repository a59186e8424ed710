//! The `timeouts` block, with durations in Go's format, as in other Terraform providers.

use std::time::Duration;

use crate::{definition::duration::parse, value::Value};

/// An operation of an apply; each has its argument in the `timeouts` block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PlannedAction {
    Create,
    Update,
    Delete,
}

impl PlannedAction {
    /// The argument of the `timeouts` block.
    pub(crate) fn argument(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Update => "update",
            Self::Delete => "delete",
        }
    }

    /// The user's timeout; `None` if there is none.
    pub(crate) fn timeout(self, values: &Value) -> Option<Duration> {
        values.get("timeouts").get(self.argument()).as_str().and_then(parse)
    }
}
