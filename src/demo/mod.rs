//! The demo: a SageMaker stack from plan to destroy on this machine, with the user's CLI.
//!
//! It runs the commands that a user would type. It knows `local` as a server and the provider as the executable that it
//! runs in, but not how either works.
//!
//! `options` is its command line. `steps` are the commands, which `cli` runs in the `workspace`: a directory with a `mirror`
//! of this executable. `summary` shortens the output of a step, `error` says why the demo ended early.

mod cli;
mod error;
mod mirror;
mod options;
mod steps;
mod summary;
mod workspace;

use std::{
    io::{self, Write as _},
    time::Instant,
};

use tokio::net::TcpListener;

use self::{
    cli::{Cli, Destination},
    steps::STEPS,
    summary::summary,
    workspace::Workspace,
};
use crate::{
    arguments::Request,
    local::{self, Service},
};

pub use error::DemoError;
pub(crate) use options::SUBCOMMAND;

/// Runs the subcommand with its arguments.
pub async fn run(arguments: impl Iterator<Item = String>) -> Result<(), DemoError> {
    let options = match SUBCOMMAND.parse(arguments)? {
        Request::Help => return say(SUBCOMMAND.help.trim_end()),
        Request::Run(options) => options,
    };
    let cli = Cli::find(options.cli)?;
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.map_err(DemoError::Listen)?;
    let address = listener.local_addr().map_err(DemoError::Listen)?;
    let service = Service::new(local::Options::default());
    let workspace = Workspace::create(cli, address).map_err(DemoError::Directory)?;
    say(&format!("A local SageMaker listens on http://{address}; nothing here reaches AWS."))?;
    say(&format!("Working directory: {}", workspace.directory().display()))?;
    let destination = if options.verbose { Destination::Terminal } else { Destination::Returned };
    let begun = Instant::now();
    let ended = tokio::select! {
        never = service.serve(listener) => match never {},
        ended = run_steps(&workspace, &service, destination) => ended,
    };
    let continuation = options.keep.then(|| workspace.keep());
    ended?;
    say(&format!("\nDone in {:.0} s. {}", begun.elapsed().as_secs_f64(), ending(continuation)))
}

/// Runs the steps in order.
async fn run_steps(workspace: &Workspace, service: &Service, destination: Destination) -> Result<(), DemoError> {
    for (place, step) in STEPS.iter().enumerate() {
        say(&format!("\n━━ {} of {}: {}\n   {}", place + 1, STEPS.len(), step.title, step.remark))?;
        for command in step.commands {
            say(&format!("   $ {}", command.text(workspace.cli())))?;
            for line in summary(&command.run(workspace, service, destination).await?) {
                say(&format!("     {line}"))?;
            }
        }
    }
    Ok(())
}

fn ending(continuation: Option<String>) -> String {
    match continuation {
        Some(commands) => format!("The working directory stays. To go on in it:\n\n{commands}"),
        None => "Everything is cleaned up; `--keep` keeps it, and `--verbose` shows all output.".to_owned(),
    }
}

fn say(text: &str) -> Result<(), DemoError> {
    let mut output = io::stdout().lock();
    writeln!(output, "{text}").and_then(|()| output.flush()).map_err(DemoError::Output)
}
