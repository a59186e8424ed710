//! Objects that contain others, whoever created those, and how they are destroyed.

use serde_json::{Value as Json, json};

use crate::harness::{Backend, Workspace};

/// Applies a configuration, puts something in behind Terraform's back, and destroys everything: in vain, unless
/// `force_destroy` allows it.
fn destroy(configuration: &str, address: &str, refusal: &str, fill: impl Fn(&Backend, &Json)) {
    let backend = Backend::local();
    let workspace = Workspace::applied(&backend, &configuration.replace("FORCE", "false"));
    fill(&backend, workspace.state().resource(address));
    workspace.try_apply(&["-destroy"]).expect_failure(&[refusal]);
    workspace.configure(&configuration.replace("FORCE", "true"));
    let plan = workspace.plan();
    assert_eq!(plan.action(address), "update");
    workspace.apply_plan();
    workspace.destroy();
    assert!(workspace.state().resources.is_empty());
}

#[test]
fn force_destroy_deletes_a_domain_with_its_apps_spaces_and_profiles() {
    let configuration = r#"
resource "sagemaker_domain" "test" {
  domain_name   = var.name
  auth_mode     = "IAM"
  vpc_id        = "vpc-1"
  subnet_ids    = ["subnet-1"]
  force_destroy = FORCE

  default_user_settings {
    execution_role = "arn:aws:iam::123456789012:role/studio"
  }
}
"#;
    destroy(configuration, "sagemaker_domain.test", "ResourceInUse", |backend, domain| {
        let domain = &domain["id"];
        let profile = json!({ "DomainId": domain, "UserProfileName": "ann" });
        backend.must("CreateUserProfile", &profile);
        backend.until("the profile is there", |backend| {
            backend.must("DescribeUserProfile", &profile)["Status"] == "InService"
        });
        let app =
            json!({ "DomainId": domain, "UserProfileName": "ann", "AppType": "JupyterServer", "AppName": "default" });
        backend.must("CreateApp", &app);
        let space = json!({ "DomainId": domain, "SpaceName": "room" });
        backend.must("CreateSpace", &space);
        backend.until("app and space are there", |backend| {
            let ready = |operation, input| backend.must(operation, input)["Status"] == "InService";
            ready("DescribeApp", &app) && ready("DescribeSpace", &space)
        });
    });
}

#[test]
fn force_destroy_deletes_an_image_with_its_versions() {
    let configuration = r#"
resource "sagemaker_image" "test" {
  image_name    = var.name
  role_arn      = "arn:aws:iam::123456789012:role/images"
  force_destroy = FORCE
}
"#;
    destroy(configuration, "sagemaker_image.test", "has versions", |backend, image| {
        let base = "123456789012.dkr.ecr.us-east-1.amazonaws.com/tools:1";
        let version = json!({ "ImageName": image["image_name"], "BaseImage": base, "ClientToken": "one" });
        backend.must("CreateImageVersion", &version);
        backend.until("the version is there", |backend| {
            let described = backend.must("DescribeImageVersion", &json!({ "ImageName": image["image_name"] }));
            described["ImageVersionStatus"] == "CREATED"
        });
    });
}

#[test]
fn force_destroy_deletes_a_hub_with_its_contents() {
    let configuration = r#"
resource "sagemaker_hub" "test" {
  hub_name        = var.name
  hub_description = "Models"
  force_destroy   = FORCE
}
"#;
    destroy(configuration, "sagemaker_hub.test", "ResourceInUse", |backend, hub| {
        let public = "arn:aws:sagemaker:us-east-1:aws:hub-content/SageMakerPublicHub/Model/some-model";
        let reference =
            json!({ "HubName": hub["hub_name"], "HubContentName": "model", "SageMakerPublicHubContentArn": public });
        backend.must("CreateHubContentReference", &reference);
    });
}
