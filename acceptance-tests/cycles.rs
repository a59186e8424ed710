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
    algorithm
    app
    app_image_config
    app_in_space
    auto_ml_job
    auto_ml_job_v2
    code_repository
    domain
    endpoint
    endpoint_configuration
    endpoint_configuration_async
    endpoint_configuration_serverless
    feature_group
    feature_group_offline
    hub
    image
    image_version
    mlflow_app
    mlflow_tracking_server
    model
    model_package
    model_package_group
    notebook_instance
    notebook_instance_lifecycle_configuration
    space
    studio_lifecycle_config
    user_profile
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
