//! Random types and values for property tests.

use proptest::prelude::*;

use crate::{
    schema::Type,
    value::{Number, Unknown, Value},
};

/// A type of any shape, up to four levels deep.
pub(super) fn any_type() -> impl Strategy<Value = Type> {
    let leaf = prop_oneof![Just(Type::String), Just(Type::Number), Just(Type::Bool)];
    leaf.prop_recursive(4, 24, 5, |inner| {
        prop_oneof![
            inner.clone().prop_map(|element| Type::List(Box::new(element))),
            inner.clone().prop_map(|element| Type::Set(Box::new(element))),
            inner.clone().prop_map(|element| Type::Map(Box::new(element))),
            prop::collection::btree_map("[a-z_]{1,8}", inner, 0..5).prop_map(Type::Object),
        ]
    })
}

/// A value of this type, with nulls, and with unknown values if `unknown`.
pub(super) fn value_of(r#type: &Type, unknown: bool) -> BoxedStrategy<Value> {
    let known = known(r#type, unknown);
    match unknown {
        true => prop_oneof![6 => known, 1 => Just(Value::Null), 1 => any_unknown()].boxed(),
        false => prop_oneof![6 => known, 1 => Just(Value::Null)].boxed(),
    }
}

fn known(r#type: &Type, unknown: bool) -> BoxedStrategy<Value> {
    match r#type {
        Type::String => any_text().prop_map(Value::String).boxed(),
        Type::Number => any_number().prop_map(Value::Number).boxed(),
        Type::Bool => any::<bool>().prop_map(Value::Bool).boxed(),
        Type::List(element) => prop::collection::vec(value_of(element, unknown), 0..4).prop_map(Value::List).boxed(),
        Type::Set(element) => prop::collection::vec(value_of(element, unknown), 0..4).prop_map(Value::set).boxed(),
        Type::Map(element) => {
            prop::collection::btree_map(any_text(), value_of(element, unknown), 0..4).prop_map(Value::Map).boxed()
        }
        Type::Object(members) => members
            .iter()
            .map(|(name, member)| (Just(name.clone()), value_of(member, unknown)))
            .collect::<Vec<_>>()
            .prop_map(|members| Value::Map(members.into_iter().collect()))
            .boxed(),
    }
}

fn any_unknown() -> impl Strategy<Value = Value> {
    prop_oneof![Just(Vec::new()), prop::collection::vec(any::<u8>(), 1..40)]
        .prop_map(|promises| Value::Unknown(Unknown(promises)))
}

/// Any string in composed form, often short.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-c]{0,2}", "\\PC{0,40}", ".{0,400}"].prop_map(|text| super::composed(&text).into_owned())
}

fn any_number() -> impl Strategy<Value = Number> {
    prop_oneof![
        any::<i64>().prop_map(Number::from),
        any::<u64>().prop_map(Number::from),
        any::<f64>().prop_filter_map("finite", Number::from_f64),
        "-?[0-9]{1,40}(\\.[0-9]{1,40})?(e-?[0-9]{1,2})?".prop_map(|text| text.parse().expect("a number")),
    ]
}
