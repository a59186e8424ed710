//! The form of an attribute: a plain value, a block or objects, with the attributes inside.
//!
//! Knows nothing of usage and change, which the walk decides.

use super::{
    Join, level,
    level::{Form, Level},
};
use crate::{
    definition::{
        attribute::{Attribute, AttributeKind, Origin},
        compile::{
            model::is_structure,
            placement::{Placement, items},
            problem::listed,
            provided::plain,
            settings::Settings,
            written::leak_all,
        },
        shape::{DOCUMENT, DOCUMENTS, STRING, Shape, ShapeKind},
    },
    schema::usage::{Nesting, Usage},
};

/// The attribute that holds the key of a map entry.
const MAP_KEY: &str = "key";

/// The shape of tags, which Terraform shows as a map.
const TAG_LIST: &str = "TagList";

impl Join<'_> {
    /// The form of an attribute with everything inside; `None` if it cannot be shown.
    pub(super) fn kind(&mut self, inside: &Level, shape: &'static Shape, form: &Form<'_>) -> Option<AttributeKind> {
        if form.settings.json == Some(true) {
            return self.document(&inside.path, shape, form);
        }
        if let Some(tag_map) =
            self.model.tag_map.filter(|_| self.overrides.described.is_some() && shape.name == TAG_LIST)
        {
            return Some(AttributeKind::Plain { shape: tag_map, set: false });
        }
        let Some(structure) = self.model.structure_in(shape) else {
            return Some(AttributeKind::Plain { shape, set: form.settings.set == Some(true) });
        };
        if let Some(only) = form.settings.only.and_then(|only| structure.member(only)) {
            return Some(AttributeKind::Plain { shape: only.shape, set: false });
        }
        if inside.around.iter().filter(|around| **around == structure.name).count() > 1 {
            let reason = format!(
                "leads back to the structure `{}` that contains it; `ignore` it, with the reason",
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
        let attributes = level(attributes, self.overrides.file, &inside.path, self.problems);
        Some(self.nested(&inside.path, shape, attributes, form))
    }

    /// The form of an attribute that is shown as JSON text.
    pub(super) fn document(&mut self, path: &str, shape: &Shape, form: &Form<'_>) -> Option<AttributeKind> {
        if form.here.settable {
            self.report(path, "json", "is only for members that the service alone sets");
            return None;
        }
        let documents = matches!(shape.kind, ShapeKind::List { .. });
        Some(AttributeKind::Plain { shape: if documents { &DOCUMENTS } else { &DOCUMENT }, set: false })
    }

    /// The attributes of map entries: the key, and the value or its members.
    pub(super) fn entries(
        &mut self,
        inside: &Level,
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
        let kind = AttributeKind::Plain { shape: key, set: false };
        attributes.push(entry_part(MAP_KEY, "Key of the entry.", Origin::MapKey, kind, form.here));
        Some(attributes)
    }

    pub(super) fn nested(
        &mut self,
        path: &str,
        shape: &'static Shape,
        attributes: Vec<Attribute>,
        form: &Form<'_>,
    ) -> AttributeKind {
        let set = form.settings.set == Some(true);
        let single = is_structure(shape);
        let (min_items, max_items) = items(shape, form.required);
        let attributes = leak_all(attributes);
        let max_items = form.settings.max_items.unwrap_or(max_items);
        if form.as_objects {
            return AttributeKind::Objects { shape, set, single, max_items, attributes };
        }
        let nesting = if set { Nesting::Set } else { Nesting::List };
        let min_items = form.settings.min_items.unwrap_or(min_items);
        if max_items > 0 && min_items > max_items {
            self.report(path, "min_items", &format!("{min_items} exceeds the maximum of {max_items}"));
        }
        AttributeKind::Block { shape, nesting, single, min_items, max_items, attributes }
    }

    /// Objects are sensitive if any of their members is, since these have no flags of their own.
    pub(super) fn is_sensitive(&self, shape: &'static Shape, kind: &AttributeKind) -> bool {
        match kind {
            AttributeKind::Plain { .. } => self.model.innermost(shape).sensitive,
            AttributeKind::Block { .. } => false,
            AttributeKind::Objects { attributes, .. } => attributes.iter().any(|attribute| attribute.sensitive),
        }
    }

    /// The attribute that identifies an element.
    pub(super) fn element_key(
        &mut self,
        kind: &AttributeKind,
        shape: &Shape,
        settings: &Settings,
        path: &str,
    ) -> Option<&'static str> {
        if let AttributeKind::Plain { .. } = kind {
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
}

/// The key or the value of a map entry, with the flags of the map.
fn entry_part(
    name: &'static str,
    description: &'static str,
    origin: Origin,
    kind: AttributeKind,
    here: &Placement,
) -> Attribute {
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
