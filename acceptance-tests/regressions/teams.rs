//! What several teams share: tags, provider blocks, names and imports.

use serde_json::json;

use super::change;
use crate::harness::{Backend, Workspace};

const GROUP: &str = "sagemaker_model_package_group.test";

/// A model package group with these arguments besides its name.
fn group(arguments: &str) -> String {
    format!(
        "resource \"sagemaker_model_package_group\" \"test\" {{\n  model_package_group_name = var.name\n{arguments}}}\n"
    )
}

/// A provider block whose value in place of `{}` is known after the first apply only, and changes with it.
fn depending(block: &str, value: &str) -> String {
    let block = block.replace("{}", "terraform_data.shared.output");
    format!(
        "resource \"terraform_data\" \"shared\" {{\n  input            = {value}\n  triggers_replace = {value}\n}}\nprovider \"sagemaker\" {{\n{block}}}\n"
    )
}

fn tags(backend: &Backend, workspace: &Workspace) -> serde_json::Value {
    let arn = workspace.state().text(GROUP, "arn").to_owned();
    backend.must("ListTags", &json!({ "ResourceArn": arn }))["Tags"].clone()
}

// A map whose values are all empty was taken for no map.
#[test]
fn tags_with_empty_values_are_set_and_removed() {
    let backend = Backend::local();
    let workspace = Workspace::applied(&backend, &group(""));
    change(&workspace, &group("  tags = { backup = \"\" }\n"), GROUP, "update");
    assert_eq!(tags(&backend, &workspace), json!([{ "Key": "backup", "Value": "" }]));
    change(&workspace, &group("  tags = {}\n"), GROUP, "update");
    assert_eq!(tags(&backend, &workspace), json!([]));
}

#[test]
fn tags_of_others_are_kept_while_it_is_unknown_which_are_ignored() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let ignoring = |version: &str| {
        let block = depending("  ignore_tags {\n    keys = [{}]\n  }\n", "\"LastScan\"");
        block.replacen("triggers_replace = \"LastScan\"", &format!("triggers_replace = {version:?}"), 1)
            + &group("  tags = { team = \"ml\" }\n")
    };
    workspace.configure(&ignoring("one")).apply();
    let arn = workspace.state().text(GROUP, "arn").to_owned();
    backend.must("AddTags", &json!({ "ResourceArn": arn, "Tags": [{ "Key": "LastScan", "Value": "today" }] }));
    workspace.configure(&ignoring("two")).apply();
    let held = tags(&backend, &workspace).to_string();
    assert!(held.contains("LastScan") && held.contains("team"), "{held}");
    workspace.expect_no_changes();
}

// With `ignore_changes` they stayed what they were for ever.
#[test]
fn default_tags_that_change_are_no_tags_of_the_resource() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let ignored = group("  tags = { team = \"ml\" }\n  lifecycle {\n    ignore_changes = [tags]\n  }\n");
    for release in ["one", "two", "three"] {
        let defaults = "  default_tags {\n    tags = { release = {} }\n  }\n";
        workspace.configure(&(depending(defaults, &format!("{release:?}")) + &ignored)).apply();
        let held = tags(&backend, &workspace).to_string();
        assert!(held.contains(release), "{release}: {held}");
        workspace.expect_no_changes();
    }
}

// They passed the plan, which destroyed what it could not create again.
#[test]
fn default_tags_are_validated_and_counted_with_those_of_the_resource() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let with = |tags: &str| format!("provider \"sagemaker\" {{\n  default_tags {{\n    tags = {tags}\n  }}\n}}\n");
    for (tags, why) in [
        ("{ \"a#b\" = \"1\" }", "The key is `a#b`"),
        ("{ \"\" = \"1\" }", "must have 1 to 128 characters"),
        ("{ a = \"x;y\" }", "The value is `x;y`"),
    ] {
        workspace.configure(&(with(tags) + &group("")));
        workspace.try_plan(&[]).expect_failure(&["Invalid provider argument `default_tags[0].tags[", why]);
    }
    let many = "  tags = { for place in range(49) : \"k${place}\" => \"v\" }\n";
    workspace.configure(&(with("{ a = \"1\", b = \"2\" }") + &group(many)));
    workspace.try_plan(&[]).expect_failure(&["Too many tags", "51 tags", "at most 50"]);
}

#[test]
fn nothing_is_imported_while_the_provider_block_is_unknown() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let import = format!("import {{\n  to = {GROUP}\n  id = {:?}\n}}\n", workspace.name);
    workspace.configure(&(depending("  region = {}\n", "\"us-east-1\"") + &import + &group("")));
    workspace.try_plan(&[]).expect_failure(&["The provider's configuration is not known"]);
}

// The last part of any ARN was taken for the name.
#[test]
fn only_an_arn_of_the_same_kind_region_and_account_is_imported() {
    let backend = Backend::local();
    let workspace = Workspace::applied(&backend, &group(""));
    let arn = workspace.state().text(GROUP, "arn").to_owned();
    workspace.run(&["state", "rm", GROUP]).expect_success();
    let foreign = [
        (arn.replace(":model-package-group/", ":endpoint/"), "the ARN of another kind of object: `endpoint`"),
        (arn.replace(":sagemaker:", ":s3:"), "an ARN of the service `s3`"),
        (arn.replace("arn:aws:", "arn:aws-cn:"), "is not in the partition `aws-cn`"),
        (arn.replace(":123456789012:", ":999999999999:"), "an ARN of the account `999999999999`"),
        (format!("{arn}@ap-south-1"), "not of `ap-south-1`"),
    ];
    for (id, why) in foreign {
        workspace.run(&["import", "-no-color", GROUP, &id]).expect_failure(&[why]);
    }
    workspace.run(&["import", "-no-color", GROUP, &arn]).expect_success();
    workspace.expect_no_changes();
}

#[test]
fn a_tag_whose_key_contains_an_at_sign_is_imported_by_its_id() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let tag = format!(
        "{}resource \"sagemaker_tag\" \"test\" {{\n  resource_arn = {GROUP}.arn\n  key          = \"owner@data-team\"\n  value        = \"x\"\n}}\n",
        group("  lifecycle {\n    ignore_changes = [tags, tags_all]\n  }\n")
    );
    workspace.configure(&tag).apply();
    let id = workspace.state().text("sagemaker_tag.test", "id").to_owned();
    workspace.run(&["state", "rm", "sagemaker_tag.test"]).expect_success();
    workspace.run(&["import", "-no-color", "sagemaker_tag.test", &id]).expect_success();
}

#[test]
fn a_prefix_that_makes_no_name_is_refused_by_the_plan() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let model = |prefix: &str| {
        format!(
            "resource \"sagemaker_model\" \"test\" {{\n  name_prefix        = {prefix:?}\n  execution_role_arn = \"arn:aws:iam::123456789012:role/r\"\n  primary_container {{\n    image = \"123456789012.dkr.ecr.us-east-1.amazonaws.com/i:1\"\n  }}\n}}\n"
        )
    };
    for (prefix, why) in [("team_ml-", "it must match"), (&"a".repeat(38), "it must have at most 37 characters")] {
        workspace.configure(&model(prefix));
        workspace.try_plan(&[]).expect_failure(&["Invalid `name_prefix`", why]);
    }
    workspace.configure(&model(&"a".repeat(37)));
    workspace.apply();
    workspace.expect_no_changes();
}

#[test]
fn elements_with_the_same_key_are_refused_by_the_plan() {
    let workspace = Workspace::offline();
    workspace.configure(
        "resource \"sagemaker_trial_component\" \"test\" {\n  trial_component_name = var.name\n  parameters {\n    key          = \"a\"\n    number_value = 1\n  }\n  parameters {\n    key          = \"a\"\n    number_value = 2\n  }\n}\n",
    );
    workspace.validate().expect_failure(&["Repeated `key` in `parameters`", "`a`"]);
}

// The value was in the state, and in the next plan.
#[test]
fn a_key_is_either_secret_or_saved() {
    let workspace = Workspace::offline();
    workspace.configure(
        "resource \"sagemaker_model\" \"test\" {\n  execution_role_arn = \"arn:aws:iam::123456789012:role/r\"\n  primary_container {\n    image                  = \"123456789012.dkr.ecr.us-east-1.amazonaws.com/i:1\"\n    environment            = { A = \"plain\" }\n    environment_wo         = { A = \"s3cr3t\" }\n    environment_wo_version = 1\n  }\n}\n",
    );
    let run = workspace.validate();
    run.expect_failure(&["`A` is set twice", "`environment_wo` and in `environment`"]);
    assert!(!run.said().contains("s3cr3t"), "{run}");
}
