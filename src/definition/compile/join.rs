//! Joins the service model with a definition file: the attributes of a resource and their behaviour.
//!
//! The create input, the update input and the read output are walked together, so that each attribute knows where the
//! API accepts it and where the API returns it.

mod find;
mod form;
mod input;
mod level;
mod secret;
mod unmet;

use std::collections::BTreeSet;

pub(super) use self::input::{Overrides, Sides};
use self::{
    level::{Form, Found, Level, Resolved},
    secret::beside_secret,
};
use super::{
    check::settings::Entry,
    files::{SHAPES, key_of},
    model::{Model, alike, is_free_text, is_structure, may_be_an_empty_list},
    name::{self, terraform_name},
    placement::{Placement, literal},
    problem::{Problems, listed},
    settings::{OnUpdate, Settings, is_of_service},
    written::leak,
};
use crate::{
    definition::{
        attribute::{Attribute, AttributeKind, Change, Clearing, Equality, Literal, Origin},
        resource::UpdateSends,
        shape::{Shape, ShapeKind},
    },
    schema::usage::Usage,
};

/// The member of inputs and outputs that becomes the provider-defined `tags`.
pub(super) const TAGS: &str = "Tags";

/// Members with these endings are set once by the service.
const STABLE_ENDINGS: &[&str] = &["Arn", "CreatedBy", "CreationTime", "Id"];

/// The attributes that come from the API.
pub(super) fn attributes(
    model: &Model,
    overrides: Overrides<'_>,
    sides: Sides,
    problems: &mut Problems,
) -> Vec<Attribute> {
    let top = Level {
        create: Some(sides.create),
        update: sides.update,
        read: Some(sides.read),
        delete: sides.delete,
        on_update: (sides.update_sends == UpdateSends::All).then_some(OnUpdate::Replaced),
        ..Level::default()
    };
    let (met, met_structures) = (BTreeSet::new(), BTreeSet::new());
    let mut join = Join { model, overrides, sides, problems, met, met_structures };
    let attributes = join.members(&top);
    join.report_unmet(&top);
    attributes
}

/// Sorts the attributes of one level and reports invalid names. `path` is the API path of the level.
pub(super) fn level(mut attributes: Vec<Attribute>, file: &str, path: &str, problems: &mut Problems) -> Vec<Attribute> {
    attributes.sort_by_key(|attribute| attribute.name);
    let place = if path.is_empty() { "attributes".to_owned() } else { key_of("attributes", path) };
    for attribute in &attributes {
        if let Some(fault) = name::fault(attribute.name, path.is_empty()) {
            problems.add(file, &place, format!("{}: {fault}", called(attribute)));
        }
    }
    for pair in attributes.windows(2).filter(|pair| pair[0].name == pair[1].name) {
        let (one, two) = (called(&pair[0]), called(&pair[1]));
        let reason = format!("{one} and {two} are both named `{}`; give one of them another `name`", pair[0].name);
        problems.add(file, &place, reason);
    }
    attributes
}

struct Join<'a> {
    model: &'a Model,
    overrides: Overrides<'a>,
    sides: Sides,
    problems: &'a mut Problems,
    /// The paths of all walked members, shown or ignored.
    met: BTreeSet<String>,
    /// The structures that contain them.
    met_structures: BTreeSet<&'static str>,
}

impl Join<'_> {
    fn members(&mut self, place: &Level) -> Vec<Attribute> {
        if !place.path.is_empty() {
            self.met_structures.extend(place.structures().map(|structure| structure.name));
        }
        let mut names: Vec<&'static str> = Vec::new();
        for member in place.structures().flat_map(Shape::members) {
            if !names.contains(&member.name) {
                names.push(member.name);
            }
        }
        names.into_iter().filter_map(|name| self.member(place, name)).flatten().collect()
    }

    /// The attribute of a member, after its companions; `None` if it belongs to no object.
    fn member(&mut self, place: &Level, name: &'static str) -> Option<Vec<Attribute>> {
        let member = self.resolve(place, name)?;
        let attribute = self.attribute(place, &member)?;
        let is_secret = member.settings.secret == Some(true) && !place.in_objects;
        let mut attributes = if is_secret { beside_secret(&attribute) } else { Vec::new() };
        attributes.push(attribute);
        Some(attributes)
    }

    /// Finds a member and its settings, and checks those; `None` if it belongs to no object.
    fn resolve(&mut self, place: &Level, name: &'static str) -> Option<Resolved> {
        let path = place.path_to(name);
        let found = self.find(place, name)?;
        self.met.insert(path.clone());
        let lower = self.shared_settings(place, name);
        let own = self.overrides.members.attributes.get(&path).cloned().unwrap_or_default();
        let settings = own.clone().over(&lower);
        if settings.ignore.is_some() {
            self.refuse_description_of_ignored(place, name);
            return None;
        }
        let shape = found.shape()?;
        let found = self.alike(found, shape);
        let derived = self.here(place, name, found).set_by_special_file(&settings, self.sides.update.is_some());
        self.check_own((&path, name, shape), &own, &lower, &derived);
        self.check_names_elsewhere(place, (&path, shape), &own);

        let found = found.as_written(&settings);
        let here = self.here(place, name, found).set_by_special_file(&settings, self.sides.update.is_some());
        Some(Resolved { name, path, shape, found, lower, settings, here })
    }

    fn attribute(&mut self, place: &Level, member: &Resolved) -> Option<Attribute> {
        let Resolved { name, shape, found, ref settings, ref here, .. } = *member;
        let usage = usage(settings, here);
        let as_objects = place.in_objects
            || matches!(usage, Usage::Computed | Usage::OptionalComputed)
            || settings.block == Some(false);
        let change = settings.change.filter(|change| is_of_service(*change) != here.settable);
        let inside = Level {
            in_objects: as_objects,
            change: change.or(place.change),
            on_update: self.on_update(place, member),
            ..self.inside(place, name, found, shape)
        };
        let form = Form { settings, here, required: usage == Usage::Required, as_objects };
        let kind = self.kind(&inside, shape, &form)?;
        let change = change.unwrap_or_else(|| as_a_whole(here.change, &kind));
        let default = self.default(shape, settings).filter(|_| here.settable && !place.in_objects);
        let stays = place.merges()
            && change == Change::InPlace
            && (settings.filled_in != Some(true) || inside.on_update == Some(OnUpdate::Merged))
            && settings.additions.is_none();
        let cleared = if stays { derived_clearing(&inside, shape, &kind, default.as_ref()) } else { Clearing::Omit };
        let sensitive = self.is_sensitive(shape, &kind);
        Some(Attribute {
            name: settings.name.unwrap_or_else(|| leak(terraform_name(name))),
            description: self.description(place, name, settings),
            origin: Origin::Member(name),
            in_update: found.update.map(|member| member.name).filter(|other| *other != name),
            only: settings.only,
            in_read: settings.in_read.filter(|_| found.read.is_some()),
            usage: usage_of_block(&kind).unwrap_or(usage),
            sensitive,
            concealed: sensitive || settings.concealed == Some(true) || settings.secret == Some(true),
            deprecated: settings.deprecated,
            on_create: found.create.is_some(),
            on_update: here.on_update,
            on_delete: found.delete.is_some(),
            observed: found.read.is_some(),
            change,
            default,
            equality: settings.equality.unwrap_or_else(|| self.derived_equality(shape)),
            closed: settings.closed.is_some() && here.settable,
            key: self.element_key(&kind, shape, settings, &member.path),
            clearing: self.clearing(member, cleared),
            additions: settings.additions,
            in_place_only: settings.in_place_only.filter(|_| here.on_update && change == Change::InPlace),
            generated: self.is_generated(place, found, usage),
            filled_in: settings.filled_in == Some(true),
            kind,
        })
    }

    /// What an update does with the structure of a member. Lists are replaced with everything inside.
    fn on_update(&mut self, place: &Level, member: &Resolved) -> Option<OnUpdate> {
        if place.on_update == Some(OnUpdate::Replaced) || !is_structure(member.shape) {
            return Some(OnUpdate::Replaced);
        }
        let known = member.settings.on_update.or(place.on_update);
        if known.is_none() && place.path.is_empty() && member.here.settable && member.here.on_update {
            let reason =
                "is missing: set `\"merged\"` if an update keeps the members that it omits, or else `\"replaced\"`";
            self.report(&member.path, "on_update", reason);
        }
        known
    }

    /// How an update clears the member, whether derived or written.
    fn clearing(&mut self, member: &Resolved, derived: Clearing) -> Clearing {
        if member.found.update.is_none() {
            return Clearing::Omit;
        }
        if member.settings.clearing == Some(derived) && member.lower.clearing.is_none() {
            self.report(&member.path, "clearing", "is derived already");
        }
        member.settings.clearing.unwrap_or(derived)
    }

    /// The settings of a member for all places of its structure. The create input's structure ranks above the others.
    fn shared_settings(&self, place: &Level, name: &str) -> Settings {
        let at_top = place.path.is_empty();
        let Overrides { members, described, .. } = self.overrides;
        let described = members.descriptions.get(name).filter(|_| at_top).or_else(|| described?.get(name));
        let mut settings = Settings { description: described.copied(), ..Settings::default() };
        let structures: Vec<&Shape> = place.structures().filter(|_| !at_top).collect();
        for shapes in [self.overrides.structures, &members.shapes] {
            for written in structures.iter().rev().filter_map(|structure| shapes.get(structure.name)?.get(name)) {
                settings = written.clone().over(&settings);
            }
        }
        settings
    }

    /// Checks the settings of this single attribute.
    fn check_own(
        &mut self,
        (path, member, shape): (&str, &str, &'static Shape),
        own: &Settings,
        lower: &Settings,
        here: &Placement,
    ) {
        let mut entry = Entry {
            model: self.model,
            member,
            shape,
            written: own,
            lower,
            file: self.overrides.file,
            key: key_of("attributes", path),
            problems: self.problems,
        };
        entry.check();
        entry.check_here(here, self.sides.update);
    }

    /// Checks that the member's names on other sides exist.
    fn check_names_elsewhere(&mut self, place: &Level, (path, shape): (&str, &Shape), own: &Settings) {
        for (setting, name, structure, side) in [
            ("in_update", own.in_update, place.update, "update input"),
            ("in_read", own.in_read, place.read, "read output"),
        ] {
            let Some(name) = name else { continue };
            let members = structure.map_or(&[][..], Shape::members);
            match self.member_at(structure, Some(name)) {
                Some(member) if alike(shape, member.shape) => {}
                Some(_) => self.report(path, setting, &format!("`{name}` of the {side} has another form")),
                None => {
                    let names = listed(members.iter().map(|member| member.name));
                    self.report(path, setting, &format!("the {side} has no `{name}` there; it has {names}"));
                }
            }
        }
    }

    /// The default; an invalid constant is reported where it is written.
    fn default(&self, shape: &Shape, settings: &Settings) -> Option<Literal> {
        literal(shape, settings.default.as_ref()?).ok()
    }

    /// The properties of the member at this place without settings.
    fn here(&self, place: &Level, name: &str, found: Found) -> Placement {
        let settable = found.create.is_some() || found.update.is_some() || found.delete.is_some();
        // A structure that only the update input has declares its own required members.
        let requires = if place.create.is_some() { found.create } else { found.update };
        let usage = match requires {
            _ if !settable => Usage::Computed,
            Some(member) if member.required => Usage::Required,
            _ => Usage::Optional,
        };
        let change = match place.change {
            _ if !settable && STABLE_ENDINGS.iter().any(|ending| name.ends_with(ending)) => Change::Stable,
            _ if !settable => Change::Volatile,
            Some(change) => change,
            None if found.delete.is_some() => Change::SendOnly,
            None if found.update.is_some() => Change::InPlace,
            None => Change::Replace,
        };
        Placement {
            settable,
            usage,
            change,
            in_objects: place.in_objects,
            on_create: found.create.is_some(),
            on_update: found.update.is_some(),
            on_delete: found.delete.is_some(),
            observed: found.read.is_some(),
        }
    }

    /// A name inside a structure that the API requires and the user may omit.
    fn is_generated(&self, place: &Level, found: Found, usage: Usage) -> bool {
        let required = found.create.filter(|member| member.required);
        let text = required.is_some_and(|member| is_free_text(member.shape));
        text && usage == Usage::OptionalComputed && !place.path.is_empty()
    }

    /// Numbers of 32 bits are returned rounded.
    fn derived_equality(&self, shape: &'static Shape) -> Equality {
        match self.model.innermost(shape).kind {
            ShapeKind::Float { single: true, .. } => Equality::Float,
            _ => Equality::Exact,
        }
    }

    fn description(&mut self, place: &Level, name: &str, settings: &Settings) -> &'static str {
        if let Some(description) = settings.description {
            return description;
        }
        let reason = "has no description; describe it in your own words";
        match place.structures().next() {
            Some(structure) if !place.path.is_empty() => {
                // An entry of a file of calls: `schemas/queries.toml: models`.
                let members = self.overrides.file.split_once(": ").map(|(file, _)| {
                    format!(", or `{name}` in `[members]` of schemas/{file} if no resource has this structure")
                });
                self.problems.add(
                    SHAPES,
                    key_of(structure.name, name),
                    reason.to_owned() + &members.unwrap_or_default(),
                );
            }
            _ => self.problems.add(self.overrides.file, key_of("descriptions", name), reason),
        }
        ""
    }

    fn refuse_description_of_ignored(&mut self, place: &Level, name: &str) {
        if place.path.is_empty() && self.overrides.members.descriptions.contains_key(name) {
            self.problems.add(
                self.overrides.file,
                key_of("descriptions", name),
                "has no effect, since the member is ignored",
            );
        }
    }

    fn report(&mut self, path: &str, setting: &str, reason: &str) {
        let dot = if setting.is_empty() { "" } else { "." };
        let key = key_of("attributes", path);
        self.problems.add(self.overrides.file, format!("{key}{dot}{setting}"), reason);
    }
}

/// How a member of a merged structure is cleared if no setting says so.
fn derived_clearing(inside: &Level, shape: &Shape, kind: &AttributeKind, default: Option<&Literal>) -> Clearing {
    match kind {
        _ if default.is_some() => Clearing::Default,
        AttributeKind::Block { single: true, .. } if inside.on_update == Some(OnUpdate::Merged) => Clearing::Members,
        // A list that is sent replaces the previous one. Developer guide, "Detach lifecycle configurations" and
        // "Detach repositories" of Studio, with an empty list; assumed of all others.
        _ if may_be_an_empty_list(shape) => Clearing::Empty,
        _ => Clearing::Never,
    }
}

/// The attribute, for messages.
fn called(attribute: &Attribute) -> String {
    match attribute.origin {
        Origin::Member(member) => format!("`{member}`"),
        Origin::MapKey => "the key of an entry".to_owned(),
        Origin::MapValue => "the value of an entry".to_owned(),
        _ => "an argument that the provider defines".to_owned(),
    }
}

/// The usage of a block follows from its least number; `None` for other attributes.
fn usage_of_block(kind: &AttributeKind) -> Option<Usage> {
    match kind {
        AttributeKind::Block { min_items: 1.., .. } => Some(Usage::Required),
        AttributeKind::Block { .. } => Some(Usage::Optional),
        AttributeKind::Plain { .. } | AttributeKind::Objects { .. } => None,
    }
}

fn usage(settings: &Settings, here: &Placement) -> Usage {
    let filled_in = settings.computed == Some(true) || settings.default.is_some();
    match settings.usage {
        _ if !here.settable => Usage::Computed,
        // Terraform has no defaults inside a list of objects.
        _ if settings.computed != Some(true) && filled_in && here.in_objects => Usage::Optional,
        _ if filled_in => Usage::OptionalComputed,
        Some(usage @ (Usage::Required | Usage::Optional)) => usage,
        Some(Usage::Computed | Usage::OptionalComputed) | None => here.usage,
    }
}

/// The change if the number of elements of a list changes: the object is replaced if the update input lacks any inner
/// member. For a block of one structure, its values decide.
fn as_a_whole(derived: Change, kind: &AttributeKind) -> Change {
    let replaces = |inner: &Attribute| inner.usage.is_settable() && inner.change == Change::Replace;
    let whole = !matches!(kind, AttributeKind::Block { single: true, .. });
    let replaces = whole && kind.attributes().iter().any(replaces);
    if derived == Change::InPlace && replaces { Change::Replace } else { derived }
}
