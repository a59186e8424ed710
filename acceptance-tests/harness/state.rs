//! A state of Terraform, as a test reads it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

/// A state, as `show -json` prints it: the values of each managed resource, by address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct State {
    pub(crate) resources: BTreeMap<String, Json>,
    /// The values of each data source, by address.
    pub(crate) data: BTreeMap<String, Json>,
    pub(crate) outputs: BTreeMap<String, Json>,
    /// The addresses of those that a failed create has left behind.
    pub(crate) tainted: BTreeSet<String>,
}

impl State {
    /// The values of a resource.
    #[track_caller]
    pub(crate) fn resource(&self, address: &str) -> &Json {
        self.resources
            .get(address)
            .unwrap_or_else(|| panic!("{address} is not in the state: {:?}", self.resources.keys()))
    }

    /// The text of an attribute.
    #[track_caller]
    pub(crate) fn text(&self, address: &str, attribute: &str) -> &str {
        let value = &self.resource(address)[attribute];
        value.as_str().unwrap_or_else(|| panic!("{address}.{attribute} is {value}, not a text"))
    }

    fn collect(&mut self, module: &Json) {
        for resource in module["resources"].as_array().into_iter().flatten() {
            let address = resource["address"].as_str().unwrap_or_default();
            if resource["mode"] == "data" {
                self.data.insert(address.to_owned(), resource["values"].clone());
            } else {
                self.resources.insert(address.to_owned(), resource["values"].clone());
                if resource["tainted"] == true {
                    self.tainted.insert(address.to_owned());
                }
            }
        }
        for child in module["child_modules"].as_array().into_iter().flatten() {
            self.collect(child);
        }
    }
}

impl From<&Json> for State {
    fn from(json: &Json) -> Self {
        let mut state = Self::default();
        state.collect(&json["values"]["root_module"]);
        for (name, output) in json["values"]["outputs"].as_object().into_iter().flatten() {
            state.outputs.insert(name.clone(), output["value"].clone());
        }
        state
    }
}
