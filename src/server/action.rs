//! The calls about actions, whose invocation answers with a stream of progress messages.

use std::sync::Arc;

use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio_stream::wrappers::ReceiverStream;
use tonic::Status;
use tracing::Instrument;

use super::{
    calls::Calls,
    common::span,
    convert::messages,
    fault::{Fault, INVOKE},
    guard::guarded,
    protocol::tfplugin5::{
        self as proto,
        invoke_action::{Event, event},
    },
};
use crate::diag::{Diagnostic, Diagnostics, Severity};

/// Messages that wait for a slow host.
const AHEAD: usize = 8;

type Events = Sender<Result<Event, Status>>;

impl Calls {
    pub(super) fn validate_action(
        &self,
        request: proto::validate_action_config::Request,
    ) -> Result<proto::validate_action_config::Response, Fault> {
        let body = self.types.action(self.provider.schemas(), &request.action_type)?;
        let config = body.read_object("config", request.config)?;
        Ok(self.provider.validate_action(&request.action_type, &config).into())
    }

    pub(super) fn plan_action(
        &self,
        request: proto::plan_action::Request,
    ) -> Result<proto::plan_action::Response, Fault> {
        let body = self.types.action(self.provider.schemas(), &request.action_type)?;
        let config = body.read_object("config", request.config)?;
        Ok(self.provider.validate_action(&request.action_type, &config).into())
    }

    async fn invoke(
        &self,
        request: proto::invoke_action::Request,
        progress: Sender<String>,
    ) -> Result<Diagnostics, Fault> {
        let body = self.types.action(self.provider.schemas(), &request.action_type)?;
        let config = body.read_object("config", request.config)?;
        Ok(self.provider.invoke_action(&request.action_type, &config, progress).await)
    }
}

/// Starts an invocation, whose progress and result become the events of the stream. It continues without the host: what
/// the service has begun is not undone by a lost connection.
pub(super) fn invoke(
    calls: Arc<Calls>,
    request: proto::invoke_action::Request,
) -> ReceiverStream<Result<Event, Status>> {
    let (events, stream) = channel(AHEAD);
    let span = span(INVOKE, &request.action_type);
    tokio::spawn(run(calls, request, events).instrument(span));
    ReceiverStream::new(stream)
}

async fn run(calls: Arc<Calls>, request: proto::invoke_action::Request, events: Events) {
    let subject = request.action_type.clone();
    let (progress, messages_of_progress) = channel(AHEAD);
    let invocation = guarded(async move { calls.invoke(request, progress).await });
    let (result, ()) = tokio::join!(invocation, forward(messages_of_progress, &events));
    let diagnostics = match result {
        Ok(Ok(diagnostics)) => diagnostics,
        Ok(Err(fault)) => fault.into(),
        Err(panic) => Fault::Panicked { rpc: INVOKE, subject, panic }.into(),
    };
    for Diagnostic { severity, summary, detail, .. } in diagnostics.iter() {
        match severity {
            Severity::Error => tracing::error!(detail, "{summary}"),
            Severity::Warning => tracing::warn!(detail, "{summary}"),
        }
    }
    let completed = event::Completed { diagnostics: messages(diagnostics) };
    // Ignored: the host no longer reads.
    let _ = events.send(Ok(Event { r#type: Some(event::Type::Completed(completed)) })).await;
}

async fn forward(mut progress: Receiver<String>, events: &Events) {
    while let Some(message) = progress.recv().await {
        let event = Event { r#type: Some(event::Type::Progress(event::Progress { message })) };
        // Ignored: the host no longer reads.
        let _ = events.send(Ok(event)).await;
    }
}
