//! How inputs and objects refer to objects: by name, by ARN, or by several members together.

use super::members::lookup;
use crate::{
    local::{
        error::ServiceError,
        kind::{Call, Kind, Parent},
        scope::name_in,
        storage::store::Object,
    },
    value::{Map, Value},
};

impl Call<'_> {
    /// The key of the object of that kind with this name or ARN.
    pub(in crate::local) fn key(&self, kind: &Kind, text: &str) -> Result<String, ServiceError> {
        match text.strip_prefix("arn:") {
            None => Ok((kind.path)(&[text]).to_lowercase()),
            Some(_) => self.scope.key_of(text, kind.resource_type()),
        }
    }

    /// The object that the input identifies, or the error that it does not exist.
    pub(in crate::local) fn named(&self, kind: &Kind) -> Result<&Object, ServiceError> {
        if let Some(locate) = kind.locate {
            let key = locate(self)?;
            return self.get(kind, &key, key.rsplit('/').next().unwrap_or_default());
        }
        let texts = identity(kind, &self.input);
        match texts.as_slice() {
            [""] => self.find(kind, self.text(kind.arn)),
            [text] => self.find(kind, text),
            [.., name] => self.get(kind, &(kind.path)(&texts).to_lowercase(), name),
            [] => self.find(kind, ""),
        }
    }

    /// The object of that name or ARN, or the error that it does not exist.
    pub(in crate::local) fn find(&self, kind: &Kind, text: &str) -> Result<&Object, ServiceError> {
        let key = self.key(kind, text)?;
        if kind.generated_id.is_some() && self.region.get(kind.id, &key).is_none() {
            let named = self.region.of_kind(kind.id).find(|one| one.name == text);
            return named.ok_or_else(|| self.not_found(kind, &key, text));
        }
        self.get(kind, &key, text)
    }

    /// The object of that key, or the error that it does not exist.
    pub(in crate::local) fn get(&self, kind: &Kind, key: &str, name: &str) -> Result<&Object, ServiceError> {
        self.region.get(kind.id, key).ok_or_else(|| self.not_found(kind, key, name))
    }

    /// The object of that ARN, of any kind.
    pub(in crate::local) fn of_arn(&self, arn: &str) -> Result<Option<&Object>, ServiceError> {
        let (resource_type, key) = self.scope.split(arn)?;
        Ok(self.catalog.of_resource_type(&resource_type).find_map(|kind| self.region.get(kind.id, &key)))
    }
}

/// The values of the members that identify an object; empty strings for absent ones.
pub(in crate::local) fn identity<'a>(kind: &Kind, members: &'a Value) -> Vec<&'a str> {
    let given = |member: &str| members.get(member).as_str().unwrap_or_default();
    let texts = kind.identity().iter().map(|member| match member.split_once('|') {
        None => given(member),
        Some((one, other)) => Some(given(one)).filter(|text| !text.is_empty()).unwrap_or_else(|| given(other)),
    });
    let texts: Vec<&str> = texts.collect();
    match texts.len() {
        0 | 1 => texts,
        // Within a composite identifier, an ARN is equivalent to the name in it.
        _ => texts.into_iter().map(name_in).collect(),
    }
}

/// Checks that the parents in the input exist, if they belong to the scope of the call.
pub(in crate::local) fn check_parents(kind: &Kind, call: &Call<'_>) -> Result<(), ServiceError> {
    kind.parents.iter().try_for_each(|parent| check_parent(parent, call))
}

fn check_parent(parent: &Parent, call: &Call<'_>) -> Result<(), ServiceError> {
    if parent.kind.identity().len() > 1 {
        let given = !identity(parent.kind, &call.input).contains(&"");
        return if given { call.named(parent.kind).map(|_| ()) } else { Ok(()) };
    }
    let members = call.input.as_map().cloned().unwrap_or_default();
    match lookup(&members, parent.member).as_str() {
        Some(text) if !call.scope.is_foreign(text) => call.find(parent.kind, text).map(|_| ()),
        _ => Ok(()),
    }
}

/// Whether a description refers to the object as its parent.
pub(in crate::local) fn refers(call: &Call<'_>, parent: &Parent, members: &Map, object: &Object) -> bool {
    if parent.kind.identity().len() > 1 {
        let members = Value::Map(members.clone());
        return (parent.kind.path)(&identity(parent.kind, &members)).to_lowercase() == object.key;
    }
    let text = lookup(members, parent.member).as_str().unwrap_or_default();
    text == object.name || call.key(parent.kind, text).is_ok_and(|key| key == object.key)
}
