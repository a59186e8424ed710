//! What can fail: a call, and the way to the service.

/// A failed call, as facts; the sentences are made elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{operation}: {kind:?} {code}: {message}")]
pub struct ApiError {
    /// `CreateModel`.
    pub operation: String,
    /// What failed.
    pub kind: ErrorKind,
    /// The service's error code without namespace: `ValidationException`. Empty if the reply had none.
    pub code: String,
    /// The service's words, or ours where no reply of the service was understood. Never holds headers or secrets.
    pub message: String,
    /// Empty if the reply had none.
    pub request_id: String,
    /// None if there was no reply.
    pub status: Option<u16>,
    /// How many requests were sent for this call, retries included.
    pub attempts: u32,
    /// A request was sent that may have had its effect: no reply came, or none that refuses.
    pub in_doubt: bool,
}

/// What failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// The service answered with an error.
    Service,
    /// The service asked to slow down, for longer than the retries lasted.
    Throttled,
    /// No connection, or it broke. Whether the call had an effect is not known.
    Connection,
    /// No reply in time. Whether the call had an effect is not known.
    Timeout,
    /// A reply came that is not what the service sends.
    Reply,
    /// No credentials, or they could not be had.
    Credentials,
    /// The call was given up by [`Api::stop`](super::Api::stop).
    Stopped,
    /// What the user has set leaves no way to make the call.
    Settings,
    /// The request could not be built: a fault of this program.
    Request,
}

/// The settings, the environment or a profile do not make a connection.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConnectError {
    /// Nothing names a region.
    #[error(
        "no region is set: name one in the provider argument `region`, in the environment variable `AWS_REGION` or \
         `AWS_DEFAULT_REGION`, or as `region` of the profile `{profile}`"
    )]
    NoRegion {
        /// The profile that is in use.
        profile: String,
    },
    /// No partition has such a region.
    #[error(
        "`{region}` is not the name of a region; near are {}. `skip_region_validation` lets it pass",
        .near.iter().map(|near| format!("`{near}`")).collect::<Vec<_>>().join(", ")
    )]
    UnknownRegion {
        /// As it was given.
        region: String,
        /// The regions whose names are nearest, the nearest first.
        near: Vec<&'static str>,
    },
    /// The profile that was chosen is in none of the files.
    #[error("the shared configuration and credentials files hold no profile `{profile}`")]
    NoProfile {
        /// Its name.
        profile: String,
    },
    /// The files of profiles cannot be read.
    #[error("the shared configuration files cannot be read: {reason}")]
    Files {
        /// The error with its causes.
        reason: String,
    },
    /// An argument is set that has no effect without another.
    #[error("`{argument}` needs `{missing}`, which is not set")]
    Incomplete {
        /// The argument that is set.
        argument: &'static str,
        /// The argument that is not.
        missing: &'static str,
    },
    /// A setting has a value that it cannot have.
    #[error("{place} is `{value}`; expected {expected}")]
    Invalid {
        /// The argument that sets it.
        argument: &'static str,
        /// Where the value stands: an argument, an environment variable or a profile.
        place: String,
        /// As it was found.
        value: String,
        /// What it can be.
        expected: &'static str,
    },
    /// The address of a proxy is none. The value is not shown, since it may hold a password.
    #[error("{place} is not the address of a proxy; expected one like `http://host:3128`")]
    Proxy {
        /// The argument that sets it.
        argument: &'static str,
        /// Where the value stands: an argument or an environment variable.
        place: String,
    },
    /// The file of trusted certificates cannot be used.
    #[error("the certificates in `{path}` cannot be used: {reason}")]
    Certificates {
        /// Of the file.
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
    /// Accounts are restricted, and the call for the account failed.
    #[error("whose account the credentials belong to could not be found out: {0}")]
    AccountNotKnown(ApiError),
}

impl ConnectError {
    /// The provider argument that is at fault, or that would help.
    pub fn argument(&self) -> &'static str {
        match self {
            Self::NoRegion { .. } | Self::UnknownRegion { .. } => "region",
            Self::NoProfile { .. } => "profile",
            Self::Files { .. } => "shared_config_files",
            Self::Incomplete { argument, .. } | Self::Invalid { argument, .. } | Self::Proxy { argument, .. } => {
                argument
            }
            Self::Certificates { .. } => "custom_ca_bundle",
            Self::AccountNotAllowed { .. } | Self::AccountNotKnown(_) => "allowed_account_ids",
            Self::AccountForbidden { .. } => "forbidden_account_ids",
        }
    }
}
