//! The objects that an action waits for, as the read operation of its completion shows them.

use std::collections::BTreeMap;

use crate::{
    definition::{Completion, Wait},
    engine::service::wait::{reason, state},
    value::Value,
};

/// Which objects an action waits for.
pub(super) struct Targets {
    /// The list in the read output that holds the objects; `None` if the output is the only object.
    list: Option<&'static str>,
    /// Members that all of them have.
    common: Vec<(String, Value)>,
    /// Members of which each of them has one; empty if there is one object.
    ids: Vec<(&'static str, Value)>,
}

/// The objects as one read shows them.
pub(super) struct Seen<'a> {
    ids: &'a [(&'static str, Value)],
    /// Each with its state.
    objects: Vec<(Value, String)>,
}

impl Targets {
    /// Those of a call with this input and reply.
    pub(super) fn of(completion: &Completion, input: &Value, reply: &Value) -> Self {
        let (mut common, mut ids) = (Vec::new(), Vec::new());
        for (member, path) in completion.each {
            match [reply, input].map(|source| at(source, path)).into_iter().find(|found| !found.is_empty()) {
                Some(Found::One(value)) => common.push(((*member).to_owned(), value)),
                Some(Found::Several(values)) => ids.extend(values.into_iter().map(|value| (*member, value))),
                None => {}
            }
        }
        if completion.each.is_empty() {
            common.extend(input.as_map().into_iter().flatten().map(|(name, value)| (name.clone(), value.clone())));
        }
        Self { list: completion.element, common, ids }
    }

    /// True if the action concerns several objects, and the reply names none.
    pub(super) fn are_none(&self, completion: &Completion) -> bool {
        !completion.each.is_empty() && self.ids.is_empty()
    }

    /// What the output of the read operation shows of them.
    pub(super) fn seen_in(&self, output: Value, wait: &Wait) -> Seen<'_> {
        let most = if self.ids.is_empty() { 1 } else { usize::MAX };
        let found: Vec<Value> = match self.list {
            None => vec![output],
            Some(list) => output.get(list).elements().iter().filter(|it| self.has(it)).take(most).cloned().collect(),
        };
        let with_state = |object: Value| {
            let state = state(wait, &object).to_owned();
            (object, state)
        };
        let objects = found.into_iter().map(with_state).collect();
        Seen { ids: &self.ids, objects }
    }

    /// Whether the element is one of them. A summary need not show every common member.
    fn has(&self, element: &Value) -> bool {
        let shown = |name: &str, value: &Value| element.get(name).is_null() || element.get(name) == value;
        let identified = self.ids.is_empty() || self.ids.iter().any(|(member, id)| element.get(member) == id);
        identified && self.common.iter().all(|(name, value)| shown(name, value))
    }
}

impl Seen<'_> {
    /// True if all of them are in a done state, or none exists any more where there is no done state.
    pub(super) fn are_done(&self, wait: &Wait) -> bool {
        if wait.done.is_empty() {
            return self.objects.is_empty();
        }
        let is_done = |state: &String| wait.done.contains(&state.as_str());
        let shows = |(member, id): &(&str, Value)| self.objects.iter().any(|(object, _)| object.get(member) == id);
        !self.objects.is_empty() && self.objects.iter().all(|(_, state)| is_done(state)) && self.ids.iter().all(shows)
    }

    /// The state and the reason of the first that has failed.
    pub(super) fn failed(&self, wait: &Wait) -> Option<(String, Option<String>)> {
        let (object, state) = self.objects.iter().find(|(_, state)| wait.failed.contains(&state.as_str()))?;
        let id = self.ids.iter().find(|(member, id)| object.get(member) == id);
        let id = id.and_then(|(member, id)| Some(format!("{member} {}", id.as_str()?)));
        let parts: Vec<String> = id.into_iter().chain(reason(wait, object)).collect();
        Some((state.clone(), (!parts.is_empty()).then(|| parts.join(": "))))
    }

    /// The first reason that the service gives for a state; `None` if it gives none.
    pub(super) fn reason(&self, wait: &Wait) -> Option<String> {
        self.objects.iter().find_map(|(object, _)| reason(wait, object))
    }

    /// The state of one object, or how many of several are in which state: `Pending 1, Running 2`. Empty if none is shown.
    pub(super) fn state(&self) -> String {
        if let ([_] | [], [(_, state)]) = (self.ids, self.objects.as_slice()) {
            return state.clone();
        }
        let mut counts = BTreeMap::<&str, usize>::new();
        for (_, state) in &self.objects {
            *counts.entry(state).or_default() += 1;
        }
        counts.into_iter().map(|(state, count)| format!("{state} {count}")).collect::<Vec<_>>().join(", ")
    }
}

/// What is at a path.
enum Found {
    One(Value),
    /// The path leads through or to a list.
    Several(Vec<Value>),
}

impl Found {
    fn is_empty(&self) -> bool {
        match self {
            Self::One(value) => value.is_null(),
            Self::Several(values) => values.is_empty(),
        }
    }
}

/// Follows a path whose dots lead into structures and lists.
fn at(value: &Value, path: &str) -> Found {
    let step = |found: Found, member: &str| match found {
        Found::One(value) => opened(value.get(member)),
        Found::Several(values) => {
            let inner = values.iter().map(|value| value.get(member).clone());
            Found::Several(inner.filter(|value| !value.is_null()).collect())
        }
    };
    path.split('.').fold(Found::One(value.clone()), step)
}

fn opened(value: &Value) -> Found {
    match value {
        Value::List(values) => Found::Several(values.clone()),
        one => Found::One(one.clone()),
    }
}
