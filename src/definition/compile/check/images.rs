//! Checks the table of prebuilt images: the hosting accounts of repositories by region.

use std::collections::BTreeSet;

use crate::definition::compile::{
    files::{IMAGES, ImageFile},
    problem::Problems,
};

/// Checks that each repository is listed once and that accounts are account ids.
pub(crate) fn check(images: &ImageFile, problems: &mut Problems) {
    let mut seen = BTreeSet::new();
    for repository in images.registries.iter().flat_map(|registry| registry.repositories) {
        if !seen.insert(repository) {
            problems.add(IMAGES, "registry", format!("`{repository}` is in it twice"));
        }
    }
    let is_account = |text: &str| text.len() == 12 && text.bytes().all(|digit| digit.is_ascii_digit());
    for (region, account) in images.registries.iter().flat_map(|registry| registry.accounts) {
        if !is_account(account) {
            problems.add(IMAGES, "registry.accounts", format!("`{account}` of {region} is no account of 12 digits"));
        }
    }
}
