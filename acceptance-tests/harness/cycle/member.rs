//! A case in a group: its module, its addresses, and what Terraform says of it.

use std::{collections::BTreeMap, fmt::Write as _, sync::Arc};

use serde_json::{Map, Value as Json};

use crate::harness::{
    case::{Call, Case, Step},
    state::State,
};

/// A case in a group.
#[derive(Clone)]
pub(super) struct Member {
    pub(super) case: Arc<Case>,
    /// The value of `var.name` in its module.
    pub(super) name: String,
    pub(super) steps: Vec<Step>,
    /// The files of its module. It has no module if there are none.
    pub(super) module: BTreeMap<&'static str, String>,
    /// What stands in the root module for it.
    pub(super) root: String,
}

impl Member {
    /// What the addresses in its module begin with: `module.endpoint.`.
    pub(super) fn prefix(&self) -> String {
        format!("module.{}.", self.case.name)
    }

    /// The resource that the case is about.
    pub(super) fn address(&self) -> String {
        self.within(&self.case.address)
    }

    /// The address in the whole configuration of a resource of the module.
    pub(super) fn within(&self, address: &str) -> String {
        format!("{}{address}", self.prefix())
    }

    /// Its resources in a state, by their addresses in the module.
    pub(super) fn resources<'s>(&self, state: &'s State) -> BTreeMap<String, &'s Json> {
        let own =
            |(address, values): (&String, &'s Json)| Some((address.strip_prefix(&self.prefix())?.to_owned(), values));
        state.resources.iter().filter_map(own).collect()
    }

    /// The values of the resource that the case is about.
    pub(super) fn values<'s>(&self, state: &'s State) -> Result<&'s Json, String> {
        state.resources.get(&self.address()).ok_or_else(|| format!("{} is not in the state", self.address()))
    }

    pub(super) fn text<'s>(&self, state: &'s State, attribute: &str) -> Result<&'s str, String> {
        let value = &self.values(state)?[attribute];
        value.as_str().ok_or_else(|| format!("{}.{attribute} is {value}, not a text", self.address()))
    }

    /// The input of a call about the object.
    pub(super) fn input(&self, call: &Call, state: &State) -> Result<Json, String> {
        let values = self.values(state)?;
        let member = |(member, attribute): (&String, &String)| match &values[attribute] {
            Json::Null => Err(format!("{} needs {}.{attribute}, which is null", call.operation, self.address())),
            value => Ok((member.clone(), value.clone())),
        };
        Ok(Json::Object(call.input.iter().map(member).collect::<Result<Map<_, _>, _>>()?))
    }

    /// An import block in the root module for the resource at `from`, an address in the case's module.
    pub(super) fn import_block(&self, to: &str, from: &str, values: &Json) -> String {
        let attribute = if from == self.case.address { &self.case.import.id } else { "id" };
        format!("import {{\n  to = {to}\n  id = {}\n}}\n", values[attribute])
    }

    /// True if an error of Terraform is about the case's module, or about its resource in the root module.
    pub(super) fn is_named_in(&self, error: &str) -> bool {
        let (name, resource_type) = (&self.case.name, self.case.resource_type());
        let marks = [
            self.prefix(),
            format!("on {name}/"),
            format!("in module \"{name}\""),
            format!("{resource_type}.{name},"),
            format!("resource \"{resource_type}\" \"{name}\""),
        ];
        marks.iter().any(|mark| error.contains(mark))
    }

    /// Its configuration with numbered lines, to be read beside a failure.
    pub(super) fn configuration(&self) -> String {
        let mut text = self.root.clone();
        for (file, content) in &self.module {
            let _ = writeln!(text, "── {}/{file}", self.case.name);
            for (index, line) in content.lines().enumerate() {
                let _ = writeln!(text, "{:4} {line}", index + 1);
            }
        }
        text
    }
}
