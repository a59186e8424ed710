//! What several tests start from.

use std::fs;

use serde_json::json;

use crate::harness::{Backend, Workspace, workspace::repository};

/// A model as small as can be.
pub(crate) const MODEL: &str = r#"
resource "sagemaker_model" "test" {
  name               = var.name
  execution_role_arn = "arn:aws:iam::123456789012:role/test"

  primary_container {
    image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/test:1"
  }
}
"#;

/// A configuration for that model, with a name that a new one can have a sibling of.
pub(crate) const CONFIGURATION: &str = r#"
variable "instance_type" {
  type    = string
  default = "ml.m5.large"
}

resource "sagemaker_endpoint_configuration" "test" {
  name_prefix = "${var.name}-"

  production_variants {
    variant_name           = "main"
    model_name             = sagemaker_model.test.name
    instance_type          = var.instance_type
    initial_instance_count = 1
  }

  lifecycle {
    create_before_destroy = true
  }
}
"#;

/// An endpoint that runs that configuration.
pub(crate) const ENDPOINT: &str = r#"
resource "sagemaker_endpoint" "test" {
  name                 = var.name
  endpoint_config_name = sagemaker_endpoint_configuration.test.name
}
"#;

/// Model, configuration and endpoint.
pub(crate) fn serving() -> String {
    [MODEL, CONFIGURATION, ENDPOINT].concat()
}

/// A second configuration of that model, created behind Terraform's back, for updates that Terraform does not know of.
#[track_caller]
pub(crate) fn other_configuration(backend: &Backend, workspace: &Workspace) -> String {
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

/// The configuration that the case of this name begins with.
#[track_caller]
pub(crate) fn case(name: &str) -> String {
    file_of_case(name, "base.tf")
}

/// A configuration of a case.
#[track_caller]
pub(crate) fn file_of_case(name: &str, file: &str) -> String {
    let path = repository().join("acceptance-tests/cases").join(name).join(file);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A notebook instance.
pub(crate) fn notebook(instance_type: &str) -> String {
    format!(
        r#"
resource "sagemaker_notebook_instance" "test" {{
  name          = var.name
  instance_type = "{instance_type}"
  role_arn      = "arn:aws:iam::123456789012:role/notebook"
}}
"#
    )
}
