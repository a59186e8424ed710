//! What of Python is installed below the target directory, once each: virtual environments, and packages that stand alone.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
    time::Duration,
};

use super::{process, target};

/// The Python of the virtual environment that has boto3 and moto in it.
pub(crate) fn python() -> &'static Path {
    static PYTHON: OnceLock<PathBuf> = OnceLock::new();
    PYTHON.get_or_init(|| environment("moto-venv", include_str!("../requirements.txt")))
}

/// The Python of the virtual environment that has Checkov and an interpreter of Rego in it.
pub(crate) fn python_of_policies() -> PathBuf {
    environment("policies-venv", include_str!("../policies.txt"))
}

/// The directory that has this version of a package in it, without what the package depends on.
///
/// # Panics
/// If it cannot be installed.
pub(crate) fn package(name: &str, version: &str) -> PathBuf {
    /// Packages of a shared library fit every Python, though some were built for one only.
    const BUILT_FOR: &str = "3.11";
    let python = python();
    let _lock = target::lock(name);
    let directory = target::directory().join(format!("{name}-{version}"));
    let marker = directory.join("installed");
    if !marker.exists() {
        let mut pip = Command::new(python);
        pip.args(["-m", "pip", "install", "--quiet", "--no-deps", "--only-binary=:all:", "--upgrade"]);
        pip.args(["--python-version", BUILT_FOR, "--target"]).arg(&directory).arg(format!("{name}=={version}"));
        prepare(&mut pip);
        fs::write(&marker, "").expect("the new directory can be written to");
    }
    directory
}

/// The Python of a virtual environment in which exactly these packages are installed.
///
/// # Panics
/// If they cannot be installed: a test that needs them does not pass without them.
fn environment(name: &str, requirements: &str) -> PathBuf {
    let _lock = target::lock(name);
    let directory = target::directory().join(name);
    let python = directory.join("bin/python");
    let marker = directory.join("installed-requirements.txt");
    if fs::read_to_string(&marker).is_ok_and(|installed| installed == requirements) {
        return python;
    }
    prepare(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&directory));
    let listed = directory.join("requirements.txt");
    fs::write(&listed, requirements).expect("the new environment can be written to");
    prepare(Command::new(&python).args(["-m", "pip", "install", "--quiet", "--requirement"]).arg(listed));
    fs::write(&marker, requirements).expect("the new environment can be written to");
    python
}

fn prepare(command: &mut Command) {
    let finished = process::run(command, Duration::from_secs(600));
    assert!(
        finished.code == Some(0),
        "this test needs Python 3.11 or newer with venv, and pinned packages in it; {command:?} failed:\n{}{}",
        finished.stdout,
        finished.stderr
    );
}
