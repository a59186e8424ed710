//! Converts the values of requests and responses, each by the type of its schema.

use std::{collections::BTreeMap, sync::OnceLock};

use super::{
    fault::Fault,
    protocol::tfplugin5::{DynamicValue, RawState, ResourceIdentityData},
};
use crate::{
    engine::{Schemas, StoredState},
    schema::{IdentitySchema, Schema, Type},
    value::Value,
    wire::{json, msgpack},
};

/// The object types of all schemas, each built on first use: most processes need few of them.
pub(super) struct Types {
    provider: OnceLock<Type>,
    resources: BTreeMap<&'static str, OnceLock<Type>>,
    data_sources: BTreeMap<&'static str, OnceLock<Type>>,
    lists: BTreeMap<&'static str, OnceLock<Type>>,
    actions: BTreeMap<&'static str, OnceLock<Type>>,
    ephemerals: BTreeMap<&'static str, OnceLock<Type>>,
}

/// How the values of the provider, a resource type or a data source are converted.
#[derive(Clone, Copy)]
pub(super) struct Body<'a> {
    r#type: &'a Type,
}

impl Types {
    pub(super) fn new(schemas: &Schemas) -> Self {
        let empty = |names: &BTreeMap<&'static str, Schema>| {
            names.keys().map(|name| (*name, OnceLock::new())).collect::<BTreeMap<_, _>>()
        };
        Self {
            provider: OnceLock::new(),
            resources: empty(&schemas.resources),
            data_sources: empty(&schemas.data_sources),
            lists: empty(&schemas.lists),
            actions: empty(&schemas.actions),
            ephemerals: empty(&schemas.ephemerals),
        }
    }

    pub(super) fn provider<'a>(&'a self, schemas: &'a Schemas) -> Body<'a> {
        body(&schemas.provider, &self.provider)
    }

    pub(super) fn resource<'a>(&'a self, schemas: &'a Schemas, name: &str) -> Result<Body<'a>, Fault> {
        named(&schemas.resources, &self.resources, "resource type", name)
    }

    pub(super) fn data_source<'a>(&'a self, schemas: &'a Schemas, name: &str) -> Result<Body<'a>, Fault> {
        named(&schemas.data_sources, &self.data_sources, "data source", name)
    }

    pub(super) fn action<'a>(&'a self, schemas: &'a Schemas, name: &str) -> Result<Body<'a>, Fault> {
        named(&schemas.actions, &self.actions, "action", name)
    }

    pub(super) fn ephemeral<'a>(&'a self, schemas: &'a Schemas, name: &str) -> Result<Body<'a>, Fault> {
        named(&schemas.ephemerals, &self.ephemerals, "ephemeral resource", name)
    }

    pub(super) fn list<'a>(&'a self, schemas: &'a Schemas, name: &str) -> Result<Body<'a>, Fault> {
        named(&schemas.lists, &self.lists, "list resource", name)
    }
}

fn named<'a>(
    schemas: &'a BTreeMap<&'static str, Schema>,
    types: &'a BTreeMap<&'static str, OnceLock<Type>>,
    kind: &'static str,
    name: &str,
) -> Result<Body<'a>, Fault> {
    match (schemas.get(name), types.get(name)) {
        (Some(schema), Some(r#type)) => Ok(body(schema, r#type)),
        _ => Err(Fault::NotOffered { kind, name: name.to_owned() }),
    }
}

fn body<'a>(schema: &Schema, r#type: &'a OnceLock<Type>) -> Body<'a> {
    Body { r#type: r#type.get_or_init(|| schema.block.object_type()) }
}

impl Body<'_> {
    /// Reads an object, or null if there is none.
    pub(super) fn read(&self, field: &'static str, value: Option<DynamicValue>) -> Result<Value, Fault> {
        let value = value.ok_or(Fault::Empty { field })?;
        match decode(field, &value, self.r#type)? {
            Value::Unknown(_) => Err(Fault::Empty { field }),
            value => Ok(value),
        }
    }

    /// Reads a required object.
    pub(super) fn read_object(&self, field: &'static str, value: Option<DynamicValue>) -> Result<Value, Fault> {
        match self.read(field, value)? {
            Value::Null => Err(Fault::Empty { field }),
            value => Ok(value),
        }
    }

    pub(super) fn write(&self, value: &Value) -> Result<DynamicValue, Fault> {
        encode(value, self.r#type)
    }

    /// Writes the parts of the value that its type allows. For a state that must not be lost although it is invalid.
    pub(super) fn write_what_fits(&self, value: Value) -> Option<DynamicValue> {
        self.write(&fitting(self.r#type, value)).ok()
    }
}

fn decode(field: &'static str, value: &DynamicValue, r#type: &Type) -> Result<Value, Fault> {
    let read = match (value.msgpack.as_slice(), value.json.as_slice()) {
        ([], []) => Ok(Value::Null),
        ([], json) => json::decode(json, r#type),
        (msgpack, _) => msgpack::decode(msgpack, r#type),
    };
    read.map_err(|error| Fault::Unreadable { field, error })
}

/// Writes a value, such as the result of a function.
pub(super) fn encode(value: &Value, r#type: &Type) -> Result<DynamicValue, Fault> {
    let msgpack = msgpack::encode(value, r#type).map_err(|error| Fault::Unwritable { error })?;
    Ok(DynamicValue { msgpack, json: Vec::new() })
}

/// Reads an argument of a function, which is known as a whole and not null.
pub(super) fn read_argument(value: &DynamicValue, r#type: &Type) -> Result<Value, Fault> {
    let field = "arguments";
    match decode(field, value, r#type)? {
        Value::Null => Err(Fault::Empty { field }),
        value if !value.is_wholly_known() => Err(Fault::Empty { field }),
        value => Ok(value),
    }
}

/// Reads the identity of an object of a resource type; null if there is none.
pub(super) fn read_identity(
    schemas: &Schemas,
    name: &str,
    identity: Option<ResourceIdentityData>,
) -> Result<Value, Fault> {
    let field = "identity";
    let Some(data) = identity.and_then(|identity| identity.identity_data) else { return Ok(Value::Null) };
    let r#type = identity_type(schemas, name)?;
    msgpack::decode(&data.msgpack, &r#type).map_err(|error| Fault::Unreadable { field, error })
}

/// Reads a stored identity. There is one version of each identity, so that it is returned as it is.
pub(super) fn read_stored_identity(schemas: &Schemas, name: &str, raw: Option<RawState>) -> Result<Value, Fault> {
    let field = "raw_identity";
    let r#type = identity_type(schemas, name)?;
    json::decode(&raw_json(field, raw)?, &r#type).map_err(|error| Fault::Unreadable { field, error })
}

/// Writes an identity; `None` for null, since an identity without values is invalid.
pub(super) fn write_identity(
    schemas: &Schemas,
    name: &str,
    identity: &Value,
) -> Result<Option<ResourceIdentityData>, Fault> {
    if identity.is_null() {
        return Ok(None);
    }
    let identity_data = encode(identity, &identity_type(schemas, name)?)?;
    Ok(Some(ResourceIdentityData { identity_data: Some(identity_data) }))
}

fn identity_type(schemas: &Schemas, name: &str) -> Result<Type, Fault> {
    let fault = || Fault::NotOffered { kind: "identity of resource type", name: name.to_owned() };
    schemas.identities.get(name).map(IdentitySchema::object_type).ok_or_else(fault)
}

/// Reads a state from a state file: of any version of a resource type of this provider, or of another provider.
pub(super) fn read_stored_state(
    field: &'static str,
    version: i64,
    raw: Option<RawState>,
) -> Result<StoredState, Fault> {
    let bytes = raw_json(field, raw)?;
    let state = json::untyped(&bytes).map_err(|error| Fault::Unreadable { field, error })?;
    Ok(StoredState { state, version })
}

fn raw_json(field: &'static str, raw: Option<RawState>) -> Result<Vec<u8>, Fault> {
    match raw {
        Some(raw) if !raw.json.is_empty() => Ok(raw.json),
        Some(raw) if !raw.flatmap.is_empty() => Err(Fault::Flatmap),
        _ => Err(Fault::Empty { field }),
    }
}

/// The value with null wherever it is not of the type.
fn fitting(r#type: &Type, value: Value) -> Value {
    match (r#type, value) {
        (Type::List(element) | Type::Set(element), Value::List(elements)) => {
            Value::List(elements.into_iter().map(|value| fitting(element, value)).collect())
        }
        (Type::Map(element), Value::Map(members)) => {
            Value::Map(members.into_iter().map(|(key, value)| (key, fitting(element, value))).collect())
        }
        (Type::Object(types), Value::Map(mut members)) => Value::Map(
            types
                .iter()
                .map(|(name, member)| (name.clone(), fitting(member, members.remove(name).unwrap_or_default())))
                .collect(),
        ),
        (r#type, value) if r#type.admits(&value) => value,
        _ => Value::Null,
    }
}
