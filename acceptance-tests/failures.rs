//! What goes wrong with the service is reported clearly, and nothing is lost by it.

use std::{collections::BTreeMap, time::Duration};

use serde_json::json;

use crate::{
    fixtures::{MODEL, file_of_case, serving},
    harness::{Backend, Workspace, run::Run},
};

const ENDPOINT: &str = "sagemaker_endpoint.test";

/// Demands that a refresh that failed has changed nothing: neither in the state nor at the service.
#[track_caller]
fn expect_nothing_lost(workspace: &Workspace, run: &Run, parts: &[&str]) {
    run.expect_failure(parts);
    assert!(workspace.state().resources.contains_key("sagemaker_model.test"), "still in the state");
    workspace.expect_no_changes();
}

#[test]
fn an_error_names_operation_code_message_and_request_id() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let fault = json!({
        "operation": "CreateModel",
        "kind": "error",
        "code": "ResourceLimitExceeded",
        "message": "The account-level service limit 'models' is 0.",
    });
    backend.fault(&fault);
    workspace.configure(MODEL).try_apply(&[]).expect_failure(&[
        &format!("Creating SageMaker model `{}` failed", workspace.name),
        "CreateModel failed with ResourceLimitExceeded",
        "The account-level service limit 'models' is 0.",
        "request id",
        "on main.tf line 2",
    ]);
    assert!(workspace.state().resources.is_empty(), "what was refused does not exist");
    workspace.apply();
}

#[test]
fn wrong_credentials_are_reported_and_nothing_is_lost() {
    let backend = Backend::local();
    let workspace = Workspace::applied(&backend, MODEL);
    let fault = json!({
        "operation": "DescribeModel",
        "kind": "error",
        "status": 403,
        "code": "UnrecognizedClientException",
        "message": "The security token included in the request is invalid.",
    });
    backend.fault(&fault);
    let run = workspace.try_plan(&[]);
    expect_nothing_lost(&workspace, &run, &["DescribeModel", "UnrecognizedClientException", "security token"]);
}

#[test]
fn missing_credentials_are_reported_once_and_at_plan() {
    let backend = Backend::local();
    let mut workspace = Workspace::new(&backend);
    workspace.unset("AWS_ACCESS_KEY_ID").unset("AWS_SECRET_ACCESS_KEY");
    let others = "provider \"sagemaker\" {}\ndata \"sagemaker_model\" \"other\" {\n  name = \"other\"\n}\n";
    workspace.configure(&(MODEL.replace("  name ", "  count              = 3\n  name ") + others));
    workspace.validate().expect_success();
    let run = workspace.try_plan(&[]);
    run.expect_failure(&["No AWS credentials were found", "`AWS_ACCESS_KEY_ID` is not set", "profile `default`"]);
    assert_eq!(run.stderr.matches("Error: ").count(), 1, "{run}");
    assert_eq!(backend.all_calls(), BTreeMap::new());
}

#[test]
fn what_calls_nothing_needs_no_credentials() {
    let mut workspace = Workspace::offline_with_newest();
    workspace.unset("AWS_ACCESS_KEY_ID").unset("AWS_SECRET_ACCESS_KEY").unset("AWS_REGION");
    let function = r#"
output "arn" {
  value = provider::sagemaker::arn_build("eu-west-1", "123456789012", "model", "cats")
}
"#;
    workspace.configure(function).plan();
    // What the provider block depends on does not exist yet, and may provide credentials.
    let unknown = r#"
resource "terraform_data" "profile" {}

provider "sagemaker" {
  region  = "us-east-1"
  profile = terraform_data.profile.id
}
"#;
    let plan = workspace.configure(&(MODEL.to_owned() + unknown)).plan();
    assert_eq!(plan.action("sagemaker_model.test"), "create");
}

#[test]
fn an_access_that_is_denied_does_not_take_the_object_for_gone() {
    let backend = Backend::local();
    let workspace = Workspace::applied(&backend, MODEL);
    let fault = json!({
        "operation": "DescribeModel",
        "kind": "error",
        "code": "AccessDeniedException",
        "message": "User is not authorized to perform: sagemaker:DescribeModel",
    });
    backend.fault(&fault);
    let run = workspace.try_plan(&[]);
    expect_nothing_lost(&workspace, &run, &["DescribeModel", "AccessDeniedException", "not authorized"]);
}

#[test]
fn an_unreachable_endpoint_url_is_reported_and_nothing_is_lost() {
    let backend = Backend::local();
    let mut workspace = Workspace::applied(&backend, MODEL);
    workspace.set("AWS_ENDPOINT_URL_SAGEMAKER", "http://127.0.0.1:9").set("AWS_MAX_ATTEMPTS", "2");
    let run = workspace.try_plan(&[]);
    workspace.set("AWS_ENDPOINT_URL_SAGEMAKER", backend.url());
    expect_nothing_lost(&workspace, &run, &["DescribeModel", "127.0.0.1:9"]);
}

#[test]
fn the_error_page_of_a_proxy_is_reported_and_nothing_is_lost() {
    let backend = Backend::local();
    let mut workspace = Workspace::applied(&backend, MODEL);
    workspace.set("AWS_MAX_ATTEMPTS", "2");
    backend.fault(&json!({ "operation": "DescribeModel", "kind": "html", "times": 2 }));
    let run = workspace.try_plan(&[]);
    expect_nothing_lost(&workspace, &run, &["DescribeModel", "HTTP status 50"]);
}

#[test]
fn a_truncated_reply_is_reported_and_nothing_is_lost() {
    let backend = Backend::local();
    let workspace = Workspace::applied(&backend, MODEL);
    backend.fault(&json!({ "operation": "DescribeModel", "kind": "truncated" }));
    let run = workspace.try_plan(&[]);
    expect_nothing_lost(&workspace, &run, &["DescribeModel", "JSON", "request id"]);
}

#[test]
fn throttling_that_passes_is_waited_out() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    for operation in ["CreateModel", "DescribeModel", "ListTags"] {
        backend.fault(&json!({ "operation": operation, "kind": "throttle", "times": 3 }));
    }
    workspace.configure(MODEL).apply();
    workspace.expect_no_changes();
    assert_eq!(backend.calls("CreateModel"), 4);
}

// hashicorp/terraform-provider-awscc#3295: many resources use up each other's attempts.
#[test]
fn throttling_of_everything_for_seconds_is_waited_out_by_many_resources() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let many = MODEL.replace(
        "name               = var.name",
        "count              = 12\n  name               = \"${var.name}-${count.index}\"",
    );
    backend.fault(&json!({ "operation": "*", "kind": "throttle", "times": 100_000, "for_ms": 8_000 }));
    workspace.configure(&many).apply();
    workspace.expect_no_changes();
    assert_eq!(workspace.state().resources.len(), 12);
}

#[test]
fn persistent_throttling_is_reported() {
    let backend = Backend::local();
    let mut workspace = Workspace::applied(&backend, MODEL);
    workspace.set("AWS_MAX_ATTEMPTS", "2");
    backend.fault(&json!({ "operation": "DescribeModel", "kind": "throttle", "times": 2 }));
    let run = workspace.try_plan(&[]);
    expect_nothing_lost(&workspace, &run, &["DescribeModel", "ThrottlingException", "2 attempts"]);
}

#[test]
fn a_create_whose_reply_is_lost_is_found_again() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    for kind in ["drop_after", "truncated"] {
        backend.fault(&json!({ "operation": "CreateModel", "kind": kind }));
        workspace.configure(MODEL).apply();
        workspace.expect_no_changes();
        workspace.destroy();
    }
}

#[test]
fn a_request_that_never_arrives_is_sent_again() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    backend.fault(&json!({ "operation": "CreateModel", "kind": "drop_before" }));
    workspace.configure(MODEL).apply();
    workspace.expect_no_changes();
}

#[test]
fn a_new_object_may_become_visible_late() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    for operation in ["CreateModel", "CreateEndpointConfig", "CreateEndpoint"] {
        backend.fault(&json!({ "operation": operation, "kind": "lag", "reads": 2 }));
    }
    workspace.configure(&serving()).apply();
    workspace.expect_no_changes();
    assert_eq!(backend.calls("CreateModel"), 1);
}

#[test]
fn an_update_that_becomes_visible_late_is_waited_for() {
    let backend = Backend::local();
    let mut workspace = Workspace::applied(&backend, &serving());
    backend.fault(&json!({ "operation": "UpdateEndpoint", "kind": "lag", "reads": 3 }));
    workspace.set("TF_VAR_instance_type", "ml.m5.xlarge");
    workspace.apply();
    workspace.expect_no_changes();
}

#[test]
fn a_delete_that_becomes_visible_late_is_waited_for() {
    let backend = Backend::local();
    let workspace = Workspace::applied(&backend, &serving());
    for operation in ["DeleteModel", "DeleteEndpoint"] {
        backend.fault(&json!({ "operation": operation, "kind": "lag", "reads": 2 }));
    }
    workspace.destroy();
}

#[test]
fn a_delete_that_hangs_times_out_and_succeeds_on_the_next_destroy() {
    let backend = Backend::local();
    let workspace = Workspace::applied(&backend, &with_timeout("delete", "1s"));
    backend.fault(&json!({ "operation": "DeleteEndpoint", "kind": "hang" }));
    workspace.try_destroy().expect_failure(&["1 s", "Deleting", "delete"]);
    let arn = workspace.state().text(ENDPOINT, "arn").to_owned();
    backend.end(&arn);
    workspace.destroy();
}

#[test]
fn a_role_that_cannot_be_assumed_yet_is_waited_for() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    backend.fault(&json!({ "operation": "*", "kind": "role", "times": 2 }));
    workspace.configure(MODEL).apply();
    workspace.expect_no_changes();
    assert_eq!(backend.calls("CreateModel"), 3);
}

#[test]
fn an_object_that_others_created_is_not_adopted() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let others = json!({
        "ModelName": workspace.name,
        "ExecutionRoleArn": "arn:aws:iam::123456789012:role/others",
        "PrimaryContainer": { "Image": "theirs" },
    });
    backend.must("CreateModel", &others);
    workspace.configure(MODEL).try_apply(&[]).expect_failure(&["CreateModel", "already exist"]);
    assert!(workspace.state().resources.is_empty());
    backend.must("DescribeModel", &json!({ "ModelName": workspace.name }));
}

#[test]
fn an_endpoint_that_fails_to_start_is_tainted_and_replaced() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let reason = "The primary container did not pass the ping health check.";
    backend.fault(&json!({ "operation": "CreateEndpoint", "kind": "fail", "reason": reason }));
    workspace.configure(&serving()).try_apply(&[]).expect_failure(&[
        &format!("Creating SageMaker endpoint `{}` failed", workspace.name),
        "Failed",
        reason,
    ]);
    let state = workspace.state();
    assert_eq!(state.tainted, [ENDPOINT.to_owned()].into());
    assert!(state.text(ENDPOINT, "arn").ends_with(&workspace.name));
    let plan = workspace.plan();
    assert_eq!(plan.action(ENDPOINT), "delete,create");
    workspace.apply_plan();
    workspace.expect_no_changes();
}

#[test]
fn an_update_that_the_service_rolls_back_fails_and_the_next_apply_tries_again() {
    let backend = Backend::local();
    let mut workspace = Workspace::applied(&backend, &serving());
    let old = workspace.state().text("sagemaker_endpoint_configuration.test", "name").to_owned();
    let reason = "Alarm errors went off.";
    backend.fault(&json!({ "operation": "UpdateEndpoint", "kind": "rollback", "reason": reason }));
    workspace.set("TF_VAR_instance_type", "ml.c5.large");
    workspace.try_apply(&[]).expect_failure(&[
        &format!("Updating SageMaker endpoint `{}` failed", workspace.name),
        "rolled",
        &old,
        reason,
    ]);
    let state = workspace.state();
    assert_eq!(state.text(ENDPOINT, "endpoint_config_name"), old, "the state says what runs");
    assert!(state.tainted.is_empty(), "an endpoint that still serves is not to be replaced");
    backend.must("DescribeEndpointConfig", &json!({ "EndpointConfigName": old }));

    let plan = workspace.plan();
    assert_eq!(plan.action(ENDPOINT), "update");
    workspace.apply_plan();
    workspace.expect_no_changes();
    let expected = workspace.state().text("sagemaker_endpoint_configuration.test", "name").to_owned();
    let endpoint = backend.must("DescribeEndpoint", &json!({ "EndpointName": workspace.name }));
    assert_eq!(endpoint["EndpointConfigName"], expected);
    backend.call("DescribeEndpointConfig", &json!({ "EndpointConfigName": old })).expect_err("the old one is gone now");
}

#[test]
fn a_deployment_of_a_component_that_the_service_rolls_back_fails() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let case = |file: &str| file_of_case("inference_component_deployed", file);
    workspace.configure(&case("base.tf")).apply();
    let reason = "Alarm errors went off.";
    backend.fault(&json!({ "operation": "UpdateInferenceComponent", "kind": "rollback", "reason": reason }));
    workspace.configure(&case("in_place.tf"));
    workspace.try_apply(&[]).expect_failure(&["specification[0].container[0].image", "test:1", reason]);
    let address = "sagemaker_inference_component.test";
    let state = workspace.state();
    let image = &state.resource(address)["specification"][0]["container"][0]["image"];
    assert!(image.as_str().is_some_and(|image| image.ends_with("test:1")), "the state says what runs: {image}");
    let plan = workspace.plan();
    assert_eq!(plan.action(address), "update");
    workspace.apply_plan();
    workspace.expect_no_changes();
}

#[test]
fn an_update_that_fails_leaves_the_endpoint_in_the_state() {
    let backend = Backend::local();
    let mut workspace = Workspace::applied(&backend, &serving());
    backend.fault(&json!({ "operation": "UpdateEndpoint", "kind": "fail", "reason": "No capacity." }));
    workspace.set("TF_VAR_instance_type", "ml.c5.large");
    workspace.try_apply(&[]).expect_failure(&["Updating SageMaker endpoint", "No capacity."]);
    assert!(workspace.state().resources.contains_key(ENDPOINT));
}

#[test]
fn a_configuration_that_an_endpoint_runs_on_is_not_deleted() {
    let backend = Backend::local();
    let workspace = Workspace::applied(&backend, &serving());
    let configuration = workspace.state().text("sagemaker_endpoint_configuration.test", "name").to_owned();
    workspace.run(&["state", "rm", ENDPOINT]).expect_success();
    workspace.try_destroy().expect_failure(&[&workspace.name, &configuration]);
    backend.must("DescribeEndpointConfig", &json!({ "EndpointConfigName": configuration }));
    assert!(workspace.state().resources.contains_key("sagemaker_endpoint_configuration.test"));
}

/// A feature group with these features, all of them texts, and whether the loss of some is agreed to.
fn feature_group(agreed: bool, features: &[&str]) -> String {
    let features: String = features
        .iter()
        .map(|name| {
            format!("  feature_definition {{\n    feature_name = {name:?}\n    feature_type = \"String\"\n  }}\n")
        })
        .collect();
    format!(
        r#"
resource "sagemaker_feature_group" "test" {{
  feature_group_name             = var.name
  record_identifier_feature_name = "id"
  event_time_feature_name        = "at"
  role_arn                       = "arn:aws:iam::123456789012:role/test"
  allow_feature_data_loss        = {agreed}
{features}
  online_store_config {{
    enable_online_store = true
  }}
}}
"#
    )
}

#[test]
fn removing_a_feature_is_refused_in_the_plan_until_the_loss_is_agreed_to() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let address = "sagemaker_feature_group.test";
    workspace.configure(&feature_group(false, &["id", "at", "extra"])).apply();
    workspace.configure(&feature_group(false, &["id", "at", "extra", "more"]));
    assert_eq!(workspace.plan().action(address), "update");
    workspace.apply_plan();
    workspace.expect_no_changes();
    workspace
        .configure(&feature_group(false, &["id", "at"]))
        .try_plan(&[])
        .expect_failure(&["extra", "allow_feature_data_loss"]);
    workspace.configure(&feature_group(true, &["id", "at"]));
    assert_eq!(workspace.plan().action(address), "delete,create");
    workspace.apply_plan();
    workspace.expect_no_changes();
}

#[test]
fn another_order_of_features_is_not_worth_a_call() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let group = |features: &[&str]| feature_group(false, features);
    workspace.configure(&group(&["id", "at", "extra"])).apply();
    workspace.configure(&group(&["extra", "at", "id"])).apply();
    workspace.expect_no_changes();
    assert_eq!(backend.calls("UpdateFeatureGroup"), 0);
}

/// The endpoint with a timeout of its own for one action.
fn with_timeout(action: &str, timeout: &str) -> String {
    serving().replace(
        "endpoint_config_name = sagemaker_endpoint_configuration.test.name\n",
        &format!(
            "endpoint_config_name = sagemaker_endpoint_configuration.test.name\n  timeouts {{\n    {action} = {timeout:?}\n  }}\n"
        ),
    )
}

#[test]
fn a_create_timeout_ends_the_wait_and_keeps_the_object() {
    let backend = Backend::local_with_latency(Duration::from_secs(600));
    let workspace = Workspace::new(&backend);
    workspace.configure(&with_timeout("create", "2s")).try_apply(&[]).expect_failure(&["2 s", "Creating", "create"]);
    assert!(workspace.state().text(ENDPOINT, "arn").ends_with(&workspace.name));
}

#[test]
fn a_delete_timeout_ends_the_wait_and_keeps_the_object() {
    let backend = Backend::local_with_latency(Duration::from_secs(8));
    let workspace = Workspace::applied(&backend, &with_timeout("delete", "1s"));
    workspace.try_destroy().expect_failure(&["1 s", "Deleting", "delete"]);
    assert!(workspace.state().resources.contains_key(ENDPOINT));
}

/// A job, which is waited for or not.
fn job(waited_for: bool) -> String {
    format!(
        r#"
resource "sagemaker_auto_ml_job_v2" "test" {{
  auto_ml_job_name    = var.name
  role_arn            = "arn:aws:iam::123456789012:role/test"
  wait_for_completion = {waited_for}

  auto_ml_job_input_data_config {{
    data_source {{
      s3_data_source {{
        s3_data_type = "S3Prefix"
        s3_uri       = "s3://data-of-tests/train/"
      }}
    }}
  }}

  auto_ml_problem_type_config {{
    tabular_job_config {{
      target_attribute_name = "left"
    }}
  }}

  output_data_config {{
    s3_output_path = "s3://data-of-tests/output/"
  }}
}}
"#
    )
}

#[test]
fn a_failed_job_is_reported_with_its_reason_and_kept_in_the_state() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let reason = "The target attribute is not in the data.";
    backend.fault(&json!({ "operation": "CreateAutoMLJobV2", "kind": "fail", "reason": reason }));
    workspace.configure(&job(true)).try_apply(&[]).expect_failure(&["Creating SageMaker AutoML job", "Failed", reason]);
    assert!(workspace.state().resources.contains_key("sagemaker_auto_ml_job_v2.test"));
}

#[test]
fn a_job_that_is_not_waited_for_runs_after_the_apply_and_is_stopped_by_the_destroy() {
    let backend = Backend::local_with_latency(Duration::from_secs(15));
    let workspace = Workspace::applied(&backend, &job(false));
    let status = |backend: &Backend| {
        let described = backend.must("DescribeAutoMLJobV2", &json!({ "AutoMLJobName": workspace.name }));
        described["AutoMLJobStatus"].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(status(&backend), "InProgress");
    workspace.plan_with(&["-refresh=false"]).expect_empty();
    workspace.destroy().expect_text(&["no longer managed"]);
    assert_eq!(status(&backend), "Stopped");
    assert_eq!(backend.calls("StopAutoMLJob"), 1);
}

#[test]
fn the_provider_block_sets_endpoint_region_and_credentials() {
    let backend = Backend::local();
    let mut workspace = Workspace::new(&backend);
    workspace
        .unset("AWS_ENDPOINT_URL_SAGEMAKER")
        .unset("AWS_REGION")
        .unset("AWS_ACCESS_KEY_ID")
        .unset("AWS_SECRET_ACCESS_KEY");
    let provider = format!(
        r#"
provider "sagemaker" {{
  region     = "eu-west-3"
  access_key = "AKIAIOSFODNN7EXAMPLE"
  secret_key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"

  endpoints {{
    sagemaker = "{}"
  }}
}}
"#,
        backend.url()
    );
    workspace.configure(&(MODEL.to_owned() + &provider)).apply();
    assert!(workspace.state().text("sagemaker_model.test", "arn").contains(":eu-west-3:"));
}

#[test]
fn a_provider_block_that_is_wrong_is_refused_where_it_stands() {
    let workspace = Workspace::offline();
    workspace.configure(&format!("provider \"sagemaker\" {{\n  retry_mode = \"eager\"\n}}\n{MODEL}"));
    workspace.try_plan(&[]).expect_failure(&["on main.tf line 2", "retry_mode", "adaptive"]);
}
