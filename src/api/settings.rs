//! What a user may set about the connection: the provider's arguments as plain data.
//!
//! Nothing is resolved here: environment variables, profiles and defaults are added when a connection is made.
//! An unset argument is `None` or empty. What tags are added or ignored is the engine's business.

use std::{collections::BTreeMap, fmt, time::Duration};

/// The provider's arguments, named as in the provider block.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    pub region: Option<String>,
    pub profile: Option<String>,
    pub access_key: Option<String>,
    pub secret_key: Option<Secret>,
    pub token: Option<Secret>,
    /// Paths; a leading `~/` is the home directory.
    pub shared_config_files: Vec<String>,
    /// Paths; a leading `~/` is the home directory.
    pub shared_credentials_files: Vec<String>,
    /// Roles to assume one after the other, each with the credentials of the one before.
    pub assume_role: Vec<AssumeRole>,
    pub assume_role_with_web_identity: Option<WebIdentity>,
    pub endpoints: Endpoints,
    /// How often a call is sent at most.
    pub max_retries: Option<u32>,
    /// `standard` or `adaptive`.
    pub retry_mode: Option<String>,
    pub allowed_account_ids: Vec<String>,
    pub forbidden_account_ids: Vec<String>,
    /// May hold a password.
    pub http_proxy: Option<Secret>,
    /// May hold a password. Set but empty: HTTPS goes without a proxy.
    pub https_proxy: Option<Secret>,
    pub no_proxy: Option<String>,
    /// The path of a PEM file.
    pub custom_ca_bundle: Option<String>,
    /// Accept any certificate.
    pub insecure: bool,
    pub use_fips_endpoint: Option<bool>,
    pub use_dualstack_endpoint: Option<bool>,
    pub sts_region: Option<String>,
    pub skip_region_validation: bool,
    pub skip_requesting_account_id: bool,
    /// True: never ask the instance metadata service for credentials. `AWS_EC2_METADATA_DISABLED` says the same, and is
    /// heeded whatever stands here.
    pub skip_metadata_api_check: Option<bool>,
    pub ec2_metadata_service_endpoint: Option<String>,
    /// `IPv4` or `IPv6`.
    pub ec2_metadata_service_endpoint_mode: Option<String>,
    /// Products to name in the user agent: `name/version (comment)`.
    pub user_agent: Vec<String>,
}

/// Addresses to use instead of the public ones.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Endpoints {
    pub sagemaker: Option<String>,
    pub sts: Option<String>,
}

/// A role to assume.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AssumeRole {
    pub role_arn: String,
    pub duration: Option<Duration>,
    pub external_id: Option<String>,
    /// A JSON document.
    pub policy: Option<String>,
    pub policy_arns: Vec<String>,
    pub session_name: Option<String>,
    pub source_identity: Option<String>,
    pub tags: BTreeMap<String, String>,
    pub transitive_tag_keys: Vec<String>,
}

/// A role to assume with the token of a web identity provider, which stands either in the settings or in a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WebIdentity {
    pub role_arn: String,
    pub duration: Option<Duration>,
    /// A JSON document.
    pub policy: Option<String>,
    pub policy_arns: Vec<String>,
    pub session_name: Option<String>,
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
