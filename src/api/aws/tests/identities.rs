//! Which credentials sign the calls, and the errors without credentials.

use std::{collections::BTreeMap, time::Duration};

use expect_test::expect;

use super::{
    SECRET_KEY, connected_in, describe, error_line,
    server::{Request, Server, Step, answer},
    settings,
    signature::is_signed_by,
};
use crate::api::{Api as _, AssumeRole, ErrorKind, Settings, WebIdentity};

/// The reply of STS to an assumed role, with the role's keys.
fn session(operation: &str, access_key: &str) -> Step {
    answer(
        200,
        &format!(
            "<{operation}Response xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><{operation}Result><Credentials>\
             <AccessKeyId>{access_key}</AccessKeyId><SecretAccessKey>secret of {access_key}</SecretAccessKey>\
             <SessionToken>token of {access_key}</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>\
             </Credentials></{operation}Result></{operation}Response>"
        ),
    )
}

/// Settings without keys, and shared files with this content.
fn without_keys(server: &Server, config: &str) -> (tempfile::TempDir, Settings) {
    let files = tempfile::tempdir().expect("a directory");
    let path = files.path().join("config");
    std::fs::write(&path, config).expect("a file");
    let settings = Settings {
        access_key: None,
        secret_key: None,
        shared_config_files: vec![path.display().to_string()],
        shared_credentials_files: vec![path.display().to_string()],
        ..settings(server)
    };
    (files, settings)
}

/// The replies of the metadata service on a machine with a role: a token, the name of the role, and its keys.
fn of_a_machine() -> [Step; 3] {
    let role = r#"{"Code":"Success","Type":"AWS-HMAC","AccessKeyId":"AKIDMACHINE","SecretAccessKey":"m","Token":"t",
                   "Expiration":"2099-01-01T00:00:00Z","LastUpdated":"2020-01-01T00:00:00Z"}"#;
    let token = answer(200, "token").with("x-aws-ec2-metadata-token-ttl-seconds", "600");
    [token, answer(200, "role"), answer(200, role)]
}

/// The fields of a form.
fn form(request: &Request) -> BTreeMap<&str, String> {
    let fields = request.body.split('&').filter_map(|field| field.split_once('='));
    fields.map(|(name, value)| (name, decoded(value))).collect()
}

fn decoded(text: &str) -> String {
    let mut parts = text.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let (digits, rest) = part.split_at(2);
        bytes.push(u8::from_str_radix(digits, 16).expect("two digits"));
        bytes.extend_from_slice(rest.as_bytes());
    }
    String::from_utf8(bytes).expect("a text")
}

fn key(request: &Request) -> &str {
    request.scope().split('/').next().unwrap_or_default()
}

#[tokio::test]
async fn sources_are_queried_in_the_order_of_the_aws_provider() {
    let config = "[default]\naws_access_key_id = AKIDPROFILE\naws_secret_access_key = p\n\
                  [profile other]\naws_access_key_id = AKIDOTHER\naws_secret_access_key = o\n";
    let env = [("AWS_ACCESS_KEY_ID", "AKIDENV"), ("AWS_SECRET_ACCESS_KEY", "e"), ("AWS_SESSION_TOKEN", "t")];
    for (profile, env, expected, token) in [
        (None, &env[..], "AKIDENV", "t"),
        (None, &[][..], "AKIDPROFILE", ""),
        (None, &[("AWS_PROFILE", "other")], "AKIDOTHER", ""),
        // A profile in the provider block takes precedence over the environment.
        (Some("other"), &env, "AKIDOTHER", ""),
    ] {
        let server = Server::start([answer(200, "{}")]).await;
        let (_files, mut settings) = without_keys(&server, config);
        settings.profile = profile.map(str::to_owned);
        describe(&connected_in(&settings, env).await.expect("it connects")).await.expect("a reply");
        let [request] = server.requests().try_into().expect("one request");
        assert_eq!(key(&request), expected, "{profile:?} {env:?}");
        assert_eq!(request.header("x-amz-security-token"), token, "{profile:?} {env:?}");
    }
}

#[tokio::test]
async fn arguments_take_precedence_over_all_sources() {
    let server = Server::start([answer(200, "{}")]).await;
    let mut settings = settings(&server);
    settings.token = Some("session".into());
    let env = [("AWS_ACCESS_KEY_ID", "AKIDENV"), ("AWS_SECRET_ACCESS_KEY", "e")];
    describe(&connected_in(&settings, &env).await.expect("it connects")).await.expect("a reply");
    let [request] = server.requests().try_into().expect("one request");
    assert!(is_signed_by(SECRET_KEY, &request));
    assert_eq!(request.header("x-amz-security-token"), "session");
}

#[tokio::test]
async fn without_credentials_the_first_call_lists_the_queried_sources() {
    let server = Server::start([answer(200, "{}")]).await;
    let (_files, mut settings) = without_keys(&server, "");
    let api = connected_in(&settings, &[("AWS_SECRET_ACCESS_KEY", "hush")]).await.expect("it connects");
    let error = describe(&api).await.expect_err("no credentials");
    expect![[r#"Credentials [] no credentials were found in the environment variables: `AWS_ACCESS_KEY_ID` is not set; the profile `default`: has none; the container: ECS provider not configured (request "", status None, attempts 0)"#]].assert_eq(&error_line(&error));

    // A metadata service without a role for the machine.
    let metadata =
        Server::start([answer(200, "token").with("x-aws-ec2-metadata-token-ttl-seconds", "60"), answer(404, "")]).await;
    settings.skip_metadata_api_check = Some(false);
    settings.ec2_metadata_service_endpoint = Some(metadata.url());
    let api = connected_in(&settings, &[]).await.expect("it connects");
    let error = describe(&api).await.expect_err("no credentials");
    expect![[r#"Credentials [] no credentials were found in the environment variables: `AWS_ACCESS_KEY_ID` is not set; the profile `default`: has none; the container: ECS provider not configured; the instance metadata service: received 404 from IMDS (request "", status None, attempts 0)"#]].assert_eq(&error_line(&error));
    assert_eq!(server.requests().len(), 0);

    // Hundreds of objects are refreshed in sequence; each would wait for the metadata service.
    assert_eq!(describe(&api).await.expect_err("no credentials"), error);
    assert_eq!(metadata.requests().len(), 2);
}

#[tokio::test]
async fn a_configured_source_that_fails_is_not_skipped() {
    let server = Server::start([answer(200, "{}")]).await;
    let (_files, settings) = without_keys(&server, "[default]\ncredential_process = false\n");
    let error = describe(&connected_in(&settings, &[]).await.expect("it connects")).await.expect_err("it fails");
    expect![[r#"Credentials [] no credentials were found in the environment variables: `AWS_ACCESS_KEY_ID` is not set; the profile `default`: an error occurred while loading credentials: Error retrieving credentials: external process exited with code exit status: 1. Stderr:  (request "", status None, attempts 0)"#]].assert_eq(&error_line(&error));
}

#[tokio::test]
async fn missing_credentials_are_detected_before_the_first_call() {
    let server = Server::start([]).await;
    let missing = async |config: &str, profile: Option<&str>, env: &[(&str, &str)]| {
        let (_files, mut settings) = without_keys(&server, config);
        settings.profile = profile.map(str::to_owned);
        connected_in(&settings, env).await.expect("it connects").missing_credentials().await
    };
    let keys = [("AWS_ACCESS_KEY_ID", "AKIDENV"), ("AWS_SECRET_ACCESS_KEY", "e")];
    let web_identity = [("AWS_ROLE_ARN", "arn:aws:iam::1:role/r"), ("AWS_WEB_IDENTITY_TOKEN_FILE", "/token")];
    let container = [("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1/")];
    for env in [&keys[..], &web_identity, &container] {
        assert_eq!(missing("", None, env).await, None, "{env:?}");
    }
    assert_eq!(missing("[default]\nsso_session = team\n", None, &[]).await, None);

    let empty = "[profile empty]\nregion = eu-west-1\n";
    let mut reports = String::new();
    for (config, profile, env) in [
        ("", None, &[][..]),
        ("", None, &keys[..1]),
        ("", None, &web_identity[1..]),
        (empty, None, &[("AWS_PROFILE", "empty")]),
        (empty, Some("empty"), &keys),
    ] {
        reports.push_str(&missing(config, profile, env).await.expect("none are set up"));
        reports.push('\n');
    }
    expect![[r#"
        no credentials were found in the environment variables: `AWS_ACCESS_KEY_ID` is not set; the profile `default`: has none; the container: ECS provider not configured
        no credentials were found in the environment variables: `AWS_SECRET_ACCESS_KEY` is not set; the profile `default`: has none; the container: ECS provider not configured
        no credentials were found in the environment variables: `AWS_ACCESS_KEY_ID` is not set; the profile `default`: has none; the container: ECS provider not configured
        no credentials were found in the environment variables: `AWS_ACCESS_KEY_ID` is not set; the profile `empty`: has none; the container: ECS provider not configured
        no credentials were found in the profile `empty`: has none; the container: ECS provider not configured
    "#]]
    .assert_eq(&reports);

    // A machine with credentials of its own.
    let metadata = Server::start(of_a_machine()).await;
    let (_files, mut settings) = without_keys(&server, "");
    settings.skip_metadata_api_check = Some(false);
    settings.ec2_metadata_service_endpoint = Some(metadata.url());
    assert_eq!(connected_in(&settings, &[]).await.expect("it connects").missing_credentials().await, None);
}

#[tokio::test]
async fn credentials_are_cached_between_calls() {
    let server = Server::start([session("AssumeRole", "AKIDROLE"), answer(200, "{}")]).await;
    let mut settings = settings(&server);
    settings.assume_role = vec![AssumeRole { role_arn: "arn:aws:iam::1:role/r".into(), ..Default::default() }];
    let api = connected_in(&settings, &[]).await.expect("it connects");
    let (one, two) = tokio::join!(describe(&api), describe(&api));
    one.and(two).expect("replies");
    let keys: Vec<String> = server.requests().iter().map(|request| key(request).to_owned()).collect();
    assert_eq!(keys, ["AKIDEXAMPLE", "AKIDROLE", "AKIDROLE"]);
}

#[tokio::test]
async fn roles_are_assumed_as_a_chain() {
    let server =
        Server::start([session("AssumeRole", "AKIDONE"), session("AssumeRole", "AKIDTWO"), answer(200, "{}")]).await;
    let mut settings = settings(&server);
    settings.sts_region = Some("eu-west-1".into());
    settings.assume_role = vec![
        AssumeRole {
            role_arn: "arn:aws:iam::1:role/one".into(),
            duration: Some(Duration::from_secs(5400)),
            external_id: Some("outside".into()),
            policy: Some("{}".into()),
            policy_arns: vec!["arn:aws:iam::aws:policy/p".into()],
            session_name: Some("pipeline".into()),
            source_identity: Some("jane".into()),
            tags: [("team".to_owned(), "a b".to_owned())].into(),
            transitive_tag_keys: vec!["team".into()],
        },
        AssumeRole { role_arn: "arn:aws:iam::2:role/two".into(), ..Default::default() },
    ];
    describe(&connected_in(&settings, &[]).await.expect("it connects")).await.expect("a reply");

    let [one, two, call] = server.requests().try_into().expect("three requests");
    assert_eq!([key(&one), key(&two), key(&call)], ["AKIDEXAMPLE", "AKIDONE", "AKIDTWO"]);
    assert!(is_signed_by("secret of AKIDONE", &two) && is_signed_by("secret of AKIDTWO", &call));
    assert_eq!(call.header("x-amz-security-token"), "token of AKIDTWO");
    assert!(one.scope().contains("/eu-west-1/sts/"), "{}", one.scope());
    assert!(one.header("user-agent").starts_with("Terraform/1.14.0 terraform-provider-sagemaker/1.2.3 "));
    let fields: Vec<String> = form(&one).iter().map(|(name, value)| format!("{name}={value}")).collect();
    expect![[r#"
        Action=AssumeRole
        DurationSeconds=5400
        ExternalId=outside
        Policy={}
        PolicyArns.member.1.arn=arn:aws:iam::aws:policy/p
        RoleArn=arn:aws:iam::1:role/one
        RoleSessionName=pipeline
        SourceIdentity=jane
        Tags.member.1.Key=team
        Tags.member.1.Value=a b
        TransitiveTagKeys.member.1=team
        Version=2011-06-15"#]]
    .assert_eq(&fields.join("\n"));
    let two = form(&two);
    assert_eq!(two["RoleArn"], "arn:aws:iam::2:role/two");
    assert!(two["RoleSessionName"].starts_with("terraform-provider-sagemaker-"), "{two:?}");
    assert_eq!(two.len(), 4, "{two:?}");
}

#[tokio::test]
async fn a_role_that_cannot_be_assumed_is_named_with_the_reason() {
    let server = Server::start([answer(
        403,
        "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type>\
         <Code>AccessDenied</Code><Message>jane may not assume it</Message></Error></ErrorResponse>",
    )
    .with("x-amzn-RequestId", "r-1")])
    .await;
    let mut settings = settings(&server);
    settings.assume_role = vec![AssumeRole { role_arn: "arn:aws:iam::1:role/r".into(), ..Default::default() }];
    let error = describe(&connected_in(&settings, &[]).await.expect("it connects")).await.expect_err("refused");
    expect![[r#"Credentials [AccessDenied] the role `arn:aws:iam::1:role/r` could not be assumed: jane may not assume it (request "r-1", status None, attempts 0)"#]].assert_eq(&error_line(&error));
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_token_service_that_is_throttled_or_fails_is_waited_for_as_the_service_is() {
    let busy = |status, code: &str| {
        answer(
            status,
            &format!(
                "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Receiver</Type>\
                 <Code>{code}</Code><Message>busy</Message></Error></ErrorResponse>"
            ),
        )
    };
    let steps = [busy(400, "Throttling"), busy(500, "InternalFailure"), busy(503, "ServiceUnavailable")];
    let steps = steps.into_iter().cycle().take(12);
    let server = Server::start(steps.chain([session("AssumeRole", "AKIDROLE"), answer(200, "{}")])).await;
    let mut settings = settings(&server);
    settings.assume_role = vec![AssumeRole { role_arn: "arn:aws:iam::1:role/r".into(), ..Default::default() }];
    describe(&connected_in(&settings, &[]).await.expect("it connects")).await.expect("a reply in the end");
    assert_eq!(server.requests().len(), 14);
}

#[tokio::test]
async fn a_profile_that_needs_a_one_time_password_is_rejected_with_a_reason() {
    let config = "[default]\naws_access_key_id = AKIDPROFILE\naws_secret_access_key = p\n\
                  [profile inner]\nrole_arn = arn:aws:iam::1:role/a\nsource_profile = default\nmfa_serial = arn:aws:iam::1:mfa/jane\n\
                  [profile outer]\nrole_arn = arn:aws:iam::1:role/b\nsource_profile = inner\n";
    let server = Server::start([answer(200, "{}")]).await;
    let (_files, mut settings) = without_keys(&server, config);
    for profile in ["inner", "outer"] {
        settings.profile = Some(profile.to_owned());
        let api = connected_in(&settings, &[]).await.expect("it connects");
        let error = describe(&api).await.expect_err("it cannot prompt");
        assert!(error.message.contains("the profile `inner` has `mfa_serial`"), "{}", error_line(&error));
    }
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn a_token_echoed_by_sts_is_hidden() {
    let server = Server::start([answer(
        400,
        "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type>\
         <Code>InvalidIdentityToken</Code><Message>hush-token is no token</Message></Error></ErrorResponse>",
    )])
    .await;
    let (_files, mut settings) = without_keys(&server, "");
    settings.assume_role_with_web_identity = Some(WebIdentity {
        role_arn: "arn:aws:iam::1:role/web".into(),
        web_identity_token: Some("hush-token".into()),
        ..Default::default()
    });
    let error = describe(&connected_in(&settings, &[]).await.expect("it connects")).await.expect_err("refused");
    assert_eq!((error.operation.as_str(), error.code.as_str()), ("AssumeRoleWithWebIdentity", "InvalidIdentityToken"));
    assert!(!error_line(&error).contains("hush"), "{}", error_line(&error));
}

#[tokio::test]
async fn a_token_of_an_identity_provider_is_taken_from_settings_files_and_environment() {
    let files = tempfile::tempdir().expect("a directory");
    let file = files.path().join("token");
    std::fs::write(&file, "from-file\n").expect("a file");
    let file = file.display().to_string();
    let role = WebIdentity { role_arn: "arn:aws:iam::1:role/web".into(), ..Default::default() };
    let in_env = [
        ("AWS_ROLE_ARN", "arn:aws:iam::1:role/env"),
        ("AWS_WEB_IDENTITY_TOKEN_FILE", file.as_str()),
        ("AWS_ROLE_SESSION_NAME", "s"),
    ];
    for (role, env, expected) in [
        (
            Some(WebIdentity {
                web_identity_token: Some("from-settings".into()),
                duration: Some(Duration::from_secs(900)),
                session_name: Some("s".into()),
                ..role.clone()
            }),
            &[][..],
            ["arn:aws:iam::1:role/web", "from-settings", "s", "900"],
        ),
        (
            Some(WebIdentity {
                web_identity_token_file: Some(file.clone()),
                session_name: Some("s".into()),
                ..role.clone()
            }),
            &[],
            ["arn:aws:iam::1:role/web", "from-file", "s", ""],
        ),
        // Values not set in the block come from the environment.
        (Some(role), &in_env, ["arn:aws:iam::1:role/web", "from-file", "s", ""]),
        (Some(WebIdentity::default()), &in_env, ["arn:aws:iam::1:role/env", "from-file", "s", ""]),
        (None, &in_env, ["arn:aws:iam::1:role/env", "from-file", "s", ""]),
    ] {
        let server = Server::start([session("AssumeRoleWithWebIdentity", "AKIDWEB"), answer(200, "{}")]).await;
        let (_files, mut settings) = without_keys(&server, "");
        settings.assume_role_with_web_identity = role;
        describe(&connected_in(&settings, env).await.expect("it connects")).await.expect("a reply");
        let [assumed, call] = server.requests().try_into().expect("two requests");
        assert_eq!([key(&assumed), key(&call)], ["", "AKIDWEB"]);
        let form = form(&assumed);
        let field = |name: &str| form.get(name).map_or("", String::as_str);
        let fields = ["RoleArn", "WebIdentityToken", "RoleSessionName", "DurationSeconds"].map(field);
        assert_eq!(fields, expected);
    }
}

#[tokio::test]
async fn the_metadata_service_is_queried_at_the_configured_endpoint() {
    let metadata = Server::start(of_a_machine()).await;
    let server = Server::start([answer(200, "{}")]).await;
    let (_files, mut settings) = without_keys(&server, "");
    settings.ec2_metadata_service_endpoint = Some(metadata.url());
    for (skip, env, queried) in [
        (Some(false), &[][..], true),
        (None, &[("AWS_EC2_METADATA_DISABLED", "TRUE")], false),
        (Some(true), &[], false),
    ] {
        settings.skip_metadata_api_check = skip;
        let before = metadata.requests().len();
        let result = describe(&connected_in(&settings, env).await.expect("it connects")).await;
        assert_eq!(metadata.requests().len() > before, queried, "{skip:?} {env:?}");
        match result {
            Ok(_) => assert!(queried),
            Err(error) => assert_eq!((error.kind, queried), (ErrorKind::Credentials, false)),
        }
    }
    assert_eq!(key(&server.requests()[0]), "AKIDMACHINE");
}
