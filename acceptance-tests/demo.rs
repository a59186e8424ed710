//! The demo, as somebody plays it who has just built the provider.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use crate::harness::{
    backend::PROVIDER,
    cli::Cli,
    process::{Finished, run},
};

const LIMIT: Duration = Duration::from_secs(300);

/// Plays the demo with a directory for temporary files of its own.
fn demo(arguments: &[&str], temporary: &Path) -> Finished {
    let mut command = Command::new(PROVIDER);
    command.arg("demo").args(arguments).env("TMPDIR", temporary).env("NO_COLOR", "1");
    // Neither may reach the demo: the first would make every plan fail, the second every call.
    command.env("TF_CLI_ARGS", "-no-such-option").env("AWS_PROFILE", "nobody");
    run(&mut command, LIMIT)
}

fn left_in(directory: &Path) -> Vec<PathBuf> {
    fs::read_dir(directory).expect("it is there").map(|entry| entry.expect("a readable entry").path()).collect()
}

fn plays_to_the_end(cli: &Cli) {
    let temporary = tempfile::tempdir().expect("a temporary directory");
    let program = cli.program.to_str().expect("a path in UTF-8");
    let finished = demo(&["--cli", program], temporary.path());
    assert_eq!(finished.code, Some(0), "{}\n{}", finished.stdout, finished.stderr);
    for said in [
        "Plan: 7 to add, 0 to change, 0 to destroy.",
        "No changes.",
        "\"Rejected\" -> \"Approved\"",
        "\"sales\" -> \"growth\"",
        "Plan: 0 to add, 2 to change, 0 to destroy.",
        "Plan: 1 to add, 1 to change, 1 to destroy.",
        "7 destroyed.",
        "Destroy everything\n\nEverything is cleaned up.",
    ] {
        assert!(finished.stdout.contains(said), "`{said}` is missing in\n{}", finished.stdout);
    }
    assert!(left_in(temporary.path()).is_empty(), "{:?}", left_in(temporary.path()));
}

#[test]
fn it_plays_to_the_end_and_leaves_nothing() {
    plays_to_the_end(Cli::usual());
}

#[test]
fn opentofu_plays_it_too() {
    plays_to_the_end(Cli::tofu());
}

#[test]
fn it_leaves_the_working_directory_on_request_even_if_a_step_fails() {
    let temporary = tempfile::tempdir().expect("a temporary directory");
    let finished = demo(&["--keep", "--cli", "false"], temporary.path());
    assert_eq!(finished.code, Some(1));
    assert!(finished.stderr.starts_with("`false validate` ended with exit status: 1"), "{}", finished.stderr);
    let left = left_in(temporary.path());
    assert_eq!(left.len(), 1);
    assert!(left[0].join("main.tf").exists());
}

#[test]
fn without_a_command_line_program_it_says_what_to_install() {
    let temporary = tempfile::tempdir().expect("a temporary directory");
    let mut command = Command::new(PROVIDER);
    let finished = run(command.arg("demo").env("PATH", temporary.path()), LIMIT);
    assert_eq!((finished.code, finished.stdout.as_str()), (Some(1), ""));
    assert!(finished.stderr.contains("neither `terraform` nor `tofu` is on the PATH"), "{}", finished.stderr);
}
