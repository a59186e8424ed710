//! The definition files as they are parsed: their names and their entries.
//!
//! Knows nothing of TOML and of the service model.

use std::collections::BTreeMap;

use super::settings::Settings;
use crate::definition::{
    action::Completion,
    images::Registry,
    resource::{FurtherCalls, Identity, Listing, Operations, Replacement, Retry, Tags, UpdateNeeds, UpdateSends, Wait},
    rule::Rule,
};

/// The name of the file of settings for structures at all their places.
pub(crate) const SHAPES: &str = "shapes.toml";

/// The name of the file of queries.
pub(crate) const QUERIES: &str = "queries.toml";

/// The name of the file of actions.
pub(crate) const ACTIONS: &str = "actions.toml";

/// The name of the file of ephemeral resources.
pub(crate) const EPHEMERALS: &str = "ephemeral.toml";

/// The name of the file of prebuilt images.
pub(crate) const IMAGES: &str = "prebuilt_images.toml";

/// A definition file and its text.
#[derive(Debug)]
pub(crate) struct Source {
    /// The name inside `schemas/`: `model.toml`.
    pub(crate) file: String,
    pub(crate) text: String,
}

/// The file of one resource.
#[derive(Debug)]
pub(super) struct ResourceFile {
    /// The name of the file: `model.toml`.
    pub(super) file: String,
    pub(super) noun: &'static str,
    pub(super) description: &'static str,
    pub(super) schema_version: i64,
    pub(super) moved_from: &'static [&'static str],
    pub(super) log_group: Option<&'static str>,
    pub(super) update_sends: UpdateSends,
    pub(super) update_needs: Vec<UpdateNeeds>,
    pub(super) replacement: Option<Replacement>,
    pub(super) in_use: Option<&'static str>,
    pub(super) operations: Operations<&'static str>,
    pub(super) further_calls: Vec<FurtherCalls<&'static str>>,
    pub(super) identity: Identity,
    pub(super) listing: Listing,
    pub(super) tags: Option<Tags>,
    pub(super) waits: Waits,
    pub(super) retries: Vec<Retry>,
    pub(super) rules: Vec<Rule>,
    pub(super) switches: BTreeMap<String, Switch>,
    pub(super) members: MemberSettings,
}

/// What a file says of the members of one resource or call.
#[derive(Debug, Default)]
pub(super) struct MemberSettings {
    pub(super) descriptions: BTreeMap<String, &'static str>,
    /// By API path.
    pub(super) attributes: BTreeMap<String, Settings>,
    /// For structures at all their places in the resource.
    pub(super) shapes: Shapes,
}

/// The waits of a resource, by operation.
#[derive(Debug, Default)]
pub(super) struct Waits {
    pub(super) create: Option<Wait>,
    pub(super) update: Option<Wait>,
    pub(super) stop: Option<Wait>,
    pub(super) delete: Option<Wait>,
    pub(super) completion: Option<Wait>,
}

/// A file of calls: queries, ephemeral resources or actions.
#[derive(Debug)]
pub(super) struct CallFile<E> {
    /// The default descriptions of members.
    pub(super) members: BTreeMap<String, &'static str>,
    /// By name without `sagemaker_`.
    pub(super) entries: BTreeMap<String, E>,
}

/// The entry of one call.
#[derive(Debug)]
pub(super) struct CallEntry {
    pub(super) operation: &'static str,
    pub(super) description: &'static str,
    pub(super) rules: Vec<Rule>,
    pub(super) members: MemberSettings,
}

/// The entry of one action.
#[derive(Debug)]
pub(super) struct ActionEntry {
    pub(super) call: CallEntry,
    pub(super) completion: Option<Completion<&'static str>>,
}

/// The file of prebuilt images.
#[derive(Debug, Default)]
pub(super) struct ImageFile {
    /// Pairs of region prefix and DNS suffix.
    pub(super) suffixes: &'static [(&'static str, &'static str)],
    pub(super) registries: Vec<Registry>,
}

/// By structure and member.
pub(super) type Shapes = BTreeMap<String, BTreeMap<String, Settings>>;

/// A boolean argument that only a special file reads.
#[derive(Debug)]
pub(super) struct Switch {
    /// Written in `[descriptions]`; empty if missing.
    pub(super) description: &'static str,
    pub(super) default: Option<bool>,
}

impl ResourceFile {
    /// The Terraform type: `sagemaker_model`.
    pub(super) fn type_name(&self) -> String {
        format!("sagemaker_{}", self.file.trim_end_matches(".toml"))
    }
}

/// Proper words in the names of calls, which are written in lower case.
const PROPER: &[(&str, &str)] =
    &[("ai", "AI"), ("auto ml", "AutoML"), ("hyper parameter", "hyperparameter"), ("mlflow", "MLflow"), ("url", "URL")];

/// The name of a call in words: `presigned MLflow app URL`.
pub(super) fn words(name: &str) -> String {
    let spaced = format!(" {} ", name.replace('_', " "));
    let proper =
        PROPER.iter().fold(spaced, |text, (plain, proper)| text.replace(&format!(" {plain} "), &format!(" {proper} ")));
    proper.trim().to_owned()
}

/// The key of an entry as it is written in a file.
pub(super) fn key_of(table: &str, entry: &str) -> String {
    let quote = if entry.contains('.') { "\"" } else { "" };
    let dot = if table.is_empty() { "" } else { "." };
    format!("{table}{dot}{quote}{entry}{quote}")
}
