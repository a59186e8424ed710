//! The group of the sidebar in which a type is shown.

/// The groups, each with the beginnings of words by which a type belongs to it. The longest one decides.
const CATEGORIES: &[(&str, &[&str])] = &[
    ("Edge", &["device", "edge"]),
    ("Experiments & Lineage", &["action", "artifact", "association", "context", "experiment", "lineage", "trial"]),
    ("Feature Store", &["feature"]),
    (
        "Ground Truth & Augmented AI",
        &[
            "flow_definition",
            "human_task_ui",
            "labeling_job",
            "rendered_ui_template",
            "workforce",
            "workteam",
            "subscribed_workteam",
        ],
    ),
    ("Hub", &["hub"]),
    ("HyperPod", &["cluster", "compute_quota"]),
    (
        "Inference",
        &[
            "algorithm",
            "compilation_job",
            "endpoint",
            "global_inference_gateway",
            "inference",
            "inference_experiment",
            "model",
            "optimization_job",
            "prebuilt_ecr_image",
            "scaling_configuration",
            "transform_job",
        ],
    ),
    ("MLflow", &["mlflow", "presigned_mlflow"]),
    ("Model Monitor", &["data_quality", "model_bias", "model_explainability", "model_quality", "monitoring"]),
    ("Model Registry", &["model_card", "model_package"]),
    ("Notebooks", &["code_repository", "code_repositories", "notebook_instance", "presigned_notebook"]),
    ("Pipelines", &["pipeline"]),
    (
        "Studio",
        &[
            "app",
            "domain",
            "image",
            "partner_app",
            "presigned_domain",
            "project",
            "servicecatalog",
            "session",
            "space",
            "studio",
            "user_profile",
        ],
    ),
    ("Tags & Search", &["resource_catalog", "search", "tag"]),
    (
        "Training & Jobs",
        &["ai_", "auto_ml", "hyper_parameter_tuning", "job", "processing_job", "reserved_capacity", "training"],
    ),
];

/// The group of a type.
///
/// # Panics
/// If it has none.
pub(super) fn of(type_name: &str) -> &'static str {
    let name = format!("_{}", type_name.trim_start_matches("sagemaker_"));
    let fitting =
        CATEGORIES.iter().flat_map(|(category, parts)| parts.iter().map(move |part| (part.len(), *category, part)));
    let found = fitting.filter(|(_, _, part)| name.contains(&format!("_{part}"))).max();
    found.map(|(_, category, _)| category).unwrap_or_else(|| panic!("{type_name} belongs to no group of the sidebar"))
}

#[test]
fn the_longest_part_of_a_name_decides() {
    for (type_name, category) in [
        ("sagemaker_model", "Inference"),
        ("sagemaker_model_package_groups", "Model Registry"),
        ("sagemaker_inference_experiment", "Inference"),
        ("sagemaker_workteam_labeling_jobs", "Ground Truth & Augmented AI"),
        ("sagemaker_stop_training_session", "Training & Jobs"),
        ("sagemaker_mlflow_app", "MLflow"),
    ] {
        assert_eq!(of(type_name), category, "{type_name}");
    }
}
