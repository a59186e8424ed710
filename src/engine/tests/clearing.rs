//! Values that are removed from a configuration are cleared, or the plan reports that they cannot be: for each optional
//! argument of each resource that an update takes, at every depth, against a service that updates as the definitions
//! declare.

use crate::{
    definition::{
        Attribute, AttributeKind, Change, Clearing, Origin, RESOURCES, Resource, UpdateSends,
        service::{Shape, ShapeKind},
    },
    diag::{Diagnostic, Severity},
    engine::{
        convert::{
            clearing::means_none,
            equality::is_document,
            reply::{Prior, observe},
            request,
        },
        resource::{
            differences::{Difference, Provenance, differences},
            draft::Draft,
            plan::{plan, refusal, warn_of_loss},
            unknowns::{fill_unknowns, known_object},
        },
        tests::{
            echo,
            random::{context, created},
        },
    },
    schema::{Nesting, Usage},
    value::{Path, Value},
};

/// A configuration with every argument set to a value that does not mean none. Free texts are `text`, so that different
/// blocks can have different names.
fn full(attributes: &[Attribute], text: &str) -> Value {
    let members = attributes.iter().map(|attribute| {
        let value = match &attribute.kind {
            _ if attribute.origin == Origin::WriteOnly || !attribute.usage.is_settable() => {
                crate::engine::convert::absence::empty(attribute)
            }
            AttributeKind::Block { nesting: Nesting::Single, attributes, .. } => full(attributes, attribute.name),
            AttributeKind::Block { attributes, .. } | AttributeKind::Objects { attributes, .. } => {
                Value::List(vec![full(attributes, attribute.name)])
            }
            AttributeKind::Plain { .. } if is_document(attribute) => "{}".into(),
            AttributeKind::Plain { shape, .. } => something(attribute, shape, text),
        };
        (attribute.name.to_owned(), value)
    });
    Value::Map(members.collect())
}

fn something(attribute: &Attribute, shape: &Shape, text: &str) -> Value {
    let values: Vec<Value> = match &shape.kind {
        ShapeKind::String { values, .. } if !values.is_empty() => values.iter().map(|value| (*value).into()).collect(),
        ShapeKind::String { .. } => vec![text.into()],
        ShapeKind::Boolean => vec![true.into()],
        ShapeKind::Integer { .. } | ShapeKind::Float { .. } => vec![7.into()],
        ShapeKind::Timestamp => vec!["2026-01-02T03:04:05Z".into()],
        ShapeKind::List { element, .. } => vec![Value::List(vec![something(attribute, element, text)])],
        ShapeKind::Map { value, .. } => vec![Value::from([("key", something(attribute, value, text))])],
        ShapeKind::Structure { .. } => vec![Value::object()],
    };
    let found = values.iter().find(|value| !means_none(attribute, value)).or(values.first());
    found.cloned().unwrap_or_default()
}

/// The paths at which a complete configuration can omit a value that an update takes.
fn removable(attributes: &[Attribute], path: &Path, found: &mut Vec<Path>) {
    for attribute in attributes.iter().filter(|attribute| attribute.on_update && attribute.change == Change::InPlace) {
        let path = path.then(attribute.name);
        let AttributeKind::Block { nesting, attributes, .. } = &attribute.kind else {
            found.extend((attribute.usage == Usage::Optional).then_some(path));
            continue;
        };
        if *nesting == Nesting::List {
            removable(attributes, &path.index(0), found);
        }
        found.extend((attribute.usage == Usage::Optional).then_some(path));
    }
}

/// The value without its part at the path.
fn without(value: &Value, path: &[crate::value::Step]) -> Value {
    use crate::value::Step;
    let (Some(step), mut changed) = (path.first(), value.clone()) else { return Value::Null };
    match (step, &mut changed) {
        (Step::Attribute(name), Value::Map(members)) => {
            let inner = members.get(name).cloned().unwrap_or_default();
            let gone = if matches!(inner, Value::List(_)) && path.len() == 1 {
                inner_gone(&inner)
            } else {
                without(&inner, &path[1..])
            };
            members.insert(name.clone(), gone);
        }
        (Step::Index(index), Value::List(elements)) => elements[*index] = without(&elements[*index], &path[1..]),
        _ => {}
    }
    changed
}

/// A removed block is an empty list, a removed list of texts is null.
fn inner_gone(value: &Value) -> Value {
    if matches!(value.at(0), Value::Map(_)) { Value::List(Vec::new()) } else { Value::Null }
}

/// The description after an update of the object described by `shown`, with the names of the read output.
fn updated(attributes: &[Attribute], shown: &Value, input: &Value) -> Value {
    let mut after = shown.clone();
    for attribute in attributes.iter().filter(|attribute| attribute.on_update && attribute.observed) {
        let name = attribute.read_member().unwrap_or_default();
        let sent = input.get(attribute.update_member().unwrap_or_default());
        let merges = attribute.attributes().iter().any(|inner| inner.on_update && inner.clearing != Clearing::Omit);
        let merged = attribute.is_single_block() && merges;
        if sent.is_null() || (merged && *sent == Value::object() && attribute.clearing != Clearing::EmptyStructure) {
            // The structure stays unchanged.
        } else if merged && *sent != Value::object() {
            after.insert(name, updated(attribute.attributes(), shown.get(name), sent));
        } else {
            after.insert(name, with_read_names(attribute, sent, shown.get(name)));
        }
        match attribute.clearing {
            Clearing::Flag(flag) if input.get(flag).as_bool() == Some(true) => after.insert(name, Value::Null),
            Clearing::Property(list)
                if input.get(list).elements().contains(&attribute.update_member().unwrap_or_default().into()) =>
            {
                after.insert(name, Value::Null);
            }
            Clearing::Keys(list) => {
                after.insert(name, without_keys(attribute, after.get(name), input.get(list).elements()))
            }
            _ => {}
        }
    }
    after
}

/// The sent value with the names of the read output; members that the update input lacks are as before.
fn with_read_names(attribute: &Attribute, sent: &Value, shown: &Value) -> Value {
    let is_map = attribute.attributes().iter().any(|inner| inner.origin == Origin::MapKey);
    match sent {
        Value::List(elements) if !attribute.attributes().is_empty() => {
            let elements = elements.iter().enumerate();
            Value::List(elements.map(|(at, sent)| structure_with_read_names(attribute, sent, shown.at(at))).collect())
        }
        Value::Map(_) if !attribute.attributes().is_empty() && !is_map => {
            structure_with_read_names(attribute, sent, shown)
        }
        other => other.clone(),
    }
}

fn structure_with_read_names(attribute: &Attribute, sent: &Value, shown: &Value) -> Value {
    let members = attribute.attributes().iter().filter(|inner| inner.member().is_some() && inner.observed);
    let renamed = members.map(|inner| {
        let before = shown.get(inner.read_member().unwrap_or_default());
        let value = match inner.on_update || !inner.on_create {
            true => with_read_names(inner, sent.get(inner.update_member().unwrap_or_default()), before),
            false => before.clone(),
        };
        (inner.read_member().unwrap_or_default().to_owned(), value)
    });
    Value::Map(renamed.filter(|(_, value)| !value.is_null()).collect())
}

fn without_keys(attribute: &Attribute, shown: &Value, gone: &[Value]) -> Value {
    let key =
        attribute.attributes().iter().find(|inner| Some(inner.name) == attribute.key).and_then(Attribute::read_member);
    let key = key.unwrap_or_default();
    match shown {
        Value::Map(entries) => Value::Map(
            entries
                .iter()
                .filter(|(key, _)| !gone.contains(&key.as_str().into()))
                .map(|(key, value)| (key.clone(), value.clone()))
                .collect(),
        ),
        Value::List(elements) => {
            Value::List(elements.iter().filter(|element| !gone.contains(element.get(key))).cloned().collect())
        }
        other => other.clone(),
    }
}

fn is_reported(draft: &Draft<'_>) -> bool {
    draft.diagnostics.has_error() || cannot_be_removed(draft) || !draft.requires_replace.is_empty()
}

fn cannot_be_removed(draft: &Draft<'_>) -> bool {
    let warns = |one: &Diagnostic| one.severity == Severity::Warning && one.summary.contains("cannot be removed");
    draft.diagnostics.iter().any(warns)
}

/// The remaining differences after the update that is planned for a removal.
fn left_after_removal(resource: &'static Resource, config: &Value, path: &Path) -> Vec<Path> {
    let mut rng = fastrand::Rng::with_seed(1);
    let planned = plan(resource, None, &context(), &Value::Null, config).planned;
    let prior = created(resource, None, &planned, &mut rng);
    let config = without(config, path.steps());
    let draft = plan(resource, None, &context(), &prior, &config);
    if is_reported(&draft) {
        return Vec::new();
    }
    let operation = resource.operations.update.expect("only what an update takes is removed");
    let input = request::update(resource, operation, &prior, &draft.planned);
    let mut shown = updated(resource.attributes, &echo::shown(resource, &prior), &input);
    let taken = resource.attributes.iter().filter(|it| resource.update_sends == UpdateSends::All && it.on_update);
    for attribute in taken.filter(|it| it.observed && input.get(it.update_member().unwrap_or_default()).is_null()) {
        shown.insert(attribute.read_member().unwrap_or_default(), Value::Null);
    }
    let reply = echo::unfolded(&shown);
    let before = known_object(resource.attributes, &draft.planned);
    let state = fill_unknowns(
        resource.attributes,
        &draft.planned,
        &observe(resource.attributes, &reply, Prior::State(&before)),
    );
    let refreshed = observe(resource.attributes, &reply, Prior::State(&state));
    let again = plan(resource, None, &context(), &refreshed, &config);
    let left = differences(resource.attributes, &refreshed, &again.planned, Provenance::Applied);
    left.into_iter().filter(Difference::needs_a_call).map(|difference| difference.path).collect()
}

#[test]
fn removed_values_are_cleared_or_the_plan_reports_them() {
    let mut broken = Vec::new();
    let mut tried = 0;
    for resource in RESOURCES.iter().filter(|resource| resource.operations.update.is_some()) {
        let config = full(resource.attributes, "top");
        let mut paths = Vec::new();
        removable(resource.attributes, &Path::root(), &mut paths);
        for path in paths {
            tried += 1;
            let left = left_after_removal(resource, &config, &path);
            if !left.is_empty() {
                let left: Vec<String> = left.iter().map(ToString::to_string).collect();
                broken.push(format!("{}.{path}: {}", resource.type_name, left.join(", ")));
            }
        }
    }
    assert!(tried > 300, "only {tried} arguments were tried");
    assert!(broken.is_empty(), "still to be done after an update:\n{}", broken.join("\n"));
}

#[test]
fn unclearable_values_are_refused_by_the_apply_if_a_replacement_loses_something() {
    for resource in RESOURCES.iter().filter(|resource| resource.operations.update.is_some()) {
        let config = full(resource.attributes, "top");
        let mut paths = Vec::new();
        removable(resource.attributes, &Path::root(), &mut paths);
        let planned = plan(resource, None, &context(), &Value::Null, &config).planned;
        let prior = created(resource, None, &planned, &mut fastrand::Rng::with_seed(1));
        for path in paths {
            let config = without(&config, path.steps());
            let draft = plan(resource, None, &context(), &prior, &config);
            let found = differences(resource.attributes, &prior, &draft.planned, Provenance::Applied);
            let only_uncleared = found.iter().all(|one| one.uncleared || one.change != Change::Replace);
            if found.iter().any(|one| one.uncleared) && only_uncleared {
                let warned = cannot_be_removed(&draft);
                assert_eq!(warned, resource.loses().is_some(), "{}.{path}", resource.type_name);
                assert_ne!(warned, !draft.requires_replace.is_empty(), "{}.{path}", resource.type_name);
                assert_eq!(refusal(resource, &found).is_some(), warned, "{}.{path}", resource.type_name);
                assert!(!draft.diagnostics.has_error(), "an error would also stop a destroy");
            }
        }
    }
}

#[test]
fn every_replacement_that_loses_something_warns() {
    for resource in RESOURCES.iter().filter(|resource| resource.loses().is_some()) {
        let config = full(resource.attributes, "top");
        let planned = plan(resource, None, &context(), &Value::Null, &config).planned;
        let mut prior = created(resource, None, &planned, &mut fastrand::Rng::with_seed(1));
        prior.insert("region", "us-west-2".into());
        let mut draft = plan(resource, None, &context(), &prior, &config);
        warn_of_loss(resource, None, &mut draft);
        assert!(!draft.requires_replace.is_empty(), "{}: another region is another object", resource.type_name);
        let warned = draft.diagnostics.iter().any(|one| one.detail.contains(resource.loses().unwrap_or_default()));
        assert!(warned, "{}: nothing is said about {:?}", resource.type_name, resource.loses());
    }
}
