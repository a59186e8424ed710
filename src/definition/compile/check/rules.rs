//! Checks the rules of a resource or a call: whether their names are attributes there, and their values values of these.
//!
//! Knows nothing of the service model.

use std::collections::BTreeSet;

use crate::{
    definition::{
        attribute::{Attribute, AttributeKind},
        compile::problem::listed,
        rule::{Check, Rule, Test, When},
        shape::{Shape, ShapeKind},
    },
    schema::usage::Usage,
};

/// Checks the rules between attributes. `read`: the structure that an import shows; `None` for the arguments of a call.
/// The faults are reported with the key of the rule.
pub(in crate::definition::compile) fn check(
    attributes: &'static [Attribute],
    rules: &[Rule],
    read: Option<&'static Shape>,
    mut report: impl FnMut(&str, String),
) {
    for (index, rule) in rules.iter().enumerate() {
        let key = format!("rule[{index}]");
        match inside(attributes, rule.within) {
            Ok(level) => Checked { attributes, level, rule, read }.faults().for_each(|fault| report(&key, fault)),
            Err(fault) => report(&key, fault),
        }
    }
}

/// One rule, and what its names are looked up in.
struct Checked<'a> {
    /// Of the resource or the call.
    attributes: &'static [Attribute],
    /// Of the block that the rule is within.
    level: &'static [Attribute],
    rule: &'a Rule,
    read: Option<&'static Shape>,
}

impl Checked<'_> {
    fn faults(&self) -> impl Iterator<Item = String> {
        self.of_names().into_iter().chain(self.of_condition()).chain(self.of_number()).chain(self.of_origin())
    }

    fn of_names(&self) -> Vec<String> {
        let Rule { check, names, .. } = *self.rule;
        let outer = if check == Check::RequiresOutside { self.attributes } else { self.level };
        let values = if let Check::OneOf(values) = check { values } else { &[] };
        let fault = |(place, name): (usize, &&str)| {
            let level = if place == 0 { self.level } else { outer };
            match find(level, name) {
                Err(fault) => vec![fault],
                Ok(_) if name.contains('.') && !may_lead_inwards(check, place) => {
                    vec![format!("`{name}` leads into a block, but `check` needs names of one level")]
                }
                Ok(attribute) if self.is_result(attribute) => {
                    vec![format!("`{name}` is no argument of the call")]
                }
                Ok(attribute) => impossible_values(attribute, values),
            }
        };
        names.iter().enumerate().flat_map(fault).collect()
    }

    fn of_condition(&self) -> Vec<String> {
        let Some(when) = self.rule.when else { return Vec::new() };
        let is_result = find(self.level, when.name).is_ok_and(|attribute| self.is_result(attribute));
        let result = is_result.then(|| format!("`{}` is no argument of the call", when.name));
        let faults = faults_of_condition(self.level, when).into_iter().chain(result);
        faults.map(|fault| format!("when: {fault}")).collect()
    }

    /// True for what a call returns and no configuration can set.
    fn is_result(&self, attribute: &Attribute) -> bool {
        self.read.is_none() && attribute.usage == Usage::Computed
    }

    fn of_number(&self) -> Option<String> {
        let Rule { check, names, .. } = *self.rule;
        let is_of_one = matches!(check, Check::Required | Check::Forbidden | Check::OneOf(_) | Check::Between(_));
        let least = if is_of_one { 1 } else { 2 };
        let is_fault = names.iter().collect::<BTreeSet<_>>().len() < names.len().max(least);
        is_fault.then(|| format!("`names` has to have at least {least} names, each once"))
    }

    /// An object can have been created elsewhere; a call is always configured.
    fn of_origin(&self) -> Option<String> {
        let Rule { check, within, names, when, on_create } = *self.rule;
        let Some(read) = self.read else {
            let is_always = check == Check::Required && when.is_none();
            return match (on_create, is_always) {
                (true, _) => Some("`on_create` has no effect, since no call is imported".to_owned()),
                (_, true) => Some("needs a `when`; what is always required has `usage = \"required\"`".to_owned()),
                _ => None,
            };
        };
        let named = self.level.iter().filter(|attribute| names.contains(&attribute.name)).collect::<Vec<_>>();
        let is_always_shown = |attribute: &Attribute| {
            let member = attribute.read_member().filter(|_| within.is_none());
            member.and_then(|member| read.member(member)).is_some_and(|member| member.required)
        };
        let is_filled_in = named.iter().any(|attribute| is_filled_in(attribute) || is_always_shown(attribute));
        let reason = broken_by_an_import(check, &named, is_filled_in).filter(|_| !on_create)?;
        Some(format!("needs `on_create = true`, since {reason}"))
    }
}

/// The faults of a condition on attributes.
pub(in crate::definition::compile) fn faults_of_condition(level: &'static [Attribute], when: When) -> Vec<String> {
    match (find(level, when.name), when.test) {
        (Err(fault), _) => vec![fault],
        (Ok(attribute), Test::Is(values) | Test::IsNot(values)) => impossible_values(attribute, values),
        (Ok(_), Test::Set) => Vec::new(),
    }
}

/// The faults of values that the attribute cannot have.
fn impossible_values(attribute: &Attribute, values: &[&str]) -> Vec<String> {
    let AttributeKind::Plain { shape, .. } = attribute.kind else { return Vec::new() };
    let known: Vec<&str> = match &shape.kind {
        ShapeKind::Boolean => vec!["true", "false"],
        ShapeKind::String { values, .. } if !values.is_empty() => values.to_vec(),
        _ => return Vec::new(),
    };
    let impossible = values.iter().filter(|value| !known.contains(value));
    let can_be = listed(known.iter().copied());
    impossible.map(|value| format!("`{}` cannot be `{value}`; it can be {can_be}", attribute.name)).collect()
}

/// True if the name at this place of a rule may lead into a block.
fn may_lead_inwards(check: Check, place: usize) -> bool {
    match check {
        Check::ExactlyOne | Check::AtLeastOne | Check::AtMostOne => false,
        Check::RequiresOutside => place > 0,
        Check::Requires
        | Check::Required
        | Check::Forbidden
        | Check::OneOf(_)
        | Check::Ascending
        | Check::Between(_) => true,
    }
}

/// The attribute at a name, which may lead through blocks of at most one element; or the error.
pub(in crate::definition::compile) fn find(
    mut level: &'static [Attribute],
    name: &str,
) -> Result<&'static Attribute, String> {
    let mut steps = name.split('.').peekable();
    loop {
        let step = steps.next().unwrap_or_default();
        let Some(attribute) = level.iter().find(|attribute| attribute.name == step) else {
            let known = level.iter().map(|attribute| attribute.name);
            return Err(format!("there is no attribute `{step}`; there are {}", listed(known)));
        };
        if steps.peek().is_none() {
            return Ok(attribute);
        }
        match attribute.kind {
            AttributeKind::Block { max_items: 1, attributes, .. }
            | AttributeKind::Objects { max_items: 1, attributes, .. } => {
                level = attributes;
            }
            _ => return Err(format!("`{step}` is no block of at most one element, so that `{name}` is ambiguous")),
        }
    }
}

/// Why the state of an object that was created elsewhere may break a rule; `None` if it cannot. `filled_in`: the service
/// may show one of them where the user sets none.
fn broken_by_an_import(check: Check, named: &[&Attribute], filled_in: bool) -> Option<&'static str> {
    let shown = named.iter().filter(|attribute| attribute.observed).count();
    match check {
        Check::ExactlyOne | Check::AtMostOne if shown > 1 && filled_in => {
            Some("an import shows what the service fills in beside what was given")
        }
        Check::ExactlyOne | Check::AtLeastOne if shown == 0 => Some("an import shows none of them"),
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
