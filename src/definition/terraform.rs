//! Terraform's view of a definition: the schema that a host is told, and constants as values.

use super::{
    attribute::{Attribute, Kind, Literal},
    resource::Resource,
    service::{Shape, ShapeKind},
};
use crate::{
    schema::{self, Block, NestedBlock, Nesting, Schema, Type},
    value::Value,
};

impl Resource {
    /// The schema of the resource type.
    pub fn schema(&self) -> Schema {
        let block = Block { description: self.description, ..block_of(self.attributes) };
        Schema { version: self.schema_version, block }
    }
}

impl Attribute {
    /// The type of the attribute's value, or of the block's value in the enclosing object.
    pub fn terraform_type(&self) -> Type {
        match &self.kind {
            Kind::Plain { shape, set: true } => match plain_type(shape) {
                Type::List(element) => Type::Set(element),
                other => other,
            },
            Kind::Plain { shape, set: false } => plain_type(shape),
            Kind::Block { nesting: Nesting::Single, .. } => self.object_type(),
            Kind::Block { nesting: Nesting::List, .. } | Kind::Objects { set: false, .. } => {
                Type::List(Box::new(self.object_type()))
            }
            Kind::Block { nesting: Nesting::Set, .. } | Kind::Objects { set: true, .. } => {
                Type::Set(Box::new(self.object_type()))
            }
        }
    }

    /// The type of one element of a block or list of objects.
    pub fn object_type(&self) -> Type {
        let members = self.attributes().iter();
        Type::Object(members.map(|member| (member.name.to_owned(), member.terraform_type())).collect())
    }
}

impl Literal {
    /// The constant as a value.
    pub fn value(&self) -> Value {
        match *self {
            Self::Bool(value) => value.into(),
            Self::Integer(value) => value.into(),
            Self::Decimal(text) => Value::Number(text.parse().expect("definitions hold decimals in plain digits")),
            Self::String(text) => text.into(),
        }
    }
}

fn block_of(attributes: &[Attribute]) -> Block {
    let mut block = Block::default();
    for attribute in attributes {
        match &attribute.kind {
            Kind::Plain { .. } | Kind::Objects { .. } => block.attributes.push(schema::Attribute {
                name: attribute.name,
                r#type: attribute.terraform_type(),
                description: attribute.description,
                usage: attribute.usage,
                sensitive: attribute.sensitive,
                write_only: false,
                deprecated: attribute.deprecated,
            }),
            Kind::Block { nesting, min_items, max_items, attributes, .. } => block.blocks.push(NestedBlock {
                name: attribute.name,
                nesting: *nesting,
                block: Block {
                    description: attribute.description,
                    deprecated: attribute.deprecated,
                    ..block_of(attributes)
                },
                min_items: *min_items,
                max_items: *max_items,
            }),
        }
    }
    block
}

fn plain_type(shape: &Shape) -> Type {
    match &shape.kind {
        ShapeKind::String { .. } | ShapeKind::Timestamp => Type::String,
        ShapeKind::Integer { .. } | ShapeKind::Float { .. } => Type::Number,
        ShapeKind::Boolean => Type::Bool,
        ShapeKind::List { element, .. } => Type::List(Box::new(plain_type(element))),
        ShapeKind::Map { value, .. } => Type::Map(Box::new(plain_type(value))),
        ShapeKind::Structure { .. } => unreachable!("a structure is a block or a list of objects"),
    }
}
