//! The arguments that hold roles which a call passes to the service.

use crate::definition::{Attribute, AttributeKind, Origin, is_passed_role};

/// An argument that holds the ARN of a passed role, or a list of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// The Terraform names that lead to it, through blocks.
    pub names: Vec<&'static str>,
    /// The create call, or the call of a query or action, sends it.
    pub on_create: bool,
    /// The update call sends it.
    pub on_update: bool,
}

impl Role {
    /// The names, joined by dots.
    pub fn path(&self) -> String {
        self.names.join(".")
    }
}

/// All passed roles among the attributes, at any depth, sorted by path.
pub fn roles(attributes: &'static [Attribute]) -> Vec<Role> {
    let mut found = Vec::new();
    collect(attributes, &[], &mut found);
    found
}

fn collect(attributes: &'static [Attribute], outer: &[&'static str], found: &mut Vec<Role>) {
    for attribute in attributes {
        let names = [outer, &[attribute.name]].concat();
        match (attribute.origin, &attribute.kind) {
            (Origin::Member(member), AttributeKind::Plain { shape, .. }) if is_passed_role(member, shape) => {
                let Attribute { on_create, on_update, .. } = *attribute;
                if on_create || on_update {
                    found.push(Role { names, on_create, on_update });
                }
            }
            _ => collect(attribute.attributes(), &names, found),
        }
    }
}
