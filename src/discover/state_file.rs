//! What Terraform states manage: their objects of SageMaker, whichever provider manages them.

use std::{
    collections::BTreeSet,
    fs,
    io::{self, Read},
};

use serde::Deserialize;
use serde_json::Value as Json;

use super::error::DiscoverError;
use crate::{
    arn::Arn,
    engine::{Provider, StoredState, taking_over},
    value::Value,
};

/// The only version of states since Terraform 0.12.
const VERSION: u64 = 4;

/// An object in a state.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Managed {
    /// The resource type of this provider.
    pub(super) type_name: String,
    pub(super) id: String,
    /// Empty if the state does not say it.
    pub(super) region: String,
    /// `module.a.sagemaker_model.b["c"]`.
    pub(super) address: String,
}

/// A resource of another provider in a state.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Foreign {
    /// `module.a.module.b`, without the keys of instances; empty for the root module.
    pub(super) module: String,
    /// `aws_sagemaker_model`.
    pub(super) type_name: String,
    pub(super) name: String,
}

/// The state of a resource of another provider's type as one of this provider's type, the last argument.
type Moved<'a> = &'a dyn Fn(&str, Value, &str) -> Value;

#[derive(Deserialize)]
struct State {
    version: u64,
    #[serde(default)]
    resources: Vec<Resource>,
}

#[derive(Deserialize)]
struct Resource {
    #[serde(default)]
    module: Option<String>,
    mode: String,
    r#type: String,
    name: String,
    #[serde(default)]
    instances: Vec<Instance>,
}

#[derive(Deserialize)]
struct Instance {
    #[serde(default)]
    index_key: Option<Json>,
    #[serde(default)]
    attributes: serde_json::Map<String, Json>,
}

/// The objects of all states, under the types and ids of this provider.
pub(super) fn managed(files: &[String], provider: &dyn Provider) -> Result<BTreeSet<Managed>, DiscoverError> {
    of_all(files, |text| objects(text, &|source, state, target| moved(provider, source, state, target)))
}

/// What other providers manage of SageMaker in all states.
pub(super) fn foreign(files: &[String]) -> Result<BTreeSet<Foreign>, DiscoverError> {
    of_all(files, foreign_resources)
}

fn of_all<T: Ord>(
    files: &[String],
    read_from: impl Fn(&str) -> Result<Vec<T>, String>,
) -> Result<BTreeSet<T>, DiscoverError> {
    let mut all = BTreeSet::new();
    for file in files {
        let fault = |reason: String| DiscoverError::State { file: file.clone(), reason };
        let text = read(file).map_err(|error| fault(error.to_string()))?;
        all.extend(read_from(&text).map_err(fault)?);
    }
    Ok(all)
}

fn read(file: &str) -> io::Result<String> {
    if file != "-" {
        return fs::read_to_string(file);
    }
    let mut text = String::new();
    io::stdin().read_to_string(&mut text)?;
    Ok(text)
}

fn objects(text: &str, moved: Moved<'_>) -> Result<Vec<Managed>, String> {
    let resources = resources(text)?;
    let all = resources.iter().flat_map(|resource| resource.instances.iter().map(move |instance| (resource, instance)));
    Ok(all.filter_map(|(resource, instance)| object(resource, instance, moved)).collect())
}

fn foreign_resources(text: &str) -> Result<Vec<Foreign>, String> {
    let is_foreign = |resource: &Resource| {
        let theirs = ["aws_", "awscc_"].iter().find_map(|provider| resource.r#type.strip_prefix(provider));
        theirs.is_some_and(|type_name| type_name.starts_with("sagemaker_"))
    };
    let foreign = |resource: Resource| Foreign {
        module: without_keys(resource.module.as_deref().unwrap_or_default()),
        type_name: resource.r#type,
        name: resource.name,
    };
    Ok(resources(text)?.into_iter().filter(is_foreign).map(foreign).collect())
}

/// The managed resources of a state.
fn resources(text: &str) -> Result<Vec<Resource>, String> {
    let mut state: State = serde_json::from_str(text)
        .map_err(|error| format!("it is no state of Terraform ({error}); `terraform state pull` prints one"))?;
    if state.version != VERSION {
        return Err(format!(
            "it has version {}, and version {VERSION} is read; `terraform state pull` prints it",
            state.version
        ));
    }
    state.resources.retain(|resource| resource.mode == "managed");
    Ok(state.resources)
}

/// `module.a["x"].module.b[0]` → `module.a.module.b`.
fn without_keys(module: &str) -> String {
    let (mut path, mut is_key, mut is_text, mut is_escaped) = (String::new(), false, false, false);
    for letter in module.chars() {
        match letter {
            '[' if !is_key => is_key = true,
            ']' if is_key && !is_text => is_key = false,
            '"' if is_key && !is_escaped => is_text = !is_text,
            _ if !is_key => path.push(letter),
            _ => {}
        }
        is_escaped = letter == '\\' && !is_escaped;
    }
    path
}

/// The object of an instance; `None` if it is none that this provider could manage.
fn object(resource: &Resource, instance: &Instance, moved: Moved<'_>) -> Option<Managed> {
    let attributes = Value::try_from(Json::Object(instance.attributes.clone())).ok()?;
    let is_ours = resource.r#type.starts_with("sagemaker_");
    let type_name = if is_ours { &resource.r#type } else { taking_over(&resource.r#type)? };
    let state = if is_ours { attributes } else { moved(&resource.r#type, attributes, type_name) };
    let text = |name: &str| state.get(name).as_str().unwrap_or_default();
    let module = resource.module.as_ref().map(|module| format!("{module}.")).unwrap_or_default();
    let key = instance.index_key.as_ref().map(|key| format!("[{key}]")).unwrap_or_default();
    let region =
        if text("region").is_empty() { Arn::region_of(text("arn")).unwrap_or_default() } else { text("region") };
    Some(Managed {
        type_name: type_name.to_owned(),
        id: text("id").to_owned(),
        region: region.to_owned(),
        address: format!("{module}{}.{}{key}", resource.r#type, resource.name),
    })
}

/// The state as it would move to this provider, whose ids differ from those of hashicorp/awscc; the state itself if it
/// cannot be moved.
fn moved(provider: &dyn Provider, source_type: &str, attributes: Value, type_name: &str) -> Value {
    let source = StoredState { state: attributes.clone(), version: 0 };
    let moved = provider.move_state(source_type, source, type_name).state;
    if moved.get("id").as_str().is_some() { moved } else { attributes }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_of_all_providers_are_found() {
        let text = r#"{"version": 4, "resources": [
            {"mode": "managed", "type": "sagemaker_model", "name": "m", "module": "module.a", "instances": [
                {"index_key": "x", "attributes": {"id": "one", "region": "eu-west-1"}}]},
            {"mode": "managed", "type": "aws_sagemaker_model", "name": "n", "instances": [
                {"attributes": {"id": "two", "arn": "arn:aws:sagemaker:us-east-1:123456789012:model/two"}}]},
            {"mode": "managed", "type": "awscc_sagemaker_model", "name": "o", "instances": [
                {"attributes": {"id": "arn:aws:sagemaker:eu-west-1:123456789012:model/three"}}]},
            {"mode": "managed", "type": "aws_s3_bucket", "name": "b", "instances": [{"attributes": {"id": "three"}}]},
            {"mode": "data", "type": "sagemaker_model", "name": "d", "instances": [{"attributes": {"id": "four"}}]}]}"#;
        let found = objects(text, &|source, state, _| match source {
            "awscc_sagemaker_model" => Value::from([("id", "three".into()), ("region", "eu-west-1".into())]),
            _ => state,
        });
        let found = found.expect("a state");
        let addresses: Vec<&str> = found.iter().map(|managed| managed.address.as_str()).collect();
        assert_eq!(
            addresses,
            [r#"module.a.sagemaker_model.m["x"]"#, "aws_sagemaker_model.n", "awscc_sagemaker_model.o"]
        );
        assert_eq!((found[2].type_name.as_str(), found[2].id.as_str()), ("sagemaker_model", "three"));
        assert_eq!((found[1].type_name.as_str(), found[1].region.as_str()), ("sagemaker_model", "us-east-1"));
    }

    #[test]
    fn resources_of_other_providers_are_found_once_for_all_instances() {
        let text = r#"{"version": 4, "resources": [
            {"mode": "managed", "type": "awscc_sagemaker_domain", "name": "d", "module": "module.a[\"x.y]\"].module.b[0]"},
            {"mode": "managed", "type": "awscc_sagemaker_domain", "name": "d", "module": "module.a[\"z\\\"\"].module.b[1]"},
            {"mode": "managed", "type": "aws_sagemaker_model", "name": "n"},
            {"mode": "managed", "type": "aws_s3_bucket", "name": "b"},
            {"mode": "managed", "type": "sagemaker_model", "name": "m"},
            {"mode": "data", "type": "aws_sagemaker_prebuilt_ecr_image", "name": "i"}]}"#;
        let found: BTreeSet<Foreign> = foreign_resources(text).expect("a state").into_iter().collect();
        let foreign = |module: &str, type_name: &str, name: &str| Foreign {
            module: module.to_owned(),
            type_name: type_name.to_owned(),
            name: name.to_owned(),
        };
        let expected =
            [foreign("", "aws_sagemaker_model", "n"), foreign("module.a.module.b", "awscc_sagemaker_domain", "d")];
        assert_eq!(found, expected.into());
    }

    #[test]
    fn what_is_no_state_is_refused() {
        for (text, reason) in [
            ("", "it is no state of Terraform"),
            ("[]", "it is no state of Terraform"),
            (r#"{"version": 3}"#, "it has version 3, and version 4 is read"),
        ] {
            assert!(objects(text, &|_, state, _| state).expect_err("refused").starts_with(reason), "{text}");
        }
    }
}
