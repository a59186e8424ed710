//! The user's settings of the connection: the provider's arguments as plain data.
//!
//! Nothing is resolved here: environment variables, profiles and defaults are applied when connecting.
//! An unset argument is `None` or empty. Default and ignored tags belong to the engine.

use std::{collections::BTreeMap, fmt, time::Duration};

/// The largest accepted value of `max_retries`.
pub const MAX_RETRIES: u32 = 1_000;

/// The provider's arguments, named as in the provider block.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// The region of all resources that do not set one.
    pub region: Option<String>,
    /// The profile of the shared files; overrides the environment.
    pub profile: Option<String>,
    /// Static credentials, with `secret_key`.
    pub access_key: Option<String>,
    /// Static credentials, with `access_key`.
    pub secret_key: Option<Secret>,
    /// The session token of static credentials that are temporary.
    pub token: Option<Secret>,
    /// Paths; a leading `~/` is the home directory.
    pub shared_config_files: Vec<String>,
    /// Paths; a leading `~/` is the home directory.
    pub shared_credentials_files: Vec<String>,
    /// Roles to assume in order, each with the credentials of the previous one.
    pub assume_role: Vec<AssumeRole>,
    /// A role to assume with a web identity token instead of credentials.
    pub assume_role_with_web_identity: Option<WebIdentity>,
    /// Custom endpoints that replace the public ones.
    pub endpoints: Endpoints,
    /// The maximum number of attempts of a call.
    pub max_retries: Option<u32>,
    /// `standard` or `adaptive`.
    pub retry_mode: Option<String>,
    /// If not empty, only these accounts may be used.
    pub allowed_account_ids: Vec<String>,
    /// Accounts that may not be used.
    pub forbidden_account_ids: Vec<String>,
    /// May contain a password.
    pub http_proxy: Option<Secret>,
    /// May contain a password. Set but empty: no proxy for HTTPS.
    pub https_proxy: Option<Secret>,
    /// Hosts to reach without a proxy, separated by commas.
    pub no_proxy: Option<String>,
    /// The path of a PEM file.
    pub custom_ca_bundle: Option<String>,
    /// Accept any certificate.
    pub insecure: bool,
    /// Use the public endpoints whose cryptography is validated under FIPS 140.
    pub use_fips_endpoint: Option<bool>,
    /// Use the public endpoints that also support IPv6.
    pub use_dualstack_endpoint: Option<bool>,
    /// The region of STS; unset: `region`.
    pub sts_region: Option<String>,
    /// Accept any region name.
    pub skip_region_validation: bool,
    /// Never call STS for the account id.
    pub skip_requesting_account_id: bool,
    /// True: never query the instance metadata service for credentials. `AWS_EC2_METADATA_DISABLED` has the same effect
    /// regardless of this argument.
    pub skip_metadata_api_check: Option<bool>,
    /// The endpoint of the instance metadata service.
    pub ec2_metadata_service_endpoint: Option<String>,
    /// `IPv4` or `IPv6`.
    pub ec2_metadata_service_endpoint_mode: Option<String>,
    /// Products to name in the user agent: `name/version (comment)`.
    pub user_agent: Vec<String>,
}

/// Custom endpoints that replace the public ones.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Endpoints {
    /// `https://host`, of SageMaker.
    pub sagemaker: Option<String>,
    /// `https://host`, of STS.
    pub sts: Option<String>,
}

/// A role to assume.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AssumeRole {
    /// The role.
    pub role_arn: String,
    /// The duration of the session; unset: the service's default.
    pub duration: Option<Duration>,
    /// The external id that the role's trust policy may require.
    pub external_id: Option<String>,
    /// A JSON document.
    pub policy: Option<String>,
    /// Managed policies that limit the session further.
    pub policy_arns: Vec<String>,
    /// The session name in logs; unset: a name with the time.
    pub session_name: Option<String>,
    /// The source identity, which persists when the session assumes further roles.
    pub source_identity: Option<String>,
    /// Session tags.
    pub tags: BTreeMap<String, String>,
    /// The keys of the session tags that further sessions inherit.
    pub transitive_tag_keys: Vec<String>,
}

/// A role to assume with the token of a web identity provider, either from the settings or from a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WebIdentity {
    /// The role.
    pub role_arn: String,
    /// The duration of the session; unset: the service's default.
    pub duration: Option<Duration>,
    /// A JSON document.
    pub policy: Option<String>,
    /// Managed policies that limit the session further.
    pub policy_arns: Vec<String>,
    /// The session name in logs; unset: a name with the time.
    pub session_name: Option<String>,
    /// The token itself.
    pub web_identity_token: Option<Secret>,
    /// Read each time that credentials are needed.
    pub web_identity_token_file: Option<String>,
}

/// A string that must not appear in logs or messages.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The secret value.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("(secret)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_can_be_printed_without_their_secrets() {
        let settings = Settings {
            secret_key: Some("hush-key".into()),
            token: Some("hush-token".into()),
            https_proxy: Some("http://me:hush@proxy:3128".into()),
            assume_role_with_web_identity: Some(WebIdentity {
                web_identity_token: Some("hush-web".into()),
                ..Default::default()
            }),
            ..Default::default()
        };
        let printed = format!("{settings:?}");
        assert!(!printed.contains("hush"), "{printed}");
    }
}
