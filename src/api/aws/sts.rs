//! The token service: whose account it is, and the credentials of assumed roles.

use aws_config::BehaviorVersion;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_sts::config::{Builder, Region};
use aws_smithy_runtime::client::identity::IdentityCache;
use aws_smithy_runtime_api::client::{http::SharedHttpClient, identity::SharedIdentityCache};
use aws_smithy_types::{retry::RetryConfig, timeout::TimeoutConfig};

use super::{
    configuration::{Configuration, Endpoints},
    failure::{Attempted, api_error},
    protocol::Failure,
    retry::{Pace, Watch},
    user_agent::UserAgent,
};
use crate::api::{ApiError, ErrorKind};

const GET_CALLER_IDENTITY: &str = "GetCallerIdentity";

/// How often a source of credentials asks; the SDKs' default. Those who wait for credentials see nothing happen.
const ATTEMPTS: u32 = 3;

/// All that a client of the token service needs, save credentials.
#[derive(Debug, Clone)]
pub(super) struct Sts {
    region: String,
    endpoints: Endpoints,
    http: SharedHttpClient,
    retries: RetryConfig,
    timeouts: TimeoutConfig,
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
            retries: configuration.retries.clone().with_max_attempts(ATTEMPTS),
            timeouts: pace.timeouts(),
            user_agent: user_agent.clone(),
        }
    }

    /// A client for calls that need no credentials.
    pub(super) fn anonymous(&self) -> aws_sdk_sts::Client {
        aws_sdk_sts::Client::from_conf(self.builder(IdentityCache::no_cache()).build())
    }

    /// A client that signs with `credentials`, which `cache` keeps.
    pub(super) fn signing(
        &self,
        credentials: SharedCredentialsProvider,
        cache: SharedIdentityCache,
    ) -> aws_sdk_sts::Client {
        aws_sdk_sts::Client::from_conf(self.builder(cache).credentials_provider(credentials).build())
    }

    /// The account that `credentials` belong to.
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

    fn builder(&self, cache: SharedIdentityCache) -> Builder {
        let mut builder = aws_sdk_sts::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(self.region.clone()))
            .http_client(self.http.clone())
            .identity_cache(cache)
            .retry_config(self.retries.clone())
            .timeout_config(self.timeouts.clone())
            .interceptor(self.user_agent.clone());
        // A custom address is taken as it is; the SDK would refuse it together with these two.
        match &self.endpoints.sts {
            Some(url) => builder = builder.endpoint_url(url),
            None => builder = builder.use_fips(self.endpoints.fips).use_dual_stack(self.endpoints.dualstack),
        }
        builder
    }
}
