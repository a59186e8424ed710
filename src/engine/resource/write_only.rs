//! Write-only arguments: secrets that are sent to the service and never stored in a plan or a state.
//!
//! A secret `environment` has two companions: `environment_wo`, which only the configuration holds, and
//! `environment_wo_version`, whose change signals a new secret. Every apply receives the configuration: the secrets are
//! inserted for the calls of the service, and removed before anything is saved.

use crate::{
    definition::{Attribute, Kind, Origin},
    diag::{self, Diagnostics},
    engine::convert::absence::is_none,
    schema::Nesting,
    value::{Path, Value},
};

/// A secret among the attributes of one level, with its companions.
struct Trio<'a> {
    secret: &'a Attribute,
    write_only: &'a Attribute,
    version: &'a Attribute,
}

/// `values` with the secrets of the configuration, where their version in `values` is the planned one.
pub(crate) fn reveal(attributes: &[Attribute], values: &Value, config: &Value, planned: &Value) -> Value {
    if values.as_map().is_none() {
        return values.clone();
    }
    let mut revealed = inside(attributes, values, |attributes, place, values| {
        reveal(attributes, values, place.of(config), place.of(planned))
    });
    for Trio { secret, write_only, version } in trios(attributes) {
        let given = config.get(write_only.name);
        if !is_none(write_only, given) && values.get(version.name) == planned.get(version.name) {
            revealed.insert(secret.name, together(values.get(secret.name), given));
        }
    }
    revealed
}

/// `state` without the secrets: where there is a version, the secret is as in `known`.
pub(crate) fn conceal(attributes: &[Attribute], state: &Value, known: &Value) -> Value {
    if state.as_map().is_none() {
        return state.clone();
    }
    let mut concealed =
        inside(attributes, state, |attributes, place, state| conceal(attributes, state, place.of(known)));
    for Trio { secret, write_only, version } in trios(attributes) {
        concealed.insert(write_only.name, Value::Null);
        if !state.get(version.name).is_null() || !known.get(version.name).is_null() {
            concealed.insert(secret.name, restricted(state.get(secret.name), known.get(secret.name)));
        }
    }
    concealed
}

/// Requires a version for each write-only value, and a host that does not store these values.
pub(crate) fn check(attributes: &[Attribute], config: &Value, host_keeps_it_out: bool) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    check_at(&Path::root(), attributes, config, host_keeps_it_out, &mut diagnostics);
    diagnostics
}

fn check_at(
    path: &Path,
    attributes: &[Attribute],
    config: &Value,
    host_keeps_it_out: bool,
    diagnostics: &mut Diagnostics,
) {
    for Trio { secret, write_only, version } in trios(attributes) {
        let at = path.then(write_only.name);
        if is_none(write_only, config.get(write_only.name)) {
            continue;
        }
        if !host_keeps_it_out {
            diagnostics.push(diag::argument::not_kept_secret(&at, write_only.name, secret.name));
        }
        let (hidden, saved) = (config.get(write_only.name), config.get(secret.name));
        let in_both = hidden.as_map().into_iter().flatten().filter(|(key, _)| !saved.get(key).is_null());
        for (key, _) in in_both.filter(|_| saved.as_map().is_some()) {
            diagnostics.push(diag::argument::in_both(&at, write_only.name, secret.name, key));
        }
        if config.get(version.name).is_null() {
            diagnostics.push(diag::argument::without_version(&at, write_only.name, version.name));
        }
    }
    for attribute in attributes {
        let (path, value) = (path.then(attribute.name), config.get(attribute.name));
        match &attribute.kind {
            Kind::Block { nesting: Nesting::Single, attributes, .. } => {
                check_at(&path, attributes, value, host_keeps_it_out, diagnostics);
            }
            Kind::Block { attributes, .. } => {
                for (place, element) in value.elements().iter().enumerate() {
                    check_at(&path.index(place), attributes, element, host_keeps_it_out, diagnostics);
                }
            }
            Kind::Plain { .. } | Kind::Objects { .. } => {}
        }
    }
}

fn trios(attributes: &[Attribute]) -> impl Iterator<Item = Trio<'_>> {
    let named = |name: String| attributes.iter().find(|attribute| attribute.name == name);
    attributes.iter().filter(|attribute| attribute.origin == Origin::WriteOnly).filter_map(move |write_only| {
        let secret = named(write_only.name.strip_suffix("_wo")?.to_owned())?;
        Some(Trio { secret, write_only, version: named(format!("{}_version", write_only.name))? })
    })
}

/// The position of an element of a block.
enum Element {
    Single(&'static str),
    Listed(&'static str, usize),
}

impl Element {
    fn of<'v>(&self, values: &'v Value) -> &'v Value {
        match self {
            Self::Single(name) => values.get(name),
            Self::Listed(name, place) => values.get(name).at(*place),
        }
    }
}

/// `values` with each element of its blocks changed. Sets are skipped: their elements have no position and cannot hold
/// write-only values.
fn inside(attributes: &[Attribute], values: &Value, change: impl Fn(&[Attribute], Element, &Value) -> Value) -> Value {
    let mut changed = values.clone();
    for attribute in attributes {
        let Kind::Block { nesting, attributes: inner, .. } = &attribute.kind else { continue };
        match (nesting, values.get(attribute.name)) {
            (Nesting::Single, element @ Value::Map(_)) => {
                changed.insert(attribute.name, change(inner, Element::Single(attribute.name), element));
            }
            (Nesting::List, Value::List(elements)) => {
                let elements = elements.iter().enumerate();
                let elements =
                    elements.map(|(place, element)| change(inner, Element::Listed(attribute.name, place), element));
                changed.insert(attribute.name, Value::List(elements.collect()));
            }
            _ => {}
        }
    }
    changed
}

/// The visible value merged with the secret, if both are maps; otherwise the secret.
fn together(shown: &Value, secret: &Value) -> Value {
    match (shown, secret) {
        (Value::Map(shown), Value::Map(secret)) => {
            Value::Map(shown.clone().into_iter().chain(secret.clone()).collect())
        }
        _ => secret.clone(),
    }
}

/// Of a map, the keys that are known; otherwise the known value.
fn restricted(found: &Value, known: &Value) -> Value {
    match (found, known) {
        (Value::Map(found), Value::Map(known)) => {
            let keys = found.iter().filter(|(key, _)| known.contains_key(*key));
            Value::Map(keys.map(|(key, value)| (key.clone(), value.clone())).collect())
        }
        _ => known.clone(),
    }
}
