//! Moves of nodes between the instance groups of HyperPod clusters, which concern two clusters.

use super::clusters::{self, GROUPS, NODES, is_node, nodes};
use crate::local::{
    error::ServiceError,
    kind::{Call, Operations},
    members::{each, elements, put},
};
use crate::value::{Map, Value};

pub(in crate::local) const OPERATIONS: Operations = &[("MoveClusterNodes", move_nodes)];

/// Nodes join the target group at once. "If none of the specified nodes can be moved, the request fails and no nodes are
/// moved" (API reference; the wordings are assumed).
fn move_nodes(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let source = Group::of(call, "SourceClusterArn", "SourceInstanceGroupName")?;
    let target = Group::of(call, "TargetClusterArn", "TargetInstanceGroupName")?;
    if source.cluster == target.cluster && source.name == target.name {
        return Err(ServiceError::validation("The source and the target are the same instance group."));
    }
    let (found, missing) = chosen(call, &source)?;
    if found.is_empty() {
        return Err(ServiceError::validation("None of the nodes can be moved."));
    }
    change(call, &source.cluster, |nodes| nodes.retain(|node| !found.contains(node)))?;
    let arrived = found.iter().map(|node| {
        let mut node = node.as_map().cloned().unwrap_or_default();
        put(&mut node, GROUP, target.name.clone());
        Value::Map(node)
    });
    change(call, &target.cluster, |nodes| nodes.extend(arrived))?;
    Ok(reply(call, &found, missing))
}

const GROUP: &str = "InstanceGroupName";

/// An instance group, and the key of its cluster.
struct Group {
    cluster: String,
    name: Value,
}

impl Group {
    fn of(call: &Call<'_>, cluster: &str, group: &str) -> Result<Self, ServiceError> {
        let cluster = call.find(&clusters::KIND, call.text(cluster))?;
        let name = call.input.get(group).clone();
        let mut all = GROUPS.iter().flat_map(|groups| elements(&cluster.members, groups));
        if !all.any(|group| *group.get(GROUP) == name) {
            let message = format!("Instance group {name} does not exist in {}.", cluster.arn);
            return Err(ServiceError::validation(message));
        }
        Ok(Self { cluster: cluster.key.clone(), name })
    }
}

/// The nodes of the group that the input chooses, and the ids of those that are not there.
fn chosen(call: &Call<'_>, group: &Group) -> Result<(Vec<Value>, Vec<Value>), ServiceError> {
    let cluster = call.get(&clusters::KIND, &group.cluster, "")?;
    let of_group: Vec<&Value> = nodes(cluster).iter().filter(|node| *node.get(GROUP) == group.name).collect();
    if let Some(count) = call.input.get("InstanceCount").as_number().and_then(|count| count.as_i64()) {
        let count = usize::try_from(count).unwrap_or_default();
        if count > of_group.len() {
            return Err(ServiceError::validation(format!("Fewer than {count} nodes can be moved.")));
        }
        return Ok((of_group.into_iter().take(count).cloned().collect(), Vec::new()));
    }
    let ids = ["NodeIds", "NodeLogicalIds"].into_iter().flat_map(|member| call.input.get(member).elements());
    let (mut found, mut missing) = (Vec::new(), Vec::new());
    for id in ids {
        match of_group.iter().find(|node| is_node(node, id)) {
            Some(node) => found.push((*node).clone()),
            None => missing.push(id.clone()),
        }
    }
    Ok((found, missing))
}

/// Changes the nodes of a cluster, and counts them.
fn change(call: &mut Call<'_>, cluster: &str, revise: impl FnOnce(&mut Vec<Value>)) -> Result<(), ServiceError> {
    let before = call.get(&clusters::KIND, cluster, "")?.members.clone();
    let mut nodes = elements(&before, NODES).to_vec();
    revise(&mut nodes);
    let mut after = before.clone();
    for groups in GROUPS {
        each(&mut after, groups, |group| {
            let own = nodes.iter().filter(|node| Some(node.get(GROUP)) == group.get(GROUP));
            let count = i64::try_from(own.count()).unwrap_or(i64::MAX);
            put(group, "TargetCount", count);
            put(group, "CurrentCount", count);
        });
    }
    put(&mut after, NODES, Value::List(nodes));
    clusters::change(call, cluster, &before, &after);
    Ok(())
}

/// Moved and missing nodes by the ids that the input has; a number of nodes is answered with instance ids.
fn reply(call: &Call<'_>, found: &[Value], missing: Vec<Value>) -> Value {
    let logical = !call.input.get("NodeLogicalIds").is_null();
    let (id, shown) = if logical { ("NodeLogicalId", "NodeLogicalId") } else { ("NodeId", "InstanceId") };
    let moved = found.iter().map(|node| node.get(shown).clone()).collect();
    let failed = |node: Value| {
        let message = "The node does not exist.".into();
        Value::from([("Code", "NodeIdNotFound".into()), ("Message", message), (id, node)])
    };
    let failed: Vec<Value> = missing.into_iter().map(failed).collect();
    let lists = if logical { ["SuccessfulNodeLogicalIds", "FailedNodeLogicalIds"] } else { ["Successful", "Failed"] };
    let mut reply = Map::from([(lists[0].to_owned(), Value::List(moved))]);
    // Lists without elements are not shown.
    if !failed.is_empty() {
        put(&mut reply, lists[1], Value::List(failed));
    }
    call.reply(reply)
}

#[cfg(test)]
mod tests {
    use crate::local::{
        kinds::clusters::tests::with_cluster,
        tests::bench::{Bench, names},
    };

    /// The instance ids of a group.
    fn nodes(bench: &Bench, cluster: &str, group: &str) -> Vec<String> {
        let input = format!(r#"{{"ClusterName":"{cluster}","InstanceGroupNameContains":"{group}"}}"#);
        names(&bench.ok("ListClusterNodes", &input), "ClusterNodeSummaries", "InstanceId")
    }

    fn with_target() -> (Bench, String) {
        let (bench, arn) = with_cluster();
        let group = r#"{"InstanceGroupName":"spare","InstanceType":"ml.c5.large","InstanceCount":1,"ExecutionRole":
            "arn:aws:iam::123456789012:role/r","LifeCycleConfig":{"SourceS3Uri":"s3://sagemaker-b/p","OnCreate":"c.sh"}}"#;
        let create = format!(r#"{{"ClusterName":"target","InstanceGroups":[{group}]}}"#);
        let target = bench.ok("CreateCluster", &create);
        bench.wait();
        let target = target.get("ClusterArn").as_str().unwrap_or_default().to_owned();
        let group = bench.ok("ListClusterNodes", &format!(r#"{{"ClusterName":"{arn}"}}"#));
        let group = group.get("ClusterNodeSummaries").at(0).get("InstanceGroupName").to_string();
        let rest = format!(
            r#"{{"SourceClusterArn":"{arn}","SourceInstanceGroupName":{group},"TargetClusterArn":"{target}",
            "TargetInstanceGroupName":"spare""#
        );
        (bench, rest)
    }

    #[test]
    fn nodes_keep_their_ids_in_another_cluster() {
        let (bench, rest) = with_target();
        let reply = bench.ok("MoveClusterNodes", &format!(r#"{rest},"InstanceCount":1}}"#));
        let moved = reply.get("Successful").at(0).as_str().unwrap_or_default().to_owned();
        let there = nodes(&bench, "target", "spare");
        assert_eq!(there.len(), 2);
        assert!(there.contains(&moved), "{moved} among {there:?}");
        let shown = bench.ok("DescribeCluster", r#"{"ClusterName":"target"}"#);
        assert_eq!(shown.get("InstanceGroups").at(0).get("CurrentCount"), &2.into());
    }

    #[test]
    fn nodes_that_are_not_there_are_reported_unless_there_is_none() {
        let (bench, rest) = with_target();
        let missing = format!(r#"{rest},"NodeIds":["i-00000000"]}}"#);
        assert!(bench.refused("MoveClusterNodes", &missing).starts_with("ValidationException: None"));
        let many = format!(r#"{rest},"InstanceCount":50}}"#);
        assert!(bench.refused("MoveClusterNodes", &many).starts_with("ValidationException: Fewer"));
        let moved = bench.ok("MoveClusterNodes", &format!(r#"{rest},"InstanceCount":1}}"#));
        let here = moved.get("Successful").at(0).as_str().unwrap_or_default().to_owned();
        let both = format!(r#"{rest},"NodeIds":["{here}"]}}"#);
        assert!(bench.refused("MoveClusterNodes", &both).contains("None"), "it is in the target now");
    }
}
