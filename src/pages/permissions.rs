//! The IAM permissions that a type needs.

use super::markdown::{bullets, listed, section};
use crate::{definition::Phase, permissions, text::enumerated};

/// The section of a resource.
pub(super) fn of_resource(type_name: &str) -> String {
    let row = |(phase, actions): (Phase, Vec<&str>)| format!("| {} | {} |\n", name(phase), written(&actions));
    let rows: String = permissions::of_resource(type_name).into_iter().map(row).collect();
    let mut notes = Vec::new();
    let roles = permissions::passed_roles(type_name);
    if !roles.is_empty() {
        let roles: Vec<&str> = roles.iter().map(String::as_str).collect();
        notes.push(format!("`iam:PassRole` for the role in {}.", enumerated(&roles, "and")));
    }
    let others = permissions::when_used(type_name);
    if !others.is_empty() {
        notes.push(format!("Depending on the arguments: {}.", enumerated(&others, "and")));
    }
    let notes = if notes.is_empty() { String::new() } else { format!("\n{}", bullets(&notes)) };
    section("Permissions", &format!("| for | IAM actions |\n| --- | --- |\n{rows}{notes}"))
}

/// The section of anything else; empty if it calls nothing.
pub(super) fn of_calls(actions: &[&str]) -> String {
    let items = if actions.is_empty() { Vec::new() } else { vec![format!("{}.", written(actions))] };
    listed("Permissions", &items)
}

fn written(actions: &[&str]) -> String {
    let actions: Vec<String> = actions.iter().map(|action| format!("`sagemaker:{action}`")).collect();
    actions.join(", ")
}

fn name(phase: Phase) -> &'static str {
    match phase {
        Phase::Create => "create",
        Phase::Read => "read",
        Phase::Update => "update",
        Phase::Delete => "delete",
        Phase::Tags => "tags",
        Phase::Import => "import",
        Phase::List => "list",
    }
}
