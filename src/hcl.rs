//! Texts as Terraform's configuration language writes them.
//!
//! Knows the syntax alone, and nothing of resources, values and policies.

use std::fmt::Write as _;

/// The quoted form of a text, which no part of is a template.
pub fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => quoted += "\\\"",
            '\\' => quoted += "\\\\",
            '\n' => quoted += "\\n",
            '\r' => quoted += "\\r",
            '\t' => quoted += "\\t",
            // What begins a template is doubled.
            '$' | '%' if letters.peek() == Some(&'{') => quoted.extend([letter, letter]),
            letter if letter.is_control() => {
                // Writing to a text cannot fail.
                let _ = write!(quoted, "\\u{:04x}", u32::from(letter));
            }
            letter => quoted.push(letter),
        }
    }
    quoted + "\""
}

#[cfg(test)]
mod tests {
    use hcl::eval::{Context, from_str};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn texts_are_never_templates() {
        for (text, expected) in [
            ("", r#""""#),
            ("${a}", r#""$${a}""#),
            ("%{ if b }", r#""%%{ if b }""#),
            ("$a %b $ { 100%", r#""$a %b $ { 100%""#),
            (r#"C:\a "b""#, r#""C:\\a \"b\"""#),
            ("line\r\n\ttab", r#""line\r\n\ttab""#),
            ("\u{0}\u{7}\u{7f}\u{85}", r#""\u0000\u0007\u007f\u0085""#),
            ("Grüße, 你好 🦀\u{2028}", "\"Grüße, 你好 🦀\u{2028}\""),
        ] {
            assert_eq!(quoted(text), expected);
        }
    }

    proptest! {
        #[test]
        fn a_quoted_text_is_read_as_the_text(text in r#"([$%{}"\\~]|\PC|\p{Cc}){0,12}"#) {
            let body: serde_json::Value = from_str(&format!("text = {}\n", quoted(&text)), &Context::new())?;
            prop_assert_eq!(body["text"].as_str(), Some(text.as_str()));
        }
    }
}
