//! The modules of `examples/modules/`: each is documented whole, passes its own tests against a local SageMaker, and is
//! applied and destroyed in its complete example. What a single module promises beyond that is in `examples.rs`.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use hcl::{Block, Body};

use crate::{
    harness::{
        Backend, Workspace,
        workspace::{repository, text_of},
    },
    validation::is_about_overrides,
};

/// The oldest Terraform that has actions.
const WITH_ACTIONS: &str = ">= 1.14";

/// Kinds of objects that SageMaker never deletes, or shows for a while after their delete.
const KEPT: &[&str] = &["automl-job", "labeling-job", "mlflow-app"];

/// A test for each module, so that they run side by side.
macro_rules! modules {
    ($($test:ident: $module:literal,)+) => {
        const MODULES: &[&str] = &[$($module),+];

        $(
            #[test]
            fn $test() {
                passes_its_tests($module);
                is_applied_in_its_complete_example($module);
            }
        )+
    };
}

modules! {
    async_endpoint: "async-endpoint",
    automl: "automl",
    feature_store: "feature-store",
    hyperpod_cluster: "hyperpod-cluster",
    inference_components: "inference-components",
    labeling: "labeling",
    mlflow: "mlflow",
    model_monitor: "model-monitor",
    model_registry: "model-registry",
    pipeline: "pipeline",
    realtime_endpoint: "realtime-endpoint",
    serverless_endpoint: "serverless-endpoint",
    shadow_and_canary: "shadow-and-canary",
    studio_domain: "studio-domain",
}

#[test]
fn every_module_is_tested() {
    let found: BTreeSet<String> = entries("examples/modules").iter().map(|path| name(path)).collect();
    assert_eq!(found, MODULES.iter().map(|module| (*module).to_owned()).collect());
}

#[test]
fn every_module_is_documented_whole() {
    let faults: Vec<String> = MODULES.iter().flat_map(|module| faults(module)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn passes_its_tests(module: &str) {
    let backend = Backend::local();
    let directory = format!("modules/{module}");
    let mut workspace = workspace_in(&directory, module, &backend);
    // As a user runs them: the tests have a provider block of their own, and the address comes from the environment.
    workspace.unset("AWS_ENDPOINT_URL_SAGEMAKER").unset("AWS_ENDPOINT_URL_STS").unset("TF_VAR_name");
    workspace.set("AWS_ENDPOINT_URL", backend.url());
    workspace.get_modules();
    let tested = workspace.run(&["test"]);
    tested.expect_success();
    assert!(!tested.said().contains("Success! 0 passed"), "{module} has no tests");
    expect_nothing_left(&backend);
}

fn is_applied_in_its_complete_example(module: &str) {
    let backend = Backend::local();
    let workspace = workspace_in(&format!("complete-{module}"), module, &backend);
    workspace.get_modules();
    let diagnostics = workspace.diagnostics();
    let ours: Vec<_> = diagnostics.iter().filter(|diagnostic| !is_about_overrides(diagnostic)).collect();
    assert!(ours.is_empty(), "{module}: {ours:?}");
    workspace.apply();
    if has_actions(module) {
        // What an action has started is seen by the next refresh.
        workspace.plan().expect_empty();
    } else {
        workspace.expect_no_changes();
    }
    workspace.destroy();
    expect_nothing_left(&backend);
}

#[track_caller]
fn expect_nothing_left(backend: &Backend) {
    let mut left = backend.count_by_kind();
    left.retain(|kind, _| !KEPT.contains(&kind.as_str()));
    assert!(left.is_empty(), "{left:?} is left");
}

/// A workspace in a directory of the examples, under a Terraform that the module accepts.
fn workspace_in(directory: &str, module: &str, backend: &Backend) -> Workspace {
    if has_actions(module) {
        Workspace::on_copy_with_newest("examples", directory, backend)
    } else {
        Workspace::on_copy_of("examples", directory, backend)
    }
}

fn has_actions(module: &str) -> bool {
    text_of(&format!("examples/modules/{module}/versions.tf")).contains(WITH_ACTIONS)
}

/// What is missing in a module.
fn faults(module: &str) -> Vec<String> {
    let directory = format!("examples/modules/{module}");
    let readme = text_of(&format!("{directory}/README.md"));
    let body = body_of(&directory);
    let complete = body_of(&format!("examples/complete-{module}"));
    let mut faults = Vec::new();
    for (kind, wanted) in [("variable", &["description", "type"][..]), ("output", &["description"])] {
        let blocks: Vec<&Block> = body.blocks().filter(|block| block.identifier() == kind).collect();
        if blocks.is_empty() {
            faults.push(format!("{module}: no {kind} is declared"));
        }
        for block in blocks {
            let label = block.labels().first().map(|label| label.as_str()).unwrap_or_default();
            let missing = wanted.iter().filter(|key| block.body().attributes().all(|found| found.key() != **key));
            faults.extend(missing.map(|key| format!("{module}: {kind} {label} has no {key}")));
            if !readme.contains(&format!("`{label}`")) {
                faults.push(format!("{module}: README.md does not describe {kind} {label}"));
            }
        }
    }
    let source = format!("\"../modules/{module}\"");
    let calls = complete.blocks().filter(|block| block.identifier() == "module");
    let mut sources = calls.flat_map(|call| call.body().attributes()).filter(|found| found.key() == "source");
    if !sources.any(|found| found.expr().to_string() == source) {
        faults.push(format!("{module}: examples/complete-{module} does not call the module"));
    }
    if !text_of(&format!("{directory}/versions.tf")).contains("required_version") {
        faults.push(format!("{module}: versions.tf requires no version of Terraform"));
    }
    faults
}

/// All files of a configuration as one.
fn body_of(directory: &str) -> Body {
    let files = entries(directory).into_iter().filter(|path| path.extension().is_some_and(|end| end == "tf"));
    let bodies = files.map(|path| {
        let text = fs::read_to_string(&path).expect("a text");
        hcl::parse(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    });
    Body::from_iter(bodies.flat_map(Body::into_inner))
}

fn entries(directory: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(repository().join(directory)).unwrap_or_else(|error| panic!("{directory}: {error}"));
    entries.map(|entry| entry.expect("a readable entry").path()).collect()
}

fn name(path: &Path) -> String {
    path.file_name().expect("an entry has a name").to_string_lossy().into_owned()
}
