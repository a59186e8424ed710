//! The resources that a call is about, as IAM sees them.

use crate::{
    definition::{self, Permission},
    local::{
        dispatch::Handler,
        kind::{Behavior, Call, Kind},
        operations::references::identity,
    },
    value::Value,
};

/// Stands in an ARN for what is not known before the call, and where IAM knows no resource.
const ANY: &str = "*";

/// The ARNs that IAM checks, all of which have to be allowed; None stands for one that is not known.
pub(super) fn of(handler: &Handler, call: &Call<'_>) -> Vec<Option<String>> {
    let Some(permission) = definition::permission(call.operation.name) else { return vec![Some(ANY.to_owned())] };
    if permission.resources.is_empty() {
        return vec![Some(ANY.to_owned())];
    }
    let found = match handler {
        Handler::OfKind(kind, behavior) => of_kind(kind, behavior, call, permission),
        Handler::OfNone(_) => call.input.get("ResourceArn").as_str().map(str::to_owned).into_iter().collect(),
    };
    if found.is_empty() { vec![None] } else { found.into_iter().map(Some).collect() }
}

/// The object itself, and the others that the call is about and the input names.
fn of_kind(kind: &Kind, behavior: &Behavior, call: &Call<'_>, permission: &Permission) -> Vec<String> {
    let own = own(kind, behavior, call);
    let own_type = own.as_deref().and_then(definition::arn_type);
    let named = |of_type: &str| definition::arn_form(of_type).and_then(|form| other(form, call));
    let targets = permission.resources.iter().filter_map(|of_type| match &own {
        // The start of an execution names its pipeline, which has the type of the execution in IAM.
        Some(own) if own_type == Some(*of_type) && own.ends_with(ANY) => {
            named(of_type).filter(|arn| !arn.ends_with(ANY)).or_else(|| Some(own.clone()))
        }
        Some(own) if own_type == Some(*of_type) => Some(own.clone()),
        _ => named(of_type),
    });
    targets.collect()
}

/// The ARN of that form, if the input has all its parts.
fn other(form: &str, call: &Call<'_>) -> Option<String> {
    let mut parts = form.split("${");
    let mut path = parts.next()?.to_owned();
    for part in parts {
        let (member, rest) = part.split_once('}')?;
        match call.text(member) {
            "" => return None,
            arn if arn.starts_with("arn:") => return Some(arn.to_owned()),
            name => path += name,
        }
        path += rest;
    }
    let (resource_type, key) = path.split_once('/')?;
    Some(call.scope.arn(resource_type, &key.to_lowercase()))
}

/// The ARN of the object that the call names or creates. None: the ARN has a generated id, and there is no such object.
fn own(kind: &Kind, behavior: &Behavior, call: &Call<'_>) -> Option<String> {
    let creates = matches!(behavior, Behavior::Create(_))
        || ["Create", "Import", "Register"].iter().any(|verb| call.operation.name.starts_with(verb));
    match call.named(kind) {
        Ok(object) if !creates => Some(object.arn.clone()),
        _ => {
            let key = key(kind, call);
            (creates || key != ANY).then(|| call.scope.arn(kind.resource_type(), &key))
        }
    }
}

/// The key of an object in its ARN, as far as the input says it.
fn key(kind: &Kind, call: &Call<'_>) -> String {
    let input = with_first_elements(&call.input);
    let texts = identity(kind, &input);
    let texts: Vec<&str> = texts.into_iter().map(|text| if text.is_empty() { ANY } else { text }).collect();
    match texts.as_slice() {
        [arn] if arn.starts_with("arn:") => arn.split_once('/').map_or(ANY, |(_, key)| key).to_owned(),
        texts => match &kind.generated_id {
            // A create call does not have it.
            Some(generated) => {
                let id = generated.member.map(|member| call.text(member)).filter(|id| !id.is_empty());
                id.unwrap_or(ANY).to_owned()
            }
            None => (kind.path)(texts),
        },
    }
}

/// The input, and what the first elements of its lists say: some calls name the object there, in a member of a structure
/// (`Devices`) or in a list of names (`DeviceNames`).
fn with_first_elements(input: &Value) -> Value {
    let mut all = input.clone();
    for (member, list) in input.as_map().into_iter().flatten() {
        let named = match list.at(0) {
            Value::Map(first) => first.clone(),
            Value::String(name) => [(member.trim_end_matches('s').to_owned(), name.as_str().into())].into(),
            _ => continue,
        };
        let new = named.into_iter().filter(|(member, _)| input.get(member).is_null());
        new.for_each(|(member, value)| all.insert(member, value));
    }
    all
}
