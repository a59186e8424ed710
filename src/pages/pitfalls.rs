//! What a user of a resource has to know beyond its arguments, from `pitfalls.toml`.

use std::{collections::BTreeMap, sync::LazyLock};

static PITFALLS: LazyLock<BTreeMap<String, Vec<String>>> =
    LazyLock::new(|| toml::from_str(include_str!("pitfalls.toml")).expect("lists of sentences"));

/// The sentences about a resource type.
pub(super) fn of(type_name: &str) -> Vec<String> {
    PITFALLS.get(type_name.trim_start_matches("sagemaker_")).cloned().unwrap_or_default()
}

#[test]
fn every_pitfall_is_a_sentence_about_a_resource() {
    for (name, sentences) in PITFALLS.iter() {
        assert!(crate::definition::resource(&format!("sagemaker_{name}")).is_some(), "{name} is no resource");
        assert!(!sentences.is_empty(), "{name} has no sentence");
        for sentence in sentences {
            assert!(
                sentence.ends_with('.') && sentence.chars().count() <= 200,
                "{name}: a sentence ends with a full stop and has at most 200 characters: {sentence}"
            );
        }
    }
}
