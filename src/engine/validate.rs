//! Checks a configuration before anything is planned: bounds, patterns, enumerations and rules between attributes.
//!
//! No calls, and no complaint about what is not known yet. Types and required attributes are Terraform's own checks.

use std::{
    collections::HashMap,
    fmt::Display,
    sync::{Mutex, OnceLock},
};

use regex_lite::Regex;

use super::{enumeration, equality::is_document, timeouts};
use crate::{
    definition::{
        Attribute, Check, Kind, Origin, Query, Resource, Rule,
        service::{self, Pattern, Shape, ShapeKind},
    },
    diag::{Diagnostic, Diagnostics},
    schema::Nesting,
    value::{Number, Path, Value},
};

/// Checks the configuration of a resource. `strict_enums` makes errors of values that the model does not know.
pub(crate) fn validate(resource: &Resource, config: &Value, strict_enums: bool) -> Diagnostics {
    check(resource.attributes, resource.rules, config, strict_enums)
}

/// Checks the configuration of a query.
pub(crate) fn validate_query(query: &Query, config: &Value, strict_enums: bool) -> Diagnostics {
    check(query.attributes, &[], config, strict_enums)
}

fn check(attributes: &[Attribute], rules: &[Rule], config: &Value, strict_enums: bool) -> Diagnostics {
    let mut checker = Checker { strict_enums, hidden: false, diagnostics: Diagnostics::new() };
    checker.object(attributes, config, &Path::root());
    for rule in rules {
        let within: Vec<&str> = rule.within.split('.').filter(|name| !name.is_empty()).collect();
        checker.rule(rule, &within, config, &Path::root());
    }
    checker.diagnostics
}

struct Checker {
    strict_enums: bool,
    /// The value at hand is sensitive: no message shows it.
    hidden: bool,
    diagnostics: Diagnostics,
}

impl Checker {
    fn object(&mut self, attributes: &[Attribute], config: &Value, path: &Path) {
        for attribute in attributes {
            let value = config.get(attribute.name);
            if !value.is_null() && !value.is_unknown() {
                let around = self.hidden;
                self.hidden |= attribute.sensitive;
                self.attribute(attribute, value, &path.then(attribute.name));
                self.hidden = around;
            }
        }
    }

    fn attribute(&mut self, attribute: &Attribute, value: &Value, path: &Path) {
        match (&attribute.kind, attribute.origin) {
            (Kind::Block { .. }, Origin::Timeouts) => self.timeouts(value, path),
            (Kind::Plain { shape, .. }, _) => {
                self.plain(attribute, shape, value, path);
                if is_document(attribute) {
                    self.document(value, path);
                }
            }
            (Kind::Block { shape, nesting, single, attributes, .. }, _) => {
                self.elements(shape, *single, attributes, value, path, *nesting != Nesting::Set);
            }
            (Kind::Objects { shape, set, single, max_items, attributes }, _) => {
                self.count(&Bounds { min: None, max: (*max_items > 0).then_some(*max_items) }, value, path, "elements");
                self.elements(shape, *single, attributes, value, path, !set);
                self.required(attributes, value, path);
            }
        }
    }

    fn elements(
        &mut self,
        shape: &Shape,
        single: bool,
        attributes: &[Attribute],
        value: &Value,
        path: &Path,
        addressable: bool,
    ) {
        for (place, element) in value.elements().iter().enumerate() {
            // Elements of sets have no address that Terraform could show.
            let path = if addressable { path.index(place) } else { path.clone() };
            self.object(attributes, element, &path);
            if is_union(shape, single) {
                self.union(attributes, element, &path);
            }
        }
    }

    /// Inside a list of objects nothing is required by Terraform itself.
    fn required(&mut self, attributes: &[Attribute], value: &Value, path: &Path) {
        for (place, element) in value.elements().iter().enumerate() {
            for attribute in attributes.iter().filter(|attribute| attribute.usage == crate::schema::Usage::Required) {
                if element.get(attribute.name).is_null() && !element.is_unknown() {
                    let path = path.index(place);
                    let detail = format!("`{}` is required here.", attribute.name);
                    self.error(&path, format!("Missing {path}.{}", attribute.name), detail);
                }
            }
        }
    }

    fn union(&mut self, attributes: &[Attribute], element: &Value, path: &Path) {
        let names: Vec<&str> = attributes.iter().map(|attribute| attribute.name).collect();
        self.holds(Check::ExactlyOne, &names, element, path);
    }

    fn plain(&mut self, attribute: &Attribute, shape: &Shape, value: &Value, path: &Path) {
        match (&shape.kind, value) {
            (_, Value::Null | Value::Unknown(_)) => {}
            (ShapeKind::String { min, max, pattern, values }, Value::String(text)) => {
                self.length(shape, &Bounds { min: *min, max: *max }, text, path);
                match values {
                    [] => self.pattern(shape, *pattern, text, path),
                    _ => self.enumeration(attribute, shape, text, path),
                }
            }
            (ShapeKind::Integer { long, min, max }, Value::Number(number)) => {
                self.integer(*long, &Bounds { min: *min, max: *max }, number, path);
            }
            (ShapeKind::Float { min, max }, Value::Number(number)) => {
                self.range(&Bounds { min: *min, max: *max }, number.to_f64(), value, path);
            }
            (ShapeKind::Timestamp, Value::String(text)) if super::reply::seconds(text).is_none() => {
                self.invalid(path, value, "a time is written as in RFC 3339, such as `2026-01-31T12:00:00Z`");
            }
            (ShapeKind::List { element, min, max }, Value::List(elements)) => {
                self.count(&Bounds { min: *min, max: *max }, value, path, "elements");
                for (place, value) in elements.iter().enumerate() {
                    self.plain(attribute, element, value, &path.index(place));
                }
            }
            (ShapeKind::Map { key, value: shape, min, max }, Value::Map(entries)) => {
                self.count(&Bounds { min: *min, max: *max }, value, path, "entries");
                for (name, value) in entries {
                    self.plain(attribute, key, &name.as_str().into(), &path.key(name));
                    self.plain(attribute, shape, value, &path.key(name));
                }
            }
            _ => {}
        }
    }

    fn length(&mut self, shape: &Shape, bounds: &Bounds<i64>, text: &str, path: &Path) {
        let length = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
        if !bounds.admit(length) {
            let wanted = format!("{} characters are allowed, and it has {length}", bounds.text());
            self.wrong_text(shape, text, &wanted, path);
        }
    }

    fn integer(&mut self, long: bool, bounds: &Bounds<i64>, number: &Number, path: &Path) {
        let value = Value::Number(number.clone());
        match number.as_i64() {
            Some(integer) if service::is_integer(number, long) => self.range(bounds, integer, &value, path),
            _ if number.is_integer() => {
                let bits = if long { 64 } else { 32 };
                self.invalid(path, &value, &format!("only integers of {bits} bits are allowed"));
            }
            _ => self.invalid(path, &value, "only integers are allowed"),
        }
    }

    fn range<N: Bound>(&mut self, bounds: &Bounds<N>, number: N, value: &Value, path: &Path) {
        if !bounds.admit(number) {
            self.invalid(path, value, &format!("{} is allowed", bounds.text()));
        }
    }

    fn count(&mut self, bounds: &Bounds<i64>, value: &Value, path: &Path, what: &str) {
        let count = match value {
            Value::List(elements) => elements.len(),
            Value::Map(entries) => entries.len(),
            _ => return,
        };
        if !bounds.admit(i64::try_from(count).unwrap_or(i64::MAX)) {
            let summary = format!("Wrong number of {what} in `{path}`");
            self.error(
                path,
                summary,
                format!("{} {what} are allowed, and there are {count}.", capital(&bounds.text())),
            );
        }
    }

    fn pattern(&mut self, shape: &Shape, pattern: Option<&'static Pattern>, text: &str, path: &Path) {
        let Some(pattern) = pattern.filter(|pattern| !is_match(pattern, text)) else { return };
        self.wrong_text(shape, text, &format!("it has to match `{}`", pattern.source), path);
    }

    fn wrong_text(&mut self, shape: &Shape, text: &str, wanted: &str, path: &Path) {
        // Mocks of `terraform test` make up texts that are no ARNs; the service is the judge of real ones.
        if shape.name.ends_with("Arn") || shape.name.ends_with("ARN") {
            let (summary, detail) = self.invalid_text(path, &shortened(text), wanted);
            self.diagnostics.push(Diagnostic::warning(summary, detail).at(path));
        } else {
            self.invalid(path, &shortened(text), wanted);
        }
    }

    fn enumeration(&mut self, attribute: &Attribute, shape: &Shape, text: &str, path: &Path) {
        match enumeration::judge(shape, attribute.closed, text) {
            enumeration::Verdict::Known => {}
            enumeration::Verdict::Refused(reason) => self.invalid(path, &text.into(), &reason),
            enumeration::Verdict::Doubtful(reason) if self.strict_enums => self.invalid(path, &text.into(), &reason),
            enumeration::Verdict::Doubtful(reason) => {
                let (summary, detail) = self.invalid_text(path, &text.into(), &reason);
                let detail = format!(
                    "{detail} It is sent to the service as it is. Set `strict_enums = true` in the provider to make this \
                     an error."
                );
                let summary = summary.replace("Invalid", "Unknown");
                self.diagnostics.push(Diagnostic::warning(summary, detail).at(path));
            }
        }
    }

    fn document(&mut self, value: &Value, path: &Path) {
        let Some(text) = value.as_str() else { return };
        if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(text) {
            self.invalid(path, &shortened(text), &format!("a JSON document is wanted: {error}"));
        }
    }

    fn timeouts(&mut self, value: &Value, path: &Path) {
        for (name, timeout) in value.as_map().into_iter().flatten() {
            if timeout.as_str().is_some_and(|text| timeouts::parse(text).is_none()) {
                self.invalid(&path.then(name), timeout, "a duration is written as `90s`, `30m` or `1h30m`");
            }
        }
    }

    fn rule(&mut self, rule: &Rule, within: &[&str], value: &Value, path: &Path) {
        match within {
            [] => self.holds(rule.check, rule.names, value, path),
            [first, rest @ ..] => {
                let path = path.then(first);
                for (place, element) in value.get(first).elements().iter().enumerate() {
                    self.rule(rule, rest, element, &path.index(place));
                }
            }
        }
    }

    fn holds(&mut self, check: Check, names: &[&str], value: &Value, path: &Path) {
        let members: Vec<&Value> = names.iter().map(|name| value.get(name)).collect();
        if value.is_unknown() || members.iter().any(|member| member.is_unknown()) {
            return;
        }
        let set: Vec<&str> =
            names.iter().zip(&members).filter(|(_, member)| is_set(member)).map(|(name, _)| *name).collect();
        let list = |names: &[&str]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        let problem = match check {
            Check::ExactlyOne if set.is_empty() => format!("One of {} has to be set.", list(names)),
            Check::ExactlyOne if set.len() > 1 => {
                format!("Only one of {} can be set, not {}.", list(names), list(&set))
            }
            Check::AtMostOne if set.len() > 1 => format!("Only one of {} can be set, not {}.", list(names), list(&set)),
            Check::AtLeastOne if set.is_empty() => format!("At least one of {} has to be set.", list(names)),
            Check::Requires if set.first() == names.first() && set.len() < names.len() => {
                let missing: Vec<&str> = names.iter().filter(|name| !set.contains(name)).copied().collect();
                format!("`{}` needs {} as well.", names[0], list(&missing))
            }
            _ => return,
        };
        let place = set.get(1).or(set.first()).map_or_else(|| path.clone(), |name| path.then(name));
        let summary = if set.len() > 1 { "Conflicting arguments" } else { "Missing arguments" };
        self.error(&place, summary.to_owned(), problem);
    }

    fn invalid(&mut self, path: &Path, value: &Value, wanted: &str) {
        let (summary, detail) = self.invalid_text(path, value, wanted);
        self.error(path, summary, detail);
    }

    fn invalid_text(&self, path: &Path, value: &Value, wanted: &str) -> (String, String) {
        let value = if self.hidden { "sensitive and not shown".to_owned() } else { value.to_string() };
        (format!("Invalid `{path}`"), format!("The value is {value}: {wanted}."))
    }

    fn error(&mut self, path: &Path, summary: String, detail: String) {
        self.diagnostics.push(Diagnostic::error(summary, detail).at(path));
    }
}

fn is_union(shape: &Shape, single: bool) -> bool {
    let element = match &shape.kind {
        ShapeKind::List { element, .. } if !single => element,
        ShapeKind::Map { value, .. } if !single => value,
        _ => shape,
    };
    matches!(element.kind, ShapeKind::Structure { union: true, .. })
}

/// Set, for a rule: not null, and for a block not absent.
fn is_set(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::List(elements) => !elements.is_empty(),
        _ => true,
    }
}

/// Text short enough for a message.
fn shortened(text: &str) -> Value {
    match text.char_indices().nth(100) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

struct Bounds<N> {
    min: Option<N>,
    max: Option<N>,
}

/// A number that can be a bound; its default is 0.
trait Bound: Copy + Default + PartialOrd + Display {}

impl Bound for i64 {}

impl Bound for f64 {}

impl<N: Bound> Bounds<N> {
    fn admit(&self, number: N) -> bool {
        self.min.is_none_or(|min| number >= min) && self.max.is_none_or(|max| number <= max)
    }

    fn text(&self) -> String {
        match (self.min, self.max) {
            (Some(min), Some(max)) if min == max => format!("exactly {min}"),
            (Some(min), Some(max)) if min == N::default() => format!("at most {max}"),
            (Some(min), Some(max)) => format!("{min} to {max}"),
            (Some(min), None) => format!("at least {min}"),
            (None, Some(max)) => format!("at most {max}"),
            (None, None) => "any number".to_owned(),
        }
    }
}

/// Patterns are compiled once, when they are first needed.
fn is_match(pattern: &'static Pattern, text: &str) -> bool {
    static COMPILED: OnceLock<Mutex<HashMap<&'static str, Option<Regex>>>> = OnceLock::new();
    if pattern.regex.is_empty() {
        return true;
    }
    let compiled = COMPILED.get_or_init(Mutex::default);
    let mut compiled = compiled.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let regex = compiled.entry(pattern.regex).or_insert_with(|| Regex::new(pattern.regex).ok());
    regex.as_ref().is_none_or(|regex| regex.is_match(text))
}
