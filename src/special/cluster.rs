//! Why data is not enough: the software of a group's instances is updated by a separate operation, and the cluster
//! rejects other changes meanwhile.

use std::time::Duration;

use async_trait::async_trait;

use crate::{
    definition::names::cluster as names,
    diag::{Diagnostic, Diagnostics},
    engine::{CallContext, Failure, Special},
    value::{Path, Value},
};

/// The timeout of an update of the cluster.
const UPDATE_WITHIN: Duration = Duration::from_secs(4 * 60 * 60);

const GROUPS: &str = names::INSTANCE_GROUPS;

/// The software settings of a group, by attribute and by member.
const SOFTWARE: &[(&str, &str)] =
    &[(names::IMAGE_ID, "ImageId"), (names::IMAGE_RELEASE_VERSION, "ImageReleaseVersion")];

pub(super) struct Cluster;

#[async_trait]
impl Special for Cluster {
    /// The service returns the image that is the current default, which cannot be compared with the configuration.
    fn validate(&self, config: &Value, diagnostics: &mut Diagnostics) {
        for (place, group) in config.get(GROUPS).elements().iter().enumerate() {
            if group.get(names::IMAGE_ID).as_str() == Some("default") {
                let path = Path::attribute(GROUPS).index(place).then(names::IMAGE_ID);
                let detail = "Omit `image_id` to use the default image of the service. For a group that has another image, also \
                              invoke the action `sagemaker_update_cluster_software` with `image_id = \"default\"`.";
                diagnostics.push(Diagnostic::error("`default` is not an image", detail).at(&path));
            }
        }
    }

    /// An ARN ends in an id, and the service accepts the complete ARN as a name.
    async fn locate(&self, context: CallContext<'_>, id: &str) -> Result<Option<Value>, Failure> {
        if !id.starts_with("arn:") {
            return Ok(None);
        }
        let input = Value::from([("ClusterName", id.into())]);
        let name = context.call("DescribeCluster", &input).await?.get("ClusterName").clone();
        Ok(Some(Value::from([(names::ID, name.clone()), (names::CLUSTER_NAME, name)])))
    }

    async fn before_update(
        &self,
        context: CallContext<'_>,
        prior: &Value,
        planned: &Value,
        input: &mut Value,
    ) -> Result<(), Failure> {
        let updates = updates_of_software(prior, planned, input);
        if updates.is_empty() {
            return Ok(());
        }
        let pauses = context.pauses_of_update(planned, UPDATE_WITHIN);
        for update in &updates {
            context.call("UpdateClusterSoftware", update).await?;
            context.when_stable(prior, &pauses).await?;
        }
        if changes_only_software(prior.get(GROUPS), planned.get(GROUPS)) {
            let others = input.as_map().into_iter().flatten().filter(|(member, _)| *member != "InstanceGroups");
            *input = Value::Map(others.map(|(member, value)| (member.clone(), value.clone())).collect());
        }
        Ok(())
    }
}

/// One request body for each existing group with a planned change of software.
fn updates_of_software(prior: &Value, planned: &Value, input: &Value) -> Vec<Value> {
    let groups = planned.get(GROUPS).elements().iter().filter_map(|after| {
        let before = of_name(prior.get(GROUPS), names::INSTANCE_GROUP_NAME, after.get(names::INSTANCE_GROUP_NAME))?;
        let given = of_name(input.get("InstanceGroups"), "InstanceGroupName", after.get(names::INSTANCE_GROUP_NAME))?;
        let differs = |attribute: &str| {
            let expected = after.get(attribute);
            !expected.is_null() && !expected.is_unknown() && expected != before.get(attribute)
        };
        let is_new: Vec<&str> =
            SOFTWARE.iter().filter(|(attribute, _)| differs(attribute)).map(|(_, member)| *member).collect();
        (!is_new.is_empty()).then_some((given, is_new))
    });
    let body = |(given, is_new): (&Value, Vec<&str>)| {
        let mut group = Value::from([("InstanceGroupName", given.get("InstanceGroupName").clone())]);
        let mut body = Value::from([("ClusterName", prior.get(names::CLUSTER_NAME).clone())]);
        if is_new.contains(&"ImageReleaseVersion") {
            group.insert("ImageReleaseVersion", given.get("ImageReleaseVersion").clone());
        }
        // API reference, UpdateClusterSoftware: always needed for a group with an image of the user.
        let image = given.get("ImageId");
        if !image.is_null() {
            body.insert("ImageId", image.clone());
        }
        let deployment = given.get("ScheduledUpdateConfig").get("DeploymentConfig");
        if !deployment.is_null() {
            body.insert("DeploymentConfig", deployment.clone());
        }
        body.insert("InstanceGroups", Value::List(vec![group]));
        body
    };
    groups.map(body).collect()
}

fn of_name<'a>(list: &'a Value, member: &str, name: &Value) -> Option<&'a Value> {
    list.elements().iter().find(|element| element.get(member) == name)
}

/// True if only software changes in any group.
fn changes_only_software(before: &Value, after: &Value) -> bool {
    let (before, after) = (before.elements(), after.elements());
    before.len() == after.len()
        && after.iter().all(|after| {
            let old =
                before.iter().find(|one| one.get(names::INSTANCE_GROUP_NAME) == after.get(names::INSTANCE_GROUP_NAME));
            let mut members = after.as_map().into_iter().flatten();
            old.is_some_and(|old| {
                members.all(|(name, value)| {
                    let software = SOFTWARE.iter().any(|(attribute, _)| attribute == name);
                    software || value.is_unknown() || value == old.get(name)
                })
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(name: &str, count: i64, version: Value) -> Value {
        Value::from([
            (names::INSTANCE_GROUP_NAME, name.into()),
            (names::INSTANCE_COUNT, count.into()),
            (names::IMAGE_RELEASE_VERSION, version),
        ])
    }

    fn cluster(groups: Vec<Value>) -> Value {
        Value::from([(names::CLUSTER_NAME, "pod".into()), (GROUPS, Value::List(groups))])
    }

    #[test]
    fn only_existing_groups_with_a_known_new_version_are_updated() {
        let before = cluster(vec![group("a", 1, "1.0.0".into()), group("b", 1, "1.0.0".into())]);
        let after = cluster(vec![
            group("new", 1, "1.1.0".into()),
            group("b", 2, Value::unknown()),
            group("a", 1, "1.1.0".into()),
        ]);
        let given =
            |name: &str| Value::from([("InstanceGroupName", name.into()), ("ImageReleaseVersion", "1.1.0".into())]);
        let input = Value::from([("InstanceGroups", Value::List(vec![given("new"), given("b"), given("a")]))]);
        let updates: Vec<String> =
            updates_of_software(&before, &after, &input).iter().map(ToString::to_string).collect();
        assert_eq!(
            updates,
            [r#"{ClusterName = "pod", InstanceGroups = [{ImageReleaseVersion = "1.1.0", InstanceGroupName = "a"}]}"#]
        );
    }

    #[test]
    fn the_order_of_groups_is_no_change() {
        let old = || group("a", 1, "1.0.0".into());
        let before = Value::List(vec![old(), group("b", 1, "1.0.0".into())]);
        assert!(changes_only_software(&before, &Value::List(vec![group("b", 1, "1.1.0".into()), old()])));
        assert!(!changes_only_software(&before, &Value::List(vec![group("b", 2, "1.1.0".into()), old()])));
        assert!(!changes_only_software(&before, &Value::List(vec![group("b", 1, "1.1.0".into())])));
    }
}
