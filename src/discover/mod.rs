//! The subcommand `discover`: what an account has, as `import` blocks and configurations, and what of it no state
//! manages. For those whose Terraform or OpenTofu has no `query`.
//!
//! It lists through the same provider that Terraform starts, over a connection that only reads.

mod hcl;
mod names;
mod options;
mod output;
mod report;
mod state_file;
mod walk;

use std::{io, sync::Arc};

use self::{
    options::{Command, HELP, Options},
    report::Report,
    walk::Walk,
};
use crate::{
    diag::{Diagnostics, Severity},
    engine::Provider,
    value::Value,
};

pub use options::UsageError;

/// How a run has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// Everything was walked, and no difference to the given states was found.
    Same,
    /// The account and the given states differ.
    Different,
    /// Something could not be walked.
    Incomplete,
}

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

/// Runs the subcommand with a provider whose connection only reads.
pub async fn run(arguments: impl Iterator<Item = String>, provider: Arc<dyn Provider>) -> Result<Ended, DiscoverError> {
    let options = match options::parse(arguments)? {
        Command::Help => {
            output::print(HELP)?;
            return Ok(Ended::Same);
        }
        Command::Run(options) => options,
    };
    // Faults in what is given are reported before anything is called.
    let managed = state_file::managed(&options.states)?;
    output::expect_free(&options)?;
    configure(&*provider, &options).await?;
    let walk = Walk::new(&*provider, &options);
    let found = walk.run().await;
    let report = Report::new(&options, found, &managed);
    output::write(&report, &*provider, &options)?;
    Ok(report.ended())
}

async fn configure(provider: &dyn Provider, options: &Options) -> Result<(), DiscoverError> {
    let mut config = Value::object();
    if let Some(region) = options.regions.first() {
        config.insert("region", region.as_str().into());
    }
    if let Some(profile) = &options.profile {
        config.insert("profile", profile.as_str().into());
    }
    let mut diagnostics = provider.validate_provider(&config);
    diagnostics.extend(provider.configure(&config, "discover").await);
    let errors = texts(&diagnostics, Severity::Error);
    texts(&diagnostics, Severity::Warning).iter().for_each(|warning| output::warn(warning));
    if errors.is_empty() { Ok(()) } else { Err(DiscoverError::Configuration(errors.join("\n\n"))) }
}

/// The messages of one severity.
fn texts(diagnostics: &Diagnostics, severity: Severity) -> Vec<String> {
    let of_severity = diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity);
    of_severity.map(|diagnostic| format!("{}\n{}", diagnostic.summary, diagnostic.detail)).collect()
}
