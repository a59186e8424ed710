//! Who sets an attribute, and how a nested block stands in a configuration.
//!
//! Plain words that the build of the definitions uses too, so nothing else of the crate is named here.

use serde::Serialize;

/// Who sets an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Usage {
    /// The user must.
    Required,
    /// The user may; unset is null.
    Optional,
    /// The user may; otherwise the provider or the service does.
    OptionalComputed,
    /// Only the provider or the service does.
    Computed,
}

/// The shape of a nested block's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Nesting {
    /// One object or null.
    Single,
    /// A list of objects, never null.
    List,
    /// A set of objects, never null.
    Set,
}

impl Usage {
    /// True if a user may write the attribute.
    pub fn is_settable(self) -> bool {
        self != Self::Computed
    }

    /// True if the provider may fill in the attribute.
    pub fn is_computed(self) -> bool {
        matches!(self, Self::Computed | Self::OptionalComputed)
    }
}
