//! From Terraform's values to the bodies of requests.
//!
//! Nothing is called here, and nothing is decided about when to call.

use super::{
    absence::is_none,
    clearing::clear,
    reply::{empty, seconds},
};
use crate::{
    definition::{
        Attribute, Identity, Kind, Origin, Resource, UpdateSends,
        service::{Operation, Shape, ShapeKind},
    },
    value::Value,
};

/// The body of the create call. Unknown values are what the service will fill in, and are left out.
pub(crate) fn create(resource: &Resource, planned: &Value) -> Value {
    structure_on_create(resource.attributes, planned)
}

/// The body of a call that takes what the attributes say.
pub(crate) fn structure_on_create(attributes: &[Attribute], values: &Value) -> Value {
    structure(attributes, values, &on_create)
}

/// The body of the delete call: the address, and what is said only when the object goes.
pub(crate) fn delete(resource: &Resource, operation: &Operation, state: &Value) -> Value {
    let mut input = address(resource, operation, state);
    for attribute in resource.attributes {
        insert_member(&mut input, attribute, state.get(attribute.name), &on_delete);
    }
    input
}

/// True if the create call has no place for the attribute, but the update call has.
pub(crate) fn comes_later(attribute: &Attribute) -> bool {
    attribute.on_update && !attribute.on_create && !is_quiet(attribute) && !attribute.member().is_empty()
}

/// The state as a create call leaves it: without what only an update can set.
pub(crate) fn without_later_members(resource: &Resource, planned: &Value) -> Value {
    let mut created = planned.clone();
    for attribute in resource.attributes.iter().filter(|attribute| comes_later(attribute)) {
        created.insert(attribute.name, empty(attribute));
    }
    created
}

/// The body of the update call: the address, what changed, what the call requires, and what goes with every update.
pub(crate) fn update(resource: &Resource, operation: &Operation, prior: &Value, planned: &Value) -> Value {
    let mut input = address(resource, operation, prior);
    for attribute in resource.attributes.iter().filter(|attribute| attribute.on_update) {
        let (before, after) = (prior.get(attribute.name), planned.get(attribute.name));
        let required = operation.input.member(attribute.update_member()).is_some_and(|member| member.required);
        let changed = before != after;
        let sent = changed || required || is_quiet(attribute) || resource.update_sends == UpdateSends::All;
        if sent && !after.is_null() && !is_absent_block(attribute, after) {
            insert_member(&mut input, attribute, after, &on_update);
        }
    }
    clear(&mut input, resource.attributes, prior, planned);
    for attribute in resource.attributes.iter().filter(|attribute| !attribute.additions.is_empty()) {
        let fresh = additions(attribute, prior.get(attribute.name), planned.get(attribute.name));
        let fresh = to_service(attribute, &Value::List(fresh), &on_create);
        if !fresh.is_null() {
            input.insert(attribute.additions, fresh);
        }
    }
    input
}

/// The bodies of the calls that an update takes: where the call takes one changed member, one body for each.
pub(crate) fn split(resource: &Resource, address: &Value, input: Value) -> Vec<Value> {
    if resource.update_sends != UpdateSends::One {
        return vec![input];
    }
    let changes = input.as_map().into_iter().flatten().filter(|(member, _)| address.get(member).is_null());
    let body = |(member, value): (&String, &Value)| {
        let mut body = address.clone();
        body.insert(member.as_str(), value.clone());
        body
    };
    changes.map(body).collect()
}

/// The elements of a list that only grows that were not there before.
fn additions(attribute: &Attribute, before: &Value, after: &Value) -> Vec<Value> {
    let is_new = |element: &&Value| {
        let name = element.get(attribute.key);
        !before.elements().iter().any(|before| before.get(attribute.key) == name)
    };
    after.elements().iter().filter(is_new).cloned().collect()
}

/// True if a list that only grows does: every element before is there still, wherever it stands now.
pub(crate) fn only_grows(before: &Value, after: &Value) -> bool {
    before.elements().iter().all(|before| after.elements().contains(before))
}

/// The members that tell the service which object is meant.
pub(crate) fn address(resource: &Resource, operation: &Operation, state: &Value) -> Value {
    let identity = &resource.identity;
    let members = operation.input.members().iter().filter_map(|member| {
        if let Some((_, constant)) = identity.constants.iter().find(|(input, _)| *input == member.name) {
            return Some((member.name.to_owned(), (*constant).into()));
        }
        let source = source_of(identity, member.name)?;
        let attribute = resource.attributes.iter().find(|attribute| attribute.member() == source)?;
        let value = Some(state.get(attribute.name)).filter(|value| !is_none(attribute, value))?;
        // Some calls take several objects, of which this is one.
        let value = match member.shape.kind {
            ShapeKind::List { .. } if value.as_str().is_some() => Value::List(vec![value.clone()]),
            _ => value.clone(),
        };
        (!value.is_unknown()).then(|| (member.name.to_owned(), value))
    });
    Value::Map(members.collect())
}

/// What tells the object from others that the read call tells with it: those of its names that the call does not take.
pub(crate) fn marks(resource: &Resource, operation: &Operation, state: &Value) -> Value {
    let given = |name: &str| {
        let mut inputs = operation.input.members().iter();
        inputs.any(|input| source_of(&resource.identity, input.name) == Some(name))
    };
    let named = |name: &str| resource.attributes.iter().find(|attribute| attribute.member() == name);
    let marks = resource.identity.members.iter().filter(|name| !given(name)).filter_map(|name| {
        let attribute = named(name).filter(|attribute| attribute.observed)?;
        Some((attribute.read_member().to_owned(), state.get(attribute.name).clone()))
    });
    Value::Map(marks.collect())
}

/// The body of an update that takes everything away that an update can give.
pub(crate) fn emptying(resource: &Resource, operation: &Operation, prior: &Value) -> Value {
    let mut nothing = prior.clone();
    for attribute in resource.attributes.iter().filter(|attribute| attribute.on_update) {
        nothing.insert(attribute.name, empty(attribute));
    }
    update(resource, operation, prior, &nothing)
}

/// The API member whose value goes into the input member `name` of an operation that addresses an object.
fn source_of<'a>(identity: &'a Identity, name: &'a str) -> Option<&'a str> {
    let renamed = identity.inputs.iter().find(|(input, _)| *input == name).map(|(_, source)| *source);
    renamed.or_else(|| identity.members.contains(&name).then_some(name))
}

fn is_quiet(attribute: &Attribute) -> bool {
    attribute.change == crate::definition::Change::Quiet
}

fn is_absent_block(attribute: &Attribute, value: &Value) -> bool {
    !attribute.attributes().is_empty() && value.elements().is_empty() && !matches!(value, Value::Map(_))
}

/// What a call names an attribute; none if it does not take it.
pub(super) type Name = dyn Fn(&Attribute) -> Option<&'static str>;

fn on_create(attribute: &Attribute) -> Option<&'static str> {
    attribute.on_create.then(|| attribute.member()).filter(|name| !name.is_empty())
}

pub(super) fn on_update(attribute: &Attribute) -> Option<&'static str> {
    attribute.on_update.then(|| attribute.update_member()).filter(|name| !name.is_empty())
}

fn on_delete(attribute: &Attribute) -> Option<&'static str> {
    attribute.on_delete.then(|| attribute.member()).filter(|name| !name.is_empty())
}

/// The attribute of a resource behind a member of the API.
pub(crate) fn attribute_of(resource: &'static Resource, member: &str) -> Option<&'static Attribute> {
    resource.attributes.iter().find(|attribute| attribute.member() == member)
}

/// True for a create that makes another object each time that it arrives: the service makes up what tells the object from
/// others, and takes no token by which it would know a call again.
pub(crate) fn makes_another_each_time(resource: &'static Resource, operation: &str) -> bool {
    let create = resource.operations.create;
    operation == create.name && !has_token(create) && !is_named_by_users(resource)
}

/// True if a call has a token by which the service knows it again when it is repeated.
pub(crate) fn has_token(operation: &Operation) -> bool {
    operation.input.members().iter().any(|member| member.idempotency_token)
}

/// The attributes that name the object, where users name it: those of its identity, or else its name beside an ARN.
pub(crate) fn own_names(resource: &'static Resource) -> Vec<&'static str> {
    let name = format!("{}Name", resource.operations.create.name.trim_start_matches("Create"));
    let named = if is_named_by_users(resource) { resource.identity.members.to_vec() } else { vec![&*name] };
    let attributes = named.into_iter().filter_map(|member| attribute_of(resource, member));
    attributes.filter(|attribute| attribute.usage.is_settable()).map(|attribute| attribute.name).collect()
}

/// True if the state has what its object is addressed by: the names that the service makes up, and all that the read
/// call requires.
pub(crate) fn is_addressed(resource: &'static Resource, state: &Value) -> bool {
    let is_known = |value: &Value| !value.is_null() && !value.is_unknown();
    let mut members = resource.identity.members.iter().filter_map(|member| attribute_of(resource, member));
    let read = resource.operations.read;
    let address = address(resource, read, state);
    members.all(|attribute| attribute.usage.is_settable() || is_known(state.get(attribute.name)))
        && read.input.members().iter().filter(|member| member.required).all(|member| is_known(address.get(member.name)))
}

/// The body of a list call for what was created no earlier than a moment (milliseconds since 1970), as far as the call
/// has filters: by time, and by those texts of the object that never change.
pub(crate) fn listing(resource: &'static Resource, list: &Operation, desired: &Value, earliest: i64) -> Value {
    let members = list.input.members().iter().filter_map(|member| {
        let value = match member.name {
            "CreationTimeAfter" | "CreatedAfter" => (earliest.div_euclid(1_000) - 1).into(),
            name => {
                let attribute = attribute_of(resource, name)?;
                let never_changes = attribute.on_create && !attribute.on_update;
                desired.get(attribute.name).as_str().filter(|_| never_changes)?.into()
            }
        };
        Some((member.name.to_owned(), value))
    });
    Value::Map(members.collect())
}

/// `DeleteModelPackage` as the AWS CLI has it: `delete-model-package`.
pub(crate) fn kebab(name: &str) -> String {
    let mut kebab = String::new();
    for (place, letter) in name.char_indices() {
        if place > 0 && letter.is_ascii_uppercase() {
            kebab.push('-');
        }
        kebab.push(letter.to_ascii_lowercase());
    }
    kebab
}

/// False if the service makes up what tells the object from others.
pub(crate) fn is_named_by_users(resource: &'static Resource) -> bool {
    let mut members = resource.identity.members.iter().filter_map(|member| attribute_of(resource, member));
    members.all(|attribute| attribute.usage.is_settable())
}

/// What a service describes that repeats what it was given.
#[cfg(test)]
pub(crate) fn repeated(resource: &Resource, desired: &Value) -> Value {
    unfolded(&shown(resource, desired))
}

/// The same, where names of members may be paths.
#[cfg(test)]
pub(crate) fn shown(resource: &Resource, desired: &Value) -> Value {
    structure(resource.attributes, desired, &|attribute| {
        let given = attribute.observed && (attribute.on_create || attribute.on_update);
        given.then(|| attribute.read_member()).filter(|name| !name.is_empty())
    })
}

/// Members whose names are paths, at the end of these paths.
#[cfg(test)]
pub(crate) fn unfolded(value: &Value) -> Value {
    fn put(into: &mut Value, path: &str, value: Value) {
        match path.split_once('.') {
            None => into.insert(path, value),
            Some((first, rest)) => {
                let mut inner = into.get(first).clone();
                if inner.is_null() {
                    inner = Value::object();
                }
                put(&mut inner, rest, value);
                into.insert(first, inner);
            }
        }
    }
    match value {
        Value::List(elements) => Value::List(elements.iter().map(unfolded).collect()),
        // Only names of members may be paths; keys of the user's own maps have values that are no structures.
        Value::Map(members) => {
            let mut whole = Value::object();
            for (name, value) in members {
                put(&mut whole, name, unfolded(value));
            }
            whole
        }
        other => other.clone(),
    }
}

fn structure(attributes: &[Attribute], value: &Value, name: &Name) -> Value {
    let mut members = Value::object();
    for attribute in attributes {
        insert_member(&mut members, attribute, value.get(attribute.name), name);
    }
    members
}

fn insert_member(into: &mut Value, attribute: &Attribute, value: &Value, name: &Name) {
    let Some(member) = name(attribute) else { return };
    let value = to_service(attribute, value, name);
    if !value.is_null() {
        into.insert(member, value);
    }
}

/// The value as the service wants it; null where there is nothing to send.
pub(super) fn to_service(attribute: &Attribute, value: &Value, name: &Name) -> Value {
    if value.is_null() || value.is_unknown() {
        return Value::Null;
    }
    match &attribute.kind {
        Kind::Plain { shape, .. } if attribute.only.is_empty() => scalar(shape, value),
        Kind::Plain { shape, .. } => Value::List(vec![Value::from([(attribute.only, scalar(shape, value))])]),
        Kind::Block { shape, single, attributes, .. } | Kind::Objects { shape, single, attributes, .. } => {
            let elements = match value {
                Value::List(elements) => elements.as_slice(),
                _ => std::slice::from_ref(value),
            };
            blocks(shape, *single, attributes, elements, name)
        }
    }
}

fn blocks(shape: &Shape, single: bool, attributes: &[Attribute], elements: &[Value], name: &Name) -> Value {
    if elements.is_empty() {
        return Value::Null;
    }
    if single {
        return structure(attributes, &elements[0], name);
    }
    if let ShapeKind::Map { .. } = shape.kind {
        return Value::Map(elements.iter().map(|element| entry(attributes, element, name)).collect());
    }
    Value::List(elements.iter().map(|element| structure(attributes, element, name)).collect())
}

fn entry(attributes: &[Attribute], element: &Value, name: &Name) -> (String, Value) {
    let of = |origin: Origin| attributes.iter().find(|attribute| attribute.origin == origin);
    let key = of(Origin::MapKey).and_then(|key| element.get(key.name).as_str()).unwrap_or_default();
    let value = match of(Origin::MapValue) {
        Some(attribute) => to_service(attribute, element.get(attribute.name), name),
        None => structure(attributes, element, name),
    };
    (key.to_owned(), value)
}

fn scalar(shape: &Shape, value: &Value) -> Value {
    match (&shape.kind, value) {
        (ShapeKind::Timestamp, Value::String(text)) => seconds(text).map_or(Value::Null, Value::Number),
        (ShapeKind::List { element, .. }, Value::List(elements)) => {
            Value::List(elements.iter().filter(|value| !value.is_null()).map(|value| scalar(element, value)).collect())
        }
        (ShapeKind::Map { value: shape, .. }, Value::Map(entries)) => Value::Map(
            entries
                .iter()
                .filter(|(_, value)| !value.is_null())
                .map(|(key, value)| (key.clone(), scalar(shape, value)))
                .collect(),
        ),
        _ => value.clone(),
    }
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
        split(group, &address(group, operation, prior), input).iter().map(Value::to_string).collect()
    }

    #[test]
    fn what_is_gone_inside_a_structure_is_told_as_empty() {
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
    fn what_is_gone_is_told_with_the_services_word_for_nothing() {
        let prior =
            domain(&[("built_in_lifecycle_config_arn", "arn".into()), ("lifecycle_config_arns", scripts(&["a"]))]);
        assert_eq!(
            update_of_domain(&prior, &domain(&[("lifecycle_config_arns", Value::Null)])),
            r#"{JupyterLabAppSettings = {BuiltInLifecycleConfigArn = "None", LifecycleConfigArns = []}}"#
        );
    }

    #[test]
    fn what_is_gone_with_the_structure_around_it_is_cleared_too() {
        let prior =
            domain(&[("built_in_lifecycle_config_arn", "arn".into()), ("lifecycle_config_arns", scripts(&["a"]))]);
        assert_eq!(
            update_of_domain(&prior, &domain(&[])),
            r#"{JupyterLabAppSettings = {BuiltInLifecycleConfigArn = "None", LifecycleConfigArns = []}}"#
        );
    }

    #[test]
    fn what_only_the_delete_call_takes_is_said_when_the_object_goes() {
        let definition = resource("sagemaker_domain").expect("a resource of ours");
        let operation = definition.operations.delete.expect("a domain can be deleted");
        assert_eq!(
            delete(definition, operation, &domain(&[])).to_string(),
            r#"{DomainId = "d-1", RetentionPolicy = {HomeEfsFileSystem = "Delete"}}"#
        );
    }

    #[test]
    fn an_update_that_deletes_takes_everything_away() {
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
    fn groups_that_are_gone_are_named_in_one_list() {
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
    fn one_change_at_a_time_where_the_service_wants_it() {
        assert_eq!(
            bodies(&group(Some(7), &["a"]), &group(Some(8), &["new", "a"])),
            [
                r#"{FeatureAdditions = [{FeatureName = "new"}], FeatureGroupName = "g"}"#,
                r#"{FeatureGroupName = "g", OnlineStoreConfig = {TtlDuration = {Unit = "Days", Value = 8}}}"#,
            ]
        );
    }
}
