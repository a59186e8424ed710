//! Laws that hold for every resource and any configuration, tried on random ones: Terraform's own rules (see `oracle`)
//! and our promise that nothing shows as a change which is none.
//!
//! Configurations here need not be sensible, only well-typed: bounds and patterns play no part in planning.

use fastrand::Rng;

use super::{
    lifecycle::made_up_names,
    oracle::{compatible, plan_valid},
    plan::{Context, differences, plan},
    reply::{observe, told},
    request,
    settle::{known_object, settle},
};
use crate::{
    definition::{
        Attribute, Kind, Origin, RESOURCES, Resource,
        service::{Shape, ShapeKind},
    },
    schema::{Nesting, Usage},
    value::{Number, Value},
};

/// Random configurations per resource and law.
const CASES: u64 = 150;

fn for_each_case(law: impl Fn(&'static Resource, &mut Rng)) {
    for resource in RESOURCES {
        for seed in 0..CASES {
            let run = std::panic::AssertUnwindSafe(|| law(resource, &mut Rng::with_seed(seed)));
            if let Err(panic) = std::panic::catch_unwind(run) {
                eprintln!("law broken for {} with seed {seed}", resource.type_name);
                std::panic::resume_unwind(panic);
            }
        }
    }
}

pub(super) fn context() -> Context {
    Context { region: "eu-west-1".into(), default_tags: Value::from([("team", "ml".into())]), ..Context::default() }
}

/// A well-typed configuration. `doubt` is the share of unknown values in percent.
pub(super) fn configuration(attributes: &[Attribute], rng: &mut Rng, doubt: u32) -> Value {
    let members = attributes.iter().map(|attribute| (attribute.name.to_owned(), configured(attribute, rng, doubt)));
    Value::Map(members.collect())
}

fn configured(attribute: &Attribute, rng: &mut Rng, doubt: u32) -> Value {
    let unset = attribute.usage != Usage::Required && rng.u32(..100) < 40;
    let unknown = rng.u32(..100) < doubt;
    match &attribute.kind {
        Kind::Block { nesting: Nesting::Single, attributes, .. } => {
            if unset {
                Value::Null
            } else {
                configuration(attributes, rng, doubt)
            }
        }
        Kind::Block { .. } if unknown => Value::unknown(),
        Kind::Block { attributes, nesting, max_items, min_items, .. } => {
            let most = if *max_items == 0 { 3 } else { (*max_items).min(3) };
            let count = rng.i64((*min_items).min(most)..=most);
            let elements = (0..count).map(|_| configuration(attributes, rng, doubt)).collect();
            if *nesting == Nesting::Set { Value::set(elements) } else { distinct(attribute.key, elements) }
        }
        _ if attribute.usage == Usage::Computed || unset => Value::Null,
        _ if unknown => Value::unknown(),
        Kind::Objects { attributes, max_items, set, .. } => {
            let most = if *max_items == 0 { 3 } else { (*max_items).min(3) };
            let elements = (0..rng.i64(0..=most)).map(|_| configuration(attributes, rng, doubt)).collect();
            if *set { Value::set(elements) } else { Value::List(elements) }
        }
        Kind::Plain { shape, set } => scalar(shape, *set, rng),
    }
}

/// Names of elements are unique where they identify.
fn distinct(key: &str, mut elements: Vec<Value>) -> Value {
    if !key.is_empty() {
        for (place, element) in elements.iter_mut().enumerate() {
            if element.get(key).as_str().is_some() {
                element.insert(key, format!("element-{place}").into());
            }
        }
    }
    Value::List(elements)
}

fn scalar(shape: &Shape, set: bool, rng: &mut Rng) -> Value {
    match &shape.kind {
        ShapeKind::String { values, .. } if !values.is_empty() => values[rng.usize(..values.len())].into(),
        ShapeKind::String { .. } => ["", "a", "b", "{\"a\": 1}", "2.1"][rng.usize(..5)].into(),
        ShapeKind::Integer { .. } => rng.i64(0..4).into(),
        ShapeKind::Float { .. } => {
            Number::from_f64([0.0, 0.1, 1.0, 2.5][rng.usize(..4)]).map_or(Value::Null, Value::Number)
        }
        ShapeKind::Boolean => rng.bool().into(),
        ShapeKind::Timestamp => "2026-01-02T03:04:05Z".into(),
        ShapeKind::List { element, .. } => {
            let elements = (0..rng.usize(..3)).map(|_| scalar_or_null(element, rng)).collect();
            if set { Value::set(elements) } else { Value::List(elements) }
        }
        ShapeKind::Map { value, .. } => {
            Value::Map((0..rng.usize(..3)).map(|place| (format!("key-{place}"), scalar_or_null(value, rng))).collect())
        }
        ShapeKind::Structure { .. } => Value::object(),
    }
}

/// Modules write null for what a caller leaves out.
fn scalar_or_null(shape: &Shape, rng: &mut Rng) -> Value {
    if rng.u32(..100) < 15 { Value::Null } else { scalar(shape, false, rng) }
}

/// The configuration with a random value of the right type in place of everything unknown.
fn made_known(attributes: &[Attribute], config: &Value, rng: &mut Rng) -> Value {
    let members = attributes.iter().map(|attribute| {
        let value = config.get(attribute.name);
        let value = match &attribute.kind {
            _ if value.is_unknown() => configured(attribute, rng, 0),
            Kind::Block { attributes, .. } | Kind::Objects { attributes, .. } => match value {
                Value::List(elements) => {
                    Value::List(elements.iter().map(|element| made_known(attributes, element, rng)).collect())
                }
                Value::Map(_) => made_known(attributes, value, rng),
                other => other.clone(),
            },
            Kind::Plain { .. } => value.clone(),
        };
        (attribute.name.to_owned(), value)
    });
    Value::Map(members.collect())
}

/// What a service that repeats its input would describe, with something in every computed member.
pub(super) fn echo(resource: &Resource, desired: &Value, rng: &mut Rng) -> Value {
    let mut reply = request::repeated(resource, desired);
    for attribute in resource.attributes {
        if let (Origin::Member(_), Kind::Plain { shape, set }) = (attribute.origin, &attribute.kind)
            && attribute.observed
            && attribute.usage.is_computed()
            && told(attribute, &reply).is_null()
        {
            reply.insert(attribute.read_member(), scalar(shape, *set, rng));
        }
    }
    request::unfolded(&reply)
}

/// The state after a create that the service answered by repeating its input.
fn created(resource: &Resource, planned: &Value, rng: &mut Rng) -> Value {
    let desired = made_up_names(resource, planned);
    let reply = echo(resource, &desired, rng);
    let before = known_object(resource.attributes, &desired);
    settle(resource.attributes, &desired, &observe(resource.attributes, &reply, &before))
}

/// A configuration, and the state after a create with it.
pub(crate) fn settled(resource: &Resource, seed: u64) -> (Value, Value) {
    let rng = &mut Rng::with_seed(seed);
    let config = configuration(resource.attributes, rng, 0);
    let planned = plan(resource, None, &context(), &Value::Null, &config).planned;
    let state = created(resource, &planned, rng);
    (config, state)
}

fn assert_same(resource: &Resource, before: &Value, after: &Value) {
    let differences = differences(resource.attributes, before, after).into_iter();
    let texts: Vec<String> = differences
        .map(|difference| {
            let path = difference.path;
            format!("{path}: {} became {}", before.lookup(&path), after.lookup(&path))
        })
        .collect();
    assert_eq!(texts, Vec::<String>::new());
}

#[test]
fn terraform_accepts_every_plan_of_a_new_object() {
    for_each_case(|resource, rng| {
        let config = configuration(resource.attributes, rng, 15);
        let draft = plan(resource, None, &context(), &Value::Null, &config);
        assert_eq!(plan_valid(&resource.schema().block, &Value::Null, &config, &draft.planned), Vec::<String>::new());
    });
}

#[test]
fn what_is_planned_with_unknown_values_still_holds_when_they_are_known() {
    for_each_case(|resource, rng| {
        let config = configuration(resource.attributes, rng, 30);
        let first = plan(resource, None, &context(), &Value::Null, &config).planned;
        let config = made_known(resource.attributes, &config, rng);
        let second = plan(resource, None, &context(), &Value::Null, &config).planned;
        let second = settle(resource.attributes, &second, &known_object(resource.attributes, &second));
        assert_eq!(compatible(&resource.schema().block, &first, &second), Vec::<String>::new());
    });
}

#[test]
fn terraform_accepts_every_result_of_a_create_and_plans_nothing_after_it() {
    for_each_case(|resource, rng| {
        let config = configuration(resource.attributes, rng, 0);
        let planned = plan(resource, None, &context(), &Value::Null, &config).planned;
        let state = created(resource, &planned, rng);
        assert_eq!(compatible(&resource.schema().block, &planned, &state), Vec::<String>::new());
        let again = plan(resource, None, &context(), &state, &config);
        assert_same(resource, &state, &again.planned);
        assert_eq!(again.requires_replace, vec![]);
    });
}

#[test]
fn a_refresh_after_a_create_shows_no_drift() {
    for_each_case(|resource, rng| {
        let config = configuration(resource.attributes, rng, 0);
        let planned = plan(resource, None, &context(), &Value::Null, &config).planned;
        let desired = made_up_names(resource, &planned);
        let reply = echo(resource, &desired, rng);
        let before = known_object(resource.attributes, &desired);
        let state = settle(resource.attributes, &desired, &observe(resource.attributes, &reply, &before));
        assert_same(resource, &state, &observe(resource.attributes, &reply, &state));
    });
}

#[test]
fn terraform_accepts_every_plan_of_an_update() {
    for_each_case(|resource, rng| {
        let config = configuration(resource.attributes, rng, 0);
        let planned = plan(resource, None, &context(), &Value::Null, &config).planned;
        let state = created(resource, &planned, rng);
        let config = configuration(resource.attributes, rng, 15);
        let draft = plan(resource, None, &context(), &state, &config);
        assert_eq!(plan_valid(&resource.schema().block, &state, &config, &draft.planned), Vec::<String>::new());
        for path in &draft.requires_replace {
            assert_ne!(state.lookup(path), draft.planned.lookup(path), "{path} is the same before and after");
        }
    });
}

#[test]
fn planning_is_deterministic() {
    for_each_case(|resource, rng| {
        let config = configuration(resource.attributes, rng, 15);
        let one = plan(resource, None, &context(), &Value::Null, &config).planned;
        assert_eq!(one, plan(resource, None, &context(), &Value::Null, &config).planned);
    });
}
