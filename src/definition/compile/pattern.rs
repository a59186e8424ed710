//! Translates patterns of the model for the `regex-lite` crate.
//!
//! The model uses Java's dialect and matches the complete text. A translation may accept more texts than its source,
//! but never refuses one that the source accepts; the service checks the rest.

/// Parts of patterns that are evidently wrong, or that have another meaning outside Java.
const DISTRUSTED: &[&str] = &[
    // `\d` without its backslash: the pattern refuses valid addresses.
    "1dd",
    // A region without digits; all regions contain some.
    r":[a-z\-]*:\d{12}:",
    // UTF-16 code units, including surrogates.
    r"\u",
];

/// The ASCII characters of classes that `regex-lite` lacks, for use inside brackets.
const CLASSES: &[(&str, &str)] = &[
    (r"\p{Alnum}", "0-9A-Za-z"),
    (r"\p{L}", r"A-Za-z\u{80}-\u{10FFFF}"),
    (r"\p{N}", r"0-9\u{80}-\u{10FFFF}"),
    (r"\p{Z}", r" \u{80}-\u{10FFFF}"),
    (r"\p{M}", r"\u{80}-\u{10FFFF}"),
    (r"\p{S}", r"$+<=>\^`|\~\u{80}-\u{10FFFF}"),
    (r"\p{P}", r##"!"#%\&'()*,\-./:;?@\[\\\]_{}\u{80}-\u{10FFFF}"##),
];

/// The openings of look-around, which `regex-lite` lacks.
const ASSERTIONS: &[&str] = &["(?=", "(?!", "(?<=", "(?<!"];

/// The pattern for `regex-lite`, anchored at both ends; `None` if it cannot be translated or trusted.
pub(super) fn translate(source: &str) -> Option<String> {
    // `.*` refuses only line breaks, and it is unknown whether the service refuses them.
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
            // Without the assertion the pattern accepts more.
            _ if ASSERTIONS.contains(&piece) => rest = after_group(rest),
            _ if piece.starts_with('[') => pattern.push_str(&translate_class(piece)?),
            r"\p" | r"\P" => return None,
            _ => pattern.push_str(piece),
        }
    }
    Some(pattern)
}

/// A bracketed class with ranges for what `regex-lite` lacks. The ranges are too wide, so complements have no
/// translation.
fn translate_class(class: &str) -> Option<String> {
    let translated = CLASSES.iter().fold(class.to_owned(), |class, (name, characters)| class.replace(name, characters));
    let exact = translated == class;
    let known = !translated.contains(r"\p") && !translated.contains(r"\P");
    (exact || !class.starts_with("[^")).then_some(translated).filter(|_| known)
}

/// The next bracketed class, escape or opening of an assertion, otherwise the next character.
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

/// The length of the bracketed class at the start of `rest`.
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

/// The text after the parenthesis that closes the group in which `rest` starts.
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
    fn look_around_is_removed_at_any_position() {
        assert_eq!(translate("(?=.{1,32}$)[a-z](-*[a-z])*").as_deref(), Some("^(?:[a-z](-*[a-z])*)$"));
        assert_eq!(translate(r"/(?!.*(\.|[)])\.)[a-z]+").as_deref(), Some("^(?:/[a-z]+)$"));
        assert_eq!(translate("([a-z-]{0,62})(?<!-)(/[0-9])?").as_deref(), Some("^(?:([a-z-]{0,62})(/[0-9])?)$"));
        assert_eq!(translate("a(?:b)").as_deref(), Some("^(?:a(?:b))$"));
    }

    #[test]
    fn unicode_classes_are_widened_to_all_non_ascii_characters() {
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
    fn untranslatable_and_untrusted_patterns_are_not_checked() {
        for source in [".*", r"[^\p{L}]", r"\p{L}", r"[\P{L}]", r"[\u0020-\uD7FF]", r"(1dd|[1-9]?d)"] {
            assert_eq!(translate(source), None, "{source}");
        }
    }
}
