//! Notebook instances, MLflow and HyperPod clusters.

use serde_json::json;

use super::{change, named};
use crate::{
    fixtures::case,
    harness::{Backend, Workspace},
};

const NOTEBOOK: &str = "sagemaker_notebook_instance.test";

/// A notebook instance with further arguments.
fn notebook(arguments: &str) -> String {
    format!(
        r#"
resource "sagemaker_notebook_instance" "test" {{
  name          = var.name
  instance_type = "ml.t3.medium"
  role_arn      = "arn:aws:iam::123456789012:role/notebook"
{arguments}}}
"#
    )
}

// hashicorp/aws#42276.
#[test]
fn a_patch_of_mlflow_that_the_service_installs_is_no_change() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let server = r#"
resource "sagemaker_mlflow_tracking_server" "test" {
  tracking_server_name = var.name
  artifact_store_uri   = "s3://example/mlflow"
  role_arn             = "arn:aws:iam::123456789012:role/one"
  mlflow_version       = "2.13"
}
"#;
    workspace.configure(server).apply();
    workspace.expect_no_changes();
    let arn = workspace.state().text("sagemaker_mlflow_tracking_server.test", "arn").to_owned();
    backend.change_out_of_band(&arn, &json!({ "MlflowVersion": "2.13.2" }));
    workspace.plan().expect_empty();
}

// hashicorp/aws#16767.
#[test]
fn a_notebook_instance_that_has_failed_can_be_replaced_and_destroyed() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    for _ in 0..2 {
        backend.fault(&json!({ "operation": "CreateNotebookInstance", "kind": "fail", "reason": "No capacity." }));
        workspace.configure(&notebook("")).try_apply(&[]).expect_failure(&["notebook instance", "No capacity."]);
        assert!(workspace.state().tainted.contains(NOTEBOOK));
    }
    workspace.destroy();
    backend.call("DescribeNotebookInstance", &named(&workspace, "NotebookInstanceName")).expect_err("it is gone");
}

// hashicorp/aws: every change stopped an instance and started it again.
#[test]
fn a_notebook_instance_is_stopped_only_for_what_needs_it_and_started_only_if_it_ran() {
    let backend = Backend::local();
    let workspace = Workspace::applied(&backend, &notebook(""));
    change(&workspace, &notebook("  tags = { team = \"growth\" }\n"), NOTEBOOK, "update");
    assert_eq!((backend.calls("StopNotebookInstance"), backend.calls("StartNotebookInstance")), (0, 0));
    change(&workspace, &notebook("  volume_size = 10\n"), NOTEBOOK, "update");
    assert_eq!((backend.calls("StopNotebookInstance"), backend.calls("StartNotebookInstance")), (1, 1));

    backend.must("StopNotebookInstance", &named(&workspace, "NotebookInstanceName"));
    let status = |backend: &Backend| {
        let described = backend.must("DescribeNotebookInstance", &named(&workspace, "NotebookInstanceName"));
        described["NotebookInstanceStatus"].as_str().unwrap_or_default().to_owned()
    };
    backend.until("it is stopped", |backend| status(backend) == "Stopped");
    workspace.configure(&notebook("  volume_size = 20\n")).apply();
    assert_eq!(status(&backend), "Stopped", "somebody has stopped it to save money");
    workspace.expect_no_changes();
}

// hashicorp/aws#45830.
#[test]
fn another_platform_does_not_replace_a_notebook_instance() {
    let backend = Backend::local();
    let workspace = Workspace::applied(&backend, &notebook("  platform_identifier = \"notebook-al2-v2\"\n"));
    change(&workspace, &notebook("  platform_identifier = \"notebook-al2023-v1\"\n"), NOTEBOOK, "update");
}

// hashicorp/aws: a script that was no longer written stayed.
#[test]
fn a_lifecycle_script_that_is_no_longer_configured_is_removed() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let scripts = |on_create: &str| {
        format!(
            r#"
resource "sagemaker_notebook_instance_lifecycle_configuration" "test" {{
  name = var.name
{on_create}  on_start = base64encode("echo 2")
}}
"#
        )
    };
    workspace.configure(&scripts("  on_create = base64encode(\"echo 1\")\n")).apply();
    change(&workspace, &scripts(""), "sagemaker_notebook_instance_lifecycle_configuration.test", "update");
    let scripts = backend
        .must("DescribeNotebookInstanceLifecycleConfig", &named(&workspace, "NotebookInstanceLifecycleConfigName"));
    let left = scripts["OnCreate"].as_array().map_or(0, Vec::len);
    assert_eq!(left, 0, "{scripts}");
}

// hashicorp/aws: `false` was never sent.
#[test]
fn what_is_switched_off_on_a_tracking_server_is_off() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let server = case("mlflow_tracking_server");
    workspace.configure(&server).apply();
    let off = server.replace("automatic_model_registration = true", "automatic_model_registration = false");
    change(&workspace, &off, "sagemaker_mlflow_tracking_server.test", "update");
    let described = backend.must("DescribeMlflowTrackingServer", &named(&workspace, "TrackingServerName"));
    assert_eq!(described["AutomaticModelRegistration"], false);
}

// API reference, UpdateMlflowTrackingServer and UpdateMlflowApp: an update without the mode of registration resets it.
#[test]
fn an_update_of_mlflow_keeps_what_it_does_not_change() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let server = case("mlflow_tracking_server");
    workspace.configure(&server).apply();
    let larger = server.replace("\"Small\"", "\"Large\"");
    change(&workspace, &larger, "sagemaker_mlflow_tracking_server.test", "update");
    let described = backend.must("DescribeMlflowTrackingServer", &named(&workspace, "TrackingServerName"));
    assert_eq!(described["AutomaticModelRegistration"], true);

    let workspace = Workspace::new(&backend);
    let app = case("mlflow_app").replace("  model_registration_mode = \"AutoModelRegistrationEnabled\"\n", "");
    workspace.configure(&app).apply();
    change(&workspace, &app.replace("s3://example/one", "s3://example/two"), "sagemaker_mlflow_app.test", "update");
    let arn = workspace.state().text("sagemaker_mlflow_app.test", "arn").to_owned();
    let described = backend.must("DescribeMlflowApp", &json!({ "Arn": arn }));
    assert_eq!(described["ModelRegistrationMode"], "AutoModelRegistrationDisabled");
    workspace.expect_no_changes();
}

// hashicorp/aws: of a server or an app that could not be created or updated, the state that it ended in was not reported. The
// service has no words for the reason.
#[test]
fn a_failed_create_or_update_of_mlflow_is_reported_and_kept_in_the_state() {
    let backend = Backend::local();
    for (kind, operation) in [("mlflow_app", "MlflowApp"), ("mlflow_tracking_server", "MlflowTrackingServer")] {
        let workspace = Workspace::new(&backend);
        let address = format!("sagemaker_{kind}.test");
        let fail = |call: &str| backend.fault(&json!({ "operation": format!("{call}{operation}"), "kind": "fail" }));
        fail("Create");
        workspace.configure(&case(kind)).try_apply(&[]).expect_failure(&["Creating SageMaker MLflow", "CreateFailed"]);
        assert!(workspace.state().tainted.contains(&address));
        workspace.apply();
        fail("Update");
        let changed = case(kind).replace("s3://example/", "s3://other/");
        workspace.configure(&changed).try_apply(&[]).expect_failure(&["Updating SageMaker MLflow", "UpdateFailed"]);
        assert!(workspace.state().tainted.is_empty());
        workspace.destroy();
    }
}

// hashicorp/terraform-provider-awscc#3110, #3025.
#[test]
fn the_order_of_the_instance_groups_of_a_cluster_is_not_a_change() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let cluster = case("cluster");
    workspace.configure(&cluster).apply();
    let at = |text: &str, from: usize| from + cluster[from..].find(text).expect("the case has two groups");
    let first = at("  instance_groups {", 0);
    let second = at("  instance_groups {", first + 1);
    let end = at("  tags = ", second);
    let swapped = [&cluster[..first], &cluster[second..end], &cluster[first..second], &cluster[end..]].concat();
    workspace.configure(&swapped).apply();
    workspace.expect_no_changes();
    let mut groups = backend.must("DescribeCluster", &named(&workspace, "ClusterName"))["InstanceGroups"].clone();
    groups.as_array_mut().expect("a list of groups").reverse();
    let arn = workspace.state().text("sagemaker_cluster.test", "arn").to_owned();
    for _ in 0..2 {
        backend.change_out_of_band(&arn, &json!({ "InstanceGroups": groups }));
        workspace.plan().expect_empty();
        groups.as_array_mut().expect("a list of groups").reverse();
    }
    assert_eq!(backend.calls("UpdateCluster"), 0);
}

// hashicorp/aws took every ValidationException for "it is gone", and forgot the scripts.
#[test]
fn scripts_of_notebooks_that_cannot_be_read_are_not_forgotten() {
    let backend = Backend::local();
    let workspace = Workspace::applied(&backend, &case("notebook_instance_lifecycle_configuration"));
    for operation in ["DescribeNotebookInstanceLifecycleConfig", "DeleteNotebookInstanceLifecycleConfig"] {
        backend.refuse(operation, "ValidationException", "It cannot be read just now.");
        let run = workspace.try_destroy();
        run.expect_failure(&[operation, "cannot be read just now"]);
        assert_eq!(workspace.state().resources.len(), 1, "still in the state\n{run}");
    }
    workspace.destroy();
}
