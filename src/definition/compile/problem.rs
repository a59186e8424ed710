//! What is wrong with the definition files. Everything that is found is kept, so that one build tells all of it.

use std::{collections::BTreeSet, fmt};

/// One problem, sorted by file and key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Problem {
    file: String,
    key: String,
    reason: String,
}

/// The problems found so far, each once.
#[derive(Debug, Default)]
pub(crate) struct Problems(BTreeSet<Problem>);

impl Problems {
    /// `file` as it is called inside `schemas/`; an empty key stands for the file as a whole.
    pub(super) fn add(&mut self, file: &str, key: impl Into<String>, reason: impl Into<String>) {
        self.0.insert(Problem { file: file.to_owned(), key: key.into(), reason: reason.into() });
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.0.iter()
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "schemas/{}: ", self.file)?;
        if !self.key.is_empty() {
            write!(formatter, "{}: ", self.key)?;
        }
        formatter.write_str(&self.reason)
    }
}
