//! Whatever goes wrong in the middle of a life cycle, the next apply ends in what was expected, and nothing is lost, created
//! twice, or deleted that should not be. Here with processes; `src/simulation/faults` tries every case in virtual time.

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

/// A resource kind with a case; its operations are `CreateEndpoint` and so on.
struct Kind {
    case: &'static str,
    noun: &'static str,
}

impl Kind {
    fn text(&self, file: &str) -> String {
        file_of_case(self.case, file)
    }

    fn operation(&self, verb: &str) -> String {
        format!("{verb}{}", self.noun)
    }

    /// What the service holds after the first and after the second configuration if nothing goes wrong.
    fn expected(&self) -> [BTreeMap<String, usize>; 2] {
        let backend = Backend::local_with_latency(Duration::from_millis(10));
        let workspace = Workspace::new(&backend);
        ["base.tf", "in_place.tf"].map(|file| {
            workspace.configure(&self.text(file)).apply();
            backend.count_by_kind()
        })
    }
}

/// Demands that there is nothing left to do, and that the service holds this.
#[track_caller]
fn expect_well(backend: &Backend, workspace: &Workspace, expected: &BTreeMap<String, usize>) {
    workspace.plan().expect_empty();
    assert_eq!(backend.count_by_kind(), *expected, "{}", backend.objects());
}

/// All that can go wrong with a request or its reply.
fn faults() -> [Json; 5] {
    [
        json!({ "kind": "error", "status": 500, "code": "InternalFailure", "message": "Try again." }),
        json!({ "kind": "error", "status": 503, "code": "", "message": "" }),
        json!({ "kind": "html" }),
        json!({ "kind": "drop_before" }),
        json!({ "kind": "drop_after" }),
    ]
}

fn strike(backend: &Backend, operation: &str, fault: &Json) {
    let mut struck = fault.clone();
    struck["operation"] = operation.into();
    backend.fault(&struck);
}

/// Each call of the life cycle meets some of what can go wrong, and succeeds in the end nevertheless.
fn survives_faults(kind: &Kind) {
    let expected = kind.expected();
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let [internal, unavailable, proxy, before, after] = faults();
    let meets = |verb: &str, faults: &[&Json]| {
        for fault in faults {
            strike(&backend, &kind.operation(verb), fault);
        }
    };
    meets("Create", &[&internal, &before, &after]);
    meets("Describe", &[&unavailable, &proxy]);
    workspace.configure(&kind.text("base.tf")).apply();
    expect_well(&backend, &workspace, &expected[0]);

    meets("Update", &[&unavailable, &before, &after]);
    meets("Describe", &[&internal, &before]);
    workspace.configure(&kind.text("in_place.tf")).apply();
    expect_well(&backend, &workspace, &expected[1]);

    meets("Delete", &[&proxy, &before, &after]);
    workspace.destroy();
    assert!(workspace.state().resources.is_empty());
    assert!(backend.count_by_kind().is_empty(), "{}", backend.objects());
}

/// Every change of an endpoint is seen late by those who read: first by all, then by lists alone.
#[test]
fn late_reads_of_an_endpoint_are_waited_for() {
    let kind = Kind { case: "endpoint", noun: "Endpoint" };
    let expected = kind.expected();
    for late in [json!({ "kind": "lag", "reads": 3 }), json!({ "kind": "list_lag", "ms": 3000 })] {
        let backend = Backend::local_with_latency(Duration::from_millis(50));
        let workspace = Workspace::new(&backend);
        for verb in ["Create", "Update", "Delete"] {
            strike(&backend, &kind.operation(verb), &late);
        }
        for (file, expected) in ["base.tf", "in_place.tf"].iter().zip(&expected) {
            workspace.configure(&kind.text(file)).apply();
            expect_well(&backend, &workspace, expected);
        }
        workspace.destroy();
        assert!(backend.count_by_kind().is_empty(), "{}", backend.objects());
    }
}

#[test]
fn the_life_cycle_of_an_endpoint_survives_faults() {
    survives_faults(&Kind { case: "endpoint", noun: "Endpoint" });
}

#[test]
fn the_life_cycle_of_a_pipeline_survives_faults() {
    survives_faults(&Kind { case: "pipeline", noun: "Pipeline" });
}

/// Each call of the life cycle of an endpoint fails for good in each way. What was begun is completed by the next apply.
#[test]
fn an_endpoint_is_completed_after_failures() {
    let kind = Kind { case: "endpoint", noun: "Endpoint" };
    let expected = kind.expected();
    let backend = Backend::local();
    let mut workspace = Workspace::new(&backend);
    workspace.set("AWS_MAX_ATTEMPTS", "1");
    let [internal, unavailable, _, before, after] = faults();
    let fails = |verb: &str, fault: &Json| strike(&backend, &kind.operation(verb), fault);

    workspace.configure(&kind.text("base.tf"));
    fails("Create", &before);
    workspace.try_apply(&[]).expect_failure(&[&kind.operation("Create")]);
    fails("Create", &after);
    fails("Describe", &unavailable);
    workspace.apply();
    expect_well(&backend, &workspace, &expected[0]);
    assert_eq!(backend.calls(&kind.operation("Create")), 2, "what was lost was found");

    workspace.configure(&kind.text("in_place.tf"));
    for fault in [&unavailable, &before] {
        fails("Update", fault);
        workspace.try_apply(&[]).expect_failure(&[&kind.operation("Update")]);
    }
    fails("Update", &after);
    workspace.apply();
    expect_well(&backend, &workspace, &expected[1]);

    for fault in [&internal, &before] {
        fails("Delete", fault);
        workspace.try_destroy().expect_failure(&[&kind.operation("Delete")]);
    }
    fails("Delete", &after);
    workspace.destroy();
    assert!(backend.count_by_kind().is_empty(), "{}", backend.objects());
}

/// A change takes seconds, so that a call that is repeated after its reply was lost meets an object that is still changing.
#[test]
fn lost_replies_are_no_failures_while_an_object_is_still_changing() {
    let backend = Backend::local_with_latency(Duration::from_secs(6));
    let mut workspace = Workspace::applied(&backend, &serving());
    let lost = json!({ "kind": "drop_after" });
    strike(&backend, "UpdateEndpoint", &lost);
    workspace.set("TF_VAR_instance_type", "ml.m5.xlarge").apply();
    workspace.expect_no_changes();
    strike(&backend, "DeleteEndpoint", &lost);
    workspace.destroy();
    assert!(backend.count_by_kind().is_empty(), "{}", backend.objects());
}

/// Each call of a change that stops a notebook instance and starts it again fails for good. The next apply completes the
/// change and the instance runs.
#[test]
fn a_notebook_instance_that_ran_runs_again() {
    let backend = Backend::local();
    let mut workspace = Workspace::new(&backend);
    workspace.set("AWS_MAX_ATTEMPTS", "1");
    workspace.configure(&notebook("ml.t3.medium")).apply();
    let [_, _, _, before, _] = faults();
    let operations = ["StopNotebookInstance", "UpdateNotebookInstance", "StartNotebookInstance"];
    for (operation, instance_type) in operations.into_iter().zip(["ml.t3.large", "ml.t3.medium", "ml.t3.large"]) {
        workspace.configure(&notebook(instance_type));
        strike(&backend, operation, &before);
        workspace.try_apply(&[]).expect_failure(&[operation]);
        workspace.apply();
        workspace.expect_no_changes();
        let instance = backend.must("DescribeNotebookInstance", &json!({ "NotebookInstanceName": workspace.name }));
        assert_eq!(
            (&instance["NotebookInstanceStatus"], &instance["InstanceType"]),
            (&json!("InService"), &json!(instance_type)),
            "{operation}"
        );
    }
}

// The service names domains itself and takes no token, so that a create that is sent twice creates two.
#[test]
fn a_domain_whose_create_reply_is_lost_is_not_created_twice() {
    let kind = Kind { case: "domain", noun: "Domain" };
    let expected = kind.expected();
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let [_, unavailable, proxy, before, after] = faults();
    strike(&backend, "CreateDomain", &after);
    workspace.configure(&kind.text("base.tf")).apply();
    expect_well(&backend, &workspace, &expected[0]);
    assert_eq!(backend.calls("CreateDomain"), 1);

    for (verb, faults) in [("Update", [&unavailable, &before, &after]), ("Delete", [&proxy, &before, &after])] {
        faults.iter().for_each(|fault| strike(&backend, &kind.operation(verb), fault));
    }
    workspace.configure(&kind.text("in_place.tf")).apply();
    expect_well(&backend, &workspace, &expected[1]);
    workspace.destroy();
    assert!(backend.count_by_kind().is_empty(), "{}", backend.objects());
}

#[test]
fn a_role_that_can_be_assumed_late_is_waited_for_by_updates_too() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    for (case, noun) in [("device_fleet", "DeviceFleet"), ("pipeline", "Pipeline")] {
        let kind = Kind { case, noun };
        workspace.configure(&kind.text("base.tf")).apply();
        strike(&backend, &kind.operation("Update"), &json!({ "kind": "role", "times": 2 }));
        let other_role = kind.text("base.tf").replace(":role/", ":role/others/");
        workspace.configure(&other_role).apply();
        workspace.expect_no_changes();
        assert_eq!(backend.calls(&kind.operation("Update")), 3, "{noun}");
    }
}

/// Ctrl-C, and once more at once, while the endpoint is in this state. Terraform then gives up without another word, and
/// may not have saved what it has just learned.
#[track_caller]
fn interrupt_twice(backend: &Backend, workspace: &Workspace, command: &[&str], state: &str) {
    let before = fs::read(workspace.root().join("terraform.tfstate")).expect("a state");
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
    restore_state(workspace, &before);
}

/// Terraform empties the file of the state before it rewrites it. Whoever ends it in between has the backup, or, if it had
/// not written one yet, the state from before.
fn restore_state(workspace: &Workspace, before: &[u8]) {
    let [state, backup] = ["terraform.tfstate", "terraform.tfstate.backup"].map(|file| workspace.root().join(file));
    let is_whole = fs::read(&state).is_ok_and(|text| serde_json::from_slice::<Json>(&text).is_ok());
    if !is_whole {
        let kept = fs::read(&backup).unwrap_or_else(|_| before.to_vec());
        fs::write(&state, kept).expect("the state is written");
    }
}

#[test]
fn two_interrupts_end_with_instructions_on_how_to_continue() {
    let backend = Backend::local_with_latency(Duration::from_secs(4));
    let mut workspace = Workspace::applied(&backend, &[MODEL, CONFIGURATION].concat());
    workspace.configure(&serving());
    interrupt_twice(&backend, &workspace, APPLY, "Creating");
    if !workspace.state().resources.contains_key(ENDPOINT) {
        let import = format!("terraform import sagemaker_endpoint.<name> {}", workspace.name);
        workspace.try_apply(&[]).expect_failure(&["already exist", &import]);
        workspace.run(&["import", "-no-color", ENDPOINT, &workspace.name]).expect_success();
    }
    workspace.apply();
    workspace.plan().expect_empty();
    let expected = backend.count_by_kind();
    assert_eq!(expected.values().collect::<Vec<_>>(), [&1, &1, &1], "{}", backend.objects());

    workspace.set("TF_VAR_instance_type", "ml.c5.large");
    interrupt_twice(&backend, &workspace, APPLY, "Updating");
    workspace.apply();
    workspace.plan().expect_empty();
    interrupt_twice(&backend, &workspace, DESTROY, "Deleting");
    workspace.destroy();
    // What Terraform had just created and not saved, it does not know of.
    let left = backend.objects();
    let left = left.as_array().expect("a list").iter().filter(|object| object["kind"] != "endpoint-config");
    assert_eq!(left.count(), 0, "{}", backend.objects());
}
