//! Model package groups: hold versions of a model, never changed themselves.

use super::model_package;
use crate::local::{
    call::{Call, Draft},
    error::{CONFLICT, ServiceError, VALIDATION},
    store::Object,
    thing::{Action, LIFE, Life, List, ORDINARY, Text, Thing, nothing_to_add},
};
use crate::value::Value;

pub(in crate::local) static THING: Thing = Thing {
    noun: "ModelPackageGroup",
    kind: "model-package-group",
    name: "ModelPackageGroupName",
    arn: "ModelPackageGroupArn",
    operations: &[
        ("CreateModelPackageGroup", Action::Create(fill)),
        ("DescribeModelPackageGroup", Action::Describe(nothing_to_add)),
        ("DeleteModelPackageGroup", Action::Delete(if_empty)),
        (
            "ListModelPackageGroups",
            Action::List(List {
                member: "ModelPackageGroupSummaryList",
                sort_by: "CreationTime",
                descending: false,
                fields: &[("CrossAccountFilterOption", "")],
                // Groups of other accounts are never shared with this one.
                keep: |call, _| call.input.get("CrossAccountFilterOption").as_str() != Some("CrossAccount"),
            }),
        ),
    ],
    absent: Text { code: VALIDATION, message: "ModelPackageGroup {arn} does not exist." },
    exists: Text { code: VALIDATION, message: "Model Package Group already exists: {arn}" },
    life: Some(Life {
        status: "ModelPackageGroupStatus",
        creating: &["Pending", "InProgress"],
        created: "Completed",
        failed: "Failed",
        deleting: "Deleting",
        reason: "",
        ..LIFE
    }),
    ..ORDINARY
};

fn fill(_: &mut Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    draft.members.insert("CreatedBy".into(), Value::object());
    Ok(())
}

/// The code is in the model (DeleteModelPackageGroup); the wording is assumed.
fn if_empty(call: &Call<'_>, group: &Object) -> Result<(), ServiceError> {
    let packages = call.region.of_kind(model_package::THING.kind);
    if packages.into_iter().any(|package| package.key.split_once('/').is_some_and(|(key, _)| key == group.key)) {
        let message =
            format!("Model Package Group {} cannot be deleted because it contains model packages.", group.arn);
        return Err(ServiceError::new(CONFLICT, message));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::local::{
        bench::{Bench, names, text},
        json,
    };

    const GROUP: &str = r#"{"ModelPackageGroupName":"Churn"}"#;

    #[test]
    fn a_group_is_created_then_completed_then_deleted() {
        let bench = Bench::new();
        bench.ok("CreateModelPackageGroup", GROUP);
        assert_eq!(text(&bench.ok("DescribeModelPackageGroup", GROUP), "ModelPackageGroupStatus"), "Pending");
        bench.settle();
        expect![[r#"{"CreatedBy":{},"CreationTime":1800000000,"ModelPackageGroupArn":"arn:aws:sagemaker:eu-central-1:123456789012:model-package-group/churn","ModelPackageGroupName":"Churn","ModelPackageGroupStatus":"Completed"}"#]]
        .assert_eq(&json::write(&bench.ok("DescribeModelPackageGroup", GROUP)));
        assert_eq!(
            bench.refused("CreateModelPackageGroup", GROUP),
            "ValidationException: Model Package Group already exists: \
             arn:aws:sagemaker:eu-central-1:123456789012:model-package-group/churn"
        );
        bench.ok("DeleteModelPackageGroup", GROUP);
        bench.settle();
        assert_eq!(
            bench.refused("DescribeModelPackageGroup", GROUP),
            "ValidationException: ModelPackageGroup \
             arn:aws:sagemaker:eu-central-1:123456789012:model-package-group/churn does not exist."
        );
    }

    #[test]
    fn a_group_with_packages_stays() {
        let bench = Bench::new();
        bench.ok("CreateModelPackageGroup", GROUP);
        bench.ok("CreateModelPackage", GROUP);
        assert!(bench.refused("DeleteModelPackageGroup", GROUP).starts_with("ConflictException: "));
        bench.ok(
            "DeleteModelPackage",
            r#"{"ModelPackageName":"arn:aws:sagemaker:eu-central-1:123456789012:model-package/churn/1"}"#,
        );
        bench.settle();
        bench.ok("DeleteModelPackageGroup", GROUP);
    }

    #[test]
    fn no_other_account_shares_its_groups() {
        let bench = Bench::new();
        bench.ok("CreateModelPackageGroup", GROUP);
        let listed = |filter: &str| {
            names(&bench.ok("ListModelPackageGroups", filter), "ModelPackageGroupSummaryList", "ModelPackageGroupName")
        };
        assert_eq!(listed("{}"), ["Churn"]);
        assert!(listed(r#"{"CrossAccountFilterOption":"CrossAccount"}"#).is_empty());
    }
}
