//! Values as trees of JSON and back. Numbers stay exact in both directions.

use serde_json::Value as Json;

use super::{Value, number::InvalidNumber};

impl TryFrom<Json> for Value {
    type Error = InvalidNumber;

    fn try_from(json: Json) -> Result<Self, InvalidNumber> {
        Ok(match json {
            Json::Null => Self::Null,
            Json::Bool(value) => Self::Bool(value),
            Json::Number(number) => Self::Number(number.as_str().parse()?),
            Json::String(text) => Self::String(text),
            Json::Array(elements) => Self::List(elements.into_iter().map(Self::try_from).collect::<Result<_, _>>()?),
            Json::Object(members) => Self::Map(
                members.into_iter().map(|(name, member)| Ok((name, member.try_into()?))).collect::<Result<_, _>>()?,
            ),
        })
    }
}

/// JSON has no unknown values: they become null.
impl From<&Value> for Json {
    fn from(value: &Value) -> Self {
        match value {
            Value::Null | Value::Unknown(_) => Self::Null,
            Value::Bool(value) => (*value).into(),
            Value::Number(number) => number.to_string().parse().map_or(Self::Null, Self::Number),
            Value::String(text) => text.as_str().into(),
            Value::List(elements) => elements.iter().map(Self::from).collect(),
            Value::Map(members) => members.iter().map(|(name, member)| (name.clone(), Self::from(member))).collect(),
        }
    }
}
