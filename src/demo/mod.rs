//! The demo: a SageMaker stack from plan to destroy on this machine, with the user's CLI.
//!
//! It runs the commands that a user would type. It knows `local` as a server and the provider as the executable that it
//! runs in, but not how either works.

mod command_line;
mod error;
mod stage;
mod story;

use std::{
    io::{self, Write as _},
    path::PathBuf,
    time::Instant,
};

use tokio::net::TcpListener;

use self::{
    command_line::Command,
    stage::{Cli, Stage},
    story::{STORY, Scene},
};
use crate::local::{self, Service};

pub use error::DemoError;

/// Runs the subcommand with its arguments.
pub async fn run(arguments: impl Iterator<Item = String>) -> Result<(), DemoError> {
    let (cli, keep) = match command_line::read(arguments).map_err(DemoError::Usage)? {
        Command::Help => return say(command_line::USAGE.trim_end()),
        Command::Play { cli, keep } => (Cli::find(cli)?, keep),
    };
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.map_err(DemoError::Listen)?;
    let address = listener.local_addr().map_err(DemoError::Listen)?;
    let service = Service::new(local::Options::default());
    let stage = Stage::set(cli, address).map_err(DemoError::Directory)?;
    say(&format!(
        "A local SageMaker listens on http://{address}; nothing here reaches AWS.\nWorking directory: {}",
        stage.directory().display()
    ))?;
    let played = tokio::select! {
        never = service.serve(listener) => match never {},
        played = play(&stage, &service) => played,
    };
    let kept = if keep { Some(stage.keep()) } else { None };
    if let Some(directory) = &kept {
        say(&format!("\nThe working directory is kept: {}", directory.display()))?;
    }
    summarize(played?, address.port(), kept)
}

/// Plays the scenes in order; returns the duration of each in seconds.
async fn play(stage: &Stage, service: &Service) -> Result<Vec<(&'static Scene, f64)>, DemoError> {
    let mut played = Vec::new();
    for (place, scene) in STORY.iter().enumerate() {
        say(&format!("\n━━ {} of {}: {}\n   {}\n", place + 1, STORY.len(), scene.title, scene.remark))?;
        let begun = Instant::now();
        for act in scene.acts {
            say(&format!("   $ {}\n", act.command(stage.cli())))?;
            act.play(stage, service).await?;
        }
        played.push((scene, begun.elapsed().as_secs_f64()));
    }
    Ok(played)
}

fn summarize(played: Vec<(&Scene, f64)>, port: u16, kept: Option<PathBuf>) -> Result<(), DemoError> {
    let mut text = String::from("\n━━ What happened\n");
    for (scene, seconds) in played {
        text.push_str(&format!("   {seconds:5.1} s  {}\n", scene.title));
    }
    match kept {
        Some(directory) => text.push_str(&format!(
            "\nThe working directory stays. To play on in it:\n\n   terraform-provider-sagemaker local --listen \
             127.0.0.1:{port} &\n   cd {}\n   export TF_CLI_CONFIG_FILE=$PWD/{}\n   terraform apply\n",
            directory.display(),
            stage::CLI_CONFIG,
        )),
        None => text.push_str("\nEverything is cleaned up. `--keep` keeps the working directory."),
    }
    say(&text)
}

fn say(text: &str) -> Result<(), DemoError> {
    let mut output = io::stdout().lock();
    writeln!(output, "{text}").and_then(|()| output.flush()).map_err(DemoError::Output)
}
