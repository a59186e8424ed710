//! Calls: the requests that are sent, the results of replies, and the retries.

use std::time::{Duration, SystemTime};

use aws_smithy_types::{DateTime, date_time::Format};
use aws_types::os_shim_internal::Env;
use expect_test::{Expect, expect};

use super::{
    SECRET_KEY, connected, connected_in, describe, error_line, pace,
    server::{Server, Step, answer},
    settings,
    signature::is_signed_by,
};
use crate::{
    api::{
        Api, ErrorKind,
        aws::{connect, http::LONGEST_REPLY},
    },
    value::Value,
};

const MODEL: &str = r#"{"ModelName":"m","CreationTime":1795224866.76}"#;

fn throttled() -> Step {
    answer(400, r#"{"__type":"ThrottlingException","message":"Rate exceeded"}"#).with("x-amzn-requestid", "r-1")
}

#[tokio::test]
async fn a_call_is_one_signed_post_with_the_input_as_its_body() {
    let server = Server::start([answer(200, MODEL)]).await;
    let api = connected(&settings(&server)).await;
    let input = Value::from([
        ("ModelName", "m".into()),
        ("PrimaryContainer", Value::from([("Environment", Value::from([("A", "1".into())]))])),
        ("EnableNetworkIsolation", Value::Null),
    ]);
    let reply = api.call("us-east-1", "CreateModel", &input).await.expect("a reply");
    assert_eq!(
        reply,
        Value::from([
            ("ModelName", "m".into()),
            ("CreationTime", Value::Number("1795224866.76".parse().expect("a number")))
        ])
    );

    let [request] = server.requests().try_into().expect("one request");
    assert_eq!(request.line, "POST / HTTP/1.1");
    assert_eq!(request.header("x-amz-target"), "SageMaker.CreateModel");
    assert_eq!(request.header("content-type"), "application/x-amz-json-1.1");
    assert_eq!(request.header("host"), server.address.to_string());
    assert_eq!(request.body, r#"{"ModelName":"m","PrimaryContainer":{"Environment":{"A":"1"}}}"#);
    assert!(request.scope().starts_with("AKIDEXAMPLE/"), "{}", request.scope());
    assert!(request.scope().ends_with("/us-east-1/sagemaker/aws4_request"), "{}", request.scope());
    assert!(is_signed_by(SECRET_KEY, &request), "{request:#?}");
    assert!(!is_signed_by("another key", &request));
}

/// The skew of the service's clock after one reply with this date and request id, in seconds.
async fn observed_skew(ahead: i64, id: &str) -> i64 {
    let now = DateTime::from(SystemTime::now()).secs();
    let date = DateTime::from_secs(now + ahead).fmt(Format::HttpDate).expect("a date");
    let mut step = answer(200, "{}").with("date", &date);
    if !id.is_empty() {
        step = step.with("x-amzn-requestid", id);
    }
    let server = Server::start([step]).await;
    let api = connected(&settings(&server)).await;
    describe(&api).await.expect("a reply");
    let moment = tokio::time::Instant::now();
    let [there, elsewhere] = ["us-east-1", "eu-west-1"].map(|region| DateTime::from(api.service_time(region, moment)));
    assert!((elsewhere.secs() - now).abs() < 60, "another region has not answered yet");
    there.secs() - now
}

#[tokio::test]
async fn the_clock_is_read_from_the_services_replies_only() {
    for ahead in [3_600, -3_600] {
        assert!((observed_skew(ahead, "r-1").await - ahead).abs() < 60);
    }
    assert!(observed_skew(3_600, "").await < 60);
}

#[tokio::test]
async fn the_user_agent_names_the_provider_terraform_and_what_users_add() {
    let server = Server::start([answer(200, "{}")]).await;
    let mut settings = settings(&server);
    settings.user_agent = vec!["module/2 (shared)".into()];
    let api = connected_in(&settings, &[("TF_APPEND_USER_AGENT", "pipeline/7")]).await.expect("it connects");
    describe(&api).await.expect("a reply");
    let agent = server.requests()[0].header("user-agent").to_owned();
    assert!(agent.starts_with("Terraform/1.14.0 terraform-provider-sagemaker/1.2.3 aws-sdk-rust/"), "{agent}");
    assert!(agent.ends_with(" module/2 (shared) pipeline/7"), "{agent}");
}

#[tokio::test]
async fn each_region_is_signed_for_and_all_share_the_connections() {
    let server = Server::start([answer(200, "{}")]).await;
    let api = connected(&settings(&server)).await;
    for region in ["us-east-1", "eu-west-1", "us-east-1"] {
        api.call(region, "ListModels", &Value::object()).await.expect("a reply");
    }
    let scopes: Vec<String> = server
        .requests()
        .iter()
        .map(|request| request.scope().split('/').nth(2).unwrap_or_default().to_owned())
        .collect();
    assert_eq!(scopes, ["us-east-1", "eu-west-1", "us-east-1"]);
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn connecting_sends_nothing() {
    let server = Server::start([answer(200, "{}")]).await;
    let mut settings = settings(&server);
    settings.access_key = None;
    settings.secret_key = None;
    settings.skip_metadata_api_check = Some(false);
    settings.ec2_metadata_service_endpoint = Some(server.url());
    settings.assume_role =
        vec![crate::api::AssumeRole { role_arn: "arn:aws:iam::1:role/r".into(), ..Default::default() }];
    settings.http_proxy = Some(server.url().into());
    connected(&settings).await.check_account().await.expect("no account is looked up");
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn unknown_values_are_never_sent() {
    let server = Server::start([answer(200, "{}")]).await;
    let api = connected(&settings(&server)).await;
    let input = Value::from([("Tags", Value::List(vec![Value::from([("Value", Value::unknown())])]))]);
    let error = api.call("us-east-1", "CreateModel", &input).await.expect_err("unknown");
    assert_eq!(
        error_line(&error),
        r#"Request [] the value of `Tags[0].Value` is not known yet (request "", status None, attempts 0)"#
    );
    assert_eq!(server.connections(), 0);
}

/// Every reply seen so far, with two attempts per call.
#[tokio::test]
async fn every_kind_of_reply_is_distinguished() {
    async fn check(name: &str, script: impl IntoIterator<Item = Step>, expected: Expect) {
        let server = Server::start(script).await;
        let mut settings = settings(&server);
        settings.max_retries = Some(2);
        let result = describe(&connected(&settings).await).await;
        let error_line = result.map_or_else(|error| error_line(&error), |reply| format!("{reply}"));
        expected.assert_eq(&format!("{name}: {}", error_line.replace(&server.url(), "URL")));
    }

    check("empty", [answer(200, "")], expect!["empty: {}"]).await;
    check(
        "invalid",
        [answer(400, r#"{"__type":"ValidationException","message":"1 validation error"}"#)
            .with("x-amzn-RequestId", "r")],
        expect![[
            r#"invalid: Service [ValidationException] 1 validation error (request "r", status Some(400), attempts 1)"#
        ]],
    )
    .await;
    check(
        "not found, capital",
        [answer(400, r#"{"__type":"ResourceNotFound","Message":"no such model"}"#).with("x-amzn-RequestId", "r")],
        expect![[r#"not found, capital: Service [ResourceNotFound] no such model (request "r", status Some(400), attempts 1)"#]],
    )
    .await;
    check(
        "namespace",
        [answer(400, r#"{"__type":"com.amazonaws.sagemaker#ValidationException","message":"Could not find model"}"#)],
        expect![[r#"namespace: Service [ValidationException] Could not find model (request "", status Some(400), attempts 1)"#]],
    )
    .await;
    check(
        "code in header",
        [answer(400, r#"{"message":"held"}"#).with("x-amzn-ErrorType", "ConflictException:http://internal.test/")],
        expect![[r#"code in header: Service [ConflictException] held (request "", status Some(400), attempts 1)"#]],
    )
    .await;
    check(
        "no code",
        [answer(403, r#"{"message":"Forbidden"}"#)],
        expect![[r#"no code: Service [] Forbidden (request "", status Some(403), attempts 1)"#]],
    )
    .await;
    check(
        "throttled",
        [throttled()],
        expect![[
            r#"throttled: Throttled [ThrottlingException] Rate exceeded (request "r-1", status Some(400), attempts 2)"#
        ]],
    )
    .await;
    check("status 429", [answer(429, "")], expect![[r#"status 429: Throttled [] HTTP status 429 with an empty body (neither code nor message) (request "", status Some(429), attempts 2)"#]]).await;
    check(
        "503 with code",
        [answer(503, r#"{"__type":"ServiceUnavailableException","message":"busy"}"#)],
        expect![[
            r#"503 with code: Service [ServiceUnavailableException] busy (request "", status Some(503), attempts 2)"#
        ]],
    )
    .await;
    check(
        "page with 502",
        [answer(502, "<html>\n<h1>502 Bad Gateway</h1>\n</html>").with("x-amzn-RequestId", "r")],
        expect![[r#"page with 502: Reply [] HTTP status 502 with the text `<html> <h1>502 Bad Gateway</h1> </html>` (not JSON) (request "r", status Some(502), attempts 2)"#]],
    )
    .await;
    check("400 not JSON", [answer(400, "not json").with("x-amzn-RequestId", "r")], expect![[r#"400 not JSON: Reply [] HTTP status 400 with the text `not json` (not JSON) (request "r", status Some(400), attempts 1)"#]]).await;
    check("page with 200", [answer(200, "<html>Log in</html>").with("x-amzn-RequestId", "r")], expect![[r#"page with 200: Reply [] HTTP status 200 with the text `<html>Log in</html>` (not JSON) (request "r", status Some(200), attempts 1)"#]]).await;
    check("cut JSON with 200", [answer(200, r#"{"ModelName":"#)], expect![[r#"cut JSON with 200: Reply [] HTTP status 200 with a body of 13 bytes (the JSON ends too early) (request "", status Some(200), attempts 1)"#]]).await;
    check("no object with 200", [answer(200, "[1]")], expect![[r#"no object with 200: Reply [] HTTP status 200 with a body of 3 bytes (not an object that can be read) (request "", status Some(200), attempts 1)"#]]).await;
    check("number too large", [answer(200, r#"{"N":1e999999999}"#)], expect![[r#"number too large: Reply [] HTTP status 200 with a body of 17 bytes (not an object that can be read) (request "", status Some(200), attempts 1)"#]]).await;
    check("broken off", [Step::BreakOff], expect![[r#"broken off: Connection [] URL: error reading a body from connection: end of file before message length reached (request "", status Some(200), attempts 2)"#]]).await;
    check("too long", [answer(200, &" ".repeat(LONGEST_REPLY + 1))], expect![[r#"too long: Reply [] URL: the reply is longer than 33554432 bytes (request "", status Some(200), attempts 2)"#]]).await;
    check("hung up", [Step::HangUp], expect![[r#"hung up: Connection [] URL: connection closed before message completed (request "", status None, attempts 2)"#]]).await;
    check("hung up once", [Step::HangUp, answer(200, "{}")], expect!["hung up once: {}"]).await;
    check("broken off once", [Step::BreakOff, answer(200, "{}")], expect!["broken off once: {}"]).await;
    check("500 once", [answer(500, ""), answer(200, "{}")], expect!["500 once: {}"]).await;
    check("502 page once", [answer(502, "<html>"), answer(200, "{}")], expect!["502 page once: {}"]).await;
    check(
        "timeout reported by the service",
        [answer(400, r#"{"__type":"RequestTimeoutException"}"#), answer(200, "{}")],
        expect!["timeout reported by the service: {}"],
    )
    .await;
    check("429 once", [answer(429, ""), answer(200, "{}")], expect!["429 once: {}"]).await;
}

#[tokio::test]
async fn a_throttled_call_is_retried_with_the_same_body_until_it_is_accepted() {
    for mode in ["standard", "adaptive"] {
        let server = Server::start([throttled(), throttled(), answer(200, "{}")]).await;
        let mut settings = settings(&server);
        settings.retry_mode = Some(mode.into());
        let input = Value::from([("ClientRequestToken", "token-1".into()), ("PipelineName", "p".into())]);
        let api = connected(&settings).await;
        api.call("us-east-1", "CreatePipeline", &input).await.expect("taken in the end");
        let requests = server.requests();
        assert_eq!(requests.len(), 3, "{mode}");
        for request in &requests {
            assert_eq!(request.body, r#"{"ClientRequestToken":"token-1","PipelineName":"p"}"#);
            assert!(is_signed_by(SECRET_KEY, request));
        }
        let attempts: Vec<&str> = requests.iter().map(|request| request.header("amz-sdk-request")).collect();
        assert!(attempts[2].contains("attempt=3; max=25"), "{attempts:?}");
        let invocations: Vec<&str> = requests.iter().map(|request| request.header("amz-sdk-invocation-id")).collect();
        assert!(!invocations[0].is_empty() && invocations.iter().all(|id| *id == invocations[0]), "{invocations:?}");
    }
}

#[tokio::test]
async fn throttling_is_retried_beyond_the_attempts_of_other_failures() {
    let steps = || std::iter::repeat_with(throttled).take(40).chain([answer(200, "{}")]);
    let server = Server::start(steps()).await;
    describe(&connected(&settings(&server)).await).await.expect("taken in the end");
    assert_eq!(server.requests().len(), 41);
    // An explicit number of attempts is a hard limit.
    let server = Server::start(steps()).await;
    let mut settings = settings(&server);
    settings.max_retries = Some(30);
    let error = describe(&connected(&settings).await).await.expect_err("throttled");
    assert_eq!((error.kind, error.attempts), (ErrorKind::Throttled, 30));
}

#[tokio::test]
async fn an_operation_that_is_throttled_does_not_slow_down_the_others() {
    let server = Server::start([throttled(), throttled(), answer(200, "{}")]).await;
    let api = connected(&settings(&server)).await;
    let (one, other) = tokio::join!(describe(&api), describe(&api));
    one.and(other).expect("taken in the end");
    let regional = api.regional("us-east-1").await.expect("it has an address");
    let is_limited = |operation| format!("{:?}", regional.limits.of(operation)).contains("rate: Some");
    assert!(is_limited("DescribeModel") && !is_limited("ListTags"));
}

/// The SDK's retry quota would end the second half of these calls early.
#[tokio::test]
async fn many_throttled_calls_do_not_exhaust_the_retries_of_others() {
    let server = Server::start([throttled()]).await;
    let mut settings = settings(&server);
    settings.max_retries = Some(6);
    // No rate limit before throttling.
    settings.retry_mode = Some("standard".into());
    let api = connected(&settings).await;
    for _ in 0..40 {
        let error = describe(&api).await.expect_err("throttled");
        assert_eq!((error.kind, error.attempts), (ErrorKind::Throttled, 6));
    }
}

#[tokio::test]
async fn non_repeatable_calls_are_not_retried_once_they_may_have_taken_effect() {
    let domain = || answer(200, "{}");
    for (steps, requests, is_done) in [
        ([throttled(), answer(500, ""), domain()], 2, false),
        ([throttled(), Step::HangUp, domain()], 2, false),
        ([throttled(), throttled(), domain()], 3, true),
    ] {
        let server = Server::start(steps).await;
        let api = connected(&settings(&server)).await;
        let result = api.call_once(api.region(), "CreateDomain", &Value::object()).await;
        assert_eq!((server.requests().len(), result.is_ok()), (requests, is_done), "{result:?}");
        assert!(result.err().is_none_or(|error| error.in_doubt), "it may have been done");
    }
}

#[tokio::test]
async fn an_unreachable_address_has_fewer_attempts() {
    let server = Server::start([answer(200, "")]).await;
    let settings = settings(&server);
    drop(server);
    tokio::task::yield_now().await;
    let error = describe(&connected(&settings).await).await.expect_err("nobody listens");
    assert_eq!((error.kind, error.attempts, error.status), (ErrorKind::Connection, 10, None));
    assert!(!error.in_doubt, "nothing was sent");
    assert!(error.message.contains("no connection: tcp connect error: Connection refused"), "{}", error.message);
}

#[tokio::test]
async fn an_unresolvable_host_is_a_connection_error() {
    let server = Server::start([answer(200, "")]).await;
    let mut settings = settings(&server);
    settings.endpoints.sagemaker = Some("http://sagemaker.invalid".into());
    settings.max_retries = Some(1);
    let error = describe(&connected(&settings).await).await.expect_err("no such host");
    assert_eq!((error.kind, error.attempts), (ErrorKind::Connection, 1));
    assert!(error.message.starts_with("http://sagemaker.invalid: no connection: dns error"), "{}", error.message);
}

#[tokio::test]
async fn a_silent_server_is_retried_and_then_given_up() {
    let server = Server::start([Step::Silence]).await;
    let mut settings = settings(&server);
    settings.max_retries = Some(2);
    let mut pace = pace();
    pace.attempt = Duration::from_millis(50);
    let api = connect(&settings, "1", "", &Env::from_slice(&[]), &pace).await.expect("it connects");
    let error = describe(&api).await.expect_err("silence");
    assert_eq!((error.kind, error.attempts, error.status), (ErrorKind::Timeout, 2, None));
    assert!(error.message.contains(": no reply in time (operation attempt timeout"), "{}", error.message);
    assert!(error.message.ends_with("50ms)"), "{}", error.message);
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_connection_is_not_reused_after_a_server_error() {
    let server = Server::start([answer(503, ""), answer(200, "{}")]).await;
    let api = connected(&settings(&server)).await;
    describe(&api).await.expect("the second attempt");
    assert_eq!(server.connections(), 2);
    describe(&api).await.expect("another call");
    assert_eq!(server.connections(), 2);
}

#[tokio::test]
async fn a_wrong_clock_is_corrected_by_the_services_clock() {
    let an_hour_on = DateTime::from(SystemTime::now() + Duration::from_secs(3600));
    let date = an_hour_on.fmt(Format::HttpDate).expect("a date");
    let refused = answer(403, r#"{"__type":"InvalidSignatureException","message":"Signature expired"}"#);
    let server = Server::start([refused.with("date", &date), answer(200, "{}")]).await;
    let api = connected(&settings(&server)).await;
    describe(&api).await.expect("signed again");
    let [first, second] = server.requests().try_into().expect("two requests");
    assert!(is_signed_by(SECRET_KEY, &second));
    let seconds = |text: &str| {
        let spelled = format!(
            "{}-{}-{}T{}:{}:{}Z",
            &text[0..4],
            &text[4..6],
            &text[6..8],
            &text[9..11],
            &text[11..13],
            &text[13..15]
        );
        DateTime::from_str(&spelled, Format::DateTime).expect("a date").secs()
    };
    let moved = seconds(second.header("x-amz-date")) - seconds(first.header("x-amz-date"));
    assert!((3590..=3610).contains(&moved), "{moved}");
}
