//! The function of prebuilt images, and the path of such an image.

use super::texts::{FunctionError, consists_of, parameter, refuse, text};
use crate::{
    definition::{REGISTRIES, Registry, dns_suffix, registry},
    schema::{Function, Type},
    text::{list, nearest},
    value::Value,
};

/// The whole path of an image, as a model or a job takes it.
pub(crate) fn path(account: &str, region: &str, suffix: &str, repository: &str, tag: &str) -> String {
    format!("{account}.dkr.ecr.{region}.{suffix}/{repository}:{tag}")
}

pub(super) fn schema() -> Function {
    Function {
        summary: "Returns the URI of an image that AWS prebuilds.",
        description: "Returns the URI of an image that AWS prebuilds, whose account differs by region and by repository. It \
                      looks it up in the same table as the data source `sagemaker_prebuilt_ecr_image`, but needs no \
                      provider block. Whether the image has the tag is known to its registry alone.",
        parameters: vec![
            parameter("repository", Type::String, "The repository of the image, such as `sagemaker-xgboost`."),
            parameter("tag", Type::String, "The tag of the image, such as `1.7-1`."),
            parameter("region", Type::String, "The region in which the image is used."),
        ],
        variadic: None,
        returns: Type::String,
    }
}

pub(super) fn uri(arguments: &[Value]) -> Result<Value, FunctionError> {
    let (repository, tag, region) = (text(arguments, 0), text(arguments, 1), text(arguments, 2));
    let Some(registry) = registry(repository) else { return refuse(0, unknown(repository)) };
    if !is_tag(tag) {
        let text = "is not a tag: up to 128 letters, digits and `_.-`, the first one a letter, a digit or `_`.";
        return refuse(1, format!("{tag:?} {text} Pass a tag of `{repository}`."));
    }
    match registry.account(region) {
        Some(account) => Ok(path(account, region, dns_suffix(region), repository, tag).into()),
        None => refuse(2, elsewhere(registry, repository, region)),
    }
}

/// As the registry demands it.
fn is_tag(tag: &str) -> bool {
    consists_of(tag, "-_.") && !tag.starts_with(['-', '.']) && tag.len() <= 128
}

fn unknown(repository: &str) -> String {
    let known: Vec<&str> = REGISTRIES.iter().flat_map(|registry| registry.repositories).copied().collect();
    let near = list(nearest(known.iter().copied(), repository));
    format!(
        "This version of the provider does not know a prebuilt image {repository:?}. The nearest are {near}. Write the \
         image of another repository as its whole path, without this function."
    )
}

fn elsewhere(registry: &Registry, repository: &str, region: &str) -> String {
    let regions: Vec<&str> = registry.accounts.iter().map(|(region, _)| *region).collect();
    format!("The image `{repository}` is not known to be in {region:?}. Pass one of {}.", list(&regions))
}
