//! Converts values to and from JSON bodies. Numbers stay exact in both directions; null members are omitted.

use crate::value::{Map, Path, Value};

/// A value that has no JSON representation.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Unwritable {
    #[error("the input is not an object")]
    NoObject,
    #[error("the value of `{0}` is not known yet")]
    Unknown(Path),
    #[error("`{0}` is null, which no list can hold")]
    NullElement(Path),
}

/// The body of a request.
pub(super) fn write(input: &Value) -> Result<String, Unwritable> {
    let Value::Map(members) = input else { return Err(Unwritable::NoObject) };
    let mut body = String::new();
    write_object(&mut body, members, &Path::root())?;
    Ok(body)
}

/// The object in a reply's body. An empty body is an empty object.
pub(super) fn read(body: &[u8]) -> Result<Value, serde_json::Error> {
    if body.is_empty() {
        return Ok(Value::object());
    }
    let members: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(body)?;
    Value::try_from(serde_json::Value::Object(members)).map_err(serde::de::Error::custom)
}

fn write_value(body: &mut String, value: &Value, path: &Path) -> Result<(), Unwritable> {
    match value {
        Value::Null => body.push_str("null"),
        Value::Unknown(_) => return Err(Unwritable::Unknown(path.clone())),
        Value::Bool(value) => body.push_str(if *value { "true" } else { "false" }),
        Value::Number(number) => body.push_str(&number.to_string()),
        Value::String(text) => write_text(body, text),
        Value::List(elements) => write_list(body, elements, path)?,
        Value::Map(members) => write_object(body, members, path)?,
    }
    Ok(())
}

fn write_list(body: &mut String, elements: &[Value], path: &Path) -> Result<(), Unwritable> {
    body.push('[');
    for (index, element) in elements.iter().enumerate() {
        let path = path.index(index);
        if element.is_null() {
            return Err(Unwritable::NullElement(path));
        }
        if index > 0 {
            body.push(',');
        }
        write_value(body, element, &path)?;
    }
    body.push(']');
    Ok(())
}

fn write_object(body: &mut String, members: &Map, path: &Path) -> Result<(), Unwritable> {
    body.push('{');
    let start = body.len();
    for (name, member) in members.iter().filter(|(_, member)| !member.is_null()) {
        if body.len() > start {
            body.push(',');
        }
        write_text(body, name);
        body.push(':');
        write_value(body, member, &path.then(name))?;
    }
    body.push('}');
    Ok(())
}

fn write_text(body: &mut String, text: &str) {
    body.push_str(&serde_json::Value::from(text).to_string());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Value {
        Value::Number(text.parse().expect("a number"))
    }

    #[test]
    fn null_members_are_omitted_and_empty_ones_are_kept() {
        let input = Value::from([
            ("A", Value::Null),
            ("B", Value::List(vec![])),
            ("C", Value::from([("D", Value::Null)])),
            ("E", "".into()),
        ]);
        assert_eq!(write(&input).as_deref(), Ok(r#"{"B":[],"C":{},"E":""}"#));
    }

    #[test]
    fn strings_are_escaped_and_round_trip() {
        let input = Value::from([("A \"b\"", "line\nnext \u{1} \\ ü 🦀".into())]);
        let body = write(&input).expect("it can be written");
        assert_eq!(body, r#"{"A \"b\"":"line\nnext \u0001 \\ ü 🦀"}"#);
        assert_eq!(read(body.as_bytes()).expect("it can be read"), input);
    }

    #[test]
    fn numbers_keep_every_digit_in_both_directions() {
        for text in ["0", "-7", "9223372036854775807", "12345678901234567890", "0.1", "1.00000000000000000001"] {
            let input = Value::from([("N", number(text))]);
            let body = write(&input).expect("it can be written");
            assert_eq!(body, format!(r#"{{"N":{text}}}"#));
            assert_eq!(read(body.as_bytes()).expect("it can be read"), input);
        }
        assert_eq!(read(br#"{"N":1.79522486676E9}"#).expect("it can be read").get("N"), &number("1795224866.76"));
    }

    #[test]
    fn unknown_values_are_rejected_with_their_path() {
        let unknown = Value::from([("List", Value::List(vec![Value::from([("Member", Value::unknown())])]))]);
        assert_eq!(write(&unknown).expect_err("unknown").to_string(), "the value of `List[0].Member` is not known yet");
        let null = Value::from([("List", Value::List(vec!["a".into(), Value::Null]))]);
        assert_eq!(write(&null).expect_err("null").to_string(), "`List[1]` is null, which no list can hold");
        assert_eq!(write(&Value::Null), Err(Unwritable::NoObject));
    }

    #[test]
    fn a_body_other_than_an_object_is_an_error_and_an_empty_body_is_an_empty_object() {
        assert_eq!(read(b"").expect("nothing is fine"), Value::object());
        for body in [&b"<html>"[..], b"{\"A\":", b"{} {}", b"[1]", b"null", b"{\"N\":1e999999999}"] {
            assert!(read(body).is_err(), "{}", String::from_utf8_lossy(body));
        }
    }
}
