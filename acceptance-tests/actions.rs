//! Actions under a Terraform that has them: the examples of all of them on the stack of the examples of all resources,
//! and what a user reads of one that fails.

use std::{collections::BTreeSet, fs};

use sagemaker_provider::definition::ACTIONS;
use serde_json::json;

use crate::{
    harness::{
        Backend, Workspace,
        run::Run,
        workspace::{APPLY, repository},
    },
    stack::{applied, expect_no_warning, expect_shown, modules, names},
};

const EXAMPLES: &str = "examples/actions";

/// What has to follow other actions on the same object, in this order; all others come first.
const LATER: [&[&str]; 2] = [
    &[
        "sagemaker_detach_cluster_node_volume",
        "sagemaker_retry_pipeline_execution",
        "sagemaker_start_mlflow_tracking_server",
        "sagemaker_start_monitoring_schedule",
        "sagemaker_start_notebook_instance",
        "sagemaker_stop_edge_deployment_stage",
        "sagemaker_stop_inference_experiment",
        "sagemaker_update_cluster_software",
        "sagemaker_update_pipeline_execution",
    ],
    &[
        "sagemaker_batch_delete_cluster_nodes",
        "sagemaker_delete_edge_deployment_stage",
        "sagemaker_stop_pipeline_execution",
    ],
];

/// Actions whose object of the stack has reached the state already, so that nothing is called.
const REACHED: &[&str] = &["sagemaker_start_inference_experiment", "sagemaker_stop_pipeline_execution"];

const TOKEN: &str = "0123456789abcdef0123456789abcdef";

#[test]
fn every_action_has_an_example() {
    let all: BTreeSet<String> = ACTIONS.iter().map(|action| action.call.type_name.to_owned()).collect();
    assert_eq!(names(EXAMPLES), all);
}

#[test]
fn the_examples_of_actions_are_invoked_by_triggers() {
    let backend = Backend::local();
    let _stack = applied(&backend);
    let all = names(EXAMPLES);
    let later: BTreeSet<String> = LATER.concat().iter().map(|name| (*name).to_owned()).collect();
    let first: Vec<&str> = all.difference(&later).map(String::as_str).collect();
    for group in [first.as_slice(), LATER[0], LATER[1]] {
        stop_an_execution(&backend, group);
        let run = invoke(&backend, group);
        expect_no_warning(&run);
        for name in group {
            let complete = format!("Action complete: module.{name}.action.{name}.{}", label(name));
            assert!(run.said().contains(&complete), "does not say `{complete}`\n{run}");
        }
    }
    let calls = backend.all_calls();
    let reached = |name: &str| REACHED.contains(&name) || name.starts_with("sagemaker_stop_") && name.contains("_job");
    let called = |operation: &str| calls.get(operation).is_some_and(|times| *times > 0);
    let idle: Vec<&str> = ACTIONS
        .iter()
        .map(|action| (action.call.type_name, action.call.operation.name))
        .filter(|(name, operation)| !called(operation) && !reached(name))
        .map(|(name, _)| name)
        .collect();
    assert!(idle.is_empty(), "nothing was called for {idle:?}");
}

#[test]
fn an_action_is_invoked_by_hand_and_reports_its_progress() {
    let backend = Backend::local();
    backend.must("CreateNotebookInstance", &notebook());
    let workspace = with_action("sagemaker_stop_notebook_instance", "notebook_instance_name = \"research\"", &backend);
    let run = invoke_by_hand(&workspace, "sagemaker_stop_notebook_instance");
    run.expect_success().expect_text(&["StopNotebookInstance was accepted", "The state is Stopped after"]);
    let run = invoke_by_hand(&workspace, "sagemaker_stop_notebook_instance");
    run.expect_success().expect_text(&["Nothing was called: the state is Stopped already"]);
    assert_eq!(backend.calls("StopNotebookInstance"), 1);
}

#[test]
fn a_failed_action_says_why() {
    let backend = Backend::local();
    let workspace = with_action("sagemaker_stop_notebook_instance", "notebook_instance_name = \"research\"", &backend);
    let failed = "The action `sagemaker_stop_notebook_instance` failed";
    invoke_by_hand(&workspace, "sagemaker_stop_notebook_instance").expect_failure(&[failed, "RecordNotFound"]);

    let denied =
        "User: arn:aws:iam::123456789012:user/ann is not authorized to perform: sagemaker:StopNotebookInstance";
    backend.must("CreateNotebookInstance", &notebook());
    backend.until("it is in service", |backend| {
        let shown = backend.must("DescribeNotebookInstance", &json!({ "NotebookInstanceName": "research" }));
        shown["NotebookInstanceStatus"] == "InService"
    });
    backend.refuse("StopNotebookInstance", "AccessDeniedException", denied);
    let run = invoke_by_hand(&workspace, "sagemaker_stop_notebook_instance");
    run.expect_failure(&[failed, "AccessDeniedException", "is not authorized to perform"]);
}

#[test]
fn arguments_of_an_action_may_be_unknown_in_the_plan() {
    let backend = Backend::local();
    let workspace = Workspace::with_newest(&backend);
    let pipeline = fs::read_to_string(repository().join("examples/resources/sagemaker_pipeline/resource.tf"))
        .expect("there is an example");
    let trigger = "  lifecycle {\n    action_trigger {\n      events  = [after_create]\n      \
        actions = [action.sagemaker_start_pipeline_execution.first]\n    }\n  }\n}\n";
    let pipeline = format!("{}{trigger}", pipeline.trim_end().strip_suffix('}').expect("a block"));
    let action = "action \"sagemaker_start_pipeline_execution\" \"first\" {\n  config {\n    \
        pipeline_name = sagemaker_pipeline.churn.arn\n  }\n}\n";
    workspace.configure(&format!("{pipeline}\n{action}"));
    workspace.apply().expect_text(&["StartPipelineExecution was accepted: PipelineExecutionArn arn:aws:sagemaker:"]);
    let executions = backend.must("ListPipelineExecutions", &json!({ "PipelineName": "churn" }));
    assert_eq!(executions["PipelineExecutionSummaries"].as_array().map(Vec::len), Some(1));
    workspace.plan().expect_empty();
}

fn notebook() -> serde_json::Value {
    json!({
        "NotebookInstanceName": "research",
        "InstanceType": "ml.t3.medium",
        "RoleArn": "arn:aws:iam::123456789012:role/notebooks",
    })
}

/// A workspace with one action, which is called `test`.
fn with_action(name: &str, arguments: &str, backend: &Backend) -> Workspace {
    let workspace = Workspace::with_newest(backend);
    workspace.configure(&format!("action \"{name}\" \"test\" {{\n  config {{\n    {arguments}\n  }}\n}}\n"));
    workspace
}

fn invoke_by_hand(workspace: &Workspace, name: &str) -> Run {
    workspace.run(&[APPLY, &[&format!("-invoke=action.{name}.test")]].concat())
}

/// Applies a resource beside each example, whose creation triggers the action.
fn invoke(backend: &Backend, group: &[&str]) -> Run {
    let mut workspace = Workspace::with_newest(backend);
    set_what_only_calls_know(&mut workspace, backend, group);
    for name in group {
        expect_shown(EXAMPLES, name, &format!("action \"{name}\""));
        workspace.add_module(&format!("{EXAMPLES}/{name}"));
        let trigger = format!(
            "resource \"terraform_data\" \"trigger\" {{\n  lifecycle {{\n    action_trigger {{\n      \
             events  = [after_create]\n      actions = [action.{name}.{}]\n    }}\n  }}\n}}\n",
            label(name)
        );
        workspace.write(&format!("{EXAMPLES}/{name}/trigger.tf"), &trigger);
    }
    let group: Vec<String> = group.iter().map(|name| (*name).to_owned()).collect();
    let given = |module: &str| match module {
        "sagemaker_extend_training_plan" => "  offering_id = var.offering_id\n",
        "sagemaker_send_pipeline_execution_step_success" => "  callback_token = var.approved\n",
        "sagemaker_send_pipeline_execution_step_failure" => "  callback_token = var.rejected\n",
        _ => "",
    };
    let mut text = modules(EXAMPLES, group.iter());
    for name in &group {
        let source = format!("\"./{EXAMPLES}/{name}\"\n");
        text = text.replace(&source, &format!("{source}{}", given(name)));
    }
    let variables = ["offering_id", "approved", "rejected"].map(|name| format!("variable \"{name}\" {{}}\n")).concat();
    workspace.configure(&(text + &variables)).get_modules();
    workspace.apply()
}

fn set_what_only_calls_know(workspace: &mut Workspace, backend: &Backend, group: &[&str]) {
    let plan = backend.must("DescribeTrainingPlan", &json!({ "TrainingPlanName": "spring" }));
    let offers = backend.must("SearchTrainingPlanOfferings", &json!({ "TrainingPlanArn": plan["TrainingPlanArn"] }));
    let offer = &offers["TrainingPlanExtensionOfferings"][0]["TrainingPlanExtensionOfferingId"];
    workspace.set("TF_VAR_offering_id", offer.as_str().expect("an id"));
    let first = group.contains(&"sagemaker_send_pipeline_execution_step_success");
    for variable in ["approved", "rejected"] {
        let token = if first { waiting_callback(backend, variable) } else { String::new() };
        workspace.set(&format!("TF_VAR_{variable}"), &token);
    }
}

/// Starts an execution that waits for a callback, and returns its token.
fn waiting_callback(backend: &Backend, name: &str) -> String {
    let definition = r#"{"Version": "2020-12-01", "Steps": [{ "Name": "Approve", "Type": "Callback" }]}"#;
    let role = "arn:aws:iam::123456789012:role/sagemaker-pipelines";
    backend.must(
        "CreatePipeline",
        &json!({ "PipelineName": name, "RoleArn": role, "PipelineDefinition": definition, "ClientRequestToken": TOKEN.replace("0", &name[..1]) }),
    );
    let start = json!({ "PipelineName": name, "ClientRequestToken": TOKEN.replace("0", &name[..1]) });
    let arn = backend.must("StartPipelineExecution", &start)["PipelineExecutionArn"].clone();
    let steps = backend.must("ListPipelineExecutionSteps", &json!({ "PipelineExecutionArn": arn }));
    let token = &steps["PipelineExecutionSteps"][0]["Metadata"]["Callback"]["CallbackToken"];
    token.as_str().expect("a token").to_owned()
}

/// Lets the latest execution of the pipeline be one that can be retried.
fn stop_an_execution(backend: &Backend, group: &[&str]) {
    if !group.contains(&"sagemaker_retry_pipeline_execution") {
        return;
    }
    let input = json!({ "PipelineName": "churn", "ClientRequestToken": TOKEN });
    let arn = backend.must("StartPipelineExecution", &input)["PipelineExecutionArn"].clone();
    backend.must("StopPipelineExecution", &json!({ "PipelineExecutionArn": arn, "ClientRequestToken": TOKEN }));
    backend.until("it is stopped", |backend| {
        let shown = backend.must("DescribePipelineExecution", &json!({ "PipelineExecutionArn": arn }));
        shown["PipelineExecutionStatus"] == "Stopped"
    });
}

/// The name of the action in its example.
fn label(name: &str) -> String {
    let path = repository().join(EXAMPLES).join(name).join("action.tf");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let rest = text.split(&format!("action \"{name}\" \"")).nth(1);
    let label = rest.and_then(|rest| rest.split('"').next());
    label.unwrap_or_else(|| panic!("{} has no action of its name", path.display())).to_owned()
}
