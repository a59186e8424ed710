//! The resource identity: what identifies an object beside its state, and the import of an object by it.
//!
//! An identity has the names that address the object, and the account and region that it belongs to. All of it follows
//! from the definition and the state, so that nothing is called.

use crate::{
    arn::Arn,
    definition::{Attribute, Resource},
    diag::{self, Diagnostic, identity::IdentityForm},
    engine::{
        convert::address::{self, names_something},
        resource::import::{located, set_prefix},
    },
    schema::{IdentityAttribute, IdentitySchema, Type},
    value::Value,
};

const ACCOUNT: &str = "account_id";
const REGION: &str = "region";

/// The schema of the identity of a resource type.
pub(crate) fn schema(resource: &Resource) -> IdentitySchema {
    let (optional, required) = names_to_import(resource);
    let named = |required| {
        move |name: &&Attribute| IdentityAttribute {
            name: name.name,
            r#type: name.terraform_type(),
            description: name.description,
            required,
        }
    };
    let context = |name, description| IdentityAttribute { name, r#type: Type::String, description, required: false };
    let required = required.iter().map(named(true));
    let optional = optional.iter().map(named(false));
    let account = context(ACCOUNT, "ID of the AWS account that the object belongs to.");
    let region = context(REGION, "Region of the object. The provider's region if unset.");
    IdentitySchema { version: 0, attributes: required.chain(optional).chain([account, region]).collect() }
}

/// The identity of the object in a state; null if the state does not identify it.
pub(crate) fn of_state(resource: &Resource, state: &Value) -> Value {
    let (optional, required) = names_to_import(resource);
    let known = |name: &&Attribute| names_something(state.get(name.name)) && !state.get(name.name).is_unknown();
    if state.is_null() || !required.iter().all(known) {
        return Value::Null;
    }
    let mut identity = Value::object();
    for name in required.iter().chain(&optional) {
        let value = Some(state.get(name.name)).filter(|_| known(name));
        identity.insert(name.name, value.cloned().unwrap_or_default());
    }
    identity.insert(ACCOUNT, account(resource, state).map_or(Value::Null, Value::from));
    identity.insert(REGION, Some(state.get(REGION)).filter(|region| !region.is_unknown()).cloned().unwrap_or_default());
    identity
}

/// The names that an import may set, of which it needs one, and those that it must set. A read may do without some of
/// the latter, such as the version of an image, but then reads another object each time.
fn names_to_import(resource: &Resource) -> (Vec<&Attribute>, Vec<&Attribute>) {
    let names = address::names(resource);
    match address::parted(resource, &names) {
        (optional, required) if optional.len() > 1 => (optional, required),
        _ => (Vec::new(), names),
    }
}

/// The account that the object belongs to, if one of its ARNs contains it. Objects without an ARN do not show theirs,
/// and are not worth a call to AWS STS.
fn account<'s>(resource: &Resource, state: &'s Value) -> Option<&'s str> {
    let names = address::names(resource).into_iter();
    let mut texts = resource.arn().into_iter().chain(names).filter_map(|name| state.get(name.name).as_str());
    texts.find_map(Arn::account_of)
}

/// The state from which a read of the identified object can start. `region` is the region if the identity has none.
pub(crate) fn import(resource: &Resource, identity: &Value, region: &str) -> Result<Value, Diagnostic> {
    check(resource, identity)?;
    let region = identity.get(REGION).as_str().filter(|region| !region.is_empty()).unwrap_or(region);
    let (optional, required) = names_to_import(resource);
    let named = required.iter().chain(&optional).filter(|name| names_something(identity.get(name.name)));
    let named = Value::Map(named.map(|name| (name.name.to_owned(), identity.get(name.name).clone())).collect());
    let mut state = located(resource, &named, region);
    if let Some(id) = id(resource, &named, region) {
        set_prefix(resource, &id, &mut state);
        state.insert("id", id.into());
    }
    Ok(state)
}

/// The `id` of the object with these names; `None` if it is an ARN that the names do not contain.
fn id(resource: &Resource, names: &Value, region: &str) -> Option<String> {
    if resource.identity.id.is_some() {
        return None;
    }
    let id = address::joined(resource, names);
    Some(if id.is_empty() { region.to_owned() } else { id })
}

fn check(resource: &Resource, identity: &Value) -> Result<(), Diagnostic> {
    let (optional, required) = names_to_import(resource);
    let names_something = |name: &&Attribute| names_something(identity.get(name.name));
    if let Some(missing) = required.iter().find(|name| !names_something(name)) {
        return Err(form(resource, |form| form.lacks(missing.name)));
    }
    if optional.len() > 1 && optional.iter().filter(|name| names_something(name)).count() != 1 {
        let names: Vec<&str> = optional.iter().map(|name| name.name).collect();
        return Err(form(resource, |form| form.needs_one_of(&names)));
    }
    let account = identity.get(ACCOUNT).as_str().unwrap_or_default();
    let arns = required.iter().filter_map(|name| Some((name, Arn::account_of(identity.get(name.name).as_str()?)?)));
    match arns.into_iter().find(|(_, of_arn)| !account.is_empty() && *of_arn != account) {
        Some((name, of_arn)) => {
            Err(diag::identity::two_accounts(resource.noun, (ACCOUNT, account), (name.name, of_arn)))
        }
        None => Ok(()),
    }
}

/// The refusal of an identity, with all that one consists of.
fn form(resource: &Resource, refusal: impl FnOnce(IdentityForm<'_>) -> Diagnostic) -> Diagnostic {
    let schema = schema(resource);
    let attributes: Vec<_> = schema.attributes.iter().map(|attribute| (attribute.name, attribute.required)).collect();
    refusal(IdentityForm { type_name: resource.type_name, noun: resource.noun, attributes: &attributes })
}

/// True if the identity says which account the object belongs to.
pub(crate) fn names_account(identity: &Value) -> bool {
    names_something(identity.get(ACCOUNT))
}

/// Why the object of an imported identity belongs to another account; `None` if it does not.
pub(crate) fn foreign(resource: &Resource, identity: &Value, own: Option<&str>) -> Option<Diagnostic> {
    let account = identity.get(ACCOUNT).as_str().filter(|account| !account.is_empty())?;
    let own = own.filter(|own| *own != account)?;
    Some(diag::identity::foreign_account(resource.noun, (ACCOUNT, account), own))
}
