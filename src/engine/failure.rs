//! What can go wrong while the service is asked for something, as facts.

use crate::{
    api::{ApiError, ErrorKind},
    diag::{self, Diagnostic, FailedCall, Subject},
    value::Value,
};

/// Why an operation did not come to its end.
#[derive(Debug, Clone, PartialEq)]
pub enum Failure {
    Call(ApiError),
    /// The object went into a state that it does not leave by itself.
    EndedIn {
        state: String,
        reason: String,
    },
    /// The wait is over, but the object is not what was wanted.
    RolledBack {
        attribute: String,
        wanted: Value,
        actual: Value,
        reason: String,
    },
    /// The wait took longer than allowed; `argument` is the member of `timeouts` that allows more.
    TimedOut {
        seconds: u64,
        state: String,
        argument: &'static str,
    },
    /// The user interrupted Terraform.
    Interrupted {
        state: String,
    },
    /// The object went away while it was waited for.
    Vanished,
    /// Refused here, before the service was asked.
    Refused(Box<Diagnostic>),
    /// A fault of this provider.
    Bug(String),
}

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Self {
        Self::Call(error)
    }
}

impl Failure {
    /// The failure as the user reads it.
    pub(crate) fn diagnostic(&self, subject: &Subject<'_>) -> Diagnostic {
        match self {
            Self::Call(error) => diag::call_failed(subject, &call(error)),
            Self::EndedIn { state, reason } => diag::ended_in(subject, state, reason),
            Self::RolledBack { attribute, wanted, actual, reason } => {
                diag::rolled_back(subject, attribute, &text(wanted), &text(actual), reason)
            }
            Self::TimedOut { seconds, state, argument } => diag::timed_out(subject, *seconds, state, argument),
            Self::Interrupted { state } => diag::interrupted(subject, state),
            Self::Vanished => diag::vanished(subject),
            Self::Refused(diagnostic) => (**diagnostic).clone(),
            Self::Bug(what) => diag::bug(subject, what),
        }
    }
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn call(error: &ApiError) -> FailedCall<'_> {
    FailedCall {
        operation: &error.operation,
        code: &error.code,
        message: &error.message,
        request_id: &error.request_id,
        status: error.status,
        attempts: error.attempts,
        advice: advice(error),
    }
}

fn advice(error: &ApiError) -> &'static str {
    match (error.kind, error.code.as_str()) {
        (ErrorKind::Throttled, _) => {
            "The account calls this operation too often. Apply again, lower Terraform's `-parallelism`, or raise the \
             provider's `max_retries`."
        }
        (ErrorKind::Connection | ErrorKind::Timeout, _) => {
            "Check the network, the proxy settings, and the region and endpoint of the provider. Whether the call had \
             an effect is not known."
        }
        (ErrorKind::Reply, _) => {
            "This is not what the service sends: something between here and the service may have answered in its place."
        }
        (ErrorKind::Credentials, _) => {
            "Set credentials in the environment, a shared profile or the provider's configuration."
        }
        (ErrorKind::Settings, _) => "Correct the provider's configuration, or the `region` of the resource.",
        (ErrorKind::Request, _) => "This is a bug of the provider; please report it.",
        (_, "AccessDeniedException" | "AccessDenied") => {
            "The caller lacks a permission, or a policy of the organisation asks for something more, such as a KMS key, \
             a VPC or tags."
        }
        (_, "ExpiredTokenException" | "ExpiredToken") => "Renew the credentials and apply again.",
        (_, "ResourceLimitExceeded") => "Ask for a higher quota in the Service Quotas console, or use less.",
        _ => "",
    }
}
