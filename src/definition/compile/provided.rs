//! The provider-defined arguments and attributes.

use super::{
    files::{ResourceFile, Switch},
    model::Model,
    written::{leak, leak_all},
};
use crate::{
    definition::{
        action::Completion,
        attribute::{Attribute, AttributeKind, Change, Clearing, Equality, Literal, Origin},
        duration,
        rule::{Check, Rule},
        shape::{BOOLEAN, COUNT, NOTHING, Operation, STRING, Shape},
    },
    schema::usage::{Nesting, Usage},
    text::enumerated,
};

/// The argument for the prefix of a generated name.
const NAME_PREFIX: &str = "name_prefix";

/// The attributes of a resource that the API does not have.
pub(super) fn attributes(model: &Model, file: &ResourceFile) -> Vec<Attribute> {
    let mut attributes = vec![id(file), region(), deletion_protection()];
    attributes.extend(tags(model, file));
    attributes.extend(wait_for_completion(file));
    attributes.extend(timeouts(file));
    attributes.extend(name_prefix(file));
    attributes.extend(switches(file));
    attributes
}

/// The attributes of a query that the API does not have.
pub(super) fn query_attributes(operation: &Operation) -> Vec<Attribute> {
    let region = region_of_call();
    let bound = "Maximum number of results. All results if unset.";
    let max_results = plain("max_results", bound, Origin::MaxResults, &COUNT);
    let bounded = operation.input.member("MaxResults").is_some();
    [Some(region), bounded.then_some(max_results)].into_iter().flatten().collect()
}

/// The region in which a call is sent.
pub(super) fn region_of_call() -> Attribute {
    Attribute { description: "Region of the call. The provider's region if unset.", ..region() }
}

/// The attributes of an action that the API does not have.
pub(super) fn action_attributes(completion: Option<&Completion>) -> Vec<Attribute> {
    let region = Attribute { usage: Usage::Optional, ..region_of_call() };
    let Some(Completion { wait, by_default, each, .. }) = completion else { return vec![region] };
    let subject = if each.is_empty() { "the status" } else { "the status of each affected object" };
    let until = match wait.done {
        [] => "the affected objects are deleted".to_owned(),
        [one] => format!("{subject} is `{one}`"),
        several => format!("{subject} is one of `{}`", several.join("`, `")),
    };
    let waits = format!("Whether to wait until {until}. Default: `{by_default}`.");
    let wait_for = plain("wait", leak(waits), Origin::Switch, &BOOLEAN);
    let timeout =
        format!("Timeout of the wait, such as `90s` or `1h30m`. Default: `{}`.", duration::text(wait.timeout));
    vec![region, wait_for, plain("timeout", leak(timeout), Origin::Timeout, &STRING)]
}

/// Descriptions list only enumerations with at most this many values.
const MOST_VALUES: usize = 20;

/// Appends the values of enumerations to the descriptions of a query's arguments, unless they are listed already.
pub(super) fn list_values(model: &Model, attributes: Vec<Attribute>) -> Vec<Attribute> {
    attributes
        .into_iter()
        .map(|attribute| if attribute.on_create { with_values(model, attribute) } else { attribute })
        .collect()
}

fn with_values(model: &Model, mut attribute: Attribute) -> Attribute {
    match &mut attribute.kind {
        AttributeKind::Block { attributes, .. } => *attributes = leak_all(list_values(model, attributes.to_vec())),
        AttributeKind::Plain { shape, .. } => {
            let values = model.innermost(shape).values();
            let listed = values.iter().all(|value| attribute.description.contains(&format!("`{value}`")));
            if !listed && values.len() <= MOST_VALUES {
                attribute.description = leak(format!("{} One of {}.", attribute.description, enumerated(values, "or")));
            }
        }
        AttributeKind::Objects { .. } => {}
    }
    attribute
}

/// Makes a name that the provider can generate optional.
pub(super) fn make_name_optional(file: &ResourceFile, attributes: &mut [Attribute]) {
    let Some(naming) = &file.identity.naming else { return };
    let origin = Origin::Member(naming.member);
    for name in attributes.iter_mut().filter(|attribute| attribute.origin == origin) {
        name.usage = Usage::OptionalComputed;
        name.change = Change::Replace;
    }
}

/// The rules of the file, and the rule that a name and its prefix exclude each other.
pub(super) fn rules(file: &ResourceFile, attributes: &[Attribute]) -> Vec<Rule> {
    let naming = file.identity.naming.as_ref().filter(|naming| naming.name_prefix);
    let name = naming.and_then(|naming| {
        let origin = Origin::Member(naming.member);
        attributes.iter().find(|attribute| attribute.origin == origin)
    });
    let exclusive = name.map(|name| Rule {
        check: Check::AtMostOne,
        within: None,
        names: leak_all(vec![name.name, NAME_PREFIX]),
        when: None,
        // An import sets both if the name looks generated.
        on_create: true,
    });
    file.rules.iter().copied().chain(exclusive).collect()
}

fn id(file: &ResourceFile) -> Attribute {
    let identity = &file.identity;
    let names = identity.members.join("` and `");
    let description = match identity.members.len() {
        0 => "ID of the object: the name of its region. Also the import ID.".to_owned(),
        1 => format!("ID of the object: `{names}` of the API. Also the import ID."),
        _ => format!("ID of the object: `{names}` of the API, joined by `{}`. Also the import ID.", identity.separator),
    };
    let description = match identity.id {
        Some(id) => format!(
            "ID of the object: `{id}` of the API. An import takes it, or `{names}`, joined by `{}`.",
            identity.separator
        ),
        None => description,
    };
    Attribute { usage: Usage::Computed, change: Change::Stable, ..plain("id", leak(description), Origin::Id, &STRING) }
}

fn region() -> Attribute {
    let description = "Region of the object. The provider's region if unset; another region forces replacement.";
    Attribute {
        usage: Usage::OptionalComputed,
        change: Change::Replace,
        ..plain("region", description, Origin::Region, &STRING)
    }
}

fn deletion_protection() -> Attribute {
    let description = "Whether plans that would destroy or replace the object are refused. To lift the protection, set this \
                       to `false` and apply. If unset, `deletion_protection` of the provider block applies.";
    plain("deletion_protection", description, Origin::DeletionProtection, &BOOLEAN)
}

fn tags(model: &Model, file: &ResourceFile) -> Vec<Attribute> {
    let (Some(tags), Some(tag_map)) = (&file.tags, model.tag_map) else { return Vec::new() };
    let own = "Tags of the object. They take precedence over default tags of the provider with the same key.";
    let all = "All tags of the object, including the default tags of the provider.";
    vec![
        Attribute {
            change: if tags.replace { Change::Replace } else { Change::InPlace },
            ..plain("tags", own, Origin::Tags, tag_map)
        },
        Attribute {
            usage: Usage::Computed,
            change: Change::Volatile,
            ..plain("tags_all", all, Origin::TagsAll, tag_map)
        },
    ]
}

fn wait_for_completion(file: &ResourceFile) -> Option<Attribute> {
    file.waits.completion.as_ref()?;
    let description = format!(
        "Whether an apply waits until the {} has ended, and fails if it has failed. Otherwise it is left running.",
        file.noun
    );
    Some(Attribute {
        usage: Usage::OptionalComputed,
        default: Some(Literal::Bool(false)),
        ..plain("wait_for_completion", leak(description), Origin::WaitForCompletion, &BOOLEAN)
    })
}

fn timeouts(file: &ResourceFile) -> Option<Attribute> {
    let waits = &file.waits;
    let settable = [
        ("create", waits.create.is_some() || waits.completion.is_some()),
        ("delete", waits.delete.is_some() || waits.stop.is_some()),
        ("update", waits.update.is_some()),
    ];
    let attributes: Vec<Attribute> =
        settable.into_iter().filter(|(_, waits)| *waits).map(|(operation, _)| timeout(operation)).collect();
    if attributes.is_empty() {
        return None;
    }
    let block = plain("timeouts", "Timeouts of the operations that wait.", Origin::Timeouts, &NOTHING);
    let kind = AttributeKind::Block {
        shape: &NOTHING,
        nesting: Nesting::Single,
        single: false,
        min_items: 0,
        max_items: 0,
        attributes: leak_all(attributes),
    };
    Some(Attribute { kind, ..block })
}

fn timeout(operation: &'static str) -> Attribute {
    let description = format!("Timeout of the {operation} operation, such as `90s`, `30m` or `1h30m`.");
    plain(operation, leak(description), Origin::Timeouts, &STRING)
}

fn name_prefix(file: &ResourceFile) -> Option<Attribute> {
    let naming = file.identity.naming.as_ref().filter(|naming| naming.name_prefix)?;
    let description = format!(
        "Prefix of the unique name that the provider generates. `{}` if neither this nor a name is set.",
        naming.prefix
    );
    Some(Attribute {
        usage: Usage::OptionalComputed,
        change: Change::Replace,
        ..plain(NAME_PREFIX, leak(description), Origin::NamePrefix, &STRING)
    })
}

fn switches(file: &ResourceFile) -> Vec<Attribute> {
    let switch = |(name, switch): (&String, &Switch)| Attribute {
        usage: if switch.default.is_some() { Usage::OptionalComputed } else { Usage::Optional },
        default: switch.default.map(Literal::Bool),
        ..plain(leak(name), switch.description, Origin::Switch, &BOOLEAN)
    };
    file.switches.iter().map(switch).collect()
}

/// An optional argument that the API does not have and that changes nothing about the object.
pub(super) fn plain(name: &'static str, description: &'static str, origin: Origin, shape: &'static Shape) -> Attribute {
    Attribute {
        name,
        description,
        origin,
        in_update: None,
        in_read: None,
        only: None,
        kind: AttributeKind::Plain { shape, set: false },
        usage: Usage::Optional,
        sensitive: false,
        concealed: false,
        deprecated: None,
        on_create: false,
        on_update: false,
        on_delete: false,
        observed: false,
        change: Change::SendOnly,
        default: None,
        equality: Equality::Exact,
        closed: false,
        key: None,
        clearing: Clearing::Omit,
        additions: None,
        in_place_only: None,
        generated: false,
        filled_in: false,
    }
}
