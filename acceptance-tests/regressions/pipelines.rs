//! Pipelines and other documents in JSON.

use serde_json::{Value as Json, json};

use super::{change, named};
use crate::{
    fixtures::case,
    harness::{Backend, Workspace},
};

const PIPELINE: &str = "sagemaker_pipeline.test";

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
    workspace.expect_no_changes();
    change(&workspace, &pipeline("two.json"), PIPELINE, "update");
    assert_eq!(backend.calls("UpdatePipeline"), 1);
    // Versions distinguish what is stored under the same name.
    let version = pipeline("two.json").replace("two.json\"\n", "two.json\"\n    version_id = \"2\"\n");
    change(&workspace, &version, PIPELINE, "update");
    assert_eq!(backend.calls("UpdatePipeline"), 2);
    // Afterwards the service has the document, and no location that an update would have to clear.
    let (above, _) = version.split_once("  pipeline_definition_s3_location").expect("a location");
    let document =
        r#"pipeline_definition = jsonencode({ Version = "2020-12-01", Metadata = { Of = "here" }, Steps = [] })"#;
    change(&workspace, &format!("{above}  {document}\n}}\n"), PIPELINE, "update");
    assert_eq!(backend.calls("UpdatePipeline"), 3);
    change(&workspace, &version, PIPELINE, "update");
    assert_eq!(backend.calls("UpdatePipeline"), 4);
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
    workspace.expect_no_changes();
    let live = aliases(&backend).into_iter().filter(|aliases| *aliases == json!(["live"])).count();
    assert_eq!(live, 1, "{:?}", aliases(&backend));
}

// aws-controllers-k8s/sagemaker-controller#360; hashicorp/aws compared letter by letter.
#[test]
fn an_equivalent_json_document_is_not_a_change() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let written = |definition: &str, content: &str| {
        format!(
            r#"
resource "sagemaker_pipeline" "test" {{
  pipeline_name         = var.name
  pipeline_display_name = var.name
  role_arn              = "arn:aws:iam::123456789012:role/tests"
  pipeline_definition   = <<-EOT
    {definition}
  EOT
}}

resource "sagemaker_model_card" "test" {{
  model_card_name   = var.name
  model_card_status = "Draft"
  content           = <<-EOT
    {content}
  EOT
}}
"#
        )
    };
    let first = written(
        r#"{"Version":"2020-12-01","Steps":[{"Name":"Stop","Type":"Fail","Arguments":{"ErrorMessage":"No."}}]}"#,
        r#"{"model_overview":{"model_description":"First","model_owner":"growth"}}"#,
    );
    workspace.configure(&first).apply();
    workspace.expect_no_changes();
    let again = written(
        r#"{ "Steps": [ { "Type": "Fail", "Name": "Stop", "Arguments": { "ErrorMessage": "No." } } ], "Version": "2020-12-01" }"#,
        r#"{ "model_overview": { "model_owner": "growth", "model_description": "First" } }"#,
    );
    workspace.configure(&again).plan().expect_empty();
    // The service may return it in yet another order.
    let arn = workspace.state().text(PIPELINE, "arn").to_owned();
    let returned =
        r#"{"Steps":[{"Arguments":{"ErrorMessage":"No."},"Name":"Stop","Type":"Fail"}],"Version":"2020-12-01"}"#;
    backend.change_out_of_band(&arn, &json!({ "PipelineDefinition": returned }));
    workspace.plan().expect_empty();
    change(&workspace, &again.replace("No.", "Yes."), PIPELINE, "update");
}

// API reference, UpdateProject: without the version of the product, an update moves the project to the latest one.
#[test]
fn a_project_keeps_the_version_of_its_product() {
    let backend = Backend::local();
    let workspace = Workspace::applied(&backend, &case("project"));
    let version = |workspace: &Workspace| {
        let state = workspace.state();
        let details = &state.resource("sagemaker_project.test")["service_catalog_provisioning_details"][0];
        details["provisioning_artifact_id"].as_str().expect("a version").to_owned()
    };
    let before = version(&workspace);
    let parameter =
        "    provisioning_parameter {\n      key   = \"Branch\"\n      value = \"main\"\n    }\n  }\n\n  tags";
    workspace.configure(&case("project").replace("  }\n\n  tags", parameter)).apply();
    assert_eq!(version(&workspace), before);
    workspace.expect_no_changes();
}

// hashicorp/aws: a project that could not be created had to be cleaned up by hand.
#[test]
fn a_project_that_failed_to_be_created_is_replaced_by_the_next_apply() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    backend.fault(&json!({ "operation": "CreateProject", "kind": "fail", "reason": "The stack was rolled back." }));
    workspace
        .configure(&case("project"))
        .try_apply(&[])
        .expect_failure(&["Creating SageMaker project", "CreateFailed"]);
    assert!(workspace.state().tainted.contains("sagemaker_project.test"));
    workspace.apply();
    workspace.expect_no_changes();
}
