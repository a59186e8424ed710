//! The functions of the provider: pure, without a provider block and without calls of the service.
//!
//! Each family is a file; this one holds the table of all. Nothing here knows the protocol or the engine.

mod arn;
mod arn_build;
mod arn_parse;
mod candidates;
mod console;
mod containers;
mod features;
mod forms;
pub(crate) mod images;
pub(crate) mod instance;
mod naming;
mod pipeline;
#[cfg(test)]
mod tests;
mod texts;

use std::collections::BTreeMap;

pub use texts::FunctionError;

use crate::{schema::Function, value::Value};

/// A function: how Terraform describes it, and how it is evaluated.
struct Entry {
    name: &'static str,
    schema: fn() -> Function,
    /// The arguments conform to the parameters of the schema and are wholly known.
    call: fn(&[Value]) -> Result<Value, FunctionError>,
}

/// All functions, sorted by name.
const FUNCTIONS: &[Entry] = &[
    Entry { name: "arn_build", schema: arn_build::schema, call: arn_build::build },
    Entry { name: "arn_parse", schema: arn_parse::schema, call: arn_parse::parse },
    Entry { name: "best_candidate", schema: candidates::schema, call: candidates::best },
    Entry { name: "console_url", schema: console::schema, call: console::url },
    Entry { name: "feature_definitions", schema: features::schema, call: features::definitions },
    Entry { name: "inference_response_keys", schema: containers::schema, call: containers::set },
    Entry { name: "instance_type", schema: instance::schema, call: instance::describe },
    Entry { name: "merge_pipeline_parameters", schema: pipeline::schema, call: pipeline::merge },
    Entry { name: "model_package_arn", schema: arn_build::package_schema, call: arn_build::package },
    Entry { name: "prebuilt_image_uri", schema: images::schema, call: images::uri },
    Entry { name: "unique_name", schema: naming::schema, call: naming::unique },
];

/// The signatures by name.
pub fn schemas() -> BTreeMap<&'static str, Function> {
    FUNCTIONS.iter().map(|entry| (entry.name, (entry.schema)())).collect()
}

/// The resource types of ARNs, each with what its ARNs end with: literals and `{names}` between slashes. Sorted.
pub fn arn_forms() -> impl Iterator<Item = (&'static str, &'static str)> {
    forms::FORMS.iter().map(|form| (form.resource_type, form.pattern))
}

/// Evaluates a function.
///
/// # Errors
/// If there is no such function, or as the function refuses an argument.
pub fn call(name: &str, arguments: &[Value]) -> Result<Value, FunctionError> {
    let entry = FUNCTIONS.iter().find(|entry| entry.name == name);
    let entry = entry.ok_or_else(|| FunctionError {
        argument: None,
        text: format!("This version of the provider has no function `{name}`."),
    })?;
    (entry.call)(arguments)
}
