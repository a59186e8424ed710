//! A connection over function calls instead of sockets: everything above HTTP is as in production, so that tests run
//! with the real retries, timeouts and errors. For tests only.

use std::{fmt, io, sync::Arc};

use async_trait::async_trait;
use aws_smithy_runtime_api::client::{
    http::{
        HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
    },
    orchestrator::{HttpRequest, HttpResponse},
    result::ConnectorError,
    runtime_components::RuntimeComponents,
};
use aws_smithy_types::body::SdkBody;
use aws_types::os_shim_internal::Env;
use bytes::Bytes;
use hyper::{Request, Response};

use super::{assemble, configuration, retry::Pace};
use crate::api::{Api, Connect, ConnectError, Settings};

/// The server side of the connection.
#[async_trait]
pub(crate) trait Answer: Send + Sync + 'static {
    /// None: the connection is closed without a reply.
    async fn answer(&self, request: Request<Bytes>) -> Option<Response<Bytes>>;
}

/// Connects to `A` in this process.
pub(crate) struct InProcess<A>(pub(crate) Arc<A>);

#[async_trait]
impl<A: Answer> Connect for InProcess<A> {
    async fn connect(&self, settings: Settings, terraform_version: &str) -> Result<Arc<dyn Api>, ConnectError> {
        let (env, pace) = (Env::from_slice(&[]), Pace::default());
        let configuration = configuration::resolve(&settings, &env, &pace).await?;
        let http = SharedHttpClient::new(Self(Arc::clone(&self.0)));
        Ok(Arc::new(assemble(&settings, configuration, http, "0.0.0", terraform_version, &env, &pace)?))
    }
}

impl<A> fmt::Debug for InProcess<A> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("InProcess")
    }
}

impl<A: Answer> HttpClient for InProcess<A> {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(Self(Arc::clone(&self.0)))
    }
}

impl<A: Answer> HttpConnector for InProcess<A> {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let other_end = Arc::clone(&self.0);
        HttpConnectorFuture::new(async move {
            let request = request.try_into_http1x().map_err(|error| ConnectorError::user(error.into()))?;
            let (parts, body) = request.into_parts();
            let body = http_body_util::BodyExt::collect(body).await.map_err(ConnectorError::user)?.to_bytes();
            match other_end.answer(Request::from_parts(parts, body)).await {
                Some(response) => HttpResponse::try_from(response.map(SdkBody::from))
                    .map_err(|error| ConnectorError::user(error.into())),
                None => Err(ConnectorError::io(io::Error::from(io::ErrorKind::ConnectionReset).into())),
            }
        })
    }
}
