//! Passes each request of a host to the module that answers it.

use async_trait::async_trait;
use std::sync::Arc;
use tokio::sync::mpsc::Sender;

use crate::{
    definition::RESOURCES,
    diag::Diagnostics,
    engine::{
        action, configuration, data_source, ephemeral,
        instance::Engine,
        list,
        provider::{ImportTarget, ListOptions, Listed, Outcome, Plan, Provider, Schemas, StoredState},
        resource,
    },
    functions::{self, FunctionError},
    schema::Schema,
    value::Value,
};

#[async_trait]
impl Provider for Engine {
    fn schemas(&self) -> &Schemas {
        self.schemas.get_or_init(|| Schemas {
            provider: Schema { version: 0, block: configuration::block() },
            resources: RESOURCES.iter().map(|resource| (resource.type_name, resource.schema())).collect(),
            data_sources: data_source::requests::schemas(),
            identities: RESOURCES.iter().map(|one| (one.type_name, resource::identity::schema(one))).collect(),
            lists: list::requests::schemas(),
            actions: action::requests::schemas(),
            ephemerals: ephemeral::schemas(),
            functions: functions::schemas(),
        })
    }

    fn validate_provider(&self, config: &Value) -> Diagnostics {
        configuration::validate(config)
    }

    async fn configure(&self, config: &Value, terraform_version: &str) -> Diagnostics {
        self.claims.clear();
        let (configured, diagnostics) = configuration::configure(config, terraform_version, &*self.connect).await;
        *self.configured.write().unwrap_or_else(std::sync::PoisonError::into_inner) = configured.map(Arc::new);
        diagnostics
    }

    fn validate_resource(&self, type_name: &str, config: &Value, write_only: bool) -> Diagnostics {
        self.without_secrets(
            self.with_region(config, resource::requests::validate(self, type_name, config, write_only)),
        )
    }

    fn upgrade(&self, type_name: &str, stored: StoredState) -> Outcome {
        self.without_secrets_in(resource::requests::upgrade(self, type_name, stored))
    }

    async fn read(&self, type_name: &str, prior: &Value, private: &[u8]) -> Outcome {
        self.without_secrets_in(resource::requests::read(self, type_name, prior, private).await)
    }

    fn plan(&self, type_name: &str, prior: &Value, config: &Value, private: &[u8]) -> Plan {
        let plan = resource::requests::plan(self, type_name, prior, config, private);
        Plan { diagnostics: self.without_secrets(plan.diagnostics), ..plan }
    }

    async fn apply(&self, type_name: &str, prior: &Value, planned: &Value, config: &Value, private: &[u8]) -> Outcome {
        self.without_secrets_in(resource::requests::apply(self, type_name, prior, planned, config, private).await)
    }

    async fn import(&self, type_name: &str, target: ImportTarget<'_>) -> Outcome {
        self.without_secrets_in(resource::requests::import(self, type_name, target).await)
    }

    fn generate_config(&self, type_name: &str, state: &Value) -> Outcome {
        self.without_secrets_in(resource::requests::generate_config(self, type_name, state))
    }

    fn validate_list(&self, type_name: &str, config: &Value) -> Diagnostics {
        self.without_secrets(self.with_region(config, list::requests::validate(self, type_name, config)))
    }

    async fn list(&self, type_name: &str, config: &Value, options: ListOptions, objects: Sender<Listed>) {
        list::requests::list(self, type_name, config, options, objects).await;
    }

    fn move_state(&self, source_type: &str, source: StoredState, target_type: &str) -> Outcome {
        self.without_secrets_in(resource::requests::move_state(self, source_type, source, target_type))
    }

    fn validate_data_source(&self, type_name: &str, config: &Value) -> Diagnostics {
        self.without_secrets(self.with_region(config, data_source::requests::validate(self, type_name, config)))
    }

    async fn read_data_source(&self, type_name: &str, config: &Value) -> Outcome {
        self.without_secrets_in(data_source::requests::read(self, type_name, config).await)
    }

    fn validate_action(&self, type_name: &str, config: &Value) -> Diagnostics {
        self.without_secrets(self.with_region(config, action::requests::validate(self, type_name, config)))
    }

    async fn invoke_action(&self, type_name: &str, config: &Value, progress: Sender<String>) -> Diagnostics {
        self.without_secrets(action::requests::invoke(self, type_name, config, progress).await)
    }

    fn validate_ephemeral(&self, type_name: &str, config: &Value) -> Diagnostics {
        self.without_secrets(self.with_region(config, ephemeral::validate(self, type_name, config)))
    }

    async fn open_ephemeral(&self, type_name: &str, config: &Value) -> Outcome {
        self.without_secrets_in(ephemeral::open(self, type_name, config).await)
    }

    fn call_function(&self, name: &str, arguments: &[Value]) -> Result<Value, FunctionError> {
        functions::call(name, arguments)
    }

    fn stop(&self) {
        self.stopper.stop();
        if let Some(api) = self.configured().and_then(|configured| configured.api.clone()) {
            api.stop();
        }
    }
}

impl Engine {
    fn without_secrets_in(&self, outcome: Outcome) -> Outcome {
        Outcome { diagnostics: self.without_secrets(outcome.diagnostics), ..outcome }
    }
}
