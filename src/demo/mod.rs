//! The demo: a SageMaker stack from plan to destroy on this machine, with the user's CLI.
//!
//! It runs the commands that a user would type. It knows `local` as a server and the provider as the executable that it
//! runs in, but not how either works.
//!
//! `options` is its command line. `story` has the steps, which `cli` runs on the `stage`: a directory with a `mirror` of
//! this executable. `summary` shortens the output of a step, `error` says why the demo ended early.

mod cli;
mod error;
mod mirror;
mod options;
mod stage;
mod story;
mod summary;

use std::{
    io::{self, Write as _},
    time::Instant,
};

use tokio::net::TcpListener;

use self::{
    cli::{Cli, Destination},
    stage::Stage,
    story::STORY,
    summary::summary,
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
    let stage = Stage::set(cli, address).map_err(DemoError::Directory)?;
    say(&format!("A local SageMaker listens on http://{address}; nothing here reaches AWS."))?;
    say(&format!("Working directory: {}", stage.directory().display()))?;
    let destination = if options.verbose { Destination::Terminal } else { Destination::Returned };
    let begun = Instant::now();
    let played = tokio::select! {
        never = service.serve(listener) => match never {},
        played = play(&stage, &service, destination) => played,
    };
    let continuation = options.keep.then(|| stage.keep());
    played?;
    say(&format!("\nDone in {:.0} s. {}", begun.elapsed().as_secs_f64(), ending(continuation)))
}

/// Plays the scenes in order.
async fn play(stage: &Stage, service: &Service, destination: Destination) -> Result<(), DemoError> {
    for (place, scene) in STORY.iter().enumerate() {
        say(&format!("\n━━ {} of {}: {}\n   {}", place + 1, STORY.len(), scene.title, scene.remark))?;
        for act in scene.acts {
            say(&format!("   $ {}", act.command(stage.cli())))?;
            for line in summary(&act.play(stage, service, destination).await?) {
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
