//! Checks whether a text is a value of an enumeration.
//!
//! Instance types and similar enumerations grow monthly, so a value that the model does not list is doubtful, not
//! wrong: the service decides. A text without the form of an instance type is wrong at once.

use crate::{
    definition::{
        camel_case,
        service::{SHAPES, Shape},
    },
    functions::instance,
    text::{a, list, nearest},
};

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
        return Verdict::Refused(format!("it must be one of {}", list(values)));
    }
    let elsewhere = elsewhere(shape, text);
    if is_instance_type(shape) && elsewhere.is_empty() && !has_the_shape_of_an_instance_type(text) {
        return Verdict::Refused(format!(
            "an instance type is written as `ml.<family>.<size>`; the closest known types are {}",
            list(nearest(values.iter().copied(), text))
        ));
    }
    if !elsewhere.is_empty() {
        return Verdict::Doubtful(format!(
            "it is a known value for {}, but not for {}; the closest known values here are {}",
            elsewhere.join(", "),
            use_of(shape),
            list(nearest(values.iter().copied(), text))
        ));
    }
    Verdict::Doubtful(format!(
        "it is not among the values that this version of the provider knows for {}; the closest are {}",
        use_of(shape),
        list(nearest(values.iter().copied(), text))
    ))
}

fn is_instance_type(shape: &Shape) -> bool {
    shape.name.ends_with("InstanceType")
}

fn has_the_shape_of_an_instance_type(text: &str) -> bool {
    text == "system" || instance::parts(text).is_some()
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
    let is_abbreviation = |word: &str| word.chars().skip(1).any(|letter| letter.is_ascii_uppercase());
    let lower = |word: &str| if is_abbreviation(word) { word.to_owned() } else { word.to_ascii_lowercase() };
    let words = camel_case::words(shape.name).into_iter().map(lower).collect::<Vec<_>>().join(" ");
    a(&words)
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
        assert_eq!(use_of(&shape("AIRecommendationInstanceType")), "an AI recommendation instance type");
    }
}
