//! Policies that `iam-policy` generates, checked by `local --policy`: what a plan needs is allowed, and nothing less is
//! enough.

use std::{collections::BTreeSet, fs};

use sagemaker_provider::{definition::service::OPERATIONS, permissions::of_resource};
use serde_json::{Value as Json, json};
use tempfile::tempdir;

use crate::{
    coverage,
    fixtures::serving,
    harness::{Backend, Workspace},
    stack,
};

/// What `iam-policy` writes for the last plan of a workspace.
fn policy_of(workspace: &Workspace) -> String {
    workspace.write("plan.json", &workspace.plan_as_json());
    let run = workspace.run_provider(&["iam-policy", "plan.json"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    run.stdout
}

/// Lets the provider of a workspace call another service.
fn move_to(workspace: &mut Workspace, backend: &Backend) {
    workspace.set("AWS_ENDPOINT_URL_SAGEMAKER", backend.url()).set("AWS_ENDPOINT_URL_STS", backend.url());
}

/// Lifts the protection in an example.
fn allow_destroy(stack: &Workspace, file: &str) {
    let text = fs::read_to_string(stack.root().join(file)).expect("the example is in the workspace");
    let lifted = text.replace("prevent_destroy = true", "prevent_destroy = false");
    assert_ne!(lifted, text, "{file} protects nothing");
    stack.write(file, &lifted);
}

#[test]
fn all_examples_are_applied_and_destroyed_under_exactly_the_generated_policies() {
    let home = tempdir().expect("a temporary directory");
    let (data, policy) = (home.path().join("data"), home.path().join("policy.json"));
    let backend = Backend::local_on(&data);
    let mut stack = stack::configured(&backend);
    stack.plan();
    fs::write(&policy, policy_of(&stack)).expect("the directory can be written to");
    drop(backend);

    let backend = Backend::local_under(&policy, &data);
    move_to(&mut stack, &backend);
    stack.apply();
    allow_destroy(&stack, "examples/resources/sagemaker_training_plan/resource.tf");
    stack.plan_with(&["-destroy"]);
    fs::write(&policy, policy_of(&stack)).expect("the directory can be written to");
    drop(backend);

    let backend = Backend::local_under(&policy, &data);
    move_to(&mut stack, &backend);
    stack.apply_plan();
    assert!(stack.state().resources.is_empty());
}

#[test]
fn no_statement_is_superfluous() {
    let home = tempdir().expect("a temporary directory");
    let file = home.path().join("policy.json");
    let planned = Workspace::new(&Backend::local());
    planned.configure(&serving()).plan();
    let policy: Json = serde_json::from_str(&policy_of(&planned)).expect("a policy is JSON");
    let statements = policy["Statement"].as_array().expect("statements");
    assert!(statements.len() > 2, "{policy:#}");
    for place in 0..statements.len() {
        let mut fewer = policy.clone();
        let removed = fewer["Statement"].as_array_mut().expect("statements").remove(place);
        fs::write(&file, fewer.to_string()).expect("the directory can be written to");
        let backend = Backend::local_under(&file, &home.path().join(format!("data-{place}")));
        let mut workspace = Workspace::new(&backend);
        workspace.set("TF_VAR_name", &planned.name);
        let action = removed["Action"][0].as_str().expect("an action").to_owned();
        let applied = workspace.configure(&serving()).try_apply(&[]);
        // What a create does not need, the next refresh does.
        let run = if applied.code == Some(0) { workspace.try_plan(&[]) } else { applied };
        assert_ne!(run.code, Some(0), "nothing is refused without {action}\n{run}");
        run.expect_failure(&["AccessDenied", "user/local is not authorized to perform", &action]);
    }
}

/// What the simulation of the cases does not reach, such as what a switch requests, is in the tables too.
#[test]
fn every_operation_that_a_special_file_names_is_in_a_table() {
    let mut lacking = Vec::new();
    for (file, text) in coverage::special_files() {
        let type_name = format!("sagemaker_{}", file.trim_end_matches(".rs"));
        let known: BTreeSet<&str> = of_resource(&type_name).into_iter().flat_map(|(_, actions)| actions).collect();
        let named = OPERATIONS.iter().map(|operation| operation.name);
        let named = named.filter(|name| text.contains(&format!("\"{name}\"")) && !known.contains(name));
        lacking.extend(named.map(|name| format!("{file}: {name}")));
    }
    assert!(lacking.is_empty(), "write them into [[further_calls]]: {lacking:#?}");
}

#[test]
fn plans_directories_and_types_are_accepted_and_nothing_else() {
    let workspace = Workspace::offline();
    let policy = |arguments: &[&str]| workspace.run_provider(&[&["iam-policy"], arguments].concat());
    workspace.configure(&serving());
    for arguments in [&["."][..], &["sagemaker_model", "sagemaker_endpoint"], &["--for=plan", "."]] {
        let run = policy(arguments);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        let written: Json = serde_json::from_str(&run.stdout).expect("a policy is JSON");
        assert!(written["Statement"].as_array().is_some_and(|statements| !statements.is_empty()), "{written:#}");
    }
    let hcl = policy(&["--hcl", "."]).stdout;
    workspace.write("generated.tf", &hcl);
    let formatted = workspace.run(&["fmt", "-check", "-diff", "generated.tf"]);
    assert_eq!(formatted.code, Some(0), "{formatted}");

    fs::write(workspace.root().join("plan.bin"), [0x50, 0x4b, 0xff]).expect("the workspace can be written to");
    workspace.write("broken.json", "{").write("state.json", r#"{"format_version":"1.0","values":{}}"#);
    workspace.write("newer.json", r#"{"format_version":"2.0"}"#);
    fs::create_dir(workspace.root().join("empty")).expect("a new directory");
    for (argument, part) in [
        ("missing.json", "`missing.json` cannot be read"),
        ("broken.json", "EOF while parsing"),
        ("plan.bin", "It has to be the output of `terraform show -json PLAN`"),
        ("state.json", "it is a state"),
        ("newer.json", "its `format_version` is 2.0"),
        ("empty", "has no configuration that uses a type of this provider"),
        ("sagemaker_modle", "The nearest are"),
        ("--dragon", "`--dragon` is not an option of `iam-policy`"),
    ] {
        let run = policy(&[argument]);
        assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""), "{argument}: {}", run.stderr);
        assert!(run.stderr.contains(part), "{argument}: {}", run.stderr);
    }
}

#[test]
fn local_refuses_policies_that_it_does_not_understand() {
    let workspace = Workspace::offline();
    let statement = json!({ "Effect": "Allow", "NotAction": "*", "Resource": "*" });
    workspace.write("policy.json", &json!({ "Version": "2012-10-17", "Statement": [statement] }).to_string());
    for (file, part) in [("missing.json", "cannot be read"), ("policy.json", "`NotAction` of a statement")] {
        let run = workspace.run_provider(&["local", "--policy", file]);
        assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""), "{}", run.stderr);
        assert!(run.stderr.contains(part), "{}", run.stderr);
    }
}
