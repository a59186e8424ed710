//! Moves of nodes between the instance groups of HyperPod clusters, which concern two clusters.

use super::clusters::{self, GROUP, GROUPS, NODES, is_node, nodes};
use crate::{
    local::{
        error::ServiceError,
        kind::{Call, Operations},
        operations::members::{elements, lookup, put},
    },
    value::{Map, Value},
};

pub(in crate::local) const OPERATIONS: Operations = &[("MoveClusterNodes", move_nodes)];

/// Nodes join the target group at once; the service takes a while, in which they detach and attach. All wordings are
/// assumed.
fn move_nodes(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let source = Group::of(call, "SourceClusterArn", "SourceInstanceGroupName")?;
    let target = Group::of(call, "TargetClusterArn", "TargetInstanceGroupName")?;
    if source.cluster == target.cluster && source.name() == target.name() {
        return Err(ServiceError::validation("The source and the target are the same instance group."));
    }
    let (moved, failed) = chosen(call, &source, &target)?;
    if moved.is_empty() {
        return Err(ServiceError::validation("None of the nodes can be moved."));
    }
    let least = source.members.get("MinCount").as_i64().unwrap_or_default();
    if source.nodes(call)?.len() - moved.len() < usize::try_from(least).unwrap_or_default() {
        let message = format!("Instance group {} must keep {least} instances.", source.name());
        return Err(ServiceError::validation(message));
    }
    change(call, &source.cluster, |nodes| nodes.retain(|node| !moved.contains(node)))?;
    let arrived = moved.iter().map(|node| target.with(node));
    change(call, &target.cluster, |nodes| nodes.extend(arrived))?;
    Ok(reply(call, &moved, failed))
}

/// An instance group, and the key of its cluster.
struct Group {
    cluster: String,
    members: Value,
}

impl Group {
    /// Nodes move between clusters that are in service, orchestrated by EKS and provisioned continuously (API reference).
    fn of(call: &Call<'_>, cluster: &str, group: &str) -> Result<Self, ServiceError> {
        let cluster = call.find(&clusters::KIND, call.text(cluster))?;
        let view = cluster.view(call.now);
        let is = |member: &str, value: &str| lookup(&view, member).as_str() == Some(value);
        let has_eks = !lookup(&view, "Orchestrator").get("Eks").is_null();
        if !(is("ClusterStatus", "InService") && is("NodeProvisioningMode", "Continuous") && has_eks) {
            let message = format!(
                "Cluster {} must be InService, use Amazon EKS orchestration, and have the NodeProvisioningMode Continuous.",
                cluster.arn
            );
            return Err(ServiceError::validation(message));
        }
        let name = call.input.get(group);
        let mut all = GROUPS.iter().flat_map(|groups| elements(&view, groups));
        let Some(members) = all.find(|group| group.get(GROUP) == name) else {
            let message = format!("Instance group {name} does not exist in {}.", cluster.arn);
            return Err(ServiceError::validation(message));
        };
        Ok(Self { cluster: cluster.key.clone(), members: members.clone() })
    }

    fn name(&self) -> &Value {
        self.members.get(GROUP)
    }

    fn nodes<'a>(&self, call: &'a Call<'_>) -> Result<Vec<&'a Value>, ServiceError> {
        let cluster = call.get(&clusters::KIND, &self.cluster, "")?;
        Ok(nodes(cluster).iter().filter(|node| node.get(GROUP) == self.name()).collect())
    }

    fn takes(&self, node: &Value) -> bool {
        let kind = node.get("InstanceType");
        let several = self.members.get("InstanceRequirements").get("CurrentInstanceTypes");
        self.members.get("InstanceType") == kind || several.elements().contains(kind)
    }

    /// The node as one of this group.
    fn with(&self, node: &Value) -> Value {
        let mut node = node.as_map().cloned().unwrap_or_default();
        put(&mut node, GROUP, self.name().clone());
        Value::Map(node)
    }
}

/// The nodes that the input chooses and that can be moved, and the errors of the others.
fn chosen(call: &Call<'_>, source: &Group, target: &Group) -> Result<(Vec<Value>, Vec<Value>), ServiceError> {
    let own = source.nodes(call)?;
    if let Some(count) = call.input.get("InstanceCount").as_i64() {
        let count = usize::try_from(count).unwrap_or_default();
        let fitting: Vec<Value> = own.into_iter().filter(|node| target.takes(node)).take(count).cloned().collect();
        if fitting.len() < count {
            return Err(ServiceError::validation(format!("Fewer than {count} nodes can be moved.")));
        }
        return Ok((fitting, Vec::new()));
    }
    let (mut moved, mut failed) = (Vec::new(), Vec::new());
    for member in ["NodeId", "NodeLogicalId"] {
        for id in call.input.get(&format!("{member}s")).elements() {
            match own.iter().find(|node| is_node(node, id)) {
                Some(node) if target.takes(node) => moved.push((*node).clone()),
                Some(_) => failed.push(error(member, id, "NodeInstanceTypeMismatch")),
                None => failed.push(error(member, id, "NodeIdNotFound")),
            }
        }
    }
    Ok((moved, failed))
}

fn error(member: &str, id: &Value, code: &str) -> Value {
    let message = match code {
        "NodeIdNotFound" => "The node does not exist in the source instance group.",
        _ => "The target instance group does not have the instance type of the node.",
    };
    Value::from([("Code", code.into()), ("Message", message.into()), (member, id.clone())])
}

/// Changes the nodes of a cluster.
fn change(call: &mut Call<'_>, cluster: &str, revise: impl FnOnce(&mut Vec<Value>)) -> Result<(), ServiceError> {
    let before = call.get(&clusters::KIND, cluster, "")?.members.clone();
    let mut nodes = elements(&before, NODES).to_vec();
    revise(&mut nodes);
    let mut after = before.clone();
    clusters::set_nodes(&mut after, nodes);
    clusters::change(call, cluster, &before, &after);
    Ok(())
}

/// Nodes by the ids that the input has; those that the service chooses itself by their instance ids.
fn reply(call: &Call<'_>, moved: &[Value], failed: Vec<Value>) -> Value {
    let logical = !call.input.get("NodeLogicalIds").is_null();
    let (id, lists) = if logical {
        ("NodeLogicalId", ["SuccessfulNodeLogicalIds", "FailedNodeLogicalIds"])
    } else {
        ("InstanceId", ["Successful", "Failed"])
    };
    let moved = moved.iter().map(|node| node.get(id).clone()).collect();
    let mut reply = Map::from([(lists[0].to_owned(), Value::List(moved))]);
    // Lists without elements are not shown.
    if !failed.is_empty() {
        put(&mut reply, lists[1], Value::List(failed));
    }
    call.reply(reply)
}

#[cfg(test)]
mod tests {
    use crate::local::tests::bench::{Bench, names, text};

    fn group(name: &str, instance: &str, count: i64) -> String {
        format!(
            r#"{{"InstanceGroupName":"{name}","InstanceType":"{instance}","InstanceCount":{count},"MinInstanceCount":1,
            "ExecutionRole":"arn:aws:iam::123456789012:role/r"}}"#
        )
    }

    fn create(bench: &Bench, name: &str, rest: &str) -> String {
        let groups = [group("a", "ml.g5.xlarge", 3), group("b", "ml.c5.large", 1)].join(",");
        let input = format!(r#"{{"ClusterName":"{name}","InstanceGroups":[{groups}]{rest}}}"#);
        let arn = text(&bench.ok("CreateCluster", &input), "ClusterArn").to_owned();
        bench.wait();
        arn
    }

    const MOVABLE: &str = r#","NodeProvisioningMode":"Continuous","VpcConfig":{"Subnets":["subnet-1"],"SecurityGroupIds":["sg-1"]},
        "Orchestrator":{"Eks":{"ClusterArn":"arn:aws:eks:us-east-1:123456789012:cluster/c"}}"#;

    /// A request to move from group `a` of a cluster to a group of another one, without the choice of nodes.
    fn between(source: &str, target: &str, group: &str) -> String {
        format!(
            r#"{{"SourceClusterArn":"{source}","SourceInstanceGroupName":"a","TargetClusterArn":"{target}",
            "TargetInstanceGroupName":"{group}","#
        )
    }

    fn with_two() -> (Bench, String) {
        let bench = Bench::new();
        let [one, two] = ["one", "two"].map(|name| create(&bench, name, MOVABLE));
        (bench, between(&one, &two, "a"))
    }

    /// A member of the nodes of group `a`.
    fn nodes(bench: &Bench, cluster: &str, member: &str) -> Vec<String> {
        let input = format!(r#"{{"ClusterName":"{cluster}","InstanceGroupNameContains":"a"}}"#);
        names(&bench.ok("ListClusterNodes", &input), "ClusterNodeSummaries", member)
    }

    fn with_nodes(request: &str, member: &str, ids: &[&str]) -> String {
        format!(r#"{request}"{member}":["{}"]}}"#, ids.join(r#"",""#))
    }

    #[test]
    fn nodes_keep_their_ids_in_another_cluster() {
        let (bench, request) = with_two();
        let before = nodes(&bench, "one", "InstanceId");
        let reply = bench.ok("MoveClusterNodes", &format!(r#"{request}"InstanceCount":1}}"#));
        assert_eq!(reply.get("Successful").at(0).as_str(), Some(before[0].as_str()));
        assert_eq!(nodes(&bench, "one", "InstanceId"), before[1..]);
        assert!(nodes(&bench, "two", "InstanceId").contains(&before[0]));
        for (cluster, count) in [("one", 2), ("two", 4)] {
            let shown = bench.ok("DescribeCluster", &format!(r#"{{"ClusterName":"{cluster}"}}"#));
            assert_eq!(shown.get("InstanceGroups").at(0).get("CurrentCount"), &count.into(), "{cluster}");
        }
    }

    #[test]
    fn each_node_is_checked_by_itself() {
        let (bench, request) = with_two();
        let own = nodes(&bench, "one", "NodeLogicalId");
        let reply = bench.ok("MoveClusterNodes", &with_nodes(&request, "NodeLogicalIds", &[&own[2], "a-0"]));
        assert_eq!(reply.get("SuccessfulNodeLogicalIds").at(0).as_str(), Some(own[2].as_str()));
        let failed = reply.get("FailedNodeLogicalIds").at(0);
        assert_eq!((text(failed, "Code"), text(failed, "NodeLogicalId")), ("NodeIdNotFound", "a-0"));
        assert!(nodes(&bench, "two", "NodeLogicalId").contains(&own[2]));
    }

    #[test]
    fn a_move_that_moves_nothing_is_refused() {
        let (bench, request) = with_two();
        let refused = |input: &str| bench.refused("MoveClusterNodes", input);
        assert!(refused(&with_nodes(&request, "NodeIds", &["i-00000000"])).contains("None of the nodes"));
        assert!(refused(&format!(r#"{request}"InstanceCount":4}}"#)).contains("Fewer than 4"));
        assert!(refused(&format!(r#"{request}"InstanceCount":3}}"#)).contains("must keep 1"));
        assert!(refused(&format!(r#"{request}"InstanceCount":1,"NodeIds":["i-00000000"]}}"#)).contains("xactly one"));
        let arn = text(&bench.ok("DescribeCluster", r#"{"ClusterName":"one"}"#), "ClusterArn").to_owned();
        assert!(refused(&format!(r#"{}"InstanceCount":1}}"#, between(&arn, &arn, "a"))).contains("are the same"));
        assert!(refused(&format!(r#"{}"InstanceCount":1}}"#, between(&arn, &arn, "b"))).contains("Fewer than 1"));
        assert!(refused(&format!(r#"{}"InstanceCount":1}}"#, between(&arn, &arn, "c"))).contains("does not exist"));
        let own = nodes(&bench, "one", "InstanceId");
        assert!(refused(&with_nodes(&between(&arn, &arn, "b"), "NodeIds", &[&own[0]])).contains("None of the nodes"));
        assert_eq!(nodes(&bench, "one", "InstanceId"), own);
    }

    #[test]
    fn nodes_move_between_clusters_of_eks_with_continuous_provisioning() {
        let (bench, _) = with_two();
        let [one, plain] = [("one-more", MOVABLE), ("plain", "")].map(|(name, rest)| create(&bench, name, rest));
        for (source, target) in [(&one, &plain), (&plain, &one)] {
            let request = format!(r#"{}"InstanceCount":1}}"#, between(source, target, "a"));
            assert!(bench.refused("MoveClusterNodes", &request).contains("must be InService"));
        }
    }
}
