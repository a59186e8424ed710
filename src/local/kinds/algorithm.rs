//! Algorithms: validated after creation, never changed.

use super::validated::{VALIDATED, resolve_containers, status_details};
use crate::{
    local::{
        error::{ErrorText, ServiceError, VALIDATION},
        kind::{Behavior, Call, Draft, Kind, OLDEST_FIRST, ORDINARY},
        lifecycle::Lifecycle,
        operations::{
            ids::image_digest,
            members::{default, each, put, within},
        },
        storage::store::Object,
    },
    value::{Map, Value},
};

pub(in crate::local) static KIND: Kind = Kind {
    noun: "Algorithm",
    id: "algorithm",
    name: "AlgorithmName",
    arn: "AlgorithmArn",
    operations: &[
        ("CreateAlgorithm", Behavior::Create(fill)),
        ("DescribeAlgorithm", Behavior::Describe(show)),
        ("DeleteAlgorithm", Behavior::Delete(if_validated)),
        ("ListAlgorithms", Behavior::List(OLDEST_FIRST)),
    ],
    not_found: ErrorText { code: VALIDATION, message: "Algorithm {arn} does not exist." },
    // By analogy with model packages.
    exists: ErrorText { code: VALIDATION, message: "Algorithm already exists: {arn}" },
    lifecycle: Some(Lifecycle { status: STATUS, ..VALIDATED }),
    ..ORDINARY
};

const STATUS: &str = "AlgorithmStatus";

fn fill(_: &mut Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    let members = &mut draft.members;
    within(members, "TrainingSpecification", fill_training);
    within(members, "InferenceSpecification", resolve_containers);
    within(members, "ValidationSpecification", |validation| {
        each(validation, "ValidationProfiles", |profile| within(profile, "TrainingJobDefinition", forget));
    });
    default(members, "CertifyForMarketplace", false);
    Ok(())
}

/// What is computed in the schema of the aws provider; that the booleans are `false` is assumed.
fn fill_training(training: &mut Map) {
    if let Some(image) = training.get("TrainingImage").and_then(Value::as_str).map(image_digest) {
        default(training, "TrainingImageDigest", image);
    }
    default(training, "SupportsDistributedTraining", false);
    each(training, "SupportedHyperParameters", |parameter| {
        default(parameter, "IsTunable", false);
        default(parameter, "IsRequired", false);
    });
    each(training, "TrainingChannels", |channel| default(channel, "IsRequired", false));
}

/// What the service takes but never shows again (found by the authors of the aws provider, and kept there from state).
fn forget(definition: &mut Map) {
    let mut forget = |structure: &str, members: &[&str]| {
        within(definition, structure, |inner| inner.retain(|name, _| !members.contains(&name.as_str())));
    };
    forget("ResourceConfig", &["KeepAlivePeriodInSeconds"]);
    forget("StoppingCondition", &["MaxPendingTimeInSeconds", "MaxWaitTimeInSeconds"]);
    forget("OutputDataConfig", &["CompressionType"]);
    each(definition, "InputDataConfig", |channel| {
        channel.retain(|name, _| !["InputMode", "ShuffleConfig"].contains(&name.as_str()));
    });
}

fn show(_: &Call<'_>, _: &Object, view: &mut Map) -> Result<(), ServiceError> {
    let details = status_details(view, STATUS);
    put(view, "AlgorithmStatusDetails", details);
    Ok(())
}

/// The text for `InProgress` is the service's; that other states are refused alike is assumed.
fn if_validated(call: &Call<'_>, algorithm: &Object) -> Result<(), ServiceError> {
    match algorithm.view(call.now).get(STATUS).and_then(Value::as_str) {
        Some(status @ ("Pending" | "InProgress" | "Deleting")) => {
            Err(ServiceError::validation(format!("Cannot delete Algorithm in {status} status")))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::local::{
        json,
        outcome::Outcome,
        tests::bench::{Bench, text},
    };

    const NAME: &str = r#"{"AlgorithmName":"Forest"}"#;
    const CREATE: &str = r#"{"AlgorithmName":"Forest","TrainingSpecification":{
        "TrainingImage":"r/i@sha256:0000000000000000000000000000000000000000000000000000000000000000",
        "SupportedTrainingInstanceTypes":["ml.m5.large"],"TrainingChannels":[{"Name":"train",
        "SupportedContentTypes":["text/csv"],"SupportedInputModes":["File"]}]}}"#;
    const VALIDATION: &str = r#","ValidationSpecification":{"ValidationRole":"arn:aws:iam::123456789012:role/r",
        "ValidationProfiles":[{"ProfileName":"p","TrainingJobDefinition":{"TrainingInputMode":"File",
        "InputDataConfig":[{"ChannelName":"train","InputMode":"File","ShuffleConfig":{"Seed":1},"DataSource":
        {"S3DataSource":{"S3DataType":"S3Prefix","S3Uri":"s3://b/p"}}}],
        "OutputDataConfig":{"S3OutputPath":"s3://b/o","CompressionType":"GZIP"},
        "ResourceConfig":{"InstanceType":"ml.m5.large","InstanceCount":1,"VolumeSizeInGB":1,
        "KeepAlivePeriodInSeconds":60},"StoppingCondition":{"MaxRuntimeInSeconds":60,"MaxWaitTimeInSeconds":60}}}]}}"#;

    fn with_validation() -> String {
        format!("{}{VALIDATION}", CREATE.strip_suffix('}').unwrap())
    }

    #[test]
    fn an_algorithm_is_pending_then_in_progress_then_completed() {
        let bench = Bench::new();
        bench.ok("CreateAlgorithm", &with_validation());
        for (status, detail) in [("Pending", "NotStarted"), ("InProgress", "InProgress"), ("Completed", "Completed")] {
            let shown = bench.ok("DescribeAlgorithm", NAME);
            let validation = shown.get("AlgorithmStatusDetails").get("ValidationStatuses").at(0);
            assert_eq!((text(&shown, "AlgorithmStatus"), text(validation, "Status")), (status, detail));
            if status != "Completed" {
                let refused = format!("ValidationException: Cannot delete Algorithm in {status} status");
                assert_eq!(bench.refused("DeleteAlgorithm", NAME), refused);
            }
            bench.wait_half();
        }
        bench.ok("DeleteAlgorithm", NAME);
        assert_eq!(text(&bench.ok("DescribeAlgorithm", NAME), "AlgorithmStatus"), "Deleting");
        bench.wait();
        assert_eq!(
            bench.refused("DescribeAlgorithm", NAME),
            "ValidationException: Algorithm arn:aws:sagemaker:eu-central-1:123456789012:algorithm/forest does not exist."
        );
    }

    #[test]
    fn the_service_fills_in_digest_and_switches() {
        let bench = Bench::new();
        bench.ok("CreateAlgorithm", CREATE);
        let shown = bench.ok("DescribeAlgorithm", NAME);
        expect![[r#"{"SupportedTrainingInstanceTypes":["ml.m5.large"],"SupportsDistributedTraining":false,"TrainingChannels":[{"IsRequired":false,"Name":"train","SupportedContentTypes":["text/csv"],"SupportedInputModes":["File"]}],"TrainingImage":"r/i@sha256:0000000000000000000000000000000000000000000000000000000000000000","TrainingImageDigest":"sha256:0000000000000000000000000000000000000000000000000000000000000000"}"#]]
        .assert_eq(&json::write(shown.get("TrainingSpecification")));
        assert_eq!(shown.get("CertifyForMarketplace").as_bool(), Some(false));
    }

    #[test]
    fn some_of_the_validation_is_taken_but_never_shown() {
        let bench = Bench::new();
        bench.ok("CreateAlgorithm", &with_validation());
        let shown = json::write(bench.ok("DescribeAlgorithm", NAME).get("ValidationSpecification"));
        for forgotten in
            ["KeepAlivePeriodInSeconds", "MaxWaitTimeInSeconds", "CompressionType", "ShuffleConfig", "\"InputMode\""]
        {
            assert!(!shown.contains(forgotten), "{forgotten}: {shown}");
        }
        assert!(shown.contains("MaxRuntimeInSeconds"), "{shown}");
    }

    #[test]
    fn an_algorithm_can_be_named_by_its_arn_and_only_once() {
        let bench = Bench::new();
        bench.ok("CreateAlgorithm", CREATE);
        let arn = "arn:aws:sagemaker:eu-central-1:123456789012:algorithm/forest";
        bench.ok("DescribeAlgorithm", &format!(r#"{{"AlgorithmName":"{arn}"}}"#));
        assert_eq!(
            bench.refused("CreateAlgorithm", CREATE),
            format!("ValidationException: Algorithm already exists: {arn}")
        );
    }

    #[test]
    fn a_failed_validation_fails_the_algorithm() {
        let bench = Bench::new();
        bench.ends("CreateAlgorithm", &with_validation(), Outcome::Failure("Bad image.".into()));
        bench.wait();
        let shown = bench.ok("DescribeAlgorithm", NAME);
        assert_eq!(text(&shown, "AlgorithmStatus"), "Failed");
        let detail = shown.get("AlgorithmStatusDetails").get("ValidationStatuses").at(0);
        assert_eq!(text(detail, "Status"), "Failed");
    }
}
