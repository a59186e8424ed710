//! The ARNs that a policy names for an action on an object.

use super::{
    arn_scope::{ANY, ArnScope},
    object::Object,
};
use crate::definition;

/// More resource types than any action is about but those of tags, which exist for everything.
const MANY: usize = 10;

/// The resources of a statement that allows the action for this object; `*` if a policy can name none.
pub(super) fn resources(action: &str, object: &Object, scope: &ArnScope) -> Vec<String> {
    let scope = scope.in_region(object.region());
    // Of what is newer than the facts, only the name is known.
    let Some(permission) = definition::permission(action) else { return vec![ANY.to_owned()] };
    if permission.resources.is_empty() {
        return vec![ANY.to_owned()];
    }
    if permission.resources.len() <= MANY {
        return permission.resources.iter().flat_map(|of_type| arns(of_type, object, &scope)).collect();
    }
    let tagged = object.member("ResourceArn").or(object.arn());
    match (tagged, own_types(object)) {
        (Some(arn), _) => vec![arn.to_owned()],
        (None, []) => vec![scope.arn(ANY)],
        (None, types) => types.iter().flat_map(|of_type| arns(of_type, object, &scope)).collect(),
    }
}

/// The resource types of the object itself: those that its read is about.
fn own_types(object: &Object) -> &'static [&'static str] {
    let read = object.resource.and_then(|resource| definition::permission(resource.operations.read.name));
    read.map(|read| read.resources).filter(|types| types.len() <= MANY).unwrap_or_default()
}

/// The ARN of the object, or of what it belongs to, that is of a type. Names are in lower case in ARNs of most types, so
/// that a name with capitals gives two.
fn arns(of_type: &str, object: &Object, scope: &ArnScope) -> Vec<String> {
    let Some(form) = definition::arn_form(of_type) else { return vec![scope.arn(ANY)] };
    if let Some(arn) = object.arn().filter(|arn| definition::arn_type(arn) == Some(of_type)) {
        // Some ARNs of an object end in a version that others lack.
        return vec![if form.ends_with(ANY) { format!("{arn}{ANY}") } else { arn.to_owned() }];
    }
    let is_own = own_types(object).contains(&of_type);
    let mut parts: Vec<&str> = form.split("${").collect();
    let mut path = parts.remove(0).to_owned();
    for part in parts {
        let (name, rest) = part.split_once('}').unwrap_or((part, ""));
        path += &part_of(name, is_own, object).unwrap_or_else(|| ANY.to_owned());
        path += rest;
    }
    let lower = path.to_lowercase();
    if lower == path { vec![scope.arn(&path)] } else { vec![scope.arn(&lower), scope.arn(&path)] }
}

/// The part of an ARN that IAM calls `name`.
fn part_of(name: &str, is_own: bool, object: &Object) -> Option<String> {
    let is_name = match object.attribute(name) {
        Some(_) => object.names_itself(name),
        // IAM calls some names otherwise than the API.
        None => name.ends_with("Name"),
    };
    let own = || object.own_name().filter(|_| is_own && is_name);
    let part = object.member(name).map(str::to_owned).or_else(own)?;
    // Where a name is expected, an ARN will often do.
    Some(part.rsplit('/').next().unwrap_or_default().to_owned()).filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;
    use crate::iam_policy::options::Options;

    fn resources_of(action: &str, type_name: &str, values: Json) -> Vec<String> {
        let resource = definition::resource(type_name).expect("a resource of ours");
        let object = Object { values, ..Object::of_type(resource.attributes, Some(resource)) };
        let options = Options { account: Some("123456789012".to_owned()), ..Options::default() };
        let scope = ArnScope::new(&options, Some("eu-west-1".to_owned()), None);
        let own = scope.arn("");
        resources(action, &object, &scope).iter().map(|arn| arn.trim_start_matches(&own).to_owned()).collect()
    }

    #[test]
    fn names_and_arns_of_the_plan_are_in_the_arns() {
        for (action, type_name, values, expected) in [
            ("CreateModel", "sagemaker_model", json!({ "name": "m" }), &["model/m"][..]),
            ("CreateModel", "sagemaker_model", json!({ "name": "M" }), &["model/m", "model/M"]),
            ("CreateModel", "sagemaker_model", json!({ "name_prefix": "blue-" }), &["model/blue-*"]),
            ("CreateModel", "sagemaker_model", json!({}), &["model/terraform-*"]),
            ("CreateModel", "sagemaker_model", Json::Null, &["model/*"]),
            (
                "CreateEndpoint",
                "sagemaker_endpoint",
                json!({ "name": "e", "endpoint_config_name": "c" }),
                &["endpoint/e", "endpoint-config/c"],
            ),
            (
                "CreateCluster",
                "sagemaker_cluster",
                json!({ "cluster_name": "c" }),
                &["cluster/*", "reserved-capacity/*", "training-plan/*"],
            ),
            ("ListModels", "sagemaker_model", json!({}), &["*"]),
            ("CreateJob", "sagemaker_job", json!({}), &["*"]),
            (
                "CreateDataQualityJobDefinition",
                "sagemaker_data_quality_job_definition",
                json!({ "name": "d" }),
                &["data-quality-job-definition/d"],
            ),
            ("DescribeImageVersion", "sagemaker_image_version", json!({ "image_name": "i" }), &["image-version/i/*"]),
            ("ListTags", "sagemaker_model", json!({ "name": "m" }), &["model/m"]),
            (
                "CreateApp",
                "sagemaker_app",
                json!({ "domain_id": "d", "space_name": "s", "app_type": "jupyterlab", "app_name": "default" }),
                &["app/d/*/jupyterlab/default"],
            ),
            ("AddTags", "sagemaker_tag", json!({ "resource_arn": "arn:x" }), &["arn:x"]),
        ] {
            assert_eq!(resources_of(action, type_name, values), expected, "{action}");
        }
    }
}
