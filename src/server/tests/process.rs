//! Stop, shutdown, idle streams and health.

use std::time::Duration;

use tokio::time;
use tonic::Code;

use super::{
    client::{apply_request, life_cycle, read, start_plain, summaries},
    fake::{Fake, fake_object, with_id},
};
use crate::{
    engine::Provider,
    server::{
        Options, ServeError,
        protocol::{
            health::{HealthCheckRequest, health_client::HealthClient},
            plugin::{
                Empty, grpc_broker_client::GrpcBrokerClient, grpc_controller_client::GrpcControllerClient,
                grpc_stdio_client::GrpcStdioClient,
            },
            tfplugin5::{self as proto, diagnostic::Severity},
        },
        serve,
    },
    value::Value,
};

#[tokio::test]
async fn stop_ends_running_calls_and_keeps_their_state() {
    let running = start_plain();
    let mut client = running.client().await;
    let applying = tokio::spawn({
        let mut client = client.clone();
        async move { client.apply_resource_change(apply_request(&Value::Null, &fake_object("slow"))).await }
    });
    running.provider.waiting.acquire().await.expect("it is never closed").forget();
    assert_eq!(client.stop(proto::stop::Request {}).await.expect("answered").into_inner().error, "");
    let answer = applying.await.expect("no panic").expect("answered").into_inner();
    assert_eq!(summaries(&answer.diagnostics), [(Severity::Error, "Stopped")]);
    assert_eq!(read(answer.new_state), with_id(fake_object("slow")));
}

#[tokio::test]
async fn an_apply_continues_after_the_host_disconnects() {
    let running = start_plain();
    let mut client = running.client().await;
    let applying =
        tokio::spawn(
            async move { client.apply_resource_change(apply_request(&Value::Null, &fake_object("slow"))).await },
        );
    running.provider.waiting.acquire().await.expect("it is never closed").forget();
    applying.abort();
    assert!(applying.await.is_err());
    // A further life cycle ensures that the server has processed the end of the first connection.
    life_cycle(running.client().await).await;
    running.provider.stop();
    let applied = time::timeout(Duration::from_secs(10), running.provider.applied_slowly.acquire()).await;
    assert!(applied.is_ok(), "the apply was cut off");
}

#[tokio::test]
async fn shutdown_is_answered_and_does_not_wait_for_running_calls() {
    let running = start_plain();
    let mut client = running.client().await;
    let applying = tokio::spawn(async move {
        client.apply_resource_change(apply_request(&Value::Null, &fake_object("endless"))).await
    });
    running.provider.waiting.acquire().await.expect("it is never closed").forget();
    let mut controller = GrpcControllerClient::new(running.channel().await);
    controller.shutdown(Empty {}).await.expect("answered");
    running.server.await.expect("no panic").expect("a good end");
    assert!(!std::path::Path::new(&running.address).exists(), "the socket is gone");
    applying.abort();
}

#[tokio::test]
async fn idle_streams_stay_open_until_the_shutdown() {
    let running = start_plain();
    let channel = running.channel().await;
    let mut output = GrpcStdioClient::new(channel.clone()).stream_stdio(Empty {}).await.expect("answered").into_inner();
    let requests = tokio_stream::pending();
    let mut broker = GrpcBrokerClient::new(channel).start_stream(requests).await.expect("answered").into_inner();
    assert!(time::timeout(Duration::ZERO, output.message()).await.is_err(), "nothing comes");
    running.shutdown.begin_at_once();
    assert!(output.message().await.expect("a good end").is_none());
    assert!(broker.message().await.expect("a good end").is_none());
    running.server.await.expect("no panic").expect("a good end");
}

#[tokio::test]
async fn health_is_reported() {
    let mut client = HealthClient::new(start_plain().channel().await);
    let mut check = async |service: &str| client.check(HealthCheckRequest { service: service.to_owned() }).await;
    assert_eq!(check("plugin").await.expect("answered").into_inner().status, 1);
    assert_eq!(check("other").await.expect_err("unknown").code(), Code::NotFound);
}

#[tokio::test]
async fn without_a_host_nothing_is_served() {
    let options = Options { address: "registry.terraform.io/a/b", name: "b", version: "0" };
    assert!(matches!(serve(Fake::new(), options).await, Err(ServeError::NoHost)));
}
