//! Credentials of assumed roles.

use std::{
    error::Error,
    path::PathBuf,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use aws_credential_types::{
    Credentials,
    provider::{self, ProvideCredentials, SharedCredentialsProvider, error::CredentialsError, future},
};
use aws_sdk_sts::types::{PolicyDescriptorType, Tag};
use aws_smithy_runtime::client::identity::IdentityCache;
use aws_smithy_runtime_api::client::{orchestrator::HttpResponse, result::SdkError};
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_types::os_shim_internal::Env;

use super::{
    causes::causes,
    configuration::expand,
    refusal::{ASSUME_ROLE, ASSUME_ROLE_WITH_WEB_IDENTITY, Refusal},
    sts::Sts,
};
use crate::api::settings::{AssumeRole, Secret, WebIdentity};

/// Assumes a role with the credentials of another source. The SDK's own provider supports neither source identities nor
/// transitive tags.
#[derive(Debug)]
pub(super) struct Assume {
    role: AssumeRole,
    base: SharedCredentialsProvider,
    sts: Sts,
}

impl Assume {
    pub(super) fn new(role: AssumeRole, base: SharedCredentialsProvider, sts: &Sts) -> Self {
        Self { role, base, sts: sts.clone() }
    }

    async fn assume(&self) -> provider::Result {
        let role = &self.role;
        let tags: Result<Vec<Tag>, _> =
            role.tags.iter().map(|(key, value)| Tag::builder().key(key).value(value).build()).collect();
        // The base is queried only when the session expires, so caching its credentials would gain nothing.
        let reply = self
            .sts
            .signing(self.base.clone(), IdentityCache::no_cache())
            .assume_role()
            .role_arn(&role.role_arn)
            .role_session_name(session_name(role.session_name.as_deref()))
            .set_duration_seconds(seconds(role.duration))
            .set_external_id(role.external_id.clone())
            .set_policy(role.policy.clone())
            .set_policy_arns(policies(&role.policy_arns))
            .set_source_identity(role.source_identity.clone())
            .set_tags(some(tags.map_err(CredentialsError::invalid_configuration)?))
            .set_transitive_tag_keys(some(role.transitive_tag_keys.clone()))
            .send()
            .await
            .map_err(|error| refused(ASSUME_ROLE, &role.role_arn, "", &error))?;
        session(reply.credentials)
    }
}

impl ProvideCredentials for Assume {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.assume())
    }
}

/// Assumes a role with a web identity token. The SDK's own provider accepts tokens only from files, and no duration.
#[derive(Debug)]
pub(super) struct AssumeWithWebIdentity {
    role: WebIdentity,
    token: Token,
    sts: Sts,
}

#[derive(Debug)]
enum Token {
    Text(Secret),
    /// Read each time, since the token issuer renews the file.
    File(PathBuf),
}

impl AssumeWithWebIdentity {
    pub(super) fn new(role: WebIdentity, env: &Env, sts: &Sts) -> Self {
        let token = match (&role.web_identity_token, &role.web_identity_token_file) {
            (Some(token), _) => Token::Text(token.clone()),
            (None, file) => Token::File(expand(file.as_deref().unwrap_or_default(), env)),
        };
        Self { role, token, sts: sts.clone() }
    }

    async fn assume(&self) -> provider::Result {
        let role = &self.role;
        let token = self.token.read().await?;
        let reply = self
            .sts
            .anonymous()
            .assume_role_with_web_identity()
            .role_arn(&role.role_arn)
            .role_session_name(session_name(role.session_name.as_deref()))
            .web_identity_token(&token)
            .set_duration_seconds(seconds(role.duration))
            .set_policy(role.policy.clone())
            .set_policy_arns(policies(&role.policy_arns))
            .send()
            .await
            .map_err(|error| refused(ASSUME_ROLE_WITH_WEB_IDENTITY, &role.role_arn, &token, &error))?;
        session(reply.credentials)
    }
}

impl Token {
    async fn read(&self) -> Result<String, CredentialsError> {
        match self {
            Self::Text(token) => Ok(token.expose().to_owned()),
            Self::File(path) => match tokio::fs::read_to_string(path).await {
                Ok(token) => Ok(token.trim().to_owned()),
                Err(error) => {
                    let path = path.display();
                    Err(CredentialsError::provider_error(format!("the token in `{path}` cannot be read: {error}")))
                }
            },
        }
    }
}

impl ProvideCredentials for AssumeWithWebIdentity {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.assume())
    }
}

fn session_name(chosen: Option<&str>) -> String {
    match chosen {
        Some(name) if !name.is_empty() => name.to_owned(),
        _ => {
            let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
            format!("terraform-provider-sagemaker-{}", now.as_secs())
        }
    }
}

fn seconds(duration: Option<Duration>) -> Option<i32> {
    duration.and_then(|duration| i32::try_from(duration.as_secs()).ok())
}

fn policies(arns: &[String]) -> Option<Vec<PolicyDescriptorType>> {
    some(arns.iter().map(|arn| PolicyDescriptorType::builder().arn(arn).build()).collect())
}

/// The service distinguishes an empty list from an absent one.
fn some<T>(list: Vec<T>) -> Option<Vec<T>> {
    if list.is_empty() { None } else { Some(list) }
}

fn refused<E>(operation: &'static str, role: &str, token: &str, error: &SdkError<E, HttpResponse>) -> CredentialsError
where
    E: ProvideErrorMetadata + Error + 'static,
{
    match error.as_service_error().map(ProvideErrorMetadata::meta) {
        Some(said) => CredentialsError::provider_error(Refusal::new(operation, role, token, said)),
        None => {
            let reason = causes(error.source().unwrap_or(error));
            CredentialsError::provider_error(format!("the role `{role}` could not be assumed: {reason}"))
        }
    }
}

fn session(credentials: Option<aws_sdk_sts::types::Credentials>) -> provider::Result {
    let credentials = credentials.ok_or_else(|| CredentialsError::unhandled("the reply holds no credentials"))?;
    let expiry = SystemTime::try_from(credentials.expiration).map_err(CredentialsError::unhandled)?;
    Ok(Credentials::new(
        credentials.access_key_id,
        credentials.secret_access_key,
        Some(credentials.session_token),
        Some(expiry),
        "assumed role",
    ))
}
