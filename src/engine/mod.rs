//! The generic provider: validate, plan, apply, read, import and data sources, steered by definitions.
//!
//! This room knows no protocol and no SDK. What it needs of the service goes through `Api`; what a resource needs
//! beyond its definition goes through [`Special`].
//!
//! A request enters at `dispatch` and is answered by `configuration` (the provider block), `resource` or `data_source`. What
//! these share lies below them: `service` (calls, waits, failures), `convert` (values to and from the bodies of calls) and
//! `common`.

mod common;
mod configuration;
mod convert;
mod data_source;
mod dispatch;
mod instance;
mod provider;
mod resource;
mod service;
#[cfg(test)]
pub(crate) mod tests;

pub use instance::Engine;
pub use provider::{Outcome, Plan, Provider, Schemas, StoredState};
pub use resource::{
    draft::Draft,
    special::{Pauses, Site, Special, Specials},
};
pub use service::failure::Failure;
