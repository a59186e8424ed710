//! The subcommand `local`: reads its options, listens, and serves until a signal.

use std::{
    io::{self, Write as _},
    net::SocketAddr,
    sync::Arc,
};

use tokio::net::TcpListener;

use super::{
    authorization::{Policy, PolicyError},
    options::{Arguments, Options, SUBCOMMAND},
    service::Service,
    storage::data::DataError,
};
use crate::arguments::{Request, UsageError};

/// Why `local` did not start, or ended without a signal.
#[derive(Debug, thiserror::Error)]
pub enum LocalError {
    /// The arguments are invalid.
    #[error(transparent)]
    Usage(#[from] UsageError),
    /// The socket cannot be bound.
    #[error("cannot listen on {address}")]
    Listen {
        /// The requested address.
        address: SocketAddr,
        /// Why not.
        source: io::Error,
    },
    /// The data file cannot be used.
    #[error(transparent)]
    Data(#[from] DataError),
    /// The policy cannot be used.
    #[error(transparent)]
    Policy(#[from] PolicyError),
    /// Changes could not be written to the data file.
    #[error("ended, since changes cannot be kept any more")]
    Lost(#[source] Arc<DataError>),
    /// The address could not be printed.
    #[error("cannot write to the standard output")]
    Output(#[source] io::Error),
    /// Signal handlers cannot be installed.
    #[error("cannot watch for signals")]
    Signals(#[source] io::Error),
}

/// Runs the subcommand with its arguments, until SIGINT or SIGTERM.
///
/// The first line on the standard output is `listening on http://ADDRESS`.
pub async fn run(arguments: impl Iterator<Item = String>) -> Result<(), LocalError> {
    let Arguments { listen: address, options, data, policy } = match SUBCOMMAND.parse(arguments)? {
        Request::Help => return print(SUBCOMMAND.help.trim_end()),
        Request::Run(arguments) => arguments,
    };
    let options = Options { policy: policy.map(|file| Policy::open(&file)).transpose()?, ..options };
    let service = match data {
        Some(file) => Service::with_data(options, &file)?,
        None => Service::new(options),
    };
    let cannot_listen = |source| LocalError::Listen { address, source };
    let listener = TcpListener::bind(address).await.map_err(cannot_listen)?;
    let address = listener.local_addr().map_err(cannot_listen)?;
    // Signals are handled before the line is printed, so that its reader may send one.
    let shutdown = signals().map_err(LocalError::Signals)?;
    print(&format!("listening on http://{address}"))?;
    tokio::select! {
        never = service.serve(listener) => match never {},
        error = service.lost() => Err(LocalError::Lost(error)),
        () = shutdown => Ok(()),
    }
}

fn print(text: &str) -> Result<(), LocalError> {
    let mut output = io::stdout().lock();
    writeln!(output, "{text}").and_then(|()| output.flush()).map_err(LocalError::Output)
}

/// Completes at the first SIGINT or SIGTERM.
#[cfg(unix)]
fn signals() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn signals() -> io::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
    })
}
