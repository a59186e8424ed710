//! Joins the files of calls with the model: queries, ephemeral resources and actions.

use std::collections::BTreeMap;

use super::{
    check::{rules, waits::faults_of_states},
    files::{ACTIONS, ActionEntry, CallEntry, CallFile, EPHEMERALS, QUERIES, Shapes, Source, key_of, words},
    join::{self, Overrides, Sides},
    model::Model,
    name, operations, parse,
    problem::{Problems, listed},
    provided,
    written::{leak, leak_all},
};
use crate::definition::{
    action::{Action, Completion},
    attribute::Attribute,
    call::Call,
    resource::Wait,
    shape::{NOTHING, Operation, Shape, ShapeKind},
};

/// All calls that users configure.
pub(super) struct Calls {
    pub(super) queries: Vec<Call>,
    pub(super) ephemerals: Vec<Call>,
    pub(super) actions: Vec<Action>,
}

pub(super) fn all(model: &Model, facts: &Shapes, sources: &[Source], problems: &mut Problems) -> Calls {
    let CallFile { members, entries } = parse::calls::<CallEntry>(sources, QUERIES, "query", problems);
    let described: Vec<String> = members.keys().cloned().collect();
    let mut compiler = Compiler { model, facts, members, file: QUERIES, problems };
    let queries = entries.into_iter().filter_map(|(name, entry)| compiler.query(&name, entry)).collect();

    let entries = compiler.open::<CallEntry>(sources, EPHEMERALS, "ephemeral");
    let ephemerals = entries.into_iter().filter_map(|(name, entry)| compiler.ephemeral(&name, entry)).collect();

    let entries = compiler.open::<ActionEntry>(sources, ACTIONS, "action");
    let actions = entries.into_iter().filter_map(|(name, entry)| compiler.action(&name, entry)).collect();
    let calls = Calls { queries, ephemerals, actions };
    for name in described.iter().filter(|name| !calls.have(name)) {
        problems.add(QUERIES, key_of("members", name), "has no effect, since no call has such a member");
    }
    calls
}

impl Calls {
    /// True if a call has a member of that name, at any depth.
    fn have(&self, member: &str) -> bool {
        let calls = self.queries.iter().chain(&self.ephemerals).chain(self.actions.iter().map(|action| &action.call));
        calls.into_iter().any(|call| has(call.attributes, member))
    }
}

fn has(attributes: &[Attribute], member: &str) -> bool {
    attributes.iter().any(|attribute| attribute.member() == Some(member) || has(attribute.attributes(), member))
}

struct Compiler<'a> {
    model: &'a Model,
    facts: &'a Shapes,
    /// The default descriptions of members: those of queries hold for all, unless the file has others.
    members: BTreeMap<String, &'static str>,
    file: &'static str,
    problems: &'a mut Problems,
}

impl Compiler<'_> {
    fn open<E: super::written::Written>(
        &mut self,
        sources: &[Source],
        file: &'static str,
        key: &'static str,
    ) -> BTreeMap<String, E> {
        let CallFile { members, entries } = parse::calls(sources, file, key, self.problems);
        self.file = file;
        self.members.extend(members);
        entries
    }

    fn query(&mut self, name: &str, entry: CallEntry) -> Option<Call> {
        self.call(name, entry, |operation, attributes| {
            attributes.extend(provided::query_attributes(operation));
        })
    }

    /// What an ephemeral resource returns is a credential.
    fn ephemeral(&mut self, name: &str, entry: CallEntry) -> Option<Call> {
        self.call(name, entry, |_, attributes| {
            for result in attributes.iter_mut().filter(|attribute| !attribute.on_create) {
                result.sensitive = true;
                result.concealed = true;
            }
            attributes.push(provided::region_of_call());
        })
    }

    fn action(&mut self, name: &str, entry: ActionEntry) -> Option<Action> {
        let ActionEntry { call, completion } = entry;
        let completion = completion.and_then(|entry| self.completion(name, call.operation, entry));
        let provided = provided::action_attributes(completion.as_ref());
        let call = self.call(name, call, |_, attributes| {
            attributes.retain(|attribute| attribute.on_create);
            attributes.extend(provided);
        })?;
        Some(Action { call, completion })
    }

    /// Joins one call; `None` if its operation does not exist.
    fn call(
        &mut self,
        name: &str,
        entry: CallEntry,
        complete: impl FnOnce(&Operation, &mut Vec<Attribute>),
    ) -> Option<Call> {
        let file = format!("{}: {name}", self.file);
        let type_name = format!("sagemaker_{name}");
        if let Some(fault) = name::fault(&type_name, false) {
            self.problems.add(&file, "", fault);
        }
        let operation = operations::operation(self.model, &file, ("operation", entry.operation), self.problems)?;
        // An action shows no results.
        let read: &'static Shape = if self.file == ACTIONS { &NOTHING } else { operation.output };
        let described = Some(&self.members);
        let overrides = Overrides { file: &file, members: &entry.members, structures: self.facts, described };
        let sides = Sides::of_call(operation.input, read);
        let mut attributes = join::attributes(self.model, overrides, sides, self.problems);
        complete(operation, &mut attributes);
        let attributes = provided::list_values(self.model, attributes);
        let attributes = leak_all(join::level(attributes, &file, "", self.problems));
        let rules = leak_all(entry.rules);
        rules::check(attributes, rules, None, |key, reason| self.problems.add(&file, key, reason));
        let type_name = leak(type_name);
        Some(Call { type_name, noun: leak(words(name)), description: entry.description, operation, attributes, rules })
    }

    /// The wait of an action; `None` if its read operation does not exist.
    fn completion(&mut self, name: &str, operation: &str, entry: Completion<&'static str>) -> Option<Completion> {
        let file = format!("{}: {name}", self.file);
        let Completion { read, inputs, flags, element, each, wait, by_default, unless_done } = entry;
        let read = operations::operation(self.model, &file, ("completion.read", read), self.problems)?;
        let completion = Completion { read, inputs, flags, element, each, wait, by_default, unless_done };
        if let Some(operation) = self.model.operations.get(operation) {
            self.check_inputs(&file, operation, &completion);
            self.check_each(&file, operation, &completion);
        }
        match object(&completion) {
            Some(object) => self.check_states(&file, object, &completion.wait),
            None => self.problems.add(&file, "completion.element", "is no list of structures of the read output"),
        }
        Some(completion)
    }

    fn check_states(&mut self, file: &str, object: &'static Shape, wait: &Wait) {
        let field = wait.field.unwrap_or_default();
        let Some(shape) = enumeration(object, field) else {
            let names = listed(object.members().iter().map(|member| member.name));
            let reason = format!("`{field}` is no enumeration of the read output; it has {names}");
            return self.problems.add(file, "completion.field", reason);
        };
        let states = [wait.pending, wait.done, wait.failed].concat();
        for fault in faults_of_states(shape, field, &states) {
            self.problems.add(file, "completion", fault);
        }
    }

    /// Each input member that the read operation requires is in the input or the reply of the action.
    fn check_inputs(&mut self, file: &str, operation: &Operation, completion: &Completion) {
        let has = |member: &str| operation.input.member(member).or(operation.output.member(member)).is_some();
        for member in completion.read.input.members().iter().filter(|member| member.required) {
            let renamed = completion.inputs.iter().find(|(input, _)| *input == member.name);
            let source = renamed.map_or(member.name, |(_, source)| source);
            if !has(source) {
                let both = operation.input.members().iter().chain(operation.output.members());
                let names = listed(both.map(|member| member.name));
                let reason =
                    format!("`{}` needs `{source}`, which the action does not have; it has {names}", member.name);
                self.problems.add(file, "completion.inputs", reason);
            }
        }
        let flags = completion.flags.iter().map(|flag| ("completion.flags", flag));
        let inputs = completion.inputs.iter().map(|(input, _)| ("completion.inputs", input)).chain(flags);
        for (key, input) in inputs.filter(|(_, input)| completion.read.input.member(input).is_none()) {
            self.problems.add(file, key, format!("the read operation has no input `{input}`"));
        }
    }

    /// The elements have the members that identify them, and the action has their values.
    fn check_each(&mut self, file: &str, operation: &Operation, completion: &Completion) {
        if completion.wait.done.is_empty() && completion.each.is_empty() {
            self.problems.add(file, "completion.done", "lists no state, which only a wait for `each` of several may");
        }
        for (member, path) in completion.each {
            if object(completion).is_none_or(|element| element.member(member).is_none()) {
                self.problems.add(file, "completion.each", format!("the elements have no member `{member}`"));
            }
            if leads_to(operation.output, path).or(leads_to(operation.input, path)).is_none() {
                self.problems.add(file, "completion.each", format!("the action has no `{path}`"));
            }
        }
    }
}

/// The enumeration of a field, where dots lead into structures.
fn enumeration(object: &'static Shape, field: &str) -> Option<&'static Shape> {
    let shape = field.split('.').try_fold(object, |shape, part| Some(shape.member(part)?.shape))?;
    Some(shape).filter(|shape| !shape.values().is_empty())
}

/// The shape at a path, whose dots lead into structures and lists.
fn leads_to(shape: &'static Shape, path: &str) -> Option<&'static Shape> {
    path.split('.').try_fold(shape, |shape, part| {
        let within = if let ShapeKind::List { element, .. } = shape.kind { element } else { shape };
        Some(within.member(part)?.shape)
    })
}

/// The structure that shows the state; `None` if the read output has no such list.
fn object(completion: &Completion) -> Option<&'static Shape> {
    let Some(element) = completion.element else { return Some(completion.read.output) };
    match completion.read.output.member(element)?.shape.kind {
        ShapeKind::List { element, .. } => Some(element),
        _ => None,
    }
}
