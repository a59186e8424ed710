//! What a plan knows of one object: the parts of its ARN, its region, its tags, and the roles that it passes.

use serde_json::Value as Json;

use crate::{
    definition::{Attribute, Origin, Resource},
    permissions,
};

/// An object with the values of a plan. Without a plan there are no values.
#[derive(Debug, Clone)]
pub(super) struct Object {
    pub(super) attributes: &'static [Attribute],
    /// None: arguments of a call.
    pub(super) resource: Option<&'static Resource>,
    /// The values by Terraform name; null without a plan.
    pub(super) values: Json,
    /// True where a value is known only after the apply, in the form of the values.
    pub(super) unknown: Json,
}

/// A role that an object passes to the service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PassedRole {
    /// The ARN.
    Known(String),
    /// The path of an argument whose value is not known.
    Unknown(String),
}

impl Object {
    /// An object of which nothing but its type is known.
    pub(super) fn of_type(attributes: &'static [Attribute], resource: Option<&'static Resource>) -> Self {
        Self { attributes, resource, values: Json::Null, unknown: Json::Null }
    }

    pub(super) fn is_planned(&self) -> bool {
        !self.values.is_null()
    }

    /// The region, if the values say it.
    pub(super) fn region(&self) -> Option<&str> {
        self.values.get("region").and_then(Json::as_str)
    }

    /// The ARN, if it is known.
    pub(super) fn arn(&self) -> Option<&str> {
        self.text(self.resource?.arn()?.name)
    }

    /// The attribute of a member of the API.
    pub(super) fn attribute(&self, member: &str) -> Option<&'static Attribute> {
        self.attributes.iter().find(|attribute| attribute.member() == Some(member))
    }

    /// The value of a member of the API, if it is a text.
    pub(super) fn member(&self, member: &str) -> Option<&str> {
        self.text(self.attribute(member)?.name)
    }

    /// True if the member is the name of the object itself, and not of what it belongs to.
    pub(super) fn names_itself(&self, member: &str) -> bool {
        self.resource.is_some_and(|resource| resource.identity.members.last() == Some(&member))
    }

    /// The name of the object itself, if users name it: a text, or the beginning of it with a `*`.
    pub(super) fn own_name(&self) -> Option<String> {
        let identity = &self.resource?.identity;
        let member = identity.members.last()?;
        match (self.member(member), identity.naming) {
            (Some(name), _) => Some(name.to_owned()),
            (None, Some(naming)) if naming.member == *member && self.is_generated(member) => {
                let prefix = self.attributes.iter().find(|attribute| attribute.origin == Origin::NamePrefix);
                let prefix = prefix.and_then(|prefix| self.text(prefix.name)).unwrap_or(naming.prefix);
                Some(format!("{prefix}*"))
            }
            _ => None,
        }
    }

    /// True if the provider generates the name. A name that is written, and not known yet, has no prefix in the plan.
    fn is_generated(&self, member: &str) -> bool {
        let is_unknown = |name: &str| self.unknown.get(name).is_some_and(is_unknown);
        let is_prefixed = |attribute: &Attribute| {
            let is_given = self.text(attribute.name).is_some_and(|prefix| !prefix.is_empty());
            attribute.origin == Origin::NamePrefix && (is_given || is_unknown(attribute.name))
        };
        let name = self.attribute(member).map_or("", |attribute| attribute.name);
        self.is_planned() && (!is_unknown(name) || self.attributes.iter().any(is_prefixed))
    }

    /// True if the argument is true, or nothing is known of it.
    pub(super) fn is_set(&self, argument: &str) -> bool {
        !self.is_planned() || self.values.get(argument) == Some(&Json::Bool(true))
    }

    /// True if the object has tags, or may have some.
    pub(super) fn is_tagged(&self) -> bool {
        let has = |tags: &Json| tags.as_object().is_some_and(|tags| !tags.is_empty());
        !self.is_planned()
            || self.unknown.get("tags_all").is_some_and(is_unknown)
            || self.values.get("tags_all").is_some_and(has)
    }

    /// The roles that the create call, or the update call, sends.
    pub(super) fn roles(&self, updates: bool) -> Vec<PassedRole> {
        let roles = permissions::roles(self.attributes);
        let sent = roles.iter().filter(|role| if updates { role.on_update } else { role.on_create });
        let found = sent.flat_map(|role| {
            let mut found = Vec::new();
            if self.is_planned() {
                collect(&self.values, &self.unknown, &role.names, &role.path(), &mut found);
            } else {
                found.push(PassedRole::Unknown(role.path()));
            }
            found
        });
        found.collect()
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.values.get(name)?.as_str().filter(|text| !text.is_empty())
    }
}

/// True if a value of a plan is unknown, or anything in it: what is known is false or empty there.
pub(super) fn is_unknown(unknown: &Json) -> bool {
    match unknown {
        Json::Bool(unknown) => *unknown,
        Json::Array(elements) => elements.iter().any(is_unknown),
        Json::Object(members) => members.values().any(is_unknown),
        _ => false,
    }
}

/// The roles at a path of names, through lists and sets. An empty text is no role.
fn collect(value: &Json, unknown: &Json, names: &[&str], path: &str, found: &mut Vec<PassedRole>) {
    match (value, unknown, names) {
        (_, Json::Bool(true), _) => found.push(PassedRole::Unknown(path.to_owned())),
        (Json::Array(elements), _, _) => {
            for (place, element) in elements.iter().enumerate() {
                collect(element, unknown.get(place).unwrap_or(&Json::Null), names, path, found);
            }
        }
        (Json::String(role), _, []) if !role.is_empty() => found.push(PassedRole::Known(role.clone())),
        (Json::Object(members), _, [name, inner @ ..]) => {
            let [value, unknown] = [members.get(*name), unknown.get(*name)].map(|found| found.unwrap_or(&Json::Null));
            collect(value, unknown, inner, path, found);
        }
        _ => {}
    }
}
