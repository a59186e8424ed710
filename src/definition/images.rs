//! The registries of the images that AWS prebuilds.

use serde::Serialize;

/// The repositories that share the same hosting accounts.
#[derive(Debug, Serialize)]
pub struct Registry {
    /// Repository names: `sagemaker-xgboost`.
    pub repositories: &'static [&'static str],
    /// Pairs of region and account id.
    pub accounts: &'static [(&'static str, &'static str)],
}

impl Registry {
    /// The account that hosts the repositories in a region.
    pub fn account(&self, region: &str) -> Option<&'static str> {
        self.accounts.iter().find(|(known, _)| *known == region).map(|(_, account)| *account)
    }
}
