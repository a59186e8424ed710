//! The caller's account, and whether it may be used.

use super::{
    connected, connected_in, error_line,
    server::{Server, Step, answer},
    settings,
};
use crate::api::{ConnectError, ErrorKind};

fn identity(account: &str) -> Step {
    answer(
        200,
        &format!(
            "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetCallerIdentityResult>\
             <Account>{account}</Account><Arn>arn:aws:iam::{account}:user/jane</Arn><UserId>U</UserId>\
             </GetCallerIdentityResult></GetCallerIdentityResponse>"
        ),
    )
}

#[tokio::test]
async fn the_account_is_read_once_and_shared() {
    let server = Server::start([identity("111122223333")]).await;
    let mut settings = settings(&server);
    settings.sts_region = Some("eu-west-1".into());
    let api = connected(&settings).await;
    let (one, two) = tokio::join!(api.account_id(), api.account_id());
    assert_eq!(one.as_deref(), Ok("111122223333"));
    assert_eq!(two, one);
    assert_eq!(api.account_id().await, one);
    let [request] = server.requests().try_into().expect("one request");
    assert!(request.body.starts_with("Action=GetCallerIdentity"), "{}", request.body);
    assert!(request.scope().ends_with("/eu-west-1/sts/aws4_request"), "{}", request.scope());
}

#[tokio::test]
async fn a_failed_account_lookup_is_repeated_later() {
    let refused = answer(
        403,
        "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type>\
         <Code>ExpiredToken</Code><Message>The token expired</Message></Error><RequestId>r-1</RequestId></ErrorResponse>",
    );
    let server = Server::start([refused.with("x-amzn-requestid", "r-1"), identity("111122223333")]).await;
    let api = connected(&settings(&server)).await;
    let error = api.account_id().await.expect_err("expired");
    assert_eq!(error.operation, "GetCallerIdentity");
    assert_eq!(
        error_line(&error),
        r#"Service [ExpiredToken] The token expired (request "r-1", status Some(403), attempts 1)"#
    );
    assert_eq!(api.account_id().await.as_deref(), Ok("111122223333"));
}

#[tokio::test]
async fn the_sts_endpoint_has_its_own_variable() {
    let server = Server::start([identity("111122223333")]).await;
    let mut settings = settings(&server);
    settings.endpoints.sts = None;
    let url = server.url();
    let api = connected_in(&settings, &[("AWS_ENDPOINT_URL_STS", &url)]).await.expect("it connects");
    assert_eq!(api.account_id().await.as_deref(), Ok("111122223333"));
}

#[tokio::test]
async fn only_allowed_accounts_are_used() {
    let account = || "111122223333".to_owned();
    let forbidden = Err(ConnectError::AccountForbidden { account: account() });
    let not_allowed = Err(ConnectError::AccountNotAllowed { account: account() });
    for (allowed, forbidden_ids, expected) in [
        (&[][..], &[][..], Ok(())),
        (&["111122223333", "2"], &[], Ok(())),
        (&["2"], &[], not_allowed),
        (&[], &["2"], Ok(())),
        (&[], &["111122223333"], forbidden),
    ] {
        let server = Server::start([identity("111122223333")]).await;
        let mut settings = settings(&server);
        settings.allowed_account_ids = allowed.iter().map(ToString::to_string).collect();
        settings.forbidden_account_ids = forbidden_ids.iter().map(ToString::to_string).collect();
        let expected_requests = usize::from(!allowed.is_empty() || !forbidden_ids.is_empty());
        assert_eq!(connected(&settings).await.check_account().await, expected);
        assert_eq!(server.requests().len(), expected_requests);
    }
}

#[tokio::test]
async fn account_checks_require_the_account_id() {
    let server = Server::start([identity("111122223333")]).await;
    let mut settings = settings(&server);
    settings.skip_requesting_account_id = true;
    settings.allowed_account_ids = vec!["111122223333".into()];
    let api = connected(&settings).await;
    let error = api.account_id().await.expect_err("it may not be looked up");
    assert_eq!((error.kind, error.attempts), (ErrorKind::Settings, 0));
    assert!(matches!(api.check_account().await, Err(ConnectError::AccountNotKnown(_))));
    assert_eq!(server.connections(), 0);
}
