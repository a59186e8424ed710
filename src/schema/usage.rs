//! Who sets an attribute, and how a nested block is represented.
//!
//! The build of the definitions includes this file too, so it names nothing else of the crate.

use serde::Serialize;

/// Who sets an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Usage {
    /// The user must set it.
    Required,
    /// The user may set it; null if unset.
    Optional,
    /// The user may set it; otherwise the provider or the service does.
    OptionalComputed,
    /// Only the provider or the service sets it.
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
    /// True if a user may set the attribute.
    pub fn is_settable(self) -> bool {
        self != Self::Computed
    }

    /// True if the provider may set the attribute.
    pub fn is_computed(self) -> bool {
        matches!(self, Self::Computed | Self::OptionalComputed)
    }
}
