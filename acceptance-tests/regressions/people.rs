//! Workforces, and the pages that they work on.

use serde_json::json;

use super::{change, named};
use crate::{
    fixtures::case,
    harness::{Backend, Workspace},
};

// hashicorp/aws: the plan said "update", nothing was sent.
#[test]
fn another_user_pool_of_a_workforce_is_sent_to_the_service() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let workforce = |pool: &str| {
        format!(
            r#"
resource "sagemaker_workforce" "test" {{
  workforce_name = var.name

  cognito_config {{
    client_id = "0123456789abcdefghijklmnop"
    user_pool = {pool:?}
  }}
}}
"#
        )
    };
    workspace.configure(&workforce("eu-central-1_abcdefghi")).apply();
    workspace.configure(&workforce("eu-central-1_ihgfedcba"));
    let action = workspace.plan().action("sagemaker_workforce.test");
    assert!(["update", "delete,create"].contains(&action.as_str()), "{action}");
    workspace.apply_plan();
    workspace.expect_no_changes();
    let described = backend.must("DescribeWorkforce", &named(&workspace, "WorkforceName"));
    assert_eq!(described["Workforce"]["CognitoConfig"]["UserPool"], "eu-central-1_ihgfedcba", "{described}");
}

// hashicorp/aws: the service returns no template, so that an import ended in a replacement.
#[test]
fn an_imported_human_task_ui_is_not_replaced_for_a_template_that_the_service_does_not_return() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let address = "sagemaker_human_task_ui.test";
    workspace.configure(&case("human_task_ui")).apply();
    let mut fresh = Workspace::new(&backend);
    fresh.set("TF_VAR_name", &workspace.name);
    let import = format!("import {{\n  to = {address}\n  id = {:?}\n}}\n", workspace.name);
    fresh.configure(&format!("{}{import}", case("human_task_ui")));
    let plan = fresh.plan();
    assert!(["no-op", "update"].contains(&plan.action(address).as_str()), "{plan}");
    fresh.apply_plan();
    fresh.expect_no_changes();
    let other = case("human_task_ui").replace("task.input.text", "task.input.title");
    change(&fresh, &other, address, "delete,create");
}

// hashicorp/aws: neither devices nor workforces had tags.
#[test]
fn a_workforce_has_tags() {
    let backend = Backend::local();
    let workspace = Workspace::applied(&backend, &case("workforce"));
    let arn = workspace.state().text("sagemaker_workforce.test", "arn").to_owned();
    let tags = backend.must("ListTags", &json!({ "ResourceArn": arn }));
    assert_eq!(tags["Tags"], json!([{ "Key": "step", "Value": "first" }]));
}

// hashicorp/aws#20065: the service has refused to list the tags of workforces.
#[test]
fn a_workforce_whose_tags_are_not_listed_can_be_managed() {
    let backend = Backend::local();
    backend.fault(&json!({
        "operation": "ListTags",
        "times": 1000,
        "kind": "error",
        "code": "ValidationException",
        "message": "Invalid resource type: workforce",
    }));
    let workspace = Workspace::applied(&backend, &case("workforce"));
    workspace.expect_no_changes();
    assert_eq!(workspace.state().resource("sagemaker_workforce.test")["tags"], json!({ "step": "first" }));
    workspace.destroy();
}
