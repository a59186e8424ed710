//! The things that can be created, one file each, and what every operation does.

mod ai;
pub(super) mod algorithm;
pub(super) mod auto_ml_job;
mod cards;
mod clusters;
mod edge;
pub(super) mod endpoint;
pub(super) mod endpoint_config;
pub(super) mod feature_group;
pub(super) mod hubs;
mod images;
mod inference;
mod jobs;
mod lineage;
mod mlflow;
pub(super) mod model;
pub(super) mod model_package;
pub(super) mod model_package_group;
mod monitoring;
mod notebooks;
mod people;
mod pipelines;
mod plans;
mod policy;
mod projects;
mod search;
mod studio;

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    sync::LazyLock,
};

use super::{
    call::{Call, if_settled},
    error::ServiceError,
    thing::{Action, NEWEST_FIRST, Parent, Thing, as_given, as_told, nothing_to_add},
};
use crate::{
    definition::service::{self, Operation, Shape, ShapeKind},
    value::{Map, Value},
};

/// All of them.
static THINGS: &[&[&Thing]] = &[
    &[
        &algorithm::THING,
        &auto_ml_job::THING,
        &endpoint::THING,
        &endpoint_config::THING,
        &feature_group::THING,
        &model::THING,
        &model_package::THING,
        &model_package_group::THING,
    ],
    ai::THINGS,
    cards::THINGS,
    clusters::THINGS,
    edge::THINGS,
    hubs::THINGS,
    images::THINGS,
    inference::THINGS,
    jobs::THINGS,
    lineage::THINGS,
    mlflow::THINGS,
    monitoring::THINGS,
    notebooks::THINGS,
    people::THINGS,
    pipelines::THINGS,
    plans::THINGS,
    projects::THINGS,
    studio::THINGS,
];

/// Takes the call, gives the reply.
pub(super) type Handle = fn(&mut Call<'_>) -> Result<Value, ServiceError>;

/// What operations do that belong to no thing.
type Operations = &'static [(&'static str, Handle)];

/// The operations that belong to no thing, but for those on tags.
pub(super) static OTHERS: &[Operations] = &[lineage::OPERATIONS, search::OPERATIONS];

/// What operations with these beginnings do, unless the thing says otherwise.
static ORDINARY_ACTIONS: &[(&str, Action)] = &[
    ("Create", Action::Create(as_given)),
    ("Describe", Action::Describe(nothing_to_add)),
    ("Update", Action::Amend(as_told)),
    ("Delete", Action::Delete(if_settled)),
    ("Stop", Action::Stop),
    ("List", Action::List(NEWEST_FIRST)),
];

static OPERATIONS: LazyLock<HashMap<&'static str, (&'static Thing, &'static Action)>> = LazyLock::new(|| {
    let ordinary = all().flat_map(|thing| {
        let actions = ORDINARY_ACTIONS.iter();
        actions.filter_map(move |(verb, action)| Some((ordinary(verb, thing.noun)?.name, (thing, action))))
    });
    let special = all().flat_map(|thing| thing.operations.iter().map(move |(name, action)| (*name, (thing, action))));
    // Special ones take the place of ordinary ones.
    ordinary.chain(special).collect()
});

static CHILDREN: LazyLock<HashMap<&'static str, Vec<(&'static Thing, &'static Parent)>>> = LazyLock::new(|| {
    let mut children: HashMap<&str, Vec<_>> = HashMap::new();
    for thing in all() {
        for parent in thing.parents.iter().filter(|parent| parent.held) {
            children.entry(parent.thing.kind).or_default().push((thing, parent));
        }
    }
    children
});

/// Every kind of thing.
pub(super) fn all() -> impl Iterator<Item = &'static Thing> {
    THINGS.iter().copied().flatten().copied()
}

/// The kind of that name.
pub(super) fn of_kind(kind: &str) -> Option<&'static Thing> {
    all().find(|thing| thing.kind == kind)
}

/// The kinds whose ARNs begin so.
pub(super) fn of_arn_kind(kind: &str) -> impl Iterator<Item = &'static Thing> {
    all().filter(move |thing| thing.arn_kind() == kind)
}

/// What the operation does, and to which kind of thing.
pub(super) fn of_operation(operation: &str) -> Option<(&'static Thing, &'static Action)> {
    OPERATIONS.get(operation).copied()
}

/// Every operation with the kind of thing that it is about.
#[cfg(test)]
pub(super) fn operations() -> impl Iterator<Item = (&'static str, (&'static Thing, &'static Action))> {
    OPERATIONS.iter().map(|(name, found)| (*name, *found))
}

/// The kinds that can hold such a thing, so that it cannot be deleted.
pub(super) fn children(thing: &Thing) -> impl Iterator<Item = (&'static Thing, &'static Parent)> {
    CHILDREN.get(thing.kind).into_iter().flatten().copied()
}

/// The operation of the model that does this to that.
fn ordinary(verb: &str, noun: &str) -> Option<&'static Operation> {
    if verb != "List" {
        return service::operation(&format!("{verb}{noun}"));
    }
    let plural = noun.strip_suffix('y').map(|stem| format!("List{stem}ies"));
    service::operation(&format!("List{noun}s")).or_else(|| service::operation(&plural?))
}

/// What describing such a thing shows.
#[cfg(test)]
pub(super) fn describing(thing: &Thing) -> &'static Shape {
    let operations = thing.operations.iter().filter(|(_, action)| matches!(action, Action::Describe(_)));
    let special = operations.map(|(name, _)| *name).next().and_then(service::operation);
    let output = special.or_else(|| ordinary("Describe", thing.noun)).map_or(&service::NOTHING, |one| one.output);
    output.member(thing.wrapper).map_or(output, |member| member.shape)
}

/// Letters that look like chance, but are the same whenever the seed is the same.
pub(super) fn letters(seed: &str, alphabet: &str, length: usize) -> String {
    let alphabet = alphabet.as_bytes();
    let letter = |position: usize| {
        let mut hasher = DefaultHasher::new();
        (position, seed).hash(&mut hasher);
        let place = hasher.finish() % alphabet.len().max(1) as u64;
        alphabet.get(place as usize).copied().map_or('0', char::from)
    };
    (0..length).map(letter).collect()
}

/// Sets a member.
fn put(members: &mut Map, member: &str, value: impl Into<Value>) {
    members.insert(member.to_owned(), value.into());
}

/// Sets a member that is not set.
pub(super) fn default(members: &mut Map, member: &str, value: impl Into<Value>) {
    members.entry(member.to_owned()).or_insert_with(|| value.into());
}

/// Sets what is not set: a member of the structures that the path leads to, through each element of a list.
pub(super) fn default_at(members: &mut Map, path: &str, value: &Value) {
    let Some((first, rest)) = path.split_once('.') else { return default(members, path, value.clone()) };
    match members.get_mut(first) {
        Some(Value::Map(inner)) => default_at(inner, rest, value),
        Some(Value::List(_)) => each(members, first, |inner| default_at(inner, rest, value)),
        _ => {}
    }
}

/// Puts what is given in the place of what was; of structures, member by member.
pub(super) fn merge(shape: &Shape, before: &mut Value, given: Value) {
    match (&shape.kind, before, given) {
        (ShapeKind::Structure { .. }, Value::Map(before), Value::Map(given)) => {
            for (name, value) in given {
                let inner = shape.member(&name).map_or(shape, |member| member.shape);
                merge(inner, before.entry(name).or_default(), value);
            }
        }
        (_, before, given) => *before = given,
    }
}

/// Changes a structure that may be a member; leaves anything else alone.
pub(super) fn within(members: &mut Map, member: &str, change: impl FnOnce(&mut Map)) {
    if let Some(Value::Map(inner)) = members.get_mut(member) {
        change(inner);
    }
}

/// Changes each structure of a list that may be a member.
fn each(members: &mut Map, member: &str, mut change: impl FnMut(&mut Map)) {
    if let Some(Value::List(elements)) = members.get_mut(member) {
        for element in elements {
            if let Value::Map(inner) = element {
                change(inner);
            }
        }
    }
}

/// A place in the bucket that SageMaker uses where nobody names one.
fn default_bucket(call: &Call<'_>, name: &str) -> String {
    format!("s3://sagemaker-{}-{}/{name}", call.place.region, call.place.account)
}

/// What stands for the digest of an image: the one that its reference names, or one made up from the reference.
fn image_digest(image: &str) -> String {
    if let Some((_, digest)) = image.split_once('@') {
        return digest.to_owned();
    }
    let part = |number: u8| {
        let mut hasher = DefaultHasher::new();
        (number, image).hash(&mut hasher);
        hasher.finish()
    };
    format!("sha256:{:016x}{:016x}{:016x}{:016x}", part(0), part(1), part(2), part(3))
}

/// Fills in what the service fills in for an inference specification: the digests of the images (seen in
/// describe-model-package replies), and `IsCheckpoint` (computed in the schema of the aws provider).
fn resolve_containers(specification: &mut Map) {
    each(specification, "Containers", |container| {
        if let Some(image) = container.get("Image").and_then(Value::as_str).map(image_digest) {
            default(container, "ImageDigest", image);
        }
        default(container, "IsCheckpoint", false);
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::local::list;

    #[test]
    fn kinds_are_unique() {
        let mut kinds: Vec<&str> = all().map(|thing| thing.kind).collect();
        kinds.sort_unstable();
        let count = kinds.len();
        kinds.dedup();
        assert_eq!(kinds.len(), count);
    }

    #[test]
    fn every_operation_is_in_the_model_and_belongs_to_one_thing() {
        let mut operations: Vec<&str> =
            all().flat_map(|thing| thing.operations.iter().map(|(name, _)| *name)).collect();
        for name in &operations {
            assert!(service::operation(name).is_some(), "{name}");
        }
        operations.sort_unstable();
        let count = operations.len();
        operations.dedup();
        assert_eq!(operations.len(), count);
    }

    #[test]
    fn every_state_is_in_the_model() {
        for (name, (thing, action)) in OPERATIONS.iter() {
            let (Action::Describe(_), Some(life)) = (action, &thing.life) else { continue };
            let output = service::operation(name).unwrap().output;
            let shape = output.member(thing.wrapper).map_or(output, |member| member.shape);
            let others = [life.created, life.failed, life.updating, life.updated, life.update_failed, life.deleting];
            let moves = thing.operations.iter().filter_map(|(_, action)| match action {
                Action::Move(way) => Some([way.through, way.to]),
                _ => None,
            });
            let states = life.creating.iter().copied().chain(others).chain([life.stopping, life.stopped]);
            for state in states.chain(moves.flatten()) {
                for (member, value) in life.shown(state) {
                    let known =
                        shape.member(&member).is_some_and(|one| one.shape.values().contains(&value.as_str().unwrap()));
                    assert!(known, "{name}: {member} = {value}");
                }
            }
        }
    }

    #[test]
    fn every_filter_and_sort_key_of_a_list_means_something() {
        let mut unknown = Vec::new();
        for (name, (thing, action)) in OPERATIONS.iter() {
            let Action::List(list) = action else { continue };
            let operation = service::operation(name).unwrap();
            assert_ne!(list::member(operation, list), "", "{name}");
            unknown.extend(
                list::unknown_fields(thing, operation, list).into_iter().map(|field| format!("{name}.{field}")),
            );
        }
        unknown.sort_unstable();
        assert_eq!(unknown, [""; 0]);
    }
}
