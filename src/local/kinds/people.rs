//! Work by people: workforces, teams, what they see, and what they label.

use crate::{
    local::{
        error::{ErrorText, ServiceError, VALIDATION},
        kind::{Behavior, Call, Draft, Kind, OLDEST_FIRST, ORDINARY, Parent, Revision},
        lifecycle::{LIFECYCLE, Lifecycle},
        operations::{
            ids::{HEXADECIMAL, LOWERCASE, generate},
            list,
            members::{lookup, put, within},
            ordinary::{self, if_stable},
        },
    },
    value::{Map, Value},
};

pub(in crate::local) static KINDS: &[&Kind] = &[&WORKFORCE, &WORKTEAM, &HUMAN_TASK_UI, &FLOW_DEFINITION, &LABELING_JOB];

static WORKFORCE: Kind = Kind {
    noun: "Workforce",
    id: "workforce",
    name: "WorkforceName",
    arn: "WorkforceArn",
    operations: &[
        ("CreateWorkforce", Behavior::Create(fill_workforce)),
        ("UpdateWorkforce", Behavior::Amend(update_workforce)),
    ],
    repeated: DATES,
    wrapper: Some("Workforce"),
    // Computed in the schema of the aws provider. By default all addresses are allowed (API reference,
    // UpdateWorkforce).
    defaults: &[("SourceIpConfig", r#"{"Cidrs":["0.0.0.0/0"]}"#)],
    // Only the beginning of the message is known.
    not_found: ErrorText { code: VALIDATION, message: "No workforce found with name {name}." },
    // Assumed wording.
    in_use: ErrorText { code: VALIDATION, message: "The workforce {arn} contains work teams." },
    lifecycle: Some(Lifecycle {
        creating: &["Initializing"],
        created: Some("Active"),
        failed: Some("Failed"),
        updating: Some("Updating"),
        deleting: Some("Deleting"),
        ..LIFECYCLE
    }),
    ..ORDINARY
};

/// The times of creation and of the last change, under the names that these kinds have for them.
const DATES: &[(&str, &str)] = &[("CreateDate", "CreationTime"), ("LastUpdatedDate", "LastModifiedTime")];

static WORKTEAM: Kind = Kind {
    noun: "Workteam",
    id: "workteam",
    name: "WorkteamName",
    arn: "WorkteamArn",
    path: |identity| format!("private-crowd/{}", identity.join("/").to_lowercase()),
    parents: &[Parent { kind: &WORKFORCE, member: "WorkforceName", blocks_deletion: true }],
    operations: &[
        ("CreateWorkteam", Behavior::Create(fill_workteam)),
        ("DeleteWorkteam", Behavior::Other(delete_workteam)),
        ("ListWorkteams", Behavior::List(OLDEST_FIRST)),
        ("ListLabelingJobsForWorkteam", Behavior::Other(list_labeling_jobs)),
        ("DescribeSubscribedWorkteam", Behavior::Other(describe_subscribed)),
        ("ListSubscribedWorkteams", Behavior::Other(list_subscribed)),
    ],
    repeated: DATES,
    wrapper: Some("Workteam"),
    // Computed in the schema of the aws provider; the values are assumed.
    defaults: &[
        ("NotificationConfiguration", "{}"),
        (
            "WorkerAccessConfiguration",
            r#"{"S3Presign":{"IamPolicyConstraints":{"SourceIp":"Disabled","VpcSourceIp":"Disabled"}}}"#,
        ),
    ],
    // Only the beginning of the message is known.
    not_found: ErrorText { code: VALIDATION, message: "The work team {arn} does not exist." },
    ..ORDINARY
};

static HUMAN_TASK_UI: Kind = Kind {
    noun: "HumanTaskUi",
    id: "human-task-ui",
    name: "HumanTaskUiName",
    arn: "HumanTaskUiArn",
    operations: &[
        ("CreateHumanTaskUi", Behavior::Create(fill_human_task_ui)),
        ("RenderUiTemplate", Behavior::Other(render)),
    ],
    lifecycle: Some(Lifecycle {
        status: "HumanTaskUiStatus",
        created: Some("Active"),
        deleting: Some("Deleting"),
        reason: None,
        ..LIFECYCLE
    }),
    ..ORDINARY
};

static FLOW_DEFINITION: Kind = Kind {
    noun: "FlowDefinition",
    id: "flow-definition",
    name: "FlowDefinitionName",
    arn: "FlowDefinitionArn",
    // Assumed to be looked up at once.
    parents: &[
        Parent { kind: &WORKTEAM, member: "HumanLoopConfig.WorkteamArn", blocks_deletion: false },
        Parent { kind: &HUMAN_TASK_UI, member: "HumanLoopConfig.HumanTaskUiArn", blocks_deletion: false },
    ],
    // A default of the aws provider.
    defaults: &[("HumanLoopConfig.TaskTimeLimitInSeconds", "3600")],
    lifecycle: Some(Lifecycle {
        status: "FlowDefinitionStatus",
        creating: &["Initializing"],
        created: Some("Active"),
        failed: Some("Failed"),
        deleting: Some("Deleting"),
        ..LIFECYCLE
    }),
    ..ORDINARY
};

static LABELING_JOB: Kind = Kind {
    noun: "LabelingJob",
    id: "labeling-job",
    name: "LabelingJobName",
    arn: "LabelingJobArn",
    // Assumed to be looked up at once, as by CreateFlowDefinition.
    parents: &[Parent { kind: &WORKTEAM, member: "HumanTaskConfig.WorkteamArn", blocks_deletion: false }],
    operations: &[
        ("CreateLabelingJob", Behavior::Create(fill_labeling_job)),
        ("ListLabelingJobs", Behavior::List(OLDEST_FIRST)),
    ],
    repeated: &[
        ("WorkteamArn", "HumanTaskConfig.WorkteamArn"),
        ("PreHumanTaskLambdaArn", "HumanTaskConfig.PreHumanTaskLambdaArn"),
        (
            "AnnotationConsolidationLambdaArn",
            "HumanTaskConfig.AnnotationConsolidationConfig.AnnotationConsolidationLambdaArn",
        ),
        ("NumberOfHumanWorkersPerDataObject", "HumanTaskConfig.NumberOfHumanWorkersPerDataObject"),
    ],
    // Computed in the schema of the aws provider; the values are assumed.
    defaults: &[
        ("LabelCounters", NOTHING_LABELED),
        ("OutputConfig.KmsKeyId", r#""""#),
        ("HumanTaskConfig.TaskAvailabilityLifetimeInSeconds", "864000"),
        ("HumanTaskConfig.MaxConcurrentTaskCount", "1000"),
        ("StoppingConditions", "{}"),
        ("StoppingConditions.MaxPercentageOfInputDatasetLabeled", "100"),
    ],
    lifecycle: Some(Lifecycle {
        status: "LabelingJobStatus",
        creating: &["Initializing", "InProgress"],
        created: Some("Completed"),
        failed: Some("Failed"),
        stopping: Some("Stopping"),
        stopped: Some("Stopped"),
        ..LIFECYCLE
    }),
    ..ORDINARY
};

const NOTHING_LABELED: &str =
    r#"{"TotalLabeled":0,"HumanLabeled":0,"MachineLabeled":0,"FailedNonRetryableError":0,"Unlabeled":0}"#;

/// "You can only create one workforce in each AWS Region per AWS account" (API reference); the wording is assumed.
fn fill_workforce(call: &mut Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    let mut others = call.region.of_kind(WORKFORCE.id).filter(|one| one.key != draft.key);
    if let Some(other) = others.next() {
        return Err(ServiceError::validation(format!("The workforce {} already exists in this region.", other.arn)));
    }
    put(&mut draft.members, "SubDomain", sub_domain(call, &draft.name));
    name_vpc_endpoint(&draft.name, &mut draft.members);
    Ok(())
}

fn update_workforce(call: &Call<'_>, revision: &mut Revision) -> Result<(), ServiceError> {
    let members = &mut revision.members;
    // Assumed: a configuration without members takes the workforce out of its VPC.
    if members.get("WorkforceVpcConfig") == Some(&Value::object()) {
        members.remove("WorkforceVpcConfig");
    }
    name_vpc_endpoint(call.text("WorkforceName"), members);
    Ok(())
}

fn name_vpc_endpoint(name: &str, members: &mut Map) {
    within(members, "WorkforceVpcConfig", |config| {
        put(config, "VpcEndpointId", format!("vpce-{}", generate(name, HEXADECIMAL, 17)));
    });
}

fn sub_domain(call: &Call<'_>, name: &str) -> String {
    format!("{}.labeling.{}.sagemaker.aws", generate(name, LOWERCASE, 10), call.scope.region)
}

/// Teams of people in a private workforce belong to the one there is.
fn fill_workteam(call: &mut Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    if let Some(workforce) = call.region.of_kind(WORKFORCE.id).next() {
        put(&mut draft.members, "WorkforceName", workforce.name.as_str());
        put(&mut draft.members, "WorkforceArn", workforce.arn.as_str());
    }
    put(&mut draft.members, "SubDomain", sub_domain(call, &draft.name));
    Ok(())
}

fn delete_workteam(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    ordinary::delete(&WORKTEAM, call, if_stable)?;
    Ok(Value::from([("Success", true.into())]))
}

/// There is no marketplace here. Assumed wording.
fn describe_subscribed(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    Err(ServiceError::validation(format!("The work team {} is not subscribed to.", call.text("WorkteamArn"))))
}

fn list_subscribed(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    list::page_of(call, "SubscribedWorkteams", Vec::new())
}

fn list_labeling_jobs(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let team = call.find(&WORKTEAM, call.text("WorkteamArn"))?;
    let jobs = call.region.of_kind(LABELING_JOB.id).map(|job| job.view(call.now));
    let of_team = |job: &Map| lookup(job, "HumanTaskConfig.WorkteamArn").as_str() == Some(&team.arn);
    let summary = |mut job: Map| {
        put(&mut job, "WorkRequesterAccountId", call.scope.account.as_str());
        let workers = lookup(&job, "HumanTaskConfig.NumberOfHumanWorkersPerDataObject").clone();
        put(&mut job, "NumberOfHumanWorkersPerDataObject", workers);
        Value::Map(job)
    };
    list::page_of(call, "LabelingJobSummaryList", jobs.filter(of_team).map(summary).collect())
}

/// The template itself is never shown again; the digest is generated.
fn fill_human_task_ui(call: &mut Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    let content = call.input.get("UiTemplate").get("Content").as_str().unwrap_or_default();
    let digest = generate(content, HEXADECIMAL, 64);
    let url = format!("https://s3.{}.amazonaws.com/human-task-ui/{digest}", call.scope.region);
    let info = [("Url", url.into()), ("ContentSha256", digest.into()), ("Content", content.into())];
    put(&mut draft.members, "UiTemplate", Value::from(info));
    Ok(())
}

/// Shows the template as it is.
fn render(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let given = call.input.get("UiTemplate").get("Content").as_str();
    let content = match given {
        Some(content) => content.to_owned(),
        None => {
            let ui = call.find(&HUMAN_TASK_UI, call.text("HumanTaskUiArn"))?;
            lookup(&ui.members, "UiTemplate.Content").as_str().unwrap_or_default().to_owned()
        }
    };
    Ok(Value::from([("RenderedContent", content.into()), ("Errors", Value::List(Vec::new()))]))
}

fn fill_labeling_job(call: &mut Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    put(&mut draft.members, "JobReferenceCode", generate(&draft.name, HEXADECIMAL, 32));
    let output = call.input.get("OutputConfig").get("S3OutputPath").as_str().unwrap_or_default();
    let output = format!("{}/{}/manifests/output/output.manifest", output.trim_end_matches('/'), draft.name);
    put(&mut draft.results, "LabelingJobOutput", Value::from([("OutputDatasetS3Uri", output.into())]));
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::local::tests::bench::{Bench, text};

    const WORKFORCE: &str = r#"{"WorkforceName":"ours","OidcConfig":{"ClientId":"c","ClientSecret":"s","Issuer":
        "https://i","AuthorizationEndpoint":"https://a","TokenEndpoint":"https://t","UserInfoEndpoint":"https://u",
        "LogoutEndpoint":"https://l","JwksUri":"https://j"}}"#;
    const TEAM: &str = r#"{"WorkteamName":"Labelers","Description":"d","WorkforceName":"ours","MemberDefinitions":
        [{"OidcMemberDefinition":{"Groups":["g"]}}]}"#;

    #[test]
    fn there_is_one_workforce_and_its_secret_stays_secret() {
        let bench = Bench::new();
        bench.ok("CreateWorkforce", WORKFORCE);
        bench.wait();
        let shown = bench.ok("DescribeWorkforce", r#"{"WorkforceName":"ours"}"#);
        let shown = shown.get("Workforce");
        assert_eq!((text(shown, "Status"), text(shown.get("OidcConfig"), "ClientId")), ("Active", "c"));
        assert!(shown.get("OidcConfig").get("ClientSecret").is_null());
        let refused = bench.refused("CreateWorkforce", &WORKFORCE.replace("ours", "theirs"));
        assert!(refused.contains("already exists in this region"), "{refused}");
        assert!(bench.refused("DescribeWorkforce", r#"{"WorkforceName":"x"}"#).contains("No workforce"));
    }

    #[test]
    fn a_workforce_with_teams_cannot_be_deleted() {
        let bench = Bench::new();
        bench.ok("CreateWorkforce", WORKFORCE);
        bench.wait();
        let team = bench.ok("CreateWorkteam", TEAM);
        assert!(text(&team, "WorkteamArn").ends_with(":workteam/private-crowd/labelers"));
        assert!(bench.refused("DeleteWorkforce", r#"{"WorkforceName":"ours"}"#).contains("contains work teams"));
        let deleted = bench.ok("DeleteWorkteam", r#"{"WorkteamName":"Labelers"}"#);
        assert_eq!(deleted.get("Success").as_bool(), Some(true));
        bench.ok("DeleteWorkforce", r#"{"WorkforceName":"ours"}"#);
        let refused = bench.refused("DescribeWorkteam", r#"{"WorkteamName":"Labelers"}"#);
        assert!(refused.starts_with("ValidationException: The work team "), "{refused}");
    }

    #[test]
    fn of_a_template_only_address_and_digest_are_shown() {
        let bench = Bench::new();
        bench.ok("CreateHumanTaskUi", r#"{"HumanTaskUiName":"form","UiTemplate":{"Content":"<p>hi</p>"}}"#);
        let shown = bench.ok("DescribeHumanTaskUi", r#"{"HumanTaskUiName":"form"}"#);
        let template = shown.get("UiTemplate");
        assert_eq!(text(template, "ContentSha256").len(), 64);
        assert!(template.get("Content").is_null());
    }
}
