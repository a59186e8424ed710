//! Which conditions of the service are checked where: the table in `docs/development/conditions.md`, generated from the conditions of
//! `local` and the rules of the definitions, and the comparison of the two.

use std::collections::BTreeSet;

use expect_test::expect_file;
use sagemaker_provider::{
    definition::{
        ACTIONS, Attribute, AttributeKind, Bounds, Call, Check, EPHEMERALS, Origin, QUERIES, RESOURCES, Resource, Rule,
        Test,
        service::{Operation, Shape, ShapeKind},
    },
    local::{CONDITIONS, Condition, ONLY_AWS, Predicate, Requirement},
};

use crate::harness::workspace::repository;

/// What a rule or a condition says, in small parts that can be compared: `Outputs.AppManaged in {"true"} if Outputs.X is set`.
type Facts = BTreeSet<String>;

#[test]
fn the_documented_table_matches_the_conditions() {
    expect_file![repository().join("docs/development/conditions.md")].assert_eq(&table());
}

/// Else modules would pass offline that a plan refuses, and the tests could not see a wrong rule.
#[test]
fn what_a_plan_refuses_is_refused_by_the_local_service_too() {
    let mut missing = Vec::new();
    for subject in subjects() {
        let local: Facts = subject.operations.iter().copied().flat_map(local_facts).collect();
        let lacking = subject.facts().into_iter().filter(|fact| !local.contains(fact));
        missing.extend(lacking.map(|fact| format!("{}: {fact}", subject.type_name)));
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

/// What has rules: a resource or a call.
struct Subject {
    type_name: &'static str,
    attributes: &'static [Attribute],
    rules: &'static [Rule],
    /// Those that take the arguments.
    operations: Vec<&'static Operation>,
}

fn subjects() -> impl Iterator<Item = Subject> {
    let actions = ACTIONS.iter().map(|action| &action.call);
    let calls = QUERIES.iter().chain(EPHEMERALS).chain(actions).map(Subject::of_call);
    RESOURCES.iter().map(Subject::of_resource).chain(calls)
}

impl Subject {
    fn of_resource(resource: &'static Resource) -> Self {
        let operations = [Some(resource.operations.create), resource.operations.update];
        let operations = operations.into_iter().flatten().collect();
        Self { type_name: resource.type_name, attributes: resource.attributes, rules: resource.rules, operations }
    }

    fn of_call(call: &'static Call) -> Self {
        let operations = vec![call.operation];
        Self { type_name: call.type_name, attributes: call.attributes, rules: call.rules, operations }
    }

    fn facts(&self) -> Facts {
        self.rules.iter().flat_map(|rule| rule_facts(self.attributes, rule)).collect()
    }
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

/// Whether rules say all of it, for each resource and each call of one of its operations.
fn is_planned(condition: &Condition) -> bool {
    let mut users = subjects().flat_map(|subject| {
        let facts = subject.facts();
        let used = subject.operations.into_iter().filter(|operation| condition.operations.contains(&operation.name));
        used.map(|operation| (facts.clone(), operation)).collect::<Vec<_>>()
    });
    let said = |(rules, operation): (Facts, &Operation)| {
        let facts = condition_facts(condition, operation);
        !facts.is_empty() && facts.is_subset(&rules)
    };
    users.next().is_some_and(said) && users.all(said)
}

/// What the conditions say about an operation, and what the service model requires.
fn local_facts(operation: &Operation) -> Facts {
    let required = operation.input.members().iter().filter(|member| member.required);
    let required = required.map(|member| format!("{} is set", member.name));
    let conditions = CONDITIONS.iter().filter(|condition| condition.operations.contains(&operation.name));
    conditions.flat_map(|condition| condition_facts(condition, operation)).chain(required).collect()
}

/// Empty if the condition is one that no rule can say.
fn condition_facts(condition: &Condition, operation: &Operation) -> Facts {
    let places = condition.within.iter().filter(|within| type_at(operation.input, within).is_some());
    places.flat_map(|within| facts_within(condition, within, operation.input)).collect()
}

fn facts_within(condition: &Condition, within: &str, input: &'static Shape) -> Vec<String> {
    let when = condition.when.iter().map(|(member, predicate)| {
        let member = absolute(within, member);
        Some(match predicate {
            Predicate::Set => is_set(&member),
            Predicate::Unset => format!("{member} is unset"),
            Predicate::In(values) => is_in(&member, values),
            Predicate::NotIn(values) => is_not_in(&member, values),
            _ => return None,
        })
    });
    let Some(when) = when.collect::<Option<Vec<String>>>() else { return Vec::new() };
    let facts = match (&condition.check, condition.when) {
        (Requirement::ExactlyOne(members), []) => return [exclude(within, members), one_of(within, members)].concat(),
        (Requirement::AtMostOne(members), []) => return exclude(within, members),
        (Requirement::AtLeastOne(members), []) => return one_of(within, members),
        (Requirement::Is(other, Predicate::Unset), [(first, Predicate::Set)]) => {
            return exclude(within, &[first, other]);
        }
        (Requirement::Is(member, predicate), _) => member_facts(within, member, *predicate, input),
        _ => Vec::new(),
    };
    facts.into_iter().map(|fact| only_if(fact, &when)).collect()
}

/// What a predicate demands of a member.
fn member_facts(within: &str, member: &str, predicate: Predicate, input: &'static Shape) -> Vec<String> {
    let path = absolute(within, member);
    let Some((shape, required)) = type_at(input, &path) else { return Vec::new() };
    match predicate {
        Predicate::Set => vec![is_set(&path)],
        Predicate::Unset => vec![format!("{path} is unset")],
        Predicate::In(values) if required => vec![is_in(&path, values)],
        Predicate::In(values) => vec![is_set(&path), is_in(&path, values)],
        Predicate::Among(values) => vec![is_in(&path, values)],
        Predicate::NotIn(excluded) => {
            let all = if matches!(shape.kind, ShapeKind::Boolean) { &["true", "false"] } else { shape.values() };
            let others: Vec<&str> = all.iter().copied().filter(|value| !excluded.contains(value)).collect();
            if all.is_empty() { Vec::new() } else { vec![is_in(&path, &others)] }
        }
        Predicate::MultipleOf(step) => {
            let ShapeKind::Integer { bounds: Bounds { min: Some(min), max: Some(max) }, .. } = shape.kind else {
                return Vec::new();
            };
            let multiples: Vec<String> =
                (min..=max).filter(|number| number % step == 0).map(|number| number.to_string()).collect();
            vec![is_in(&path, &multiples.iter().map(String::as_str).collect::<Vec<_>>())]
        }
        Predicate::AtLeast(least) => vec![format!("{path} >= {least}")],
        Predicate::AtMost(most) => vec![format!("{path} <= {most}")],
        Predicate::OneOf([one]) => vec![format!("{path} >= {one}"), format!("{path} <= {one}")],
        Predicate::OneOf(numbers) => {
            let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
            vec![is_in(&path, &numbers.iter().map(String::as_str).collect::<Vec<_>>())]
        }
        Predicate::NotAbove(other) => vec![format!("{path} <= {}", absolute(within, other))],
        Predicate::NotBelow(other) => vec![format!("{} <= {path}", absolute(within, other))],
        _ => Vec::new(),
    }
}

fn rule_facts(whole: &[Attribute], rule: &Rule) -> Facts {
    let Some((within, attributes)) = api_path(whole, rule.within.unwrap_or_default()) else {
        return Facts::new();
    };
    // What the API does not know, such as the write-only variant of a secret, is the provider's own matter.
    let inside = |place: usize| {
        if rule.check == Check::RequiresOutside && place > 0 { whole } else { attributes }
    };
    let names: Option<Vec<String>> =
        rule.names.iter().enumerate().map(|(place, name)| Some(api_path(inside(place), name)?.0)).collect();
    let names = names.unwrap_or_default();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let paths: Vec<String> = names.iter().map(|name| absolute(&within, name)).collect();
    let when = rule.when.and_then(|when| Some((api_path(attributes, when.name)?.0, when.test)));
    let mut clauses: Vec<String> = Vec::new();
    clauses.extend(when.as_ref().map(|(name, test)| match test {
        Test::Set => is_set(&absolute(&within, name)),
        Test::Is(values) => is_in(&absolute(&within, name), values),
        Test::IsNot(values) => is_not_in(&absolute(&within, name), values),
    }));
    let facts = match rule.check {
        Check::ExactlyOne => [exclude(&within, &names), one_of(&within, &names)].concat(),
        Check::AtMostOne => exclude(&within, &names),
        Check::AtLeastOne => one_of(&within, &names),
        Check::Requires => {
            clauses.push(is_set(&paths[0]));
            paths[1..].iter().map(|path| is_set(path)).collect()
        }
        Check::Required => paths.iter().map(|path| is_set(path)).collect(),
        Check::Forbidden => match &when {
            Some((first, Test::Set)) => {
                clauses.clear();
                names.iter().flat_map(|name| exclude(&within, &[first, name])).collect()
            }
            _ => paths.iter().map(|path| format!("{path} is unset")).collect(),
        },
        Check::OneOf(values) => paths.iter().map(|path| is_in(path, values)).collect(),
        Check::Ascending => paths.windows(2).map(|pair| format!("{} <= {}", pair[0], pair[1])).collect(),
        Check::Between(Bounds { min, max }) => {
            let least = min.map(|min| paths.iter().map(move |path| format!("{path} >= {min}")));
            let most = max.map(|max| paths.iter().map(move |path| format!("{path} <= {max}")));
            least.into_iter().flatten().chain(most.into_iter().flatten()).collect()
        }
        Check::RequiresOutside => {
            clauses.push(format!("{} is unset", paths[0]));
            names[1..].iter().map(|name| is_set(name)).collect()
        }
    };
    facts.into_iter().map(|fact| only_if(fact, &clauses)).collect()
}

/// The member path from the input; a slash leads there.
fn absolute(within: &str, member: &str) -> String {
    match (member.strip_prefix('/'), within) {
        (Some(member), _) => member.to_owned(),
        (None, "") => member.to_owned(),
        (None, within) => format!("{within}.{member}"),
    }
}

fn is_set(path: &str) -> String {
    format!("{path} is set")
}

fn is_in(path: &str, values: &[&str]) -> String {
    format!("{path} in {:?}", values.iter().collect::<BTreeSet<_>>())
}

fn is_not_in(path: &str, values: &[&str]) -> String {
    format!("{path} not in {:?}", values.iter().collect::<BTreeSet<_>>())
}

fn only_if(fact: String, clauses: &[String]) -> String {
    let mut sorted = clauses.to_vec();
    sorted.sort_unstable();
    if sorted.is_empty() { fact } else { format!("{fact} if {}", sorted.join(" and ")) }
}

/// The type at a path that leads through lists and maps, and whether the model requires the member.
fn type_at(input: &'static Shape, path: &str) -> Option<(&'static Shape, bool)> {
    let (mut shape, mut required) = (input, false);
    for step in path.split('.').filter(|step| !step.is_empty()) {
        while let ShapeKind::List { element, .. } = &shape.kind {
            shape = element;
        }
        match &shape.kind {
            ShapeKind::Map { value, .. } if step == "*" => shape = value,
            _ => {
                let member = shape.member(step)?;
                (shape, required) = (member.shape, member.required);
            }
        }
    }
    Some((shape, required))
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
            AttributeKind::Block { attributes, .. } | AttributeKind::Objects { attributes, .. } => attributes,
            AttributeKind::Plain { .. } => &[],
        };
        if inside.iter().any(|attribute| attribute.origin == Origin::MapKey) {
            steps.push("*");
        }
    }
    Some((steps.join("."), inside))
}
