//! The gRPC service: passes each call of a host to the method of [`Calls`] that converts it into a call of the provider.
//!
//! Every failure is a diagnostic. A gRPC status would lose the state of the resource, so none is ever sent.

use std::sync::Arc;

use tokio_stream::wrappers::ReceiverStream;
use tonic::{Request, Response, Status};
use tracing::Instrument;

use super::{
    action,
    calls::Calls,
    common::{Subject, span},
    convert::{self, messages},
    fault::{APPLY, Fault},
    guard::guarded,
    list,
    protocol::tfplugin5::{self as proto, provider_server},
};
use crate::{
    diag::{Diagnostic, Diagnostics},
    engine::Provider,
};

/// The service `tfplugin5.Provider` over a provider.
#[derive(Clone)]
pub(super) struct Service(Arc<Calls>);

type Answer<T> = Result<Response<T>, Status>;

impl Service {
    pub(super) fn new(provider: Arc<dyn Provider>) -> Self {
        Self(Arc::new(Calls::new(provider)))
    }

    /// Answers a call whose failures are reported by diagnostics alone.
    async fn answer<Q, R, W>(
        &self,
        rpc: &'static str,
        request: Request<Q>,
        work: impl FnOnce(Arc<Calls>, Q) -> W,
    ) -> Answer<R>
    where
        Q: Subject,
        R: From<Diagnostics> + Send + 'static,
        W: Future<Output = Result<R, Fault>> + Send + 'static,
    {
        self.answer_or(rpc, request, work, |_, diagnostics| R::from(diagnostics)).await
    }

    /// Answers a call; by `otherwise` in case of a fault. Its first argument: whether the provider panicked.
    async fn answer_or<Q, R, W>(
        &self,
        rpc: &'static str,
        request: Request<Q>,
        work: impl FnOnce(Arc<Calls>, Q) -> W,
        otherwise: impl FnOnce(bool, Diagnostics) -> R,
    ) -> Answer<R>
    where
        Q: Subject,
        R: Send + 'static,
        W: Future<Output = Result<R, Fault>> + Send + 'static,
    {
        let request = request.into_inner();
        let subject = request.subject().to_owned();
        let span = span(rpc, &subject);
        let work = work(Arc::clone(&self.0), request);
        let answer = async {
            tracing::debug!("received a call");
            let result = match guarded(work).await {
                Ok(result) => result,
                Err(panic) => Err(Fault::Panicked { rpc, subject, panic }),
            };
            let answer = result.unwrap_or_else(|fault| {
                let panicked = matches!(fault, Fault::Panicked { .. });
                let diagnostic = Diagnostic::from(fault);
                tracing::error!(detail = diagnostic.detail, "{}", diagnostic.summary);
                otherwise(panicked, diagnostic.into())
            });
            tracing::debug!("answered the call");
            answer
        };
        Ok(Response::new(answer.instrument(span).await))
    }
}

#[tonic::async_trait]
impl provider_server::Provider for Service {
    async fn get_metadata(
        &self,
        request: Request<proto::get_metadata::Request>,
    ) -> Answer<proto::get_metadata::Response> {
        self.answer("GetMetadata", request, async |calls, _| Ok(convert::metadata(calls.provider.schemas()))).await
    }

    async fn get_schema(
        &self,
        request: Request<proto::get_provider_schema::Request>,
    ) -> Answer<proto::get_provider_schema::Response> {
        self.answer("GetSchema", request, async |calls, _| Ok(convert::schemas(calls.provider.schemas()))).await
    }

    async fn get_resource_identity_schemas(
        &self,
        request: Request<proto::get_resource_identity_schemas::Request>,
    ) -> Answer<proto::get_resource_identity_schemas::Response> {
        let identities = async |calls: Arc<Calls>, _| Ok(convert::identities(calls.provider.schemas()));
        self.answer("GetResourceIdentitySchemas", request, identities).await
    }

    async fn prepare_provider_config(
        &self,
        request: Request<proto::prepare_provider_config::Request>,
    ) -> Answer<proto::prepare_provider_config::Response> {
        self.answer("PrepareProviderConfig", request, async |calls, request| calls.prepare_provider_config(request))
            .await
    }

    async fn configure(&self, request: Request<proto::configure::Request>) -> Answer<proto::configure::Response> {
        self.answer("Configure", request, async |calls, request| calls.configure(request).await).await
    }

    async fn stop(&self, request: Request<proto::stop::Request>) -> Answer<proto::stop::Response> {
        let stop = async |calls: Arc<Calls>, _| {
            calls.provider.stop();
            Ok(proto::stop::Response::default())
        };
        let failed = |_, diagnostics: Diagnostics| proto::stop::Response {
            error: diagnostics.iter().map(|diagnostic| diagnostic.detail.as_str()).collect(),
        };
        self.answer_or("Stop", request, stop, failed).await
    }

    async fn validate_resource_type_config(
        &self,
        request: Request<proto::validate_resource_type_config::Request>,
    ) -> Answer<proto::validate_resource_type_config::Response> {
        self.answer("ValidateResourceTypeConfig", request, async |calls, request| calls.validate_resource(request))
            .await
    }

    async fn upgrade_resource_state(
        &self,
        request: Request<proto::upgrade_resource_state::Request>,
    ) -> Answer<proto::upgrade_resource_state::Response> {
        self.answer("UpgradeResourceState", request, async |calls, request| calls.upgrade(request)).await
    }

    async fn upgrade_resource_identity(
        &self,
        request: Request<proto::upgrade_resource_identity::Request>,
    ) -> Answer<proto::upgrade_resource_identity::Response> {
        self.answer("UpgradeResourceIdentity", request, async |calls, request| calls.upgrade_identity(request)).await
    }

    async fn read_resource(
        &self,
        request: Request<proto::read_resource::Request>,
    ) -> Answer<proto::read_resource::Response> {
        self.answer("ReadResource", request, async |calls, request| calls.read(request).await).await
    }

    async fn plan_resource_change(
        &self,
        request: Request<proto::plan_resource_change::Request>,
    ) -> Answer<proto::plan_resource_change::Response> {
        self.answer("PlanResourceChange", request, async |calls, request| calls.plan(request)).await
    }

    async fn apply_resource_change(
        &self,
        request: Request<proto::apply_resource_change::Request>,
    ) -> Answer<proto::apply_resource_change::Response> {
        let known = request.get_ref();
        // The state to return after a fault: null for a create, and then the host saves nothing.
        let (new_state, private) = (known.prior_state.clone(), known.planned_private.clone());
        let failed = |panicked, diagnostics| proto::apply_resource_change::Response {
            new_state,
            // None at all shows the next plan that the apply broke off.
            private: if panicked { Vec::new() } else { private },
            diagnostics: messages(diagnostics),
            ..Default::default()
        };
        let apply = async |calls: Arc<Calls>, request| calls.apply(request).await;
        self.answer_or(APPLY, request, apply, failed).await
    }

    async fn import_resource_state(
        &self,
        request: Request<proto::import_resource_state::Request>,
    ) -> Answer<proto::import_resource_state::Response> {
        self.answer("ImportResourceState", request, async |calls, request| calls.import(request).await).await
    }

    async fn move_resource_state(
        &self,
        request: Request<proto::move_resource_state::Request>,
    ) -> Answer<proto::move_resource_state::Response> {
        self.answer("MoveResourceState", request, async |calls, request| calls.move_state(request)).await
    }

    async fn generate_resource_config(
        &self,
        request: Request<proto::generate_resource_config::Request>,
    ) -> Answer<proto::generate_resource_config::Response> {
        self.answer("GenerateResourceConfig", request, async |calls, request| calls.generate_config(request)).await
    }

    async fn validate_data_source_config(
        &self,
        request: Request<proto::validate_data_source_config::Request>,
    ) -> Answer<proto::validate_data_source_config::Response> {
        self.answer("ValidateDataSourceConfig", request, async |calls, request| calls.validate_data_source(request))
            .await
    }

    async fn read_data_source(
        &self,
        request: Request<proto::read_data_source::Request>,
    ) -> Answer<proto::read_data_source::Response> {
        self.answer("ReadDataSource", request, async |calls, request| calls.read_data_source(request).await).await
    }

    async fn validate_ephemeral_resource_config(
        &self,
        request: Request<proto::validate_ephemeral_resource_config::Request>,
    ) -> Answer<proto::validate_ephemeral_resource_config::Response> {
        let validate = async |calls: Arc<Calls>, request| calls.validate_ephemeral(request);
        self.answer("ValidateEphemeralResourceConfig", request, validate).await
    }

    async fn open_ephemeral_resource(
        &self,
        request: Request<proto::open_ephemeral_resource::Request>,
    ) -> Answer<proto::open_ephemeral_resource::Response> {
        let open = async |calls: Arc<Calls>, request| calls.open_ephemeral(request).await;
        self.answer("OpenEphemeralResource", request, open).await
    }

    async fn renew_ephemeral_resource(
        &self,
        request: Request<proto::renew_ephemeral_resource::Request>,
    ) -> Answer<proto::renew_ephemeral_resource::Response> {
        self.answer("RenewEphemeralResource", request, async |calls, request| calls.renew_ephemeral(&request)).await
    }

    async fn close_ephemeral_resource(
        &self,
        request: Request<proto::close_ephemeral_resource::Request>,
    ) -> Answer<proto::close_ephemeral_resource::Response> {
        self.answer("CloseEphemeralResource", request, async |calls, request| calls.close_ephemeral(&request)).await
    }

    async fn validate_list_resource_config(
        &self,
        request: Request<proto::validate_list_resource_config::Request>,
    ) -> Answer<proto::validate_list_resource_config::Response> {
        self.answer("ValidateListResourceConfig", request, async |calls, request| calls.validate_list(request)).await
    }

    type ListResourceStream = ReceiverStream<Result<proto::list_resource::Event, Status>>;

    async fn list_resource(&self, request: Request<proto::list_resource::Request>) -> Answer<Self::ListResourceStream> {
        Ok(Response::new(list::list(Arc::clone(&self.0), request.into_inner())))
    }

    async fn get_functions(
        &self,
        request: Request<proto::get_functions::Request>,
    ) -> Answer<proto::get_functions::Response> {
        self.answer("GetFunctions", request, async |calls, _| Ok(calls.functions())).await
    }

    async fn call_function(
        &self,
        request: Request<proto::call_function::Request>,
    ) -> Answer<proto::call_function::Response> {
        self.answer("CallFunction", request, async |calls, request| calls.call_function(request)).await
    }

    async fn validate_action_config(
        &self,
        request: Request<proto::validate_action_config::Request>,
    ) -> Answer<proto::validate_action_config::Response> {
        self.answer("ValidateActionConfig", request, async |calls, request| calls.validate_action(request)).await
    }

    async fn plan_action(&self, request: Request<proto::plan_action::Request>) -> Answer<proto::plan_action::Response> {
        self.answer("PlanAction", request, async |calls, request| calls.plan_action(request)).await
    }

    type InvokeActionStream = ReceiverStream<Result<proto::invoke_action::Event, Status>>;

    async fn invoke_action(&self, request: Request<proto::invoke_action::Request>) -> Answer<Self::InvokeActionStream> {
        Ok(Response::new(action::invoke(Arc::clone(&self.0), request.into_inner())))
    }
}
