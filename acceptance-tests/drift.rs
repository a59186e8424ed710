//! What happens to objects behind Terraform's back shows in the next plan and is corrected by the next apply.

use serde_json::json;

use crate::{
    fixtures::{MODEL, other_configuration, serving},
    harness::{Backend, Workspace},
};

#[test]
fn a_tag_that_others_changed_is_set_back() {
    let backend = Backend::local();
    let workspace = Workspace::applied(&backend, &MODEL.replacen("name  ", "tags = { team = \"a\" }\n  name  ", 1));
    let arn = workspace.state().text("sagemaker_model.test", "arn").to_owned();
    let others = json!([{ "Key": "team", "Value": "b" }, { "Key": "extra", "Value": "1" }]);
    backend.must("AddTags", &json!({ "ResourceArn": arn, "Tags": others }));
    let plan = workspace.plan();
    assert_eq!(plan.drift(), ["sagemaker_model.test"]);
    assert_eq!(plan.action("sagemaker_model.test"), "update");
    workspace.apply_plan();
    workspace.expect_no_changes();
    let tags = &backend.must("ListTags", &json!({ "ResourceArn": arn }))["Tags"];
    assert_eq!(*tags, json!([{ "Key": "team", "Value": "a" }]));
}

#[test]
fn an_endpoint_that_others_moved_to_another_configuration_is_moved_back() {
    let backend = Backend::local();
    let workspace = Workspace::applied(&backend, &serving());
    let expected = workspace.state().text("sagemaker_endpoint_configuration.test", "name").to_owned();
    let other = other_configuration(&backend, &workspace);
    backend.must("UpdateEndpoint", &json!({ "EndpointName": workspace.name, "EndpointConfigName": other }));
    let endpoint = json!({ "EndpointName": workspace.name });
    backend.until("the endpoint is updated", |backend| {
        backend.must("DescribeEndpoint", &endpoint)["EndpointStatus"] == "InService"
    });
    let plan = workspace.plan();
    assert_eq!(plan.action("sagemaker_endpoint.test"), "update");
    assert_eq!(plan.change("sagemaker_endpoint.test")["before"]["endpoint_config_name"], other);
    workspace.apply_plan();
    workspace.expect_no_changes();
    assert_eq!(backend.must("DescribeEndpoint", &endpoint)["EndpointConfigName"], expected);
}

#[test]
fn everything_that_others_deleted_is_created_again() {
    let backend = Backend::local();
    let workspace = Workspace::applied(&backend, &serving());
    let configuration = workspace.state().text("sagemaker_endpoint_configuration.test", "name").to_owned();
    let endpoint = json!({ "EndpointName": workspace.name });
    backend.must("DeleteEndpoint", &endpoint);
    backend.until("the endpoint is gone", |backend| backend.call("DescribeEndpoint", &endpoint).is_err());
    backend.must("DeleteEndpointConfig", &json!({ "EndpointConfigName": configuration }));
    backend.must("DeleteModel", &json!({ "ModelName": workspace.name }));
    let plan = workspace.plan();
    assert_eq!(plan.drift().len(), 3, "{plan}");
    assert!(plan.actions().values().all(|action| action == "create"), "{plan}");
    workspace.apply_plan();
    workspace.expect_no_changes();
}

#[test]
fn a_refresh_alone_takes_over_what_others_did() {
    let backend = Backend::local();
    let workspace = Workspace::applied(&backend, MODEL);
    backend.must("DeleteModel", &json!({ "ModelName": workspace.name }));
    workspace.try_apply(&["-refresh-only"]).expect_success();
    assert!(workspace.state().resources.is_empty());
}

#[test]
fn destroying_what_others_have_deleted_succeeds() {
    let backend = Backend::local();
    let workspace = Workspace::applied(&backend, MODEL);
    backend.must("DeleteModel", &json!({ "ModelName": workspace.name }));
    workspace.try_apply(&["-destroy", "-refresh=false"]).expect_success();
    assert!(workspace.state().resources.is_empty());
}
