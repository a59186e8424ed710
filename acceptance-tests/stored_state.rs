//! States as they lie on disk: of newer versions, damaged, imported.

use std::fs;

use serde_json::Value as Json;

use crate::{
    fixtures::MODEL,
    harness::{Backend, Workspace},
};

/// Changes the only instance in the state file.
fn edit(workspace: &Workspace, change: impl FnOnce(&mut Json)) {
    let file = workspace.root().join("terraform.tfstate");
    let text = fs::read_to_string(&file).expect("there is a state");
    let mut state: Json = serde_json::from_str(&text).expect("a state is JSON");
    change(&mut state["resources"][0]["instances"][0]);
    fs::write(&file, state.to_string()).expect("the state can be written");
}

fn stored(workspace: &Workspace) -> String {
    fs::read_to_string(workspace.root().join("terraform.tfstate")).expect("there is a state")
}

#[test]
fn a_state_of_a_newer_version_is_refused_and_left_alone() {
    let backend = Backend::local();
    let workspace = Workspace::applied(&backend, MODEL);
    edit(&workspace, |instance| instance["schema_version"] = 99.into());
    let before = stored(&workspace);
    workspace.try_plan(&[]).expect_failure(&["newer provider version"]);
    workspace.try_apply(&[]).expect_failure(&["newer provider version"]);
    assert_eq!(stored(&workspace), before);
}

#[test]
fn a_damaged_state_is_refused_with_the_place_of_the_damage_and_left_alone() {
    let backend = Backend::local();
    let workspace = Workspace::applied(&backend, MODEL);
    edit(&workspace, |instance| instance["attributes"]["primary_container"][0]["environment"] = "no map".into());
    let before = stored(&workspace);
    let refusal =
        ["The state of this `sagemaker_model` cannot be read", "primary_container", "environment", "Restore it"];
    workspace.try_plan(&[]).expect_failure(&refusal);
    workspace.try_apply(&[]).expect_failure(&["environment"]);
    assert_eq!(stored(&workspace), before);
}

#[test]
fn a_state_with_members_that_no_schema_has_is_taken_without_them() {
    let backend = Backend::local();
    let workspace = Workspace::applied(&backend, MODEL);
    edit(&workspace, |instance| {
        instance["attributes"]["from_another_time"] = 1.into();
        let attributes = instance["attributes"].as_object_mut().expect("attributes");
        attributes.remove("enable_network_isolation");
    });
    workspace.plan().expect_empty();
}

#[test]
fn importing_what_does_not_exist_fails_and_says_so() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    workspace.configure(MODEL);
    workspace.run(&["import", "-no-color", "sagemaker_model.test", "nobody"]).expect_failure(&["nobody", "exist"]);
    assert!(!workspace.root().join("terraform.tfstate").exists(), "nothing was imported");
}

#[test]
fn importing_by_arn_is_importing_by_name() {
    let backend = Backend::local();
    let workspace = Workspace::applied(&backend, MODEL);
    let before = workspace.state();
    let arn = before.text("sagemaker_model.test", "arn").to_owned();
    workspace.run(&["state", "rm", "sagemaker_model.test"]).expect_success();
    workspace.run(&["import", "-no-color", "sagemaker_model.test", &arn]).expect_success();
    assert_eq!(workspace.state(), before);
    workspace.expect_no_changes();
}
