//! A setting as it was found, and where: errors about it name its source.

use crate::{api::error::ConnectError, regions::Accepted};

/// A setting and its source.
pub(super) struct Found {
    pub(super) value: String,
    /// As messages name it: the environment variable `AWS_REGION`.
    pub(super) place: String,
}

impl Found {
    /// The value as the name of a region.
    pub(super) fn region(self, argument: &'static str, accepted: Accepted) -> Result<String, ConnectError> {
        match accepted.check(&self.value) {
            Ok(()) => Ok(self.value),
            Err(refusal) => Err(ConnectError::UnknownRegion { argument, place: self.place, refusal }),
        }
    }

    /// The error for a value that is none of the expected ones.
    pub(super) fn invalid(self, argument: &'static str, expected: &'static str) -> ConnectError {
        ConnectError::Invalid { argument, place: self.place, value: self.value, expected }
    }
}

/// The source of an argument of the provider block.
pub(super) fn argument_place(name: &str) -> String {
    format!("the provider argument `{name}`")
}

/// The source of an environment variable.
pub(super) fn variable_place(name: &str) -> String {
    format!("the environment variable `{name}`")
}
