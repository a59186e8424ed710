//! Scalars, and lists and maps of scalars, between Terraform's form and the API's, typed by the service model.

use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::{
    definition::service::{DOCUMENT, Shape, ShapeKind, TAG_MAP},
    engine::convert::tags,
    value::{Number, Value},
};

/// A Terraform value in the service's form.
pub(crate) fn to_service(shape: &Shape, value: &Value) -> Value {
    match (&shape.kind, value) {
        (ShapeKind::Timestamp, Value::String(text)) => seconds(text).map_or(Value::Null, Value::Number),
        (ShapeKind::List { element, .. }, Value::List(elements)) => Value::List(
            elements.iter().filter(|value| !value.is_null()).map(|value| to_service(element, value)).collect(),
        ),
        (ShapeKind::Map { value: shape, .. }, Value::Map(entries)) => Value::Map(
            entries
                .iter()
                .filter(|(_, value)| !value.is_null())
                .map(|(key, value)| (key.clone(), to_service(shape, value)))
                .collect(),
        ),
        _ => value.clone(),
    }
}

/// A value of the service in Terraform's form; null if its type is not that of the model.
pub(crate) fn from_service(shape: &Shape, set: bool, value: &Value) -> Value {
    match (&shape.kind, value) {
        (_, value) if std::ptr::eq(shape, &DOCUMENT) => document(value),
        (_, tags @ Value::List(_)) if std::ptr::eq(shape, &TAG_MAP) => Value::Map(tags::by_key(tags)),
        (ShapeKind::String { .. }, Value::String(_))
        | (ShapeKind::Integer { .. } | ShapeKind::Float { .. }, Value::Number(_))
        | (ShapeKind::Boolean, Value::Bool(_)) => value.clone(),
        (ShapeKind::String { .. }, Value::Number(number)) => number.to_string().into(),
        (ShapeKind::String { .. }, Value::Bool(value)) => value.to_string().into(),
        (ShapeKind::Integer { .. } | ShapeKind::Float { .. }, Value::String(text)) => {
            text.parse::<Number>().map_or(Value::Null, Value::Number)
        }
        (ShapeKind::Timestamp, Value::Number(seconds)) => timestamp(seconds),
        (ShapeKind::Timestamp, Value::String(text)) => text.as_str().into(),
        (ShapeKind::List { element, .. }, Value::List(elements)) => {
            let elements = elements.iter().map(|value| from_service(element, false, value)).collect();
            if set { Value::set(elements) } else { Value::List(elements) }
        }
        (ShapeKind::Map { value: shape, .. }, Value::Map(entries)) => {
            Value::Map(entries.iter().map(|(key, value)| (key.clone(), from_service(shape, false, value))).collect())
        }
        _ => Value::Null,
    }
}

/// A structure as its JSON text, with the names of the API.
fn document(value: &Value) -> Value {
    if value.is_null() { Value::Null } else { serde_json::Value::from(value).to_string().into() }
}

/// Seconds since 1970 as RFC 3339 text in UTC, to the millisecond as the service counts.
fn timestamp(seconds: &Number) -> Value {
    let milliseconds = (seconds.to_f64() * 1_000.0).round();
    let nanoseconds = (milliseconds as i128).checked_mul(1_000_000);
    nanoseconds
        .and_then(|nanoseconds| OffsetDateTime::from_unix_timestamp_nanos(nanoseconds).ok())
        .and_then(|moment| moment.format(&Rfc3339).ok())
        .map_or(Value::Null, Value::String)
}

/// RFC 3339 text as seconds since 1970.
pub(crate) fn seconds(text: &str) -> Option<Number> {
    let moment = OffsetDateTime::parse(text, &Rfc3339).ok()?;
    Number::from_f64(moment.unix_timestamp_nanos() as f64 / 1e9)
}
