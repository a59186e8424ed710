//! Extensions of HyperPod clusters.

use super::clusters::{self, IN_CLUSTER};
use crate::{
    local::{
        error::{CONFLICT, ServiceError},
        json,
        kind::{Behavior, Call, Draft, Kind, ORDINARY, Revision},
        lifecycle::{LIFECYCLE, Lifecycle},
        operations::{
            ids::{LOWERCASE, generate},
            list,
            members::{lookup, put},
        },
        storage::store::Object,
    },
    value::{Map, Value},
};

pub(in crate::local) static KIND: Kind = Kind {
    noun: "ClusterExtension",
    id: "extension",
    name: "ExtensionName",
    arn: "ExtensionArn",
    identity: &["ExtensionArn"],
    parents: &[IN_CLUSTER],
    operations: &[
        ("CreateClusterExtension", Behavior::Create(fill_extension)),
        ("UpdateClusterExtension", Behavior::Amend(update_extension)),
        ("DescribeClusterExtension", Behavior::Describe(show_extension)),
        ("ListClusterExtensionVersions", Behavior::Other(list_versions)),
    ],
    wrapper: Some("ExtensionDetails"),
    // Assumed.
    defaults: &[("ExtensionVersion", FIRST_VERSION)],
    lifecycle: Some(Lifecycle {
        creating: &["Creating"],
        created: Some("Active"),
        failed: Some("CreateFailed"),
        updating: Some("Updating"),
        update_failed: Some("UpdateFailed"),
        deleting: Some("Deleting"),
        reason: None,
        ..LIFECYCLE
    }),
    ..ORDINARY
};

const FIRST_VERSION: &str = "1.0.0";

fn fill_extension(call: &mut Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    let cluster = call.find(&clusters::KIND, call.text("ClusterArn"))?;
    let name = call.text("ExtensionName");
    let same = |one: &&Object| one.name == name && lookup(&one.members, "ClusterArn") == call.input.get("ClusterArn");
    if let Some(other) = call.region.of_kind(KIND.id).find(same) {
        return Err(call.refusal(&KIND, &KIND.exists, &[CONFLICT], &other.arn, name));
    }
    let id = generate(&format!("{}{name}{}", cluster.key, call.region.count()), LOWERCASE, 12);
    draft.key = format!("sagemaker-{}/{name}/{id}", cluster.key);
    draft.name = name.to_owned();
    Ok(())
}

/// "Settings that you omit keep their current values. A setting with the value null is removed"; "The version must be
/// later than the extension's current version" (API reference). The same version is taken to be no change; the wording
/// is assumed.
fn update_extension(call: &Call<'_>, revision: &mut Revision) -> Result<(), ServiceError> {
    let old = &call.named(&KIND)?.members;
    let version = |value: &Value| -> Vec<u64> {
        value.as_str().unwrap_or_default().split('.').map(|part| part.parse().unwrap_or_default()).collect()
    };
    let (before, after) = (lookup(old, "ExtensionVersion"), call.input.get("ExtensionVersion"));
    if !after.is_null() && version(after) < version(before) {
        return Err(ServiceError::validation(format!("{after} is earlier than {before}.")));
    }
    if let Some(given) = call.input.get(SETTINGS).as_str() {
        let settings =
            |text: &str| json::read(text.as_bytes()).map_err(|_| ServiceError::validation("No JSON object."));
        let before = lookup(old, SETTINGS).as_str().map_or(Ok(Value::object()), settings)?;
        put(&mut revision.members, SETTINGS, json::write(&merged(&before, &settings(given)?)));
    }
    Ok(())
}

const SETTINGS: &str = "ConfigurationValues";

/// As JSON merge patch says.
fn merged(before: &Value, patch: &Value) -> Value {
    let (Value::Map(old), Value::Map(patch)) = (before, patch) else { return patch.clone() };
    let mut all = old.clone();
    for (name, value) in patch {
        if value.is_null() {
            all.remove(name);
        } else {
            let before = old.get(name).unwrap_or(&Value::Null);
            all.insert(name.clone(), merged(before, value));
        }
    }
    Value::Map(all)
}

fn show_extension(call: &Call<'_>, extension: &Object, view: &mut Map) -> Result<(), ServiceError> {
    let cluster = call.find(&clusters::KIND, lookup(&extension.members, "ClusterArn").as_str().unwrap_or_default())?;
    let count = i64::try_from(clusters::nodes(cluster).len()).unwrap_or(i64::MAX);
    put(view, "NodeSummary", Value::from([("TotalCount", count.into()), ("ActiveCount", count.into())]));
    put(view, "Health", Value::from([("Issues", Value::List(Vec::new()))]));
    Ok(())
}

fn list_versions(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let version = Value::from([("ExtensionVersion", FIRST_VERSION.into())]);
    list::page_of(call, "ExtensionVersions", vec![version])
}

#[cfg(test)]
mod tests {
    use crate::local::{kinds::clusters::tests::with_cluster, tests::bench::text};

    #[test]
    fn an_extension_belongs_to_a_cluster() {
        let (bench, arn) = with_cluster();
        let create = format!(r#"{{"ClusterArn":"{arn}","ExtensionName":"observer"}}"#);
        let extension = text(&bench.ok("CreateClusterExtension", &create), "ExtensionArn").to_owned();
        bench.wait();
        let one = format!(r#"{{"ClusterArn":"{arn}","ExtensionArn":"{extension}"}}"#);
        let shown = bench.ok("DescribeClusterExtension", &one);
        assert_eq!(text(shown.get("ExtensionDetails"), "Status"), "Active");
        assert_eq!(shown.get("NodeSummary").get("TotalCount"), &3.into());
        assert!(bench.refused("CreateClusterExtension", &create).contains("already exists"));
        let set = |settings: &str| one.replace('}', &format!(r#","ConfigurationValues":"{settings}"}}"#));
        for settings in [r#"{\"a\":1,\"b\":{\"c\":2}}"#, r#"{\"a\":null,\"b\":{\"d\":3}}"#] {
            bench.ok("UpdateClusterExtension", &set(settings));
            bench.wait();
        }
        let shown = bench.ok("DescribeClusterExtension", &one);
        assert_eq!(text(shown.get("ExtensionDetails"), "ConfigurationValues"), r#"{"b":{"c":2,"d":3}}"#);
    }
}
