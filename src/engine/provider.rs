//! What a host may ask of a provider, free of any protocol.
//!
//! The server room turns protocol calls into calls of [`Provider`]; the engine is the implementation, and tests of the
//! server bring their own.

use std::collections::BTreeMap;

use async_trait::async_trait;

use crate::{
    diag::Diagnostics,
    schema::Schema,
    value::{Path, Value},
};

/// The schemas of everything that a provider offers, by type name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schemas {
    pub provider: Schema,
    pub resources: BTreeMap<&'static str, Schema>,
    pub data_sources: BTreeMap<&'static str, Schema>,
}

/// A planned change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// The planned state; null to destroy.
    pub planned: Value,
    /// The attributes whose new values make the object anew.
    pub requires_replace: Vec<Path>,
    /// Opaque bytes that come back with the apply.
    pub private: Vec<u8>,
    pub diagnostics: Diagnostics,
}

/// The state after an apply, a read, an import or a move.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Null: the object does not exist. After a failed apply: the best that is known.
    pub state: Value,
    /// Opaque bytes, kept with the state.
    pub private: Vec<u8>,
    pub diagnostics: Diagnostics,
}

/// A state in the JSON form of a state file, to be brought into another resource type or schema version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredState {
    /// As the state file has it; numbers exact, members of any schema.
    pub state: Value,
    /// The schema version that wrote it.
    pub version: i64,
}

/// A provider. Every failure is a diagnostic; calls may come concurrently and in any order.
#[async_trait]
pub trait Provider: Send + Sync + 'static {
    fn schemas(&self) -> &Schemas;

    fn validate_provider(&self, config: &Value) -> Diagnostics;

    /// May be called more than once; the last call wins. Unknown values are possible while planning.
    async fn configure(&self, config: &Value, terraform_version: &str) -> Diagnostics;

    /// `write_only`: the host keeps write-only arguments out of plans and states.
    fn validate_resource(&self, type_name: &str, config: &Value, write_only: bool) -> Diagnostics;

    /// Brings a state of an older (or the same) schema version to the current schema.
    fn upgrade(&self, type_name: &str, stored: StoredState) -> Outcome;

    async fn read(&self, type_name: &str, prior: &Value, private: &[u8]) -> Outcome;

    /// Plans from what was and what the user wrote; a null `config` asks for a destroy. Pure and deterministic: no
    /// clock, no network. (Terraform's own proposal is not needed: it is a function of the same two.)
    fn plan(&self, type_name: &str, prior: &Value, config: &Value, private: &[u8]) -> Plan;

    /// Creates (`prior` null), updates or deletes (`planned` null). `config` holds what is write-only; null to delete.
    async fn apply(&self, type_name: &str, prior: &Value, planned: &Value, config: &Value, private: &[u8]) -> Outcome;

    /// Finds an object by the id that the user gave. The host reads it next.
    async fn import(&self, type_name: &str, id: &str) -> Outcome;

    /// Takes over the state of another provider's resource type.
    fn move_state(&self, source_type: &str, source: StoredState, target_type: &str) -> Outcome;

    fn validate_data_source(&self, type_name: &str, config: &Value) -> Diagnostics;

    async fn read_data_source(&self, type_name: &str, config: &Value) -> Outcome;

    /// Ends what is running at once, keeping what is known. Calls that come later are not affected.
    fn stop(&self);
}
