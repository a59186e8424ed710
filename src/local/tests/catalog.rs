//! The tables of all kinds against the service model.

use crate::{
    definition::service::{self, Shape},
    local::{
        catalog::{self, CATALOG},
        kind::{Behavior, Kind},
    },
};

/// What describing such an object shows.
pub(in crate::local) fn description(kind: &Kind) -> &'static Shape {
    let special = kind.operations.iter().find(|(_, behavior)| matches!(behavior, Behavior::Describe(_)));
    let operation = catalog::operation_of(kind, special.map_or("Describe", |(name, _)| name));
    let output = operation.map_or(&service::NOTHING, |one| one.output);
    kind.wrapper.and_then(|wrapper| output.member(wrapper)).map_or(output, |member| member.shape)
}

#[test]
fn ids_are_unique() {
    let mut ids: Vec<&str> = CATALOG.kinds().map(|kind| kind.id).collect();
    ids.sort_unstable();
    let count = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), count);
}

#[test]
fn every_operation_is_in_the_model_and_belongs_to_one_kind() {
    let named = CATALOG.kinds().flat_map(|kind| kind.operations.iter().map(move |(name, _)| (kind, *name)));
    let mut operations: Vec<&str> = named
        .map(|(kind, name)| match catalog::operation_of(kind, name) {
            Some(operation) => operation.name,
            None => panic!("{} has no operation {name}", kind.noun),
        })
        .collect();
    operations.sort_unstable();
    let count = operations.len();
    operations.dedup();
    assert_eq!(operations.len(), count);
}

#[test]
fn every_status_is_in_the_model() {
    for (name, (kind, behavior)) in catalog::behaviors() {
        let (Behavior::Describe(_), Some(lifecycle)) = (behavior, &kind.lifecycle) else { continue };
        let output = service::operation(name).unwrap().output;
        let shape = kind.wrapper.and_then(|wrapper| output.member(wrapper)).map_or(output, |member| member.shape);
        let one = lifecycle;
        let others = [one.created, one.failed, one.updating, one.updated, one.update_failed, one.deleting];
        let transitions = kind.operations.iter().filter_map(|(_, behavior)| match behavior {
            Behavior::Transition(one) => Some([Some(one.through), Some(one.to)]),
            _ => None,
        });
        let statuses = one.creating.iter().copied().map(Some).chain(others).chain([one.stopping, one.stopped]);
        for status in statuses.chain(transitions.flatten()) {
            for (member, value) in lifecycle.shown(status) {
                let known =
                    shape.member(&member).is_some_and(|one| one.shape.values().contains(&value.as_str().unwrap()));
                assert!(known, "{name}: {member} = {value}");
            }
        }
    }
}
