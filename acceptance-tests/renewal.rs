//! The renewal of the service model, `schemas/renew`: what its report says about two small models, and that the committed
//! model is what the pinned botocore carries.

use std::{path::Path, process::Command, time::Duration};

use crate::harness::{process, python::python, workspace::repository};

#[test]
fn the_report_says_what_is_new() {
    run(&repository().join("acceptance-tests/renewal.py"));
}

#[test]
fn the_model_is_cut_from_the_pinned_botocore() {
    let cut = run(&repository().join("schemas/cut_model.py"));
    let committed = include_str!("../schemas/model.json");
    let other = cut.lines().zip(committed.lines()).find(|(cut, committed)| cut != committed);
    assert!(cut == committed, "run schemas/renew; the first difference is {other:?}");
}

/// What a Python program prints. It must succeed.
#[track_caller]
fn run(program: &Path) -> String {
    let mut command = Command::new(python());
    // Nothing is to appear beside the sources.
    command.arg("-B").arg(program);
    let finished = process::run(&mut command, Duration::from_secs(60));
    assert_eq!(finished.code, Some(0), "{}\n{}{}", program.display(), finished.stdout, finished.stderr);
    finished.stdout
}
