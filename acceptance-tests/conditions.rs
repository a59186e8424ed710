//! Which conditions of the service are checked where: the table in `docs/development/conditions.md`, generated from the conditions of
//! `local` and the rules of the definitions, and the comparison of the two.

use std::collections::BTreeSet;

use expect_test::expect_file;
use sagemaker_provider::{
    definition::{Attribute, Check as PlanCheck, Kind, Origin, RESOURCES, Resource, Rule, service::Operation},
    local::{CONDITIONS, Check, Condition, ONLY_AWS, Test},
};

use crate::harness::workspace::repository;

/// What a rule or a condition says, in small parts that can be compared: `Containers: Image excludes Other`.
type Facts = BTreeSet<String>;

#[test]
fn the_documented_table_matches_the_conditions() {
    expect_file![repository().join("docs/development/conditions.md")].assert_eq(&table());
}

/// Else modules would pass offline that a plan refuses, and the tests could not see a wrong rule.
#[test]
fn what_a_plan_refuses_is_refused_by_the_local_service_too() {
    let mut missing = Vec::new();
    for resource in RESOURCES {
        let operations = [Some(resource.operations.create), resource.operations.update];
        let local: Facts = operations.iter().flatten().copied().flat_map(local_facts).collect();
        let lacking = resource.rules.iter().flat_map(|rule| rule_facts(resource, rule));
        missing
            .extend(lacking.filter(|fact| !local.contains(fact)).map(|fact| format!("{}: {fact}", resource.type_name)));
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

fn table() -> String {
    let mut text = "# Which conditions are checked where\n\n\
        Generated from the conditions of the local service and the rules of the definitions by \
        `UPDATE_EXPECT=1 cargo test --test acceptance conditions`; not to be edited by hand.\n\n\
        Types, required members, lengths, ranges, patterns, enumerations and unions are those of the service model; the plan and \
        the local service check all of them, and they are not repeated here. *Plan* means that a rule of the definition says the \
        same, so that `terraform validate` and `terraform plan` refuse it. Of the others, a special file refuses \
        some in the plan, and the service the rest in the apply.\n\n\
        | operations | in | condition | plan | source |\n| --- | --- | --- | --- | --- |\n"
        .to_owned();
    for condition in CONDITIONS {
        let within: Vec<&str> = condition.within.iter().copied().filter(|within| !within.is_empty()).collect();
        let plan = if is_planned(condition) { "yes" } else { "" };
        text += &format!(
            "| {} | {} | {condition} | {plan} | {} |\n",
            condition.operations.join(", "),
            within.join(", "),
            condition.source
        );
    }
    text += "\n## Only AWS\n\n| operation | condition | why |\n| --- | --- | --- |\n";
    text.extend(ONLY_AWS.iter().map(|(operation, condition, why)| format!("| {operation} | {condition} | {why} |\n")));
    text
}

/// Whether rules say all of it, for each resource that calls one of its operations.
fn is_planned(condition: &Condition) -> bool {
    let mut users = RESOURCES.iter().flat_map(|resource| {
        let names = [Some(resource.operations.create), resource.operations.update];
        let used = names.into_iter().flatten().map(|operation| operation.name);
        used.filter(|name| condition.operations.contains(name)).map(move |name| (resource, name))
    });
    let facts = |name: &str| condition_facts(condition, name);
    let said = |(resource, name): (&Resource, &str)| {
        let rules: Facts = resource.rules.iter().flat_map(|rule| rule_facts(resource, rule)).collect();
        !facts(name).is_empty() && facts(name).is_subset(&rules)
    };
    users.next().is_some_and(said) && users.all(said)
}

/// What the conditions say about an operation, and what the service model requires.
fn local_facts(operation: &Operation) -> Facts {
    let required = operation.input.members().iter().filter(|member| member.required);
    let required = required.map(|member| format!(": {} is set", member.name));
    CONDITIONS.iter().flat_map(|condition| condition_facts(condition, operation.name)).chain(required).collect()
}

fn condition_facts(condition: &Condition, operation: &str) -> Facts {
    if !condition.operations.contains(&operation) {
        return Facts::new();
    }
    let of = |within: &&str| match (&condition.check, condition.when) {
        (Check::ExactlyOne(members), []) => [exclude(within, members), one_of(within, members)].concat(),
        (Check::AtMostOne(members), []) => exclude(within, members),
        (Check::AtLeastOne(members), []) => one_of(within, members),
        (Check::Is(needed, Test::Set), [(first, Test::Set)]) => vec![format!("{within}: {first} needs {needed}")],
        (Check::Is(other, Test::Unset), [(first, Test::Set)]) => exclude(within, &[first, other]),
        (Check::Is(needed, Test::Set), [(first, Test::Unset)]) => vec![format!("{within}: {first} or {needed}")],
        (Check::Is(member, Test::Set), []) => vec![format!("{within}: {member} is set")],
        (Check::Is(member, Test::AtLeast(1)), []) => vec![format!("{within}: {member} is positive")],
        _ => Vec::new(),
    };
    condition.within.iter().flat_map(of).collect()
}

fn rule_facts(resource: &Resource, rule: &Rule) -> Facts {
    let Some((within, attributes)) = api_path(resource.attributes, rule.within.unwrap_or_default()) else {
        return Facts::new();
    };
    // What the API does not know, such as the write-only variant of a secret, is the provider's own matter.
    let inside = |place: usize| {
        if rule.check == PlanCheck::RequiresOutside && place > 0 { resource.attributes } else { attributes }
    };
    let names: Option<Vec<String>> =
        rule.names.iter().enumerate().map(|(place, name)| Some(api_path(inside(place), name)?.0)).collect();
    let names = names.unwrap_or_default();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let facts = match rule.check {
        PlanCheck::ExactlyOne => [exclude(&within, &names), one_of(&within, &names)].concat(),
        PlanCheck::AtMostOne => exclude(&within, &names),
        PlanCheck::AtLeastOne => one_of(&within, &names),
        PlanCheck::Requires => {
            names.iter().skip(1).map(|needed| format!("{within}: {} needs {needed}", names[0])).collect()
        }
        PlanCheck::Required => names.iter().map(|name| format!("{within}: {name} is set")).collect(),
        PlanCheck::Positive => names.iter().map(|name| format!("{within}: {name} is positive")).collect(),
        PlanCheck::RequiresOutside => {
            names.iter().skip(1).map(|needed| format!("{within}: {} or /{needed}", names[0])).collect()
        }
    };
    facts.into_iter().collect()
}

fn exclude(within: &str, members: &[&str]) -> Vec<String> {
    let mut sorted = members.to_vec();
    sorted.sort_unstable();
    let pairs =
        sorted.iter().enumerate().flat_map(|(place, one)| sorted[place + 1..].iter().map(move |other| (one, other)));
    pairs.map(|(one, other)| format!("{within}: {one} excludes {other}")).collect()
}

fn one_of(within: &str, members: &[&str]) -> Vec<String> {
    let mut sorted = members.to_vec();
    sorted.sort_unstable();
    if sorted.is_empty() { Vec::new() } else { vec![format!("{within}: one of {}", sorted.join(", "))] }
}

/// The API's path for one of Terraform, with what is inside; None for what is the provider's own.
fn api_path<'a>(attributes: &'a [Attribute], path: &str) -> Option<(String, &'a [Attribute])> {
    let mut steps: Vec<&str> = Vec::new();
    let mut inside = attributes;
    for name in path.split('.').filter(|name| !name.is_empty()) {
        let attribute = inside.iter().find(|attribute| attribute.name == name)?;
        steps.push(match attribute.origin {
            Origin::Member(member) => member,
            Origin::Tags => "Tags",
            _ => return None,
        });
        inside = match &attribute.kind {
            Kind::Block { attributes, .. } | Kind::Objects { attributes, .. } => attributes,
            Kind::Plain { .. } => &[],
        };
        if inside.iter().any(|attribute| attribute.origin == Origin::MapKey) {
            steps.push("*");
        }
    }
    Some((steps.join("."), inside))
}
