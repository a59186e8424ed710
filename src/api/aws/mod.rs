//! The service over the AWS SDK's runtime: the SDK handles credentials, signatures, retries, clock skew and endpoints;
//! bodies and replies are plain values.
//!
//! The SDK's typed operations are not used, because they invent defaults for absent members (`""`, 0, the year 1970)
//! and drop unknown ones. Terraform's state must not mistake absent for empty.

mod causes;
mod configuration;
mod credentials;
mod failure;
mod found;
mod http;
#[cfg(test)]
pub(crate) mod in_process;
mod json;
mod network;
mod plugins;
mod protocol;
mod rate_limit;
mod refusal;
mod retry;
mod role;
mod sts;
#[cfg(test)]
mod tests;
mod tls;
mod user_agent;

use std::{
    collections::HashMap,
    error::Error as _,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant, SystemTime},
};

use async_trait::async_trait;
use aws_credential_types::provider::ProvideCredentials as _;
use aws_smithy_runtime::client::{identity::IdentityCache, orchestrator::invoke};
use aws_smithy_runtime_api::{
    box_error::BoxError,
    client::{
        http::SharedHttpClient,
        interceptors::context::Input,
        orchestrator::Metadata,
        runtime_components::RuntimeComponentsBuilder,
        runtime_plugin::{RuntimePlugins, StaticRuntimePlugin},
    },
};
use aws_smithy_types::config_bag::Layer;
use aws_types::os_shim_internal::Env;
use tokio::{
    sync::{OnceCell, watch},
    time::{Instant as Moment, timeout},
};

use self::{
    causes::causes,
    configuration::Configuration,
    failure::{Attempted, api_error},
    network::Network,
    plugins::Common,
    protocol::{Call, Failure, Reply},
    rate_limit::RateLimits,
    retry::{Pace, Paced, Watch},
    sts::Sts,
    tls::Tls,
    user_agent::UserAgent,
};
use super::{
    clock::{Skew, system_time},
    error::{ApiError, ConnectError, ErrorKind},
    service::{Api, Connect},
    settings::Settings,
};
use crate::{
    regions::{Accepted, NoRegion},
    value::Value,
};

/// The timeout for the early check of whether the machine has credentials of its own: longer than the metadata service
/// takes that answers at the last attempt.
const CREDENTIALS_CHECK_TIMEOUT: Duration = Duration::from_secs(10);

/// Connects to AWS.
#[derive(Debug)]
pub struct Aws {
    /// For the user agent.
    pub provider_version: &'static str,
}

#[async_trait]
impl Connect for Aws {
    async fn connect(&self, settings: Settings, terraform_version: &str) -> Result<Arc<dyn Api>, ConnectError> {
        let api = connect(&settings, self.provider_version, terraform_version, &Env::real(), &Pace::default()).await?;
        api.check_account().await?;
        Ok(Arc::new(api))
    }
}

/// Prepares the connection. Reads profiles, but sends no requests; credentials are resolved by the first call. The
/// environment and the pace are parameters for tests.
async fn connect(
    settings: &Settings,
    provider_version: &str,
    terraform_version: &str,
    env: &Env,
    pace: &Pace,
) -> Result<AwsApi, ConnectError> {
    let configuration = configuration::resolve(settings, env, pace).await?;
    let network = Network::new(&configuration.proxies, Arc::new(Tls::new(configuration.trust.clone())));
    let http = SharedHttpClient::new(http::Client::new(network));
    assemble(settings, configuration, http, provider_version, terraform_version, env, pace)
}

/// Builds a connection from the resolved configuration.
fn assemble(
    settings: &Settings,
    configuration: Configuration,
    http: SharedHttpClient,
    provider_version: &str,
    terraform_version: &str,
    env: &Env,
    pace: &Pace,
) -> Result<AwsApi, ConnectError> {
    let appended: Vec<String> =
        settings.user_agent.iter().cloned().chain(configuration::variable(env, &["TF_APPEND_USER_AGENT"])).collect();
    let user_agent = UserAgent::new(provider_version, terraform_version, &appended);
    let sts = Sts::new(&configuration, pace, &http, &user_agent);
    Ok(AwsApi {
        credentials_are_set_up: credentials::are_set_up(settings, &configuration, env),
        common: Common {
            credentials: credentials::credentials(settings, &configuration, env, &http, &sts)?,
            identities: IdentityCache::lazy().build(),
            endpoints: configuration.endpoints,
            retries: configuration.retries,
            adaptive: configuration.adaptive,
            throttled: configuration.throttled,
            pause: pace.longest_pause,
            timeouts: pace.timeouts(),
            http,
            user_agent,
        },
        sts,
        region: configuration.region,
        accepted: configuration.accepted,
        regions: Mutex::default(),
        clocks: Mutex::default(),
        accounts: Accounts {
            allowed: settings.allowed_account_ids.clone(),
            forbidden: settings.forbidden_account_ids.clone(),
            may_look_up: !settings.skip_requesting_account_id,
        },
        account: OnceCell::new(),
        stops: watch::Sender::new(0),
    })
}

/// The service, reached over the network.
#[derive(Debug)]
struct AwsApi {
    /// Whether a source of credentials is configured.
    credentials_are_set_up: bool,
    common: Common,
    sts: Sts,
    region: String,
    /// The regions that resources may name.
    accepted: Accepted,
    regions: Mutex<HashMap<String, Arc<Regional>>>,
    /// The service's clock, by region.
    clocks: Mutex<HashMap<String, Arc<Mutex<Skew>>>>,
    accounts: Accounts,
    account: OnceCell<String>,
    /// The number of stops so far.
    stops: watch::Sender<u64>,
}

/// What calls to one region need.
#[derive(Debug)]
struct Regional {
    url: String,
    plugins: RuntimePlugins,
    limits: RateLimits,
}

/// The user's restrictions on accounts.
#[derive(Debug)]
struct Accounts {
    allowed: Vec<String>,
    forbidden: Vec<String>,
    may_look_up: bool,
}

#[async_trait]
impl Api for AwsApi {
    async fn call(&self, region: &str, operation: &str, input: &Value) -> Result<Value, ApiError> {
        self.call_watched(region, operation, input, Watch::new(self.clock(region), false)).await
    }

    async fn call_once(&self, region: &str, operation: &str, input: &Value) -> Result<Value, ApiError> {
        self.call_watched(region, operation, input, Watch::new(self.clock(region), true)).await
    }

    fn service_time(&self, region: &str, moment: Moment) -> SystemTime {
        let clock = self.clock(region);
        let skew = *clock.lock().unwrap_or_else(PoisonError::into_inner);
        skew.to_service(system_time(moment))
    }

    fn region(&self) -> &str {
        &self.region
    }

    async fn account(&self) -> Option<String> {
        let account = self.account_id().await;
        account.inspect_err(|error| tracing::debug!(%error, "the account of the credentials is not known")).ok()
    }

    fn check_region(&self, region: &str) -> Result<(), NoRegion> {
        self.accepted.check(region)
    }

    async fn missing_credentials(&self) -> Option<String> {
        if self.credentials_are_set_up {
            return None;
        }
        match timeout(CREDENTIALS_CHECK_TIMEOUT, self.common.credentials.provide_credentials()).await {
            Ok(Ok(_)) => None,
            Ok(Err(error)) => Some(error.source().map_or_else(|| error.to_string(), causes)),
            Err(_) => Some(format!(
                "no source of credentials is configured, and the instance metadata service has not answered within {} s",
                CREDENTIALS_CHECK_TIMEOUT.as_secs()
            )),
        }
    }

    fn stop(&self) {
        self.stops.send_modify(|count| *count += 1);
    }
}

impl AwsApi {
    async fn call_watched(
        &self,
        region: &str,
        operation: &str,
        input: &Value,
        watch: Watch,
    ) -> Result<Value, ApiError> {
        let started = Instant::now();
        let mut stops = self.stops.subscribe();
        let given_up = async {
            // Fails only without a sender, which lives as long as `self`.
            let _ = stops.changed().await;
            watch.idle().await;
        };
        let result = tokio::select! {
            biased;
            result = self.send(region, operation, input, &watch) => result,
            () = given_up => Err(stopped(operation, &watch)),
        };
        log(region, operation, input, &watch, started, result.as_ref().err());
        result
    }

    /// The account id of the caller; a single call to STS, cached.
    async fn account_id(&self) -> Result<String, ApiError> {
        if !self.accounts.may_look_up {
            let reason = "the provider argument `skip_requesting_account_id` does not allow to look up the account";
            return Err(ApiError::unsent("GetCallerIdentity", ErrorKind::Settings, reason));
        }
        let look_up = || self.sts.account_id(self.common.credentials.clone(), self.common.identities.clone());
        self.account.get_or_try_init(look_up).await.cloned()
    }

    /// Checks the account of the credentials against `allowed_account_ids` and `forbidden_account_ids`. Calls STS only
    /// if one of them is set.
    async fn check_account(&self) -> Result<(), ConnectError> {
        if self.accounts.allowed.is_empty() && self.accounts.forbidden.is_empty() {
            return Ok(());
        }
        let account = self.account_id().await.map_err(ConnectError::AccountNotKnown)?;
        if self.accounts.forbidden.contains(&account) {
            Err(ConnectError::AccountForbidden { account })
        } else if !self.accounts.allowed.is_empty() && !self.accounts.allowed.contains(&account) {
            Err(ConnectError::AccountNotAllowed { account })
        } else {
            Ok(())
        }
    }

    async fn send(&self, region: &str, operation: &str, input: &Value, watch: &Watch) -> Result<Value, ApiError> {
        let body =
            json::write(input).map_err(|error| ApiError::unsent(operation, ErrorKind::Request, error.to_string()))?;
        // Endpoint resolution fails for an impossible region, and for FIPS in a region without it.
        let regional = self.regional(region).await;
        let regional = regional.map_err(|error| ApiError::unsent(operation, ErrorKind::Settings, error.to_string()))?;
        let mut layer = Layer::new("call");
        layer.store_put(Metadata::new(operation.to_owned(), "SageMaker"));
        let limit = self.common.adaptive.then(|| regional.limits.of(operation));
        layer.store_put(Paced::begin(limit).await);
        layer.store_put(watch.clone());
        let plugin = StaticRuntimePlugin::new()
            .with_config(layer.freeze())
            .with_runtime_components(RuntimeComponentsBuilder::new("call").with_interceptor(watch.clone()));
        let plugins = regional.plugins.clone().with_operation_plugin(plugin);
        let call = Input::erase(Call::new(operation, body));
        match invoke("SageMaker", operation, call, &plugins).await {
            Ok(reply) => match reply.downcast::<Reply>() {
                Ok(Reply(value)) => Ok(value),
                Err(_) => {
                    Err(ApiError::unsent(operation, ErrorKind::Request, "the reply went through another deserializer"))
                }
            },
            Err(error) => {
                let failure = error.as_service_error().and_then(|error| error.downcast_ref::<Failure>()).cloned();
                Err(api_error(
                    &error,
                    failure,
                    &Attempted {
                        operation,
                        url: &regional.url,
                        requests: watch.requests(),
                        in_doubt: watch.in_doubt(),
                    },
                ))
            }
        }
    }

    async fn regional(&self, region: &str) -> Result<Arc<Regional>, BoxError> {
        if let Some(regional) = self.regions().get(region) {
            return Ok(regional.clone());
        }
        let endpoint = plugins::endpoint(region, &self.common.endpoints).await?;
        let url = endpoint.url().to_owned();
        let plugins = plugins::plugins(&self.common, region, endpoint);
        let regional = Arc::new(Regional { url, plugins, limits: RateLimits::default() });
        // A concurrent call may have inserted its entry first; all calls must share the same limits.
        Ok(self.regions().entry(region.to_owned()).or_insert(regional).clone())
    }

    fn clock(&self, region: &str) -> Arc<Mutex<Skew>> {
        self.clocks.lock().unwrap_or_else(PoisonError::into_inner).entry(region.to_owned()).or_default().clone()
    }

    fn regions(&self) -> MutexGuard<'_, HashMap<String, Arc<Regional>>> {
        self.regions.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The error of a call that was stopped.
fn stopped(operation: &str, watch: &Watch) -> ApiError {
    ApiError {
        attempts: watch.requests(),
        in_doubt: watch.in_doubt(),
        ..ApiError::unsent(operation, ErrorKind::Stopped, "Terraform was interrupted, so the call was not repeated")
    }
}

/// Logs a call: only the names of its members, since their values may be secrets.
fn log(region: &str, operation: &str, input: &Value, watch: &Watch, started: Instant, error: Option<&ApiError>) {
    tracing::debug!(
        operation,
        region,
        members = input.as_map().map(|members| members.keys().map(String::as_str).collect::<Vec<_>>().join(" ")),
        status = watch.status(),
        attempts = watch.requests(),
        milliseconds = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
        kind = error.map(|error| tracing::field::debug(error.kind)),
        code = error.map(|error| error.code.as_str()),
        request_id = error.map(|error| error.request_id.as_str()),
        "called"
    );
}
