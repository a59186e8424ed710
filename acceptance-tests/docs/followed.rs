//! The first example of the README and the guide on offline tests, followed to the letter: their files are written and
//! their commands are typed in the order in which a reader meets them.

use std::{fmt::Write as _, net::TcpListener};

use super::page::{Code, Page};
use crate::harness::{Workspace, process, run::Run};

/// Where pages let the local SageMaker listen.
const ADDRESS: &str = "127.0.0.1:4566";

/// What a reader types who follows these blocks, with the local SageMaker on a port of its own.
fn typed(blocks: &[Code]) -> String {
    let mut lines = String::new();
    for block in blocks {
        let file = block.text.lines().next().and_then(|line| line.strip_prefix("# "));
        match (block.language.as_str(), file) {
            ("sh", _) => lines += &block.text,
            (_, Some(file)) => {
                let _ = writeln!(lines, "mkdir -p $(dirname {file}) && cat > {file} <<'EOF'\n{}EOF", block.text);
            }
            (language, None) => panic!("a block in `{language}` names no file:\n{}", block.text),
        }
    }
    assert!(lines.contains(ADDRESS), "the local SageMaker is started:\n{lines}");
    lines.replace(ADDRESS, &free_address())
}

/// A loopback address at which nobody listens.
fn free_address() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    listener.local_addr().expect("it listens").to_string()
}

/// The blocks below a heading, up to the next one.
fn section(page: &Page, heading: &str) -> Vec<Code> {
    let (_, text) = page.text.split_once(&format!("\n## {heading}\n")).expect("the page has the heading");
    let text = text.split("\n## ").next().unwrap_or_default().to_owned();
    Page { path: page.path.clone(), text }.blocks()
}

/// Follows blocks in an empty directory, with the provider in a mirror and nothing else set.
fn followed(mut workspace: Workspace, blocks: &[Code]) -> Run {
    for name in ["ACCESS_KEY_ID", "ENDPOINT_URL_SAGEMAKER", "ENDPOINT_URL_STS", "REGION", "SECRET_ACCESS_KEY"] {
        workspace.unset(&format!("AWS_{name}"));
    }
    workspace.install_from_mirror().write("preamble.tf", "");
    workspace.shell(&typed(blocks))
}

#[test]
fn the_first_example_of_the_readme_is_applied_as_it_stands() {
    let blocks = section(&Page::read("README.md".into()), "Example");
    let run = followed(Workspace::offline(), &blocks);
    run.expect_success().expect_text(&["successfully initialized!", "Apply complete! Resources: 1 added"]);
}

#[test]
fn the_guide_on_offline_tests_works_as_it_stands() {
    assert!(process::on_path("curl").is_some(), "this test needs `curl` on the PATH, as the guide does");
    let run = followed(Workspace::offline_with_newest(), &Page::guide("offline-tests").blocks());
    run.expect_success().expect_text(&["It ended in state `Failed`. Reason: No capacity."]);
    let ends: Vec<&str> = run.stdout.lines().filter(|line| line.contains(" passed, ")).collect();
    let expected = ["1 passed, 0 failed.", "0 passed, 1 failed.", "1 passed, 0 failed."];
    assert!(ends.len() == 3 && ends.iter().zip(expected).all(|(end, expected)| end.ends_with(expected)), "{run}");
}
