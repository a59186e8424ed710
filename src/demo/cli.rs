//! The user's CLI: where it is, and how it runs.

use std::{
    env,
    ffi::OsStr,
    io::{self, IsTerminal as _},
    path::{Path, PathBuf},
    pin::pin,
    process::{Output, Stdio},
};

use tokio::process::Command;

use super::error::DemoError;

/// Prefixes of the user's environment variables that would affect the demo: CLI settings and AWS accounts.
const REMOVED_VARIABLES: &[&str] = &["TF_", "AWS_", "TOFU_"];

/// The user's CLI.
pub(super) struct Cli {
    program: PathBuf,
    on_path: bool,
}

/// Where the output of a command is written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Destination {
    /// To the terminal, as it comes.
    Terminal,
    /// Nowhere: it is returned.
    Returned,
}

impl Cli {
    /// The given program, or the first one on the PATH.
    pub(super) fn find(named: Option<PathBuf>) -> Result<Self, DemoError> {
        if let Some(program) = named {
            // The commands run in another directory. A mere name is searched for on the PATH.
            let is_name = program.components().count() == 1;
            let absolute = std::path::absolute(&program).ok().filter(|_| !is_name);
            return Ok(Self { program: absolute.unwrap_or(program), on_path: false });
        }
        let program = on_path("terraform").or_else(|| on_path("tofu")).ok_or(DemoError::NoCli)?;
        Ok(Self { program, on_path: true })
    }

    /// As a user types it: `terraform`.
    pub(super) fn name(&self) -> String {
        self.program.file_stem().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// What starts it in any directory: its name if it was found on the PATH, else what was given.
    pub(super) fn invocation(&self) -> PathBuf {
        if self.on_path { self.name().into() } else { self.program.clone() }
    }

    /// Runs a command in `directory` with the CLI configuration file `settings`. The output is empty if it has been
    /// written to the terminal.
    pub(super) async fn run(
        &self,
        arguments: &[&str],
        directory: &Path,
        settings: &Path,
        destination: Destination,
    ) -> Result<Output, DemoError> {
        let mut command = Command::new(&self.program);
        command.args(arguments).current_dir(directory).stdin(Stdio::null()).kill_on_drop(true);
        isolate(&mut command);
        command.env("TF_CLI_CONFIG_FILE", settings);
        if destination == Destination::Returned {
            command.stdout(Stdio::piped()).stderr(Stdio::piped());
        }
        if destination == Destination::Returned || env::var_os("NO_COLOR").is_some() || !io::stdout().is_terminal() {
            command.env("TF_CLI_ARGS", "-no-color");
        }
        self.ended(command).await
    }

    /// Runs the command to its end, or to that of the demo.
    async fn ended(&self, mut command: Command) -> Result<Output, DemoError> {
        let failed = |source| DemoError::Start { program: self.program.display().to_string(), source };
        let mut output = pin!(command.spawn().map_err(failed)?.wait_with_output());
        let mut interrupted = false;
        loop {
            tokio::select! {
                output = &mut output => {
                    return if interrupted { Err(DemoError::Interrupted) } else { output.map_err(failed) };
                }
                // The terminal has sent the signal to the CLI as well, which ends by itself.
                signal = tokio::signal::ctrl_c() => {
                    signal.map_err(DemoError::Signals)?;
                    interrupted = true;
                }
                signal = termination() => {
                    signal.map_err(DemoError::Signals)?;
                    return Err(DemoError::Interrupted);
                }
            }
        }
    }
}

/// Keeps the user's settings and accounts away from a command.
fn isolate(command: &mut Command) {
    let is_removed = |name: &OsStr| {
        let name = name.to_string_lossy();
        REMOVED_VARIABLES.iter().any(|prefix| name.starts_with(prefix))
    };
    for (name, _) in env::vars_os().filter(|(name, _)| is_removed(name)) {
        command.env_remove(&name);
    }
    // Disables the check for new versions, so that the demo is as fast without a network.
    command.env("CHECKPOINT_DISABLE", "1").env("TF_IN_AUTOMATION", "1");
}

fn on_path(program: &str) -> Option<PathBuf> {
    let file = format!("{program}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?).map(|directory| directory.join(&file)).find(|path| path.is_file())
}

#[cfg(unix)]
async fn termination() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    signal(SignalKind::terminate())?.recv().await;
    Ok(())
}

#[cfg(not(unix))]
async fn termination() -> io::Result<()> {
    std::future::pending().await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_given_program_is_shown_by_its_name_and_started_by_its_path() {
        let cli = Cli::find(Some("/opt/bin/tofu".into())).expect("it is given");
        assert_eq!((cli.name().as_str(), cli.invocation()), ("tofu", "/opt/bin/tofu".into()));
        let cli = Cli::find(Some("bin/tofu".into())).expect("it is given");
        assert!(cli.invocation().is_absolute());
        let cli = Cli::find(Some("tofu".into())).expect("it is given");
        assert_eq!(cli.invocation(), Path::new("tofu"), "it is searched for on the PATH");
    }
}
