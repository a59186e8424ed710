//! Our schemas beside those of hashicorp/aws, from which configurations are taken over.
//!
//! `peer/schema.json` is their schema: by resource, each path and what stands there. `peer/differences.toml` lists what
//! we have otherwise, each with its reason, and the resources that we do not have yet. `peer/filled_in.json` lists the paths
//! that are both optional and computed there.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use sagemaker_provider::{
    definition::{Attribute, AttributeKind, RESOURCES},
    schema::{Nesting, Type, Usage},
};
use serde::Deserialize;

use crate::harness::{
    aws::{self, Paths},
    awscc,
    case::Case,
    workspace::repository,
};

/// Not compared: it is settable there by accident, and missing in their newer resources (docs/development/architecture.md); tags of
/// the provider as well.
const ARTEFACTS: &[&str] = &["id", "tags_all"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Differences {
    /// Resources of theirs that we do not have yet.
    lacking: BTreeSet<String>,
    #[serde(default)]
    difference: Vec<Difference>,
    /// What is optional and computed there and not computed here.
    #[serde(default)]
    not_filled_in: Vec<NotFilledIn>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NotFilledIn {
    resource: String,
    path: String,
    reason: String,
}

/// One intended difference, at one path or several of one or several resources.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Difference {
    resources: Vec<String>,
    /// `*.` at the beginning stands for any path inwards, also none.
    paths: Vec<String>,
    /// What stands there; empty: nothing.
    theirs: String,
    ours: String,
    reason: String,
}

#[test]
fn every_resource_of_awscc_moves_in_a_case_of_ours() {
    let moving: BTreeSet<String> = Case::all().iter().map(|case| case.resource_type().to_owned()).collect();
    let types = awscc::types();
    let lacking: Vec<_> = types.iter().filter(|(name, one)| !moving.contains(one.ours(name))).collect();
    assert!(lacking.is_empty(), "{lacking:?}");
    assert!(types.len() >= 36, "{} of them", types.len());
}

#[test]
fn a_configuration_of_hashicorp_aws_fits_our_schema() {
    let theirs = aws::schemas();
    let ours: BTreeMap<String, Paths> = RESOURCES
        .iter()
        .map(|resource| (resource.type_name.trim_start_matches("sagemaker_").to_owned(), paths(resource.attributes)))
        .collect();
    let Differences { lacking, difference: allowed, .. } = allowed();
    let mut faults = Vec::new();
    let mut used = vec![BTreeSet::new(); allowed.len()];

    for (resource, theirs) in &theirs {
        match (ours.get(resource), lacking.contains(resource)) {
            (None, false) => faults.push(format!("{resource}: is neither a resource of ours nor in `lacking`")),
            (None, true) => {}
            (Some(_), true) => faults.push(format!("{resource}: is a resource of ours; remove it from `lacking`")),
            (Some(ours), false) => {
                for (path, theirs, ours) in differences(theirs, ours) {
                    let listed = allowed.iter().enumerate().find_map(|(place, difference)| {
                        let pattern = difference.covers(resource, &path, &theirs, &ours)?;
                        Some((place, pattern))
                    });
                    match listed {
                        Some((place, pattern)) => drop(used[place].insert((resource.as_str(), pattern))),
                        None => faults.push(format!("{resource}.{path}: theirs is `{theirs}`, ours is `{ours}`")),
                    }
                }
            }
        }
    }
    for unknown in lacking.iter().filter(|resource| !theirs.contains_key(*resource)) {
        faults.push(format!("{unknown}: hashicorp/aws does not have it either; remove it from `lacking`"));
    }
    for (difference, used) in allowed.iter().zip(&used) {
        assert!(!difference.reason.trim().is_empty(), "a difference without a reason: {:?}", difference.paths);
        for (resource, path) in difference.places().filter(|place| !used.contains(place)) {
            faults.push(format!("{resource}.{path}: is not `{}`; remove its `[[difference]]`", difference.ours));
        }
    }
    assert!(
        faults.is_empty(),
        "{} differences from hashicorp/aws; a difference that is intended is listed in acceptance-tests/peer/differences.toml, \
         with the reason:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

impl Difference {
    /// The pattern of the path, if this is the intended difference.
    fn covers(&self, resource: &str, path: &str, theirs: &str, ours: &str) -> Option<&str> {
        let here = self.resources.iter().any(|name| name == resource) && self.theirs == theirs && self.ours == ours;
        self.paths.iter().map(String::as_str).find(|pattern| here && leads_to(pattern, path))
    }

    fn places(&self) -> impl Iterator<Item = (&str, &str)> {
        self.resources.iter().flat_map(|resource| self.paths.iter().map(|path| (resource.as_str(), path.as_str())))
    }
}

fn leads_to(pattern: &str, path: &str) -> bool {
    match pattern.strip_prefix("*.") {
        Some(end) => path.strip_suffix(end).is_some_and(|start| start.is_empty() || start.ends_with('.')),
        None => pattern == path,
    }
}

/// Path, theirs and ours, wherever a configuration could notice. What only we have is a difference if it has to be set.
fn differences(theirs: &Paths, ours: &Paths) -> Vec<(String, String, String)> {
    let paths: BTreeSet<&String> = theirs.keys().chain(ours.keys()).collect();
    let text = |side: &Paths, path: &str| side.get(path).cloned().unwrap_or_default();
    let described = paths.into_iter().map(|path| (path.clone(), text(theirs, path), text(ours, path)));
    described
        .filter(|(path, theirs_here, ours_here)| {
            let added = theirs_here.is_empty() && is_added_freely(path, ours_here, theirs);
            theirs_here != ours_here && !added && !ARTEFACTS.contains(&path.as_str())
        })
        .collect()
}

/// True if nobody has to write what is added at this path, who does not write something else that is added.
fn is_added_freely(path: &str, ours: &str, theirs: &Paths) -> bool {
    let around_is_added = path.rsplit_once('.').is_some_and(|(around, _)| !theirs.contains_key(around));
    around_is_added || !ours.contains("required")
}

fn allowed() -> Differences {
    let file = repository().join("acceptance-tests/peer/differences.toml");
    let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

fn paths(attributes: &[Attribute]) -> Paths {
    let mut paths = Paths::new();
    describe(attributes, "", &mut paths);
    paths
}

fn describe(attributes: &[Attribute], around: &str, paths: &mut Paths) {
    // Timeouts are a setting of how to work, and theirs only wait where they say so.
    for attribute in attributes.iter().filter(|attribute| attribute.name != "timeouts") {
        let dot = if around.is_empty() { "" } else { "." };
        let path = format!("{around}{dot}{}", attribute.name);
        describe(attribute.attributes(), &path, paths);
        paths.insert(path, text(attribute));
    }
}

fn text(attribute: &Attribute) -> String {
    let usage = match attribute.usage {
        Usage::Required => "required",
        Usage::Optional | Usage::OptionalComputed => "settable",
        Usage::Computed => "read-only",
    };
    let form = match &attribute.kind {
        AttributeKind::Plain { .. } => type_name(&attribute.terraform_type()),
        AttributeKind::Block { nesting, max_items, .. } => collection(*nesting == Nesting::Set, *max_items),
        AttributeKind::Objects { set, max_items, .. } => collection(*set, *max_items),
    };
    let sensitive = if attribute.sensitive { ", sensitive" } else { "" };
    format!("{form}, {usage}{sensitive}")
}

/// Blocks and attributes of objects are written alike.
fn collection(set: bool, most: i64) -> String {
    let kind = if set { "set" } else { "list" };
    if most == 0 { format!("{kind} of any number") } else { format!("{kind} of at most {most}") }
}

fn type_name(of: &Type) -> String {
    match of {
        Type::String => "string".to_owned(),
        Type::Number => "number".to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::List(element) => format!("list({})", type_name(element)),
        Type::Set(element) => format!("set({})", type_name(element)),
        Type::Map(element) => format!("map({})", type_name(element)),
        Type::Object(_) => "object".to_owned(),
    }
}

/// The service fills in what is optional and computed there, so that leaving it out must not take it away.
#[test]
fn what_the_service_fills_in_for_hashicorp_aws_it_fills_in_here() {
    let file = repository().join("acceptance-tests/peer/filled_in.json");
    let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let theirs: BTreeMap<String, serde_json::Value> = serde_json::from_str(&text).expect("a table of resources");
    let listed = allowed().not_filled_in;
    assert!(listed.iter().all(|one| !one.reason.trim().is_empty()), "a difference without a reason");
    let listed: BTreeSet<String> = listed.iter().map(|one| format!("{}.{}", one.resource, one.path)).collect();
    let found: BTreeSet<String> = theirs
        .iter()
        .filter_map(|(name, paths)| Some((name, paths.as_array()?)))
        .flat_map(|(name, paths)| paths.iter().filter_map(|path| path.as_str()).map(move |path| (name, path)))
        .filter(|(name, path)| !is_filled_in(attributes_of(name), path))
        .map(|(name, path)| format!("{name}.{path}"))
        .collect();
    assert_eq!(found, listed);
}

fn attributes_of(name: &str) -> &'static [Attribute] {
    let resource = RESOURCES.iter().find(|resource| resource.type_name.strip_prefix("sagemaker_") == Some(name));
    resource.map_or(&[], |resource| resource.attributes)
}

/// True if the attribute at this path is computed, or one that holds it.
fn is_filled_in(attributes: &[Attribute], path: &str) -> bool {
    let (name, inside) = path.split_once('.').unwrap_or((path, ""));
    attributes.iter().filter(|attribute| attribute.name == name).any(|attribute| {
        attribute.usage.is_computed() || (!inside.is_empty() && is_filled_in(attribute.attributes(), inside))
    })
}

#[test]
fn a_pattern_leads_to_the_end_of_a_path() {
    assert!(leads_to("*.a.b", "x.a.b") && leads_to("*.a.b", "a.b") && leads_to("a.b", "a.b"));
    assert!(!leads_to("*.a.b", "x.a.b.c") && !leads_to("*.a.b", "ya.b") && !leads_to("a.b", "x.a.b"));
}

#[test]
fn what_has_to_be_written_more_is_a_difference() {
    let of = |paths: &[(&str, &str)]| -> Paths {
        paths.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
    };
    let theirs = of(&[("a", "list of at most 1, settable"), ("b", "string, settable"), ("id", "string, settable")]);
    let ours = of(&[
        ("a", "list of at most 1, settable"),
        ("a.new", "string, required"),
        ("b", "string, settable"),
        ("c", "list of at most 1, settable"),
        ("c.inside", "string, required"),
        ("id", "string, read-only"),
    ]);
    let found = differences(&theirs, &ours);
    assert_eq!(found, [("a.new".to_owned(), String::new(), "string, required".to_owned())]);
}
