//! boto3, a client that nobody here wrote, on the local SageMaker: it creates, shows, lists, changes, tags, stops and deletes
//! everything there is, with inputs that are generated from the service model, and moto has to answer in the same shape.
//!
//! The work is done by `acceptance-tests/boto3/exercise.py`.

use std::{collections::BTreeSet, process::Command, time::Duration};

use crate::harness::{Backend, process, python, workspace::repository};

/// Long enough for a machine that is busy with all the other tests.
const LIMIT: Duration = Duration::from_secs(600);

/// Long enough that a job can be stopped before it is done.
const LATENCY: Duration = Duration::from_millis(300);

/// A test per group of `kinds.toml`.
macro_rules! groups {
    ($($group:ident)*) => {
        mod life_cycles {
            $(
                #[test]
                fn $group() {
                    super::exercise(stringify!($group));
                }
            )*
        }

        const GROUPS: &[&str] = &[$(stringify!($group)),*];
    };
}

groups! {
    clusters
    edge
    features
    hub
    inference
    jobs
    lineage
    monitoring
    notebooks
    people
    pipelines
    registry
    studio
    training
}

fn exercise(group: &str) {
    let local = Backend::local_with_latency(LATENCY);
    run("exercise.py", &["--url", local.url(), "--moto", Backend::moto().url(), "--group", group]);
}

#[test]
fn the_exerciser_sees_what_is_wrong() {
    run("selftest.py", &[]);
}

#[test]
fn every_group_is_exercised() {
    let listed = run("exercise.py", &["--list-groups"]);
    let groups: BTreeSet<&str> = listed.lines().collect();
    assert_eq!(groups, GROUPS.iter().copied().collect());
}

#[test]
fn every_operation_of_the_service_is_exercised_and_served() {
    run("exercise.py", &["--url", Backend::local().url(), "--list-gaps"]);
}

/// What a program of the exerciser says. It has to be satisfied.
#[track_caller]
fn run(program: &str, arguments: &[&str]) -> String {
    let mut command = Command::new(python::python());
    // Nothing is to appear beside the sources.
    command.arg("-B").arg(repository().join("acceptance-tests/boto3").join(program)).args(arguments);
    let finished = process::run(&mut command, LIMIT);
    assert!(finished.code == Some(0), "{program} {arguments:?}\n{}{}", finished.stdout, finished.stderr);
    finished.stdout
}
