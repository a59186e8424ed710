//! The service as a value: what `command` and the demo serve.

use std::{convert::Infallible, path::Path, sync::Arc};

use tokio::net::TcpListener;

use super::{
    http::server, json, moment::Moment, options::Options, outcome::Outcome, state::State, storage::data::DataError,
};

/// The service and its state.
pub struct Service(Arc<State>);

impl Service {
    /// A service in memory only.
    pub fn new(options: Options) -> Self {
        Self(Arc::new(state(options)))
    }

    /// Continues from the file, which need not exist yet. No reply is sent before the changes that it shows are in the
    /// file.
    pub fn with_data(options: Options, file: &Path) -> Result<Self, DataError> {
        Ok(Self(Arc::new(state(options).with_data(file)?)))
    }

    /// Waits until changes can no longer be persisted; forever, if nothing is persisted.
    pub(super) async fn lost(&self) -> Arc<DataError> {
        self.0.lost().await
    }

    /// Serves connections forever.
    pub async fn serve(&self, listener: TcpListener) -> Infallible {
        server::serve(listener, Arc::clone(&self.0)).await
    }

    /// Executes one operation; `input` is JSON. The error is the code and message of the service.
    pub fn call(&self, region: &str, operation: &str, input: &str) -> Result<(), String> {
        let input = json::read(input.as_bytes()).map_err(|error| error.to_string())?;
        match self.0.handle(region, operation, input, Outcome::Success) {
            Ok(_) => Ok(()),
            Err(error) => Err(format!("{}: {}", error.code, error.message)),
        }
    }
}

fn state(options: Options) -> State {
    State::new(options, Arc::new(Moment::now))
}
