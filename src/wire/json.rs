//! The JSON form: states that any version of any provider wrote to a state file.
//!
//! Reads leniently: missing attributes are null, attributes not in the schema are ignored. JSON has no unknown values.

use serde_json::Value as Json;

use super::{Reason, WireError, composed, expected, kind, position::Position};
use crate::{
    schema::{Block, NestedBlock, Nesting, Type},
    value::{Number, Value},
};

/// Reads a value of type `type`.
pub fn decode(bytes: &[u8], r#type: &Type) -> Result<Value, WireError> {
    typed(parse(bytes)?, r#type, &Position::Root)
}

/// Reads the state of a resource of this schema. Absent lists and sets of blocks are empty, since they are never null.
pub fn state(bytes: &[u8], block: &Block) -> Result<Value, WireError> {
    body(parse(bytes)?, block, &Position::Root)
}

/// Reads any JSON without a schema: objects become maps, arrays lists.
pub fn untyped(bytes: &[u8]) -> Result<Value, WireError> {
    free(parse(bytes)?, &Position::Root)
}

/// Writes a value as type `type`. Objects must have exactly the members of their type.
pub fn encode(value: &Value, r#type: &Type) -> Result<Vec<u8>, WireError> {
    Ok(written(value, r#type, &Position::Root)?.to_string().into_bytes())
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

fn body(json: Json, block: &Block, place: &Position<'_>) -> Result<Value, WireError> {
    let mut members = match json {
        Json::Null => return Ok(Value::Null),
        Json::Object(members) => members,
        other => return Err(place.mismatch("an object", json_kind(&other))),
    };
    let mut value = Value::object();
    for attribute in &block.attributes {
        let json = members.remove(attribute.name).unwrap_or_default();
        value.insert(attribute.name, typed(json, &attribute.r#type, &Position::Attribute(place, attribute.name))?);
    }
    for nested in &block.blocks {
        let json = members.remove(nested.name).unwrap_or_default();
        value.insert(nested.name, bodies(json, nested, &Position::Attribute(place, nested.name))?);
    }
    Ok(value)
}

fn bodies(json: Json, nested: &NestedBlock, place: &Position<'_>) -> Result<Value, WireError> {
    match (nested.nesting, json) {
        (Nesting::Single, json) => body(json, &nested.block, place),
        (Nesting::List | Nesting::Set, Json::Null) => Ok(Value::List(Vec::new())),
        (Nesting::List, Json::Array(elements)) => elements
            .into_iter()
            .enumerate()
            .map(|(index, json)| body(json, &nested.block, &Position::Index(place, index)))
            .collect::<Result<_, _>>()
            .map(Value::List),
        (Nesting::Set, Json::Array(elements)) => elements
            .into_iter()
            .map(|json| body(json, &nested.block, &Position::Element(place)))
            .collect::<Result<_, _>>()
            .map(Value::set),
        (_, json) => Err(place.mismatch("a list of blocks", json_kind(&json))),
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

fn written(value: &Value, r#type: &Type, place: &Position<'_>) -> Result<Json, WireError> {
    match (r#type, value) {
        (_, Value::Null) => Ok(Json::Null),
        (_, Value::Unknown(_)) => Err(place.error(Reason::Unknown)),
        (Type::Bool, Value::Bool(value)) => Ok(Json::Bool(*value)),
        (Type::Number, Value::Number(number)) => {
            number.to_string().parse().map(Json::Number).map_err(|_| place.error(Reason::Number))
        }
        (Type::String, Value::String(text)) => Ok(Json::String(composed(text).into_owned())),
        (Type::List(element), Value::List(elements)) => elements
            .iter()
            .enumerate()
            .map(|(index, value)| written(value, element, &Position::Index(place, index)))
            .collect(),
        (Type::Set(element), Value::List(elements)) => {
            elements.iter().map(|value| written(value, element, &Position::Element(place))).collect()
        }
        (Type::Map(element), Value::Map(members)) => members
            .iter()
            .map(|(key, value)| Ok((composed(key).into_owned(), written(value, element, &Position::Key(place, key))?)))
            .collect::<Result<_, _>>()
            .map(Json::Object),
        (Type::Object(types), Value::Map(members)) => {
            if let Some(name) = members.keys().find(|name| !types.contains_key(*name)) {
                return Err(place.error(Reason::NotInSchema(name.clone())));
            }
            types
                .iter()
                .map(|(name, member)| {
                    let value = members.get(name).ok_or_else(|| place.error(Reason::Missing(name.clone())))?;
                    Ok((name.clone(), written(value, member, &Position::Attribute(place, name))?))
                })
                .collect::<Result<_, _>>()
                .map(Json::Object)
        }
        _ => Err(place.mismatch(expected(r#type), kind(value))),
    }
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
    use crate::{
        schema::{Attribute, Usage},
        wire::random::{any_type, value_of},
    };

    proptest! {
        #[test]
        fn any_known_value_of_any_type_round_trips(
            (r#type, value) in any_type().prop_flat_map(|r#type| (Just(r#type.clone()), value_of(&r#type, false)))
        ) {
            let bytes = encode(&value, &r#type).expect("the value is of that type");
            prop_assert_eq!(decode(&bytes, &r#type).expect("what we write we can read"), value);
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

    fn attribute(name: &'static str, r#type: Type) -> Attribute {
        Attribute {
            name,
            r#type,
            description: "",
            usage: Usage::Optional,
            sensitive: false,
            write_only: false,
            deprecated: None,
        }
    }

    fn nested(name: &'static str, nesting: Nesting, block: Block) -> NestedBlock {
        NestedBlock { name, nesting, block, min_items: 0, max_items: 0 }
    }

    fn schema() -> Block {
        let inner = Block {
            attributes: vec![attribute("size", Type::Number)],
            blocks: vec![nested("deep", Nesting::List, Block::default())],
            ..Block::default()
        };
        Block {
            attributes: vec![attribute("name", Type::String), attribute("names", Type::Set(Box::new(Type::String)))],
            blocks: vec![
                nested("variant", Nesting::List, inner.clone()),
                nested("rule", Nesting::Set, inner.clone()),
                nested("timeouts", Nesting::Single, inner),
            ],
            ..Block::default()
        }
    }

    #[test]
    fn missing_attributes_are_null_and_missing_blocks_are_empty() {
        let value = state(br#"{"variant": [{"size": 12345678901234567890}], "gone": {"x": 1}}"#, &schema());
        let expected = Value::from([
            ("name", Value::Null),
            ("names", Value::Null),
            (
                "variant",
                Value::List(vec![Value::from([
                    ("size", Value::Number("12345678901234567890".parse().expect("a number"))),
                    ("deep", Value::List(vec![])),
                ])]),
            ),
            ("rule", Value::List(vec![])),
            ("timeouts", Value::Null),
        ]);
        assert_eq!(value, Ok(expected));
    }

    #[test]
    fn a_state_is_of_the_type_of_its_schema() {
        let value =
            state(br#"{"names": ["b", "a", "b"], "rule": [{"size": 2}, {"size": 1}]}"#, &schema()).expect("read");
        assert!(schema().object_type().admits(&value));
        assert_eq!(value.get("names").to_string(), r#"["a", "b"]"#);
        assert_eq!(value.get("rule").at(0).get("size"), &Value::from(1));
    }

    #[test]
    fn a_state_of_null_is_no_object() {
        assert_eq!(state(b"null", &schema()), Ok(Value::Null));
    }

    #[test]
    fn errors_name_the_place_but_never_the_value() {
        let refusal = |text: &str| state(text.as_bytes(), &schema()).expect_err("refused").to_string();
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

    #[test]
    fn unknown_values_have_no_json() {
        assert_eq!(encode(&Value::unknown(), &Type::Bool).expect_err("refused").reason, Reason::Unknown);
    }
}
