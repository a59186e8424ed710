//! The life cycle of every resource; the cases are directories in `acceptance-tests/cases/`.

use std::{collections::BTreeSet, env, fs};

use crate::harness::{case::Case, cycle, workspace::repository};

/// The cases that leave nothing behind are spread over so many groups, so that as many cores have work.
const GROUPS: usize = 3;

/// Of this there is at most one in a region, so that cases which create it cannot share a service.
const ONLY: &str = "resource \"sagemaker_workforce\"";

fn group(number: usize) -> Vec<Case> {
    let cases = Case::all().into_iter().filter(|case| !case.leaves_something());
    let creates_the_only = |case: &Case| case.configuration("base.tf").is_some_and(|text| text.contains(ONLY));
    let (alone, others): (Vec<Case>, Vec<Case>) = cases.partition(creates_the_only);
    assert!(alone.len() <= GROUPS, "a group for each case that creates the only workforce");
    let spread = |cases: Vec<Case>| cases.into_iter().enumerate().filter(|(place, _)| place % GROUPS == number);
    spread(alone).chain(spread(others)).map(|(_, case)| case).collect()
}

/// The cases of which the service keeps something; beside them it could not be seen whether others leave something.
fn group_that_leaves_something() -> Vec<Case> {
    Case::all().into_iter().filter(Case::leaves_something).collect()
}

/// All of them, or the one that the environment variable `CASE` names.
fn chosen(cases: Vec<Case>) -> Vec<Case> {
    let selected = env::var("CASE").ok();
    cases.into_iter().filter(|case| selected.as_ref().is_none_or(|selected| *selected == case.name)).collect()
}

mod on_local_service {
    use super::chosen;
    use crate::harness::cycle::on_local;

    #[test]
    fn group_0() {
        on_local(chosen(super::group(0)));
    }

    #[test]
    fn group_1() {
        on_local(chosen(super::group(1)));
    }

    #[test]
    fn group_2() {
        on_local(chosen(super::group(2)));
    }

    #[test]
    fn group_that_leaves_something() {
        on_local(chosen(super::group_that_leaves_something()));
    }
}

#[test]
fn on_moto() {
    cycle::on_moto(chosen(Case::all().into_iter().filter(|case| case.moto.is_some()).collect()));
}

#[test]
fn every_case_is_run() {
    let groups = (0..GROUPS).flat_map(group).chain(group_that_leaves_something());
    let mut run: Vec<String> = groups.map(|case| case.name).collect();
    run.sort();
    let all: Vec<String> = Case::all().into_iter().map(|case| case.name).collect();
    assert_eq!(run, all);
    assert_eq!(GROUPS, 3, "there is a test for each group");
}

#[test]
fn every_resource_has_a_case() {
    let schemas = fs::read_dir(repository().join("schemas")).expect("there are definitions");
    let files = schemas.map(|entry| entry.expect("a readable entry").file_name().to_string_lossy().into_owned());
    let no_resources = ["shapes", "queries", "ephemeral", "actions", "prebuilt_images"];
    let resources = files
        .filter_map(|file| file.strip_suffix(".toml").map(str::to_owned))
        .filter(|name| !no_resources.contains(&name.as_str()));
    let tested: BTreeSet<String> = Case::all().iter().map(|case| case.resource_type().to_owned()).collect();
    let missing: Vec<String> =
        resources.map(|name| format!("sagemaker_{name}")).filter(|resource| !tested.contains(resource)).collect();
    assert!(missing.is_empty(), "no case is about {missing:?}");
}
