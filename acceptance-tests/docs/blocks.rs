//! Configurations in the README and in guides are formatted, and valid under the provider, unless an ellipsis says that
//! something is left out.

use std::thread;

use super::{
    composition::{composed, is_complete},
    page::{Code, Page, readme_and_guides},
};
use crate::harness::{Workspace, workspace::REQUIREMENT};

const LANGUAGES: &[&str] = &["hcl", "terraform"];

/// What only newer versions of Terraform know.
const NEW: &[&str] = &["action \"", "ephemeral \"", "list \"", "identity = {"];

/// The configurations of a page; settings of the CLI are none, and in another language.
fn configurations(page: &Page) -> Vec<Code> {
    let blocks = page.blocks_in(LANGUAGES).into_iter();
    blocks.filter(|block| !block.text.starts_with("provider_installation {")).collect()
}

#[test]
fn every_configuration_in_a_page_is_formatted() {
    let workspace = Workspace::offline();
    for page in readme_and_guides() {
        let name = page.path.file_stem().unwrap_or_default().display();
        for block in configurations(&page) {
            workspace.write(&format!("{name}-{}.tf", block.line), &block.text);
        }
    }
    let formatted = workspace.run(&["fmt", "-check", "-diff"]);
    assert_eq!(formatted.code, Some(0), "{}{}", formatted.stdout, formatted.stderr);
}

#[test]
fn every_complete_configuration_in_a_page_is_valid() {
    let pages = readme_and_guides();
    let faults: Vec<String> = thread::scope(|scope| {
        let checks: Vec<_> = pages.iter().map(|page| scope.spawn(|| faults(page))).collect();
        checks.into_iter().flat_map(|check| check.join().expect("a check ends")).collect()
    });
    assert!(faults.is_empty(), "{} configurations\n{}", faults.len(), faults.join("\n"));
    let complete = pages.iter().flat_map(configurations).filter(is_checked);
    assert!(complete.count() > 30, "configurations are found");
}

fn faults(page: &Page) -> Vec<String> {
    let blocks = configurations(page);
    let fault = |block: &Code| {
        let fault = match composed(block, &blocks) {
            // A provider that is not there knows no types.
            Ok(text) if text.contains("hashicorp/aws") => return None,
            Ok(text) => refusal(&text)?,
            Err(names) => format!("no complete block declares {names:?}"),
        };
        Some(format!("{}:{}: {fault}", page.path.display(), block.line))
    };
    blocks.iter().filter(|block| is_checked(block)).filter_map(fault).collect()
}

/// True for what is complete, needs no other provider, and is no file of a longer example, which a test of its own runs.
fn is_checked(block: &Code) -> bool {
    let is_file = block.text.lines().next().is_some_and(|line| line.starts_with("# ") && line.contains(".tf"));
    let theirs = ["aws_", "awscc_", "data.aws", "\"aws\"", "ephemeral.aws"];
    is_complete(block) && !is_file && !theirs.iter().any(|name| block.text.contains(name))
}

/// What Terraform says against a configuration.
fn refusal(text: &str) -> Option<String> {
    let is_new = NEW.iter().any(|block| text.contains(block));
    let workspace = if is_new { Workspace::offline_with_newest() } else { Workspace::offline() };
    let has_own = text.contains("required_providers");
    workspace.write("preamble.tf", if has_own { "" } else { REQUIREMENT });
    let is_query = text.starts_with("list ");
    let options: &[&str] = if is_query { &["validate", "-no-color", "-query"] } else { &["validate", "-no-color"] };
    let file = if is_query { "main.tfquery.hcl" } else { "main.tf" };
    let run = workspace.write(file, text).run(options);
    (run.code != Some(0)).then(|| format!("{run}"))
}

#[test]
fn an_invalid_configuration_in_a_page_is_found() {
    let text = "```terraform\nresource \"sagemaker_hub\" \"a\" {\n  hub_label = \"a\"\n}\n```\n";
    let page = Page { path: "some.md".into(), text: text.to_owned() };
    let found = faults(&page).join("\n");
    assert!(found.starts_with("some.md:2: ") && found.contains("hub_label"), "{found}");
}
