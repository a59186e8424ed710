//! Jobs that run to completion: processing, transform, compilation. Nothing is computed.

use super::{
    lifecycles::{JOB, JOB_IN_CAPITALS},
    model,
};
use crate::{
    local::{
        error::{ErrorText, ServiceError, VALIDATION},
        kind::{Behavior, Call, Draft, Kind, OLDEST_FIRST, ORDINARY, Parent},
        lifecycle::Lifecycle,
        operations::{ids::image_digest, members::put},
    },
    value::Value,
};

pub(in crate::local) static KINDS: &[&Kind] = &[&PROCESSING, &TRANSFORM, &COMPILATION];

static PROCESSING: Kind = Kind {
    noun: "ProcessingJob",
    id: "processing-job",
    name: "ProcessingJobName",
    arn: "ProcessingJobArn",
    operations: &[("ListProcessingJobs", Behavior::List(OLDEST_FIRST))],
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
        ("CreateCompilationJob", Behavior::Create(fill_compilation)),
        ("ListCompilationJobs", Behavior::List(OLDEST_FIRST)),
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
