//! Values that mean none, and those that only look so.

use super::{Path, RESOURCES, for_each_argument, steps, validate};
use crate::{
    definition::{Attribute, AttributeKind, Change, Clearing, Origin, service::ShapeKind},
    engine::tests::steps::Prior,
    value::Value,
};

/// The value of the argument in a structure that has nothing else.
fn alone(attribute: &Attribute, value: Value) -> Value {
    Value::from([(attribute.name, value)])
}

#[test]
fn zero_is_a_change_where_the_default_is_another_value() {
    let mut tried = 0;
    for resource in RESOURCES {
        for_each_argument(resource.attributes, &Path::root(), &|whole| whole, &mut |attribute, path, _| {
            let Some(default) = attribute.default.map(|default| default.value()).filter(|default| !default.is_zero())
            else {
                return;
            };
            let zero = match default {
                Value::Bool(_) => false.into(),
                Value::Number(_) => 0.into(),
                _ => return,
            };
            tried += 1;
            for (before, after) in [(&default, &zero), (&zero, &default)] {
                let [before, after] = [before, after].map(|value| alone(attribute, value.clone()));
                let found =
                    steps::differences(std::slice::from_ref(attribute), &before, &after, steps::Provenance::Applied);
                let is_change = |one: &&steps::Difference| !one.idle;
                assert_eq!(found.iter().filter(is_change).count(), 1, "{} {path}", resource.type_name);
            }
        });
    }
    assert!(tried > 5, "only {tried} defaults were tried");
}

#[test]
fn an_empty_text_stays_where_the_service_shows_the_text_for_none() {
    let mut tried = 0;
    for resource in RESOURCES {
        for_each_argument(resource.attributes, &Path::root(), &|whole| whole, &mut |attribute, path, _| {
            let (Clearing::Value(none), Some(member)) = (attribute.clearing, attribute.read_member()) else { return };
            if member.contains('.') || !attribute.observed || !matches!(attribute.kind, AttributeKind::Plain { .. }) {
                return;
            }
            tried += 1;
            let reply = Value::from([(member, none.into())]);
            for written in [Value::from(""), Value::Null, none.into()] {
                let prior = alone(attribute, written.clone());
                let shown = steps::observe(std::slice::from_ref(attribute), &reply, Prior::State(&prior));
                assert_eq!(shown.get(attribute.name), &written, "{} {path}", resource.type_name);
            }
        });
    }
    assert!(tried > 10, "only {tried} arguments were tried");
}

#[test]
fn keys_of_tags_that_aws_reserves_are_refused() {
    let mut tried = 0;
    for resource in RESOURCES {
        for_each_argument(resource.attributes, &Path::root(), &|whole| whole, &mut |attribute, path, with| {
            if attribute.origin != Origin::Tags {
                return;
            }
            tried += 1;
            for (key, is_refused) in [("aws:x", true), ("AWS:x", true), ("aws", false), ("team:aws:x", false)] {
                let found = validate(resource, &with(Value::from([(key, "1".into())])), false);
                let refused = found.iter().any(|one| one.detail.contains("must not begin with `aws:`"));
                assert_eq!(refused, is_refused, "{} {path}: {key}", resource.type_name);
            }
        });
    }
    assert!(tried > 40, "only {tried} resources have tags");
}

#[test]
fn a_map_of_empty_texts_is_a_value() {
    let mut tried = 0;
    for resource in RESOURCES {
        for_each_argument(resource.attributes, &Path::root(), &|whole| whole, &mut |attribute, path, _| {
            let AttributeKind::Plain { shape, .. } = &attribute.kind else { return };
            let ShapeKind::Map { value, .. } = &shape.kind else { return };
            if !matches!(value.kind, ShapeKind::String { .. }) || attribute.change == Change::SendOnly {
                return;
            }
            tried += 1;
            let named = alone(attribute, Value::from([("key", "".into())]));
            let none = alone(attribute, Value::object());
            for (before, after) in [(&none, &named), (&named, &none)] {
                let found =
                    steps::differences(std::slice::from_ref(attribute), before, after, steps::Provenance::Applied);
                let is_change = |one: &&steps::Difference| !one.idle;
                assert_eq!(found.iter().filter(is_change).count(), 1, "{} {path}", resource.type_name);
            }
        });
    }
    assert!(tried > 20, "only {tried} maps were tried");
}
