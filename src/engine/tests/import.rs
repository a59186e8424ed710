//! An import changes nothing: for every resource, a reply is built from its definition, read without a prior state, and
//! planned with the configuration that the state generates.

use std::collections::BTreeSet;

use fastrand::Rng;

use crate::{
    definition::{
        Attribute, AttributeKind, Change, Origin, RESOURCES, Resource,
        service::{DOCUMENT, Shape, ShapeKind, TAG_MAP},
    },
    engine::{
        configuration::context::Context,
        convert::reply::{member_of, observe},
        data_source::object,
        resource::{differences::of_object, import::prior, plan::plan, stored::blank},
        tests::{
            echo::unfolded,
            random::{configuration, context, created_with_reply},
        },
    },
    schema::{Nesting, Usage},
    value::{Number, Path, Step, Value},
};

/// The kinds of replies.
#[derive(Clone, Copy, PartialEq)]
enum Reply {
    /// Every optional structure is present and empty.
    EmptyStructures,
    /// Every member is zero or `false`.
    Zeros,
    /// Every member is present, except those with a default.
    WithoutDefaults,
}

fn structure(attributes: &[Attribute], kind: Reply) -> Value {
    let mut reply = Value::object();
    for attribute in attributes.iter().filter(|attribute| attribute.observed && attribute.member().is_some()) {
        let value = member(attribute, kind);
        if !value.is_null() {
            reply.insert(attribute.read_member().unwrap_or_default(), value);
        }
    }
    reply
}

fn member(attribute: &Attribute, kind: Reply) -> Value {
    let optional = attribute.usage != Usage::Required;
    match &attribute.kind {
        AttributeKind::Plain { .. } if kind == Reply::EmptyStructures && optional => Value::Null,
        AttributeKind::Plain { .. } if kind == Reply::WithoutDefaults && attribute.default.is_some() => Value::Null,
        AttributeKind::Plain { shape, .. } => plain(attribute, shape, kind),
        AttributeKind::Block { shape, single, attributes, .. }
        | AttributeKind::Objects { shape, single, attributes, .. } => {
            let empty = kind == Reply::EmptyStructures && optional && *single;
            let one = if empty { Value::object() } else { structure(attributes, kind) };
            elements(shape, *single, attributes, one, kind)
        }
    }
}

fn elements(shape: &Shape, single: bool, attributes: &[Attribute], one: Value, kind: Reply) -> Value {
    if single {
        return one;
    }
    let ShapeKind::Map { value, .. } = &shape.kind else { return Value::List(vec![one]) };
    let scalar = attributes.iter().any(|attribute| attribute.origin == Origin::MapValue);
    Value::from([("a", if scalar { sample(value, kind) } else { one })])
}

fn plain(attribute: &Attribute, shape: &Shape, kind: Reply) -> Value {
    match (attribute.only, sample(shape, kind)) {
        (None, value) => value,
        (Some(only), value) => Value::List(vec![Value::from([(only, value)])]),
    }
}

fn sample(shape: &Shape, kind: Reply) -> Value {
    let zero = kind == Reply::Zeros;
    match &shape.kind {
        _ if std::ptr::eq(shape, &DOCUMENT) => Value::object(),
        _ if std::ptr::eq(shape, &TAG_MAP) => Value::List(Vec::new()),
        ShapeKind::String { values, .. } => values.first().copied().unwrap_or("a").into(),
        ShapeKind::Boolean => (!zero).into(),
        ShapeKind::Integer { .. } | ShapeKind::Float { .. } if zero => 0.into(),
        ShapeKind::Integer { .. } => 7.into(),
        ShapeKind::Float { .. } => Value::Number(Number::from_f64(0.5).expect("a number")),
        ShapeKind::Timestamp => 1_700_000_000.into(),
        ShapeKind::List { .. } | ShapeKind::Map { .. } if zero => empty_collection(shape),
        ShapeKind::List { element, .. } => Value::List(vec![sample(element, kind)]),
        ShapeKind::Map { value, .. } => Value::from([("a", sample(value, kind))]),
        ShapeKind::Structure { .. } => Value::object(),
    }
}

fn empty_collection(shape: &Shape) -> Value {
    if matches!(shape.kind, ShapeKind::Map { .. }) { Value::object() } else { Value::List(Vec::new()) }
}

pub(super) fn imported(resource: &Resource, reply: &Value) -> Value {
    let mut address = blank(resource);
    address.insert("id", "a".into());
    let mut state = observe(resource.attributes, reply, prior(resource, &address));
    state.insert("id", "a".into());
    state.insert("region", "eu-west-1".into());
    state
}

/// The configuration that Terraform generates from the state.
fn generated(attributes: &[Attribute], state: &Value, defaults: bool) -> Value {
    let members = attributes.iter().map(|attribute| {
        let shown = state.get(attribute.name);
        let value = match &attribute.kind {
            _ if attribute.usage == Usage::Computed || attribute.origin == Origin::Id => Value::Null,
            AttributeKind::Plain { .. } if !defaults && attribute.default.is_some() => Value::Null,
            AttributeKind::Block { nesting: Nesting::Single, .. } if shown.is_null() => Value::Null,
            AttributeKind::Block { nesting: Nesting::Single, attributes, .. } => generated(attributes, shown, defaults),
            AttributeKind::Block { nesting, attributes, .. } => {
                let elements =
                    shown.elements().iter().map(|element| generated(attributes, element, defaults)).collect();
                if *nesting == Nesting::Set { Value::set(elements) } else { Value::List(elements) }
            }
            _ => shown.clone(),
        };
        (attribute.name.to_owned(), value)
    });
    Value::Map(members.collect())
}

/// The paths at which the plan after an import differs from the state.
fn changes_after_import(resource: &Resource, kind: Reply, defaults: bool) -> Vec<String> {
    let state = imported(resource, &unfolded(&structure(resource.attributes, kind)));
    let config = generated(resource.attributes, &state, defaults);
    let context = Context { region: "eu-west-1".into(), ..Context::default() };
    let planned = plan(resource, None, &context, &state, &config).planned;
    let found = of_object(resource, &state, &planned, true).into_iter();
    found.map(|one| format!("{}.{}", resource.type_name, one.path)).collect()
}

#[test]
fn no_import_of_empty_structures_zeros_or_omitted_defaults_plans_a_change() {
    for (kind, defaults) in [
        (Reply::EmptyStructures, true),
        (Reply::Zeros, true),
        (Reply::WithoutDefaults, true),
        (Reply::WithoutDefaults, false),
    ] {
        let found: Vec<String> =
            RESOURCES.iter().flat_map(|resource| changes_after_import(resource, kind, defaults)).collect();
        assert_eq!(found, Vec::<String>::new());
    }
}

/// Calls `check` with each attribute, its value in the reply, and its value in the state, at every depth of single
/// structures.
fn for_each_shown(
    attributes: &[Attribute],
    reply: &Value,
    state: &Value,
    check: &mut impl FnMut(&Attribute, &Value, &Value),
) {
    for attribute in attributes.iter().filter(|attribute| attribute.observed && attribute.member().is_some()) {
        let (said, shown) = (member_of(attribute, reply), state.get(attribute.name));
        check(attribute, said, shown);
        if matches!(
            attribute.kind,
            AttributeKind::Block { single: true, .. } | AttributeKind::Objects { single: true, .. }
        ) {
            for_each_shown(attribute.attributes(), said, shown.at(0), check);
        }
    }
}

fn for_each_import(kind: Reply, mut check: impl FnMut(&Resource, &Attribute, &Value, &Value)) {
    for resource in RESOURCES {
        let reply = unfolded(&structure(resource.attributes, kind));
        let state = imported(resource, &reply);
        for_each_shown(resource.attributes, &reply, &state, &mut |attribute, said, shown| {
            check(resource, attribute, said, shown);
        });
    }
}

#[test]
fn an_empty_structure_is_shown_on_an_import_and_in_a_data_source() {
    let mut seen = 0;
    for_each_import(Reply::EmptyStructures, |resource, attribute, said, shown| {
        let structure = matches!(attribute.kind, AttributeKind::Block { single: true, nesting: Nesting::List, .. });
        if structure && !attribute.filled_in && !said.is_null() {
            // A structure with required members means none without them.
            let is_possible = attribute.attributes().iter().all(|inner| inner.usage != Usage::Required);
            let is_shown = is_possible || *said != Value::object();
            assert_eq!(shown.elements().len(), usize::from(is_shown), "{}.{}", resource.type_name, attribute.name);
            seen += usize::from(is_shown);
        }
    });
    assert!(seen > 100, "{seen}");
    for resource in RESOURCES {
        let state = imported(resource, &unfolded(&structure(resource.attributes, Reply::EmptyStructures)));
        let data = object::data_of(resource, &Value::object(), &state);
        for attribute in resource.attributes.iter().filter(|attribute| attribute.observed) {
            assert_eq!(
                *data.get(attribute.name),
                object::without_write_only(attribute, state.get(attribute.name)),
                "{}.{}",
                resource.type_name,
                attribute.name
            );
        }
    }
}

#[test]
fn zero_and_false_are_shown_on_an_import() {
    let mut seen = 0;
    for_each_import(Reply::Zeros, |resource, attribute, said, shown| {
        let allowed = matches!(attribute.kind, AttributeKind::Plain { shape, .. } if shape.allows_zero());
        if matches!(said, Value::Bool(_) | Value::Number(_)) && attribute.keeps_zero() && allowed {
            assert_eq!(shown, said, "{}.{}", resource.type_name, attribute.name);
            seen += 1;
        }
    });
    assert!(seen > 50, "{seen}");
}

#[test]
fn members_missing_in_the_reply_have_their_default_on_an_import() {
    let mut seen = 0;
    for_each_import(Reply::WithoutDefaults, |resource, attribute, said, shown| {
        if let (Some(default), Value::Null) = (attribute.default, said) {
            assert_eq!(*shown, default.value(), "{}.{}", resource.type_name, attribute.name);
            seen += 1;
        }
    });
    assert!(seen > 20, "{seen}");
}

/// The attribute at a path, without indexes and keys.
fn attribute_at(resource: &'static Resource, path: &Path) -> &'static Attribute {
    let mut level = resource.attributes;
    let mut found = None;
    for step in path.steps() {
        if let Step::Attribute(name) = step {
            found = level.iter().find(|attribute| attribute.name == name.as_str());
            level = found.map_or(&[], Attribute::attributes);
        }
    }
    found.unwrap_or_else(|| panic!("{}.{path}", resource.type_name))
}

/// What only a create accepts and no read shows is taken from the configuration after an import, in blocks too, and afterwards forces a
/// replacement as any other.
#[test]
fn no_import_replaces_an_object_because_of_what_no_read_shows() {
    let mut assumed = BTreeSet::new();
    for resource in RESOURCES {
        for seed in 0..40 {
            let rng = &mut Rng::with_seed(seed);
            let config = configuration(resource.attributes, rng, 0);
            let planned = plan(resource, None, &context(), &Value::Null, &config).planned;
            let reply = created_with_reply(resource, None, &planned, rng).1;
            let state = imported(resource, &reply);
            let after_import = Context { imported: true, ..context() };
            let draft = plan(resource, None, &after_import, &state, &config);
            for one in of_object(resource, &state, &draft.planned, true) {
                let attribute = attribute_at(resource, &one.path);
                let hidden = attribute.on_create && !attribute.observed && attribute.change == Change::Replace;
                let replaces = one.change == Change::Replace && !one.idle;
                let (before, after) = (state.lookup(&one.path), draft.planned.lookup(&one.path));
                assert!(!(hidden && replaces), "{}.{}: {before} to {after}", resource.type_name, one.path);
                if one.assumed {
                    assumed.insert(format!("{}.{}", resource.type_name, one.path));
                }
            }
        }
    }
    assert!(assumed.contains("sagemaker_training_job.session_chaining_config"), "{assumed:?}");
    assert!(assumed.contains("sagemaker_inference_recommendations_job.output_config"), "{assumed:?}");
}
