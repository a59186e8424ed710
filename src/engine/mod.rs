//! The generic resource and data source.

mod provider;

pub use provider::{Outcome, Plan, Provider, Schemas, StoredState};
