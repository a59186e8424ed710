//! The data source of prebuilt images: a table lookup. No calls are made; only the registry knows whether an image has
//! a tag.

use crate::{
    definition::{REGISTRIES, Registry, dns_suffix, registry},
    diag::{self, Diagnostic, Diagnostics},
    functions::images::path,
    schema::{Attribute, Block, Schema, Type, Usage},
    value::Value,
};

/// The type of the data source, as hashicorp/aws names it.
pub(crate) const TYPE_NAME: &str = "sagemaker_prebuilt_ecr_image";

/// The default tag, as in hashicorp/aws.
const DEFAULT_TAG: &str = "1";

/// Arguments and attributes as in hashicorp/aws.
pub(crate) fn schema() -> Schema {
    let attributes = [
        ("dns_suffix", Usage::Optional, "DNS suffix of the registry. Derived from the region if unset."),
        ("id", Usage::Computed, "ID of the account that hosts the image, the same as `registry_id`."),
        ("image_tag", Usage::OptionalComputed, "Tag of the image. `1` if unset."),
        ("region", Usage::OptionalComputed, "Region of the registry. The provider's region if unset."),
        ("registry_id", Usage::Computed, "ID of the account that hosts the image."),
        ("registry_path", Usage::Computed, "Full path of the image, for a model or a job."),
        ("repository_name", Usage::Required, "Repository of the image, such as `sagemaker-xgboost`."),
    ];
    let attribute = |(name, usage, description)| Attribute {
        name,
        r#type: Type::String,
        description,
        usage,
        sensitive: false,
        write_only: false,
        deprecated: None,
    };
    let description = "Reads the registry path of an image that AWS provides. The account of the registry depends on the region and the repository.";
    let block = Block { description, attributes: attributes.into_iter().map(attribute).collect(), ..Block::default() };
    Schema { version: 0, block }
}

/// Checks that the repository is known.
pub(crate) fn check(config: &Value) -> Diagnostics {
    match config.get("repository_name").as_str() {
        Some(repository) => hosting(repository).map_or_else(Diagnostics::from, |_| Diagnostics::new()),
        None => Diagnostics::new(),
    }
}

/// The image in the region of the configuration, else in that of the provider, for which credentials are needed.
pub(crate) fn read(
    config: &Value,
    region_of_provider: impl FnOnce() -> Result<String, Diagnostic>,
) -> Result<Value, Diagnostic> {
    let text = |name: &str| config.get(name).as_str().filter(|text| !text.is_empty());
    let repository = text("repository_name").unwrap_or_default();
    let region = text("region").map_or_else(region_of_provider, |region| Ok(region.to_owned()))?;
    let region = region.as_str();
    let hosting = hosting(repository)?;
    let account = hosting.account(region).ok_or_else(|| missing_image(hosting, repository, region))?;
    let tag = text("image_tag").unwrap_or(DEFAULT_TAG);
    let suffix = text("dns_suffix").unwrap_or_else(|| dns_suffix(region));
    Ok(Value::from([
        ("dns_suffix", config.get("dns_suffix").clone()),
        ("id", account.into()),
        ("image_tag", tag.into()),
        ("region", region.into()),
        ("registry_id", account.into()),
        ("registry_path", path(account, region, suffix, repository, tag).into()),
        ("repository_name", repository.into()),
    ]))
}

fn hosting(repository: &str) -> Result<&'static Registry, Diagnostic> {
    registry(repository).ok_or_else(|| {
        let known: Vec<&str> = REGISTRIES.iter().flat_map(|registry| registry.repositories).copied().collect();
        diag::lookup::unknown_repository(repository, &known)
    })
}

fn missing_image(registry: &Registry, repository: &str, region: &str) -> Diagnostic {
    let regions: Vec<&str> = registry.accounts.iter().map(|(region, _)| *region).collect();
    diag::lookup::no_prebuilt_image(repository, region, &regions)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(arguments: &[(&str, &str)], expected: Expect) {
        let mut config = Value::object();
        for (name, value) in arguments {
            config.insert(*name, (*value).into());
        }
        expected.assert_eq(&match read(&config, || Ok("eu-west-1".to_owned())) {
            Ok(found) => found.get("registry_path").as_str().unwrap_or_default().to_owned(),
            Err(diagnostic) => format!("{}: {}", diagnostic.summary, diagnostic.detail),
        });
    }

    #[test]
    fn the_path_contains_account_region_repository_and_tag() {
        check(&[("repository_name", "kmeans")], expect!["438346466558.dkr.ecr.eu-west-1.amazonaws.com/kmeans:1"]);
        check(
            &[("repository_name", "kmeans"), ("region", "cn-north-1"), ("image_tag", "2")],
            expect!["390948362332.dkr.ecr.cn-north-1.amazonaws.com.cn/kmeans:2"],
        );
        check(
            &[("repository_name", "kmeans"), ("dns_suffix", "example.com"), ("region", "")],
            expect!["438346466558.dkr.ecr.eu-west-1.example.com/kmeans:1"],
        );
    }

    #[test]
    fn unknown_repositories_and_regions_are_refused_with_the_known_ones() {
        check(
            &[("repository_name", "kmean")],
            expect![
                "Unknown repository of prebuilt images: This version of the provider knows of no prebuilt image `kmean`. Nearest are `kmeans`, `knn`, `lda`. An image of another repository can be written as its whole path."
            ],
        );
        check(
            &[("repository_name", "kmeans"), ("region", "mars-1")],
            expect![
                "No prebuilt image `kmeans` in mars-1: It is known to be in `af-south-1`, `ap-east-1`, `ap-northeast-1`, `ap-northeast-2`, `ap-northeast-3`, `ap-south-1`, `ap-south-2`, `ap-southeast-1`, `ap-southeast-2`, `ap-southeast-3`, `ap-southeast-4`, `ca-central-1`, `ca-west-1`, `cn-north-1`, `cn-northwest-1`, `eu-central-1`, `eu-central-2`, `eu-north-1`, `eu-south-1`, `eu-south-2`, `eu-west-1`, `eu-west-2`, `eu-west-3`, `il-central-1`, `me-central-1`, `me-south-1`, `sa-east-1`, `us-east-1`, `us-east-2`, `us-gov-east-1`, `us-gov-west-1`, `us-iso-east-1`, `us-isob-east-1`, `us-isof-east-1`, `us-isof-south-1`, `us-west-1`, `us-west-2`. Choose one of these as the `region`."
            ],
        );
    }
}
