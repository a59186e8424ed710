//! A plan of Terraform, and what a test expects of it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::{self, Write as _},
};

use serde_json::Value as Json;

/// A plan, as `show -json` prints it.
#[derive(Debug)]
pub(crate) struct Plan {
    json: Json,
    text: String,
}

impl Plan {
    /// `text`: as the user reads it.
    pub(super) fn new(json: Json, text: String) -> Self {
        Self { json, text }
    }

    /// What happens to a resource: `create`, `update`, `delete,create`, `create,delete`, `delete`, `no-op`.
    #[track_caller]
    pub(crate) fn action(&self, address: &str) -> String {
        actions(self.change(address))
    }

    /// The same; None if the resource is not in the plan.
    pub(crate) fn action_at(&self, address: &str) -> Option<String> {
        self.changes().find(|change| change["address"] == address).map(|change| actions(&change["change"]))
    }

    /// True if the resource is to be imported.
    pub(crate) fn imports(&self, address: &str) -> bool {
        self.changes().any(|change| change["address"] == address && change["change"]["importing"].is_object())
    }

    /// What is to happen to the resources whose addresses begin so, and what has happened to them: one line for each, and
    /// one for each attribute that differs.
    pub(crate) fn diff(&self, start: &str) -> String {
        let found = self.json["resource_drift"].as_array().into_iter().flatten().map(|change| ("found: ", change));
        let planned = self.changes().map(|change| ("planned: ", change));
        let mut text = String::new();
        for (what, resource) in found.chain(planned) {
            let address = resource["address"].as_str().unwrap_or_default();
            let change = &resource["change"];
            if !address.starts_with(start) || actions(change) == "no-op" {
                continue;
            }
            let _ = writeln!(text, "{what}{} {address}", actions(change));
            for name in differing(change) {
                let after = if holds_true(&change["after_unknown"][&name]) { "unknown" } else { "" };
                let _ = writeln!(text, "    {name}: {} → {}{after}", change["before"][&name], change["after"][&name]);
            }
        }
        text
    }

    /// The actions of all managed resources that are not left alone, by address.
    pub(crate) fn actions(&self) -> BTreeMap<&str, String> {
        let all =
            self.changes().map(|change| (change["address"].as_str().unwrap_or_default(), actions(&change["change"])));
        all.filter(|(_, action)| action != "no-op").collect()
    }

    /// `before`, `after`, `after_unknown` and so on of a resource.
    #[track_caller]
    pub(crate) fn change(&self, address: &str) -> &Json {
        let found = self.changes().find(|change| change["address"] == address);
        &found.unwrap_or_else(|| panic!("{address} is not in the plan\n{self}"))["change"]
    }

    /// The address that a resource had before this plan, if it had another one.
    pub(crate) fn moved_from(&self, address: &str) -> Option<&str> {
        self.changes().find(|change| change["address"] == address)?["previous_address"].as_str()
    }

    /// The top-level attributes of a resource that get another value, or may.
    #[track_caller]
    pub(crate) fn changed_attributes(&self, address: &str) -> BTreeSet<String> {
        differing(self.change(address))
    }

    /// The addresses of the resources that the refresh found changed or gone.
    pub(crate) fn drift(&self) -> Vec<&str> {
        let drifted = self.json["resource_drift"].as_array().into_iter().flatten();
        drifted.filter_map(|change| change["address"].as_str()).collect()
    }

    /// Demands that nothing is to be done.
    #[track_caller]
    pub(crate) fn expect_empty(&self) {
        assert!(self.actions().is_empty(), "the plan is not empty: {:?}\n{self}", self.actions());
        let outputs = self.json["output_changes"].as_object().into_iter().flatten();
        let changed: Vec<&String> =
            outputs.filter(|(_, change)| actions(change) != "no-op").map(|(name, _)| name).collect();
        assert!(changed.is_empty(), "outputs change: {changed:?}\n{self}");
    }

    fn changes(&self) -> impl Iterator<Item = &Json> {
        let changes = self.json["resource_changes"].as_array().into_iter().flatten();
        changes.filter(|change| change["mode"] == "managed")
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

fn actions(change: &Json) -> String {
    let actions = change["actions"].as_array().into_iter().flatten().filter_map(Json::as_str);
    actions.collect::<Vec<_>>().join(",")
}

/// The top-level attributes that get another value, or may.
fn differing(change: &Json) -> BTreeSet<String> {
    let names = |key: &str| change[key].as_object().into_iter().flat_map(|object| object.keys().cloned());
    let all: BTreeSet<String> = names("before").chain(names("after")).chain(names("after_unknown")).collect();
    let differs =
        |name: &String| change["before"][name] != change["after"][name] || holds_true(&change["after_unknown"][name]);
    all.into_iter().filter(differs).collect()
}

fn holds_true(value: &Json) -> bool {
    match value {
        Json::Bool(value) => *value,
        Json::Array(elements) => elements.iter().any(holds_true),
        Json::Object(members) => members.values().any(holds_true),
        _ => false,
    }
}
