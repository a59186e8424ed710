//! The services that go-plugin requires besides the provider's own.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use tokio_stream::Stream;
use tonic::{Request, Response, Status, Streaming};

use super::{
    process::Shutdown,
    protocol::{
        health::{HealthCheckRequest, HealthCheckResponse, health_check_response::ServingStatus, health_server},
        plugin::{ConnInfo, Empty, StdioData, grpc_broker_server, grpc_controller_server, grpc_stdio_server},
    },
};

/// Ends the process at the host's request.
pub(super) struct Controller(pub(super) Shutdown);

#[tonic::async_trait]
impl grpc_controller_server::GrpcController for Controller {
    async fn shutdown(&self, _: Request<Empty>) -> Result<Response<Empty>, Status> {
        tracing::debug!("the host requests the shutdown");
        self.0.begin_at_once();
        Ok(Response::new(Empty {}))
    }
}

/// The output of the process. Empty: after the handshake only the log is written, which the host reads directly.
pub(super) struct Stdio(pub(super) Shutdown);

#[tonic::async_trait]
impl grpc_stdio_server::GrpcStdio for Stdio {
    type StreamStdioStream = Idle<StdioData>;

    async fn stream_stdio(&self, _: Request<Empty>) -> Result<Response<Self::StreamStdioStream>, Status> {
        Ok(Response::new(Idle::until(&self.0, None)))
    }
}

/// Additional connections: none are offered, none are accepted.
pub(super) struct Broker(pub(super) Shutdown);

#[tonic::async_trait]
impl grpc_broker_server::GrpcBroker for Broker {
    type StartStreamStream = Idle<ConnInfo>;

    async fn start_stream(
        &self,
        request: Request<Streaming<ConnInfo>>,
    ) -> Result<Response<Self::StartStreamStream>, Status> {
        Ok(Response::new(Idle::until(&self.0, Some(request.into_inner()))))
    }
}

/// Reports that the plugin is serving.
pub(super) struct Health;

#[tonic::async_trait]
impl health_server::Health for Health {
    async fn check(&self, request: Request<HealthCheckRequest>) -> Result<Response<HealthCheckResponse>, Status> {
        match request.into_inner().service.as_str() {
            "" | "plugin" => Ok(Response::new(HealthCheckResponse { status: ServingStatus::Serving.into() })),
            _ => Err(Status::not_found("no such service")),
        }
    }
}

/// An empty stream that ends at the shutdown.
pub(super) struct Idle<T> {
    end: Pin<Box<dyn Future<Output = ()> + Send>>,
    /// Held so that the host's stream stays open too.
    _incoming: Option<Streaming<T>>,
}

impl<T> Idle<T> {
    fn until(shutdown: &Shutdown, incoming: Option<Streaming<T>>) -> Self {
        let shutdown = shutdown.clone();
        Self { end: Box::pin(async move { shutdown.started().await }), _incoming: incoming }
    }
}

impl<T> Stream for Idle<T> {
    type Item = Result<T, Status>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.end.as_mut().poll(context).map(|()| None)
    }
}
