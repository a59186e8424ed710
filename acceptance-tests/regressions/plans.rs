//! What a plan has to know: values that are null or not known yet, what only the service sets, and changes that no
//! update can make.

use serde_json::json;

use super::change;
use crate::{
    fixtures::{ENDPOINT, MODEL, case, serving},
    harness::{Backend, Workspace},
};

// Terraform demands that a required argument is written, and takes null.
#[test]
fn null_for_a_required_argument_is_refused_before_anything_is_deleted() {
    let backend = Backend::local();
    let workspace = Workspace::applied(&backend, MODEL);
    workspace
        .configure(&MODEL.replace("image = \"123456789012.dkr.ecr.us-east-1.amazonaws.com/test:1\"", "image = null"));
    workspace.try_plan(&[]).expect_failure(&["image", "must be set"]);
    let mode = "variable \"mode\" {\n  default = null\n}\n".to_owned()
        + &case("domain").replace("auth_mode   = \"IAM\"", "auth_mode   = var.mode");
    workspace.configure(&mode);
    workspace.try_plan(&[]).expect_failure(&["Missing `auth_mode`", "null"]);
    assert_eq!(backend.count_by_kind(), [("model".to_owned(), 1)].into());
}

// Variables are unknown while a module is validated.
#[test]
fn a_module_can_offer_two_selectors_of_a_data_source() {
    let backend = Backend::local();
    let workspace = Workspace::applied(&backend, MODEL);
    let data = "variable \"id\" {\n  default = null\n}\ndata \"sagemaker_model\" \"test\" {\n  id   = var.id\n  name = sagemaker_model.test.name\n}\n";
    workspace.configure(&format!("{MODEL}{data}"));
    workspace.validate().expect_success();
    workspace.apply();
    workspace.expect_no_changes();
}

// What only the service sets inside of a new block is unknown, which is no reason to forget the protection.
#[test]
fn a_protected_object_is_not_updated_in_place_where_it_has_to_be_replaced() {
    let backend = Backend::local();
    let configuration = |more: &str| {
        let protected = serving().replacen("  name_prefix", "  deletion_protection = true\n  name_prefix", 1);
        let protected = protected.replace(ENDPOINT, "");
        protected.replacen("  lifecycle {", &format!("{more}\n  lifecycle {{"), 1)
    };
    let workspace = Workspace::applied(&backend, &configuration(""));
    let capture = "  data_capture_config {\n    destination_s3_uri          = \"s3://sagemaker-example/captured\"\n    \
                   initial_sampling_percentage = 50\n    capture_options {\n      capture_mode = \"Input\"\n    }\n  }\n";
    workspace.configure(&configuration(capture));
    workspace.try_plan(&[]).expect_failure(&["protected", "data_capture_config"]);
}

// Nodes are replaced and scaled at any time.
#[test]
fn what_the_service_changes_during_an_update_does_not_make_it_a_rollback() {
    let backend = Backend::local();
    let workspace = Workspace::applied(&backend, &case("cluster"));
    let address = "sagemaker_cluster.test";
    let arn = workspace.state().text(address, "arn").to_owned();
    let mut groups =
        backend.must("DescribeCluster", &json!({ "ClusterName": workspace.name }))["InstanceGroups"].clone();
    groups[1]["CurrentCount"] = 1.into();
    backend.change_out_of_band(&arn, &json!({ "InstanceGroups": groups }));
    let scaled = case("cluster").replacen("instance_count      = 1", "instance_count      = 2", 1);
    workspace.configure(&scaled).apply();
    workspace.plan().expect_empty();
}

#[test]
fn an_unknown_name_of_a_group_does_not_replace_its_cluster() {
    let backend = Backend::local();
    let workspace = Workspace::applied(&backend, &case("cluster"));
    let named = |name: &str| {
        let group = case("cluster").replace("\"controller\"", "terraform_data.name.output");
        let group = group.replacen("ml.m5.large", "ml.m5.xlarge", 1);
        format!("{group}\nresource \"terraform_data\" \"name\" {{\n  input = {name:?}\n}}\n")
    };
    workspace.configure(&named("other"));
    let plan = workspace.plan();
    assert_eq!(plan.action("sagemaker_cluster.test"), "update", "{plan}");
    workspace.apply_plan();
    workspace.expect_no_changes();
}

// The service sets it once, but not always when it creates the object.
#[test]
fn what_an_update_makes_the_service_set_is_in_the_state_after_it() {
    let backend = Backend::local();
    let domain = |creation: &str| {
        case("domain").replacen("auth_mode ", &format!("home_efs_file_system_creation = {creation:?}\n  auth_mode "), 1)
            + "\noutput \"file_system\" {\n  value = sagemaker_domain.test.home_efs_file_system_id\n}\n"
    };
    let workspace = Workspace::applied(&backend, &domain("Disabled"));
    workspace.configure(&domain("Enabled")).apply();
    workspace.expect_no_changes();
    // The way back is none that the service has.
    workspace.configure(&domain("Disabled"));
    assert_eq!(workspace.plan().action("sagemaker_domain.test"), "delete,create");
}

#[test]
fn a_failed_endpoint_is_replaced() {
    let backend = Backend::local();
    let mut workspace = Workspace::applied(&backend, &serving());
    let address = "sagemaker_endpoint.test";
    let arn = workspace.state().text(address, "arn").to_owned();
    backend.change_out_of_band(&arn, &json!({ "EndpointStatus": "Failed", "FailureReason": "no capacity" }));
    workspace.set("TF_VAR_instance_type", "ml.m5.xlarge");
    let plan = workspace.plan();
    assert_eq!(plan.action(address), "delete,create", "{plan}");
    workspace.apply_plan();
    workspace.expect_no_changes();
}

#[test]
fn an_empty_name_of_a_variant_is_generated_like_an_omitted_one() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let configuration = serving().replace(ENDPOINT, "");
    workspace.configure(&configuration.replace("\"main\"", "\"\"")).apply();
    workspace.plan().expect_empty();
}

#[test]
fn a_volume_becomes_larger_in_place_and_smaller_by_a_replacement() {
    let backend = Backend::local();
    let notebook = |size: u32| {
        crate::fixtures::notebook("ml.t3.medium").replacen(
            "role_arn ",
            &format!("volume_size = {size}\n  role_arn "),
            1,
        )
    };
    let workspace = Workspace::applied(&backend, &notebook(20));
    let address = "sagemaker_notebook_instance.test";
    change(&workspace, &notebook(30), address, "update");
    change(&workspace, &notebook(10), address, "delete,create");
}

// A tag, a policy and metadata are set on another object: the successor sets the same before the deposed one is deleted.
#[test]
fn what_a_successor_has_set_is_not_deleted_with_its_predecessor() {
    let backend = Backend::local();
    let created_first = "  lifecycle {\n    create_before_destroy = true\n  }\n}\n";
    let policy = case("model_package_group_policy");
    let (group, policy) = policy.split_at(policy.find("resource \"sagemaker_model_package_group_policy\"").unwrap());
    let policy = format!("{}{created_first}", policy.trim_end().trim_end_matches('}'));
    let tag = "resource \"sagemaker_tag\" \"test\" {\n  resource_arn = sagemaker_model_package_group.test.arn\n  key = \
               \"unit\"\n  value = \"x\"\n";
    let group =
        group.trim_end().trim_end_matches('}').to_owned() + "  lifecycle {\n    ignore_changes = [tags]\n  }\n}\n";
    let workspace = Workspace::applied(&backend, &format!("{group}{policy}{tag}{created_first}"));
    let policy = "-replace=sagemaker_model_package_group_policy.test";
    workspace.try_apply(&["-replace=sagemaker_tag.test", policy]).expect_success();
    workspace.expect_no_changes();
    workspace.destroy();
    assert_eq!(backend.count_by_kind(), [].into());
}

// No read shows it, so an import cannot know it; that is no reason to train again.
#[test]
fn what_no_read_shows_is_taken_from_the_configuration_after_an_import() {
    let backend = Backend::local();
    let job = case("training_job").replacen(
        "  stopping_condition {",
        "  session_chaining_config {\n    enable_session_tag_chaining = true\n  }\n\n  stopping_condition {",
        1,
    );
    let workspace = Workspace::applied(&backend, &job);
    let address = "sagemaker_training_job.test";
    workspace.run(&["state", "rm", address]).expect_success();
    workspace.run(&["import", address, &workspace.name]).expect_success();
    workspace.try_plan(&[]).expect_success().expect_text(&["is taken from the configuration"]);
    assert_eq!(workspace.plan().action(address), "update");
    workspace.apply_plan();
    workspace.expect_no_changes();
    assert_eq!(backend.calls("CreateTrainingJob"), 1);
    workspace.configure(&job.replacen("chaining = true", "chaining = false", 1));
    assert_eq!(workspace.plan().action(address), "delete,create");
}
