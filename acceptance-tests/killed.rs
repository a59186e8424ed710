//! The provider is killed (SIGKILL) at every phase of an apply. Whatever it was at, the next apply ends in what is configured:
//! nothing is orphaned, doubled or wrongly destroyed.

use std::{collections::BTreeMap, path::Path, time::Duration};

use serde_json::{Value as Json, json};

use crate::{
    fixtures::{MODEL, notebook, serving},
    harness::{
        Backend, Workspace,
        backend::PROVIDER,
        run::Run,
        workspace::{APPLY, DESTROY},
    },
};

const ENDPOINT: &str = "sagemaker_endpoint.test";

/// What takes longer than any test.
const AN_HOUR: u64 = 3_600_000;

/// Takes over what a killed apply has left.
const ADOPTING: &str = r#"
provider "sagemaker" {
  adopt_identical_within = "1h"
}
"#;

/// Runs Terraform, and kills the provider when `condition` holds.
#[track_caller]
fn killed(
    workspace: &Workspace,
    backend: &Backend,
    arguments: &[&str],
    what: &str,
    condition: impl FnMut(&Backend) -> bool,
) -> Run {
    let running = workspace.start(arguments);
    backend.until(what, condition);
    running.kill(Path::new(PROVIDER));
    let run = workspace.report(arguments, running.finish());
    // Terraform's own words: `Plugin did not respond` or `Request cancelled`, as its call ends.
    run.expect_failure(&["plugin.(*GRPCProvider)"]);
    run
}

fn endpoint(backend: &Backend, workspace: &Workspace) -> Option<Json> {
    backend.call("DescribeEndpoint", &json!({ "EndpointName": workspace.name })).ok()
}

fn is_in_state(backend: &Backend, workspace: &Workspace, state: &str) -> bool {
    endpoint(backend, workspace).is_some_and(|endpoint| endpoint["EndpointStatus"] == state)
}

/// Demands that the service holds one model, one configuration and one endpoint that runs it, and the state all three.
#[track_caller]
fn expect_one_of_each(backend: &Backend, workspace: &Workspace) {
    workspace.expect_no_changes();
    let one = |kind: &str| (kind.to_owned(), 1);
    assert_eq!(backend.count_by_kind(), [one("endpoint"), one("endpoint-config"), one("model")].into());
    let state = workspace.state();
    assert_eq!(state.resources.len(), 3);
    let runs = endpoint(backend, workspace).expect("it is there");
    assert_eq!(runs["EndpointConfigName"], state.text("sagemaker_endpoint_configuration.test", "name"));
}

#[test]
fn a_killed_refresh_changes_nothing() {
    let backend = Backend::local();
    let workspace = Workspace::applied(&backend, MODEL);
    backend.fault(&json!({ "operation": "DescribeModel", "kind": "slow", "ms": AN_HOUR }));
    let described = backend.calls("DescribeModel");
    killed(&workspace, &backend, APPLY, "the model is read", |backend| backend.calls("DescribeModel") > described);
    assert_eq!(workspace.state().resources.len(), 1);
    workspace.expect_no_changes();
}

#[test]
fn a_create_killed_before_its_reply_can_be_imported_as_the_message_says() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    backend.fault(&json!({ "operation": "CreateModel", "kind": "slow", "ms": AN_HOUR }));
    workspace.configure(MODEL);
    killed(&workspace, &backend, APPLY, "the model is there", |backend| backend.count_by_kind().contains_key("model"));
    assert!(workspace.state().resources.is_empty());
    // It may be somebody else's, so it is not taken over.
    workspace.try_apply(&[]).expect_failure(&["CreateModel", "already exist", "import"]);
    workspace.run(&["import", "-no-color", "sagemaker_model.test", &workspace.name]).expect_success();
    workspace.apply();
    workspace.expect_no_changes();
    assert_eq!(backend.count_by_kind(), [("model".to_owned(), 1)].into());
}

#[test]
fn a_create_killed_before_its_reply_is_adopted_on_request() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    backend.fault(&json!({ "operation": "CreateModel", "kind": "slow", "ms": AN_HOUR }));
    workspace.configure(&format!("{ADOPTING}{MODEL}"));
    killed(&workspace, &backend, APPLY, "the model is there", |backend| backend.count_by_kind().contains_key("model"));
    workspace.apply();
    workspace.expect_no_changes();
    assert_eq!(backend.count_by_kind(), [("model".to_owned(), 1)].into());
    // What differs is not what the killed apply was to make.
    workspace.run(&["state", "rm", "sagemaker_model.test"]).expect_success();
    workspace.configure(&format!("{ADOPTING}{}", MODEL.replace("test:1", "test:2")));
    workspace.try_apply(&[]).expect_failure(&["CreateModel", "already exist"]);
}

#[test]
fn an_endpoint_whose_apply_was_killed_during_its_creation_is_adopted_on_request() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    backend.fault(&json!({ "operation": "CreateEndpoint", "kind": "hang" }));
    workspace.configure(&format!("{ADOPTING}{}", serving()));
    killed(&workspace, &backend, APPLY, "the endpoint is being created", |backend| {
        is_in_state(backend, &workspace, "Creating")
    });
    assert!(!workspace.state().resources.contains_key(ENDPOINT));
    let running = workspace.start(APPLY);
    backend.until("the endpoint is found", |backend| backend.calls("CreateEndpoint") == 2);
    let arn = endpoint(&backend, &workspace).expect("it is there")["EndpointArn"].clone();
    backend.end(arn.as_str().expect("a text"));
    workspace.report(APPLY, running.finish()).expect_success();
    expect_one_of_each(&backend, &workspace);
}

#[test]
fn a_killed_update_is_completed_by_the_next_apply() {
    for fault in [json!({ "kind": "hang" }), json!({ "kind": "slow", "ms": AN_HOUR })] {
        let backend = Backend::local();
        let mut workspace = Workspace::applied(&backend, &serving());
        let mut fault = fault;
        fault["operation"] = "UpdateEndpoint".into();
        backend.fault(&fault);
        workspace.set("TF_VAR_instance_type", "ml.m5.xlarge");
        let calls = |backend: &Backend| backend.calls("UpdateEndpoint") == 1;
        killed(&workspace, &backend, APPLY, "the endpoint is updated", calls);
        assert_eq!(workspace.state().resources.len(), 3, "{fault}");
        let arn = workspace.state().text(ENDPOINT, "arn").to_owned();
        backend.end(&arn);
        workspace.apply();
        expect_one_of_each(&backend, &workspace);
    }
}

#[test]
fn a_notebook_instance_whose_update_was_killed_runs_again() {
    let backend = Backend::local_with_latency(Duration::from_secs(2));
    let workspace = Workspace::applied(&backend, &notebook("ml.t3.medium"));
    let instance = |backend: &Backend| {
        backend.must("DescribeNotebookInstance", &json!({ "NotebookInstanceName": workspace.name }))
    };
    let types = ["ml.t3.large", "ml.t3.medium"].into_iter().cycle();
    for (state, instance_type) in ["Stopping", "Updating", "Pending"].into_iter().zip(types) {
        workspace.configure(&notebook(instance_type));
        let is_on_its_way = |backend: &Backend| instance(backend)["NotebookInstanceStatus"] == state;
        killed(&workspace, &backend, APPLY, state, is_on_its_way);
        workspace.apply();
        workspace.expect_no_changes();
        assert_eq!(instance(&backend)["NotebookInstanceStatus"], "InService", "killed while {state}");
        assert_eq!(instance(&backend)["InstanceType"], instance_type, "killed while {state}");
    }
}

#[test]
fn a_killed_destroy_is_completed_by_the_next() {
    for fault in [json!({ "kind": "hang" }), json!({ "kind": "slow", "ms": AN_HOUR })] {
        let backend = Backend::local();
        let workspace = Workspace::applied(&backend, &serving());
        let mut fault = fault;
        fault["operation"] = "DeleteEndpoint".into();
        backend.fault(&fault);
        let arn = workspace.state().text(ENDPOINT, "arn").to_owned();
        let calls = |backend: &Backend| backend.calls("DeleteEndpoint") == 1;
        killed(&workspace, &backend, DESTROY, "the endpoint is deleted", calls);
        assert!(workspace.state().resources.contains_key(ENDPOINT), "{fault}");
        // A slow reply does not slow the deletion down: only what hangs has to be ended.
        if fault["kind"] == "hang" {
            backend.end(&arn);
        }
        workspace.destroy();
        assert!(workspace.state().resources.is_empty());
        assert_eq!(backend.count_by_kind(), BTreeMap::new());
    }
}

#[test]
fn a_replacement_killed_between_delete_and_create_is_completed_by_the_next_apply() {
    let backend = Backend::local();
    let workspace = Workspace::applied(&backend, MODEL);
    backend.fault(&json!({ "operation": "CreateModel", "kind": "slow", "ms": AN_HOUR }));
    workspace.configure(&format!("{ADOPTING}{}", MODEL.replace("test:1", "test:2")));
    killed(&workspace, &backend, APPLY, "the new model is there", |backend| backend.calls("CreateModel") == 2);
    workspace.apply();
    workspace.expect_no_changes();
    assert_eq!(backend.count_by_kind(), [("model".to_owned(), 1)].into());
}
