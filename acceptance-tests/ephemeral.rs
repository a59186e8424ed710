//! Ephemeral resources: the examples of all of them on the stack of the examples of all resources.

use std::{collections::BTreeSet, fs};

use sagemaker_provider::definition::EPHEMERALS;

use crate::{
    harness::{Backend, Workspace},
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
