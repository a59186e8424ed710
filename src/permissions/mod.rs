//! Which IAM actions and roles each type of the provider needs, phase by phase: what pages, policies and tests are made
//! from. Pure functions of the definitions.
//!
//! A test in `simulation` holds the tables to the calls that the engine makes. This room knows no values, no plans and no
//! form of a policy.

mod call;
mod resource;
mod role;

use std::collections::BTreeSet;

pub use self::{
    call::{of_action, of_call},
    resource::{Need, needs},
    role::{Role, roles},
};
use crate::definition::{self, PASS_ROLE, Phase, Resource};

/// All phases, in the order in which a page shows them.
pub const PHASES: [Phase; 7] =
    [Phase::Create, Phase::Read, Phase::Update, Phase::Delete, Phase::Tags, Phase::Import, Phase::List];

/// The actions of a resource type, without `sagemaker:`, in each phase that needs any, sorted; empty for an unknown type.
pub fn of_resource(type_name: &str) -> Vec<(Phase, Vec<&'static str>)> {
    let Some(resource) = definition::resource(type_name) else { return Vec::new() };
    let phases = PHASES.map(|phase| (phase, needs(resource, phase).into_iter().map(|need| need.operation).collect()));
    phases.into_iter().filter(|(_, actions): &(_, Vec<_>)| !actions.is_empty()).collect()
}

/// The actions of a data source, sorted; empty for an unknown type.
pub fn of_data_source(type_name: &str) -> Vec<&'static str> {
    match (definition::query(type_name), definition::resource(type_name)) {
        (Some(query), _) => of_call(query),
        (None, Some(resource)) => needs(resource, Phase::Import).into_iter().map(|need| need.operation).collect(),
        (None, None) => Vec::new(),
    }
}

/// The actions of an ephemeral resource, sorted; empty for an unknown type.
pub fn of_ephemeral_resource(type_name: &str) -> Vec<&'static str> {
    definition::ephemeral(type_name).map(of_call).unwrap_or_default()
}

/// The actions of a Terraform action, sorted; empty for an unknown type.
pub fn of_action_type(type_name: &str) -> Vec<&'static str> {
    definition::action(type_name).map(of_action).unwrap_or_default()
}

/// The arguments of a resource type whose roles are passed to the service, as dotted paths, sorted; empty for an unknown
/// type.
pub fn passed_roles(type_name: &str) -> Vec<String> {
    let Some(resource) = definition::resource(type_name) else { return Vec::new() };
    roles(resource.attributes).iter().map(Role::path).collect()
}

/// The actions of other services that IAM also checks, depending on the arguments, sorted: `ec2:DescribeImages`. Empty
/// for an unknown type.
pub fn when_used(type_name: &str) -> Vec<&'static str> {
    definition::resource(type_name).map(of_other_services).unwrap_or_default().into_iter().collect()
}

fn of_other_services(resource: &'static Resource) -> BTreeSet<&'static str> {
    let all = PHASES.into_iter().flat_map(|phase| needs(resource, phase));
    all.flat_map(|need| dependent(need.operation)).copied().filter(|action| is_of_another_service(action)).collect()
}

/// The actions that IAM checks along with one, depending on the input.
pub fn dependent(action: &str) -> &'static [&'static str] {
    definition::permission(action).map_or(&[], |permission| permission.dependent)
}

/// True for what the tables do not show in their own way: passed roles, and actions of SageMaker.
pub fn is_of_another_service(action: &str) -> bool {
    action != PASS_ROLE && !action.starts_with("sagemaker:")
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::definition::{QUERIES, RESOURCES};

    #[test]
    fn a_page_can_show_the_actions_of_each_phase() {
        let text: String = of_resource("sagemaker_domain")
            .into_iter()
            .map(|(phase, actions)| format!("{phase:?}: {}\n", actions.join(", ")))
            .collect();
        expect![[r#"
            Create: CreateDomain, DescribeDomain, ListDomains, ListTags
            Read: DescribeDomain, ListTags
            Update: DescribeDomain, ListTags, UpdateDomain
            Delete: DeleteApp, DeleteDomain, DeleteSpace, DeleteUserProfile, DescribeDomain, ListApps, ListSpaces, ListUserProfiles
            Tags: AddTags, DeleteTags
            Import: DescribeDomain, ListTags
            List: DescribeDomain, ListDomains, ListTags
        "#]].assert_eq(&text);
        assert_eq!(passed_roles("sagemaker_model"), ["execution_role_arn"]);
        assert_eq!(when_used("sagemaker_domain"), ["iam:CreateServiceLinkedRole"]);
        assert_eq!(of_data_source("sagemaker_models"), ["ListModels"]);
        assert_eq!(of_data_source("sagemaker_model"), ["DescribeModel", "ListTags"]);
        assert!(of_resource("sagemaker_nothing").is_empty());
    }

    #[test]
    fn every_type_needs_something() {
        for resource in RESOURCES {
            let phases: Vec<Phase> = of_resource(resource.type_name).into_iter().map(|(phase, _)| phase).collect();
            let always = [Phase::Create, Phase::Read, Phase::Import];
            assert!(always.iter().all(|phase| phases.contains(phase)), "{}: {phases:?}", resource.type_name);
        }
        assert!(QUERIES.iter().all(|query| !of_data_source(query.type_name).is_empty()));
        assert!(definition::EPHEMERALS.iter().all(|call| !of_ephemeral_resource(call.type_name).is_empty()));
        assert!(definition::ACTIONS.iter().all(|action| !of_action_type(action.call.type_name).is_empty()));
    }

    #[test]
    fn the_passed_roles_are_known() {
        let of = |resource: &'static Resource| {
            let roles = passed_roles(resource.type_name);
            (!roles.is_empty()).then(|| format!("{}: {}\n", resource.type_name, roles.join(", ")))
        };
        expect![[r#"
            sagemaker_ai_benchmark_job: role_arn
            sagemaker_ai_recommendation_job: role_arn
            sagemaker_algorithm: validation_specification.validation_role
            sagemaker_auto_ml_job: role_arn
            sagemaker_auto_ml_job_v2: auto_ml_compute_config.emr_serverless_compute_config.execution_role_arn, role_arn
            sagemaker_cluster: cluster_role, instance_groups.execution_role, restricted_instance_groups.execution_role
            sagemaker_compilation_job: role_arn
            sagemaker_data_quality_job_definition: role_arn
            sagemaker_device_fleet: role_arn
            sagemaker_domain: default_space_settings.execution_role, default_space_settings.jupyter_lab_app_settings.emr_settings.execution_role_arns, default_user_settings.canvas_app_settings.emr_serverless_settings.execution_role_arn, default_user_settings.canvas_app_settings.generative_ai_settings.amazon_bedrock_role_arn, default_user_settings.canvas_app_settings.time_series_forecasting_settings.amazon_forecast_role_arn, default_user_settings.execution_role, default_user_settings.jupyter_lab_app_settings.emr_settings.execution_role_arns, domain_settings.r_studio_server_pro_domain_settings.domain_execution_role_arn
            sagemaker_edge_packaging_job: role_arn
            sagemaker_endpoint_configuration: execution_role_arn
            sagemaker_feature_group: role_arn
            sagemaker_flow_definition: role_arn
            sagemaker_hyper_parameter_tuning_job: training_job_definition.role_arn, training_job_definitions.role_arn
            sagemaker_image: role_arn
            sagemaker_inference_experiment: role_arn
            sagemaker_inference_recommendations_job: role_arn
            sagemaker_job: role_arn
            sagemaker_labeling_job: role_arn
            sagemaker_mlflow_app: role_arn
            sagemaker_mlflow_tracking_server: role_arn
            sagemaker_model: execution_role_arn
            sagemaker_model_bias_job_definition: role_arn
            sagemaker_model_explainability_job_definition: role_arn
            sagemaker_model_package: validation_specification.validation_role
            sagemaker_model_quality_job_definition: role_arn
            sagemaker_monitoring_schedule: monitoring_schedule_config.monitoring_job_definition.role_arn
            sagemaker_notebook_instance: role_arn
            sagemaker_optimization_job: role_arn
            sagemaker_partner_app: execution_role_arn
            sagemaker_pipeline: role_arn
            sagemaker_processing_job: processing_inputs.dataset_definition.redshift_dataset_definition.cluster_role_arn, role_arn
            sagemaker_project: template_providers.cfn_template_provider.role_arn
            sagemaker_training_job: role_arn
            sagemaker_training_session: role_arn
            sagemaker_user_profile: user_settings.canvas_app_settings.emr_serverless_settings.execution_role_arn, user_settings.canvas_app_settings.generative_ai_settings.amazon_bedrock_role_arn, user_settings.canvas_app_settings.time_series_forecasting_settings.amazon_forecast_role_arn, user_settings.execution_role, user_settings.jupyter_lab_app_settings.emr_settings.execution_role_arns
        "#]].assert_eq(&RESOURCES.iter().filter_map(of).collect::<String>());
    }
}
