//! A call of the service that users configure: its operation, its arguments and its results.

use serde::Serialize;

use crate::definition::{attribute::Attribute, rule::Rule, shape::Operation};

/// The definition of one data source that is not an object (a list, a search, or another read-only call), of one
/// ephemeral resource, or of the call of an action.
#[derive(Debug, Serialize)]
pub struct Call {
    /// The Terraform type: `sagemaker_endpoint_configurations`.
    pub type_name: &'static str,
    /// What messages call the results: `endpoint configurations`.
    pub noun: &'static str,
    /// Markdown.
    pub description: &'static str,
    /// The operation that is called; paged results are merged.
    pub operation: &'static Operation,
    /// Arguments (`on_create`) and results (`observed`), sorted by name.
    pub attributes: &'static [Attribute],
    /// Rules between the arguments.
    pub rules: &'static [Rule],
}
