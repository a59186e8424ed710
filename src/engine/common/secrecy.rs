//! Hides concealed values in messages, whether or not the schema marks them as sensitive: a refusal may repeat a value,
//! and messages end up in the logs of a pipeline. What looks like a credential is hidden where messages are built
//! (`diag`).

use std::collections::BTreeSet;

use crate::{
    definition::{Attribute, AttributeKind},
    diag::{Diagnostic, Diagnostics, VEIL, printable, redacted},
    value::{Path, Step, Value},
};

/// Shorter texts occur everywhere: hiding them would protect nothing and make messages unreadable.
const SHORTEST: usize = 4;

/// Texts of at least this length are hidden inside words too. A shorter one, such as `prod`, may be part of any word.
const UNMISTAKABLE: usize = 8;

/// Hides the sensitive values of one resource in the messages, and the `known` secrets.
pub(crate) fn hide_secrets(
    attributes: &[Attribute],
    values: &[&Value],
    known: &[String],
    diagnostics: Diagnostics,
) -> Diagnostics {
    if diagnostics.is_empty() {
        diagnostics
    } else {
        Secrets::of(attributes, values, known).hide_all(values, diagnostics)
    }
}

/// The concealed texts of one object, longest first.
struct Secrets<'a> {
    attributes: &'a [Attribute],
    texts: Vec<String>,
}

impl<'a> Secrets<'a> {
    /// The sensitive texts in the values of one resource, except those that the same values also show elsewhere.
    fn of(attributes: &'a [Attribute], values: &[&Value], known: &[String]) -> Self {
        let (mut hidden, mut shown) = (BTreeSet::new(), BTreeSet::new());
        for value in values {
            collect(attributes, value, &mut hidden, &mut shown);
        }
        let mut texts: Vec<String> = hidden
            .difference(&shown)
            .copied()
            .chain(known.iter().map(String::as_str))
            .map(|text| text.trim())
            .filter(|text| text.chars().count() >= SHORTEST)
            .flat_map(spellings)
            .collect();
        texts.sort_by(|one, other| other.len().cmp(&one.len()).then_with(|| one.cmp(other)));
        texts.dedup();
        Self { attributes, texts }
    }

    /// Replaces the secrets in the text.
    fn hide(&self, text: &str) -> String {
        self.texts.iter().fold(text.to_owned(), |text, secret| masked(&text, secret))
    }

    /// Replaces the secrets in the messages, and moves their paths away from secrets: Terraform shows the line of the
    /// configuration at the path, which may contain one.
    fn hide_all(&self, values: &[&Value], diagnostics: Diagnostics) -> Diagnostics {
        let mut hidden = Diagnostics::new();
        for diagnostic in diagnostics {
            let (summary, detail) = (self.hide(&diagnostic.summary), self.hide(&diagnostic.detail));
            let path = self.around_secrets(values, &diagnostic.path);
            hidden.push(Diagnostic { summary, detail, path, ..diagnostic });
        }
        hidden
    }

    /// The path, or that of the enclosing block if the line that Terraform would show may contain a secret.
    fn around_secrets(&self, values: &[&Value], path: &Path) -> Path {
        let (mut around, mut attributes) = (Path::root(), self.attributes);
        for step in path.steps() {
            if let Step::Attribute(name) = step {
                let attribute = attributes.iter().find(|attribute| attribute.name == name);
                let next = around.then(name);
                if attribute.is_some_and(is_secret) || values.iter().any(|value| self.shows(value.lookup(&next))) {
                    return around;
                }
                attributes = attribute.map_or(&[], Attribute::attributes);
            }
            around = around.with(step.clone());
        }
        around
    }

    /// True if the spelling of a plain value contains a secret.
    fn shows(&self, value: &Value) -> bool {
        match value {
            Value::String(text) => self.hide(text) != *text || redacted(text) != *text,
            Value::Map(members) => {
                members.values().any(|member| matches!(member, Value::String(_)) && self.shows(member))
            }
            _ => false,
        }
    }
}

/// True if the spelling of an attribute in a configuration may contain a secret: a list of objects is a single
/// expression.
fn is_secret(attribute: &Attribute) -> bool {
    let inside = |attributes: &[Attribute]| attributes.iter().any(is_secret);
    match &attribute.kind {
        AttributeKind::Plain { .. } | AttributeKind::Block { .. } => attribute.concealed,
        AttributeKind::Objects { attributes, .. } => attribute.concealed || inside(attributes),
    }
}

fn collect<'v>(
    attributes: &[Attribute],
    object: &'v Value,
    hidden: &mut BTreeSet<&'v str>,
    shown: &mut BTreeSet<&'v str>,
) {
    for attribute in attributes {
        let value = object.get(attribute.name);
        match (&attribute.kind, value) {
            (AttributeKind::Plain { .. }, _) => texts(value, if attribute.concealed { hidden } else { shown }),
            (
                AttributeKind::Block { attributes, .. } | AttributeKind::Objects { attributes, .. },
                Value::List(elements),
            ) => {
                elements.iter().for_each(|element| collect(attributes, element, hidden, shown));
            }
            (AttributeKind::Block { attributes, .. } | AttributeKind::Objects { attributes, .. }, _) => {
                collect(attributes, value, hidden, shown);
            }
        }
    }
}

fn texts<'v>(value: &'v Value, found: &mut BTreeSet<&'v str>) {
    match value {
        Value::String(text) => {
            found.insert(text);
        }
        Value::List(elements) => elements.iter().for_each(|element| texts(element, found)),
        Value::Map(members) => members.values().for_each(|member| texts(member, found)),
        Value::Null | Value::Unknown(_) | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The forms in which a message may contain the text: as in the configuration, as in a message, and escaped between quotes
/// as in messages of this provider and in JSON.
fn spellings(text: &str) -> [String; 4] {
    let inside = |quoted: &str| quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default().to_owned();
    let json = serde_json::Value::from(text).to_string();
    [text.to_owned(), printable(text), inside(&format!("{text:?}")), inside(&json)]
}

fn masked(text: &str, secret: &str) -> String {
    if secret.chars().count() >= UNMISTAKABLE {
        return text.replace(secret, VEIL);
    }
    let (mut masked, mut done) = (String::new(), 0);
    for (place, _) in text.match_indices(secret) {
        let end = place + secret.len();
        if !text[..place].ends_with(is_word_character) && !text[end..].starts_with(is_word_character) {
            masked.push_str(&text[done..place]);
            masked.push_str(VEIL);
            done = end;
        }
    }
    masked + &text[done..]
}

fn is_word_character(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::resource;

    fn secrets(name: &str, secret: &str) -> Secrets<'static> {
        let config = Value::from([("client_id", "tests".into()), ("client_secret", secret.into())]);
        let values = Value::from([("workforce_name", name.into()), ("oidc_config", Value::List(vec![config]))]);
        Secrets::of(
            resource("sagemaker_workforce").expect("a resource of ours").attributes,
            &[&Value::Null, &values],
            &[],
        )
    }

    #[test]
    fn only_sensitive_values_are_hidden() {
        let words = "Value 'hunter2' at 'oidcConfig.clientSecret' of tests failed to satisfy constraint";
        assert_eq!(
            secrets("cats", "hunter2").hide(words),
            "Value '(sensitive value)' at 'oidcConfig.clientSecret' of tests failed to satisfy constraint"
        );
    }

    #[test]
    fn a_long_secret_is_hidden_inside_a_word() {
        assert_eq!(
            secrets("cats", "prod").hide("prod_variants, 'prod', production"),
            "prod_variants, '(sensitive value)', production"
        );
        assert_eq!(secrets("cats", "correcthorse").hide("xcorrecthorsex"), "x(sensitive value)x");
    }

    #[test]
    fn texts_shown_elsewhere_and_short_texts_are_not_secrets() {
        assert_eq!(secrets("cats", "cats").hide("workforce `cats`"), "workforce `cats`");
        assert_eq!(secrets("cats", "abc").hide("abc"), "abc");
    }

    #[test]
    fn an_escaped_secret_is_hidden() {
        assert_eq!(secrets("cats", "hun\"ter\\2").hide(r#"got "hun\"ter\\2""#), r#"got "(sensitive value)""#);
    }

    #[test]
    fn a_secret_with_control_characters_is_hidden_in_every_form() {
        let key = "-----BEGIN-----\r\nc2VjcmV0\u{7}\r\n-----END-----";
        let plain = Diagnostic::error("", key);
        let quoted = Diagnostic::error("", Value::from(key).to_string());
        let json = Diagnostic::error("", serde_json::Value::from(key).to_string());
        for message in [plain, quoted, json] {
            let hidden = secrets("cats", key).hide(&message.detail);
            assert!(hidden.contains(VEIL) && !hidden.contains("c2VjcmV0"), "{hidden}");
        }
    }

    #[test]
    fn the_longer_of_two_secrets_is_replaced_first() {
        let config = |secret: &str| {
            Value::from([("oidc_config", Value::List(vec![Value::from([("client_secret", secret.into())])]))])
        };
        let (prior, planned) = (config("hunter2"), config("hunter2-and-more"));
        let workforce = resource("sagemaker_workforce").expect("a resource of ours");
        let both = Secrets::of(workforce.attributes, &[&prior, &planned], &[]);
        assert_eq!(both.hide("hunter2-and-more, hunter2"), "(sensitive value), (sensitive value)");
    }

    #[test]
    fn only_paths_of_secrets_are_moved_to_their_block() {
        let block = Path::attribute("oidc_config").index(0);
        let points_at = |path: &Path| {
            let hidden = secrets("cats", "hunter2").hide_all(&[], Diagnostic::error("", "").at(path).into());
            hidden.into_iter().next().expect("one message").path
        };
        assert_eq!(points_at(&block.then("client_secret")), block);
        assert_eq!(points_at(&block.then("client_id")), block.then("client_id"));
    }

    #[test]
    fn a_path_to_a_line_with_a_password_is_moved() {
        let repository =
            |url: &str| Value::from([("git_config", Value::List(vec![Value::from([("repository_url", url.into())])]))]);
        let block = Path::attribute("git_config").index(0);
        let attributes = resource("sagemaker_code_repository").expect("a resource of ours").attributes;
        let points_at = |url: &str| {
            let message = Diagnostic::error("", "").at(&block.then("repository_url"));
            let hidden = hide_secrets(attributes, &[&repository(url)], &[], message.into());
            hidden.into_iter().next().expect("one message").path
        };
        assert_eq!(points_at("https://git.test/repository"), block.then("repository_url"));
        assert_eq!(points_at("https://me:hunter2@git.test/repository"), block);
    }

    #[test]
    fn secrets_of_the_provider_are_hidden() {
        let message = Diagnostic::error("", "The token hunter2-session is not valid.");
        let hidden = hide_secrets(&[], &[], &["hunter2-session".to_owned()], message.into());
        assert_eq!(hidden, Diagnostic::error("", "The token (sensitive value) is not valid.").into());
    }

    #[test]
    fn summaries_are_checked_for_secrets() {
        let message = Diagnostic::error("hunter2 failed", "because of 'hunter2'");
        let hidden = secrets("cats", "hunter2").hide_all(&[], message.into());
        assert_eq!(hidden, Diagnostic::error("(sensitive value) failed", "because of '(sensitive value)'").into());
    }
}
