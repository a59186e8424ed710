//! HyperPod clusters and their nodes.

use super::lifecycles::IN_SERVICE;
use crate::{
    local::{
        error::{NOT_FOUND, ServiceError},
        kind::{Behavior, Call, Draft, GeneratedId, Kind, List, OLDEST_FIRST, ORDINARY, Parent, Revision},
        lifecycle::Lifecycle,
        operations::{
            ids::{HEXADECIMAL, LOWERCASE, generate},
            list::{self, Listing},
            members::{default, each, elements, lookup, put, within},
        },
        storage::store::Object,
    },
    value::{Map, Value},
};

pub(in crate::local) static KIND: Kind = Kind {
    noun: "Cluster",
    merged: &["AutoScaling", "TieredStorageConfig"], // assumed
    id: "cluster",
    name: "ClusterName",
    arn: "ClusterArn",
    generated_id: Some(GeneratedId { prefix: "", alphabet: LOWERCASE, length: 12, member: None, unique: true }),
    operations: &[
        ("CreateCluster", Behavior::Create(fill_cluster)),
        ("UpdateCluster", Behavior::Amend(update_cluster)),
        ("UpdateClusterSoftware", Behavior::Amend(update_software)),
        ("ListClusters", Behavior::List(List { others: &["TrainingPlanArn"], keep: of_plan, ..OLDEST_FIRST })),
        ("DescribeClusterNode", Behavior::Other(describe_node)),
        ("ListClusterNodes", Behavior::Other(list_nodes)),
        ("BatchAddClusterNodes", Behavior::Other(add_nodes)),
        ("BatchDeleteClusterNodes", Behavior::Other(delete_nodes)),
        ("BatchRebootClusterNodes", Behavior::Other(find_nodes)),
        ("BatchReplaceClusterNodes", Behavior::Other(find_nodes)),
        ("AttachClusterNodeVolume", Behavior::Other(|call| volume(call, "attached"))),
        ("DetachClusterNodeVolume", Behavior::Other(|call| volume(call, "detached"))),
        ("AttachClusterNodeNetworkInterface", Behavior::Other(attach_interface)),
        ("StartClusterHealthCheck", Behavior::Other(check_health)),
        ("ListClusterEvents", Behavior::Other(|call| nothing_of(call, "Events"))),
        ("DescribeClusterEvent", Behavior::Other(nothing)),
        ("ListClusterOperations", Behavior::Other(|call| nothing_of(call, "ClusterOperationSummaries"))),
        ("DescribeClusterOperation", Behavior::Other(nothing)),
    ],
    // Required in replies.
    defaults: &[("InstanceGroups", "[]"), ("AutoScaling.Status", "InService")],
    lifecycle: Some(Lifecycle { status: "ClusterStatus", reason: Some("FailureMessage"), ..IN_SERVICE }),
    ..ORDINARY
};

/// The clusters that use a training plan.
fn of_plan(call: &Call<'_>, view: &Map) -> bool {
    let plan = call.input.get("TrainingPlanArn");
    let groups = GROUPS.iter().flat_map(|member| elements(view, member));
    plan.is_null() || groups.into_iter().any(|group| group.get("TrainingPlanArn") == plan)
}

/// What belongs to a cluster names it, but does not keep it from being deleted.
pub(super) const IN_CLUSTER: Parent = Parent { kind: &KIND, member: "ClusterArn", blocks_deletion: false };

/// Not shown by describing a cluster, but by listing and describing nodes.
pub(super) const NODES: &str = "Nodes";
/// The name of a group, in groups and in nodes.
pub(super) const GROUP: &str = "InstanceGroupName";
pub(super) const GROUPS: [&str; 2] = ["InstanceGroups", "RestrictedInstanceGroups"];

fn fill_cluster(call: &mut Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    let members = &mut draft.members;
    for groups in GROUPS {
        each(members, groups, detail_group);
    }
    share(members);
    let cluster = draft.key.clone();
    count_nodes(call, &cluster, &mut draft.members);
    Ok(())
}

/// What describes the software of a group.
const IMAGE: [&str; 4] =
    ["CurrentImageId", "DesiredImageId", "CurrentImageReleaseVersion", "DesiredImageReleaseVersion"];

/// Adds the target and the current values of a group to the description of the cluster; here they are always equal.
fn detail_group(group: &mut Map) {
    put(group, "Status", "InService");
    for (given, shown) in [
        ("InstanceCount", ["CurrentCount", "TargetCount"]),
        ("MinInstanceCount", ["MinCount", "MinCount"]),
        ("ImageId", ["CurrentImageId", "DesiredImageId"]),
        ("ImageReleaseVersion", ["CurrentImageReleaseVersion", "DesiredImageReleaseVersion"]),
    ] {
        if let Some(value) = group.remove(given) {
            for member in shown {
                put(group, member, value.clone());
            }
        }
    }
    // Assumed: no hyper-threading by default.
    default(group, "ThreadsPerCore", 1);
    within(group, "InstanceRequirements", |inner| twice(inner, &["InstanceTypes"]));
    within(group, "KubernetesConfig", |inner| twice(inner, &["Labels", "Taints"]));
    within(group, "AutoPatchConfig", |inner| twice(inner, &["PatchSchedule"]));
}

/// Shows what was given as current and as desired.
fn twice(members: &mut Map, names: &[&str]) {
    for name in names {
        if let Some(value) = members.remove(*name) {
            put(members, &format!("Current{name}"), value.clone());
            put(members, &format!("Desired{name}"), value);
        }
    }
}

fn share(members: &mut Map) {
    within(members, "RestrictedInstanceGroupsConfig", |config| {
        within(config, "SharedEnvironmentConfig", |shared| {
            twice(shared, &["FSxLustreConfig", "FSxLustreDeletionPolicy"]);
        });
    });
}

/// Groups in the input are changed or added, those to delete are removed, all others stay.
fn update_cluster(call: &Call<'_>, revision: &mut Revision) -> Result<(), ServiceError> {
    let old = call.named(&KIND)?.members.clone();
    let cluster = call.named(&KIND)?.key.clone();
    let members = &mut revision.members;
    members.remove("InstanceGroupsToDelete");
    let deleted = call.input.get("InstanceGroupsToDelete").elements();
    for groups in GROUPS {
        let before = elements(&old, groups);
        let given = call.input.get(groups).elements();
        let name = |group: &Value| group.get(GROUP).clone();
        let mut all: Vec<Value> = Vec::new();
        for group in before.iter().filter(|group| !deleted.contains(&name(group))) {
            all.push(given.iter().find(|one| name(one) == name(group)).unwrap_or(group).clone());
        }
        all.extend(given.iter().filter(|one| !before.iter().any(|group| name(group) == name(one))).cloned());
        let known = |one: &Map| before.iter().find(|group| Some(group.get(GROUP)) == one.get(GROUP));
        let mut after = Map::from([(groups.to_owned(), Value::List(all))]);
        each(&mut after, groups, |group| {
            // The image stays until new software is installed; settings that are omitted are gone (assumed).
            let before = known(group).and_then(Value::as_map).into_iter().flatten();
            for (name, value) in before.filter(|(name, _)| IMAGE.contains(&name.as_str())) {
                default(group, name, value.clone());
            }
            detail_group(group);
        });
        if !before.is_empty() || !given.is_empty() || groups == "InstanceGroups" {
            members.append(&mut after);
        }
    }
    share(members);
    count_nodes(call, &cluster, members);
    Ok(())
}

/// New software changes nothing that is shown but the image and the version in the input: of the groups in the input,
/// or of all.
fn update_software(call: &Call<'_>, revision: &mut Revision) -> Result<(), ServiceError> {
    let old = call.named(&KIND)?.members.clone();
    let members = &mut revision.members;
    for member in ["DeploymentConfig", "ImageId"] {
        members.remove(member);
    }
    put(members, "InstanceGroups", lookup(&old, "InstanceGroups").clone());
    let named = call.input.get("InstanceGroups").elements();
    each(members, "InstanceGroups", |group| {
        let given = named.iter().find(|one| group.get(GROUP) == Some(one.get(GROUP)));
        if given.is_none() && !named.is_empty() {
            return;
        }
        let version = given.map(|given| given.get("ImageReleaseVersion")).unwrap_or(&Value::Null);
        for (value, member) in [(call.input.get("ImageId"), "ImageId"), (version, "ImageReleaseVersion")] {
            if !value.is_null() {
                put(group, &format!("Current{member}"), value.clone());
                put(group, &format!("Desired{member}"), value.clone());
            }
        }
    });
    Ok(())
}

/// Creates nodes up to the instance count of each group; existing nodes are kept.
fn count_nodes(call: &Call<'_>, cluster: &str, members: &mut Map) {
    let before = elements(members, NODES).to_vec();
    let mut nodes = Vec::new();
    for group in GROUPS.iter().flat_map(|groups| members.get(*groups).map(Value::elements).unwrap_or_default()) {
        let name = group.get(GROUP);
        let requested = group.get("TargetCount").as_i64().unwrap_or_default();
        // More nodes than this are not listed.
        let requested = usize::try_from(requested).unwrap_or_default().min(1_000);
        let mut own: Vec<Value> = before.iter().filter(|node| node.get(GROUP) == name).cloned().collect();
        own.truncate(requested);
        let is_new = |node: &Value| before.iter().all(|one| one.get("InstanceId") != node.get("InstanceId"));
        let new = (own.len()..).map(|index| node(call, cluster, group, index)).filter(is_new);
        own.extend(new.take(requested - own.len()).collect::<Vec<_>>());
        nodes.append(&mut own);
    }
    put(members, NODES, Value::List(nodes));
}

/// Sets the nodes of a cluster, and counts them in its groups.
pub(super) fn set_nodes(members: &mut Map, nodes: Vec<Value>) {
    for groups in GROUPS {
        each(members, groups, |group| {
            let own = nodes.iter().filter(|node| Some(node.get(GROUP)) == group.get(GROUP));
            let count = i64::try_from(own.count()).unwrap_or(i64::MAX);
            put(group, "TargetCount", count);
            put(group, "CurrentCount", count);
        });
    }
    put(members, NODES, Value::List(nodes));
}

fn node(call: &Call<'_>, cluster: &str, group: &Value, index: usize) -> Value {
    let name = group.get(GROUP).as_str().unwrap_or_default();
    let id = generate(&format!("{cluster}/{name}/{index}/{}", call.now.0), HEXADECIMAL, 17);
    let mut node = group.as_map().cloned().unwrap_or_default();
    let types = group.get("InstanceRequirements").get("CurrentInstanceTypes").at(0).clone();
    default(&mut node, "InstanceType", types);
    put(&mut node, "InstanceId", format!("i-{id}"));
    put(&mut node, "NodeLogicalId", format!("{name}-{id}"));
    put(&mut node, "InstanceStatus", Value::from([("Status", "Running".into())]));
    put(&mut node, "LaunchTime", call.now.to_value());
    put(&mut node, "PrivateDnsHostname", format!("ip-10-1-0-{}.{}.compute.internal", index % 256, call.scope.region));
    Value::Map(node)
}

/// The nodes of a cluster.
pub(super) fn nodes(cluster: &Object) -> &[Value] {
    elements(&cluster.members, NODES)
}

pub(super) fn is_node(node: &Value, text: &Value) -> bool {
    node.get("InstanceId") == text || node.get("NodeLogicalId") == text
}

/// Assumed wording.
fn no_node(id: &Value) -> ServiceError {
    ServiceError::new(NOT_FOUND, format!("Node {} does not exist.", id.as_str().unwrap_or_default()))
}

fn describe_node(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let cluster = call.find(&KIND, call.text("ClusterName"))?;
    let id = [call.input.get("NodeId"), call.input.get("NodeLogicalId")];
    let found = nodes(cluster).iter().find(|node| id.iter().any(|id| is_node(node, id)));
    let node = found.cloned().ok_or_else(|| no_node(id[0]))?;
    Ok(call.reply(Map::from([("NodeDetails".to_owned(), node)])))
}

fn list_nodes(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let cluster = call.find(&KIND, call.text("ClusterName"))?;
    const FIELDS: &[(&str, &str)] = &[
        ("CreationTimeAfter", "LaunchTime"),
        ("CreationTimeBefore", "LaunchTime"),
        ("CreationTime", "LaunchTime"),
        ("CREATION_TIME", "LaunchTime"),
        ("NAME", "InstanceId"), // assumed
    ];
    // "The default value is Ascending" (API reference).
    let listing = Listing { fields: FIELDS, descending: false };
    list::page_in(call, "ClusterNodeSummaries", &listing, nodes(cluster).to_vec())
}

/// Nodes are there as soon as they are added.
fn add_nodes(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let cluster = call.find(&KIND, call.text("ClusterName"))?;
    let (key, before) = (cluster.key.clone(), cluster.members.clone());
    let mut members = before.clone();
    let has_group = |addition: &&Value| {
        let mut all = GROUPS.iter().flat_map(|groups| elements(&before, groups));
        all.any(|group| group.get(GROUP) == addition.get(GROUP))
    };
    let (known, unknown): (Vec<&Value>, Vec<&Value>) =
        call.input.get("NodesToAdd").elements().iter().partition(has_group);
    for addition in known {
        for groups in GROUPS {
            each(&mut members, groups, |group| {
                if group.get(GROUP) == Some(addition.get(GROUP)) {
                    let count = |value: &Value| value.as_i64().unwrap_or_default();
                    let old = group.get("TargetCount").map(count).unwrap_or_default();
                    let new = old.saturating_add(count(addition.get("IncrementTargetCountBy")));
                    put(group, "TargetCount", new);
                    put(group, "CurrentCount", new);
                }
            });
        }
    }
    count_nodes(call, &key, &mut members);
    let old = elements(&before, NODES);
    let added = elements(&members, NODES).iter().filter(|node| !old.contains(node));
    let result = |node: &Value| {
        let mut node = node.as_map().cloned().unwrap_or_default();
        put(&mut node, "Status", "Pending");
        Value::Map(node)
    };
    let added = added.map(result).collect();
    let failed = unknown.into_iter().map(no_group).collect();
    change(call, &key, &before, &members);
    Ok(call
        .reply(Map::from([("Successful".to_owned(), Value::List(added)), ("Failed".to_owned(), Value::List(failed))])))
}

/// What a batch answers for a group that is not there. Assumed wording.
fn no_group(addition: &Value) -> Value {
    Value::from([
        (GROUP, addition.get(GROUP).clone()),
        ("ErrorCode", "InstanceGroupNotFound".into()),
        ("FailedCount", addition.get("IncrementTargetCountBy").clone()),
        ("Message", "The instance group does not exist.".into()),
    ])
}

pub(super) fn change(call: &mut Call<'_>, key: &str, before: &Map, after: &Map) {
    if let Some(cluster) = call.region.get_mut(KIND.id, key) {
        cluster.patch(before, after);
    }
}

fn delete_nodes(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let reply = find_nodes(call)?;
    let cluster = call.find(&KIND, call.text("ClusterName"))?;
    let (key, before) = (cluster.key.clone(), cluster.members.clone());
    let mut members = before.clone();
    let gone = |node: &Value| ids(call).any(|(id, _)| is_node(node, id));
    let left: Vec<Value> = nodes(cluster).iter().filter(|node| !gone(node)).cloned().collect();
    set_nodes(&mut members, left);
    change(call, &key, &before, &members);
    Ok(reply)
}

/// The nodes that the input names, and whether by their logical ids.
fn ids<'a>(call: &'a Call<'_>) -> impl Iterator<Item = (&'a Value, bool)> {
    let plain = call.input.get("NodeIds").elements().iter().map(|id| (id, false));
    plain.chain(call.input.get("NodeLogicalIds").elements().iter().map(|id| (id, true)))
}

/// What a batch answers for nodes that are there, and for those that are not.
fn find_nodes(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let cluster = call.find(&KIND, call.text("ClusterName"))?;
    let mut reply: [(&str, Vec<Value>); 4] = [
        ("Successful", vec![]),
        ("SuccessfulNodeLogicalIds", vec![]),
        ("Failed", vec![]),
        ("FailedNodeLogicalIds", vec![]),
    ];
    for (id, logical) in ids(call) {
        if nodes(cluster).iter().any(|node| is_node(node, id)) {
            reply[usize::from(logical)].1.push(id.clone());
        } else {
            let name = if logical { "NodeLogicalId" } else { "NodeId" };
            let (member, code) = if call.operation.name == "BatchDeleteClusterNodes" {
                ("Code", "NodeIdNotFound")
            } else {
                ("ErrorCode", "InstanceIdNotFound")
            };
            let error = [(member, code.into()), ("Message", "The node does not exist.".into()), (name, id.clone())];
            reply[2 + usize::from(logical)].1.push(Value::from(error));
        }
    }
    // Lists without elements are not shown.
    let members = reply.into_iter().filter(|(_, ids)| !ids.is_empty());
    Ok(call.reply(members.map(|(name, ids)| (name.to_owned(), Value::List(ids))).collect()))
}

/// Nothing remembers volumes.
fn volume(call: &mut Call<'_>, status: &'static str) -> Result<Value, ServiceError> {
    let cluster = call.find(&KIND, call.text("ClusterArn"))?;
    check_node(call, cluster)?;
    let mut reply = call.input.as_map().cloned().unwrap_or_default();
    put(&mut reply, "AttachTime", call.now.to_value());
    put(&mut reply, "Status", status);
    put(&mut reply, "DeviceName", "/dev/sdf");
    Ok(call.reply(reply))
}

fn attach_interface(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let cluster = call.find(&KIND, call.text("ClusterName"))?;
    check_node(call, cluster)?;
    let mut reply = call.input.as_map().cloned().unwrap_or_default();
    put(&mut reply, "ClusterArn", cluster.arn.as_str());
    let id = generate(&format!("{}{}", call.text("NodeId"), call.text("NetworkInterfaceId")), HEXADECIMAL, 17);
    put(&mut reply, "AttachmentId", format!("eni-attach-{id}"));
    Ok(call.reply(reply))
}

fn check_node(call: &Call<'_>, cluster: &Object) -> Result<(), ServiceError> {
    let id = call.input.get("NodeId");
    if nodes(cluster).iter().any(|node| is_node(node, id)) { Ok(()) } else { Err(no_node(id)) }
}

fn check_health(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let arn = call.find(&KIND, call.text("ClusterName"))?.arn.clone();
    Ok(Value::from([("ClusterArn", arn.into())]))
}

/// There are no events and no operations of a cluster here.
fn nothing_of(call: &mut Call<'_>, member: &str) -> Result<Value, ServiceError> {
    call.find(&KIND, call.text("ClusterName"))?;
    list::page_of(call, member, Vec::new())
}

/// Assumed wording.
fn nothing(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    call.find(&KIND, call.text("ClusterName"))?;
    let id = [call.text("EventId"), call.text("OperationId")].concat();
    Err(ServiceError::new(NOT_FOUND, format!("{id} does not exist.")))
}

#[cfg(test)]
pub(super) mod tests {
    use std::collections::BTreeSet;

    use crate::{
        local::tests::bench::{Bench, names, text},
        value::Value,
    };

    const NAME: &str = r#"{"ClusterName":"Pod"}"#;

    fn group(name: &str, count: i64) -> String {
        format!(
            r#"{{"InstanceGroupName":"{name}","InstanceType":"ml.g5.xlarge","InstanceCount":{count},"ExecutionRole":
            "arn:aws:iam::123456789012:role/r","LifeCycleConfig":{{"SourceS3Uri":"s3://sagemaker-b/p","OnCreate":"on.sh"}}}}"#
        )
    }

    pub(in crate::local::kinds) fn with_cluster() -> (Bench, String) {
        let bench = Bench::new();
        let groups = format!(r#","InstanceGroups":[{},{}]}}"#, group("a", 2), group("b", 1));
        let arn = text(&bench.ok("CreateCluster", &NAME.replace('}', &groups)), "ClusterArn").to_owned();
        bench.wait();
        (bench, arn)
    }

    fn nodes(bench: &Bench) -> Vec<String> {
        names(&bench.ok("ListClusterNodes", NAME), "ClusterNodeSummaries", "InstanceId")
    }

    #[test]
    fn a_cluster_is_found_by_name_and_by_arn_and_has_the_nodes_of_its_groups() {
        let (bench, arn) = with_cluster();
        let by_arn = bench.ok("DescribeCluster", &format!(r#"{{"ClusterName":"{arn}"}}"#));
        assert_eq!(by_arn.get("InstanceGroups").at(0).get("TargetCount"), &2.into());
        let all = nodes(&bench);
        assert_eq!(all.len(), 3);
        let one = bench.ok("DescribeClusterNode", &format!(r#"{{"ClusterName":"Pod","NodeId":"{}"}}"#, all[0]));
        assert_eq!(text(one.get("NodeDetails"), "InstanceGroupName"), "a");
        bench.ok("BatchDeleteClusterNodes", &format!(r#"{{"ClusterName":"Pod","NodeIds":["{}"]}}"#, all[0]));
        assert_eq!(nodes(&bench), all[1..]);
        let add = r#"{"ClusterName":"Pod","NodesToAdd":[{"InstanceGroupName":"b","IncrementTargetCountBy":2}]}"#;
        assert_eq!(bench.ok("BatchAddClusterNodes", add).get("Successful").elements().len(), 2);
        assert_eq!(nodes(&bench).len(), 4);
    }

    #[test]
    fn a_node_gets_no_id_of_another() {
        let (bench, _) = with_cluster();
        let add = |count: u32| {
            let node = format!(r#"{{"InstanceGroupName":"a","IncrementTargetCountBy":{count}}}"#);
            bench.ok("BatchAddClusterNodes", &format!(r#"{{"ClusterName":"Pod","NodesToAdd":[{node}]}}"#));
        };
        add(3);
        let all = nodes(&bench);
        bench.ok("BatchDeleteClusterNodes", &format!(r#"{{"ClusterName":"Pod","NodeIds":["{}"]}}"#, all[0]));
        add(1);
        let left: BTreeSet<String> = nodes(&bench).into_iter().collect();
        assert_eq!(left.len(), all.len());
    }

    #[test]
    fn a_batch_reports_what_is_not_there() {
        let (bench, _) = with_cluster();
        let code = |operation: &str, rest: &str, member: &str| {
            let reply = bench.ok(operation, &NAME.replace('}', rest));
            text(reply.get("Failed").at(0), member).to_owned()
        };
        let add = r#","NodesToAdd":[{"InstanceGroupName":"none","IncrementTargetCountBy":2}]}"#;
        assert_eq!(code("BatchAddClusterNodes", add, "ErrorCode"), "InstanceGroupNotFound");
        let node = r#","NodeIds":["i-00000000"]}"#;
        assert_eq!(code("BatchRebootClusterNodes", node, "ErrorCode"), "InstanceIdNotFound");
        assert_eq!(code("BatchDeleteClusterNodes", node, "Code"), "NodeIdNotFound");
        assert_eq!(nodes(&bench).len(), 3);
    }

    #[test]
    fn an_update_changes_adds_and_deletes_groups_and_leaves_the_others() {
        let (bench, _) = with_cluster();
        let update = format!(r#","InstanceGroups":[{}],"InstanceGroupsToDelete":["a"]}}"#, group("c", 1));
        bench.ok("UpdateCluster", &NAME.replace('}', &update));
        assert!(bench.refused("DeleteCluster", NAME).starts_with("ConflictException: "));
        bench.wait();
        let shown = bench.ok("DescribeCluster", NAME);
        assert_eq!(names(&shown, "InstanceGroups", "InstanceGroupName"), ["b", "c"]);
        assert_eq!(nodes(&bench).len(), 2);
    }

    #[test]
    fn software_is_updated_in_the_groups_that_are_named() {
        let (bench, _) = with_cluster();
        let update = r#","InstanceGroups":[{"InstanceGroupName":"a","ImageReleaseVersion":"1.2.3"}]}"#;
        bench.ok("UpdateClusterSoftware", &NAME.replace('}', update));
        bench.wait();
        let shown = bench.ok("DescribeCluster", NAME);
        let version = |place: usize| shown.get("InstanceGroups").at(place).get("CurrentImageReleaseVersion").clone();
        assert_eq!((version(0), version(1)), ("1.2.3".into(), Value::Null));
    }
}
