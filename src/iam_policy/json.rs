//! Policies as JSON: one document, or a list of them.

use super::statement::Policies;

/// The text, which ends in a line break.
pub(super) fn write(policies: &Policies) -> String {
    let text = match policies.documents.as_slice() {
        [only] => serde_json::to_string_pretty(only),
        several => serde_json::to_string_pretty(several),
    };
    // Texts and lists of texts can always be written.
    text.unwrap_or_default() + "\n"
}
