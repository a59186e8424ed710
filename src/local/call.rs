//! One call: what was asked, where, and the ordinary ways of doing it.

use std::time::Duration;

use super::{
    error::ServiceError,
    moment::Moment,
    place::Place,
    store::{Change, Object, Region, Then},
    tags,
    thing::{Thing, shown},
};
use crate::{
    definition::service::{Operation, Shape},
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
}

/// An object about to be created.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// What comes after the kind in the ARN.
    pub(super) key: String,
    pub(super) name: String,
    /// What is shown from the start: the input, and whatever the service adds.
    pub(super) members: Map,
    /// What is shown besides, but only as long as it is being created.
    pub(super) meanwhile: Map,
    /// What is shown besides once it was created successfully.
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

    /// The key of the object of that kind that the text means: its name, or its ARN.
    pub(super) fn key(&self, thing: &Thing, text: &str) -> Result<String, ServiceError> {
        match text.strip_prefix("arn:") {
            None => Ok(text.to_lowercase()),
            Some(_) => self.place.key_of(text, thing),
        }
    }

    /// The object that the input names.
    pub(super) fn named(&self, thing: &Thing) -> Result<&Object, ServiceError> {
        let text = [thing.name, thing.arn].iter().find_map(|member| self.input.get(member).as_str());
        self.find(thing, text.unwrap_or_default())
    }

    /// The object of that name or ARN, or the error that it does not exist.
    pub(super) fn find(&self, thing: &Thing, text: &str) -> Result<&Object, ServiceError> {
        let key = self.key(thing, text)?;
        self.region.get(thing.kind, &key).ok_or_else(|| thing.absent.of(&self.place.arn(thing.kind, &key), text))
    }

    /// The reply with the members that the operation's output has.
    pub(super) fn reply(&self, members: Map) -> Value {
        project(self.operation.output, members)
    }
}

/// Creates what the input describes.
pub(super) fn create(
    thing: &'static Thing,
    call: &mut Call<'_>,
    fill: fn(&mut Call<'_>, &mut Draft) -> Result<(), ServiceError>,
) -> Result<Value, ServiceError> {
    let token = token(call);
    if let Some(earlier) = call.region.of_kind(thing.kind).find(|one| !token.is_empty() && one.token == token) {
        return Ok(call.reply(Map::from([(thing.arn.to_owned(), earlier.arn.as_str().into())])));
    }
    let tags = tags::on_create(&call.input)?;
    let name = call.input.get(thing.name).as_str().unwrap_or_default().to_owned();
    let mut draft = Draft { key: name.to_lowercase(), name, members: echo(call), ..Draft::default() };
    fill(call, &mut draft)?;
    let arn = call.place.arn(thing.kind, &draft.key);
    if call.region.get(thing.kind, &draft.key).is_some() {
        return Err(thing.exists.of(&arn, &draft.name));
    }
    draft.members.insert(thing.arn.to_owned(), arn.as_str().into());
    let change = creation(thing, call, &mut draft);
    call.region.add(Object {
        kind: thing.kind,
        key: draft.key.clone(),
        name: draft.name,
        arn: arn.clone(),
        serial: 0,
        created: call.now,
        modified: call.now,
        members: draft.members,
        tags,
        token,
        parts: 0,
        change: None,
    });
    if let Some(change) = change {
        call.region.begin(thing.kind, &draft.key, change);
    }
    Ok(call.reply(Map::from([(thing.arn.to_owned(), arn.into())])))
}

/// The first change in the life of an object; None if it has no states, and then the draft has the results.
fn creation(thing: &Thing, call: &Call<'_>, draft: &mut Draft) -> Option<Change> {
    let Some(life) = &thing.life else {
        draft.members.append(&mut draft.results);
        return None;
    };
    let mut settled = draft.members.clone();
    match &call.outcome {
        Outcome::Success => {
            settled.append(&mut draft.results);
            settled.extend(shown(life.created));
        }
        Outcome::Failure(reason) | Outcome::Rollback(reason) => {
            settled.extend(shown(life.failed));
            explain(&mut settled, life.reason, reason);
        }
    }
    let mut stages = life.stages();
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
    show(call, object, &mut view)?;
    Ok(call.reply(view))
}

/// Changes the object that the input names.
pub(super) fn update(
    thing: &'static Thing,
    call: &mut Call<'_>,
    revise: fn(&Call<'_>, &mut Revision) -> Result<(), ServiceError>,
) -> Result<Value, ServiceError> {
    let token = token(call);
    let object = call.named(thing)?;
    let reply = call.reply(Map::from([(thing.arn.to_owned(), object.arn.as_str().into())]));
    if !token.is_empty() && object.token == token {
        return Ok(reply);
    }
    let key = object.key.clone();
    let before = object.view(call.now);
    let reason = thing.life.as_ref().map_or("", |life| life.reason);
    let mut revision = Revision {
        arn: object.arn.clone(),
        changing: object.change.is_some(),
        members: before.clone(),
        stages: Vec::new(),
        failed: thing.life.as_ref().map(|life| shown(life.failed)).unwrap_or_default(),
    };
    revise(call, &mut revision)?;
    let settled = match &call.outcome {
        Outcome::Success => revision.members,
        Outcome::Failure(text) => {
            let mut failed = before;
            failed.append(&mut revision.failed);
            explain(&mut failed, reason, text);
            failed
        }
        Outcome::Rollback(text) => {
            let mut old = before;
            explain(&mut old, reason, text);
            old
        }
    };
    let (began, ends, at_once) = (call.now, call.settles(), revision.stages.is_empty());
    if let Some(object) = call.region.get_mut(thing.kind, &key) {
        object.modified = began;
        object.token = token;
        if at_once {
            object.members = settled;
            return Ok(reply);
        }
    }
    call.region.begin(thing.kind, &key, Change { began, ends, stages: revision.stages, then: Then::Become(settled) });
    Ok(reply)
}

/// Deletes the object that the input names.
pub(super) fn delete(
    thing: &'static Thing,
    call: &mut Call<'_>,
    check: fn(&Call<'_>, &Object) -> Result<(), ServiceError>,
) -> Result<Value, ServiceError> {
    let object = call.named(thing)?;
    check(call, object)?;
    let key = object.key.clone();
    match thing.life.as_ref().map(|life| shown(life.deleting)).filter(|deleting| !deleting.is_empty()) {
        None => call.region.remove(thing.kind, &key),
        Some(deleting) => {
            let change = Change { began: call.now, ends: call.settles(), stages: vec![deleting], then: Then::Vanish };
            call.region.begin(thing.kind, &key, change);
        }
    }
    Ok(Value::object())
}

/// The members of the input that describe the object: all but tags and idempotency tokens.
fn echo(call: &Call<'_>) -> Map {
    let given = call.input.as_map().cloned().unwrap_or_default();
    given
        .into_iter()
        .filter(|(name, _)| {
            name != "Tags" && !call.operation.input.member(name).is_some_and(|member| member.idempotency_token)
        })
        .collect()
}

fn token(call: &Call<'_>) -> String {
    let member = call.operation.input.members().iter().find(|member| member.idempotency_token);
    member.and_then(|member| call.input.get(member.name).as_str()).unwrap_or_default().to_owned()
}

fn explain(members: &mut Map, reason: &str, text: &str) {
    if !reason.is_empty() {
        members.insert(reason.to_owned(), text.into());
    }
}

/// The members that a structure has.
pub(super) fn project(shape: &Shape, mut members: Map) -> Value {
    members.retain(|name, value| !value.is_null() && shape.member(name).is_some());
    Value::Map(members)
}
