//! The generic provider: resources, data sources, list resources, actions and ephemeral resources, as their definitions
//! say.
//!
//! This room knows no protocol and no SDK. It calls the service through `Api`; what a resource needs beyond its
//! definition is a [`Special`].
//!
//! `dispatch` receives a request and passes it to `configuration` (the provider block), `resource`, `list`,
//! `data_source`, `action` or `ephemeral`.
//! They share `service` (calls, waits, failures), `convert` (between values and the bodies of calls) and `common`.

mod action;
mod common;
mod configuration;
mod convert;
mod data_source;
mod dispatch;
mod ephemeral;
mod instance;
pub(crate) mod list;
mod provider;
mod resource;
mod service;
#[cfg(test)]
pub(crate) mod tests;

pub use crate::functions::FunctionError;
pub use instance::Engine;
pub use provider::{ImportTarget, ListOptions, Listed, Outcome, Plan, Provider, Schemas, StoredState};
pub use resource::{
    draft::Draft,
    moved::taking_over,
    special::{Special, Specials},
};
pub(crate) use service::wait::CHANGE_SEEN_WITHIN;
pub use service::{call_context::CallContext, failure::Failure, pauses::Pauses};
