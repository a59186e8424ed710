//! The forms of the ARNs of SageMaker. This file knows no function.
//!
//! Resource types and forms are those of the service authorization reference; `{names}` are ours. What it lacks is taken
//! from the ARN patterns of the service model (`ai-…`, `extension`, `inference-router`, `job`, `training-session`) and
//! from what the service returns: versions of hub contents and of model packages, and workteams below their workforce
//! (`private-crowd`, `public-crowd`, `vendor-crowd`).

use super::texts::consists_of;

/// The characters of names beside letters and digits.
pub(super) const NAME: &str = "-_.+=@";

/// The resource part of an ARN.
///
/// A resource type has several forms if its ARNs differ in their number of names. No resource part has two forms, so
/// that the order of the table decides nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Form {
    /// The resource type as IAM calls it.
    pub(super) resource_type: &'static str,
    /// Literals and `{names}` between slashes.
    pub(super) pattern: &'static str,
}

impl Form {
    /// The names in the form, in order.
    pub(super) fn names(self) -> impl Iterator<Item = &'static str> {
        self.pattern.split('/').filter_map(name)
    }

    /// The names with their values; `None` if the resource part has another form.
    pub(super) fn values(self, resource: &str) -> Option<Vec<(&'static str, &str)>> {
        let (parts, values) = (self.pattern.split('/'), resource.split('/'));
        if parts.clone().count() != values.clone().count() {
            return None;
        }
        let fits = |(part, value): &(&str, &str)| if name(part).is_some() { is_name(value) } else { part == value };
        let pairs: Vec<_> = parts.zip(values).collect();
        let named = || pairs.iter().filter_map(|(part, value)| name(part).map(|name| (name, *value))).collect();
        pairs.iter().all(fits).then(named)
    }

    /// The resource part with the values in place of the names.
    pub(super) fn resource(self, values: &[&str]) -> String {
        let mut values = values.iter().copied();
        let part = |part| if name(part).is_some() { values.next().unwrap_or_default() } else { part };
        self.pattern.split('/').map(part).collect::<Vec<_>>().join("/")
    }
}

fn name(part: &str) -> Option<&str> {
    part.strip_prefix('{')?.strip_suffix('}')
}

/// Whether an ARN can contain the text as one of its names: a slash would begin another one.
pub(super) fn is_name(text: &str) -> bool {
    consists_of(text, NAME)
}

const fn form(resource_type: &'static str, pattern: &'static str) -> Form {
    Form { resource_type, pattern }
}

/// All forms, sorted by resource type.
pub(super) const FORMS: &[Form] = &[
    form("action", "action/{action_name}"),
    form("ai-benchmark-job", "ai-benchmark-job/{ai_benchmark_job_name}"),
    form("ai-recommendation-job", "ai-recommendation-job/{ai_recommendation_job_name}"),
    form("ai-workload-config", "ai-workload-config/{ai_workload_config_name}"),
    form("algorithm", "algorithm/{algorithm_name}"),
    form("app", "app/{domain_id}/{user_profile_name}/{app_type}/{app_name}"),
    form("app-image-config", "app-image-config/{app_image_config_name}"),
    form("artifact", "artifact/{artifact_id}"),
    form("automl-job", "automl-job/{automl_job_name}"),
    form("cluster", "cluster/{cluster_id}"),
    form("cluster-scheduler-config", "cluster-scheduler-config/{cluster_scheduler_config_id}"),
    form("code-repository", "code-repository/{code_repository_name}"),
    form("compilation-job", "compilation-job/{compilation_job_name}"),
    form("compute-quota", "compute-quota/{compute_quota_id}"),
    form("context", "context/{context_name}"),
    form("data-quality-job-definition", "data-quality-job-definition/{data_quality_job_definition_name}"),
    form("device", "device-fleet/{device_fleet_name}/device/{device_name}"),
    form("device-fleet", "device-fleet/{device_fleet_name}"),
    form("domain", "domain/{domain_id}"),
    form("edge-deployment-plan", "edge-deployment/{edge_deployment_plan_name}"),
    form("edge-packaging-job", "edge-packaging-job/{edge_packaging_job_name}"),
    form("endpoint", "endpoint/{endpoint_name}"),
    form("endpoint-config", "endpoint-config/{endpoint_config_name}"),
    form("experiment", "experiment/{experiment_name}"),
    form("experiment-trial", "experiment-trial/{trial_name}"),
    form("experiment-trial-component", "experiment-trial-component/{trial_component_name}"),
    form("extension", "extension/{cluster}/{extension_name}/{extension_id}"),
    form("feature-group", "feature-group/{feature_group_name}"),
    form("flow-definition", "flow-definition/{flow_definition_name}"),
    form("global-inference-gateway", "global-inference-gateway/{gateway_id}"),
    form("hub", "hub/{hub_name}"),
    form("hub-content", "hub-content/{hub_name}/{hub_content_type}/{hub_content_name}"),
    form("hub-content", "hub-content/{hub_name}/{hub_content_type}/{hub_content_name}/{hub_content_version}"),
    form("human-loop", "human-loop/{human_loop_name}"),
    form("human-task-ui", "human-task-ui/{human_task_ui_name}"),
    form("hyper-parameter-tuning-job", "hyper-parameter-tuning-job/{hyper_parameter_tuning_job_name}"),
    form("image", "image/{image_name}"),
    form("image-version", "image-version/{image_name}/{version}"),
    form("inference-component", "inference-component/{inference_component_name}"),
    form("inference-experiment", "inference-experiment/{inference_experiment_name}"),
    form("inference-recommendations-job", "inference-recommendations-job/{inference_recommendations_job_name}"),
    form("inference-router", "inference-router/{inference_router_name}"),
    form("job", "job/{job_category}/{job_name}"),
    form("labeling-job", "labeling-job/{labeling_job_name}"),
    form("lineage-group", "lineage-group/{lineage_group_name}"),
    form("mlflow-app", "mlflow-app/{mlflow_app_id}"),
    form("mlflow-tracking-server", "mlflow-tracking-server/{mlflow_tracking_server_name}"),
    form("model", "model/{model_name}"),
    form("model-bias-job-definition", "model-bias-job-definition/{model_bias_job_definition_name}"),
    form("model-card", "model-card/{model_card_name}"),
    form("model-card-export-job", "model-card/{model_card_name}/export-job/{export_job_name}"),
    form(
        "model-explainability-job-definition",
        "model-explainability-job-definition/{model_explainability_job_definition_name}",
    ),
    form("model-package", "model-package/{model_package_name}"),
    form("model-package", "model-package/{model_package_group_name}/{model_package_version}"),
    form("model-package-group", "model-package-group/{model_package_group_name}"),
    form("model-quality-job-definition", "model-quality-job-definition/{model_quality_job_definition_name}"),
    form("monitoring-schedule", "monitoring-schedule/{monitoring_schedule_name}"),
    form(
        "monitoring-schedule-alert",
        "monitoring-schedule/{monitoring_schedule_name}/alert/{monitoring_schedule_alert_name}",
    ),
    form("notebook-instance", "notebook-instance/{notebook_instance_name}"),
    form(
        "notebook-instance-lifecycle-config",
        "notebook-instance-lifecycle-config/{notebook_instance_lifecycle_config_name}",
    ),
    form("optimization-job", "optimization-job/{optimization_job_name}"),
    form("partner-app", "partner-app/{app_id}"),
    form("pipeline", "pipeline/{pipeline_name}"),
    form("pipeline-execution", "pipeline/{pipeline_name}/execution/{pipeline_execution_id}"),
    form("processing-job", "processing-job/{processing_job_name}"),
    form("project", "project/{project_name}"),
    form("reserved-capacity", "reserved-capacity/{reserved_capacity_id}"),
    form("sagemaker-catalog", "sagemaker-catalog/{resource_catalog_name}"),
    form("shared-model", "shared-model/{shared_model_id}"),
    form("shared-model-event", "shared-model-event/{event_id}"),
    form("space", "space/{domain_id}/{space_name}"),
    form("studio-lifecycle-config", "studio-lifecycle-config/{studio_lifecycle_config_name}"),
    form("training-job", "training-job/{training_job_name}"),
    form("training-plan", "training-plan/{training_plan_name}"),
    form("training-session", "training-session/{training_session_name}"),
    form("transform-job", "transform-job/{transform_job_name}"),
    form("user-profile", "user-profile/{domain_id}/{user_profile_name}"),
    form("workforce", "workforce/{workforce_name}"),
    form("workteam", "workteam/{workteam_name}"),
    form("workteam", "workteam/{crowd}/{workteam_name}"),
];
