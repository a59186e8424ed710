//! Hubs, and what they hold: contents of their own, and references to those of the public hub.

use crate::{
    local::{
        error::ServiceError,
        kind::{Behavior, Call, Draft, Kind, List, NEWEST_FIRST, ORDINARY, Parent},
        lifecycle::{LIFECYCLE, Lifecycle},
        operations::{
            ids::token,
            members::{default, put},
            ordinary::{accept_revision, if_stable},
            references::identity,
        },
        storage::store::{Object, Region},
    },
    value::{Map, Value},
};

pub(in crate::local) static KINDS: &[&Kind] = &[&HUB, &CONTENT];

static HUB: Kind = Kind {
    noun: "Hub",
    id: "hub",
    name: "HubName",
    arn: "HubArn",
    operations: &[("ListHubs", Behavior::List(List { fields: &[("AccountIdOwner", "HubArn")], ..NEWEST_FIRST }))],
    lifecycle: Some(Lifecycle {
        status: "HubStatus",
        creating: &["Creating"],
        created: Some("InService"),
        failed: Some("CreateFailed"),
        updating: Some("Updating"),
        update_failed: Some("UpdateFailed"),
        deleting: Some("Deleting"),
        ..LIFECYCLE
    }),
    ..ORDINARY
};

static CONTENT: Kind = Kind {
    noun: "HubContent",
    id: "hub-content",
    name: "HubContentName",
    arn: "HubContentArn",
    identity: &["HubName", "HubContentType", "HubContentName", "HubContentVersion"],
    path: |identity| identity.join("/"),
    locate: Some(locate),
    parents: &[Parent { kind: &HUB, member: "HubName", blocks_deletion: true }],
    operations: &[
        ("ImportHubContent", Behavior::Create(import)),
        ("CreateHubContentReference", Behavior::Create(refer)),
        ("UpdateHubContentReference", Behavior::Amend(accept_revision)),
        ("DeleteHubContentReference", Behavior::Delete(if_stable)),
        ("ListHubContents", Behavior::List(List { keep: latest_of_type, ..BY_HUB })),
        ("ListHubContentVersions", Behavior::List(BY_HUB)),
        ("CreateHubContentPresignedUrls", Behavior::Other(presign)),
    ],
    renamed: &[("MinVersion", "ReferenceMinVersion")],
    repeated: &[("OriginalCreationTime", "CreationTime")],
    // Assumed: the default is `Supported`.
    defaults: &[("SupportStatus", "Supported")],
    lifecycle: Some(Lifecycle {
        status: "HubContentStatus",
        creating: &["Importing"],
        created: Some("Available"),
        failed: Some("ImportFailed"),
        deleting: Some("Deleting"),
        ..LIFECYCLE
    }),
    ..ORDINARY
};

const REFERENCE: &str = "ModelReference";
const FIRST_VERSION: &str = "1.0.0";

const BY_HUB: List = List {
    // Versions are not compared.
    others: &["MinVersion", "MaxSchemaVersion"],
    ..NEWEST_FIRST
};

fn import(call: &mut Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    default(&mut draft.members, "HubContentVersion", FIRST_VERSION);
    add_to_hub(call, draft)
}

/// The name is that of the public content, unless the input has one; the rest of the public content is invented.
fn refer(call: &mut Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    let public = call.text("SageMakerPublicHubContentArn").to_owned();
    let name = public.rsplit('/').next().unwrap_or_default();
    let members = &mut draft.members;
    default(members, "HubContentName", name);
    put(members, "HubContentType", REFERENCE);
    let version = call.input.get("MinVersion").as_str().unwrap_or(FIRST_VERSION);
    put(members, "HubContentVersion", version);
    put(members, "DocumentSchemaVersion", "2.3.0");
    put(members, "HubContentDocument", "{}");
    put(members, "HubContentDisplayName", name);
    add_to_hub(call, draft)
}

/// Adds the draft to its hub.
fn add_to_hub(call: &Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    let hub = call.find(&HUB, call.text("HubName"))?;
    let members = &mut draft.members;
    put(members, "HubName", hub.name.as_str());
    put(members, "HubArn", hub.arn.as_str());
    let shown = Value::Map(members.clone());
    draft.key = (CONTENT.path)(&identity(&CONTENT, &shown));
    draft.name = shown.get("HubContentName").as_str().unwrap_or_default().to_owned();
    if shown.get("HubContentType").as_str() == Some(REFERENCE) && versions(call.region, &draft.key).next().is_some() {
        return Err(call.exists(&CONTENT, &call.scope.arn(CONTENT.resource_type(), &draft.key), &draft.name));
    }
    Ok(())
}

/// What has the same hub, type and name as the one of this key.
fn versions<'a>(region: &'a Region, key: &str) -> impl Iterator<Item = &'a Object> + use<'a> {
    let stem = key.to_lowercase().rsplit_once('/').map(|(stem, _)| format!("{stem}/")).unwrap_or_default();
    region.of_kind(CONTENT.id).filter(move |one| one.key.starts_with(&stem))
}

/// The newest version of an unversioned ARN, as used in references (hashicorp/aws uses them so).
pub(in crate::local) fn newest<'a>(region: &'a Region, kind: &Kind, unversioned: &str) -> Option<&'a Object> {
    let all = versions(region, &format!("{unversioned}/")).filter(|_| kind.id == CONTENT.id);
    all.max_by_key(|one| one.serial)
}

/// Of the version, or the newest.
fn locate(call: &Call<'_>) -> Result<String, ServiceError> {
    call.find(&HUB, call.text("HubName"))?;
    let key = (CONTENT.path)(&identity(&CONTENT, &call.input)).to_lowercase();
    if !call.text("HubContentVersion").is_empty() {
        return Ok(key);
    }
    let newest = versions(call.region, &key).max_by_key(|one| one.serial).map(|one| one.key.clone());
    Ok(newest.unwrap_or(key))
}

/// Of each content only the newest version.
fn latest_of_type(call: &Call<'_>, view: &Map) -> bool {
    let shown = Value::Map(view.clone());
    let key = (CONTENT.path)(&identity(&CONTENT, &shown)).to_lowercase();
    let newest = versions(call.region, &key).max_by_key(|one| one.serial);
    newest.is_some_and(|newest| newest.key == key)
}

fn presign(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let content = call.named(&CONTENT)?;
    let token = token(&content.arn, call.now);
    let url = format!("https://hub.{}.amazonaws.com/{}?token={token}", call.scope.region, content.key);
    let file = Value::from([("Url", url.into()), ("LocalPath", "/model.tar.gz".into())]);
    Ok(Value::from([("AuthorizedUrlConfigs", Value::List(vec![file]))]))
}

#[cfg(test)]
mod tests {
    use crate::local::tests::bench::{Bench, names, text};

    const HUB: &str = r#"{"HubName":"Team"}"#;

    fn with_hub() -> Bench {
        let bench = Bench::new();
        bench.ok("CreateHub", r#"{"HubName":"Team","HubDescription":"ours"}"#);
        bench.wait();
        bench
    }

    fn import(bench: &Bench, version: &str) {
        bench.ok(
            "ImportHubContent",
            &format!(
                r#"{{"HubName":"Team","HubContentType":"Model","HubContentName":"bert","HubContentVersion":"{version}",
                "DocumentSchemaVersion":"2.0.0","HubContentDocument":"{{}}"}}"#
            ),
        );
        bench.wait();
    }

    #[test]
    fn contents_have_versions_and_the_newest_is_the_default() {
        let bench = with_hub();
        import(&bench, "1.0.0");
        import(&bench, "1.1.0");
        let one = r#"{"HubName":"Team","HubContentType":"Model","HubContentName":"bert"}"#;
        let shown = bench.ok("DescribeHubContent", one);
        assert_eq!(text(&shown, "HubContentVersion"), "1.1.0");
        assert!(text(&shown, "HubContentArn").ends_with(":hub-content/Team/Model/bert/1.1.0"));
        let listed = |operation: &str, input: &str| {
            names(&bench.ok(operation, input), "HubContentSummaries", "HubContentVersion")
        };
        assert_eq!(listed("ListHubContents", r#"{"HubName":"Team","HubContentType":"Model"}"#), ["1.1.0"]);
        assert_eq!(listed("ListHubContentVersions", one), ["1.1.0", "1.0.0"]);
    }

    #[test]
    fn a_hub_with_contents_cannot_be_deleted() {
        let bench = with_hub();
        import(&bench, "1.0.0");
        assert!(bench.refused("DeleteHub", HUB).starts_with("ResourceInUse: "));
        bench.ok(
            "DeleteHubContent",
            r#"{"HubName":"Team","HubContentType":"Model","HubContentName":"bert","HubContentVersion":"1.0.0"}"#,
        );
        bench.wait();
        bench.ok("DeleteHub", HUB);
        bench.wait();
        assert!(bench.refused("DescribeHub", HUB).starts_with("ResourceNotFound: "));
    }

    #[test]
    fn a_reference_takes_the_name_of_what_it_refers_to() {
        let bench = with_hub();
        let public = "arn:aws:sagemaker:eu-central-1:aws:hub-content/SageMakerPublicHub/Model/bert";
        let refer = format!(r#"{{"HubName":"Team","SageMakerPublicHubContentArn":"{public}","MinVersion":"1.0.0"}}"#);
        let created = bench.ok("CreateHubContentReference", &refer);
        assert!(text(&created, "HubContentArn").ends_with(":hub-content/Team/ModelReference/bert/1.0.0"));
        bench.wait();
        let one = r#"{"HubName":"Team","HubContentType":"ModelReference","HubContentName":"bert"}"#;
        let change =
            r#"{"HubName":"Team","HubContentType":"ModelReference","HubContentName":"bert","MinVersion":"1.2.0"}"#;
        bench.ok("UpdateHubContentReference", change);
        assert_eq!(text(&bench.ok("DescribeHubContent", one), "ReferenceMinVersion"), "1.2.0");
        bench.ok("DeleteHubContentReference", one);
        bench.wait();
        assert!(bench.refused("DescribeHubContent", one).starts_with("ResourceNotFound: "));
    }
}
