//! Terraform's side of a schema: types, attributes and blocks with their flags.
//!
//! This room knows neither the service nor the wire format.

mod function;
mod identity;
mod types;
pub(crate) mod usage;

pub use function::{Function, Parameter};
pub use identity::{IdentityAttribute, IdentitySchema};
pub use types::Type;
pub use usage::{Nesting, Usage};

/// The schema of the provider, a resource or a data source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schema {
    /// Incremented when states of older versions need an upgrade.
    pub version: i64,
    /// The body.
    pub block: Block,
}

/// A body: attributes and nested blocks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Block {
    /// The arguments and computed attributes.
    pub attributes: Vec<Attribute>,
    /// The blocks within.
    pub blocks: Vec<NestedBlock>,
    /// Markdown.
    pub description: &'static str,
    /// The deprecation message of the block, if it is deprecated.
    pub deprecated: Option<&'static str>,
}

/// One attribute of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// As users write it.
    pub name: &'static str,
    /// The type of its value.
    pub r#type: Type,
    /// Markdown.
    pub description: &'static str,
    /// Who sets it.
    pub usage: Usage,
    /// Terraform does not show the value.
    pub sensitive: bool,
    /// Terraform does not keep the value in plans and states.
    pub write_only: bool,
    /// The deprecation message, if it is deprecated.
    pub deprecated: Option<&'static str>,
}

/// A nested block and how often it may occur.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NestedBlock {
    /// As users write it.
    pub name: &'static str,
    /// The shape of the block's value.
    pub nesting: Nesting,
    /// The body.
    pub block: Block,
    /// 0 means optional.
    pub min_items: i64,
    /// 0 means unlimited.
    pub max_items: i64,
}

impl Block {
    /// The object type of a body's value.
    pub fn object_type(&self) -> Type {
        let attributes = self.attributes.iter().map(|attribute| (attribute.name.to_owned(), attribute.r#type.clone()));
        let blocks = self.blocks.iter().map(|block| (block.name.to_owned(), block.value_type()));
        Type::Object(attributes.chain(blocks).collect())
    }
}

impl NestedBlock {
    /// The type of the block's value in the enclosing object.
    pub fn value_type(&self) -> Type {
        let object = self.block.object_type();
        match self.nesting {
            Nesting::Single => object,
            Nesting::List => Type::List(Box::new(object)),
            Nesting::Set => Type::Set(Box::new(object)),
        }
    }
}
