//! The cases of `acceptance-tests/cases/`: what the directory of each says about a resource's life cycle. `docs/development/testing.md`
//! describes the files.
//!
//! Knows nothing of Terraform's commands and nothing of the services.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::PathBuf,
};

use serde::Deserialize;
use serde_json::Value as Json;

use super::workspace::repository;

/// A case, as `case.toml` writes it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    /// The name of the directory.
    #[serde(skip)]
    pub(crate) name: String,
    /// The resource that the case is about: `sagemaker_model.test`.
    pub(crate) address: String,
    #[serde(default)]
    pub(crate) import: Import,
    #[serde(default)]
    pub(crate) moved: Moved,
    /// Calls that others have made before Terraform comes.
    #[serde(default)]
    pub(crate) given: Vec<Given>,
    /// Finds the object; after the end it has to find none.
    pub(crate) read: Call,
    /// What the service shows of an object that it has deleted but still describes.
    #[serde(default)]
    pub(crate) gone: BTreeMap<String, Json>,
    /// Deletes the object behind Terraform's back.
    pub(crate) delete: Option<Call>,
    /// What the service shows all of a sudden.
    pub(crate) drift: Option<Drift>,
    /// The service cannot delete objects of this kind, so Terraform only forgets them.
    #[serde(default)]
    pub(crate) kept: bool,
    /// The same of something that it depends on.
    #[serde(default)]
    pub(crate) leaves: bool,
    /// The addresses of what it changes along, so that a refresh shows that something has happened there.
    #[serde(default)]
    pub(crate) touches: BTreeSet<String>,
    /// How far moto can follow; absent: not at all.
    pub(crate) moto: Option<Moto>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Import {
    /// The attribute whose value is the id to import by.
    pub(crate) id: String,
    /// Attributes that the service never returns, so that an import cannot know them.
    pub(crate) ignore: BTreeSet<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Moved {
    /// Attributes that hashicorp/aws does not keep and the service never returns.
    pub(crate) ignore: BTreeSet<String>,
}

/// A call of the API.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Call {
    pub(crate) operation: String,
    /// Input member → the attribute whose value it takes.
    pub(crate) input: BTreeMap<String, String>,
}

/// A call with an input of its own, in which `{name}` stands for the name of the case's objects.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Given {
    pub(crate) operation: String,
    pub(crate) input: Json,
}

/// A change that nobody made with Terraform.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Drift {
    /// API member → its new value.
    pub(crate) members: BTreeMap<String, Json>,
    /// What Terraform is to do about it: `update` or `delete,create`.
    pub(crate) action: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Moto {
    pub(crate) steps: Vec<Step>,
}

/// A step of the life cycle, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Step {
    /// Create everything.
    Base,
    /// Take it over from hashicorp/aws, if that has it.
    Move,
    /// Change the resource without replacing it.
    InPlace,
    /// Replace it.
    Replace,
    /// Have it changed behind Terraform's back and change it back.
    Drift,
    /// Have it deleted behind Terraform's back and create it again.
    Vanish,
    /// Import everything into an empty state.
    Import,
    /// Import the object with configuration that Terraform generates.
    Generate,
    /// Destroy everything.
    Destroy,
}

/// All steps.
pub(crate) const STEPS: [Step; 9] = [
    Step::Base,
    Step::Move,
    Step::InPlace,
    Step::Replace,
    Step::Drift,
    Step::Vanish,
    Step::Import,
    Step::Generate,
    Step::Destroy,
];

impl Default for Import {
    fn default() -> Self {
        Self { id: "id".to_owned(), ignore: BTreeSet::new() }
    }
}

impl Case {
    /// All cases, by name.
    pub(crate) fn all() -> Vec<Self> {
        let cases = directory();
        let entries = fs::read_dir(&cases).unwrap_or_else(|error| panic!("{}: {error}", cases.display()));
        let names: BTreeSet<String> =
            entries.map(|entry| entry.expect("a readable entry").file_name().to_string_lossy().into_owned()).collect();
        names.iter().map(|name| Self::read(name)).collect()
    }

    fn read(name: &str) -> Self {
        let file = directory().join(name).join("case.toml");
        let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let case: Self = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        Self { name: name.to_owned(), ..case }
    }

    /// The configuration in one of the files; None: the resource knows no change of that kind.
    pub(crate) fn configuration(&self, file: &str) -> Option<String> {
        fs::read_to_string(directory().join(&self.name).join(file)).ok()
    }

    /// The type of the resource that the case is about.
    pub(crate) fn resource_type(&self) -> &str {
        self.address.split('.').next().unwrap_or_default()
    }

    /// True if the service may hold something after the end.
    pub(crate) fn leaves_something(&self) -> bool {
        self.kept || self.leaves || !self.gone.is_empty()
    }

    /// True if a reply of `read` shows an object that is deleted.
    pub(crate) fn is_gone(&self, reply: &Json) -> bool {
        !self.gone.is_empty() && self.gone.iter().all(|(member, value)| reply[member] == *value)
    }

    /// The attributes of the resource at `address` that an import cannot know: for what the resource depends on, those that
    /// the case of that resource names.
    pub(crate) fn unknown_to_imports(&self, address: &str) -> BTreeSet<String> {
        if *address == self.address {
            return self.import.ignore.clone();
        }
        let name = address.split('.').next().unwrap_or_default().trim_start_matches("sagemaker_");
        if directory().join(name).exists() { Self::read(name).import.ignore } else { BTreeSet::new() }
    }
}

fn directory() -> PathBuf {
    repository().join("acceptance-tests/cases")
}
