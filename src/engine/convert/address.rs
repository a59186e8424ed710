//! The identity of an object: its names, the members of a call that address it, and the calls that list it.

use crate::{
    definition::{
        Attribute, Identity, Resource, camel_case,
        service::{Operation, ShapeKind},
    },
    engine::convert::absence::is_none,
    value::Value,
};

/// The input members that address the object in a call of `operation`.
pub(crate) fn address(resource: &Resource, operation: &Operation, state: &Value) -> Value {
    let identity = &resource.identity;
    let members = operation.input.members().iter().filter_map(|member| {
        if let Some((_, constant)) = identity.constants.iter().find(|(input, _)| *input == member.name) {
            return Some((member.name.to_owned(), (*constant).into()));
        }
        let source = source_of(identity, member.name)?;
        let attribute = resource.attribute_of(source)?;
        let value = Some(state.get(attribute.name)).filter(|value| !is_none(attribute, value))?;
        // Some calls address a list of objects.
        let value = match member.shape.kind {
            ShapeKind::List { .. } if value.as_str().is_some() => Value::List(vec![value.clone()]),
            _ => value.clone(),
        };
        (!value.is_unknown()).then(|| (member.name.to_owned(), value))
    });
    Value::Map(members.collect())
}

/// The members that identify the object among those that the read call returns: its names that are not in the input.
pub(crate) fn marks(resource: &Resource, operation: &Operation, state: &Value) -> Value {
    let given = |name: &str| {
        let mut inputs = operation.input.members().iter();
        inputs.any(|input| source_of(&resource.identity, input.name) == Some(name))
    };
    let marks = resource.identity.members.iter().filter(|name| !given(name)).filter_map(|name| {
        let attribute = resource.attribute_of(name).filter(|attribute| attribute.observed)?;
        Some((attribute.read_member()?.to_owned(), state.get(attribute.name).clone()))
    });
    Value::Map(marks.collect())
}

/// True if the state addresses its object: it holds the names that the service generates, and all that the read call
/// requires.
pub(crate) fn is_addressed(resource: &'static Resource, state: &Value) -> bool {
    let is_known = |value: &Value| !value.is_null() && !value.is_unknown();
    let read = resource.operations.read;
    let address = address(resource, read, state);
    names(resource).into_iter().all(|attribute| attribute.usage.is_settable() || is_known(state.get(attribute.name)))
        && read.input.members().iter().filter(|member| member.required).all(|member| is_known(address.get(member.name)))
}

/// The attributes that address an object, in the order of its `id`.
pub(crate) fn names(resource: &Resource) -> Vec<&Attribute> {
    resource.identity.members.iter().filter_map(|member| resource.attribute_of(member)).collect()
}

/// The optional names of a read, and the required ones.
pub(crate) fn parted<'a>(resource: &Resource, names: &[&'a Attribute]) -> (Vec<&'a Attribute>, Vec<&'a Attribute>) {
    names.iter().partition(|name| is_optional(resource, name))
}

/// An empty text names nothing, like null.
pub(crate) fn names_something(value: &Value) -> bool {
    !value.is_null() && value.as_str() != Some("")
}

/// Whether an object can be read without this part of its address: an app has one of two owners, an image has a latest
/// version.
fn is_optional(resource: &Resource, name: &Attribute) -> bool {
    let renamed = resource.identity.inputs.iter().find(|(_, member)| Some(*member) == name.member());
    let input = renamed.map(|(input, _)| *input).or(name.member());
    let input_member = input.and_then(|input| resource.operations.read.input.member(input));
    // An object in a list is identified by its complete address.
    resource.operations.object.is_none() && input_member.is_some_and(|input_member| !input_member.required)
}

/// The `id` of the object; `None` if a part of it is not known. The only object of its kind in a region has the region.
pub(crate) fn id(resource: &Resource, values: &Value, region: &str) -> Option<String> {
    let own = resource.identity.id.as_slice();
    let members = if own.is_empty() { resource.identity.members } else { own };
    if members.is_empty() {
        return Some(region.to_owned());
    }
    let part = |member: &&str| part(values.get(resource.attribute_of(member)?.name));
    let parts: Option<Vec<String>> = members.iter().map(part).collect();
    Some(parts?.join(resource.identity.separator))
}

/// The values of the names that are known, joined as in an `id`.
pub(crate) fn joined(resource: &Resource, values: &Value) -> String {
    let parts: Vec<String> = names(resource).iter().filter_map(|name| part(values.get(name.name))).collect();
    parts.join(resource.identity.separator)
}

/// The part of an `id` that a name is; `None` if it names nothing.
fn part(name: &Value) -> Option<String> {
    match name {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The API member whose value is sent in the input member `name` of an operation that addresses an object.
fn source_of<'a>(identity: &'a Identity, name: &'a str) -> Option<&'a str> {
    let renamed = identity.inputs.iter().find(|(input, _)| *input == name).map(|(_, source)| *source);
    renamed.or_else(|| identity.members.contains(&name).then_some(name))
}

/// The attributes that name the object, if users name it: those of its identity, or its name beside an ARN.
pub(crate) fn own_names(resource: &'static Resource) -> Vec<&'static str> {
    let name = format!("{}Name", resource.operations.create.name.trim_start_matches("Create"));
    let named = if resource.is_named_by_users() { resource.identity.members.to_vec() } else { vec![&*name] };
    let attributes = named.into_iter().filter_map(|member| resource.attribute_of(member));
    attributes.filter(|attribute| attribute.usage.is_settable()).map(|attribute| attribute.name).collect()
}

/// The arguments in the address that name what contains the object, such as the domain of a user profile. The last name is
/// that of the object, unless the service numbers it, or the object is a setting of another one.
pub(crate) fn parents(resource: &Resource) -> Vec<&'static str> {
    let members = resource.identity.members.iter().filter_map(|member| resource.attribute_of(member));
    let (settable, computed): (Vec<&Attribute>, Vec<&Attribute>) =
        members.partition(|attribute| attribute.usage.is_settable());
    let is_named = resource.creates_an_object() && computed.is_empty();
    let count = settable.len().saturating_sub(usize::from(is_named));
    settable.into_iter().take(count).map(|attribute| attribute.name).collect()
}

/// True if the operation has a client token, by which the service recognises a repeated call.
pub(crate) fn has_token(operation: &Operation) -> bool {
    operation.input.members().iter().any(|member| member.idempotency_token)
}

/// True for a create call that creates another object each time: the service generates the identity and takes no client
/// token.
pub(crate) fn creates_another_each_time(resource: &'static Resource, operation: &str) -> bool {
    let create = resource.operations.create;
    operation == create.name && !has_token(create) && !resource.is_named_by_users()
}

/// The body of a list call for objects created no earlier than `earliest` (milliseconds since 1970), as far as the call
/// has filters: by time, and by texts of the object that never change.
pub(crate) fn listing(resource: &'static Resource, list: &Operation, desired: &Value, earliest: i64) -> Value {
    let members = list.input.members().iter().filter_map(|member| {
        let value = match member.name {
            "CreationTimeAfter" | "CreatedAfter" => (earliest.div_euclid(1_000) - 1).into(),
            name => {
                let attribute = resource.attribute_of(name)?;
                let never_changes = attribute.on_create && !attribute.on_update;
                desired.get(attribute.name).as_str().filter(|_| never_changes)?.into()
            }
        };
        Some((member.name.to_owned(), value))
    });
    Value::Map(members.collect())
}

/// The AWS CLI command that calls the operation: `aws sagemaker describe-model --model-name m --region us-east-1`.
pub(crate) fn command(operation: &Operation, input: &Value, region: &str) -> String {
    let options = input.as_map().into_iter().flatten();
    let option = |(member, value): (&String, &Value)| match value.as_bool() {
        Some(true) => format!(" --{}", camel_case::joined(member, "-")),
        Some(false) => format!(" --no-{}", camel_case::joined(member, "-")),
        None => format!(" --{} {}", camel_case::joined(member, "-"), value.to_text()),
    };
    let options: String = options.map(option).collect();
    format!("aws sagemaker {}{options} --region {region}", camel_case::joined(operation.name, "-"))
}
