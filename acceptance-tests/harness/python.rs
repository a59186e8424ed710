//! Virtual environments of Python below the target directory, each installed once from a list of pinned packages.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
    time::Duration,
};

use super::{
    cli::{lock, target_directory},
    process,
};

/// The Python of the virtual environment that has boto3 and moto in it.
pub(crate) fn python() -> &'static Path {
    static PYTHON: OnceLock<PathBuf> = OnceLock::new();
    PYTHON.get_or_init(|| environment("moto-venv", include_str!("../requirements.txt")))
}

/// The Python of the virtual environment `name`, in which exactly these packages are installed.
///
/// # Panics
/// If they cannot be installed: a test that needs them does not pass without them.
pub(crate) fn environment(name: &str, requirements: &str) -> PathBuf {
    let _lock = lock(name);
    let directory = target_directory().join(name);
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
