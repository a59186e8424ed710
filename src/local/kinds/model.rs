//! Models: created and deleted at once, never changed.

use super::model_package;
use crate::{
    local::{
        error::{ErrorText, ServiceError, VALIDATION},
        kind::{Behavior, Call, Draft, Kind, ORDINARY},
        operations::members::{default, each, within},
    },
    value::{Map, Value},
};

pub(in crate::local) static KIND: Kind = Kind {
    noun: "Model",
    id: "model",
    name: "ModelName",
    arn: "ModelArn",
    operations: &[("CreateModel", Behavior::Create(fill))],
    not_found: ErrorText { code: VALIDATION, message: "Could not find model \"{arn}\"." },
    exists: ErrorText { code: VALIDATION, message: "Cannot create already existing model \"{arn}\"." },
    ..ORDINARY
};

fn fill(call: &mut Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    let primary = std::slice::from_ref(call.input.get("PrimaryContainer"));
    for container in primary.iter().chain(call.input.get("Containers").elements()) {
        check_package(call, container)?;
    }
    within(&mut draft.members, "PrimaryContainer", fill_container);
    each(&mut draft.members, "Containers", fill_container);
    default(&mut draft.members, "EnableNetworkIsolation", false);
    Ok(())
}

/// A package of this place has to exist. Those of other accounts in the region, which these may share, are taken on
/// trust.
fn check_package(call: &Call<'_>, container: &Value) -> Result<(), ServiceError> {
    let in_region = format!(":sagemaker:{}:", call.scope.region);
    match container.get("ModelPackageName").as_str() {
        Some(package) if call.scope.is_foreign(package) && package.contains(&in_region) => Ok(()),
        Some(package) => call.find(&model_package::KIND, package).map(|_| ()),
        None => Ok(()),
    }
}

/// `Mode` is `SingleModel` if unset (default of the aws provider, which else would differ from what it reads). Where
/// the data of a single model is an archive by URL, it is shown as a data source too (that provider computes it).
fn fill_container(container: &mut Map) {
    default(container, "Mode", "SingleModel");
    let single = container.get("Mode").and_then(Value::as_str) == Some("SingleModel");
    if let (true, Some(url)) = (single, container.get("ModelDataUrl").cloned()) {
        let source =
            Value::from([("S3Uri", url), ("S3DataType", "S3Object".into()), ("CompressionType", "Gzip".into())]);
        default(container, "ModelDataSource", Value::from([("S3DataSource", source)]));
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::local::{json, tests::bench::Bench};

    const MODEL: &str = r#"{"ModelName":"Churn","PrimaryContainer":{"Image":"r/i:1","ModelDataUrl":"s3://b/m.tar.gz"},
        "ExecutionRoleArn":"arn:aws:iam::123456789012:role/r"}"#;

    #[test]
    fn a_model_is_created_with_its_defaults_and_deleted_at_once() {
        let bench = Bench::new();
        let created = bench.ok("CreateModel", MODEL);
        expect![[r#"{"ModelArn":"arn:aws:sagemaker:eu-central-1:123456789012:model/churn"}"#]]
            .assert_eq(&json::write(&created));
        expect![[r#"{"CreationTime":1800000000,"EnableNetworkIsolation":false,"ExecutionRoleArn":"arn:aws:iam::123456789012:role/r","ModelArn":"arn:aws:sagemaker:eu-central-1:123456789012:model/churn","ModelName":"Churn","PrimaryContainer":{"Image":"r/i:1","Mode":"SingleModel","ModelDataSource":{"S3DataSource":{"CompressionType":"Gzip","S3DataType":"S3Object","S3Uri":"s3://b/m.tar.gz"}},"ModelDataUrl":"s3://b/m.tar.gz"}}"#]]
        .assert_eq(&json::write(&bench.ok("DescribeModel", r#"{"ModelName":"Churn"}"#)));
        bench.ok("DeleteModel", r#"{"ModelName":"churn"}"#);
        let absent = "ValidationException: Could not find model \
                      \"arn:aws:sagemaker:eu-central-1:123456789012:model/churn\".";
        assert_eq!(bench.refused("DescribeModel", r#"{"ModelName":"Churn"}"#), absent);
        assert_eq!(bench.refused("DeleteModel", r#"{"ModelName":"Churn"}"#), absent);
    }

    #[test]
    fn a_name_is_taken_whatever_its_case() {
        let bench = Bench::new();
        bench.ok("CreateModel", MODEL);
        assert_eq!(
            bench.refused("CreateModel", r#"{"ModelName":"CHURN","PrimaryContainer":{"Image":"i"}}"#),
            "ValidationException: Cannot create already existing model \
             \"arn:aws:sagemaker:eu-central-1:123456789012:model/churn\"."
        );
    }

    #[test]
    fn a_package_that_a_container_names_has_to_exist() {
        let input = r#"{"ModelName":"m","Containers":[{"ModelPackageName":"nobody"}]}"#;
        assert_eq!(
            Bench::new().refused("CreateModel", input),
            "ValidationException: ModelPackage arn:aws:sagemaker:eu-central-1:123456789012:model-package/nobody does \
             not exist."
        );
    }

    #[test]
    fn a_package_of_another_account_is_taken_on_trust_but_not_of_another_region() {
        let bench = Bench::new();
        let model = |place: &str| {
            let package = format!("arn:aws:sagemaker:{place}:model-package/churn/1");
            format!(r#"{{"ModelName":"m","Containers":[{{"ModelPackageName":"{package}"}}]}}"#)
        };
        bench.ok("CreateModel", &model("eu-central-1:210987654321"));
        assert_eq!(
            bench.refused("CreateModel", &model("us-east-1:123456789012").replace(r#""m""#, r#""n""#)),
            "ValidationException: ARN should be scoped to correct region: eu-central-1"
        );
    }

    #[test]
    fn a_multi_model_container_is_left_as_it_is() {
        let bench = Bench::new();
        let container = r#"{"Image":"i","Mode":"MultiModel","ModelDataUrl":"s3://b/p/"}"#;
        bench.ok("CreateModel", &format!(r#"{{"ModelName":"m","Containers":[{container}]}}"#));
        let shown = bench.ok("DescribeModel", r#"{"ModelName":"m"}"#);
        assert_eq!(shown.get("Containers").at(0), &json::read(container.as_bytes()).unwrap());
    }

    #[test]
    fn a_model_without_containers_is_refused() {
        for input in [r#"{"ModelName":"m"}"#, r#"{"ModelName":"m","Containers":[]}"#] {
            assert_eq!(
                Bench::new().refused("CreateModel", input),
                "ValidationException: Exactly one of PrimaryContainer, Containers must be set."
            );
        }
    }
}
