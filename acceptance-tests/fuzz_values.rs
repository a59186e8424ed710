//! Whatever stands in a configuration, a state or an id, the provider answers: no panic, no hang.
//!
//! Values are well-typed, since Terraform converts them before a provider sees them, but else arbitrary. `FUZZ_CASES=5000`
//! tries more of them than a usual run does.

use std::{env, panic::AssertUnwindSafe};

use async_trait::async_trait;
use fastrand::Rng;
use rmp::encode;
use sagemaker_provider::{
    api::{Api, Connect, ConnectError, Settings},
    definition::{Attribute, AttributeKind, QUERIES, RESOURCES, service::Shape, service::ShapeKind},
    engine::{Engine, ImportTarget, Provider, StoredState},
    schema::{Nesting, Type},
    special::SPECIALS,
    value::{Map, Number, Path, Value},
    wire::{self, msgpack},
};
use serde_json::{Value as Json, json};

/// There is no service: what needs one is refused.
struct Nowhere;

#[async_trait]
impl Connect for Nowhere {
    async fn connect(&self, _: Settings, _: &str) -> Result<std::sync::Arc<dyn Api>, ConnectError> {
        unreachable!("these tests configure nothing")
    }
}

pub(crate) fn engine() -> Engine {
    Engine::new(SPECIALS, Box::new(Nowhere))
}

/// Random cases per resource and data source.
pub(crate) fn cases() -> u64 {
    env::var("FUZZ_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(10)
}

fn random_text(rng: &mut Rng) -> Value {
    match rng.u32(..8) {
        0 => Value::Null,
        1 => Value::unknown(),
        2 => "".into(),
        3 => "\u{0}\u{7f}\u{200b}e\u{301}🦀".into(),
        4 => "x".repeat(2_000).as_str().into(),
        5 => "{\"a\":[null,1e400,{\"a\":".into(),
        6 => "arn:aws:sagemaker:::@/".into(),
        _ => "2026-13-45T99:99:99Z".into(),
    }
}

fn random_number(rng: &mut Rng) -> Value {
    let text = ["0", "-1", "1e300", "-99999999999999999999999999999999", "0.1000000000000000055511151231257827"];
    match rng.u32(..6) {
        0 => Value::unknown(),
        place => text[place as usize - 1].parse::<Number>().map_or(Value::Null, Value::Number),
    }
}

fn random(shape: &Shape, set: bool, rng: &mut Rng) -> Value {
    if rng.u32(..10) == 0 {
        return if rng.bool() { Value::Null } else { Value::unknown() };
    }
    match &shape.kind {
        ShapeKind::String { values, .. } if !values.is_empty() && rng.bool() => {
            values[rng.usize(..values.len())].into()
        }
        ShapeKind::String { .. } | ShapeKind::Timestamp => random_text(rng),
        ShapeKind::Integer { .. } | ShapeKind::Float { .. } => random_number(rng),
        ShapeKind::Boolean => rng.bool().into(),
        ShapeKind::List { element, .. } => {
            let elements = (0..rng.usize(..4)).map(|_| random(element, false, rng)).collect();
            if set { Value::set(elements) } else { Value::List(elements) }
        }
        ShapeKind::Map { value, .. } => {
            let keys = ["", "key", "aws:key", "key.with.dots", "ключ"];
            let entry = |_| (keys[rng.usize(..keys.len())].to_owned(), random(value, false, rng));
            Value::Map((0..3).map(entry).collect::<Map>())
        }
        ShapeKind::Structure { .. } => Value::object(),
    }
}

pub(crate) fn configuration(attributes: &[Attribute], rng: &mut Rng) -> Value {
    let members = attributes.iter().map(|attribute| (attribute.name.to_owned(), argument(attribute, rng)));
    Value::Map(members.collect())
}

fn argument(attribute: &Attribute, rng: &mut Rng) -> Value {
    match &attribute.kind {
        AttributeKind::Block { nesting: Nesting::Single, attributes, .. } => {
            if rng.bool() {
                Value::Null
            } else {
                configuration(attributes, rng)
            }
        }
        AttributeKind::Block { .. } if rng.u32(..10) == 0 => Value::unknown(),
        AttributeKind::Block { attributes, nesting, .. } => {
            let elements = (0..rng.usize(..3)).map(|_| configuration(attributes, rng)).collect();
            if *nesting == Nesting::Set { Value::set(elements) } else { Value::List(elements) }
        }
        _ if rng.u32(..3) == 0 => Value::Null,
        AttributeKind::Objects { attributes, set, .. } => {
            let elements = (0..rng.usize(..3)).map(|_| configuration(attributes, rng)).collect();
            if *set { Value::set(elements) } else { Value::List(elements) }
        }
        AttributeKind::Plain { shape, set } => random(shape, *set, rng),
    }
}

/// Tries each of the names with many seeds, and reports the seed of what panics.
fn for_each<T>(all: &[T], name: impl Fn(&T) -> &'static str, attempt: impl Fn(&T, &mut Rng)) {
    for one in all {
        for seed in 0..cases() {
            let run = AssertUnwindSafe(|| attempt(one, &mut Rng::with_seed(seed)));
            if let Err(panic) = std::panic::catch_unwind(run) {
                eprintln!("{} panics with seed {seed}", name(one));
                std::panic::resume_unwind(panic);
            }
        }
    }
}

#[test]
fn every_resource_plans_random_configurations_and_states() {
    let engine = engine();
    for_each(
        RESOURCES,
        |resource| resource.type_name,
        |resource, rng| {
            let name = resource.type_name;
            let (one, other) = (configuration(resource.attributes, rng), configuration(resource.attributes, rng));
            engine.validate_resource(name, &one, true);
            let first = engine.plan(name, &Value::Null, &one, b"");
            assert_eq!(first.planned, engine.plan(name, &Value::Null, &one, b"").planned, "a plan is what it is");
            // What is known of the first is a state that the second is planned upon.
            let stored = StoredState { state: without_unknowns(&first.planned), version: 0 };
            let prior = engine.upgrade(name, stored).state;
            if !prior.is_null() {
                engine.plan(name, &prior, &other, b"");
                engine.plan(name, &prior, &Value::Null, b"");
            }
        },
    );
}

/// Shows `visit` a configuration for each position and each extreme value there, in which nothing else is set but what is around
/// that position.
fn for_each_position(attributes: &[Attribute], around: &dyn Fn(Value) -> Value, visit: &mut dyn FnMut(&Value)) {
    let nothing = nothing(attributes);
    for attribute in attributes {
        let here = |value: Value| {
            let mut whole = nothing.clone();
            whole.insert(attribute.name, value);
            around(whole)
        };
        let listed = |element: Value| {
            let is_set = matches!(
                attribute.kind,
                AttributeKind::Block { nesting: Nesting::Set, .. } | AttributeKind::Objects { set: true, .. }
            );
            here(if is_set { Value::set(vec![element]) } else { Value::List(vec![element]) })
        };
        match &attribute.kind {
            AttributeKind::Block { nesting: Nesting::Single, attributes, .. } => {
                for_each_position(attributes, &here, visit)
            }
            AttributeKind::Block { attributes, .. } | AttributeKind::Objects { attributes, .. } => {
                visit(&here(Value::unknown()));
                for_each_position(attributes, &listed, visit);
            }
            AttributeKind::Plain { shape, set } => {
                extremes(shape, *set).into_iter().for_each(|value| visit(&here(value)))
            }
        }
    }
}

fn nothing(attributes: &[Attribute]) -> Value {
    let value = |attribute: &Attribute| match &attribute.kind {
        AttributeKind::Block { nesting: Nesting::List | Nesting::Set, .. } => Value::List(Vec::new()),
        AttributeKind::Block { .. } | AttributeKind::Objects { .. } | AttributeKind::Plain { .. } => Value::Null,
    };
    Value::Map(attributes.iter().map(|attribute| (attribute.name.to_owned(), value(attribute))).collect())
}

/// Unknown, empty and huge; and the same inside of what has an inside.
fn extremes(shape: &Shape, set: bool) -> Vec<Value> {
    let listed = |elements| if set { Value::set(elements) } else { Value::List(elements) };
    let mut extremes = match &shape.kind {
        ShapeKind::String { .. } | ShapeKind::Timestamp => vec!["".into(), "x".repeat(5_000).as_str().into()],
        ShapeKind::Integer { .. } | ShapeKind::Float { .. } => {
            let numbers = ["0", "-99999999999999999999999999999999", "1e300", "1e-300"];
            numbers.iter().filter_map(|text| text.parse().ok().map(Value::Number)).collect()
        }
        ShapeKind::Boolean => vec![false.into()],
        ShapeKind::List { element, .. } => {
            let inner = extremes(element, false);
            let many = vec![inner[0].clone(); 500];
            inner.into_iter().chain([Value::Null]).map(|value| listed(vec![value])).chain([listed(many)]).collect()
        }
        ShapeKind::Map { value, .. } => {
            let inner = extremes(value, false).into_iter().chain([Value::Null]);
            inner.map(|value| Value::from([("", value.clone()), ("key", value)])).collect()
        }
        ShapeKind::Structure { .. } => Vec::new(),
    };
    extremes.push(Value::unknown());
    extremes
}

#[test]
fn every_attribute_bears_unknown_empty_and_huge_values() {
    let engine = engine();
    for resource in RESOURCES {
        for_each_position(resource.attributes, &|whole| whole, &mut |config| {
            let run = AssertUnwindSafe(|| {
                engine.validate_resource(resource.type_name, config, true);
                engine.plan(resource.type_name, &Value::Null, config, b"");
            });
            if let Err(panic) = std::panic::catch_unwind(run) {
                eprintln!("{} panics with {config}", resource.type_name);
                std::panic::resume_unwind(panic);
            }
        });
    }
}

/// Shows `visit` for each position of a type a text with something of another type there, in JSON and with all members of
/// objects, and the path to it.
fn for_each_mistype(r#type: &Type, path: &Path, around: &dyn Fn(Json) -> Json, visit: &mut dyn FnMut(&Json, &Path)) {
    let wrong = match r#type {
        Type::Bool => json!("text"),
        Type::Number => json!(true),
        Type::String => json!(7),
        Type::List(_) | Type::Set(_) => json!({}),
        Type::Map(_) | Type::Object(_) => json!([]),
    };
    visit(&around(wrong), path);
    match r#type {
        Type::Bool | Type::Number | Type::String => {}
        Type::List(element) => for_each_mistype(element, &path.index(0), &|inner| around(json!([inner])), visit),
        // Elements of sets have no address.
        Type::Set(element) => {
            for_each_mistype(element, &Path::root(), &|inner| around(json!([inner])), &mut |json, _| visit(json, path));
        }
        Type::Map(element) => {
            for_each_mistype(element, &path.key("key"), &|inner| around(json!({ "key": inner })), visit);
        }
        Type::Object(members) => {
            let nothing: Json = members.keys().map(|name| (name.clone(), Json::Null)).collect();
            for (name, member) in members {
                let here = |inner: Json| {
                    let mut whole = nothing.clone();
                    whole[name] = inner;
                    around(whole)
                };
                for_each_mistype(member, &path.then(name), &here, visit);
            }
        }
    }
}

/// As MessagePack writes it.
fn packed(json: &Json, bytes: &mut Vec<u8>) {
    let length = |length: usize| u32::try_from(length).expect("short");
    match json {
        Json::Null => encode::write_nil(bytes).expect("there is room"),
        Json::Bool(value) => encode::write_bool(bytes, *value).expect("there is room"),
        Json::Number(number) => {
            encode::write_sint(bytes, number.as_i64().expect("small")).map(|_| ()).expect("there is room")
        }
        Json::String(text) => encode::write_str(bytes, text).expect("there is room"),
        Json::Array(elements) => {
            encode::write_array_len(bytes, length(elements.len())).expect("there is room");
            elements.iter().for_each(|element| packed(element, bytes));
        }
        Json::Object(members) => {
            encode::write_map_len(bytes, length(members.len())).expect("there is room");
            for (name, member) in members {
                encode::write_str(bytes, name).expect("there is room");
                packed(member, bytes);
            }
        }
    }
}

#[test]
fn a_wrong_type_anywhere_in_a_schema_is_refused_with_its_path() {
    let engine = engine();
    let schemas = engine.schemas();
    let mut all: Vec<_> = schemas.resources.iter().chain(&schemas.data_sources).collect();
    all.push((&"the provider", &schemas.provider));
    for (name, schema) in all {
        let r#type = schema.block.object_type();
        for_each_mistype(&r#type, &Path::root(), &|whole| whole, &mut |json, path| {
            let mut bytes = Vec::new();
            packed(json, &mut bytes);
            let refusals = [msgpack::decode(&bytes, &r#type), wire::json::decode(json.to_string().as_bytes(), &r#type)];
            for refusal in refusals {
                assert_eq!(refusal.as_ref().map_err(|error| &error.path), Err(path), "{name}");
            }
        });
    }
}

#[test]
fn every_data_source_validates_random_configurations() {
    let engine = engine();
    for_each(
        QUERIES,
        |query| query.type_name,
        |query, rng| {
            engine.validate_data_source(query.type_name, &configuration(query.attributes, rng));
        },
    );
    for_each(
        RESOURCES,
        |resource| resource.type_name,
        |resource, rng| {
            engine.validate_data_source(resource.type_name, &configuration(resource.attributes, rng));
        },
    );
}

#[test]
fn random_states_are_upgraded_or_refused() {
    let engine = engine();
    for_each(
        RESOURCES,
        |resource| resource.type_name,
        |resource, rng| {
            let state = scrambled(&without_unknowns(&configuration(resource.attributes, rng)), rng);
            let stored = StoredState { state, version: rng.i64(0..2) };
            let source = format!("aws_{}", resource.type_name);
            engine.move_state(&source, stored.clone(), resource.type_name);
            let outcome = engine.upgrade(resource.type_name, stored);
            assert!(outcome.state.is_null() == outcome.diagnostics.has_error(), "either a state or a reason");
        },
    );
}

#[test]
fn malformed_ids_are_imported_or_refused() {
    let engine = engine();
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime needs nothing");
    let ids = [
        "",
        "/",
        "//",
        "@",
        "a@b",
        "a/b/c/d/e/f/g/h",
        "arn:",
        "arn:aws:sagemaker",
        "arn:aws:sagemaker:eu-west-1:1:x/",
        ",",
        "\u{0}",
        "é",
    ];
    for resource in RESOURCES {
        for id in ids {
            let outcome = runtime.block_on(engine.import(resource.type_name, ImportTarget::Id(id)));
            assert!(outcome.state.is_null() == outcome.diagnostics.has_error(), "{} by {id:?}", resource.type_name);
        }
    }
}

pub(crate) fn without_unknowns(value: &Value) -> Value {
    match value {
        Value::Unknown(_) => Value::Null,
        Value::List(elements) => Value::List(elements.iter().map(without_unknowns).collect()),
        Value::Map(members) => {
            Value::Map(members.iter().map(|(name, value)| (name.clone(), without_unknowns(value))).collect())
        }
        other => other.clone(),
    }
}

/// Some parts replaced by something of another type, as a state file that was edited by hand may have it.
pub(crate) fn scrambled(value: &Value, rng: &mut Rng) -> Value {
    if rng.u32(..30) == 0 {
        return match rng.u32(..5) {
            0 => true.into(),
            1 => 7.into(),
            2 => "text".into(),
            3 => Value::List(vec![Value::Null, Value::object()]),
            _ => Value::from([("other", 1.into())]),
        };
    }
    match value {
        Value::List(elements) => Value::List(elements.iter().map(|element| scrambled(element, rng)).collect()),
        Value::Map(members) => {
            Value::Map(members.iter().map(|(name, value)| (name.clone(), scrambled(value, rng))).collect())
        }
        other => other.clone(),
    }
}
