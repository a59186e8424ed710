//! Patterns of the model, brought into the dialect of the `regex-lite` crate.
//!
//! The model writes Java's dialect and means the whole text. A translation may take more texts than its source, but it
//! never refuses one that the source takes: what is not checked here, the service checks.

/// Parts of patterns that cannot be meant as they are written, or that mean something else outside Java.
const DISTRUSTED: &[&str] = &[
    // `\d` that has lost its backslash: the pattern refuses addresses that it should take.
    "1dd",
    // A region without digits; all regions have some.
    r":[a-z\-]*:\d{12}:",
    // UTF-16 code units, surrogates among them.
    r"\u",
];

/// The ASCII characters of classes that `regex-lite` does not have, as they are written inside brackets.
const CLASSES: &[(&str, &str)] = &[
    (r"\p{Alnum}", "0-9A-Za-z"),
    (r"\p{L}", r"A-Za-z\u{80}-\u{10FFFF}"),
    (r"\p{N}", r"0-9\u{80}-\u{10FFFF}"),
    (r"\p{Z}", r" \u{80}-\u{10FFFF}"),
    (r"\p{M}", r"\u{80}-\u{10FFFF}"),
    (r"\p{S}", r"$+<=>\^`|\~\u{80}-\u{10FFFF}"),
    (r"\p{P}", r##"!"#%\&'()*,\-./:;?@\[\\\]_{}\u{80}-\u{10FFFF}"##),
];

/// The openings of look-around, which `regex-lite` does not have.
const ASSERTIONS: &[&str] = &["(?=", "(?!", "(?<=", "(?<!"];

/// The pattern for `regex-lite`, anchored at both ends; none if there is none to be trusted.
pub(super) fn translate(source: &str) -> Option<String> {
    // `.*` refuses nothing but line breaks, and whether the service refuses them is not known.
    if source == ".*" || DISTRUSTED.iter().any(|part| source.contains(part)) {
        return None;
    }
    Some(format!("^(?:{})$", translate_pieces(source)?))
}

fn translate_pieces(source: &str) -> Option<String> {
    let mut pattern = String::new();
    let mut rest = source;
    while let Some(piece) = next_piece(rest) {
        rest = &rest[piece.len()..];
        match piece {
            // Without the assertion the pattern takes more.
            _ if ASSERTIONS.contains(&piece) => rest = after_group(rest),
            _ if piece.starts_with('[') => pattern.push_str(&translate_class(piece)?),
            r"\p" | r"\P" => return None,
            _ => pattern.push_str(piece),
        }
    }
    Some(pattern)
}

/// A bracketed class with ranges for what `regex-lite` does not have. They hold more than they should, which is why
/// complements have no translation.
fn translate_class(class: &str) -> Option<String> {
    let translated = CLASSES.iter().fold(class.to_owned(), |class, (name, characters)| class.replace(name, characters));
    let exact = translated == class;
    let known = !translated.contains(r"\p") && !translated.contains(r"\P");
    (exact || !class.starts_with("[^")).then_some(translated).filter(|_| known)
}

/// The next bracketed class, escape or opening of an assertion, or else the next character.
fn next_piece(rest: &str) -> Option<&str> {
    let first = rest.chars().next()?;
    let length = match first {
        '[' => class_length(rest),
        '\\' => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
        _ => {
            ASSERTIONS.iter().find(|opening| rest.starts_with(**opening)).map_or(first.len_utf8(), |found| found.len())
        }
    };
    Some(&rest[..length])
}

/// The length of the bracketed class at the beginning of `rest`.
fn class_length(rest: &str) -> usize {
    let mut escaped = false;
    for (index, character) in rest.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            ']' => return index + 1,
            _ => {}
        }
    }
    rest.len()
}

/// What follows the parenthesis that closes the group in which `rest` begins.
fn after_group(mut rest: &str) -> &str {
    let mut depth = 1;
    while let (1.., Some(piece)) = (depth, next_piece(rest)) {
        rest = &rest[piece.len()..];
        match piece {
            ")" => depth -= 1,
            _ if piece.starts_with('(') => depth += 1,
            _ => {}
        }
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_pattern_is_anchored() {
        assert_eq!(translate("[a-z]|b").as_deref(), Some("^(?:[a-z]|b)$"));
    }

    #[test]
    fn look_around_is_left_out_wherever_it_stands() {
        assert_eq!(translate("(?=.{1,32}$)[a-z](-*[a-z])*").as_deref(), Some("^(?:[a-z](-*[a-z])*)$"));
        assert_eq!(translate(r"/(?!.*(\.|[)])\.)[a-z]+").as_deref(), Some("^(?:/[a-z]+)$"));
        assert_eq!(translate("([a-z-]{0,62})(?<!-)(/[0-9])?").as_deref(), Some("^(?:([a-z-]{0,62})(/[0-9])?)$"));
        assert_eq!(translate("a(?:b)").as_deref(), Some("^(?:a(?:b))$"));
    }

    #[test]
    fn classes_of_unicode_are_widened_to_all_that_is_not_ascii() {
        let tag_key = regex_lite::Regex::new(&translate(r"([\p{L}\p{Z}\p{N}_.:/=+\-@]*)").unwrap()).unwrap();
        for good in ["team", "größe", "チーム", "a b", "", "x=1"] {
            assert!(tag_key.is_match(good), "{good}");
        }
        for bad in ["a!", "a\tb", "{}"] {
            assert!(!tag_key.is_match(bad), "{bad}");
        }
        let group = regex_lite::Regex::new(&translate(r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+").unwrap()).unwrap();
        assert!((b'!'..=b'~').all(|byte| group.is_match(&char::from(byte).to_string())));
        assert!(!group.is_match("a b"));
    }

    #[test]
    fn what_cannot_be_said_or_believed_is_left_to_the_service() {
        for source in [".*", r"[^\p{L}]", r"\p{L}", r"[\P{L}]", r"[\u0020-\uD7FF]", r"(1dd|[1-9]?d)"] {
            assert_eq!(translate(source), None, "{source}");
        }
    }
}
