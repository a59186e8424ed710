//! Where a walk through the API is: a level, and a member with the sides that have it.

use crate::{
    definition::{
        attribute::Change,
        compile::{
            placement::Placement,
            settings::{OnUpdate, Settings},
        },
        shape::{Member, Shape},
    },
    schema::usage::Usage,
};

/// A structure of the API, as each side has it.
#[derive(Debug, Clone, Default)]
pub(super) struct Level {
    /// API names from the resource inwards, separated by dots; empty for the resource itself.
    pub(super) path: String,
    pub(super) create: Option<&'static Shape>,
    pub(super) update: Option<&'static Shape>,
    pub(super) read: Option<&'static Shape>,
    pub(super) delete: Option<&'static Shape>,
    /// The enclosing structures, and this one.
    pub(super) around: Vec<&'static str>,
    /// The `change` setting of an enclosing structure.
    pub(super) change: Option<Change>,
    /// What an update does with this structure; `None` at the top, where it merges and the members decide.
    pub(super) on_update: Option<OnUpdate>,
    /// An enclosing structure is an attribute of objects, whose members have no flags of their own.
    pub(super) in_objects: bool,
}

/// A member on each side that has it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub(super) create: Option<&'static Member>,
    pub(super) update: Option<&'static Member>,
    pub(super) read: Option<&'static Member>,
    /// Only if no other side has it.
    pub(super) delete: Option<&'static Member>,
}

/// A member of one place with its settings.
#[derive(Debug)]
pub(super) struct Resolved {
    pub(super) name: &'static str,
    /// API names from the resource inwards, separated by dots.
    pub(super) path: String,
    /// The shape that determines the form.
    pub(super) shape: &'static Shape,
    pub(super) found: Found,
    /// The settings for all places of its structure.
    pub(super) lower: Settings,
    /// The settings that hold here: those of this place above `lower`.
    pub(super) settings: Settings,
    /// The properties that do not depend on settings alone.
    pub(super) here: Placement,
}

/// What determines the form of an attribute, besides its shape.
pub(super) struct Form<'a> {
    pub(super) settings: &'a Settings,
    pub(super) here: &'a Placement,
    pub(super) required: bool,
    /// Shown as an attribute, not as a block.
    pub(super) as_objects: bool,
}

impl Level {
    /// True if an update keeps members that it omits here.
    pub(super) fn merges(&self) -> bool {
        self.on_update != Some(OnUpdate::Replaced) && !self.in_objects
    }

    pub(super) fn structures(&self) -> impl DoubleEndedIterator<Item = &'static Shape> + use<> {
        [self.create, self.update, self.read, self.delete].into_iter().flatten()
    }

    /// True if the path leads to a member of this structure.
    pub(super) fn holds(&self, path: &str) -> bool {
        let around = path.rsplit_once('.').map_or("", |(around, _)| around);
        around == self.path
    }

    pub(super) fn path_to(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) }
    }
}

impl Found {
    /// The shape that determines the form.
    pub(super) fn shape(&self) -> Option<&'static Shape> {
        [self.create, self.update, self.read, self.delete].into_iter().flatten().next().map(|member| member.shape)
    }

    /// Drops the sides that the file excludes.
    pub(super) fn as_written(self, settings: &Settings) -> Self {
        let settable = settings.usage != Some(Usage::Computed);
        Self {
            create: self.create.filter(|_| settable),
            update: self.update.filter(|_| settable),
            read: self.read.filter(|_| settings.observed != Some(false)),
            delete: self.delete.filter(|_| settable),
        }
    }
}
