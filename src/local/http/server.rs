//! HTTP around the service: awsJson1.1 for SageMaker, the query protocol for STS, plain JSON for the admin requests.

use std::{
    convert::Infallible,
    io::{self, Write as _},
    sync::Arc,
    time::Duration,
};

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::{
    Method, Request, Response, StatusCode,
    body::{Body as _, Incoming},
    header::{CONTENT_TYPE, HeaderMap},
    http::request::Parts,
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    net::TcpListener,
    sync::{Semaphore, SemaphorePermit},
};

use super::{admin, origin, signature, sts};
use crate::{
    local::{error::ServiceError, faults::Effect, json, outcome::Outcome, scope::Scope, state::State},
    value::Value,
};

/// The maximum size of a body, in bytes. Even the largest model package is far smaller.
pub(in crate::local) const LONGEST_BODY: u32 = 8 << 20;
/// The sum of the bodies of all requests that are served at the same time, in bytes. Others wait for their turn.
pub(in crate::local) const BODIES: u32 = 64 << 20;
/// The timeout for receiving a body, including the wait for its turn.
const BODY_TIME: Duration = Duration::from_secs(30);
pub(in crate::local) const JSON: &str = "application/x-amz-json-1.1";
pub(in crate::local) const FORM: &str = "application/x-www-form-urlencoded";
const TARGET: &str = "SageMaker.";

/// Serves connections forever.
pub(in crate::local) async fn serve(listener: TcpListener, state: Arc<State>) -> Infallible {
    let bodies = Arc::new(Semaphore::new(BODIES as usize));
    let mut complained = false;
    loop {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                // Most likely out of file descriptors, which closing connections will release.
                if !complained {
                    writeln!(io::stderr(), "a connection has to wait: {error}").ok();
                    complained = true;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
                continue;
            }
        };
        // Replies are written in one piece, so delaying them gains nothing.
        stream.set_nodelay(true).ok();
        let (state, bodies) = (Arc::clone(&state), Arc::clone(&bodies));
        tokio::spawn(async move {
            let service = service_fn(|request| answer(&state, &bodies, request));
            let connection =
                http1::Builder::new().timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service);
            // A broken connection, injected or caused by the client, is not an error of the server.
            connection.await.ok();
        });
    }
}

/// Closes the connection without a reply.
#[derive(Debug, thiserror::Error)]
#[error("dropped on request")]
pub(in crate::local) struct Dropped;

async fn answer(
    state: &State,
    bodies: &Semaphore,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Dropped> {
    let (parts, body) = request.into_parts();
    if let Err(error) = origin::check(&parts) {
        return Ok(failure(&error));
    }
    let read = tokio::time::timeout(BODY_TIME, read_body(bodies, body)).await;
    let (body, _turn) = match read.unwrap_or_else(|_| Err(too_slow())) {
        Ok(read) => read,
        Err(error) => return Ok(failure(&error)),
    };
    let reply = reply(state, &parts, &body).await;
    // What a reply shows must survive a crash, including a read that shows the change of another caller.
    state.kept().await;
    reply
}

/// The reply to a request.
pub(in crate::local) async fn reply(
    state: &State,
    parts: &Parts,
    body: &[u8],
) -> Result<Response<Full<Bytes>>, Dropped> {
    if parts.uri.path().starts_with("/admin/") {
        return Ok(administer(state, &parts.method, parts.uri.path(), body));
    }
    match (&parts.method, parts.uri.path(), content_type(&parts.headers)) {
        (&Method::POST, "/", JSON) => call(state, &parts.headers, body).await,
        (&Method::POST, "/", FORM) => Ok(identify(state, &parts.headers, body)),
        _ => Ok(failure(&not_served())),
    }
}

/// Waits for its turn, and reads the body. The permit is to be kept for as long as the body.
async fn read_body(bodies: &Semaphore, body: Incoming) -> Result<(Bytes, SemaphorePermit<'_>), ServiceError> {
    let length = body.size_hint().upper().and_then(|length| u32::try_from(length).ok()).unwrap_or(LONGEST_BODY);
    let permit = bodies.acquire_many(length.min(LONGEST_BODY)).await.map_err(|_| too_slow())?;
    match Limited::new(body, LONGEST_BODY as usize).collect().await {
        Ok(body) => Ok((body.to_bytes(), permit)),
        Err(_) => Err(too_large()),
    }
}

/// One operation of SageMaker, with its injected faults.
async fn call(state: &State, headers: &HeaderMap, body: &[u8]) -> Result<Response<Full<Bytes>>, Dropped> {
    let (region, operation, input) = match read_call(headers, body) {
        Ok(call) => call,
        Err(error) => return Ok(failure(&error)),
    };
    let handle = |input, outcome| match state.handle(&region, operation, input, outcome) {
        Ok(reply) => success(json::write(&reply)),
        Err(error) => failure(&error),
    };
    match state.fault(&region, operation, &input) {
        None => Ok(handle(input, Outcome::Success)),
        Some(Effect::Ends(outcome)) => Ok(handle(input, outcome)),
        Some(Effect::Error(error)) => Ok(failure(&error)),
        Some(Effect::Html) => Ok(respond(
            StatusCode::BAD_GATEWAY,
            "text/html",
            "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>".into(),
        )),
        Some(Effect::DropBefore) => Err(Dropped),
        Some(Effect::DropAfter) => {
            handle(input, Outcome::Success);
            Err(Dropped)
        }
        Some(Effect::Truncated) => {
            handle(input, Outcome::Success);
            Ok(success("{\"".into()))
        }
        Some(Effect::Slow(wait)) => {
            let reply = handle(input, Outcome::Success);
            tokio::time::sleep(wait).await;
            Ok(reply)
        }
    }
}

/// Region, operation and input.
fn read_call<'a>(headers: &'a HeaderMap, body: &[u8]) -> Result<(String, &'a str, Value), ServiceError> {
    let target = headers.get("x-amz-target").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let operation = target.strip_prefix(TARGET).ok_or_else(not_served)?;
    let region = signature::region(headers, "sagemaker")?;
    let input = if body.is_empty() { Value::object() } else { json::read(body).map_err(not_json)? };
    Ok((region, operation, input))
}

fn identify(state: &State, headers: &HeaderMap, body: &[u8]) -> Response<Full<Bytes>> {
    let id = request_id();
    let answer = signature::region(headers, "sts").and_then(|region| {
        let scope = Scope { region, account: state.account.clone() };
        sts::reply(&String::from_utf8_lossy(body), &scope, &id)
    });
    match answer {
        Ok(xml) => respond(StatusCode::OK, "text/xml", xml),
        Err(error) => respond(status(&error), "text/xml", sts::error(&error, &id)),
    }
}

fn administer(state: &State, method: &Method, path: &str, body: &[u8]) -> Response<Full<Bytes>> {
    match admin::answer(state, method, path, body) {
        Ok(reply) => respond(StatusCode::OK, "application/json", json::write(&reply)),
        Err(problem) => {
            let body = json::write(&Value::from([("error", problem.into())]));
            respond(StatusCode::BAD_REQUEST, "application/json", body)
        }
    }
}

fn success(body: String) -> Response<Full<Bytes>> {
    respond(StatusCode::OK, JSON, body)
}

fn failure(error: &ServiceError) -> Response<Full<Bytes>> {
    let body =
        Value::from([("__type", error.code.as_ref().into()), (error.message_member(), error.message.as_str().into())]);
    respond(status(error), JSON, json::write(&body))
}

fn respond(status: StatusCode, content_type: &'static str, body: String) -> Response<Full<Bytes>> {
    Response::builder()
        .status(status)
        .header(CONTENT_TYPE, content_type)
        .header("x-amzn-RequestId", request_id())
        .body(Full::new(body.into()))
        .expect("these headers are valid")
}

fn status(error: &ServiceError) -> StatusCode {
    StatusCode::from_u16(error.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

fn content_type(headers: &HeaderMap) -> &str {
    let header = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    header.split(';').next().unwrap_or_default().trim()
}

/// Most likely the endpoint of another service was set to this one by mistake.
fn not_served() -> ServiceError {
    ServiceError::new(
        "UnknownOperationException",
        "This is the local SageMaker, which serves the operations of SageMaker and GetCallerIdentity of STS",
    )
    .with_status(404)
}

fn too_large() -> ServiceError {
    ServiceError::new("RequestEntityTooLargeException", format!("Request size exceeded {LONGEST_BODY} bytes"))
        .with_status(413)
}

fn too_slow() -> ServiceError {
    ServiceError::new("RequestTimeoutException", format!("The body took longer than {} s", BODY_TIME.as_secs()))
        .with_status(408)
}

fn not_json(error: json::NotJson) -> ServiceError {
    ServiceError::serialization(error.to_string())
}

/// A request id in the format of the service.
fn request_id() -> String {
    let (high, low) = (fastrand::u64(..), fastrand::u64(..));
    format!(
        "{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}",
        high >> 32,
        high >> 16 & 0xffff,
        high & 0xfff,
        low >> 52,
        low & 0xffff_ffff_ffff
    )
}
