//! Checks the rules of a resource, whose names have to be attributes of one level.
//!
//! Knows nothing of the service model.

use std::collections::BTreeSet;

use super::Check;
use crate::{
    definition::{
        attribute::Attribute,
        compile::name::listed,
        resource::{self, Rule},
    },
    schema::usage::Usage,
};

impl Check<'_> {
    pub(super) fn rules(&mut self) {
        for (index, rule) in self.resource.rules.iter().enumerate() {
            let Rule { check, within, names, on_create } = *rule;
            let key = format!("rule[{index}]");
            let level = match inside(self.resource.attributes, within) {
                Ok(level) => level,
                Err(reason) => {
                    self.report(&key, reason);
                    continue;
                }
            };
            let outer = if check == resource::Check::RequiresOutside { self.resource.attributes } else { level };
            for (place, name) in names.iter().enumerate() {
                let level = if place == 0 { level } else { outer };
                if !level.iter().any(|attribute| attribute.name == *name) {
                    let known = level.iter().map(|attribute| attribute.name);
                    self.report(&key, format!("there is no attribute `{name}` there; there are {}", listed(known)));
                }
            }
            let least = if matches!(check, resource::Check::Required | resource::Check::Positive) { 1 } else { 2 };
            if names.iter().collect::<BTreeSet<_>>().len() < names.len().max(least) {
                self.report(&key, format!("`names` has to have at least {least} names, each once"));
            }
            let named = level.iter().filter(|attribute| names.contains(&attribute.name)).collect::<Vec<_>>();
            if let Some(reason) = broken_by_an_import(check, &named).filter(|_| !on_create) {
                self.report(&key, format!("needs `on_create = true`, since {reason}"));
            }
        }
    }
}

/// Why the state of an object that was created elsewhere may break a rule; `None` if it cannot.
fn broken_by_an_import(check: resource::Check, named: &[&Attribute]) -> Option<&'static str> {
    let shown = named.iter().filter(|attribute| attribute.observed).count();
    let filled_in = named.iter().any(|attribute| is_filled_in(attribute));
    match check {
        resource::Check::ExactlyOne | resource::Check::AtMostOne if shown > 1 && filled_in => {
            Some("an import shows what the service fills in beside what was given")
        }
        resource::Check::ExactlyOne | resource::Check::AtLeastOne if shown == 0 => Some("an import shows none of them"),
        _ => None,
    }
}

/// The attributes of the block at a path of Terraform names; or the error.
fn inside(top: &'static [Attribute], path: Option<&str>) -> Result<&'static [Attribute], String> {
    let mut level = top;
    for name in path.into_iter().flat_map(|path| path.split('.')) {
        level = match level.iter().find(|attribute| attribute.name == name) {
            Some(attribute) => attribute.attributes(),
            None => {
                let known = level.iter().map(|attribute| attribute.name);
                return Err(format!("`within` leads nowhere: there is no `{name}`; there are {}", listed(known)));
            }
        };
    }
    Ok(level)
}

/// True if the service may return a value where the user sets none.
fn is_filled_in(attribute: &Attribute) -> bool {
    attribute.observed && (attribute.filled_in || attribute.usage == Usage::OptionalComputed)
}
