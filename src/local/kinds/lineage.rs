//! The lineage of models: experiments with their trials, and actions, artifacts and contexts with their associations.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    local::{
        error::{ErrorText, NOT_FOUND, ServiceError, VALIDATION},
        json,
        kind::{Behavior, Call, Draft, GeneratedId, Kind, List, NEWEST_FIRST, ORDINARY, Operations, Parent},
        moment::Moment,
        operations::{
            ids::{HEXADECIMAL, generate},
            list,
            members::{default, lookup, put},
            ordinary::allow_deletion,
        },
        scope::name_in,
        storage::store::Object,
    },
    value::{Map, Value},
};

pub(in crate::local) static KINDS: &[&Kind] =
    &[&ACTION, &ARTIFACT, &CONTEXT, &EXPERIMENT, &TRIAL, &TRIAL_COMPONENT, &ASSOCIATION, &TRIAL_ASSOCIATION];

/// Operations on what is neither created nor deleted: every region has one group of lineage.
pub(in crate::local) const OPERATIONS: Operations = &[
    ("QueryLineage", query),
    ("ListLineageGroups", list_groups),
    ("DescribeLineageGroup", describe_group),
    ("GetLineageGroupPolicy", no_policy),
];

/// What associations connect, besides trial components.
const ENTITY: Kind = Kind {
    operations: &[
        ("Create", Behavior::Create(fill)),
        ("Delete", Behavior::Delete(if_unlinked)),
        ("List", Behavior::List(BY_SOURCE)),
    ],
    ..ORDINARY
};

const BY_SOURCE: List = List { fields: &[("SourceUri", "Source.SourceUri")], ..NEWEST_FIRST };

static ACTION: Kind = Kind { noun: "Action", id: "action", name: "ActionName", arn: "ActionArn", ..ENTITY };

static CONTEXT: Kind = Kind { noun: "Context", id: "context", name: "ContextName", arn: "ContextArn", ..ENTITY };

static ARTIFACT: Kind = Kind {
    noun: "Artifact",
    id: "artifact",
    name: "ArtifactName",
    arn: "ArtifactArn",
    identity: &["ArtifactArn"],
    // Generated from the source, so that there is one artifact of a source (see `fill_artifact`).
    generated_id: Some(GeneratedId { prefix: "", alphabet: HEXADECIMAL, length: 32, member: None, unique: false }),
    locate: Some(locate_artifact),
    operations: &[
        ("Create", Behavior::Create(fill_artifact)),
        ("Delete", Behavior::Delete(if_unlinked)),
        ("List", Behavior::List(BY_SOURCE)),
    ],
    ..ORDINARY
};

static EXPERIMENT: Kind = Kind {
    noun: "Experiment",
    id: "experiment",
    name: "ExperimentName",
    arn: "ExperimentArn",
    operations: &[("CreateExperiment", Behavior::Create(fill))],
    repeated: &[("ExperimentSource", "Source")],
    // By analogy with trial components.
    in_use: ErrorText {
        code: VALIDATION,
        message: "Experiment '{arn}' is linked to 1 or more trials and cannot be deleted.",
    },
    ..ORDINARY
};

static TRIAL: Kind = Kind {
    noun: "Trial",
    id: "experiment-trial",
    name: "TrialName",
    arn: "TrialArn",
    parents: &[Parent { kind: &EXPERIMENT, member: "ExperimentName", blocks_deletion: true }],
    operations: &[
        ("CreateTrial", Behavior::Create(fill)),
        ("ListTrials", Behavior::List(List { others: &["TrialComponentName"], keep: with_component, ..NEWEST_FIRST })),
    ],
    repeated: &[("TrialSource", "Source")],
    // By analogy with trial components.
    in_use: ErrorText {
        code: VALIDATION,
        message: "Trial '{arn}' is linked to 1 or more trial components and cannot be deleted.",
    },
    ..ORDINARY
};

static TRIAL_COMPONENT: Kind = Kind {
    noun: "TrialComponent",
    id: "experiment-trial-component",
    name: "TrialComponentName",
    arn: "TrialComponentArn",
    operations: &[
        ("CreateTrialComponent", Behavior::Create(fill)),
        ("DeleteTrialComponent", Behavior::Delete(if_unlinked)),
        (
            "ListTrialComponents",
            Behavior::List(List {
                fields: &[("SourceArn", "Source.SourceArn")],
                others: &["ExperimentName", "TrialName"],
                keep: of_trial,
                ..NEWEST_FIRST
            }),
        ),
    ],
    repeated: &[("TrialComponentSource", "Source")],
    // Seen of the service (aws/sagemaker-python-sdk, pull request 1515).
    in_use: ErrorText {
        code: VALIDATION,
        message: "TrialComponent '{arn}' is linked to 1 or more trials and cannot be deleted.",
    },
    ..ORDINARY
};

/// An edge of the lineage. It has no ARN that the API shows.
static ASSOCIATION: Kind = Kind {
    noun: "Association",
    id: "association",
    name: "SourceArn",
    arn: "AssociationArn",
    locate: Some(|call| Ok(edge(call.text("SourceArn"), call.text("DestinationArn")))),
    operations: &[
        ("AddAssociation", Behavior::Create(link)),
        ("DeleteAssociation", Behavior::Delete(allow_deletion)),
        (
            "ListAssociations",
            Behavior::List(List {
                fields: &[
                    ("SourceArn", "SourceArn"),
                    ("DestinationArn", "DestinationArn"),
                    ("SourceType", "SourceType"),
                    ("DestinationType", "DestinationType"),
                    ("AssociationType", "AssociationType"),
                ],
                ..NEWEST_FIRST
            }),
        ),
    ],
    ..ORDINARY
};

/// That a component is part of a trial. It has no ARN that the API shows.
static TRIAL_ASSOCIATION: Kind = Kind {
    noun: "TrialComponentAssociation",
    id: "trial-component-association",
    name: "TrialComponentName",
    arn: "TrialComponentAssociationArn",
    identity: &["TrialName", "TrialComponentName"],
    parents: &[
        Parent { kind: &TRIAL, member: "TrialName", blocks_deletion: true },
        Parent { kind: &TRIAL_COMPONENT, member: "TrialComponentName", blocks_deletion: true },
    ],
    operations: &[
        ("AssociateTrialComponent", Behavior::Create(join)),
        ("DisassociateTrialComponent", Behavior::Delete(allow_deletion)),
    ],
    ..ORDINARY
};

/// 2021-01-01.
const GROUP_CREATED: Moment = Moment(1_609_459_200_000);
const GROUP: &str = "sagemaker-default-lineage-group";

fn fill(call: &mut Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    let name = draft.name.clone();
    let members = &mut draft.members;
    put(members, "LineageGroupArn", call.scope.arn("lineage-group", GROUP));
    // "If you don't specify DisplayName, then [the name] is displayed" (API reference, CreateExperiment).
    default(members, "DisplayName", name);
    Ok(())
}

fn fill_artifact(call: &mut Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    fill(call, draft)?;
    draft.key = artifact_key(call.input.get("Source"));
    Ok(())
}

fn artifact_key(source: &Value) -> String {
    generate(&json::write(source), HEXADECIMAL, 32)
}

/// By ARN, or by source.
fn locate_artifact(call: &Call<'_>) -> Result<String, ServiceError> {
    match call.text("ArtifactArn") {
        "" => Ok(artifact_key(call.input.get("Source"))),
        arn => call.scope.key_of(arn, ARTIFACT.id),
    }
}

fn edge(source: &str, destination: &str) -> String {
    format!("{source}|{destination}").to_lowercase()
}

/// What an association can connect.
fn entity<'a>(call: &'a Call<'_>, arn: &str) -> Result<&'a Object, ServiceError> {
    call.of_arn(arn)?.ok_or_else(|| ServiceError::new(NOT_FOUND, format!("{arn} does not exist."))) // Assumed wording.
}

fn link(call: &mut Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    let (source, destination) = (call.text("SourceArn").to_owned(), call.text("DestinationArn").to_owned());
    draft.key = edge(&source, &destination);
    draft.name.clone_from(&source);
    for (end, arn) in [("Source", &source), ("Destination", &destination)] {
        let object = entity(call, arn)?;
        let named = Some(object.name.as_str()).filter(|name| !name.is_empty());
        let (kind, name) = (kind_of(object), named.map(Value::from).unwrap_or_default());
        put(&mut draft.members, &format!("{end}Type"), kind);
        put(&mut draft.members, &format!("{end}Name"), name);
    }
    Ok(())
}

/// The type that its creator chose: `DataSet`.
fn kind_of(object: &Object) -> Value {
    let types = ["ActionType", "ArtifactType", "ContextType"];
    let given = types.iter().find_map(|member| object.members.get(*member)).cloned();
    given.unwrap_or_else(|| "SageMakerTrialComponent".into())
}

/// Assumed: associations have to be deleted first; the message is assumed too.
fn if_unlinked(call: &Call<'_>, object: &Object) -> Result<(), ServiceError> {
    let linked = edges(call).any(|(source, destination, _)| source == object.arn || destination == object.arn);
    match linked {
        true => Err(ServiceError::validation(format!("{} has associations.", object.arn))),
        false => Ok(()),
    }
}

/// Every association: source, destination, and itself.
fn edges<'a>(call: &'a Call<'_>) -> impl Iterator<Item = (&'a str, &'a str, &'a Object)> {
    call.region.of_kind(ASSOCIATION.id).map(|one| {
        let end = |member: &str| one.members.get(member).and_then(Value::as_str).unwrap_or_default();
        (end("SourceArn"), end("DestinationArn"), one)
    })
}

fn join(call: &mut Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    let trial = call.find(&TRIAL, call.text("TrialName"))?;
    let component = call.find(&TRIAL_COMPONENT, call.text("TrialComponentName"))?;
    put(&mut draft.members, "TrialArn", trial.arn.as_str());
    put(&mut draft.members, "TrialComponentArn", component.arn.as_str());
    put(&mut draft.members, "ExperimentName", lookup(&trial.members, "ExperimentName").clone());
    Ok(())
}

/// Whether some pair of trial and component has these values.
fn joined(call: &Call<'_>, pairs: &[(&str, &str)]) -> bool {
    call.region.of_kind(TRIAL_ASSOCIATION.id).any(|one| {
        pairs.iter().all(|(member, requested)| {
            let shown = one.members.get(*member).and_then(Value::as_str).unwrap_or_default();
            requested.is_empty() || name_in(shown).eq_ignore_ascii_case(name_in(requested))
        })
    })
}

fn with_component(call: &Call<'_>, view: &Map) -> bool {
    let component = call.text("TrialComponentName");
    let trial = lookup(view, "TrialName").as_str().unwrap_or_default();
    component.is_empty() || joined(call, &[("TrialName", trial), ("TrialComponentName", component)])
}

fn of_trial(call: &Call<'_>, view: &Map) -> bool {
    let (trial, experiment) = (call.text("TrialName"), call.text("ExperimentName"));
    let component = lookup(view, "TrialComponentName").as_str().unwrap_or_default();
    (trial.is_empty() && experiment.is_empty())
        || joined(call, &[("TrialName", trial), ("ExperimentName", experiment), ("TrialComponentName", component)])
}

/// The default depth ("Defaults to 10": API reference).
const DEPTH: i64 = 10;

/// Walks along the associations, first the nearest.
fn query(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let direction = call.input.get("Direction").as_str().unwrap_or("Both");
    let depth = call.input.get("MaxDepth").as_i64().unwrap_or(DEPTH);
    let mut reached: BTreeMap<String, i64> = BTreeMap::new();
    for arn in call.input.get("StartArns").elements() {
        let arn = arn.as_str().unwrap_or_default();
        reached.insert(entity(call, arn)?.arn.clone(), 0);
    }
    let mut walked = BTreeSet::new();
    for step in 0..depth {
        for (source, destination, association) in edges(call) {
            let at = |arn: &str| reached.get(arn) == Some(&step);
            let down = direction != "Ascendants" && at(source);
            let up = direction != "Descendants" && at(destination);
            if down || up {
                walked.insert(association.key.clone());
                let next = if down { destination } else { source };
                reached.entry(next.to_owned()).or_insert(step + 1);
            }
        }
    }
    let filters = call.input.get("Filters").clone();
    let vertices = reached.keys().filter_map(|arn| vertex(call, arn, &filters));
    let vertices: Vec<Value> = vertices.collect();
    let mut reply = match list::page_of(call, "Vertices", vertices)? {
        Value::Map(reply) => reply,
        _ => Map::new(),
    };
    if call.input.get("IncludeEdges").as_bool() != Some(false) {
        let walked = edges(call).filter(|(_, _, one)| walked.contains(&one.key));
        let edges = walked.map(|(_, _, one)| Value::Map(one.members.clone())).collect();
        put(&mut reply, "Edges", Value::List(edges));
    }
    Ok(call.reply(reply))
}

fn vertex(call: &Call<'_>, arn: &str, filters: &Value) -> Option<Value> {
    let object = entity(call, arn).ok()?;
    let lineage = match object.kind {
        "action" => "Action",
        "artifact" => "Artifact",
        "context" => "Context",
        _ => "TrialComponent",
    };
    let kind = kind_of(object);
    let allowed = |member: &str, value: &Value| {
        let requested = filters.get(member).elements();
        requested.is_empty() || requested.contains(value)
    };
    let time = |member: &str| Moment::from_value(filters.get(member));
    // "If multiple pairs are provided, an entity is included in the results if it matches any" (API reference, QueryFilters).
    let properties = filters.get("Properties").as_map().cloned().unwrap_or_default();
    let has =
        |(key, value): (&String, &Value)| object.members.get("Properties").is_some_and(|all| all.get(key) == value);
    let passes = (properties.is_empty() || properties.iter().any(has))
        && allowed("Types", &kind)
        && allowed("LineageTypes", &lineage.into())
        && time("CreatedBefore").is_none_or(|limit| object.created < limit)
        && time("CreatedAfter").is_none_or(|limit| object.created >= limit)
        && time("ModifiedBefore").is_none_or(|limit| object.modified < limit)
        && time("ModifiedAfter").is_none_or(|limit| object.modified >= limit);
    passes.then(|| Value::from([("Arn", arn.into()), ("Type", kind), ("LineageType", lineage.into())]))
}

fn group(call: &Call<'_>) -> Map {
    Map::from([
        ("LineageGroupName".to_owned(), GROUP.into()),
        ("LineageGroupArn".to_owned(), call.scope.arn("lineage-group", GROUP).into()),
        // Assumed: older than anything in it.
        ("CreationTime".to_owned(), GROUP_CREATED.to_value()),
        ("LastModifiedTime".to_owned(), GROUP_CREATED.to_value()),
    ])
}

fn list_groups(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let all = vec![Value::Map(group(call))];
    list::page_of(call, "LineageGroupSummaries", all)
}

fn describe_group(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    check_group(call)?;
    Ok(call.reply(group(call)))
}

/// The group is not shared.
fn no_policy(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    check_group(call)?;
    Err(ServiceError::new(NOT_FOUND, "The lineage group has no resource policy.")) // Assumed wording.
}

fn check_group(call: &Call<'_>) -> Result<(), ServiceError> {
    match name_in(call.text("LineageGroupName")) {
        GROUP => Ok(()),
        // Assumed wording.
        other => Err(ServiceError::new(NOT_FOUND, format!("Lineage group {other} does not exist."))),
    }
}

#[cfg(test)]
mod tests {
    use crate::local::tests::bench::{Bench, names, text};

    fn artifact(bench: &Bench, uri: &str) -> String {
        let input = format!(r#"{{"Source":{{"SourceUri":"{uri}"}},"ArtifactType":"DataSet"}}"#);
        text(&bench.ok("CreateArtifact", &input), "ArtifactArn").to_owned()
    }

    #[test]
    fn there_is_one_artifact_of_a_source() {
        let bench = Bench::new();
        let arn = artifact(&bench, "s3://b/a");
        assert_eq!(arn.rsplit('/').next().unwrap().len(), 32);
        let again = r#"{"Source":{"SourceUri":"s3://b/a"},"ArtifactType":"DataSet"}"#;
        assert!(bench.refused("CreateArtifact", again).contains("already exists"));
        let listed = bench.ok("ListArtifacts", r#"{"SourceUri":"s3://b/a"}"#);
        assert_eq!(names(&listed, "ArtifactSummaries", "ArtifactArn"), [arn]);
        bench.ok("DeleteArtifact", r#"{"Source":{"SourceUri":"s3://b/a"}}"#);
    }

    #[test]
    fn lineage_is_walked_along_associations() {
        let bench = Bench::new();
        let [a, b, c] = ["s3://b/a", "s3://b/b", "s3://b/c"].map(|uri| artifact(&bench, uri));
        for (source, destination) in [(&a, &b), (&b, &c)] {
            bench.ok("AddAssociation", &format!(r#"{{"SourceArn":"{source}","DestinationArn":"{destination}"}}"#));
        }
        let walk = |direction: &str, depth: i64| {
            let input = format!(r#"{{"StartArns":["{b}"],"Direction":"{direction}","MaxDepth":{depth}}}"#);
            let mut arns = names(&bench.ok("QueryLineage", &input), "Vertices", "Arn");
            arns.retain(|arn| *arn != b);
            arns
        };
        assert_eq!(walk("Descendants", 10), [c.as_str()]);
        assert_eq!(walk("Ascendants", 10), [a.as_str()]);
        assert_eq!(walk("Both", 10).len(), 2);
        assert!(bench.refused("DeleteArtifact", &format!(r#"{{"ArtifactArn":"{a}"}}"#)).contains("has associations"));
        bench.ok("DeleteAssociation", &format!(r#"{{"SourceArn":"{a}","DestinationArn":"{b}"}}"#));
        bench.ok("DeleteArtifact", &format!(r#"{{"ArtifactArn":"{a}"}}"#));
    }

    #[test]
    fn experiments_have_trials_and_trials_have_components() {
        let bench = Bench::new();
        bench.ok("CreateExperiment", r#"{"ExperimentName":"e"}"#);
        bench.ok("CreateTrial", r#"{"TrialName":"t","ExperimentName":"e"}"#);
        bench.ok(
            "CreateTrialComponent",
            r#"{"TrialComponentName":"c","Parameters":{"a":{"NumberValue":1},"b":{"StringValue":"x"}}}"#,
        );
        let pair = r#"{"TrialName":"t","TrialComponentName":"c"}"#;
        bench.ok("AssociateTrialComponent", pair);
        let listed = bench.ok("ListTrialComponents", r#"{"ExperimentName":"e"}"#);
        assert_eq!(names(&listed, "TrialComponentSummaries", "TrialComponentName"), ["c"]);
        let listed = bench.ok("ListTrials", r#"{"TrialComponentName":"c"}"#);
        assert_eq!(names(&listed, "TrialSummaries", "TrialName"), ["t"]);
        assert!(bench.refused("DeleteExperiment", r#"{"ExperimentName":"e"}"#).contains("1 or more trials"));
        assert!(bench.refused("DeleteTrial", r#"{"TrialName":"t"}"#).contains("1 or more trial components"));
        assert!(bench.refused("DeleteTrialComponent", r#"{"TrialComponentName":"c"}"#).contains("1 or more trials"));
        bench.ok("UpdateTrialComponent", r#"{"TrialComponentName":"c","ParametersToRemove":["a"]}"#);
        let shown = bench.ok("DescribeTrialComponent", r#"{"TrialComponentName":"c"}"#);
        assert_eq!(shown.get("Parameters").as_map().unwrap().keys().collect::<Vec<_>>(), ["b"]);
        bench.ok("DisassociateTrialComponent", pair);
        bench.ok("DeleteTrialComponent", r#"{"TrialComponentName":"c"}"#);
        bench.ok("DeleteTrial", r#"{"TrialName":"t"}"#);
        bench.ok("DeleteExperiment", r#"{"ExperimentName":"e"}"#);
    }
}
