//! Refuses calls that lack members which the service model requires, whichever code makes them: a describe call without
//! a name could return any object, and the service's refusal would not show why the call was made.

use std::{sync::Arc, time::SystemTime};

use async_trait::async_trait;
use tokio::time::Instant;

use crate::{
    api::{Api, ApiError, ErrorKind},
    definition::service::{self, Shape, ShapeKind},
    regions::NoRegion,
    value::Value,
};

/// The service behind a check that every call is complete.
pub(crate) struct Complete(pub(crate) Arc<dyn Api>);

#[async_trait]
impl Api for Complete {
    async fn call(&self, region: &str, operation: &str, input: &Value) -> Result<Value, ApiError> {
        check(operation, input)?;
        self.0.call(region, operation, input).await
    }

    async fn call_once(&self, region: &str, operation: &str, input: &Value) -> Result<Value, ApiError> {
        check(operation, input)?;
        self.0.call_once(region, operation, input).await
    }

    fn service_time(&self, region: &str, moment: Instant) -> SystemTime {
        self.0.service_time(region, moment)
    }

    fn region(&self) -> &str {
        self.0.region()
    }

    fn check_region(&self, region: &str) -> Result<(), NoRegion> {
        self.0.check_region(region)
    }

    async fn missing_credentials(&self) -> Option<String> {
        self.0.missing_credentials().await
    }

    async fn account(&self) -> Option<String> {
        self.0.account().await
    }

    fn stop(&self) {
        self.0.stop();
    }
}

/// Refuses an incomplete call.
pub(crate) fn check(operation: &str, input: &Value) -> Result<(), ApiError> {
    let model = service::operation(operation);
    match model.and_then(|model| missing(model.input, input)) {
        None => Ok(()),
        Some(member) => {
            let reason = format!("the call was not sent, since it lacks the required member `{member}`");
            Err(ApiError::unsent(operation, ErrorKind::Request, reason))
        }
    }
}

/// The path of the first missing required member; elements of lists count from one, as in the service's messages:
/// `Groups.2.member.Name`.
pub(crate) fn missing(shape: &Shape, value: &Value) -> Option<String> {
    let below = |name: &str, shape: &Shape, value: &Value| missing(shape, value).map(|path| format!("{name}.{path}"));
    match (&shape.kind, value) {
        (ShapeKind::Structure { members, .. }, Value::Map(_)) => members.iter().find_map(|member| {
            let value = value.get(member.name);
            match value {
                Value::Null | Value::Unknown(_) => member.required.then(|| member.name.to_owned()),
                value => below(member.name, member.shape, value),
            }
        }),
        (ShapeKind::List { element, .. }, Value::List(elements)) => {
            let numbered = (1..).zip(elements);
            numbered.into_iter().find_map(|(number, value)| below(&format!("{number}.member"), element, value))
        }
        (ShapeKind::Map { value: shape, .. }, Value::Map(entries)) => {
            entries.iter().find_map(|(key, value)| below(key, shape, value))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        api::fake::{FakeApi, REGION},
        definition::{RESOURCES, service::OPERATIONS},
    };

    #[tokio::test]
    async fn no_operation_is_called_without_required_members() {
        let api = Arc::new(FakeApi::answering(|_, _| Ok(Value::object())));
        let complete = Complete(api.clone());
        let refused = OPERATIONS.iter().filter(|operation| operation.input.members().iter().any(|it| it.required));
        for operation in refused {
            let error = complete.call(REGION, operation.name, &Value::object()).await.expect_err(operation.name);
            assert_eq!((error.kind, error.attempts, error.in_doubt), (ErrorKind::Request, 0, false));
            complete.call_once(REGION, operation.name, &Value::object()).await.expect_err(operation.name);
        }
        assert_eq!(api.calls(), "");
        complete.call(REGION, "ListModels", &Value::object()).await.expect("nothing is required");
        assert_eq!(api.calls(), "ListModels {}");
    }

    #[test]
    fn missing_members_are_found_inside_lists_and_maps() {
        let create = service::operation("CreateEndpointConfig").expect("an operation of the model");
        let input = |variant: Value| {
            Value::from([("EndpointConfigName", "c".into()), ("ProductionVariants", Value::List(vec![variant]))])
        };
        let named = Value::from([("VariantName", "all".into())]);
        assert_eq!(missing(create.input, &input(named)), None);
        assert_eq!(
            missing(create.input, &input(Value::object())).as_deref(),
            Some("ProductionVariants.1.member.VariantName")
        );
    }

    #[test]
    fn every_read_without_names_is_refused() {
        let all = RESOURCES.iter().filter(|resource| !resource.identity.members.is_empty());
        for resource in all {
            let read = resource.operations.read;
            assert!(missing(read.input, &Value::object()).is_some() || is_a_list(read.name), "{}", read.name);
        }
    }

    /// Lists take the address as a filter.
    fn is_a_list(operation: &str) -> bool {
        operation.starts_with("List")
    }
}
