//! The directory that the demo works in, with a configuration and a mirror from which the CLI installs this executable.

use std::{
    env, fs, io,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::Output,
};

use tempfile::TempDir;

use super::{
    cli::{Cli, Destination},
    error::DemoError,
    mirror,
};

/// The CLI configuration file in the working directory, which names the mirror.
const CLI_CONFIG: &str = "cli.tfrc";

/// The region of the stack.
pub(super) const REGION: &str = "eu-central-1";

/// The stack, which is one of the examples.
const STACK: &str = include_str!("../../examples/demo/main.tf");

/// The working directory, and the CLI that runs in it.
pub(super) struct Workspace {
    cli: Cli,
    directory: TempDir,
    executable: PathBuf,
    address: SocketAddr,
}

impl Workspace {
    /// Writes all files that a user would have to write. `address`: of the local SageMaker.
    pub(super) fn create(cli: Cli, address: SocketAddr) -> io::Result<Self> {
        let directory = tempfile::Builder::new().prefix("sagemaker-demo-").tempdir()?;
        let executable = env::current_exe()?;
        let mirror = directory.path().join("mirror");
        mirror::write(&mirror, &executable)?;
        let write = |name: &str, text: &str| fs::write(directory.path().join(name), text);
        write("main.tf", STACK)?;
        write("provider.tf", &provider(address))?;
        write(CLI_CONFIG, &mirror::cli_config(&mirror))?;
        Ok(Self { cli, directory, executable, address })
    }

    pub(super) fn cli(&self) -> &Cli {
        &self.cli
    }

    pub(super) fn directory(&self) -> &Path {
        self.directory.path()
    }

    /// Keeps the directory, and returns the commands by which a user continues in it.
    pub(super) fn keep(self) -> String {
        let Self { cli, directory, executable, address } = self;
        format!(
            "{} local --listen {address} &\ncd {}\nexport TF_CLI_CONFIG_FILE=$PWD/{CLI_CONFIG}\n{} apply",
            quoted(&executable),
            quoted(&directory.keep()),
            quoted(&cli.invocation()),
        )
    }

    /// Runs the CLI.
    pub(super) async fn run(&self, arguments: &[&str], destination: Destination) -> Result<Output, DemoError> {
        let directory = self.directory();
        self.cli.run(arguments, directory, &directory.join(CLI_CONFIG), destination).await
    }
}

fn provider(address: SocketAddr) -> String {
    format!(
        "provider \"sagemaker\" {{
  region     = \"{REGION}\"
  access_key = \"demo\"
  secret_key = \"demo\"

  endpoints {{
    sagemaker = \"http://{address}\"
    sts       = \"http://{address}\"
  }}
}}
"
    )
}

/// A path as a word of a shell.
fn quoted(path: &Path) -> String {
    let path = path.to_string_lossy();
    let is_plain = |letter: char| letter.is_alphanumeric() || "/._-+:@".contains(letter);
    if path.chars().all(is_plain) { path.into_owned() } else { format!("'{}'", path.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_quoted_where_a_shell_would_divide_them() {
        assert_eq!(quoted(Path::new("/tmp/sagemaker-demo-1/x.y")), "/tmp/sagemaker-demo-1/x.y");
        assert_eq!(quoted(Path::new("/my files/it's")), r"'/my files/it'\''s'");
    }
}
