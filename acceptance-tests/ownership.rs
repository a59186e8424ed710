//! Whose an object is: what is not proven to be ours is not taken over, what is ours is not lost, and what is not known
//! yet is not refused.

use serde_json::json;

use crate::{
    fixtures::{MODEL, file_of_case},
    harness::{Backend, Workspace},
};

/// A model of somebody else, which is what the configuration describes, but for what only its owner knows.
fn others_model(backend: &Backend, name: &str, tags: &serde_json::Value) {
    let model = json!({
        "ModelName": name,
        "ExecutionRoleArn": "arn:aws:iam::123456789012:role/test",
        "PrimaryContainer": { "Image": "123456789012.dkr.ecr.us-east-1.amazonaws.com/test:1" },
        "Tags": tags,
    });
    backend.must("CreateModel", &model);
}

#[test]
fn an_identical_object_of_others_is_not_adopted_when_a_reply_is_lost() {
    for kind in ["drop_before", "drop_after"] {
        let backend = Backend::local();
        let workspace = Workspace::new(&backend);
        others_model(&backend, &workspace.name, &json!([{ "Key": "owner", "Value": "payments-team" }]));
        backend.fault(&json!({ "operation": "CreateModel", "kind": kind }));
        let import = format!("terraform import sagemaker_model.<name> {}", workspace.name);
        workspace.configure(MODEL).try_apply(&[]).expect_failure(&[
            "nothing proves that this request created it",
            "`owner` = `payments-team`",
            "created before this request was sent",
            " ago)",
            &import,
        ]);
        assert!(workspace.state().resources.is_empty());
        assert_eq!(backend.calls("AddTags") + backend.calls("DeleteTags"), 0);
        workspace.destroy();
        assert_eq!(backend.count_by_kind().len(), 1, "{}", backend.objects());
    }
}

#[test]
fn a_domain_whose_reply_is_lost_is_found_and_kept() {
    for fault in [json!({ "kind": "drop_after" }), json!({ "kind": "truncated" })] {
        let backend = Backend::local();
        let workspace = Workspace::new(&backend);
        let mut fault = fault.clone();
        fault["operation"] = "CreateDomain".into();
        backend.fault(&fault);
        workspace.configure(&file_of_case("domain", "base.tf")).apply();
        workspace.expect_no_changes();
        assert_eq!(backend.calls("CreateDomain"), 1);
        workspace.destroy();
        assert!(backend.count_by_kind().is_empty(), "{}", backend.objects());
    }
}

#[test]
fn a_domain_whose_create_request_is_lost_is_not_confused_with_those_of_others() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let others = json!({ "DomainName": workspace.name, "AuthMode": "IAM", "VpcId": "vpc-1",
        "SubnetIds": ["subnet-1"], "DefaultUserSettings": { "ExecutionRole": "arn:aws:iam::123456789012:role/studio" } });
    backend.must("CreateDomain", &others);
    backend.fault(&json!({ "operation": "CreateDomain", "kind": "drop_before" }));
    workspace.configure(&file_of_case("domain", "base.tf"));
    workspace
        .try_apply(&[])
        .expect_failure(&["ListDomains shows no domain that was created since the request was sent"]);
    assert!(workspace.state().resources.is_empty());
    assert_eq!(backend.calls("CreateDomain"), 2);
    workspace.apply();
    workspace.destroy();
    assert_eq!(backend.count_by_kind().len(), 1, "{}", backend.objects());
}

/// A feature group with this role, in HCL, beside something whose output is unknown while it is to be created.
fn feature_group(role: &str, revision: u32) -> String {
    format!(
        r#"
resource "terraform_data" "role" {{
  input            = {role:?}
  triggers_replace = {revision}
}}

resource "sagemaker_feature_group" "test" {{
  feature_group_name             = var.name
  record_identifier_feature_name = "id"
  event_time_feature_name        = "at"
  role_arn                       = terraform_data.role.output

  feature_definition {{
    feature_name = "id"
    feature_type = "String"
  }}

  feature_definition {{
    feature_name = "at"
    feature_type = "String"
  }}

  online_store_config {{
    enable_online_store = true
  }}
}}
"#
    )
}

#[test]
fn a_role_that_is_not_known_yet_loses_no_data_and_stops_no_destroy() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let (one, other) = ("arn:aws:iam::123456789012:role/one", "arn:aws:iam::123456789012:role/other");
    workspace.configure(&feature_group(one, 1)).apply();
    workspace.configure(&feature_group(one, 2)).apply();
    workspace.expect_no_changes();
    // What turns out to be another role is refused before anything is deleted.
    workspace.configure(&feature_group(other, 3)).try_plan(&[]).expect_success();
    workspace.try_apply(&[]).expect_failure(&["would lose the data of the feature group", "role_arn"]);
    assert_eq!((backend.calls("CreateFeatureGroup"), backend.calls("DeleteFeatureGroup")), (1, 0));
    workspace.configure(&feature_group(one, 4)).destroy();
}

#[test]
fn a_job_is_replaced_under_another_name_only() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let job = file_of_case("transform_job", "base.tf");
    workspace.configure(&job).apply();
    let changed = job.replace("ml.m5.xlarge", "ml.m5.2xlarge");
    let plan = workspace.configure(&changed).try_plan(&[]);
    plan.expect_failure(&["cannot be replaced under its own name", "instance_type", "transform_job_name"]);
    let renamed = changed.replace("= var.name\n  model_name", "= \"${var.name}-2\"\n  model_name");
    workspace.configure(&renamed).apply();
    workspace.expect_no_changes();
}

#[test]
fn a_job_that_is_to_be_replaced_by_request_or_is_tainted_stays_in_the_state() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let job = "sagemaker_transform_job.test";
    workspace.configure(&file_of_case("transform_job", "base.tf")).apply();
    let parts = ["cannot be replaced under its own name", "terraform untaint"];
    workspace.try_apply(&["-replace", job]).expect_failure(&parts);
    workspace.plan().expect_empty();
    workspace.run(&["taint", job]).expect_success();
    workspace.try_apply(&[]).expect_failure(&parts);
    workspace.run(&["untaint", job]).expect_success();
    workspace.plan().expect_empty();
    assert_eq!(backend.calls("CreateTransformJob"), 1);
    workspace.destroy();
}

#[test]
fn a_state_that_names_no_object_says_how_to_remove_it_and_stops_nothing_else() {
    let backend = Backend::local();
    let workspace = Workspace::applied(&backend, &[MODEL, &file_of_case("domain", "base.tf")].concat());
    let file = workspace.root().join("terraform.tfstate");
    let mut state: serde_json::Value =
        serde_json::from_slice(&std::fs::read(&file).expect("a state")).expect("a state is JSON");
    for resource in state["resources"].as_array_mut().expect("resources") {
        if resource["type"] == "sagemaker_domain" {
            for name in ["id", "domain_id", "arn"] {
                resource["instances"][0]["attributes"][name] = serde_json::Value::Null;
            }
        }
    }
    std::fs::write(&file, state.to_string()).expect("the state can be written");
    let parts = ["does not identify its object", "terraform state rm"];
    workspace.try_plan(&[]).expect_success().expect_text(&parts);
    workspace.try_destroy().expect_failure(&parts);
    let left: Vec<String> = workspace.state().resources.into_keys().collect();
    assert_eq!(left, ["sagemaker_domain.test"]);
    assert_eq!(backend.calls("DeleteDomain"), 0);
    workspace.run(&["state", "rm", "sagemaker_domain.test"]).expect_success();
    assert!(workspace.state().resources.is_empty() && !backend.count_by_kind().is_empty());
}
