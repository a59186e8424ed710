//! The forms of Markdown that the pages use.

/// The number of characters of a line of code that a registry shows without a scroll bar.
pub(super) const WIDTH: usize = 97;

/// The front matter that registries read, and the title.
pub(super) fn head(title: &str, heading: &str, subcategory: &str, description: &str) -> String {
    let paragraphs: Vec<String> = description.trim().split("\n\n").map(|lines| lines.replace('\n', " ")).collect();
    let summary = first_sentence(&paragraphs[0]);
    format!(
        "---\npage_title: \"{title}\"\nsubcategory: \"{subcategory}\"\ndescription: |-\n  {summary}\n---\n\n# {heading}\n\n{}\n",
        paragraphs.join("\n\n")
    )
}

/// The text up to its first full stop.
pub(super) fn first_sentence(text: &str) -> &str {
    text.split_once(". ").map_or(text, |(first, _)| &text[..=first.len()])
}

/// The first paragraph of a text, as one line.
pub(super) fn first_paragraph(text: &str) -> String {
    let paragraph = text.trim().split("\n\n").next().unwrap_or_default();
    paragraph.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The description of a resource as what a page does with it: `A model.` → `Manages a model.`
pub(super) fn verbal(verb: &str, description: &str) -> String {
    match description.trim().split_once(' ') {
        Some((article @ ("A" | "An" | "The"), rest)) => format!("{verb} {} {rest}", article.to_lowercase()),
        _ => panic!("`{description}` does not begin with an article"),
    }
}

/// A section with a heading of the second level.
pub(super) fn section(heading: &str, body: &str) -> String {
    format!("\n## {heading}\n\n{}\n", body.trim_end())
}

/// A section with a list; empty if the list is.
pub(super) fn listed(heading: &str, items: &[String]) -> String {
    if items.is_empty() { String::new() } else { section(heading, &bullets(items)) }
}

/// A list, one line for each item.
pub(super) fn bullets(items: &[String]) -> String {
    items.iter().map(|item| format!("- {item}\n")).collect()
}

/// A block of code.
pub(super) fn code(language: &str, text: &str) -> String {
    format!("```{language}\n{}\n```\n", text.trim_end())
}
