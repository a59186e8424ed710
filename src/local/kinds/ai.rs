//! Jobs that benchmark, recommend and customize models, and the workloads they are given.

use super::lifecycles;
use crate::{
    local::{
        error::{NOT_FOUND, ServiceError},
        kind::{Behavior, Call, Draft, Kind, List, NEWEST_FIRST, ORDINARY, Parent},
        lifecycle::{LIFECYCLE, Lifecycle},
        operations::{
            list,
            members::{default, lookup, put, within},
        },
        storage::store::Object,
    },
    value::{Map, Value},
};

pub(in crate::local) static KINDS: &[&Kind] = &[&BENCHMARK_JOB, &RECOMMENDATION_JOB, &WORKLOAD_CONFIG, &JOB];

static BENCHMARK_JOB: Kind = Kind {
    noun: "AIBenchmarkJob",
    id: "ai-benchmark-job",
    name: "AIBenchmarkJobName",
    arn: "AIBenchmarkJobArn",
    parents: &[OF_WORKLOAD],
    repeated: &[("AIWorkloadConfigName", "AIWorkloadConfigIdentifier")],
    lifecycle: Some(Lifecycle { status: "AIBenchmarkJobStatus", ..TIMED_JOB }),
    ..ORDINARY
};

static RECOMMENDATION_JOB: Kind = Kind {
    noun: "AIRecommendationJob",
    id: "ai-recommendation-job",
    name: "AIRecommendationJobName",
    arn: "AIRecommendationJobArn",
    parents: &[OF_WORKLOAD],
    operations: &[("CreateAIRecommendationJob", Behavior::Create(fill_recommendation))],
    lifecycle: Some(Lifecycle { status: "AIRecommendationJobStatus", ..TIMED_JOB }),
    ..ORDINARY
};

/// The code is in the model (DeleteAIWorkloadConfig); that it means this is assumed.
const OF_WORKLOAD: Parent =
    Parent { kind: &WORKLOAD_CONFIG, member: "AIWorkloadConfigIdentifier", blocks_deletion: true };

const TIMED_JOB: Lifecycle = Lifecycle { start_time: Some("StartTime"), end_time: Some("EndTime"), ..lifecycles::JOB };

static WORKLOAD_CONFIG: Kind = Kind {
    noun: "AIWorkloadConfig",
    id: "ai-workload-config",
    name: "AIWorkloadConfigName",
    arn: "AIWorkloadConfigArn",
    ..ORDINARY
};

static JOB: Kind = Kind {
    noun: "Job",
    id: "job",
    name: "JobName",
    arn: "JobArn",
    identity: &["JobCategory", "JobName"],
    path: |identity| identity.join("/"),
    operations: &[
        ("DescribeJob", Behavior::Describe(show)),
        ("ListJobs", Behavior::List(List { fields: &[("JobCategory", "JobCategory")], ..NEWEST_FIRST })),
        ("DescribeJobSchemaVersion", Behavior::Other(describe_schema)),
        ("ListJobSchemaVersions", Behavior::Other(list_schemas)),
    ],
    repeated: &[("JobSecondaryStatus", "SecondaryStatus")],
    lifecycle: Some(Lifecycle {
        status: "JobStatus SecondaryStatus",
        creating: &["InProgress Starting", "InProgress Training"],
        created: Some("Completed Completed"),
        failed: Some("Failed Failed"),
        deleting: Some("Deleting Deleting"),
        stopping: Some("Stopping Stopping"),
        stopped: Some("Stopped Stopped"),
        end_time: Some("EndTime"),
        ..LIFECYCLE
    }),
    ..ORDINARY
};

/// The place of the output is required in replies; where it is by default is assumed.
fn fill_recommendation(call: &mut Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    let place = call.scope.default_bucket(&draft.name);
    within(&mut draft.members, "OutputConfig", |output| default(output, "S3OutputLocation", place));
    Ok(())
}

const SCHEMA_VERSION: &str = "1.0.0";

/// Of the steps only the one that it is in is known here.
fn show(_: &Call<'_>, job: &Object, view: &mut Map) -> Result<(), ServiceError> {
    let step = [("Status", lookup(view, "SecondaryStatus").clone()), ("StartTime", job.created.to_value())];
    put(view, "SecondaryStatusTransitions", Value::List(vec![Value::from(step)]));
    Ok(())
}

/// Any document is good here.
fn describe_schema(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let version = call.input.get("JobConfigSchemaVersion").as_str().unwrap_or(SCHEMA_VERSION);
    if version != SCHEMA_VERSION {
        return Err(ServiceError::new(NOT_FOUND, format!("There is no schema version {version}."))); // Assumed wording.
    }
    Ok(Value::from([
        ("JobCategory", call.input.get("JobCategory").clone()),
        ("JobConfigSchemaVersion", version.into()),
        ("JobConfigSchema", r#"{"type":"object"}"#.into()),
    ]))
}

fn list_schemas(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let version = Value::from([("JobConfigSchemaVersion", SCHEMA_VERSION.into())]);
    list::page_of(call, "JobConfigSchemas", vec![version])
}

#[cfg(test)]
mod tests {
    use crate::local::tests::bench::{Bench, text};

    #[test]
    fn a_job_is_identified_by_category_and_name_and_keeps_their_spelling() {
        let bench = Bench::new();
        let one = r#"{"JobName":"Tune","JobCategory":"AgentRFT"}"#;
        let rest = r#","RoleArn":"arn:aws:iam::123456789012:role/r","JobConfigSchemaVersion":"1.0.0",
            "JobConfigDocument":"{}"}"#;
        let created = bench.ok("CreateJob", &one.replace('}', rest));
        assert!(text(&created, "JobArn").ends_with(":job/AgentRFT/Tune"));
        bench.ok("StopJob", one);
        bench.wait();
        assert_eq!(text(&bench.ok("DescribeJob", one), "JobStatus"), "Stopped");
        let other = one.replace("AgentRFT", "DataTransformation");
        assert!(bench.refused("DescribeJob", &other).starts_with("ResourceNotFound: "));
    }
}
