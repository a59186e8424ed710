//! Why the demo ended early.

use std::io;

use crate::arguments::UsageError;

/// Why the demo ended early.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The arguments are invalid.
    #[error(transparent)]
    Usage(#[from] UsageError),
    /// There is neither Terraform nor OpenTofu.
    #[error(
        "the demo runs Terraform or OpenTofu, and neither `terraform` nor `tofu` is on the PATH.\nInstall one \
         (https://developer.hashicorp.com/terraform/install or https://opentofu.org/docs/intro/install), or say where \
         it is: demo --cli /path/to/terraform"
    )]
    NoCli,
    /// A program could not be started.
    #[error("`{program}` cannot be run")]
    Start {
        /// Its path.
        program: String,
        /// Why not.
        source: io::Error,
    },
    /// The working directory could not be written.
    #[error("no working directory could be created")]
    Directory(#[source] io::Error),
    /// The local SageMaker cannot listen.
    #[error("the local SageMaker cannot listen")]
    Listen(#[source] io::Error),
    /// The standard output is closed.
    #[error("nothing can be written to the standard output")]
    Output(#[source] io::Error),
    /// Signals cannot be handled.
    #[error("signals cannot be listened to")]
    Signals(#[source] io::Error),
    /// A command of a step did not end with the expected exit code.
    #[error("{output}`{command}` ended with {ended}, which is not what this step is about; its output stands above")]
    Unexpected {
        /// As a user types it.
        command: String,
        /// `exit status: 1`.
        ended: String,
        /// What the command has printed, unless the user has seen it already.
        output: String,
    },
    /// A call of a step failed.
    #[error("the local SageMaker refused {operation}: {reason}")]
    Refused {
        /// `AddTags`.
        operation: &'static str,
        /// The error message of the local SageMaker.
        reason: String,
    },
    /// The user interrupted the demo.
    #[error("interrupted")]
    Interrupted,
}
