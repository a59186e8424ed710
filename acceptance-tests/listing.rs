//! The examples of list resources, run by `terraform query` over a stack: what it generates is a configuration that imports
//! the stack as it is.

use std::{collections::BTreeSet, fs};

use crate::harness::{Backend, Workspace, state::State, workspace::repository};

const LISTS: &str = "examples/list-resources";
const GENERATED: &str = "generated.tf";

/// Types that the stack has, but that no operation of the API lists.
const NOT_LISTED: &[&str] = &[
    "sagemaker_endpoint_policy",
    "sagemaker_endpoint_weights_and_capacities",
    "sagemaker_feature_metadata",
    "sagemaker_model_package_group_policy",
    "sagemaker_servicecatalog_portfolio_status",
];

/// `terraform query -generate-config-out` over everything in the service, then a plan of what it has generated.
pub(crate) fn expect_complete(backend: &Backend, stack: &State, variables: &[(&str, &str)]) {
    let mut account = Workspace::with_newest(backend);
    for (name, value) in variables {
        account.set(name, value);
    }
    account.write("all.tfquery.hcl", &examples().concat());
    account.run(&["query", "-no-color", &format!("-generate-config-out={GENERATED}")]).expect_success();

    let plan = account.plan();
    let changes: Vec<(&str, String)> = plan.actions().into_iter().filter(|(_, action)| action != "no-op").collect();
    assert!(changes.is_empty(), "the import of what was generated changes {changes:?}\n{plan}");
    let generated = fs::read_to_string(account.root().join(GENERATED)).expect("a configuration is generated");
    let imported: BTreeSet<&str> =
        generated.lines().filter_map(|line| line.strip_prefix("resource \"")?.split('"').next()).collect();
    let expected: BTreeSet<&str> = stack
        .resources
        .keys()
        .filter_map(|address| address.split('.').find(|part| part.starts_with("sagemaker_") && !part.contains('[')))
        .filter(|type_name| !NOT_LISTED.contains(type_name))
        .collect();
    let missing: Vec<&&str> = expected.difference(&imported).collect();
    assert!(missing.is_empty(), "not listed: {missing:?}");
}

/// `discover` over the same: what it writes imports the stack, and it finds what no state manages.
pub(crate) fn expect_discovered(backend: &Backend, stack: &Workspace) {
    let account = Workspace::new(backend);
    let directory = account.root().display().to_string();
    let discover = |arguments: &[&str]| account.run_provider(&[&["discover"], arguments].concat());
    let written = discover(&["--config", "--out", &directory]);
    assert_eq!(written.code, Some(0), "{}{}", written.stdout, written.stderr);
    account.run(&["fmt", "-check", "-diff"]).expect_success();
    let plan = account.plan();
    let changes: Vec<(&str, String)> = plan.actions().into_iter().filter(|(_, action)| action != "no-op").collect();
    assert!(changes.is_empty(), "the import of what was discovered changes {changes:?}\n{plan}");
    assert!(discover(&["--out", &directory]).code == Some(1), "a file is overwritten");

    let state = stack.root().join("terraform.tfstate").display().to_string();
    let compared = discover(&["--json", "--state", &state]);
    let document: serde_json::Value = serde_json::from_str(&compared.stdout).expect("a JSON document");
    assert_eq!(compared.code, Some(2), "{document:#}");
    assert_eq!(document["gone"], serde_json::json!([]), "{document:#}");
    let unmanaged = document["unmanaged"].as_array().expect("a list");
    let state = r#"{"version": 4, "resources": [{"mode": "managed", "type": "sagemaker_model", "name": "m", "instances": [
        {"attributes": {"id": "vanished", "region": "us-east-1"}}]}]}"#;
    account.write("vanished.tfstate", state);
    let compared = discover(&["--json", "--type", "sagemaker_model", "--state", "vanished.tfstate"]);
    let vanished: serde_json::Value = serde_json::from_str(&compared.stdout).expect("a JSON document");
    assert_eq!((compared.code, &vanished["gone"][0]["id"]), (Some(2), &serde_json::json!("vanished")), "{vanished:#}");
    let foreign = unmanaged.iter().filter(|object| object["type"] == "sagemaker_model_package_group");
    assert_eq!(foreign.map(|object| &object["id"]).collect::<Vec<_>>(), ["of-another-team"]);
}

#[test]
fn discover_refuses_a_wrong_region_before_it_lists_anything() {
    let backend = Backend::local();
    let run = Workspace::new(&backend).run_provider(&["discover", "--region", "us-east-1", "--region", "us-east1"]);
    assert_eq!(run.code, Some(1), "{}", run.stdout);
    assert!(run.stderr.contains("`us-east1`, which is not the name of a region"), "{}", run.stderr);
    assert!(backend.all_calls().is_empty(), "{:?}", backend.all_calls());
}

fn examples() -> Vec<String> {
    let directories = fs::read_dir(repository().join(LISTS)).expect("there are examples");
    let read = |entry: fs::DirEntry| {
        fs::read_to_string(entry.path().join("list-resource.tfquery.hcl")).expect("each has its file")
    };
    directories.map(|entry| read(entry.expect("a readable entry"))).collect()
}

#[test]
fn every_list_resource_has_an_example() {
    let directories = fs::read_dir(repository().join(LISTS)).expect("there are examples");
    let names = directories.map(|entry| entry.expect("a readable entry").file_name().to_string_lossy().into_owned());
    let named: BTreeSet<String> = names.collect();
    let resources = fs::read_dir(repository().join("examples/resources")).expect("there are examples");
    let resources = resources.map(|entry| entry.expect("a readable entry").file_name().to_string_lossy().into_owned());
    assert_eq!(named, resources.filter(|name| !NOT_LISTED.contains(&name.as_str())).collect());
    for text in examples() {
        assert!(text.contains("list \"sagemaker_") && text.contains("provider = sagemaker"), "{text}");
    }
}
