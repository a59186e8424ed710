//! Why data is not enough: an update of the provisioned product without a version moves the project to the latest one, so
//! the version that it has is sent again.

use async_trait::async_trait;

use crate::{
    definition::names::project as names,
    engine::{CallContext, Failure, Special},
    value::Value,
};

const DETAILS: &str = "ServiceCatalogProvisioningUpdateDetails";
const VERSION: &str = "ProvisioningArtifactId";

pub(super) struct Project;

#[async_trait]
impl Special for Project {
    // API reference, UpdateProject.
    async fn before_update(
        &self,
        _context: CallContext<'_>,
        prior: &Value,
        _planned: &Value,
        input: &mut Value,
    ) -> Result<(), Failure> {
        let current = prior.get(names::SERVICE_CATALOG_PROVISIONING_DETAILS).at(0).get(names::PROVISIONING_ARTIFACT_ID);
        let mut details = input.get(DETAILS).clone();
        if !details.is_null() && details.get(VERSION).is_null() && !current.is_zero() {
            details.insert(VERSION, current.clone());
            input.insert(DETAILS, details);
        }
        Ok(())
    }
}
