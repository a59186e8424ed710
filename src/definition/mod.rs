//! What is known of each resource, as static tables: the facts of the service model joined with the hand-written
//! definition files of `schemas/`.
//!
//! The tables are made at build time by [`compile`] and only read here. This room knows no wire format, calls nothing
//! and decides nothing: the meaning of each field is carried out by the engine.

mod attribute;
#[cfg(test)]
pub(crate) mod compile;
mod resource;
pub mod service;
mod terraform;

pub use attribute::{Attribute, Change, Clearing, Equality, Kind, Literal, Origin};
pub use resource::{Check, ErrorMatch, Identity, Naming, Operations, Resource, Retry, Rule, Tags, Wait};

include!(concat!(env!("OUT_DIR"), "/definitions.rs"));

/// The definition of a resource type such as `sagemaker_model`.
pub fn resource(type_name: &str) -> Option<&'static Resource> {
    RESOURCES.binary_search_by(|resource| resource.type_name.cmp(type_name)).ok().map(|found| &RESOURCES[found])
}
