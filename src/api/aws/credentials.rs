//! Credential sources. No source is queried before the first call needs credentials.
//!
//! The order is that of hashicorp/aws: the provider's arguments, environment variables, a web identity of the
//! environment, the profile (which may itself assume roles, use single sign-on or run a process), the container, the
//! instance metadata service. A profile named in the provider block takes precedence over the environment.

use std::{
    error::Error,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use aws_config::{
    BehaviorVersion,
    ecs::EcsCredentialsProvider,
    imds::{self, credentials::ImdsCredentialsProvider},
    profile::ProfileFileCredentialsProvider,
    provider_config::ProviderConfig,
};
use aws_credential_types::{
    Credentials,
    provider::{self, ProvideCredentials, SharedCredentialsProvider, error::CredentialsError, future},
};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_types::{os_shim_internal::Env, region::Region};

use super::{
    causes::{causes, find},
    configuration::{Configuration, variable},
    refusal::{Refusal, Unavailable},
    role::{Assume, AssumeWithWebIdentity},
    sts::Sts,
};
use crate::api::{
    error::ConnectError,
    settings::{Settings, WebIdentity},
};

/// The credentials provider that the settings describe.
pub(super) fn credentials(
    settings: &Settings,
    configuration: &Configuration,
    env: &Env,
    http: &SharedHttpClient,
    sts: &Sts,
) -> Result<SharedCredentialsProvider, ConnectError> {
    let base = match (&settings.access_key, &settings.secret_key, &settings.assume_role_with_web_identity) {
        (Some(access_key), Some(secret_key), _) => SharedCredentialsProvider::new(Credentials::new(
            access_key,
            secret_key.expose(),
            settings.token.as_ref().map(|token| token.expose().to_owned()),
            None,
            "provider arguments",
        )),
        (_, _, Some(role)) => {
            let role = web_identity(role, env)?;
            SharedCredentialsProvider::new(AssumeWithWebIdentity::new(role, env, sts))
        }
        _ => SharedCredentialsProvider::new(chain(settings, configuration, env, http, sts)?),
    };
    let source = settings
        .assume_role
        .iter()
        .fold(base, |base, role| SharedCredentialsProvider::new(Assume::new(role.clone(), base, sts)));
    Ok(SharedCredentialsProvider::new(CachedFailure { source, failed: Mutex::default() }))
}

/// True if a source of credentials is configured. If not, the instance metadata service may still provide some.
pub(super) fn are_set_up(settings: &Settings, configuration: &Configuration, env: &Env) -> bool {
    // As in the chain: a profile of the provider block takes the place of the environment.
    let in_environment = settings.profile.is_none()
        && (Variables(env.clone()).read().is_ok() || web_identity(&WebIdentity::default(), env).is_ok());
    settings.access_key.is_some()
        || settings.assume_role_with_web_identity.is_some()
        || configuration.profile.has_source
        || in_environment
        || variable(env, OF_CONTAINERS).is_some()
}

/// The variables that name the address of a container's credentials.
const OF_CONTAINERS: &[&str] = &["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI"];

fn chain(
    settings: &Settings,
    configuration: &Configuration,
    env: &Env,
    http: &SharedHttpClient,
    sts: &Sts,
) -> Result<Chain, ConnectError> {
    let sdk = ProviderConfig::without_region()
        .with_region(Some(Region::new(configuration.region.clone())))
        .with_behavior_version(Some(BehaviorVersion::latest()))
        .with_http_client(http.clone())
        .with_use_fips(Some(configuration.endpoints.fips))
        .with_use_dual_stack(Some(configuration.endpoints.dualstack));
    // The profile provider calls STS with its own client.
    let sdk = sdk.with_retry_config(configuration.retries.clone()).with_timeout_config(sts.sdk_timeouts());
    let profile = &configuration.profile;
    let profile_source = ProfileFileCredentialsProvider::builder()
        .configure(&sdk)
        .profile_files(profile.files.clone())
        .profile_name(&profile.name)
        .build();

    let mut sources = Vec::new();
    if settings.profile.is_none() {
        sources.push(Source::new("the environment variables", Variables(env.clone())));
        if let Ok(role) = web_identity(&WebIdentity::default(), env) {
            let source = AssumeWithWebIdentity::new(role, env, sts);
            sources.push(Source::new("the web identity of the environment variables", source));
        }
    }
    let name = format!("the profile `{}`", profile.name);
    sources.push(match &profile.with_mfa {
        Some(profile) => Source::new(&name, NeedsMfa(profile.clone())),
        None => Source::new(&name, profile_source),
    });
    sources.push(Source::new("the container", EcsCredentialsProvider::builder().configure(&sdk).build()));
    if configuration.metadata {
        sources.push(Source::new("the instance metadata service", metadata(settings, &sdk)?));
    }
    Ok(Chain(sources))
}

fn metadata(settings: &Settings, sdk: &ProviderConfig) -> Result<ImdsCredentialsProvider, ConnectError> {
    let invalid = |argument: &'static str, value: &str, expected| ConnectError::Invalid {
        argument,
        place: format!("the provider argument `{argument}`"),
        value: value.to_owned(),
        expected,
    };
    let mut client = imds::Client::builder().configure(sdk);
    if let Some(address) = &settings.ec2_metadata_service_endpoint {
        client = client
            .endpoint(address)
            .map_err(|_| invalid("ec2_metadata_service_endpoint", address, "an address like `http://host`"))?;
    }
    if let Some(mode) = &settings.ec2_metadata_service_endpoint_mode {
        let parsed =
            mode.parse().map_err(|_| invalid("ec2_metadata_service_endpoint_mode", mode, "`IPv4` or `IPv6`"))?;
        client = client.endpoint_mode(parsed);
    }
    Ok(ImdsCredentialsProvider::builder().configure(sdk).imds_client(client.build()).build())
}

/// The role, completed from the environment variables that Kubernetes and CI systems set.
fn web_identity(role: &WebIdentity, env: &Env) -> Result<WebIdentity, ConnectError> {
    let incomplete = |missing| ConnectError::Incomplete { argument: "assume_role_with_web_identity", missing };
    let mut role = role.clone();
    if role.role_arn.is_empty() {
        role.role_arn = variable(env, &["AWS_ROLE_ARN"]).ok_or(incomplete("role_arn"))?;
    }
    if role.web_identity_token.is_none() && role.web_identity_token_file.is_none() {
        let file = variable(env, &["AWS_WEB_IDENTITY_TOKEN_FILE"]);
        role.web_identity_token_file = Some(file.ok_or(incomplete("web_identity_token"))?);
    }
    role.session_name = role.session_name.or_else(|| variable(env, &["AWS_ROLE_SESSION_NAME"]));
    Ok(role)
}

/// Caches the failure of a source: without credentials, every refresh of a large state would wait for the same
/// sources again. Credentials themselves are cached elsewhere.
#[derive(Debug)]
struct CachedFailure {
    source: SharedCredentialsProvider,
    /// The time and the reason of the last failure.
    failed: Mutex<Option<(Instant, Unavailable)>>,
}

/// How long a failure is cached.
const FAILURE_CACHED: Duration = Duration::from_secs(10);

impl CachedFailure {
    async fn query(&self) -> provider::Result {
        if let Some((_, reason)) = self.failed().as_ref().filter(|(when, _)| when.elapsed() < FAILURE_CACHED) {
            return Err(CredentialsError::provider_error(reason.clone()));
        }
        self.source.provide_credentials().await.map_err(|error| {
            let reason = causes(error.source().unwrap_or(&error));
            let unavailable = Unavailable { reason, refusal: refusal(&error) };
            *self.failed() = Some((Instant::now(), unavailable.clone()));
            CredentialsError::provider_error(unavailable)
        })
    }

    fn failed(&self) -> MutexGuard<'_, Option<(Instant, Unavailable)>> {
        self.failed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ProvideCredentials for CachedFailure {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.query())
    }
}

/// Sources that are queried in order until one provides credentials.
#[derive(Debug)]
struct Chain(Vec<Source>);

#[derive(Debug)]
struct Source {
    name: String,
    provider: SharedCredentialsProvider,
}

/// The report of every source, in the order in which they were queried.
#[derive(Debug, thiserror::Error)]
#[error("no credentials were found in {}", reports.join("; "))]
struct NotFound {
    reports: Vec<String>,
    refusal: Option<Refusal>,
}

/// The STS refusal that caused an error.
fn refusal(error: &CredentialsError) -> Option<Refusal> {
    match find::<NotFound>(error) {
        Some(not_found) => not_found.refusal.clone(),
        None => Refusal::among(error),
    }
}

impl Source {
    fn new(name: &str, provider: impl ProvideCredentials + 'static) -> Self {
        Self { name: name.to_owned(), provider: SharedCredentialsProvider::new(provider) }
    }

    /// The name of the source and its error.
    fn report(&self, error: &CredentialsError) -> String {
        let source = error.source().map_or_else(|| "has none".to_owned(), causes);
        format!("{}: {source}", self.name)
    }
}

impl Chain {
    async fn query(&self) -> provider::Result {
        let mut reports = Vec::new();
        for source in &self.0 {
            match source.provider.provide_credentials().await {
                Ok(credentials) => return Ok(credentials),
                Err(error @ CredentialsError::CredentialsNotLoaded(_)) => reports.push(source.report(&error)),
                // A source that is configured but fails must not be skipped: the next one may belong to another
                // account.
                Err(error) => {
                    reports.push(source.report(&error));
                    let refusal = refusal(&error);
                    return Err(CredentialsError::provider_error(NotFound { reports, refusal }));
                }
            }
        }
        Err(CredentialsError::not_loaded(NotFound { reports, refusal: None }))
    }
}

impl ProvideCredentials for Chain {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.query())
    }
}

/// A profile whose role requires a one-time password, which a provider cannot prompt for.
#[derive(Debug)]
struct NeedsMfa(String);

impl ProvideCredentials for NeedsMfa {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        let reason = format!(
            "the profile `{}` has `mfa_serial`, but the provider cannot prompt for a one-time password. Get temporary \
             credentials first, for instance with `aws sts get-session-token --serial-number … --token-code …`, and use \
             those",
            self.0
        );
        future::ProvideCredentials::ready(Err(CredentialsError::provider_error(reason)))
    }
}

/// Static keys in environment variables.
#[derive(Debug)]
struct Variables(Env);

impl Variables {
    fn read(&self) -> provider::Result {
        let access_key = variable(&self.0, &["AWS_ACCESS_KEY_ID", "AWS_ACCESS_KEY"])
            .ok_or_else(|| CredentialsError::not_loaded("`AWS_ACCESS_KEY_ID` is not set"))?;
        let secret_key = variable(&self.0, &["AWS_SECRET_ACCESS_KEY", "AWS_SECRET_KEY"])
            .ok_or_else(|| CredentialsError::not_loaded("`AWS_SECRET_ACCESS_KEY` is not set"))?;
        let token = variable(&self.0, &["AWS_SESSION_TOKEN"]);
        Ok(Credentials::new(access_key, secret_key, token, None, "environment variables"))
    }
}

impl ProvideCredentials for Variables {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::ready(self.read())
    }
}
