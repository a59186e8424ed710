//! Every link inside the repository leads somewhere, and every type that a page names exists.

use std::{
    collections::BTreeSet,
    path::{Component, Path, PathBuf},
};

use regex_lite::Regex;
use sagemaker_provider::definition::{ACTIONS, Attribute, EPHEMERALS, QUERIES, RESOURCES};

use super::page::{Page, pages};
use crate::harness::workspace::repository;

#[test]
fn every_relative_link_leads_to_a_file_and_a_heading() {
    let pages = pages();
    let broken: Vec<String> = pages.iter().flat_map(broken).collect();
    assert!(broken.is_empty(), "{} broken links\n{}", broken.len(), broken.join("\n"));
    assert!(pages.iter().map(|page| page.links().len()).sum::<usize>() > 50, "links are found");
}

/// The links of a page that lead nowhere.
fn broken(page: &Page) -> Vec<String> {
    let inside = page.links().into_iter().filter(|link| !link.contains("://") && !link.starts_with("mailto:"));
    let fault = |link: String| Some(format!("{}: {link}: {}", page.path.display(), fault(page, &link)?));
    inside.filter_map(fault).collect()
}

fn fault(page: &Page, link: &str) -> Option<String> {
    let (file, anchor) = link.split_once('#').map_or((link, None), |(file, anchor)| (file, Some(anchor)));
    let path = if file.is_empty() { page.path.clone() } else { resolved(&page.path, file) };
    if !repository().join(&path).exists() {
        return Some(format!("there is no {}", path.display()));
    }
    let anchor = anchor?;
    let target = Page::read(path);
    (!target.anchors().contains(anchor)).then(|| format!("{} has no heading of this name", target.path.display()))
}

/// A path relative to the directory of a page, without `..`.
fn resolved(page: &Path, file: &str) -> PathBuf {
    let mut path = PathBuf::new();
    for part in page.parent().unwrap_or(Path::new("")).join(file).components() {
        match part {
            Component::ParentDir => drop(path.pop()),
            part => path.push(part),
        }
    }
    path
}

#[test]
fn broken_links_are_found() {
    let text = "[a](local.md) [b](nowhere.md) [c](local.md#nothing) [d](../../README.md#hosts)";
    let page = Page { path: "docs/guides/some.md".into(), text: text.to_owned() };
    let expected = [
        "docs/guides/some.md: nowhere.md: there is no docs/guides/nowhere.md",
        "docs/guides/some.md: local.md#nothing: docs/guides/local.md has no heading of this name",
    ];
    assert_eq!(broken(&page), expected);
}

/// A description may send its reader to another type.
#[test]
fn every_type_that_a_page_names_exists() {
    let calls = QUERIES.iter().chain(EPHEMERALS).chain(ACTIONS.iter().map(|action| &action.call));
    let types = calls.clone().map(|call| call.type_name).chain(RESOURCES.iter().map(|resource| resource.type_name));
    // The second is the name of an image of the service.
    let others = ["sagemaker_prebuilt_ecr_image", "sagemaker_distribution"];
    let mut known: BTreeSet<&str> = types.chain(others).collect();
    RESOURCES.iter().for_each(|resource| add_names(resource.attributes, &mut known));
    calls.for_each(|call| add_names(call.attributes, &mut known));
    let name = Regex::new("`(sagemaker_[a-z0-9_]+)`").expect("a valid expression");
    let unknown = |page: &Page| {
        let names = name.captures_iter(&page.text).map(|found| found[1].to_owned());
        let unknown = names.filter(|name| !known.contains(name.as_str()));
        unknown.map(|name| format!("{}: {name}", page.path.display())).collect::<Vec<_>>()
    };
    let found: Vec<String> = pages().iter().flat_map(unknown).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The names of attributes, which may begin as those of types do.
fn add_names(attributes: &'static [Attribute], known: &mut BTreeSet<&str>) {
    for attribute in attributes {
        known.insert(attribute.name);
        add_names(attribute.attributes(), known);
    }
}
