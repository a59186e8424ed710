//! What the resources of this run have created, so that no create adopts an object of another resource, and no delete of
//! a replaced object undoes what its successor has set.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, MutexGuard, PoisonError},
};

/// The claimed objects. They are forgotten when a run begins, which configures the provider.
#[derive(Debug, Default)]
pub(crate) struct Claims(Mutex<Claimed>);

#[derive(Debug, Default)]
struct Claimed {
    objects: BTreeSet<Claim>,
    /// By type, how many objects without protection this run has created, each of which releases one deposed object.
    unprotected: BTreeMap<&'static str, usize>,
}

/// Type, region and id.
pub(crate) type Claim = (&'static str, String, String);

impl Claims {
    /// Claims the object; false if another resource has it.
    #[must_use]
    pub(crate) fn take(&self, claim: Claim) -> bool {
        self.claimed().objects.insert(claim)
    }

    /// Releases an object that is about to be deleted: its name may be used again.
    pub(crate) fn release(&self, claim: &Claim) {
        self.claimed().objects.remove(claim);
    }

    pub(super) fn has(&self, claim: &Claim) -> bool {
        self.claimed().objects.contains(claim)
    }

    /// Notes that an object without protection was created, perhaps before the one that it replaces is deleted.
    pub(super) fn note_unprotected(&self, type_name: &'static str) {
        *self.claimed().unprotected.entry(type_name).or_default() += 1;
    }

    /// True if this run has created an object of this type without protection for which none was deleted yet.
    pub(super) fn take_unprotected(&self, type_name: &'static str) -> bool {
        let mut claimed = self.claimed();
        let left = claimed.unprotected.entry(type_name).or_default();
        let is_noted = *left > 0;
        *left = left.saturating_sub(1);
        is_noted
    }

    /// Forgets what earlier runs have created: one process may serve several.
    pub(crate) fn clear(&self) {
        *self.claimed() = Claimed::default();
    }

    fn claimed(&self) -> MutexGuard<'_, Claimed> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
