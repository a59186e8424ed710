//! Checks a complete resource: its operations, identity, waits and rules have to fit the model and each other.
//!
//! Decides nothing; reports each problem with the valid alternatives.

pub(super) mod images;
pub(super) mod listing;
pub(super) mod rules;
pub(super) mod settings;
pub(super) mod waits;

use super::{
    files::{ResourceFile, key_of},
    join::TAGS,
    model::{Model, bounds, is_structure},
    operations::{described, member_names},
    problem::{Problems, listed},
};
use crate::{
    definition::{
        attribute::{Attribute, Change, Clearing},
        resource::{ErrorMatch, Naming, Operations, Replacement, Resource, Retry, UpdateSends},
        shape::{Member, NOTHING, Operation, Shape, ShapeKind},
    },
    schema::usage::Usage,
};

/// Operations that tags need, for every resource.
const TAG_OPERATIONS: &[&str] = &["AddTags", "DeleteTags", "ListTags"];

/// The code of nearly every refusal of the service, which identifies no error by itself.
const VAGUE_CODE: &str = "ValidationException";

/// The operations that address an existing object, with their keys.
fn addressing(operations: &Operations) -> Vec<(&'static str, &'static Operation)> {
    let Operations { read, update, delete, stop, .. } = *operations;
    let all = [("read", Some(read)), ("update", update), ("delete", delete), ("stop", stop)];
    all.into_iter().filter_map(|(key, operation)| Some((key, operation?))).collect()
}

/// Checks what does not need the model.
pub(super) fn file(file: &ResourceFile, problems: &mut Problems) {
    let of_replacement = match file.replacement {
        Some(Replacement::Loses(text) | Replacement::Harmless(text)) => text,
        None => "-",
    };
    for (key, text) in [("noun", file.noun), ("description", file.description), ("replacement", of_replacement)] {
        if text.trim().is_empty() {
            problems.add(&file.file, key, "is empty");
        }
    }
    for (name, switch) in &file.switches {
        if switch.description.trim().is_empty() {
            let reason = "is missing; describe what the switch does";
            problems.add(&file.file, key_of("descriptions", name), reason);
        }
    }
    for error in file.identity.absent {
        error_match(&file.file, "identity.absent", error, problems);
    }
    for (index, Retry { error, .. }) in file.retries.iter().enumerate() {
        error_match(&file.file, &format!("retry[{index}]"), error, problems);
    }
}

/// An error must be distinguishable from all others.
fn error_match(file: &str, key: &str, ErrorMatch { code, message }: &ErrorMatch, problems: &mut Problems) {
    if code.is_empty() {
        problems.add(file, key, "`code` is empty");
    }
    if *code == VAGUE_CODE && message.is_none_or(str::is_empty) {
        let reason = format!("`{VAGUE_CODE}` stands for many errors, so it needs a part of the `message`");
        problems.add(file, key, reason);
    }
}

/// The shapes that a path may lead through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Through {
    Structures,
    Lists,
}

/// Checks everything except single attributes.
pub(super) fn resource(model: &Model, file: &ResourceFile, resource: &Resource, problems: &mut Problems) {
    let mut check = ResourceCheck { model, operations: &resource.operations, resource, file, problems };
    check.updates();
    check.identity();
    check.absent_states();
    check.naming();
    check.tags();
    check.further_calls();
    check.waits();
    check.retries();
    check.update_needs();
    check.replacement();
    let read = Some(resource.operations.read.output);
    rules::check(resource.attributes, resource.rules, read, |key, fault| problems.add(&file.file, key, fault));
}

struct ResourceCheck<'a> {
    model: &'a Model,
    operations: &'a Operations,
    resource: &'a Resource,
    file: &'a ResourceFile,
    problems: &'a mut Problems,
}

impl ResourceCheck<'_> {
    fn further_calls(&mut self) {
        for calls in self.resource.further_calls {
            self.names_attribute("further_calls", calls.only_if);
        }
    }

    fn updates(&mut self) {
        let updated = self.resource.attributes.iter().any(is_updated);
        if self.operations.update.is_some() && !updated {
            self.report("operations.update", "changes nothing: its input has no member that is an attribute");
        }
        let (file, operations) = (self.file, self.operations);
        for (key, written, operation, found) in [
            ("update_sends", file.update_sends != UpdateSends::Changed, "update", operations.update),
            ("update_needs", !file.update_needs.is_empty(), "update", operations.update),
            ("wait.update", file.waits.update.is_some(), "update", operations.update),
            ("wait.stop", file.waits.stop.is_some(), "stop", operations.stop),
            ("wait.delete", file.waits.delete.is_some(), "delete", operations.delete),
        ] {
            if written && found.is_none() {
                self.report(key, format!("has no effect without `operations.{operation}`"));
            }
        }
    }

    fn identity(&mut self) {
        let identity = &self.file.identity;
        let requires = |member: &Member| member.required && !member.idempotency_token;
        if identity.members.is_empty() && self.operations.read.input.members().iter().any(requires) {
            self.report("identity.members", "names no member, so the object cannot be found again");
        }
        for member in identity.members {
            self.require_attribute("identity.members", member);
        }
        let taken = |input: &str| {
            addressing(self.operations).into_iter().any(|(_, operation)| operation.input.member(input).is_some())
        };
        let taken_as_text = |input: &str| {
            let inputs =
                addressing(self.operations).into_iter().filter_map(|(_, operation)| operation.input.member(input));
            inputs.into_iter().all(|member| matches!(member.shape.kind, ShapeKind::String { .. }))
        };
        for (input, member) in identity.inputs {
            let key = key_of("identity.inputs", input);
            if !taken(input) {
                self.report(&key, "is not an input member of any operation that addresses the object");
            }
            if input == member && identity.members.contains(member) {
                self.report(&key, "is not needed, since the identity has a member of that name");
            }
            self.require_attribute(&key, member);
        }
        for (input, _) in identity.constants {
            if !taken(input) {
                let key = key_of("identity.constants", input);
                self.report(&key, "is not an input member of any operation that addresses the object");
            } else if !taken_as_text(input) {
                let key = key_of("identity.constants", input);
                self.report(&key, "is not a text in the model, and a constant is one");
            }
        }
        if let Some(id) = identity.id {
            self.require_attribute("identity.id", id);
            if identity.members == [id] {
                self.report("identity.id", "repeats `identity.members`; leave it out");
            }
        }
        self.addresses();
        if let Some(arn) = identity.arn {
            self.require_text("identity.arn", arn, Through::Structures);
        }
    }

    /// Every required input member must come from the identity or, for the update, from an attribute.
    fn addresses(&mut self) {
        let identity = &self.file.identity;
        for (key, operation) in addressing(self.operations) {
            let members = operation.input.members().iter();
            for member in members.filter(|member| member.required && !member.idempotency_token) {
                let name = member.name;
                let sent =
                    key == "update" && self.resource.attributes.iter().any(|attribute| is_sent_as(attribute, name));
                let sent = sent || self.resource.attributes.iter().any(|attribute| attribute.additions == Some(name));
                // A special file that carries out an attribute fills in what its call needs.
                let sent =
                    sent || (key == "update" && self.resource.attributes.iter().any(|it| self.is_carried_out(it)));
                let mut fixed = identity.inputs.iter().chain(identity.constants).map(|(input, _)| *input);
                if !sent && !identity.members.contains(&name) && !fixed.any(|input| input == name) {
                    let reason =
                        format!("needs `{name}`, which is neither in `identity.members` nor in `identity.inputs`");
                    self.report(&key_of("operations", key), reason);
                }
            }
        }
    }

    fn is_carried_out(&self, attribute: &Attribute) -> bool {
        let taken = |name| self.operations.update.is_some_and(|update| update.input.member(name).is_some());
        attribute.on_update
            && !attribute.on_create
            && attribute.in_update.is_none()
            && !attribute.member().is_none_or(taken)
    }

    fn naming(&mut self) {
        let Some(Naming { member, prefix, max, .. }) = &self.file.identity.naming else { return };
        self.require_attribute("identity.naming", member);
        let input = self.operations.create.input;
        let Some(found) = input.member(member) else {
            let names = member_names(input);
            return self.report("identity.naming", format!("the create input has no `{member}`; it has {names}"));
        };
        if !matches!(found.shape.kind, ShapeKind::String { .. }) {
            self.report("identity.naming", format!("`{member}` is not a string"));
        }
        if let Some(longest) = bounds(found.shape).max.filter(|longest| *max as f64 > *longest) {
            self.report(
                "identity.naming",
                format!("`max` has to be at most {longest}, the longest value of `{member}` in the model"),
            );
        }
        if prefix.chars().count() + Naming::SUFFIX > *max {
            let reason =
                format!("`prefix` leaves no room for the {} characters that make a name unique", Naming::SUFFIX);
            self.report("identity.naming", reason);
        }
    }

    fn tags(&mut self) {
        let Some(tags) = &self.file.tags else { return };
        if self.file.identity.arn.is_none() {
            self.report("tags", "needs `identity.arn`, since tags are read and changed by ARN");
        }
        self.names_attribute("tags.unless", tags.unless);
        if tags.replace && self.operations.create.input.member(TAGS).is_none() {
            self.report("tags.replace", "leaves no way to set tags, since the create input has no `Tags`");
        }
    }

    fn update_needs(&mut self) {
        for (index, needs) in self.file.update_needs.iter().enumerate() {
            let key = format!("update_needs[{index}]");
            for fault in rules::faults_of_condition(self.resource.attributes, needs.when) {
                self.report(&key, fault);
            }
            for name in needs.of {
                match rules::find(self.resource.attributes, name) {
                    Err(fault) => self.report(&key, fault),
                    Ok(attribute) if !is_updated(attribute) => {
                        self.report(&key, format!("`{name}` is not updated in any state"));
                    }
                    Ok(_) => {}
                }
            }
        }
    }

    /// A value that no update clears requires a replacement, whose loss must be declared.
    fn replacement(&mut self) {
        if self.file.replacement.is_none()
            && let Some(path) = never_cleared(self.resource.attributes, "")
        {
            let reason = format!(
                "is missing: no update clears `{path}`, so declare what is lost if the object is replaced, `{{ loses = \"…\" }}`, \
                 or why nothing is, `{{ harmless = \"…\" }}`"
            );
            self.report("replacement", reason);
        }
    }

    /// Checks a key that may name an attribute.
    fn names_attribute(&mut self, key: &str, name: Option<&str>) {
        let Some(name) = name else { return };
        if !self.resource.attributes.iter().any(|attribute| attribute.name == name) {
            let known = self.resource.attributes.iter().map(|attribute| attribute.name);
            self.report(key, format!("there is no attribute `{name}`; there are {}", listed(known)));
        }
    }

    fn retries(&mut self) {
        let Operations { create, read, update, delete, stop, .. } = self.file.operations;
        let mut known: Vec<&str> = [Some(create), Some(read), update, delete, stop].into_iter().flatten().collect();
        if self.file.tags.is_some() {
            known.extend(TAG_OPERATIONS);
        }
        for (index, Retry { operation, .. }) in self.file.retries.iter().enumerate() {
            let key = format!("retry[{index}]");
            if !known.contains(operation) {
                self.report(&key, format!("the resource does not use `{operation}`; it uses {}", listed(&known)));
            }
        }
    }

    /// The shape at a path of the read output, which leads through structures, and through lists of them if `through`
    /// allows it; or why there is none.
    fn read_shape(&self, path: &str, through: Through) -> Result<&'static Shape, String> {
        let mut shape = described(self.model, self.operations);
        if shape.name == NOTHING.name {
            return Err("the read operation returns nothing".to_owned());
        }
        for name in path.split('.') {
            shape = match shape.member(name) {
                Some(member) if through == Through::Lists => self.model.innermost(member.shape),
                Some(member) => member.shape,
                None if !is_structure(shape) => {
                    return Err(format!("`{path}` leads through something that is not a structure"));
                }
                None => return Err(format!("the read output has no `{path}`; there are {}", member_names(shape))),
            };
        }
        Ok(shape)
    }

    /// The engine takes the identity members from the state.
    fn require_attribute(&mut self, key: &str, member: &str) {
        if self.resource.attribute_of(member).is_none() {
            let shown = self.resource.attributes.iter().filter_map(Attribute::member);
            self.report(
                key,
                format!("there is no attribute for `{member}`; there are attributes for {}", listed(shown)),
            );
        }
    }

    fn require_text(&mut self, key: &str, path: &str, through: Through) {
        match self.read_shape(path, through) {
            Ok(shape) if matches!(shape.kind, ShapeKind::String { .. }) => {}
            Ok(_) => self.report(key, format!("`{path}` is not a string")),
            Err(reason) => self.report(key, reason),
        }
    }

    fn report(&mut self, key: &str, reason: impl Into<String>) {
        self.problems.add(&self.file.file, key, reason);
    }
}

/// The first optional argument that no update clears, as a path of Terraform names; `None` if there is none.
fn never_cleared(attributes: &[Attribute], within: &str) -> Option<String> {
    attributes.iter().find_map(|attribute| {
        let path = format!("{within}{}", attribute.name);
        let left_out = attribute.usage == Usage::Optional || (attribute.usage == Usage::Required && !within.is_empty());
        match attribute.clearing {
            Clearing::Never if left_out => Some(path),
            _ => never_cleared(attribute.attributes(), &format!("{path}.")),
        }
    })
}

fn is_updated(attribute: &Attribute) -> bool {
    let whole = attribute.on_update && attribute.change != Change::Replace;
    whole || attribute.additions.is_some() || attribute.attributes().iter().any(is_updated)
}

/// True if the update input sends the attribute in the member of that name.
fn is_sent_as(attribute: &Attribute, name: &str) -> bool {
    attribute.on_update && attribute.update_member() == Some(name)
}
