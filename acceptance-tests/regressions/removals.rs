//! Arguments that are removed, emptied or set to zero.

use super::change;
use crate::{
    fixtures::case,
    harness::{Backend, Workspace},
};

// An error of the plan would also stop the replacement that it recommends, and every destroy.
#[test]
fn what_no_update_removes_stops_neither_a_replacement_nor_a_destroy() {
    let backend = Backend::local();
    let team = "sagemaker_workteam.test";
    let complete = case("workteam");
    let topic = "notification_configuration {\n    notification_topic_arn = \"arn:aws:sns:eu-central-1:123456789012:tasks\"\n  }\n";
    let removed = complete.replace(topic, "");
    assert_ne!(removed, complete, "the case has changed");
    let workspace = Workspace::applied(&backend, &complete);
    workspace.configure(&removed);
    let refusal = "cannot be removed from a SageMaker work team";
    workspace.try_plan(&[]).expect_success().expect_text(&[refusal, "the apply will refuse this update", "-replace"]);
    workspace.try_apply(&[]).expect_failure(&[refusal, "so the update was not carried out"]);
    assert_eq!(backend.calls("UpdateWorkteam"), 0);
    let replaced = workspace.try_apply(&[&format!("-replace={team}")]);
    replaced.expect_success();
    workspace.expect_no_changes();
    workspace.configure(&complete).apply();
    workspace.configure(&removed).destroy();
}

// The service never returns the secret, and an update of the provider without it is refused.
#[test]
fn an_identity_provider_is_not_updated_without_its_secret() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let team = case("workteam");
    let (complete, _) =
        team.split_once("resource \"sagemaker_workteam\"").expect("the work team follows the workforce");
    workspace.configure(complete).apply();
    let lines = complete.lines().filter(|line| !line.contains("client_secret"));
    workspace.configure(&lines.collect::<Vec<_>>().join("\n"));
    let said = workspace.try_plan(&[]);
    said.expect_failure(&["client_secret", "is needed to update the SageMaker workforce"]);
    workspace.configure(complete);
    workspace.expect_no_changes();
    let elsewhere = complete.replace("/logout\"", "/bye\"");
    change(&workspace, &elsewhere, "sagemaker_workforce.test", "update");
}

// 0 is the user ID of root, and not what the service fills in.
#[test]
fn ids_of_zero_are_sent() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let config = |ids: &str| {
        format!(
            r#"
resource "sagemaker_app_image_config" "test" {{
  app_image_config_name = var.name

  jupyter_lab_image_config {{
    file_system_config {{
      {ids}
    }}
  }}
}}
"#
        )
    };
    let address = "sagemaker_app_image_config.test";
    workspace.configure(&config("default_gid = 100\n      default_uid = 1000")).apply();
    change(&workspace, &config("default_gid = 0\n      default_uid = 0"), address, "update");
    change(&workspace, &config("mount_path = \"/home/sagemaker-user\""), address, "update");
}

// Modules pass "" for an argument that their callers omit.
#[test]
fn an_empty_text_in_place_of_a_switch_is_applied_once() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let domain = |access: &str| {
        case("domain").replacen(
            "default_user_settings {",
            &format!("domain_settings {{\n    docker_settings {{\n      enable_docker_access = {access:?}\n    }}\n  }}\n\n  default_user_settings {{"),
            1,
        )
    };
    assert!(domain("").contains("enable_docker_access"), "the case has changed");
    workspace.configure(&domain("ENABLED")).apply();
    workspace.configure(&domain("")).apply();
    workspace.expect_no_changes();
}

// Variants without a block are not managed.
#[test]
fn a_variant_whose_weights_are_no_longer_managed_is_left_alone() {
    for gone in ["old", "new"] {
        let backend = Backend::local();
        let complete = case("endpoint_weights_and_capacities");
        let (above, variants) = complete.rsplit_once("  endpoint_name = ").expect("the resource is the last one");
        let (first, second) =
            variants.split_once("\n\n  variant {\n    variant_name   = \"new\"").expect("two variants");
        let kept = if gone == "new" {
            format!("{above}  endpoint_name = {first}\n}}\n")
        } else {
            let (endpoint, _) = first.split_once("\n\n").expect("a variant follows");
            format!("{above}  endpoint_name = {endpoint}\n\n  variant {{\n    variant_name   = \"new\"{second}")
        };
        let workspace = Workspace::applied(&backend, &complete);
        // The weights are drift of the endpoint, which the plan does not change.
        workspace.configure(&kept).apply();
        let plan = workspace.plan();
        assert_eq!(plan.actions(), [].into(), "{plan}");
    }
}

// AWS sets such tags itself and refuses them from others.
#[test]
fn tags_that_aws_reserves_are_refused_and_ignored_ones_are_never_sent() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let complete = case("model");
    let (above, _) = complete.split_once("\n\n  tags = {").expect("the tags stand last");
    let model = |tags: &str| format!("{above}\n\n  tags = {{ {tags} }}\n}}\n");
    workspace.configure(&model("\"aws:stack\" = \"x\""));
    workspace.try_plan(&[]).expect_failure(&["aws:stack", "it must not begin with `aws:`"]);
    let ignoring = "provider \"sagemaker\" {\n  ignore_tags {\n    keys = [\"team\"]\n  }\n}\n";
    workspace.configure(&format!("{ignoring}{}", model("team = \"x\"")));
    workspace.try_plan(&[]).expect_success().expect_text(&["The tag `team` is ignored"]);
    workspace.apply();
    workspace.expect_no_changes();
    let sent = backend
        .must("ListTags", &serde_json::json!({ "ResourceArn": workspace.state().text("sagemaker_model.test", "arn") }));
    assert_eq!(sent["Tags"], serde_json::json!([]), "{sent}");
    let defaults = "provider \"sagemaker\" {\n  default_tags {\n    tags = { \"aws:x\" = \"1\" }\n  }\n}\n";
    workspace.configure(&format!("{defaults}{}", case("model")));
    workspace.try_plan(&[]).expect_failure(&["default_tags", "it must not begin with `aws:`"]);
}
