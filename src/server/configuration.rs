//! The calls about the provider block.

use super::{calls::Calls, convert::messages, fault::Fault, protocol::tfplugin5 as proto};

impl Calls {
    pub(super) async fn configure(
        &self,
        request: proto::configure::Request,
    ) -> Result<proto::configure::Response, Fault> {
        let config = self.types.provider(self.provider.schemas()).read_object("config", request.config)?;
        Ok(self.provider.configure(&config, &request.terraform_version).await.into())
    }

    pub(super) fn prepare_provider_config(
        &self,
        request: proto::prepare_provider_config::Request,
    ) -> Result<proto::prepare_provider_config::Response, Fault> {
        let prepared_config = request.config.clone();
        let config = self.types.provider(self.provider.schemas()).read_object("config", request.config)?;
        let diagnostics = messages(self.provider.validate_provider(&config));
        Ok(proto::prepare_provider_config::Response { prepared_config, diagnostics })
    }
}
