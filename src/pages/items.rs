//! The arguments, attributes and blocks of a type as one tree: what the schema has, and what the definition adds to it.

use crate::{
    definition::{Attribute, Change},
    schema::{self, Block, NestedBlock, Nesting, Type, Usage},
};

/// An argument, an attribute or a block.
pub(super) struct Item {
    pub(super) name: &'static str,
    /// `Block List, Max: 1`.
    pub(super) flags: String,
    pub(super) description: &'static str,
    pub(super) usage: Usage,
    pub(super) deprecated: Option<&'static str>,
    /// `None` if the schema alone describes it.
    pub(super) definition: Option<&'static Attribute>,
    pub(super) is_block: bool,
    /// What is inside a block or an object, sorted by name.
    pub(super) inside: Vec<Item>,
}

impl Item {
    /// True if a change has the same effect wherever it is inside.
    pub(super) fn is_uniform(&self) -> bool {
        fn is_all(attributes: &[Attribute], change: Change) -> bool {
            let mut settable = attributes.iter().filter(|inner| inner.usage.is_settable());
            settable.all(|inner| inner.change == change && is_all(inner.attributes(), change))
        }
        self.definition.is_some_and(|definition| is_all(definition.attributes(), definition.change))
    }
}

/// The items of a body.
pub(super) fn of_body(block: &Block, definitions: &'static [Attribute]) -> Vec<Item> {
    let definition = |name| definitions.iter().find(|definition| definition.name == name);
    let attributes = block.attributes.iter().map(|attribute| of_attribute(attribute, definition(attribute.name)));
    let blocks = block.blocks.iter().map(|nested| of_block(nested, definition(nested.name)));
    let mut items: Vec<Item> = attributes.chain(blocks).collect();
    items.sort_by_key(|item| item.name);
    items
}

fn of_attribute(attribute: &schema::Attribute, definition: Option<&'static Attribute>) -> Item {
    // In the schema, a provider that keeps a zero computes it.
    let keeps_zero = definition.is_some_and(|one| one.usage == Usage::Optional) && attribute.usage.is_settable();
    let usage = if keeps_zero { Usage::Optional } else { attribute.usage };
    Item {
        name: attribute.name,
        flags: flags(attribute),
        description: attribute.description,
        usage,
        deprecated: attribute.deprecated,
        definition,
        is_block: false,
        inside: definition.map(|one| members(one, usage.is_settable())).unwrap_or_default(),
    }
}

fn of_block(nested: &NestedBlock, definition: Option<&'static Attribute>) -> Item {
    Item {
        name: nested.name,
        flags: bounds(nested),
        description: nested.block.description,
        usage: if nested.min_items > 0 { Usage::Required } else { Usage::Optional },
        deprecated: nested.block.deprecated,
        definition,
        is_block: true,
        inside: of_body(&nested.block, definition.map_or(&[], Attribute::attributes)),
    }
}

/// The attributes of an object, which a configuration sets all at once or not at all.
fn members(object: &'static Attribute, settable: bool) -> Vec<Item> {
    let item = |attribute: &'static Attribute| Item {
        name: attribute.name,
        flags: type_name(&attribute.terraform_type()),
        description: attribute.description,
        usage: if settable { attribute.usage } else { Usage::Computed },
        deprecated: attribute.deprecated,
        definition: Some(attribute),
        is_block: false,
        inside: members(attribute, settable),
    };
    object.attributes().iter().filter(|member| settable || !member.is_write_only()).map(item).collect()
}

fn flags(attribute: &schema::Attribute) -> String {
    let mut flags = vec![type_name(&attribute.r#type)];
    if attribute.sensitive {
        flags.push("Sensitive".to_owned());
    }
    if attribute.write_only {
        let page = "https://developer.hashicorp.com/terraform/language/resources/ephemeral#write-only-arguments";
        flags.push(format!("[Write-only]({page})"));
    }
    flags.join(", ")
}

fn bounds(nested: &NestedBlock) -> String {
    let form = match nested.nesting {
        Nesting::Single => "Block",
        Nesting::List => "Block List",
        Nesting::Set => "Block Set",
    };
    let bound = |name: &str, items: i64| if items > 0 { format!(", {name}: {items}") } else { String::new() };
    format!("{form}{}{}", bound("Min", nested.min_items), bound("Max", nested.max_items))
}

fn type_name(r#type: &Type) -> String {
    match r#type {
        Type::String => "String".to_owned(),
        Type::Number => "Number".to_owned(),
        Type::Bool => "Boolean".to_owned(),
        Type::List(element) => format!("List of {}", type_name(element)),
        Type::Set(element) => format!("Set of {}", type_name(element)),
        Type::Map(element) => format!("Map of {}", type_name(element)),
        Type::Object(_) => "Object".to_owned(),
    }
}
