//! The page of a resource: arguments, rules, import, and what is to be known about its life cycle.

use std::collections::BTreeSet;

use super::{
    arguments::{self, Role},
    category, examples, import, items,
    markdown::{bullets, head, listed, section, verbal},
    permissions, pitfalls, rules,
};
use crate::{
    definition::{Resource, Wait, duration},
    schema::{IdentitySchema, Schema},
    text::enumerated,
};

/// The page.
pub(super) fn page(resource: &Resource, schema: &Schema, identity: &IdentitySchema) -> String {
    let type_name = resource.type_name;
    let title = format!("{type_name} Resource - sagemaker");
    let description = verbal("Manages", resource.description);
    let mut text = head(&title, &format!("{type_name} (Resource)"), category::of(type_name), &description);
    text += &examples::section_of(&format!("resources/{type_name}"), ".tf");
    text += &listed("Behavior", &behavior(resource));
    let role = Role::Object { generated: resource.identity.naming.map(|naming| naming.member) };
    text += &arguments::section(&items::of_body(&schema.block, resource.attributes), role);
    text += &rules::section(resource.rules);
    text += &timeouts(resource);
    text += &permissions::of_resource(type_name);
    text += &import::section_of(resource, identity);
    let operations = &resource.operations;
    let all = [
        Some(operations.create),
        Some(operations.read),
        operations.update,
        operations.delete,
        operations.stop,
        operations.list,
    ];
    let mut names: Vec<&str> = all.into_iter().flatten().map(|operation| operation.name).collect();
    let mut seen = BTreeSet::new();
    names.retain(|name| seen.insert(*name));
    text + &section("API", &reference(&names))
}

/// Links to the pages of the API reference.
pub(super) fn reference(operations: &[&str]) -> String {
    let link =
        |name: &&str| format!("[{name}](https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_{name}.html)");
    format!("{}.", operations.iter().map(link).collect::<Vec<_>>().join(", "))
}

/// What happens to an object that its arguments do not say.
fn behavior(resource: &Resource) -> Vec<String> {
    let noun = resource.noun;
    let operations = &resource.operations;
    let mut items = Vec::new();
    match (operations.delete, operations.stop) {
        (None, Some(_)) => items.push(format!(
            "The service keeps every {noun}. A destroy stops one that runs, and removes it from the state."
        )),
        (None, None) => {
            items.push(format!("The service cannot delete the {noun}. A destroy removes it from the state only."))
        }
        (Some(_), _) => {}
    }
    let but = if resource.tags.is_some() { " but `tags`" } else { "" };
    if operations.update.is_none() {
        items.push(format!("No argument{but} is updated in place."));
    }
    items.extend(resource.update_needs.iter().map(|needs| {
        let subject = match needs.of {
            [] => format!("Arguments{but} are"),
            [one] => format!("`{one}` is"),
            several => format!("{} are", enumerated(several, "and")),
        };
        format!("{subject} updated in place only if {}.", needs.when)
    }));
    items.extend(resource.loses().map(|loses| format!("A replacement loses {loses}; the plan warns of it.")));
    items.extend(resource.in_use.map(|when| format!("The service refuses to delete it {when}.")));
    if let Some(naming) = &resource.identity.naming {
        items.push(format!(
            "Without a name, the provider generates one that begins with `{}`, so that `create_before_destroy` is possible.",
            naming.prefix
        ));
    }
    if resource.completion.is_some() {
        items.push(
            "With `wait_for_completion`, the apply ends when the job has ended, and fails if the job has failed."
                .to_owned(),
        );
    }
    items.extend(
        resource
            .log_group
            .map(|group| group.replace("{id}", "<id>").replace("{arn_id}", "<last part of the ARN>"))
            .map(|group| format!("Its logs are in the CloudWatch log group `{group}`.")),
    );
    items.extend(pitfalls::of(resource.type_name));
    items
}

fn timeouts(resource: &Resource) -> String {
    let default = |wait: Option<&Wait>| wait.map(|wait| format!("`{}`", duration::text(wait.timeout)));
    let create = default(resource.create_wait.as_ref());
    let completion =
        default(resource.completion.as_ref()).map(|default| format!("{default} with `wait_for_completion`"));
    let create: Vec<String> = create.into_iter().chain(completion).collect();
    let waits = [
        ("create", (!create.is_empty()).then(|| create.join(", "))),
        ("update", default(resource.update_wait.as_ref())),
        ("delete", default(resource.delete_wait.as_ref().or(resource.stop_wait.as_ref()))),
    ];
    let items: Vec<String> =
        waits.into_iter().filter_map(|(name, default)| Some(format!("`{name}`: {}", default?))).collect();
    if items.is_empty() {
        return String::new();
    }
    section("Timeouts", &format!("The defaults of the `timeouts` block:\n\n{}", bullets(&items)))
}
