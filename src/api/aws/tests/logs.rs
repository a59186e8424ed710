//! The content of the log, and the secrets that it must not contain.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex},
};

use tracing::{Dispatch, subscriber::set_default};

use super::{
    SECRET_KEY, connected,
    server::{Server, answer},
    settings,
};
use crate::{api::Api, value::Value};

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("nobody panics while writing").write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn calls_are_logged_with_member_names_and_without_values() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    // With a single listener, the `tracing` crate queries only the thread that first reaches a call site for its
    // interest, and another test's thread would decline.
    let _another = Dispatch::new(tracing_subscriber::registry());
    let _listening = set_default(subscriber);

    let server = Server::start([answer(200, r#"{"Note":"hush-reply"}"#)]).await;
    let mut settings = settings(&server);
    settings.http_proxy = Some("http://jane:hush-proxy@proxy.test".into());
    settings.token = Some("hush-token".into());
    let input = Value::from([
        ("WorkforceName", "w".into()),
        ("OidcConfig", Value::from([("ClientSecret", "hush-secret".into())])),
    ]);
    connected(&settings).await.call("us-east-1", "CreateWorkforce", &input).await.expect("a reply");

    let log = String::from_utf8(log.0.lock().expect("nobody panics while writing").clone()).expect("a text");
    let expected = " DEBUG sagemaker_provider::api::aws: called operation=\"CreateWorkforce\" region=\"us-east-1\" \
                    members=\"OidcConfig WorkforceName\" status=200 attempts=1 milliseconds=";
    assert!(log.contains(expected), "{log}");

    // The SDK's own events too, down to the lowest level.
    assert!(log.contains("transmitting request"), "{log}");
    assert!(log.contains("received response"), "{log}");
    for secret in ["hush", SECRET_KEY] {
        let leaks: Vec<&str> = log.lines().filter(|line| line.contains(secret)).collect();
        assert_eq!(leaks, Vec::<&str>::new());
    }
}
