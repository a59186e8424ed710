//! Jobs that run to completion: training, tuning, processing, transform, compilation. Nothing is computed.

use super::{
    lifecycles::{JOB, JOB_IN_CAPITALS},
    model,
};
use crate::{
    local::{
        error::{ErrorText, IN_USE, ServiceError, VALIDATION},
        kind::{Action, Call, Draft, Kind, List, OLDEST_FIRST, ORDINARY, Parent, Revision},
        lifecycle::{LIFECYCLE, Lifecycle},
        operations::{
            ids::image_digest,
            list,
            members::{lookup, put, within},
        },
        storage::store::Object,
    },
    value::{Map, Value},
};

pub(in crate::local) static KINDS: &[&Kind] = &[&TRAINING, &TUNING, &PROCESSING, &TRANSFORM, &COMPILATION];

pub(in crate::local) static TRAINING: Kind = Kind {
    noun: "TrainingJob",
    id: "training-job",
    name: "TrainingJobName",
    arn: "TrainingJobArn",
    operations: &[
        ("CreateTrainingJob", Action::Create(fill_training)),
        ("DescribeTrainingJob", Action::Describe(show_training)),
        ("UpdateTrainingJob", Action::Amend(update_training)),
        (
            "ListTrainingJobs",
            Action::List(List {
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
        ("ListHyperParameterTuningJobs", Action::List(List { sort_by: "Name", ..OLDEST_FIRST })),
        ("ListTrainingJobsForHyperParameterTuningJob", Action::Other(list_tuned)),
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

static PROCESSING: Kind = Kind {
    noun: "ProcessingJob",
    id: "processing-job",
    name: "ProcessingJobName",
    arn: "ProcessingJobArn",
    operations: &[("ListProcessingJobs", Action::List(OLDEST_FIRST))],
    // Assumed.
    defaults: &[("StoppingCondition", r#"{"MaxRuntimeInSeconds":86400}"#)],
    not_found: JOB_NOT_FOUND,
    lifecycle: Some(Lifecycle {
        status: "ProcessingJobStatus",
        start_time: Some("ProcessingStartTime"),
        end_time: Some("ProcessingEndTime"),
        ..JOB
    }),
    ..ORDINARY
};

const JOB_NOT_FOUND: ErrorText =
    ErrorText { code: VALIDATION, message: "Could not find requested job with name: {name}" };

static TRANSFORM: Kind = Kind {
    noun: "TransformJob",
    id: "transform-job",
    name: "TransformJobName",
    arn: "TransformJobArn",
    parents: &[Parent { kind: &model::KIND, member: "ModelName", blocks_deletion: false }],
    // Assumed.
    defaults: &[
        ("DataProcessing", "{}"),
        ("DataProcessing.InputFilter", "$"),
        ("DataProcessing.OutputFilter", "$"),
        ("DataProcessing.JoinSource", "None"),
        ("TransformInput.CompressionType", "None"),
        ("TransformInput.SplitType", "None"),
        ("TransformOutput.AssembleWith", "None"),
        ("TransformOutput.KmsKeyId", r#""""#),
    ],
    not_found: JOB_NOT_FOUND,
    lifecycle: Some(Lifecycle {
        status: "TransformJobStatus",
        start_time: Some("TransformStartTime"),
        end_time: Some("TransformEndTime"),
        ..JOB
    }),
    ..ORDINARY
};

pub(in crate::local) static COMPILATION: Kind = Kind {
    noun: "CompilationJob",
    id: "compilation-job",
    name: "CompilationJobName",
    arn: "CompilationJobArn",
    operations: &[
        ("CreateCompilationJob", Action::Create(fill_compilation)),
        ("ListCompilationJobs", Action::List(OLDEST_FIRST)),
    ],
    repeated: &[
        ("CompilationTargetDevice", "OutputConfig.TargetDevice"),
        ("CompilationTargetPlatformOs", "OutputConfig.TargetPlatform.Os"),
        ("CompilationTargetPlatformArch", "OutputConfig.TargetPlatform.Arch"),
        ("CompilationTargetPlatformAccelerator", "OutputConfig.TargetPlatform.Accelerator"),
    ],
    // Required in replies; that it is empty is assumed.
    defaults: &[("FailureReason", r#""""#)],
    lifecycle: Some(Lifecycle {
        status: "CompilationJobStatus",
        start_time: Some("CompilationStartTime"),
        end_time: Some("CompilationEndTime"),
        ..JOB_IN_CAPITALS
    }),
    ..ORDINARY
};

fn fill_training(call: &mut Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
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

/// A tuning job starts no training jobs here.
fn list_tuned(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    call.named(&TUNING)?;
    list::page_of(call, "TrainingJobSummaries", Vec::new())
}

fn fill_compilation(call: &mut Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    let output = call.input.get("OutputConfig");
    let place = output.get("S3OutputLocation").as_str().unwrap_or_default().trim_end_matches('/');
    let device = output.get("TargetDevice").as_str().unwrap_or("platform");
    let artifact = format!("{place}/{}-{device}.tar.gz", draft.name);
    put(&mut draft.members, "ModelArtifacts", Value::from([("S3ModelArtifacts", artifact.into())]));
    if call.input.get("InputConfig").is_null() {
        // It is required in replies; what it shows of a model package is invented.
        let input = [("S3Uri", call.scope.default_bucket(&draft.name).into()), ("Framework", "TENSORFLOW".into())];
        put(&mut draft.members, "InputConfig", Value::from(input));
    }
    let digest = image_digest(&draft.name);
    put(&mut draft.results, "ModelDigests", Value::from([("ArtifactDigest", digest.into())]));
    Ok(())
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
    fn a_transform_job_needs_its_model() {
        let bench = Bench::new();
        let create = r#"{"TransformJobName":"t","ModelName":"m","TransformInput":{"DataSource":{"S3DataSource":
            {"S3DataType":"S3Prefix","S3Uri":"s3://b/i"}}},"TransformOutput":{"S3OutputPath":"s3://b/o"},
            "TransformResources":{"InstanceType":"ml.m5.large","InstanceCount":1}}"#;
        assert!(bench.refused("CreateTransformJob", create).contains("Could not find model"));
        bench.ok("CreateModel", r#"{"ModelName":"m","PrimaryContainer":{"Image":"i"}}"#);
        bench.ok("CreateTransformJob", create);
        bench.wait();
        let shown = bench.ok("DescribeTransformJob", r#"{"TransformJobName":"t"}"#);
        assert_eq!(text(&shown, "TransformJobStatus"), "Completed");
    }
}
