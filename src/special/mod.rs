//! Hand-written exceptions: resource behaviour that data cannot express, one file per resource, and their table.
//!
//! Each file header states why data is not enough.

mod app;
mod cluster;
mod cluster_extension;
mod device;
mod domain;
mod elements;
mod emptying;
mod endpoint;
mod endpoint_configuration;
mod endpoint_weights_and_capacities;
mod feature_group;
mod global_inference_gateway;
mod hub;
mod image;
mod image_version;
mod inference_component;
mod inference_experiment;
mod notebook_instance;
mod pipeline;
mod project;
mod servicecatalog_portfolio_status;
mod tag;
mod training_job;
mod user_profile;

use crate::engine::Specials;

/// The specials by resource type.
pub const SPECIALS: Specials = &[
    ("sagemaker_app", &app::App),
    ("sagemaker_cluster", &cluster::Cluster),
    ("sagemaker_cluster_extension", &cluster_extension::ClusterExtension),
    ("sagemaker_device", &device::Device),
    ("sagemaker_domain", &domain::Domain),
    ("sagemaker_endpoint", &endpoint::Endpoint),
    ("sagemaker_endpoint_configuration", &endpoint_configuration::EndpointConfiguration),
    ("sagemaker_endpoint_weights_and_capacities", &endpoint_weights_and_capacities::EndpointWeightsAndCapacities),
    ("sagemaker_feature_group", &feature_group::FeatureGroup),
    ("sagemaker_global_inference_gateway", &global_inference_gateway::GlobalInferenceGateway),
    ("sagemaker_hub", &hub::Hub),
    ("sagemaker_image", &image::Image),
    ("sagemaker_image_version", &image_version::ImageVersion),
    ("sagemaker_inference_component", &inference_component::InferenceComponent),
    ("sagemaker_inference_experiment", &inference_experiment::InferenceExperiment),
    ("sagemaker_notebook_instance", &notebook_instance::NotebookInstance),
    ("sagemaker_pipeline", &pipeline::Pipeline),
    ("sagemaker_project", &project::Project),
    ("sagemaker_servicecatalog_portfolio_status", &servicecatalog_portfolio_status::ServicecatalogPortfolioStatus),
    ("sagemaker_tag", &tag::Tag),
    ("sagemaker_training_job", &training_job::TrainingJob),
    ("sagemaker_user_profile", &user_profile::UserProfile),
];

#[test]
fn every_special_file_has_its_reason_among_the_decisions() {
    let text = include_str!("../../docs/development/architecture.md");
    let (_, section) = text.split_once("## Special files\n").expect("the section");
    let rows =
        section.lines().skip_while(|line| !line.starts_with("| ---")).skip(1).take_while(|line| !line.is_empty());
    let names = rows.flat_map(|row| row.split('|').nth(1).unwrap_or_default().split(','));
    let mut listed: Vec<String> = names.map(|name| format!("sagemaker_{}", name.trim().trim_matches('`'))).collect();
    listed.sort();
    assert_eq!(listed, SPECIALS.iter().map(|(type_name, _)| *type_name).collect::<Vec<_>>());
}
