//! Parts of sentences: lists of values, all of them or those nearest to what the user wrote, nouns with their article, and
//! capitals at the beginning.
//!
//! Knows nothing of what the sentences are about.

use std::fmt::Display;

use strsim::levenshtein;

/// How many similar values a message lists.
const NEAREST: usize = 3;

/// The values most similar to the text, the most similar first.
pub(crate) fn nearest<'a>(values: impl IntoIterator<Item = &'a str>, text: &str) -> Vec<&'a str> {
    // A comparison takes time in proportion to both lengths, and users may write texts of any length.
    let text: String = text.chars().take(100).collect();
    let mut by_distance: Vec<(usize, &str)> =
        values.into_iter().map(|value| (levenshtein(value, &text), value)).collect();
    by_distance.sort_unstable();
    by_distance.into_iter().take(NEAREST).map(|(_, value)| value).collect()
}

/// The values as code, separated by commas.
pub(crate) fn list(values: impl IntoIterator<Item = impl Display>) -> String {
    code(values).join(", ")
}

/// The values as code in a sentence, with a conjunction before the last: "`a`, `b` or `c`".
pub(crate) fn enumerated(values: impl IntoIterator<Item = impl Display>, conjunction: &str) -> String {
    match code(values).as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} {conjunction} {last}", first.join(", ")),
        all => all.concat(),
    }
}

fn code(values: impl IntoIterator<Item = impl Display>) -> Vec<String> {
    values.into_iter().map(|value| format!("`{value}`")).collect()
}

/// The noun with its indefinite article.
pub(crate) fn a(noun: &str) -> String {
    // The nouns of the definitions are written as they are spoken: `HyperPod cluster`, `AutoML job`, `MLflow app`.
    let vowel = noun.starts_with(['a', 'e', 'i', 'o', 'A', 'E', 'I', 'O']) || noun.starts_with("ML");
    format!("{} {noun}", if vowel { "an" } else { "a" })
}

/// The text with a capital at the beginning.
pub(crate) fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_similar_values_come_first() {
        assert_eq!(list(nearest(["app", "space", "domain", "model"], "modell")), "`model`, `domain`, `app`");
    }

    #[test]
    fn an_enumeration_has_a_conjunction_before_its_last_value() {
        assert_eq!(enumerated(["a"], "or"), "`a`");
        assert_eq!(enumerated(["a", "b"], "or"), "`a` or `b`");
        assert_eq!(enumerated(["a", "b", "c"], "and"), "`a`, `b` and `c`");
    }

    #[test]
    fn an_empty_text_has_no_capital() {
        assert_eq!(["", "écru", "2 values"].map(capitalized), ["", "Écru", "2 values"]);
    }
}
