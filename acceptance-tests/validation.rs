//! What users are told about a configuration before anything is called.

use serde_json::Value as Json;

use crate::{
    fixtures::{MODEL, serving},
    harness::{Backend, Workspace},
};

/// The diagnostics of a configuration, as `severity line: summary detail`.
fn diagnostics(configuration: &str) -> Vec<String> {
    let workspace = Workspace::offline();
    workspace.configure(configuration);
    workspace.diagnostics().iter().filter(|diagnostic| !is_about_overrides(diagnostic)).map(told).collect()
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
fn is_about_overrides(diagnostic: &Json) -> bool {
    diagnostic["summary"] == "Provider development overrides are in effect"
}

fn told(diagnostic: &Json) -> String {
    let text = |name: &str| diagnostic[name].as_str().unwrap_or_default();
    let line = &diagnostic["range"]["start"]["line"];
    let words: Vec<&str> = text("detail").split_whitespace().collect();
    format!("{} {line}: {}: {}", text("severity"), text("summary"), words.join(" "))
}

#[track_caller]
fn expect(told: &str, start: &str, parts: &[&str]) {
    assert!(told.starts_with(start), "does not start with `{start}`: {told}");
    for part in parts {
        assert!(told.contains(part), "does not say `{part}`: {told}");
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
fn a_good_configuration_is_not_commented_upon() {
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
    let told = diagnostic(&configuration_with(r#"accelerator_type = "ml.eia3.large""#));
    expect(&told, "warning 3:", &["accelerator_type", "ml.eia3.large", "ml.eia2.large", "strict_enums"]);
}

#[test]
fn an_unknown_value_of_an_enumeration_that_does_not_grow_is_refused() {
    let told = diagnostic(&model_with(r#"mode = "MultiModle""#));
    expect(&told, "error 4:", &["mode", "MultiModle", "SingleModel", "MultiModel"]);
}

#[test]
fn an_instance_type_that_is_newer_than_the_provider_is_a_warning() {
    let configuration = serving().replace("var.instance_type", "\"ml.m99.large\"");
    let told = diagnostic(&configuration);
    expect(&told, "warning ", &["ml.m99.large", "ml.m"]);
}

#[test]
fn what_is_no_instance_type_at_all_is_refused() {
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
    initial_instance_count = 1
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
    let told = diagnostics(&configuration);
    assert!(told.iter().any(|told| told.starts_with("error ") && told.contains("primary_container")), "{told:?}");
}

#[test]
fn a_timeout_that_is_no_duration_is_refused_where_it_stands() {
    let configuration = serving().replace(
        "endpoint_config_name = sagemaker_endpoint_configuration.test.name\n",
        "endpoint_config_name = sagemaker_endpoint_configuration.test.name\n  timeouts {\n    create = \"soon\"\n  }\n",
    );
    expect(&diagnostic(&configuration), "error ", &["soon", "30m"]);
}

#[test]
fn values_that_are_not_known_yet_are_not_judged() {
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
