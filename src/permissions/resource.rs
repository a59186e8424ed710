//! What the engine calls for a resource in each phase.

use crate::definition::{Phase, Resource, service::Operation};

/// One action that a phase needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Need {
    /// The operation, and so the action without `sagemaker:`.
    pub operation: &'static str,
    /// The argument that must be true for the call; `None` if nothing decides.
    pub only_if: Option<&'static str>,
}

/// The calls of a phase, sorted by operation.
pub fn needs(resource: &'static Resource, phase: Phase) -> Vec<Need> {
    let mut needs = match phase {
        Phase::Create => create(resource),
        Phase::Read => read(resource),
        Phase::Update => update(resource),
        Phase::Delete => delete(resource),
        Phase::Tags => tags(resource),
        Phase::Import => [read(resource), further(resource, Phase::Import)].concat(),
        Phase::List => list(resource),
    };
    // What is always called comes before what an argument decides.
    needs.sort_unstable();
    needs.dedup_by_key(|need| need.operation);
    needs
}

/// What the create call does not take, an update call sets. An object whose name the service generates is searched for
/// in the list of all if the reply of the create call is lost, unless repeating the call shows it.
fn create(resource: &'static Resource) -> Vec<Need> {
    let set_later = resource.attributes.iter().any(|attribute| attribute.is_set_by_update_only());
    let repeated = resource.operations.create.input.members().iter().any(|member| member.idempotency_token);
    let searched = resource.creates_an_object() && !resource.is_named_by_users() && !repeated;
    let later = if set_later { changed(resource) } else { Vec::new() };
    let list = resource.operations.list.filter(|_| searched);
    [one(resource.operations.create), optional(list), later, further(resource, Phase::Create), read(resource)].concat()
}

fn read(resource: &'static Resource) -> Vec<Need> {
    let lists_tags = resource.tags.is_some() && !resource.read_returns_tags();
    let tags = if lists_tags { named("ListTags") } else { Vec::new() };
    [one(resource.operations.read), tags, further(resource, Phase::Read)].concat()
}

/// Empty if nothing of the object can change in place.
fn update(resource: &'static Resource) -> Vec<Need> {
    let changed = changed(resource);
    if changed.is_empty() && tags(resource).is_empty() { Vec::new() } else { [changed, read(resource)].concat() }
}

/// The calls that change an object, without its tags.
fn changed(resource: &'static Resource) -> Vec<Need> {
    [optional(resource.operations.update), further(resource, Phase::Update)].concat()
}

/// The object is read to see whether it has ended or is gone.
fn delete(resource: &'static Resource) -> Vec<Need> {
    let stopped = resource.operations.stop.filter(|_| resource.completion.is_some() || resource.stop_wait.is_some());
    let awaited = stopped.is_some() || resource.delete_wait.is_some();
    let read = if awaited { one(resource.operations.read) } else { Vec::new() };
    [optional(resource.operations.delete), optional(stopped), read, further(resource, Phase::Delete)].concat()
}

/// Empty if the tags cannot change in place.
fn tags(resource: &'static Resource) -> Vec<Need> {
    if resource.tags.is_some_and(|tags| !tags.replace) {
        [named("AddTags"), named("DeleteTags")].concat()
    } else {
        Vec::new()
    }
}

/// Empty if the API cannot list the objects.
fn list(resource: &'static Resource) -> Vec<Need> {
    match resource.operations.list {
        Some(list) => [one(list), read(resource)].concat(),
        None => Vec::new(),
    }
}

fn further(resource: &'static Resource, phase: Phase) -> Vec<Need> {
    let of_phase = resource.further_calls.iter().filter(|calls| calls.phase == phase);
    let needs = of_phase.flat_map(|calls| {
        calls.operations.iter().map(|operation| Need { operation: operation.name, only_if: calls.only_if })
    });
    needs.collect()
}

fn one(operation: &'static Operation) -> Vec<Need> {
    named(operation.name)
}

fn optional(operation: Option<&'static Operation>) -> Vec<Need> {
    operation.map(one).unwrap_or_default()
}

fn named(operation: &'static str) -> Vec<Need> {
    vec![Need { operation, only_if: None }]
}
