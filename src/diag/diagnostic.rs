//! Diagnostics: one message to the user, and all messages of a request.

use super::redaction::redacted;
use crate::value::Path;

/// The severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// The request has failed.
    Error,
    /// The request continues.
    Warning,
}

/// One message to the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The severity.
    pub severity: Severity,
    /// One line: what failed, on what.
    pub summary: String,
    /// The reason, the service's message and the next step. May span several lines.
    pub detail: String,
    /// The attribute concerned; empty for the resource itself.
    pub path: Path,
}

/// The messages of one request, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostic {
    /// Hides credentials and control characters in the texts, which may come from a service.
    pub fn error(summary: impl Into<String>, detail: impl Into<String>) -> Self {
        let (summary, detail) = (redacted(&summary.into()), redacted(&detail.into()));
        Self { severity: Severity::Error, summary, detail, path: Path::root() }
    }

    /// Like [`Self::error`], for a request that continues.
    pub fn warning(summary: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(summary, detail) }
    }

    /// The same message, for a request that continues.
    #[must_use]
    pub fn as_warning(self) -> Self {
        Self { severity: Severity::Warning, ..self }
    }

    /// Attaches the message to an attribute.
    #[must_use]
    pub fn at(mut self, path: &Path) -> Self {
        self.path = path.clone();
        self
    }
}

impl Diagnostics {
    /// No messages.
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends a message.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// True if the request has failed.
    pub fn has_error(&self) -> bool {
        self.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// True if there is no message, not even a warning.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The messages in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<T: IntoIterator<Item = Diagnostic>>(&mut self, others: T) {
        self.0.extend(others);
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(diagnostic: Diagnostic) -> Self {
        Self(vec![diagnostic])
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
