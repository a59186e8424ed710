//! The protocol awsJson1.1: serializes calls into requests, and deserializes replies into values or failures.

use aws_runtime::retries::classifiers::THROTTLING_ERRORS;
use aws_smithy_runtime_api::{
    box_error::BoxError,
    client::{
        interceptors::context::{Error, Input, Output, OutputOrError},
        orchestrator::{HttpRequest, HttpResponse, OrchestratorError},
        ser_de::{DeserializeResponse, SerializeRequest},
    },
    http::Headers,
};
use aws_smithy_types::{
    body::SdkBody,
    config_bag::ConfigBag,
    error::{ErrorMetadata, metadata::ProvideErrorMetadata},
    retry::{ErrorKind as RetryKind, ProvideErrorKind},
};
use serde_json::error::Category;

use super::json;
use crate::{api::error::ErrorKind, value::Value};

const SERVICE: &str = "SageMaker";

/// The maximum length of the excerpt of a malformed reply.
const EXCERPT: usize = 200;

/// A call with its body, which is serialized once and sent on each attempt.
#[derive(Debug)]
pub(super) struct Call {
    target: String,
    body: Body,
}

impl Call {
    pub(super) fn new(operation: &str, body: String) -> Self {
        Self { target: format!("{SERVICE}.{operation}"), body: Body(body) }
    }
}

/// A parsed reply.
pub(super) struct Reply(pub(super) Value);

/// The body of a request. The SDK's trace log prints its inputs, so the `Debug` of this and of [`Reply`] hides the
/// content.
struct Body(String);

/// An error reply, or a reply that could not be parsed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {message}")]
pub(super) struct Failure {
    pub(super) kind: ErrorKind,
    pub(super) code: String,
    pub(super) message: String,
    /// The same for the SDK's retries, which depend on the code.
    metadata: ErrorMetadata,
}

impl std::fmt::Debug for Body {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "({} bytes)", self.0.len())
    }
}

impl std::fmt::Debug for Reply {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("(a reply)")
    }
}

/// Serializes calls into requests.
#[derive(Debug)]
pub(super) struct Serializer;

impl SerializeRequest for Serializer {
    fn serialize_input(&self, input: Input, _: &mut ConfigBag) -> Result<HttpRequest, BoxError> {
        let call = input.downcast::<Call>().map_err(|_| "the input is not a call")?;
        let mut request = HttpRequest::new(SdkBody::from(call.body.0));
        request.set_method("POST")?;
        request.set_uri("/")?;
        request.headers_mut().try_insert("content-type", "application/x-amz-json-1.1")?;
        request.headers_mut().try_insert("x-amz-target", call.target)?;
        Ok(request)
    }
}

/// Deserializes replies into values and failures.
#[derive(Debug)]
pub(super) struct Deserializer;

impl DeserializeResponse for Deserializer {
    fn deserialize_nonstreaming(&self, response: &HttpResponse) -> OutputOrError {
        let body = response.body().bytes().ok_or_else(|| OrchestratorError::other("the body was not loaded"))?;
        let status = response.status().as_u16();
        let result = if response.status().is_success() {
            json::read(body).map(Reply).map_err(|error| malformed_reply(status, body, unread(&error)))
        } else {
            Err(failure(status, response.headers(), body))
        };
        result.map(Output::erase).map_err(|failure| OrchestratorError::operation(Error::erase(failure)))
    }
}

/// The id of a request, by which AWS Support can find it.
pub(super) fn request_id(headers: &Headers) -> Option<&str> {
    ["x-amzn-requestid", "x-amzn-request-id", "x-amz-request-id"].into_iter().find_map(|name| headers.get(name))
}

impl Failure {
    fn new(kind: ErrorKind, code: &str, message: String) -> Self {
        let metadata = ErrorMetadata::builder().code(code).build();
        Self { kind, code: code.to_owned(), message, metadata }
    }
}

/// The error reply of another AWS service.
impl From<&ErrorMetadata> for Failure {
    fn from(error: &ErrorMetadata) -> Self {
        let code = error.code().unwrap_or_default();
        Self::new(kind(0, code), code, error.message().unwrap_or_default().to_owned())
    }
}

impl ProvideErrorMetadata for Failure {
    fn meta(&self) -> &ErrorMetadata {
        &self.metadata
    }
}

/// The SDK does not recognize throttling that only the HTTP status indicates.
impl ProvideErrorKind for Failure {
    fn retryable_error_kind(&self) -> Option<RetryKind> {
        (self.kind == ErrorKind::Throttled).then_some(RetryKind::ThrottlingError)
    }

    fn code(&self) -> Option<&str> {
        ProvideErrorMetadata::code(self)
    }
}

/// Parses an error reply. The code may be in a header or in the body, with or without namespace; the message has been
/// seen under three names.
fn failure(status: u16, headers: &Headers, body: &[u8]) -> Failure {
    let content = json::read(body);
    let member = |names: &[&str]| {
        let content = content.as_ref().ok()?;
        names.iter().find_map(|name| content.get(name).as_str())
    };
    let code = headers.get("x-amzn-errortype").or_else(|| member(&["__type", "code", "Code"])).map_or("", bare);
    let message = member(&["message", "Message", "errorMessage"]).unwrap_or_default();
    match &content {
        Err(error) if code.is_empty() => malformed_reply(status, body, unread(error)),
        _ if code.is_empty() && message.is_empty() => malformed_reply(status, body, "neither code nor message"),
        Err(_) => Failure::new(kind(status, code), code, excerpt(body)),
        Ok(_) => Failure::new(kind(status, code), code, message.to_owned()),
    }
}

fn kind(status: u16, code: &str) -> ErrorKind {
    if THROTTLING_ERRORS.contains(&code) || status == 429 { ErrorKind::Throttled } else { ErrorKind::Service }
}

/// `com.amazonaws.sagemaker#ValidationException:http://…` is `ValidationException`.
fn bare(code: &str) -> &str {
    let code = code.rsplit_once('#').map_or(code, |(_, name)| name);
    code.split_once(':').map_or(code, |(name, _)| name).trim()
}

fn malformed_reply(status: u16, body: &[u8], reason: &str) -> Failure {
    let kind = if status == 429 { ErrorKind::Throttled } else { ErrorKind::Reply };
    let content = match body.trim_ascii_start().first() {
        None => "an empty body".to_owned(),
        // Truncated JSON may be part of a genuine reply, secrets included.
        Some(b'{' | b'[' | b'"') => format!("a body of {} bytes", body.len()),
        Some(_) => format!("the text `{}`", excerpt(body)),
    };
    Failure::new(kind, "", format!("HTTP status {status} with {content} ({reason})"))
}

/// Why a body could not be parsed. The parser's own message would quote it.
fn unread(error: &serde_json::Error) -> &'static str {
    match error.classify() {
        Category::Eof => "the JSON ends too early",
        Category::Data => "not an object that can be read",
        Category::Syntax | Category::Io => "not JSON",
    }
}

/// The beginning of a body, on one line.
fn excerpt(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    let words: Vec<&str> = text.split(|character: char| character.is_whitespace() || character.is_control()).collect();
    let line = words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(EXCERPT) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failed(status: u16, headers: &[(&'static str, &'static str)], body: &str) -> Failure {
        let mut map = Headers::new();
        for (name, value) in headers {
            map.insert(*name, *value);
        }
        failure(status, &map, body.as_bytes())
    }

    #[test]
    fn code_and_message_are_found_in_every_known_place() {
        type Case = (&'static [(&'static str, &'static str)], &'static str);
        let cases: [Case; 7] = [
            (&[], r#"{"__type":"ValidationException","message":"bad name"}"#),
            (&[], r#"{"__type":"ValidationException","Message":"bad name"}"#),
            (&[], r#"{"__type":"com.amazonaws.sagemaker#ValidationException","message":"bad name"}"#),
            (&[], r#"{"code":"ValidationException","errorMessage":"bad name"}"#),
            (&[("x-amzn-errortype", "ValidationException:http://internal/doc/")], r#"{"message":"bad name"}"#),
            (&[("x-amzn-errortype", "aws.x#ValidationException")], r#"{"__type":"Other","message":"bad name"}"#),
            (&[("x-amzn-errortype", "ValidationException")], "bad name"),
        ];
        for (headers, body) in cases {
            let failure = failed(400, headers, body);
            assert_eq!(
                (failure.kind, failure.code.as_str(), failure.message.as_str()),
                (ErrorKind::Service, "ValidationException", "bad name"),
                "{headers:?} {body}"
            );
        }
    }

    #[test]
    fn a_message_without_a_code_is_still_an_error_of_the_service() {
        let failure = failed(400, &[], r#"{"message":"Bad Request"}"#);
        assert_eq!((failure.kind, failure.code.as_str()), (ErrorKind::Service, ""));
        assert_eq!(failure.message, "Bad Request");
    }

    #[test]
    fn throttling_is_recognized_by_code_or_status() {
        assert_eq!(failed(400, &[], r#"{"__type":"ThrottlingException"}"#).kind, ErrorKind::Throttled);
        assert_eq!(failed(429, &[], r#"{"message":"slow down"}"#).kind, ErrorKind::Throttled);
        assert_eq!(failed(429, &[], "<html>").kind, ErrorKind::Throttled);
        assert_eq!(failed(400, &[], r#"{"__type":"ResourceLimitExceeded"}"#).kind, ErrorKind::Service);
    }

    #[test]
    fn a_foreign_reply_is_shown_in_part() {
        let page = format!("<html>\r\n<body>\t<h1>502 Bad Gateway</h1>{}", "x".repeat(500));
        let failure = failed(502, &[], &page);
        assert_eq!(failure.kind, ErrorKind::Reply);
        let start = "HTTP status 502 with the text `<html> <body> <h1>502 Bad Gateway</h1>xxx";
        assert!(failure.message.starts_with(start), "{}", failure.message);
        assert!(failure.message.contains("xxx…` (not JSON)"), "{}", failure.message);
        assert!(failure.message.chars().count() < 300, "{}", failure.message);

        assert_eq!(failed(503, &[], "").message, "HTTP status 503 with an empty body (neither code nor message)");
        assert_eq!(
            failed(500, &[], r#"{"Secret":"hush"}"#).message,
            "HTTP status 500 with a body of 17 bytes (neither code nor message)"
        );
    }

    #[test]
    fn debug_output_for_the_sdks_log_hides_the_content() {
        let call = Call::new("CreateWorkforce", r#"{"ClientSecret":"hush"}"#.to_owned());
        assert_eq!(format!("{call:?}"), r#"Call { target: "SageMaker.CreateWorkforce", body: (23 bytes) }"#);
        assert_eq!(format!("{:?}", Reply(Value::from([("ClientSecret", "hush".into())]))), "(a reply)");
    }
}
