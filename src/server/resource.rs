//! The calls about resources.

use super::{
    calls::Calls,
    convert::{message, messages, path, unless_faulty},
    fault::Fault,
    protocol::tfplugin5 as proto,
    values::{read_identity, read_stored_identity, read_stored_state, write_identity},
};
use crate::{engine::ImportTarget, value::Value};

impl Calls {
    pub(super) fn validate_resource(
        &self,
        request: proto::validate_resource_type_config::Request,
    ) -> Result<proto::validate_resource_type_config::Response, Fault> {
        let body = self.types.resource(self.provider.schemas(), &request.type_name)?;
        let config = body.read_object("config", request.config)?;
        let write_only = request.client_capabilities.is_some_and(|host| host.write_only_attributes_allowed);
        Ok(self.provider.validate_resource(&request.type_name, &config, write_only).into())
    }

    pub(super) fn upgrade(
        &self,
        request: proto::upgrade_resource_state::Request,
    ) -> Result<proto::upgrade_resource_state::Response, Fault> {
        let body = self.types.resource(self.provider.schemas(), &request.type_name)?;
        let stored = read_stored_state("raw_state", request.version, request.raw_state)?;
        let outcome = self.provider.upgrade(&request.type_name, stored);
        let (upgraded_state, diagnostics) = unless_faulty(body.write(&outcome.state), outcome.diagnostics);
        Ok(proto::upgrade_resource_state::Response { upgraded_state, diagnostics })
    }

    pub(super) async fn read(
        &self,
        request: proto::read_resource::Request,
    ) -> Result<proto::read_resource::Response, Fault> {
        let body = self.types.resource(self.provider.schemas(), &request.type_name)?;
        let prior = body.read_object("current_state", request.current_state)?;
        let outcome = self.provider.read(&request.type_name, &prior, &request.private).await;
        let (new_state, mut diagnostics) = unless_faulty(body.write(&outcome.state), outcome.diagnostics);
        let new_identity = self.identity(&request.type_name, &outcome.identity, &mut diagnostics);
        Ok(proto::read_resource::Response {
            new_state,
            diagnostics,
            private: outcome.private,
            new_identity,
            ..Default::default()
        })
    }

    pub(super) fn plan(
        &self,
        request: proto::plan_resource_change::Request,
    ) -> Result<proto::plan_resource_change::Response, Fault> {
        let body = self.types.resource(self.provider.schemas(), &request.type_name)?;
        let prior = body.read("prior_state", request.prior_state)?;
        let config = body.read("config", request.config)?;
        let plan = self.provider.plan(&request.type_name, &prior, &config, &request.prior_private);
        let (planned_state, diagnostics) = unless_faulty(body.write(&plan.planned), plan.diagnostics);
        Ok(proto::plan_resource_change::Response {
            planned_state,
            diagnostics,
            requires_replace: plan.requires_replace.iter().map(path).collect(),
            planned_private: plan.private,
            planned_identity: request.prior_identity,
            ..Default::default()
        })
    }

    pub(super) async fn apply(
        &self,
        request: proto::apply_resource_change::Request,
    ) -> Result<proto::apply_resource_change::Response, Fault> {
        let body = self.types.resource(self.provider.schemas(), &request.type_name)?;
        let prior = body.read("prior_state", request.prior_state)?;
        let planned = body.read("planned_state", request.planned_state)?;
        let config = body.read("config", request.config)?;
        let mut outcome =
            self.provider.apply(&request.type_name, &prior, &planned, &config, &request.planned_private).await;
        let new_state = match body.write(&outcome.state) {
            Ok(state) => Some(state),
            Err(fault) => {
                outcome.diagnostics.push(fault.into());
                body.write_what_fits(outcome.state)
            }
        };
        let mut diagnostics = messages(outcome.diagnostics);
        let new_identity = self.identity(&request.type_name, &outcome.identity, &mut diagnostics);
        Ok(proto::apply_resource_change::Response {
            new_state,
            private: outcome.private,
            diagnostics,
            new_identity,
            ..Default::default()
        })
    }

    pub(super) async fn import(
        &self,
        request: proto::import_resource_state::Request,
    ) -> Result<proto::import_resource_state::Response, Fault> {
        let type_name = request.type_name;
        let body = self.types.resource(self.provider.schemas(), &type_name)?;
        let identity = read_identity(self.provider.schemas(), &type_name, request.identity)?;
        let target = if identity.is_null() { ImportTarget::Id(&request.id) } else { ImportTarget::Identity(&identity) };
        let outcome = self.provider.import(&type_name, target).await;
        let (state, mut diagnostics) = unless_faulty(body.write(&outcome.state), outcome.diagnostics);
        let identity = self.identity(&type_name, &outcome.identity, &mut diagnostics);
        let imported = |state| proto::import_resource_state::ImportedResource {
            type_name,
            state: Some(state),
            private: outcome.private,
            identity,
        };
        let imported_resources = state.map(imported).into_iter().collect();
        Ok(proto::import_resource_state::Response { imported_resources, diagnostics, ..Default::default() })
    }

    pub(super) fn move_state(
        &self,
        request: proto::move_resource_state::Request,
    ) -> Result<proto::move_resource_state::Response, Fault> {
        let body = self.types.resource(self.provider.schemas(), &request.target_type_name)?;
        let source = read_stored_state("source_state", request.source_schema_version, request.source_state)?;
        let outcome = self.provider.move_state(&request.source_type_name, source, &request.target_type_name);
        let (target_state, mut diagnostics) = unless_faulty(body.write(&outcome.state), outcome.diagnostics);
        let target_identity = self.identity(&request.target_type_name, &outcome.identity, &mut diagnostics);
        Ok(proto::move_resource_state::Response {
            target_state,
            diagnostics,
            target_private: outcome.private,
            target_identity,
        })
    }

    pub(super) fn generate_config(
        &self,
        request: proto::generate_resource_config::Request,
    ) -> Result<proto::generate_resource_config::Response, Fault> {
        let body = self.types.resource(self.provider.schemas(), &request.type_name)?;
        let state = body.read("state", request.state)?;
        // Terraform also requests the configuration of an object that it could not read.
        if state.is_null() {
            return Ok(proto::generate_resource_config::Response {
                config: Some(body.write(&state)?),
                ..Default::default()
            });
        }
        let outcome = self.provider.generate_config(&request.type_name, &state);
        let (config, diagnostics) = unless_faulty(body.write(&outcome.state), outcome.diagnostics);
        Ok(proto::generate_resource_config::Response { config, diagnostics })
    }

    pub(super) fn upgrade_identity(
        &self,
        request: proto::upgrade_resource_identity::Request,
    ) -> Result<proto::upgrade_resource_identity::Response, Fault> {
        let schemas = self.provider.schemas();
        let identity = read_stored_identity(schemas, &request.type_name, request.raw_identity)?;
        let upgraded_identity = write_identity(schemas, &request.type_name, &identity)?;
        Ok(proto::upgrade_resource_identity::Response { upgraded_identity, diagnostics: Vec::new() })
    }

    /// The identity as a message. A fault becomes a diagnostic, since the state that belongs to it must not be lost.
    fn identity(
        &self,
        type_name: &str,
        identity: &Value,
        diagnostics: &mut Vec<proto::Diagnostic>,
    ) -> Option<proto::ResourceIdentityData> {
        write_identity(self.provider.schemas(), type_name, identity).unwrap_or_else(|fault| {
            diagnostics.push(message(fault.into()));
            None
        })
    }
}
