//! Many objects of many types in one state: what they cost in calls, and how they live with a service that limits calls.

use std::{collections::BTreeMap, env, time::Duration};

use crate::harness::{Backend, Workspace};

/// How many objects of each of the twenty types there are. `LOAD_SHARE=100` makes it 2,000 objects, which takes some
/// ten minutes.
fn share() -> u64 {
    env::var("LOAD_SHARE").map_or(18, |share| share.parse().expect("LOAD_SHARE is a number"))
}

const TYPES: u64 = 20;

fn many_objects(backend: &Backend, share: u64) -> Workspace {
    let mut workspace = Workspace::new(backend);
    workspace.configure(include_str!("load/main.tf"));
    workspace.set("TF_VAR_share", &share.to_string()).allow(Duration::from_secs(1_800));
    workspace
}

/// What was called between two counts, but for what was called as often before.
fn between(before: &BTreeMap<String, u64>, after: &BTreeMap<String, u64>) -> BTreeMap<String, u64> {
    let more = |(operation, count): (&String, &u64)| (operation.clone(), count - before.get(operation).unwrap_or(&0));
    after.iter().map(more).filter(|(_, count)| *count > 0).collect()
}

// hashicorp/terraform-provider-aws#34669: a refresh that reads more than it needs.
#[test]
fn a_refresh_calls_twice_for_each_object_for_what_it_is_and_for_its_tags() {
    let (backend, share) = (Backend::local(), 3);
    let workspace = many_objects(&backend, share);
    workspace.apply();
    let created = backend.all_calls();
    assert_eq!(created.get("ListTags"), None, "tags that were just set are known");
    workspace.expect_no_changes();
    let refreshed = between(&created, &backend.all_calls());
    let described: BTreeMap<&str, u64> = refreshed
        .iter()
        .filter(|(operation, _)| *operation != "ListTags")
        .map(|(operation, count)| (operation.as_str(), *count))
        .collect();
    assert_eq!(described.len() as u64, TYPES, "{described:?}");
    // A plan with a refresh, and one without.
    assert!(described.values().all(|count| *count == share), "{described:?}");
    assert_eq!(refreshed["ListTags"], TYPES * share);
}

// hashicorp/terraform-provider-awscc#3295: some 350 objects, and no plan succeeds.
#[test]
fn hundreds_of_objects_are_created_refreshed_and_destroyed_at_ten_requests_a_second() {
    let backend = Backend::local_with_rate(10);
    let mut workspace = many_objects(&backend, share());
    workspace.apply();
    assert_eq!(workspace.state().resources.len() as u64, TYPES * share());
    let applied = backend.all_calls();
    workspace.plan().expect_empty();
    let refreshed: u64 = between(&applied, &backend.all_calls()).values().sum();
    // Two for each object, and few that were one too many: the provider finds out what the service allows.
    let needed = 2 * TYPES * share();
    assert!(refreshed < needed + needed / 2, "{refreshed} calls where {needed} are needed");
    workspace.set("TF_CLI_ARGS_destroy", "-refresh=false");
    workspace.destroy();
}
