//! The service interface of the engine, and the trait that connects to the service.

use std::{sync::Arc, time::SystemTime};

use async_trait::async_trait;
use tokio::time::Instant;

use super::{
    error::{ApiError, ConnectError},
    settings::Settings,
};
use crate::{regions::NoRegion, value::Value};

/// The service interface of the engine. No method has a body here, so that a wrapper cannot forget one.
#[async_trait]
pub trait Api: Send + Sync + 'static {
    /// Calls `operation` (`DescribeModel`) in `region`. Input and reply are the JSON bodies: members in the service's
    /// spelling, timestamps as numbers of seconds; an empty reply is an empty object. Null members are not sent.
    async fn call(&self, region: &str, operation: &str, input: &Value) -> Result<Value, ApiError>;

    /// Like [`Self::call`], for an operation that is not idempotent: a request that may have taken effect is not
    /// retried, and the error is in doubt.
    async fn call_once(&self, region: &str, operation: &str, input: &Value) -> Result<Value, ApiError>;

    /// Converts an instant of this process to the service's clock in `region`, on which the times in its replies are
    /// based.
    fn service_time(&self, region: &str, moment: Instant) -> SystemTime;

    /// The region that the provider was configured with.
    fn region(&self) -> &str;

    /// Checks the name of a region that a resource sets.
    fn check_region(&self, region: &str) -> Result<(), NoRegion>;

    /// If no source of credentials is configured and this machine has none of its own: every source with what it
    /// reported.
    async fn missing_credentials(&self) -> Option<String>;

    /// The account that the credentials belong to; `None` if it cannot be determined, or must not be requested.
    async fn account(&self) -> Option<String>;

    /// Stops the running calls, each after its request in flight. Later calls are not affected.
    fn stop(&self);
}

/// Connects to the service with the provider's configuration.
#[async_trait]
pub trait Connect: Send + Sync + 'static {
    /// Sends no requests, unless the settings restrict the accounts that may be used.
    async fn connect(&self, settings: Settings, terraform_version: &str) -> Result<Arc<dyn Api>, ConnectError>;
}
