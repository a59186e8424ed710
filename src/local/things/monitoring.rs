//! Monitoring: what to look at, how often, and when to ring.

use super::put;
use crate::local::{
    call::{Call, Draft, Revision, lookup},
    error::{NOT_FOUND, ServiceError},
    list,
    thing::{Action, LIFE, Life, List, Move, NEWEST_FIRST, ORDINARY, Text, Thing},
};
use crate::value::{Map, Value};

pub(in crate::local) static THINGS: &[&Thing] =
    &[&DATA_QUALITY, &MODEL_BIAS, &MODEL_EXPLAINABILITY, &MODEL_QUALITY, &SCHEDULE];

/// What all definitions of jobs have in common. What is filled in is computed in the schema of the aws provider; the
/// values are assumed.
const DEFINITION: Thing = Thing {
    name: "JobDefinitionName",
    arn: "JobDefinitionArn",
    repeated: &[
        ("MonitoringJobDefinitionName", "JobDefinitionName"),
        ("MonitoringJobDefinitionArn", "JobDefinitionArn"),
    ],
    ..ORDINARY
};

/// As describe-data-quality-job-definition and its like tell where nothing was given.
const AN_HOUR: &str = r#"{"MaxRuntimeInSeconds":3600}"#;

const BY_ENDPOINT: List = List { fields: &[("EndpointName", "")], keep: of_endpoint, ..NEWEST_FIRST };

static DATA_QUALITY: Thing = Thing {
    noun: "DataQualityJobDefinition",
    kind: "data-quality-job-definition",
    operations: &[
        ("CreateDataQualityJobDefinition", Action::Create(fill_definition)),
        ("ListDataQualityJobDefinitions", Action::List(BY_ENDPOINT)),
    ],
    defaults: &[
        ("StoppingCondition", AN_HOUR),
        ("DataQualityJobInput.EndpointInput.S3InputMode", "File"),
        ("DataQualityJobInput.EndpointInput.S3DataDistributionType", "FullyReplicated"),
        ("DataQualityJobInput.BatchTransformInput.S3InputMode", "File"),
        ("DataQualityJobInput.BatchTransformInput.S3DataDistributionType", "FullyReplicated"),
        ("DataQualityJobOutputConfig.MonitoringOutputs.S3Output.S3UploadMode", "EndOfJob"),
    ],
    ..DEFINITION
};

static MODEL_BIAS: Thing = Thing {
    noun: "ModelBiasJobDefinition",
    kind: "model-bias-job-definition",
    operations: &[
        ("CreateModelBiasJobDefinition", Action::Create(fill_definition)),
        ("ListModelBiasJobDefinitions", Action::List(BY_ENDPOINT)),
    ],
    defaults: &[
        ("StoppingCondition", AN_HOUR),
        ("ModelBiasJobInput.EndpointInput.S3InputMode", "File"),
        ("ModelBiasJobInput.EndpointInput.S3DataDistributionType", "FullyReplicated"),
        ("ModelBiasJobInput.BatchTransformInput.S3InputMode", "File"),
        ("ModelBiasJobInput.BatchTransformInput.S3DataDistributionType", "FullyReplicated"),
        ("ModelBiasJobOutputConfig.MonitoringOutputs.S3Output.S3UploadMode", "EndOfJob"),
    ],
    ..DEFINITION
};

static MODEL_EXPLAINABILITY: Thing = Thing {
    noun: "ModelExplainabilityJobDefinition",
    kind: "model-explainability-job-definition",
    operations: &[
        ("CreateModelExplainabilityJobDefinition", Action::Create(fill_definition)),
        ("ListModelExplainabilityJobDefinitions", Action::List(BY_ENDPOINT)),
    ],
    defaults: &[
        ("StoppingCondition", AN_HOUR),
        ("ModelExplainabilityJobInput.EndpointInput.S3InputMode", "File"),
        ("ModelExplainabilityJobInput.EndpointInput.S3DataDistributionType", "FullyReplicated"),
        ("ModelExplainabilityJobInput.BatchTransformInput.S3InputMode", "File"),
        ("ModelExplainabilityJobInput.BatchTransformInput.S3DataDistributionType", "FullyReplicated"),
        ("ModelExplainabilityJobOutputConfig.MonitoringOutputs.S3Output.S3UploadMode", "EndOfJob"),
    ],
    ..DEFINITION
};

static MODEL_QUALITY: Thing = Thing {
    noun: "ModelQualityJobDefinition",
    kind: "model-quality-job-definition",
    operations: &[
        ("CreateModelQualityJobDefinition", Action::Create(fill_definition)),
        ("ListModelQualityJobDefinitions", Action::List(BY_ENDPOINT)),
    ],
    defaults: &[
        ("StoppingCondition", AN_HOUR),
        ("ModelQualityJobInput.EndpointInput.S3InputMode", "File"),
        ("ModelQualityJobInput.EndpointInput.S3DataDistributionType", "FullyReplicated"),
        ("ModelQualityJobInput.BatchTransformInput.S3InputMode", "File"),
        ("ModelQualityJobInput.BatchTransformInput.S3DataDistributionType", "FullyReplicated"),
        ("ModelQualityJobOutputConfig.MonitoringOutputs.S3Output.S3UploadMode", "EndOfJob"),
    ],
    ..DEFINITION
};

static SCHEDULE: Thing = Thing {
    noun: "MonitoringSchedule",
    kind: "monitoring-schedule",
    name: "MonitoringScheduleName",
    arn: "MonitoringScheduleArn",
    operations: &[
        ("CreateMonitoringSchedule", Action::Create(fill_schedule)),
        ("UpdateMonitoringSchedule", Action::Amend(update_schedule)),
        (
            "StartMonitoringSchedule",
            Action::Move(Move { from: &["Stopped"], through: "Pending", to: "Scheduled", refused: IN_THIS_STATE }),
        ),
        (
            "StopMonitoringSchedule",
            Action::Move(Move { from: &["Scheduled"], through: "Pending", to: "Stopped", refused: IN_THIS_STATE }),
        ),
        (
            "ListMonitoringSchedules",
            Action::List(List {
                fields: &[
                    ("MonitoringJobDefinitionName", "MonitoringScheduleConfig.MonitoringJobDefinitionName"),
                    ("MonitoringTypeEquals", "MonitoringType"),
                ],
                ..NEWEST_FIRST
            }),
        ),
        ("UpdateMonitoringAlert", Action::Other(update_alert)),
        ("ListMonitoringAlerts", Action::Other(list_alerts)),
        ("ListMonitoringAlertHistory", Action::Other(|call| list::page_of(call, "MonitoringAlertHistory", Vec::new()))),
        (
            "ListMonitoringExecutions",
            Action::Other(|call| list::page_of(call, "MonitoringExecutionSummaries", Vec::new())),
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
    life: Some(Life {
        status: "MonitoringScheduleStatus",
        creating: &["Pending"],
        created: "Scheduled",
        failed: "Failed",
        updating: "Pending",
        deleting: "Pending",
        ..LIFE
    }),
    ..ORDINARY
};

/// Assumed wording.
const IN_THIS_STATE: Text = Text { code: "", message: "Monitoring schedule {arn} is in {status} status." };

/// The endpoint stands deep in the input, under a name that begins with the kind of monitoring.
fn fill_definition(_: &mut Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    let mut inputs = draft.members.iter().filter(|(name, _)| name.ends_with("JobInput"));
    let endpoint = inputs.find_map(|(_, input)| input.get("EndpointInput").get("EndpointName").as_str());
    // It is required in the list.
    let endpoint = endpoint.unwrap_or_default().to_owned();
    put(&mut draft.members, "EndpointName", endpoint);
    Ok(())
}

fn of_endpoint(call: &Call<'_>, view: &Map) -> bool {
    let wanted = call.input.get("EndpointName");
    wanted.is_null() || view.get("EndpointName") == Some(wanted)
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
    if let Some(schedule) = call.region.get_mut(SCHEDULE.kind, &key) {
        schedule.turn(&Map::new(), &Map::from([(ALERTS.to_owned(), Value::List(alerts))]));
    }
    Ok(reply)
}

fn list_alerts(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let alerts = lookup(&call.named(&SCHEDULE)?.members, ALERTS).elements().to_vec();
    list::page_of(call, "MonitoringAlertSummaries", alerts)
}

#[cfg(test)]
mod tests {
    use crate::local::bench::{Bench, names, text};

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
        bench.settle();
        assert_eq!(status(), "Scheduled");
        bench.ok("StopMonitoringSchedule", NAME);
        bench.settle();
        assert_eq!(status(), "Stopped");
        bench.ok("StartMonitoringSchedule", NAME);
        bench.settle();
        assert_eq!(status(), "Scheduled");
        let listed = bench.ok("ListMonitoringSchedules", r#"{"MonitoringJobDefinitionName":"quality"}"#);
        assert_eq!(names(&listed, "MonitoringScheduleSummaries", "MonitoringScheduleName"), ["Watch"]);
    }

    #[test]
    fn a_schedule_comes_with_an_alert_that_can_be_changed() {
        let bench = Bench::new();
        bench.ok("CreateMonitoringSchedule", CREATE);
        bench.settle();
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
