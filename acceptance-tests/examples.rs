//! The examples and modules of `examples/`, run as a reader would.

use std::fs;

use serde_json::json;

use crate::harness::{Backend, Workspace, workspace::repository};

#[test]
fn every_example_of_a_resource_validates() {
    let directory = repository().join("examples/resources");
    let mut failures = Vec::new();
    let mut count = 0;
    for entry in fs::read_dir(&directory).expect("there are examples") {
        let name = entry.expect("a readable entry").file_name().to_string_lossy().into_owned();
        let workspace = Workspace::offline();
        let example = fs::read_to_string(directory.join(&name).join("resource.tf")).unwrap_or_default();
        assert!(example.contains(&format!("resource \"{name}\"")), "{name}/resource.tf shows no {name}");
        let run = workspace.configure(&example).validate();
        if run.code != Some(0) || run.said().contains("Warning: ") && !only_overrides(&run.said()) {
            failures.push(format!("{name}\n{run}"));
        }
        count += 1;
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(count >= 9, "{count} examples");
}

/// Terraform's warning about how the tests run the provider is no fault of an example.
fn only_overrides(said: &str) -> bool {
    said.matches("Warning: ").count() == said.matches("Warning: Provider development overrides").count()
}

#[test]
fn every_resource_has_an_example() {
    let named = |directory: &str| -> Vec<String> {
        let directory = repository().join(directory);
        let entries = fs::read_dir(&directory).unwrap_or_else(|error| panic!("{}: {error}", directory.display()));
        entries.map(|entry| entry.expect("a readable entry").file_name().to_string_lossy().into_owned()).collect()
    };
    let examples = named("examples/resources");
    let definitions = named("schemas");
    let missing: Vec<String> = definitions
        .iter()
        .filter_map(|file| file.strip_suffix(".toml"))
        .filter(|name| !["shapes", "queries", "prebuilt_images"].contains(name))
        .map(|name| format!("sagemaker_{name}"))
        .filter(|resource| !examples.contains(resource))
        .collect();
    assert!(missing.is_empty(), "no example of {missing:?}");
}

#[test]
fn an_endpoint_from_the_module_is_deployed_updated_and_removed() {
    let backend = Backend::local();
    let mut workspace = Workspace::on_copy_of("examples", "complete-realtime-endpoint", &backend);
    workspace.get_modules();
    workspace.apply();
    workspace.expect_settled();
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
    workspace.expect_settled();
    let second = workspace.state();
    assert_ne!(second.outputs["model_name"], first.outputs["model_name"]);
    let described = backend.must("DescribeEndpoint", &json!({ "EndpointName": workspace.name }));
    assert_eq!(described["EndpointConfigName"], second.outputs["endpoint_configuration_name"]);

    workspace.set("TF_VAR_instance_count", "3");
    let plan = workspace.plan();
    assert_eq!(plan.actions().len(), 2, "the model stays\n{plan}");
    workspace.apply_plan();
    workspace.expect_settled();

    workspace.destroy();
    for (operation, list) in
        [("ListEndpoints", "Endpoints"), ("ListEndpointConfigs", "EndpointConfigs"), ("ListModels", "Models")]
    {
        assert_eq!(backend.must(operation, &json!({}))[list], json!([]), "{operation}");
    }
}

#[test]
fn the_tests_of_the_endpoint_module_pass_without_aws() {
    let backend = Backend::local();
    let mut workspace = Workspace::on_copy_of("examples", "modules/realtime-endpoint", &backend);
    workspace.unset("AWS_ENDPOINT_URL_SAGEMAKER").unset("AWS_ENDPOINT_URL_STS").unset("TF_VAR_name");
    workspace.set("AWS_ENDPOINT_URL", backend.url());
    workspace.run(&["test"]).expect_success().expect_text(&["3 passed, 0 failed"]);
    assert_eq!(backend.must("ListEndpoints", &json!({}))["Endpoints"], json!([]));
}

#[test]
fn a_version_from_the_registry_module_is_approved_promoted_and_deployed() {
    let backend = Backend::local();
    let mut workspace = Workspace::on_copy_of("examples", "complete-model-registry", &backend);
    workspace.get_modules();
    workspace.apply();
    workspace.expect_settled();
    let first = workspace.state();
    assert_eq!(first.outputs["candidates"].as_object().map(serde_json::Map::len), Some(2));
    assert_eq!(first.outputs["promoted"].as_object().map(serde_json::Map::len), Some(1));
    let package = |state: &crate::harness::workspace::State| {
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
    workspace.expect_settled();
    let second = workspace.state();
    assert_eq!(package(&second), second.outputs["promoted"]["1.4.0"]);
    assert_eq!(second.outputs["promoted"]["1.3.0"], first.outputs["promoted"]["1.3.0"], "what was promoted stays");

    workspace.destroy();
    assert!(workspace.state().resources.is_empty());
}
