//! Joins the service model with a definition file: the attributes of a resource and their behaviour.
//!
//! The create input, the update input and the read output are walked together, so that each attribute knows where the
//! API accepts it and where the API returns it.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    entry::{self, Entry, Here},
    model::{Model, alike, is_free_text, is_structure, may_be_an_empty_list},
    name::{self, listed, terraform_name},
    parse::{ResourceFile, SHAPES, Shapes, key_of},
    problem::Problems,
    provided::plain,
    settings::{OnUpdate, Settings, is_of_service},
    written::{leak, leak_all},
};
use crate::{
    definition::{
        attribute::{Attribute, Change, Clearing, Equality, Kind, Literal, Origin},
        resource::UpdateSends,
        shape::{COUNT, DOCUMENT, DOCUMENTS, Member, STRING, Shape, ShapeKind},
    },
    schema::usage::{Nesting, Usage},
};

/// The member of inputs and outputs that becomes the provider-defined `tags`.
pub(super) const TAGS: &str = "Tags";

/// The shape of tags, which Terraform shows as a map.
const TAG_LIST: &str = "TagList";

/// Members for paging, which belong to no object.
const PAGING: &[&str] = &["MaxResults", "NextToken"];

/// The attribute that holds the key of a map entry.
const MAP_KEY: &str = "key";

/// Members with these endings are set once by the service.
const STABLE_ENDINGS: &[&str] = &["Arn", "CreatedBy", "CreationTime", "Id"];

/// The input and output structures of a resource.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sides {
    /// The create input.
    pub(super) create: &'static Shape,
    /// The update input, if there is an update operation.
    pub(super) update: Option<&'static Shape>,
    /// The read output.
    pub(super) read: &'static Shape,
    /// The delete input, if there is a delete operation.
    pub(super) delete: Option<&'static Shape>,
}

/// The attributes that come from the API. For a query, `members` holds the default descriptions of members.
pub(super) fn attributes(
    model: &Model,
    facts: &Shapes,
    members: Option<&BTreeMap<String, &'static str>>,
    file: &ResourceFile,
    sides: Sides,
    problems: &mut Problems,
) -> Vec<Attribute> {
    let top = Place {
        create: Some(sides.create),
        update: sides.update,
        read: Some(sides.read),
        delete: sides.delete,
        on_update: (file.update_sends == UpdateSends::All).then_some(OnUpdate::Replaced),
        ..Place::default()
    };
    let mut join = Join {
        model,
        facts,
        members,
        file,
        update: sides.update,
        problems,
        met: BTreeSet::new(),
        met_structures: BTreeSet::new(),
    };
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
        let reason = format!("{one} and {two} are both named `{}`; give one another `name`", pair[0].name);
        problems.add(file, &place, reason);
    }
    attributes
}

struct Join<'a> {
    model: &'a Model,
    facts: &'a Shapes,
    /// Only for queries: the default descriptions of members.
    members: Option<&'a BTreeMap<String, &'static str>>,
    file: &'a ResourceFile,
    /// The update input.
    update: Option<&'static Shape>,
    problems: &'a mut Problems,
    /// The paths of all walked members, shown or ignored.
    met: BTreeSet<String>,
    /// The structures that contain them.
    met_structures: BTreeSet<&'static str>,
}

/// A place in the API, with the structure of each side there.
#[derive(Debug, Clone, Default)]
struct Place {
    /// API names from the resource inwards, separated by dots; empty for the resource itself.
    path: String,
    create: Option<&'static Shape>,
    update: Option<&'static Shape>,
    read: Option<&'static Shape>,
    delete: Option<&'static Shape>,
    /// The enclosing structures, and this one.
    around: Vec<&'static str>,
    /// The `change` setting of an enclosing structure.
    change: Option<Change>,
    /// What an update does with this structure; `None` at the top, where it merges and the members decide.
    on_update: Option<OnUpdate>,
    /// An enclosing structure is an attribute of objects, whose members have no flags of their own.
    in_objects: bool,
}

/// A member on each side that has it.
#[derive(Debug, Clone, Copy)]
struct Found {
    create: Option<&'static Member>,
    update: Option<&'static Member>,
    read: Option<&'static Member>,
    /// Only if no other side has it.
    delete: Option<&'static Member>,
}

/// What determines the form of an attribute, besides its shape.
struct Form<'a> {
    settings: &'a Settings,
    here: &'a Here,
    required: bool,
    /// Shown as an attribute, not as a block.
    as_objects: bool,
}

impl Join<'_> {
    fn members(&mut self, place: &Place) -> Vec<Attribute> {
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
    fn member(&mut self, place: &Place, name: &'static str) -> Option<Vec<Attribute>> {
        let path = place.path_to(name);
        let found = self.find(place, name)?;
        self.met.insert(path.clone());
        let lower = self.shared_settings(place, name);
        let own = self.file.attributes.get(&path).cloned().unwrap_or_default();
        let settings = own.clone().over(&lower);
        if settings.ignore.is_some() {
            self.refuse_description_of_ignored(place, name);
            return None;
        }
        let shape = found.shape()?;
        let found = self.alike(found, shape);
        let derived = self.here(place, name, found).carried_out(&settings, self.update.is_some());
        self.check_own((&path, name, shape), &own, &lower, &derived);
        self.check_names_elsewhere(place, (&path, shape), &own);

        let found = found.as_written(&settings);
        let here = self.here(place, name, found).carried_out(&settings, self.update.is_some());
        let usage = usage(&settings, &here);
        let as_objects = place.in_objects
            || matches!(usage, Usage::Computed | Usage::OptionalComputed)
            || settings.block == Some(false);
        let change = settings.change.filter(|change| is_of_service(*change) != here.settable);
        let inside = Place {
            in_objects: as_objects,
            change: change.or(place.change),
            on_update: self.on_update(place, (&path, shape), &settings, &here),
            ..self.inside(place, name, found, shape)
        };
        let form = Form { settings: &settings, here: &here, required: usage == Usage::Required, as_objects };
        let kind = self.kind(&inside, shape, &form)?;
        let change = change.unwrap_or_else(|| as_a_whole(here.change, &kind));
        let default = self.default(shape, &settings).filter(|_| here.settable && !place.in_objects);
        let stays = place.merges()
            && change == Change::InPlace
            && (settings.filled_in != Some(true) || inside.on_update == Some(OnUpdate::Merged))
            && settings.additions.is_none();
        let sensitive = self.is_sensitive(shape, &kind);
        let derived = || stays.then(|| self.derived_clearing(&inside, shape, &kind, default.as_ref()));
        let clearing = settings.clearing.or_else(derived);
        let attribute = Attribute {
            name: settings.name.unwrap_or_else(|| leak(terraform_name(name))),
            description: self.description(place, name, &settings),
            origin: Origin::Member(name),
            in_update: found.update.map(|member| member.name).filter(|other| *other != name),
            only: settings.only,
            in_read: own.in_read.filter(|_| found.read.is_some()),
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
            key: self.element_key(&kind, shape, &settings, &path),
            clearing: clearing.filter(|_| found.update.is_some()).unwrap_or(Clearing::Omit),
            additions: settings.additions,
            generated: self.is_generated(place, found, usage),
            filled_in: settings.filled_in == Some(true),
            kind,
        };
        let is_secret = settings.secret == Some(true) && !place.in_objects;
        let mut attributes = if is_secret { beside_secret(&attribute) } else { Vec::new() };
        attributes.push(attribute);
        Some(attributes)
    }

    /// The sides that have a member; `None` if it belongs to no object.
    fn find(&self, place: &Place, name: &str) -> Option<Found> {
        let member = |structure: Option<&'static Shape>, name: Option<&str>| structure?.member(name?);
        let settable = |member: &&'static Member| !member.idempotency_token;
        let at_top = place.path.is_empty();
        let (in_update, in_read) = (self.name_on(place, name, of_update), self.name_on(place, name, of_read));
        // If one operation creates and updates, members that only serve an update are not part of the object.
        let serves_create = self.file.operations.update == Some(self.file.operations.create) && self.serves(name);
        let found = Found {
            create: member(place.create, Some(name))
                .filter(settable)
                .filter(|_| !at_top || !(serves_create || PAGING.contains(&name))),
            update: member(place.update, in_update).filter(settable).filter(|_| !at_top || !self.steers_update(name)),
            read: self.member_at(place.read, in_read).filter(|_| !at_top || !PAGING.contains(&name)),
            delete: None,
        };
        let parting = || member(place.delete, Some(name)).filter(settable).filter(|_| !at_top || !self.addresses(name));
        let found = Found { delete: if found.shape().is_none() { parting() } else { None }, ..found };
        found.shape().filter(|_| !at_top || name != TAGS || self.members.is_some()).map(|_| found)
    }

    /// The member at the end of a path that leads through structures only.
    fn member_at(&self, structure: Option<&'static Shape>, path: Option<&str>) -> Option<&'static Member> {
        let (first, rest) = path?.split_once('.').map_or((path?, None), |(first, rest)| (first, Some(rest)));
        let member = structure?.member(first)?;
        match rest {
            None => Some(member),
            Some(_) if !is_structure(member.shape) => None,
            rest => self.member_at(self.model.structure_in(member.shape), rest),
        }
    }

    /// The member's name in the update input or the read output; `None` if that name belongs to another member.
    fn name_on<'n>(
        &'n self,
        place: &Place,
        name: &'n str,
        side: fn(&Settings) -> Option<&'static str>,
    ) -> Option<&'n str> {
        let written = |name: &str| side(self.file.attributes.get(&place.path_to(name))?);
        let mut siblings = self.file.attributes.iter().filter(|(path, _)| place.holds(path));
        let taken = siblings.any(|(_, settings)| side(settings) == Some(name));
        written(name).or((!taken).then_some(name))
    }

    /// True for members of the update input that identify the object, or list what is cleared or added.
    fn steers_update(&self, name: &str) -> bool {
        self.addresses(name) || self.serves(name)
    }

    /// True for members of the update input that a `clearing` or `additions` names.
    fn serves(&self, name: &str) -> bool {
        self.file.attributes.values().any(|settings| settings.update_member() == Some(name))
    }

    /// True for input members that identify the object.
    fn addresses(&self, name: &str) -> bool {
        let identity = &self.file.identity;
        identity.members.contains(&name)
            || identity.inputs.iter().any(|(input, _)| *input == name)
            || identity.constants.iter().any(|(input, _)| *input == name)
    }

    /// What an update does with the structure of a member. Lists are replaced with everything inside.
    fn on_update(
        &mut self,
        place: &Place,
        (path, shape): (&str, &Shape),
        settings: &Settings,
        here: &Here,
    ) -> Option<OnUpdate> {
        if place.on_update == Some(OnUpdate::Replaced) || !is_structure(shape) {
            return Some(OnUpdate::Replaced);
        }
        let known = settings.on_update.or(place.on_update);
        if known.is_none() && place.path.is_empty() && here.settable && here.on_update {
            let reason = "is missing: say whether an update has the structure `\"merged\"`, so that what it leaves out stays, \
                          or `\"replaced\"`";
            self.report(path, "on_update", reason);
        }
        known
    }

    /// How a member of a merged structure is cleared if no setting says so.
    fn derived_clearing(&self, inside: &Place, shape: &Shape, kind: &Kind, default: Option<&Literal>) -> Clearing {
        match kind {
            _ if default.is_some() => Clearing::Default,
            Kind::Block { single: true, .. } if inside.on_update == Some(OnUpdate::Merged) => Clearing::Members,
            // A list that is sent replaces the previous one. Developer guide, "Detach lifecycle configurations" and
            // "Detach repositories" of Studio, with an empty list; assumed of all others.
            _ if may_be_an_empty_list(shape) => Clearing::Empty,
            _ => Clearing::Never,
        }
    }

    /// The settings of a member for all places of its structure. The create input's structure ranks above the others.
    fn shared_settings(&self, place: &Place, name: &str) -> Settings {
        let at_top = place.path.is_empty();
        let described = self.file.descriptions.get(name).filter(|_| at_top);
        let described = described.or_else(|| self.members?.get(name));
        let mut settings = Settings { description: described.copied(), ..Settings::default() };
        let structures: Vec<&Shape> = place.structures().filter(|_| !at_top).collect();
        for shapes in [self.facts, &self.file.shapes] {
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
        here: &Here,
    ) {
        let mut entry = Entry {
            model: self.model,
            member,
            shape,
            written: own,
            lower,
            file: &self.file.file,
            key: key_of("attributes", path),
            problems: self.problems,
        };
        entry.check();
        entry.check_here(here, self.update);
    }

    /// Checks that the member's names on other sides exist.
    fn check_names_elsewhere(&mut self, place: &Place, (path, shape): (&str, &Shape), own: &Settings) {
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
        entry::literal(shape, settings.default.as_ref()?).ok()
    }

    /// Drops the sides whose values have another form.
    fn alike(&self, found: Found, shape: &Shape) -> Found {
        let alike = |member: &&Member| alike(shape, member.shape);
        Found { update: found.update.filter(alike), read: found.read.filter(alike), ..found }
    }

    /// The properties of the member at this place without settings.
    fn here(&self, place: &Place, name: &str, found: Found) -> Here {
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
        Here {
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

    /// The place inside the structures of a member.
    fn inside(&self, place: &Place, name: &str, found: Found, shape: &'static Shape) -> Place {
        let structure = |member: Option<&Member>| self.model.structure_in(member?.shape);
        let around = self.model.structure_in(shape).map(|structure| structure.name);
        Place {
            path: place.path_to(name),
            create: structure(found.create),
            update: structure(found.update),
            read: structure(found.read),
            delete: structure(found.delete),
            around: place.around.iter().copied().chain(around).collect(),
            ..place.clone()
        }
    }

    /// The form of an attribute with everything inside; `None` if it cannot be shown.
    fn kind(&mut self, inside: &Place, shape: &'static Shape, form: &Form<'_>) -> Option<Kind> {
        if form.settings.json == Some(true) {
            return self.document(&inside.path, shape, form);
        }
        if let Some(tag_map) = self.model.tag_map.filter(|_| self.members.is_some() && shape.name == TAG_LIST) {
            return Some(Kind::Plain { shape: tag_map, set: false });
        }
        let Some(structure) = self.model.structure_in(shape) else {
            return Some(Kind::Plain { shape, set: form.settings.set == Some(true) });
        };
        if let Some(only) = form.settings.only.and_then(|only| structure.member(only)) {
            return Some(Kind::Plain { shape: only.shape, set: false });
        }
        if inside.around.iter().filter(|around| **around == structure.name).count() > 1 {
            let reason = format!(
                "leads back to the structure `{}` that it stands in; `ignore` it, with the reason",
                structure.name
            );
            self.report(&inside.path, "", &reason);
            return None;
        }
        let attributes = match shape.kind {
            ShapeKind::Map { key, value, .. } => self.entries(inside, key, value, form)?,
            ShapeKind::List { element, .. } if element.name != structure.name => {
                let reason = "is a list of collections of structures, which Terraform cannot show; `ignore` it";
                self.report(&inside.path, "", reason);
                return None;
            }
            _ => self.members(inside),
        };
        let attributes = level(attributes, &self.file.file, &inside.path, self.problems);
        Some(self.nested(&inside.path, shape, attributes, form))
    }

    /// The form of an attribute that is shown as JSON text.
    fn document(&mut self, path: &str, shape: &Shape, form: &Form<'_>) -> Option<Kind> {
        if form.here.settable {
            self.report(path, "json", "is only for what the service answers");
            return None;
        }
        let documents = matches!(shape.kind, ShapeKind::List { .. });
        Some(Kind::Plain { shape: if documents { &DOCUMENTS } else { &DOCUMENT }, set: false })
    }

    /// The attributes of map entries: the key, and the value or its members.
    fn entries(
        &mut self,
        inside: &Place,
        key: &'static Shape,
        value: &'static Shape,
        form: &Form<'_>,
    ) -> Option<Vec<Attribute>> {
        let mut attributes = match value.kind {
            ShapeKind::Structure { .. } => self.members(inside),
            _ => {
                let unwritten = Form { settings: &Settings::default(), required: true, ..*form };
                let kind = self.kind(inside, value, &unwritten)?;
                vec![entry_part("value", "Value of the entry.", Origin::MapValue, kind, form.here)]
            }
        };
        let kind = Kind::Plain { shape: key, set: false };
        attributes.push(entry_part(MAP_KEY, "Key of the entry.", Origin::MapKey, kind, form.here));
        Some(attributes)
    }

    fn nested(&mut self, path: &str, shape: &'static Shape, attributes: Vec<Attribute>, form: &Form<'_>) -> Kind {
        let set = form.settings.set == Some(true);
        let single = is_structure(shape);
        let (min_items, max_items) = entry::items(shape, form.required);
        let attributes = leak_all(attributes);
        let max_items = form.settings.max_items.unwrap_or(max_items);
        if form.as_objects {
            return Kind::Objects { shape, set, single, max_items, attributes };
        }
        let nesting = if set { Nesting::Set } else { Nesting::List };
        let min_items = form.settings.min_items.unwrap_or(min_items);
        if max_items > 0 && min_items > max_items {
            self.report(path, "min_items", &format!("{min_items} is more than the {max_items} there may be at most"));
        }
        Kind::Block { shape, nesting, single, min_items, max_items, attributes }
    }

    /// Objects are sensitive if any of their members is, since these have no flags of their own.
    fn is_sensitive(&self, shape: &'static Shape, kind: &Kind) -> bool {
        match kind {
            Kind::Plain { .. } => self.model.innermost(shape).sensitive,
            Kind::Block { .. } => false,
            Kind::Objects { attributes, .. } => attributes.iter().any(|attribute| attribute.sensitive),
        }
    }

    /// A name inside a structure that the API requires and the user may omit.
    fn is_generated(&self, place: &Place, found: Found, usage: Usage) -> bool {
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

    /// The attribute that identifies an element.
    fn element_key(&mut self, kind: &Kind, shape: &Shape, settings: &Settings, path: &str) -> Option<&'static str> {
        if let Kind::Plain { .. } = kind {
            return None;
        }
        if let ShapeKind::Map { .. } = shape.kind {
            return Some(MAP_KEY);
        }
        let key = settings.key?;
        let names: Vec<&str> = kind.attributes().iter().map(|attribute| attribute.name).collect();
        if !names.contains(&key) {
            self.report(path, "key", &format!("an element has no attribute `{key}`; it has {}", listed(names)));
        }
        Some(key)
    }

    fn description(&mut self, place: &Place, name: &str, settings: &Settings) -> &'static str {
        if let Some(description) = settings.description {
            return description;
        }
        let reason = "has no description; say in own words what it is";
        match place.structures().next() {
            Some(structure) if !place.path.is_empty() => {
                self.problems.add(SHAPES, key_of(structure.name, name), reason);
            }
            _ => self.problems.add(&self.file.file, key_of("descriptions", name), reason),
        }
        ""
    }

    fn refuse_description_of_ignored(&mut self, place: &Place, name: &str) {
        if place.path.is_empty() && self.file.descriptions.contains_key(name) {
            self.problems.add(
                &self.file.file,
                key_of("descriptions", name),
                "has no effect, since the member is ignored",
            );
        }
    }

    fn report(&mut self, path: &str, setting: &str, reason: &str) {
        let dot = if setting.is_empty() { "" } else { "." };
        let key = key_of("attributes", path);
        self.problems.add(&self.file.file, format!("{key}{dot}{setting}"), reason);
    }

    /// Reports settings of members and structures that the walk has not reached.
    fn report_unmet(&mut self, top: &Place) {
        for path in self.file.attributes.keys().filter(|path| !self.met.contains(*path)) {
            let reason = self.explain_unmet(top, path);
            self.problems.add(&self.file.file, key_of("attributes", path), reason);
        }
        for name in self.file.descriptions.keys() {
            if !self.met.contains(name) && !self.file.switches.contains_key(name) {
                let reason = self.explain_unmet(top, name);
                self.problems.add(&self.file.file, key_of("descriptions", name), reason);
            }
        }
        for structure in self.file.shapes.keys().filter(|name| !self.met_structures.contains(name.as_str())) {
            let reason = "is no structure inside this resource";
            self.problems.add(&self.file.file, key_of("shapes", structure), reason);
        }
    }

    fn explain_unmet(&self, top: &Place, path: &str) -> String {
        let mut structures: Vec<&'static Shape> = top.structures().collect();
        for name in path.split('.') {
            let all: Vec<&Member> = structures.iter().flat_map(|structure| structure.members()).collect();
            let shapes: Vec<&'static Shape> =
                all.iter().filter(|member| member.name == name).map(|member| member.shape).collect();
            if shapes.is_empty() {
                let names: BTreeSet<&str> = all.iter().map(|member| member.name).collect();
                return format!("the API has no `{name}` there; it has {}", listed(names));
            }
            structures = shapes.into_iter().filter_map(|shape| self.model.structure_in(shape)).collect();
        }
        "has no effect, since the provider uses the member itself, or one around it is ignored".to_owned()
    }
}

impl Place {
    /// True if an update keeps members that it omits here.
    fn merges(&self) -> bool {
        self.on_update != Some(OnUpdate::Replaced) && !self.in_objects
    }

    fn structures(&self) -> impl DoubleEndedIterator<Item = &'static Shape> + use<> {
        [self.create, self.update, self.read, self.delete].into_iter().flatten()
    }

    /// True if the path leads to a member of this structure.
    fn holds(&self, path: &str) -> bool {
        let around = path.rsplit_once('.').map_or("", |(around, _)| around);
        around == self.path
    }

    fn path_to(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) }
    }
}

impl Found {
    /// The shape that determines the form.
    fn shape(&self) -> Option<&'static Shape> {
        [self.create, self.update, self.read, self.delete].into_iter().flatten().next().map(|member| member.shape)
    }

    /// Drops the sides that the file excludes.
    fn as_written(self, settings: &Settings) -> Self {
        let settable = settings.usage != Some(Usage::Computed);
        Self {
            create: self.create.filter(|_| settable),
            update: self.update.filter(|_| settable),
            read: self.read.filter(|_| settings.observed != Some(false)),
            delete: self.delete.filter(|_| settable),
        }
    }
}

/// The attribute, for messages.
fn called(attribute: &Attribute) -> String {
    match attribute.origin {
        Origin::Member(member) => format!("`{member}`"),
        Origin::MapKey => "the key of an entry".to_owned(),
        Origin::MapValue => "the value of an entry".to_owned(),
        _ => "an argument of the provider's own".to_owned(),
    }
}

/// The usage of a block follows from its least number; `None` for other attributes.
fn usage_of_block(kind: &Kind) -> Option<Usage> {
    match kind {
        Kind::Block { min_items: 1.., .. } => Some(Usage::Required),
        Kind::Block { .. } => Some(Usage::Optional),
        Kind::Plain { .. } | Kind::Objects { .. } => None,
    }
}

fn of_update(settings: &Settings) -> Option<&'static str> {
    settings.in_update
}

fn of_read(settings: &Settings) -> Option<&'static str> {
    settings.in_read
}

fn usage(settings: &Settings, here: &Here) -> Usage {
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
fn as_a_whole(derived: Change, kind: &Kind) -> Change {
    let replaces = |inner: &Attribute| inner.usage.is_settable() && inner.change == Change::Replace;
    let whole = !matches!(kind, Kind::Block { single: true, .. });
    let replaces = whole && kind.attributes().iter().any(replaces);
    if derived == Change::InPlace && replaces { Change::Replace } else { derived }
}

/// The companions of a secret: an argument that is not stored, and one that signals a change.
fn beside_secret(secret: &Attribute) -> Vec<Attribute> {
    if !matches!(secret.usage, Usage::Required | Usage::Optional) {
        return Vec::new();
    }
    let Kind::Plain { shape, set } = &secret.kind else { return Vec::new() };
    let name = secret.name;
    let write_only = Attribute {
        kind: Kind::Plain { shape, set: *set },
        sensitive: true,
        concealed: true,
        ..plain(
            leak(format!("{name}_wo")),
            leak(format!(
                "The same as `{name}`, but not saved in plan and state. Needs Terraform 1.11 and `{name}_wo_version`."
            )),
            Origin::WriteOnly,
            &STRING,
        )
    };
    let version = Attribute {
        change: secret.change,
        ..plain(
            leak(format!("{name}_wo_version")),
            leak(format!("A number to change whenever `{name}_wo` changes.")),
            Origin::WriteOnlyVersion,
            &COUNT,
        )
    };
    vec![write_only, version]
}

/// The key or the value of a map entry, with the flags of the map.
fn entry_part(name: &'static str, description: &'static str, origin: Origin, kind: Kind, here: &Here) -> Attribute {
    Attribute {
        kind,
        usage: if here.settable { Usage::Required } else { Usage::Computed },
        on_create: here.on_create,
        on_update: here.on_update,
        on_delete: here.on_delete,
        observed: here.observed,
        change: here.change,
        ..plain(name, description, origin, &STRING)
    }
}
