//! Converts every kind of SDK error into an [`ApiError`]. Never exposes headers, bodies or credentials.

use std::error::Error;

use aws_credential_types::provider::error::CredentialsError;
use aws_smithy_runtime_api::client::{orchestrator::HttpResponse, result::SdkError};

use super::{
    causes::{causes, find},
    network::NoConnection,
    protocol::{Failure, request_id},
    refusal::Unavailable,
};
use crate::api::error::{ApiError, ErrorKind};

/// The facts about a call besides its error.
pub(super) struct Attempted<'a> {
    pub(super) operation: &'a str,
    /// The URL of the endpoint.
    pub(super) url: &'a str,
    /// How many requests were sent.
    pub(super) requests: u32,
    /// One of them may have taken effect.
    pub(super) in_doubt: bool,
}

/// The facts of a failed call. `failure` is the content of the error reply, if one was received.
pub(super) fn api_error<E: Error + 'static>(
    error: &SdkError<E, HttpResponse>,
    failure: Option<Failure>,
    attempted: &Attempted<'_>,
) -> ApiError {
    let reply = error.raw_response();
    if let Some(Unavailable { refusal: Some(refusal), reason }) = find::<Unavailable>(error) {
        return ApiError {
            operation: refusal.operation.to_owned(),
            kind: ErrorKind::Credentials,
            code: refusal.code.clone(),
            message: reason.clone(),
            request_id: refusal.request_id.clone(),
            status: None,
            attempts: attempted.requests,
            in_doubt: attempted.in_doubt,
        };
    }
    let (kind, code, message) = match failure {
        Some(failure) => (failure.kind, failure.code, failure.message),
        None => {
            let kind = kind(error);
            (kind, String::new(), message(kind, error, attempted.url))
        }
    };
    ApiError {
        operation: attempted.operation.to_owned(),
        kind,
        code,
        message,
        request_id: reply.and_then(|reply| request_id(reply.headers())).unwrap_or_default().to_owned(),
        status: reply.map(|reply| reply.status().as_u16()),
        attempts: attempted.requests,
        in_doubt: attempted.in_doubt,
    }
}

fn kind<E: Error + 'static>(error: &SdkError<E, HttpResponse>) -> ErrorKind {
    let broken = find::<NoConnection>(error).is_some() || find::<hyper::Error>(error).is_some();
    match error {
        _ if find::<CredentialsError>(error).is_some() => ErrorKind::Credentials,
        _ if find::<NoConnection>(error).is_some() => ErrorKind::Connection,
        SdkError::TimeoutError(_) => ErrorKind::Timeout,
        SdkError::DispatchFailure(failure) if failure.is_timeout() => ErrorKind::Timeout,
        SdkError::DispatchFailure(failure) if failure.is_io() || broken => ErrorKind::Connection,
        SdkError::ResponseError(_) if broken => ErrorKind::Connection,
        SdkError::ResponseError(_) | SdkError::ServiceError(_) => ErrorKind::Reply,
        _ => ErrorKind::Request,
    }
}

fn message<E: Error + 'static>(kind: ErrorKind, error: &SdkError<E, HttpResponse>, url: &str) -> String {
    match (kind, find::<CredentialsError>(error), find::<NoConnection>(error)) {
        (ErrorKind::Credentials, Some(cause), _) => causes(cause.source().unwrap_or(cause)),
        (ErrorKind::Connection, _, Some(cause)) => format!("{url}: {}", causes(cause)),
        (ErrorKind::Connection, ..) if let Some(cause) = find::<hyper::Error>(error) => {
            format!("{url}: {}", causes(cause))
        }
        (ErrorKind::Timeout, ..) => format!("{url}: no reply in time ({})", causes(error.source().unwrap_or(error))),
        // The outermost error only names the kind.
        _ => format!("{url}: {}", causes(error.source().unwrap_or(error))),
    }
}
