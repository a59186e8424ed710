//! What a user may set about the connection: the provider's arguments as plain data.
//!
//! Nothing is resolved here: environment variables, profiles and defaults are added when a connection is made.
//! An unset argument is `None` or empty. What tags are added or ignored is the engine's business.

use std::{collections::BTreeMap, fmt, time::Duration};

/// The provider's arguments, named as in the provider block.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// The region of all resources that name none.
    pub region: Option<String>,
    /// The profile of the shared files, instead of the one in the environment.
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
    /// Roles to assume one after the other, each with the credentials of the one before.
    pub assume_role: Vec<AssumeRole>,
    /// A role to assume with a token instead of credentials.
    pub assume_role_with_web_identity: Option<WebIdentity>,
    /// Addresses to use instead of the public ones.
    pub endpoints: Endpoints,
    /// How often a call is sent at most.
    pub max_retries: Option<u32>,
    /// `standard` or `adaptive`.
    pub retry_mode: Option<String>,
    /// If not empty, the only accounts that may be used.
    pub allowed_account_ids: Vec<String>,
    /// Accounts that may not be used.
    pub forbidden_account_ids: Vec<String>,
    /// May hold a password.
    pub http_proxy: Option<Secret>,
    /// May hold a password. Set but empty: HTTPS goes without a proxy.
    pub https_proxy: Option<Secret>,
    /// Hosts to reach without a proxy, separated by commas.
    pub no_proxy: Option<String>,
    /// The path of a PEM file.
    pub custom_ca_bundle: Option<String>,
    /// Accept any certificate.
    pub insecure: bool,
    /// Use the public addresses whose cryptography is validated under FIPS 140.
    pub use_fips_endpoint: Option<bool>,
    /// Use the public addresses that are reached over IPv6 too.
    pub use_dualstack_endpoint: Option<bool>,
    /// The region of the token service; unset: `region`.
    pub sts_region: Option<String>,
    /// Take any name for that of a region.
    pub skip_region_validation: bool,
    /// Never call the token service for the account.
    pub skip_requesting_account_id: bool,
    /// True: never ask the instance metadata service for credentials. `AWS_EC2_METADATA_DISABLED` says the same, and is
    /// heeded whatever stands here.
    pub skip_metadata_api_check: Option<bool>,
    /// The address of the instance metadata service.
    pub ec2_metadata_service_endpoint: Option<String>,
    /// `IPv4` or `IPv6`.
    pub ec2_metadata_service_endpoint_mode: Option<String>,
    /// Products to name in the user agent: `name/version (comment)`.
    pub user_agent: Vec<String>,
}

/// Addresses to use instead of the public ones.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Endpoints {
    /// `https://host`, of SageMaker.
    pub sagemaker: Option<String>,
    /// `https://host`, of the token service.
    pub sts: Option<String>,
}

/// A role to assume.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AssumeRole {
    /// The role.
    pub role_arn: String,
    /// Of the session; unset: as the service has it.
    pub duration: Option<Duration>,
    /// What the trust policy of the role may demand.
    pub external_id: Option<String>,
    /// A JSON document.
    pub policy: Option<String>,
    /// Managed policies that limit the session further.
    pub policy_arns: Vec<String>,
    /// How logs name the session; unset: a random name.
    pub session_name: Option<String>,
    /// Who is behind the session, also when it assumes further roles.
    pub source_identity: Option<String>,
    /// Session tags.
    pub tags: BTreeMap<String, String>,
    /// The session tags that further sessions inherit.
    pub transitive_tag_keys: Vec<String>,
}

/// A role to assume with the token of a web identity provider, which stands either in the settings or in a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WebIdentity {
    /// The role.
    pub role_arn: String,
    /// Of the session; unset: as the service has it.
    pub duration: Option<Duration>,
    /// A JSON document.
    pub policy: Option<String>,
    /// Managed policies that limit the session further.
    pub policy_arns: Vec<String>,
    /// How logs name the session; unset: a random name.
    pub session_name: Option<String>,
    /// The token itself.
    pub web_identity_token: Option<Secret>,
    /// Read anew each time that credentials are needed.
    pub web_identity_token_file: Option<String>,
}

/// A text that no log and no message may show.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The text itself.
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
