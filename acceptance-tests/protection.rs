//! What is precious is not destroyed by mistake.

use serde_json::json;

use crate::{
    fixtures::{ENDPOINT, MODEL, file_of_case, serving},
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

// Terraform plans such a creation by itself, so that the comparison shows no difference.
#[test]
fn a_protected_object_is_not_replaced_by_force() {
    let backend = Backend::local();
    let workspace = Workspace::applied(&backend, &model("true", "test:1"));
    let parts = ["is protected", "-replace", "deletion_protection = false"];
    workspace.try_apply(&[&format!("-replace={ADDRESS}")]).expect_failure(&parts);
    workspace.run(&["taint", ADDRESS]).expect_success();
    workspace.try_apply(&[]).expect_failure(&["is protected", "terraform untaint"]);
    workspace.run(&["untaint", ADDRESS]).expect_success();
    workspace.expect_no_changes();

    let triggered = |input: u8| {
        let lifecycle =
            "  lifecycle {\n    replace_triggered_by = [terraform_data.trigger]\n  }\n\n  primary_container";
        let model = model("true", "test:1").replacen("  primary_container", lifecycle, 1);
        format!("{model}\nresource \"terraform_data\" \"trigger\" {{\n  input = {input}\n}}\n")
    };
    workspace.configure(&triggered(1)).apply();
    workspace.configure(&triggered(2)).try_apply(&[]).expect_failure(&parts);
    assert_eq!((backend.calls("CreateModel"), backend.calls("DeleteModel")), (1, 0));
}

/// The model with a generated name, created before the previous one is deleted.
fn created_first(protection: &str, image: &str) -> String {
    let lifecycle = "  lifecycle {\n    create_before_destroy = true\n  }\n\n  primary_container";
    let named = model(protection, image).replace("name               = var.name", "name_prefix        = var.name");
    named.replacen("  primary_container", lifecycle, 1)
}

#[test]
fn the_protection_is_lifted_before_a_replacement() {
    let backend = Backend::local();
    let workspace = Workspace::applied(&backend, &created_first("true", "test:1"));
    for protection in ["true", "false", "terraform_data.trigger.output"] {
        let trigger = "\nresource \"terraform_data\" \"trigger\" {\n  input = false\n}\n";
        let changed = format!("{}{trigger}", created_first(protection, "test:2"));
        workspace
            .configure(&changed)
            .try_plan(&[])
            .expect_failure(&["is protected", "apply that, and then apply this"]);
    }
    workspace.configure(&created_first("true", "test:1"));
    workspace.try_apply(&[&format!("-replace={ADDRESS}")]).expect_failure(&["is protected"]);
    workspace.configure(&created_first("false", "test:1")).apply();
    workspace.configure(&created_first("true", "test:2")).apply();
    workspace.expect_no_changes();
    assert_eq!(backend.count_by_kind(), [("model".to_owned(), 1)].into());
}

// The domain takes the user profile with it, whose own plan would come too late.
#[test]
fn a_protected_object_is_not_lost_with_its_parent() {
    let backend = Backend::local();
    let studio = |vpc: &str| {
        let domain = file_of_case("user_profile", "base.tf").replace("vpc_id", "force_destroy = true\n  vpc_id");
        domain.replace("vpc-1", vpc)
    };
    let protecting = "provider \"sagemaker\" {\n  deletion_protection = true\n}\n";
    let unprotected = |configuration: &str| {
        configuration.replacen("force_destroy = true", "force_destroy       = true\n  deletion_protection = false", 1)
    };
    let configuration = |vpc: &str| format!("{protecting}{}", unprotected(&studio(vpc)));
    let workspace = Workspace::applied(&backend, &configuration("vpc-1"));
    workspace.configure(&configuration("vpc-2")).try_plan(&[]).expect_failure(&["is protected", "domain_id"]);
    assert_eq!(backend.calls("DeleteUserProfile"), 0);
}

/// The model in a configuration that adopts what a killed apply has left.
fn adopting(model: &str) -> String {
    format!("provider \"sagemaker\" {{\n  adopt_identical_within = \"2h\"\n}}\n{model}")
}

// The create finds the object that it is to replace under its name.
#[test]
fn an_object_that_its_own_replacement_adopts_is_not_deleted() {
    let backend = Backend::local();
    let lifecycle = "\n  lifecycle {\n    create_before_destroy = true\n  }\n\n  primary_container";
    let workspace = Workspace::applied(&backend, &adopting(&MODEL.replacen("\n  primary_container", lifecycle, 1)));
    workspace.try_apply(&[&format!("-replace={ADDRESS}")]).expect_success();
    workspace.expect_no_changes();
    assert_eq!(backend.count_by_kind(), [("model".to_owned(), 1)].into());
}

#[test]
fn an_address_that_is_renamed_without_a_moved_block_keeps_its_object() {
    let backend = Backend::local();
    let workspace = Workspace::applied(&backend, &adopting(MODEL));
    // The new address either finds the object and adopts it, or finds it being deleted and creates it again in the next apply.
    backend.fault(&json!({ "operation": "DeleteModel", "kind": "throttle", "times": 3 }));
    let renamed = adopting(&MODEL.replacen("\"test\"", "\"renamed\"", 1));
    workspace.configure(&renamed).try_apply(&[]);
    workspace.apply();
    workspace.expect_no_changes();
    assert_eq!(backend.count_by_kind(), [("model".to_owned(), 1)].into());
}

#[test]
fn an_object_whose_creation_has_failed_is_not_protected() {
    for lifecycle in ["", "  lifecycle {\n    create_before_destroy = true\n  }\n"] {
        let backend = Backend::local();
        let workspace = Workspace::new(&backend);
        let protected = format!("  deletion_protection = true\n{lifecycle}");
        let endpoint = ENDPOINT.replacen("  name                 = var.name\n", &protected, 1);
        workspace.configure(&serving().replace(ENDPOINT, &endpoint));
        backend.fault(&json!({ "operation": "CreateEndpoint", "kind": "fail", "times": 1 }));
        workspace.try_apply(&[]).expect_failure(&["Failed"]);
        workspace.apply();
        workspace.expect_no_changes();
        workspace.try_destroy().expect_failure(&["is protected"]);
        assert_eq!(backend.count_by_kind()["endpoint"], 1);
    }
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
