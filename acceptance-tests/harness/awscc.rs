//! Objects as hashicorp/awscc writes them: the properties of AWS Cloud Control, whose names are those of the API in snake
//! case, with `id` made of the identifier of the type.

use std::{collections::BTreeMap, fs};

use serde::Deserialize;
use serde_json::{Map, Value as Json};

use super::workspace::repository;

/// A resource type, as `acceptance-tests/peer/awscc.json` describes it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Properties {
    /// Ours, if it has another name than theirs.
    moves_to: Option<String>,
    /// The properties that identify an object: `Arn`, or `Device/DeviceName` if it is inside another one.
    identifier: Vec<String>,
    /// What a read returns.
    properties: Vec<String>,
}

/// Their resource types for one of ours, without `awscc_`.
pub(crate) fn types_of(resource_type: &str) -> BTreeMap<String, Properties> {
    let mut types = types();
    types.retain(|name, one| one.moves_to.as_deref().unwrap_or(name) == resource_type);
    types
}

/// All their resource types that are about SageMaker, without `awscc_`.
pub(crate) fn types() -> BTreeMap<String, Properties> {
    let file = repository().join("acceptance-tests/peer/awscc.json");
    let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let mut all: BTreeMap<String, Json> = serde_json::from_str(&text).expect("a table of resource types");
    all.remove("_source").expect("the version that it is of");
    let properties = |json| serde_json::from_value(json).expect("a resource type");
    all.into_iter().map(|(name, json)| (name, properties(json))).collect()
}

impl Properties {
    /// The type of ours that takes the place of `name`.
    pub(crate) fn ours<'a>(&'a self, name: &'a str) -> &'a str {
        self.moves_to.as_deref().unwrap_or(name)
    }

    /// The names of the properties, as users write them.
    pub(crate) fn names(&self) -> impl Iterator<Item = String> {
        self.properties.iter().map(|property| snake(property))
    }

    /// True if their type can have an object that the service describes as `body`: it has all of the identifier.
    pub(crate) fn can_have(&self, body: &Json) -> bool {
        let is_there = |path: &String| {
            let member = path.split('/').next_back().unwrap_or_default();
            member.ends_with("Arn") || !body[member].is_null()
        };
        self.identifier.iter().all(is_there)
    }

    /// The attributes of an object that the service describes as `body`, whose attributes with us are `ours`.
    pub(crate) fn attributes(&self, body: &Json, ours: &Json) -> Json {
        let values: BTreeMap<&String, Json> =
            self.properties.iter().map(|property| (property, self.value(property, body, ours))).collect();
        let identifier = |path: &String| {
            let (property, inner) = path.split_once('/').map_or((path.as_str(), None), |(it, inner)| (it, Some(inner)));
            let value = values.iter().find(|(name, _)| **name == property).map(|(_, value)| value);
            let value = value.map(|value| inner.map_or(value, |inner| &value[inner]));
            value.and_then(Json::as_str).unwrap_or_default().to_owned()
        };
        let id = self.identifier.iter().map(identifier).collect::<Vec<String>>().join("|");
        let mut attributes = Map::from_iter([("id".to_owned(), id.into())]);
        attributes.extend(values.into_iter().map(|(property, value)| (snake(property), in_snake(&value))));
        Json::Object(attributes)
    }

    fn value(&self, property: &str, body: &Json, ours: &Json) -> Json {
        let inner: Map<String, Json> = self
            .identifier
            .iter()
            .filter_map(|path| path.strip_prefix(property)?.strip_prefix('/'))
            .map(|inner| (inner.to_owned(), body[inner].clone()))
            .collect();
        match &body[property] {
            Json::Null if !inner.is_empty() => Json::Object(inner),
            // Cloud Control calls the ARN of some types by another name.
            Json::Null if property.ends_with("Arn") && self.identifier.iter().any(|it| it == property) => {
                ours["arn"].clone()
            }
            value => value.clone(),
        }
    }
}

fn in_snake(value: &Json) -> Json {
    match value {
        Json::Array(elements) => elements.iter().map(in_snake).collect(),
        Json::Object(members) => members.iter().map(|(name, value)| (snake(name), in_snake(value))).collect(),
        value => value.clone(),
    }
}

/// `VPCConfig` → `vpc_config`.
fn snake(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut snake = String::new();
    for (place, letter) in letters.iter().enumerate() {
        let before = place.checked_sub(1).map(|before| letters[before]);
        let follows_word = before.is_some_and(|before| !before.is_uppercase());
        let starts_word = before.is_some() && letters.get(place + 1).is_some_and(|next| next.is_lowercase());
        if letter.is_uppercase() && (follows_word || starts_word) {
            snake.push('_');
        }
        snake.extend(letter.to_lowercase());
    }
    snake
}
