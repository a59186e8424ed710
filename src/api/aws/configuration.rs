//! Resolves the effective configuration: the user's settings, then the environment, the profile and the defaults.
//!
//! Reads files, but sends no requests.

use std::{path::PathBuf, time::Duration};

use aws_runtime::env_config::{
    EnvConfigValue,
    file::{EnvConfigFileKind, EnvConfigFiles},
    section::EnvConfigSections,
};
use aws_smithy_types::retry::{RetryConfig, RetryMode};
use aws_types::os_shim_internal::{Env, Fs};
use hyper::Uri;

use super::{
    causes::causes,
    found::{Found, argument_place, variable_place},
    network::Proxies,
    retry::{DEFAULT_ATTEMPTS, Pace},
    tls::{Trust, certificates},
};
use crate::{
    api::{
        error::ConnectError,
        settings::{MAX_RETRIES, Secret, Settings},
    },
    regions::Accepted,
};

/// The resolved settings of a connection.
pub(super) struct Configuration {
    pub(super) region: String,
    /// The regions that are accepted.
    pub(super) accepted: Accepted,
    pub(super) endpoints: Endpoints,
    pub(super) sts_region: String,
    pub(super) retries: RetryConfig,
    /// Whether requests of a throttled operation are rate-limited on the client side.
    pub(super) adaptive: bool,
    /// How long a throttled call is retried; None: the number of attempts in `retries` decides.
    pub(super) throttled: Option<Duration>,
    pub(super) proxies: Proxies,
    pub(super) trust: Trust,
    pub(super) profile: Profile,
    /// Whether the instance metadata service may be queried for credentials.
    pub(super) metadata: bool,
}

/// The endpoints of the services.
#[derive(Debug, Clone, Default)]
pub(super) struct Endpoints {
    /// Replaces the public endpoint.
    pub(super) sagemaker: Option<String>,
    /// Replaces the public endpoint.
    pub(super) sts: Option<String>,
    pub(super) fips: bool,
    pub(super) dualstack: bool,
}

/// The selected profile; it need not exist in the files.
#[derive(Debug)]
pub(super) struct Profile {
    pub(super) name: String,
    pub(super) files: EnvConfigFiles,
    /// The profile with `mfa_serial` that the credentials depend on.
    pub(super) with_mfa: Option<String>,
    /// Whether the profile configures a source of credentials.
    pub(super) has_source: bool,
}

/// Resolves what `settings` leaves unset from the environment and the profile.
pub(super) async fn resolve(settings: &Settings, env: &Env, pace: &Pace) -> Result<Configuration, ConnectError> {
    check_credentials(settings)?;
    let (profile, sections) = profile(settings, env).await?;
    let sources = Sources { settings, env, sections: &sections };
    let endpoints = sources.endpoints()?;
    let accepted = sources.accepted(endpoints.sagemaker.as_ref());
    let region = sources.region(&profile.name, accepted)?;
    let attempts = sources.attempts()?;
    Ok(Configuration {
        sts_region: sources.sts_region(&region, endpoints.sts.as_ref())?,
        accepted,
        endpoints,
        retries: pace.retries(attempts.unwrap_or(DEFAULT_ATTEMPTS)),
        adaptive: sources.adaptive()?,
        throttled: attempts.is_none().then_some(pace.throttled),
        proxies: sources.proxies()?,
        trust: sources.trust()?,
        metadata: sources.metadata(),
        region,
        profile,
    })
}

fn check_credentials(settings: &Settings) -> Result<(), ConnectError> {
    let incomplete = |argument, missing| Err(ConnectError::Incomplete { argument, missing });
    match (&settings.access_key, &settings.secret_key, &settings.token) {
        (None, Some(_), _) => return incomplete("secret_key", "access_key"),
        (Some(_), None, _) => return incomplete("access_key", "secret_key"),
        (None, None, Some(_)) => return incomplete("token", "access_key"),
        _ => {}
    }
    if settings.assume_role.iter().any(|role| role.role_arn.is_empty()) {
        return incomplete("assume_role", "role_arn");
    }
    Ok(())
}

async fn profile(settings: &Settings, env: &Env) -> Result<(Profile, EnvConfigSections), ConnectError> {
    let chosen = settings.profile.clone().or_else(|| variable(env, &["AWS_PROFILE", "AWS_DEFAULT_PROFILE"]));
    let name = chosen.clone().unwrap_or_else(|| "default".to_owned());
    let files = files(settings, env);
    let sections = aws_config::profile::load(&Fs::real(), env, &files, Some(name.clone().into()))
        .await
        .map_err(|error| ConnectError::Files { reason: causes(&error) })?;
    match chosen {
        Some(profile) if sections.get_profile(&profile).is_none() => Err(ConnectError::NoProfile { profile }),
        _ => {
            let (with_mfa, has_source) = (with_mfa(&sections, &name), has_source(&sections, &name));
            Ok((Profile { name, files, with_mfa, has_source }, sections))
        }
    }
}

/// The profile settings that configure a source of credentials.
const SOURCES: &[&str] = &[
    "aws_access_key_id",
    "role_arn",
    "sso_session",
    "sso_account_id",
    "credential_process",
    "web_identity_token_file",
    "login_session",
];

fn has_source(sections: &EnvConfigSections, name: &str) -> bool {
    sections.get_profile(name).is_some_and(|profile| SOURCES.iter().any(|setting| profile.get(setting).is_some()))
}

/// The first profile with `mfa_serial` in the `source_profile` chain of a profile.
fn with_mfa(sections: &EnvConfigSections, name: &str) -> Option<String> {
    let source = |name: &&str| sections.get_profile(name)?.get("source_profile").filter(|source| source != name);
    let sources = std::iter::successors(Some(name), source).take(MAX_SOURCES);
    let needs_mfa = |name: &&str| {
        sections
            .get_profile(name)
            .is_some_and(|profile| profile.get("role_arn").is_some() && profile.get("mfa_serial").is_some())
    };
    sources.into_iter().find(needs_mfa).map(str::to_owned)
}

/// The longest `source_profile` chain that is followed: the chain may be circular.
const MAX_SOURCES: usize = 20;

fn files(settings: &Settings, env: &Env) -> EnvConfigFiles {
    let mut files = EnvConfigFiles::builder()
        .include_default_config_file(settings.shared_config_files.is_empty())
        .include_default_credentials_file(settings.shared_credentials_files.is_empty());
    for path in &settings.shared_config_files {
        files = files.with_file(EnvConfigFileKind::Config, expand(path, env));
    }
    for path in &settings.shared_credentials_files {
        files = files.with_file(EnvConfigFileKind::Credentials, expand(path, env));
    }
    files.build()
}

/// A path whose leading `~/` is replaced by the home directory.
pub(super) fn expand(path: &str, env: &Env) -> PathBuf {
    match (path.strip_prefix("~/"), variable(env, &["HOME", "USERPROFILE"])) {
        (Some(rest), Some(home)) => PathBuf::from(home).join(rest),
        _ => PathBuf::from(path),
    }
}

/// The first of these environment variables that is set and not empty.
pub(super) fn variable(env: &Env, names: &[&str]) -> Option<String> {
    names.iter().filter_map(|name| env.get(name).ok()).find(|value| !value.is_empty())
}

struct Sources<'a> {
    settings: &'a Settings,
    env: &'a Env,
    sections: &'a EnvConfigSections,
}

impl Sources<'_> {
    /// The value of the argument, the first environment variable that is set, or the key of the profile, in this order.
    fn find(&self, argument: Option<String>, name: &str, variables: &[&str], key: &str) -> Option<Found> {
        if let Some(value) = argument {
            return Some(Found { value, place: argument_place(name) });
        }
        let in_environment = variables
            .iter()
            .find_map(|name| Some(Found { value: variable(self.env, &[name])?, place: variable_place(name) }));
        in_environment.or_else(|| {
            let profile = self.sections.selected_profile();
            let value = self.sections.get(key)?.to_owned();
            Some(Found { value, place: format!("`{key}` of the profile `{profile}`") })
        })
    }

    /// The regions that are accepted for a service. A service at a custom endpoint may be in any region.
    fn accepted(&self, endpoint: Option<&String>) -> Accepted {
        match endpoint {
            _ if self.settings.skip_region_validation => Accepted::Any,
            Some(_) => Accepted::Possible,
            None => Accepted::Known,
        }
    }

    fn region(&self, profile: &str, accepted: Accepted) -> Result<String, ConnectError> {
        let found = self
            .find(self.settings.region.clone(), "region", &["AWS_REGION", "AWS_DEFAULT_REGION"], "region")
            .filter(|found| !found.value.is_empty())
            .ok_or_else(|| ConnectError::NoRegion { profile: profile.to_owned() })?;
        found.region("region", accepted)
    }

    /// That of the service if it has none of its own.
    fn sts_region(&self, region: &str, endpoint: Option<&String>) -> Result<String, ConnectError> {
        match &self.settings.sts_region {
            Some(value) => {
                let found = Found { value: value.clone(), place: argument_place("sts_region") };
                found.region("sts_region", self.accepted(endpoint))
            }
            None => Ok(region.to_owned()),
        }
    }

    fn endpoints(&self) -> Result<Endpoints, ConnectError> {
        let settings = self.settings;
        Ok(Endpoints {
            sagemaker: self.endpoint(settings.endpoints.sagemaker.as_ref(), "endpoints.sagemaker", "SageMaker")?,
            sts: self.endpoint(settings.endpoints.sts.as_ref(), "endpoints.sts", "STS")?,
            fips: self.flag(settings.use_fips_endpoint, "use_fips_endpoint", "AWS_USE_FIPS_ENDPOINT")?,
            dualstack: self.flag(
                settings.use_dualstack_endpoint,
                "use_dualstack_endpoint",
                "AWS_USE_DUALSTACK_ENDPOINT",
            )?,
        })
    }

    /// The custom endpoint of a service. A service-specific variable or profile section takes precedence over the one
    /// for all services.
    fn endpoint(
        &self,
        argument: Option<&String>,
        name: &'static str,
        service: &str,
    ) -> Result<Option<String>, ConnectError> {
        let found = match argument.filter(|url| !url.is_empty()) {
            Some(url) => Some(Found { value: url.clone(), place: argument_place(name) }),
            None if self.ignores_configured_endpoints()? => None,
            None => self.configured_endpoint(service),
        };
        match found {
            Some(found) if !is_address(&found.value) => {
                Err(found.invalid("endpoints", "an address like `https://host`"))
            }
            found => Ok(found.map(|found| found.value)),
        }
    }

    fn configured_endpoint(&self, service: &str) -> Option<Found> {
        let own = format!("AWS_ENDPOINT_URL_{}", service.to_ascii_uppercase());
        let variables = [own.as_str(), "AWS_ENDPOINT_URL"];
        let in_environment = variables
            .into_iter()
            .find_map(|name| Some(Found { value: variable(self.env, &[name])?, place: variable_place(name) }));
        in_environment.or_else(|| {
            let key = EnvConfigValue::new().profile("endpoint_url").service_id(service);
            let (url, _) = key.load(self.env, Some(self.sections))?;
            let profile = self.sections.selected_profile();
            Some(Found { value: url.into_owned(), place: format!("`endpoint_url` of the profile `{profile}`") })
        })
    }

    fn ignores_configured_endpoints(&self) -> Result<bool, ConnectError> {
        self.switch(None, "endpoints", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls")
    }

    /// A switch whose profile key equals the argument's name.
    fn flag(&self, argument: Option<bool>, name: &'static str, variable: &str) -> Result<bool, ConnectError> {
        self.switch(argument, name, variable, name)
    }

    fn switch(
        &self,
        argument: Option<bool>,
        name: &'static str,
        variable: &str,
        key: &str,
    ) -> Result<bool, ConnectError> {
        match self.find(argument.map(|value| value.to_string()), name, &[variable], key) {
            None => Ok(false),
            Some(found) => match found.value.to_ascii_lowercase().as_str() {
                "true" => Ok(true),
                "false" => Ok(false),
                _ => Err(found.invalid(name, "`true` or `false`")),
            },
        }
    }

    fn attempts(&self) -> Result<Option<u32>, ConnectError> {
        let argument = self.settings.max_retries.map(|count| count.to_string());
        match self.find(argument, "max_retries", &["AWS_MAX_ATTEMPTS"], "max_attempts") {
            None => Ok(None),
            Some(found) => match found.value.parse() {
                // Other tools read the variable and the profile too, and may accept more.
                Ok(attempts) => Ok(Some(u32::min(attempts, MAX_RETRIES))),
                Err(_) => Err(found.invalid("max_retries", "an integer of at least 0")),
            },
        }
    }

    fn adaptive(&self) -> Result<bool, ConnectError> {
        match self.find(self.settings.retry_mode.clone(), "retry_mode", &["AWS_RETRY_MODE"], "retry_mode") {
            None => Ok(true),
            Some(found) => match found.value.parse::<RetryMode>() {
                Ok(mode) => Ok(mode == RetryMode::Adaptive),
                Err(_) => Err(found.invalid("retry_mode", "`standard` or `adaptive`")),
            },
        }
    }

    /// As in hashicorp/aws: the argument `http_proxy` also applies to HTTPS, unless an HTTPS proxy is configured.
    fn proxies(&self) -> Result<Proxies, ConnectError> {
        let (for_http, for_https) = (self.settings.http_proxy.as_ref(), self.settings.https_proxy.as_ref());
        let http = self.proxy("http_proxy", for_http, &["HTTP_PROXY", "http_proxy"])?;
        let mut https = self.proxy("https_proxy", for_https, &["HTTPS_PROXY", "https_proxy"])?;
        if https.is_empty() && for_https.is_none() && for_http.is_some() {
            https.clone_from(&http);
        }
        let none = self.settings.no_proxy.clone().or_else(|| variable(self.env, &["NO_PROXY", "no_proxy"]));
        Ok(Proxies { http, https, none: none.unwrap_or_default() })
    }

    fn proxy(&self, name: &'static str, argument: Option<&Secret>, variables: &[&str]) -> Result<String, ConnectError> {
        let (address, place) = match argument {
            Some(address) => (address.expose().to_owned(), argument_place(name)),
            None => match variables.iter().find_map(|name| Some((variable(self.env, &[name])?, name))) {
                Some((address, name)) => (address, variable_place(name)),
                None => return Ok(String::new()),
            },
        };
        let without_scheme = !address.contains("://");
        if address.is_empty() || is_address(&address) || (without_scheme && is_address(&format!("http://{address}"))) {
            Ok(address)
        } else {
            Err(ConnectError::Proxy { argument: name, place })
        }
    }

    fn trust(&self) -> Result<Trust, ConnectError> {
        if self.settings.insecure {
            return Ok(Trust::Anyone);
        }
        let bundle = self.settings.custom_ca_bundle.clone().or_else(|| variable(self.env, &["AWS_CA_BUNDLE"]));
        let Some(path) = bundle.filter(|path| !path.is_empty()) else { return Ok(Trust::Machine) };
        let content = std::fs::read(expand(&path, self.env)).map_err(|error| error.to_string());
        match content.and_then(|content| certificates(&content)) {
            Ok(certificates) => Ok(Trust::Only(certificates)),
            Err(reason) => Err(ConnectError::Certificates { path, reason }),
        }
    }

    fn metadata(&self) -> bool {
        let disabled = variable(self.env, &["AWS_EC2_METADATA_DISABLED"]);
        self.settings.skip_metadata_api_check != Some(true)
            && !disabled.is_some_and(|disabled| disabled.eq_ignore_ascii_case("true"))
    }
}

fn is_address(url: &str) -> bool {
    url.parse::<Uri>().is_ok_and(|uri| {
        matches!(uri.scheme_str(), Some("http" | "https")) && uri.host().is_some_and(|host| !host.is_empty())
    })
}
