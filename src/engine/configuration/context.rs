//! The provider settings that every plan uses.

use crate::{engine::convert::tags::Ignored, value::Value};

/// The argument of resources and of the provider that forbids deletion.
pub(crate) const DELETION_PROTECTION: &str = "deletion_protection";

/// The provider settings that every plan uses.
#[derive(Debug, Clone, Default)]
pub(crate) struct Context {
    /// The configured region; unknown while the provider block is.
    pub(crate) region: Value,
    /// The provider's default tags: a map, null or unknown.
    pub(crate) default_tags: Value,
    pub(crate) ignored_tags: Ignored,
    /// Whether objects without the argument are protected against deletion.
    pub(crate) deletion_protection: bool,
}
