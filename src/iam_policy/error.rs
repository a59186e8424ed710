//! Why there is no policy.

use std::{io, path::PathBuf};

use crate::arguments::UsageError;

/// Why no policy was written.
#[derive(Debug, thiserror::Error)]
pub enum PolicyError {
    /// An argument is wrong.
    #[error(transparent)]
    Usage(#[from] UsageError),
    /// Something cannot be read.
    #[error("`{}` cannot be read: {error}", file.display())]
    Read {
        /// The file or directory.
        file: PathBuf,
        /// The fault.
        error: io::Error,
    },
    /// The file holds no plan that can be used.
    #[error("`{}` is no plan of which a policy can be written: {reason}", file.display())]
    Plan {
        /// The file.
        file: PathBuf,
        /// The fault, and what to do.
        reason: String,
    },
    /// The provider has no such types.
    #[error("The provider has no type {unknown}. The nearest are {nearest}.")]
    Unknown {
        /// The types, quoted.
        unknown: String,
        /// The types with the names nearest to the first one, quoted.
        nearest: String,
    },
    /// The directory uses nothing of the provider.
    #[error(
        "`{}` has no configuration that uses a type of this provider. Name the directory of a root module: its *.tf files, \
         and those of the modules below it, are read.",
        .0.display()
    )]
    Nothing(PathBuf),
    /// The policy cannot be written.
    #[error("The policy cannot be written to the standard output: {0}")]
    Write(io::Error),
}
