//! The harness itself, tested with what Terraform has built in.

use std::panic::{AssertUnwindSafe, catch_unwind};

use serde_json::json;

use crate::{
    fixtures::case,
    harness::{Backend, Workspace},
};

/// Without the provider, which is not what these tests check.
fn without_provider(workspace: Workspace) -> Workspace {
    workspace.write("preamble.tf", "variable \"name\" {\n  type = string\n}\n");
    workspace
}

/// Demands that a look for changes panics so. The workspace outlives the panic, and so is not kept.
#[track_caller]
fn expect_changes(workspace: &Workspace, message: &str) {
    let outcome = catch_unwind(AssertUnwindSafe(|| workspace.expect_no_changes()));
    let panic = *outcome.expect_err("something is to be done").downcast::<String>().expect("a message");
    assert!(panic.contains(message), "{panic}");
}

#[test]
fn a_workspace_plans_applies_and_destroys() {
    let workspace = without_provider(Workspace::offline());
    workspace.configure(
        r#"
        resource "terraform_data" "test" {
          input = var.name
        }
        output "name" {
          value = terraform_data.test.output
        }
        "#,
    );
    let plan = workspace.plan();
    assert_eq!(plan.action("terraform_data.test"), "create");
    workspace.apply_plan();
    workspace.expect_no_changes();
    let state = workspace.state();
    assert_eq!(state.text("terraform_data.test", "output"), workspace.name);
    assert_eq!(state.outputs["name"], workspace.name);
    workspace.destroy();
    assert!(workspace.state().resources.is_empty());
}

#[test]
fn changes_are_seen_as_what_they_are() {
    let workspace = without_provider(Workspace::offline());
    workspace.configure(r#"resource "terraform_data" "test" { input = "a" }"#).apply();
    workspace.configure(r#"resource "terraform_data" "test" { input = "b" }"#);
    let plan = workspace.plan();
    assert_eq!(plan.action("terraform_data.test"), "update");
    assert_eq!(plan.changed_attributes("terraform_data.test"), ["input", "output"].map(str::to_owned).into());
    workspace.configure(r#"resource "terraform_data" "test" { triggers_replace = "b" }"#);
    assert_eq!(workspace.plan().action("terraform_data.test"), "delete,create");
}

#[test]
fn a_workspace_with_changes_is_noticed() {
    let workspace = without_provider(Workspace::offline());
    workspace.configure(r#"resource "terraform_data" "test" { input = timestamp() }"#).apply();
    expect_changes(&workspace, "the plan is not empty");
}

#[test]
fn drift_is_noticed_although_the_plan_is_empty() {
    let backend = Backend::local();
    let workspace = Workspace::applied(&backend, &case("trial"));
    let arn = workspace.state().text("sagemaker_trial.test", "arn").to_owned();
    backend.change_out_of_band(&arn, &json!({ "LastModifiedTime": 1_800_000_000 }));
    expect_changes(&workspace, "changes that nobody made");
}

#[test]
fn opentofu_works_as_well() {
    let workspace = without_provider(Workspace::with_tofu(&Backend::local()));
    workspace.configure(r#"resource "terraform_data" "test" { input = "a" }"#).apply();
    workspace.expect_no_changes();
}

#[test]
fn the_newest_terraform_works_as_well() {
    let workspace = without_provider(Workspace::with_newest(&Backend::local()));
    let version = workspace.run(&["version"]);
    assert!(version.stdout.contains("Terraform v1.15."), "{version}");
    workspace.configure(r#"resource "terraform_data" "test" { input = "a" }"#).apply();
    workspace.expect_no_changes();
}

#[test]
fn moto_answers_and_refuses() {
    let moto = Backend::moto();
    let group = json!({"ModelPackageGroupName": "selftest"});
    let created = moto.must("CreateModelPackageGroup", &group);
    assert_eq!(
        created["ModelPackageGroupArn"],
        "arn:aws:sagemaker:us-east-1:123456789012:model-package-group/selftest"
    );
    let refusal = moto.call("DescribeModel", &json!({"ModelName": "nobody"})).expect_err("there is no such model");
    assert_eq!(refusal.status, 400);
    assert!(refusal.body.contains("ValidationException"), "{}", refusal.body);
}
