//! One call: what was asked, where, and the ordinary ways of doing it.

use std::time::Duration;

use super::{
    error::{CONFLICT, IN_USE, NOT_FOUND, ServiceError, VALIDATION},
    json,
    moment::Moment,
    place::Place,
    store::{Change, Object, Region, Tags, Then},
    tags,
    thing::{Parent, State, Text, Thing},
    things,
};
use crate::{
    definition::service::{Operation, Shape, ShapeKind},
    value::{Map, Value},
};

/// A valid call of an operation.
pub(super) struct Call<'a> {
    pub(super) operation: &'static Operation,
    pub(super) input: Value,
    pub(super) place: Place,
    pub(super) region: &'a mut Region,
    pub(super) now: Moment,
    /// How long a change takes.
    pub(super) latency: Duration,
    /// How a change that this call begins is to end.
    pub(super) outcome: Outcome,
}

/// How a change ends.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Outcome {
    #[default]
    Success,
    /// In the failed state, for this reason.
    Failure(String),
    /// As it was before, with this reason.
    Rollback(String),
    /// Not until somebody asks for it.
    Never,
    /// Successfully, but readers learn late of all that was done.
    Unseen(Late),
    /// Successfully, also if it is a deletion and the object is being deleted already.
    Repeatable,
}

/// How late readers are to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Late {
    pub(super) span: Span,
    /// Only lists are late.
    pub(super) in_lists: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Span {
    /// So many calls that read it.
    Reads(i64),
    Time(Duration),
}

/// An object about to be created.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// What comes after the kind in the ARN, as it is spelt there.
    pub(super) key: String,
    pub(super) name: String,
    /// What is shown from the start: the input, and whatever the service adds.
    pub(super) members: Map,
    /// What is shown besides, but only as long as it is being created.
    pub(super) meanwhile: Map,
    /// What is shown besides, or instead, once it was created successfully.
    pub(super) results: Map,
}

/// An object about to be changed.
#[derive(Debug)]
pub(super) struct Revision {
    pub(super) arn: String,
    /// It is going through another change.
    pub(super) changing: bool,
    /// What is shown now; what is to be shown after the change.
    pub(super) members: Map,
    /// What is shown meanwhile. Empty: the change happens at once.
    pub(super) stages: Vec<Map>,
    /// What is shown besides what was shown before, if the change fails.
    pub(super) failed: Map,
}

impl Call<'_> {
    /// When a change that begins now ends.
    pub(super) fn settles(&self) -> Moment {
        self.now.after(self.latency)
    }

    /// A member of the input as text; empty if it is none.
    pub(super) fn text(&self, member: &str) -> &str {
        self.input.get(member).as_str().unwrap_or_default()
    }

    /// The key of the object of that kind that the text means: its name, or its ARN.
    pub(super) fn key(&self, thing: &Thing, text: &str) -> Result<String, ServiceError> {
        match text.strip_prefix("arn:") {
            None => Ok((thing.path)(&[text]).to_lowercase()),
            Some(_) => self.place.key_of(text, thing),
        }
    }

    /// The object that the input names.
    pub(super) fn named(&self, thing: &Thing) -> Result<&Object, ServiceError> {
        if let Some(locate) = thing.locate {
            let key = locate(self)?;
            return self.get(thing, &key, key.rsplit('/').next().unwrap_or_default());
        }
        let texts = identity(thing, &self.input);
        match texts.as_slice() {
            [""] => self.find(thing, self.text(thing.arn)),
            [text] => self.find(thing, text),
            [.., name] => self.get(thing, &(thing.path)(&texts).to_lowercase(), name),
            [] => self.find(thing, ""),
        }
    }

    /// The object of that name or ARN, or the error that it does not exist.
    pub(super) fn find(&self, thing: &Thing, text: &str) -> Result<&Object, ServiceError> {
        let key = self.key(thing, text)?;
        if thing.made.is_some() && self.region.get(thing.kind, &key).is_none() {
            let named = self.region.of_kind(thing.kind).find(|one| one.name == text);
            return named.ok_or_else(|| self.absent(thing, &key, text));
        }
        self.get(thing, &key, text)
    }

    /// The object of that key, or the error that it does not exist.
    pub(super) fn get(&self, thing: &Thing, key: &str, name: &str) -> Result<&Object, ServiceError> {
        self.region.get(thing.kind, key).ok_or_else(|| self.absent(thing, key, name))
    }

    pub(super) fn absent(&self, thing: &Thing, key: &str, name: &str) -> ServiceError {
        self.refusal(thing, &thing.absent, &[NOT_FOUND], &self.place.arn(thing.arn_kind(), key), name)
    }

    /// The error of that text; if it has no code, the first of these that the operation knows.
    pub(super) fn refusal(
        &self,
        thing: &Thing,
        text: &Text,
        codes: &[&'static str],
        arn: &str,
        name: &str,
    ) -> ServiceError {
        let known = codes.iter().copied().find(|code| self.operation.errors.contains(code)).unwrap_or(VALIDATION);
        let error = text.of(arn, name);
        let code = if text.code.is_empty() { known } else { text.code };
        ServiceError::new(code, error.message.replace("{noun}", thing.noun))
    }

    /// The error that the object is going through a change.
    pub(super) fn busy(&self, thing: &Thing, object: &Object) -> ServiceError {
        self.in_status(thing, &thing.busy, object)
    }

    pub(super) fn in_status(&self, thing: &Thing, text: &Text, object: &Object) -> ServiceError {
        let view = object.view(self.now);
        let status = thing.life.as_ref().map_or("", |life| life.status_in(&view));
        let error = self.refusal(thing, text, &[CONFLICT, IN_USE], &object.arn, &object.name);
        ServiceError::new(error.code, error.message.replace("{status}", status))
    }

    /// The reply with the members that the operation's output has.
    pub(super) fn reply(&self, members: Map) -> Value {
        project(self.operation.output, members)
    }

    /// The reply that shows so much of an object as the operation's output has.
    pub(super) fn shown(&self, thing: &Thing, mut view: Map) -> Value {
        repeat(thing, self.operation.output, &mut view);
        if let Some(inner) = self.operation.output.member(thing.wrapper) {
            repeat(thing, inner.shape, &mut view);
            view.insert(thing.wrapper.to_owned(), Value::Map(view.clone()));
        }
        self.reply(view)
    }
}

/// The values of the members that say which one is meant; empty texts for those that are not given.
pub(super) fn identity<'a>(thing: &Thing, members: &'a Value) -> Vec<&'a str> {
    let given = |member: &str| members.get(member).as_str().unwrap_or_default();
    let texts = thing.identity().iter().map(|member| match member.split_once('|') {
        None => given(member),
        Some((one, other)) => Some(given(one)).filter(|text| !text.is_empty()).unwrap_or_else(|| given(other)),
    });
    let texts: Vec<&str> = texts.collect();
    match texts.len() {
        0 | 1 => texts,
        // As part of something longer an ARN is as good as the name in it.
        _ => texts.into_iter().map(name_in).collect(),
    }
}

/// What comes after the kind in an ARN; anything else as it is.
pub(super) fn name_in(text: &str) -> &str {
    match text.strip_prefix("arn:") {
        Some(arn) => arn.split_once('/').map_or(text, |(_, name)| name),
        None => text,
    }
}

/// Gives members of the shape that repeat others under another name their values.
pub(super) fn repeat(thing: &Thing, shape: &Shape, view: &mut Map) {
    for (member, of) in thing.repeated {
        if shape.member(member).is_some() {
            let value = lookup(view, of).clone();
            if !value.is_null() {
                view.insert((*member).to_owned(), value);
            }
        }
    }
}

/// A member of a description; dots lead inwards.
pub(super) fn lookup<'a>(view: &'a Map, member: &str) -> &'a Value {
    let mut steps = member.split('.');
    let first = steps.next().and_then(|step| view.get(step)).unwrap_or(&Value::Null);
    steps.fold(first, |value, step| value.get(step))
}

/// Creates what the input describes.
pub(super) fn create(
    thing: &'static Thing,
    call: &mut Call<'_>,
    fill: fn(&mut Call<'_>, &mut Draft) -> Result<(), ServiceError>,
) -> Result<Value, ServiceError> {
    let token = token(call);
    if let Some(earlier) = call.region.of_kind(thing.kind).find(|one| !token.is_empty() && one.token == token) {
        return Ok(call.shown(thing, earlier.view(call.now)));
    }
    let tags = tags::on_create(&call.input)?;
    check_parents(thing, call)?;
    let mut draft = draft(thing, call);
    make(thing, call, &mut draft)?;
    fill(call, &mut draft)?;
    let view = add(thing, call, draft, tags, token)?;
    Ok(call.shown(thing, view))
}

/// Adds an object, and begins its life.
pub(super) fn add(
    thing: &'static Thing,
    call: &mut Call<'_>,
    mut draft: Draft,
    tags: Tags,
    token: String,
) -> Result<Map, ServiceError> {
    let arn = call.place.arn(thing.arn_kind(), &draft.key);
    let key = draft.key.to_lowercase();
    if call.region.get(thing.kind, &key).is_some_and(|one| !is_gone(thing, call, one)) {
        return Err(call.refusal(thing, &thing.exists, &[IN_USE, CONFLICT], &arn, &draft.name));
    }
    draft.members.insert(thing.arn.to_owned(), arn.as_str().into());
    let change = creation(thing, call, &mut draft);
    let object = Object {
        kind: thing.kind,
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
    let view = object.view(call.now);
    call.region.add(object);
    if let Some(change) = change {
        call.region.begin(thing.kind, &key, change);
    }
    Ok(view)
}

/// What the input says of the new object, and what the tables say of it.
fn draft(thing: &Thing, call: &Call<'_>) -> Draft {
    let texts = identity(thing, &call.input);
    let name = call.input.get(thing.name).as_str().or(texts.last().copied()).unwrap_or_default().to_owned();
    let key = if thing.made.is_some() { String::new() } else { (thing.path)(&texts) };
    let mut members = echo(thing, call);
    fill_defaults(thing, &mut members);
    // Shows the users of Studio alone; others leave it empty.
    members.insert("CreatedBy".into(), Value::object());
    if let Some(began) = thing.life.as_ref().map(|life| life.began).filter(|began| !began.is_empty()) {
        members.insert(began.to_owned(), call.now.to_value());
    }
    Draft { key, name, members, ..Draft::default() }
}

fn fill_defaults(thing: &Thing, members: &mut Map) {
    for (path, value) in thing.defaults {
        let value = json::read(value.as_bytes()).unwrap_or_else(|_| (*value).into());
        things::default_at(members, path, &value);
    }
}

/// Makes up an identifier. The same calls get the same identifiers, so that tests can rely on them.
fn make(thing: &Thing, call: &Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    let Some(made) = &thing.made else { return Ok(()) };
    if let Some(other) =
        call.region.of_kind(thing.kind).find(|one| made.unique && one.name == draft.name && !is_gone(thing, call, one))
    {
        return Err(call.refusal(thing, &thing.exists, &[IN_USE, CONFLICT], &other.arn, &draft.name));
    }
    let seed = format!("{}/{}/{}/{}", thing.kind, draft.name, call.now.0, call.region.count());
    draft.key = format!("{}{}", made.prefix, things::letters(&seed, made.letters, made.length));
    if !made.member.is_empty() {
        draft.members.insert(made.member.to_owned(), draft.key.as_str().into());
    }
    Ok(())
}

fn check_parents(thing: &Thing, call: &Call<'_>) -> Result<(), ServiceError> {
    for parent in thing.parents {
        check_parent(parent, call)?;
    }
    Ok(())
}

/// The parent that the input names, if it names one of this place, has to exist.
pub(super) fn check_parent(parent: &Parent, call: &Call<'_>) -> Result<(), ServiceError> {
    if parent.thing.identity().len() > 1 {
        let given = !identity(parent.thing, &call.input).contains(&"");
        return if given { call.named(parent.thing).map(|_| ()) } else { Ok(()) };
    }
    let members = call.input.as_map().cloned().unwrap_or_default();
    match lookup(&members, parent.member).as_str() {
        Some(text) if !call.place.is_foreign(text) => call.find(parent.thing, text).map(|_| ()),
        _ => Ok(()),
    }
}

/// Whether the description refers to the object as its parent.
fn refers(call: &Call<'_>, parent: &Parent, members: &Map, object: &Object) -> bool {
    if parent.thing.identity().len() > 1 {
        let members = Value::Map(members.clone());
        return (parent.thing.path)(&identity(parent.thing, &members)).to_lowercase() == object.key;
    }
    let text = lookup(members, parent.member).as_str().unwrap_or_default();
    text == object.name || call.key(parent.thing, text).is_ok_and(|key| key == object.key)
}

/// The first change in the life of an object; None if it has no states, and then the draft has the results.
fn creation(thing: &Thing, call: &Call<'_>, draft: &mut Draft) -> Option<Change> {
    let Some(life) = &thing.life else {
        draft.members.append(&mut draft.results);
        return None;
    };
    let mut settled = draft.members.clone();
    match &call.outcome {
        Outcome::Success | Outcome::Never | Outcome::Unseen(_) | Outcome::Repeatable => {
            settled.extend(life.shown(life.created));
            settled.append(&mut draft.results);
        }
        Outcome::Failure(reason) | Outcome::Rollback(reason) => {
            settled.extend(life.shown(life.failed));
            explain(&mut settled, life.reason, reason);
        }
    }
    if !life.ended.is_empty() {
        settled.insert(life.ended.to_owned(), call.settles().to_value());
    }
    let mut stages = life.stages();
    if stages.is_empty() {
        draft.members = settled;
        return None;
    }
    for stage in &mut stages {
        stage.extend(draft.meanwhile.clone());
    }
    Some(Change { began: call.now, ends: call.settles(), stages, then: Then::Become(settled) })
}

/// Shows the object that the input names.
pub(super) fn describe(
    thing: &'static Thing,
    call: &Call<'_>,
    show: fn(&Call<'_>, &Object, &mut Map) -> Result<(), ServiceError>,
) -> Result<Value, ServiceError> {
    let object = call.named(thing)?;
    let mut view = object.view(call.now);
    view.insert("Tags".into(), tags::write(object.tags.iter()));
    show(call, object, &mut view)?;
    Ok(call.shown(thing, view))
}

/// Changes the object that the input names.
pub(super) fn update(
    thing: &'static Thing,
    call: &mut Call<'_>,
    revise: impl Fn(&Call<'_>, &mut Revision) -> Result<(), ServiceError>,
) -> Result<Value, ServiceError> {
    let token = token(call);
    let object = call.named(thing)?;
    if !token.is_empty() && object.token == token {
        return Ok(call.shown(thing, object.view(call.now)));
    }
    let key = object.key.clone();
    let before = object.view(call.now);
    let life = thing.life.as_ref();
    let reason = life.map_or("", |life| life.reason);
    let failed = life.map(|life| if life.update_failed.is_empty() { life.failed } else { life.update_failed });
    let mut revision = Revision {
        arn: object.arn.clone(),
        changing: object.change.is_some(),
        members: before.clone(),
        stages: Vec::new(),
        failed: life.zip(failed).map(|(life, failed)| life.shown(failed)).unwrap_or_default(),
    };
    revise(call, &mut revision)?;
    let reply = call.shown(thing, revision.members.clone());
    let settled = match &call.outcome {
        Outcome::Success | Outcome::Never | Outcome::Unseen(_) | Outcome::Repeatable => revision.members,
        Outcome::Failure(text) => {
            let mut failed = before.clone();
            failed.append(&mut revision.failed);
            explain(&mut failed, reason, text);
            failed
        }
        Outcome::Rollback(text) => {
            let mut old = before.clone();
            explain(&mut old, reason, text);
            old
        }
    };
    let (began, ends, at_once) = (call.now, call.settles(), revision.stages.is_empty());
    let tags = tags::on_create(&call.input)?;
    if let Some(object) = call.region.get_mut(thing.kind, &key) {
        object.modified = began;
        object.token = token;
        object.tags.extend(tags);
        if let Some(name) = settled.get(thing.name).and_then(Value::as_str).filter(|_| thing.made.is_some()) {
            name.clone_into(&mut object.name);
        }
        if at_once {
            object.turn(&before, &settled);
            return Ok(reply);
        }
    }
    call.region.begin(thing.kind, &key, Change { began, ends, stages: revision.stages, then: Then::Become(settled) });
    Ok(reply)
}

/// Changes the object that the input names to what the input says, and to what the function makes of that.
pub(super) fn amend(
    thing: &'static Thing,
    call: &mut Call<'_>,
    revise: fn(&Call<'_>, &mut Revision) -> Result<(), ServiceError>,
) -> Result<Value, ServiceError> {
    let object = call.named(thing)?;
    if is_gone(thing, call, object) {
        return Err(call.refusal(thing, &thing.gone, &[], &object.arn, &object.name));
    }
    check_parents(thing, call)?;
    let staged = thing.life.as_ref().is_some_and(|life| !life.updating.is_empty());
    if staged && object.change.is_some() {
        return Err(call.busy(thing, object));
    }
    update(thing, call, |call, revision| {
        merge(thing, call, &mut revision.members);
        if let Some(life) = &thing.life {
            revision.members.remove(life.reason);
            if !life.updating.is_empty() {
                revision.stages = vec![life.shown(life.updating)];
                let updated = if life.updated.is_empty() { life.created } else { life.updated };
                revision.members.extend(life.shown(updated));
            }
        }
        revise(call, revision)?;
        fill_defaults(thing, &mut revision.members);
        Ok(())
    })
}

/// Puts what the input says in place of what the object shows. Keys that are to be removed go from the map.
fn merge(thing: &Thing, call: &Call<'_>, members: &mut Map) {
    for (name, value) in echo(thing, call) {
        let identity = thing.identity().iter().any(|member| member.split('|').any(|member| member == name));
        if identity || name == thing.arn {
            continue;
        }
        if let Some(map) = name.strip_suffix("ToRemove") {
            things::within(members, map, |map| map.retain(|key, _| !value.elements().contains(&key.as_str().into())));
        } else if thing.merged.contains(&name.as_str()) {
            let given = thing.renamed.iter().find(|(_, shown)| *shown == name).map_or(&*name, |(given, _)| given);
            let shape = call.operation.input.member(given).map_or(call.operation.input, |member| member.shape);
            things::merge(shape, members.entry(name).or_default(), value);
        } else {
            members.insert(name, value);
        }
    }
    members.insert("LastModifiedBy".into(), Value::object());
}

/// Deletes the object that the input names.
pub(super) fn delete(
    thing: &'static Thing,
    call: &mut Call<'_>,
    check: fn(&Call<'_>, &Object) -> Result<(), ServiceError>,
) -> Result<Value, ServiceError> {
    let object = call.named(thing)?;
    if is_gone(thing, call, object) {
        return Err(call.refusal(thing, &thing.gone, &[], &object.arn, &object.name));
    }
    let (key, mut settled) = (object.key.clone(), object.members.clone());
    let reply = call.shown(thing, object.view(call.now));
    if is_being_deleted(object) && call.outcome == Outcome::Repeatable {
        return Ok(reply);
    }
    check(call, object)?;
    check_children(thing, call, object)?;
    if is_being_deleted(object) {
        return Err(call.busy(thing, object));
    }
    let Some(life) = thing.life.as_ref().filter(|life| !life.deleting.is_empty()) else {
        call.region.remove(thing.kind, &key);
        return Ok(reply);
    };
    settled.extend(life.shown(life.gone));
    let then = if life.gone.is_empty() { Then::Vanish } else { Then::Linger(settled) };
    let stages = vec![life.shown(life.deleting)];
    call.region.begin(thing.kind, &key, Change { began: call.now, ends: call.settles(), stages, then });
    Ok(reply)
}

/// Such an object cannot be deleted once more, unless a test asks for [`Outcome::Repeatable`]. What the service answers
/// differs from kind to kind ("is in status Deleting" was seen); that it refuses for all of them is assumed.
fn is_being_deleted(object: &Object) -> bool {
    matches!(object.change, Some(Change { then: Then::Vanish | Then::Linger(_), .. }))
}

/// Objects that are going through another change cannot be deleted.
pub(super) fn if_settled(call: &Call<'_>, object: &Object) -> Result<(), ServiceError> {
    match (&object.change, things::of_kind(object.kind)) {
        (Some(Change { then: Then::Become(_), .. }), Some(thing)) => Err(call.busy(thing, object)),
        _ => Ok(()),
    }
}

fn is_gone(thing: &Thing, call: &Call<'_>, object: &Object) -> bool {
    thing.life.as_ref().is_some_and(|life| !life.gone.is_empty() && life.is_gone(&object.view(call.now)))
}

/// What something else refers to and holds cannot be deleted.
fn check_children(thing: &'static Thing, call: &Call<'_>, object: &Object) -> Result<(), ServiceError> {
    let holds = things::children(thing).any(|(child, parent)| {
        let mut all = call.region.of_kind(child.kind).filter(|one| !is_gone(child, call, one));
        all.any(|one| refers(call, parent, &one.members, object))
    });
    if holds {
        return Err(call.refusal(thing, &thing.in_use, &[IN_USE, CONFLICT], &object.arn, &object.name));
    }
    Ok(())
}

/// Moves the object that the input names to another state.
pub(super) fn go(
    thing: &'static Thing,
    call: &mut Call<'_>,
    from: &[&str],
    (through, to): (State, State),
    refused: &Text,
) -> Result<Value, ServiceError> {
    let object = call.named(thing)?;
    let view = object.view(call.now);
    let reply = call.shown(thing, view.clone());
    let Some(life) = &thing.life else { return Ok(reply) };
    if !from.contains(&life.status_in(&view)) {
        return Err(call.in_status(thing, refused, object));
    }
    let (key, mut settled) = (object.key.clone(), object.members.clone());
    settled.extend(life.shown(to));
    if !life.ended.is_empty() {
        settled.insert(life.ended.to_owned(), call.settles().to_value());
    }
    let (began, ends, stages) = (call.now, call.settles(), vec![life.shown(through)]);
    if !through.is_empty() {
        call.region.begin(thing.kind, &key, Change { began, ends, stages, then: Then::Become(settled) });
    } else if let Some(object) = call.region.get_mut(thing.kind, &key) {
        object.members = settled;
        object.modified = began;
        object.change = None;
    }
    Ok(reply)
}

/// Stops the object that the input names, if it is still on its way.
pub(super) fn stop(thing: &'static Thing, call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let (stopping, stopped) = thing.life.as_ref().map_or(("", ""), |life| (life.stopping, life.stopped));
    let stages = thing.life.as_ref().map_or(&[] as &[State], |life| life.creating);
    let from: Vec<&str> = stages.iter().filter_map(|state| state.split_whitespace().next()).collect();
    go(thing, call, &from, (stopping, stopped), &thing.ended)
}

/// The members of the input that describe the object, by the names under which they are shown: all but tags and
/// idempotency tokens.
fn echo(thing: &Thing, call: &Call<'_>) -> Map {
    let given = call.input.as_map().cloned().unwrap_or_default();
    let renamed = |name: String| {
        let new = thing.renamed.iter().find(|(old, _)| *old == name);
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

/// The idempotency token of the input, with the operation: what another operation was told is another matter.
fn token(call: &Call<'_>) -> String {
    let member = call.operation.input.members().iter().find(|member| member.idempotency_token);
    let text = member.map_or("", |member| call.text(member.name));
    if text.is_empty() { String::new() } else { format!("{} {text}", call.operation.name) }
}

fn explain(members: &mut Map, reason: &str, text: &str) {
    if !reason.is_empty() {
        members.insert(reason.to_owned(), text.into());
    }
}

/// What the shape has of the members.
pub(super) fn project(shape: &Shape, members: Map) -> Value {
    fit(shape, Value::Map(members))
}

/// What the shape has of the value. What is given can be more than what is shown, at any depth: secrets, say.
fn fit(shape: &Shape, value: Value) -> Value {
    match (&shape.kind, value) {
        (ShapeKind::Structure { .. }, Value::Map(members)) => {
            let known = members.into_iter().filter(|(_, value)| !value.is_null());
            let fitting = known.filter_map(|(name, value)| Some((fit(shape.member(&name)?.shape, value), name)));
            Value::Map(fitting.map(|(value, name)| (name, value)).collect())
        }
        (ShapeKind::List { element, .. }, Value::List(elements)) => {
            Value::List(elements.into_iter().map(|value| fit(element, value)).collect())
        }
        (ShapeKind::Map { value: inner, .. }, Value::Map(entries)) => {
            Value::Map(entries.into_iter().map(|(key, value)| (key, fit(inner, value))).collect())
        }
        (_, value) => value,
    }
}
