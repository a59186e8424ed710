//! The calls about list resources, the only ones that answer with a stream of objects.

use std::sync::Arc;

use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio_stream::wrappers::ReceiverStream;
use tonic::Status;
use tracing::Instrument;

use super::{
    calls::Calls,
    common::span,
    convert::{message, messages},
    fault::Fault,
    guard::guarded,
    protocol::tfplugin5 as proto,
    values::write_identity,
};
use crate::{
    diag::Diagnostic,
    engine::{ListOptions, Listed},
};

const RPC: &str = "ListResource";

/// Objects that are listed before the host has received them. A host that has enough closes the stream.
const AHEAD: usize = 8;

type Events = Sender<Result<proto::list_resource::Event, Status>>;

impl Calls {
    pub(super) fn validate_list(
        &self,
        request: proto::validate_list_resource_config::Request,
    ) -> Result<proto::validate_list_resource_config::Response, Fault> {
        let body = self.types.list(self.provider.schemas(), &request.type_name)?;
        let config = body.read_object("config", request.config)?;
        Ok(self.provider.validate_list(&request.type_name, &config).into())
    }

    async fn list(&self, request: proto::list_resource::Request, objects: Sender<Listed>) -> Result<(), Fault> {
        let body = self.types.list(self.provider.schemas(), &request.type_name)?;
        let config = body.read_object("config", request.config)?;
        let limit = usize::try_from(request.limit).ok().filter(|limit| *limit > 0).unwrap_or(usize::MAX);
        let options = ListOptions { with_objects: request.include_resource_object, with_import_ids: false, limit };
        self.provider.list(&request.type_name, &config, options, objects).await;
        Ok(())
    }

    fn event(&self, type_name: &str, listed: Listed) -> proto::list_resource::Event {
        let mut event = proto::list_resource::Event {
            display_name: listed.display_name,
            diagnostic: messages(listed.diagnostics),
            ..Default::default()
        };
        match write_identity(self.provider.schemas(), type_name, &listed.identity) {
            Ok(identity) => event.identity = identity,
            Err(fault) => event.diagnostic.push(message(fault.into())),
        }
        if !listed.object.is_null() {
            let body = self.types.resource(self.provider.schemas(), type_name);
            match body.and_then(|body| body.write(&listed.object)) {
                Ok(object) => event.resource_object = Some(object),
                Err(fault) => event.diagnostic.push(message(fault.into())),
            }
        }
        event
    }
}

/// Starts a listing whose objects become the events of the stream.
pub(super) fn list(
    calls: Arc<Calls>,
    request: proto::list_resource::Request,
) -> ReceiverStream<Result<proto::list_resource::Event, Status>> {
    let (events, stream) = channel(AHEAD);
    let span = span(RPC, &request.type_name);
    tokio::spawn(run(calls, request, events).instrument(span));
    ReceiverStream::new(stream)
}

async fn run(calls: Arc<Calls>, request: proto::list_resource::Request, events: Events) {
    let type_name = request.type_name.clone();
    let (objects, listed) = channel(AHEAD);
    let listing = {
        let calls = Arc::clone(&calls);
        guarded(async move { calls.list(request, objects).await })
    };
    let (result, ()) = tokio::join!(listing, forward(&calls, &type_name, listed, &events));
    let fault = match result {
        Ok(Ok(())) => return,
        Ok(Err(fault)) => fault,
        Err(panic) => Fault::Panicked { rpc: RPC, subject: type_name, panic },
    };
    let diagnostic = Diagnostic::from(fault);
    tracing::error!(detail = diagnostic.detail, "{}", diagnostic.summary);
    let event = proto::list_resource::Event { diagnostic: vec![message(diagnostic)], ..Default::default() };
    // Ignored: the host no longer reads.
    let _ = events.send(Ok(event)).await;
}

/// Passes the objects on until there are no more, or the host has closed the stream.
async fn forward(calls: &Calls, type_name: &str, mut listed: Receiver<Listed>, events: &Events) {
    while let Some(object) = listed.recv().await {
        if events.send(Ok(calls.event(type_name, object))).await.is_err() {
            return;
        }
    }
}
