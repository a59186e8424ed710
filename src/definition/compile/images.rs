//! The file of prebuilt images: which account hosts which repositories, in which region.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::{
    file::{self, Source},
    problem::Problems,
};

/// The name of the file.
pub(super) const IMAGES: &str = "prebuilt_images.toml";

/// What the file says.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Images {
    /// Beginning of a region's name → the suffix of its host names.
    pub(super) suffixes: BTreeMap<String, String>,
    pub(super) registry: Vec<Registry>,
}

/// Repositories that the same accounts host.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Registry {
    pub(super) repositories: Vec<String>,
    /// By region.
    pub(super) accounts: BTreeMap<String, String>,
}

/// Reads and checks the file; nothing if there is none.
pub(super) fn read(sources: &[Source], problems: &mut Problems) -> Images {
    let Some(source) = sources.iter().find(|source| source.file == IMAGES) else { return Images::default() };
    let Some(images) = file::read_whole::<Images>(source, problems) else { return Images::default() };
    let mut seen = BTreeSet::new();
    for repository in images.registry.iter().flat_map(|registry| &registry.repositories) {
        if !seen.insert(repository) {
            problems.add(IMAGES, "registry", format!("`{repository}` is in it twice"));
        }
    }
    let is_account = |text: &str| text.len() == 12 && text.bytes().all(|digit| digit.is_ascii_digit());
    for (region, account) in images.registry.iter().flat_map(|registry| &registry.accounts) {
        if !is_account(account) {
            problems.add(IMAGES, "registry.accounts", format!("`{account}` of {region} is no account of 12 digits"));
        }
    }
    images
}
