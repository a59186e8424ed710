//! A plan in the making.

use crate::{
    diag::Diagnostics,
    value::{Path, Value},
};

/// A plan in the making, as a special file may change it.
#[derive(Debug)]
pub struct Draft<'a> {
    /// Null: the object is to be created.
    pub prior: &'a Value,
    pub config: &'a Value,
    pub planned: Value,
    pub requires_replace: Vec<Path>,
    pub diagnostics: Diagnostics,
}

impl Draft<'_> {
    /// Leaves out the values that are not known yet of what replaces the object, so that they are no reason to refuse
    /// the plan. Terraform plans again when they are known, before it applies anything, and what is refused then stops
    /// the apply.
    pub fn keep_known_replacements(&mut self) {
        let planned = &self.planned;
        self.requires_replace.retain(|path| planned.lookup(path).is_wholly_known());
    }
}
