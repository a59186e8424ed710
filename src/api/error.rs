//! The errors of calls and of connecting.

use crate::regions::NoRegion;

/// The facts of a failed call; the messages for users are written in `diag`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{operation}: {kind:?} {code}: {message}")]
pub struct ApiError {
    /// `CreateModel`.
    pub operation: String,
    /// What failed.
    pub kind: ErrorKind,
    /// The service's error code without namespace: `ValidationException`. Empty if the reply had none.
    pub code: String,
    /// The service's message, or ours if no reply could be parsed. Never contains headers or secrets.
    pub message: String,
    /// Empty if the reply had none.
    pub request_id: String,
    /// None if there was no reply.
    pub status: Option<u16>,
    /// How many requests were sent for this call, retries included.
    pub attempts: u32,
    /// A request may have taken effect: no reply was received, or none that refuses it.
    pub in_doubt: bool,
}

/// Codes that always mean that an object does not exist.
const NOT_FOUND: &[&str] =
    &["ResourceNotFound", "ResourceNotFoundException", "NotFoundException", "RecordNotFoundException"];

impl ApiError {
    /// The error of a call that was never sent.
    pub(crate) fn unsent(operation: &str, kind: ErrorKind, reason: impl Into<String>) -> Self {
        Self {
            operation: operation.to_owned(),
            kind,
            code: String::new(),
            message: reason.into(),
            request_id: String::new(),
            status: None,
            attempts: 0,
            in_doubt: false,
        }
    }

    /// The error of a call that was not sent because the user had interrupted Terraform.
    pub(crate) fn interrupted(operation: &str) -> Self {
        Self::unsent(operation, ErrorKind::Stopped, "Terraform was interrupted, so the call was not sent")
    }

    /// True if the code alone means that an object does not exist. Where the message decides, the engine reads it.
    pub(crate) fn is_not_found(&self) -> bool {
        NOT_FOUND.contains(&self.code.as_str())
    }
}

/// What failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// The service answered with an error.
    Service,
    /// The service throttled the call for longer than the retries lasted.
    Throttled,
    /// The connection failed or broke. Whether the call took effect is unknown.
    Connection,
    /// No reply in time. Whether the call took effect is unknown.
    Timeout,
    /// The reply does not follow the service's protocol.
    Reply,
    /// There are no credentials, or they could not be obtained.
    Credentials,
    /// The call was stopped by [`Api::stop`](super::Api::stop).
    Stopped,
    /// The call is impossible with the user's settings.
    Settings,
    /// The request could not be built: a bug in this program.
    Request,
}

/// The settings, the environment or a profile do not allow a connection.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConnectError {
    /// No region is configured.
    #[error(
        "no region is set: name one in the provider argument `region`, in the environment variable `AWS_REGION` or \
         `AWS_DEFAULT_REGION`, or as `region` of the profile `{profile}`"
    )]
    NoRegion {
        /// The selected profile.
        profile: String,
    },
    /// There is no such region, or it is newer than this version.
    #[error("{place} is {refusal}. If the region exists, set `skip_region_validation = true` in the provider block")]
    UnknownRegion {
        /// The argument that sets it.
        argument: &'static str,
        /// The source of the name: an argument, an environment variable or a profile.
        place: String,
        /// Why it is not accepted.
        refusal: NoRegion,
    },
    /// None of the files contains the selected profile.
    #[error("the shared configuration and credentials files hold no profile `{profile}`")]
    NoProfile {
        /// Its name.
        profile: String,
    },
    /// The shared configuration files cannot be read.
    #[error("the shared configuration files cannot be read: {reason}")]
    Files {
        /// The error with its causes.
        reason: String,
    },
    /// An argument is set without another one that it requires.
    #[error("`{argument}` needs `{missing}`, which is not set")]
    Incomplete {
        /// The argument that is set.
        argument: &'static str,
        /// The argument that is missing.
        missing: &'static str,
    },
    /// A setting has an invalid value.
    #[error("{place} is `{value}`; expected {expected}")]
    Invalid {
        /// The argument that sets it.
        argument: &'static str,
        /// The source of the value: an argument, an environment variable or a profile.
        place: String,
        /// As configured.
        value: String,
        /// The valid values.
        expected: &'static str,
    },
    /// The address of a proxy is invalid. The value is not shown, since it may contain a password.
    #[error("{place} is not the address of a proxy; expected one like `http://host:3128`")]
    Proxy {
        /// The argument that sets it.
        argument: &'static str,
        /// The source of the value: an argument or an environment variable.
        place: String,
    },
    /// The custom CA bundle cannot be used.
    #[error("the certificates in `{path}` cannot be used: {reason}")]
    Certificates {
        /// The path of the file.
        path: String,
        /// Why not.
        reason: String,
    },
    /// The account is not in the list of allowed ones.
    #[error("the credentials belong to the account `{account}`, which is not among `allowed_account_ids`")]
    AccountNotAllowed {
        /// Twelve digits.
        account: String,
    },
    /// The account is in the list of forbidden ones.
    #[error("the credentials belong to the account `{account}`, which is among `forbidden_account_ids`")]
    AccountForbidden {
        /// Twelve digits.
        account: String,
    },
    /// Accounts are restricted, and the caller's account could not be determined.
    #[error("the account of the credentials could not be determined: {0}")]
    AccountNotKnown(ApiError),
}

impl ConnectError {
    /// The provider argument that is wrong, or that would solve the problem.
    pub fn argument(&self) -> &'static str {
        match self {
            Self::NoRegion { .. } => "region",
            Self::NoProfile { .. } => "profile",
            Self::Files { .. } => "shared_config_files",
            Self::UnknownRegion { argument, .. }
            | Self::Incomplete { argument, .. }
            | Self::Invalid { argument, .. }
            | Self::Proxy { argument, .. } => argument,
            Self::Certificates { .. } => "custom_ca_bundle",
            Self::AccountNotAllowed { .. } | Self::AccountNotKnown(_) => "allowed_account_ids",
            Self::AccountForbidden { .. } => "forbidden_account_ids",
        }
    }
}
