//! The cases of the acceptance tests: what `docs/development/testing.md` says about them, as far as it matters without processes.

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    path::PathBuf,
};

use serde::Deserialize;

use super::configuration::Configuration;
use crate::{value::Value, wire::json};

/// One directory of `acceptance-tests/cases`.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) name: String,
    /// The resource that the case is about.
    pub(crate) address: String,
    /// The attribute that holds the id to import by.
    pub(crate) import_id: String,
    /// Attributes that an import cannot know.
    unknown_to_imports: BTreeSet<String>,
    /// What it changes along, so that a refresh shows that something has happened there.
    pub(crate) touches: BTreeSet<String>,
    /// Calls that others have made before Terraform comes.
    given: Vec<Given>,
    /// The service keeps the object, or something that it depends on, for ever.
    pub(crate) leaves: bool,
}

#[derive(Deserialize)]
struct File {
    address: String,
    #[serde(default)]
    import: Import,
    #[serde(default)]
    touches: BTreeSet<String>,
    #[serde(default)]
    given: Vec<Given>,
    #[serde(default)]
    kept: bool,
    #[serde(default)]
    leaves: bool,
    #[serde(default)]
    gone: BTreeMap<String, toml::Value>,
}

#[derive(Default, Deserialize)]
struct Import {
    id: Option<String>,
    #[serde(default)]
    ignore: BTreeSet<String>,
}

#[derive(Debug, Clone, Deserialize)]
struct Given {
    operation: String,
    input: serde_json::Value,
}

/// The value of `var.name`.
pub(crate) const NAME: &str = "sim-a1b2c3";

impl Case {
    /// All cases, or the one that the environment variable `CASE` names.
    pub(crate) fn all() -> Vec<Self> {
        let entries = fs::read_dir(directory()).expect("there are cases");
        let names = entries.map(|entry| entry.expect("a readable entry").file_name().to_string_lossy().into_owned());
        let selected = env::var("CASE").ok();
        let mut names: Vec<String> =
            names.filter(|name| selected.as_ref().is_none_or(|selected| selected == name)).collect();
        names.sort();
        names.iter().map(|name| Self::read(name)).collect()
    }

    pub(crate) fn read(name: &str) -> Self {
        let text = fs::read_to_string(directory().join(name).join("case.toml")).expect("a case has a case.toml");
        let File { address, import, touches, given, kept, leaves, gone } =
            toml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        Self {
            name: name.to_owned(),
            address,
            import_id: import.id.unwrap_or_else(|| "id".to_owned()),
            unknown_to_imports: import.ignore,
            touches,
            given,
            leaves: kept || leaves || !gone.is_empty(),
        }
    }

    /// The configuration of one of the files; None if the resource knows no such change.
    pub(crate) fn configuration(&self, file: &str) -> Option<Configuration> {
        self.text(file).map(|text| Configuration::parse(&text))
    }

    /// The text of one of the files.
    pub(crate) fn text(&self, file: &str) -> Option<String> {
        fs::read_to_string(directory().join(&self.name).join(file)).ok()
    }

    /// The first configuration.
    pub(crate) fn base(&self) -> Configuration {
        self.configuration("base.tf").unwrap_or_else(|| panic!("{} has no base.tf", self.name))
    }

    /// Operations and inputs of what others have made before.
    pub(crate) fn given(&self) -> impl Iterator<Item = (&str, Value)> {
        self.given.iter().map(|given| {
            let text = given.input.to_string().replace("{name}", NAME);
            (given.operation.as_str(), json::untyped(text.as_bytes()).expect("a name is no more than letters"))
        })
    }

    /// The attributes of the resource at `address` that an import cannot know.
    pub(crate) fn unknown_to_imports(&self, address: &str) -> BTreeSet<String> {
        if address == self.address {
            return self.unknown_to_imports.clone();
        }
        let type_name = address.split('.').next().unwrap_or_default().trim_start_matches("sagemaker_");
        if directory().join(type_name).exists() { Self::read(type_name).unknown_to_imports } else { BTreeSet::new() }
    }
}

fn directory() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("acceptance-tests/cases")
}
