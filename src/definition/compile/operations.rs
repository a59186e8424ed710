//! Looks up the operations that the files name, and the structures of their inputs and outputs.
//!
//! Reports names that the model does not have, and checks nothing else.

use super::{
    files::{ResourceFile, key_of},
    join::Sides,
    model::Model,
    problem::{Problems, listed, nearest},
    written::leak_all,
};
use crate::definition::{
    resource::{FurtherCalls, Identity, Operations},
    shape::{Member, Operation, Shape},
};

/// Looks up the operations; `None` if one of them is missing, since then nothing else can be checked.
pub(super) fn of_resource(model: &Model, file: &ResourceFile, problems: &mut Problems) -> Option<Operations> {
    let Operations { create, read, object, update, delete, stop, list } = file.operations;
    let mut whole = true;
    let mut find = |key: &str, name: &str| {
        let found = operation(model, &file.file, (&key_of("operations", key), name), problems);
        whole &= found.is_some();
        found
    };
    let mut find_optional = |key: &str, name: Option<&str>| name.and_then(|name| find(key, name));
    let update = find_optional("update", update);
    let delete = find_optional("delete", delete);
    let stop = find_optional("stop", stop);
    let list = find_optional("list", list);
    let (create, read) = (find("create", create), find("read", read));
    let operations = Operations { create: create?, read: read?, object, update, delete, stop, list };
    let has_object = has_object(model, file, &operations, problems);
    if whole && has_object { Some(operations) } else { None }
}

/// The operation that a key of a file names; `None` if the API has none of that name.
pub(super) fn operation(
    model: &Model,
    file: &str,
    (key, name): (&str, &str),
    problems: &mut Problems,
) -> Option<&'static Operation> {
    let found = model.operations.get(name).copied();
    if found.is_none() {
        let near = nearest(name, model.operations.keys().copied());
        problems.add(file, key, format!("`{name}` is not an operation of the API; the closest are {near}"));
    }
    found
}

/// Looks up the operations that only the special file calls.
pub(super) fn further_calls(model: &Model, file: &ResourceFile, problems: &mut Problems) -> &'static [FurtherCalls] {
    let mut find = |name: &&'static str| operation(model, &file.file, ("further_calls", name), problems);
    let calls = file.further_calls.iter().map(|calls| FurtherCalls {
        phase: calls.phase,
        operations: leak_all(calls.operations.iter().filter_map(&mut find).collect()),
        only_if: calls.only_if,
    });
    leak_all(calls.collect())
}

/// Whether the read output contains the object where the file says.
fn has_object(model: &Model, file: &ResourceFile, operations: &Operations, problems: &mut Problems) -> bool {
    let Some(name) = operations.object else { return true };
    let output = operations.read.output;
    // A list of structures can be read for one of its elements.
    let has_structure = |member: &Member| model.structure_in(member.shape).is_some();
    let found = output.member(name).is_some_and(has_structure);
    if !found {
        let reason = format!("the read output has no structure `{name}`; it has {}", member_names(output));
        problems.add(&file.file, "operations.object", reason);
    }
    found
}

/// The input and output structures of a resource's operations.
pub(super) fn sides(model: &Model, file: &ResourceFile, operations: &Operations) -> Sides {
    let Operations { create, update, delete, .. } = operations;
    let upserts = update.is_some_and(|update| update.name == create.name);
    let update = update.map(|update| update.input);
    let Identity { members, inputs, constants, .. } = file.identity;
    let inputs = inputs.iter().chain(constants).map(|(input, _)| *input);
    Sides {
        create: create.input,
        update,
        read: described(model, operations),
        // An update that also deletes sends nothing on deletion that it does not send otherwise.
        delete: delete.map(|delete| delete.input).filter(|input| update.is_none_or(|update| update.name != input.name)),
        addressing: members.iter().copied().chain(inputs).collect(),
        upserts,
        update_sends: file.update_sends,
    }
}

/// The structure that describes the object: the read output, or a member of it.
pub(super) fn described(model: &Model, operations: &Operations) -> &'static Shape {
    let output = operations.read.output;
    let object = operations.object.and_then(|object| model.structure_in(output.member(object)?.shape));
    object.unwrap_or(output)
}

/// The names of the members of a structure, as a message lists them.
pub(super) fn member_names(shape: &Shape) -> String {
    listed(shape.members().iter().map(|member| member.name))
}
