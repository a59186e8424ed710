//! Checks the settings of attributes: every key must fit the model and have an effect.
//!
//! Decides nothing; reports each problem with the valid alternatives.

use crate::definition::compile::{
    files::{Shapes, key_of},
    model::{Model, alike, is_structure},
    name::terraform_name,
    placement::{Placement, items, literal},
    problem::{Problems, listed, nearest},
    settings::{Settings, is_of_service, member_that_clears},
};
use crate::{
    definition::{
        attribute::{Clearing, Equality},
        shape::{Shape, ShapeKind},
    },
    schema::usage::Usage,
};

/// The settings of one attribute, with what is needed to check them.
pub(crate) struct Entry<'a> {
    pub(crate) model: &'a Model,
    pub(crate) member: &'a str,
    pub(crate) shape: &'static Shape,
    pub(crate) written: &'a Settings,
    /// The lower-ranking settings that these override.
    pub(crate) lower: &'a Settings,
    pub(crate) file: &'a str,
    pub(crate) key: String,
    pub(crate) problems: &'a mut Problems,
}

/// Checks the settings of structures at all their places: those in `table` of `file`, which override `lower`.
pub(crate) fn shapes(
    model: &Model,
    (shapes, lower): (&Shapes, &Shapes),
    (file, table): (&str, &str),
    problems: &mut Problems,
) {
    let nothing = Settings::default();
    for (structure, members) in shapes {
        let key = key_of(table, structure);
        let Some(shape) = model.shapes.get(structure.as_str()).filter(|shape| is_structure(shape)) else {
            let structures = model.shapes.values().filter(|shape| is_structure(shape));
            let near = nearest(structure, structures.map(|shape| shape.name));
            problems.add(file, key, format!("is not a structure of the API; the closest are {near}"));
            continue;
        };
        for (name, written) in members {
            let key = key_of(&key, name);
            let Some(member) = shape.member(name) else {
                let names = shape.members().iter().map(|member| member.name);
                problems.add(file, key, format!("the structure has no such member; it has {}", listed(names)));
                continue;
            };
            let lower = lower.get(structure).and_then(|members| members.get(name)).unwrap_or(&nothing);
            let shape = member.shape;
            let mut entry = Entry { model, member: name, shape, written, lower, file, key, problems };
            entry.check();
            entry.refuse_names_of_one_update_input();
        }
    }
}

impl Entry<'_> {
    /// Checks what the shape alone decides.
    pub(crate) fn check(&mut self) {
        for key in self.written.repeats(self.lower) {
            self.report(key, "repeats what holds without it; leave it out");
        }
        self.check_ignore();
        self.check_texts();
        self.check_flags();
        self.check_form();
        self.check_value();
    }

    fn check_ignore(&mut self) {
        if self.written.ignore.is_some() {
            for key in self.written.keys().into_iter().filter(|key| *key != "ignore") {
                self.report(key, "has no effect on a member that is ignored");
            }
        }
    }

    fn check_texts(&mut self) {
        let Settings { name, in_update, in_read, description, ignore, closed, deprecated, .. } = self.written;
        for (key, text) in [
            ("name", name),
            ("in_update", in_update),
            ("in_read", in_read),
            ("description", description),
            ("ignore", ignore),
            ("closed", closed),
            ("deprecated", deprecated),
        ] {
            if text.as_ref().is_some_and(|text| text.trim().is_empty()) {
                self.report(key, "is empty");
            }
        }
        if *name == Some(terraform_name(self.member).as_str()) {
            self.report("name", "is the derived name already");
        }
        for (key, name) in [("in_update", in_update), ("in_read", in_read)] {
            if *name == Some(self.member) {
                self.report(key, "is the name of the member anyway");
            }
        }
    }

    /// A flag that repeats the default is only allowed to override another setting.
    fn check_flags(&mut self) {
        let flags = |settings: &Settings| {
            let Settings { computed, filled_in, set, concealed, secret, block, observed, .. } = *settings;
            [
                ("computed", computed, false),
                ("filled_in", filled_in, false),
                ("set", set, false),
                ("concealed", concealed, false),
                ("secret", secret, false),
                ("block", block, true),
                ("observed", observed, true),
            ]
        };
        for ((key, written, rule), (_, lower, _)) in flags(self.written).into_iter().zip(flags(self.lower)) {
            if written == Some(rule) && lower.is_none() {
                self.report(key, "repeats what holds without it; leave it out");
            }
        }
    }

    fn check_form(&mut self) {
        let structured = self.model.structure_in(self.shape).is_some();
        let list = matches!(self.shape.kind, ShapeKind::List { .. });
        let many = structured && !is_structure(self.shape);
        let Settings { set, block, key, min_items, max_items, concealed, secret, closed, .. } = self.written;
        if set.is_some() && !list {
            self.report("set", "is only for lists");
        }
        if key.is_some() && !(many && list) {
            self.report("key", "is only for lists of structures");
        }
        if key.is_some() && (*set == Some(true) || self.lower.set == Some(true)) {
            self.report("key", "has no effect on a set, which has no order");
        }
        if self.written.on_update.is_some() && !is_structure(self.shape) {
            self.report("on_update", "is only for structures; a list is replaced with all that is in it");
        }
        if block.is_some() && !structured {
            self.report("block", "is only for structures and collections of them");
        }
        if let Some(only) = &self.written.only {
            let structure = self.model.innermost(self.shape);
            let alone = structure.members().len() == 1 && structure.member(only).is_some();
            if !(many && list && alone) {
                self.report("only", format!("is only for lists of structures that have nothing but `{only}`"));
            }
        }
        for (name, items) in [("min_items", min_items), ("max_items", max_items)] {
            if items.is_some() && !many {
                self.report(name, "is only for lists of structures");
            }
        }
        if concealed.is_some() && structured && self.written.only.is_none() {
            self.report("concealed", "is only for single values; set it on the members");
        }
        if *secret == Some(true) && structured {
            self.report("secret", "is only for single values; set it on the members");
        }
        if *secret == Some(true) && *concealed == Some(true) {
            self.report("concealed", "is what a `secret` is anyway");
        }
        if *concealed == Some(true) && self.model.innermost(self.shape).sensitive {
            self.report("concealed", "repeats what the model says; leave it out");
        }
        if closed.is_some() && self.model.innermost(self.shape).values().is_empty() {
            self.report("closed", "is only for enumerations");
        }
    }

    fn check_value(&mut self) {
        let innermost = &self.model.innermost(self.shape).kind;
        match (self.written.equality, innermost) {
            (None, _) => {}
            (Some(Equality::Float), ShapeKind::Float { single: true, .. }) => {
                self.report("equality", "is derived already")
            }
            (Some(Equality::Float), ShapeKind::Float { .. }) => {}
            (Some(Equality::Float), _) => self.report("equality", "`float` is only for fractional numbers"),
            (Some(_), ShapeKind::String { .. }) => {}
            (Some(_), _) => self.report("equality", "is only for texts, apart from `float`"),
        }
        if let Some(default) = &self.written.default {
            if let Err(fault) = literal(self.shape, default) {
                self.report("default", fault);
            }
            if self.written.computed == Some(true) {
                self.report("default", "has no effect beside `computed`; one of them has to go");
            }
        }
        let whole = matches!(self.shape.kind, ShapeKind::Structure { .. } | ShapeKind::List { .. });
        if self.written.filled_in.is_some() && !(whole && self.model.structure_in(self.shape).is_some()) {
            self.report("filled_in", "is only for structures and lists of them");
        }
        if self.written.filled_in.is_some() && self.written.computed == Some(true) {
            self.report("filled_in", "has no effect beside `computed`, which makes an attribute of the block");
        }
        let fills_in = |settings: &Settings| settings.default.is_some() || settings.computed == Some(true);
        if self.written.usage.is_some() && (fills_in(self.written) || fills_in(self.lower)) {
            self.report("usage", "has no effect beside `default` or `computed`");
        }
    }

    fn refuse_names_of_one_update_input(&mut self) {
        let clearing = self.written.clearing.and_then(member_that_clears);
        let Settings { additions, in_update, in_read, .. } = self.written;
        for (key, name) in
            [("clearing", clearing), ("additions", *additions), ("in_update", *in_update), ("in_read", *in_read)]
        {
            if name.is_some() {
                self.report(key, "names a member at one place, so it has to stand in `[attributes]` of a resource");
            }
        }
    }

    /// Checks what depends on the place in a resource. `update` is the update input.
    pub(crate) fn check_here(&mut self, here: &Placement, update: Option<&'static Shape>) {
        if self.written.on_update.is_some() && !here.on_update {
            self.report("on_update", "has no effect, since the update input does not have the member");
        }
        self.check_usage(here);
        self.check_change(here);
        self.check_clearing(here, update);
        self.check_additions(here, update);
        if self.written.in_place_only.is_some() && !(here.settable && here.on_update) {
            self.report("in_place_only", "has no effect, since no update sends the value");
        }
        if here.in_objects {
            self.refuse_flags_in_objects();
        }
        if !here.settable {
            self.refuse_what_is_for_users();
        }
        if self.written.filled_in == Some(true) && here.usage != Usage::Optional {
            self.report("filled_in", "is only for what users may leave out");
        }
        if self.written.observed == Some(false) && !here.observed {
            self.report("observed", "has no effect, since the read output does not have it in this form");
        }
        if self.written.observed == Some(false) && !here.settable {
            self.report("observed", "leaves nothing of what only the read output has; `ignore` it");
        }
        let required = here.usage == Usage::Required;
        let (min_items, max_items) = items(self.shape, required);
        for (key, written, derived) in
            [("min_items", self.written.min_items, min_items), ("max_items", self.written.max_items, max_items)]
        {
            if written == Some(derived) {
                self.report(key, "is derived already");
            }
        }
    }

    fn check_usage(&mut self, here: &Placement) {
        if self.written.usage == Some(here.usage) {
            self.report("usage", "is derived already");
        }
    }

    fn check_change(&mut self, here: &Placement) {
        let Some(change) = self.written.change else { return };
        // On a structure, the setting also applies to everything inside.
        let structured = self.model.structure_in(self.shape).is_some();
        if change == here.change && !structured {
            self.report("change", "is derived already");
        }
        let computed = !here.settable || self.written.usage == Some(Usage::Computed);
        match (is_of_service(change), computed) {
            (true, false) => self.report("change", "`stable` and `volatile` are for what only the service sets"),
            (false, true) => self.report("change", "is `stable` or `volatile` for what only the service sets"),
            _ => {}
        }
    }

    fn check_clearing(&mut self, here: &Placement, update: Option<&'static Shape>) {
        let Some(clearing) = self.written.clearing else { return };
        if !here.on_update {
            return self.report("clearing", "has no effect, since the update input does not have the member");
        }
        self.check_empty_structure(clearing);
        let Some(name) = member_that_clears(clearing) else { return };
        let Some(shape) = self.update_member("clearing", name, update) else { return };
        let list = matches!(shape.kind, ShapeKind::List { .. });
        let named = self.written.key.is_some() || self.lower.key.is_some();
        match clearing {
            Clearing::Flag(_) if !matches!(shape.kind, ShapeKind::Boolean) => {
                self.report("clearing", format!("`{name}` is no boolean"));
            }
            Clearing::Property(_) | Clearing::Keys(_) if !list => {
                self.report("clearing", format!("`{name}` is no list"));
            }
            Clearing::Keys(_) if !named && !matches!(self.shape.kind, ShapeKind::Map { .. }) => {
                self.report("clearing", "`keys` is only for maps and for lists with a `key`");
            }
            _ => {}
        }
    }

    /// `{}` is not documented to clear structures, except in a few places.
    fn check_empty_structure(&mut self, clearing: Clearing) {
        match (clearing, is_structure(self.shape)) {
            (Clearing::Empty, true) => {
                let reason = "is not for structures, which an update merges member by member, so that `{}` clears nothing; \
                              leave it out, or write `\"empty_structure\"` with a source that says that `{}` clears this one";
                self.report("clearing", reason);
            }
            (Clearing::EmptyStructure, false) => self.report("clearing", "`empty_structure` is only for structures"),
            _ => {}
        }
    }

    fn check_additions(&mut self, here: &Placement, update: Option<&'static Shape>) {
        let Some(name) = self.written.additions else { return };
        if here.on_update {
            return self.report("additions", "has no effect, since the update input takes the whole list");
        }
        let Some(shape) = self.update_member("additions", name, update) else { return };
        if !alike(shape, self.shape) {
            self.report("additions", format!("`{name}` takes no list of the same form"));
        }
    }

    /// The shape of the member of the update input that `setting` names.
    fn update_member(&mut self, setting: &str, name: &str, update: Option<&'static Shape>) -> Option<&'static Shape> {
        let Some(input) = update else {
            self.report(setting, "has no effect without `operations.update`");
            return None;
        };
        let member = input.member(name);
        if member.is_none() {
            let names = input.members().iter().map(|member| member.name);
            self.report(setting, format!("the update input has no member `{name}`; it has {}", listed(names)));
        }
        member.map(|member| member.shape)
    }

    fn refuse_flags_in_objects(&mut self) {
        let Settings { default, computed, filled_in, block, change, clearing, min_items, .. } = self.written;
        for (key, written) in [
            ("default", default.is_some()),
            ("filled_in", filled_in.is_some()),
            ("computed", computed.is_some()),
            ("block", block.is_some()),
            ("change", change.is_some()),
            ("clearing", clearing.is_some()),
            ("min_items", min_items.is_some()),
        ] {
            if written {
                self.report(key, "has no effect inside an attribute of objects, which changes as a whole");
            }
        }
    }

    fn refuse_what_is_for_users(&mut self) {
        let Settings { default, computed, closed, block, .. } = self.written;
        for (key, written) in [
            ("default", default.is_some()),
            ("computed", computed.is_some()),
            ("closed", closed.is_some()),
            ("block", block.is_some()),
        ] {
            if written {
                self.report(key, "has no effect on what only the service sets");
            }
        }
    }

    fn report(&mut self, setting: &str, reason: impl Into<String>) {
        self.problems.add(self.file, key_of(&self.key, setting), reason);
    }
}
