//! Why data is not enough: the service deletes an endpoint configuration that a live endpoint runs on, and the endpoint
//! can then neither be scaled nor updated (API reference: DeleteEndpointConfig, "must not delete"). Whether one does can
//! only be asked of the endpoints.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use async_trait::async_trait;

use crate::{
    api::{ApiError, ErrorKind},
    diag::Diagnostic,
    engine::{Failure, Site, Special},
    value::Value,
};

pub(super) struct EndpointConfiguration;

#[async_trait]
impl Special for EndpointConfiguration {
    async fn before_delete(&self, site: Site<'_>, state: &Value) -> Result<(), Failure> {
        let name = state.get("name").as_str().unwrap_or_default();
        let users = match endpoints_on(site, name).await {
            Ok(users) => users,
            // Who may not look at endpoints may still delete configurations; nothing can be checked then.
            Err(error) if error.code.starts_with("AccessDenied") => {
                tracing::warn!(name, code = error.code, "not checked whether an endpoint uses the configuration");
                return Ok(());
            }
            Err(error) => return Err(error.into()),
        };
        if users.is_empty() {
            return Ok(());
        }
        let users: Vec<String> = users.iter().map(|user| format!("`{user}`")).collect();
        Err(Failure::Refused(Box::new(Diagnostic::error(
            format!("SageMaker endpoint configuration `{name}` is in use"),
            format!(
                "It is not deleted, since endpoint {} runs on it or is being updated to it; without its configuration an \
                 endpoint can be neither scaled nor updated. Move the endpoint to another configuration first: with \
                 `lifecycle {{ create_before_destroy = true }}` and a name that the provider makes up (leave out `name`, \
                 or use `name_prefix`), a replacement does this in the right order.",
                users.join(", ")
            ),
        ))))
    }
}

/// The endpoints that run on a configuration, or are being updated to it.
async fn endpoints_on(site: Site<'_>, configuration: &str) -> Result<Vec<String>, ApiError> {
    let mut users = Vec::new();
    let pages = Value::from([("MaxResults", 100.into())]);
    for endpoint in site.list("ListEndpoints", &pages, "Endpoints").await? {
        if configurations_of(site, &endpoint).await?.iter().any(|used| used == configuration) {
            users.extend(endpoint.get("EndpointName").as_str().map(str::to_owned));
        }
    }
    Ok(users)
}

/// The configurations that an endpoint of the list runs on or is being updated to; none if it is going away.
async fn configurations_of(site: Site<'_>, endpoint: &Value) -> Result<Vec<String>, ApiError> {
    if endpoint.get("EndpointStatus").as_str() == Some("Deleting") {
        return Ok(Vec::new());
    }
    let settled = endpoint.get("EndpointStatus").as_str() == Some("InService");
    let version = endpoint.clone();
    if let Some(known) = seen().get(&version).filter(|_| settled) {
        return Ok(known.clone());
    }
    let address = Value::from([("EndpointName", endpoint.get("EndpointName").clone())]);
    let reply = match site.api.call(site.region, "DescribeEndpoint", &address).await {
        Ok(reply) => reply,
        // It went away between the two calls.
        Err(error) if error.kind == ErrorKind::Service && error.message.contains("Could not find endpoint") => {
            return Ok(Vec::new());
        }
        // The endpoint of others, most likely, who have configurations of their own.
        Err(error) if error.code.starts_with("AccessDenied") => {
            tracing::warn!(endpoint = ?endpoint.get("EndpointName"), "not checked which configuration it runs on");
            return Ok(Vec::new());
        }
        Err(error) => return Err(error),
    };
    let names = [reply.get("EndpointConfigName"), reply.get("PendingDeploymentSummary").get("EndpointConfigName")];
    let names: Vec<String> = names.into_iter().filter_map(Value::as_str).map(str::to_owned).collect();
    if settled {
        seen().insert(version, names.clone());
    }
    Ok(names)
}

/// What was described before, by the entry of the list: it names ARN, status and time of the last change, so a settled
/// endpoint that changed since is another entry. Destroying many configurations then describes each endpoint once.
fn seen() -> MutexGuard<'static, BTreeMap<Value, Vec<String>>> {
    static SEEN: Mutex<BTreeMap<Value, Vec<String>>> = Mutex::new(BTreeMap::new());
    SEEN.lock().unwrap_or_else(PoisonError::into_inner)
}
