//! Connects to a host: directly or through a proxy, with or without TLS.
//!
//! The SDK's own connector is not used, because it takes one proxy only (users set one for HTTP and another for
//! HTTPS), cannot be configured to accept any certificate (`insecure`), and aborts the process on a bad certificate
//! bundle.

use std::{
    fmt,
    future::Future,
    io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use hyper::{
    Uri,
    http::HeaderValue,
    rt::{Read, ReadBufCursor, Write},
};
use hyper_util::{
    client::{
        legacy::connect::{Connected, Connection, HttpConnector, proxy::Tunnel},
        proxy::matcher::Matcher,
    },
    rt::TokioIo,
};
use rustls::pki_types::ServerName;
use tokio_rustls::TlsConnector;
use tower_service::Service;

use super::tls::{NoTrust, Tls};

/// The connector of the HTTP client.
#[derive(Debug, Clone)]
pub(super) struct Network {
    proxies: Arc<Matcher>,
    direct: Direct,
    timeout: Option<Duration>,
}

/// The proxies to use, as users write them. An empty string means no proxy.
#[derive(Clone, Default)]
pub(super) struct Proxies {
    pub(super) http: String,
    pub(super) https: String,
    /// Hosts to reach directly, separated by commas.
    pub(super) none: String,
}

/// No connection was established, so nothing was sent.
#[derive(Debug, thiserror::Error)]
pub(super) enum NoConnection {
    #[error("no connection within {0:?}")]
    TimedOut(Duration),
    #[error("no connection")]
    Refused(#[source] Box<dyn std::error::Error + Send + Sync>),
    #[error("no TLS connection")]
    Tls(#[source] io::Error),
    #[error("no connection through the proxy")]
    Proxy(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Never proxied: this machine, and the link-local addresses where AWS provides credentials.
const ALWAYS_DIRECT: &str = "localhost,127.0.0.0/8,::1,169.254.169.254,169.254.170.0/24,fd00:ec2::/32";

impl Network {
    pub(super) fn new(proxies: &Proxies, tls: Arc<Tls>) -> Self {
        let matcher = Matcher::builder()
            .http(proxies.http.clone())
            .https(proxies.https.clone())
            .no(format!("{ALWAYS_DIRECT},{}", proxies.none))
            .build();
        Self { proxies: Arc::new(matcher), direct: Direct(tls), timeout: None }
    }

    /// The same network with a connect timeout.
    pub(super) fn within(&self, timeout: Option<Duration>) -> Self {
        Self { timeout, ..self.clone() }
    }

    /// The `Proxy-Authorization` header of each request that is forwarded by a proxy without a tunnel.
    pub(super) fn proxy_authorization(&self, uri: &Uri) -> Option<HeaderValue> {
        if uri.scheme_str() != Some("http") {
            return None;
        }
        self.proxies.intercept(uri)?.basic_auth().cloned()
    }

    async fn connect(self, uri: Uri) -> Result<Link, NoConnection> {
        let Some(proxy) = self.proxies.intercept(&uri) else { return self.direct.connect(uri).await };
        if uri.scheme_str() != Some("https") {
            let link = self.direct.connect(proxy.uri().clone()).await?;
            return Ok(Link { proxied: true, ..link });
        }
        let mut tunnel = Tunnel::new(proxy.uri().clone(), self.direct.clone());
        if let Some(authorization) = proxy.basic_auth() {
            tunnel = tunnel.with_auth(authorization.clone());
        }
        let link = tunnel.call(uri.clone()).await.map_err(|error| NoConnection::Proxy(error.into()))?;
        self.direct.secure(link, &uri).await
    }
}

impl Service<Uri> for Network {
    type Response = Link;
    type Error = NoConnection;
    type Future = Connecting;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), NoConnection>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, uri: Uri) -> Connecting {
        let timeout = self.timeout;
        let connecting = self.clone().connect(uri);
        Box::pin(async move {
            match timeout {
                None => connecting.await,
                Some(limit) => {
                    tokio::time::timeout(limit, connecting).await.unwrap_or(Err(NoConnection::TimedOut(limit)))
                }
            }
        })
    }
}

/// Connects without a proxy.
#[derive(Debug, Clone)]
struct Direct(Arc<Tls>);

impl Direct {
    async fn connect(self, uri: Uri) -> Result<Link, NoConnection> {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        let stream = tcp.call(uri.clone()).await.map_err(|error| NoConnection::Refused(error.into()))?;
        let link = Link { stream: Box::new(stream), proxied: false };
        if uri.scheme_str() == Some("https") { self.secure(link, &uri).await } else { Ok(link) }
    }

    async fn secure(&self, link: Link, uri: &Uri) -> Result<Link, NoConnection> {
        let host = uri.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
        let name = ServerName::try_from(host.to_owned()).map_err(|error| NoConnection::Tls(io::Error::other(error)))?;
        let config = self.0.config().map_err(|error: NoTrust| NoConnection::Tls(error.into()))?;
        let stream =
            TlsConnector::from(config).connect(name, TokioIo::new(link.stream)).await.map_err(NoConnection::Tls)?;
        Ok(Link { stream: Box::new(TokioIo::new(stream)), proxied: false })
    }
}

impl Service<Uri> for Direct {
    type Response = Link;
    type Error = NoConnection;
    type Future = Connecting;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), NoConnection>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, uri: Uri) -> Connecting {
        Box::pin(self.clone().connect(uri))
    }
}

type Connecting = Pin<Box<dyn Future<Output = Result<Link, NoConnection>> + Send>>;

/// An open connection, proxied or not, with or without TLS.
pub(super) struct Link {
    stream: Box<dyn Stream>,
    /// Requests use the absolute form of the URI, since a proxy forwards them.
    proxied: bool,
}

trait Stream: Read + Write + Send + Unpin {}

impl<T: Read + Write + Send + Unpin> Stream for T {}

impl Connection for Link {
    fn connected(&self) -> Connected {
        Connected::new().proxy(self.proxied)
    }
}

impl Read for Link {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl Write for Link {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffers: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, buffers)
    }
}

impl fmt::Debug for Link {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Link").field("proxied", &self.proxied).finish_non_exhaustive()
    }
}
