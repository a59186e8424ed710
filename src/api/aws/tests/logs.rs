//! What the log tells, and what it must not.

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
async fn calls_are_logged_with_the_names_of_their_members_and_no_values() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    // With a single listener the `tracing` crate asks only the thread that meets a message first whether it is wanted,
    // and another test's thread would say no.
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

    // The SDK's own words too, down to the finest.
    assert!(log.contains("transmitting request"), "{log}");
    assert!(log.contains("received response"), "{log}");
    for secret in ["hush", SECRET_KEY] {
        let told: Vec<&str> = log.lines().filter(|line| line.contains(secret)).collect();
        assert_eq!(told, Vec::<&str>::new());
    }
}
