//! What all calls of a host share.

use std::sync::Arc;

use super::values::Types;
use crate::engine::Provider;

/// The provider, and the types that its values have on the wire. The calls are its methods, in the files of their kinds.
pub(super) struct Calls {
    pub(super) provider: Arc<dyn Provider>,
    pub(super) types: Types,
}

impl Calls {
    pub(super) fn new(provider: Arc<dyn Provider>) -> Self {
        let types = Types::new(provider.schemas());
        Self { provider, types }
    }
}
