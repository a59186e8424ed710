//! The words that `docs/development/style.md` bans stay out of code, tests and docs.

use std::{fs, path::Path};

use regex_lite::Regex;

use crate::harness::workspace::repository;

const PAGE: &str = "docs/development/style.md";

/// What is checked, below the root of the repository.
const CHECKED: &[&str] = &["src", "acceptance-tests", "docs", "examples", "README.md", "CHANGELOG.md"];

/// The banned expressions, from the first column of the last table of the page.
fn banned() -> Vec<(String, Regex)> {
    let page = fs::read_to_string(repository().join(PAGE)).expect("the page is there");
    let (_, table) = page.split_once("| not | but |").expect("the page has the table");
    // A bar inside a cell is escaped.
    let words = table.lines().filter_map(|line| Some(line.strip_prefix("| `")?.split('`').next()?.replace(r"\|", "|")));
    words
        .map(|word| {
            let pattern = format!(r"(?i)\b(?:{word})\b");
            (word.clone(), Regex::new(&pattern).unwrap_or_else(|error| panic!("{word}: {error}")))
        })
        .collect()
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
    let (banned, mut found) = (banned(), Vec::new());
    assert!(banned.len() > 5, "the table of {PAGE} is read");
    CHECKED.iter().for_each(|path| check(&repository().join(path), &banned, &mut found));
    assert!(found.is_empty(), "{} places\n{}", found.len(), found.join("\n"));
}

#[test]
fn a_banned_word_is_found() {
    let (word, pattern) = banned().swap_remove(0);
    assert!(pattern.is_match(&format!("It was {}.", word.to_uppercase())));
    assert!(!pattern.is_match(&format!("{word}ly")));
}
