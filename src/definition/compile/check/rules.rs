//! Checks the rules of a resource: whether their names are attributes there, and their values values of these.
//!
//! Knows nothing of the service model.

use std::collections::BTreeSet;

use super::Check;
use crate::{
    definition::{
        attribute::{Attribute, Kind},
        compile::name::listed,
        rule::{self, Rule, Test},
        shape::ShapeKind,
    },
    schema::usage::Usage,
};

impl Check<'_> {
    pub(super) fn rules(&mut self) {
        for (index, rule) in self.resource.rules.iter().enumerate() {
            let Rule { check, within, names, when, on_create } = *rule;
            let key = format!("rule[{index}]");
            let level = match inside(self.resource.attributes, within) {
                Ok(level) => level,
                Err(reason) => {
                    self.report(&key, reason);
                    continue;
                }
            };
            let outer = if check == rule::Check::RequiresOutside { self.resource.attributes } else { level };
            for (place, name) in names.iter().enumerate() {
                let level = if place == 0 { level } else { outer };
                match find(level, name) {
                    Err(reason) => self.report(&key, reason),
                    Ok(_) if name.contains('.') && !may_lead_inwards(check, place) => {
                        self.report(&key, format!("`{name}` leads into a block, but `check` needs names of one level"));
                    }
                    Ok(attribute) => {
                        let values = if let rule::Check::OneOf(values) = check { values } else { &[] };
                        self.values_of_rule(&key, "", attribute, values);
                    }
                }
            }
            if let Some(when) = when {
                match find(level, when.name) {
                    Err(reason) => self.report(&key, format!("when: {reason}")),
                    Ok(attribute) => {
                        let (Test::Is(values) | Test::IsNot(values)) = when.test else { continue };
                        self.values_of_rule(&key, "when: ", attribute, values);
                    }
                }
            }
            let least = if check.is_of_values() && !matches!(check, rule::Check::Requires | rule::Check::Ascending) {
                1
            } else {
                2
            };
            if names.iter().collect::<BTreeSet<_>>().len() < names.len().max(least) {
                self.report(&key, format!("`names` has to have at least {least} names, each once"));
            }
            let named = level.iter().filter(|attribute| names.contains(&attribute.name)).collect::<Vec<_>>();
            let read = self.resource.operations.read.output;
            let is_always_shown = |attribute: &Attribute| {
                let member = attribute.read_member().filter(|_| within.is_none());
                member.and_then(|member| read.member(member)).is_some_and(|member| member.required)
            };
            let is_filled_in = named.iter().any(|attribute| is_filled_in(attribute) || is_always_shown(attribute));
            if let Some(reason) = broken_by_an_import(check, &named, is_filled_in).filter(|_| !on_create) {
                self.report(&key, format!("needs `on_create = true`, since {reason}"));
            }
        }
    }

    /// Reports values that the attribute cannot have.
    fn values_of_rule(&mut self, key: &str, within: &str, attribute: &Attribute, values: &[&str]) {
        let Kind::Plain { shape, .. } = attribute.kind else { return };
        let known: Vec<&str> = match &shape.kind {
            ShapeKind::Boolean => vec!["true", "false"],
            ShapeKind::String { values, .. } if !values.is_empty() => values.to_vec(),
            _ => return,
        };
        for value in values.iter().filter(|value| !known.contains(value)) {
            let can_be = listed(known.iter().copied());
            let reason = format!("{within}`{}` cannot be `{value}`; it can be {can_be}", attribute.name);
            self.report(key, reason);
        }
    }
}

/// True if the name at this place of a rule may lead into a block.
fn may_lead_inwards(check: rule::Check, place: usize) -> bool {
    check.is_of_values() || (check == rule::Check::RequiresOutside && place > 0)
}

/// The attribute at a name, which may lead through blocks of at most one element; or the error.
fn find(mut level: &'static [Attribute], name: &str) -> Result<&'static Attribute, String> {
    let mut steps = name.split('.').peekable();
    loop {
        let step = steps.next().unwrap_or_default();
        let Some(attribute) = level.iter().find(|attribute| attribute.name == step) else {
            let known = level.iter().map(|attribute| attribute.name);
            return Err(format!("there is no attribute `{step}` there; there are {}", listed(known)));
        };
        if steps.peek().is_none() {
            return Ok(attribute);
        }
        match attribute.kind {
            Kind::Block { max_items: 1, attributes, .. } | Kind::Objects { max_items: 1, attributes, .. } => {
                level = attributes;
            }
            _ => return Err(format!("`{step}` is no block of at most one element, so that `{name}` is ambiguous")),
        }
    }
}

/// Why the state of an object that was created elsewhere may break a rule; `None` if it cannot. `filled_in`: the service
/// may show one of them where the user sets none.
fn broken_by_an_import(check: rule::Check, named: &[&Attribute], filled_in: bool) -> Option<&'static str> {
    let shown = named.iter().filter(|attribute| attribute.observed).count();
    match check {
        rule::Check::ExactlyOne | rule::Check::AtMostOne if shown > 1 && filled_in => {
            Some("an import shows what the service fills in beside what was given")
        }
        rule::Check::ExactlyOne | rule::Check::AtLeastOne if shown == 0 => Some("an import shows none of them"),
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
