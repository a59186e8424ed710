//! The messages of diagnostics, for a terminal.

use crate::diag::{Diagnostics, Severity};

/// The messages of one severity.
pub(super) fn texts(diagnostics: &Diagnostics, severity: Severity) -> Vec<String> {
    let of_severity = diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity);
    of_severity.map(|diagnostic| format!("{}\n{}", diagnostic.summary, diagnostic.detail)).collect()
}
