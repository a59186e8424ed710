//! The stage of the demo: a directory with a configuration, and a CLI that uses this executable as the provider.

use std::{
    env, fs,
    io::{self, IsTerminal as _},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{ExitStatus, Stdio},
};

use tempfile::TempDir;
use tokio::process::Command;

use super::error::DemoError;

/// The CLI configuration file in the working directory, which sets the path of the provider.
pub(super) const CLI_CONFIG: &str = "cli.tfrc";

/// The region of the stack.
pub(super) const REGION: &str = "eu-central-1";

/// The stack, which is one of the examples.
const STACK: &str = include_str!("../../examples/demo/main.tf");

/// Prefixes of the user's environment variables that would affect the demo: CLI settings and AWS accounts.
const REMOVED_VARIABLES: &[&str] = &["TF_", "AWS_", "TOFU_"];

/// The user's CLI.
pub(super) struct Cli {
    program: PathBuf,
}

impl Cli {
    /// The given program, or the first one on the PATH.
    pub(super) fn find(named: Option<PathBuf>) -> Result<Self, DemoError> {
        let program = named.or_else(|| on_path("terraform")).or_else(|| on_path("tofu")).ok_or(DemoError::NoCli)?;
        Ok(Self { program })
    }

    /// As a user types it: `terraform`.
    pub(super) fn name(&self) -> String {
        self.program.file_stem().unwrap_or_default().to_string_lossy().into_owned()
    }
}

/// The working directory, and the CLI that runs in it.
pub(super) struct Stage {
    cli: Cli,
    directory: TempDir,
}

impl Stage {
    /// Writes all files that a user would have to write. `address`: of the local SageMaker.
    pub(super) fn set(cli: Cli, address: SocketAddr) -> io::Result<Self> {
        let directory = tempfile::Builder::new().prefix("sagemaker-demo-").tempdir()?;
        let write = |name: &str, text: &str| fs::write(directory.path().join(name), text);
        write("main.tf", STACK)?;
        write("provider.tf", &provider(address))?;
        // The CLI looks for an executable of this name in a directory, and ours may have another name.
        let plugins = directory.path().join("plugins");
        fs::create_dir(&plugins)?;
        let name = format!("{}{}", env!("CARGO_PKG_NAME"), env::consts::EXE_SUFFIX);
        link(&env::current_exe()?, &plugins.join(name))?;
        write(CLI_CONFIG, &cli_config(&plugins))?;
        Ok(Self { cli, directory })
    }

    pub(super) fn cli(&self) -> &Cli {
        &self.cli
    }

    pub(super) fn directory(&self) -> &Path {
        self.directory.path()
    }

    /// Keeps the directory and returns its path.
    pub(super) fn keep(self) -> PathBuf {
        self.directory.keep()
    }

    /// Runs the CLI with inherited output.
    pub(super) async fn run(&self, arguments: &[&str]) -> Result<ExitStatus, DemoError> {
        let mut command = Command::new(&self.cli.program);
        command.args(arguments).current_dir(self.directory()).stdin(Stdio::null()).kill_on_drop(true);
        for (name, _) in env::vars_os() {
            let theirs = name.to_string_lossy();
            if REMOVED_VARIABLES.iter().any(|prefix| theirs.starts_with(prefix)) {
                command.env_remove(&name);
            }
        }
        command.env("TF_CLI_CONFIG_FILE", self.directory().join(CLI_CONFIG));
        // Disables the check for new versions, so that the demo is as fast without a network.
        command.env("CHECKPOINT_DISABLE", "1").env("TF_IN_AUTOMATION", "1");
        if env::var_os("NO_COLOR").is_some() || !io::stdout().is_terminal() {
            command.env("TF_CLI_ARGS", "-no-color");
        }
        let failed = |source| DemoError::Start { program: self.cli.program.display().to_string(), source };
        let mut child = command.spawn().map_err(failed)?;
        let mut interrupted = false;
        loop {
            tokio::select! {
                status = child.wait() => {
                    return if interrupted { Err(DemoError::Interrupted) } else { status.map_err(failed) };
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

fn provider(address: SocketAddr) -> String {
    format!(
        "provider \"sagemaker\" {{
  region     = \"{}\"
  access_key = \"demo\"
  secret_key = \"demo\"

  endpoints {{
    sagemaker = \"http://{address}\"
    sts       = \"http://{address}\"
  }}
}}
",
        REGION
    )
}

/// The path is written as JSON: HCL strings are escaped in the same way, except for templates, which no path here has.
fn cli_config(plugins: &Path) -> String {
    let plugins = serde_json::Value::from(plugins.to_string_lossy());
    format!(
        "provider_installation {{\n  dev_overrides {{\n    \"sagemaker-rs/sagemaker\" = {plugins}\n  }}\n  direct {{}}\n}}\n"
    )
}

fn on_path(program: &str) -> Option<PathBuf> {
    let file = format!("{program}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?).map(|directory| directory.join(&file)).find(|path| path.is_file())
}

#[cfg(unix)]
fn link(executable: &Path, link: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(executable, link)
}

#[cfg(not(unix))]
fn link(executable: &Path, copy: &Path) -> io::Result<()> {
    fs::copy(executable, copy).map(|_| ())
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
    fn a_given_program_is_used_and_shown_by_its_name() {
        let cli = Cli::find(Some("/opt/bin/tofu".into())).ok();
        assert_eq!(cli.map(|cli| cli.name()), Some("tofu".to_owned()));
    }

    #[test]
    fn paths_are_escaped_for_hcl() {
        assert!(cli_config(Path::new(r#"C:\a "b""#)).contains(r#""sagemaker-rs/sagemaker" = "C:\\a \"b\"""#));
    }
}
