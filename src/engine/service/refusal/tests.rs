//! Tests of `refusal.rs`.

use super::*;
use crate::{definition::resource, engine::convert::address};

fn refusal(code: &str, message: &str) -> ApiError {
    ApiError {
        operation: "DescribeX".to_owned(),
        kind: ErrorKind::Service,
        code: code.to_owned(),
        message: message.to_owned(),
        request_id: String::new(),
        status: Some(400),
        attempts: 1,
        in_doubt: false,
    }
}

/// The input of the read call for an object with these names.
fn address(resource: &Resource, value: &str) -> Value {
    let mut state = Value::object();
    for attribute in resource.attributes {
        state.insert(attribute.name, value.into());
    }
    address::address(resource, resource.operations.read, &state)
}

fn says_absent(type_name: &str, value: &str, code: &str, message: &str) -> bool {
    let resource = resource(type_name).expect("a resource of ours");
    is_absent(resource, &address(resource, value), &refusal(code, message))
}

/// The resources whose objects may be absent.
fn absentable() -> impl Iterator<Item = &'static Resource> {
    RESOURCES.iter().filter(|resource| !resource.identity.members.is_empty())
}

#[test]
fn messages_seen_of_the_service_mean_absence() {
    let arn = |kind: &str| format!("arn:aws:sagemaker:eu-central-1:123456789012:{kind}/cats-1");
    let seen: &[(&str, &str)] = &[
        ("algorithm", "Algorithm {algorithm} does not exist."),
        ("code_repository", "Cannot find CodeRepository: \"{code-repository}\""),
        ("device", "No device with name: cats-1 exists in the fleet."),
        ("device", "No device fleet with name: cats-1"),
        ("device_fleet", "No devicefleet with name: cats-1 exists in this account."),
        ("device_fleet", "DeviceFleet with name: cats-1 does not exist."),
        ("endpoint", "Could not find endpoint \"{endpoint}\"."),
        ("endpoint_configuration", "Could not find endpoint configuration \"{endpoint-config}\"."),
        ("endpoint_weights_and_capacities", "Could not find endpoint \"{endpoint}\"."),
        ("endpoint_policy", "Could not find endpoint \"{endpoint}\"."),
        ("inference_component", "Could not find inference component \"{inference-component}\"."),
        ("model", "Could not find model \"{model}\"."),
        ("model_package", "ModelPackage {model-package} does not exist."),
        ("model_package_group", "ModelPackageGroup {model-package-group} does not exist."),
        ("model_package_group_policy", "Cannot find Model Package Group: {model-package-group}"),
        ("model_package_group_policy", "Cannot find resource policy for: {model-package-group}"),
        ("notebook_instance", "RecordNotFound"),
        ("notebook_instance", "Notebook instance cats-1 does not exist."),
        ("notebook_instance_lifecycle_configuration", "Notebook Instance Lifecycle Config does not exist"),
        ("processing_job", "Could not find requested job with name: cats-1"),
        ("project", "Project {project} does not exist."),
        ("training_job", "Requested resource not found."),
        ("transform_job", "Could not find requested job with name: cats-1"),
        ("workforce", "No workforce found with name cats-1."),
        ("workteam", "The work team {workteam} does not exist."),
    ];
    for (name, message) in seen {
        let mut message = (*message).to_owned();
        while let Some((before, rest)) = message.clone().split_once('{') {
            let (kind, after) = rest.split_once('}').expect("a closed brace");
            message = format!("{before}{}{after}", arn(kind));
        }
        assert!(says_absent(&format!("sagemaker_{name}"), "cats-1", "ValidationException", &message), "{message}");
    }
    let tagged = arn("model");
    let message = format!("Could not find model \"{tagged}\".");
    assert!(says_absent("sagemaker_tag", &tagged, "ValidationException", &message));
}

#[test]
fn absence_of_the_requested_object_is_recognised_for_every_resource() {
    for resource in absentable() {
        let noun = resource.noun;
        for value in ["cats-1", "cats", "role-of-an-endpoint-config"] {
            let messages = [
                ("ValidationException", format!("The {noun} {value} does not exist.")),
                ("ValidationException", format!("Could not find {noun} \"{value}\".")),
                ("ValidationException", format!("Cannot find {noun} with name: {value}. Check the execution role.")),
                ("ValidationException", "Requested resource not found.".to_owned()),
                ("ValidationException", "RecordNotFound".to_owned()),
                ("ResourceNotFound", format!("{noun} {value} not found")),
                ("ResourceNotFound", String::new()),
                ("ResourceNotFoundException", "Amazon SageMaker can't find it.".to_owned()),
            ];
            for (code, message) in messages {
                assert!(
                    says_absent(resource.type_name, value, code, &message),
                    "{}: {code}: {message}",
                    resource.type_name
                );
            }
        }
    }
}

#[test]
fn absence_of_another_object_is_not_absence_for_any_resource() {
    for resource in absentable() {
        let messages = [
            ("ValidationException", "The role arn:aws:iam::123456789012:role/cats-1 does not exist."),
            ("ResourceNotFound", "The role arn:aws:iam::123456789012:role/cats-1 does not exist."),
            ("ValidationException", "Could not find the KMS key arn:aws:kms:eu-central-1:1:key/cats-1."),
            ("ValidationException", "Subnet subnet-1 does not exist."),
            ("ValidationException", "The S3 bucket of the object was not found."),
            ("ValidationException", "Value 'x' at 'name' failed to satisfy constraint."),
            ("ValidationException", "It is being deleted."),
            ("ValidationException", "Could not find wheel \"x\"."),
            ("AccessDeniedException", "The requested resource does not exist or you may not see it."),
            ("ResourceInUse", "Requested resource not found."),
        ];
        for (code, message) in messages {
            let absent = says_absent(resource.type_name, "cats-1", code, message);
            assert!(!absent, "{}: {code}: {message}", resource.type_name);
        }
    }
    let of_others = [
        ("endpoint", "Could not find endpoint configuration \"cats-1\"."),
        ("endpoint_configuration", "Could not find endpoint \"cats-1\"."),
        ("model", "Could not find model package \"cats-1\"."),
        ("notebook_instance", "Notebook Instance Lifecycle Config does not exist"),
        ("notebook_instance", "The lifecycle configuration of notebook instance cats-1 does not exist."),
        ("user_profile", "The image cats-1 does not exist."),
    ];
    for (name, message) in of_others {
        let absent = says_absent(&format!("sagemaker_{name}"), "cats-1", "ValidationException", message);
        assert!(!absent, "{name}: {message}");
    }
}

#[test]
fn an_object_is_absent_with_its_parent() {
    for (name, message) in [
        ("user_profile", "Domain cats-1 does not exist."),
        ("app", "User profile cats-1 not found."),
        ("image_version", "Image arn:aws:sagemaker:eu-central-1:123456789012:image/cats-1 does not exist."),
        ("monitoring_alert", "Monitoring schedule cats-1 not found"),
    ] {
        assert!(says_absent(&format!("sagemaker_{name}"), "cats-1", "ValidationException", message), "{message}");
    }
}

#[test]
fn every_create_and_update_retries_for_a_new_role() {
    let messages = [
        "Could not assume role arn:aws:iam::1:role/r. Please ensure that the role exists and allows principal \
         'sagemaker.amazonaws.com' to assume the role.",
        "SageMaker is unable to perform: sts:AssumeRole on arn:aws:iam::1:role/r",
        "The execution role ARN is invalid. Please ensure that the role exists.",
        "Role arn:aws:iam::1:role/r does not exist or its trust policy does not allow it.",
        "Access denied for repository: x. Please ensure that the role has the permission to pull it.",
        "User: arn:aws:sts::1:assumed-role/r/SageMaker is not authorized to perform: s3:ListBucket on resource: \
         arn:aws:s3:::b because no identity-based policy allows the s3:ListBucket action",
        "The role does not have permission to write to s3://b/p.",
    ];
    for resource in RESOURCES {
        let operations = [Some(resource.operations.create), resource.operations.update];
        for operation in operations.into_iter().flatten() {
            for message in messages {
                let within = retry_window(resource, operation.name, &refusal("ValidationException", message));
                assert!(within.is_some_and(|within| within >= ROLE_VISIBLE_WITHIN), "{}: {message}", operation.name);
            }
            for message in ["A mistake.", "Value 'arn:aws:iam::1:role/r' at 'roleArn' failed to satisfy constraint"] {
                assert_eq!(retry_window(resource, operation.name, &refusal("ValidationException", message)), None);
            }
        }
    }
    let may_not_pass = "User: arn:aws:sts::1:assumed-role/ci/x is not authorized to perform: iam:PassRole on \
                        resource: arn:aws:iam::1:role/y because no identity-based policy allows the iam:PassRole action";
    assert!(!is_about_a_new_role(may_not_pass) && !is_about_new_permissions(may_not_pass));
}

/// Seen of trial components (aws/sagemaker-python-sdk, pull request 1515), assumed of trials and experiments.
#[test]
fn the_deletion_of_what_was_linked_a_moment_ago_is_retried() {
    for (name, operation, message) in [
        (
            "trial_component",
            "DeleteTrialComponent",
            "TrialComponent 'arn:aws:sagemaker:us-east-1:123412341234:experiment-trial-component/tc' is linked to 1 or more \
             trials and cannot be deleted.",
        ),
        (
            "trial",
            "DeleteTrial",
            "Trial 'arn:aws:sagemaker:us-east-1:123412341234:experiment-trial/t' is linked to 1 or more trial components and \
             cannot be deleted.",
        ),
        (
            "experiment",
            "DeleteExperiment",
            "Experiment 'arn:aws:sagemaker:us-east-1:123412341234:experiment/e' is linked to 1 or more trials and cannot be \
             deleted.",
        ),
    ] {
        let resource = resource(&format!("sagemaker_{name}")).expect("a resource of ours");
        let refused = refusal("ValidationException", message);
        assert_eq!(retry_window(resource, operation, &refused), Some(Duration::from_secs(60)), "{message}");
        assert!(!is_absent(resource, &address(resource, "tc"), &refused), "{message}");
    }
}

#[test]
fn a_concurrent_change_of_the_object_is_retried() {
    for (name, operation, code, message) in [
        ("image_version", "DeleteImageVersion", "ResourceInUse", "Resource was modified concurrently"),
        ("hub", "UpdateHub", "ConflictException", "The resource was modified concurrently."),
        (
            "monitoring_schedule",
            "DeleteMonitoringSchedule",
            "ValidationException",
            "can't delete schedule as it has in-progress executions",
        ),
    ] {
        let resource = resource(&format!("sagemaker_{name}")).expect("a resource of ours");
        assert!(retry_window(resource, operation, &refusal(code, message)).is_some(), "{message}");
    }
}
