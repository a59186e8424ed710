//! The subcommand `discover`: what an account has, as `import` blocks and configurations, and what of it no state
//! manages. For those whose Terraform or OpenTofu has no `query`. Also what states have of other providers, as `moved`
//! blocks.
//!
//! It lists through the same provider that Terraform starts, over a connection that only reads.
//!
//! `options` is its command line. `walk` lists and returns what is `found`, `state_file` reads what states manage, and
//! `report` compares the two. `names` gives the objects names, `hcl` writes their configurations, `moved` the blocks for
//! other providers, and `output` all of it. `texts` has the messages of the provider, `error` those of the subcommand.

mod error;
mod found;
mod hcl;
mod moved;
mod names;
mod options;
mod output;
mod report;
mod state_file;
mod texts;
mod walk;

use std::sync::Arc;

use self::{options::Options, report::Report, texts::texts, walk::Walk};
use crate::{arguments::Request, diag::Severity, engine::Provider, value::Value};

pub use error::DiscoverError;
pub(crate) use options::SUBCOMMAND;
pub use report::Ended;

/// Runs the subcommand with a provider whose connection only reads.
pub async fn run(arguments: impl Iterator<Item = String>, provider: Arc<dyn Provider>) -> Result<Ended, DiscoverError> {
    let options = match SUBCOMMAND.parse(arguments)? {
        Request::Help => {
            output::print(SUBCOMMAND.help)?;
            return Ok(Ended::Same);
        }
        Request::Run(options) => options,
    };
    if options.moved {
        output::expect_free(&options)?;
        output::write_moved(&moved::moves(state_file::foreign(&options.states)?), &options)?;
        return Ok(Ended::Same);
    }
    // Faults in what is given are reported before anything is called.
    let managed = state_file::managed(&options.states, &*provider)?;
    output::expect_free(&options)?;
    configure(&*provider, &options).await?;
    let walk = Walk::new(&*provider, &options);
    let found = walk.run().await;
    let mut report = Report::new(&options, found, &managed);
    report.confirm(&*provider).await;
    output::write(&report, &*provider, &options)?;
    Ok(report.ended())
}

/// Configures the provider with the first region. The others are tried before, so that a wrong one is reported before
/// anything is listed.
async fn configure(provider: &dyn Provider, options: &Options) -> Result<(), DiscoverError> {
    for region in options.regions.iter().skip(1) {
        configure_in(provider, options, Some(region)).await?;
    }
    configure_in(provider, options, options.regions.first()).await
}

async fn configure_in(
    provider: &dyn Provider,
    options: &Options,
    region: Option<&String>,
) -> Result<(), DiscoverError> {
    let mut config = Value::object();
    if let Some(region) = region {
        config.insert("region", region.as_str().into());
    }
    if let Some(profile) = &options.profile {
        config.insert("profile", profile.as_str().into());
    }
    let mut diagnostics = provider.validate_provider(&config);
    diagnostics.extend(provider.configure(&config, "").await);
    let errors = texts(&diagnostics, Severity::Error);
    texts(&diagnostics, Severity::Warning).iter().for_each(|warning| output::warn(warning));
    if errors.is_empty() { Ok(()) } else { Err(DiscoverError::Configuration(errors.join("\n\n"))) }
}
