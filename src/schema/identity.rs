//! Terraform's side of a resource identity: the attributes that identify an object, beside its state.

use std::collections::BTreeMap;

use super::types::Type;

/// The schema of a resource identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentitySchema {
    /// Incremented when stored identities of older versions need an upgrade.
    pub version: i64,
    /// The attributes, in the order in which they are documented.
    pub attributes: Vec<IdentityAttribute>,
}

/// One attribute of an identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityAttribute {
    /// As users write it in an `import` block.
    pub name: &'static str,
    /// A scalar type.
    pub r#type: Type,
    /// Markdown.
    pub description: &'static str,
    /// An import must set it; otherwise an import may set it.
    pub required: bool,
}

impl IdentitySchema {
    /// The object type of an identity's value.
    pub fn object_type(&self) -> Type {
        let members = self.attributes.iter().map(|attribute| (attribute.name.to_owned(), attribute.r#type.clone()));
        Type::Object(members.collect::<BTreeMap<_, _>>())
    }
}
