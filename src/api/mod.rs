//! Calls to the service: one trait, the AWS implementation behind it, and a recording fake for tests.
//!
//! This room knows operations only by name and bodies only as [`Value`]: nothing of Terraform, of schemas or of the
//! meaning of a member. It is the only room that names the AWS SDK.

mod aws;
mod clock;
mod error;
#[cfg(test)]
pub(crate) mod fake;
mod settings;

use std::{
    sync::{Arc, LazyLock},
    time::SystemTime,
};

use async_trait::async_trait;
use tokio::time::Instant;

#[cfg(test)]
pub(crate) use self::aws::in_process;
pub(crate) use self::aws::region::nearest as nearest_regions;
pub use self::{
    aws::Aws,
    error::ConnectError,
    settings::{AssumeRole, Endpoints, Secret, Settings, WebIdentity},
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

    /// The account id of the caller, asked for once.
    async fn account_id(&self) -> Result<String, ApiError>;
}

/// A moment on this machine's clock, as it was when first asked for: a clock that is set later, or that tests hold, moves
/// nothing that was measured before.
fn system_time(moment: Instant) -> SystemTime {
    static START: LazyLock<(Instant, SystemTime)> = LazyLock::new(|| (Instant::now(), SystemTime::now()));
    let (start, time) = *START;
    let later = time.checked_add(moment.saturating_duration_since(start));
    later.and_then(|later| later.checked_sub(start.saturating_duration_since(moment))).unwrap_or(time)
}

/// A failed call, as facts; the sentences are made elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{operation}: {kind:?} {code}: {message}")]
pub struct ApiError {
    pub operation: String,
    pub kind: ErrorKind,
    /// The service's error code without namespace: `ValidationException`. Empty if the reply had none.
    pub code: String,
    /// The service's words, or ours where no reply of the service was understood. Never holds headers or secrets.
    pub message: String,
    /// Empty if the reply had none.
    pub request_id: String,
    /// None if there was no reply.
    pub status: Option<u16>,
    /// How many requests were sent for this call, retries included.
    pub attempts: u32,
    /// A request was sent that may have had its effect: no reply came, or none that refuses.
    pub in_doubt: bool,
}

/// What failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// The service answered with an error.
    Service,
    /// The service asked to slow down, for longer than the retries lasted.
    Throttled,
    /// No connection, or it broke. Whether the call had an effect is not known.
    Connection,
    /// No reply in time. Whether the call had an effect is not known.
    Timeout,
    /// A reply came that is not what the service sends.
    Reply,
    /// No credentials, or they could not be had.
    Credentials,
    /// The call was given up by [`Api::stop`].
    Stopped,
    /// What the user has set leaves no way to make the call.
    Settings,
    /// The request could not be built: a fault of this program.
    Request,
}

/// Makes the way to the service from the provider's configuration.
#[async_trait]
pub trait Connect: Send + Sync + 'static {
    /// Nothing is contacted, unless the settings restrict the accounts that may be used.
    async fn connect(&self, settings: Settings, terraform_version: &str) -> Result<Arc<dyn Api>, ConnectError>;
}
