//! Who hosts the images that AWS prebuilds.

use serde::Serialize;

/// Repositories that the same accounts host.
#[derive(Debug, Serialize)]
pub struct Registry {
    pub repositories: &'static [&'static str],
    /// Region and account.
    pub accounts: &'static [(&'static str, &'static str)],
}

impl Registry {
    /// The account that hosts the repositories in a region.
    pub fn account(&self, region: &str) -> Option<&'static str> {
        self.accounts.iter().find(|(known, _)| *known == region).map(|(_, account)| *account)
    }
}
