//! The messages that the guide on troubleshooting quotes are messages of this provider, of Terraform or of the service.

use std::{fs, path::Path};

use regex_lite::Regex;

use super::page::Page;
use crate::harness::workspace::repository;

/// Where the texts are, below the root of the repository.
const SOURCES: &[&str] = &["src", "acceptance-tests/messages"];

#[test]
fn the_guide_quotes_messages_as_they_are_written() {
    let mut written = String::new();
    SOURCES.iter().for_each(|source| collect(&repository().join(source), &mut written));
    let written = plain(&written);
    let guide = Page::guide("troubleshooting").text;
    let quotation = Regex::new(r"\*([^*]+)\*").expect("a pattern");
    let rows = guide.lines().filter(|line| line.starts_with("| *")).filter_map(|line| line.split(" | ").next());
    let quoted: Vec<String> = rows
        .flat_map(|cell| quotation.captures_iter(cell).map(|found| found[1].to_owned()).collect::<Vec<_>>())
        .collect();
    assert!(quoted.len() > 33, "{} messages are quoted", quoted.len());
    let parts = quoted.iter().flat_map(|message| message.split(['…', ':', '`']).map(plain));
    let unknown: Vec<String> = parts.filter(|part| !written.contains(part.as_str())).collect();
    assert!(unknown.is_empty(), "nobody writes {unknown:#?}");
}

/// Without line breaks, continuations of string literals and marks of code.
fn plain(text: &str) -> String {
    let words = text.replace(['\\', '`', '"'], " ");
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn collect(path: &Path, text: &mut String) {
    if path.is_dir() {
        let entries = fs::read_dir(path).expect("a readable directory");
        entries.for_each(|entry| collect(&entry.expect("a readable entry").path(), text));
    } else if let Ok(content) = fs::read_to_string(path) {
        text.push_str(&content);
    }
}
