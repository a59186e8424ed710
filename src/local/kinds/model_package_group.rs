//! Model package groups: hold versions of a model, never changed themselves.

use super::{policy, validated::VALIDATED};
use crate::{
    local::{
        error::{CONFLICT, ErrorText, ServiceError, VALIDATION},
        kind::{Behavior, Call, Kind, List, OLDEST_FIRST, ORDINARY},
        lifecycle::Lifecycle,
        storage::store::Object,
    },
    value::Value,
};

pub(in crate::local) static KIND: Kind = Kind {
    noun: "ModelPackageGroup",
    id: "model-package-group",
    name: "ModelPackageGroupName",
    arn: "ModelPackageGroupArn",
    operations: &[
        ("DeleteModelPackageGroup", Behavior::Delete(if_empty)),
        ("PutModelPackageGroupPolicy", Behavior::Other(put_policy)),
        ("GetModelPackageGroupPolicy", Behavior::Other(get_policy)),
        ("DeleteModelPackageGroupPolicy", Behavior::Other(delete_policy)),
        (
            "ListModelPackageGroups",
            Behavior::List(List {
                others: &["CrossAccountFilterOption"],
                // Groups of other accounts are never shared with this one.
                keep: |call, _| call.input.get("CrossAccountFilterOption").as_str() != Some("CrossAccount"),
                ..OLDEST_FIRST
            }),
        ),
    ],
    not_found: ErrorText { code: VALIDATION, message: "ModelPackageGroup {arn} does not exist." },
    exists: ErrorText { code: VALIDATION, message: "Model Package Group already exists: {arn}" },
    lifecycle: Some(Lifecycle { status: "ModelPackageGroupStatus", ..VALIDATED }),
    ..ORDINARY
};

/// The id of the kind whose objects are in groups.
pub(super) const PACKAGE: &str = "model-package";

/// The code is in the model (DeleteModelPackageGroup); the wording is assumed.
fn if_empty(call: &Call<'_>, group: &Object) -> Result<(), ServiceError> {
    let packages = call.region.of_kind(PACKAGE);
    if packages.into_iter().any(|package| package.key.split_once('/').is_some_and(|(key, _)| key == group.key)) {
        let message =
            format!("Model Package Group {} cannot be deleted because it contains model packages.", group.arn);
        return Err(ServiceError::new(CONFLICT, message));
    }
    Ok(())
}

/// The messages of the policy's operations differ from those of the group's; only their beginning is known.
fn group_of_policy<'a>(call: &'a Call<'_>) -> Result<&'a Object, ServiceError> {
    let arn = call.scope.arn(KIND.id, &call.text("ModelPackageGroupName").to_lowercase());
    call.named(&KIND).map_err(|_| ServiceError::validation(format!("Cannot find Model Package Group: {arn}")))
}

fn put_policy(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let key = group_of_policy(call)?.key.clone();
    policy::put(&KIND, call, &key)
}

fn get_policy(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let group = group_of_policy(call)?;
    Ok(Value::from([(policy::POLICY, policy::of(group)?.clone())]))
}

fn delete_policy(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let group = group_of_policy(call)?;
    policy::of(group)?;
    let key = group.key.clone();
    policy::delete(&KIND, call, &key);
    Ok(Value::object())
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::local::{
        json,
        tests::bench::{Bench, names, text},
    };

    const GROUP: &str = r#"{"ModelPackageGroupName":"Churn"}"#;

    #[test]
    fn a_group_is_created_then_completed_then_deleted() {
        let bench = Bench::new();
        bench.ok("CreateModelPackageGroup", GROUP);
        assert_eq!(text(&bench.ok("DescribeModelPackageGroup", GROUP), "ModelPackageGroupStatus"), "Pending");
        bench.wait();
        expect![[r#"{"CreatedBy":{},"CreationTime":1800000000,"ModelPackageGroupArn":"arn:aws:sagemaker:eu-central-1:123456789012:model-package-group/churn","ModelPackageGroupName":"Churn","ModelPackageGroupStatus":"Completed"}"#]]
        .assert_eq(&json::write(&bench.ok("DescribeModelPackageGroup", GROUP)));
        assert_eq!(
            bench.refused("CreateModelPackageGroup", GROUP),
            "ValidationException: Model Package Group already exists: \
             arn:aws:sagemaker:eu-central-1:123456789012:model-package-group/churn"
        );
        bench.ok("DeleteModelPackageGroup", GROUP);
        bench.wait();
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
        bench.wait();
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

    #[test]
    fn a_policy_is_put_read_and_deleted() {
        let bench = Bench::new();
        let name = r#"{"ModelPackageGroupName":"Churn"}"#;
        assert!(bench.refused("GetModelPackageGroupPolicy", name).contains("Cannot find Model Package Group"));
        bench.ok("CreateModelPackageGroup", GROUP);
        assert!(bench.refused("GetModelPackageGroupPolicy", name).contains("Cannot find resource policy"));
        bench.ok("PutModelPackageGroupPolicy", r#"{"ModelPackageGroupName":"Churn","ResourcePolicy":"{}"}"#);
        bench.wait();
        assert_eq!(text(&bench.ok("GetModelPackageGroupPolicy", name), "ResourcePolicy"), "{}");
        bench.ok("DeleteModelPackageGroupPolicy", name);
        assert!(bench.refused("DeleteModelPackageGroupPolicy", name).contains("Cannot find resource policy"));
    }
}
