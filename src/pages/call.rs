//! The pages of what is no managed object: data sources, list resources, actions, ephemeral resources, the provider.

use super::{
    arguments::{self, Role},
    category, examples, items,
    markdown::{head, section},
    permissions,
    resource::reference,
    rules,
};
use crate::{
    definition::{Attribute, Call, Rule},
    engine::Schemas,
    schema::Schema,
};

/// What the pages of one kind of type have in common.
#[derive(Clone, Copy)]
pub(super) struct Template {
    /// `Data Source`.
    pub(super) title: &'static str,
    /// Below `examples/`.
    pub(super) examples: &'static str,
    /// How the name of the file that holds an example ends.
    pub(super) extension: &'static str,
    /// What is to be known about all of them.
    pub(super) note: &'static str,
}

/// The page of a type.
pub(super) fn page(
    template: &Template,
    type_name: &str,
    description: &str,
    schema: &Schema,
    of: &Described<'_>,
) -> String {
    let title = format!("{type_name} {} - sagemaker", template.title);
    let heading = format!("{type_name} ({})", template.title);
    let mut text = head(&title, &heading, category::of(type_name), description);
    if !template.note.is_empty() {
        text += &format!("\n{}\n", template.note);
    }
    text += &examples::section_of(&format!("{}/{type_name}", template.examples), template.extension);
    text += &arguments::section(&items::of_body(&schema.block, of.definitions), of.role);
    text += &rules::section(of.rules);
    text += &permissions::of_calls(&of.actions);
    if !of.operations.is_empty() {
        text += &section("API", &reference(of.operations));
    }
    text
}

/// What the definitions say about a type.
pub(super) struct Described<'a> {
    /// Of the attributes; empty if the schema alone describes them.
    pub(super) definitions: &'static [Attribute],
    /// The rules between the arguments.
    pub(super) rules: &'a [Rule],
    /// What the arguments are of.
    pub(super) role: Role,
    /// The operations that are called.
    pub(super) operations: &'a [&'static str],
    /// The IAM actions that are needed.
    pub(super) actions: Vec<&'static str>,
}

impl<'a> Described<'a> {
    /// Of a call whose arguments follow from its definition.
    pub(super) fn of(call: &Call, operations: &'a [&'static str], actions: Vec<&'static str>) -> Self {
        Self { definitions: call.attributes, rules: call.rules, role: Role::Call, operations, actions }
    }
}

/// The page of the provider itself.
pub(super) fn index(schemas: &Schemas) -> String {
    let description =
        "Manages Amazon SageMaker AI: everything that its API can create, configure, start, list and read.";
    let mut text = head("sagemaker Provider", "sagemaker Provider", "", description);
    text += &format!("\n{}\n", INTRODUCTION.trim());
    text += &examples::section_of("provider", "provider.tf");
    text += &arguments::section(&items::of_body(&schemas.provider.block, &[]), Role::Call);
    let count = |what: &str, number: usize| format!("{number} {what}");
    let counts = [
        count("resources", schemas.resources.len()),
        count("data sources", schemas.data_sources.len()),
        count("list resources", schemas.lists.len()),
        count("actions", schemas.actions.len()),
        count("ephemeral resources", schemas.ephemerals.len()),
        count("functions", schemas.functions.len()),
    ];
    text += &section("What it has", &format!("{}.\n", counts.join(", ")));
    text
}

const INTRODUCTION: &str = "
The arguments, blocks and attributes have the names of `aws_sagemaker_*` of hashicorp/aws where that has them; the resource types are those
without `aws_`. In every module that uses it, `required_providers` has to name the source, since Terraform otherwise looks for
`hashicorp/sagemaker`.

On the pages of the resources, **Forces replacement** means that a new value deletes the object and creates another one; *Updated in place*
means that the object stays. `region` is an argument of every type, so one provider block serves all regions.
";
