//! Problems of the definition files. All of them are collected, so that one build reports them together. What several of
//! them say, such as a list of names, is worded here.

use std::{collections::BTreeSet, fmt};

use crate::text;

/// One problem, sorted by file and key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Problem {
    file: String,
    key: String,
    reason: String,
}

/// The problems found so far, without duplicates.
#[derive(Debug, Default)]
pub(crate) struct Problems(BTreeSet<Problem>);

impl Problems {
    /// `file` is the name inside `schemas/`; an empty key stands for the complete file.
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

/// The names as code, or that there are none.
pub(super) fn listed(names: impl IntoIterator<Item = impl fmt::Display>) -> String {
    let list = text::list(names);
    if list.is_empty() { "none".to_owned() } else { list }
}

/// The names that are similar to `name`.
pub(super) fn nearest<'a>(name: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    listed(text::nearest(names, name))
}
