//! The examples of all resources and data sources, applied: those of the resources make one large stack, in which those of
//! the data sources then look around. Each example is a module, so that few runs do for all of them.

use std::{collections::BTreeSet, fs};

use serde_json::{Value as Json, json};

use crate::{
    harness::{Backend, Workspace, run::Run, state::State, workspace::repository},
    listing,
};

const RESOURCES: &str = "examples/resources";
const DATA_SOURCES: &str = "examples/data-sources";

/// Examples that the local service has nothing for, each with the reason. They are validated only.
const ABSENT: &[(&str, &str)] = &[
    ("sagemaker_cluster_event", "clusters have no events"),
    ("sagemaker_cluster_operation", "nothing operates on clusters"),
    ("sagemaker_lineage_group_policy", "no lineage group is shared"),
    ("sagemaker_subscribed_workteam", "there is no marketplace"),
];

/// Queries to which the local service knows no answer but an empty list, each with the reason.
const EMPTY: &[(&str, &str)] = &[
    ("sagemaker_cluster_events", "clusters have no events"),
    ("sagemaker_cluster_operations", "nothing operates on clusters"),
    ("sagemaker_hyper_parameter_tuning_job_training_jobs", "tuning starts no training"),
    ("sagemaker_inference_recommendations_job_steps", "nothing is benchmarked"),
    ("sagemaker_model_metadata", "there is no zoo of models"),
    ("sagemaker_monitoring_alert_history", "nothing is monitored"),
    ("sagemaker_monitoring_executions", "nothing is monitored"),
    ("sagemaker_reserved_capacity_ultra_servers", "instances are reserved, not servers"),
    ("sagemaker_resource_catalogs", "there is no catalog"),
    ("sagemaker_subscribed_workteams", "there is no marketplace"),
];

#[test]
fn the_examples_of_resources_form_a_stack_that_those_of_data_sources_read() {
    let backend = Backend::local();
    let stack = applied(&backend);
    start_what_only_calls_can(&backend);
    let state = stack.state();
    let of_any = |type_name: &str, attribute: &str| {
        let mut resources = state.resources.iter();
        let found = resources.find(|(address, _)| address.contains(&format!("{type_name}.")));
        found.and_then(|(_, values)| values[attribute].as_str()).expect("the stack has one").to_owned()
    };
    let cluster = of_any("sagemaker_cluster_extension", "cluster_arn");
    let tagged = of_any("sagemaker_tag", "resource_arn");
    listing::expect_complete(&backend, &state, &[("TF_VAR_cluster_arn", &cluster), ("TF_VAR_tagged_arn", &tagged)]);
    listing::expect_discovered(&backend, &stack);

    let observer = Workspace::new(&backend);
    let examples = names(DATA_SOURCES);
    for name in &examples {
        expect_shown(DATA_SOURCES, name, &format!("data \"{name}\""));
        observer.add_module(&format!("{DATA_SOURCES}/{name}"));
    }
    observer.configure(&modules(DATA_SOURCES, examples.iter())).get_modules();
    let validation = observer.validate();
    validation.expect_success();
    expect_no_warning(&validation);
    let absent: BTreeSet<String> = ABSENT.iter().map(|(name, _)| (*name).to_owned()).collect();
    observer
        .configure(&modules(DATA_SOURCES, examples.difference(&absent)))
        .write("guide.tf", &guide().0)
        .get_modules();
    expect_no_warning(&observer.apply());
    expect_results(&observer, &examples);
    let outputs = observer.state().outputs;
    assert_eq!(outputs["latest"], "churn-2026-11", "the guide finds the latest job");
    assert_eq!(outputs["images"].as_array().map(Vec::len), Some(1), "the guide searches: {}", outputs["images"]);
    expect_absent(&backend, &absent);
}

/// The workspace in which the examples of all resources are applied.
pub(crate) fn applied(backend: &Backend) -> Workspace {
    let stack = configured(backend);
    expect_no_warning(&stack.apply());
    stack.plan().expect_empty();
    stack
}

/// The workspace that has the examples of all resources, and nothing applied.
pub(crate) fn configured(backend: &Backend) -> Workspace {
    let foreign = backend.must("CreateModelPackageGroup", &json!({ "ModelPackageGroupName": "of-another-team" }));
    let mut stack = Workspace::new(backend);
    stack.set("TF_VAR_foreign_arn", foreign["ModelPackageGroupArn"].as_str().expect("an ARN"));
    let given = fs::read_to_string(repository().join("acceptance-tests/stack/main.tf")).expect("the stack's beginning");
    let examples = names(RESOURCES);
    for name in &examples {
        expect_shown(RESOURCES, name, &format!("resource \"{name}\""));
        stack.add_module(&format!("{RESOURCES}/{name}"));
    }
    let others = examples.iter().filter(|name| !given.contains(&format!("module \"{name}\"")));
    stack.configure(&(modules(RESOURCES, others) + &given)).get_modules();
    stack
}

#[test]
fn every_resource_and_every_data_source_has_an_example() {
    let workspace = Workspace::offline();
    let definitions = names("schemas");
    let no_resources = ["shapes", "queries", "ephemeral", "actions", "prebuilt_images"];
    let resources = definitions.iter().filter_map(|file| file.strip_suffix(".toml"));
    let resources = resources.filter(|name| !no_resources.contains(name)).map(|name| format!("sagemaker_{name}"));
    assert_eq!(names(RESOURCES), resources.collect::<BTreeSet<String>>());
    let data_sources: BTreeSet<String> = workspace.computed_attributes().into_keys().collect();
    assert_eq!(names(DATA_SOURCES), data_sources);
}

#[test]
fn what_the_guide_promotes_is_the_latest_approved_model_of_another_account() {
    let (registry, production) = (Backend::local_of("111122223333"), Backend::local());
    let group = json!({ "ModelPackageGroupName": "churn" });
    registry.must("CreateModelPackageGroup", &group);
    let production_workspace = Workspace::new(&production);
    let elsewhere = format!(
        "provider \"sagemaker\" {{\n  alias = \"registry\"\n\n  endpoints {{\n    sagemaker = {url:?}\n    sts = {url:?}\n  }}\n}}\n",
        url = registry.url()
    );
    production_workspace.configure(&guide().1).write("registry.tf", &elsewhere);
    production_workspace.try_plan(&[]).expect_failure(&["No version of churn is approved."]);

    let version = |status: &str| {
        let containers = json!([{ "Image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/churn:1", "ModelDataUrl": "s3://models/churn.tar.gz" }]);
        let specification = json!({ "Containers": containers, "SupportedContentTypes": ["text/csv"], "SupportedResponseMIMETypes": ["text/csv"] });
        let package = json!({ "ModelPackageGroupName": "churn", "ModelApprovalStatus": status, "InferenceSpecification": specification });
        let created = registry.must("CreateModelPackage", &package);
        created["ModelPackageArn"].as_str().expect("an ARN").to_owned()
    };
    let (first, second) = (version("Approved"), version("PendingManualApproval"));
    let deployed = |workspace: &Workspace| {
        workspace.state().resource("sagemaker_model.churn")["primary_container"][0]["model_package_name"].clone()
    };
    production_workspace.apply();
    assert_eq!(deployed(&production_workspace), first);
    production_workspace.expect_no_changes();

    registry.must("UpdateModelPackage", &json!({ "ModelPackageArn": second, "ModelApprovalStatus": "Approved" }));
    assert_eq!(production_workspace.plan().action("sagemaker_model.churn"), "create,delete");
    production_workspace.apply_plan();
    assert_eq!(deployed(&production_workspace), second);
}

/// The configurations of two guides: those of `data-sources` look around, those of `model-registry` promote a model.
fn guide() -> (String, String) {
    let blocks = |name: &str| {
        let file = repository().join("docs/guides").join(name);
        let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let blocks =
            text.split("```terraform\n").skip(1).filter_map(|rest| rest.split("```").next().map(str::to_owned));
        blocks.collect::<Vec<String>>()
    };
    // How production gets at the registry's account is not for a test to repeat.
    let promoting = blocks("model-registry.md").into_iter().filter(|block| block.contains("= sagemaker.registry"));
    (blocks("data-sources.md").concat(), promoting.collect())
}

/// What only calls can bring about, since no resource stands for it.
fn start_what_only_calls_can(backend: &Backend) {
    let parameters = json!([{ "Name": "Days", "Value": "30" }]);
    let token = "0123456789abcdef0123456789abcdef";
    let execution = json!({ "PipelineName": "churn", "PipelineParameters": parameters, "ClientRequestToken": token });
    backend.must("StartPipelineExecution", &execution);
    let plan = backend.must("DescribeTrainingPlan", &json!({ "TrainingPlanName": "spring" }));
    let expected = json!({ "TrainingPlanArn": plan["TrainingPlanArn"] });
    let offering = &backend.must("SearchTrainingPlanOfferings", &expected)["TrainingPlanExtensionOfferings"][0];
    let extension = json!({ "TrainingPlanExtensionOfferingId": offering["TrainingPlanExtensionOfferingId"] });
    backend.must("ExtendTrainingPlan", &extension);
}

/// Every query has found something, and every object has been found, but for what is known to be empty.
fn expect_results(observer: &Workspace, examples: &BTreeSet<String>) {
    let computed = observer.computed_attributes();
    let state = observer.state();
    let excused = |name: &str| EMPTY.iter().any(|(excused, _)| *excused == name);
    let silent: BTreeSet<&String> = examples
        .iter()
        .filter(|name| {
            found(&state, name).is_some_and(|values| !computed[*name].iter().any(|name| is_something(&values[name])))
        })
        .collect();
    let wrong: Vec<&&String> = silent.iter().filter(|name| !excused(name)).collect();
    assert!(wrong.is_empty(), "nothing is shown by {wrong:?}");
    let needless: Vec<&str> =
        EMPTY.iter().map(|(name, _)| *name).filter(|name| !silent.contains(&(*name).to_owned())).collect();
    assert!(needless.is_empty(), "something is shown by {needless:?}, which are excused");
}

/// What is listed as absent is so.
fn expect_absent(backend: &Backend, absent: &BTreeSet<String>) {
    let workspace = Workspace::new(backend);
    for name in absent {
        workspace.add_module(&format!("{DATA_SOURCES}/{name}"));
    }
    workspace.configure(&modules(DATA_SOURCES, absent.iter())).get_modules();
    workspace.try_apply(&[]).expect_failure(&[]);
    let state = workspace.state();
    let there: Vec<&String> = absent.iter().filter(|name| found(&state, name).is_some()).collect();
    assert!(there.is_empty(), "{there:?} are there, and excused");
}

/// What the data source that an example is about shows.
fn found<'a>(state: &'a State, name: &str) -> Option<&'a Json> {
    let start = format!("module.{name}.data.{name}.");
    state.data.iter().find(|(address, _)| address.starts_with(&start)).map(|(_, values)| values)
}

fn is_something(value: &Json) -> bool {
    match value {
        Json::Null => false,
        Json::Array(elements) => !elements.is_empty(),
        Json::Object(members) => !members.is_empty(),
        _ => true,
    }
}

pub(crate) fn modules<'a>(directory: &str, names: impl Iterator<Item = &'a String>) -> String {
    names.map(|name| format!("module \"{name}\" {{\n  source = \"./{directory}/{name}\"\n}}\n\n")).collect()
}

pub(crate) fn names(directory: &str) -> BTreeSet<String> {
    let directory = repository().join(directory);
    let entries = fs::read_dir(&directory).unwrap_or_else(|error| panic!("{}: {error}", directory.display()));
    entries.map(|entry| entry.expect("a readable entry").file_name().to_string_lossy().into_owned()).collect()
}

pub(crate) fn expect_shown(directory: &str, name: &str, what: &str) {
    let directory = repository().join(directory).join(name);
    let files = fs::read_dir(&directory).unwrap_or_else(|error| panic!("{}: {error}", directory.display()));
    let text: String =
        files.map(|file| fs::read_to_string(file.expect("a readable entry").path()).unwrap_or_default()).collect();
    assert!(text.contains(what), "{} shows no {what}", directory.display());
}

/// Terraform's warning about how the tests run the provider is no fault of an example.
pub(crate) fn expect_no_warning(run: &Run) {
    let said = run.said();
    let excused = said.matches("Warning: Provider development overrides").count();
    assert_eq!(said.matches("Warning: ").count(), excused, "{run}");
}
