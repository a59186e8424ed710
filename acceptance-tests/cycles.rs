//! The life of every resource; the cases are directories in `acceptance-tests/cases/`.

use std::{collections::BTreeSet, fs};

use crate::harness::{cycle, workspace::repository};

/// A test per case and service.
macro_rules! cases {
    ($service:ident, $run:path: $($case:ident)*) => {
        mod $service {
            $(
                #[test]
                fn $case() {
                    $run(stringify!($case));
                }
            )*

            pub(super) const CASES: &[&str] = &[$(stringify!($case)),*];
        }
    };
}

cases! {
    settles_changes_imports_and_leaves_nothing_on_the_local_service, crate::harness::cycle::on_local:
    action
    ai_benchmark_job
    ai_recommendation_job
    ai_workload_config
    algorithm
    app
    app_image_config
    app_in_space
    artifact
    association
    auto_ml_job
    auto_ml_job_v2
    cluster
    cluster_extension
    cluster_of_other_groups
    cluster_scheduler_config
    code_repository
    compilation_job
    compute_quota
    context
    data_quality_job_definition
    device
    device_fleet
    domain
    edge_deployment_plan
    edge_packaging_job
    endpoint
    endpoint_configuration
    endpoint_configuration_async
    endpoint_configuration_serverless
    endpoint_policy
    endpoint_weights_and_capacities
    experiment
    feature_group
    feature_group_offline
    feature_metadata
    flow_definition
    hub
    hub_content
    hub_content_reference
    human_task_ui
    hyper_parameter_tuning_job
    image
    image_version
    inference_component
    inference_component_deployed
    inference_experiment
    inference_recommendations_job
    inference_router
    job
    labeling_job
    mlflow_app
    mlflow_tracking_server
    model
    model_bias_job_definition
    model_card
    model_card_export_job
    model_explainability_job_definition
    model_package
    model_package_group
    model_package_group_policy
    model_quality_job_definition
    monitoring_alert
    monitoring_schedule
    monitoring_schedule_inline
    notebook_instance
    notebook_instance_lifecycle_configuration
    optimization_job
    partner_app
    pipeline
    processing_job
    project
    project_of_a_template
    servicecatalog_portfolio_status
    space
    studio_lifecycle_config
    tag
    training_job
    training_plan
    training_session
    transform_job
    trial
    trial_component
    trial_component_association
    user_profile
    workforce
    workteam
}

cases! {
    goes_as_far_as_it_can_on_moto, crate::harness::cycle::on_moto:
    endpoint
    endpoint_configuration
    endpoint_configuration_async
    endpoint_configuration_serverless
    model
    model_package
    model_package_group
}

fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn every_case_is_run() {
    let all = cycle::names();
    assert_eq!(set(settles_changes_imports_and_leaves_nothing_on_the_local_service::CASES), all);
    let for_moto: BTreeSet<String> = all.into_iter().filter(|name| cycle::is_for_moto(name)).collect();
    assert_eq!(set(goes_as_far_as_it_can_on_moto::CASES), for_moto);
}

#[test]
fn every_resource_has_a_case() {
    let schemas = fs::read_dir(repository().join("schemas")).expect("there are definitions");
    let files = schemas.map(|entry| entry.expect("a readable entry").file_name().to_string_lossy().into_owned());
    let resources =
        files.filter_map(|file| file.strip_suffix(".toml").map(str::to_owned)).filter(|name| name != "shapes");
    let tested: BTreeSet<String> = cycle::names().iter().map(|case| cycle::resource_type(case)).collect();
    let missing: Vec<String> =
        resources.map(|name| format!("sagemaker_{name}")).filter(|resource| !tested.contains(resource)).collect();
    assert!(missing.is_empty(), "no case is about {missing:?}");
}
