//! JSON to and from [`Value`]. Numbers stay exact.

use crate::value::{Map, Number, Value};

/// The text is no JSON, or has a number that cannot be handled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(super) struct NotJson(String);

/// Reads a JSON text.
pub(super) fn read(text: &[u8]) -> Result<Value, NotJson> {
    let parsed: serde_json::Value = serde_json::from_slice(text).map_err(|error| NotJson(error.to_string()))?;
    from_serde(parsed)
}

/// Writes a JSON text on one line.
pub(super) fn write(value: &Value) -> String {
    let mut text = String::new();
    write_to(value, &mut text);
    text
}

fn from_serde(value: serde_json::Value) -> Result<Value, NotJson> {
    Ok(match value {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(value) => Value::Bool(value),
        serde_json::Value::Number(number) => {
            Value::Number(number.to_string().parse::<Number>().map_err(|error| NotJson(error.to_string()))?)
        }
        serde_json::Value::String(text) => Value::String(text),
        serde_json::Value::Array(elements) => {
            Value::List(elements.into_iter().map(from_serde).collect::<Result<_, _>>()?)
        }
        serde_json::Value::Object(members) => Value::Map(
            members
                .into_iter()
                .map(|(name, member)| Ok((name, from_serde(member)?)))
                .collect::<Result<Map, NotJson>>()?,
        ),
    })
}

fn write_to(value: &Value, text: &mut String) {
    match value {
        Value::Null | Value::Unknown(_) => text.push_str("null"),
        Value::Bool(value) => text.push_str(if *value { "true" } else { "false" }),
        Value::Number(number) => text.push_str(&number.to_string()),
        Value::String(string) => write_string(string, text),
        Value::List(elements) => {
            text.push('[');
            for (index, element) in elements.iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                write_to(element, text);
            }
            text.push(']');
        }
        Value::Map(members) => {
            text.push('{');
            for (index, (name, member)) in members.iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                write_string(name, text);
                text.push(':');
                write_to(member, text);
            }
            text.push('}');
        }
    }
}

fn write_string(string: &str, text: &mut String) {
    text.push_str(&serde_json::Value::from(string).to_string());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_written_again() {
        let text = r#"{"a":[1,0.25,12345678901234567890],"b":{"c":"tab\t\"quoted\"","d":null},"e":true}"#;
        assert_eq!(write(&read(text.as_bytes()).unwrap()), text);
    }

    #[test]
    fn a_number_too_large_to_handle_is_refused() {
        assert!(read(b"[1e999999999]").is_err());
        assert!(read(b"{").is_err());
    }
}
