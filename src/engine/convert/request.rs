//! From Terraform's values to the bodies of requests.
//!
//! No calls are made here, and whether to call is decided elsewhere.

use crate::{
    definition::{
        Attribute, Resource, UpdateSends,
        service::{Operation, ShapeKind},
    },
    engine::convert::{
        absence::empty,
        address::address,
        body::{insert_member, on_create, on_delete, on_update, structure_on_create, to_service},
        clearing::clear,
    },
    value::Value,
};

/// The body of the create call. Unknown values are filled in by the service and are omitted.
pub(crate) fn create(resource: &Resource, planned: &Value) -> Value {
    structure_on_create(resource.attributes, planned)
}

/// The body of the delete call: the address, and members that only the delete input has.
pub(crate) fn delete(resource: &Resource, operation: &Operation, state: &Value) -> Value {
    let mut input = address(resource, operation, state);
    for attribute in resource.attributes {
        insert_member(&mut input, attribute, state.get(attribute.name), &on_delete);
    }
    input
}

/// The state after a create call: without values that only an update can set.
pub(crate) fn without_later_members(resource: &Resource, planned: &Value) -> Value {
    let mut created = planned.clone();
    for attribute in resource.attributes.iter().filter(|attribute| attribute.is_set_by_update_only()) {
        created.insert(attribute.name, empty(attribute));
    }
    created
}

/// The body of the update call: the address, the changes, the members that the call requires, and those that are sent
/// with every update.
pub(crate) fn update(resource: &Resource, operation: &Operation, prior: &Value, planned: &Value) -> Value {
    let mut input = address(resource, operation, prior);
    for attribute in resource.attributes.iter().filter(|attribute| attribute.on_update) {
        let (before, after) = (prior.get(attribute.name), planned.get(attribute.name));
        let member = attribute.update_member().and_then(|member| operation.input.member(member));
        let required = member.is_some_and(|member| member.required);
        let changed = before != after;
        let sent = changed || required || is_send_only(attribute) || resource.update_sends == UpdateSends::All;
        if sent && !after.is_null() && !is_absent_block(attribute, after) {
            insert_member(&mut input, attribute, after, &on_update);
        }
    }
    clear(&mut input, resource.attributes, prior, planned);
    for attribute in resource.attributes {
        let Some(member) = attribute.additions else { continue };
        let fresh = additions(attribute, prior.get(attribute.name), planned.get(attribute.name));
        let fresh = to_service(attribute, &Value::List(fresh), &on_create);
        if !fresh.is_null() {
            input.insert(member, fresh);
        }
    }
    input
}

/// The bodies of the calls for an update: if a call takes one changed member, one body for each, and several for a list
/// of new elements that is longer than the model allows.
pub(crate) fn split(resource: &Resource, operation: &Operation, address: &Value, input: Value) -> Vec<Value> {
    if resource.update_sends != UpdateSends::One {
        return vec![input];
    }
    let changes = input.as_map().into_iter().flatten().filter(|(member, _)| address.get(member).is_null());
    let body = |member: &str, value: Value| {
        let mut body = address.clone();
        body.insert(member, value);
        body
    };
    changes
        .flat_map(|(member, value)| match (value, most_additions(resource, operation, member)) {
            (Value::List(elements), Some(most)) => {
                elements.chunks(most).map(|part| body(member, Value::List(part.to_vec()))).collect()
            }
            _ => vec![body(member, value.clone())],
        })
        .collect()
}

/// The greatest number of new elements that a call takes; `None` if the member takes none, or any number.
fn most_additions(resource: &Resource, operation: &Operation, member: &str) -> Option<usize> {
    resource.attributes.iter().find(|attribute| attribute.additions == Some(member))?;
    match operation.input.member(member)?.shape.kind {
        ShapeKind::List { bounds, .. } => bounds.max.and_then(|max| usize::try_from(max).ok()).filter(|most| *most > 0),
        _ => None,
    }
}

/// The new elements of a list that only grows: those with a new key, or without a key, those behind the earlier ones.
pub(crate) fn additions(attribute: &Attribute, before: &Value, after: &Value) -> Vec<Value> {
    let Some(key) = attribute.key else {
        return after.elements().iter().skip(before.elements().len()).cloned().collect();
    };
    let is_new = |element: &&Value| !before.elements().iter().any(|before| before.get(key) == element.get(key));
    after.elements().iter().filter(is_new).cloned().collect()
}

/// True if every element of the list may be kept: at any position if elements have a key, else at its own. What is not
/// known yet may be as before.
pub(crate) fn may_only_grow(attribute: &Attribute, before: &Value, after: &Value) -> bool {
    let (before, after) = (before.elements(), after.elements());
    let Some(key) = attribute.key else {
        return before.len() <= after.len() && before.iter().zip(after).all(|(before, after)| may_be(before, after));
    };
    // Only without an element of the same key may one whose key is not known yet be it.
    before.iter().all(|before| match after.iter().find(|after| after.get(key) == before.get(key)) {
        Some(after) => may_be(before, after),
        None => after.iter().any(|after| may_be(before, after)),
    })
}

/// True unless a known part of `after` differs.
fn may_be(before: &Value, after: &Value) -> bool {
    match (before, after) {
        (_, Value::Unknown(_)) => true,
        (Value::List(before), Value::List(after)) => {
            before.len() == after.len() && before.iter().zip(after).all(|(before, after)| may_be(before, after))
        }
        (Value::Map(_), Value::Map(members)) => {
            let names = before.as_map().into_iter().flatten().chain(members).map(|(name, _)| name);
            names.into_iter().all(|name| may_be(before.get(name), after.get(name)))
        }
        _ => before == after,
    }
}

/// The body of an update that removes everything that an update can set.
pub(crate) fn emptying(resource: &Resource, operation: &Operation, prior: &Value) -> Value {
    let mut nothing = prior.clone();
    for attribute in resource.attributes.iter().filter(|attribute| attribute.on_update) {
        nothing.insert(attribute.name, empty(attribute));
    }
    update(resource, operation, prior, &nothing)
}

fn is_send_only(attribute: &Attribute) -> bool {
    attribute.change == crate::definition::Change::SendOnly
}

fn is_absent_block(attribute: &Attribute, value: &Value) -> bool {
    !attribute.attributes().is_empty() && value.elements().is_empty() && !matches!(value, Value::Map(_))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::resource;

    fn group(ttl: Option<i64>, features: &[&str]) -> Value {
        let ttl = ttl.map(|value| Value::from([("unit", "Days".into()), ("value", value.into())]));
        let store = Value::from([
            ("enable_online_store", true.into()),
            ("ttl_duration", ttl.into_iter().collect::<Vec<_>>().into()),
        ]);
        let features = features.iter().map(|name| Value::from([("feature_name", (*name).into())])).collect();
        Value::from([
            ("feature_group_name", "g".into()),
            ("online_store_config", Value::List(vec![store])),
            ("feature_definition", Value::List(features)),
        ])
    }

    fn bodies(prior: &Value, planned: &Value) -> Vec<String> {
        let group = resource("sagemaker_feature_group").expect("a resource of ours");
        let operation = group.operations.update.expect("a feature group can be updated");
        let input = update(group, operation, prior, planned);
        split(group, operation, &address(group, operation, prior), input).iter().map(Value::to_string).collect()
    }

    #[test]
    fn values_removed_inside_a_structure_are_sent_as_empty() {
        assert_eq!(
            bodies(&group(Some(7), &["a"]), &group(None, &["a"])),
            [r#"{FeatureGroupName = "g", OnlineStoreConfig = {TtlDuration = {}}}"#]
        );
    }

    fn domain(lab: &[(&str, Value)]) -> Value {
        let block = |members: &[(&str, Value)]| {
            let members = members.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
            Value::List(vec![Value::Map(members.collect())])
        };
        let lab = if lab.is_empty() { Value::List(Vec::new()) } else { block(lab) };
        Value::from([
            ("domain_id", "d-1".into()),
            ("default_space_settings", block(&[("jupyter_lab_app_settings", lab)])),
            ("retention_policy", block(&[("home_efs_file_system", "Delete".into())])),
        ])
    }

    fn scripts(names: &[&str]) -> Value {
        Value::List(names.iter().map(|name| (*name).into()).collect())
    }

    fn update_of_domain(prior: &Value, planned: &Value) -> String {
        let domain = resource("sagemaker_domain").expect("a resource of ours");
        let operation = domain.operations.update.expect("a domain can be updated");
        update(domain, operation, prior, planned).get("DefaultSpaceSettings").to_string()
    }

    #[test]
    fn removed_values_are_sent_as_the_clearing_value() {
        let prior =
            domain(&[("built_in_lifecycle_config_arn", "arn".into()), ("lifecycle_config_arns", scripts(&["a"]))]);
        assert_eq!(
            update_of_domain(&prior, &domain(&[("lifecycle_config_arns", Value::Null)])),
            r#"{JupyterLabAppSettings = {BuiltInLifecycleConfigArn = "None", LifecycleConfigArns = []}}"#
        );
    }

    #[test]
    fn values_removed_with_their_structure_are_cleared() {
        let prior =
            domain(&[("built_in_lifecycle_config_arn", "arn".into()), ("lifecycle_config_arns", scripts(&["a"]))]);
        assert_eq!(
            update_of_domain(&prior, &domain(&[])),
            r#"{JupyterLabAppSettings = {BuiltInLifecycleConfigArn = "None", LifecycleConfigArns = []}}"#
        );
    }

    #[test]
    fn members_of_the_delete_input_are_sent_on_deletion() {
        let definition = resource("sagemaker_domain").expect("a resource of ours");
        let operation = definition.operations.delete.expect("a domain can be deleted");
        assert_eq!(
            delete(definition, operation, &domain(&[])).to_string(),
            r#"{DomainId = "d-1", RetentionPolicy = {HomeEfsFileSystem = "Delete"}}"#
        );
    }

    #[test]
    fn an_update_that_deletes_removes_everything() {
        let definition = resource("sagemaker_feature_metadata").expect("a resource of ours");
        let operation = definition.operations.update.expect("it can be updated");
        let parameter = |key: &str| Value::from([("key", key.into()), ("value", "x".into())]);
        let prior = Value::from([
            ("feature_group_name", "g".into()),
            ("feature_name", "f".into()),
            ("description", "what it is".into()),
            ("parameters", Value::List(vec![parameter("a"), parameter("b")])),
        ]);
        assert_eq!(
            emptying(definition, operation, &prior).to_string(),
            r#"{Description = "", FeatureGroupName = "g", FeatureName = "f", ParameterRemovals = ["a", "b"]}"#
        );
    }

    #[test]
    fn removed_groups_are_named_in_one_list() {
        let definition = resource("sagemaker_cluster").expect("a resource of ours");
        let operation = definition.operations.update.expect("it can be updated");
        let groups = |names: &[&str]| -> Value {
            let group = |name: &&str| Value::from([("instance_group_name", (*name).into())]);
            Value::List(names.iter().map(group).collect())
        };
        let state = |plain: &[&str], restricted: &[&str]| {
            Value::from([
                ("cluster_name", "pod".into()),
                ("instance_groups", groups(plain)),
                ("restricted_instance_groups", groups(restricted)),
            ])
        };
        let input = update(definition, operation, &state(&["a", "b"], &["r"]), &state(&["b"], &[]));
        assert_eq!(input.get("InstanceGroupsToDelete").to_string(), r#"["a", "r"]"#);
    }

    #[test]
    fn updates_of_one_change_are_split() {
        assert_eq!(
            bodies(&group(Some(7), &["a"]), &group(Some(8), &["new", "a"])),
            [
                r#"{FeatureAdditions = [{FeatureName = "new"}], FeatureGroupName = "g"}"#,
                r#"{FeatureGroupName = "g", OnlineStoreConfig = {TtlDuration = {Unit = "Days", Value = 8}}}"#,
            ]
        );
    }

    #[test]
    fn more_new_elements_than_a_call_takes_are_split() {
        let names: Vec<String> = (0..250).map(|place| format!("f{place}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let sent: Vec<usize> = bodies(&group(None, &names[..1]), &group(None, &names))
            .iter()
            .map(|body| body.matches("FeatureName =").count())
            .collect();
        assert_eq!(sent, [100, 100, 49]);
    }
}
