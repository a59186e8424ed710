//! Write-only arguments: secrets that are sent to the service and never stored in a plan or a state.
//!
//! A secret `environment` has two companions: `environment_wo`, which only the configuration holds, and
//! `environment_wo_version`, whose change signals a new secret. Every apply receives the configuration: the secrets are
//! inserted for the calls of the service, and removed before anything is saved.

use crate::{
    definition::{Attribute, AttributeKind, Origin},
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

/// `state` without the secrets. `known`: the values without secrets that the service may have: of what it returns, only
/// what they contain is shown where one of them has a version.
pub(crate) fn conceal(attributes: &[Attribute], state: &Value, known: &[&Value]) -> Value {
    if state.as_map().is_none() {
        return state.clone();
    }
    let mut concealed = inside(attributes, state, |attributes, place, state| {
        let known: Vec<&Value> = known.iter().map(|values| place.of(values)).collect();
        conceal(attributes, state, &known)
    });
    for Trio { secret, write_only, version } in trios(attributes) {
        concealed.insert(write_only.name, Value::Null);
        if [state].iter().chain(known).any(|values| !values.get(version.name).is_null()) {
            let known: Vec<&Value> = known.iter().map(|values| values.get(secret.name)).collect();
            concealed.insert(secret.name, restricted(state.get(secret.name), &known));
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
            AttributeKind::Block { nesting: Nesting::Single, attributes, .. } => {
                check_at(&path, attributes, value, host_keeps_it_out, diagnostics);
            }
            AttributeKind::Block { attributes, .. } => {
                for (place, element) in value.elements().iter().enumerate() {
                    check_at(&path.index(place), attributes, element, host_keeps_it_out, diagnostics);
                }
            }
            AttributeKind::Plain { .. } | AttributeKind::Objects { .. } => {}
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
        let AttributeKind::Block { nesting, attributes: inner, .. } = &attribute.kind else { continue };
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

/// Of a map, the keys that no secret can have, and the values that are known; otherwise the known value, or the first of
/// several.
fn restricted(found: &Value, known: &[&Value]) -> Value {
    let first = known.first().copied().unwrap_or(&Value::Null);
    match found {
        Value::Map(found) if known.iter().any(|values| values.as_map().is_some()) => {
            let is_shown = |(key, value): &(&String, &Value)| {
                let mut shown = known.iter().map(|values| values.get(key));
                shown.clone().all(|shown| !shown.is_null()) || shown.any(|shown| shown == *value)
            };
            let shown = found.iter().filter(is_shown);
            Value::Map(shown.map(|(key, value)| (key.clone(), value.clone())).collect())
        }
        found => (*known.iter().find(|known| **known == found).unwrap_or(&first)).clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::resource;

    const SECRET: &str = "container_environment_variables";

    /// An app image config whose environment has these saved variables, and this version of the hidden ones.
    fn config(saved: &[(&str, &str)], version: Option<i64>) -> Value {
        let saved = Value::Map(saved.iter().map(|(key, value)| ((*key).to_owned(), (*value).into())).collect());
        let container = Value::from([
            (SECRET, saved),
            ("container_environment_variables_wo_version", version.map_or(Value::Null, Value::from)),
        ]);
        let image = Value::from([("container_config", Value::List(vec![container]))]);
        Value::from([("jupyter_lab_image_config", Value::List(vec![image]))])
    }

    fn environment(state: &Value) -> String {
        state.get("jupyter_lab_image_config").at(0).get("container_config").at(0).get(SECRET).to_string()
    }

    /// After a failed update, the service may have the values from before or the planned ones. A key that one of them
    /// hides is shown only with the value that the other one shows.
    #[test]
    fn a_failed_update_saves_no_secret_that_moves_between_the_arguments() {
        let attributes = resource("sagemaker_app_image_config").expect("a resource of ours").attributes;
        let (hidden, shown) = (config(&[("A", "1")], Some(1)), config(&[("A", "1"), ("TOKEN", "public")], None));
        for (prior, planned) in [(&hidden, &shown), (&shown, &hidden)] {
            for (token, saved) in [("secret", r#"{A = "2"}"#), ("public", r#"{A = "2", TOKEN = "public"}"#)] {
                let found = config(&[("A", "2"), ("TOKEN", token), ("OTHER", "secret")], None);
                assert_eq!(environment(&conceal(attributes, &found, &[prior, planned])), saved);
            }
        }
    }
}
