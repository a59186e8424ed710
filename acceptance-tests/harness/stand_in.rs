//! Stand-ins for hashicorp/aws and hashicorp/awscc, which the tests do not install: our engine under their type names, in a
//! process of its own. They know schemas of their types, as Terraform demands of whoever drops or imports them: hashicorp/aws
//! ours, which are nearly the same, and hashicorp/awscc no more than the id.
//!
//! The process is this test program, which runs the ignored test below; a script keeps what the test harness prints from
//! Terraform.

use std::{env, sync::Arc};

use async_trait::async_trait;
use sagemaker_provider::{
    api::Aws,
    diag::Diagnostics,
    engine::{Engine, ImportTarget, ListOptions, Listed, Outcome, Plan, Provider, Schemas, StoredState},
    functions::FunctionError,
    schema::{Attribute, Block, Schema, Type, Usage},
    server::{self, Options},
    special::SPECIALS,
    value::Value,
};
use tokio::{runtime::Runtime, sync::mpsc::Sender};

/// Which provider the process is: `aws` or `awscc`.
const VARIABLE: &str = "STAND_IN";

const TEST: &str = "harness::stand_in::serves_as_another_provider";

/// Newer than that of the states of [`super::state_file`], so that each is upgraded first.
const SCHEMA_VERSION: i64 = 2;

/// A program that serves as this provider.
pub(crate) fn script(provider: &str) -> String {
    let program = env::current_exe().expect("this program has a path");
    let command = format!("{VARIABLE}={provider} {program:?} --exact {TEST} --ignored --nocapture");
    // Only the line with the address is for Terraform.
    format!("#!/bin/sh\n{command} | grep --line-buffered '^1|'\n")
}

#[test]
#[ignore = "it is the process of a stand-in, which Terraform starts"]
fn serves_as_another_provider() {
    let provider = env::var(VARIABLE).expect("the script says which provider this is");
    let options = Options { address: "registry.terraform.io/hashicorp/aws", name: "stand_in", version: "1.0.0" };
    let runtime = Runtime::new().expect("threads can be started");
    runtime.block_on(server::serve(Arc::new(StandIn::new(&provider)), options)).expect("Terraform has started this");
    runtime.shutdown_background();
}

struct StandIn {
    engine: Engine,
    schemas: Schemas,
    /// `aws_`.
    prefix: String,
}

impl StandIn {
    fn new(provider: &str) -> Self {
        let engine = Engine::new(SPECIALS, Box::new(Aws { provider_version: "1.0.0" }));
        let ours = engine.schemas();
        let theirs = |(name, schema): (&&'static str, &Schema)| {
            let name: &'static str = format!("{provider}_{name}").leak();
            let block = if provider == "aws" { schema.block.clone() } else { id_alone() };
            (name, Schema { version: SCHEMA_VERSION, block })
        };
        let schemas = Schemas {
            provider: ours.provider.clone(),
            resources: ours.resources.iter().map(theirs).collect(),
            data_sources: [].into(),
            identities: [].into(),
            lists: [].into(),
            actions: [].into(),
            ephemerals: [].into(),
            functions: [].into(),
        };
        Self { engine, schemas, prefix: format!("{provider}_") }
    }

    /// True if the types have more than an id.
    fn has_our_schemas(&self) -> bool {
        self.prefix == "aws_"
    }

    fn ours<'n>(&self, type_name: &'n str) -> &'n str {
        type_name.strip_prefix(&self.prefix).unwrap_or(type_name)
    }
}

fn id_alone() -> Block {
    let id = Attribute {
        name: "id",
        r#type: Type::String,
        description: "",
        usage: Usage::Computed,
        sensitive: false,
        write_only: false,
        deprecated: None,
    };
    Block { attributes: vec![id], ..Block::default() }
}

/// Their types have no identities.
fn unidentified(outcome: Outcome) -> Outcome {
    Outcome { identity: Value::Null, ..outcome }
}

#[async_trait]
impl Provider for StandIn {
    fn schemas(&self) -> &Schemas {
        &self.schemas
    }

    fn validate_provider(&self, config: &Value) -> Diagnostics {
        self.engine.validate_provider(config)
    }

    async fn configure(&self, config: &Value, terraform_version: &str) -> Diagnostics {
        self.engine.configure(config, terraform_version).await
    }

    fn validate_resource(&self, type_name: &str, config: &Value, write_only: bool) -> Diagnostics {
        self.engine.validate_resource(self.ours(type_name), config, write_only)
    }

    fn upgrade(&self, type_name: &str, stored: StoredState) -> Outcome {
        if self.has_our_schemas() {
            return unidentified(self.engine.upgrade(self.ours(type_name), StoredState { version: 0, ..stored }));
        }
        let state = Value::from([("id", stored.state.get("id").clone())]);
        Outcome { state, ..Outcome::default() }
    }

    async fn read(&self, type_name: &str, prior: &Value, private: &[u8]) -> Outcome {
        if self.has_our_schemas() {
            return unidentified(self.engine.read(self.ours(type_name), prior, private).await);
        }
        Outcome { state: prior.clone(), ..Outcome::default() }
    }

    fn plan(&self, type_name: &str, prior: &Value, config: &Value, private: &[u8]) -> Plan {
        self.engine.plan(self.ours(type_name), prior, config, private)
    }

    async fn apply(&self, type_name: &str, prior: &Value, planned: &Value, config: &Value, private: &[u8]) -> Outcome {
        unidentified(self.engine.apply(self.ours(type_name), prior, planned, config, private).await)
    }

    async fn import(&self, type_name: &str, target: ImportTarget<'_>) -> Outcome {
        unidentified(self.engine.import(self.ours(type_name), target).await)
    }

    fn generate_config(&self, type_name: &str, state: &Value) -> Outcome {
        unidentified(self.engine.generate_config(self.ours(type_name), state))
    }

    fn move_state(&self, source_type: &str, source: StoredState, target_type: &str) -> Outcome {
        unidentified(self.engine.move_state(source_type, source, target_type))
    }

    fn validate_list(&self, type_name: &str, config: &Value) -> Diagnostics {
        self.engine.validate_list(type_name, config)
    }

    async fn list(&self, type_name: &str, config: &Value, options: ListOptions, objects: Sender<Listed>) {
        self.engine.list(type_name, config, options, objects).await;
    }

    fn validate_data_source(&self, type_name: &str, config: &Value) -> Diagnostics {
        self.engine.validate_data_source(type_name, config)
    }

    async fn read_data_source(&self, type_name: &str, config: &Value) -> Outcome {
        self.engine.read_data_source(type_name, config).await
    }

    fn validate_action(&self, type_name: &str, config: &Value) -> Diagnostics {
        self.engine.validate_action(type_name, config)
    }

    async fn invoke_action(&self, type_name: &str, config: &Value, progress: Sender<String>) -> Diagnostics {
        self.engine.invoke_action(type_name, config, progress).await
    }

    fn validate_ephemeral(&self, type_name: &str, config: &Value) -> Diagnostics {
        self.engine.validate_ephemeral(type_name, config)
    }

    async fn open_ephemeral(&self, type_name: &str, config: &Value) -> Outcome {
        self.engine.open_ephemeral(type_name, config).await
    }

    fn call_function(&self, name: &str, arguments: &[Value]) -> Result<Value, FunctionError> {
        self.engine.call_function(name, arguments)
    }

    fn stop(&self) {
        self.engine.stop();
    }
}
