//! The `timeouts` block, with durations in Go's format, as in other Terraform providers.

use std::time::Duration;

use crate::{definition::duration::parse, value::Value};

/// The operation that a timeout limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    Create,
    Update,
    Delete,
}

impl Action {
    /// The argument of the `timeouts` block.
    pub(crate) fn argument(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Update => "update",
            Self::Delete => "delete",
        }
    }
}

/// The user's timeout for an action; `None` if there is none.
pub(crate) fn timeout(state: &Value, action: Action) -> Option<Duration> {
    state.get("timeouts").get(action.argument()).as_str().and_then(parse)
}
