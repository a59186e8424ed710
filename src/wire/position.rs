//! The position of a codec within a value.

use super::{Reason, WireError};
use crate::value::Path;

/// A linked list through the callers' stack frames, so that a path costs nothing unless an error occurs.
pub(super) enum Position<'a> {
    Root,
    Attribute(&'a Position<'a>, &'a str),
    Index(&'a Position<'a>, usize),
    Key(&'a Position<'a>, &'a str),
    /// An element of the set at this place. Paths end there.
    Element(&'a Position<'a>),
}

impl Position<'_> {
    pub(super) fn error(&self, reason: Reason) -> WireError {
        WireError { path: self.path().0, reason }
    }

    pub(super) fn mismatch(&self, expected: &'static str, found: &'static str) -> WireError {
        self.error(Reason::Mismatch { expected, found })
    }

    /// The path, and whether it has ended at a set.
    fn path(&self) -> (Path, bool) {
        match self {
            Self::Root => (Path::root(), false),
            Self::Attribute(parent, name) => parent.extended(|path| path.then(name)),
            Self::Index(parent, index) => parent.extended(|path| path.index(*index)),
            Self::Key(parent, key) => parent.extended(|path| path.key(key)),
            Self::Element(parent) => (parent.path().0, true),
        }
    }

    fn extended(&self, step: impl FnOnce(&Path) -> Path) -> (Path, bool) {
        let (path, ended) = self.path();
        if ended { (path, true) } else { (step(&path), false) }
    }
}
