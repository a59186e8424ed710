//! The pages that registries and editors show: one for each type, made from the definitions and the examples, in the layout
//! that tfplugindocs has established. For tests only: `UPDATE_EXPECT=1 cargo test --lib pages` writes them.
//!
//! `kinds` says which pages there are. `resource` (with `import` and `pitfalls`), `call` and `function` write them, `arguments`
//! the schemas inside, from the tree of `items`, `facts` what is to be said about one argument, and `examples` the files of
//! `examples/`. Guides are written by hand and are not known here.

mod arguments;
mod call;
mod category;
mod examples;
mod facts;
mod function;
mod import;
mod items;
mod kinds;
mod markdown;
mod permissions;
mod pitfalls;
mod resource;
mod rules;

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    path::{Path, PathBuf},
};

use self::kinds::KINDS;

/// The largest page that registries show, in bytes.
const LARGEST: usize = 500_000;

/// The largest number of pages of a provider.
const MOST: usize = 2_000;

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All generated pages by path, below the root of the repository.
fn pages() -> BTreeMap<PathBuf, String> {
    KINDS.iter().flat_map(kinds::Kind::pages).collect()
}

/// The pages that are there, in the directories that hold nothing else.
fn present() -> BTreeSet<PathBuf> {
    let directories = KINDS.iter().filter_map(|kind| kind.directory).map(|directory| Path::new("docs").join(directory));
    let files = |directory: PathBuf| {
        let entries = fs::read_dir(repository().join(&directory)).into_iter().flatten();
        entries.map(move |entry| directory.join(entry.expect("a readable entry").file_name())).collect::<Vec<_>>()
    };
    directories.flat_map(files).collect()
}

#[test]
fn every_page_is_as_the_definitions_have_it() {
    let pages = pages();
    let stale: Vec<&PathBuf> = pages
        .iter()
        .filter(|(path, text)| fs::read_to_string(repository().join(path)).ok().as_ref() != Some(text))
        .map(|(path, _)| path)
        .collect();
    let needless: Vec<PathBuf> = present().into_iter().filter(|path| !pages.contains_key(path)).collect();
    if env::var_os("UPDATE_EXPECT").is_none() {
        let help = "`UPDATE_EXPECT=1 cargo test --lib pages` writes them";
        assert!(stale.is_empty() && needless.is_empty(), "stale: {stale:?}, needless: {needless:?}; {help}");
        return;
    }
    for path in &needless {
        fs::remove_file(repository().join(path)).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }
    for path in stale {
        let file = repository().join(path);
        fs::create_dir_all(file.parent().expect("a page is in a directory")).expect("the repository can be written to");
        fs::write(&file, &pages[path]).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }
}

#[test]
fn registries_can_show_every_page() {
    let pages = pages();
    assert!(pages.len() < MOST, "{} pages", pages.len());
    for (path, text) in &pages {
        let place = path.display();
        assert!(text.len() < LARGEST, "{place} has {} bytes", text.len());
        let (front, body) =
            text.strip_prefix("---\n").and_then(|text| text.split_once("\n---\n")).expect("front matter");
        for key in ["page_title: \"", "subcategory: \"", "description: |-\n  "] {
            assert!(front.contains(key), "{place} has no {key}");
        }
        assert!(body.trim_start().starts_with("# "), "{place} has no title");
        assert!(!text.contains("\n\n\n"), "{place} has two empty lines");
        assert!(text.lines().all(|line| line == line.trim_end()), "{place} has spaces at the end of a line");
    }
}

#[test]
fn no_page_links_an_operation_twice() {
    let mut all = 0;
    for (path, text) in pages() {
        let api = text.split("\n## API\n").nth(1).unwrap_or_default();
        let links: Vec<&str> = api.split("/API_").skip(1).filter_map(|rest| rest.split(".html").next()).collect();
        let different: BTreeSet<&str> = links.iter().copied().collect();
        assert_eq!(links.len(), different.len(), "{}: {links:?}", path.display());
        all += links.len();
    }
    assert!(all > 400, "{all} links");
}

/// Links inside a page lead to an anchor of it.
#[test]
fn every_anchor_is_there() {
    for (path, text) in pages() {
        let targets = text.split("](#").skip(1).filter_map(|rest| rest.split(')').next());
        for target in targets {
            assert!(text.contains(&format!("<a id=\"{target}\"></a>")), "{}: #{target}", path.display());
        }
    }
}
