//! Endpoints and their configurations.

use std::time::Duration;

use serde_json::{Value as Json, json};

use super::{change, named};
use crate::{
    fixtures::{ENDPOINT, case, other_configuration, serving},
    harness::{Backend, Workspace},
};

const LIVE: &str = "sagemaker_endpoint.test";
const CONFIGURATION: &str = "sagemaker_endpoint_configuration.test";

/// An endpoint of one instance that something else has given five.
fn scaled_to_five(backend: &Backend) -> Workspace {
    let workspace = Workspace::applied(backend, &serving());
    let scaled = json!([{ "VariantName": "main", "DesiredInstanceCount": 5 }]);
    let input = json!({ "EndpointName": workspace.name, "DesiredWeightsAndCapacities": scaled });
    backend.must("UpdateEndpointWeightsAndCapacities", &input);
    let endpoint = named(&workspace, "EndpointName");
    backend
        .until("it is scaled", |backend| backend.must("DescribeEndpoint", &endpoint)["EndpointStatus"] == "InService");
    workspace
}

fn count_of(backend: &Backend, workspace: &Workspace) -> Json {
    let endpoint = backend.must("DescribeEndpoint", &named(workspace, "EndpointName"));
    endpoint["ProductionVariants"][0]["DesiredInstanceCount"].clone()
}

/// The usual endpoint with further arguments.
fn serving_with(arguments: &str) -> String {
    serving().replace(ENDPOINT, &ENDPOINT.replace("test.name\n}", &format!("test.name\n{arguments}}}")))
}

// hashicorp/aws#39152.
#[test]
fn an_endpoint_that_is_being_updated_can_be_destroyed() {
    let backend = Backend::local_with_latency(Duration::from_secs(4));
    let workspace = Workspace::applied(&backend, &serving());
    let other = other_configuration(&backend, &workspace);
    backend.must("UpdateEndpoint", &json!({ "EndpointName": workspace.name, "EndpointConfigName": other }));
    workspace.destroy();
    backend.call("DescribeEndpoint", &named(&workspace, "EndpointName")).expect_err("it is gone");
}

// hashicorp/aws#40080.
#[test]
fn an_endpoint_that_is_still_being_created_can_be_destroyed() {
    let backend = Backend::local_with_latency(Duration::from_secs(8));
    let workspace = Workspace::new(&backend);
    let impatient = ENDPOINT.replace("test.name\n}", "test.name\n  timeouts {\n    create = \"1s\"\n  }\n}");
    workspace.configure(&serving().replace(ENDPOINT, &impatient)).try_apply(&[]).expect_failure(&["Creating"]);
    workspace.destroy();
    backend.call("DescribeEndpoint", &named(&workspace, "EndpointName")).expect_err("it is gone");
}

// hashicorp/aws#14337.
#[test]
fn counts_that_autoscaling_has_set_are_no_drift_and_survive_an_update() {
    let backend = Backend::local();
    let workspace = scaled_to_five(&backend);
    workspace.plan().expect_empty();

    let weighted =
        serving().replace("initial_instance_count", "initial_variant_weight = 2\n    initial_instance_count");
    workspace.configure(&weighted);
    workspace.apply();
    workspace.expect_no_changes();
    assert_eq!(count_of(&backend, &workspace), 5);
}

// The same: who writes another count means it.
#[test]
fn a_changed_instance_count_is_applied_to_the_endpoint() {
    let backend = Backend::local();
    let workspace = scaled_to_five(&backend);
    workspace.configure(&serving().replace("initial_instance_count = 1", "initial_instance_count = 3")).apply();
    assert_eq!(count_of(&backend, &workspace), 3);
}

// An inference component that Studio or JumpStart has created, which Terraform knows nothing of.
#[test]
fn an_inference_component_that_blocks_a_delete_is_named() {
    let backend = Backend::local();
    let workspace = Workspace::applied(&backend, &serving());
    let component = format!("{}-hidden", workspace.name);
    let input = json!({
        "InferenceComponentName": component,
        "EndpointName": workspace.name,
        "VariantName": "main",
        "Specification": { "ModelName": workspace.name, "ComputeResourceRequirements": { "MinMemoryRequiredInMb": 128 } },
        "RuntimeConfig": { "CopyCount": 1 },
    });
    backend.must("CreateInferenceComponent", &input);
    workspace.try_destroy().expect_failure(&["DeleteEndpoint", "nference component"]);
    assert!(workspace.state().resources.contains_key(LIVE), "still in the state");
    backend.must("DeleteInferenceComponent", &json!({ "InferenceComponentName": component }));
    workspace.destroy();
}

// hashicorp/aws#48894: an adapter shows the requirements of its base component.
#[test]
fn an_adapter_has_the_variant_and_the_requirements_of_its_base_component() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let adapter = r#"
resource "sagemaker_inference_component" "adapter" {
  inference_component_name = "${var.name}-adapter"
  endpoint_name            = sagemaker_endpoint.test.name

  specification {
    base_inference_component_name = sagemaker_inference_component.test.inference_component_name

    container {
      artifact_url = "s3://example-models/adapter.tar.gz"
    }
  }
}
"#;
    workspace.configure(&format!("{}{adapter}", case("inference_component"))).apply();
    workspace.expect_no_changes();
    let state = workspace.state();
    assert_eq!(state.text("sagemaker_inference_component.adapter", "variant_name"), "main");
    workspace.destroy();
}

// hashicorp/aws#43643.
#[test]
fn fractional_weights_show_no_drift() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let weighted =
        serving().replace("initial_instance_count = 1", "initial_instance_count = 1\n    initial_variant_weight = 0.1");
    workspace.configure(&weighted).apply();
    workspace.expect_no_changes();
}

// hashicorp/aws#40048: create_before_destroy deletes the old configuration before the update has ended.
#[test]
fn the_old_configuration_is_deleted_only_after_the_endpoint_has_left_it() {
    let backend = Backend::local_with_latency(Duration::from_secs(2));
    let mut workspace = Workspace::applied(&backend, &serving());
    let old = workspace.state().text(CONFIGURATION, "name").to_owned();
    workspace.set("TF_VAR_instance_type", "ml.c5.large").apply();
    let endpoint = backend.must("DescribeEndpoint", &named(&workspace, "EndpointName"));
    assert_eq!(endpoint["EndpointStatus"], "InService");
    backend.call("DescribeEndpointConfig", &json!({ "EndpointConfigName": old })).expect_err("it is gone by now");
    workspace.expect_no_changes();
}

// hashicorp/aws: a new block of alarms replaced the endpoint.
#[test]
fn other_rollback_alarms_do_not_replace_the_endpoint() {
    let backend = Backend::local();
    let mut workspace = Workspace::new(&backend);
    let guarded = |alarm: &str| {
        serving_with(&format!(
            r#"
  deployment_config {{
    blue_green_update_policy {{
      traffic_routing_configuration {{
        type                     = "ALL_AT_ONCE"
        wait_interval_in_seconds = 60
      }}
    }}

    auto_rollback_configuration {{
      alarms {{
        alarm_name = {alarm:?}
      }}
    }}
  }}
"#
        ))
    };
    workspace.configure(&guarded("errors")).apply();
    workspace.expect_no_changes();
    change(&workspace, &guarded("latency"), LIVE, "update");
    assert_eq!(backend.calls("UpdateEndpoint"), 0, "there is nothing to deploy");

    workspace.set("TF_VAR_instance_type", "ml.c5.large").apply();
    let endpoint = backend.must("DescribeEndpoint", &named(&workspace, "EndpointName"));
    let alarms = &endpoint["LastDeploymentConfig"]["AutoRollbackConfiguration"]["Alarms"];
    assert_eq!(*alarms, json!([{ "AlarmName": "latency" }]), "the next deployment has them");
    change(&workspace, &serving(), LIVE, "update");
    assert_eq!(backend.calls("UpdateEndpoint"), 1);
}

// hashicorp/aws#21633, #44293: a nil that nobody had thought of ended the plugin.
#[test]
fn an_asynchronous_endpoint_needs_no_notifications() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let with = case("endpoint_configuration_async");
    let at = with.find("      notification_config {").expect("the case has notifications");
    let without = format!("{}    }}\n  }}\n}}\n", &with[..at]);
    workspace.configure(&without).apply();
    workspace.expect_no_changes();
    let empty = format!("{}      notification_config {{}}\n    }}\n  }}\n}}\n", &with[..at]);
    workspace.configure(&empty).apply();
    workspace.expect_no_changes();
    change(&workspace, &with, CONFIGURATION, "delete,create");
}

// hashicorp/aws#14337: the words are the service's.
#[test]
fn a_variant_registered_with_autoscaling_is_changed_once_it_is_deregistered() {
    let backend = Backend::local();
    let mut workspace = Workspace::applied(&backend, &serving());
    let old = workspace.state().text(CONFIGURATION, "name").to_owned();
    let words = "must be deregistered as scalable targets with AWS Auto Scaling before they can be removed or have their \
                 instance type updated.";
    backend.refuse("UpdateEndpoint", "ValidationException", &format!("The variant(s) \"main\" {words}"));
    workspace.set("TF_VAR_instance_type", "ml.c5.large");
    workspace.try_apply(&[]).expect_failure(&["UpdateEndpoint", "ValidationException", words]);
    let state = workspace.state();
    assert_eq!(state.text(LIVE, "endpoint_config_name"), old, "the state says what runs");
    assert_eq!(backend.calls("UpdateEndpoint"), 1, "what does not pass is not tried again");
    backend.must("DescribeEndpointConfig", &json!({ "EndpointConfigName": old }));
    workspace.apply();
    workspace.expect_no_changes();
    backend.call("DescribeEndpointConfig", &json!({ "EndpointConfigName": old })).expect_err("the old one is gone now");
}

// hashicorp/aws#39040.
#[test]
fn the_update_timeout_can_be_set_and_the_next_apply_waits_on() {
    let backend = Backend::local_with_latency(Duration::from_secs(4));
    let mut workspace = Workspace::applied(&backend, &serving_with("  timeouts {\n    update = \"1s\"\n  }\n"));
    workspace.set("TF_VAR_instance_type", "ml.c5.large");
    workspace.try_apply(&[]).expect_failure(&["1 s", "Updating", "update"]);
    assert!(workspace.state().tainted.is_empty(), "an endpoint that is being updated is not to be replaced");
    workspace.configure(&serving()).apply();
    workspace.expect_no_changes();
    let expected = workspace.state().text(CONFIGURATION, "name").to_owned();
    let endpoint = backend.must("DescribeEndpoint", &named(&workspace, "EndpointName"));
    assert_eq!(endpoint["EndpointConfigName"], expected);
}

// hashicorp/aws#48997, hashicorp/terraform#31635: what an apply that failed has left behind is on Terraform's list of
// objects to delete.
#[test]
fn a_configuration_left_over_from_a_rollback_is_kept_while_the_endpoint_uses_it() {
    let backend = Backend::local();
    let mut workspace = Workspace::applied(&backend, &serving());
    let old = workspace.state().text(CONFIGURATION, "name").to_owned();
    for instance_type in ["ml.c5.large", "ml.c5.xlarge"] {
        let reason = "Alarm errors went off.";
        backend.fault(&json!({ "operation": "UpdateEndpoint", "kind": "rollback", "reason": reason }));
        workspace.set("TF_VAR_instance_type", instance_type);
        workspace.try_apply(&[]).expect_failure(&["rolled", &old, reason]);
        let endpoint = backend.must("DescribeEndpoint", &named(&workspace, "EndpointName"));
        assert_eq!(endpoint["EndpointConfigName"], old);
        backend.must("DescribeEndpointConfig", &json!({ "EndpointConfigName": old }));
    }
    workspace.apply();
    workspace.expect_no_changes();
    let left = backend.must("ListEndpointConfigs", &json!({}));
    assert_eq!(left["EndpointConfigs"].as_array().map(Vec::len), Some(1), "nothing is left over: {left}");
}

// hashicorp/aws#39152: every ValidationException was taken for "it is gone".
#[test]
fn an_endpoint_that_cannot_be_deleted_for_another_reason_stays_in_the_state() {
    let backend = Backend::local();
    let workspace = Workspace::applied(&backend, &serving());
    backend.refuse("DeleteEndpoint", "ValidationException", "Cannot delete an endpoint with a shadow test.");
    workspace.try_destroy().expect_failure(&["DeleteEndpoint", "with a shadow test"]);
    assert!(workspace.state().resources.contains_key(LIVE));
    workspace.destroy();
}

// hashicorp/aws#40080: one that had failed was in the account, but not in the state; hashicorp/aws#32734, #8713: and where
// to read why was not said.
#[test]
fn a_failed_endpoint_names_its_logs_and_can_be_destroyed_and_created_again() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    for _ in 0..2 {
        backend.fault(&json!({ "operation": "CreateEndpoint", "kind": "fail", "reason": "No capacity." }));
        let logs = format!("/aws/sagemaker/Endpoints/{}", workspace.name);
        workspace.configure(&serving()).try_apply(&[]).expect_failure(&["No capacity.", &logs]);
        workspace.destroy();
    }
    backend.call("DescribeEndpoint", &named(&workspace, "EndpointName")).expect_err("it is gone");
}

// hashicorp/aws#21811: a configuration of a fixed name cannot have a sibling, which is reported with what to do about it.
#[test]
fn a_configuration_with_a_fixed_name_is_not_deleted_while_an_endpoint_uses_it() {
    let backend = Backend::local();
    let mut workspace = Workspace::new(&backend);
    let fixed = serving()
        .replace("name_prefix = \"${var.name}-\"", "name = var.name")
        .replace("\n  lifecycle {\n    create_before_destroy = true\n  }\n", "");
    workspace.configure(&fixed).apply();
    workspace.set("TF_VAR_instance_type", "ml.c5.large");
    workspace.try_apply(&[]).expect_failure(&["is in use", "create_before_destroy"]);
    backend.must("DescribeEndpointConfig", &named(&workspace, "EndpointConfigName"));
}
