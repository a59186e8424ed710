//! How an object is imported: by command, by block, and by identity.

use super::{
    examples,
    markdown::{WIDTH, bullets, code, section},
};
use crate::{
    definition::Resource,
    engine::tests::steps::identity_of,
    schema::{IdentityAttribute, IdentitySchema, Type},
};

/// The identities of examples that are imported by an ARN which does not contain them: an app may belong to a user or to a
/// space.
const IDENTITIES: &[(&str, &[(&str, &str)])] = &[(
    "sagemaker_app",
    &[("domain_id", "d-abcdefghijkl"), ("space_name", "shared"), ("app_type", "JupyterLab"), ("app_name", "default")],
)];

/// What an identity has beside the names of the object.
const CONTEXT: [&str; 2] = ["account_id", "region"];

/// The section of the page.
pub(super) fn section_of(resource: &Resource, identity: &IdentitySchema) -> String {
    let command = examples::import_command(resource.type_name);
    let (address, id) =
        command.trim().strip_prefix("terraform import ").and_then(|rest| rest.split_once(' ')).expect("one command");
    let id = id.trim_matches(['\'', '"']);
    let forms = [
        "By ID, with the command:\n".to_owned(),
        code("shell", &wrapped(command.trim(), address)),
        "By ID, with a block (Terraform 1.5 or later). If the object is in another region than that of the provider, append \
         `@<region>` to the ID.\n"
            .to_owned(),
        code("terraform", &format!("import {{\n  to = {address}\n  id = \"{id}\"\n}}")),
        "By identity (Terraform 1.12 or later):\n".to_owned(),
        code("terraform", &format!("import {{\n  to = {address}\n  identity = {{\n{}  }}\n}}", members(resource, identity, id))),
        bullets(&identity.attributes.iter().map(line).collect::<Vec<_>>()),
    ];
    section("Import", &forms.join("\n"))
}

/// A command in two lines if one is wider than a page.
fn wrapped(command: &str, address: &str) -> String {
    let fits = command.len() <= WIDTH;
    if fits { command.to_owned() } else { command.replacen(address, &format!("{address} \\\n "), 1) }
}

/// The members of the identity of the object with this import id, one to a line.
fn members(resource: &Resource, identity: &IdentitySchema, id: &str) -> String {
    let pairs = match IDENTITIES.iter().find(|(type_name, _)| *type_name == resource.type_name) {
        Some((_, pairs)) => pairs.iter().map(|(name, value)| (*name, format!("{value:?}"))).collect(),
        None => named(resource, identity, id),
    };
    let width = pairs.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    pairs.iter().map(|(name, value)| format!("    {name:width$} = {value}\n")).collect()
}

fn named(resource: &Resource, identity: &IdentitySchema, id: &str) -> Vec<(&'static str, String)> {
    let imported = identity_of(resource, id);
    let names = identity.attributes.iter().map(|attribute| attribute.name).filter(|name| !CONTEXT.contains(name));
    let named: Vec<_> = names.map(|name| (name, imported.get(name))).filter(|(_, value)| !value.is_null()).collect();
    // The only object of its kind in a region has no name.
    let only = named.is_empty().then(|| ("region", format!("{id:?}")));
    named.into_iter().map(|(name, value)| (name, value.to_string())).chain(only).collect()
}

fn line(attribute: &IdentityAttribute) -> String {
    let kind = match attribute.r#type {
        Type::Number => "Number",
        Type::Bool => "Boolean",
        _ => "String",
    };
    let usage = if attribute.required { "required" } else { "optional" };
    format!("`{}` ({kind}, {usage}) {}", attribute.name, attribute.description)
}
