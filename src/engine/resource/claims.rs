//! The objects that belong to resources of this run, so that a create does not adopt an object of another resource.

use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError},
};

/// The claimed objects.
#[derive(Debug, Default)]
pub(crate) struct Claims(Mutex<BTreeSet<Claim>>);

/// Type, region and id.
pub(crate) type Claim = (&'static str, String, String);

impl Claims {
    /// Claims the object; false if another resource has it.
    #[must_use]
    pub(super) fn take(&self, claim: Claim) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(claim)
    }

    /// Releases an object that is about to be deleted: its name may be used again.
    pub(crate) fn release(&self, claim: Claim) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&claim);
    }

    pub(super) fn has(&self, claim: &Claim) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).contains(claim)
    }
}
