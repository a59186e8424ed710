//! Feature groups.

use super::change;
use crate::harness::{Backend, Workspace};

const GROUP: &str = "sagemaker_feature_group.test";

/// A group with a feature of this type.
fn group(feature_type: &str, arguments: &str) -> String {
    format!(
        r#"
resource "sagemaker_feature_group" "test" {{
  feature_group_name             = var.name
  record_identifier_feature_name = "id"
  event_time_feature_name        = "at"
  role_arn                       = "arn:aws:iam::123456789012:role/features"
{arguments}
  feature_definition {{
    feature_name = "id"
    feature_type = "String"
  }}

  feature_definition {{
    feature_name = "at"
    feature_type = "String"
  }}

  feature_definition {{
    feature_name = "orders"
    feature_type = {feature_type:?}
  }}

  online_store_config {{
    enable_online_store = true
  }}
}}
"#
    )
}

// hashicorp/aws#28740: the plan said "in place", the apply did nothing; #36784: all data was lost.
#[test]
fn a_feature_of_another_type_is_refused_until_the_loss_is_agreed_to() {
    let backend = Backend::local();
    let workspace = Workspace::applied(&backend, &group("Integral", ""));
    let plan = workspace.configure(&group("Fractional", "")).try_plan(&[]);
    plan.expect_failure(&["`orders` has another type", "allow_feature_data_loss"]);
    let agreed = group("Fractional", "  allow_feature_data_loss = true\n");
    change(&workspace, &agreed, GROUP, "delete,create");
}

// hashicorp/aws#26809, #36784: the same of what is no feature, such as the description.
#[test]
fn another_description_is_no_reason_to_lose_all_features() {
    let backend = Backend::local();
    let workspace = Workspace::applied(&backend, &group("Integral", ""));
    let described = group("Integral", "  description = \"Orders\"\n");
    let plan = workspace.configure(&described).try_plan(&[]);
    plan.expect_failure(&["would lose the data", "`description`", "allow_feature_data_loss"]);
    assert_eq!(backend.calls("DeleteFeatureGroup"), 0);
}

// API reference, UpdateFeatureGroup: at most 100 new features in one call.
#[test]
fn any_number_of_features_is_added_in_one_apply() {
    let backend = Backend::local();
    let workspace = Workspace::applied(&backend, &group("String", ""));
    let more = r#"
  dynamic "feature_definition" {
    for_each = range(205)

    content {
      feature_name = "more_${feature_definition.value}"
      feature_type = "String"
    }
  }

  online_store_config {"#;
    change(&workspace, &group("String", "").replace("\n  online_store_config {", more), GROUP, "update");
    workspace.expect_no_changes();
    assert_eq!(backend.calls("UpdateFeatureGroup"), 3);
}
