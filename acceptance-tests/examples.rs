//! The modules and complete configurations of `examples/`, run as a reader would. Those of single resources and data sources
//! are in `stack.rs`.

use serde_json::{Value as Json, json};

use crate::harness::{Backend, Workspace};

#[test]
fn an_endpoint_from_the_module_is_deployed_updated_and_removed() {
    let backend = Backend::local();
    let mut workspace = Workspace::on_copy_of("examples", "complete-realtime-endpoint", &backend);
    workspace.get_modules();
    workspace.apply();
    workspace.expect_no_changes();
    let first = workspace.state();
    assert_eq!(first.resources.len(), 3);
    assert_eq!(first.outputs["endpoint_name"], workspace.name);
    let described = backend.must("DescribeEndpoint", &json!({ "EndpointName": workspace.name }));
    assert_eq!(described["EndpointConfigName"], first.outputs["endpoint_configuration_name"]);

    workspace.set("TF_VAR_image_tag", "1.5.0");
    let plan = workspace.plan();
    assert_eq!(plan.action("module.endpoint.sagemaker_model.this"), "create,delete");
    assert_eq!(plan.action("module.endpoint.sagemaker_endpoint_configuration.this"), "create,delete");
    assert_eq!(plan.action("module.endpoint.sagemaker_endpoint.this"), "update");
    workspace.apply_plan();
    workspace.expect_no_changes();
    let second = workspace.state();
    assert_ne!(second.outputs["model_name"], first.outputs["model_name"]);
    let described = backend.must("DescribeEndpoint", &json!({ "EndpointName": workspace.name }));
    assert_eq!(described["EndpointConfigName"], second.outputs["endpoint_configuration_name"]);

    workspace.set("TF_VAR_instance_count", "3");
    let plan = workspace.plan();
    assert_eq!(plan.actions().len(), 2, "the model stays\n{plan}");
    workspace.apply_plan();
    workspace.expect_no_changes();

    workspace.destroy();
    for (operation, list) in
        [("ListEndpoints", "Endpoints"), ("ListEndpointConfigs", "EndpointConfigs"), ("ListModels", "Models")]
    {
        assert_eq!(backend.must(operation, &json!({}))[list], json!([]), "{operation}");
    }
}

#[test]
fn a_version_from_the_registry_module_is_approved_promoted_and_deployed() {
    let backend = Backend::local();
    let mut workspace = Workspace::on_copy_of("examples", "complete-model-registry", &backend);
    workspace.get_modules();
    workspace.apply();
    workspace.expect_no_changes();
    let first = workspace.state();
    assert_eq!(first.outputs["candidates"].as_object().map(serde_json::Map::len), Some(2));
    assert_eq!(first.outputs["promoted"].as_object().map(serde_json::Map::len), Some(1));
    let package = |state: &crate::harness::state::State| {
        state.resource("module.endpoint.sagemaker_model.this")["primary_container"][0]["model_package_name"].clone()
    };
    assert_eq!(package(&first), first.outputs["promoted"]["1.3.0"]);

    workspace.set("TF_VAR_promoted", r#"["1.3.0", "1.4.0"]"#);
    workspace.try_plan(&[]).expect_failure(&["Version 1.4.0 is not approved"]);

    workspace.set("TF_VAR_approved", r#"["1.3.0", "1.4.0"]"#).set("TF_VAR_deployed", "1.4.0");
    let plan = workspace.plan();
    let candidate = r#"module.registry.sagemaker_model_package.candidate["1.4.0"]"#;
    assert_eq!(plan.action(candidate), "update", "an approval changes a package in place");
    workspace.apply_plan();
    workspace.expect_no_changes();
    let second = workspace.state();
    assert_eq!(package(&second), second.outputs["promoted"]["1.4.0"]);
    assert_eq!(second.outputs["promoted"]["1.3.0"], first.outputs["promoted"]["1.3.0"], "what was promoted stays");

    workspace.destroy();
    assert!(workspace.state().resources.is_empty());
}

#[test]
fn a_candidate_of_an_automl_job_is_deployed_with_the_requested_response() {
    let backend = Backend::local();
    let mut workspace = Workspace::on_copy_of("examples", "complete-automl", &backend);
    workspace.get_modules();
    workspace.apply();
    workspace.expect_no_changes();
    let first = workspace.state();
    let candidates = first.outputs["candidates"].as_array().expect("a list of candidates").clone();
    let scores: Vec<Option<f64>> = candidates.iter().map(|candidate| candidate["score"].as_f64()).collect();
    assert!(scores.is_sorted_by(|one, next| one > next) && scores.len() > 1, "the best comes first: {scores:?}");
    assert_eq!(first.outputs["deployed_candidate"], candidates[0]["name"]);
    let answers = |model: &Json| {
        let described = backend.must("DescribeModel", &json!({ "ModelName": model }));
        let environments = described["Containers"].as_array().cloned().unwrap_or_default();
        let answers = environments.iter().map(|container| {
            let value = |name: &str| container["Environment"][name].as_str().unwrap_or("-").to_owned();
            (value("SAGEMAKER_INFERENCE_INPUT"), value("SAGEMAKER_INFERENCE_OUTPUT"))
        });
        answers.collect::<Vec<_>>()
    };
    let pair = |input: &str, output: &str| (input.to_owned(), output.to_owned());
    let both = "predicted_label,probability";
    assert_eq!(answers(&first.outputs["model_name"]), [pair("-", "-"), pair("-", both), pair(both, both)]);
    let described = backend.must("DescribeEndpoint", &json!({ "EndpointName": workspace.name }));
    assert_eq!(described["EndpointStatus"], "InService");

    workspace.set("TF_VAR_inference_response_keys", r#"["probability", "mood"]"#);
    workspace.try_plan(&[]).expect_failure(&["It can with: predicted_label, probability, labels, probabilities."]);
    workspace.set("TF_VAR_inference_response_keys", r#"["labels"]"#).set("TF_VAR_candidate_name", "none");
    let known = format!("There is no completed candidate none. Those of the job are: {}", text(&candidates[0]["name"]));
    workspace.try_plan(&[]).expect_failure(&[&known]);

    workspace.set("TF_VAR_candidate_name", text(&candidates[1]["name"]));
    let plan = workspace.plan();
    assert_eq!(plan.action("module.churn.sagemaker_model.this[0]"), "create,delete");
    assert_eq!(plan.action("module.churn.sagemaker_endpoint.this[0]"), "update");
    assert_eq!(plan.actions().len(), 3, "the job stays\n{plan}");
    workspace.apply_plan();
    workspace.expect_no_changes();
    let second = workspace.state();
    assert_eq!(second.outputs["deployed_candidate"], candidates[1]["name"]);
    assert_eq!(
        answers(&second.outputs["model_name"]),
        [pair("-", "-"), pair("-", "predicted_label"), pair("predicted_label", "labels")],
        "what a container cannot answer with, the next one makes of what it answers with anyway"
    );

    workspace.unset("TF_VAR_candidate_name").set("TF_VAR_month", "2026-12");
    let plan = workspace.plan();
    assert_eq!(plan.action("module.churn.sagemaker_auto_ml_job_v2.this"), "create,delete");
    workspace.apply_plan();
    workspace.expect_no_changes();
    assert_eq!(backend.must("ListAutoMLJobs", &json!({}))["AutoMLJobSummaries"].as_array().map(Vec::len), Some(2));

    workspace.destroy();
    assert_eq!(backend.must("ListEndpoints", &json!({}))["Endpoints"], json!([]));
}

#[track_caller]
fn text(value: &Json) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text"))
}
