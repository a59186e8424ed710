//! Objects as hashicorp/aws writes them, derived from ours: the same values in their schema, with their ways of writing
//! what is unset.

use std::{collections::BTreeMap, fs};

use serde_json::{Map, Value as Json, json};

use super::workspace::repository;

/// By path (`vpc_config.subnets`), what stands there: `list of at most 1, settable`, `set(string), required`.
pub(crate) type Paths = BTreeMap<String, String>;

/// How an unset value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// As null, by resources on the newer plugin framework.
    Null,
    /// As zero, `false` or empty inside blocks, as null outside, by most others.
    ZeroInBlocks,
    /// As zero, `false` or empty, by those others where a refresh has found nothing.
    Zero,
}

pub(crate) const DIALECTS: &[Dialect] = &[Dialect::Null, Dialect::ZeroInBlocks, Dialect::Zero];

/// All resources of hashicorp/aws, by the name without `aws_sagemaker_`.
pub(crate) fn schemas() -> BTreeMap<String, Paths> {
    let file = repository().join("acceptance-tests/peer/schema.json");
    let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let mut resources: BTreeMap<String, Json> = serde_json::from_str(&text).expect("a table of resources");
    resources.remove("_source").expect("the version that it is of");
    let paths = |paths| serde_json::from_value(paths).expect("a table of paths");
    resources.into_iter().map(|(resource, found)| (resource, paths(found))).collect()
}

/// The schema of the resource that one of ours takes the place of.
pub(crate) fn schema_of(resource_type: &str) -> Option<Paths> {
    schemas().remove(resource_type.strip_prefix("sagemaker_")?)
}

/// The attributes of an object of ours, as a resource with this schema has them.
pub(crate) fn attributes(ours: &Json, schema: &Paths, dialect: Dialect) -> Json {
    object(ours, schema, "", dialect)
}

/// The values at the paths directly below `around`.
fn object(ours: &Json, schema: &Paths, around: &str, dialect: Dialect) -> Json {
    let mut object = Map::new();
    for (path, form) in schema {
        let inside = if around.is_empty() {
            Some(path.as_str())
        } else {
            path.strip_prefix(around).and_then(|rest| rest.strip_prefix('.'))
        };
        let Some(name) = inside.filter(|name| !name.contains('.')) else { continue };
        let value = match &ours[name] {
            Json::Array(elements) if form.contains(" of ") => {
                Json::Array(elements.iter().map(|element| self::object(element, schema, path, dialect)).collect())
            }
            Json::Null => nothing(form, around, dialect),
            value => value.clone(),
        };
        object.insert(name.to_owned(), value);
    }
    Json::Object(object)
}

fn nothing(form: &str, around: &str, dialect: Dialect) -> Json {
    let null = dialect == Dialect::Null || (dialect == Dialect::ZeroInBlocks && around.is_empty());
    match form.split([',', '(', ' ']).next() {
        Some("list" | "set") if form.contains(" of ") => json!([]),
        _ if null => Json::Null,
        Some("string") => "".into(),
        Some("number") => 0.into(),
        Some("bool") => false.into(),
        Some("map") => json!({}),
        Some("list" | "set") => json!([]),
        other => panic!("{other:?} is no form of a value"),
    }
}
