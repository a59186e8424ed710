//! The requests of a host to a provider, independent of the protocol.
//!
//! The server room converts protocol calls into calls of [`Provider`]. The engine implements it; tests of the server
//! have their own implementation.

use std::collections::BTreeMap;

use async_trait::async_trait;
use tokio::sync::mpsc::Sender;

use crate::{
    diag::Diagnostics,
    functions::FunctionError,
    schema::{Function, IdentitySchema, Schema},
    value::{Path, Value},
};

/// The schemas of a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schemas {
    /// The provider block.
    pub provider: Schema,
    /// Resources by type name.
    pub resources: BTreeMap<&'static str, Schema>,
    /// Data sources by type name.
    pub data_sources: BTreeMap<&'static str, Schema>,
    /// Resource identities by the type name of the resource.
    pub identities: BTreeMap<&'static str, IdentitySchema>,
    /// The configurations of list resources by the type name of the resource.
    pub lists: BTreeMap<&'static str, Schema>,
    /// Actions by type name.
    pub actions: BTreeMap<&'static str, Schema>,
    /// Ephemeral resources by type name.
    pub ephemerals: BTreeMap<&'static str, Schema>,
    /// Functions by name.
    pub functions: BTreeMap<&'static str, Function>,
}

/// A planned change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// The planned state; null to destroy.
    pub planned: Value,
    /// The attributes whose new values replace the object.
    pub requires_replace: Vec<Path>,
    /// Opaque bytes that the host passes to the apply.
    pub private: Vec<u8>,
    /// Errors and warnings; an error refuses the plan.
    pub diagnostics: Diagnostics,
}

/// The state after an apply, a read, an import or a move, or a data source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Null: the object does not exist. After a failed apply: the best known state.
    pub state: Value,
    /// Opaque bytes that the host stores with the state.
    pub private: Vec<u8>,
    /// The identity of a resource's object; null if the state does not identify it.
    pub identity: Value,
    /// Errors and warnings.
    pub diagnostics: Diagnostics,
}

impl Outcome {
    /// The outcome of a request that has no effect.
    pub(super) fn failed(diagnostics: impl Into<Diagnostics>) -> Self {
        Self { diagnostics: diagnostics.into(), ..Self::default() }
    }
}

/// How an import selects an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportTarget<'a> {
    /// By the text that a user gave.
    Id(&'a str),
    /// By its resource identity.
    Identity(&'a Value),
}

/// One object of a listing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listed {
    /// The identity of the object; null if the listing has failed.
    pub identity: Value,
    /// A name that a person recognises.
    pub display_name: String,
    /// The text by which it is imported; empty unless it was requested.
    pub import_id: String,
    /// The state of the object; null unless it was requested. Of an object that cannot be read, only what addresses it is
    /// set: Terraform (1.15) panics if it generates the configuration of an object without a state.
    pub object: Value,
    /// What was requested could not be read.
    pub is_incomplete: bool,
    /// Errors and warnings.
    pub diagnostics: Diagnostics,
}

/// What a listing has to return.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListOptions {
    /// The state of each object too.
    pub with_objects: bool,
    /// The import id of each object too, which may need a read.
    pub with_import_ids: bool,
    /// The largest number of objects.
    pub limit: usize,
}

/// A state in the JSON form of a state file, to be converted to another resource type or schema version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredState {
    /// As in the state file: exact numbers, members of any schema.
    pub state: Value,
    /// The version of the schema that wrote the state.
    pub version: i64,
}

/// A provider. Every failure is a diagnostic. Calls may be concurrent and in any order.
#[async_trait]
pub trait Provider: Send + Sync + 'static {
    /// All schemas, and the signatures of functions.
    fn schemas(&self) -> &Schemas;

    /// Validates the provider block without calling the service.
    fn validate_provider(&self, config: &Value) -> Diagnostics;

    /// Connects to the service as `config` says. May be called repeatedly; the last call wins. Values may be unknown
    /// during a plan.
    async fn configure(&self, config: &Value, terraform_version: &str) -> Diagnostics;

    /// Validates the configuration of a resource. `write_only`: the host keeps write-only arguments out of plans and
    /// states.
    fn validate_resource(&self, type_name: &str, config: &Value, write_only: bool) -> Diagnostics;

    /// Upgrades a state of an older (or the same) schema version to the current schema.
    fn upgrade(&self, type_name: &str, stored: StoredState) -> Outcome;

    /// Refreshes a state. The new state is null if the object no longer exists.
    async fn read(&self, type_name: &str, prior: &Value, private: &[u8]) -> Outcome;

    /// Plans a change from the prior state and the configuration; a null `config` plans a destroy. Pure and
    /// deterministic: no clock, no network. (Terraform's own proposal is not needed: it is a function of the same two.)
    fn plan(&self, type_name: &str, prior: &Value, config: &Value, private: &[u8]) -> Plan;

    /// Creates (null `prior`), updates or deletes (null `planned`) an object. `config` holds the write-only values;
    /// null to delete.
    async fn apply(&self, type_name: &str, prior: &Value, planned: &Value, config: &Value, private: &[u8]) -> Outcome;

    /// Finds an object. The host then reads it.
    async fn import(&self, type_name: &str, target: ImportTarget<'_>) -> Outcome;

    /// The configuration that manages an object as its state shows it; the outcome's state.
    fn generate_config(&self, type_name: &str, state: &Value) -> Outcome;

    /// Validates the configuration of a list resource.
    fn validate_list(&self, type_name: &str, config: &Value) -> Diagnostics;

    /// Lists objects, in the order of the service. Ends when all are sent, or when nobody receives them any more.
    async fn list(&self, type_name: &str, config: &Value, options: ListOptions, objects: Sender<Listed>);

    /// Takes over the state of another provider's resource type.
    fn move_state(&self, source_type: &str, source: StoredState, target_type: &str) -> Outcome;

    /// Validates the configuration of a data source.
    fn validate_data_source(&self, type_name: &str, config: &Value) -> Diagnostics;

    /// Reads a data source; the outcome has no private data.
    async fn read_data_source(&self, type_name: &str, config: &Value) -> Outcome;

    /// Validates the configuration of an action. Also the plan of an action, since a call that is still to come changes
    /// no plan.
    fn validate_action(&self, type_name: &str, config: &Value) -> Diagnostics;

    /// Invokes an action and reports its progress.
    async fn invoke_action(&self, type_name: &str, config: &Value, progress: Sender<String>) -> Diagnostics;

    /// Validates the configuration of an ephemeral resource.
    fn validate_ephemeral(&self, type_name: &str, config: &Value) -> Diagnostics;

    /// Opens an ephemeral resource; the outcome has no private data. Nothing is renewed or closed.
    async fn open_ephemeral(&self, type_name: &str, config: &Value) -> Outcome;

    /// Calls a function. Pure, and independent of the provider block.
    fn call_function(&self, name: &str, arguments: &[Value]) -> Result<Value, FunctionError>;

    /// Interrupts running operations at once and keeps what is known. Later calls are not affected.
    fn stop(&self);
}
