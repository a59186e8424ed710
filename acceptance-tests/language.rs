//! What Terraform's language can do with resources of this provider.

use serde_json::{Value as Json, json};

use crate::{
    fixtures::{MODEL, other_configuration, serving},
    harness::{Backend, Workspace, run::Run},
};

/// The lines of a run's output in which Terraform says that it has done something, in order.
fn completions(run: &Run) -> Vec<&str> {
    run.stdout.lines().filter(|line| line.contains(" complete after ")).collect()
}

#[track_caller]
fn place(lines: &[&str], start: &str) -> usize {
    lines.iter().position(|line| line.starts_with(start)).unwrap_or_else(|| panic!("`{start}` is not among {lines:?}"))
}

#[test]
fn a_plan_with_unknown_values_is_applied_as_planned() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    workspace.configure(
        r#"
        resource "terraform_data" "later" {
          input = "${var.name}-later"
        }
        resource "sagemaker_model" "test" {
          name               = terraform_data.later.output
          execution_role_arn = "arn:aws:iam::123456789012:role/${terraform_data.later.output}"
          primary_container {
            image       = terraform_data.later.output
            environment = { FROM = terraform_data.later.output, KNOWN = "yes" }
          }
          tags = { from = terraform_data.later.output }
        }
        "#,
    );
    let plan = workspace.plan();
    assert_eq!(plan.change("sagemaker_model.test")["after_unknown"]["name"], true);
    workspace.apply_plan();
    workspace.expect_no_changes();
    let state = workspace.state();
    let later = format!("{}-later", workspace.name);
    assert_eq!(state.text("sagemaker_model.test", "name"), later);
    assert_eq!(state.resource("sagemaker_model.test")["tags"], json!({ "from": later }));
}

#[test]
fn many_resources_of_one_type_are_created_at_once() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    workspace.configure(
        r#"
        resource "sagemaker_model_package_group" "counted" {
          count                    = 10
          model_package_group_name = "${var.name}-${count.index}"
        }
        resource "sagemaker_model_package_group" "named" {
          for_each                 = toset(["a", "b"])
          model_package_group_name = "${var.name}-${each.key}"
          tags                     = { key = each.key }
        }
        output "arns" {
          value = values(sagemaker_model_package_group.named)[*].arn
        }
        "#,
    );
    workspace.apply();
    workspace.expect_no_changes();
    let state = workspace.state();
    assert_eq!(state.resources.len(), 12);
    assert_eq!(state.outputs["arns"].as_array().map(Vec::len), Some(2));
    workspace.destroy();
}

#[test]
fn create_before_destroy_updates_the_endpoint_between_the_new_and_the_old_configuration() {
    let backend = Backend::local();
    let mut workspace = Workspace::applied(&backend, &serving());
    workspace.set("TF_VAR_instance_type", "ml.c5.large");
    let plan = workspace.plan();
    assert_eq!(plan.action("sagemaker_endpoint_configuration.test"), "create,delete");
    assert_eq!(plan.action("sagemaker_endpoint.test"), "update");
    let run = workspace.apply_plan();
    workspace.expect_no_changes();
    let lines = completions(&run);
    let order = [
        "sagemaker_endpoint_configuration.test: Creation",
        "sagemaker_endpoint.test: Modifications",
        "sagemaker_endpoint_configuration.test: Destruction",
    ];
    assert!(order.map(|start| place(&lines, start)).is_sorted(), "{run}");
}

#[test]
fn ignored_changes_are_left_alone() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let ignoring = serving().replace(
        "endpoint_config_name = sagemaker_endpoint_configuration.test.name",
        "endpoint_config_name = sagemaker_endpoint_configuration.test.name\n\
         \n  lifecycle {\n    ignore_changes = [endpoint_config_name]\n  }",
    );
    workspace.configure(&ignoring).apply();
    let other = other_configuration(&backend, &workspace);
    backend.must("UpdateEndpoint", &json!({ "EndpointName": workspace.name, "EndpointConfigName": other }));
    backend.until("the endpoint is updated", |backend| {
        backend.must("DescribeEndpoint", &json!({ "EndpointName": workspace.name }))["EndpointStatus"] == "InService"
    });
    workspace.plan().expect_empty();
    workspace.apply();
    let endpoint = backend.must("DescribeEndpoint", &json!({ "EndpointName": workspace.name }));
    assert_eq!(endpoint["EndpointConfigName"], other);
    assert_eq!(workspace.state().text("sagemaker_endpoint.test", "endpoint_config_name"), other);
}

#[test]
fn dynamic_blocks_come_and_go() {
    let backend = Backend::local();
    let mut workspace = Workspace::new(&backend);
    workspace.configure(
        r#"
        variable "images" {
          type = list(string)
        }
        resource "terraform_data" "images" {
          input = var.images
        }
        resource "sagemaker_model" "test" {
          name               = var.name
          execution_role_arn = "arn:aws:iam::123456789012:role/test"
          dynamic "container" {
            for_each = terraform_data.images.output
            content {
              image              = container.value
              container_hostname = "step-${container.key}"
            }
          }
          inference_execution_config {
            mode = "Serial"
          }
        }
        "#,
    );
    for images in [r#"["a", "b"]"#, r#"["b", "a", "c"]"#, r#"["c", "a"]"#] {
        workspace.set("TF_VAR_images", images);
        workspace.plan();
        workspace.apply_plan();
        workspace.expect_no_changes();
        let expected: Json = serde_json::from_str(images).expect("a list");
        let described = backend.must("DescribeModel", &json!({ "ModelName": workspace.name }));
        let containers: Vec<&Json> = described["Containers"]
            .as_array()
            .expect("containers")
            .iter()
            .map(|container| &container["Image"])
            .collect();
        assert_eq!(json!(containers), expected);
    }
}

#[test]
fn default_tags_reach_every_object_and_show_in_tags_all_only() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let with_defaults = |defaults: &str, own: &str| {
        let model = MODEL.replacen("name  ", &format!("tags = {own}\n  name  "), 1);
        format!("{model}\nprovider \"sagemaker\" {{\n  default_tags {{\n    tags = {defaults}\n  }}\n}}\n")
    };
    let tags = |backend: &Backend| {
        let arn = workspace.state().text("sagemaker_model.test", "arn").to_owned();
        let mut tags: Vec<String> = backend.must("ListTags", &json!({ "ResourceArn": arn }))["Tags"]
            .as_array()
            .expect("tags")
            .iter()
            .map(|tag| format!("{}={}", tag["Key"].as_str().unwrap_or(""), tag["Value"].as_str().unwrap_or("")))
            .collect();
        tags.sort();
        tags
    };
    workspace.configure(&with_defaults(r#"{ team = "a", stage = "dev" }"#, r#"{ stage = "test", own = "1" }"#)).apply();
    workspace.expect_no_changes();
    assert_eq!(tags(&backend), ["own=1", "stage=test", "team=a"]);
    let state = workspace.state();
    let model = state.resource("sagemaker_model.test");
    assert_eq!(model["tags"], json!({ "stage": "test", "own": "1" }));
    assert_eq!(model["tags_all"], json!({ "stage": "test", "own": "1", "team": "a" }));

    workspace.configure(&with_defaults(r#"{ team = "b" }"#, r#"{ own = "1" }"#));
    assert_eq!(workspace.plan().action("sagemaker_model.test"), "update");
    workspace.apply_plan();
    workspace.expect_no_changes();
    assert_eq!(tags(&backend), ["own=1", "team=b"]);

    workspace.configure(&with_defaults("{}", "null")).apply();
    workspace.expect_no_changes();
    assert_eq!(tags(&backend), [""; 0]);
}

#[test]
fn ignored_tags_are_neither_shown_nor_removed() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let provider =
        "provider \"sagemaker\" {\n  ignore_tags {\n    keys = [\"cost\"]\n    key_prefixes = [\"other/\"]\n  }\n}\n";
    workspace.configure(&(MODEL.to_owned() + provider)).apply();
    let arn = workspace.state().text("sagemaker_model.test", "arn").to_owned();
    let others = json!([{ "Key": "cost", "Value": "1" }, { "Key": "other/x", "Value": "2" }]);
    backend.must("AddTags", &json!({ "ResourceArn": arn, "Tags": others }));
    workspace.expect_no_changes();
    let own = MODEL.replacen("name  ", "tags = { own = \"1\" }\n  name  ", 1);
    workspace.configure(&(own + provider)).apply();
    workspace.expect_no_changes();
    assert_eq!(backend.must("ListTags", &json!({ "ResourceArn": arn }))["Tags"].as_array().map(Vec::len), Some(3));
}

#[test]
fn two_provider_configurations_work_in_their_own_regions() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    workspace.configure(
        r#"
        provider "sagemaker" {
          region = "eu-central-1"
        }
        provider "sagemaker" {
          alias  = "far"
          region = "ap-southeast-2"
        }
        resource "sagemaker_model_package_group" "near" {
          model_package_group_name = var.name
        }
        resource "sagemaker_model_package_group" "far" {
          provider                 = sagemaker.far
          model_package_group_name = var.name
        }
        "#,
    );
    workspace.apply();
    workspace.expect_no_changes();
    let state = workspace.state();
    for (address, region) in [("near", "eu-central-1"), ("far", "ap-southeast-2")] {
        let address = format!("sagemaker_model_package_group.{address}");
        assert_eq!(state.text(&address, "region"), region);
        assert!(state.text(&address, "arn").contains(&format!(":{region}:")), "{}", state.text(&address, "arn"));
    }
    workspace.destroy();
}

#[test]
fn a_resource_can_override_the_region_of_the_provider() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let group = |region: &str| {
        format!(
            "resource \"sagemaker_model_package_group\" \"test\" {{\n  model_package_group_name = var.name\n  {region}\n}}\n"
        )
    };
    workspace.configure(&group("region = \"eu-west-1\"")).apply();
    workspace.expect_no_changes();
    let address = "sagemaker_model_package_group.test";
    assert!(workspace.state().text(address, "arn").contains(":eu-west-1:"));
    workspace.configure(&group(""));
    assert_eq!(workspace.plan().action(address), "delete,create", "another region is another object");
}

#[test]
fn omitted_names_are_generated_and_kept() {
    let backend = Backend::local();
    let workspace = Workspace::applied(&backend, &MODEL.replace("name               = var.name", ""));
    workspace.expect_no_changes();
    let state = workspace.state();
    let name = state.text("sagemaker_model.test", "name");
    assert!(name.starts_with("terraform-"), "{name}");
    backend.must("DescribeModel", &json!({ "ModelName": name }));
}
