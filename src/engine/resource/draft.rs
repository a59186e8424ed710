//! A draft of a plan.

use crate::{
    diag::Diagnostics,
    value::{Path, Value},
};

/// A draft of a plan, which a special file may change.
#[derive(Debug)]
pub struct Draft<'a> {
    /// The prior state; null if the object is to be created.
    pub prior: &'a Value,
    /// The configuration; an object, in which values may be unknown.
    pub config: &'a Value,
    /// The planned state so far.
    pub planned: Value,
    /// The attributes whose new values replace the object.
    pub requires_replace: Vec<Path>,
    /// Errors and warnings so far.
    pub diagnostics: Diagnostics,
}

impl Draft<'_> {
    /// Removes values that are not known yet from what replaces the object, except at `certain` paths, so that they do not
    /// refuse the plan. Terraform plans again when they are known, before it applies anything to the object; what is refused
    /// then stops the apply.
    pub fn keep_known_replacements(&mut self, certain: &[Path]) {
        let mut paths = std::mem::take(&mut self.requires_replace);
        paths.retain(|path| certain.contains(path) || self.is_known(path));
        self.requires_replace = paths;
    }

    /// True if the configuration decides the value. What only the service sets inside of a new block is unknown in any
    /// plan.
    pub(crate) fn is_known(&self, path: &Path) -> bool {
        self.config.lookup(path).is_wholly_known() && !self.planned.lookup(path).is_unknown()
    }
}
