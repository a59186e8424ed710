//! A question to the service that changes nothing: its operation, what it takes and what it is told.

use serde::Serialize;

use crate::definition::{attribute::Attribute, shape::Operation};

/// Everything that the engine needs to answer one data source that is no object: lists, searches, and what else the
/// service tells.
#[derive(Debug, Serialize)]
pub struct Query {
    /// The Terraform type: `sagemaker_endpoint_configurations`.
    pub type_name: &'static str,
    /// What messages call it: `endpoint configurations`.
    pub noun: &'static str,
    /// Markdown, in our own words.
    pub description: &'static str,
    pub operation: &'static Operation,
    /// What is asked (`on_create`) and what is told (`observed`), sorted by name.
    pub attributes: &'static [Attribute],
}
