//! Why a run has discovered nothing.

use std::io;

use crate::arguments::UsageError;

/// Why nothing was discovered.
#[derive(Debug, thiserror::Error)]
pub enum DiscoverError {
    /// An argument is wrong.
    #[error(transparent)]
    Usage(#[from] UsageError),
    /// The provider could not be configured.
    #[error("{0}")]
    Configuration(String),
    /// A state cannot be read.
    #[error("The state `{file}` cannot be read: {reason}")]
    State {
        /// The file as given.
        file: String,
        /// The fault.
        reason: String,
    },
    /// A file is there already.
    #[error("`{0}` exists. It is not overwritten: choose another directory with `--out`, or move the file.")]
    Exists(String),
    /// The result cannot be written.
    #[error("`{file}` cannot be written: {error}")]
    Write {
        /// The file.
        file: String,
        /// The fault.
        error: io::Error,
    },
}
