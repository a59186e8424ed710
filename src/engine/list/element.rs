//! What an entry of the service's list says about an object: its address, its name for people, and whether it is one that
//! can be managed.

use crate::{
    definition::{Attribute, AttributeKind, Resource},
    engine::{
        convert::{address, scalar::from_service},
        resource::import,
    },
    value::Value,
};

/// The state that addresses the object of an entry; `None` if the entry does not identify it.
pub(crate) fn located(resource: &Resource, element: &Value, config: &Value, region: &str) -> Option<Value> {
    let names = address::names(resource);
    let (optional, _) = address::parted(resource, &names);
    let mut found = Value::object();
    let mut complete = true;
    for name in &names {
        let value = value(resource, name, element, config);
        complete &= !value.is_null() || optional.len() > 1 && optional.iter().any(|one| one.name == name.name);
        found.insert(name.name, value);
    }
    let arn = arn(resource, element);
    if !complete {
        // Some lists show nothing but the ARN.
        return import::import(resource, arn?, region).ok();
    }
    if let (Some(attribute), Some(arn)) = (resource.arn(), arn) {
        found.insert(attribute.name, arn.into());
    }
    Some(import::located(resource, &found, region))
}

/// The value of a name: from the entry, or else from the argument that selects it.
fn value(resource: &Resource, name: &Attribute, element: &Value, config: &Value) -> Value {
    let Some(member) = name.member() else { return Value::Null };
    let renamed = resource.listing.members.iter().find(|(of_identity, _)| *of_identity == member);
    let shown = element.get(renamed.map_or(member, |(_, shown)| shown));
    match &name.kind {
        AttributeKind::Plain { shape, set } if !shown.is_null() => from_service(shape, *set, shown),
        _ => config.get(name.name).clone(),
    }
}

fn arn<'e>(resource: &Resource, element: &'e Value) -> Option<&'e str> {
    element.get(resource.identity.arn?).as_str()
}

/// False for what is being deleted, and for what the definition excludes.
pub(crate) fn is_manageable(resource: &Resource, element: &Value) -> bool {
    let excluded = resource
        .listing
        .excluded
        .iter()
        .any(|(member, prefix)| element.get(member).as_str().is_some_and(|text| text.starts_with(prefix)));
    !excluded && !is_being_deleted(resource, element)
}

fn is_being_deleted(resource: &Resource, element: &Value) -> bool {
    let fields = [&resource.create_wait, &resource.delete_wait].into_iter().flatten().filter_map(|wait| wait.field);
    let deleting = resource.delete_wait.as_ref().map_or(&[][..], |wait| wait.pending);
    let ended = |state: &str| deleting.contains(&state) || resource.identity.absent_states.contains(&state);
    fields.into_iter().any(|field| element.get(field).as_str().is_some_and(ended))
}

/// A name by which a person recognises the object: its names, or what the service calls it and the generated id.
pub(crate) fn display_name(resource: &'static Resource, state: &Value, element: &Value) -> String {
    let id = address::joined(resource, state);
    let id = id.rsplit(':').next().filter(|_| id.starts_with("arn:")).unwrap_or(&id);
    let generated = !resource.is_named_by_users();
    match name(resource, element).filter(|name| generated && !id.contains(name)) {
        Some(name) => format!("{name} ({id})"),
        None => id.to_owned(),
    }
}

/// The member of an entry that names the object: `Name`, or the name of its kind, such as `DomainName`.
fn name<'e>(resource: &Resource, element: &'e Value) -> Option<&'e str> {
    let kind = resource.operations.create.name.trim_start_matches("Create");
    element.get("Name").as_str().or_else(|| element.get(&format!("{kind}Name")).as_str())
}
