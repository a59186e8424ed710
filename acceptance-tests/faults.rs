//! Whatever goes wrong in the middle of a life, the next apply ends in what was wanted, and nothing is lost, made twice
//! or deleted that should not be.

use std::{collections::BTreeMap, fs, time::Duration};

use serde_json::{Value as Json, json};

use crate::{
    fixtures::{CONFIGURATION, MODEL, file_of_case, notebook, serving},
    harness::{
        Backend, Workspace,
        workspace::{APPLY, DESTROY},
    },
};

const ENDPOINT: &str = "sagemaker_endpoint.test";

/// A kind of object whose life is told by a case: its operations are `CreateEndpoint` and so on.
struct Life {
    case: &'static str,
    noun: &'static str,
}

impl Life {
    fn text(&self, file: &str) -> String {
        file_of_case(self.case, file)
    }

    fn operation(&self, verb: &str) -> String {
        format!("{verb}{}", self.noun)
    }

    /// What the service holds after the first and after the second configuration if nothing goes wrong.
    fn wanted(&self) -> [BTreeMap<String, usize>; 2] {
        let backend = Backend::local_with_latency(Duration::from_millis(10));
        let workspace = Workspace::new(&backend);
        ["base.tf", "in_place.tf"].map(|file| {
            workspace.configure(&self.text(file)).apply();
            backend.census()
        })
    }
}

/// Demands that there is nothing left to do, and that the service holds this.
#[track_caller]
fn expect_well(backend: &Backend, workspace: &Workspace, wanted: &BTreeMap<String, usize>) {
    workspace.plan().expect_empty();
    assert_eq!(backend.census(), *wanted, "{}", backend.objects());
}

/// All that can go wrong with a request or its reply.
fn mishaps() -> [Json; 5] {
    [
        json!({ "kind": "error", "status": 500, "code": "InternalFailure", "message": "Try again." }),
        json!({ "kind": "error", "status": 503, "code": "", "message": "" }),
        json!({ "kind": "html" }),
        json!({ "kind": "drop_before" }),
        json!({ "kind": "drop_after" }),
    ]
}

fn strike(backend: &Backend, operation: &str, mishap: &Json) {
    let mut fault = mishap.clone();
    fault["operation"] = operation.into();
    backend.fault(&fault);
}

/// Each call of the life meets some of what can go wrong, and in the end is done all the same.
fn survives_mishaps(life: &Life) {
    let wanted = life.wanted();
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let [internal, unavailable, proxy, before, after] = mishaps();
    let meets = |verb: &str, mishaps: &[&Json]| {
        for mishap in mishaps {
            strike(&backend, &life.operation(verb), mishap);
        }
    };
    meets("Create", &[&internal, &before, &after]);
    meets("Describe", &[&unavailable, &proxy]);
    workspace.configure(&life.text("base.tf")).apply();
    expect_well(&backend, &workspace, &wanted[0]);

    meets("Update", &[&unavailable, &before, &after]);
    meets("Describe", &[&internal, &before]);
    workspace.configure(&life.text("in_place.tf")).apply();
    expect_well(&backend, &workspace, &wanted[1]);

    meets("Delete", &[&proxy, &before, &after]);
    workspace.destroy();
    assert!(workspace.state().resources.is_empty());
    assert!(backend.census().is_empty(), "{}", backend.objects());
}

/// A create call with a client token is repeated until its effect is known, however often calls are to be sent.
const CREATED_WITH_A_TOKEN: [&str; 1] = ["pipeline"];

/// Each call of the life fails for good in each way. What was begun is finished by the next apply.
fn recovers_from_failures(life: &Life) {
    let wanted = life.wanted();
    let backend = Backend::local();
    let mut workspace = Workspace::new(&backend);
    workspace.set("AWS_MAX_ATTEMPTS", "1");
    let [internal, unavailable, _, before, after] = mishaps();
    let fails = |verb: &str, mishap: &Json| strike(&backend, &life.operation(verb), mishap);

    workspace.configure(&life.text("base.tf"));
    if !CREATED_WITH_A_TOKEN.contains(&life.case) {
        fails("Create", &before);
        workspace.try_apply(&[]).expect_failure(&[&life.operation("Create")]);
    }
    fails("Create", &after);
    fails("Describe", &unavailable);
    workspace.apply();
    expect_well(&backend, &workspace, &wanted[0]);
    assert_eq!(backend.calls(&life.operation("Create")), 2, "what was lost was found");

    workspace.configure(&life.text("in_place.tf"));
    for mishap in [&unavailable, &before] {
        fails("Update", mishap);
        workspace.try_apply(&[]).expect_failure(&[&life.operation("Update")]);
    }
    fails("Update", &after);
    workspace.apply();
    expect_well(&backend, &workspace, &wanted[1]);

    for mishap in [&internal, &before] {
        fails("Delete", mishap);
        workspace.try_destroy().expect_failure(&[&life.operation("Delete")]);
    }
    fails("Delete", &after);
    workspace.destroy();
    assert!(backend.census().is_empty(), "{}", backend.objects());
}

/// Every change of the life is seen late by those who read: first by all, then by lists alone.
fn waits_for_late_reads(life: &Life) {
    let wanted = life.wanted();
    for late in [json!({ "kind": "lag", "reads": 3 }), json!({ "kind": "list_lag", "ms": 3000 })] {
        let backend = Backend::local_with_latency(Duration::from_millis(50));
        let workspace = Workspace::new(&backend);
        for verb in ["Create", "Update", "Delete"] {
            strike(&backend, &life.operation(verb), &late);
        }
        for (file, wanted) in ["base.tf", "in_place.tf"].iter().zip(&wanted) {
            workspace.configure(&life.text(file)).apply();
            expect_well(&backend, &workspace, wanted);
        }
        workspace.destroy();
        assert!(backend.census().is_empty(), "{}", backend.objects());
        workspace.configure(&life.text("base.tf")).apply();
        workspace.destroy();
    }
}

/// A test for each life.
macro_rules! lives {
    ($run:ident, of: $($case:ident $noun:ident)*) => {
        mod $run {
            $(
                #[test]
                fn $case() {
                    super::$run(&super::Life { case: stringify!($case), noun: stringify!($noun) });
                }
            )*
        }
    };
}

lives! {
    survives_mishaps, of:
    code_repository CodeRepository
    endpoint        Endpoint
    image_version   ImageVersion
    model_package   ModelPackage
    pipeline        Pipeline
}

lives! {
    recovers_from_failures, of:
    code_repository CodeRepository
    endpoint        Endpoint
    pipeline        Pipeline
}

lives! {
    waits_for_late_reads, of:
    code_repository   CodeRepository
    domain            Domain
    endpoint          Endpoint
    image_version     ImageVersion
    model_package     ModelPackage
    notebook_instance NotebookInstance
    pipeline          Pipeline
}

/// A change takes seconds, so that a call that is repeated after its reply was lost meets an object that is still changing.
#[test]
fn lost_replies_are_no_failures_while_an_object_is_still_changing() {
    let backend = Backend::local_with_latency(Duration::from_secs(6));
    let mut workspace = Workspace::new(&backend);
    workspace.configure(&serving()).apply();
    let lost = json!({ "kind": "drop_after" });
    strike(&backend, "UpdateEndpoint", &lost);
    workspace.set("TF_VAR_instance_type", "ml.m5.xlarge").apply();
    workspace.expect_settled();
    strike(&backend, "DeleteEndpoint", &lost);
    workspace.destroy();
    assert!(backend.census().is_empty(), "{}", backend.objects());
}

/// Each call of a change that stops a notebook instance and starts it again fails for good in each way. Whatever it was,
/// the next apply makes the change and the instance runs.
#[test]
fn a_notebook_instance_that_ran_runs_again() {
    let backend = Backend::local();
    let mut workspace = Workspace::new(&backend);
    workspace.set("AWS_MAX_ATTEMPTS", "1");
    workspace.configure(&notebook("ml.t3.medium")).apply();
    let [internal, _, _, before, after] = mishaps();
    let refusal = json!({ "kind": "error", "code": "ValidationException", "message": "It is not allowed." });
    let types = ["ml.t3.large", "ml.t3.medium"].into_iter().cycle();
    let operations = ["StopNotebookInstance", "UpdateNotebookInstance", "StartNotebookInstance"];
    let cuts =
        operations.into_iter().flat_map(|operation| [&internal, &before, &after, &refusal].map(|it| (operation, it)));
    for ((operation, mishap), instance_type) in cuts.zip(types) {
        workspace.configure(&notebook(instance_type));
        strike(&backend, operation, mishap);
        let run = workspace.try_apply(&[]);
        assert_eq!(run.code == Some(0), *mishap == after, "{operation}, {mishap}: {run}");
        workspace.apply();
        workspace.expect_settled();
        let instance = backend.must("DescribeNotebookInstance", &json!({ "NotebookInstanceName": workspace.name }));
        assert_eq!(
            (&instance["NotebookInstanceStatus"], &instance["InstanceType"]),
            (&json!("InService"), &json!(instance_type)),
            "{operation}, {mishap}"
        );
    }
}

// The service names domains itself and takes no token, so that a create that is said twice makes two.
#[test]
fn a_domain_whose_reply_is_lost_is_not_made_twice() {
    let life = Life { case: "domain", noun: "Domain" };
    let wanted = life.wanted();
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let [_, unavailable, proxy, before, after] = mishaps();
    strike(&backend, "CreateDomain", &after);
    workspace.configure(&life.text("base.tf")).apply();
    expect_well(&backend, &workspace, &wanted[0]);
    assert_eq!(backend.calls("CreateDomain"), 1);

    for (verb, mishaps) in [("Update", [&unavailable, &before, &after]), ("Delete", [&proxy, &before, &after])] {
        mishaps.iter().for_each(|mishap| strike(&backend, &life.operation(verb), mishap));
    }
    workspace.configure(&life.text("in_place.tf")).apply();
    expect_well(&backend, &workspace, &wanted[1]);
    workspace.destroy();
    assert!(backend.census().is_empty(), "{}", backend.objects());
}

#[test]
fn a_role_that_can_be_assumed_late_is_waited_for_by_updates_too() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    for (case, noun) in [("device_fleet", "DeviceFleet"), ("pipeline", "Pipeline")] {
        let life = Life { case, noun };
        workspace.configure(&life.text("base.tf")).apply();
        strike(&backend, &life.operation("Update"), &json!({ "kind": "role", "times": 2 }));
        let other_role = life.text("base.tf").replace(":role/", ":role/others/");
        workspace.configure(&other_role).apply();
        workspace.expect_settled();
        assert_eq!(backend.calls(&life.operation("Update")), 3, "{noun}");
    }
}

/// Ctrl-C, and once more at once, while the endpoint is in this state. Terraform then gives up without another word, and
/// may not have saved what it has just learned.
#[track_caller]
fn interrupt_twice(backend: &Backend, workspace: &Workspace, command: &[&str], state: &str) {
    let running = workspace.start(command);
    let endpoint = json!({ "EndpointName": workspace.name });
    let is_in_state = |backend: &Backend| {
        backend.call("DescribeEndpoint", &endpoint).is_ok_and(|endpoint| endpoint["EndpointStatus"] == state)
    };
    backend.until(state, is_in_state);
    running.interrupt();
    running.interrupt();
    let run = workspace.report(command, running.finish());
    assert_ne!(run.code, Some(0), "{run}");
    restore_state(workspace);
}

/// Terraform empties the file of the state before it writes it anew. Who ends it in between has the backup.
fn restore_state(workspace: &Workspace) {
    let [state, backup] = ["terraform.tfstate", "terraform.tfstate.backup"].map(|file| workspace.root().join(file));
    let is_whole = fs::read(&state).is_ok_and(|text| serde_json::from_slice::<Json>(&text).is_ok());
    if !is_whole {
        fs::copy(&backup, &state).expect("a backup");
    }
}

#[test]
fn who_interrupts_twice_is_told_how_to_go_on() {
    let backend = Backend::local_with_latency(Duration::from_secs(4));
    let mut workspace = Workspace::new(&backend);
    workspace.configure(&[MODEL, CONFIGURATION].concat()).apply();
    workspace.configure(&serving());
    interrupt_twice(&backend, &workspace, APPLY, "Creating");
    if !workspace.state().resources.contains_key(ENDPOINT) {
        let import = format!("terraform import sagemaker_endpoint.<name> {}", workspace.name);
        workspace.try_apply(&[]).expect_failure(&["already exist", &import]);
        workspace.run(&["import", "-no-color", ENDPOINT, &workspace.name]).expect_success();
    }
    workspace.apply();
    workspace.plan().expect_empty();
    let wanted = backend.census();
    assert_eq!(wanted.values().collect::<Vec<_>>(), [&1, &1, &1], "{}", backend.objects());

    workspace.set("TF_VAR_instance_type", "ml.c5.large");
    interrupt_twice(&backend, &workspace, APPLY, "Updating");
    workspace.apply();
    workspace.plan().expect_empty();
    interrupt_twice(&backend, &workspace, DESTROY, "Deleting");
    workspace.destroy();
    // What Terraform had just made and not saved, it does not know of.
    let left = backend.objects();
    let left = left.as_array().expect("a list").iter().filter(|object| object["kind"] != "endpoint-config");
    assert_eq!(left.count(), 0, "{}", backend.objects());
}
