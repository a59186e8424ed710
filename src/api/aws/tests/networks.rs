//! TLS and proxies.

use super::{
    SECRET_KEY, connected, connected_in, describe,
    server::{Server, Step, answer},
    settings,
    signature::is_signed_by,
};
use crate::api::{ErrorKind, Settings};

/// A TLS server that is reachable only through a proxy, since its name does not resolve.
async fn hidden() -> (Server, Server, Settings, String) {
    let (server, certificate) = Server::start_tls([answer(200, "{}")]).await;
    let proxy = Server::start([Step::Tunnel(server.address)]).await;
    let mut settings = settings(&server);
    settings.endpoints.sagemaker = Some("https://sagemaker.test".into());
    settings.https_proxy = Some(format!("http://jane:pass%20word@{}", proxy.address).into());
    settings.max_retries = Some(2);
    (server, proxy, settings, certificate)
}

#[tokio::test]
async fn a_server_of_an_unknown_authority_is_rejected_without_retries() {
    let (server, proxy, settings, _) = hidden().await;
    let error = describe(&connected(&settings).await).await.expect_err("not trusted");
    assert_eq!((error.kind, error.attempts), (ErrorKind::Connection, 1));
    let expected = "https://sagemaker.test: no TLS connection: invalid peer certificate: UnknownIssuer";
    assert_eq!(error.message, expected);
    assert_eq!((server.requests().len(), proxy.requests().len()), (0, 1));
}

#[tokio::test]
async fn a_custom_authority_is_trusted_through_a_tunnel() {
    let (server, proxy, mut settings, certificate) = hidden().await;
    let files = tempfile::tempdir().expect("a directory");
    let bundle = files.path().join("bundle.pem");
    std::fs::write(&bundle, certificate).expect("a file");
    let bundle = bundle.display().to_string();
    settings.custom_ca_bundle = Some(bundle.clone());
    describe(&connected(&settings).await).await.expect("a reply");
    settings.custom_ca_bundle = None;
    let api = connected_in(&settings, &[("AWS_CA_BUNDLE", &bundle)]).await.expect("it connects");
    describe(&api).await.expect("a reply");

    let tunnel = &proxy.requests()[0];
    assert_eq!(tunnel.line, "CONNECT sagemaker.test:443 HTTP/1.1");
    assert_eq!(tunnel.header("proxy-authorization"), "Basic amFuZTpwYXNzIHdvcmQ=");
    let request = &server.requests()[0];
    assert_eq!(request.line, "POST / HTTP/1.1");
    assert_eq!(request.header("proxy-authorization"), "");
    assert!(is_signed_by(SECRET_KEY, request));
}

#[tokio::test]
async fn a_certificate_of_another_name_is_rejected_unless_insecure() {
    let (server, certificate) = Server::start_tls([answer(200, "{}")]).await;
    let files = tempfile::tempdir().expect("a directory");
    let bundle = files.path().join("bundle.pem");
    std::fs::write(&bundle, certificate).expect("a file");
    let mut settings = settings(&server);
    settings.custom_ca_bundle = Some(bundle.display().to_string());
    let error = describe(&connected(&settings).await).await.expect_err("the address is not in the certificate");
    assert!(error.message.contains("not valid for name"), "{}", error.message);

    settings.insecure = true;
    describe(&connected(&settings).await).await.expect("a reply");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn requests_without_tls_use_the_http_proxy() {
    let proxy = Server::start([answer(200, "{}")]).await;
    let mut settings = settings(&proxy);
    settings.endpoints.sagemaker = Some("http://sagemaker.test:8080".into());
    settings.http_proxy = Some(format!("http://jane:pw@{}", proxy.address).into());
    settings.https_proxy = Some("http://127.0.0.1:1".into());
    describe(&connected(&settings).await).await.expect("a reply");
    let [request] = proxy.requests().try_into().expect("one request");
    assert_eq!(request.line, "POST http://sagemaker.test:8080/ HTTP/1.1");
    assert_eq!(request.header("host"), "sagemaker.test:8080");
    assert_eq!(request.header("proxy-authorization"), "Basic amFuZTpwdw==");
    assert!(is_signed_by(SECRET_KEY, &request));
}

#[tokio::test]
async fn no_proxy_hosts_are_connected_directly() {
    let proxy = Server::start([answer(500, "")]).await;
    let server = Server::start([answer(200, "{}")]).await;
    // The loopback address is never proxied.
    let mut settings = settings(&server);
    settings.http_proxy = Some(proxy.url().into());
    describe(&connected(&settings).await).await.expect("a reply");

    settings.endpoints.sagemaker = Some("http://sagemaker.invalid".into());
    settings.no_proxy = Some("other.test, .invalid".into());
    settings.max_retries = Some(1);
    let error = describe(&connected(&settings).await).await.expect_err("no such host");
    assert!(error.message.contains("dns error"), "{}", error.message);
    assert_eq!(proxy.connections(), 0);
}

#[tokio::test]
async fn a_proxy_that_refuses_is_named_as_the_reason() {
    let (_server, _proxy, mut settings, _) = hidden().await;
    let strict = Server::start([answer(407, "")]).await;
    settings.https_proxy = Some(format!("http://jane:hush@{}", strict.address).into());
    let error = describe(&connected(&settings).await).await.expect_err("refused");
    assert_eq!(error.kind, ErrorKind::Connection);
    assert_eq!(
        error.message,
        "https://sagemaker.test: no connection through the proxy: tunnel error: proxy authorization required"
    );
}
