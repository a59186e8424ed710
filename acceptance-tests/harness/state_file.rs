//! State files in which some objects belong to another provider, as before a migration.

use std::{collections::BTreeSet, fs};

use serde_json::{Value as Json, json};

use super::workspace::Workspace;

/// A state file of ours in which some objects are theirs.
pub(crate) struct StateFile(Json);

/// A resource of a module, by the name of the module (empty for the root module), its type and its name.
#[derive(Clone, Copy)]
pub(crate) struct Address<'a> {
    pub(crate) module: &'a str,
    pub(crate) resource_type: &'a str,
    pub(crate) name: &'a str,
}

impl StateFile {
    /// The state file of a workspace.
    pub(crate) fn read(workspace: &Workspace) -> Self {
        let text = fs::read(workspace.root().join("terraform.tfstate")).expect("something was applied");
        Self(serde_json::from_slice(&text).expect("a state file"))
    }

    /// Makes the objects of a resource those of `their_type`, a resource type of hashicorp/aws or hashicorp/awscc, with
    /// the attributes that are derived from ours.
    pub(crate) fn hand_over(&mut self, address: Address<'_>, their_type: &str, attributes: impl Fn(&Json) -> Json) {
        let Address { module, resource_type, name } = address;
        let is_at_address = |resource: &&mut Json| {
            is_in_module(resource, module) && resource["type"] == resource_type && resource["name"] == name
        };
        let provider = their_type.split('_').next().unwrap_or_default();
        for resource in self.resources().iter_mut().filter(is_at_address) {
            resource["type"] = their_type.into();
            let ours = resource["provider"].as_str().expect("an address").to_owned();
            resource["provider"] = ours.replace("sagemaker-rs/sagemaker", &format!("hashicorp/{provider}")).into();
            for instance in resource["instances"].as_array_mut().expect("a list of objects") {
                instance["attributes"] = attributes(&instance["attributes"]);
                instance["schema_version"] = 1.into();
                instance["sensitive_attributes"] = json!([]);
                if let Some(instance) = instance.as_object_mut() {
                    instance.remove("identity");
                    instance.remove("identity_schema_version");
                }
            }
        }
    }

    /// As Terraform reads it, without what is in other modules.
    pub(crate) fn of_modules(mut self, modules: &BTreeSet<String>) -> String {
        self.resources().retain(|resource| modules.iter().any(|module| is_in_module(resource, module)));
        self.0.to_string()
    }

    /// Makes it the state of a workspace.
    pub(crate) fn write(&self, workspace: &Workspace) {
        workspace.write("terraform.tfstate", &self.0.to_string());
    }

    fn resources(&mut self) -> &mut Vec<Json> {
        self.0["resources"].as_array_mut().expect("a list of resources")
    }
}

fn is_in_module(resource: &Json, module: &str) -> bool {
    match resource["module"].as_str() {
        None => module.is_empty(),
        Some(path) => path == format!("module.{module}"),
    }
}
