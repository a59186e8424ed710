//! What the service holds, in a form in which two runs can be compared: without times and generated names.

use std::{collections::BTreeMap, sync::LazyLock};

use regex_lite::Regex;

use crate::{simulation::case::NAME, value::Value};

/// Ends of the names of members that differ from run to run: times, who or what has called, and what is generated.
const VARYING: &[&str] =
    &["Time", "Date", "At", "Timestamp", "Token", "ModifiedBy", "CreatedBy", "FileSystemUid", "BaseUrl"];

/// Parts of names that the service generates: seconds since 1970 (its clock starts at 1,800,000,000), and the ids of
/// instances, file systems and reserved capacities.
static GENERATED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"18000\d{5}|-[0-9a-f]{17}\b|\breserved-capacity/[0-9a-z]{12}\b").expect("a pattern that can be read")
});

/// The statuses under which the service shows a deleted object for a while.
const DELETED: &[&str] = &["Deleted", "DeleteCompleted"];

/// Each object with its kind and all that it shows, sorted. Deleted ones do not count.
pub(super) fn shape(objects: &[Value]) -> Vec<String> {
    let generated: BTreeMap<&str, &str> = objects.iter().flat_map(generated).collect();
    let there = objects.iter().filter(|object| !is_deleted(object));
    let mut texts: Vec<String> = there.map(|object| comparable(object, &generated).to_string()).collect();
    texts.sort();
    texts
}

fn is_deleted(object: &Value) -> bool {
    let mut members = object.get("members").as_map().into_iter().flatten();
    members
        .any(|(name, value)| name.ends_with("Status") && value.as_str().is_some_and(|status| DELETED.contains(&status)))
}

/// The names that the service or the provider has generated, with the kind of what they name.
fn generated(object: &Value) -> Vec<(&str, &str)> {
    let [kind, arn, name] = ["kind", "arn", "name"].map(|member| object.get(member).as_str().unwrap_or_default());
    let last = arn.rsplit('/').next().unwrap_or_default();
    let is_generated = |text: &&str| text.len() > 8 && !text.contains(NAME);
    [last, name].into_iter().filter(is_generated).map(|text| (text, kind)).collect()
}

/// The text without what was generated.
fn nameless(text: &str, generated: &BTreeMap<&str, &str>) -> String {
    let text = generated.iter().fold(text.to_owned(), |text, (name, kind)| text.replace(name, &format!("<{kind}>")));
    GENERATED.replace_all(&text, "<id>").into_owned()
}

fn comparable(value: &Value, generated: &BTreeMap<&str, &str>) -> Value {
    match value {
        Value::String(text) => nameless(text, generated).into(),
        Value::List(elements) => Value::List(elements.iter().map(|element| comparable(element, generated)).collect()),
        Value::Map(members) => {
            let same = members.iter().filter(|(name, _)| !VARYING.iter().any(|end| name.ends_with(end)));
            Value::Map(same.map(|(name, value)| (name.clone(), comparable(value, generated))).collect())
        }
        other => other.clone(),
    }
}
