//! What users read about a configuration before anything is called.

use std::fs;

use serde_json::{Value as Json, json};

use crate::{
    fixtures::{MODEL, serving},
    harness::{Backend, Workspace},
};

/// The diagnostics of a configuration, as `severity line: summary detail`.
fn diagnostics(configuration: &str) -> Vec<String> {
    let workspace = Workspace::offline();
    workspace.configure(configuration);
    workspace.diagnostics().iter().filter(|diagnostic| !is_about_overrides(diagnostic)).map(one_line).collect()
}

/// The one diagnostic of a configuration.
#[track_caller]
fn diagnostic(configuration: &str) -> String {
    let all = diagnostics(configuration);
    match &all[..] {
        [only] => only.clone(),
        _ => panic!("one diagnostic was expected of\n{configuration}\nbut there are\n{}", all.join("\n")),
    }
}

/// The harness runs the provider as its developers do, and Terraform warns about that.
pub(crate) fn is_about_overrides(diagnostic: &Json) -> bool {
    diagnostic["summary"] == "Provider development overrides are in effect"
}

fn one_line(diagnostic: &Json) -> String {
    let text = |name: &str| diagnostic[name].as_str().unwrap_or_default();
    let line = &diagnostic["range"]["start"]["line"];
    let words: Vec<&str> = text("detail").split_whitespace().collect();
    format!("{} {line}: {}: {}", text("severity"), text("summary"), words.join(" "))
}

#[track_caller]
fn expect(line: &str, start: &str, parts: &[&str]) {
    assert!(line.starts_with(start), "does not start with `{start}`: {line}");
    for part in parts {
        assert!(line.contains(part), "does not say `{part}`: {line}");
    }
}

/// A model whose container says something more on line 4.
fn model_with(line: &str) -> String {
    format!(
        r#"resource "sagemaker_model" "test" {{
  execution_role_arn = "arn:aws:iam::123456789012:role/test"
  primary_container {{
    {line}
    image = "test"
  }}
}}
"#
    )
}

#[test]
fn a_valid_configuration_has_no_diagnostics() {
    assert_eq!(diagnostics(&serving()), [""; 0]);
}

#[test]
fn a_value_of_a_wrong_type_is_refused_where_it_stands() {
    let configuration = r#"resource "sagemaker_model" "test" {
  execution_role_arn       = "arn:aws:iam::123456789012:role/test"
  enable_network_isolation = "perhaps"
}
"#;
    expect(&diagnostic(configuration), "error 3:", &["bool"]);
}

/// An endpoint configuration whose variant says something more on line 3.
fn configuration_with(line: &str) -> String {
    format!(
        r#"resource "sagemaker_endpoint_configuration" "test" {{
  production_variants {{
    {line}
    model_name             = "test"
    instance_type          = "ml.m5.large"
    initial_instance_count = 1
  }}
}}
"#
    )
}

#[test]
fn an_unknown_value_of_an_enumeration_is_a_warning_that_names_the_nearest() {
    let line = diagnostic(&configuration_with(r#"accelerator_type = "ml.eia3.large""#));
    expect(&line, "warning 3:", &["accelerator_type", "ml.eia3.large", "ml.eia2.large", "strict_enums"]);
}

#[test]
fn an_unknown_value_of_an_enumeration_that_does_not_grow_is_refused() {
    let line = diagnostic(&model_with(r#"multi_model_config { model_cache_setting = "On" }"#));
    expect(&line, "error 4:", &["model_cache_setting", "On", "Enabled", "Disabled"]);
}

#[test]
fn a_mode_that_is_newer_than_the_provider_is_a_warning() {
    let line = diagnostic(&model_with(r#"mode = "MultiModle""#));
    expect(&line, "warning 4:", &["mode", "MultiModle", "MultiModel", "strict_enums"]);
}

#[test]
fn an_instance_type_that_is_newer_than_the_provider_is_a_warning() {
    let configuration = serving().replace("var.instance_type", "\"ml.m99.large\"");
    let line = diagnostic(&configuration);
    expect(&line, "warning ", &["ml.m99.large", "ml.m"]);
}

#[test]
fn a_malformed_instance_type_is_refused() {
    let configuration = serving().replace("var.instance_type", "\"m5.large\"");
    expect(&diagnostic(&configuration), "error ", &["m5.large", "ml.<family>.<size>", "ml.m5.large"]);
}

#[test]
fn strict_enumerations_turn_the_warning_into_an_error() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    workspace
        .configure(&(model_with(r#"mode = "MultiModle""#) + "provider \"sagemaker\" {\n  strict_enums = true\n}\n"));
    workspace.try_plan(&[]).expect_failure(&["on main.tf line 4", "MultiModle", "MultiModel"]);
}

#[test]
fn a_name_that_is_too_long_is_refused_where_it_stands() {
    let configuration = MODEL.replace("var.name", &format!("{:?}", "n".repeat(64)));
    expect(&diagnostic(&configuration), "error 3:", &["name", "63", "64"]);
}

#[test]
fn a_name_with_a_character_that_the_service_refuses_is_refused() {
    let configuration = MODEL.replace("var.name", "\"under_score\"");
    expect(&diagnostic(&configuration), "error 3:", &["name", "under_score", "[a-zA-Z0-9]"]);
}

#[test]
fn a_missing_argument_is_named() {
    expect(&diagnostic("resource \"sagemaker_endpoint\" \"test\" {\n}\n"), "error 1:", &["endpoint_config_name"]);
}

#[test]
fn an_unknown_argument_is_refused_where_it_stands() {
    expect(&diagnostic(&model_with("modle = 1")), "error 4:", &["modle"]);
}

#[test]
fn blocks_that_exclude_each_other_are_named() {
    let configuration = r#"resource "sagemaker_endpoint_configuration" "test" {
  production_variants {
    variant_name           = "main"
    model_name             = "test"
    instance_type          = "ml.m5.large"
    serverless_config {
      max_concurrency   = 5
      memory_size_in_mb = 1024
    }
  }
}
"#;
    expect(&diagnostic(configuration), "error ", &["instance_type", "serverless_config"]);
}

#[test]
fn a_number_out_of_range_is_refused_where_it_stands() {
    let configuration = r#"resource "sagemaker_endpoint_configuration" "test" {
  production_variants {
    model_name = "test"
    serverless_config {
      max_concurrency   = 5000
      memory_size_in_mb = 1024
    }
  }
}
"#;
    expect(&diagnostic(configuration), "error 5:", &["max_concurrency", "5000", "200"]);
}

#[test]
fn two_blocks_where_one_is_allowed_are_refused() {
    let two = "primary_container {\n    image = \"test\"\n  }\n";
    let configuration = MODEL.replacen("primary_container", &format!("{two}  primary_container"), 1);
    let line = diagnostics(&configuration);
    assert!(line.iter().any(|line| line.starts_with("error ") && line.contains("primary_container")), "{line:?}");
}

#[test]
fn a_malformed_timeout_is_refused_at_its_line() {
    let configuration = serving().replace(
        "endpoint_config_name = sagemaker_endpoint_configuration.test.name\n",
        "endpoint_config_name = sagemaker_endpoint_configuration.test.name\n  timeouts {\n    create = \"soon\"\n  }\n",
    );
    expect(&diagnostic(&configuration), "error ", &["soon", "30m"]);
}

#[test]
fn unknown_values_are_not_validated() {
    let configuration = r#"
variable "anything" {
  type = any
}
resource "terraform_data" "later" {
  input = "x"
}
resource "sagemaker_endpoint_configuration" "test" {
  name        = terraform_data.later.output
  kms_key_arn = var.anything
  dynamic "production_variants" {
    for_each = toset([terraform_data.later.id])
    content {
      model_name             = production_variants.key
      instance_type          = terraform_data.later.output
      initial_instance_count = var.anything
    }
  }
}
"#;
    assert_eq!(diagnostics(configuration), [""; 0]);
}

/// Arguments that a module passes on from callers who leave them out.
const NOTHING_GIVEN: &str = r#"
resource "sagemaker_model" "test" {
  name               = var.name
  execution_role_arn = "arn:aws:iam::123456789012:role/test"

  primary_container {
    image                         = "123456789012.dkr.ecr.us-east-1.amazonaws.com/test:1"
    container_hostname            = ""
    inference_specification_name  = ""
    mode                          = ""
    model_data_url                = ""
    model_package_name            = ""
    model_data_source             = []
  }
}

resource "sagemaker_endpoint_configuration" "test" {
  name_prefix        = ""
  execution_role_arn = ""
  kms_key_arn        = ""

  production_variants {
    variant_name           = "main"
    model_name             = sagemaker_model.test.name
    instance_type          = "ml.m5.large"
    initial_instance_count = 1
    accelerator_type       = ""
    inference_ami_version  = ""
  }
}

resource "sagemaker_data_quality_job_definition" "test" {
  name               = var.name
  role_arn           = "arn:aws:iam::123456789012:role/test"
  stopping_condition = []

  data_quality_app_specification {
    image_uri           = "123456789012.dkr.ecr.us-east-1.amazonaws.com/monitor:1"
    container_arguments = []
  }

  data_quality_job_input {
    endpoint_input {
      endpoint_name             = var.name
      inference_attribute       = ""
      s3_data_distribution_type = ""
      s3_input_mode             = ""
    }
  }

  data_quality_job_output_config {
    kms_key_id = ""

    monitoring_outputs {
      s3_output {
        s3_uri         = "s3://monitoring-of-tests/reports"
        s3_upload_mode = ""
      }
    }
  }

  job_resources {
    cluster_config {
      instance_count    = 1
      instance_type     = "ml.m5.large"
      volume_size_in_gb = 20
      volume_kms_key_id = ""
    }
  }
}
"#;

#[test]
fn what_is_passed_on_as_empty_is_applied_once_and_never_planned_again() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    workspace.configure(NOTHING_GIVEN);
    workspace.apply();
    workspace.plan().expect_empty();
    let nulls = NOTHING_GIVEN.replace("\"\"", "null").replace("[]", "null");
    workspace.configure(&nulls);
    for (address, action) in workspace.plan().actions() {
        assert!(["no-op", "update"].contains(&action.as_str()), "{address}: {action}");
    }
    let before = backend.all_calls();
    workspace.apply();
    let after = backend.all_calls();
    for writing in ["CreateModel", "CreateEndpointConfig", "CreateDataQualityJobDefinition"] {
        assert_eq!(before.get(writing), after.get(writing), "{writing}");
    }
    workspace.expect_no_changes();
}

#[test]
fn an_empty_value_of_a_required_argument_is_refused_where_it_stands() {
    let configuration = "resource \"sagemaker_model_package_group\" \"test\" {\n  model_package_group_name = \"\"\n}\n";
    let line = diagnostics(configuration);
    assert!(line.iter().any(|line| line.starts_with("error 2:") && line.contains("must not be empty")), "{line:?}");
}

/// A group of instances for inference components, with further arguments.
fn components(arguments: &str, variant: &str) -> String {
    format!(
        r#"resource "sagemaker_endpoint_configuration" "test" {{
  {arguments}
  production_variants {{
    variant_name           = "main"
    instance_type          = "ml.g5.xlarge"
    initial_instance_count = 1
    {variant}
  }}
}}
"#
    )
}

const ROLE: &str = r#"execution_role_arn = "arn:aws:iam::123456789012:role/test""#;

#[track_caller]
fn expect_refused_plan(configuration: &str, parts: &[&str]) {
    let workspace = Workspace::new(&Backend::local());
    workspace.configure(configuration);
    workspace.try_plan(&[]).expect_failure(parts);
}

#[test]
fn what_the_service_refuses_to_create_is_refused_when_it_is_planned() {
    expect_refused_plan(&components("", ""), &["Without `model_name`", "execution_role_arn"]);
    let scaling = "managed_instance_scaling {\n      min_instance_count = 1\n    }";
    let with_model = format!("model_name = \"test\"\n    {scaling}");
    expect_refused_plan(&components(ROLE, &with_model), &["Only one of", "managed_instance_scaling", "model_name"]);
    let component = r#"
resource "sagemaker_inference_component" "test" {
  inference_component_name = var.name
  endpoint_name            = "test"
  variant_name             = "main"
  specification {
    model_name = "test"
  }
  runtime_config {
    copy_count = 0
  }
}
"#;
    expect_refused_plan(component, &["copy_count", "at least 1"]);
    expect_refused_plan(
        "resource \"sagemaker_model_card\" \"test\" {\n  model_card_name = \"test\"\n  model_card_status = \"Draft\"\n}\n",
        &["content", "must be set"],
    );
    let workspace = Workspace::new(&Backend::local());
    workspace.configure(&components(ROLE, scaling));
    workspace.plan();
}

#[test]
fn a_value_newer_than_the_provider_is_imported_and_its_generated_configuration_is_valid() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let container = json!({ "Image": "123456789012.dkr.ecr.us-east-1.amazonaws.com/test:1" });
    let model = json!({
        "ModelName": workspace.name,
        "ExecutionRoleArn": "arn:aws:iam::123456789012:role/test",
        "PrimaryContainer": container,
    });
    backend.must("CreateModel", &model);
    let input = |kind: &str| {
        let source = json!({ "S3DataSource": { "S3DataType": kind, "S3Uri": "s3://data-of-tests/batch" } });
        json!({ "DataSource": source })
    };
    let job = json!({
        "TransformJobName": workspace.name,
        "ModelName": workspace.name,
        "TransformInput": input("S3Prefix"),
        "TransformOutput": { "S3OutputPath": "s3://data-of-tests/results" },
        "TransformResources": { "InstanceType": "ml.m5.large", "InstanceCount": 1 },
    });
    let arn = backend.must("CreateTransformJob", &job)["TransformJobArn"].as_str().unwrap_or_default().to_owned();
    // What ends writes its members once more.
    let address = json!({ "TransformJobName": workspace.name });
    backend.until("the job has ended", |it| {
        it.must("DescribeTransformJob", &address)["TransformJobStatus"] == "Completed"
    });
    backend.change_out_of_band(&arn, &json!({ "TransformInput": input("Parquet") }));
    workspace.configure("import {\n  to = sagemaker_transform_job.test\n  id = var.name\n}\n");
    let plan = workspace.plan_with(&["-generate-config-out=generated.tf"]);
    plan.expect_empty();
    let generated = fs::read_to_string(workspace.root().join("generated.tf")).expect("Terraform has written it");
    assert!(generated.contains("\"Parquet\""), "{generated}");
}
