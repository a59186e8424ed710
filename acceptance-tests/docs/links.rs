//! Every link inside the repository leads somewhere.

use std::path::{Component, Path, PathBuf};

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
