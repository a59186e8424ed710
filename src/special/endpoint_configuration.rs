//! Why data is not enough: the service deletes an endpoint configuration that a live endpoint runs on, and the endpoint
//! can then neither be scaled nor updated (API reference: DeleteEndpointConfig, "must not delete"). Only the endpoints
//! show which configuration they use.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use async_trait::async_trait;
use futures_util::{StreamExt, TryStreamExt, stream};

use crate::{
    api::{ApiError, ErrorKind},
    definition::names::endpoint_configuration as names,
    diag::Diagnostic,
    engine::{CallContext, Failure, Special},
    text::list,
    value::Value,
};

pub(super) struct EndpointConfiguration;

#[async_trait]
impl Special for EndpointConfiguration {
    async fn before_delete(&self, context: CallContext<'_>, state: &Value) -> Result<(), Failure> {
        let name = state.get(names::NAME).as_str().unwrap_or_default();
        let users = match endpoints_on(context, name).await {
            Ok(users) => users,
            // A caller without permission to list endpoints may still delete configurations; nothing can be checked
            // then.
            Err(error) if error.code.starts_with("AccessDenied") => {
                tracing::warn!(name, code = error.code, "not checked whether an endpoint uses the configuration");
                return Ok(());
            }
            Err(error) => return Err(error.into()),
        };
        if users.is_empty() {
            return Ok(());
        }
        Err(Failure::Refused(Box::new(Diagnostic::error(
            format!("SageMaker endpoint configuration `{name}` is in use"),
            format!(
                "It is not deleted, since endpoint {} runs on it or is being updated to it; without its configuration an \
                 endpoint can be neither scaled nor updated. Move the endpoint to another configuration first. {}",
                list(&users),
                way_out(state)
            ),
        ))))
    }
}

/// How to move the endpoint first. A configuration with a generated name is already replaced in that order.
fn way_out(state: &Value) -> &'static str {
    let has_new_name = !state.get(names::NAME_PREFIX).is_zero();
    if has_new_name {
        "Replacing it also moves an endpoint that this Terraform configuration manages, unless that endpoint lists \
         `endpoint_config_name` in `ignore_changes`: then move the endpoint by other means first, or remove the entry."
    } else {
        "With `lifecycle { create_before_destroy = true }` and a name that changes with every replacement (leave out `name`, \
         or use `name_prefix`), a replacement does this in the right order. An endpoint that lists `endpoint_config_name` in \
         `ignore_changes` is not moved: remove the entry, or move the endpoint by other means."
    }
}

/// The number of endpoints that are described concurrently.
const AT_ONCE: usize = 8;

/// The endpoints that use a configuration, or are being updated to it. Concurrent deletes share one lookup.
async fn endpoints_on(context: CallContext<'_>, configuration: &str) -> Result<Vec<String>, ApiError> {
    let users = context.shared("which endpoints run on which configurations", users(context)).await?;
    Ok(users.get(configuration).elements().iter().filter_map(Value::as_str).map(str::to_owned).collect())
}

/// All endpoints, by the configurations that they use or are being updated to.
async fn users(context: CallContext<'_>) -> Result<Value, ApiError> {
    let pages = Value::from([("MaxResults", 100.into())]);
    let endpoints = context.list("ListEndpoints", &pages, "Endpoints").await?;
    let described = endpoints.iter().map(|endpoint| async move {
        let configurations = configurations_of(context, endpoint).await?;
        Ok::<_, ApiError>((configurations, endpoint.get("EndpointName").clone()))
    });
    let described: Vec<_> = stream::iter(described.collect::<Vec<_>>()).buffered(AT_ONCE).try_collect().await?;
    let mut users = BTreeMap::<String, Vec<Value>>::new();
    for (configurations, name) in described {
        for configuration in configurations {
            users.entry(configuration).or_default().push(name.clone());
        }
    }
    Ok(Value::Map(users.into_iter().map(|(name, users)| (name, Value::List(users))).collect()))
}

/// The configurations that a listed endpoint uses or is being updated to; empty if it is being deleted.
async fn configurations_of(context: CallContext<'_>, endpoint: &Value) -> Result<Vec<String>, ApiError> {
    if endpoint.get("EndpointStatus").as_str() == Some("Deleting") {
        return Ok(Vec::new());
    }
    let in_service = endpoint.get("EndpointStatus").as_str() == Some("InService");
    let version = endpoint.clone();
    if let Some(known) = seen().get(&version).filter(|_| in_service) {
        return Ok(known.clone());
    }
    let address = Value::from([("EndpointName", endpoint.get("EndpointName").clone())]);
    let reply = match context.call("DescribeEndpoint", &address).await {
        Ok(reply) => reply,
        // It was deleted between the two calls.
        Err(error) if error.kind == ErrorKind::Service && error.message.contains("Could not find endpoint") => {
            return Ok(Vec::new());
        }
        // Most likely an endpoint of another team, with its own configurations.
        Err(error) if error.code.starts_with("AccessDenied") => {
            tracing::warn!(endpoint = ?endpoint.get("EndpointName"), "not checked which configuration it runs on");
            return Ok(Vec::new());
        }
        Err(error) => return Err(error),
    };
    let names = [reply.get("EndpointConfigName"), reply.get("PendingDeploymentSummary").get("EndpointConfigName")];
    let names: Vec<String> = names.into_iter().filter_map(Value::as_str).map(str::to_owned).collect();
    if in_service {
        seen().insert(version, names.clone());
    }
    Ok(names)
}

/// The cached results by list entry: an entry contains ARN, status and time of the last change, so an idle endpoint
/// that changed since has another entry. Destroying many configurations then describes each endpoint once.
fn seen() -> MutexGuard<'static, BTreeMap<Value, Vec<String>>> {
    static SEEN: Mutex<BTreeMap<Value, Vec<String>>> = Mutex::new(BTreeMap::new());
    SEEN.lock().unwrap_or_else(PoisonError::into_inner)
}
