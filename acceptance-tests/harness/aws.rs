//! States as hashicorp/aws writes them, derived from ours: the same objects in their schema, with their ways of writing
//! what is unset.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use serde_json::{Map, Value as Json, json};

use super::workspace::{Workspace, repository};

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

/// A state file of ours in which some objects are theirs.
pub(crate) struct StateFile(Json);

impl StateFile {
    /// The state file of a workspace.
    pub(crate) fn read(workspace: &Workspace) -> Self {
        let text = fs::read(workspace.root().join("terraform.tfstate")).expect("something was applied");
        Self(serde_json::from_slice(&text).expect("a state file"))
    }

    /// Makes the objects of one resource of a module, given by type and name, theirs.
    pub(crate) fn hand_over(
        &mut self,
        module: &str,
        (resource_type, name): (&str, &str),
        schema: &Paths,
        dialect: Dialect,
    ) {
        let is_meant = |resource: &&mut Json| {
            is_in_module(resource, module) && resource["type"] == resource_type && resource["name"] == name
        };
        for resource in self.resources().iter_mut().filter(is_meant) {
            resource["type"] = format!("aws_{resource_type}").into();
            resource["provider"] = r#"provider["registry.terraform.io/hashicorp/aws"]"#.into();
            for instance in resource["instances"].as_array_mut().expect("a list of objects") {
                instance["attributes"] = object(&instance["attributes"], schema, "", dialect);
                instance["schema_version"] = 1.into();
                instance["sensitive_attributes"] = json!([]);
                if let Some(instance) = instance.as_object_mut() {
                    instance.remove("identity");
                    instance.remove("identity_schema_version");
                }
            }
        }
    }

    /// As Terraform reads it, without what is in other modules.
    pub(crate) fn of_modules(mut self, modules: &BTreeSet<String>) -> String {
        self.resources().retain(|resource| modules.iter().any(|module| is_in_module(resource, module)));
        self.0.to_string()
    }

    fn resources(&mut self) -> &mut Vec<Json> {
        self.0["resources"].as_array_mut().expect("a list of resources")
    }
}

fn is_in_module(resource: &Json, module: &str) -> bool {
    resource["module"] == format!("module.{module}")
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
