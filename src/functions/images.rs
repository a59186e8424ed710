//! The function of prebuilt images, and the path of such an image.

use super::texts::{FunctionError, consists_of, listed, parameter, refuse, text};
use crate::{
    definition::{REGISTRIES, dns_suffix, registry},
    schema::{Function, Type},
    value::Value,
};

/// The whole path of an image, as a model or a job takes it.
pub(crate) fn path(account: &str, region: &str, suffix: &str, repository: &str, tag: &str) -> String {
    format!("{account}.dkr.ecr.{region}.{suffix}/{repository}:{tag}")
}

pub(super) fn schema() -> Function {
    Function {
        summary: "Returns the path of an image that AWS prebuilds.",
        description: "Returns the path of an image that AWS prebuilds, like the data source \
                      `sagemaker_prebuilt_ecr_image`. Only the registry knows whether the image has the tag.",
        parameters: vec![
            parameter("repository", Type::String, "The repository, such as `sagemaker-xgboost`."),
            parameter("tag", Type::String, "The tag, such as `1.7-1`."),
            parameter("region", Type::String, "The region that uses the image."),
        ],
        variadic: None,
        returns: Type::String,
    }
}

pub(super) fn uri(arguments: &[Value]) -> Result<Value, FunctionError> {
    let (repository, tag, region) = (text(arguments, 0), text(arguments, 1), text(arguments, 2));
    let Some(registry) = registry(repository) else {
        let known = REGISTRIES.iter().flat_map(|registry| registry.repositories).copied();
        return refuse(0, format!("{repository:?} is no known repository. Known are {}.", listed(known)));
    };
    if !consists_of(tag, "-_.") {
        return refuse(1, format!("{tag:?} is no tag: letters, digits, hyphens, underscores and periods."));
    }
    match registry.account(region) {
        Some(account) => Ok(path(account, region, dns_suffix(region), repository, tag).into()),
        None => {
            let regions = registry.accounts.iter().map(|(region, _)| *region);
            refuse(2, format!("`{repository}` is not known to be in {region:?}, but in {}.", listed(regions)))
        }
    }
}
