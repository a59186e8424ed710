//! A server on this machine that answers from a script and records its requests.

use std::{
    collections::BTreeMap,
    io,
    net::SocketAddr,
    sync::{
        Arc, Mutex, MutexGuard,
        atomic::{AtomicUsize, Ordering},
    },
};

use rustls::{
    ServerConfig,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufStream, copy_bidirectional},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};
use tokio_rustls::TlsAcceptor;

/// One step of a script. The last step is repeated.
#[derive(Debug, Clone)]
pub(super) enum Step {
    Answer {
        status: u16,
        headers: Vec<(&'static str, String)>,
        body: String,
    },
    /// Closes the connection without a reply.
    HangUp,
    /// Announces a longer body than it sends, and closes the connection.
    BreakOff,
    /// Never answers.
    Silence,
    /// As a proxy: opens a tunnel to this address, regardless of the requested one.
    Tunnel(SocketAddr),
}

/// Status, then body.
pub(super) fn answer(status: u16, body: &str) -> Step {
    Step::Answer { status, headers: vec![], body: body.to_owned() }
}

impl Step {
    pub(super) fn with(mut self, name: &'static str, value: &str) -> Self {
        if let Self::Answer { headers, .. } = &mut self {
            headers.push((name, value.to_owned()));
        }
        self
    }
}

/// A recorded request.
#[derive(Debug, Clone)]
pub(super) struct Request {
    /// `POST / HTTP/1.1`
    pub(super) line: String,
    /// Names in lower case.
    pub(super) headers: BTreeMap<String, String>,
    pub(super) body: String,
}

impl Request {
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    /// The access key that signed the request, with date, region and service.
    pub(super) fn scope(&self) -> &str {
        let (_, rest) = self.header("authorization").split_once("Credential=").unwrap_or_default();
        rest.split(',').next().unwrap_or_default()
    }
}

#[derive(Debug)]
pub(super) struct Server {
    pub(super) address: SocketAddr,
    scheme: &'static str,
    seen: Arc<Seen>,
    task: JoinHandle<()>,
}

#[derive(Debug, Default)]
struct Seen {
    requests: Mutex<Vec<Request>>,
    connections: AtomicUsize,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Server {
    pub(super) async fn start(script: impl IntoIterator<Item = Step>) -> Self {
        Self::listen(script, None).await
    }

    /// With TLS, for the name `sagemaker.test`. Also returns the certificate as PEM.
    pub(super) async fn start_tls(script: impl IntoIterator<Item = Step>) -> (Self, String) {
        let signed = rcgen::generate_simple_self_signed(vec!["sagemaker.test".into()]).expect("a certificate");
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(signed.signing_key.serialize_der()));
        let crypto = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let config = ServerConfig::builder_with_provider(crypto)
            .with_safe_default_protocol_versions()
            .expect("default versions")
            .with_no_client_auth()
            .with_single_cert(vec![signed.cert.der().clone()], key)
            .expect("a matching key");
        (Self::listen(script, Some(TlsAcceptor::from(Arc::new(config)))).await, signed.cert.pem())
    }

    async fn listen(script: impl IntoIterator<Item = Step>, tls: Option<TlsAcceptor>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let scheme = if tls.is_some() { "https" } else { "http" };
        let seen = Arc::new(Seen::default());
        let script = Arc::new(script.into_iter().collect::<Vec<_>>());
        let task = tokio::spawn({
            let seen = seen.clone();
            async move {
                while let Ok((stream, _)) = listener.accept().await {
                    seen.connections.fetch_add(1, Ordering::SeqCst);
                    tokio::spawn(serve(stream, tls.clone(), script.clone(), seen.clone()));
                }
            }
        });
        Self { address, scheme, seen, task }
    }

    pub(super) fn url(&self) -> String {
        format!("{}://{}", self.scheme, self.address)
    }

    pub(super) fn requests(&self) -> Vec<Request> {
        self.seen.requests().clone()
    }

    pub(super) fn connections(&self) -> usize {
        self.seen.connections.load(Ordering::SeqCst)
    }
}

impl Seen {
    fn requests(&self) -> MutexGuard<'_, Vec<Request>> {
        self.requests.lock().expect("no test panics while it holds the lock")
    }

    /// Records a request and returns the index of its step in the script.
    fn record(&self, request: Request) -> usize {
        let mut requests = self.requests();
        requests.push(request);
        requests.len() - 1
    }
}

async fn serve(stream: TcpStream, tls: Option<TlsAcceptor>, script: Arc<Vec<Step>>, seen: Arc<Seen>) {
    match tls {
        None => converse(stream, &script, &seen).await,
        Some(tls) => {
            if let Ok(stream) = tls.accept(stream).await {
                converse(stream, &script, &seen).await;
            }
        }
    }
}

async fn converse(stream: impl AsyncRead + AsyncWrite + Unpin, script: &[Step], seen: &Seen) {
    let mut stream = BufStream::new(stream);
    while let Some(request) = read(&mut stream).await {
        let index = seen.record(request).min(script.len() - 1);
        match &script[index] {
            Step::Answer { status, headers, body } => {
                let mut head = format!("HTTP/1.1 {status} Status\r\ncontent-length: {}\r\n", body.len());
                for (name, value) in headers {
                    head.push_str(&format!("{name}: {value}\r\n"));
                }
                if say(&mut stream, &format!("{head}\r\n{body}")).await.is_err() {
                    return;
                }
            }
            Step::HangUp => return,
            Step::BreakOff => {
                let _ = say(&mut stream, "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"ModelName\":").await;
                return;
            }
            Step::Silence => std::future::pending().await,
            Step::Tunnel(target) => {
                let mut target = TcpStream::connect(target).await.expect("the target listens");
                say(&mut stream, "HTTP/1.1 200 OK\r\n\r\n").await.expect("the client listens");
                let _ = copy_bidirectional(&mut stream, &mut target).await;
                return;
            }
        }
    }
}

async fn say(stream: &mut (impl AsyncWrite + Unpin), text: &str) -> io::Result<()> {
    stream.write_all(text.as_bytes()).await?;
    stream.flush().await
}

async fn read(stream: &mut (impl AsyncRead + Unpin)) -> Option<Request> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    let head = String::from_utf8(head).expect("a head in UTF-8");
    let mut lines = head.split("\r\n");
    let line = lines.next().unwrap_or_default().to_owned();
    let headers: BTreeMap<String, String> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let length = headers.get("content-length").map_or(0, |length| length.parse().expect("a length"));
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.ok()?;
    Some(Request { line, headers, body: String::from_utf8(body).expect("a body in UTF-8") })
}
