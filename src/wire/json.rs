//! The JSON form: values of a type, and states that any version of any provider wrote to a state file.
//!
//! Read only, and leniently: missing attributes are null, attributes not in the schema are ignored. JSON has no unknown
//! values.

use serde_json::Value as Json;

use super::{Reason, WireError, composed, expected, position::Position};
use crate::{
    schema::Type,
    value::{Number, Value},
};

/// Reads a value of type `type`.
pub fn decode(bytes: &[u8], r#type: &Type) -> Result<Value, WireError> {
    typed(parse(bytes)?, r#type, &Position::Root)
}

/// Reads any JSON without a schema: objects become maps, arrays lists.
pub fn untyped(bytes: &[u8]) -> Result<Value, WireError> {
    free(parse(bytes)?, &Position::Root)
}

/// The parser limits the depth to 128, so the recursion over its result is bounded too.
fn parse(bytes: &[u8]) -> Result<Json, WireError> {
    serde_json::from_slice(bytes).map_err(|error| Position::Root.error(Reason::NotJson(error.to_string())))
}

fn typed(json: Json, r#type: &Type, place: &Position<'_>) -> Result<Value, WireError> {
    match (r#type, json) {
        (_, Json::Null) => Ok(Value::Null),
        (Type::Bool, Json::Bool(value)) => Ok(Value::Bool(value)),
        (Type::Number, Json::Number(number)) => exact(&number, place),
        // Some writers represent numbers beyond 64 bits as strings.
        (Type::Number, Json::String(text)) => text.parse().map(Value::Number).map_err(|_| place.error(Reason::Number)),
        (Type::String, Json::String(text)) => Ok(Value::String(composed(&text).into_owned())),
        (Type::List(element), Json::Array(elements)) => elements
            .into_iter()
            .enumerate()
            .map(|(index, json)| typed(json, element, &Position::Index(place, index)))
            .collect::<Result<_, _>>()
            .map(Value::List),
        (Type::Set(element), Json::Array(elements)) => elements
            .into_iter()
            .map(|json| typed(json, element, &Position::Element(place)))
            .collect::<Result<_, _>>()
            .map(Value::set),
        (Type::Map(element), Json::Object(members)) => members
            .into_iter()
            .map(|(key, json)| Ok((composed(&key).into_owned(), typed(json, element, &Position::Key(place, &key))?)))
            .collect::<Result<_, _>>()
            .map(Value::Map),
        (Type::Object(types), Json::Object(mut members)) => types
            .iter()
            .map(|(name, member)| {
                let json = members.remove(name).unwrap_or_default();
                Ok((name.clone(), typed(json, member, &Position::Attribute(place, name))?))
            })
            .collect::<Result<_, _>>()
            .map(Value::Map),
        (_, json) => Err(place.mismatch(expected(r#type), json_kind(&json))),
    }
}

fn free(json: Json, place: &Position<'_>) -> Result<Value, WireError> {
    match json {
        Json::Null => Ok(Value::Null),
        Json::Bool(value) => Ok(Value::Bool(value)),
        Json::Number(number) => exact(&number, place),
        Json::String(text) => Ok(Value::String(composed(&text).into_owned())),
        Json::Array(elements) => elements
            .into_iter()
            .enumerate()
            .map(|(index, json)| free(json, &Position::Index(place, index)))
            .collect::<Result<_, _>>()
            .map(Value::List),
        Json::Object(members) => members
            .into_iter()
            .map(|(key, json)| Ok((composed(&key).into_owned(), free(json, &Position::Attribute(place, &key))?)))
            .collect::<Result<_, _>>()
            .map(Value::Map),
    }
}

fn exact(number: &serde_json::Number, place: &Position<'_>) -> Result<Value, WireError> {
    number.as_str().parse::<Number>().map(Value::Number).map_err(|_| place.error(Reason::Number))
}

fn json_kind(json: &Json) -> &'static str {
    match json {
        Json::Null => "null",
        Json::Bool(_) => "a bool",
        Json::Number(_) => "a number",
        Json::String(_) => "a string",
        Json::Array(_) => "a list",
        Json::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::wire::random::{any_type, value_of};

    proptest! {
        #[test]
        fn any_known_value_of_any_type_is_read(
            (r#type, value) in any_type().prop_flat_map(|r#type| (Just(r#type.clone()), value_of(&r#type, false)))
        ) {
            let bytes = Json::from(&value).to_string().into_bytes();
            prop_assert_eq!(decode(&bytes, &r#type).expect("JSON can have any known value"), value);
            prop_assert!(untyped(&bytes).is_ok());
        }

        #[test]
        fn no_bytes_cause_a_panic(r#type in any_type(), bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = decode(&bytes, &r#type);
            let _ = untyped(&bytes);
        }

        #[test]
        fn no_text_that_resembles_json_causes_a_panic(r#type in any_type(), text in r#"[\[\]{}",:0-9eE.+\-a-z]{0,60}"#) {
            if let Ok(value) = decode(text.as_bytes(), &r#type) {
                prop_assert!(r#type.admits(&value));
            }
            let _ = untyped(text.as_bytes());
        }
    }

    #[test]
    fn errors_name_the_place_but_never_the_value() {
        let size = Type::Object([("size".to_owned(), Type::Number)].into());
        let [rules, variants] = [Type::Set(Box::new(size.clone())), Type::List(Box::new(size))];
        let r#type = Type::Object([("rule".to_owned(), rules), ("variant".to_owned(), variants)].into());
        let refusal = |text: &str| decode(text.as_bytes(), &r#type).expect_err("refused").to_string();
        assert_eq!(refusal(r#"{"variant": [{}, {"size": true}]}"#), "variant[1].size: expected a number, found a bool");
        assert_eq!(
            refusal(r#"{"variant": [{"size": "secret"}]}"#),
            "variant[0].size: not a number that can be handled exactly"
        );
        assert_eq!(refusal(r#"{"rule": [{"size": []}]}"#), "rule: expected a number, found a list");
        assert_eq!(refusal("{"), "not JSON: EOF while parsing an object at line 1 column 1");
        assert_eq!(refusal("[]"), "expected an object, found a list");
    }

    #[test]
    fn untyped_json_keeps_numbers_exact_and_text_composed() {
        let value = untyped("{\"n\": 0.10000000000000000001, \"t\": [\"e\u{301}\"]}".as_bytes()).expect("read");
        assert_eq!(value.to_string(), "{n = 0.10000000000000000001, t = [\"\u{e9}\"]}");
    }

    #[test]
    fn deep_json_is_rejected() {
        assert!(untyped("[".repeat(100_000).as_bytes()).is_err());
    }
}
