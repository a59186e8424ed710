//! A page of Markdown: its headings, links and blocks of code.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use regex_lite::Regex;

use crate::harness::workspace::repository;

/// A page below the root of the repository.
pub(super) struct Page {
    /// `docs/guides/local.md`.
    pub(super) path: PathBuf,
    pub(super) text: String,
}

/// A fenced block of code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Code {
    /// `terraform`; empty if the fence names none.
    pub(super) language: String,
    /// Without the indentation of the fence.
    pub(super) text: String,
    /// Where it starts, from 1.
    pub(super) line: usize,
}

/// The README, the changelog and all pages below `docs`.
pub(super) fn pages() -> Vec<Page> {
    let mut files = vec![PathBuf::from("README.md"), PathBuf::from("CHANGELOG.md")];
    files.extend(
        files_below(Path::new("docs")).into_iter().filter(|file| file.extension().is_some_and(|it| it == "md")),
    );
    files.into_iter().map(Page::read).collect()
}

/// The pages that users follow step by step.
pub(super) fn guides() -> Vec<Page> {
    pages().into_iter().filter(|page| page.path.starts_with("docs/guides")).collect()
}

/// The pages with configurations and commands for users.
pub(super) fn readme_and_guides() -> Vec<Page> {
    [Page::read("README.md".into())].into_iter().chain(guides()).collect()
}

fn files_below(directory: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(repository().join(directory)).expect("a readable directory");
    let mut files: Vec<PathBuf> = entries.map(|entry| directory.join(entry.expect("an entry").file_name())).collect();
    files.sort();
    let below = |file: PathBuf| if repository().join(&file).is_dir() { files_below(&file) } else { vec![file] };
    files.into_iter().flat_map(below).collect()
}

impl Page {
    pub(super) fn read(path: PathBuf) -> Self {
        let text = fs::read_to_string(repository().join(&path));
        let text = text.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Self { path, text }
    }

    /// The guide of this name.
    pub(super) fn guide(name: &str) -> Self {
        Self::read(Path::new("docs/guides").join(name).with_extension("md"))
    }

    pub(super) fn blocks(&self) -> Vec<Code> {
        parts(&self.text).1
    }

    /// The blocks in one of these languages.
    pub(super) fn blocks_in(&self, languages: &[&str]) -> Vec<Code> {
        self.blocks().into_iter().filter(|block| languages.contains(&block.language.as_str())).collect()
    }

    /// The lines outside of blocks of code.
    pub(super) fn prose(&self) -> Vec<&str> {
        parts(&self.text).0
    }

    /// The targets of links, as they are written.
    pub(super) fn links(&self) -> Vec<String> {
        let (link, code) = (Regex::new(r"\]\(([^)\s]+)\)"), Regex::new("`[^`]*`"));
        let (link, code) = (link.expect("a pattern"), code.expect("a pattern"));
        let text = self.prose().join("\n");
        let text = code.replace_all(&text, "");
        link.captures_iter(&text).map(|found| found[1].to_owned()).collect()
    }

    /// What a link can lead to: headings, as repositories and registries name them, and anchors in HTML.
    pub(super) fn anchors(&self) -> BTreeSet<String> {
        let prose = self.prose();
        let headings = prose
            .iter()
            .filter_map(|line| Some(line.trim_start_matches('#').strip_prefix(' ')?).filter(|_| line.starts_with('#')));
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let mut anchors: BTreeSet<String> = headings
            .map(|heading| {
                let anchor = anchor(heading);
                let count = counts.entry(anchor.clone()).or_default();
                *count += 1;
                if *count == 1 { anchor } else { format!("{anchor}-{}", *count - 1) }
            })
            .collect();
        let explicit = Regex::new(r#"<a id="([^"]+)">"#).expect("a pattern");
        anchors.extend(explicit.captures_iter(&self.text).map(|found| found[1].to_owned()));
        anchors
    }
}

/// Lower-case letters, digits, underscores and hyphens, which stand for spaces too.
fn anchor(heading: &str) -> String {
    let letters = heading.trim().chars().filter(|letter| letter.is_alphanumeric() || "-_ ".contains(*letter));
    letters.flat_map(char::to_lowercase).map(|letter| if letter == ' ' { '-' } else { letter }).collect()
}

/// The lines outside of fences, and what is inside of each.
fn parts(text: &str) -> (Vec<&str>, Vec<Code>) {
    let (mut prose, mut blocks, mut open) = (Vec::new(), Vec::new(), None::<(usize, Code)>);
    for (number, line) in text.lines().enumerate() {
        let fence = line.trim_start().strip_prefix("```");
        match (open.take(), fence) {
            (None, None) => prose.push(line),
            (None, Some(language)) => {
                let block = Code { language: language.to_owned(), text: String::new(), line: number + 2 };
                open = Some((line.len() - line.trim_start().len(), block));
            }
            (Some((_, block)), Some(_)) => blocks.push(block),
            (Some((indent, mut block)), None) => {
                block.text += line.get(indent..).unwrap_or_default();
                block.text.push('\n');
                open = Some((indent, block));
            }
        }
    }
    (prose, blocks)
}

#[test]
fn a_page_is_taken_apart() {
    let text = "# One\n[a](b.md#c) `[d](e)`\n\n- item\n\n  ```sh\n  x\n    y\n\n  ```\n## `discover`, for any host!\n## One\n<a id=\"own\"></a>\n";
    let page = Page { path: PathBuf::new(), text: text.to_owned() };
    assert_eq!(page.links(), ["b.md#c"]);
    assert_eq!(page.blocks(), [Code { language: "sh".to_owned(), text: "x\n  y\n\n".to_owned(), line: 7 }]);
    let anchors = ["one", "discover-for-any-host", "one-1", "own"];
    assert_eq!(page.anchors(), anchors.map(str::to_owned).into());
}
