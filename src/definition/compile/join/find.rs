//! Finds a member in the input and output structures of a place, whatever its name there.
//!
//! Knows nothing of attributes.

use super::{
    Join, TAGS,
    level::{Found, Level},
};
use crate::definition::{
    compile::{
        model::{alike, is_structure},
        settings::Settings,
    },
    shape::{Member, Shape},
};

/// Members for paging, which belong to no object.
const PAGING: &[&str] = &["MaxResults", "NextToken"];

impl Join<'_> {
    /// The sides that have a member; `None` if it belongs to no object.
    pub(super) fn find(&self, place: &Level, name: &str) -> Option<Found> {
        let member = |structure: Option<&'static Shape>, name: Option<&str>| structure?.member(name?);
        let settable = |member: &&'static Member| !member.idempotency_token;
        let at_top = place.path.is_empty();
        let (in_update, in_read) = (self.name_on(place, name, of_update), self.name_on(place, name, of_read));
        // If one operation creates and updates, members that only serve an update are not part of the object.
        let serves_create = self.sides.upserts && self.serves(name);
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
        found.shape().filter(|_| !at_top || name != TAGS || self.overrides.described.is_some()).map(|_| found)
    }

    /// The member at the end of a path that leads through structures only.
    pub(super) fn member_at(&self, structure: Option<&'static Shape>, path: Option<&str>) -> Option<&'static Member> {
        let (first, rest) = path?.split_once('.').map_or((path?, None), |(first, rest)| (first, Some(rest)));
        let member = structure?.member(first)?;
        match rest {
            None => Some(member),
            Some(_) if !is_structure(member.shape) => None,
            rest => self.member_at(self.model.structure_in(member.shape), rest),
        }
    }

    /// The member's name in the update input or the read output; `None` if that name belongs to another member.
    pub(super) fn name_on<'n>(
        &'n self,
        place: &Level,
        name: &'n str,
        side: fn(&Settings) -> Option<&'static str>,
    ) -> Option<&'n str> {
        let written = |name: &str| side(self.overrides.members.attributes.get(&place.path_to(name))?);
        let mut siblings = self.overrides.members.attributes.iter().filter(|(path, _)| place.holds(path));
        let taken = siblings.any(|(_, settings)| side(settings) == Some(name));
        written(name).or((!taken).then_some(name))
    }

    /// True for members of the update input that identify the object, or list what is cleared or added.
    pub(super) fn steers_update(&self, name: &str) -> bool {
        self.addresses(name) || self.serves(name)
    }

    /// True for members of the update input that a `clearing` or `additions` names.
    pub(super) fn serves(&self, name: &str) -> bool {
        self.overrides.members.attributes.values().any(|settings| settings.update_member() == Some(name))
    }

    /// True for input members that identify the object.
    pub(super) fn addresses(&self, name: &str) -> bool {
        self.sides.addressing.contains(&name)
    }

    /// Drops the sides whose values have another form.
    pub(super) fn alike(&self, found: Found, shape: &Shape) -> Found {
        let alike = |member: &&Member| alike(shape, member.shape);
        Found { update: found.update.filter(alike), read: found.read.filter(alike), ..found }
    }

    /// The place inside the structures of a member.
    pub(super) fn inside(&self, place: &Level, name: &str, found: Found, shape: &'static Shape) -> Level {
        let structure = |member: Option<&Member>| self.model.structure_in(member?.shape);
        let around = self.model.structure_in(shape).map(|structure| structure.name);
        Level {
            path: place.path_to(name),
            create: structure(found.create),
            update: structure(found.update),
            read: structure(found.read),
            delete: structure(found.delete),
            around: place.around.iter().copied().chain(around).collect(),
            ..place.clone()
        }
    }
}

fn of_update(settings: &Settings) -> Option<&'static str> {
    settings.in_update
}

fn of_read(settings: &Settings) -> Option<&'static str> {
    settings.in_read
}
