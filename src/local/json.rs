//! JSON texts to and from [`Value`]. Numbers stay exact.

use crate::value::Value;

/// The text is no JSON, or has a number that cannot be handled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(super) struct NotJson(String);

/// Reads a JSON text.
pub(super) fn read(text: &[u8]) -> Result<Value, NotJson> {
    let parsed: serde_json::Value = serde_json::from_slice(text).map_err(|error| NotJson(error.to_string()))?;
    Value::try_from(parsed).map_err(|error| NotJson(error.to_string()))
}

/// Writes a JSON text on one line.
pub(super) fn write(value: &Value) -> String {
    serde_json::Value::from(value).to_string()
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
