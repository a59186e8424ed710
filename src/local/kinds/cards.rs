//! Model cards, their versions, and their exports.

use super::versions;
use crate::{
    local::{
        error::ServiceError,
        kind::{Behavior, Call, Draft, Kind, List, NEWEST_FIRST, ORDINARY, Parent, Revision},
        lifecycle::{LIFECYCLE, Lifecycle},
        operations::{
            list::{self, Listing},
            members::{default, put},
        },
        storage::store::Object,
    },
    value::{Map, Value},
};

pub(in crate::local) static KINDS: &[&Kind] = &[&CARD, &EXPORT_JOB];

static CARD: Kind = Kind {
    noun: "ModelCard",
    id: "model-card",
    name: "ModelCardName",
    arn: "ModelCardArn",
    operations: &[
        ("CreateModelCard", Behavior::Create(first_version)),
        ("DescribeModelCard", Behavior::Describe(show)),
        ("UpdateModelCard", Behavior::Amend(next_version)),
        ("ListModelCardVersions", Behavior::Other(list_versions)),
    ],
    lifecycle: Some(Lifecycle {
        status: "ModelCardProcessingStatus",
        deleting: Some("DeleteInProgress"),
        reason: None,
        ..LIFECYCLE
    }),
    ..ORDINARY
};

static EXPORT_JOB: Kind = Kind {
    noun: "ModelCardExportJob",
    id: "model-card-export-job",
    resource_type: Some("model-card"),
    name: "ModelCardExportJobName",
    arn: "ModelCardExportJobArn",
    identity: &["ModelCardName", "ModelCardExportJobName"],
    path: |identity| identity.join("/export-job/").to_lowercase(),
    locate: Some(|call| call.scope.key_of(call.text("ModelCardExportJobArn"), EXPORT_JOB.resource_type())),
    parents: &[Parent { kind: &CARD, member: "ModelCardName", blocks_deletion: false }],
    operations: &[
        ("CreateModelCardExportJob", Behavior::Create(fill_export_job)),
        (
            "ListModelCardExportJobs",
            Behavior::List(List { fields: &[("ModelCardName", "ModelCardName")], ..NEWEST_FIRST }),
        ),
    ],
    repeated: &[("CreatedAt", "CreationTime"), ("LastModifiedAt", "LastModifiedTime")],
    lifecycle: Some(Lifecycle {
        creating: &["InProgress"],
        created: Some("Completed"),
        failed: Some("Failed"),
        ..LIFECYCLE
    }),
    ..ORDINARY
};

/// What belongs to a version.
const OF_VERSION: [&str; 4] = ["Content", "ModelCardStatus", "ModelCardVersion", "LastModifiedTime"];

fn first_version(call: &mut Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    let members = &mut draft.members;
    put(members, "ModelCardVersion", 1);
    let version = snapshot(call, members);
    versions::set(members, vec![version]);
    Ok(())
}

fn snapshot(call: &Call<'_>, members: &Map) -> Value {
    let mut version = versions::snapshot(call, members, &OF_VERSION);
    put(&mut version, "LastModifiedTime", call.now.to_value());
    Value::Map(version)
}

/// That new content creates a version and a new status does not is assumed.
fn next_version(call: &Call<'_>, revision: &mut Revision) -> Result<(), ServiceError> {
    let content = !call.input.get("Content").is_null();
    let members = &mut revision.members;
    let mut versions = versions::of(members).to_vec();
    let mut replaced = None;
    if content {
        let number = i64::try_from(versions.len()).unwrap_or(i64::MAX - 1);
        put(members, "ModelCardVersion", number + 1);
    } else {
        replaced = versions.pop();
    }
    versions.push(versions::since(replaced.as_ref(), snapshot(call, members)));
    versions::set(members, versions);
    Ok(())
}

fn show(call: &Call<'_>, card: &Object, view: &mut Map) -> Result<(), ServiceError> {
    let requested = call.input.get("ModelCardVersion");
    if !requested.is_null() {
        let versions = versions::of(&card.members);
        let Some(Value::Map(version)) = versions.iter().find(|version| version.get("ModelCardVersion") == requested)
        else {
            return Err(call.not_found(&CARD, &card.key, &card.name));
        };
        view.extend(version.clone());
    }
    if call.text("IncludedData") == "MetadataOnly" {
        // It is required in the reply.
        put(view, "Content", "");
    }
    Ok(())
}

fn list_versions(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let card = call.named(&CARD)?;
    let versions = versions::listed(call, card, versions::of(&card.members).iter());
    let listing = Listing { fields: &[("Version", "ModelCardVersion")], descending: true };
    list::page_in(call, "ModelCardVersionSummaryList", &listing, versions)
}

fn fill_export_job(call: &mut Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    let card = call.find(&CARD, call.text("ModelCardName"))?;
    let version = card.members.get("ModelCardVersion").cloned().unwrap_or_default();
    let members = &mut draft.members;
    put(members, "ModelCardName", card.name.as_str());
    default(members, "ModelCardVersion", version);
    let path = call.input.get("OutputConfig").get("S3OutputPath").as_str().unwrap_or_default();
    let document = format!("{}/{}/{}.pdf", path.trim_end_matches('/'), draft.key, draft.name);
    put(&mut draft.results, "ExportArtifacts", Value::from([("S3ExportArtifacts", document.into())]));
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::local::tests::bench::{Bench, text};

    const NAME: &str = r#"{"ModelCardName":"churn"}"#;

    fn with_card() -> Bench {
        let bench = Bench::new();
        bench.ok("CreateModelCard", r#"{"ModelCardName":"churn","Content":"{}","ModelCardStatus":"Draft"}"#);
        bench
    }

    #[test]
    fn new_content_creates_a_version_and_keeps_old_ones() {
        let bench = with_card();
        bench.ok("UpdateModelCard", r#"{"ModelCardName":"churn","Content":"{\"a\":1}"}"#);
        bench.ok("UpdateModelCard", r#"{"ModelCardName":"churn","ModelCardStatus":"Approved"}"#);
        let shown = bench.ok("DescribeModelCard", NAME);
        assert_eq!((text(&shown, "ModelCardStatus"), text(&shown, "Content")), ("Approved", "{\"a\":1}"));
        let first = bench.ok("DescribeModelCard", r#"{"ModelCardName":"churn","ModelCardVersion":1}"#);
        assert_eq!((text(&first, "ModelCardStatus"), text(&first, "Content")), ("Draft", "{}"));
        let versions = bench.ok("ListModelCardVersions", NAME);
        assert_eq!(versions.get("ModelCardVersionSummaryList").elements().len(), 2);
        let both = r#"{"ModelCardName":"churn","Content":"{}","ModelCardStatus":"Draft"}"#;
        assert!(bench.refused("UpdateModelCard", both).contains("At most one of Content, ModelCardStatus"));
        let text = r#"{"ModelCardName":"churn","Content":"no JSON"}"#;
        assert!(bench.refused("UpdateModelCard", text).contains("Content must be a JSON document"));
    }

    #[test]
    fn a_card_is_deleted_after_a_while() {
        let bench = with_card();
        bench.ok("DeleteModelCard", NAME);
        assert_eq!(text(&bench.ok("DescribeModelCard", NAME), "ModelCardProcessingStatus"), "DeleteInProgress");
        bench.wait();
        assert!(bench.refused("DescribeModelCard", NAME).starts_with("ResourceNotFound: "));
    }

    #[test]
    fn an_export_is_identified_by_its_arn() {
        let bench = with_card();
        let export =
            r#"{"ModelCardName":"churn","ModelCardExportJobName":"e","OutputConfig":{"S3OutputPath":"s3://b/p"}}"#;
        let arn = text(&bench.ok("CreateModelCardExportJob", export), "ModelCardExportJobArn").to_owned();
        assert!(arn.ends_with(":model-card/churn/export-job/e"), "{arn}");
        bench.wait();
        let shown = bench.ok("DescribeModelCardExportJob", &format!(r#"{{"ModelCardExportJobArn":"{arn}"}}"#));
        assert_eq!(text(&shown, "Status"), "Completed");
        assert!(text(shown.get("ExportArtifacts"), "S3ExportArtifacts").starts_with("s3://b/p/"));
        let listed = bench.ok("ListModelCardExportJobs", NAME);
        assert_eq!(listed.get("ModelCardExportJobSummaries").elements().len(), 1);
    }
}
