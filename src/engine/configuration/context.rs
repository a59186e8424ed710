//! What the provider block says to every plan.

use crate::{engine::convert::tags::Ignored, value::Value};

/// The argument, of a resource and of the provider, that forbids deletion.
pub(crate) const DELETION_PROTECTION: &str = "deletion_protection";

/// What the provider's configuration adds to a plan.
#[derive(Debug, Clone, Default)]
pub(crate) struct Context {
    /// The configured region; unknown while the provider's configuration is.
    pub(crate) region: Value,
    /// The provider's default tags: a map, null or unknown.
    pub(crate) default_tags: Value,
    pub(crate) ignored_tags: Ignored,
    /// Whether what says nothing of it is protected against deletion.
    pub(crate) deletion_protection: bool,
}
