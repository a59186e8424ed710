//! Waits until a call has taken effect.
//!
//! A wait compares the object with the planned values, not only its state. An interrupt by the user ends it at once.

use std::time::Duration;

use tokio::time::{Instant, timeout};

use crate::{
    api::{Api, ApiError, ErrorKind},
    definition::{Attribute, Resource, Wait},
    engine::{
        common::timeouts::PlannedAction,
        convert::{
            absence::configurable,
            equality::same,
            reply::{Prior, member_of, observe_attribute},
        },
        service::{
            describe::describe,
            failure::Failure,
            limit::Limit,
            progress::Progress,
            refusal::{is_absent, retry_window},
            stop::Stop,
        },
    },
    value::Value,
};

/// How long a new object may stay invisible: reads lag behind writes by seconds.
pub(crate) const VISIBLE_WITHIN: Duration = Duration::from_secs(60);

/// How long an accepted update or delete may be missing from descriptions.
pub(crate) const CHANGE_SEEN_WITHIN: Duration = Duration::from_secs(15);

/// How long a read may take when the timeout has expired: a service that throttles for minutes must not make an apply
/// longer than the user allows.
pub(crate) const READ_WITHIN: Duration = Duration::from_secs(30);

/// How long credentials that have worked before may fail: they are renewed during long waits, and their provider may be
/// busy.
const CREDENTIALS_WITHIN: Duration = Duration::from_secs(5 * 60);

/// Waits for one object.
pub(crate) struct Waiter<'a> {
    pub(crate) resource: &'a Resource,
    pub(crate) api: &'a dyn Api,
    pub(crate) region: &'a str,
    /// The input of the read call.
    pub(crate) address: Value,
    /// The members that identify the object in the reply.
    pub(crate) marks: Value,
    pub(crate) stop: &'a Stop,
}

/// The options of one wait.
pub(crate) struct WaitOptions<'a> {
    pub(crate) wait: &'a Wait,
    pub(crate) action: PlannedAction,
    pub(crate) limit: Limit,
    /// The state before the call; of an object that is created, the planned one.
    pub(crate) prior: &'a Value,
    pub(crate) planned: &'a Value,
}

impl Waiter<'_> {
    /// Waits and returns the last reply of the read call; null if the wait was for the deletion of the object.
    pub(crate) async fn wait(&self, options: &WaitOptions<'_>) -> Result<Value, Failure> {
        self.log_start(options);
        let waited = self.poll(options).await;
        if waited.is_ok() {
            let elapsed = options.limit.since.elapsed();
            tracing::info!(resource = self.resource.type_name, object = %self.address, ?elapsed, "the wait is over");
        }
        waited
    }

    async fn poll(&self, options: &WaitOptions<'_>) -> Result<Value, Failure> {
        let started = Instant::now();
        let mut seen = Seen::new();
        loop {
            let left = options.limit.left().max(READ_WITHIN);
            let Ok(read) = timeout(left, self.read(options.wait, started, &mut seen)).await else {
                return Err(seen.progress.expired(&options.limit));
            };
            let reply = read?;
            match self.evaluate(options, &reply, started, &mut seen)? {
                Verdict::Over => return Ok(reply),
                Verdict::Continue => self.log_progress(options, &mut seen.progress),
            }
            seen.progress.pause(self.stop, &options.limit).await?;
        }
    }

    /// What is waited for, why and how long.
    fn log_start(&self, options: &WaitOptions<'_>) {
        let awaited = if options.wait.done.is_empty() { "deleted".to_owned() } else { options.wait.done.join(" or ") };
        tracing::info!(
            resource = self.resource.type_name,
            object = %self.address,
            action = options.limit.argument,
            awaited,
            timeout = ?options.limit.timeout,
            "waiting until the call has taken effect"
        );
    }

    fn log_progress(&self, options: &WaitOptions<'_>, progress: &mut Progress) {
        if progress.is_due() {
            tracing::info!(
                resource = self.resource.type_name,
                object = %self.address,
                state = progress.state,
                elapsed = ?progress.elapsed(),
                left = ?options.limit.left(),
                "still waiting"
            );
        }
    }

    /// Reads the object. Null: it does not exist (yet), or the service was too busy to answer.
    async fn read(&self, wait: &Wait, started: Instant, seen: &mut Seen) -> Result<Value, Failure> {
        match describe(self.api, self.region, self.resource, &self.address, &self.marks).await {
            Ok(reply) if is_nothing(self.resource, &reply) => self.absence(wait, started, seen),
            Ok(reply) => {
                seen.object = true;
                seen.absent = false;
                seen.answered = Some(Instant::now());
                Ok(reply)
            }
            Err(error) if error.kind == ErrorKind::Credentials && seen.answered.is_some_and(is_recent) => {
                Ok(Value::Null)
            }
            Err(error) if is_absent(self.resource, &self.address, &error) => self.absence(wait, started, seen),
            // The timeout of the wait is the limit: a busy service, a short network failure or an error that the
            // definition retries does not end it.
            Err(error) if is_transient(&error) || self.is_expected(&error) => {
                seen.absent = false;
                Ok(Value::Null)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// The object does not exist: as expected, or since a read may not know of a new one yet, or against expectation.
    fn absence(&self, wait: &Wait, started: Instant, seen: &mut Seen) -> Result<Value, Failure> {
        seen.absent = true;
        let may_be_late = !seen.object && started.elapsed() < VISIBLE_WITHIN;
        if wait.done.is_empty() || may_be_late { Ok(Value::Null) } else { Err(Failure::Vanished) }
    }

    /// True for an error of the read call that the definition retries.
    fn is_expected(&self, error: &ApiError) -> bool {
        retry_window(self.resource, self.resource.operations.read.name, error).is_some()
    }

    fn evaluate(
        &self,
        options: &WaitOptions<'_>,
        reply: &Value,
        started: Instant,
        seen: &mut Seen,
    ) -> Result<Verdict, Failure> {
        let wait = options.wait;
        if reply.is_null() {
            return Ok(if seen.absent && wait.done.is_empty() { Verdict::Over } else { Verdict::Continue });
        }
        let state = state(wait, reply);
        seen.progress.note(state, reason(wait, reply));
        seen.pending |= wait.pending.contains(&state);
        if wait.done.is_empty() {
            return self.evaluate_deletion(options, reply, started, seen);
        }
        // A read may lag behind the accepted update and show the result of an earlier one.
        let may_be_old =
            options.action == PlannedAction::Update && !seen.pending && started.elapsed() < CHANGE_SEEN_WITHIN;
        if wait.failed.contains(&state) {
            if may_be_old {
                return Ok(Verdict::Continue);
            }
            return Err(Failure::EndedIn { state: state.to_owned(), reason: reason(wait, reply) });
        }
        // An object without a state has nothing left to do.
        if !state.is_empty() && !wait.done.contains(&state) {
            return Ok(Verdict::Continue);
        }
        match self.deviation(options, reply) {
            None => Ok(Verdict::Over),
            Some(_) if !seen.pending && started.elapsed() < CHANGE_SEEN_WITHIN => Ok(Verdict::Continue),
            Some(failure) => Err(failure),
        }
    }

    /// A deletion succeeds when the object no longer exists, and fails when its state does not lead to that.
    fn evaluate_deletion(
        &self,
        options: &WaitOptions<'_>,
        reply: &Value,
        started: Instant,
        seen: &Seen,
    ) -> Result<Verdict, Failure> {
        let Resource { create_wait, update_wait, attributes, .. } = self.resource;
        let wait = options.wait;
        let now = state(wait, reply);
        let changes = |wait: &Wait| wait.pending.contains(&state(wait, reply));
        if now.is_empty() || [create_wait, update_wait].into_iter().flatten().chain([wait]).any(changes) {
            return Ok(Verdict::Continue);
        }
        // A read may lag behind the accepted delete. Some objects never show that they are being deleted.
        let may_be_old = !seen.pending && (wait.pending.is_empty() || started.elapsed() < CHANGE_SEEN_WITHIN);
        let is_as_before = state_in(attributes, wait, options.planned) == Some(now);
        if may_be_old && (is_as_before || !wait.failed.contains(&now)) {
            return Ok(Verdict::Continue);
        }
        Err(Failure::EndedIn { state: now.to_owned(), reason: reason(wait, reply) })
    }

    /// The failure for the first confirmed member that is not as planned; `None` if all are. What an update does not change may
    /// have drifted.
    fn deviation(&self, options: &WaitOptions<'_>, reply: &Value) -> Option<Failure> {
        options.wait.confirmed.iter().find_map(|member| {
            let attribute = self.resource.attribute_of(member)?;
            let [before, after] = [options.prior, options.planned].map(|values| values.get(attribute.name));
            if options.action == PlannedAction::Update && same(attribute, after, before) {
                return None;
            }
            // What only the service sets may change at any time.
            let planned = configurable(attribute, options.planned.get(attribute.name));
            let actual = observe_attribute(attribute, member_of(attribute, reply), Prior::State(&planned));
            let (attribute, planned, actual) = first_difference(attribute.name, &planned, &actual)?;
            Some(Failure::RolledBack { attribute, planned, actual, reason: reason(options.wait, reply) })
        })
    }
}

/// The first path at which a known planned value differs, with both values. Values that the service chooses may differ.
fn first_difference(place: &str, planned: &Value, actual: &Value) -> Option<(String, Value, Value)> {
    let differs = || Some((place.to_owned(), planned.clone(), actual.clone()));
    match (planned, actual) {
        (Value::Null | Value::Unknown(_), _) => None,
        (Value::List(planned), Value::List(actual)) if planned.len() == actual.len() => {
            let mut elements = planned.iter().zip(actual).enumerate();
            elements
                .find_map(|(index, (planned, actual))| first_difference(&format!("{place}[{index}]"), planned, actual))
        }
        (Value::List(planned), _) if planned.is_empty() => None,
        (Value::Map(planned), Value::Map(_)) => planned
            .iter()
            .find_map(|(name, planned)| first_difference(&format!("{place}.{name}"), planned, actual.get(name))),
        _ if planned == actual => None,
        _ => differs(),
    }
}

/// What a wait has read so far.
struct Seen {
    object: bool,
    absent: bool,
    pending: bool,
    /// When the service last answered a read.
    answered: Option<Instant>,
    progress: Progress,
}

impl Seen {
    fn new() -> Self {
        Self { object: false, absent: false, pending: false, answered: None, progress: Progress::start() }
    }
}

enum Verdict {
    Over,
    Continue,
}

fn is_recent(moment: Instant) -> bool {
    moment.elapsed() < CREDENTIALS_WITHIN
}

/// The state in a reply; empty if there is none.
pub(crate) fn state<'a>(wait: &Wait, reply: &'a Value) -> &'a str {
    wait.field.and_then(|field| member(reply, field).as_str()).unwrap_or_default()
}

/// True if a reply of the read call shows no object, or one in a state in which it counts as deleted.
pub(crate) fn is_nothing(resource: &Resource, reply: &Value) -> bool {
    let wait = resource.create_wait.as_ref().or(resource.delete_wait.as_ref());
    reply.is_null() || wait.is_some_and(|wait| resource.identity.absent_states.contains(&state(wait, reply)))
}

/// True for the state of a job that was stopped and still runs. All kinds have the same state, in different letter
/// case.
pub(crate) fn is_stopping(state: &str) -> bool {
    state.eq_ignore_ascii_case("Stopping")
}

/// The state that a wait is about, as the attributes show it; `None` if none does.
pub(crate) fn state_in<'v>(attributes: &[Attribute], wait: &Wait, values: &'v Value) -> Option<&'v str> {
    let (mut level, mut value, mut field) = (attributes, values, wait.field?);
    loop {
        let is_shown = |member: &str| level.iter().find(|attribute| attribute.read_member() == Some(member));
        if let Some(attribute) = is_shown(field) {
            return value.get(attribute.name).as_str();
        }
        let (structure, inside) = field.split_once('.')?;
        let attribute = is_shown(structure)?;
        // A single structure is a list of one element.
        (level, value, field) = (attribute.attributes(), value.get(attribute.name).at(0), inside);
    }
}

/// The reasons for the state that a reply contains, joined by `; `; `None` if there are none.
pub(crate) fn reason(wait: &Wait, reply: &Value) -> Option<String> {
    let mut reasons = Vec::new();
    for path in wait.reasons {
        texts(reply, &path.split('.').collect::<Vec<_>>(), &mut reasons);
    }
    (!reasons.is_empty()).then(|| reasons.join("; "))
}

/// The texts at the end of a path that may lead through lists.
fn texts<'a>(value: &'a Value, path: &[&str], found: &mut Vec<&'a str>) {
    match (value, path) {
        (Value::List(elements), _) => elements.iter().for_each(|element| texts(element, path, found)),
        (Value::String(text), []) if !text.is_empty() => found.push(text),
        (_, [first, rest @ ..]) => texts(value.get(first), rest, found),
        _ => {}
    }
}

fn member<'a>(reply: &'a Value, path: &str) -> &'a Value {
    path.split('.').fold(reply, Value::get)
}

/// True for failures of the connection or of the service itself, which do not concern the object.
pub(crate) fn is_transient(error: &ApiError) -> bool {
    match error.kind {
        ErrorKind::Throttled | ErrorKind::Connection | ErrorKind::Timeout => true,
        ErrorKind::Service | ErrorKind::Reply => error.status.is_some_and(|status| status >= 500),
        ErrorKind::Credentials | ErrorKind::Stopped | ErrorKind::Settings | ErrorKind::Request => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::RESOURCES;

    #[test]
    fn an_absent_state_of_any_resource_shows_no_object_and_is_in_no_list_of_a_wait() {
        let absent = RESOURCES
            .iter()
            .flat_map(|resource| resource.identity.absent_states.iter().map(move |state| (resource, *state)));
        let mut all = 0;
        for (resource, state) in absent {
            all += 1;
            let waits = [&resource.create_wait, &resource.update_wait, &resource.stop_wait, &resource.delete_wait];
            for wait in waits.into_iter().flatten() {
                if let Some(field) = wait.field {
                    assert!(is_nothing(resource, &Value::from([(field, state.into())])), "{}", resource.type_name);
                }
                let listed = [wait.pending, wait.done, wait.failed].concat();
                assert!(!listed.contains(&state), "{}: {state}", resource.type_name);
            }
        }
        assert!(all > 5, "{all} absent states");
    }

    #[test]
    fn only_known_planned_values_have_to_match() {
        let target = |name: &str, weight: Value| {
            Value::List(vec![Value::from([("name", name.into()), ("weight", weight), ("tags", Value::List(vec![]))])])
        };
        let actual =
            Value::List(vec![Value::from([("name", "a".into()), ("weight", 5.into()), ("made", true.into())])]);
        assert_eq!(first_difference("target", &target("a", Value::unknown()), &actual), None);
        assert_eq!(first_difference("target", &target("a", Value::Null), &actual), None);
        let found = first_difference("target", &target("b", Value::Null), &actual);
        assert_eq!(found, Some(("target[0].name".to_owned(), "b".into(), "a".into())));
        assert!(first_difference("target", &target("a", Value::Null), &Value::List(vec![])).is_some());
    }
}
