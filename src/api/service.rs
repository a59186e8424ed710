//! The service, as the engine sees it, and how a connection to it comes about.

use std::{sync::Arc, time::SystemTime};

use async_trait::async_trait;
use tokio::time::Instant;

use super::{
    clock::system_time,
    error::{ApiError, ConnectError},
    settings::Settings,
};
use crate::value::Value;

/// The service, as the engine sees it.
#[async_trait]
pub trait Api: Send + Sync + 'static {
    /// Calls `operation` (`DescribeModel`) in `region`. Input and reply are the JSON bodies: members as the service
    /// spells them, timestamps as numbers of seconds; an empty reply is an empty object. Null members are not sent.
    async fn call(&self, region: &str, operation: &str, input: &Value) -> Result<Value, ApiError>;

    /// The same, but for something that would be done twice if it were said twice: what may have had its effect is not
    /// said again, and the error is in doubt.
    async fn call_once(&self, region: &str, operation: &str, input: &Value) -> Result<Value, ApiError> {
        self.call(region, operation, input).await
    }

    /// A moment of this process on the service's clock in `region`, as the times in its replies have it.
    fn service_time(&self, _region: &str, moment: Instant) -> SystemTime {
        system_time(moment)
    }

    /// The region that the provider was configured with.
    fn region(&self) -> &str;

    /// True if nothing says where credentials come from, and this machine has none of its own.
    async fn lacks_credentials(&self) -> bool {
        false
    }

    /// Gives up the calls that are running, each after the request that is on its way. Later calls are not affected.
    fn stop(&self);
}

/// Makes the way to the service from the provider's configuration.
#[async_trait]
pub trait Connect: Send + Sync + 'static {
    /// Nothing is contacted, unless the settings restrict the accounts that may be used.
    async fn connect(&self, settings: Settings, terraform_version: &str) -> Result<Arc<dyn Api>, ConnectError>;
}
