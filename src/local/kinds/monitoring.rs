//! Monitoring: the definitions of what is compared, the schedules, and the alerts.

use crate::{
    local::{
        error::{ErrorText, NOT_FOUND, ServiceError},
        kind::{Behavior, Call, Draft, Kind, List, NEWEST_FIRST, ORDINARY, Revision, Transition},
        lifecycle::{LIFECYCLE, Lifecycle},
        operations::{
            list,
            members::{lookup, put},
        },
    },
    value::{Map, Value},
};

pub(in crate::local) static KINDS: &[&Kind] =
    &[&DATA_QUALITY, &MODEL_BIAS, &MODEL_EXPLAINABILITY, &MODEL_QUALITY, &SCHEDULE];

/// What all definitions of jobs have in common. What is filled in is computed in the schema of the aws provider; the
/// values are assumed.
const DEFINITION: Kind = Kind {
    name: "JobDefinitionName",
    arn: "JobDefinitionArn",
    operations: &[
        ("Create", Behavior::Create(fill_definition)),
        ("List", Behavior::List(List { others: &["EndpointName"], keep: of_endpoint, ..NEWEST_FIRST })),
    ],
    repeated: &[
        ("MonitoringJobDefinitionName", "JobDefinitionName"),
        ("MonitoringJobDefinitionArn", "JobDefinitionArn"),
    ],
    // The member names of a job's input and output begin with the monitoring type.
    defaults: &[
        ("StoppingCondition", AN_HOUR),
        ("*.EndpointInput.S3InputMode", "File"),
        ("*.EndpointInput.S3DataDistributionType", "FullyReplicated"),
        ("*.BatchTransformInput.S3InputMode", "File"),
        ("*.BatchTransformInput.S3DataDistributionType", "FullyReplicated"),
        ("*.MonitoringOutputs.S3Output.S3UploadMode", "EndOfJob"),
    ],
    ..ORDINARY
};

/// As describe-data-quality-job-definition and its like show where nothing was given.
const AN_HOUR: &str = r#"{"MaxRuntimeInSeconds":3600}"#;

static DATA_QUALITY: Kind = Kind { noun: "DataQualityJobDefinition", id: "data-quality-job-definition", ..DEFINITION };

static MODEL_BIAS: Kind = Kind { noun: "ModelBiasJobDefinition", id: "model-bias-job-definition", ..DEFINITION };

static MODEL_EXPLAINABILITY: Kind =
    Kind { noun: "ModelExplainabilityJobDefinition", id: "model-explainability-job-definition", ..DEFINITION };

static MODEL_QUALITY: Kind =
    Kind { noun: "ModelQualityJobDefinition", id: "model-quality-job-definition", ..DEFINITION };

static SCHEDULE: Kind = Kind {
    noun: "MonitoringSchedule",
    id: "monitoring-schedule",
    name: "MonitoringScheduleName",
    arn: "MonitoringScheduleArn",
    operations: &[
        ("CreateMonitoringSchedule", Behavior::Create(fill_schedule)),
        ("UpdateMonitoringSchedule", Behavior::Amend(update_schedule)),
        (
            "StartMonitoringSchedule",
            Behavior::Transition(Transition {
                from: &["Stopped"],
                through: "Pending",
                to: "Scheduled",
                refused: IN_THIS_STATE,
            }),
        ),
        (
            "StopMonitoringSchedule",
            Behavior::Transition(Transition {
                from: &["Scheduled"],
                through: "Pending",
                to: "Stopped",
                refused: IN_THIS_STATE,
            }),
        ),
        (
            "ListMonitoringSchedules",
            Behavior::List(List {
                fields: &[
                    ("MonitoringJobDefinitionName", "MonitoringScheduleConfig.MonitoringJobDefinitionName"),
                    ("MonitoringTypeEquals", "MonitoringType"),
                ],
                ..NEWEST_FIRST
            }),
        ),
        ("UpdateMonitoringAlert", Behavior::Other(update_alert)),
        ("ListMonitoringAlerts", Behavior::Other(list_alerts)),
        (
            "ListMonitoringAlertHistory",
            Behavior::Other(|call| list::page_of(call, "MonitoringAlertHistory", Vec::new())),
        ),
        (
            "ListMonitoringExecutions",
            Behavior::Other(|call| list::page_of(call, "MonitoringExecutionSummaries", Vec::new())),
        ),
    ],
    repeated: &[("MonitoringJobDefinitionName", "MonitoringScheduleConfig.MonitoringJobDefinitionName")],
    defaults: &[
        // Computed in the schema of the aws provider; that it is every hour is assumed.
        ("MonitoringScheduleConfig.ScheduleConfig", r#"{"ScheduleExpression":"cron(0 * ? * * *)"}"#),
        // Shown beside an inline definition in describe-monitoring-schedule replies.
        ("MonitoringScheduleConfig.MonitoringType", "DataQuality"),
        ("MonitoringScheduleConfig.MonitoringJobDefinition.StoppingCondition", AN_HOUR),
        ("MonitoringScheduleConfig.MonitoringJobDefinition.MonitoringInputs.EndpointInput.S3InputMode", "File"),
        (
            "MonitoringScheduleConfig.MonitoringJobDefinition.MonitoringInputs.EndpointInput.S3DataDistributionType",
            "FullyReplicated",
        ),
        ("MonitoringScheduleConfig.MonitoringJobDefinition.MonitoringInputs.BatchTransformInput.S3InputMode", "File"),
        (
            "MonitoringScheduleConfig.MonitoringJobDefinition.MonitoringInputs.BatchTransformInput.S3DataDistributionType",
            "FullyReplicated",
        ),
        (
            "MonitoringScheduleConfig.MonitoringJobDefinition.MonitoringOutputConfig.MonitoringOutputs.S3Output.S3UploadMode",
            "EndOfJob",
        ),
    ],
    lifecycle: Some(Lifecycle {
        status: "MonitoringScheduleStatus",
        creating: &["Pending"],
        created: Some("Scheduled"),
        failed: Some("Failed"),
        updating: Some("Pending"),
        deleting: Some("Pending"),
        ..LIFECYCLE
    }),
    ..ORDINARY
};

/// Assumed wording.
const IN_THIS_STATE: ErrorText = ErrorText { code: "", message: "Monitoring schedule {arn} is in {status} status." };

/// The endpoint is nested in the input, under a member whose name begins with the monitoring type.
fn fill_definition(_: &mut Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    let mut inputs = draft.members.iter().filter(|(name, _)| name.ends_with("JobInput"));
    let endpoint = inputs.find_map(|(_, input)| input.get("EndpointInput").get("EndpointName").as_str());
    // It is required in the list.
    let endpoint = endpoint.unwrap_or_default().to_owned();
    put(&mut draft.members, "EndpointName", endpoint);
    Ok(())
}

fn of_endpoint(call: &Call<'_>, view: &Map) -> bool {
    let requested = call.input.get("EndpointName");
    requested.is_null() || view.get("EndpointName") == Some(requested)
}

fn fill_schedule(call: &mut Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    let now = call.now.to_value();
    let alert = alert(draft.name.as_str().into(), now.clone(), now, 1.into(), 1.into());
    put(&mut draft.members, ALERTS, Value::List(vec![alert]));
    sum_up(&mut draft.members)
}

fn update_schedule(_: &Call<'_>, revision: &mut Revision) -> Result<(), ServiceError> {
    sum_up(&mut revision.members)
}

/// What is shown beside the configuration.
fn sum_up(members: &mut Map) -> Result<(), ServiceError> {
    let config = members.get("MonitoringScheduleConfig").cloned().unwrap_or_default();
    let inline = config.get("MonitoringJobDefinition");
    let kind = config.get("MonitoringType").as_str().unwrap_or("DataQuality");
    put(members, "MonitoringType", kind);
    let endpoint = inline.get("MonitoringInputs").at(0).get("EndpointInput").get("EndpointName");
    put(members, "EndpointName", endpoint.clone());
    Ok(())
}

/// Not shown by describing a schedule, but by ListMonitoringAlerts. There is always one, since the model does not know
/// of an empty list; that it is called as the schedule, and its numbers, are assumed.
const ALERTS: &str = "Alerts";

fn alert(name: Value, created: Value, modified: Value, points: Value, period: Value) -> Value {
    Value::from([
        ("MonitoringAlertName", name),
        ("CreationTime", created),
        ("LastModifiedTime", modified),
        ("AlertStatus", "OK".into()),
        ("DatapointsToAlert", points),
        ("EvaluationPeriod", period),
        ("Actions", Value::from([("ModelDashboardIndicator", Value::from([("Enabled", true.into())]))])),
    ])
}

/// The schedule itself stays as it is (assumed).
fn update_alert(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let schedule = call.named(&SCHEDULE)?;
    let (key, arn) = (schedule.key.clone(), schedule.arn.clone());
    let mut alerts = lookup(&schedule.members, ALERTS).elements().to_vec();
    let name = call.input.get("MonitoringAlertName");
    let Some(old) = alerts.iter_mut().find(|alert| alert.get("MonitoringAlertName") == name) else {
        // Assumed wording.
        let message = format!("Alert {} of {arn} does not exist.", call.text("MonitoringAlertName"));
        return Err(ServiceError::new(NOT_FOUND, message));
    };
    let (points, period) = (call.input.get("DatapointsToAlert").clone(), call.input.get("EvaluationPeriod").clone());
    *old = alert(name.clone(), old.get("CreationTime").clone(), call.now.to_value(), points, period);
    let reply = Value::from([("MonitoringScheduleArn", arn.into()), ("MonitoringAlertName", name.clone())]);
    if let Some(schedule) = call.region.get_mut(SCHEDULE.id, &key) {
        schedule.patch(&Map::new(), &Map::from([(ALERTS.to_owned(), Value::List(alerts))]));
    }
    Ok(reply)
}

fn list_alerts(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let alerts = lookup(&call.named(&SCHEDULE)?.members, ALERTS).elements().to_vec();
    list::page_of(call, "MonitoringAlertSummaries", alerts)
}

#[cfg(test)]
mod tests {
    use crate::local::tests::bench::{Bench, names, text};

    const NAME: &str = r#"{"MonitoringScheduleName":"Watch"}"#;
    const CREATE: &str = r#"{"MonitoringScheduleName":"Watch","MonitoringScheduleConfig":{"MonitoringJobDefinitionName":
        "quality","MonitoringType":"ModelQuality","ScheduleConfig":{"ScheduleExpression":"cron(0 * ? * * *)"}}}"#;

    #[test]
    fn a_schedule_is_started_and_stopped_and_pending_in_between() {
        let bench = Bench::new();
        bench.ok("CreateMonitoringSchedule", CREATE);
        let status = || text(&bench.ok("DescribeMonitoringSchedule", NAME), "MonitoringScheduleStatus").to_owned();
        assert_eq!(status(), "Pending");
        assert!(bench.refused("StopMonitoringSchedule", NAME).contains("is in Pending status"));
        bench.wait();
        assert_eq!(status(), "Scheduled");
        bench.ok("StopMonitoringSchedule", NAME);
        bench.wait();
        assert_eq!(status(), "Stopped");
        bench.ok("StartMonitoringSchedule", NAME);
        bench.wait();
        assert_eq!(status(), "Scheduled");
        let listed = bench.ok("ListMonitoringSchedules", r#"{"MonitoringJobDefinitionName":"quality"}"#);
        assert_eq!(names(&listed, "MonitoringScheduleSummaries", "MonitoringScheduleName"), ["Watch"]);
    }

    #[test]
    fn a_schedule_comes_with_an_alert_that_can_be_changed() {
        let bench = Bench::new();
        bench.ok("CreateMonitoringSchedule", CREATE);
        bench.wait();
        let change = |name: &str| {
            NAME.replace(
                '}',
                &format!(r#","MonitoringAlertName":"{name}","DatapointsToAlert":2,"EvaluationPeriod":3}}"#),
            )
        };
        bench.ok("UpdateMonitoringAlert", &change("Watch"));
        assert!(bench.refused("UpdateMonitoringAlert", &change("other")).starts_with("ResourceNotFound: "));
        let alerts = bench.ok("ListMonitoringAlerts", NAME);
        assert_eq!(names(&alerts, "MonitoringAlertSummaries", "MonitoringAlertName"), ["Watch"]);
        assert_eq!(alerts.get("MonitoringAlertSummaries").at(0).get("DatapointsToAlert"), &2.into());
    }

    #[test]
    fn definitions_are_listed_by_the_endpoint_they_watch() {
        let bench = Bench::new();
        let create = |name: &str, endpoint: &str| {
            format!(
                r#"{{"JobDefinitionName":"{name}","RoleArn":"arn:aws:iam::123456789012:role/r",
                "DataQualityAppSpecification":{{"ImageUri":"r/i"}},"DataQualityJobInput":{{"EndpointInput":
                {{"EndpointName":"{endpoint}","LocalPath":"/in"}}}},"DataQualityJobOutputConfig":{{"MonitoringOutputs":
                [{{"S3Output":{{"S3Uri":"s3://b/p","LocalPath":"/out"}}}}]}},"JobResources":{{"ClusterConfig":
                {{"InstanceCount":1,"InstanceType":"ml.m5.large","VolumeSizeInGB":1}}}}}}"#
            )
        };
        bench.ok("CreateDataQualityJobDefinition", &create("one", "live"));
        bench.ok("CreateDataQualityJobDefinition", &create("two", "test"));
        let listed = bench.ok("ListDataQualityJobDefinitions", r#"{"EndpointName":"live"}"#);
        assert_eq!(names(&listed, "JobDefinitionSummaries", "MonitoringJobDefinitionName"), ["one"]);
        let shown = bench.ok("DescribeDataQualityJobDefinition", r#"{"JobDefinitionName":"one"}"#);
        assert_eq!(text(shown.get("DataQualityJobInput").get("EndpointInput"), "S3InputMode"), "File");
    }
}
