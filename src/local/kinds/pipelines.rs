//! Pipelines with their versions, and what runs of them.

use super::{callbacks, versions};
use crate::{
    local::{
        error::{CONFLICT, ErrorText, NOT_FOUND, ServiceError},
        json,
        kind::{Behavior, Call, Draft, Kind, List, NEWEST_FIRST, ORDINARY, Revision, Transition},
        lifecycle::{LIFECYCLE, Lifecycle},
        operations::{
            ids::{LOWERCASE, generate},
            list::{self, Listing},
            members::{default, elements, lookup, put},
            ordinary,
        },
        scope::name_in,
        storage::store::Object,
    },
    value::{Map, Value},
};

pub(in crate::local) static KINDS: &[&Kind] = &[&PIPELINE, &EXECUTION];

static PIPELINE: Kind = Kind {
    noun: "Pipeline",
    id: "pipeline",
    name: "PipelineName",
    arn: "PipelineArn",
    operations: &[
        ("CreatePipeline", Behavior::Create(first_version)),
        ("DescribePipeline", Behavior::Describe(show)),
        ("UpdatePipeline", Behavior::Amend(next_version)),
        ("DeletePipeline", Behavior::Other(delete)),
        ("ListPipelines", Behavior::List(List { others: &["ManagedBy"], keep: of_customer, ..NEWEST_FIRST })),
        ("ListPipelineVersions", Behavior::Other(list_versions)),
        ("UpdatePipelineVersion", Behavior::Other(update_version)),
    ],
    repeated: &[("LastExecutionTime", "LastRunTime")],
    lifecycle: Some(Lifecycle {
        status: "PipelineStatus",
        created: Some("Active"),
        deleting: Some("Deleting"),
        reason: None,
        ..LIFECYCLE
    }),
    ..ORDINARY
};

static EXECUTION: Kind = Kind {
    noun: "PipelineExecution",
    id: "pipeline-execution",
    resource_type: Some("pipeline"),
    name: "PipelineExecutionArn",
    arn: "PipelineExecutionArn",
    operations: &[
        ("StartPipelineExecution", Behavior::Create(start)),
        (
            "RetryPipelineExecution",
            Behavior::Transition(Transition {
                from: &["Failed", "Stopped"],
                through: "Executing",
                to: "Succeeded",
                // Assumed wording.
                refused: ErrorText { code: CONFLICT, message: "Pipeline execution {arn} is in {status} status." },
            }),
        ),
        (
            "ListPipelineExecutions",
            Behavior::List(List {
                fields: &[("PipelineExecutionArn", "PipelineExecutionArn")],
                others: &["PipelineName", "PipelineVersionAlias"],
                keep: of_pipeline,
                ..NEWEST_FIRST
            }),
        ),
        ("DescribePipelineDefinitionForExecution", Behavior::Other(definition)),
        ("ListPipelineParametersForExecution", Behavior::Other(list_parameters)),
        ("ListPipelineExecutionSteps", Behavior::Other(list_steps)),
        ("SendPipelineExecutionStepSuccess", Behavior::Other(|call| callbacks::report(call, &EXECUTION, "Succeeded"))),
        ("SendPipelineExecutionStepFailure", Behavior::Other(|call| callbacks::report(call, &EXECUTION, "Failed"))),
    ],
    repeated: &[("StartTime", "CreationTime"), ("PipelineExecutionFailureReason", "FailureReason")],
    lifecycle: Some(Lifecycle {
        status: "PipelineExecutionStatus",
        creating: &["Executing"],
        created: Some("Succeeded"),
        failed: Some("Failed"),
        stopping: Some("Stopping"),
        stopped: Some("Stopped"),
        ..LIFECYCLE
    }),
    ..ORDINARY
};

/// What belongs to a version.
const OF_VERSION: [&str; 5] =
    ["PipelineVersionId", "PipelineDefinition", "RoleArn", "ParallelismConfiguration", "PipelineVersionAliases"];

fn first_version(call: &mut Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    let name = draft.name.clone();
    let members = &mut draft.members;
    default(members, "PipelineDisplayName", name);
    check_definition(members)?;
    put(members, "PipelineVersionId", 1);
    add_version(call, members);
    Ok(())
}

fn next_version(call: &Call<'_>, revision: &mut Revision) -> Result<(), ServiceError> {
    let members = &mut revision.members;
    if !call.input.get("PipelineDefinitionS3Location").is_null() {
        members.remove("PipelineDefinition");
    }
    check_definition(members)?;
    let count = versions::of(members).len();
    put(members, "PipelineVersionId", i64::try_from(count).unwrap_or(i64::MAX - 1) + 1);
    add_version(call, members);
    Ok(())
}

/// A definition in S3 cannot be looked at here, and is taken to be empty. The wording is assumed.
fn check_definition(members: &mut Map) -> Result<(), ServiceError> {
    let in_s3 = members.remove("PipelineDefinitionS3Location").is_some();
    match members.get("PipelineDefinition").and_then(Value::as_str).map(|text| json::read(text.as_bytes())) {
        None if in_s3 => put(members, "PipelineDefinition", r#"{"Version":"2020-12-01","Steps":[]}"#),
        None => {
            return Err(ServiceError::validation("PipelineDefinition or PipelineDefinitionS3Location must be given."));
        }
        Some(Ok(Value::Map(_))) => {}
        Some(_) => return Err(ServiceError::validation("Invalid Pipeline Definition JSON.")),
    }
    Ok(())
}

fn add_version(call: &Call<'_>, members: &mut Map) {
    let mut versions = versions::of(members).to_vec();
    versions.push(Value::Map(versions::snapshot(call, members, &OF_VERSION)));
    versions::set(members, versions);
}

/// The newest version, unless the input names another by number or alias.
fn show(call: &Call<'_>, pipeline: &Object, view: &mut Map) -> Result<(), ServiceError> {
    view.extend(requested_version(call, pipeline)?);
    Ok(())
}

fn requested_version(call: &Call<'_>, pipeline: &Object) -> Result<Map, ServiceError> {
    let (number, alias) = (call.input.get("PipelineVersionId"), call.input.get("PipelineVersionAlias"));
    let requested = |version: &&Value| match (number, alias) {
        (Value::Null, Value::Null) => true,
        (Value::Null, alias) => version.get("PipelineVersionAliases").elements().contains(alias),
        (number, _) => version.get("PipelineVersionId") == number,
    };
    let found = versions::of(&pipeline.members).iter().rev().find(requested).and_then(Value::as_map).cloned();
    // Assumed wording.
    let absent = || ServiceError::new(NOT_FOUND, format!("There is no such version of pipeline {}.", pipeline.arn));
    found.ok_or_else(absent)
}

/// The executions are deleted with the pipeline (API reference).
fn delete(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    ordinary::delete_with(&PIPELINE, call, if_at_rest, &EXECUTION, |call, pipeline| {
        executions(call, &pipeline.key).map(|one| one.key.clone()).collect()
    })
}

/// "Deletes a pipeline if there are no running instances of the pipeline" (API reference); the wording is assumed.
fn if_at_rest(call: &Call<'_>, pipeline: &Object) -> Result<(), ServiceError> {
    let running = executions(call, &pipeline.key).any(|one| one.change.is_some());
    match running {
        true => Err(ServiceError::new(CONFLICT, format!("Pipeline {} has running executions.", pipeline.arn))),
        false => Ok(()),
    }
}

fn executions<'a>(call: &'a Call<'_>, pipeline: &str) -> impl Iterator<Item = &'a Object> + use<'a> {
    let stem = format!("{pipeline}/execution/");
    call.region.of_kind(EXECUTION.id).filter(move |one| one.key.starts_with(&stem))
}

/// All pipelines here are those of the customer.
fn of_customer(call: &Call<'_>, _: &Map) -> bool {
    call.text("ManagedBy") != "AWS"
}

fn list_versions(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let pipeline = call.named(&PIPELINE)?;
    let all = versions::listed(call, pipeline, versions::of(&pipeline.members).iter());
    list::page_in(call, "PipelineVersionSummaries", &Listing { fields: &[], descending: true }, all)
}

/// Changes the display name, the description and the aliases of a version. An alias belongs to one version.
fn update_version(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let pipeline = call.find(&PIPELINE, call.text("PipelineArn"))?;
    requested_version(call, pipeline)?;
    let (key, mut all) = (pipeline.key.clone(), versions::of(&pipeline.members).to_vec());
    let number = call.input.get("PipelineVersionId").clone();
    let operations = call.input.get("PipelineVersionAliasOperations").clone();
    let (added, removed) = (operations.get("Add").elements(), operations.get("Remove").elements());
    for version in &mut all {
        let requested = version.get("PipelineVersionId") == &number;
        let mut aliases = version.get("PipelineVersionAliases").elements().to_vec();
        aliases.retain(|alias| !(added.contains(alias) || requested && removed.contains(alias)));
        if requested {
            aliases.extend_from_slice(added);
        }
        let Value::Map(members) = version else { continue };
        put(members, "PipelineVersionAliases", Value::List(aliases));
        if requested {
            for member in ["PipelineVersionDisplayName", "PipelineVersionDescription"] {
                if !call.input.get(member).is_null() {
                    put(members, member, call.input.get(member).clone());
                }
            }
        }
    }
    let mut reply = Map::from([("PipelineVersionId".to_owned(), number)]);
    if let Some(pipeline) = call.region.get_mut(PIPELINE.id, &key) {
        versions::set(&mut pipeline.members, all);
        put(&mut reply, "PipelineArn", pipeline.arn.as_str());
    }
    Ok(call.reply(reply))
}

fn start(call: &mut Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    let pipeline = call.find(&PIPELINE, call.text("PipelineName"))?;
    let version = requested_version(call, pipeline)?;
    let (key, arn) = (pipeline.key.clone(), pipeline.arn.clone());
    let id = generate(&format!("{arn}{}{}", call.now.0, call.region.count()), LOWERCASE, 12);
    draft.key = format!("{key}/execution/{id}");
    draft.name.clone_from(&id);
    let members = &mut draft.members;
    put(members, "PipelineArn", arn);
    default(members, "PipelineExecutionDisplayName", format!("execution-{}", call.now.0));
    for member in OF_VERSION {
        if let Some(value) = version.get(member) {
            default(members, member, value.clone());
        }
    }
    let began = call.now.to_value();
    if let Some(pipeline) = call.region.get_mut(PIPELINE.id, &key) {
        put(&mut pipeline.members, "LastRunTime", began);
    }
    callbacks::wait(call, &draft.key, members);
    Ok(())
}

fn of_pipeline(call: &Call<'_>, view: &Map) -> bool {
    let pipeline = name_in(call.text("PipelineName")).to_lowercase();
    let alias = call.input.get("PipelineVersionAlias");
    let aliases = elements(view, "PipelineVersionAliases");
    lookup(view, "PipelineArn").as_str().map(name_in) == Some(pipeline.as_str())
        && (alias.is_null() || aliases.contains(alias))
}

fn definition(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let view = call.named(&EXECUTION)?.view(call.now);
    Ok(call.reply(view))
}

fn list_parameters(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let execution = call.named(&EXECUTION)?;
    let parameters = elements(&execution.members, "PipelineParameters").to_vec();
    list::page_of(call, "PipelineParameters", parameters)
}

/// Every step has the status of the execution, unless it has one of its own.
fn list_steps(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let view = call.named(&EXECUTION)?.view(call.now);
    let definition = view.get("PipelineDefinition").and_then(Value::as_str).unwrap_or_default();
    let definition = json::read(definition.as_bytes()).unwrap_or_default();
    let status = match view.get("PipelineExecutionStatus").and_then(Value::as_str) {
        Some("Succeeded") => "Succeeded",
        Some("Failed") => "Failed",
        Some("Stopping") => "Stopping",
        Some("Stopped") => "Stopped",
        _ => "Executing",
    };
    let step = |step: &Value| {
        let name = step.get("Name");
        let mut shown = Value::from([
            ("StepName", name.clone()),
            ("StepStatus", status.into()),
            ("StartTime", view.get("CreationTime").cloned().unwrap_or_default()),
            ("AttemptCount", 1.into()),
        ]);
        let callback = callbacks::step(&view, name);
        if !callback.is_null() {
            shown.insert("Metadata", callbacks::metadata(callback));
            shown.insert("StepStatus", callback.get("StepStatus").clone());
            shown.insert("FailureReason", callback.get("FailureReason").clone());
        }
        shown
    };
    let listing = Listing { fields: &[("CreationTime", "StartTime")], descending: false };
    list::page_in(
        call,
        "PipelineExecutionSteps",
        &listing,
        definition.get("Steps").elements().iter().map(step).collect(),
    )
}

#[cfg(test)]
mod tests {
    use crate::local::tests::bench::{Bench, names, text};

    const NAME: &str = r#"{"PipelineName":"Train"}"#;
    const TOKEN: &str = "0123456789012345678901234567890123456789";

    fn with_pipeline() -> Bench {
        let bench = Bench::new();
        let rest = r#","RoleArn":"arn:aws:iam::123456789012:role/r","PipelineDefinition":"{\"Version\":\"1\",\"Steps\":
            [{\"Name\":\"fit\"}]}","PipelineVersionAliases":["live"]}"#;
        bench.ok("CreatePipeline", &with_token(&NAME.replace('}', &rest.replace('\n', "")), "create"));
        bench
    }

    fn with_token(input: &str, token: &str) -> String {
        let end = format!(r#","ClientRequestToken":"{token}{}"}}"#, &TOKEN[token.len()..]);
        input.strip_suffix('}').unwrap().to_owned() + &end
    }

    fn started(bench: &Bench, token: &str) -> String {
        text(&bench.ok("StartPipelineExecution", &with_token(NAME, token)), "PipelineExecutionArn").to_owned()
    }

    #[test]
    fn an_update_adds_a_version_and_keeps_old_ones() {
        let bench = with_pipeline();
        let update = r#"{"PipelineName":"Train","PipelineDefinition":"{\"Version\":\"2\"}"}"#;
        let updated = bench.ok("UpdatePipeline", update);
        assert_eq!(updated.get("PipelineVersionId").as_i64(), Some(2));
        assert_eq!(text(&bench.ok("DescribePipeline", NAME), "PipelineDefinition"), r#"{"Version":"2"}"#);
        let first = bench.ok("DescribePipeline", r#"{"PipelineName":"Train","PipelineVersionId":1}"#);
        assert!(text(&first, "PipelineDefinition").contains("fit"));
        let arn = text(&updated, "PipelineArn");
        let aliases = r#""PipelineVersionAliasOperations":{"Add":["old"],"Remove":["live"]}"#;
        bench.ok("UpdatePipelineVersion", &format!(r#"{{"PipelineArn":"{arn}","PipelineVersionId":1,{aliases}}}"#));
        let old = bench.ok("DescribePipeline", r#"{"PipelineName":"Train","PipelineVersionAlias":"old"}"#);
        assert!(text(&old, "PipelineDefinition").contains("fit"));
        let gone = r#"{"PipelineName":"Train","PipelineVersionId":9}"#;
        assert!(bench.refused("DescribePipeline", gone).starts_with("ResourceNotFound: "));
        let versions = bench.ok("ListPipelineVersions", NAME);
        assert_eq!(versions.get("PipelineVersionSummaries").elements().len(), 2);
    }

    #[test]
    fn the_same_token_starts_one_execution() {
        let bench = with_pipeline();
        let (one, same, other) = (started(&bench, "one"), started(&bench, "one"), started(&bench, "two"));
        assert_eq!(one, same);
        assert_ne!(one, other);
        assert!(one.contains(":pipeline/train/execution/"), "{one}");
        let listed = bench.ok("ListPipelineExecutions", NAME);
        assert_eq!(listed.get("PipelineExecutionSummaries").elements().len(), 2);
    }

    #[test]
    fn a_pipeline_cannot_be_deleted_while_it_runs() {
        let bench = with_pipeline();
        let arn = started(&bench, "run");
        let delete = with_token(NAME, "delete");
        assert!(bench.refused("DeletePipeline", &delete).starts_with("ConflictException: "));
        let one = format!(r#"{{"PipelineExecutionArn":"{arn}"}}"#);
        bench.ok(
            "UpdatePipelineExecution",
            &format!(r#"{{"PipelineExecutionArn":"{arn}","PipelineExecutionDescription":"d"}}"#),
        );
        bench.ok("StopPipelineExecution", &with_token(&one, "stop"));
        bench.wait();
        let shown = bench.ok("DescribePipelineExecution", &one);
        assert_eq!(
            (text(&shown, "PipelineExecutionStatus"), text(&shown, "PipelineExecutionDescription")),
            ("Stopped", "d")
        );
        bench.ok("RetryPipelineExecution", &with_token(&one, "retry"));
        bench.wait();
        let steps = bench.ok("ListPipelineExecutionSteps", &one);
        assert_eq!(names(&steps, "PipelineExecutionSteps", "StepName"), ["fit"]);
        bench.ok("DeletePipeline", &delete);
        assert_eq!(text(&bench.ok("DescribePipeline", NAME), "PipelineStatus"), "Deleting");
        assert!(bench.refused("DescribePipelineExecution", &one).starts_with("ResourceNotFound: "));
        bench.wait();
        assert!(bench.refused("DescribePipeline", NAME).starts_with("ResourceNotFound: "));
    }
}
