//! Checks of the provider block that make no calls.

use crate::{
    definition::duration,
    diag::{self, Diagnostics},
    engine::{
        common::secrecy::hide_secrets,
        configuration::{block::ADOPTION, settings::secrets},
        convert::tags,
    },
    regions::{Accepted, NoRegion},
    value::{Path, Value},
};

/// The regions that no partition can have. Which of the others are accepted depends on the environment too.
fn refused_regions(config: &Value) -> Vec<(&'static str, NoRegion)> {
    let skip = config.get("skip_region_validation");
    if skip.is_unknown() || skip.as_bool() == Some(true) {
        return Vec::new();
    }
    let written = ["region", "sts_region"].into_iter().filter_map(|name| Some((name, config.get(name).as_str()?)));
    let checked = written.filter(|(_, region)| !region.is_empty());
    checked.filter_map(|(name, region)| Some((name, Accepted::Possible.check(region).err()?))).collect()
}

/// Checks the provider block without any call.
pub(crate) fn validate(config: &Value) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    for (argument, refusal) in refused_regions(config) {
        let path = Path::attribute(argument);
        diagnostics.push(diag::configuration::no_region_of_the_provider(&path, &refusal.to_string()));
    }
    let mut refuse = |path: Path, reason: &str| diagnostics.push(diag::configuration::invalid(&path, reason));
    if config.get("retry_mode").as_str().is_some_and(|mode| !["standard", "adaptive"].contains(&mode)) {
        refuse(Path::attribute("retry_mode"), "Allowed are `standard` and `adaptive`.");
    }
    if config.get(ADOPTION).as_str().is_some_and(|text| duration::parse(text).is_none()) {
        refuse(Path::attribute(ADOPTION), "Must be a duration such as `30m` or `2h`.");
    }
    if config
        .get("max_retries")
        .as_number()
        .is_some_and(|number| number.as_i64().is_none_or(|number| !(0..=1_000).contains(&number)))
    {
        refuse(Path::attribute("max_retries"), "Must be an integer from 0 to 1000.");
    }
    if config.get("ec2_metadata_service_endpoint_mode").as_str().is_some_and(|mode| !["IPv4", "IPv6"].contains(&mode)) {
        refuse(Path::attribute("ec2_metadata_service_endpoint_mode"), "Allowed are `IPv4` and `IPv6`.");
    }
    if config.get("skip_metadata_api_check").as_str().is_some_and(|text| !["true", "false", ""].contains(&text)) {
        refuse(Path::attribute("skip_metadata_api_check"), "Allowed are `true` and `false`.");
    }
    let lists_accounts = |name: &str| config.get(name).is_wholly_known() && !config.get(name).is_zero();
    if lists_accounts("allowed_account_ids") && lists_accounts("forbidden_account_ids") {
        refuse(
            Path::attribute("forbidden_account_ids"),
            "Set either `allowed_account_ids` or `forbidden_account_ids`, not both.",
        );
    }
    let default_tags = Path::attribute("default_tags").index(0).then("tags");
    for (key, value) in config.get("default_tags").at(0).get("tags").as_map().into_iter().flatten() {
        if let Some(problem) = tags::problem(key, value) {
            refuse(default_tags.key(key), &format!("{problem}."));
        }
    }
    for name in ["assume_role", "assume_role_with_web_identity"] {
        for (place, role) in config.get(name).elements().iter().enumerate() {
            if role.get("duration").as_str().is_some_and(|text| duration::parse(text).is_none()) {
                refuse(
                    Path::attribute(name).index(place).then("duration"),
                    "Must be a duration such as `15m` or `1h30m`.",
                );
            }
        }
    }
    hide_secrets(&[], &[config], &secrets(config), diagnostics)
}
