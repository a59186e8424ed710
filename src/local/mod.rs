//! The local SageMaker: the control-plane API on loopback, from the facts of the service model.
//!
//! It has to be right about the real service even where the provider would like it otherwise, so this room knows the
//! service's own facts and nothing of Terraform, of resource definitions or of the engine. It is not AWS: nothing runs,
//! nothing is stored on disk, and any credentials will do. `docs/local.md` says what is modelled and what is not.
//!
//! From the outside in: `http` reads requests, `validate` checks them against the model, `state` hands them to what
//! `things` says about each operation, `call` has the ordinary ways of doing it, `store` remembers.

mod admin;
#[cfg(test)]
mod bench;
mod call;
mod error;
#[cfg(test)]
mod everything;
mod faults;
mod http;
mod json;
mod list;
mod moment;
mod options;
mod place;
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
    sync::Arc,
};

use tokio::net::TcpListener;

pub use self::options::{Options, UsageError};
use self::{call::Outcome, moment::Moment, options::Wish, state::State};

/// Why `local` did not start, or ended by itself.
#[derive(Debug, thiserror::Error)]
pub enum LocalError {
    #[error("{0}\n\n{usage}", usage = options::USAGE)]
    Usage(UsageError),
    #[error("cannot listen")]
    Listen(#[source] io::Error),
    #[error("cannot write to the standard output")]
    Output(#[source] io::Error),
    #[error("cannot watch for signals")]
    Signals(#[source] io::Error),
}

/// Runs the subcommand with the arguments after its name, until a signal to interrupt or to terminate.
///
/// The first line on the standard output is `listening on http://ADDRESS`.
pub async fn run(arguments: impl Iterator<Item = String>) -> Result<(), LocalError> {
    let (address, options) = match options::read(arguments).map_err(LocalError::Usage)? {
        Wish::Help => return say(options::USAGE.trim_end()),
        Wish::Serve(address, options) => (address, options),
    };
    let listener = TcpListener::bind(address).await.map_err(LocalError::Listen)?;
    let address = listener.local_addr().map_err(LocalError::Listen)?;
    let service = Service::new(options);
    say(&format!("listening on http://{address}"))?;
    tokio::select! {
        never = service.serve(listener) => match never {},
        ended = told_to_end() => ended.map_err(LocalError::Signals),
    }
}

/// The service and all that it remembers.
pub struct Service(Arc<State>);

impl Service {
    pub fn new(options: Options) -> Self {
        Self(Arc::new(State::new(options.account, options.latency, Arc::new(Moment::of_the_machine))))
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

fn say(text: &str) -> Result<(), LocalError> {
    let mut output = io::stdout().lock();
    writeln!(output, "{text}").and_then(|()| output.flush()).map_err(LocalError::Output)
}

#[cfg(unix)]
async fn told_to_end() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
    Ok(())
}

#[cfg(not(unix))]
async fn told_to_end() -> io::Result<()> {
    tokio::signal::ctrl_c().await
}
