//! Why data is not enough: the versions of an image prevent its delete.

use std::time::Duration;

use async_trait::async_trait;

use super::emptying::{Contents, empty};
use crate::{
    definition::names::image as names,
    engine::{Failure, Site, Special},
    value::Value,
};

/// The timeout of the image itself.
const EMPTY_WITHIN: Duration = Duration::from_secs(10 * 60);

const VERSIONS: Contents = Contents {
    list: "ListImageVersions",
    found: "ImageVersions",
    status: "ImageVersionStatus",
    delete: "DeleteImageVersion",
    address: &["ImageName", "Version"],
};

pub(super) struct Image;

#[async_trait]
impl Special for Image {
    async fn before_delete(&self, site: Site<'_>, state: &Value) -> Result<(), Failure> {
        if state.get(names::FORCE_DESTROY).as_bool() != Some(true) {
            return Ok(());
        }
        let image = Value::from([("ImageName", state.get(names::IMAGE_NAME).clone())]);
        let pauses = site.pauses_of_delete(state, EMPTY_WITHIN);
        match empty(site, &pauses, &VERSIONS, &image, &image).await {
            // The image no longer exists; the delete call handles that.
            Err(Failure::Call(error)) if error.code == "ResourceNotFound" => Ok(()),
            other => other,
        }
    }
}
