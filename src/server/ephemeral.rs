//! The calls about ephemeral resources.

use super::{calls::Calls, convert::unless_faulty, fault::Fault, protocol::tfplugin5 as proto};

impl Calls {
    pub(super) fn validate_ephemeral(
        &self,
        request: proto::validate_ephemeral_resource_config::Request,
    ) -> Result<proto::validate_ephemeral_resource_config::Response, Fault> {
        let body = self.types.ephemeral(self.provider.schemas(), &request.type_name)?;
        let config = body.read_object("config", request.config)?;
        Ok(self.provider.validate_ephemeral(&request.type_name, &config).into())
    }

    pub(super) async fn open_ephemeral(
        &self,
        request: proto::open_ephemeral_resource::Request,
    ) -> Result<proto::open_ephemeral_resource::Response, Fault> {
        let body = self.types.ephemeral(self.provider.schemas(), &request.type_name)?;
        let config = body.read_object("config", request.config)?;
        let outcome = self.provider.open_ephemeral(&request.type_name, &config).await;
        let (result, diagnostics) = unless_faulty(body.write(&outcome.state), outcome.diagnostics);
        Ok(proto::open_ephemeral_resource::Response { result, diagnostics, ..Default::default() })
    }

    /// Never called by a host, since no renewal is requested.
    pub(super) fn renew_ephemeral(
        &self,
        request: &proto::renew_ephemeral_resource::Request,
    ) -> Result<proto::renew_ephemeral_resource::Response, Fault> {
        self.types.ephemeral(self.provider.schemas(), &request.type_name)?;
        Ok(proto::renew_ephemeral_resource::Response::default())
    }

    /// Nothing is left to close.
    pub(super) fn close_ephemeral(
        &self,
        request: &proto::close_ephemeral_resource::Request,
    ) -> Result<proto::close_ephemeral_resource::Response, Fault> {
        self.types.ephemeral(self.provider.schemas(), &request.type_name)?;
        Ok(proto::close_ephemeral_resource::Response::default())
    }
}
