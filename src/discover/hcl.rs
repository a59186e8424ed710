//! Values as Terraform's configuration language.

use crate::{
    hcl::quoted,
    schema::{Attribute, Block, NestedBlock, Usage},
    value::Value,
};

/// A resource block for the arguments in `config`.
pub(super) fn resource(type_name: &str, name: &str, block: &Block, config: &Value) -> String {
    format!("resource \"{type_name}\" \"{name}\" {{\n{}}}\n", body(block, config, 1))
}

fn body(block: &Block, config: &Value, depth: usize) -> String {
    let indent = "  ".repeat(depth);
    let settable = block.attributes.iter().filter(|attribute| attribute.usage != Usage::Computed);
    let shown: Vec<_> = settable.filter(|attribute| is_written(attribute, config.get(attribute.name))).collect();
    let remarks: String = shown
        .iter()
        .filter_map(|attribute| remark(attribute, config.get(attribute.name)))
        .map(|remark| format!("{indent}{remark}\n"))
        .collect();
    let members = shown.iter().map(|attribute| {
        // A required argument without a value is written as null.
        let value = if attribute.sensitive { &Value::Null } else { config.get(attribute.name) };
        (attribute.name.to_owned(), expression(value, depth))
    });
    let body = remarks + &aligned(&members.collect::<Vec<_>>(), &indent);
    let blocks: String = block.blocks.iter().map(|nested| blocks(nested, config.get(nested.name), depth)).collect();
    // No empty line before the first block of a body.
    if body.is_empty() { blocks.trim_start_matches('\n').to_owned() } else { body + &blocks }
}

/// Terraform demands that a required argument is written, even if its value is not known.
fn is_written(attribute: &Attribute, value: &Value) -> bool {
    !value.is_null() || attribute.usage == Usage::Required
}

/// Why the value of an argument is left to the user; `None` if it is written.
fn remark(attribute: &Attribute, value: &Value) -> Option<String> {
    match (attribute.sensitive, value.is_null()) {
        (true, _) => Some(format!("# `{}` is sensitive: set it by a variable.", attribute.name)),
        (false, true) => Some(format!("# The service does not show `{}`: write its value.", attribute.name)),
        (false, false) => None,
    }
}

/// Arguments as `terraform fmt` writes them: the equals signs of neighbouring lines stand below each other.
fn aligned(members: &[(String, String)], indent: &str) -> String {
    let is_long = |(_, value): &(String, String)| value.contains('\n');
    let groups = members.chunk_by(|one, two| !is_long(one) && !is_long(two));
    let group = |members: &[(String, String)]| -> String {
        let width = members.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
        members.iter().map(|(name, value)| format!("{indent}{name:width$} = {value}\n")).collect()
    };
    groups.map(group).collect()
}

/// A key as it is written: only what is no identifier needs quotes.
fn key(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().is_some_and(|letter| letter.is_ascii_alphabetic() || letter == '_');
    let plain = first && letters.all(|letter| letter.is_ascii_alphanumeric() || letter == '_' || letter == '-');
    if plain { name.to_owned() } else { quoted(name) }
}

fn blocks(nested: &NestedBlock, value: &Value, depth: usize) -> String {
    let indent = "  ".repeat(depth);
    let one = |value: &Value| {
        let body = body(&nested.block, value, depth + 1);
        if body.is_empty() {
            format!("\n{indent}{} {{}}\n", nested.name)
        } else {
            format!("\n{indent}{} {{\n{body}{indent}}}\n", nested.name)
        }
    };
    match value {
        Value::List(elements) => elements.iter().map(one).collect(),
        Value::Map(_) => one(value),
        _ => String::new(),
    }
}

fn expression(value: &Value, depth: usize) -> String {
    let (outer, inner) = ("  ".repeat(depth), "  ".repeat(depth + 1));
    match value {
        Value::String(text) => quoted(text),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => number.to_string(),
        Value::List(elements) if elements.iter().all(|element| element.as_map().is_none()) => {
            let elements: Vec<String> = elements.iter().map(|element| expression(element, depth)).collect();
            format!("[{}]", elements.join(", "))
        }
        Value::List(elements) => {
            let elements: String =
                elements.iter().map(|element| format!("{inner}{},\n", expression(element, depth + 1))).collect();
            format!("[\n{elements}{outer}]")
        }
        Value::Map(members) => {
            let members: Vec<(String, String)> =
                members.iter().map(|(name, value)| (key(name), expression(value, depth + 1))).collect();
            format!("{{\n{}{outer}}}", aligned(&members, &inner))
        }
        Value::Null | Value::Unknown(_) => "null".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_nested() {
        let tags = Value::from([("team", "ml".into())]);
        assert_eq!(expression(&tags, 1), "{\n    team = \"ml\"\n  }");
        let objects = Value::List(vec![Value::from([("a", 1.into())])]);
        assert_eq!(expression(&objects, 0), "[\n  {\n    a = 1\n  },\n]");
        assert_eq!(expression(&Value::List(vec!["x".into(), true.into()]), 0), "[\"x\", true]");
    }
}
