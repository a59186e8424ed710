//! The operations of every resource kind, by its table.
//!
//! `members` sets and finds the members of objects, `ids` generates identifiers, `tags` reads and writes tags.
//! `references` finds the objects that a call names, `replies` builds its reply. On these, `ordinary` creates, describes,
//! updates, deletes and stops an object, and `list` lists those of a kind. Nothing here knows any of the kinds.

pub(super) mod ids;
pub(super) mod list;
pub(super) mod members;
pub(super) mod ordinary;
pub(super) mod references;
pub(super) mod replies;
pub(super) mod tags;
