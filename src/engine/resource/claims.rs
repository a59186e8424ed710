//! What the resources of this run have created, so that no create adopts an object of another resource, and no delete
//! removes what another resource has set or adopted.

use std::{
    collections::BTreeSet,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// The claimed objects. They are forgotten when a run begins, which configures the provider.
#[derive(Debug, Default)]
pub(crate) struct Claims(Mutex<BTreeSet<Claim>>);

/// Type, region and id.
pub(crate) type Claim = (&'static str, String, String);

impl Claims {
    /// Claims the object; false if another resource has it.
    #[must_use]
    pub(crate) fn take(&self, claim: Claim) -> bool {
        self.claimed().insert(claim)
    }

    /// Releases an object that is about to be deleted: its name may be used again.
    pub(crate) fn release(&self, claim: &Claim) {
        self.claimed().remove(claim);
    }

    pub(super) fn has(&self, claim: &Claim) -> bool {
        self.claimed().contains(claim)
    }

    /// Forgets what earlier runs have created: one process may serve several.
    pub(crate) fn clear(&self) {
        self.claimed().clear();
    }

    fn claimed(&self) -> MutexGuard<'_, BTreeSet<Claim>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
