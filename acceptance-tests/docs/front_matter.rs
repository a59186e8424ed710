//! Guides have the form that registries read: front matter, one title, and no more than they show.

use super::page::{Page, guides};

/// The largest page that registries show, in bytes.
const LARGEST: usize = 500_000;

#[test]
fn registries_can_show_every_guide() {
    let guides = guides();
    let wrong: Vec<String> = guides
        .iter()
        .flat_map(|guide| faults(guide).into_iter().map(|fault| format!("{}: {fault}", guide.path.display())))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(guides.len() > 10, "guides are found");
}

fn faults(guide: &Page) -> Vec<String> {
    let Some((front, body)) = guide.text.strip_prefix("---\n").and_then(|text| text.split_once("\n---\n")) else {
        return vec!["it has no front matter".to_owned()];
    };
    let lines: Vec<&str> = front.lines().collect();
    let [title, subcategory, description, summary] = lines[..] else {
        return vec![format!("its front matter has {} lines in place of 4", lines.len())];
    };
    let titles: Vec<&str> = guide.prose().into_iter().filter_map(|line| line.strip_prefix("# ")).collect();
    let title_of_page = title.strip_prefix("page_title: \"").and_then(|title| title.strip_suffix(" - sagemaker\""));
    let faults = [
        (title_of_page.is_none(), "its title has not the form `page_title: \"… - sagemaker\"`"),
        (subcategory != "subcategory: \"\"", "guides have an empty subcategory"),
        (description != "description: |-" || !summary.starts_with("  "), "its description is no block of one line"),
        (!body.starts_with("\n# "), "its title is not the first line"),
        (
            titles.len() != 1 || titles.first().copied() != title_of_page,
            "it has not one title, that of the front matter",
        ),
        (guide.text.len() > LARGEST, "it is too long"),
        (guide.text.contains("\n\n\n"), "it has two empty lines"),
        (guide.text.lines().any(|line| line != line.trim_end()), "it has spaces at the end of a line"),
    ];
    faults.into_iter().filter(|(is_wrong, _)| *is_wrong).map(|(_, fault)| fault.to_owned()).collect()
}

#[test]
fn faults_of_a_guide_are_found() {
    let good =
        "---\npage_title: \"A - sagemaker\"\nsubcategory: \"\"\ndescription: |-\n  All of A.\n---\n\n# A\n\nText.\n";
    let found = |from: &str, to: &str| {
        faults(&Page { path: "docs/guides/a.md".into(), text: good.replace(from, to) }).join("; ")
    };
    assert_eq!(found("", ""), "");
    for (from, to, fault) in [
        ("---\np", "p", "it has no front matter"),
        (" - sagemaker", "", "its title has not the form"),
        ("\"\"", "\"Guides\"", "guides have an empty subcategory"),
        ("# A", "# B", "it has not one title"),
        ("Text.", "Text. ", "it has spaces"),
        ("Text.", "\n\nText.", "it has two empty lines"),
    ] {
        assert!(found(from, to).starts_with(fault), "{fault}: {}", found(from, to));
    }
}
