//! The migration guides name everything that differs.

use std::{collections::BTreeSet, fs};

use sagemaker_provider::definition::RESOURCES;
use serde::Deserialize;

use super::page::Page;
use crate::harness::{awscc, workspace::repository};

/// The part of `peer/differences.toml` that a user meets.
#[derive(Deserialize)]
struct Differences {
    difference: Vec<Difference>,
    not_filled_in: Vec<NotFilledIn>,
}

#[derive(Deserialize)]
struct Difference {
    resources: Vec<String>,
    paths: Vec<String>,
    theirs: String,
    ours: String,
}

#[derive(Deserialize)]
struct NotFilledIn {
    resource: String,
    path: String,
}

#[test]
fn the_guide_names_every_difference_to_hashicorp_aws() {
    let file = repository().join("acceptance-tests/peer/differences.toml");
    let text = fs::read_to_string(file).expect("the differences are there");
    let differences: Differences = toml::from_str(&text).expect("the file has its form");
    let guide = Page::guide("migrating-from-aws").text;
    let mut missing = Vec::new();
    for Difference { resources, paths, theirs, ours } in &differences.difference {
        for (heading, _) in sections(theirs, ours).into_iter().filter(|(_, is_in)| *is_in) {
            let (_, section) =
                guide.split_once(&format!("\n### {heading}\n")).unwrap_or_else(|| panic!("no {heading}"));
            let section = section.split("\n##").next().unwrap_or_default();
            let all = resources.iter().flat_map(|resource| paths.iter().map(move |path| (resource, path)));
            missing.extend(
                all.filter(|(resource, path)| !is_in(section, resource, path)).map(|it| format!("{heading}: {it:?}")),
            );
        }
    }
    for NotFilledIn { resource, path } in &differences.not_filled_in {
        let is_named =
            guide.contains(&format!("`sagemaker_{resource}`")) && guide.contains(&format!("`{}`", last_two(path)));
        missing.extend((!is_named).then(|| format!("not filled in: {resource}.{path}")));
    }
    assert!(
        missing.is_empty(),
        "docs/guides/migrating-from-aws.md does not name, under these headings:\n{}",
        missing.join("\n")
    );
}

/// The sections of the guide, and whether a difference belongs there.
fn sections(theirs: &str, ours: &str) -> [(&'static str, bool); 3] {
    let form = |text: &str| text.split(',').next().unwrap_or_default().to_owned();
    [
        ("Arguments that are required here", theirs.contains("settable") && ours.contains("required")),
        ("Arguments that are optional here", theirs.contains("required") && ours.contains("settable")),
        ("Limits on the number of blocks", form(theirs) != form(ours)),
    ]
}

/// True if the item of a resource in a list names the path.
fn is_in(section: &str, resource: &str, path: &str) -> bool {
    let items = section.split("\n\n").flat_map(|paragraph| paragraph.split("\n- "));
    let mut items = items.map(|item| item.trim_start_matches("- "));
    let item = items.find(|item| item.starts_with(&format!("`{resource}`:")));
    item.is_some_and(|item| item.contains(&format!("`{}`", path.trim_start_matches("*."))))
}

fn last_two(path: &str) -> String {
    let mut names = path.rsplit('.').take(2).collect::<Vec<_>>();
    names.reverse();
    names.join(".")
}

#[test]
fn the_guide_names_every_property_of_hashicorp_awscc_that_is_called_otherwise() {
    let guide = Page::guide("migrating-from-awscc").text;
    let (_, rows) = guide.split_once("| hashicorp/awscc | this provider |").expect("the guide has the table");
    let rows = rows.split("\n\n").next().unwrap_or_default();
    let mut missing = Vec::new();
    for (name, properties) in awscc::types() {
        let ours =
            RESOURCES.iter().find(|resource| resource.type_name == properties.ours(&name)).expect("a resource of ours");
        let known: BTreeSet<&str> = ours.attributes.iter().map(|attribute| attribute.name).collect();
        let renamed = properties.names().filter(|name| !known.contains(name.as_str()) && !name.ends_with("_arn"));
        let renamed = renamed.filter(|name| !rows.contains(&format!("`{name}`")));
        missing.extend(renamed.map(|property| format!("{name}: {property}")));
        let moves = properties.ours(&name) == name || rows.contains(&format!("`awscc_{name}`"));
        missing.extend((!moves).then(|| name.clone()));
    }
    assert!(
        missing.is_empty(),
        "the table of names in docs/guides/migrating-from-awscc.md lacks these properties and types:\n{}",
        missing.join("\n")
    );
}
