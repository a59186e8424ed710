//! Tags: how inputs give them, and how replies show them.

use std::collections::BTreeMap;

use crate::{local::error::ServiceError, value::Value};

/// Tags by key.
pub(in crate::local) type Tags = BTreeMap<String, String>;

/// The `Tags` of an input.
pub(in crate::local) fn of_input(input: &Value) -> Result<Tags, ServiceError> {
    let mut tags = Tags::new();
    for tag in input.get("Tags").elements() {
        let text = |member| tag.get(member).as_str().unwrap_or_default().to_owned();
        let key = text("Key");
        if key.to_lowercase().starts_with("aws:") {
            // The wording that AWS services share.
            return Err(ServiceError::validation("aws: prefixed tag key names are not allowed for external use."));
        }
        if tags.insert(key.clone(), text("Value")).is_some() {
            // "Tag keys must be unique per resource" (API reference, Tag); the wording is assumed.
            return Err(ServiceError::validation(format!("Duplicate tag key found: {key}")));
        }
    }
    Ok(tags)
}

/// Tags as a list of structures.
pub(in crate::local) fn write<'a>(tags: impl Iterator<Item = (&'a String, &'a String)>) -> Value {
    let tag = |(key, value): (&String, &String)| {
        Value::from([("Key", key.as_str().into()), ("Value", value.as_str().into())])
    };
    Value::List(tags.map(tag).collect())
}
