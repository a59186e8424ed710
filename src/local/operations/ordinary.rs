//! The default implementation of the operations of every resource kind: create, describe, update, delete and stop.

use super::{
    ids, members,
    references::{check_parents, identity, refers},
    tags::{self, Tags},
};
use crate::{
    local::{
        error::{CONFLICT, ErrorText, IN_USE, ServiceError},
        json,
        kind::{Call, Draft, Kind, Revision},
        lifecycle::Status,
        outcome::Outcome,
        storage::store::{Change, Object, Then},
    },
    value::{Map, Value},
};

/// Creates what the input describes.
pub(in crate::local) fn create(
    kind: &'static Kind,
    call: &mut Call<'_>,
    fill: fn(&mut Call<'_>, &mut Draft) -> Result<(), ServiceError>,
) -> Result<Value, ServiceError> {
    let token = token(call);
    if let Some(earlier) = call.region.of_kind(kind.id).find(|one| !token.is_empty() && one.token == token) {
        return Ok(call.shown(kind, earlier.view(call.now)));
    }
    let tags = tags::of_input(&call.input)?;
    check_parents(kind, call)?;
    let mut draft = draft(kind, call);
    generate_id(kind, call, &mut draft)?;
    fill(call, &mut draft)?;
    let view = add(kind, call, draft, tags, token)?;
    Ok(call.shown(kind, view))
}

/// Adds an object, and starts its life cycle. Returns its description.
pub(in crate::local) fn add(
    kind: &'static Kind,
    call: &mut Call<'_>,
    mut draft: Draft,
    tags: Tags,
    token: String,
) -> Result<Map, ServiceError> {
    let arn = call.scope.arn(kind.resource_type(), &draft.key);
    let key = draft.key.to_lowercase();
    if call.region.get(kind.id, &key).is_some_and(|one| !is_deleted(kind, call, one)) {
        return Err(call.exists(kind, &arn, &draft.name));
    }
    draft.members.insert(kind.arn.to_owned(), arn.as_str().into());
    let change = creation(kind, call, &mut draft);
    let object = Object {
        kind: kind.id,
        key: key.clone(),
        name: draft.name,
        arn,
        serial: 0,
        created: call.now,
        modified: call.now,
        members: draft.members,
        tags,
        token,
        parts: 0,
        change: None,
        held: false,
    };
    call.region.add(object);
    if let Some(change) = change {
        call.region.begin(kind.id, &key, change);
    }
    Ok(call.region.get(kind.id, &key).map(|object| object.view(call.now)).unwrap_or_default())
}

/// The new object as the input and the tables describe it.
fn draft(kind: &Kind, call: &Call<'_>) -> Draft {
    let texts = identity(kind, &call.input);
    let name = call.input.get(kind.name).as_str().or(texts.last().copied()).unwrap_or_default().to_owned();
    let key = if kind.generated_id.is_some() { String::new() } else { (kind.path)(&texts) };
    let mut members = given_members(kind, call);
    fill_defaults(kind, &mut members);
    // Shows the users of Studio alone; others leave it empty.
    members.insert("CreatedBy".into(), Value::object());
    if let Some(start) = kind.lifecycle.as_ref().and_then(|one| one.start_time) {
        members.insert(start.to_owned(), call.now.to_value());
    }
    Draft { key, name, members, ..Draft::default() }
}

fn fill_defaults(kind: &Kind, members: &mut Map) {
    for (path, value) in kind.defaults {
        let value = json::read(value.as_bytes()).unwrap_or_else(|_| (*value).into());
        members::default_at(members, path, &value);
    }
}

fn generate_id(kind: &Kind, call: &Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    let Some(id) = &kind.generated_id else { return Ok(()) };
    let mut others = call.region.of_kind(kind.id);
    if let Some(other) = others.find(|one| id.unique && one.name == draft.name && !is_deleted(kind, call, one)) {
        return Err(call.exists(kind, &other.arn, &draft.name));
    }
    let seed = format!("{}/{}/{}/{}", kind.id, draft.name, call.now.0, call.region.count());
    draft.key = format!("{}{}", id.prefix, ids::generate(&seed, id.alphabet, id.length));
    if let Some(member) = id.member {
        draft.members.insert(member.to_owned(), draft.key.as_str().into());
    }
    Ok(())
}

/// The first change of an object; None if it has no statuses, and then the draft has the results.
fn creation(kind: &Kind, call: &Call<'_>, draft: &mut Draft) -> Option<Change> {
    let Some(lifecycle) = &kind.lifecycle else {
        draft.members.append(&mut draft.results);
        return None;
    };
    let mut created = draft.members.clone();
    match &call.outcome {
        Outcome::Success | Outcome::Never | Outcome::Delayed(_) | Outcome::Repeatable => {
            created.extend(lifecycle.shown(lifecycle.created));
            created.append(&mut draft.results);
        }
        Outcome::Failure(reason) | Outcome::Rollback(reason) => {
            created.extend(lifecycle.shown(lifecycle.failed));
            set_reason(&mut created, lifecycle.reason, reason);
        }
    }
    if let Some(end_time) = lifecycle.end_time {
        created.insert(end_time.to_owned(), call.completes().to_value());
    }
    let mut stages = lifecycle.creation_stages();
    if stages.is_empty() {
        draft.members = created;
        return None;
    }
    for stage in &mut stages {
        stage.extend(draft.meanwhile.clone());
    }
    Some(Change { began: call.now, ends: call.completes(), stages, then: Then::Become(created) })
}

/// Describes the object that the input identifies.
pub(in crate::local) fn describe(
    kind: &'static Kind,
    call: &Call<'_>,
    show: fn(&Call<'_>, &Object, &mut Map) -> Result<(), ServiceError>,
) -> Result<Value, ServiceError> {
    let object = call.named(kind)?;
    let mut view = object.view(call.now);
    view.insert("Tags".into(), tags::write(object.tags.iter()));
    show(call, object, &mut view)?;
    Ok(call.shown(kind, view))
}

/// Updates the object that the input identifies.
pub(in crate::local) fn update(
    kind: &'static Kind,
    call: &mut Call<'_>,
    revise: impl Fn(&Call<'_>, &mut Revision) -> Result<(), ServiceError>,
) -> Result<Value, ServiceError> {
    let token = token(call);
    let object = call.named(kind)?;
    if !token.is_empty() && object.token == token {
        return Ok(call.shown(kind, object.view(call.now)));
    }
    let key = object.key.clone();
    let before = object.view(call.now);
    let lifecycle = kind.lifecycle.as_ref();
    let mut revision = Revision {
        arn: object.arn.clone(),
        changing: object.change.is_some(),
        members: before.clone(),
        stages: Vec::new(),
        failed: lifecycle.map(|lifecycle| lifecycle.after_failed_update()).unwrap_or_default(),
    };
    revise(call, &mut revision)?;
    let reply = call.shown(kind, revision.members.clone());
    let stages = std::mem::take(&mut revision.stages);
    let after = updated(kind, &call.outcome, &before, revision);
    let (began, ends, at_once) = (call.now, call.completes(), stages.is_empty());
    let tags = tags::of_input(&call.input)?;
    if let Some(object) = call.region.get_mut(kind.id, &key) {
        object.modified = began;
        object.token = token;
        object.tags.extend(tags);
        if let Some(name) = after.get(kind.name).and_then(Value::as_str).filter(|_| kind.generated_id.is_some()) {
            name.clone_into(&mut object.name);
        }
        if at_once {
            object.patch(&before, &after);
            return Ok(reply);
        }
    }
    call.region.begin(kind.id, &key, Change { began, ends, stages, then: Then::Become(after) });
    Ok(reply)
}

/// The members after an update that ends like this.
fn updated(kind: &Kind, outcome: &Outcome, before: &Map, mut revision: Revision) -> Map {
    let mut members = before.clone();
    let text = match outcome {
        Outcome::Success | Outcome::Never | Outcome::Delayed(_) | Outcome::Repeatable => return revision.members,
        Outcome::Failure(text) => {
            members.append(&mut revision.failed);
            text
        }
        Outcome::Rollback(text) => text,
    };
    set_reason(&mut members, kind.lifecycle.as_ref().and_then(|lifecycle| lifecycle.reason), text);
    members
}

/// Changes the object that the input identifies to what is given, and then as the function does.
pub(in crate::local) fn amend(
    kind: &'static Kind,
    call: &mut Call<'_>,
    revise: fn(&Call<'_>, &mut Revision) -> Result<(), ServiceError>,
) -> Result<Value, ServiceError> {
    let object = call.named(kind)?;
    if is_deleted(kind, call, object) {
        return Err(call.refusal(kind, &kind.deleted, &[], &object.arn, &object.name));
    }
    check_parents(kind, call)?;
    let staged = kind.lifecycle.as_ref().is_some_and(|lifecycle| lifecycle.updating.is_some());
    if staged && object.change.is_some() {
        return Err(call.busy(kind, object));
    }
    update(kind, call, |call, revision| {
        merge(kind, call, &mut revision.members);
        if let Some(lifecycle) = &kind.lifecycle {
            if let Some(reason) = lifecycle.reason {
                revision.members.remove(reason);
            }
            if lifecycle.updating.is_some() {
                revision.stages = vec![lifecycle.shown(lifecycle.updating)];
                revision.members.extend(lifecycle.after_update());
            }
        }
        revise(call, revision)?;
        fill_defaults(kind, &mut revision.members);
        Ok(())
    })
}

/// Replaces the members of the object with the given ones. Keys that the input removes are removed from their map.
fn merge(kind: &Kind, call: &Call<'_>, shown: &mut Map) {
    for (name, value) in given_members(kind, call) {
        let identity = kind.identity().iter().any(|member| member.split('|').any(|member| member == name));
        if identity || name == kind.arn {
            continue;
        }
        if let Some(map) = name.strip_suffix("ToRemove") {
            members::within(shown, map, |map| map.retain(|key, _| !value.elements().contains(&key.as_str().into())));
        } else if kind.merged.contains(&name.as_str()) {
            let given = kind.renamed.iter().find(|(_, shown)| *shown == name).map_or(&*name, |(given, _)| given);
            let shape = call.operation.input.member(given).map_or(call.operation.input, |member| member.shape);
            members::merge(shape, shown.entry(name).or_default(), value);
        } else {
            shown.insert(name, value);
        }
    }
    shown.insert("LastModifiedBy".into(), Value::object());
}

/// Deletes the object that the input identifies.
pub(in crate::local) fn delete(
    kind: &'static Kind,
    call: &mut Call<'_>,
    check: fn(&Call<'_>, &Object) -> Result<(), ServiceError>,
) -> Result<Value, ServiceError> {
    let object = call.named(kind)?;
    if is_deleted(kind, call, object) {
        return Err(call.refusal(kind, &kind.deleted, &[], &object.arn, &object.name));
    }
    let (key, mut after) = (object.key.clone(), object.members.clone());
    let reply = call.shown(kind, object.view(call.now));
    if is_being_deleted(object) && call.outcome == Outcome::Repeatable {
        return Ok(reply);
    }
    check(call, object)?;
    check_children(kind, call, object)?;
    if is_being_deleted(object) {
        return Err(call.busy(kind, object));
    }
    let Some(lifecycle) = kind.lifecycle.as_ref().filter(|lifecycle| lifecycle.deleting.is_some()) else {
        call.region.remove(kind.id, &key);
        return Ok(reply);
    };
    after.extend(lifecycle.shown(lifecycle.deleted));
    let then = if lifecycle.deleted.is_none() { Then::Vanish } else { Then::Linger(after) };
    let stages = vec![lifecycle.shown(lifecycle.deleting)];
    call.region.begin(kind.id, &key, Change { began: call.now, ends: call.completes(), stages, then });
    Ok(reply)
}

/// The same, with the objects of another kind that the service deletes with it. `contents`: their keys.
pub(in crate::local) fn delete_with(
    kind: &'static Kind,
    call: &mut Call<'_>,
    check: fn(&Call<'_>, &Object) -> Result<(), ServiceError>,
    content: &'static Kind,
    contents: fn(&Call<'_>, &Object) -> Vec<String>,
) -> Result<Value, ServiceError> {
    let keys = contents(call, call.named(kind)?);
    let reply = delete(kind, call, check)?;
    for key in keys {
        call.region.remove(content.id, &key);
    }
    Ok(reply)
}

/// Such an object cannot be deleted again, unless a test requests [`Outcome::Repeatable`]. The service's error
/// differs from kind to kind ("is in status Deleting" was seen); that it refuses for all of them is assumed.
fn is_being_deleted(object: &Object) -> bool {
    matches!(object.change, Some(Change { then: Then::Vanish | Then::Linger(_), .. }))
}

fn is_deleted(kind: &Kind, call: &Call<'_>, object: &Object) -> bool {
    let lifecycle = kind.lifecycle.as_ref().filter(|lifecycle| lifecycle.deleted.is_some());
    lifecycle.is_some_and(|lifecycle| lifecycle.is_deleted(&object.view(call.now)))
}

/// An object cannot be deleted while another one depends on it.
fn check_children(kind: &'static Kind, call: &Call<'_>, object: &Object) -> Result<(), ServiceError> {
    let in_use = call.catalog.children(kind).any(|(child, parent)| {
        let mut all = call.region.of_kind(child.id).filter(|one| !is_deleted(child, call, one));
        all.any(|one| refers(call, parent, &one.members, object))
    });
    if in_use {
        return Err(call.refusal(kind, &kind.in_use, &[IN_USE, CONFLICT], &object.arn, &object.name));
    }
    Ok(())
}

/// Moves the object that the input identifies to another status.
pub(in crate::local) fn transition(
    kind: &'static Kind,
    call: &mut Call<'_>,
    from: &[&str],
    (through, to): (Option<Status>, Option<Status>),
    refused: &ErrorText,
) -> Result<Value, ServiceError> {
    let object = call.named(kind)?;
    let view = object.view(call.now);
    let reply = call.shown(kind, view.clone());
    let Some(lifecycle) = &kind.lifecycle else { return Ok(reply) };
    if !from.contains(&lifecycle.status_in(&view)) {
        return Err(call.in_status(kind, refused, object));
    }
    let (key, mut after) = (object.key.clone(), object.members.clone());
    after.extend(lifecycle.shown(to));
    if let Some(end_time) = lifecycle.end_time {
        after.insert(end_time.to_owned(), call.completes().to_value());
    }
    let (began, ends, stages) = (call.now, call.completes(), vec![lifecycle.shown(through)]);
    if through.is_some() {
        call.region.begin(kind.id, &key, Change { began, ends, stages, then: Then::Become(after) });
    } else if let Some(object) = call.region.get_mut(kind.id, &key) {
        object.members = after;
        object.modified = began;
        object.change = None;
    }
    Ok(reply)
}

/// Stops the object that the input identifies, if it is still being created.
pub(in crate::local) fn stop(kind: &'static Kind, call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let (stopping, stopped) = kind.lifecycle.as_ref().map_or((None, None), |one| (one.stopping, one.stopped));
    let stages = kind.lifecycle.as_ref().map_or(&[] as &[Status], |one| one.creating);
    let from: Vec<&str> = stages.iter().filter_map(|status| status.split_whitespace().next()).collect();
    transition(kind, call, &from, (stopping, stopped), &kind.finished)
}

/// The members of the input that describe the object, by the names under which they are shown: all but tags and
/// idempotency tokens.
fn given_members(kind: &Kind, call: &Call<'_>) -> Map {
    let given = call.input.as_map().cloned().unwrap_or_default();
    let renamed = |name: String| {
        let new = kind.renamed.iter().find(|(old, _)| *old == name);
        new.map_or(name, |(_, new)| (*new).to_owned())
    };
    given
        .into_iter()
        .filter(|(name, _)| {
            name != "Tags" && !call.operation.input.member(name).is_some_and(|member| member.idempotency_token)
        })
        .map(|(name, value)| (renamed(name), value))
        .collect()
}

/// The idempotency token of the input, together with the operation: each operation has tokens of its own.
fn token(call: &Call<'_>) -> String {
    let member = call.operation.input.members().iter().find(|member| member.idempotency_token);
    let text = member.map_or("", |member| call.text(member.name));
    if text.is_empty() { String::new() } else { format!("{} {text}", call.operation.name) }
}

fn set_reason(members: &mut Map, reason: Option<&str>, text: &str) {
    if let Some(reason) = reason {
        members.insert(reason.to_owned(), text.into());
    }
}

/// For kinds that need no checks and have no defaults beyond those of the tables.
pub(in crate::local) fn accept_draft(_: &mut Call<'_>, _: &mut Draft) -> Result<(), ServiceError> {
    Ok(())
}

/// For kinds that are shown as they are stored.
pub(in crate::local) fn show_as_stored(_: &Call<'_>, _: &Object, _: &mut Map) -> Result<(), ServiceError> {
    Ok(())
}

/// For updates that need no checks.
pub(in crate::local) fn accept_revision(_: &Call<'_>, _: &mut Revision) -> Result<(), ServiceError> {
    Ok(())
}

/// For kinds whose objects may be deleted at any time.
pub(in crate::local) fn allow_deletion(_: &Call<'_>, _: &Object) -> Result<(), ServiceError> {
    Ok(())
}

/// While another change is in progress, an object cannot be deleted.
pub(in crate::local) fn if_stable(call: &Call<'_>, object: &Object) -> Result<(), ServiceError> {
    match (&object.change, call.catalog.kind(object.kind)) {
        (Some(Change { then: Then::Become(_), .. }), Some(kind)) => Err(call.busy(kind, object)),
        _ => Ok(()),
    }
}
