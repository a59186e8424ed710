//! The calls about data sources.

use super::{calls::Calls, convert::unless_faulty, fault::Fault, protocol::tfplugin5 as proto};

impl Calls {
    pub(super) fn validate_data_source(
        &self,
        request: proto::validate_data_source_config::Request,
    ) -> Result<proto::validate_data_source_config::Response, Fault> {
        let body = self.types.data_source(self.provider.schemas(), &request.type_name)?;
        let config = body.read_object("config", request.config)?;
        Ok(self.provider.validate_data_source(&request.type_name, &config).into())
    }

    pub(super) async fn read_data_source(
        &self,
        request: proto::read_data_source::Request,
    ) -> Result<proto::read_data_source::Response, Fault> {
        let body = self.types.data_source(self.provider.schemas(), &request.type_name)?;
        let config = body.read_object("config", request.config)?;
        let outcome = self.provider.read_data_source(&request.type_name, &config).await;
        let (state, diagnostics) = unless_faulty(body.write(&outcome.state), outcome.diagnostics);
        Ok(proto::read_data_source::Response { state, diagnostics, ..Default::default() })
    }
}
