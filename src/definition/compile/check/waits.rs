//! Checks the waits of a resource or an action, whose states have to be values of the field that shows them.
//!
//! Knows nothing of attributes but whether they exist.

use std::collections::BTreeSet;

use super::{ResourceCheck, Through};
use crate::definition::{
    compile::{files::key_of, problem::listed},
    resource::Wait,
    shape::Shape,
};

impl ResourceCheck<'_> {
    pub(super) fn absent_states(&mut self) {
        let states = self.file.identity.absent_states;
        let waits = [&self.file.waits.create, &self.file.waits.delete];
        let field = waits.into_iter().flatten().next().and_then(|wait| wait.field);
        let Some(field) = field else {
            if states.is_empty() {
                return;
            }
            let reason = "has no effect without `wait.create.field` or `wait.delete.field`, which shows the state";
            return self.report("identity.absent_states", reason);
        };
        if !states.is_empty() {
            self.states("identity.absent_states", field, states);
        }
    }

    pub(super) fn waits(&mut self) {
        let waits = &self.file.waits;
        for (key, wait) in [
            ("wait.create", &waits.create),
            ("wait.update", &waits.update),
            ("wait.stop", &waits.stop),
            ("wait.delete", &waits.delete),
            ("wait.completion", &waits.completion),
        ] {
            if let Some(wait) = wait {
                self.wait(key, wait);
            }
        }
        if let Some(wait) = &waits.delete {
            self.deletion(wait);
        }
    }

    /// Every state of a deletion or a failure must be listed, so that a wait knows which ones lead to the end.
    fn deletion(&mut self, wait: &Wait) {
        let Some(Ok(shape)) = wait.field.map(|field| self.read_shape(field, Through::Structures)) else { return };
        let names = |state: &str, word: &str| state.to_ascii_lowercase().contains(word);
        for state in shape.values() {
            let fails = names(state, "fail");
            let deletes = names(state, "delet") && !fails && !self.file.identity.absent_states.contains(state);
            for (key, belongs, listed) in [("pending", deletes, wait.pending), ("failed", fails, wait.failed)] {
                if belongs && !listed.contains(state) {
                    self.report(&key_of("wait.delete", key), format!("lacks `{state}`"));
                }
            }
        }
        let others = [&self.file.waits.create, &self.file.waits.update].into_iter().flatten();
        let rests: BTreeSet<&str> = others.flat_map(|wait| wait.done).copied().collect();
        for rest in rests.into_iter().filter(|rest| wait.pending.contains(rest)) {
            self.report("wait.delete.pending", format!("`{rest}` is a state in which the object stays"));
        }
    }

    fn wait(&mut self, key: &str, wait: &Wait) {
        if wait.done.is_empty() && key != "wait.delete" {
            self.report(&key_of(key, "done"), "is missing; only `wait.delete` can wait until the object is gone");
        }
        let states: Vec<&str> = [wait.pending, wait.done, wait.failed].concat();
        match wait.field {
            None if !states.is_empty() => self.report(key, "has states but no `field` that shows them"),
            None => {}
            Some(_) if states.is_empty() => {
                self.report(&key_of(key, "field"), "has no effect without states in `pending`, `done` or `failed`");
            }
            Some(field) => self.states(key, field, &states),
        }
        for reason in wait.reasons {
            self.require_text(&key_of(key, "reasons"), reason, Through::Lists);
        }
        for state in wait.restores.iter().filter(|state| key != "wait.update" || !wait.done.contains(state)) {
            self.report(&key_of(key, "restores"), format!("`{state}` is not a state that an update ends in"));
        }
        for member in wait.confirmed {
            if !self
                .resource
                .attribute_of(member)
                .is_some_and(|attribute| attribute.observed && attribute.usage.is_settable())
            {
                let reason = format!("`{member}` is not an attribute that users set and the read output shows");
                self.report(&key_of(key, "confirmed"), reason);
            }
        }
    }

    fn states(&mut self, key: &str, field: &str, states: &[&str]) {
        let shape = match self.read_shape(field, Through::Structures) {
            Ok(shape) => shape,
            Err(reason) => return self.report(&key_of(key, "field"), reason),
        };
        if shape.values().is_empty() {
            return self
                .report(&key_of(key, "field"), format!("`{field}` is not an enumeration, so it cannot show a state"));
        }
        for fault in faults_of_states(shape, field, states) {
            self.report(key, fault);
        }
    }
}

/// The faults of states, which must be values of the enumeration of `field`, each at most once.
pub(in crate::definition::compile) fn faults_of_states(shape: &Shape, field: &str, states: &[&str]) -> Vec<String> {
    let unknown = states.iter().filter(|state| !shape.values().contains(state));
    let unknown =
        unknown.map(|state| format!("`{state}` is not a state of `{field}`; there are {}", listed(shape.values())));
    let mut met = BTreeSet::new();
    let repeated = states.iter().filter(|state| !met.insert(**state));
    unknown.chain(repeated.map(|state| format!("`{state}` is listed twice"))).collect()
}
