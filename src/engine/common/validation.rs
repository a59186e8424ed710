//! Checks the arguments of a configuration before anything is planned: bounds, patterns, enumerations and rules.
//!
//! No error about values that are not known yet. Terraform itself checks types and required attributes.

use std::{collections::BTreeSet, fmt::Display};

use crate::{
    definition::{
        Attribute, AttributeKind, Bounds, Origin, RESOURCES, Resource, Rule,
        bounds::{CHARACTERS, ELEMENTS, ENTRIES},
        duration,
        service::{self, Pattern, Shape, ShapeKind},
    },
    diag::{Diagnostics, argument},
    engine::{
        common::{
            enumeration,
            rules::{self, Scope, not_exactly_one},
        },
        convert::{absence::is_none, equality::is_document, scalar::seconds, tags},
    },
    schema::{Nesting, Usage},
    value::{Number, Path, Value},
};

/// The shape of the keys of tags.
const TAG_KEY: &str = "TagKey";

/// Checks the arguments of an object, whose names are the API members `names`. `strict_enums` makes values that the model
/// does not list errors.
pub(crate) fn of_object(
    attributes: &[Attribute],
    names: &'static [&'static str],
    config: &Value,
    strict_enums: bool,
) -> Diagnostics {
    check(attributes, Some(names), config, strict_enums)
}

/// Checks the arguments of a call and the rules between them.
pub(crate) fn of_call(attributes: &[Attribute], rules: &[Rule], config: &Value, strict_enums: bool) -> Diagnostics {
    let mut diagnostics = check(attributes, None, config, strict_enums);
    diagnostics.extend(rules::of_any(attributes, rules, config));
    diagnostics
}

/// `names` are the API members that name the object; `None` for arguments of no object.
fn check(
    attributes: &[Attribute],
    names: Option<&'static [&'static str]>,
    config: &Value,
    strict_enums: bool,
) -> Diagnostics {
    let mut checker = Checker {
        strict_enums,
        names: names.unwrap_or_default(),
        may_be_imported: names.is_some(),
        hidden: false,
        diagnostics: Diagnostics::new(),
    };
    checker.object(attributes, config, &Path::root());
    checker.diagnostics
}

struct Checker {
    strict_enums: bool,
    names: &'static [&'static str],
    /// Null is no error where no read shows the value: the configuration that Terraform generates for an import has it.
    may_be_imported: bool,
    /// The current value is concealed: no message shows it.
    hidden: bool,
    diagnostics: Diagnostics,
}

impl Checker {
    fn object(&mut self, attributes: &[Attribute], config: &Value, path: &Path) {
        if config.is_unknown() {
            return;
        }
        for attribute in attributes {
            let (value, path) = (config.get(attribute.name), path.then(attribute.name));
            match value {
                Value::Unknown(_) => {}
                // Terraform demands that a required argument is written, and leaves null to the provider.
                Value::Null if attribute.usage == Usage::Required && (attribute.observed || !self.may_be_imported) => {
                    self.diagnostics.push(argument::null(&path, attribute.name));
                }
                Value::Null => {}
                value => {
                    let around = self.hidden;
                    self.hidden |= attribute.concealed;
                    self.attribute(attribute, value, &path);
                    self.hidden = around;
                }
            }
        }
    }

    fn attribute(&mut self, attribute: &Attribute, value: &Value, path: &Path) {
        match (&attribute.kind, attribute.origin) {
            _ if is_none(attribute, value) => self.empty(attribute, value, path),
            (AttributeKind::Block { .. }, Origin::Timeouts) => self.timeouts(value, path),
            (_, Origin::Timeout) => self.timeout(value, path),
            (AttributeKind::Plain { shape, .. }, _) => {
                self.plain(attribute, shape, value, path);
                if is_document(attribute) {
                    self.document(value, path);
                }
                self.tag_keys(shape, value, path);
            }
            (AttributeKind::Block { shape, nesting, single, attributes, .. }, _) => {
                self.keys(attribute, value, path);
                self.elements(shape, *single, attributes, value, path, *nesting != Nesting::Set);
            }
            (AttributeKind::Objects { shape, set, single, max_items, attributes }, _) => {
                let bounds = Bounds { min: None, max: (*max_items > 0).then_some(*max_items) };
                if self.count(&bounds, value, path, ELEMENTS) {
                    self.keys(attribute, value, path);
                    self.elements(shape, *single, attributes, value, path, !set);
                }
            }
        }
    }

    /// An empty value means none where the value is optional. A name and a region that the provider chooses must be in
    /// the state, so they cannot be planned as empty.
    fn empty(&mut self, attribute: &Attribute, value: &Value, path: &Path) {
        let addresses =
            attribute.member().is_some_and(|member| self.names.contains(&member)) || attribute.origin == Origin::Region;
        match attribute.usage {
            Usage::OptionalComputed if addresses && path.steps().len() == 1 => {
                self.invalid(path, value, "it must not be empty; omit it, or set it to null, for the default");
            }
            Usage::Required if !matches!(attribute.kind, AttributeKind::Block { .. }) => {
                self.invalid(path, value, "it is required and must not be empty");
            }
            _ => {}
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
            let path = element_path(path, place, addressable);
            self.object(attributes, element, &path);
            if is_union(shape, single) {
                self.union(attributes, element, &path);
            }
        }
    }

    /// Elements are identified by their key, so that a second one with the same key could not be distinguished.
    fn keys(&mut self, attribute: &Attribute, value: &Value, path: &Path) {
        let Some(key) = attribute.key else { return };
        let mut seen = BTreeSet::new();
        for element in value.elements() {
            if let Some(name) = element.get(key).as_str().filter(|name| !name.is_empty() && !seen.insert(*name)) {
                let name = (!self.hidden).then_some(name);
                self.diagnostics.push(argument::repeated(path, key, name));
            }
        }
    }

    fn union(&mut self, attributes: &[Attribute], element: &Value, path: &Path) {
        let names: Vec<&str> = attributes.iter().map(|attribute| attribute.name).collect();
        let place = Scope { attributes, value: element, path: path.clone() };
        if let Some(diagnostic) = not_exactly_one(&place, &names) {
            self.diagnostics.push(diagnostic);
        }
    }

    fn plain(&mut self, attribute: &Attribute, shape: &Shape, value: &Value, path: &Path) {
        match (&shape.kind, value) {
            (_, Value::Null | Value::Unknown(_)) => {}
            (ShapeKind::String { bounds, pattern, values }, Value::String(text)) => {
                self.length(shape, bounds, text, path);
                match values {
                    [] => self.pattern(shape, *pattern, text, path),
                    _ => self.enumeration(attribute, shape, text, path),
                }
            }
            (ShapeKind::Integer { long, bounds }, Value::Number(number)) => {
                self.integer(*long, bounds, number, path);
            }
            (ShapeKind::Float { bounds, .. }, Value::Number(number)) => {
                self.range(bounds, number.to_f64(), value, path);
            }
            (ShapeKind::Timestamp, Value::String(text)) if seconds(text).is_none() => {
                self.invalid(path, value, "it must be a time in RFC 3339 form, such as `2026-01-31T12:00:00Z`");
            }
            (ShapeKind::List { element, bounds }, Value::List(elements))
                if self.count(bounds, value, path, ELEMENTS) =>
            {
                let is_set = matches!(attribute.kind, AttributeKind::Plain { set: true, .. });
                for (place, value) in elements.iter().enumerate() {
                    self.plain(attribute, element, value, &element_path(path, place, !is_set));
                }
            }
            (ShapeKind::Map { key, value: shape, bounds }, Value::Map(entries))
                if self.count(bounds, value, path, ENTRIES) =>
            {
                for (name, value) in entries {
                    self.plain(attribute, key, &name.as_str().into(), &path.key(name));
                    self.plain(attribute, shape, value, &path.key(name));
                }
            }
            _ => {}
        }
    }

    fn length(&mut self, shape: &Shape, bounds: &Bounds, text: &str, path: &Path) {
        let length = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
        if !bounds.admit(length) {
            let allowed = bounds.count(CHARACTERS).unwrap_or_default();
            let requirement = format!("it must have {allowed}, but has {length}");
            self.wrong_text(shape, text, &requirement, path);
        }
    }

    fn integer(&mut self, long: bool, bounds: &Bounds, number: &Number, path: &Path) {
        let value = Value::Number(number.clone());
        match number.as_i64() {
            Some(integer) if service::is_integer(number, long) => self.range(bounds, integer, &value, path),
            _ if number.is_integer() => {
                let bits = if long { 64 } else { 32 };
                self.invalid(path, &value, &format!("it must be an integer of {bits} bits"));
            }
            _ => self.invalid(path, &value, "it must be an integer"),
        }
    }

    fn range<N: Copy + PartialOrd + Display>(&mut self, bounds: &Bounds<N>, number: N, value: &Value, path: &Path) {
        if !bounds.admit(number) {
            self.invalid(path, value, &format!("it must be {}", bounds.text().unwrap_or_default()));
        }
    }

    /// False if there are too many or too few elements: then nothing else is said of them.
    fn count(&mut self, bounds: &Bounds, value: &Value, path: &Path, what: [&str; 2]) -> bool {
        let count = match value {
            Value::List(elements) => elements.len(),
            Value::Map(entries) => entries.len(),
            _ => return true,
        };
        let is_admitted = bounds.admit(i64::try_from(count).unwrap_or(i64::MAX));
        if !is_admitted {
            let allowed = bounds.count(what).unwrap_or_default();
            self.diagnostics.push(argument::wrong_number(path, what[1], &allowed, count));
        }
        is_admitted
    }

    fn pattern(&mut self, shape: &Shape, pattern: Option<&'static Pattern>, text: &str, path: &Path) {
        let Some(pattern) = pattern.filter(|pattern| !pattern.is_match(text)) else { return };
        self.wrong_text(shape, text, &format!("it must match `{}`", pattern.source), path);
    }

    fn wrong_text(&mut self, shape: &Shape, text: &str, requirement: &str, path: &Path) {
        // Mocks of `terraform test` generate texts that are neither ARNs nor IDs; the service validates real ones.
        if !text.is_empty() && (is_arn(shape) || is_generated(shape)) {
            let value = shortened(text);
            self.diagnostics.push(argument::invalid(path, self.shown(&value), requirement).as_warning());
        } else {
            self.invalid(path, &shortened(text), requirement);
        }
    }

    fn enumeration(&mut self, attribute: &Attribute, shape: &Shape, text: &str, path: &Path) {
        match enumeration::classify(shape, attribute.closed, text) {
            enumeration::Verdict::Known => {}
            enumeration::Verdict::Refused(reason) => self.invalid(path, &text.into(), &reason),
            enumeration::Verdict::Doubtful(reason) if self.strict_enums => self.invalid(path, &text.into(), &reason),
            enumeration::Verdict::Doubtful(reason) => {
                let value = text.into();
                self.diagnostics.push(argument::doubtful(path, self.shown(&value), &reason));
            }
        }
    }

    /// AWS sets tags with this prefix itself, and refuses them from others.
    fn tag_keys(&mut self, shape: &Shape, value: &Value, path: &Path) {
        let keys: Vec<(Path, &str)> = match (&shape.kind, value) {
            (ShapeKind::Map { key, .. }, Value::Map(tags)) if key.name == TAG_KEY => {
                tags.keys().map(|key| (path.key(key), key.as_str())).collect()
            }
            (_, Value::String(key)) if shape.name == TAG_KEY => vec![(path.clone(), key)],
            _ => Vec::new(),
        };
        for (path, key) in keys.into_iter().filter(|(_, key)| tags::is_reserved(key)) {
            self.invalid(&path, &key.into(), tags::RESERVED);
        }
    }

    fn document(&mut self, value: &Value, path: &Path) {
        let Some(text) = value.as_str() else { return };
        if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(text) {
            self.invalid(path, &shortened(text), &format!("it must be a JSON document: {error}"));
        }
    }

    fn timeouts(&mut self, value: &Value, path: &Path) {
        for (name, timeout) in value.as_map().into_iter().flatten() {
            self.duration(timeout, &path.then(name));
        }
    }

    /// With a timeout of zero, an action would call the service and then always fail.
    fn timeout(&mut self, value: &Value, path: &Path) {
        if value.as_str().and_then(duration::parse).is_some_and(|duration| duration.is_zero()) {
            return self.invalid(path, value, "it must be longer than 0 seconds; to skip the wait, set `wait = false`");
        }
        self.duration(value, path);
    }

    fn duration(&mut self, value: &Value, path: &Path) {
        if value.as_str().is_some_and(|text| !text.is_empty() && duration::parse(text).is_none()) {
            self.invalid(path, value, "it must be a duration such as `90s`, `30m` or `1h30m`");
        }
    }

    fn invalid(&mut self, path: &Path, value: &Value, requirement: &str) {
        self.diagnostics.push(argument::invalid(path, self.shown(value), requirement));
    }

    /// The value for a message; `None` if no message may show it.
    fn shown<'v>(&self, value: &'v Value) -> Option<&'v Value> {
        (!self.hidden).then_some(value)
    }
}

fn is_arn(shape: &Shape) -> bool {
    shape.name.ends_with("Arn") || shape.name.ends_with("ARN")
}

/// True for the form of an identifier that the service generates, such as the ID of a domain.
fn is_generated(shape: &Shape) -> bool {
    let identifiers = |resource: &'static Resource| {
        resource.identity.members.iter().filter_map(|member| resource.attribute_of(member))
    };
    // A computed name, such as that of a device, repeats what the user wrote.
    let is_id = shape.name.ends_with("Id");
    is_id
        && RESOURCES.iter().flat_map(identifiers).any(|identifier| {
            let is_computed = identifier.usage == Usage::Computed;
            is_computed && matches!(identifier.kind, AttributeKind::Plain { shape: own, .. } if own.name == shape.name)
        })
}

fn is_union(shape: &Shape, single: bool) -> bool {
    let element = match &shape.kind {
        ShapeKind::List { element, .. } if !single => element,
        ShapeKind::Map { value, .. } if !single => value,
        _ => shape,
    };
    matches!(element.kind, ShapeKind::Structure { union: true, .. })
}

/// The text, cut to a length that fits a message.
fn shortened(text: &str) -> Value {
    match text.char_indices().nth(100) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}

/// The path of an element. Elements of sets have no address that Terraform can show.
fn element_path(path: &Path, place: usize, addressable: bool) -> Path {
    if addressable { path.index(place) } else { path.clone() }
}
