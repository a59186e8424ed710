//! The form of policies.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

/// All policies, and what they do not show.
#[derive(Debug, Default)]
pub(super) struct Policies {
    pub(super) documents: Vec<Document>,
    pub(super) notes: BTreeSet<String>,
}

/// One policy.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Document {
    pub(super) version: &'static str,
    pub(super) statement: Vec<Statement>,
}

/// A statement that allows actions on resources.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Statement {
    effect: &'static str,
    pub(super) action: Vec<String>,
    pub(super) resource: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) condition: Option<Condition>,
}

/// The condition that roles are passed to one service: key and value by operator.
pub(super) type Condition = BTreeMap<&'static str, BTreeMap<&'static str, &'static str>>;

impl Document {
    pub(super) fn new(statement: Vec<Statement>) -> Self {
        Self { version: "2012-10-17", statement }
    }

    /// The length that IAM counts, in characters: without white space.
    pub(super) fn length(&self) -> usize {
        serde_json::to_string(self).map_or(usize::MAX, |text| text.chars().count())
    }
}

impl Statement {
    pub(super) fn new(action: Vec<String>, resource: Vec<String>, condition: Option<Condition>) -> Self {
        Self { effect: "Allow", action, resource, condition }
    }
}
