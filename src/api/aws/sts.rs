//! AWS STS: the caller's account, and the credentials of assumed roles.

use std::time::{Duration, Instant};

use aws_config::BehaviorVersion;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_sts::config::{Builder, Region};
use aws_smithy_runtime::client::identity::IdentityCache;
use aws_smithy_runtime_api::client::{
    http::SharedHttpClient,
    identity::SharedIdentityCache,
    interceptors::context::InterceptorContext,
    retries::classifiers::{ClassifyRetry, RetryAction},
};
use aws_smithy_types::{
    retry::RetryConfig,
    timeout::{TimeoutConfig, TimeoutConfigBuilder},
};

use super::{
    causes::find,
    configuration::{Configuration, Endpoints},
    failure::{Attempted, api_error},
    network::NoConnection,
    protocol::Failure,
    retry::{Pace, Watch},
    user_agent::UserAgent,
};
use crate::api::error::{ApiError, ErrorKind};

const GET_CALLER_IDENTITY: &str = "GetCallerIdentity";

/// The timeout of one attempt. A user who waits for credentials sees no progress, so a silent service is retried once
/// and then given up, within a minute.
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(25);

const SECOND: Duration = Duration::from_secs(1);

/// Ends the attempts of a call after this time without any reply. Error replies are retried as usual.
#[derive(Debug)]
struct Silence {
    started: Instant,
    given_up_after: Duration,
}

impl ClassifyRetry for Silence {
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        let error = context.output_or_error().and_then(|result| result.err());
        let silent = error.is_some_and(|error| {
            let unreachable = |error| find::<NoConnection>(error).is_some();
            error.is_timeout_error()
                || error.as_connector_error().is_some_and(|error| error.is_timeout() || unreachable(error))
        });
        if silent && self.started.elapsed() >= self.given_up_after {
            RetryAction::RetryForbidden
        } else {
            RetryAction::NoActionIndicated
        }
    }

    fn name(&self) -> &'static str {
        "silence"
    }
}

/// The configuration of an STS client, without credentials.
#[derive(Debug, Clone)]
pub(super) struct Sts {
    region: String,
    endpoints: Endpoints,
    http: SharedHttpClient,
    retries: RetryConfig,
    connect: Duration,
    attempt: Duration,
    user_agent: UserAgent,
}

impl Sts {
    pub(super) fn new(
        configuration: &Configuration,
        pace: &Pace,
        http: &SharedHttpClient,
        user_agent: &UserAgent,
    ) -> Self {
        Self {
            region: configuration.sts_region.clone(),
            endpoints: configuration.endpoints.clone(),
            http: http.clone(),
            retries: configuration.retries.clone(),
            connect: pace.connect,
            attempt: pace.attempt.min(ATTEMPT_TIMEOUT),
            user_agent: user_agent.clone(),
        }
    }

    /// A client for calls that need no credentials.
    pub(super) fn anonymous(&self) -> aws_sdk_sts::Client {
        aws_sdk_sts::Client::from_conf(self.builder(IdentityCache::no_cache()).build())
    }

    /// A client that signs with `credentials`, cached in `cache`.
    pub(super) fn signing(
        &self,
        credentials: SharedCredentialsProvider,
        cache: SharedIdentityCache,
    ) -> aws_sdk_sts::Client {
        aws_sdk_sts::Client::from_conf(self.builder(cache).credentials_provider(credentials).build())
    }

    /// The account id of `credentials`.
    pub(super) async fn account_id(
        &self,
        credentials: SharedCredentialsProvider,
        cache: SharedIdentityCache,
    ) -> Result<String, ApiError> {
        let watch = Watch::default();
        let call = self.signing(credentials, cache).get_caller_identity().customize().interceptor(watch.clone());
        let reply = call.send().await.map_err(|error| {
            let failure = error.as_service_error().map(|error| Failure::from(error.meta()));
            let url = self.endpoints.sts.as_deref().unwrap_or("the token service (STS)");
            api_error(
                &error,
                failure,
                &Attempted { operation: GET_CALLER_IDENTITY, url, requests: watch.requests(), in_doubt: false },
            )
        })?;
        reply.account.ok_or_else(|| ApiError {
            operation: GET_CALLER_IDENTITY.to_owned(),
            kind: ErrorKind::Reply,
            code: String::new(),
            message: "the reply names no account".to_owned(),
            request_id: String::new(),
            status: Some(watch.status()),
            attempts: watch.requests(),
            in_doubt: false,
        })
    }

    /// The timeouts of STS clients that the SDK creates: one limit for the complete operation.
    pub(super) fn sdk_timeouts(&self) -> TimeoutConfig {
        self.timeouts().operation_timeout(2 * self.attempt + SECOND).build()
    }

    fn timeouts(&self) -> TimeoutConfigBuilder {
        TimeoutConfig::builder().connect_timeout(self.connect).operation_attempt_timeout(self.attempt)
    }

    fn builder(&self, cache: SharedIdentityCache) -> Builder {
        let mut builder = aws_sdk_sts::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(self.region.clone()))
            .http_client(self.http.clone())
            .identity_cache(cache)
            .retry_config(self.retries.clone())
            .timeout_config(self.timeouts().build())
            .retry_classifier(Silence { started: Instant::now(), given_up_after: self.attempt + SECOND })
            .interceptor(self.user_agent.clone());
        // A custom endpoint is used unchanged; the SDK would reject it together with these two.
        match &self.endpoints.sts {
            Some(url) => builder = builder.endpoint_url(url),
            None => builder = builder.use_fips(self.endpoints.fips).use_dual_stack(self.endpoints.dualstack),
        }
        builder
    }
}
