//! The demo, as somebody plays it who has just built the provider.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use crate::harness::{
    Workspace,
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

#[track_caller]
fn expect_in_order(output: &str, parts: &[&str]) {
    let mut rest = output;
    for part in parts {
        let found = rest.split_once(part);
        rest = found.unwrap_or_else(|| panic!("`{part}` is missing, or not in its place, in\n{output}")).1;
    }
}

fn plays_to_the_end(cli: &Cli) {
    let temporary = tempfile::tempdir().expect("a temporary directory");
    let program = cli.program.to_str().expect("a path in UTF-8");
    let finished = demo(&["--cli", program], temporary.path());
    assert_eq!((finished.code, finished.stderr.as_str()), (Some(0), ""), "{}", finished.stdout);
    let parts = [
        "has been successfully initialized!",
        "Success! The configuration is valid.",
        "Plan: 7 to add, 0 to change, 0 to destroy.",
        "Apply complete! Resources: 7 added, 0 changed, 0 destroyed.",
        "No changes.",
        "sagemaker_endpoint.churn: \"team\" = \"sales\" -> \"growth\"",
        "sagemaker_model_package.churn: model_approval_status = \"Rejected\" -> \"Approved\"",
        "Plan: 0 to add, 2 to change, 0 to destroy.",
        "Apply complete! Resources: 0 added, 2 changed, 0 destroyed.",
        "No changes.",
        "instance_type = \"ml.m5.large\" -> \"ml.m5.2xlarge\"",
        "Apply complete! Resources: 1 added, 1 changed, 1 destroyed.",
        "No changes.",
        "Warning: SageMaker AutoML job `churn` is no longer managed",
        "Destroy complete! Resources: 7 destroyed.",
        "Everything is cleaned up",
    ];
    expect_in_order(&finished.stdout, &parts);
    assert!(left_in(temporary.path()).is_empty(), "{:?}", left_in(temporary.path()));
    expect_short(&finished.stdout);
}

/// What fits a terminal of 100 columns, and is read at a glance.
fn expect_short(output: &str) {
    let lines: Vec<&str> = output.lines().collect();
    assert!(lines.len() <= 62, "{} lines\n{output}", lines.len());
    let wide: Vec<&&str> = lines.iter().filter(|line| line.chars().count() > 100).collect();
    assert!(wide.is_empty(), "{wide:#?}");
    assert!(!output.contains("overrides"), "{output}");
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
fn it_shows_all_output_on_request() {
    let temporary = tempfile::tempdir().expect("a temporary directory");
    let program = Cli::usual().program.to_str().expect("a path in UTF-8");
    let finished = demo(&["--verbose", "--cli", program], temporary.path());
    assert_eq!(finished.code, Some(0), "{}\n{}", finished.stdout, finished.stderr);
    let parts = [
        "+ resource \"sagemaker_model\" \"churn\" {",
        "sagemaker_endpoint.churn: Creating...",
        "sagemaker_endpoint.churn: Destruction complete",
        "SageMaker has no operation that deletes it.",
    ];
    expect_in_order(&finished.stdout, &parts);
}

/// The commands that the demo ends with are typed as they stand.
#[test]
fn a_user_continues_in_the_working_directory() {
    let temporary = tempfile::tempdir().expect("a temporary directory");
    let program = Cli::usual().program.to_str().expect("a path in UTF-8");
    let finished = demo(&["--keep", "--cli", program], temporary.path());
    assert_eq!(finished.code, Some(0), "{}\n{}", finished.stdout, finished.stderr);
    let (_, commands) = finished.stdout.split_once("To go on in it:\n").expect("it says how to go on");
    let run = Workspace::offline().shell(commands);
    run.expect_success().expect_text(&["Apply complete! Resources: 7 added, 0 changed, 0 destroyed."]);
}

#[test]
fn it_leaves_the_working_directory_on_request_even_if_a_step_fails() {
    let temporary = tempfile::tempdir().expect("a temporary directory");
    let finished = demo(&["--keep", "--cli", "false"], temporary.path());
    assert_eq!(finished.code, Some(1));
    assert!(finished.stderr.starts_with("`false init` ended with exit status: 1"), "{}", finished.stderr);
    let left = left_in(temporary.path());
    assert_eq!(left.len(), 1);
    assert!(left[0].join("main.tf").exists());
}

#[test]
fn a_step_that_fails_shows_its_output() {
    let temporary = tempfile::tempdir().expect("a temporary directory");
    let finished = demo(&["--cli", "ls"], temporary.path());
    assert_eq!(finished.code, Some(1));
    let (output, verdict) = finished.stderr.split_once("`ls init` ended with").expect("it names the command");
    assert!(output.contains("init") && verdict.contains("its output stands above"), "{}", finished.stderr);
}

#[test]
fn without_a_command_line_program_it_says_what_to_install() {
    let temporary = tempfile::tempdir().expect("a temporary directory");
    let mut command = Command::new(PROVIDER);
    let finished = run(command.arg("demo").env("PATH", temporary.path()), LIMIT);
    assert_eq!((finished.code, finished.stdout.as_str()), (Some(1), ""));
    assert!(finished.stderr.contains("neither `terraform` nor `tofu` is on the PATH"), "{}", finished.stderr);
}
