//! What has hurt users of other providers, told as they told it; the numbers are those of their reports. Each of these
//! tests fails on the painful behaviour. Others of that kind stand where they belong by their subject: docs/guarantees.md
//! lists all of them.

use std::time::Duration;

use serde_json::{Value as Json, json};

use crate::{
    fixtures::{ENDPOINT, MODEL, serving},
    harness::{Backend, Workspace},
};

const LIVE: &str = "sagemaker_endpoint.test";
const CONFIGURATION: &str = "sagemaker_endpoint_configuration.test";

fn named(workspace: &Workspace, member: &str) -> Json {
    json!({ member: workspace.name })
}

/// A domain with further arguments, blocks and resources.
fn domain(arguments: &str, resources: &str) -> String {
    format!(
        r#"
resource "sagemaker_domain" "test" {{
  domain_name = var.name
  auth_mode   = "IAM"
  vpc_id      = "vpc-1"
  subnet_ids  = ["subnet-1"]

  default_user_settings {{
    execution_role = "arn:aws:iam::123456789012:role/studio"
  }}
{arguments}
}}
{resources}
"#
    )
}

/// A second configuration behind Terraform's back, for updates that Terraform does not know of.
fn other_configuration(backend: &Backend, workspace: &Workspace) -> String {
    let name = format!("{}-other", workspace.name);
    let variant = json!({
        "VariantName": "main",
        "ModelName": workspace.name,
        "InstanceType": "ml.c5.large",
        "InitialInstanceCount": 1,
    });
    backend.must("CreateEndpointConfig", &json!({ "EndpointConfigName": name, "ProductionVariants": [variant] }));
    name
}

/// An endpoint of one instance that something else has given five.
fn scaled_to_five(backend: &Backend) -> Workspace {
    let workspace = Workspace::new(backend);
    workspace.configure(&serving()).apply();
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

// hashicorp/aws#39152.
#[test]
fn an_endpoint_that_is_being_updated_can_be_destroyed() {
    let backend = Backend::local_with_latency(Duration::from_secs(4));
    let workspace = Workspace::new(&backend);
    workspace.configure(&serving()).apply();
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
    workspace.expect_settled();
    assert_eq!(count_of(&backend, &workspace), 5);
}

// The same: who writes another count means it.
#[test]
fn a_count_that_is_written_anew_is_what_the_endpoint_gets() {
    let backend = Backend::local();
    let workspace = scaled_to_five(&backend);
    workspace.configure(&serving().replace("initial_instance_count = 1", "initial_instance_count = 3")).apply();
    assert_eq!(count_of(&backend, &workspace), 3);
}

// An inference component that Studio or JumpStart has made, which Terraform knows nothing of.
#[test]
fn an_inference_component_that_stands_in_the_way_of_a_delete_is_named() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    workspace.configure(&serving()).apply();
    let component = format!("{}-hidden", workspace.name);
    let input = json!({
        "InferenceComponentName": component,
        "EndpointName": workspace.name,
        "VariantName": "main",
        "Specification": { "ModelName": workspace.name, "ComputeResourceRequirements": { "MinMemoryRequiredInMb": 128 } },
        "RuntimeConfig": { "CopyCount": 1 },
    });
    backend.must("CreateInferenceComponent", &input);
    workspace.run(&["destroy", "-no-color", "-auto-approve"]).expect_failure(&["DeleteEndpoint", "nference component"]);
    assert!(workspace.state().resources.contains_key(LIVE), "still in the state");
    backend.must("DeleteInferenceComponent", &json!({ "InferenceComponentName": component }));
    workspace.destroy();
}

// hashicorp/aws#43643.
#[test]
fn weights_that_are_no_whole_numbers_settle() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let weighted =
        serving().replace("initial_instance_count = 1", "initial_instance_count = 1\n    initial_variant_weight = 0.1");
    workspace.configure(&weighted).apply();
    workspace.expect_settled();
}

// hashicorp/aws#45528, #40600, #48778.
#[test]
fn a_domain_moves_into_its_vpc_and_to_other_subnets_without_being_replaced() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    workspace.configure(&domain("", "")).apply();
    workspace.configure(&domain("  app_network_access_type = \"VpcOnly\"\n", ""));
    assert_eq!(workspace.plan().action("sagemaker_domain.test"), "update");
    workspace.apply_plan();
    workspace.expect_settled();
    workspace.configure(
        &domain("  app_network_access_type = \"VpcOnly\"\n", "")
            .replace("[\"subnet-1\"]", "[\"subnet-1\", \"subnet-2\"]"),
    );
    assert_eq!(workspace.plan().action("sagemaker_domain.test"), "update");
    workspace.apply_plan();
    workspace.expect_settled();
}

// hashicorp/aws#31912.
#[test]
fn an_update_of_a_domain_that_is_refused_fails_the_apply() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    workspace.configure(&domain("", "")).apply();
    let refusal = json!({
        "operation": "UpdateDomain",
        "kind": "error",
        "code": "ValidationException",
        "message": "Cannot update the domain while apps are in service.",
    });
    backend.fault(&refusal);
    workspace.configure(&domain("  app_network_access_type = \"VpcOnly\"\n", ""));
    // aws/aws-sdk#367: which apps, the service says; its words reach the user.
    workspace.try_apply(&[]).expect_failure(&["UpdateDomain", "while apps are in service"]);
    assert_eq!(workspace.plan().action("sagemaker_domain.test"), "update", "it is still to be done");
}

// hashicorp/aws#25266, #37461, #35382, #38370.
#[test]
fn settings_that_the_service_fills_in_are_no_drift() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let spec = "    jupyter_server_app_settings {\n      default_resource_spec {\n        instance_type = \"system\"\n      }\n    }\n  }\n";
    workspace.configure(&domain("", "").replacen("studio\"\n  }\n", &format!("studio\"\n{spec}"), 1)).apply();
    workspace.expect_settled();
    let arn = workspace.state().text("sagemaker_domain.test", "arn").to_owned();
    let image = "arn:aws:sagemaker:us-east-1:081325390199:image/jupyter-server-3";
    let settings = json!({
        "ExecutionRole": "arn:aws:iam::123456789012:role/studio",
        "JupyterServerAppSettings": { "DefaultResourceSpec": { "InstanceType": "system", "SageMakerImageArn": image } },
    });
    backend.tamper(&arn, &json!({ "DefaultUserSettings": settings }));
    workspace.plan().expect_empty();
}

// hashicorp/aws#34418.
#[test]
fn a_user_profile_needs_no_settings_and_can_get_some() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let profile = |settings: &str| {
        domain(
            "",
            &format!(
                "resource \"sagemaker_user_profile\" \"test\" {{\n  domain_id = sagemaker_domain.test.id\n  user_profile_name = var.name\n{settings}}}\n"
            ),
        )
    };
    workspace.configure(&profile("")).apply();
    workspace.expect_settled();
    let settings = "  user_settings {\n    execution_role = \"arn:aws:iam::123456789012:role/other\"\n  }\n";
    workspace.configure(&profile(settings));
    assert_eq!(workspace.plan().action("sagemaker_user_profile.test"), "update");
    workspace.apply_plan();
    workspace.expect_settled();
}

// hashicorp/aws#28535.
#[test]
fn an_app_that_has_failed_stays_in_the_state_and_is_replaced() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let app = r#"
resource "sagemaker_user_profile" "test" {
  domain_id         = sagemaker_domain.test.id
  user_profile_name = var.name
}

resource "sagemaker_app" "test" {
  domain_id         = sagemaker_domain.test.id
  user_profile_name = sagemaker_user_profile.test.user_profile_name
  app_type          = "JupyterServer"
  app_name          = "default"
}
"#;
    backend.fault(&json!({ "operation": "CreateApp", "kind": "fail", "reason": "No capacity." }));
    workspace.configure(&domain("", app)).try_apply(&[]).expect_failure(&["Creating SageMaker app", "No capacity."]);
    assert!(workspace.state().tainted.contains("sagemaker_app.test"));
    workspace.apply();
    workspace.expect_settled();
}

// hashicorp/aws#38259.
#[test]
fn a_pipeline_takes_a_definition_that_lies_elsewhere_in_s3() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let pipeline = |key: &str| {
        format!(
            r#"
resource "sagemaker_pipeline" "test" {{
  pipeline_name         = var.name
  pipeline_display_name = var.name
  role_arn              = "arn:aws:iam::123456789012:role/tests"

  pipeline_definition_s3_location {{
    bucket     = "pipelines-of-tests"
    object_key = {key:?}
  }}
}}
"#
        )
    };
    workspace.configure(&pipeline("one.json")).apply();
    workspace.expect_settled();
    workspace.configure(&pipeline("two.json"));
    assert_eq!(workspace.plan().action("sagemaker_pipeline.test"), "update");
    workspace.apply_plan();
    workspace.expect_settled();
    assert_eq!(backend.calls("UpdatePipeline"), 1);
}

#[test]
fn the_aliases_of_a_pipeline_stay_where_they_are_when_its_new_definition_is_refused() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let pipeline = |words: &str| {
        format!(
            r#"
resource "sagemaker_pipeline" "test" {{
  pipeline_name            = var.name
  role_arn                 = "arn:aws:iam::123456789012:role/tests"
  pipeline_version_aliases = ["live"]
  pipeline_definition      = jsonencode({{
    Version = "2020-12-01"
    Steps   = [{{ Name = "Stop", Type = "Fail", Arguments = {{ ErrorMessage = {words:?} }} }}]
  }})
}}
"#
        )
    };
    let aliases = |backend: &Backend| {
        let versions = backend.must("ListPipelineVersions", &named(&workspace, "PipelineName"));
        let of = |version: &Json| version["PipelineVersionAliases"].clone();
        versions["PipelineVersionSummaries"].as_array().expect("a list").iter().map(of).collect::<Vec<_>>()
    };
    workspace.configure(&pipeline("first")).apply();
    let refusal =
        json!({ "operation": "UpdatePipeline", "kind": "error", "code": "ValidationException", "message": "No." });
    backend.fault(&refusal);
    workspace.configure(&pipeline("second")).try_apply(&[]).expect_failure(&["UpdatePipeline", "No."]);
    assert_eq!(aliases(&backend), [json!(["live"])]);
    workspace.apply();
    workspace.expect_settled();
    let live = aliases(&backend).into_iter().filter(|aliases| *aliases == json!(["live"])).count();
    assert_eq!(live, 1, "{:?}", aliases(&backend));
}

// hashicorp/aws#40597, #42605.
#[test]
fn versions_of_one_image_that_are_made_at_once_are_not_mixed_up() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let versions = |count: usize| {
        format!(
            r#"
resource "sagemaker_image" "test" {{
  image_name = var.name
  role_arn   = "arn:aws:iam::123456789012:role/images"
}}

resource "sagemaker_image_version" "test" {{
  count      = {count}
  image_name = sagemaker_image.test.image_name
  base_image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/tools:${{count.index}}"
}}
"#
        )
    };
    workspace.configure(&versions(4)).apply();
    workspace.expect_settled();
    let state = workspace.state();
    for place in 0..4 {
        let values = state.resource(&format!("sagemaker_image_version.test[{place}]")).clone();
        let described =
            backend.must("DescribeImageVersion", &json!({ "ImageName": workspace.name, "Version": values["version"] }));
        assert_eq!(described["BaseImage"], values["base_image"], "{values}");
    }
    workspace.configure(&versions(3)).apply();
    workspace.expect_settled();
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
    workspace.expect_settled();
    let arn = workspace.state().text("sagemaker_mlflow_tracking_server.test", "arn").to_owned();
    backend.tamper(&arn, &json!({ "MlflowVersion": "2.13.2" }));
    workspace.plan().expect_empty();
}

// hashicorp/aws#16767.
#[test]
fn a_notebook_instance_that_has_failed_can_be_replaced_and_destroyed() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let notebook = r#"
resource "sagemaker_notebook_instance" "test" {
  name          = var.name
  instance_type = "ml.t3.medium"
  role_arn      = "arn:aws:iam::123456789012:role/notebook"
}
"#;
    for _ in 0..2 {
        backend.fault(&json!({ "operation": "CreateNotebookInstance", "kind": "fail", "reason": "No capacity." }));
        workspace.configure(notebook).try_apply(&[]).expect_failure(&["notebook instance", "No capacity."]);
        assert!(workspace.state().tainted.contains("sagemaker_notebook_instance.test"));
    }
    workspace.destroy();
    backend.call("DescribeNotebookInstance", &named(&workspace, "NotebookInstanceName")).expect_err("it is gone");
}

// hashicorp/aws#40065, #21633.
#[test]
fn tags_that_are_not_known_before_the_apply_are_applied_as_planned() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let tagged = MODEL.replace(
        "\n  primary_container",
        "\n  tags = {\n    made = terraform_data.made.output\n  }\n\n  primary_container",
    );
    workspace
        .configure(&format!("resource \"terraform_data\" \"made\" {{\n  input = \"by-test\"\n}}\n{tagged}"))
        .apply();
    workspace.expect_settled();
    let state = workspace.state();
    assert_eq!(state.resource("sagemaker_model.test")["tags_all"], json!({ "made": "by-test" }));
}

// hashicorp/aws#40048: create_before_destroy deletes the old configuration before the update has ended.
#[test]
fn the_old_configuration_goes_only_when_the_endpoint_has_left_it() {
    let backend = Backend::local_with_latency(Duration::from_secs(2));
    let mut workspace = Workspace::new(&backend);
    workspace.configure(&serving()).apply();
    let old = workspace.state().text(CONFIGURATION, "name").to_owned();
    workspace.set("TF_VAR_instance_type", "ml.c5.large").apply();
    let endpoint = backend.must("DescribeEndpoint", &named(&workspace, "EndpointName"));
    assert_eq!(endpoint["EndpointStatus"], "InService");
    backend.call("DescribeEndpointConfig", &json!({ "EndpointConfigName": old })).expect_err("it is gone by now");
    workspace.expect_settled();
}
