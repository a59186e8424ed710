//! What a plan depends on besides the prior state and the configuration.

use crate::{engine::convert::tags::Ignored, value::Value};

/// The argument of resources and of the provider that forbids deletion.
pub(crate) const DELETION_PROTECTION: &str = "deletion_protection";

/// The provider settings that every plan uses, and what is known of the object besides its state.
#[derive(Debug, Clone, Default)]
pub(crate) struct Context {
    /// The configured region; unknown while the provider block is.
    pub(crate) region: Value,
    /// The provider's default tags: a map, null or unknown.
    pub(crate) default_tags: Value,
    pub(crate) ignored_tags: Ignored,
    /// Whether objects without the argument are protected against deletion.
    pub(crate) deletion_protection: bool,
    /// Whether the object was imported and not changed since: its state lacks what no read shows.
    pub(crate) imported: bool,
}
