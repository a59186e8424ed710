//! HTTP for the SDK: one connection pool for SageMaker, STS and the credential sources.

use std::{
    collections::HashMap,
    io,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use aws_smithy_runtime_api::{
    box_error::BoxError,
    client::{
        connection::{CaptureSmithyConnection, ConnectionMetadata},
        connector_metadata::ConnectorMetadata,
        http::{HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector},
        orchestrator::{HttpRequest, HttpResponse},
        result::ConnectorError,
        runtime_components::RuntimeComponents,
    },
};
use aws_smithy_types::{body::SdkBody, retry::ErrorKind};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use hyper::{body::Incoming, header::PROXY_AUTHORIZATION};
use hyper_util::{
    client::legacy::{
        self,
        connect::{CaptureConnection, capture_connection},
    },
    rt::{TokioExecutor, TokioTimer},
};

use super::{
    causes::find,
    network::{Network, NoConnection},
};

/// The maximum size of a reply, in bytes. The largest document of the service, the definition of a pipeline, is limited
/// to 1 MiB (API reference, CreatePipeline).
pub(super) const LONGEST_REPLY: usize = 32 << 20;

/// The shared HTTP client.
#[derive(Debug)]
pub(super) struct Client {
    network: Network,
    /// Two or three in practice.
    pools: Mutex<HashMap<Timeouts, SharedHttpConnector>>,
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct Timeouts {
    connect: Option<Duration>,
    /// Until the response head is received.
    read: Option<Duration>,
}

impl Client {
    pub(super) fn new(network: Network) -> Self {
        Self { network, pools: Mutex::default() }
    }
}

impl HttpClient for Client {
    fn http_connector(&self, settings: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        let timeouts = Timeouts { connect: settings.connect_timeout(), read: settings.read_timeout() };
        let mut pools = self.pools.lock().unwrap_or_else(PoisonError::into_inner);
        let pool = pools.entry(timeouts).or_insert_with(|| {
            let network = self.network.within(settings.connect_timeout());
            SharedHttpConnector::new(Pool::new(network, settings.read_timeout()))
        });
        pool.clone()
    }

    fn connector_metadata(&self) -> Option<ConnectorMetadata> {
        Some(ConnectorMetadata::new("hyper", Some("1.x".into())))
    }
}

#[derive(Debug)]
struct Pool {
    network: Network,
    client: legacy::Client<Network, SdkBody>,
    /// Until the response head is received.
    read_timeout: Option<Duration>,
}

impl Pool {
    fn new(network: Network, read_timeout: Option<Duration>) -> Self {
        let client = legacy::Client::builder(TokioExecutor::new())
            // Without a timer, idle connections would never be closed.
            .pool_timer(TokioTimer::new())
            .build(network.clone());
        Self { network, client, read_timeout }
    }
}

impl HttpConnector for Pool {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let mut request = match request.try_into_http1x() {
            Ok(request) => request,
            Err(error) => return HttpConnectorFuture::ready(Err(ConnectorError::user(error.into()))),
        };
        if let Some(authorization) = self.network.proxy_authorization(request.uri()) {
            request.headers_mut().insert(PROXY_AUTHORIZATION, authorization);
        }
        let connection = capture_connection(&mut request);
        if let Some(capture) = request.extensions().get::<CaptureSmithyConnection>() {
            capture.set_connection_retriever(move || Some(poisonable(&connection)));
        }
        let reply = self.client.request(request);
        let limit = self.read_timeout;
        HttpConnectorFuture::new(async move {
            let reply = match limit {
                None => reply.await,
                Some(limit) => tokio::time::timeout(limit, reply)
                    .await
                    .map_err(|_| ConnectorError::timeout(format!("no reply within {limit:?}").into()))?,
            };
            let reply = reply.map_err(|error| connector_error(error.into()))?;
            HttpResponse::try_from(reply.map(limited)).map_err(|error| ConnectorError::user(error.into()))
        })
    }
}

/// Limits the body: an endless reply must not exhaust the memory.
fn limited(body: Incoming) -> SdkBody {
    let named = |error: BoxError| match error.is::<LengthLimitError>() {
        true => format!("the reply is longer than {LONGEST_REPLY} bytes").into(),
        false => error,
    };
    SdkBody::from_body_1_x(Limited::new(body, LONGEST_REPLY).map_err(named))
}

/// Lets the SDK close a connection after an error, so that no later request reuses it.
fn poisonable(connection: &CaptureConnection) -> ConnectionMetadata {
    let proxied = connection.connection_metadata().as_ref().is_some_and(|connected| connected.is_proxied());
    let connection = connection.clone();
    ConnectionMetadata::builder()
        .proxied(proxied)
        .poison_fn(move || {
            if let Some(connected) = connection.connection_metadata().as_ref() {
                connected.poison();
            }
        })
        .build()
}

/// Classifies failures for the SDK's retries: transient or permanent.
fn connector_error(error: BoxError) -> ConnectorError {
    match find::<NoConnection>(&*error) {
        Some(NoConnection::TimedOut(_)) => return ConnectorError::timeout(error).never_connected(),
        // A certificate that is not trusted now will not be trusted by a retry.
        Some(NoConnection::Tls(cause)) if cause.kind() == io::ErrorKind::InvalidData => {
            return ConnectorError::other(error, None).never_connected();
        }
        Some(_) => return ConnectorError::io(error).never_connected(),
        None => {}
    }
    let Some(http) = find::<hyper::Error>(&*error) else { return ConnectorError::other(error, None) };
    if http.is_timeout() {
        ConnectorError::timeout(error)
    } else if http.is_user() {
        ConnectorError::user(error)
    } else if http.is_closed() || http.is_canceled() || find::<io::Error>(http).is_some() {
        ConnectorError::io(error)
    } else if http.is_incomplete_message() {
        // The server closed the connection before or within a reply.
        ConnectorError::other(error, Some(ErrorKind::TransientError))
    } else {
        ConnectorError::other(error, None)
    }
}
