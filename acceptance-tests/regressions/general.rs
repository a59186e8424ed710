//! What holds of every resource.

use std::time::Duration;

use sagemaker_provider::{
    definition::{RESOURCES, Resource, Wait},
    schema::Usage,
};
use serde_json::json;

use super::named;
use crate::{
    fixtures::{MODEL, case},
    harness::{Backend, Workspace},
};

// hashicorp/aws#40065, #21633.
#[test]
fn unknown_tags_are_applied_as_planned() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let tagged = MODEL.replace(
        "\n  primary_container",
        "\n  tags = {\n    made = terraform_data.made.output\n  }\n\n  primary_container",
    );
    workspace
        .configure(&format!("resource \"terraform_data\" \"made\" {{\n  input = \"by-test\"\n}}\n{tagged}"))
        .apply();
    workspace.expect_no_changes();
    let state = workspace.state();
    assert_eq!(state.resource("sagemaker_model.test")["tags_all"], json!({ "made": "by-test" }));
}

// hashicorp/aws: a plan that says "update" for what the service cannot update, so that nothing happens and the next plan
// says it again (#45490 and others of the kind).
#[test]
fn what_the_service_cannot_update_is_never_planned_as_an_update() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let model = r#"
resource "sagemaker_model" "test" {
  name               = var.name
  execution_role_arn = "arn:aws:iam::123456789012:role/test"

  container {
    image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/features:1"
  }

  container {
    image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/test:1"
  }

  inference_execution_config {
    mode = "Serial"
  }
}
"#;
    let first = [&case("data_quality_job_definition"), &case("flow_definition"), &case("space"), model].concat();
    workspace.configure(&first).apply();
    let changes = [
        ("sagemaker_data_quality_job_definition.test", "role/monitoring", "role/other"),
        ("sagemaker_flow_definition.test", "[\"text\", \"complaint\"]", "[\"text\"]"),
        ("sagemaker_model.test", "\"Serial\"", "\"Direct\""),
        ("sagemaker_space.test", "\"Private\"", "\"Shared\""),
    ];
    let mut second = first;
    for (address, before, after) in changes {
        assert_eq!(second.matches(before).count(), 1, "{address}");
        second = second.replace(before, after);
    }
    let plan = workspace.configure(&second).plan();
    assert_eq!(plan.actions(), changes.map(|(address, ..)| (address, "delete,create".to_owned())).into(), "{plan}");
    workspace.apply_plan();
    workspace.expect_no_changes();
}

// hashicorp/aws tried every ValidationException again for two minutes before it reported a mistake.
#[test]
fn a_mistake_is_reported_at_once_and_not_retried_as_a_new_role() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let cases = ["device_fleet", "project", "labeling_job", "flow_definition"].map(case);
    let operations = ["CreateModel", "CreateDeviceFleet", "CreateProject", "CreateLabelingJob", "CreateWorkteam"];
    for operation in operations {
        backend.refuse(operation, "ValidationException", &format!("A mistake of {operation}."));
    }
    let all = format!("{MODEL}{}", cases.concat());
    let run = workspace.configure(&all).try_apply(&[]);
    run.expect_failure(
        &operations.map(|operation| format!("A mistake of {operation}.")).each_ref().map(String::as_str),
    );
    for operation in operations {
        assert_eq!(backend.calls(operation), 1, "{operation}");
    }
    backend.refuse("CreateFlowDefinition", "ValidationException", "Another mistake.");
    workspace.try_apply(&[]).expect_failure(&["Another mistake."]);
    assert_eq!(backend.calls("CreateFlowDefinition"), 1);
    workspace.apply();
    workspace.expect_no_changes();
}

// hashicorp/aws: any ValidationException was taken to say that there was no such object (see its pull request 39152).
#[test]
fn an_ambiguous_error_code_does_not_mean_that_an_object_is_gone() {
    for resource in RESOURCES {
        for error in resource.identity.absent {
            let is_ambiguous = matches!(error.code, "ValidationException" | "ResourceInUse" | "AccessDeniedException");
            assert!(!is_ambiguous || error.message.is_some(), "{}: {error:?}", resource.type_name);
        }
    }
}

// hashicorp/aws#41436, #41463, #39090, #48826, #14288, #39040: fixed waits that were too short for what the service does.
#[test]
fn what_takes_long_is_waited_for_long_enough() {
    type Of = fn(&'static Resource) -> Option<&'static Wait>;
    let create: Of = |resource| resource.create_wait.as_ref();
    let update: Of = |resource| resource.update_wait.as_ref();
    let delete: Of = |resource| resource.delete_wait.as_ref();
    let minutes = [
        ("mlflow_tracking_server", create, 45),
        ("mlflow_tracking_server", update, 45),
        ("mlflow_tracking_server", delete, 45),
        ("endpoint", create, 60),
        ("endpoint", update, 60),
        ("domain", create, 20),
        ("domain", delete, 20),
        ("app", delete, 20),
        ("notebook_instance", update, 60),
        ("cluster", create, 180),
    ];
    for (name, wait, least) in minutes {
        let resource = sagemaker_provider::definition::resource(&format!("sagemaker_{name}")).expect("a resource");
        let timeout = wait(resource).map_or(0, |wait| wait.timeout);
        assert!(timeout >= least * 60, "{name}: {timeout} s");
    }
}

// hashicorp/aws#39040, #39093: no argument to wait longer.
#[test]
fn whatever_is_waited_for_can_be_waited_for_longer() {
    for resource in RESOURCES {
        let waits = [&resource.create_wait, &resource.update_wait, &resource.delete_wait, &resource.completion];
        let has = resource.attributes.iter().any(|attribute| attribute.name == "timeouts");
        assert!(has || waits.iter().all(|wait| wait.is_none()), "{} has no timeouts", resource.type_name);
    }
}

// hashicorp/aws#6566, #20841, #33367, hashicorp/terraform-provider-awscc#221.
#[test]
fn domains_and_notebook_instances_wait_for_a_new_role() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let all = [case("domain"), case("notebook_instance"), case("image"), case("mlflow_tracking_server")].concat();
    backend.fault(&json!({ "operation": "*", "kind": "role", "times": 8 }));
    workspace.configure(&all).apply();
    workspace.expect_no_changes();
    for operation in ["UpdateNotebookInstance", "UpdateImage", "UpdateDomain"] {
        backend.fault(&json!({ "operation": operation, "kind": "role" }));
    }
    let others =
        all.replace("role/notebook", "role/new").replace("role/one", "role/new").replace("role/studio", "role/new");
    workspace.configure(&others).apply();
    workspace.expect_no_changes();
    let notebook = backend.must("DescribeNotebookInstance", &named(&workspace, "NotebookInstanceName"));
    assert_eq!(notebook["RoleArn"], "arn:aws:iam::123456789012:role/new");
    assert_eq!(backend.calls("UpdateNotebookInstance"), 2);
}

// hashicorp/aws#20986 and others: what is in the way of a delete, others have created, and nobody says what it is.
#[test]
fn what_blocks_a_delete_is_reported_in_the_words_of_the_service_and_nothing_is_lost() {
    let backend = Backend::local();
    let workspace = Workspace::applied(&backend, &case("model_package_group"));
    let name = workspace.state().text("sagemaker_model_package_group.test", "model_package_group_name").to_owned();
    let container = json!([{ "Image": "123456789012.dkr.ecr.us-east-1.amazonaws.com/test:1" }]);
    let specification = json!({
        "Containers": container,
        "SupportedContentTypes": ["text/csv"],
        "SupportedResponseMIMETypes": ["text/csv"],
    });
    let package = json!({ "ModelPackageGroupName": name, "InferenceSpecification": specification });
    let package = backend.must("CreateModelPackage", &package)["ModelPackageArn"].clone();
    workspace.try_destroy().expect_failure(&["DeleteModelPackageGroup", "contains model packages"]);
    assert_eq!(workspace.state().resources.len(), 1);
    backend.until("the package is there", |backend| {
        let described = backend.must("DescribeModelPackage", &json!({ "ModelPackageName": package }));
        described["ModelPackageStatus"] == "Completed"
    });
    backend.must("DeleteModelPackage", &json!({ "ModelPackageName": package }));
    workspace.destroy();
}

// hashicorp/aws saved algorithms, training and tuning jobs, and references of hubs when the wait was over: what did not
// come up in time was in the account alone, and stood in the way of the next apply.
#[test]
fn what_takes_too_long_to_make_is_in_the_state_before_it_is_there() {
    let backend = Backend::local_with_latency(Duration::from_secs(600));
    for name in ["algorithm", "training_job", "hyper_parameter_tuning_job"] {
        let workspace = Workspace::new(&backend);
        let impatient =
            format!("{}\n  timeouts {{\n    create = \"1s\"\n  }}\n}}\n", case(name).trim_end().trim_end_matches('}'));
        workspace.configure(&impatient).try_apply(&[]).expect_failure(&["1 s", "create"]);
        let address = format!("sagemaker_{name}.test");
        assert!(workspace.state().text(&address, "arn").contains(&workspace.name));
    }
}

// hashicorp/aws#42834, #39471: what `terraform test` generates is no ARN, and was refused; #37062, #18696: and nothing could
// be checked without credentials.
#[test]
fn a_mocked_arn_is_not_an_error() {
    let mut workspace = Workspace::offline();
    workspace.unset("AWS_ACCESS_KEY_ID").unset("AWS_SECRET_ACCESS_KEY").unset("AWS_REGION");
    let mocked = MODEL.replace("arn:aws:iam::123456789012:role/test", "qa3b9xk1");
    workspace.configure(&mocked).validate().expect_success();
}

/// Arguments that the service had for months before other providers did: aws#48469, #48713, #48739, #43933, #37659, #48990,
/// #47659, #34689, #38240, #21474, #44342, #40592, #43813, #34795.
const REQUESTED: &[(&str, &str)] = &[
    ("app", "recovery_mode"),
    ("domain", "default_user_settings.jupyter_server_app_settings.default_resource_spec.lifecycle_config_arn"),
    ("domain", "default_user_settings.studio_web_portal"),
    ("domain", "default_user_settings.studio_web_portal_settings.hidden_app_types"),
    ("domain", "domain_settings.docker_settings.rootless_docker"),
    ("domain", "domain_settings.unified_studio_settings.studio_web_portal_access"),
    ("domain", "tag_propagation"),
    ("endpoint", "exclude_retained_variant_properties"),
    ("endpoint", "retain_all_variant_properties"),
    ("endpoint_configuration", "enable_network_isolation"),
    ("endpoint_configuration", "execution_role_arn"),
    ("endpoint_configuration", "explainer_config"),
    ("endpoint_configuration", "metrics_config"),
    ("endpoint_configuration", "production_variants.capacity_reservation_config"),
    ("endpoint_configuration", "production_variants.instance_pools"),
    ("endpoint_configuration", "production_variants.managed_instance_scaling.scale_in_policy"),
    ("endpoint_configuration", "production_variants.variant_instance_provision_timeout_in_seconds"),
    ("endpoint_configuration", "vpc_config"),
    ("mlflow_app", "kms_key_id"),
    ("model", "primary_container.additional_model_data_source"),
    ("model", "primary_container.model_data_source.s3_data_source.model_access_config.accept_eula"),
    ("monitoring_schedule", "monitoring_schedule_config.schedule_config.data_analysis_start_time"),
    ("notebook_instance", "ip_address_type"),
    ("project", "template_providers"),
    ("space", "space_settings.remote_access"),
];

#[test]
fn arguments_that_users_of_others_have_waited_for_can_be_set() {
    let can_be_set = |(resource, path): &&(&str, &str)| {
        let resource = sagemaker_provider::definition::resource(&format!("sagemaker_{resource}")).expect("a resource");
        let mut attributes = resource.attributes;
        path.split('.').all(|name| {
            let found = attributes.iter().find(|attribute| attribute.name == name);
            attributes = found.map_or(&[], |attribute| attribute.attributes());
            found.is_some_and(|attribute| attribute.usage != Usage::Computed)
        })
    };
    let missing: Vec<_> = REQUESTED.iter().filter(|one| !can_be_set(one)).collect();
    assert!(missing.is_empty(), "{missing:#?}");
}
