//! The words that `docs/development/style.md` bans stay out of code, tests and docs.

use std::{collections::BTreeSet, fs, path::Path};

use regex_lite::Regex;
use sagemaker_provider::definition::{ACTIONS, Attribute, EPHEMERALS, QUERIES, RESOURCES};

use crate::harness::workspace::repository;

const PAGE: &str = "docs/development/style.md";

/// What people write and read, below the root of the repository.
pub(crate) const CHECKED: &[&str] = &[
    "src",
    "schemas",
    "acceptance-tests",
    "docs",
    "examples",
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    ".ci",
    ".github",
];

/// The headings of the tables: what is banned everywhere, where such a word is right, and what is banned in descriptions.
const BANNED: &str = "| not | but |";
const ALLOWED: &str = "| allowed | as |";
const BANNED_IN_DESCRIPTIONS: &str = "| not in descriptions | but |";

/// An expression of the page, with the pattern that finds it.
type Rule = (String, Regex);

/// An expression that is banned as a whole word, in small letters.
struct Banned {
    word: String,
    pattern: Regex,
    /// Without any of them there is no match. They are looked for first, which is much faster.
    beginnings: Vec<String>,
}

impl Banned {
    fn new(word: &str) -> Self {
        let pattern = format!(r"\b(?:{word})\b");
        let pattern = Regex::new(&pattern).unwrap_or_else(|error| panic!("{word}: {error}"));
        Self { word: word.to_owned(), pattern, beginnings: beginnings(word) }
    }

    fn is_in(&self, words: &str) -> bool {
        self.beginnings.iter().any(|beginning| words.contains(beginning.as_str())) && self.pattern.is_match(words)
    }
}

/// What a match of the pattern begins with: `red` or `pink` for `(red|pink) flags?`.
fn beginnings(pattern: &str) -> Vec<String> {
    let group = pattern.strip_prefix('(').and_then(|rest| rest.split(')').next());
    let alternatives = group.or_else(|| pattern.split('(').next()).unwrap_or_default().split('|');
    let beginning = |text: &str| {
        let end = text.find(|letter: char| !letter.is_ascii_alphabetic() && letter != ' ').unwrap_or(text.len());
        let is_optional = text[end..].starts_with('?');
        text[..end - usize::from(is_optional)].to_owned()
    };
    alternatives.map(beginning).collect()
}

/// The first column of a table of the page.
fn cells(table: &str) -> Vec<String> {
    let page = fs::read_to_string(repository().join(PAGE)).expect("the page is there");
    let (_, rest) = page.split_once(table).expect("the page has the table");
    let rows = rest.lines().skip(1).take_while(|line| line.starts_with('|'));
    // A bar inside a cell is escaped.
    let cells = rows.filter_map(|line| Some(line.strip_prefix("| `")?.split('`').next()?.replace(r"\|", "|")));
    let cells: Vec<String> = cells.collect();
    assert!(cells.len() > 5, "the table of {PAGE} is read");
    cells
}

fn rule(word: &str, pattern: &str) -> Rule {
    (word.to_owned(), Regex::new(pattern).unwrap_or_else(|error| panic!("{word}: {error}")))
}

fn banned() -> Vec<Banned> {
    cells(BANNED).iter().map(|word| Banned::new(word)).collect()
}

fn allowed() -> Vec<Rule> {
    cells(ALLOWED).iter().map(|word| rule(word, &format!("(?i){word}"))).collect()
}

/// A line in small letters, with its identifiers as words: `RETRY_POLICY`, `retry-policy` and `RetryPolicy` become
/// `retry policy`.
fn words(line: &str) -> String {
    let mut words = String::with_capacity(line.len());
    let mut is_small = false;
    for letter in line.chars() {
        if is_small && letter.is_ascii_uppercase() {
            words.push(' ');
        }
        words.push(if matches!(letter, '_' | '-') { ' ' } else { letter.to_ascii_lowercase() });
        is_small = letter.is_ascii_lowercase() || letter.is_ascii_digit();
    }
    words
}

/// The banned expressions in a line, apart from what is allowed.
fn offences<'a>(line: &str, banned: &'a [Banned], allowed: &[&Rule]) -> Vec<&'a str> {
    let found = |line: &str| {
        let words = words(line);
        banned.iter().filter(|one| one.is_in(&words)).map(|one| one.word.as_str()).collect::<Vec<_>>()
    };
    if found(line).is_empty() {
        return Vec::new();
    }
    let rest = allowed.iter().fold(line.to_owned(), |line, (_, pattern)| pattern.replace_all(&line, "").into_owned());
    found(&rest)
}

/// Passes each line of what is checked to `visit`, with its place.
fn each_line(path: &Path, visit: &mut impl FnMut(&str, &str)) {
    if path.is_dir() {
        let entries = fs::read_dir(path).expect("a directory");
        entries.for_each(|entry| each_line(&entry.expect("a readable entry").path(), visit));
        return;
    }
    // What is not text is not prose.
    let Ok(text) = fs::read_to_string(path) else { return };
    if path.ends_with(PAGE) {
        return;
    }
    let place = |number: usize| format!("{}:{}", path.display(), number + 1);
    text.lines().enumerate().for_each(|(number, line)| visit(&place(number), line));
}

#[test]
fn banned_words_are_not_used_and_every_allowance_is_needed() {
    let (banned, allowed) = (banned(), allowed());
    let all: Vec<&Rule> = allowed.iter().collect();
    let (mut found, mut needed) = (Vec::new(), BTreeSet::new());
    let mut check = |place: &str, line: &str| {
        let offences = offences(line, &banned, &all);
        found.extend(offences.iter().map(|word| format!("{place}: `{word}` in: {}", line.trim())));
        needed.extend(needed_in(line, &banned, &all));
    };
    CHECKED.iter().for_each(|path| each_line(&repository().join(path), &mut check));
    assert!(found.is_empty(), "{} places\n{}", found.len(), found.join("\n"));
    let idle: Vec<&str> = allowed.iter().map(|(word, _)| word.as_str()).filter(|word| !needed.contains(word)).collect();
    assert!(idle.is_empty(), "{PAGE} allows what nothing needs: {idle:?}");
}

/// The allowances without which something in the line would be banned.
fn needed_in<'a>(line: &str, banned: &[Banned], allowed: &[&'a Rule]) -> Vec<&'a str> {
    if offences(line, banned, &[]).is_empty() {
        return Vec::new();
    }
    let is_needed = |one: &&&Rule| {
        let others: Vec<&Rule> = allowed.iter().copied().filter(|other| other.0 != one.0).collect();
        !offences(line, banned, &others).is_empty()
    };
    allowed.iter().filter(is_needed).map(|one| one.0.as_str()).collect()
}

#[test]
fn a_banned_word_is_found_in_prose_and_in_identifiers() {
    let banned = [Banned::new("red flags?"), Banned::new("blue")];
    let allowed = [rule("blue-green", "blue-green"), rule("green", "green")];
    let all: Vec<&Rule> = allowed.iter().collect();
    let found = |line: &str| offences(line, &banned, &all);
    for line in ["A Red flag.", "const RED_FLAGS: u8 = 1;", "red-flag", "struct RedFlag;", "fn is_red_flag() {}"] {
        assert_eq!(found(line), ["red flags?"], "{line}");
    }
    for line in ["A redder flag.", "infrared flags", "a blue-green deployment"] {
        assert_eq!(found(line), [""; 0], "{line}");
    }
    assert_eq!(found("blue, in a blue-green deployment"), ["blue"], "what is allowed covers nothing else");
    assert_eq!(needed_in("a blue-green deployment", &banned, &all), ["blue-green"]);
    assert_eq!(beginnings("(red|flags?) up"), ["red", "flag"]);
    assert_eq!(beginnings("red (flag|light)"), ["red "]);
    assert_eq!(beginnings("flags?|red"), ["flag", "red"]);
}

#[test]
fn descriptions_are_in_the_words_of_the_field() {
    // These are written as complete patterns.
    let banned: Vec<Rule> = cells(BANNED_IN_DESCRIPTIONS).iter().map(|word| rule(word, word)).collect();
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
