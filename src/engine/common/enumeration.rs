//! Checks whether a text is a value of an enumeration.
//!
//! Instance types and similar enumerations grow monthly, so a value that the model does not list is doubtful, not
//! wrong: the service decides. A text without the form of an instance type is wrong at once.

use strsim::levenshtein;

use crate::definition::service::{SHAPES, Shape};

/// How many similar values a message lists.
const NEAREST: usize = 3;

/// The result of a check. The reasons are parts of a sentence.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Known,
    /// The value may be newer than the model.
    Doubtful(String),
    Refused(String),
}

/// Checks `text` as a value of the enumeration `shape`; `closed` enumerations accept no other values.
pub(crate) fn classify(shape: &Shape, closed: bool, text: &str) -> Verdict {
    let values = shape.values();
    if values.contains(&text) {
        return Verdict::Known;
    }
    if closed || text.is_empty() {
        return Verdict::Refused(format!("allowed are {}", list(values)));
    }
    let elsewhere = elsewhere(shape, text);
    if is_instance_type(shape) && elsewhere.is_empty() && !has_the_shape_of_an_instance_type(text) {
        return Verdict::Refused(format!(
            "an instance type is written as `ml.<family>.<size>`; the nearest known are {}",
            list(&nearest(values, text))
        ));
    }
    if !elsewhere.is_empty() {
        return Verdict::Doubtful(format!(
            "it is known as {}, but not as {}; the nearest known here are {}",
            elsewhere.join(", "),
            use_of(shape),
            list(&nearest(values, text))
        ));
    }
    Verdict::Doubtful(format!(
        "this provider does not know it as {}; the nearest known are {}",
        use_of(shape),
        list(&nearest(values, text))
    ))
}

fn is_instance_type(shape: &Shape) -> bool {
    shape.name.ends_with("InstanceType")
}

fn has_the_shape_of_an_instance_type(text: &str) -> bool {
    let is_part = |part: &str| {
        !part.is_empty()
            && part
                .chars()
                .all(|character| character.is_ascii_lowercase() || character.is_ascii_digit() || character == '-')
    };
    let parts: Vec<&str> = text.split('.').collect();
    text == "system" || (parts.len() == 3 && parts[0] == "ml" && parts.iter().all(|part| is_part(part)))
}

/// The other uses for which the model lists an instance type.
fn elsewhere(shape: &Shape, text: &str) -> Vec<String> {
    if !is_instance_type(shape) {
        return Vec::new();
    }
    let others = SHAPES.iter().filter(|other| is_instance_type(other) && other.name != shape.name);
    others.filter(|other| other.values().contains(&text)).map(|other| use_of(other)).collect()
}

/// `ProductionVariantInstanceType` → `a production variant instance type`.
fn use_of(shape: &Shape) -> String {
    let mut words = String::new();
    for character in shape.name.chars() {
        if character.is_ascii_uppercase()
            && !words.is_empty()
            && !words.ends_with(|last: char| last.is_ascii_uppercase())
        {
            words.push(' ');
        }
        words.push(character);
    }
    let words = words.to_lowercase();
    let article = if words.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {words}")
}

pub(crate) fn nearest(values: &[&'static str], text: &str) -> Vec<&'static str> {
    // A comparison takes time in proportion to both lengths, and users may write texts of any length.
    let text: String = text.chars().take(100).collect();
    let mut by_distance: Vec<(usize, &'static str)> =
        values.iter().map(|value| (levenshtein(value, &text), *value)).collect();
    by_distance.sort_unstable();
    by_distance.into_iter().take(NEAREST).map(|(_, value)| value).collect()
}

pub(crate) fn list(values: &[&str]) -> String {
    values.iter().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instance_types_have_a_shape() {
        for (text, expected) in [
            ("ml.m5.large", true),
            ("ml.p6-b200.48xlarge", true),
            ("system", true),
            ("m5.large", false),
            ("ml.m5", false),
            ("ml.m5.Large", false),
            ("ml.m5.large ", false),
        ] {
            assert_eq!(has_the_shape_of_an_instance_type(text), expected, "{text}");
        }
    }

    #[test]
    fn a_use_is_named_in_plain_words() {
        let shape = |name| Shape { name, kind: crate::definition::service::ShapeKind::Boolean, sensitive: false };
        assert_eq!(use_of(&shape("ProductionVariantInstanceType")), "a production variant instance type");
        assert_eq!(use_of(&shape("AIRecommendationInstanceType")), "an airecommendation instance type");
    }
}
