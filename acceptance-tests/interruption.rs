//! Ctrl-C while the service takes its time.

use std::time::Duration;

use serde_json::json;

use crate::{
    fixtures::serving,
    harness::{
        Backend, Workspace,
        workspace::{APPLY, DESTROY},
    },
};

#[test]
fn an_interrupted_apply_keeps_what_it_has_begun() {
    let backend = Backend::local_with_latency(Duration::from_secs(600));
    let workspace = Workspace::new(&backend);
    workspace.configure(&serving());
    let running = workspace.start(APPLY);
    let endpoint = json!({ "EndpointName": workspace.name });
    backend.until("the endpoint is being created", |backend| backend.call("DescribeEndpoint", &endpoint).is_ok());
    running.interrupt();
    let run = workspace.report(APPLY, running.finish());
    run.expect_failure(&["interrupted", "Creating"]);
    let state = workspace.state();
    assert_eq!(state.text("sagemaker_endpoint.test", "name"), workspace.name);
    assert!(state.text("sagemaker_endpoint.test", "arn").ends_with(&workspace.name));
    assert_eq!(state.tainted, ["sagemaker_endpoint.test".to_owned()].into());
    assert_eq!(state.resources.len(), 3);
}

#[test]
fn an_interrupted_update_is_waited_for_by_the_next_apply() {
    let backend = Backend::local_with_latency(Duration::from_secs(8));
    let mut workspace = Workspace::applied(&backend, &serving());
    workspace.set("TF_VAR_instance_type", "ml.m5.xlarge");
    let running = workspace.start(APPLY);
    let endpoint = json!({ "EndpointName": workspace.name });
    backend.until("the endpoint is being updated", |backend| {
        backend.call("DescribeEndpoint", &endpoint).is_ok_and(|described| described["EndpointStatus"] == "Updating")
    });
    running.interrupt();
    workspace.report(APPLY, running.finish()).expect_failure(&["interrupted", "Updating"]);
    workspace.apply();
    workspace.expect_no_changes();
    let runs = backend.must("DescribeEndpoint", &endpoint);
    assert_eq!(runs["EndpointStatus"], "InService");
    assert_eq!(runs["EndpointConfigName"], workspace.state().text("sagemaker_endpoint_configuration.test", "name"));
}

#[test]
fn an_interrupted_destroy_keeps_what_is_not_gone_yet() {
    let backend = Backend::local_with_latency(Duration::from_secs(8));
    let workspace = Workspace::applied(&backend, &serving());
    let running = workspace.start(DESTROY);
    let endpoint = json!({ "EndpointName": workspace.name });
    backend.until("the endpoint is being deleted", |backend| {
        backend.call("DescribeEndpoint", &endpoint).is_ok_and(|described| described["EndpointStatus"] == "Deleting")
    });
    running.interrupt();
    let run = workspace.report(DESTROY, running.finish());
    run.expect_failure(&["interrupted"]);
    assert!(workspace.state().resources.contains_key("sagemaker_endpoint.test"));
    workspace.destroy();
    assert!(workspace.state().resources.is_empty());
}
