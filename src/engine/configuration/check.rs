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

/// Arguments that take one of a few texts, and those texts.
const CHOICES: &[(&str, &[&str])] = &[
    ("retry_mode", &["standard", "adaptive"]),
    ("ec2_metadata_service_endpoint_mode", &["IPv4", "IPv6"]),
    // As in hashicorp/aws, an empty text is unset.
    ("skip_metadata_api_check", &["true", "false", ""]),
];

/// A path of the provider block, and why its value is refused.
type Refusal = (Path, String);

/// Checks the provider block without any call.
pub(crate) fn validate(config: &Value) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    for (argument, refusal) in refused_regions(config) {
        let path = Path::attribute(argument);
        diagnostics.push(diag::configuration::no_region_of_the_provider(&path, &refusal.to_string()));
    }
    let checks = [choices, durations, retries, accounts, default_tags];
    let refusals = checks.into_iter().flat_map(|check| check(config));
    diagnostics.extend(refusals.map(|(path, reason)| diag::configuration::invalid(&path, &reason)));
    hide_secrets(&[], &[config], &secrets(config), diagnostics)
}

fn choices(config: &Value) -> Vec<Refusal> {
    let refused =
        CHOICES.iter().filter(|(name, allowed)| config.get(name).as_str().is_some_and(|text| !allowed.contains(&text)));
    let refusal = |(name, allowed): &(&str, &[&str])| {
        let allowed: Vec<String> =
            allowed.iter().filter(|text| !text.is_empty()).map(|text| format!("`{text}`")).collect();
        (Path::attribute(name), format!("Allowed are {}.", allowed.join(" and ")))
    };
    refused.map(refusal).collect()
}

fn durations(config: &Value) -> Vec<Refusal> {
    let refused = |value: &Value| value.as_str().is_some_and(|text| duration::parse(text).is_none());
    let adoption = Some(ADOPTION).filter(|name| refused(config.get(name)));
    let adoption = adoption.map(|name| (Path::attribute(name), "Must be a duration such as `30m` or `2h`.".to_owned()));
    let roles = ["assume_role", "assume_role_with_web_identity"].into_iter().flat_map(|name| {
        let roles = config.get(name).elements().iter().enumerate();
        let refused = roles.filter(|(_, role)| refused(role.get("duration")));
        refused.map(move |(index, _)| {
            let path = Path::attribute(name).index(index).then("duration");
            (path, "Must be a duration such as `15m` or `1h30m`.".to_owned())
        })
    });
    adoption.into_iter().chain(roles).collect()
}

fn retries(config: &Value) -> Vec<Refusal> {
    let count = config.get("max_retries").as_number();
    let refused = count.filter(|number| number.as_i64().is_none_or(|number| !(0..=1_000).contains(&number)));
    refused
        .map(|_| (Path::attribute("max_retries"), "Must be an integer from 0 to 1000.".to_owned()))
        .into_iter()
        .collect()
}

fn accounts(config: &Value) -> Vec<Refusal> {
    const LISTS: [&str; 2] = ["allowed_account_ids", "forbidden_account_ids"];
    let holds_null = |name: &&str| config.get(name).elements().iter().any(Value::is_null);
    let null = LISTS.into_iter().filter(holds_null).map(|name| {
        // Left out, it would allow every account.
        (Path::attribute(name), "null is no account ID; leave it out of the list.".to_owned())
    });
    let is_given = |name: &str| config.get(name).is_wholly_known() && !config.get(name).is_zero();
    let both = LISTS.into_iter().all(is_given).then(|| {
        let reason = "Set either `allowed_account_ids` or `forbidden_account_ids`, not both.".to_owned();
        (Path::attribute("forbidden_account_ids"), reason)
    });
    null.chain(both).collect()
}

fn default_tags(config: &Value) -> Vec<Refusal> {
    let path = Path::attribute("default_tags").index(0).then("tags");
    let tags = config.get("default_tags").at(0).get("tags").as_map();
    let problems = tags.into_iter().flatten().filter_map(|(key, value)| Some((key, tags::problem(key, value)?)));
    problems.map(|(key, problem)| (path.key(key), format!("{problem}."))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn null_in_a_list_of_accounts_is_refused() {
        for name in ["allowed_account_ids", "forbidden_account_ids"] {
            let refused = |elements: Vec<Value>| {
                let diagnostics = validate(&Value::from([(name, Value::List(elements))]));
                diagnostics.iter().map(|one| format!("{}: {}", one.path, one.detail)).collect::<Vec<_>>()
            };
            assert_eq!(refused(vec!["111122223333".into()]), Vec::<String>::new());
            assert_eq!(refused(vec!["111122223333".into(), Value::unknown()]), Vec::<String>::new());
            let [only] = &refused(vec!["111122223333".into(), Value::Null])[..] else { panic!("one error") };
            assert!(only.contains(name) && only.contains("null is no account ID"), "{only}");
        }
    }
}
