//! The schemas of the provider, for whoever evaluates a configuration.

use std::sync::LazyLock;

use crate::{
    engine::{Provider, Schemas, tests::connected::unconfigured},
    special::SPECIALS,
};

/// The schemas of all resources, which take a while to build.
pub(super) static SCHEMAS: LazyLock<Schemas> = LazyLock::new(|| unconfigured(SPECIALS).schemas().clone());
