//! A web server on a loopback port, over TLS, that serves fixed documents.
//!
//! Knows nothing of what they are about.

use std::{
    collections::BTreeMap,
    convert::Infallible,
    fs,
    net::Ipv4Addr,
    path::{Path, PathBuf},
    sync::Arc,
};

use bytes::Bytes;
use http_body_util::Full;
use hyper::{
    Request, Response, StatusCode, body::Incoming, header::CONTENT_TYPE, server::conn::http1, service::service_fn,
};
use hyper_util::rt::TokioIo;
use rcgen::CertifiedKey;
use rustls::{
    ServerConfig,
    crypto::aws_lc_rs,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
};
use tempfile::TempDir;
use tokio::{
    net::{TcpListener, TcpStream},
    runtime::{self, Runtime},
};
use tokio_rustls::TlsAcceptor;

/// The documents, by path.
pub(crate) type Site = BTreeMap<String, Bytes>;

/// The files of a directory, at their paths relative to it.
pub(crate) fn site(directory: &Path) -> Site {
    let mut site = Site::new();
    for entry in fs::read_dir(directory).unwrap_or_else(|error| panic!("{}: {error}", directory.display())) {
        let entry = entry.expect("a readable entry");
        let (name, path) = (entry.file_name().to_string_lossy().into_owned(), entry.path());
        if path.is_dir() {
            site.extend(self::site(&path).into_iter().map(|(below, content)| (format!("/{name}{below}"), content)));
        } else {
            site.insert(format!("/{name}"), fs::read(path).expect("a readable file").into());
        }
    }
    site
}

/// A server that ends when this value is dropped.
#[derive(Debug)]
pub(crate) struct Server {
    /// `https://localhost:PORT`.
    pub(crate) url: String,
    directory: TempDir,
    _runtime: Runtime,
}

impl Server {
    pub(crate) fn start(site: Site) -> Self {
        let identity = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
        let directory = tempfile::tempdir().expect("a temporary directory can be created");
        let runtime = runtime::Builder::new_multi_thread().worker_threads(1).enable_io().build();
        let runtime = runtime.expect("a thread can be started");
        let listener = runtime.block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))).expect("a free port");
        let url = format!("https://localhost:{}", listener.local_addr().expect("an address").port());
        runtime.spawn(serve(listener, acceptor(&identity), Arc::new(site)));
        let server = Self { url, directory, _runtime: runtime };
        fs::write(server.certificate(), identity.cert.pem()).expect("a new directory can be written to");
        server
    }

    /// The file with the certificate to trust, the value of `SSL_CERT_FILE`.
    pub(crate) fn certificate(&self) -> PathBuf {
        self.directory.path().join("certificate.pem")
    }
}

fn acceptor(identity: &CertifiedKey<rcgen::KeyPair>) -> TlsAcceptor {
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(identity.signing_key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("default versions")
        .with_no_client_auth()
        .with_single_cert(vec![identity.cert.der().clone()], key)
        .expect("a matching key");
    Arc::new(config).into()
}

async fn serve(listener: TcpListener, acceptor: TlsAcceptor, site: Arc<Site>) {
    while let Ok((stream, _)) = listener.accept().await {
        tokio::spawn(converse(stream, acceptor.clone(), Arc::clone(&site)));
    }
}

async fn converse(stream: TcpStream, acceptor: TlsAcceptor, site: Arc<Site>) {
    // The client reports what goes wrong with a connection.
    let Ok(stream) = acceptor.accept(stream).await else { return };
    let service = service_fn(|request: Request<Incoming>| {
        let reply = reply(&site, request.uri().path());
        async { Ok::<_, Infallible>(reply) }
    });
    http1::Builder::new().serve_connection(TokioIo::new(stream), service).await.ok();
}

fn reply(site: &Site, path: &str) -> Response<Full<Bytes>> {
    let (status, body) = match site.get(path) {
        Some(body) => (StatusCode::OK, body.clone()),
        None => (StatusCode::NOT_FOUND, Bytes::new()),
    };
    let is_json = path.ends_with(".json") || body.starts_with(b"{");
    let content_type = if is_json { "application/json" } else { "application/octet-stream" };
    let reply = Response::builder().status(status).header(CONTENT_TYPE, content_type);
    reply.body(Full::new(body)).expect("these headers are valid")
}
