//! The local SageMaker: the control-plane API on loopback, from the facts of the service model.
//!
//! It has to be right about the real service even where the provider would like it otherwise, so this room knows the
//! service's own facts and nothing of Terraform, of resource definitions or of the engine. It is not AWS: nothing runs,
//! and any credentials will do. `docs/local.md` says what is modelled and what is not.
//!
//! From the outside in: `http` reads requests, `validate` checks them against the model, `state` hands them to what
//! `things` says about each operation, `conditions` what it refuses, `call` has the ordinary ways of doing it, `store`
//! remembers. What is to be kept
//! goes through `record` and `journal` into the file of `data`.

mod admin;
#[cfg(test)]
mod bench;
mod call;
mod conditions;
mod data;
mod error;
#[cfg(test)]
mod everything;
mod faults;
mod http;
#[cfg(test)]
pub(crate) mod in_process;
mod journal;
mod json;
mod list;
mod moment;
mod options;
mod origin;
mod place;
mod rate;
mod record;
mod signature;
mod state;
mod store;
mod sts;
mod tags;
mod thing;
mod things;
mod validate;

use std::{
    convert::Infallible,
    io::{self, Write as _},
    net::SocketAddr,
    path::Path,
    sync::Arc,
};

use tokio::net::TcpListener;

use self::{call::Outcome, moment::Moment, options::Wish, state::State};
pub use self::{
    conditions::{CONDITIONS, Check, Condition, ONLY_AWS, Test},
    data::DataError,
    options::{Options, UsageError},
};

/// Why `local` did not start, or ended by itself.
#[derive(Debug, thiserror::Error)]
pub enum LocalError {
    #[error("{0}\n\n{usage}", usage = options::USAGE)]
    Usage(UsageError),
    #[error("cannot listen on {address}")]
    Listen { address: SocketAddr, source: io::Error },
    #[error(transparent)]
    Data(#[from] DataError),
    #[error("ended, since changes cannot be kept any more")]
    Lost(#[source] Arc<DataError>),
    #[error("cannot write to the standard output")]
    Output(#[source] io::Error),
    #[error("cannot watch for signals")]
    Signals(#[source] io::Error),
}

/// Runs the subcommand with the arguments after its name, until a signal to interrupt or to terminate.
///
/// The first line on the standard output is `listening on http://ADDRESS`.
pub async fn run(arguments: impl Iterator<Item = String>) -> Result<(), LocalError> {
    let (address, options, data) = match options::read(arguments).map_err(LocalError::Usage)? {
        Wish::Help => return say(options::USAGE.trim_end()),
        Wish::Serve { listen, options, data } => (listen, options, data),
    };
    let service = match data {
        Some(file) => Service::with_data(options, &file)?,
        None => Service::new(options),
    };
    let cannot_listen = |source| LocalError::Listen { address, source };
    let listener = TcpListener::bind(address).await.map_err(cannot_listen)?;
    let address = listener.local_addr().map_err(cannot_listen)?;
    // From here on signals are heeded, so that whoever has read the line may send one.
    let told_to_end = signals().map_err(LocalError::Signals)?;
    say(&format!("listening on http://{address}"))?;
    tokio::select! {
        never = service.serve(listener) => match never {},
        error = service.0.lost() => Err(LocalError::Lost(error)),
        () = told_to_end => Ok(()),
    }
}

/// The service and all that it remembers.
pub struct Service(Arc<State>);

impl Service {
    /// Forgets everything when it ends.
    pub fn new(options: Options) -> Self {
        Self(Arc::new(state(options)))
    }

    /// Goes on from what the file holds, which need not exist yet. No reply is sent before what it tells is kept there.
    pub fn with_data(options: Options, file: &Path) -> Result<Self, DataError> {
        Ok(Self(Arc::new(state(options).with_data(file)?)))
    }

    /// Answers connections for ever.
    pub async fn serve(&self, listener: TcpListener) -> Infallible {
        http::serve(listener, Arc::clone(&self.0)).await
    }

    /// Carries out one operation; `input` is JSON. The error is code and message of the service.
    pub fn call(&self, region: &str, operation: &str, input: &str) -> Result<(), String> {
        let input = json::read(input.as_bytes()).map_err(|error| error.to_string())?;
        match self.0.handle(region, operation, input, Outcome::Success) {
            Ok(_) => Ok(()),
            Err(error) => Err(format!("{}: {}", error.code, error.message)),
        }
    }
}

fn state(options: Options) -> State {
    State::new(options, Arc::new(Moment::of_the_machine))
}

fn say(text: &str) -> Result<(), LocalError> {
    let mut output = io::stdout().lock();
    writeln!(output, "{text}").and_then(|()| output.flush()).map_err(LocalError::Output)
}

/// Waits until the process is told to end.
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
