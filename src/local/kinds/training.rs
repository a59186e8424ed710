//! Training jobs and tuning jobs, which run to completion. Nothing is computed.

use super::lifecycles::JOB;
use crate::{
    local::{
        error::{ErrorText, IN_USE, ServiceError, VALIDATION},
        kind::{Behavior, Call, Draft, Kind, List, OLDEST_FIRST, ORDINARY, Revision},
        lifecycle::{LIFECYCLE, Lifecycle},
        operations::{
            ids::repository_of,
            list,
            members::{default, default_at, each, elements, lookup, put, within},
        },
        storage::store::Object,
    },
    value::{Map, Value},
};

pub(in crate::local) static KINDS: &[&Kind] = &[&TRAINING, &TUNING];

static TRAINING: Kind = Kind {
    noun: "TrainingJob",
    id: "training-job",
    name: "TrainingJobName",
    arn: "TrainingJobArn",
    operations: &[
        ("CreateTrainingJob", Behavior::Create(fill_training)),
        ("DescribeTrainingJob", Behavior::Describe(show_training)),
        ("UpdateTrainingJob", Behavior::Amend(update_training)),
        (
            "ListTrainingJobs",
            Behavior::List(List {
                fields: &[
                    ("WarmPoolStatusEquals", "WarmPoolStatus.Status"),
                    ("TrainingPlanArnEquals", "ResourceConfig.TrainingPlanArn"),
                ],
                ..OLDEST_FIRST
            }),
        ),
    ],
    repeated: &[("TrainingPlanArn", "ResourceConfig.TrainingPlanArn")],
    merged: &["ResourceConfig", "ProfilerConfig", "RemoteDebugConfig"],
    // Computed in the schema of the aws provider; the values are those of describe-training-job replies.
    defaults: &[
        ("EnableNetworkIsolation", "false"),
        ("EnableInterContainerTrafficEncryption", "false"),
        ("EnableManagedSpotTraining", "false"),
        ("ProfilingStatus", "Disabled"),
        ("AlgorithmSpecification.EnableSageMakerMetricsTimeSeries", "false"),
        ("InputDataConfig.CompressionType", "None"),
        ("InputDataConfig.RecordWrapperType", "None"),
        ("OutputDataConfig.KmsKeyId", r#""""#),
        ("OutputDataConfig.CompressionType", "GZIP"),
        ("StoppingCondition", "{}"),
        ("StoppingCondition.MaxRuntimeInSeconds", "86400"),
        ("DebugRuleConfigurations.VolumeSizeInGB", "0"),
        ("ProfilerRuleConfigurations.VolumeSizeInGB", "0"),
    ],
    not_found: ErrorText { code: VALIDATION, message: "Requested resource not found." },
    exists: ErrorText {
        code: IN_USE,
        message: "Training job names must be unique within an AWS account and region, and a training job with this \
                  name already exists ({arn})",
    },
    finished: ErrorText {
        code: VALIDATION,
        message: "The request was rejected because the training job is in status {status}.",
    },
    lifecycle: Some(Lifecycle {
        status: "TrainingJobStatus SecondaryStatus",
        creating: &["InProgress Starting", "InProgress Downloading", "InProgress Training", "InProgress Uploading"],
        created: Some("Completed Completed"),
        failed: Some("Failed Failed"),
        deleting: Some("Deleting"),
        stopping: Some("Stopping Stopping"),
        stopped: Some("Stopped Stopped"),
        start_time: Some("TrainingStartTime"),
        end_time: Some("TrainingEndTime"),
        ..LIFECYCLE
    }),
    ..ORDINARY
};

static TUNING: Kind = Kind {
    noun: "HyperParameterTuningJob",
    id: "hyper-parameter-tuning-job",
    name: "HyperParameterTuningJobName",
    arn: "HyperParameterTuningJobArn",
    operations: &[
        ("CreateHyperParameterTuningJob", Behavior::Create(fill_tuning)),
        ("ListHyperParameterTuningJobs", Behavior::List(List { sort_by: "Name", ..OLDEST_FIRST })),
        ("ListTrainingJobsForHyperParameterTuningJob", Behavior::Other(list_tuned)),
    ],
    repeated: &[
        ("Strategy", "HyperParameterTuningJobConfig.Strategy"),
        ("ResourceLimits", "HyperParameterTuningJobConfig.ResourceLimits"),
    ],
    // Computed in the schema of the aws provider; the values are assumed.
    defaults: &[
        (
            "TrainingJobStatusCounters",
            r#"{"Completed":0,"InProgress":0,"RetryableError":0,"NonRetryableError":0,"Stopped":0}"#,
        ),
        ("ObjectiveStatusCounters", r#"{"Succeeded":0,"Pending":0,"Failed":0}"#),
        ("HyperParameterTuningJobConfig.TrainingJobEarlyStoppingType", "Off"),
        ("HyperParameterTuningJobConfig.ParameterRanges.IntegerParameterRanges.ScalingType", "Auto"),
        ("HyperParameterTuningJobConfig.ParameterRanges.ContinuousParameterRanges.ScalingType", "Auto"),
        ("TrainingJobDefinition.EnableNetworkIsolation", "false"),
        ("TrainingJobDefinition.EnableInterContainerTrafficEncryption", "false"),
        ("TrainingJobDefinition.EnableManagedSpotTraining", "false"),
        ("TrainingJobDefinition.HyperParameterRanges.IntegerParameterRanges.ScalingType", "Auto"),
        ("TrainingJobDefinition.HyperParameterRanges.ContinuousParameterRanges.ScalingType", "Auto"),
        ("TrainingJobDefinitions.EnableNetworkIsolation", "false"),
        ("TrainingJobDefinitions.EnableInterContainerTrafficEncryption", "false"),
        ("TrainingJobDefinitions.EnableManagedSpotTraining", "false"),
        ("TrainingJobDefinitions.HyperParameterRanges.IntegerParameterRanges.ScalingType", "Auto"),
        ("TrainingJobDefinitions.HyperParameterRanges.ContinuousParameterRanges.ScalingType", "Auto"),
    ],
    // Only the end of the message is known.
    busy: ErrorText { code: VALIDATION, message: "Hyperparameter tuning job {name} is not in a terminal state." },
    finished: ErrorText {
        code: VALIDATION,
        message: "Hyperparameter tuning job {name} is already in a terminal state.",
    },
    lifecycle: Some(Lifecycle {
        status: "HyperParameterTuningJobStatus",
        deleting: Some("Deleting"),
        end_time: Some("HyperParameterTuningEndTime"),
        ..JOB
    }),
    ..ORDINARY
};

fn fill_training(call: &mut Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    within(&mut draft.members, "AlgorithmSpecification", |specification| complete_algorithm(call, specification));
    let output = call.input.get("OutputDataConfig").get("S3OutputPath").as_str().unwrap_or_default();
    let artifacts = format!("{}/{}/output/model.tar.gz", output.trim_end_matches('/'), draft.name);
    put(&mut draft.members, "ModelArtifacts", Value::from([("S3ModelArtifacts", artifacts.into())]));
    if !call.input.get("ProfilerConfig").is_null() {
        put(&mut draft.members, "ProfilingStatus", "Enabled");
    }
    let seconds = i64::try_from(call.latency.as_secs()).unwrap_or(i64::MAX).max(1);
    put(&mut draft.results, "TrainingTimeInSeconds", seconds);
    put(&mut draft.results, "BillableTimeInSeconds", seconds);
    Ok(())
}

/// How far it came; of the times of the steps only the first and the last are known here.
fn show_training(_: &Call<'_>, job: &Object, view: &mut Map) -> Result<(), ServiceError> {
    let status = lookup(view, "SecondaryStatus").clone();
    let mut steps = vec![transition("Starting".into(), job.created.to_value(), Value::Null)];
    if status.as_str() != Some("Starting") {
        let end = lookup(view, "TrainingEndTime").clone();
        steps = vec![
            transition("Starting".into(), job.created.to_value(), job.created.to_value()),
            transition(status, job.created.to_value(), end),
        ];
    }
    put(view, "SecondaryStatusTransitions", Value::List(steps));
    Ok(())
}

fn transition(status: Value, start: Value, end: Value) -> Value {
    let message = format!("{} the training job", status.as_str().unwrap_or_default());
    Value::from([("Status", status), ("StartTime", start), ("EndTime", end), ("StatusMessage", message.into())])
}

/// A profiler is switched off by a switch of its own; a job that is over only keeps or gives up its warm pool.
fn update_training(call: &Call<'_>, revision: &mut Revision) -> Result<(), ServiceError> {
    let status = lookup(&revision.members, "TrainingJobStatus").as_str().unwrap_or_default().to_owned();
    let profiler = ["ProfilerConfig", "ProfilerRuleConfigurations", "RemoteDebugConfig"];
    if status != "InProgress" && profiler.iter().any(|member| !call.input.get(member).is_null()) {
        // Assumed wording.
        let message = format!("The request was rejected because the training job is in status {status}.");
        return Err(ServiceError::validation(message));
    }
    let members = &mut revision.members;
    let off = call.input.get("ProfilerConfig").get("DisableProfiler").as_bool();
    if let Some(off) = off {
        put(members, "ProfilingStatus", if off { "Disabled" } else { "Enabled" });
    }
    within(members, "ProfilerConfig", |config| {
        config.retain(|name, _| name != "DisableProfiler" || off != Some(false))
    });
    Ok(())
}

/// What the service adds to the definitions of a tuning job, and what Autotune chooses.
fn fill_tuning(call: &mut Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    let objective = lookup(&draft.members, "HyperParameterTuningJobConfig.HyperParameterTuningJobObjective").clone();
    let mut complete = |definition: &mut Map| {
        within(definition, "AlgorithmSpecification", |specification| complete_algorithm(call, specification));
        let own = lookup(definition, "TuningObjective.MetricName");
        let metric = if own.is_null() { objective.get("MetricName") } else { own }.clone();
        if !metric.is_null() {
            default(definition, "StaticHyperParameters", Value::object());
            within(definition, "StaticHyperParameters", |added| put(added, "_tuning_objective_metric", metric));
        }
    };
    each(&mut draft.members, "TrainingJobDefinitions", &mut complete);
    within(&mut draft.members, "TrainingJobDefinition", complete);
    if call.input.get("Autotune").get("Mode").as_str() == Some("Enabled") {
        let criteria = Value::from([("CompleteOnConvergence", "Enabled".into())]);
        let criteria = Value::from([("ConvergenceDetected", criteria)]);
        default_at(&mut draft.members, "HyperParameterTuningJobConfig.TuningJobCompletionCriteria", &criteria);
    }
    Ok(())
}

/// The images of built-in algorithms, by their repositories, whose metrics the service knows. Each has only one here.
const WITH_METRICS: &[&str] =
    &["factorization-machines", "image-classification", "kmeans", "linear-learner", "sagemaker-xgboost", "xgboost"];

/// Shows the ARN of an algorithm, and the metrics of a built-in one.
fn complete_algorithm(call: &Call<'_>, specification: &mut Map) {
    if let Some(name) = lookup(specification, "AlgorithmName").as_str().filter(|name| !name.starts_with("arn:")) {
        let arn = call.scope.arn("algorithm", name);
        put(specification, "AlgorithmName", arn);
    }
    let image = lookup(specification, "TrainingImage").as_str().unwrap_or_default();
    let repository = repository_of(image).rsplit('/').next().unwrap_or_default();
    if WITH_METRICS.contains(&repository) {
        let progress = [("Name", "train:progress".into()), ("Regex", "#progress: ([0-9.]+)".into())];
        let mut metrics = elements(specification, "MetricDefinitions").to_vec();
        metrics.insert(0, Value::from(progress));
        put(specification, "MetricDefinitions", Value::List(metrics));
    }
}

/// A tuning job starts no training jobs here.
fn list_tuned(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    call.named(&TUNING)?;
    list::page_of(call, "TrainingJobSummaries", Vec::new())
}

#[cfg(test)]
mod tests {
    use crate::local::tests::bench::{Bench, text};

    const NAME: &str = r#"{"TrainingJobName":"Fit"}"#;
    const CREATE: &str = r#"{"TrainingJobName":"Fit","AlgorithmSpecification":{"TrainingImage":"r/i",
        "TrainingInputMode":"File"},"RoleArn":"arn:aws:iam::123456789012:role/r","OutputDataConfig":{"S3OutputPath":
        "s3://b/p"},"ResourceConfig":{"InstanceType":"ml.m5.large","InstanceCount":1,"VolumeSizeInGB":1},
        "StoppingCondition":{"MaxRuntimeInSeconds":60}}"#;

    fn status(bench: &Bench) -> (String, String) {
        let shown = bench.ok("DescribeTrainingJob", NAME);
        (text(&shown, "TrainingJobStatus").to_owned(), text(&shown, "SecondaryStatus").to_owned())
    }

    #[test]
    fn a_training_job_runs_through_its_steps_and_can_then_be_deleted() {
        let bench = Bench::new();
        bench.ok("CreateTrainingJob", CREATE);
        assert_eq!(status(&bench), ("InProgress".into(), "Starting".into()));
        assert!(bench.refused("DeleteTrainingJob", NAME).starts_with("ResourceInUse: "));
        bench.wait_half();
        assert_eq!(status(&bench), ("InProgress".into(), "Training".into()));
        bench.wait_half();
        assert_eq!(status(&bench), ("Completed".into(), "Completed".into()));
        assert_eq!(
            bench.refused("StopTrainingJob", NAME),
            "ValidationException: The request was rejected because the training job is in status Completed."
        );
        bench.ok("DeleteTrainingJob", NAME);
        bench.wait();
        assert_eq!(bench.refused("DescribeTrainingJob", NAME), "ValidationException: Requested resource not found.");
    }

    #[test]
    fn a_job_that_runs_can_be_stopped_and_changed() {
        let bench = Bench::new();
        bench.ok("CreateTrainingJob", CREATE);
        let update = r#","ResourceConfig":{"KeepAlivePeriodInSeconds":60}}"#;
        bench.ok("UpdateTrainingJob", &NAME.replace('}', update));
        bench.ok("StopTrainingJob", NAME);
        assert_eq!(status(&bench), ("Stopping".into(), "Stopping".into()));
        bench.wait();
        let shown = bench.ok("DescribeTrainingJob", NAME);
        assert_eq!(text(&shown, "TrainingJobStatus"), "Stopped");
        assert_eq!(shown.get("ResourceConfig").get("KeepAlivePeriodInSeconds"), &60.into());
        assert!(!shown.get("TrainingEndTime").is_null());
    }

    #[test]
    fn a_change_of_a_job_that_runs_is_still_there_when_it_ends() {
        let bench = Bench::new();
        bench.ok("CreateTrainingJob", CREATE);
        bench.wait_half();
        bench.ok("UpdateTrainingJob", &NAME.replace('}', r#","RemoteDebugConfig":{"EnableRemoteDebug":true}}"#));
        assert_eq!(status(&bench), ("InProgress".into(), "Training".into()));
        bench.wait_half();
        let shown = bench.ok("DescribeTrainingJob", NAME);
        assert_eq!(text(&shown, "TrainingJobStatus"), "Completed");
        assert_eq!(shown.get("RemoteDebugConfig").get("EnableRemoteDebug").as_bool(), Some(true));
    }

    #[test]
    fn the_service_adds_to_what_a_job_is_created_with() {
        let bench = Bench::new();
        let own = r#""TrainingImage":"r/xgboost:1.7-1","MetricDefinitions":[{"Name":"loss","Regex":"loss=(.*)"}]"#;
        bench.ok("CreateTrainingJob", &CREATE.replace(r#""TrainingImage":"r/i""#, own));
        let shown = bench.ok("DescribeTrainingJob", NAME);
        let metrics = shown.get("AlgorithmSpecification").get("MetricDefinitions").elements().iter();
        assert_eq!(metrics.map(|metric| text(metric, "Name")).collect::<Vec<_>>(), ["train:progress", "loss"]);
    }
}
