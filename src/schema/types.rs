//! The types of values.

use std::collections::BTreeMap;

use crate::value::Value;

/// The type of a value. Terraform's dynamic pseudo-type is omitted: no schema here uses it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// Text in Unicode.
    String,
    /// A decimal number of any size.
    Number,
    /// True or false.
    Bool,
    /// Ordered elements of one type.
    List(Box<Type>),
    /// Distinct elements of one type.
    Set(Box<Type>),
    /// Elements of one type by keys that the user chooses.
    Map(Box<Type>),
    /// Members of different types by fixed names.
    Object(BTreeMap<String, Type>),
}

impl Type {
    /// The type as the protocol writes it: `"string"`, `["list","number"]`, `["object",{"a":"bool"}]`.
    pub fn to_json(&self) -> String {
        match self {
            Self::String => "\"string\"".to_owned(),
            Self::Number => "\"number\"".to_owned(),
            Self::Bool => "\"bool\"".to_owned(),
            Self::List(element) => format!("[\"list\",{}]", element.to_json()),
            Self::Set(element) => format!("[\"set\",{}]", element.to_json()),
            Self::Map(element) => format!("[\"map\",{}]", element.to_json()),
            Self::Object(members) => {
                let members: Vec<String> =
                    members.iter().map(|(name, member)| format!("\"{name}\":{}", member.to_json())).collect();
                format!("[\"object\",{{{}}}]", members.join(","))
            }
        }
    }

    /// True if `value` conforms to this type. Null and unknown conform to every type.
    pub fn admits(&self, value: &Value) -> bool {
        match (self, value) {
            (_, Value::Null | Value::Unknown(_))
            | (Self::String, Value::String(_))
            | (Self::Number, Value::Number(_))
            | (Self::Bool, Value::Bool(_)) => true,
            (Self::List(element) | Self::Set(element), Value::List(elements)) => {
                elements.iter().all(|value| element.admits(value))
            }
            (Self::Map(element), Value::Map(members)) => members.values().all(|value| element.admits(value)),
            (Self::Object(types), Value::Map(members)) => {
                types.len() == members.len()
                    && types.iter().all(|(name, member)| members.get(name).is_some_and(|value| member.admits(value)))
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_written_as_the_protocol_requires() {
        let object = Type::Object([("a".to_owned(), Type::Bool), ("b".to_owned(), Type::String)].into());
        assert_eq!(
            Type::Map(Box::new(Type::Set(Box::new(object)))).to_json(),
            r#"["map",["set",["object",{"a":"bool","b":"string"}]]]"#
        );
    }

    #[test]
    fn an_object_admits_exactly_its_members() {
        let object = Type::Object([("a".to_owned(), Type::Bool)].into());
        assert!(object.admits(&Value::from([("a", Value::unknown())])));
        assert!(!object.admits(&Value::object()));
        assert!(!object.admits(&Value::from([("a", "x".into())])));
        assert!(!object.admits(&Value::from([("a", true.into()), ("b", true.into())])));
    }
}
