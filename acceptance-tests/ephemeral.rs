//! Ephemeral resources: the examples of all of them on the stack of the examples of all resources.

use std::{collections::BTreeSet, fs};

use sagemaker_provider::definition::EPHEMERALS;

use crate::{
    harness::{Backend, Workspace, workspace::text_of},
    stack::{applied, expect_no_warning, expect_shown, modules, names},
};

const EXAMPLES: &str = "examples/ephemeral-resources";

#[test]
fn every_ephemeral_resource_has_an_example() {
    let all: BTreeSet<String> = EPHEMERALS.iter().map(|call| call.type_name.to_owned()).collect();
    assert_eq!(names(EXAMPLES), all);
}

#[test]
fn the_examples_of_ephemeral_resources_are_opened_and_not_kept() {
    let backend = Backend::local();
    let _stack = applied(&backend);
    let examples = names(EXAMPLES);
    let workspace = Workspace::with_newest(&backend);
    for name in &examples {
        expect_shown(EXAMPLES, name, &format!("ephemeral \"{name}\""));
        workspace.add_module(&format!("{EXAMPLES}/{name}"));
    }
    workspace.configure(&modules(EXAMPLES, examples.iter())).get_modules();
    expect_no_warning(&workspace.apply());
    for call in EPHEMERALS {
        assert!(backend.calls(call.operation.name) > 0, "{} was not opened", call.type_name);
    }
    let state = fs::read_to_string(workspace.root().join("terraform.tfstate")).unwrap_or_default();
    // All URLs of the local service have a token.
    assert!(!state.to_lowercase().contains("token"), "a credential is in the state:\n{state}");
}

#[test]
fn an_ephemeral_resource_is_opened_once_the_object_of_its_arn_exists() {
    let backend = Backend::local();
    let workspace = Workspace::with_newest(&backend);
    let server = text_of("acceptance-tests/cases/mlflow_tracking_server/base.tf");
    let url = r#"
ephemeral "sagemaker_presigned_mlflow_tracking_server_url" "test" {
  tracking_server_name = provider::sagemaker::arn_parse(sagemaker_mlflow_tracking_server.test.arn).name
}
"#;
    workspace.configure(&format!("{server}{url}")).apply();
    assert!(backend.calls("CreatePresignedMlflowTrackingServerUrl") > 0);
}
