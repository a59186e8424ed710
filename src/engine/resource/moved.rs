//! States of other providers: hashicorp/aws, whose schemas are nearly ours, and hashicorp/awscc, which shows the objects
//! as AWS Cloud Control has them.

use crate::{
    arn::Arn,
    definition::{Attribute, AttributeKind, RESOURCES, Resource, camel_case::joined},
    diag::{self, Diagnostic},
    engine::{
        convert::{address, scalar::from_service},
        resource::import,
    },
    value::Value,
};

/// The other provider of a resource type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    /// The schema is ours but for what a state upgrade converts.
    Aws,
    /// Only the address of the object is taken over; the read that follows shows all else, as after an import.
    Awscc,
}

/// The provider whose resource type can move to this one; `None` if the two have nothing in common.
pub(crate) fn source(resource: &Resource, source_type: &str) -> Option<Source> {
    if resource.moved_from.contains(&source_type) {
        return Some(if source_type.starts_with("awscc_") { Source::Awscc } else { Source::Aws });
    }
    match source_type.split_once('_')? {
        ("aws", type_name) if type_name == resource.type_name => Some(Source::Aws),
        ("awscc", type_name) if type_name == resource.type_name => Some(Source::Awscc),
        _ => None,
    }
}

/// The resource type that takes over a state of another provider's type; `None` if there is none.
pub fn taking_over(source_type: &str) -> Option<&'static str> {
    let found = RESOURCES.iter().find(|resource| source(resource, source_type).is_some());
    found.map(|resource| resource.type_name)
}

/// The state that addresses the object of a state of hashicorp/awscc.
pub(crate) fn of_awscc(resource: &Resource, stored: &Value) -> Result<Value, Diagnostic> {
    let arn = resource.identity.arn.map(|member| member_of(stored, member)).and_then(Value::as_str);
    let id = stored.get("id").as_str().filter(|id| id.starts_with("arn:"));
    let arn = arn.or(stored.get("arn").as_str()).or(id);
    let region = arn.and_then(Arn::region_of).unwrap_or_default();
    let names = address::names(resource);
    let mut found = Value::object();
    for name in &names {
        let value = value(name, stored);
        if !value.is_null() {
            found.insert(name.name, value);
        }
    }
    let (optional, _) = address::parted(resource, &names);
    // One of them has to be there, and the read finds out which.
    let any_optional = optional.iter().any(|name| !found.get(name.name).is_null());
    let is_optional = |name: &&Attribute| any_optional && optional.iter().any(|one| one.name == name.name);
    let missing = names.iter().find(|name| found.get(name.name).is_null() && !is_optional(name));
    let mut state = match (missing, arn) {
        (None, _) => import::located(resource, &found, region),
        (Some(_), Some(arn)) => import::import(resource, arn, region)?,
        (Some(missing), None) => return Err(unidentified(resource, missing)),
    };
    if let (Some(attribute), Some(arn)) = (resource.arn(), arn) {
        state.insert(attribute.name, arn.into());
    }
    let id = address::id(resource, &state, region).filter(|id| !id.is_empty() && state.get("id").is_null());
    if let Some(id) = id {
        state.insert("id", id.into());
    }
    if region.is_empty() {
        // The read sets that of the provider.
        state.insert("region", Value::Null);
    }
    Ok(state)
}

/// The value of a name in the service's form, converted to ours.
fn value(name: &Attribute, stored: &Value) -> Value {
    match (&name.kind, name.member()) {
        (AttributeKind::Plain { shape, set }, Some(member)) => from_service(shape, *set, member_of(stored, member)),
        _ => Value::Null,
    }
}

/// The member of the API in a state of hashicorp/awscc, which has its name in snake case, possibly one level deeper.
fn member_of<'s>(stored: &'s Value, member: &str) -> &'s Value {
    let name = joined(member, "_");
    let inner =
        || stored.as_map().into_iter().flatten().map(|(_, value)| value.get(&name)).find(|value| !value.is_null());
    match stored.get(&name) {
        Value::Null => inner().unwrap_or(&Value::Null),
        value => value,
    }
}

fn unidentified(resource: &Resource, missing: &Attribute) -> Diagnostic {
    diag::identity::unidentified("hashicorp/awscc", resource.noun, missing.name)
}
