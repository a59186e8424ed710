//! The things that can be created, one file each, and what every operation does.

pub(super) mod algorithm;
pub(super) mod auto_ml_job;
pub(super) mod endpoint;
pub(super) mod endpoint_config;
pub(super) mod feature_group;
pub(super) mod model;
pub(super) mod model_package;
pub(super) mod model_package_group;

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::thing::{Action, Thing};
use crate::value::{Map, Value};

/// All of them, by kind.
static THINGS: &[&Thing] = &[
    &algorithm::THING,
    &auto_ml_job::THING,
    &endpoint::THING,
    &endpoint_config::THING,
    &feature_group::THING,
    &model::THING,
    &model_package::THING,
    &model_package_group::THING,
];

/// The kind that ARNs name so.
pub(super) fn of_kind(kind: &str) -> Option<&'static Thing> {
    THINGS.iter().copied().find(|thing| thing.kind == kind)
}

/// What the operation does, and to which kind of thing.
pub(super) fn of_operation(operation: &str) -> Option<(&'static Thing, &'static Action)> {
    THINGS.iter().copied().find_map(|thing| {
        let (_, action) = thing.operations.iter().find(|(name, _)| *name == operation)?;
        Some((thing, action))
    })
}

/// Sets a member that is not set.
fn default(members: &mut Map, member: &str, value: impl Into<Value>) {
    members.entry(member.to_owned()).or_insert_with(|| value.into());
}

/// Changes a structure that may be a member; leaves anything else alone.
fn within(members: &mut Map, member: &str, change: impl FnOnce(&mut Map)) {
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
    use crate::definition::service;

    #[test]
    fn things_are_listed_by_kind() {
        assert!(THINGS.is_sorted_by_key(|thing| thing.kind));
    }

    #[test]
    fn every_operation_is_in_the_model_and_belongs_to_one_thing() {
        let mut operations: Vec<&str> =
            THINGS.iter().flat_map(|thing| thing.operations.iter().map(|(name, _)| *name)).collect();
        for name in &operations {
            assert!(service::operation(name).is_some(), "{name}");
        }
        operations.sort_unstable();
        let count = operations.len();
        operations.dedup();
        assert_eq!(operations.len(), count);
    }

    #[test]
    fn every_state_and_every_listed_field_is_in_the_model() {
        for thing in THINGS {
            for (name, action) in thing.operations {
                let operation = service::operation(name).unwrap();
                match action {
                    Action::List(list) => {
                        assert!(operation.output.member(list.member).is_some(), "{name}: {}", list.member);
                    }
                    Action::Describe(_) => {
                        let life = thing.life.as_ref();
                        let states = life.into_iter().flat_map(|life| {
                            life.creating.iter().copied().chain([life.created, life.failed, life.deleting]).flatten()
                        });
                        for (member, state) in states {
                            let shape = operation.output.member(member).unwrap().shape;
                            assert!(shape.values().contains(state), "{name}: {member} = {state}");
                        }
                        assert!(operation.output.member(thing.name).is_some(), "{name}: {}", thing.name);
                        assert!(operation.output.member(thing.arn).is_some(), "{name}: {}", thing.arn);
                    }
                    _ => {}
                }
            }
        }
    }
}
