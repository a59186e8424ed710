//! Why the demo ended before its end.

use std::io;

use super::command_line;

/// Why the demo ended before its end.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    #[error("{0}\n\n{usage}", usage = command_line::USAGE)]
    Usage(String),
    #[error(
        "the demo runs Terraform or OpenTofu, and neither `terraform` nor `tofu` is on the PATH.\nInstall one \
         (https://developer.hashicorp.com/terraform/install or https://opentofu.org/docs/intro/install), or say where \
         it is: demo --cli /path/to/terraform"
    )]
    NoCli,
    #[error("`{program}` cannot be run")]
    Start { program: String, source: io::Error },
    #[error("no working directory could be made")]
    Directory(#[source] io::Error),
    #[error("the local SageMaker cannot listen")]
    Listen(#[source] io::Error),
    #[error("nothing can be written to the standard output")]
    Output(#[source] io::Error),
    #[error("signals cannot be listened to")]
    Signals(#[source] io::Error),
    #[error("`{command}` ended with {ended}, which is not what this step is about; its output stands above")]
    Unexpected { command: String, ended: String },
    #[error("the local SageMaker refused {operation}: {reason}")]
    Refused { operation: &'static str, reason: String },
    #[error("interrupted")]
    Interrupted,
}
