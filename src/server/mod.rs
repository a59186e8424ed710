//! A provider as a plugin process: the gRPC services for the host, and the life cycle of the process.
//!
//! Conversions only: [`Provider`] implements the calls. Nothing here knows which provider it serves.

mod action;
mod calls;
mod common;
mod configuration;
mod convert;
mod data_source;
mod ephemeral;
mod fault;
mod functions;
mod guard;
mod handshake;
mod list;
mod listener;
mod log;
mod plugin;
mod process;
pub mod protocol;
mod provider;
mod resource;
mod tls;
mod values;

use std::{
    convert::Infallible,
    env,
    io::{self, Write},
    sync::Arc,
    time::Duration,
};

use rustls::ServerConfig;
use tokio::{sync::mpsc, time};
use tokio_rustls::TlsAcceptor;
use tokio_stream::wrappers::ReceiverStream;
use tonic::transport::Server;

use self::{
    handshake::Host,
    listener::{Connection, Listener},
    plugin::{Broker, Controller, Health, Stdio},
    process::{Interrupt, Shutdown},
    protocol::{
        health::health_server::HealthServer,
        plugin::{
            grpc_broker_server::GrpcBrokerServer, grpc_controller_server::GrpcControllerServer,
            grpc_stdio_server::GrpcStdioServer,
        },
        tfplugin5::provider_server::ProviderServer,
    },
    provider::Service,
    tls::Identity,
};
use crate::engine::Provider;

pub use tls::TlsError;

/// The largest message in either direction, in bytes. Providers in Go have the same limit.
const LARGEST_MESSAGE: usize = 256 << 20;

/// The timeout of the TLS handshake.
const TLS_HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(10);

/// The pause after a connection could not be accepted.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// The facts about the provider that the server needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// The registry address: `registry.terraform.io/namespace/name`.
    pub address: &'static str,
    /// The local name, as in `TF_LOG_PROVIDER_<NAME>`.
    pub name: &'static str,
    /// `1.2.3`.
    pub version: &'static str,
}

/// Why a process cannot serve.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// There is no host: the user has started the process manually.
    #[error("started by hand")]
    NoHost,
    /// No listening socket could be opened.
    #[error("no socket could be opened")]
    Listen(#[source] io::Error),
    /// The encryption that the host requires could not be set up.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// Signals cannot be handled.
    #[error("signals cannot be listened to")]
    Signals(#[source] io::Error),
    /// The handshake line could not be written.
    #[error("the address could not be written to standard output")]
    Announce(#[source] io::Error),
    /// The server ended without a shutdown.
    #[error("the server ended")]
    Server(#[from] tonic::transport::Error),
}

/// Serves the host that started this process, until it requests the shutdown, exits, or a signal is received.
pub async fn serve(provider: Arc<dyn Provider>, options: Options) -> Result<(), ServeError> {
    let host = Host::from_environment(variable).ok_or(ServeError::NoHost)?;
    let shutdown = begin(&provider, options, Interrupt::Ignored)?;
    process::follow_parent(&shutdown);
    let identity = host.certificate.as_deref().map(Identity::for_client).transpose()?;
    let listener = open(&host, identity.is_some()).map_err(ServeError::Listen)?;
    let certificate = identity.as_ref().map(|identity| identity.certificate.as_ref()).unwrap_or_default();
    announce(&host.line(&listener, certificate))?;
    run(provider, listener, identity.map(|identity| identity.config), shutdown).await
}

/// Serves hosts that use the printed reattach variable, until a signal is received: for debuggers and tests.
pub async fn serve_for_debugging(provider: Arc<dyn Provider>, options: Options) -> Result<(), ServeError> {
    let shutdown = begin(&provider, options, Interrupt::Ends)?;
    let listener = open_unencrypted().map_err(ServeError::Listen)?;
    announce(&handshake::reattach_line(options.address, std::process::id(), &listener))?;
    run(provider, listener, None, shutdown).await
}

fn variable(name: &str) -> Option<String> {
    env::var(name).ok()
}

fn begin(provider: &Arc<dyn Provider>, options: Options, interrupt: Interrupt) -> Result<Shutdown, ServeError> {
    log::start(log::level(options.name, variable));
    guard::install_hook();
    let shutdown = Shutdown::new();
    let stopped = Arc::clone(provider);
    process::handle_signals(interrupt, &shutdown, move || stopped.stop()).map_err(ServeError::Signals)?;
    tracing::info!(version = options.version, "starting the provider");
    Ok(shutdown)
}

#[cfg(unix)]
fn open(host: &Host, encrypted: bool) -> io::Result<Listener> {
    let directories = host.socket_directory.clone().map_or_else(socket_directories, |directory| vec![directory]);
    match Listener::unix(&directories) {
        // Every user of the machine can connect to a port, so without certificates it is not an alternative.
        Err(error) if encrypted => {
            tracing::warn!(%error, "no Unix socket, so the host gets a port");
            Listener::tcp(host.ports.clone())
        }
        result => result,
    }
}

#[cfg(not(unix))]
fn open(host: &Host, _: bool) -> io::Result<Listener> {
    Listener::tcp(host.ports.clone())
}

#[cfg(unix)]
fn open_unencrypted() -> io::Result<Listener> {
    Listener::unix(&socket_directories())
}

#[cfg(not(unix))]
fn open_unencrypted() -> io::Result<Listener> {
    Listener::tcp(0..=0)
}

#[cfg(unix)]
fn socket_directories() -> Vec<std::path::PathBuf> {
    vec![env::temp_dir(), "/tmp".into()]
}

fn announce(line: &str) -> Result<(), ServeError> {
    let mut output = io::stdout().lock();
    output.write_all(line.as_bytes()).and_then(|()| output.flush()).map_err(ServeError::Announce)
}

/// Serves connections until the shutdown, and then waits for running calls within its grace period.
async fn run(
    provider: Arc<dyn Provider>,
    listener: Listener,
    encryption: Option<Arc<ServerConfig>>,
    shutdown: Shutdown,
) -> Result<(), ServeError> {
    let service = ProviderServer::new(Service::new(provider))
        .max_decoding_message_size(LARGEST_MESSAGE)
        .max_encoding_message_size(LARGEST_MESSAGE);
    let (sender, connections) = mpsc::channel(16);
    let server = Server::builder()
        .add_service(service)
        .add_service(GrpcControllerServer::new(Controller(shutdown.clone())))
        .add_service(GrpcStdioServer::new(Stdio(shutdown.clone())))
        .add_service(GrpcBrokerServer::new(Broker(shutdown.clone())))
        .add_service(HealthServer::new(Health))
        .serve_with_incoming_shutdown(ReceiverStream::new(connections), shutdown.started());
    tokio::select! {
        result = server => result?,
        never = accept(&listener, encryption.map(TlsAcceptor::from), sender) => match never {},
        () = shutdown.overdue() => tracing::debug!("ending without waiting for running calls"),
    }
    Ok(())
}

type Connections = mpsc::Sender<io::Result<Connection>>;

/// Accepts connections forever. One that fails or has a slow handshake does not block the others.
async fn accept(listener: &Listener, encryption: Option<TlsAcceptor>, connections: Connections) -> Infallible {
    loop {
        match listener.accept().await {
            Ok(connection) => {
                tokio::spawn(admit(connection, encryption.clone(), connections.clone()));
            }
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                // Most likely out of file descriptors: the next attempt would fail immediately.
                time::sleep(ACCEPT_PAUSE).await;
            }
        }
    }
}

async fn admit(connection: Connection, encryption: Option<TlsAcceptor>, connections: Connections) {
    let admitted = match encryption {
        None => connection,
        Some(acceptor) => match time::timeout(TLS_HANDSHAKE_TIMEOUT, acceptor.accept(connection)).await {
            Ok(Ok(stream)) => Connection::new(stream),
            Ok(Err(error)) => return tracing::warn!(%error, "a client was refused"),
            Err(_) => return tracing::warn!("a TLS handshake timed out"),
        },
    };
    // Fails only if the server has ended, which no longer needs the connection.
    let _ = connections.send(Ok(admitted)).await;
}

#[cfg(test)]
mod tests;
