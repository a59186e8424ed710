//! Random configurations, and the replies of a service that repeats its input. For tests only.
//!
//! The configurations are well-typed but need not be valid: bounds and patterns play no part in planning.

use fastrand::Rng;

use crate::{
    definition::{
        Attribute, AttributeKind, Origin, Resource,
        service::{Shape, ShapeKind},
    },
    engine::{
        configuration::context::Context,
        convert::{
            absence::{as_written, without_empty},
            reply::{Prior, member_of, observe},
        },
        resource::{
            generated_names::generate_names,
            plan::plan,
            special::Special,
            unknowns::{fill_unknowns, known_object},
        },
        tests::echo,
    },
    schema::{Nesting, Usage},
    value::{Number, Value},
};

/// The context of a provider with a region and a default tag.
pub(crate) fn context() -> Context {
    Context { region: "eu-west-1".into(), default_tags: Value::from([("team", "ml".into())]), ..Context::default() }
}

/// A well-typed configuration. `doubt` is the percentage of unknown values.
pub(crate) fn configuration(attributes: &[Attribute], rng: &mut Rng, doubt: u32) -> Value {
    let members = attributes.iter().map(|attribute| (attribute.name.to_owned(), configured(attribute, rng, doubt)));
    Value::Map(members.collect())
}

fn configured(attribute: &Attribute, rng: &mut Rng, doubt: u32) -> Value {
    let unset = attribute.usage != Usage::Required && rng.u32(..100) < 40;
    let unknown = rng.u32(..100) < doubt;
    match &attribute.kind {
        AttributeKind::Block { nesting: Nesting::Single, attributes, .. } => {
            if unset {
                Value::Null
            } else {
                configuration(attributes, rng, doubt)
            }
        }
        AttributeKind::Block { .. } if unknown => Value::unknown(),
        AttributeKind::Block { attributes, nesting, max_items, min_items, .. } => {
            let most = if *max_items == 0 { 3 } else { (*max_items).min(3) };
            let count = rng.i64((*min_items).min(most)..=most);
            let elements = (0..count).map(|_| configuration(attributes, rng, doubt)).collect();
            if *nesting == Nesting::Set { Value::set(elements) } else { distinct(attribute.key, elements) }
        }
        _ if attribute.usage == Usage::Computed || unset => Value::Null,
        _ if unknown => Value::unknown(),
        AttributeKind::Objects { attributes, max_items, set, .. } => {
            let most = if *max_items == 0 { 3 } else { (*max_items).min(3) };
            let elements = (0..rng.i64(0..=most)).map(|_| configuration(attributes, rng, doubt)).collect();
            if *set { Value::set(elements) } else { Value::List(elements) }
        }
        AttributeKind::Plain { shape, set } => scalar(shape, *set, rng),
    }
}

/// Makes the names of elements unique where they identify an element.
fn distinct(key: Option<&str>, mut elements: Vec<Value>) -> Value {
    if let Some(key) = key {
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

/// Modules pass null for omitted arguments.
fn scalar_or_null(shape: &Shape, rng: &mut Rng) -> Value {
    if rng.u32(..100) < 15 { Value::Null } else { scalar(shape, false, rng) }
}

/// The configuration with a random value of the right type for each unknown one.
pub(crate) fn made_known(attributes: &[Attribute], config: &Value, rng: &mut Rng) -> Value {
    let members = attributes.iter().map(|attribute| {
        let value = config.get(attribute.name);
        let value = match &attribute.kind {
            _ if value.is_unknown() => configured(attribute, rng, 0),
            AttributeKind::Block { attributes, .. } | AttributeKind::Objects { attributes, .. } => match value {
                Value::List(elements) => {
                    Value::List(elements.iter().map(|element| made_known(attributes, element, rng)).collect())
                }
                Value::Map(_) => made_known(attributes, value, rng),
                other => other.clone(),
            },
            AttributeKind::Plain { .. } => value.clone(),
        };
        (attribute.name.to_owned(), value)
    });
    Value::Map(members.collect())
}

/// The description of a service that repeats its input, with a value in every computed member.
pub(crate) fn echo(resource: &Resource, desired: &Value, rng: &mut Rng) -> Value {
    let repeated = echo::repeated(resource, desired);
    let mut reply = repeated.clone();
    for attribute in resource.attributes {
        if let (Origin::Member(_), AttributeKind::Plain { shape, set }) = (attribute.origin, &attribute.kind)
            && attribute.observed
            && attribute.usage.is_computed()
            && member_of(attribute, &reply).is_null()
        {
            reply.insert(attribute.read_member().unwrap_or_default(), scalar(shape, *set, rng));
        }
    }
    // An object that is registered as an element of a list, such as a device, is described on its own.
    for attribute in resource.attributes.iter().filter(|attribute| attribute.on_create && !attribute.observed) {
        let element = desired.get(attribute.name).at(0);
        for inner in attribute.attributes() {
            let Some(member) = inner.member() else { continue };
            let is_described = resource.object_shape().member(member).is_some();
            let is_own = resource.attributes.iter().any(|own| own.on_create && own.member() == Some(member));
            if is_described && !is_own && repeated.get(member).is_null() {
                reply.insert(member, element.get(inner.name).clone());
            }
        }
    }
    echo::unfolded(&reply)
}

/// The state after a create for which the service repeats its input, and the reply.
pub(crate) fn created_with_reply(
    resource: &Resource,
    special: Option<&dyn Special>,
    planned: &Value,
    rng: &mut Rng,
) -> (Value, Value) {
    let desired = generate_names(resource, &without_empty(resource.attributes, planned));
    let reply = echo(resource, &desired, rng);
    let before = known_object(resource.attributes, &desired);
    let mut observed = observe(resource.attributes, &reply, Prior::State(&before));
    if let Some(special) = special {
        special.observe(&reply, &mut observed);
    }
    let state = fill_unknowns(resource.attributes, &desired, &observed);
    (as_written(resource.attributes, &state, planned), reply)
}

/// The state alone.
pub(crate) fn created(resource: &Resource, special: Option<&dyn Special>, planned: &Value, rng: &mut Rng) -> Value {
    created_with_reply(resource, special, planned, rng).0
}

/// A configuration, and the state after its create.
pub(crate) fn applied(resource: &Resource, special: Option<&dyn Special>, seed: u64) -> (Value, Value) {
    let rng = &mut Rng::with_seed(seed);
    let config = configuration(resource.attributes, rng, 0);
    let planned = plan(resource, special, &context(), &Value::Null, &config).planned;
    let state = created(resource, special, &planned, rng);
    (config, state)
}
