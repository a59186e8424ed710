//! What is precious is not destroyed by mistake.

use crate::{
    fixtures::{MODEL, file_of_case},
    harness::{Backend, Workspace},
};

const ADDRESS: &str = "sagemaker_model.test";

/// The model with this protection, in this container.
fn model(protection: &str, image: &str) -> String {
    MODEL
        .replace("test:1", image)
        .replace("\n  primary_container", &format!("\n  deletion_protection = {protection}\n\n  primary_container"))
}

#[test]
fn a_protected_object_is_neither_destroyed_nor_replaced_until_the_protection_is_removed() {
    let backend = Backend::local();
    let workspace = Workspace::applied(&backend, &model("true", "test:1"));
    workspace.expect_no_changes();
    let parts = ["is protected", "deletion_protection = false"];
    workspace.try_destroy().expect_failure(&parts);
    workspace.configure(&model("true", "test:2")).try_plan(&[]).expect_failure(&parts);
    workspace.configure("").try_plan(&[]).expect_failure(&parts);
    assert_eq!(backend.calls("DeleteModel"), 0);

    workspace.configure(&model("false", "test:1"));
    assert_eq!(workspace.plan().action(ADDRESS), "update");
    workspace.apply_plan();
    workspace.expect_no_changes();
    assert_eq!(backend.calls("CreateModel"), 1, "a protection is no matter of the service");
    workspace.destroy();
}

#[test]
fn the_provider_block_protects_resources_without_a_setting_of_their_own() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let protecting = "provider \"sagemaker\" {\n  deletion_protection = true\n}\n";
    workspace.configure(&format!("{protecting}{MODEL}")).apply();
    workspace.expect_no_changes();
    workspace.try_destroy().expect_failure(&["is protected", "of the provider block"]);
    workspace.configure(&format!("{protecting}{}", model("false", "test:1"))).apply();
    workspace.destroy();
}

#[test]
fn replacing_a_domain_warns_of_the_file_system_with_the_home_directories() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let domain = |key: &str| {
        format!(
            r#"
resource "sagemaker_domain" "test" {{
  domain_name = var.name
  auth_mode   = "IAM"
  vpc_id      = "vpc-1"
  subnet_ids  = ["subnet-1"]
  kms_key_id  = {key:?}

  home_efs_file_system_creation = "Enabled"

  default_user_settings {{
    execution_role = "arn:aws:iam::123456789012:role/studio"
  }}
}}
"#
        )
    };
    workspace.configure(&domain("one")).apply();
    let file_system = workspace.state().text("sagemaker_domain.test", "home_efs_file_system_id").to_owned();
    let plan = workspace.configure(&domain("two")).try_plan(&[]);
    plan.expect_success().expect_text(&["home directories", &file_system, "It is kept"]);
}

#[test]
fn replacing_a_user_profile_warns_of_the_home_directory() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let case = |file: &str| file_of_case("user_profile", file);
    workspace.configure(&case("base.tf")).apply();
    let state = workspace.state();
    let user = format!("POSIX user `{}`", state.text("sagemaker_user_profile.test", "home_efs_file_system_uid"));
    let domain = state.text("sagemaker_domain.test", "id");
    workspace.configure(&case("replace.tf")).try_plan(&[]).expect_success().expect_text(&[
        "Replacing SageMaker user profile",
        "the home directory of the user",
        domain,
        &user,
    ]);
}
