//! Why data is not enough: an update contains the settings that change, and a removed setting has to be sent as null.

use async_trait::async_trait;
use serde_json::{Map, Value as Json};

use crate::{
    definition::names::cluster_extension as names,
    engine::{CallContext, Failure, Special},
    value::Value,
};

const SETTINGS: &str = names::CONFIGURATION_VALUES;

pub(super) struct ClusterExtension;

#[async_trait]
impl Special for ClusterExtension {
    /// The ARN does not contain the cluster.
    async fn locate(&self, context: CallContext<'_>, id: &str) -> Result<Option<Value>, Failure> {
        if !id.starts_with("arn:") || id.contains(',') {
            return Ok(None);
        }
        let arn = Value::from(id);
        for cluster in context.list("ListClusters", &Value::object(), "ClusterSummaries").await? {
            let cluster = cluster.get("ClusterArn");
            let of_cluster = Value::from([("ClusterArn", cluster.clone())]);
            let extensions = context.list("ListClusterExtensions", &of_cluster, "Extensions").await?;
            if extensions.iter().any(|extension| *extension.get("ExtensionArn") == arn) {
                return Ok(Some(Value::from([(names::CLUSTER_ARN, cluster.clone()), (names::ARN, arn)])));
            }
        }
        Ok(None)
    }

    async fn before_update(
        &self,
        _context: CallContext<'_>,
        prior: &Value,
        planned: &Value,
        input: &mut Value,
    ) -> Result<(), Failure> {
        if !input.get("ConfigurationValues").is_null() {
            let patch = patch(&settings(prior), &settings(planned));
            input.insert("ConfigurationValues", patch.to_string().into());
        }
        Ok(())
    }
}

fn settings(state: &Value) -> Json {
    let text = state.get(SETTINGS).as_str().unwrap_or_default();
    serde_json::from_str(text).unwrap_or_else(|_| Map::new().into())
}

/// The merge patch from `before` to `after`: added and changed members, and removed ones as null.
fn patch(before: &Json, after: &Json) -> Json {
    let (Json::Object(old), Json::Object(new)) = (before, after) else { return after.clone() };
    let gone = old.keys().filter(|name| !new.contains_key(*name)).map(|name| (name.clone(), Json::Null));
    let other = new.iter().filter(|(name, value)| old.get(*name) != Some(*value));
    let other = other.map(|(name, value)| (name.clone(), patch(old.get(name).unwrap_or(&Json::Null), value)));
    Json::Object(gone.chain(other).collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn removed_settings_are_sent_as_null_at_every_level() {
        let before = json!({ "a": 1, "b": { "x": 1, "y": 2 }, "c": [1] });
        let after = json!({ "b": { "x": 1, "z": 3 }, "c": [2], "d": true });
        assert_eq!(patch(&before, &after), json!({ "a": null, "b": { "y": null, "z": 3 }, "c": [2], "d": true }));
        assert_eq!(patch(&before, &before), json!({}));
    }
}
