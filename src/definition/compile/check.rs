//! Whether a resource as a whole is whole: its operations, identity, waits and rules fit the model and one another.
//!
//! Nothing is decided here; the findings are reported, each with what would be valid.

use std::collections::BTreeSet;

use super::{
    file::{self, Naming, Operations, Replacement, ResourceFile, Retry, Rule, UpdateSends, Wait, key_of},
    join::{Sides, TAGS},
    joined::{Attribute, Change, Clearing, Origin, Resource, Usage},
    model::{Kind, Member, Model, Operation, Shape},
    name::{listed, nearest},
    problem::Problems,
};

/// Operations that tags need, whatever the resource.
const TAG_OPERATIONS: &[&str] = &["AddTags", "DeleteTags", "ListTags"];

/// Characters that the engine adds to a prefix to make a name unique.
const MADE_UP: usize = 26;

/// The code that the service gives to nearly every refusal, so that it tells nothing by itself.
const VAGUE_CODE: &str = "ValidationException";

/// The operations of a resource, found in the model.
#[derive(Debug, Clone, Copy)]
pub(super) struct Api<'a> {
    model: &'a Model,
    create: &'a Operation,
    read: &'a Operation,
    /// The structure that describes the object: the read output, or what a member of it holds.
    object: Option<&'a str>,
    update: Option<&'a Operation>,
    delete: Option<&'a Operation>,
    stop: Option<&'a Operation>,
}

/// Finds the operations; none if one of them is not there, since then nothing else can be judged.
pub(super) fn operations<'a>(model: &'a Model, file: &ResourceFile, problems: &mut Problems) -> Option<Api<'a>> {
    let Operations { create, read, update, delete, stop, list, .. } = &file.operations;
    let mut whole = true;
    let mut find = |key: &str, name: &str| {
        let found = model.operations.get(name);
        if found.is_none() {
            let near = nearest(name, model.operations.keys().map(String::as_str));
            let reason = format!("`{name}` is no operation of the API; near are {near}");
            problems.add(&file.file, key_of("operations", key), reason);
            whole = false;
        }
        found
    };
    let mut find_optional = |key: &str, name: &Option<String>| name.as_ref().and_then(|name| find(key, name));
    let update = find_optional("update", update);
    let delete = find_optional("delete", delete);
    let stop = find_optional("stop", stop);
    find_optional("list", list);
    let (create, read) = (find("create", create), find("read", read));
    let (create, read) = (create?, read?);
    let object = object_of(model, file, read, problems)?;
    if whole { Some(Api { model, create, read, object, update, delete, stop }) } else { None }
}

/// The structure of the read output that describes the object, which may be none; nothing if it is not where the file
/// says.
fn object_of<'a>(
    model: &'a Model,
    file: &ResourceFile,
    read: &'a Operation,
    problems: &mut Problems,
) -> Option<Option<&'a str>> {
    let (name, output) = (&file.operations.object, read.output.as_deref());
    if name.is_empty() {
        return Some(output);
    }
    let members = output.map_or(&[][..], |output| model.shape(output).members());
    let structure = members.iter().find(|member| member.name == *name).map(|member| member.shape.as_str());
    // A list of them may be asked for one.
    let object = structure.and_then(|shape| model.structure_in(shape));
    if object.is_none() {
        let names = listed(members.iter().map(|member| &member.name));
        let reason = format!("the read output has no structure `{name}`; it has {names}");
        problems.add(&file.file, "operations.object", reason);
        return None;
    }
    Some(object)
}

impl<'a> Api<'a> {
    pub(super) fn sides(&self) -> Sides<'a> {
        Sides {
            create: &self.create.input,
            update: self.update.map(|update| update.input.as_str()),
            read: self.object,
            // What is deleted by an update has nothing to say that the update does not.
            delete: self
                .delete
                .map(|delete| delete.input.as_str())
                .filter(|input| self.update.is_none_or(|update| update.input != *input)),
        }
    }

    fn input(&self, operation: &Operation) -> &'a Shape {
        self.model.shape(&operation.input)
    }

    /// The operations that address an existing object, by their key.
    fn addressing(&self) -> Vec<(&'static str, &'a Operation)> {
        let read = Some(self.read);
        let all = [("read", read), ("update", self.update), ("delete", self.delete), ("stop", self.stop)];
        all.into_iter().filter_map(|(key, operation)| Some((key, operation?))).collect()
    }

    /// The shape at a path of the read output that leads through structures, and lists of them if `through` says so;
    /// or why there is none.
    fn read_shape(&self, path: &str, through: Through) -> Result<&'a Shape, String> {
        let Some(output) = self.object else { return Err("the read operation answers nothing".to_owned()) };
        let mut shape = self.model.shape(output);
        for name in path.split('.') {
            shape = match shape.member(name) {
                Some(member) if through == Through::Lists => self.model.innermost(&member.shape).1,
                Some(member) => self.model.shape(&member.shape),
                None if shape.members().is_empty() => {
                    return Err(format!("`{path}` leads through what is no structure"));
                }
                None => return Err(format!("the read output has no `{path}`; there are {}", member_names(shape))),
            };
        }
        Ok(shape)
    }
}

/// Checks what can be judged without the model.
pub(super) fn file(file: &ResourceFile, problems: &mut Problems) {
    let of_replacement = file.replacement.as_ref().map_or("-", Replacement::text);
    for (key, text) in [("noun", &*file.noun), ("description", &file.description), ("replacement", of_replacement)] {
        if text.trim().is_empty() {
            problems.add(&file.file, key, "is empty");
        }
    }
    for name in file.switches.keys() {
        if file.descriptions.get(name).is_none_or(|text| text.trim().is_empty()) {
            let reason = "is missing; say in own words what the switch does";
            problems.add(&file.file, key_of("descriptions", name), reason);
        }
    }
    for error in &file.identity.absent {
        error_match(&file.file, "identity.absent", &error.code, &error.message, problems);
    }
    for (index, Retry { code, message, .. }) in file.retries.iter().enumerate() {
        error_match(&file.file, &format!("retry[{index}]"), code, message, problems);
    }
}

/// An error has to be told from all others.
fn error_match(file: &str, key: &str, code: &str, message: &str, problems: &mut Problems) {
    if code.is_empty() {
        problems.add(file, key, "`code` is empty");
    }
    if code == VAGUE_CODE && message.is_empty() {
        let reason = format!("`{VAGUE_CODE}` stands for many errors, so it needs a part of the `message`");
        problems.add(file, key, reason);
    }
}

/// What a path may lead through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Through {
    Structures,
    Lists,
}

/// Checks everything but single attributes.
pub(super) fn resource(api: &Api<'_>, resource: &Resource, problems: &mut Problems) {
    let mut check = Check { api, resource, file: &resource.file, problems };
    check.updates();
    check.identity();
    check.absent_states();
    check.naming();
    check.tags();
    check.waits();
    check.retries();
    check.update_needs();
    check.replacement();
    check.rules();
}

struct Check<'a> {
    api: &'a Api<'a>,
    resource: &'a Resource,
    file: &'a ResourceFile,
    problems: &'a mut Problems,
}

impl Check<'_> {
    fn updates(&mut self) {
        let updated = self.resource.attributes.iter().any(is_updated);
        if self.api.update.is_some() && !updated {
            self.report("operations.update", "changes nothing: its input has no member that an attribute stands for");
        }
        let (file, api) = (self.file, self.api);
        for (key, written, operation, found) in [
            ("update_sends", file.update_sends != UpdateSends::Changed, "update", api.update),
            ("update_needs", !file.update_needs.is_empty(), "update", api.update),
            ("wait.update", file.wait.update.is_some(), "update", api.update),
            ("wait.stop", file.wait.stop.is_some(), "stop", api.stop),
            ("wait.delete", file.wait.delete.is_some(), "delete", api.delete),
        ] {
            if written && found.is_none() {
                self.report(key, format!("has no effect without `operations.{operation}`"));
            }
        }
    }

    fn identity(&mut self) {
        let identity = &self.file.identity;
        let asks_for = |member: &Member| member.required && !member.token;
        if identity.members.is_empty() && self.api.input(self.api.read).members().iter().any(asks_for) {
            self.report("identity.members", "names no member, so the object cannot be found again");
        }
        for member in &identity.members {
            self.require_attribute("identity.members", member);
        }
        for (input, member) in &identity.inputs {
            let key = key_of("identity.inputs", input);
            let taken = self
                .api
                .addressing()
                .into_iter()
                .any(|(_, operation)| self.api.input(operation).member(input).is_some());
            if !taken {
                self.report(&key, "is no input member of the operations that address the object");
            }
            if input == member && identity.members.contains(member) {
                self.report(&key, "is not needed, since the identity has a member of that name");
            }
            self.require_attribute(&key, member);
        }
        for input in identity.constants.keys() {
            let mut inputs = self.api.addressing().into_iter().map(|(_, operation)| self.api.input(operation));
            if !inputs.any(|shape| shape.member(input).is_some()) {
                let key = key_of("identity.constants", input);
                self.report(&key, "is no input member of the operations that address the object");
            }
        }
        if !identity.id.is_empty() {
            self.require_attribute("identity.id", &identity.id);
            if identity.members == [identity.id.clone()] {
                self.report("identity.id", "is what `identity.members` says already");
            }
        }
        self.addresses();
        if !identity.arn.is_empty() {
            self.require_text("identity.arn", &identity.arn, Through::Structures);
        }
    }

    /// What an operation needs has to come from the identity or, for the update, from an attribute.
    fn addresses(&mut self) {
        let identity = &self.file.identity;
        for (key, operation) in self.api.addressing() {
            for member in self.api.input(operation).members().iter().filter(|member| member.required && !member.token) {
                let name = &member.name;
                let sent =
                    key == "update" && self.resource.attributes.iter().any(|attribute| attribute.is_sent_as(name));
                let sent = sent || self.resource.attributes.iter().any(|attribute| attribute.additions == *name);
                // A special file that carries out an attribute fills in what that takes.
                let sent =
                    sent || (key == "update" && self.resource.attributes.iter().any(|it| self.is_carried_out(it)));
                let named = identity.members.contains(name) || identity.inputs.contains_key(name);
                if !sent && !named && !identity.constants.contains_key(name) {
                    let reason =
                        format!("needs `{name}`, which is neither in `identity.members` nor in `identity.inputs`");
                    self.report(&key_of("operations", key), reason);
                }
            }
        }
    }

    fn is_carried_out(&self, attribute: &Attribute) -> bool {
        let update = self.api.update.map(|update| self.api.input(update));
        let taken = |name| update.is_some_and(|update| update.member(name).is_some());
        attribute.on_update
            && !attribute.on_create
            && attribute.in_update.is_empty()
            && !attribute.origin.member().is_none_or(taken)
    }

    fn absent_states(&mut self) {
        let states = &self.file.identity.absent_states;
        let waits = [&self.file.wait.create, &self.file.wait.delete];
        let field = waits.into_iter().flatten().next().map_or("", |wait| wait.field.as_str());
        if field.is_empty() && !states.is_empty() {
            let reason = "has no effect without `wait.create.field` or `wait.delete.field`, which tells the state";
            self.report("identity.absent_states", reason);
        } else if !states.is_empty() {
            self.states("identity.absent_states", field, states);
        }
    }

    fn naming(&mut self) {
        let Some(Naming { member, prefix, max, .. }) = &self.file.identity.naming else { return };
        self.require_attribute("identity.naming", member);
        let Some(found) = self.api.input(self.api.create).member(member) else {
            let names = member_names(self.api.input(self.api.create));
            return self.report("identity.naming", format!("the create input has no `{member}`; it has {names}"));
        };
        let shape = self.api.model.shape(&found.shape);
        if !matches!(shape.kind, Kind::String { .. }) {
            self.report("identity.naming", format!("`{member}` is no text"));
        }
        if shape.max.is_some_and(|longest| *max as f64 > longest) {
            let longest = shape.max.unwrap_or_default();
            self.report(
                "identity.naming",
                format!("`max` has to be at most {longest}, as the model says of `{member}`"),
            );
        }
        if prefix.chars().count() + MADE_UP > *max {
            let reason = format!("`prefix` leaves no room for the {MADE_UP} characters that make a name unique");
            self.report("identity.naming", reason);
        }
    }

    fn tags(&mut self) {
        let Some(tags) = &self.file.tags else { return };
        if self.file.identity.arn.is_empty() {
            self.report("tags", "needs `identity.arn`, since tags are read and changed by ARN");
        }
        self.names_attribute("tags.unless", &tags.unless);
        if tags.replace && self.api.input(self.api.create).member(TAGS).is_none() {
            self.report("tags.replace", "leaves no way to set tags, since the create input does not take any");
        }
    }

    fn waits(&mut self) {
        let waits = &self.file.wait;
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

    /// Every state that tells of a deletion or of a failure has to be named, so that a wait knows which lead to the end.
    fn deletion(&mut self, wait: &Wait) {
        let Ok(shape) = self.api.read_shape(&wait.field, Through::Structures) else { return };
        let names = |state: &str, word: &str| state.to_ascii_lowercase().contains(word);
        for state in shape.values() {
            let fails = names(state, "fail");
            let deletes = names(state, "delet") && !fails && !self.file.identity.absent_states.contains(state);
            for (key, belongs, listed) in [("pending", deletes, &wait.pending), ("failed", fails, &wait.failed)] {
                if belongs && !listed.contains(state) {
                    self.report(&key_of("wait.delete", key), format!("lacks `{state}`"));
                }
            }
        }
        let others = [&self.file.wait.create, &self.file.wait.update].into_iter().flatten();
        let rests: BTreeSet<&String> = others.flat_map(|wait| &wait.done).collect();
        for rest in rests.into_iter().filter(|rest| wait.pending.contains(rest)) {
            self.report("wait.delete.pending", format!("`{rest}` is a state in which the object stays"));
        }
    }

    fn wait(&mut self, key: &str, wait: &Wait) {
        if wait.done.is_empty() && key != "wait.delete" {
            self.report(&key_of(key, "done"), "is missing; only `wait.delete` can wait until the object is gone");
        }
        let states: Vec<String> = [&wait.pending, &wait.done, &wait.failed].into_iter().flatten().cloned().collect();
        if wait.field.is_empty() {
            if !states.is_empty() {
                self.report(key, "has states but no `field` that tells them");
            }
        } else if states.is_empty() {
            self.report(&key_of(key, "field"), "has no effect without states in `pending`, `done` or `failed`");
        } else {
            self.states(key, &wait.field, &states);
        }
        for reason in &wait.reasons {
            self.require_text(&key_of(key, "reasons"), reason, Through::Lists);
        }
        for state in wait.restores.iter().filter(|state| key != "wait.update" || !wait.done.contains(state)) {
            self.report(&key_of(key, "restores"), format!("`{state}` is no state that an update ends in"));
        }
        for wanted in &wait.wanted {
            if !self.attribute(wanted).is_some_and(|attribute| attribute.observed && attribute.usage.is_settable()) {
                let reason = format!("`{wanted}` is no attribute that users set and the read output shows");
                self.report(&key_of(key, "wanted"), reason);
            }
        }
    }

    /// States have to be values of the field's enumeration, each once.
    fn states(&mut self, key: &str, field: &str, states: &[String]) {
        let shape = match self.api.read_shape(field, Through::Structures) {
            Ok(shape) => shape,
            Err(reason) => return self.report(&key_of(key, "field"), reason),
        };
        if shape.values().is_empty() {
            return self.report(&key_of(key, "field"), format!("`{field}` is no enumeration, so it tells no state"));
        }
        let mut met = BTreeSet::new();
        for state in states {
            if !shape.values().contains(state) {
                self.report(key, format!("`{state}` is no state of `{field}`; there are {}", listed(shape.values())));
            }
            if !met.insert(state) {
                self.report(key, format!("`{state}` stands twice"));
            }
        }
    }

    fn update_needs(&mut self) {
        self.names_attribute("update_needs", &self.file.update_needs);
    }

    /// What no update clears leaves a replacement, whose price has to be known.
    fn replacement(&mut self) {
        if self.file.replacement.is_none()
            && let Some(path) = never_cleared(&self.resource.attributes, "")
        {
            let reason = format!(
                "is missing: no update clears `{path}`, so say what is lost if the object is replaced, `{{ loses = \"…\" }}`, \
                 or why nothing is, `{{ harmless = \"…\" }}`"
            );
            self.report("replacement", reason);
        }
    }

    /// A key that may name an attribute.
    fn names_attribute(&mut self, key: &str, name: &str) {
        if !name.is_empty() && !self.resource.attributes.iter().any(|attribute| attribute.name == name) {
            let known = self.resource.attributes.iter().map(|attribute| &attribute.name);
            self.report(key, format!("there is no attribute `{name}`; there are {}", listed(known)));
        }
    }

    fn retries(&mut self) {
        let Operations { create, read, update, delete, stop, .. } = &self.file.operations;
        let own = [Some(create), Some(read), update.as_ref(), delete.as_ref(), stop.as_ref()];
        let mut known: Vec<&str> = own.into_iter().flatten().map(String::as_str).collect();
        if self.file.tags.is_some() {
            known.extend(TAG_OPERATIONS);
        }
        for (index, Retry { operation, .. }) in self.file.retries.iter().enumerate() {
            let key = format!("retry[{index}]");
            if !known.contains(&operation.as_str()) {
                self.report(&key, format!("the resource does not use `{operation}`; it uses {}", listed(&known)));
            }
        }
    }

    fn rules(&mut self) {
        for (index, rule) in self.resource.rules.iter().enumerate() {
            let Rule { check, within, names, on_create } = rule;
            let key = format!("rule[{index}]");
            let level = match inside(&self.resource.attributes, within) {
                Ok(level) => level,
                Err(reason) => {
                    self.report(&key, reason);
                    continue;
                }
            };
            let outer = if *check == file::Check::RequiresOutside { &self.resource.attributes[..] } else { level };
            for (place, name) in names.iter().enumerate() {
                let level = if place == 0 { level } else { outer };
                if !level.iter().any(|attribute| attribute.name == *name) {
                    let known = level.iter().map(|attribute| &attribute.name);
                    self.report(&key, format!("there is no attribute `{name}` there; there are {}", listed(known)));
                }
            }
            let least = if matches!(check, file::Check::Required | file::Check::Positive) { 1 } else { 2 };
            if names.iter().collect::<BTreeSet<_>>().len() < names.len().max(least) {
                self.report(&key, format!("`names` has to have at least {least} names, each once"));
            }
            let named = level.iter().filter(|attribute| names.contains(&attribute.name)).collect::<Vec<_>>();
            if let Some(reason) = broken_by_an_import(*check, &named).filter(|_| !on_create) {
                self.report(&key, format!("needs `on_create = true`, since {reason}"));
            }
        }
    }

    /// The engine takes the members that make up an identity from the state.
    fn require_attribute(&mut self, key: &str, member: &str) {
        if self.attribute(member).is_none() {
            let shown = self.resource.attributes.iter().filter_map(|attribute| attribute.origin.member());
            self.report(key, format!("no attribute stands for `{member}`; there are some for {}", listed(shown)));
        }
    }

    fn require_text(&mut self, key: &str, path: &str, through: Through) {
        match self.api.read_shape(path, through) {
            Ok(shape) if matches!(shape.kind, Kind::String { .. }) => {}
            Ok(_) => self.report(key, format!("`{path}` is no text")),
            Err(reason) => self.report(key, reason),
        }
    }

    fn attribute(&self, member: &str) -> Option<&Attribute> {
        let origin = Origin::Member(member.to_owned());
        self.resource.attributes.iter().find(|attribute| attribute.origin == origin)
    }

    fn report(&mut self, key: &str, reason: impl Into<String>) {
        self.problems.add(&self.file.file, key, reason);
    }
}

/// Why the state of an object that somebody else created may break a rule.
fn broken_by_an_import(check: file::Check, named: &[&Attribute]) -> Option<&'static str> {
    let shown = named.iter().filter(|attribute| attribute.observed).count();
    let filled_in = named.iter().any(|attribute| attribute.is_filled_in());
    match check {
        file::Check::ExactlyOne | file::Check::AtMostOne if shown > 1 && filled_in => {
            Some("an import shows what the service fills in beside what was given")
        }
        file::Check::ExactlyOne | file::Check::AtLeastOne if shown == 0 => Some("an import shows none of them"),
        _ => None,
    }
}

/// The first argument that users can leave out again and no update clears, by Terraform names.
fn never_cleared(attributes: &[Attribute], within: &str) -> Option<String> {
    attributes.iter().find_map(|attribute| {
        let path = format!("{within}{}", attribute.name);
        let left_out = attribute.usage == Usage::Optional || (attribute.usage == Usage::Required && !within.is_empty());
        match attribute.clearing {
            Some(Clearing::Never) if left_out => Some(path),
            _ => never_cleared(attribute.attributes(), &format!("{path}.")),
        }
    })
}

fn is_updated(attribute: &Attribute) -> bool {
    let whole = attribute.on_update && attribute.change != Change::Replace;
    whole || !attribute.additions.is_empty() || attribute.attributes().iter().any(is_updated)
}

/// The attributes of the block at a path of Terraform names.
fn inside<'a>(top: &'a [Attribute], path: &str) -> Result<&'a [Attribute], String> {
    let mut level = top;
    for name in path.split('.').filter(|_| !path.is_empty()) {
        level = match level.iter().find(|attribute| attribute.name == name) {
            Some(attribute) => attribute.attributes(),
            None => {
                let known = level.iter().map(|attribute| &attribute.name);
                return Err(format!("`within` leads nowhere: there is no `{name}`; there are {}", listed(known)));
            }
        };
    }
    Ok(level)
}

fn member_names(shape: &Shape) -> String {
    listed(shape.members().iter().map(|member| &member.name))
}
