//! What users read when something goes wrong: the commonest failures, word for word, in the frames of Terraform.
//!
//! The texts are in `acceptance-tests/messages/`; `UPDATE_EXPECT=1` renews them. Read what has changed as somebody does
//! who was woken by it: it should say what failed, on what, why, and what to do next.

use std::{collections::BTreeSet, fs, time::Duration};

use expect_test::expect_file;
use regex_lite::Regex;
use serde_json::json;

use crate::{
    fixtures::{MODEL, case, serving},
    harness::{
        Backend, Workspace,
        run::Run,
        workspace::{APPLY, repository},
    },
};

const ENDPOINT_ARN: &str = "arn:aws:sagemaker:us-east-1:123456789012:endpoint/cats";

/// A workspace in which everything is called `cats`, so that all lines are always broken at the same places.
fn cats(backend: &Backend) -> Workspace {
    let mut workspace = Workspace::new(backend);
    "cats".clone_into(&mut workspace.name);
    workspace.set("TF_VAR_name", "cats");
    workspace
}

fn applied(backend: &Backend, configuration: &str) -> Workspace {
    let workspace = cats(backend);
    workspace.configure(configuration).apply();
    workspace
}

/// Has the service refuse the next call of the operation.
fn refuse(backend: &Backend, operation: &str, (status, code): (u16, &str), message: &str) {
    let fault = json!({
        "operation": operation,
        "kind": "error",
        "status": status,
        "code": code,
        "message": message,
    });
    backend.fault(&fault);
}

/// Demands that the command failed with these words. What is different each time is put aside.
#[track_caller]
fn expect_message(name: &str, run: &Run) {
    assert_eq!(run.code, Some(1), "should have failed\n{run}");
    let mut message = run.stderr.trim().to_owned();
    for (pattern, stand_in) in [
        ("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "01234567-89ab-cdef-0123-456789abcdef"),
        (r"\bd-[0-9a-z]{12}\b", "d-0123456789ab"),
        ("unchanged for [0-9]+ s", "unchanged for 1 s"),
        // Terraform's own words, as often as there was something left to do.
        (r"Error: execution halted\s*", ""),
    ] {
        let pattern = Regex::new(pattern).expect("a pattern that was written with care");
        message = pattern.replace_all(&message, stand_in).into_owned();
    }
    let message = numbered(&message);
    expect_file![format!("messages/{name}.txt")].assert_eq(&format!("{message}\n"));
}

/// The message with generated names numbered by age, so that it still shows which is the older one.
fn numbered(message: &str) -> String {
    let generated = Regex::new(r"\bcats-[0-9]{16}[0-9a-f]{10}\b").expect("a pattern that was written with care");
    let names: BTreeSet<&str> = generated.find_iter(message).map(|found| found.as_str()).collect();
    let by_age = names.into_iter().enumerate();
    by_age.fold(message.to_owned(), |message, (place, name)| {
        message.replace(name, &format!("cats-20260102030405{:012}", place + 1))
    })
}

#[test]
fn the_name_is_taken() {
    let backend = Backend::local();
    let others = json!({
        "ModelName": "cats",
        "ExecutionRoleArn": "arn:aws:iam::123456789012:role/others",
        "PrimaryContainer": { "Image": "theirs" },
    });
    backend.must("CreateModel", &others);
    expect_message("name_taken", &cats(&backend).configure(MODEL).try_apply(&[]));
}

#[test]
fn the_role_cannot_be_assumed() {
    let backend = Backend::local();
    let workspace = cats(&backend);
    backend.fault(&json!({ "operation": "*", "kind": "role", "times": 100 }));
    let job = case("processing_job").replace("\n  tags ", "\n  timeouts {\n    create = \"1s\"\n  }\n  tags ");
    expect_message("role_not_assumable", &workspace.configure(&job).try_apply(&[]));
}

#[test]
fn a_permission_is_missing() {
    let backend = Backend::local();
    let workspace = cats(&backend);
    let denied = (400, "AccessDeniedException");
    let user = "User: arn:aws:iam::123456789012:user/ci is not authorized to perform";
    let model = "on resource: arn:aws:sagemaker:us-east-1:123456789012:model/cats";
    let words = format!(
        "{user}: sagemaker:CreateModel {model} because no identity-based policy allows the sagemaker:CreateModel action"
    );
    refuse(&backend, "CreateModel", denied, &words);
    expect_message("access_denied", &workspace.configure(MODEL).try_apply(&[]));
    let words = format!("{user}: sagemaker:CreateModel {model} with an explicit deny in a service control policy");
    refuse(&backend, "CreateModel", denied, &words);
    expect_message("access_denied_by_organization", &workspace.try_apply(&[]));
}

#[test]
fn the_quota_is_used_up() {
    let backend = Backend::local();
    let words = "The account-level service limit 'ml.g5.xlarge for endpoint usage' is 0 Instances, with current \
                 utilization of 0 Instances and a request delta of 1 Instances. Please use AWS Service Quotas to \
                 request an increase for this quota.";
    refuse(&backend, "CreateEndpoint", (400, "ResourceLimitExceeded"), words);
    expect_message("quota", &cats(&backend).configure(&serving()).try_apply(&[]));
}

#[test]
fn the_container_does_not_answer_pings() {
    let backend = Backend::local();
    let reason = "The primary container for production variant main did not pass the ping health check. Please check \
                  CloudWatch logs for this endpoint.";
    backend.fault(&json!({ "operation": "CreateEndpoint", "kind": "fail", "reason": reason }));
    expect_message("ping_health_check", &cats(&backend).configure(&serving()).try_apply(&[]));
}

#[test]
fn no_instances_are_free() {
    let backend = Backend::local();
    let reason = "Unable to provide requested ML compute capacity. Please retry using a different ML instance type, \
                  or create a new endpoint.";
    backend.fault(&json!({ "operation": "CreateEndpoint", "kind": "fail", "reason": reason }));
    expect_message("no_capacity", &cats(&backend).configure(&serving()).try_apply(&[]));
}

#[test]
fn the_deployment_is_rolled_back() {
    let backend = Backend::local();
    let mut workspace = applied(&backend, &serving());
    let reason = "Alarm cats-5xx went off.";
    backend.fault(&json!({ "operation": "UpdateEndpoint", "kind": "rollback", "reason": reason }));
    workspace.set("TF_VAR_instance_type", "ml.c5.large");
    expect_message("rolled_back", &workspace.try_apply(&[]));
}

#[test]
fn something_else_changes_the_object() {
    let backend = Backend::local();
    let domain = case("domain");
    let workspace = applied(&backend, &domain);
    let words = "Domain cannot be updated while an update is in progress.";
    refuse(&backend, "UpdateDomain", (400, "ResourceInUse"), words);
    let changed = domain.replace("role/studio", "role/others");
    assert_ne!(changed, domain);
    expect_message("in_progress", &workspace.configure(&changed).try_apply(&[]));
}

#[test]
fn the_object_to_delete_is_not_empty() {
    let backend = Backend::local();
    let (domain, group) = (case("domain"), case("model_package_group"));
    let workspace = applied(&backend, &domain);
    let id = workspace.state().text("sagemaker_domain.test", "id").to_owned();
    backend.must("CreateUserProfile", &json!({ "DomainId": id, "UserProfileName": "eva" }));
    expect_message("domain_not_empty", &workspace.try_destroy());

    let workspace = applied(&backend, &group);
    let package = json!({
        "ModelPackageGroupName": "cats",
        "InferenceSpecification": {
            "Containers": [{ "Image": "123456789012.dkr.ecr.us-east-1.amazonaws.com/test:1" }],
            "SupportedContentTypes": ["text/csv"],
            "SupportedResponseMIMETypes": ["text/csv"],
        },
    });
    backend.must("CreateModelPackage", &package);
    expect_message("group_not_empty", &workspace.try_destroy());
}

#[test]
fn a_live_endpoint_runs_on_the_configuration_that_is_to_be_deleted() {
    let backend = Backend::local();
    let configuration = serving().replace("name_prefix = \"${var.name}-\"", "name = var.name");
    let workspace = applied(&backend, &configuration);
    workspace.run(&["state", "rm", "sagemaker_endpoint.test"]).expect_success();
    expect_message("configuration_in_use", &workspace.try_destroy());
}

#[test]
fn requests_are_throttled() {
    let backend = Backend::local();
    let mut workspace = cats(&backend);
    workspace.set("AWS_MAX_ATTEMPTS", "2");
    backend.fault(&json!({ "operation": "CreateModel", "kind": "throttle", "times": 2 }));
    expect_message("throttled", &workspace.configure(MODEL).try_apply(&[]));
}

/// The endpoint with a timeout for one action.
fn impatient(action: &str) -> String {
    serving().replace(
        "sagemaker_endpoint_configuration.test.name\n",
        &format!("sagemaker_endpoint_configuration.test.name\n  timeouts {{\n    {action} = \"1s\"\n  }}\n"),
    )
}

#[test]
fn it_takes_longer_than_allowed() {
    let backend = Backend::local();
    let workspace = cats(&backend);
    backend.fault(&json!({ "operation": "CreateEndpoint", "kind": "hang" }));
    expect_message("create_timeout", &workspace.configure(&impatient("create")).try_apply(&[]));
    backend.end(ENDPOINT_ARN);
    workspace.run(&["untaint", "sagemaker_endpoint.test"]).expect_success();
    backend.fault(&json!({ "operation": "DeleteEndpoint", "kind": "hang" }));
    workspace.configure(&impatient("delete")).apply();
    expect_message("delete_timeout", &workspace.try_destroy());
}

#[test]
fn it_is_interrupted() {
    let backend = Backend::local_with_latency(Duration::from_secs(600));
    let workspace = cats(&backend);
    workspace.configure(&serving());
    let running = workspace.start(APPLY);
    let endpoint = json!({ "EndpointName": "cats" });
    backend.until("the endpoint is being created", |backend| {
        backend.call("DescribeEndpoint", &endpoint).is_ok() && backend.calls("DescribeEndpoint") > 2
    });
    running.interrupt();
    expect_message("interrupted", &workspace.report(APPLY, running.finish()));
}

#[test]
fn somebody_deletes_what_is_waited_for() {
    let backend = Backend::local_with_latency(Duration::from_secs(600));
    let workspace = cats(&backend);
    workspace.configure(&serving());
    let running = workspace.start(APPLY);
    let seen = |backend: &Backend| backend.calls("DescribeEndpoint") > 1;
    backend.until("the endpoint is waited for", seen);
    backend.remove(ENDPOINT_ARN);
    expect_message("vanished", &workspace.report(APPLY, running.finish()));
}

#[test]
fn the_credentials_are_not_accepted() {
    let backend = Backend::local();
    let workspace = applied(&backend, MODEL);
    refuse(
        &backend,
        "DescribeModel",
        (400, "ExpiredTokenException"),
        "The security token included in the request is expired",
    );
    expect_message("credentials_expired", &workspace.try_plan(&[]));
    refuse(
        &backend,
        "DescribeModel",
        (403, "UnrecognizedClientException"),
        "The security token included in the request is invalid.",
    );
    expect_message("credentials_wrong", &workspace.try_plan(&[]));
}

#[test]
fn region_or_credentials_are_missing() {
    let backend = Backend::local();
    let mut workspace = cats(&backend);
    workspace.unset("AWS_REGION").configure(MODEL);
    expect_message("no_region", &workspace.try_plan(&[]));
    workspace.set("AWS_REGION", "us-east-1").unset("AWS_ACCESS_KEY_ID").unset("AWS_SECRET_ACCESS_KEY");
    workspace.configure(&format!("provider \"sagemaker\" {{}}\n{MODEL}"));
    expect_message("no_credentials", &workspace.try_plan(&[]));
}

#[test]
fn the_region_is_wrong() {
    let mut workspace = cats(&Backend::local());
    // At the public endpoint; nothing gets so far as to call it.
    workspace.unset("AWS_ENDPOINT_URL_SAGEMAKER").unset("AWS_ENDPOINT_URL_STS");
    workspace.configure(&format!("provider \"sagemaker\" {{\n  region = \"us-east1\"\n}}\n{MODEL}"));
    expect_message("wrong_region", &workspace.validate());
    workspace.set("AWS_REGION", "eu-west-11").configure(&format!("provider \"sagemaker\" {{}}\n{MODEL}"));
    expect_message("unknown_region", &workspace.try_plan(&[]));
    workspace.set("AWS_REGION", "us-east-1");
    workspace.configure(&MODEL.replace("  name ", "  region             = \"eu-west-11\"\n  name "));
    expect_message("unknown_region_of_resource", &workspace.try_plan(&[]));
    workspace.configure("import {\n  to = sagemaker_model.test\n  id = \"cats@us-east1\"\n}\n");
    expect_message("wrong_region_of_import", &workspace.try_plan(&["-generate-config-out=generated.tf"]));
}

#[test]
fn somebody_else_answers_or_nobody() {
    let backend = Backend::local();
    let mut workspace = cats(&backend);
    workspace.set("AWS_MAX_ATTEMPTS", "2").configure(MODEL);
    backend.fault(&json!({ "operation": "CreateModel", "kind": "html", "times": 2 }));
    expect_message("proxy", &workspace.try_apply(&[]));
    workspace.set("AWS_ENDPOINT_URL_SAGEMAKER", "http://127.0.0.1:9");
    expect_message("nobody_listens", &workspace.try_apply(&[]));
}

#[test]
fn a_job_that_is_waited_for_fails() {
    let backend = Backend::local();
    let reason = "AlgorithmError: See job logs for more information, exit code: 1";
    for (operation, name) in [("CreateProcessingJob", "processing_job"), ("CreateTrainingJob", "training_job")] {
        backend.fault(&json!({ "operation": operation, "kind": "fail", "reason": reason }));
        expect_message(&format!("{name}_failed"), &cats(&backend).configure(&case(name)).try_apply(&[]));
    }
}

#[test]
fn the_configuration_is_wrong() {
    let workspace = cats(&Backend::local());
    workspace.configure(
        r#"
resource "sagemaker_model" "name" {
  name               = "all my cats"
  execution_role_arn = "arn:aws:iam::123456789012:role/test"

  primary_container {
    image = "test"
    mode  = "SingelModel"
  }
}

resource "sagemaker_model" "length" {
  name               = "cats-cats-cats-cats-cats-cats-cats-cats-cats-cats-cats-cats-cats-cats"
  execution_role_arn = "arn:aws:iam::123456789012:role/test"
}

resource "sagemaker_workforce" "union" {
  workforce_name = "cats"
}
"#,
    );
    expect_message("configuration", &workspace.validate());
}

#[test]
fn the_service_refuses_a_value() {
    let backend = Backend::local();
    let words = "1 validation error detected: Value 'ml.m5.hughe' at 'productionVariants.1.member.instanceType' failed \
                 to satisfy constraint: Member must satisfy enum value set: [ml.m5.large, ml.m5.xlarge]";
    refuse(&backend, "CreateEndpointConfig", (400, "ValidationException"), words);
    expect_message("value_refused", &cats(&backend).configure(&serving()).try_apply(&[]));
}

#[test]
fn features_would_be_lost() {
    let backend = Backend::local();
    let group = case("feature_group");
    let extra =
        "  feature_definition {\n    feature_name = \"purrs\"\n    feature_type = \"Integral\"\n  }\n\n  online_store";
    let workspace = applied(&backend, &group.replacen("  online_store", extra, 1));
    workspace.configure(&group);
    expect_message("feature_removed", &workspace.try_plan(&[]));
}

#[test]
fn what_is_imported_is_not_there() {
    let backend = Backend::local();
    let workspace = cats(&backend);
    workspace.configure(MODEL);
    expect_message("import_of_nothing", &workspace.run(&["import", "-no-color", "sagemaker_model.test", "dogs"]));
    workspace.configure(&case("user_profile"));
    let import = ["import", "-no-color", "sagemaker_user_profile.test", "eva"];
    expect_message("import_id", &workspace.run(&import));
}

#[test]
fn what_is_protected_would_be_destroyed() {
    let backend = Backend::local();
    let protected = MODEL.replace("\n  primary", "\n  deletion_protection = true\n\n  primary");
    expect_message("protected", &applied(&backend, &protected).try_destroy());
}

#[test]
fn every_text_belongs_to_a_test() {
    let source = include_str!("messages.rs");
    let directory = repository().join("acceptance-tests/messages");
    for entry in fs::read_dir(directory).expect("the texts are there") {
        let name = entry.expect("a readable entry").file_name().to_string_lossy().replace(".txt", "");
        let stem = name.trim_end_matches("_failed").to_owned();
        assert!(source.contains(&format!("\"{stem}\"")), "no test has the text {name}.txt");
    }
}
