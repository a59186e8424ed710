//! The words that `docs/development/style.md` bans stay out of code, tests and docs.

use std::{fs, path::Path};

use regex_lite::Regex;
use sagemaker_provider::definition::{ACTIONS, Attribute, EPHEMERALS, QUERIES, RESOURCES};

use crate::harness::workspace::repository;

const PAGE: &str = "docs/development/style.md";

/// What is checked, below the root of the repository.
const CHECKED: &[&str] = &[
    "src",
    "schemas",
    "acceptance-tests",
    "docs",
    "examples",
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
];

/// The heading of the table for everything, and of the one for descriptions.
const TABLES: [&str; 2] = ["| not | but |", "| not in descriptions | but |"];

/// The banned expressions, from the first column of a table of the page.
fn banned(table: &str) -> Vec<(String, String)> {
    let page = fs::read_to_string(repository().join(PAGE)).expect("the page is there");
    let (_, rest) = page.split_once(table).expect("the page has the table");
    let rows = rest.lines().skip(1).take_while(|line| line.starts_with('|'));
    // A bar inside a cell is escaped.
    let words = rows.filter_map(|line| Some(line.strip_prefix("| `")?.split('`').next()?.replace(r"\|", "|")));
    words.map(|word| (format!(r"(?i)\b(?:{word})\b"), word)).collect()
}

/// The expressions with the patterns that find them.
fn compiled(patterns: impl IntoIterator<Item = (String, String)>) -> Vec<(String, Regex)> {
    let compile = |(pattern, word): (String, String)| {
        let regex = Regex::new(&pattern).unwrap_or_else(|error| panic!("{word}: {error}"));
        (word, regex)
    };
    patterns.into_iter().map(compile).collect()
}

fn check(path: &Path, banned: &[(String, Regex)], found: &mut Vec<String>) {
    if path.is_dir() {
        let entries = fs::read_dir(path).expect("a readable directory");
        entries.for_each(|entry| check(&entry.expect("a readable entry").path(), banned, found));
        return;
    }
    // What is not text is not prose.
    let Ok(text) = fs::read_to_string(path) else { return };
    if path.ends_with(PAGE) {
        return;
    }
    for (number, line) in text.lines().enumerate() {
        for (word, _) in banned.iter().filter(|(_, pattern)| pattern.is_match(line)) {
            found.push(format!("{}:{}: `{word}` in: {}", path.display(), number + 1, line.trim()));
        }
    }
}

#[test]
fn banned_words_are_not_used() {
    let (banned, mut found) = (compiled(banned(TABLES[0])), Vec::new());
    assert!(banned.len() > 5, "the table of {PAGE} is read");
    CHECKED.iter().for_each(|path| check(&repository().join(path), &banned, &mut found));
    assert!(found.is_empty(), "{} places\n{}", found.len(), found.join("\n"));
}

#[test]
fn a_banned_word_is_found() {
    let (word, pattern) = compiled(banned(TABLES[0])).swap_remove(0);
    assert!(pattern.is_match(&format!("It was {}.", word.to_uppercase())));
    assert!(!pattern.is_match(&format!("{word}ly")));
}

#[test]
fn descriptions_are_in_the_words_of_the_field() {
    // These are written as complete patterns.
    let banned = compiled(banned(TABLES[1]).into_iter().map(|(_, word)| (word.clone(), word)));
    assert!(banned.len() > 5, "the table of {PAGE} is read");
    let mut found = Vec::new();
    let mut check = |place: &str, description: &str| {
        found.extend(
            banned
                .iter()
                .filter(|(_, pattern)| pattern.is_match(description))
                .map(|(word, _)| format!("{place}: `{word}` in: {description}")),
        );
        if !description.trim_end().ends_with('.') {
            found.push(format!("{place}: no full stop: {description}"));
        }
    };
    for resource in RESOURCES {
        check(resource.type_name, resource.description);
        visit(resource.type_name, resource.attributes, &mut check);
    }
    for call in QUERIES.iter().chain(EPHEMERALS).chain(ACTIONS.iter().map(|action| &action.call)) {
        check(call.type_name, call.description);
        visit(call.type_name, call.attributes, &mut check);
    }
    found.sort();
    found.dedup();
    assert!(found.is_empty(), "{} descriptions\n{}", found.len(), found.join("\n"));
}

fn visit(around: &str, attributes: &[Attribute], check: &mut impl FnMut(&str, &str)) {
    for attribute in attributes {
        let place = format!("{around}.{}", attribute.name);
        check(&place, attribute.description);
        visit(&place, attribute.attributes(), check);
    }
}
