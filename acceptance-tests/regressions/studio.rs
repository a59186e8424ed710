//! Domains, and what is in them: profiles, spaces, apps, images.

use serde_json::{Value as Json, json};

use super::change;
use crate::{
    fixtures::case,
    harness::{Backend, Workspace},
};

const DOMAIN: &str = "sagemaker_domain.test";

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

/// A domain with a profile and an app of it.
fn domain_with_an_app(arguments: &str) -> String {
    domain(arguments, &format!("{PROFILE}{APP}"))
}

const PROFILE: &str = r#"
resource "sagemaker_user_profile" "test" {
  domain_id         = sagemaker_domain.test.id
  user_profile_name = var.name
}
"#;

const APP: &str = r#"
resource "sagemaker_app" "test" {
  domain_id         = sagemaker_domain.test.id
  user_profile_name = sagemaker_user_profile.test.user_profile_name
  app_type          = "JupyterServer"
  app_name          = "default"
}
"#;

// hashicorp/aws#45528, #40600, #48778.
#[test]
fn a_domain_moves_into_its_vpc_and_to_other_subnets_without_being_replaced() {
    let backend = Backend::local();
    let workspace = Workspace::applied(&backend, &domain("", ""));
    let moved = domain("  app_network_access_type = \"VpcOnly\"\n", "");
    change(&workspace, &moved, DOMAIN, "update");
    change(&workspace, &moved.replace("[\"subnet-1\"]", "[\"subnet-1\", \"subnet-2\"]"), DOMAIN, "update");
}

// hashicorp/aws#31912.
#[test]
fn an_update_of_a_domain_that_is_refused_fails_the_apply() {
    let backend = Backend::local();
    let workspace = Workspace::applied(&backend, &domain("", ""));
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
    workspace.expect_no_changes();
    let arn = workspace.state().text("sagemaker_domain.test", "arn").to_owned();
    let image = "arn:aws:sagemaker:us-east-1:081325390199:image/jupyter-server-3";
    let settings = json!({
        "ExecutionRole": "arn:aws:iam::123456789012:role/studio",
        "JupyterServerAppSettings": { "DefaultResourceSpec": { "InstanceType": "system", "SageMakerImageArn": image } },
    });
    backend.change_out_of_band(&arn, &json!({ "DefaultUserSettings": settings }));
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
    workspace.expect_no_changes();
    let settings = "  user_settings {\n    execution_role = \"arn:aws:iam::123456789012:role/other\"\n  }\n";
    change(&workspace, &profile(settings), "sagemaker_user_profile.test", "update");
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
    workspace.expect_no_changes();
}

// hashicorp/aws#40597, #42605.
#[test]
fn versions_of_one_image_that_are_created_at_once_are_not_mixed_up() {
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
    workspace.expect_no_changes();
    let state = workspace.state();
    for place in 0..4 {
        let values = state.resource(&format!("sagemaker_image_version.test[{place}]")).clone();
        let described =
            backend.must("DescribeImageVersion", &json!({ "ImageName": workspace.name, "Version": values["version"] }));
        assert_eq!(described["BaseImage"], values["base_image"], "{values}");
    }
    workspace.configure(&versions(3)).apply();
    workspace.expect_no_changes();
}

// aws/aws-sdk#367, hashicorp/aws#31912.
#[test]
fn a_domain_with_running_apps_is_updated_once_they_are_deleted() {
    let backend = Backend::local();
    let workspace = Workspace::applied(&backend, &domain_with_an_app(""));
    let moved = "  app_network_access_type = \"VpcOnly\"\n";
    workspace.configure(&domain_with_an_app(moved));
    workspace.try_apply(&[]).expect_failure(&["UpdateDomain", "ValidationException", "with InService App"]);
    let state = workspace.state();
    assert_eq!(state.text(DOMAIN, "app_network_access_type"), "PublicInternetOnly", "nothing has changed");
    assert_eq!(workspace.plan().action(DOMAIN), "update", "it is still to be done");
    workspace.configure(&domain("", PROFILE)).apply();
    change(&workspace, &domain(moved, PROFILE), DOMAIN, "update");
}

// hashicorp/aws#25266.
#[test]
fn other_default_user_settings_do_not_replace_the_domain() {
    let backend = Backend::local();
    let workspace = Workspace::applied(&backend, &domain("", ""));
    let role = "    execution_role = \"arn:aws:iam::123456789012:role/studio\"\n";
    let more = format!(
        "{role}    security_groups = [\"sg-1\"]\n    sharing_settings {{\n      notebook_output_option = \"Disabled\"\n    }}\n"
    );
    change(&workspace, &domain("", "").replace(role, &more), DOMAIN, "update");
    change(&workspace, &domain("", "").replace("role/studio", "role/other"), DOMAIN, "update");
    let described = backend.must("DescribeDomain", &json!({ "DomainId": workspace.state().text(DOMAIN, "id") }));
    let settings = &described["DefaultUserSettings"];
    assert_eq!(settings["ExecutionRole"], "arn:aws:iam::123456789012:role/other");
    assert!(is_unset(&settings["SecurityGroups"]), "what is no longer written is gone: {settings}");
}

/// Null or empty.
fn is_unset(value: &Json) -> bool {
    value.is_null() || value.as_array().is_some_and(Vec::is_empty)
}

// hashicorp/aws#35382, #33034, #39894: where users have no RStudio, the service accepts no group of them, and returns none.
#[test]
fn a_domain_whose_users_have_no_rstudio_has_no_group_of_them_to_change() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let role = "    execution_role = \"arn:aws:iam::123456789012:role/studio\"\n";
    let disabled = "    r_studio_server_pro_app_settings {\n      access_status = \"DISABLED\"\n    }\n";
    let without = domain("", "").replace(role, &format!("{role}{disabled}"));
    let described = |workspace: &Workspace| {
        let described = backend.must("DescribeDomain", &json!({ "DomainId": workspace.state().text(DOMAIN, "id") }));
        described["DefaultUserSettings"].clone()
    };
    workspace.configure(&without).apply();
    workspace.expect_no_changes();
    assert_eq!(
        described(&workspace)["RStudioServerProAppSettings"],
        json!({ "AccessStatus": "DISABLED" }),
        "as it was sent"
    );
    change(&workspace, &without.replace("role/studio", "role/other"), DOMAIN, "update");
    let mut settings = described(&workspace);
    assert_eq!(settings["RStudioServerProAppSettings"], json!({ "AccessStatus": "DISABLED" }), "as it was sent");
    settings["RStudioServerProAppSettings"]["UserGroup"] = json!("R_STUDIO_USER");
    backend.change_out_of_band(workspace.state().text(DOMAIN, "arn"), &json!({ "DefaultUserSettings": settings }));
    workspace.plan().expect_empty();
}

// hashicorp/aws#39923, #45528: an update sent along what had not changed, and the service refuses that.
#[test]
fn an_update_of_a_domain_sends_only_what_has_changed() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let customer = "  app_network_access_type = \"VpcOnly\"\n  app_security_group_management = \"Customer\"\n";
    workspace.configure(&domain(customer, "")).apply();
    for (member, value) in [("AppSecurityGroupManagement", "Customer"), ("AppNetworkAccessType", "VpcOnly")] {
        backend.fault(&json!({
            "operation": "UpdateDomain",
            "match": { member: value },
            "kind": "error",
            "code": "ValidationException",
            "message": format!("{member} can only be set for others."),
        }));
    }
    change(&workspace, &domain(customer, "").replace("role/studio", "role/other"), DOMAIN, "update");
}

// hashicorp/aws#38370, #37461: settings were needed, but could not be changed, and what the service filled in was drift.
#[test]
fn settings_of_a_space_can_be_changed_and_what_the_service_fills_in_is_no_drift() {
    let backend = Backend::local();
    let workspace = Workspace::applied(&backend, &case("space"));
    workspace.expect_no_changes();
    let state = workspace.state();
    let space = json!({ "DomainId": state.text(DOMAIN, "id"), "SpaceName": workspace.name });
    let mut settings = backend.must("DescribeSpace", &space)["SpaceSettings"].clone();
    let spec = &mut settings["JupyterLabAppSettings"]["DefaultResourceSpec"];
    spec["SageMakerImageArn"] = json!("arn:aws:sagemaker:us-east-1:081325390199:image/sagemaker-distribution-cpu");
    spec["SageMakerImageVersionAlias"] = json!("3.2.0");
    backend.change_out_of_band(state.text("sagemaker_space.test", "arn"), &json!({ "SpaceSettings": settings }));
    workspace.plan().expect_empty();
    let script = "arn:aws:sagemaker:us-east-1:123456789012:studio-lifecycle-config/setup";
    let other = format!("ml.t3.large\"\n        lifecycle_config_arn = {script:?}\n");
    let changed = case("space").replace("ml.t3.medium\"\n", &other);
    change(&workspace, &changed, "sagemaker_space.test", "update");
}

// hashicorp/aws#20986: a VPC cannot be deleted while they are there, and nobody says so.
#[test]
fn destroying_a_domain_warns_of_what_the_service_keeps() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    for (retention, kept) in [("", true), ("Retain", true), ("Delete", false)] {
        let block = format!("  retention_policy {{\n    home_efs_file_system = {retention:?}\n  }}\n");
        workspace.configure(&domain(if retention.is_empty() { "" } else { &block }, "")).apply();
        let state = workspace.state();
        let (id, file_system) = (state.text(DOMAIN, "id"), state.text(DOMAIN, "home_efs_file_system_id"));
        let groups = [format!("security-group-for-inbound-nfs-{id}"), format!("security-group-for-outbound-nfs-{id}")];
        let run = workspace.destroy();
        run.expect_text(&[&groups[0], &groups[1], "VPC", file_system]);
        assert_eq!(run.said().contains("is kept"), kept, "{run}");
    }
    let without = domain("  home_efs_file_system_creation = \"Disabled\"\n", "");
    workspace.configure(&without).apply();
    let run = workspace.destroy();
    assert!(!run.said().contains("leaves resources behind"), "there is nothing to warn of\n{run}");
}

// hashicorp/aws#17349.
#[test]
fn the_retention_policy_of_a_domain_is_sent_with_its_delete_and_can_be_changed_late() {
    let backend = Backend::local();
    let workspace = Workspace::applied(&backend, &domain("", ""));
    let retaining = |what: &str| format!("  retention_policy {{\n    home_efs_file_system = {what:?}\n  }}\n");
    for what in ["Delete", "Retain", "Delete"] {
        change(&workspace, &domain(&retaining(what), ""), DOMAIN, "update");
    }
    assert_eq!(backend.calls("UpdateDomain"), 0, "the service has nothing to do with it before the domain is deleted");
    let said = json!({ "RetentionPolicy": { "HomeEfsFileSystem": "Delete" } });
    backend.fault(&json!({
        "operation": "DeleteDomain",
        "match": said,
        "kind": "error",
        "code": "ValidationException",
        "message": "It was said.",
    }));
    workspace.try_destroy().expect_failure(&["DeleteDomain", "It was said."]);
    workspace.destroy();
}

// hashicorp/aws: an image configuration is attached here, a script there; both are refused while they are in use.
#[test]
fn a_lifecycle_configuration_in_use_by_a_domain_stays_in_the_state_until_it_is_detached() {
    let backend = Backend::local();
    let workspace = Workspace::applied(&backend, &case("studio_lifecycle_config"));
    let script = workspace.state().text("sagemaker_studio_lifecycle_config.test", "arn").to_owned();
    let role = "    execution_role = \"arn:aws:iam::123456789012:role/studio\"\n";
    let attached =
        format!("{role}    jupyter_lab_app_settings {{\n      lifecycle_config_arns = [{script:?}]\n    }}\n");
    workspace
        .configure(&format!("{}{}", domain("", "").replace(role, &attached), case("studio_lifecycle_config")))
        .apply();
    workspace.configure(&domain("", "").replace(role, &attached));
    workspace.try_apply(&[]).expect_failure(&["DeleteStudioLifecycleConfig", "ResourceInUse", "is in use by"]);
    assert!(workspace.state().resources.contains_key("sagemaker_studio_lifecycle_config.test"));
    // Terraform deletes and updates at once what does not know of each other.
    workspace.configure(&format!("{}{}", domain("", ""), case("studio_lifecycle_config"))).apply();
    workspace.configure(&domain("", "")).apply();
    workspace.expect_no_changes();
}

// hashicorp/aws#27265: after a failure its tags cannot be read, and no plan was possible any more.
#[test]
fn an_app_that_failed_behind_terraforms_back_can_be_planned_for() {
    let backend = Backend::local();
    let workspace = Workspace::applied(&backend, &domain_with_an_app(""));
    let arn = workspace.state().text("sagemaker_app.test", "arn").to_owned();
    backend.change_out_of_band(&arn, &json!({ "Status": "Failed", "FailureReason": "No capacity." }));
    backend.fault(&json!({
        "operation": "ListTags",
        "match": { "ResourceArn": arn },
        "times": 100,
        "kind": "error",
        "code": "ResourceNotFound",
        "message": "The app does not exist.",
    }));
    workspace.plan();
    workspace.destroy();
}
