//! States as hashicorp/aws writes them, made from ours: the same object in their schema and with their habits.

use std::{collections::BTreeMap, fs};

use serde_json::{Map, Value as Json, json};

use super::workspace::repository;

/// By path (`vpc_config.subnets`), what stands there: `list of at most 1, settable`, `set(string), required`.
pub(crate) type Paths = BTreeMap<String, String>;

/// How an unset value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Habit {
    /// As null, by resources on the newer plugin framework.
    Null,
    /// As zero, `false` or empty inside blocks, as null outside, by most others.
    ZeroInBlocks,
    /// As zero, `false` or empty, by those others where a refresh has found nothing.
    Zero,
}

pub(crate) const HABITS: &[Habit] = &[Habit::Null, Habit::ZeroInBlocks, Habit::Zero];

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

/// A state file of ours in which the objects of one resource, given by type and name, are theirs.
pub(crate) fn state(ours: &str, (resource_type, name): (&str, &str), schema: &Paths, habit: Habit) -> String {
    let mut state: Json = serde_json::from_str(ours).expect("a state file");
    let resources = state["resources"].as_array_mut().expect("a list of resources");
    let is_meant = |resource: &&mut Json| resource["type"] == resource_type && resource["name"] == name;
    for resource in resources.iter_mut().filter(is_meant) {
        resource["type"] = format!("aws_{resource_type}").into();
        resource["provider"] = r#"provider["registry.terraform.io/hashicorp/aws"]"#.into();
        for instance in resource["instances"].as_array_mut().expect("a list of objects") {
            instance["attributes"] = object(&instance["attributes"], schema, "", habit);
            instance["schema_version"] = 1.into();
            instance["sensitive_attributes"] = json!([]);
            if let Some(instance) = instance.as_object_mut() {
                instance.remove("identity");
                instance.remove("identity_schema_version");
            }
        }
    }
    state.to_string()
}

/// The values at the paths directly below `around`.
fn object(ours: &Json, schema: &Paths, around: &str, habit: Habit) -> Json {
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
                Json::Array(elements.iter().map(|element| self::object(element, schema, path, habit)).collect())
            }
            Json::Null => nothing(form, around, habit),
            value => value.clone(),
        };
        object.insert(name.to_owned(), value);
    }
    Json::Object(object)
}

fn nothing(form: &str, around: &str, habit: Habit) -> Json {
    let null = habit == Habit::Null || (habit == Habit::ZeroInBlocks && around.is_empty());
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
