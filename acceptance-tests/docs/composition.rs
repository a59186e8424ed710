//! A block of a page with what it refers to: the other blocks of the page that declare it.

use std::collections::BTreeSet;

use regex_lite::Regex;

use super::page::Code;

/// What a configuration consists of: `resource sagemaker_model.churn`, `var.token`, `provider sagemaker.registry`.
type Names = BTreeSet<String>;

/// The block after those blocks of the page that declare what it refers to, directly or indirectly. Variables that no
/// block declares are declared without a type.
///
/// # Errors
/// What no complete block of the page declares.
pub(super) fn composed(block: &Code, page: &[Code]) -> Result<String, Names> {
    let mut parts = vec![block];
    loop {
        let text: String = parts.iter().rev().map(|part| part.text.as_str()).collect::<Vec<_>>().join("\n");
        let declared = declared(&text);
        let missing: Names = referred(&text).difference(&declared).cloned().collect();
        let (variables, others): (Names, Names) = missing.into_iter().partition(|name| name.starts_with("var."));
        let found = others.iter().chain(&variables).find_map(|name| declaring(name, page, &parts));
        match found {
            Some(part) => parts.push(part),
            None if others.is_empty() => {
                return Ok(text + &variables.iter().map(|name| variable(name)).collect::<String>());
            }
            None => return Err(others),
        }
    }
}

/// The block that declares a name; an earlier one rather than a later one, and the nearest.
fn declaring<'p>(name: &str, page: &'p [Code], used: &[&Code]) -> Option<&'p Code> {
    let around = used[0].line;
    let fits = |code: &&Code| is_complete(code) && !used.contains(code) && declared(&code.text).contains(name);
    let earlier = page.iter().rev().filter(|code| code.line < around).find(fits);
    earlier.or_else(|| page.iter().filter(|code| code.line > around).find(fits))
}

/// An ellipsis as a comment marks what is left out.
pub(super) fn is_complete(code: &Code) -> bool {
    !code.text.lines().any(|line| line.trim_start().starts_with("# …"))
}

fn variable(name: &str) -> String {
    format!("\nvariable {:?} {{}}\n", name.trim_start_matches("var."))
}

fn declared(text: &str) -> Names {
    let pattern = Regex::new(r#"(?m)^(\w+) "([\w-]+)"(?: "([\w-]+)")? \{"#).expect("a pattern");
    let mut names: Names = pattern
        .captures_iter(text)
        .filter_map(|found| {
            let (first, second) = (&found[2], found.get(3).map_or("", |name| name.as_str()));
            match &found[1] {
                "resource" => Some(format!("resource {first}.{second}")),
                "data" | "action" | "ephemeral" => Some(format!("{} {first}.{second}", &found[1])),
                "variable" => Some(format!("var.{first}")),
                "module" => Some(format!("module {first}")),
                _ => None,
            }
        })
        .collect();
    let alias = Regex::new(r#"(?m)^  alias\s+= "(\w+)""#).expect("a pattern");
    names.extend(alias.captures_iter(text).map(|found| format!("provider sagemaker.{}", &found[1])));
    names
}

fn referred(text: &str) -> Names {
    let text = without_comments(text);
    let patterns = [
        (r"(?m)(?:^|[^.\w])(sagemaker_\w+\.\w+)", "resource "),
        (r"\bdata\.(sagemaker_\w+\.\w+)", "data "),
        (r"\baction\.(sagemaker_\w+\.\w+)", "action "),
        (r"\bephemeral\.(sagemaker_\w+\.\w+)", "ephemeral "),
        (r"\bmodule\.(\w+)", "module "),
        (r"\b(var\.\w+)", ""),
        (r"= (sagemaker\.\w+)", "provider "),
    ];
    let all = patterns.iter().flat_map(|(pattern, kind)| {
        let pattern = Regex::new(pattern).expect("a pattern");
        pattern.captures_iter(&text).map(|found| format!("{kind}{}", &found[1])).collect::<Vec<_>>()
    });
    all.collect()
}

/// References in comments need nothing.
fn without_comments(text: &str) -> String {
    let code = text.lines().map(|line| line.split("# ").next().unwrap_or_default());
    code.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_block_gets_what_it_refers_to_and_nothing_else() {
    let code = |line: usize, text: &str| Code { language: "terraform".to_owned(), text: text.to_owned(), line };
    let page = [
        code(1, "resource \"sagemaker_hub\" \"a\" {\n  hub_name = var.name\n}\n"),
        code(2, "resource \"sagemaker_hub\" \"b\" {\n  # …\n}\n"),
        code(3, "output \"a\" {\n  value = sagemaker_hub.a.arn # not sagemaker_hub.b.arn\n}\n"),
        code(4, "output \"b\" {\n  value = sagemaker_hub.b.arn\n}\n"),
    ];
    let expected = format!("{}\n{}\nvariable \"name\" {{}}\n", page[0].text, page[2].text);
    assert_eq!(composed(&page[2], &page), Ok(expected));
    assert_eq!(composed(&page[3], &page), Err(["resource sagemaker_hub.b".to_owned()].into()));
}
