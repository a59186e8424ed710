//! Jobs, and what makes jobs run.

use std::time::Duration;

use serde_json::json;

use super::{change, named};
use crate::{
    fixtures::case,
    harness::{Backend, Workspace},
};

const TRAINING: &str = "sagemaker_training_job.test";

// hashicorp/aws#46892: it waited to see the job in progress, and said "inconsistent result after apply".
#[test]
fn a_training_job_that_completes_at_once_is_created_and_not_planned_again() {
    let backend = Backend::local_with_latency(Duration::ZERO);
    let workspace = Workspace::new(&backend);
    for waiting in ["true", "false"] {
        let job =
            case("training_job").replace("wait_for_completion = true", &format!("wait_for_completion = {waiting}"));
        workspace.configure(&job).apply();
        workspace.expect_no_changes();
        assert_eq!(workspace.state().text(TRAINING, "training_job_status"), "Completed");
        workspace.destroy();
    }
}

// The same of one that fails at once: whoever does not wait for it learns of it from its state.
#[test]
fn a_training_job_that_fails_at_once_is_an_error_only_if_it_is_waited_for() {
    let backend = Backend::local_with_latency(Duration::ZERO);
    let workspace = Workspace::new(&backend);
    let reason = "AlgorithmError: exit code 1";
    let fail = || backend.fault(&json!({ "operation": "CreateTrainingJob", "kind": "fail", "reason": reason }));
    fail();
    workspace.configure(&case("training_job")).try_apply(&[]).expect_failure(&["Failed", reason]);
    assert!(workspace.state().tainted.contains(TRAINING));
    workspace.destroy();
    fail();
    workspace
        .configure(&case("training_job").replace("wait_for_completion = true", "wait_for_completion = false"))
        .apply();
    workspace.expect_no_changes();
    assert_eq!(workspace.state().text(TRAINING, "failure_reason"), reason);
}

// hashicorp/aws: a block that was taken away became an update that could not carry it.
#[test]
fn a_setting_that_cannot_be_removed_replaces_a_training_job() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let with = case("training_job").replace(
        "  wait_for_completion",
        "  checkpoint_config {\n    s3_uri = \"s3://example-models/checkpoints/\"\n  }\n\n  wait_for_completion",
    );
    workspace.configure(&with).apply();
    change(&workspace, &case("training_job"), TRAINING, "delete,create");
}

// hashicorp/aws: a completed job was stopped when it was destroyed, which the service refuses, and one that somebody had
// stopped was created once more by the next apply.
#[test]
fn a_completed_labeling_job_is_neither_stopped_nor_created_again() {
    let backend = Backend::local();
    let workspace = Workspace::applied(&backend, &case("labeling_job"));
    workspace.destroy();
    assert_eq!(backend.calls("StopLabelingJob"), 0, "it had ended");

    let slow = Backend::local_with_latency(Duration::from_secs(2));
    let workspace = Workspace::new(&slow);
    let unattended =
        case("labeling_job").replace("wait_for_completion          = true", "wait_for_completion          = false");
    let unattended = unattended.replace("wait_for_completion = true", "wait_for_completion = false");
    workspace.configure(&unattended).apply();
    let job = named(&workspace, "LabelingJobName");
    slow.must("StopLabelingJob", &job);
    slow.until("it is stopped", |backend| backend.must("DescribeLabelingJob", &job)["LabelingJobStatus"] == "Stopped");
    workspace.plan().expect_empty();
}

// hashicorp/aws: two minutes, whatever the configuration said, and no reason was given.
#[test]
fn a_monitoring_schedule_that_fails_to_be_created_reports_why() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let reason = "The role has no access to the captured data.";
    backend.fault(&json!({ "operation": "CreateMonitoringSchedule", "kind": "fail", "reason": reason }));
    workspace.configure(&case("monitoring_schedule")).try_apply(&[]).expect_failure(&["monitoring schedule", reason]);
    let address = "sagemaker_monitoring_schedule.test";
    assert!(workspace.state().tainted.contains(address));
    workspace.apply();
    workspace.expect_no_changes();
    // One that somebody has stopped stays so, and can be changed.
    let schedule = named(&workspace, "MonitoringScheduleName");
    let status =
        |backend: &Backend| backend.must("DescribeMonitoringSchedule", &schedule)["MonitoringScheduleStatus"].clone();
    backend.must("StopMonitoringSchedule", &schedule);
    backend.until("it is stopped", |backend| status(backend) == "Stopped");
    workspace.configure(&case("monitoring_schedule").replace("cron(0 * ? * * *)", "cron(0 12 ? * * *)")).apply();
    workspace.destroy();
}
