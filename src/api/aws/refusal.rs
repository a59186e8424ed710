//! Why there are no credentials, including the error of STS.

use std::error::Error;

use aws_sdk_sts::operation::{
    RequestId, assume_role::AssumeRoleError, assume_role_with_web_identity::AssumeRoleWithWebIdentityError,
};
use aws_smithy_types::error::ErrorMetadata;

use super::causes::find;

pub(super) const ASSUME_ROLE: &str = "AssumeRole";
pub(super) const ASSUME_ROLE_WITH_WEB_IDENTITY: &str = "AssumeRoleWithWebIdentity";

/// Why there are no credentials.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{reason}")]
pub(super) struct Unavailable {
    pub(super) reason: String,
    /// Set if STS refused them.
    pub(super) refusal: Option<Refusal>,
}

/// The refusal of STS to assume a role.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub(super) struct Refusal {
    /// `AssumeRoleWithWebIdentity`.
    pub(super) operation: &'static str,
    pub(super) code: String,
    pub(super) message: String,
    pub(super) request_id: String,
}

impl Refusal {
    /// `token` is a secret that the service's message may contain; it is hidden.
    pub(super) fn new(operation: &'static str, role: &str, token: &str, said: &ErrorMetadata) -> Self {
        let reason = said.message().unwrap_or("without a reason");
        let reason = if token.is_empty() { reason.to_owned() } else { reason.replace(token, "(the token)") };
        Self {
            operation,
            code: said.code().unwrap_or_default().to_owned(),
            message: format!("the role `{role}` could not be assumed: {reason}"),
            request_id: said.request_id().unwrap_or_default().to_owned(),
        }
    }

    /// The refusal among the causes of an error, if any: of a role of the settings or of a profile's role.
    pub(super) fn among(error: &(dyn Error + 'static)) -> Option<Self> {
        let of_profile = "of the profile";
        if let Some(refusal) = find::<Self>(error) {
            return Some(refusal.clone());
        }
        if let Some(error) = find::<AssumeRoleError>(error) {
            return Some(Self::new(ASSUME_ROLE, of_profile, "", error.meta()));
        }
        let error = find::<AssumeRoleWithWebIdentityError>(error)?;
        Some(Self::new(ASSUME_ROLE_WITH_WEB_IDENTITY, of_profile, "", error.meta()))
    }
}
