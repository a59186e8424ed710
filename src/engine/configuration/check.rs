//! Checks of the provider block that make no calls.

use crate::{
    api::MAX_RETRIES,
    definition::duration,
    diag::{self, Diagnostics},
    engine::{
        common::secrecy::hide_secrets,
        configuration::{
            block::ADOPTION,
            settings::{secrets, string},
        },
        convert::tags,
    },
    regions::{Accepted, NoRegion},
    value::{Number, Path, Value},
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
    ("skip_metadata_api_check", &["true", "false"]),
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
    let refusal = |(name, allowed): &(&str, &[&str])| {
        let text = string(config.get(name)).filter(|text| !allowed.contains(&text.as_str()))?;
        let allowed: Vec<String> = allowed.iter().map(|text| format!("`{text}`")).collect();
        Some((Path::attribute(name), format!("The value is {text:?}: it must be {}.", allowed.join(" or "))))
    };
    CHOICES.iter().filter_map(refusal).collect()
}

fn durations(config: &Value) -> Vec<Refusal> {
    let refused = |path: Path, value: &Value, examples: &str| {
        let text = string(value).filter(|text| duration::parse(text).is_none())?;
        Some((path, format!("The value is {text:?}: it must be a duration such as {examples}.")))
    };
    let adoption = refused(Path::attribute(ADOPTION), config.get(ADOPTION), "`30m` or `2h`");
    let roles = ["assume_role", "assume_role_with_web_identity"].into_iter().flat_map(|name| {
        let roles = config.get(name).elements().iter().enumerate();
        roles.filter_map(move |(index, role)| {
            let path = Path::attribute(name).index(index).then("duration");
            refused(path, role.get("duration"), "`15m` or `1h30m`")
        })
    });
    adoption.into_iter().chain(roles).collect()
}

fn retries(config: &Value) -> Vec<Refusal> {
    let count = config.get("max_retries").as_number();
    let refused =
        count.filter(|number| number.as_i64().is_none_or(|number| !(0..=i64::from(MAX_RETRIES)).contains(&number)));
    let refusal = |number: &Number| {
        let reason = format!("The value is {number}: it must be an integer from 0 to {MAX_RETRIES}.");
        (Path::attribute("max_retries"), reason)
    };
    refused.map(refusal).into_iter().collect()
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
