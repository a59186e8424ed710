//! Why data is not enough: the service deletes an image with all of its versions, whoever created them. Without
//! `force_destroy`, the provider deletes no image that has some.

use std::time::Duration;

use async_trait::async_trait;

use super::emptying::{Contents, empty, remaining};
use crate::{
    api::ApiError,
    definition::names::image as names,
    diag::Diagnostic,
    engine::{CallContext, Failure, Special},
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
    async fn before_delete(&self, context: CallContext<'_>, state: &Value) -> Result<(), Failure> {
        let image = Value::from([("ImageName", state.get(names::IMAGE_NAME).clone())]);
        if state.get(names::FORCE_DESTROY).as_bool() != Some(true) {
            return match versions(context, &image).await {
                Ok(versions) if versions.is_empty() => Ok(()),
                Ok(versions) => Err(Failure::Refused(Box::new(not_empty(state, &versions)))),
                Err(error) if error.is_not_found() => Ok(()),
                Err(error) => Err(error.into()),
            };
        }
        let pauses = context.pauses_of_delete(state, EMPTY_WITHIN);
        match empty(context, &pauses, &VERSIONS, &image, &image).await {
            // The image no longer exists; the delete call handles that.
            Err(Failure::Call(error)) if error.is_not_found() => Ok(()),
            other => other,
        }
    }
}

/// The versions of an image. The list may lag behind the delete of a version, so each is described.
async fn versions(context: CallContext<'_>, image: &Value) -> Result<Vec<Value>, ApiError> {
    let mut existing = Vec::new();
    for version in remaining(context, &VERSIONS, image).await? {
        let mut input = image.clone();
        input.insert("Version", version.get("Version").clone());
        match context.call("DescribeImageVersion", &input).await {
            Ok(_) => existing.push(version),
            Err(error) if error.is_not_found() => {}
            Err(error) => return Err(error),
        }
    }
    Ok(existing)
}

/// The refusal to delete an image with these versions.
fn not_empty(state: &Value, versions: &[Value]) -> Diagnostic {
    let image = state.get(names::IMAGE_NAME).as_str().unwrap_or_default();
    let numbers: Vec<String> = versions.iter().map(|version| version.get("Version").to_string()).collect();
    Diagnostic::error(
        format!("SageMaker image `{image}` has versions"),
        format!(
            "SageMaker deletes an image with all of its versions, whoever created them. This one has: {}. Nothing was \
             deleted. Delete the versions first, or set `force_destroy = true` on the image, apply that, and then destroy it.",
            numbers.join(", ")
        ),
    )
}
