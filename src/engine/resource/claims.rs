//! What the resources of this run have created, so that no create adopts an object of another resource, and no delete
//! removes what another resource has set or adopted.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// The claimed objects. They are forgotten when a run begins, which configures the provider, and when they are read, which no
/// apply does: some hosts run several times with one configured provider.
#[derive(Debug, Default)]
pub(crate) struct Claims(Mutex<BTreeMap<Claim, Claimed>>);

/// What this run has done with an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Claimed {
    /// A resource has created it, or set a property of another object.
    Created,
    /// A resource has adopted it.
    Adopted,
    /// A resource deletes it.
    Deleting,
}

/// Type, region and id.
pub(crate) type Claim = (&'static str, String, String);

impl Claims {
    /// Adopts the object; false if another resource has it or deletes it.
    #[must_use]
    pub(crate) fn adopt(&self, claim: Claim) -> bool {
        let mut claimed = self.claimed();
        let is_free = !claimed.contains_key(&claim);
        if is_free {
            claimed.insert(claim, Claimed::Adopted);
        }
        is_free
    }

    /// Claims what a create call has created or set. An adopted object stays one.
    pub(crate) fn note_created(&self, claim: Claim) {
        self.claimed()
            .entry(claim)
            .and_modify(|one| {
                if *one == Claimed::Deleting {
                    *one = Claimed::Created;
                }
            })
            .or_insert(Claimed::Created);
    }

    /// Claims an object that is about to be deleted, so that no resource adopts it; false if one has adopted it, or if it is a
    /// setting that another resource has set.
    #[must_use]
    pub(crate) fn begin_deletion(&self, claim: Claim, is_setting: bool) -> bool {
        let mut claimed = self.claimed();
        let is_kept = match claimed.get(&claim) {
            Some(Claimed::Adopted) => true,
            Some(Claimed::Created) => is_setting,
            Some(Claimed::Deleting) | None => false,
        };
        if !is_kept {
            claimed.insert(claim, Claimed::Deleting);
        }
        !is_kept
    }

    /// Forgets the object: it is deleted, a failed delete has left it, or a later run has read it.
    pub(crate) fn release(&self, claim: &Claim) {
        self.claimed().remove(claim);
    }

    /// What this run has done with the object.
    pub(super) fn of(&self, claim: &Claim) -> Option<Claimed> {
        self.claimed().get(claim).copied()
    }

    /// Forgets what earlier runs have done: one process may serve several.
    pub(crate) fn clear(&self) {
        self.claimed().clear();
    }

    fn claimed(&self) -> MutexGuard<'_, BTreeMap<Claim, Claimed>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
