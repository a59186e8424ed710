//! Rules between the arguments of a configuration, as definitions declare them.
//!
//! Unknown values break no rule. The callers decide when rules are checked.

use crate::{
    definition::{Attribute, Check, Resource, Rule},
    diag::{Diagnostic, Diagnostics, argument},
    engine::convert::absence::is_given,
    value::{Path, Value},
};

/// Checks the rules of every configuration.
pub(crate) fn of_any(resource: &Resource, config: &Value) -> Diagnostics {
    check(resource, config, |rule| !rule.on_create)
}

/// Checks the additional rules for creating an object. An existing object may break them: an import shows what the
/// service fills in beside what was configured.
pub(crate) fn of_create(resource: &Resource, config: &Value) -> Diagnostics {
    check(resource, config, |rule| rule.on_create)
}

fn check(resource: &Resource, config: &Value, applies: impl Fn(&Rule) -> bool) -> Diagnostics {
    let whole = Scope { attributes: resource.attributes, value: config, path: Path::root() };
    let mut diagnostics = Diagnostics::new();
    for rule in resource.rules.iter().filter(|rule| applies(rule)) {
        let within: Vec<&str> = rule.within.into_iter().flat_map(|within| within.split('.')).collect();
        for place in whole.inside(&within) {
            diagnostics
                .extend(broken(rule.check, rule.names, &place, &whole).map_or_else(Diagnostics::new, Into::into));
        }
    }
    diagnostics
}

/// One object of a configuration: the resource itself, or an element of a block.
pub(crate) struct Scope<'a> {
    pub(crate) attributes: &'a [Attribute],
    pub(crate) value: &'a Value,
    pub(crate) path: Path,
}

impl<'a> Scope<'a> {
    /// The elements of the blocks at a path of names.
    fn inside(&self, within: &[&str]) -> Vec<Scope<'a>> {
        let [first, rest @ ..] = within else {
            return vec![Scope { attributes: self.attributes, value: self.value, path: self.path.clone() }];
        };
        let block = self.attributes.iter().find(|attribute| attribute.name == *first);
        let attributes = block.map_or(&[][..], Attribute::attributes);
        let path = self.path.then(first);
        let elements = self.value.get(first).elements().iter().enumerate();
        let places = elements.map(|(place, value)| Scope { attributes, value, path: path.index(place) });
        places.flat_map(|place| place.inside(rest)).collect()
    }

    fn gives(&self, name: &str) -> bool {
        is_given(self.attributes, name, self.value)
    }

    fn is_unknown(&self, name: &str) -> bool {
        self.value.is_unknown() || self.value.get(name).is_unknown()
    }
}

/// The diagnostic if a rule is broken at a place of the configuration `whole`.
pub(crate) fn broken(check: Check, names: &[&str], place: &Scope<'_>, whole: &Scope<'_>) -> Option<Diagnostic> {
    if names.iter().any(|name| place.is_unknown(name)) {
        return None;
    }
    let set: Vec<&str> = names.iter().copied().filter(|name| place.gives(name)).collect();
    let missing: Vec<&str> = names.iter().copied().filter(|name| !set.contains(name)).collect();
    let first_is_set = set.first() == names.first();
    let block = &place.path;
    match check {
        Check::ExactlyOne if set.is_empty() => Some(argument::none_of(block, names)),
        Check::AtLeastOne if set.is_empty() => Some(argument::too_few_of(block, names)),
        Check::ExactlyOne | Check::AtMostOne if set.len() > 1 => Some(argument::too_many_of(block, names, &set)),
        Check::Requires if first_is_set && !missing.is_empty() => Some(argument::requires(block, &set, &missing)),
        Check::Required if !missing.is_empty() => Some(argument::required_to_create(block, &missing)),
        Check::Positive => names.iter().find_map(|name| place.not_positive(name)),
        Check::RequiresOutside if !first_is_set => outside(names, place, whole),
        _ => None,
    }
}

/// The error if the resource itself does not set the other names, as it must while the first one is unset in `place`.
fn outside(names: &[&str], place: &Scope<'_>, whole: &Scope<'_>) -> Option<Diagnostic> {
    let missing: Vec<&str> = names[1..].iter().copied().filter(|name| !whole.gives(name)).collect();
    (!missing.is_empty()).then(|| argument::required_without(names[0], &place.path, &missing))
}

impl Scope<'_> {
    fn not_positive(&self, name: &str) -> Option<Diagnostic> {
        let number = self.value.get(name).as_number()?;
        (*number < 1_i64.into()).then(|| argument::not_positive(&self.path.then(name), number))
    }
}
