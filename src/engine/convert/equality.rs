//! Whether two values of an attribute are equivalent, so that the configuration's spelling is kept.
//!
//! Compares values by the equality that the definition declares; knows nothing of complete resources.

use crate::{
    definition::{Attribute, AttributeKind, Equality, service::ShapeKind},
    engine::{
        common::patterns::admits,
        convert::{absence::is_none, policy::canonical, scalar::seconds},
    },
    schema::Usage,
    value::Value,
};

/// True if the desired value `one` and the actual value `two` are equivalent for `attribute`. Unknown is equivalent to
/// null.
pub(crate) fn same(attribute: &Attribute, one: &Value, two: &Value) -> bool {
    if one == two {
        return one.is_wholly_known();
    }
    match &attribute.kind {
        AttributeKind::Plain { shape, .. } if matches!(shape.kind, ShapeKind::Timestamp) => same_moment(one, two),
        AttributeKind::Plain { .. } => same_plain(attribute.equality, one, two),
        AttributeKind::Block { .. } | AttributeKind::Objects { .. } => same_elements(attribute.attributes(), one, two),
    }
}

fn same_plain(equality: Equality, one: &Value, two: &Value) -> bool {
    match (one, two) {
        (Value::String(one), Value::String(two)) => same_text(equality, one, two),
        (Value::Number(one), Value::Number(two)) => {
            equality == Equality::Float && (one.to_f64() as f32) == (two.to_f64() as f32)
        }
        // A null inside a value is never sent, so the service cannot return it.
        (Value::List(one), Value::List(two)) => {
            let known = |elements: &[Value]| elements.iter().filter(|element| !element.is_null()).cloned().collect();
            let (one, two): (Vec<Value>, Vec<Value>) = (known(one), known(two));
            let same = |(one, two): (&Value, &Value)| one == two || same_plain(equality, one, two);
            one.len() == two.len() && one.iter().zip(&two).all(same)
        }
        (Value::Map(one), Value::Map(two)) => {
            let same = |key| {
                let (one, two) = (one.get(key).unwrap_or(&Value::Null), two.get(key).unwrap_or(&Value::Null));
                one == two || same_plain(equality, one, two)
            };
            one.keys().chain(two.keys()).all(same)
        }
        _ => false,
    }
}

/// True if each of a few elements fits another one of many, in any order.
pub(crate) fn are_among(few: &[Value], many: &[Value], fits: impl Fn(&Value, &Value) -> bool) -> bool {
    let mut others: Vec<&Value> = many.iter().collect();
    few.iter().all(|element| match others.iter().position(|other| fits(element, other)) {
        Some(place) => {
            others.remove(place);
            true
        }
        None => false,
    })
}

/// Times may have any time zone.
fn same_moment(one: &Value, two: &Value) -> bool {
    let moment = |value: &Value| seconds(value.as_str()?);
    moment(one).is_some_and(|one| Some(one) == moment(two))
}

fn same_elements(attributes: &[Attribute], one: &Value, two: &Value) -> bool {
    match (one, two) {
        (Value::List(one), Value::List(two)) => {
            one.len() == two.len() && one.iter().zip(two).all(|(one, two)| same_object(attributes, one, two))
        }
        (Value::Map(_), Value::Map(_)) => same_object(attributes, one, two),
        _ => false,
    }
}

fn same_object(attributes: &[Attribute], one: &Value, two: &Value) -> bool {
    attributes.iter().all(|attribute| {
        let (one, two) = (one.get(attribute.name), two.get(attribute.name));
        // Terraform allows no computed values inside a list of objects: the service may choose what is unset there.
        let left_to_the_service = is_none(attribute, one) && attribute.usage == Usage::OptionalComputed;
        left_to_the_service || (one.is_zero() && two.is_zero()) || same(attribute, one, two)
    })
}

fn same_text(equality: Equality, one: &str, two: &str) -> bool {
    match equality {
        Equality::Exact | Equality::Float => one == two,
        Equality::IgnoreCase => one.eq_ignore_ascii_case(two),
        Equality::NameOrArn => one == two || ends_in_name(one, two) || ends_in_name(two, one),
        Equality::UnversionedArn => unversioned(one) == unversioned(two),
        Equality::VersionPrefix => is_version_prefix(one, two) || is_version_prefix(two, one),
        Equality::Json => json(one).is_some_and(|one| Some(one) == json(two)),
        Equality::MaybeJson => one == two || json(one).is_some_and(|one| Some(one) == json(two)),
        Equality::Policy => policy(one).is_some_and(|one| Some(one) == policy(two)),
    }
}

fn ends_in_name(arn: &str, name: &str) -> bool {
    // The service writes names in ARNs in lower case.
    arn.starts_with("arn:") && !name.contains([':', '/']) && name_of(arn).eq_ignore_ascii_case(name)
}

/// The ARN without the version that it may end in: `…:hub-content/hub/Model/name/1.2.3`.
fn unversioned(arn: &str) -> &str {
    let is_version = |end: &str| end.contains('.') && end.chars().all(|each| each.is_ascii_digit() || each == '.');
    arn.rsplit_once('/').filter(|(_, end)| is_version(end)).map_or(arn, |(start, _)| start)
}

/// The service's value in the form in which others refer to it and a configuration can hold it.
pub(crate) fn plain_form(attribute: &Attribute, value: Value) -> Value {
    match (attribute.equality, value) {
        (Equality::UnversionedArn, Value::String(arn)) if attribute.usage == Usage::Computed => {
            unversioned(&arn).into()
        }
        (Equality::NameOrArn, Value::String(text)) if !takes(attribute, &text) => name_of(&text).into(),
        (_, value) => value,
    }
}

fn takes(attribute: &Attribute, text: &str) -> bool {
    !matches!(&attribute.kind, AttributeKind::Plain { shape, .. } if !admits(shape, text))
}

fn name_of(arn: &str) -> &str {
    arn.rsplit(['/', ':']).next().unwrap_or_default()
}

fn is_version_prefix(short: &str, long: &str) -> bool {
    let short: Vec<&str> = short.split('.').collect();
    let long: Vec<&str> = long.split('.').collect();
    short.len() <= long.len() && short.iter().zip(&long).all(|(one, two)| one == two)
}

fn policy(text: &str) -> Option<serde_json::Value> {
    serde_json::from_str(text).ok().map(canonical)
}

fn json(text: &str) -> Option<serde_json::Value> {
    serde_json::from_str::<serde_json::Value>(text).ok().map(normalise)
}

/// Equal numbers get the same spelling: serde_json keeps the original one.
fn normalise(value: serde_json::Value) -> serde_json::Value {
    match value {
        serde_json::Value::Number(number) => match number.to_string().parse::<crate::value::Number>() {
            Ok(exact) => serde_json::Value::String(format!("number {exact}")),
            Err(_) => serde_json::Value::Number(number),
        },
        serde_json::Value::Array(elements) => elements.into_iter().map(normalise).collect(),
        serde_json::Value::Object(members) => {
            members.into_iter().map(|(name, member)| (name, normalise(member))).collect()
        }
        other => other,
    }
}

/// True if a text of this attribute has to be a JSON document.
pub(crate) fn is_document(attribute: &Attribute) -> bool {
    matches!(attribute.equality, Equality::Json | Equality::Policy)
        && matches!(&attribute.kind, AttributeKind::Plain { shape, .. } if matches!(shape.kind, ShapeKind::String { .. }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_compared_by_meaning() {
        let cases = [
            (Equality::Exact, "a", "A", false),
            (Equality::IgnoreCase, "a", "A", true),
            (Equality::NameOrArn, "arn:aws:sagemaker:eu-west-1:123456789012:model-package-group/cats", "cats", true),
            (Equality::NameOrArn, "arn:aws:sagemaker:eu-west-1:123456789012:model-package-group/cats", "dogs", false),
            (Equality::NameOrArn, "arn:aws:sagemaker:eu-west-1:123456789012:model-package-group/cats", "Cats", true),
            (
                Equality::UnversionedArn,
                "arn:aws:sagemaker:r:aws:hub-content/h/Model/m/1.2.3",
                "arn:aws:sagemaker:r:aws:hub-content/h/Model/m",
                true,
            ),
            (
                Equality::UnversionedArn,
                "arn:aws:sagemaker:r:aws:hub-content/h/Model/m/1.2.3",
                "arn:aws:sagemaker:r:aws:hub-content/h/Model/n",
                false,
            ),
            (Equality::VersionPrefix, "2.13", "2.13.2", true),
            (Equality::VersionPrefix, "2.1", "2.13.2", false),
            (Equality::Json, r#"{"a":1.0,"b":[true]}"#, r#"{ "b" : [true], "a" : 1 }"#, true),
            (Equality::Json, r#"{"a":[1,2]}"#, r#"{"a":[2,1]}"#, false),
            (Equality::Json, "not json", "not json either", false),
            (Equality::MaybeJson, r#"{"a": 1}"#, r#"{"a":1}"#, true),
            (Equality::MaybeJson, "{'a': 1}", "{'a': 1}", true),
            (Equality::MaybeJson, "{'a': 1}", "{'a': 2}", false),
            (
                Equality::Policy,
                r#"{"Statement":[{"Action":"a"}],"Version":"x"}"#,
                r#"{"Version":"x","Statement":{"Action":["a"]}}"#,
                true,
            ),
            (
                Equality::Policy,
                r#"{"Statement":[{"Action":["b","a"]}]}"#,
                r#"{"Statement":[{"Action":["a","b"]}]}"#,
                true,
            ),
            (Equality::Policy, r#"{"Statement":[{"Action":"a"}]}"#, r#"{"Statement":[{"Action":"b"}]}"#, false),
        ];
        for (equality, one, two, expected) in cases {
            assert_eq!(same_text(equality, one, two), expected, "{equality:?}: {one} and {two}");
            assert_eq!(same_text(equality, two, one), expected, "{equality:?}: {two} and {one}");
        }
    }

    #[test]
    fn floats_are_compared_as_the_service_rounds_them() {
        let number = |text: &str| Value::Number(text.parse().expect("a number"));
        assert!(same_plain(Equality::Float, &number("0.1"), &number("0.10000000149011612")));
        assert!(!same_plain(Equality::Float, &number("0.1"), &number("0.11")));
        assert!(!same_plain(Equality::Exact, &number("0.1"), &number("0.10000000149011612")));
    }
}
