//! The service over HTTP, as clients and tests call it.

use std::{net::SocketAddr, time::Duration};

use expect_test::expect;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::Semaphore,
};

use crate::local::{
    http::server::{BODIES, FORM, JSON, LONGEST_BODY},
    options::Options,
    service::Service,
};

const SIGNED: &str = "AWS4-HMAC-SHA256 Credential=AKID/20261121/eu-central-1/sagemaker/aws4_request, \
                      SignedHeaders=host, Signature=\
                      0000000000000000000000000000000000000000000000000000000000000000";
const MODEL: &str = r#"{"ModelName":"m","PrimaryContainer":{"Image":"i"}}"#;

async fn start() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { Service::new(Options::default()).serve(listener).await });
    address
}

/// Status line and body; empty if the connection was closed without a reply.
async fn send(address: SocketAddr, head: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let host = if head.contains("\r\nhost: ") { "" } else { "\r\nhost: localhost" };
    let request = format!("{head}{host}\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut reply = String::new();
    stream.read_to_string(&mut reply).await.unwrap();
    match reply.split_once("\r\n\r\n") {
        Some((head, body)) => format!("{} {body}", head.lines().next().unwrap_or_default()),
        None => reply,
    }
}

async fn call(address: SocketAddr, operation: &str, body: &str) -> String {
    let head = format!(
        "POST / HTTP/1.1\r\ncontent-type: {JSON}\r\nx-amz-target: SageMaker.{operation}\r\n\
         x-amz-date: 20261121T080000Z\r\nauthorization: {SIGNED}"
    );
    send(address, &head, body).await
}

async fn admin(address: SocketAddr, request: &str, body: &str) -> String {
    send(address, &format!("{request} HTTP/1.1"), body).await
}

#[tokio::test]
async fn an_operation_is_answered_in_json() {
    let address = start().await;
    expect![[r#"HTTP/1.1 200 OK {"ModelArn":"arn:aws:sagemaker:eu-central-1:123456789012:model/m"}"#]]
        .assert_eq(&call(address, "CreateModel", MODEL).await);
    expect![[r#"HTTP/1.1 400 Bad Request {"__type":"ValidationException","message":"Could not find model \"arn:aws:sagemaker:eu-central-1:123456789012:model/n\"."}"#]]
    .assert_eq(&call(address, "DescribeModel", r#"{"ModelName":"n"}"#).await);
    expect![[r#"HTTP/1.1 400 Bad Request {"Message":"Amazon SageMaker can't find an AutoML job called j.","__type":"ResourceNotFound"}"#]]
    .assert_eq(&call(address, "DescribeAutoMLJob", r#"{"AutoMLJobName":"j"}"#).await);
    expect![[r#"HTTP/1.1 400 Bad Request {"__type":"UnknownOperationException","message":""}"#]]
        .assert_eq(&call(address, "Fly", "{}").await);
    expect![[r#"HTTP/1.1 400 Bad Request {"__type":"SerializationException","message":"EOF while parsing an object at line 1 column 1"}"#]]
    .assert_eq(&call(address, "ListModels", "{").await);
}

#[tokio::test]
async fn an_unsigned_request_is_refused() {
    let head = format!("POST / HTTP/1.1\r\ncontent-type: {JSON}\r\nx-amz-target: SageMaker.ListModels");
    expect![[r#"HTTP/1.1 403 Forbidden {"__type":"MissingAuthenticationTokenException","message":"Missing Authentication Token"}"#]]
    .assert_eq(&send(start().await, &head, "{}").await);
}

#[tokio::test]
async fn the_caller_identity_is_served() {
    let head = format!(
        "POST / HTTP/1.1\r\ncontent-type: {FORM}; charset=utf-8\r\nx-amz-date: 20261121T080000Z\r\n\
         authorization: {}",
        SIGNED.replace("sagemaker", "sts")
    );
    let reply = send(start().await, &head, "Action=GetCallerIdentity&Version=2011-06-15").await;
    assert!(reply.starts_with("HTTP/1.1 200 OK <GetCallerIdentityResponse"), "{reply}");
}

#[tokio::test]
async fn a_body_that_is_too_long_is_refused() {
    let long = "x".repeat(LONGEST_BODY as usize + 1);
    let reply = call(start().await, "ListModels", &long).await;
    assert!(reply.starts_with("HTTP/1.1 413 "), "{}", &reply[..100]);
}

#[tokio::test]
async fn scripted_faults_strike_and_then_are_over() {
    let address = start().await;
    let faults = r#"[{"operation":"CreateModel","kind":"throttle"},
        {"operation":"CreateModel","kind":"error","code":"InternalFailure","message":"Oh.","status":500},
        {"operation":"CreateModel","kind":"html"},{"operation":"CreateModel","kind":"drop_before"},
        {"operation":"CreateModel","kind":"drop_after"},{"operation":"DescribeModel","kind":"truncated"}]"#;
    assert_eq!(admin(address, "POST /admin/faults", faults).await, "HTTP/1.1 200 OK {}");
    let mut replies = Vec::new();
    for _ in 0..5 {
        replies.push(call(address, "CreateModel", MODEL).await.lines().next().unwrap_or_default().to_owned());
    }
    assert_eq!(
        replies,
        [
            r#"HTTP/1.1 400 Bad Request {"__type":"ThrottlingException","message":"Rate exceeded"}"#,
            r#"HTTP/1.1 500 Internal Server Error {"__type":"InternalFailure","message":"Oh."}"#,
            "HTTP/1.1 502 Bad Gateway <html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad \
             Gateway</h1></body></html>",
            "",
            "",
        ]
    );
    let describe = || call(address, "DescribeModel", r#"{"ModelName":"m"}"#);
    assert_eq!(describe().await, "HTTP/1.1 200 OK {\"");
    assert!(describe().await.contains("\"ModelName\":\"m\""), "the last create had its effect");
    expect![[r#"HTTP/1.1 200 OK {"CreateModel":5,"DescribeModel":2}"#]]
        .assert_eq(&admin(address, "GET /admin/calls", "").await);
}

#[tokio::test]
async fn a_change_can_fail_on_request() {
    let address = start().await;
    let fault = r#"[{"operation":"CreateFeatureGroup","match":{"FeatureGroupName":"g"},"kind":"fail"}]"#;
    admin(address, "POST /admin/faults", fault).await;
    let input = r#"{"FeatureGroupName":"g","RecordIdentifierFeatureName":"i","EventTimeFeatureName":"i",
        "FeatureDefinitions":[{"FeatureName":"i","FeatureType":"String"}],"OnlineStoreConfig":{}}"#;
    call(address, "CreateFeatureGroup", input).await;
    let dump = admin(address, "GET /admin/objects", "").await;
    assert!(dump.contains("\"FeatureGroupStatus\":\"Creating\""), "{dump}");
    assert_eq!(admin(address, "POST /admin/reset", "").await, "HTTP/1.1 200 OK {}");
    assert_eq!(admin(address, "GET /admin/objects", "").await, "HTTP/1.1 200 OK []");
}

#[tokio::test]
async fn a_deletion_can_hang_until_a_test_ends_it() {
    let address = start().await;
    call(address, "CreateHub", r#"{"HubName":"h","HubDescription":"d"}"#).await;
    let arn = r#"{"arn":"arn:aws:sagemaker:eu-central-1:123456789012:hub/h","ended":true}"#;
    assert_eq!(admin(address, "POST /admin/objects", arn).await, "HTTP/1.1 200 OK {}");
    admin(address, "POST /admin/faults", r#"[{"operation":"DeleteHub","kind":"hang"}]"#).await;
    let hub = r#"{"HubName":"h"}"#;
    call(address, "DeleteHub", hub).await;
    assert!(call(address, "DescribeHub", hub).await.contains(r#""HubStatus":"Deleting""#));
    assert_eq!(admin(address, "POST /admin/objects", arn).await, "HTTP/1.1 200 OK {}");
    assert!(call(address, "DescribeHub", hub).await.starts_with("HTTP/1.1 400 "));
}

#[tokio::test]
async fn a_role_can_be_refused_for_a_while() {
    let address = start().await;
    admin(address, "POST /admin/faults", r#"[{"operation":"*","kind":"role","times":2}]"#).await;
    let with_role = MODEL.replacen('{', r#"{"ExecutionRoleArn":"arn:aws:iam::123456789012:role/new","#, 1);
    for _ in 0..2 {
        expect![[r#"HTTP/1.1 400 Bad Request {"__type":"ValidationException","message":"Could not assume role arn:aws:iam::123456789012:role/new. Please ensure that the role exists and allows principal 'sagemaker.amazonaws.com' to assume the role."}"#]]
        .assert_eq(&call(address, "CreateModel", &with_role).await);
    }
    assert!(call(address, "CreateModel", &with_role).await.starts_with("HTTP/1.1 200 "));
}

#[tokio::test]
async fn readers_can_be_late() {
    let address = start().await;
    let faults = r#"[{"operation":"CreateModel","kind":"lag","reads":1}]"#;
    admin(address, "POST /admin/faults", faults).await;
    call(address, "CreateModel", MODEL).await;
    let describe = || call(address, "DescribeModel", r#"{"ModelName":"m"}"#);
    assert!(describe().await.contains("Could not find model"));
    assert!(describe().await.starts_with("HTTP/1.1 200 "));
}

#[tokio::test]
async fn a_slow_reply_holds_up_nobody_else() {
    let address = start().await;
    call(address, "CreateModel", MODEL).await;
    let fault = r#"[{"operation":"DeleteModel","kind":"slow","ms":3600000}]"#;
    admin(address, "POST /admin/faults", fault).await;
    let slow = tokio::spawn(async move { call(address, "DeleteModel", r#"{"ModelName":"m"}"#).await });
    // It takes effect at once, but the reply is late.
    while call(address, "DescribeModel", r#"{"ModelName":"m"}"#).await.starts_with("HTTP/1.1 200 ") {}
    assert!(!slow.is_finished());
    slow.abort();
}

#[tokio::test]
async fn requests_for_another_service_are_refused() {
    let address = start().await;
    let message = "This is the local SageMaker, which serves the operations of SageMaker and GetCallerIdentity of STS";
    let reply =
        format!("HTTP/1.1 404 Not Found {{\"__type\":\"UnknownOperationException\",\"message\":\"{message}\"}}");
    assert_eq!(send(address, "GET /bucket/key HTTP/1.1", "").await, reply);
    let head = format!("POST / HTTP/1.1\r\ncontent-type: {JSON}\r\nx-amz-target: Logs_20140328.CreateLogGroup");
    assert_eq!(send(address, &head, "{}").await, reply);
}

#[tokio::test]
async fn web_pages_are_kept_out_of_everything() {
    let address = start().await;
    let pages = ["origin: https://example.com", "origin: null", "host: rebound.example.com:4566"];
    for path in ["POST /admin/reset", "GET /admin/objects", "POST /", "GET /"] {
        for page in pages {
            let reply = send(address, &format!("{path} HTTP/1.1\r\n{page}"), "").await;
            assert!(reply.starts_with("HTTP/1.1 403 Forbidden"), "{path}, {page}: {reply}");
        }
    }
}

#[tokio::test]
async fn a_body_that_does_not_come_is_given_up() {
    let address = start().await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = "POST / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: 5\r\n\r\n{";
    stream.write_all(head.as_bytes()).await.unwrap();
    // Time that nothing else is done in passes at once.
    tokio::time::pause();
    let mut reply = String::new();
    stream.read_to_string(&mut reply).await.unwrap();
    assert!(reply.starts_with("HTTP/1.1 408 "), "{reply}");
}

#[tokio::test]
async fn all_bodies_together_have_a_limit() {
    let bodies = Semaphore::new(BODIES as usize);
    let all = bodies.acquire_many(BODIES).await.unwrap();
    assert!(bodies.try_acquire_many(1).is_err());
    drop(all);
    let address = start().await;
    let head =
        format!("POST / HTTP/1.1\r\nhost: localhost\r\ncontent-type: {JSON}\r\ncontent-length: {LONGEST_BODY}\r\n\r\n");
    let mut waiting = Vec::new();
    for _ in 0..BODIES / LONGEST_BODY {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        waiting.push(stream);
    }
    // They are served first: once they have begun, another call has to wait until they are given up.
    tokio::time::sleep(Duration::from_millis(50)).await;
    let late = tokio::spawn(async move { call(address, "ListModels", "{}").await });
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert!(!late.is_finished());
    drop(waiting);
    assert!(late.await.unwrap().starts_with("HTTP/1.1 200 "));
}

#[tokio::test]
async fn a_mistaken_admin_request_is_explained() {
    let address = start().await;
    expect![[
        r#"HTTP/1.1 400 Bad Request {"error":"one of `members` (an object), `removed` and `ended` (true) is expected"}"#
    ]]
    .assert_eq(&admin(address, "POST /admin/objects", r#"{"arn":"arn:x","ended":1}"#).await);
    expect![[r#"HTTP/1.1 400 Bad Request {"error":"`operation` is missing"}"#]]
        .assert_eq(&admin(address, "POST /admin/faults", "[{}]").await);
    expect![[r#"HTTP/1.1 400 Bad Request {"error":"there is no `arn:x`"}"#]]
        .assert_eq(&admin(address, "POST /admin/objects", r#"{"arn":"arn:x","removed":true}"#).await);
    expect![[r#"HTTP/1.1 400 Bad Request {"error":"there is no GET /admin/dragons"}"#]]
        .assert_eq(&admin(address, "GET /admin/dragons", "").await);
}
