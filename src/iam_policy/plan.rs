//! The uses of a plan, from the output of `terraform show -json`.

use std::{collections::BTreeSet, path::PathBuf};

use serde::Deserialize;
use serde_json::Value as Json;

use super::{
    error::PolicyError,
    object::{Object, is_unknown},
    options::Purpose,
    types::{self, PREFIX},
    uses::Use,
};
use crate::{
    arn::Arn,
    definition::{self, Attribute, Origin, Phase, Resource},
};

/// The major version of the format that is understood.
const FORMAT: &str = "1";

/// What a plan shows.
#[derive(Debug)]
pub(super) struct Planned {
    pub(super) uses: Vec<Use>,
    /// The region of the provider, if it is the same constant everywhere.
    pub(super) region: Option<String>,
    /// The account of the objects, if it is the same everywhere.
    pub(super) account: Option<String>,
}

#[derive(Deserialize)]
struct Plan {
    format_version: Option<String>,
    resource_changes: Option<Vec<ResourceChange>>,
    planned_values: Option<Json>,
    #[serde(default)]
    prior_state: Json,
    #[serde(default)]
    configuration: Json,
    #[serde(default)]
    action_invocations: Vec<Invocation>,
    #[serde(default)]
    errored: bool,
    /// What only a state has.
    values: Option<Json>,
}

#[derive(Deserialize)]
struct ResourceChange {
    mode: String,
    r#type: String,
    change: Change,
}

#[derive(Deserialize)]
struct Change {
    actions: Vec<String>,
    #[serde(default)]
    before: Json,
    #[serde(default)]
    after: Json,
    #[serde(default)]
    after_unknown: Json,
    importing: Option<Json>,
}

#[derive(Deserialize)]
struct Invocation {
    r#type: String,
    #[serde(default)]
    config_values: Json,
    #[serde(default)]
    config_unknown: Json,
}

/// The uses of the plan in the text of this file.
pub(super) fn planned(file: PathBuf, text: &str, purpose: Purpose) -> Result<Planned, PolicyError> {
    let plan = parse(text).map_err(|reason| PolicyError::Plan { file, reason })?;
    let uses = uses(&plan, purpose)?;
    let account = only(uses.iter().filter_map(|one| Arn::account_of(one.object.arn()?)));
    Ok(Planned { uses, region: region(&plan.configuration), account })
}

/// The plan; or why the text is none.
fn parse(text: &str) -> Result<Plan, String> {
    let plan: Plan = serde_json::from_str(text)
        .map_err(|error| format!("{error}. It has to be the output of `terraform show -json PLAN`."))?;
    check(&plan)?;
    Ok(plan)
}

fn check(plan: &Plan) -> Result<(), String> {
    let Some(version) = &plan.format_version else {
        return Err("it has no `format_version`. It has to be the output of `terraform show -json PLAN`.".to_owned());
    };
    if version.split('.').next() != Some(FORMAT) {
        return Err(format!(
            "its `format_version` is {version}, but {FORMAT} is expected. A newer version of this provider may read it."
        ));
    }
    if plan.values.is_some() || plan.resource_changes.is_none() && plan.planned_values.is_none() {
        return Err(
            "it is a state. Plan with `-out PLAN`, and give the output of `terraform show -json PLAN`.".to_owned()
        );
    }
    if plan.errored {
        return Err("the plan has failed, so that it is not complete.".to_owned());
    }
    Ok(())
}

fn uses(plan: &Plan, purpose: Purpose) -> Result<Vec<Use>, PolicyError> {
    let mut uses = Vec::new();
    let mut unknown = BTreeSet::new();
    let mut add = |type_name: &str, found: Option<Vec<Use>>| match found {
        Some(found) => uses.extend(found),
        None => drop(unknown.insert(type_name.to_owned())),
    };
    let ours = |name: &str| name.starts_with(PREFIX);
    for change in plan.resource_changes.iter().flatten().filter(|change| ours(&change.r#type)) {
        add(&change.r#type, of_change(change, purpose));
    }
    for (name, values) in data_of(&plan.prior_state["values"]["root_module"]).into_iter().filter(|(name, _)| ours(name))
    {
        add(name, of_data(name, values, &Json::Null).map(|found| vec![found]));
    }
    for name in ephemerals(&plan.configuration["root_module"]).into_iter().filter(|name| ours(name)) {
        let found = definition::ephemeral(name).map(|call| Use::of_call(call, Object::of_type(call.attributes, None)));
        add(name, found.map(|found| vec![found]));
    }
    let invoked = plan.action_invocations.iter().filter(|_| purpose == Purpose::Apply);
    for Invocation { r#type: name, config_values, config_unknown } in invoked.filter(|one| ours(&one.r#type)) {
        let object = |attributes| object(attributes, None, config_values, config_unknown);
        let found = definition::action(name).map(|action| Use::of_action(action, object(action.call.attributes)));
        add(name, found.map(|found| vec![found]));
    }
    let unknown: Vec<&str> = unknown.iter().map(String::as_str).collect();
    if unknown.is_empty() { Ok(uses) } else { Err(types::unknown_types(&unknown)) }
}

fn object(
    attributes: &'static [Attribute],
    resource: Option<&'static Resource>,
    values: &Json,
    unknown: &Json,
) -> Object {
    Object { attributes, resource, values: values.clone(), unknown: unknown.clone() }
}

/// None: no type of the provider.
fn of_change(ResourceChange { mode, r#type: name, change }: &ResourceChange, purpose: Purpose) -> Option<Vec<Use>> {
    if mode == "data" {
        return of_data(name, &change.after, &change.after_unknown).map(|found| vec![found]);
    }
    let resource = definition::resource(name)?;
    let before = || object(resource.attributes, Some(resource), &change.before, &Json::Null);
    let mut after = object(resource.attributes, Some(resource), &change.after, &change.after_unknown);
    let mut uses = Vec::new();
    if !change.before.is_null() {
        let imported = change.importing.as_ref().is_some_and(|importing| !importing.is_null());
        let phase = if imported { Phase::Import } else { Phase::Read };
        uses.push(Use::of_resource(resource, before(), &[phase]));
    }
    if purpose == Purpose::Plan {
        return Some(uses);
    }
    for action in &change.actions {
        match action.as_str() {
            "create" => uses.push(Use::of_resource(resource, after.clone(), &[Phase::Create])),
            "update" => {
                // What an update keeps is known, although the plan may not show it.
                keep_identity(resource, &change.before, &mut after);
                uses.push(Use::of_resource(resource, after.clone(), &changed(resource, change)));
            }
            "delete" => uses.push(Use::of_resource(resource, before(), &[Phase::Delete])),
            _ => {}
        }
    }
    Some(uses)
}

/// The ARN and the names of the object that is updated.
fn keep_identity(resource: &Resource, before: &Json, after: &mut Object) {
    let members = resource.identity.members.iter().chain(resource.identity.arn.as_ref());
    for attribute in members.filter_map(|member| resource.attribute_of(member)) {
        if let (Some(values), Some(value)) = (after.values.as_object_mut(), before.get(attribute.name)) {
            values.entry(attribute.name).or_insert_with(|| value.clone());
        }
    }
}

/// The phases of an update: what only the provider knows needs no call, and tags have calls of their own.
fn changed(resource: &Resource, change: &Change) -> Vec<Phase> {
    let differs = |name: &str| {
        change.after_unknown.get(name).is_some_and(is_unknown) || change.before.get(name) != change.after.get(name)
    };
    let is_sent = |attribute: &&Attribute| {
        matches!(attribute.origin, Origin::Member(_) | Origin::WriteOnly | Origin::WriteOnlyVersion)
            && attribute.usage.is_settable()
    };
    let called = resource.attributes.iter().filter(is_sent).any(|attribute| differs(attribute.name));
    let tagged = ["tags", "tags_all"].into_iter().any(differs);
    let phases = [(Phase::Update, called), (Phase::Tags, tagged), (Phase::Read, true)];
    phases.into_iter().filter(|(_, applies)| *applies).map(|(phase, _)| phase).collect()
}

fn of_data(name: &str, values: &Json, unknown: &Json) -> Option<Use> {
    if let Some(query) = definition::query(name) {
        return Some(Use::of_call(query, object(query.attributes, None, values, unknown)));
    }
    let resource = definition::resource(name)?;
    Some(Use::of_resource(resource, object(resource.attributes, Some(resource), values, unknown), &[Phase::Import]))
}

/// Type and values of all data sources that the plan has read.
fn data_of(module: &Json) -> Vec<(&str, &Json)> {
    let of = |key: &str| module.get(key).and_then(Json::as_array).into_iter().flatten();
    let own = of("resources").filter(|resource| resource["mode"] == "data");
    let own = own.filter_map(|resource| Some((resource["type"].as_str()?, &resource["values"])));
    own.chain(of("child_modules").flat_map(data_of)).collect()
}

/// The types of all ephemeral resources of a configuration.
fn ephemerals(module: &Json) -> BTreeSet<&str> {
    let own = module.get("resources").and_then(Json::as_array).into_iter().flatten();
    let own = own.filter(|resource| resource["mode"] == "ephemeral").filter_map(|resource| resource["type"].as_str());
    let called = module.get("module_calls").and_then(Json::as_object).into_iter().flatten();
    own.chain(called.flat_map(|(_, call)| ephemerals(&call["module"]))).collect()
}

/// The region of the provider blocks.
fn region(configuration: &Json) -> Option<String> {
    let providers = configuration.get("provider_config").and_then(Json::as_object).into_iter().flatten();
    let ours = providers.map(|(_, provider)| provider).filter(|provider| provider["name"] == "sagemaker");
    let regions = ours.map(|provider| provider["expressions"]["region"]["constant_value"].as_str().unwrap_or_default());
    only(regions).filter(|region| !region.is_empty())
}

/// The one value that all have.
fn only<'a>(values: impl Iterator<Item = &'a str>) -> Option<String> {
    let values: BTreeSet<&str> = values.collect();
    values.first().filter(|_| values.len() == 1).map(|value| (*value).to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn actions(changes: &Json, purpose: Purpose) -> Vec<&'static str> {
        let plan = json!({ "format_version": "1.2", "resource_changes": changes });
        let found = planned(PathBuf::new(), &plan.to_string(), purpose).unwrap().uses;
        found.into_iter().flat_map(|one| one.actions).collect::<BTreeSet<_>>().into_iter().collect()
    }

    fn change(type_name: &str, actions: &[&str], before: &Json, after: &Json) -> Json {
        let unknown = json!({ "arn": true, "tags_all": {} });
        let change = json!({ "actions": actions, "before": before, "after": after, "after_unknown": unknown });
        json!([{ "mode": "managed", "type": type_name, "change": change }])
    }

    #[test]
    fn each_change_needs_its_phases() {
        let (model, other) = (json!({ "name": "m" }), json!({ "name": "n" }));
        let of = |actions: &[&str], before: &Json, after: &Json| change("sagemaker_model", actions, before, after);
        for (changes, purpose, expected) in [
            (of(&["create"], &Json::Null, &model), Purpose::Apply, &["CreateModel", "DescribeModel", "ListTags"][..]),
            (of(&["create"], &Json::Null, &model), Purpose::Plan, &[]),
            (of(&["no-op"], &model, &model), Purpose::Apply, &["DescribeModel", "ListTags"]),
            (of(&["delete"], &model, &Json::Null), Purpose::Apply, &["DeleteModel", "DescribeModel", "ListTags"]),
            (
                of(&["delete", "create"], &model, &other),
                Purpose::Apply,
                &["CreateModel", "DeleteModel", "DescribeModel", "ListTags"],
            ),
            (
                of(&["update"], &model, &json!({ "name": "m", "tags_all": { "a": "b" } })),
                Purpose::Apply,
                &["AddTags", "DeleteTags", "DescribeModel", "ListTags"],
            ),
            (
                of(&["create"], &Json::Null, &json!({ "name": "m", "tags_all": { "a": "b" } })),
                Purpose::Apply,
                &["AddTags", "CreateModel", "DescribeModel", "ListTags"],
            ),
            (change("aws_iam_role", &["create"], &Json::Null, &model), Purpose::Apply, &[]),
        ] {
            assert_eq!(actions(&changes, purpose), expected, "{changes}");
        }
    }

    #[test]
    fn a_switch_decides_about_what_is_deleted_along() {
        let of = |forced: bool| {
            let hub = json!({ "hub_name": "h", "force_destroy": forced });
            actions(&change("sagemaker_hub", &["delete"], &hub, &Json::Null), Purpose::Apply)
        };
        assert!(of(true).contains(&"DeleteHubContent") && !of(false).contains(&"DeleteHubContent"));
    }

    #[test]
    fn data_sources_ephemeral_resources_and_actions_are_found() {
        let plan = json!({
            "format_version": "1.2",
            "planned_values": {},
            "prior_state": { "values": { "root_module": { "child_modules": [{ "resources": [
                { "mode": "data", "type": "sagemaker_model", "values": { "name": "m" } },
                { "mode": "data", "type": "aws_region", "values": {} },
            ] }] } } },
            "configuration": {
                "provider_config": { "sagemaker": { "name": "sagemaker", "expressions": { "region": { "constant_value": "eu-west-1" } } } },
                "root_module": { "module_calls": { "a": { "module": { "resources": [
                    { "mode": "ephemeral", "type": "sagemaker_presigned_domain_url" },
                ] } } } },
            },
            "action_invocations": [{ "type": definition::ACTIONS[0].call.type_name, "config_values": {} }],
        });
        let found = planned(PathBuf::new(), &plan.to_string(), Purpose::Apply).unwrap();
        let types: Vec<&str> = found.uses.iter().map(|one| one.type_name).collect();
        let action = definition::ACTIONS[0].call.type_name;
        assert_eq!(types, ["sagemaker_model", "sagemaker_presigned_domain_url", action]);
        assert_eq!(found.region.as_deref(), Some("eu-west-1"));
    }

    #[test]
    fn an_empty_text_is_no_role() {
        let mut changes = change("sagemaker_model", &["create"], &Json::Null, &json!({ "execution_role_arn": "" }));
        changes[0]["change"]["after_unknown"] = json!({});
        let plan = json!({ "format_version": "1.2", "resource_changes": changes });
        let found = planned(PathBuf::new(), &plan.to_string(), Purpose::Apply).unwrap().uses;
        assert!(!found.is_empty() && found.iter().all(|one| one.roles.is_empty()));
    }

    #[test]
    fn what_is_no_plan_is_refused() {
        for (text, part) in [
            ("", "EOF while parsing"),
            ("{}", "it has no `format_version`"),
            (r#"{"format_version":"2.0","resource_changes":[]}"#, "its `format_version` is 2.0, but 1 is expected"),
            (r#"{"format_version":"1.0","values":{}}"#, "it is a state"),
            (r#"{"format_version":"1.2","resource_changes":[],"errored":true}"#, "the plan has failed"),
        ] {
            let reason = planned(PathBuf::new(), text, Purpose::Apply).unwrap_err().to_string();
            assert!(reason.contains(part), "{text}: {reason}");
        }
        let changes = change("sagemaker_dragon", &["create"], &Json::Null, &json!({}));
        let plan = json!({ "format_version": "1.2", "resource_changes": changes });
        let refused = planned(PathBuf::new(), &plan.to_string(), Purpose::Apply).unwrap_err().to_string();
        assert!(refused.contains("`sagemaker_dragon`"), "{refused}");
    }
}
