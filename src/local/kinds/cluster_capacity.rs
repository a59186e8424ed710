//! How the capacity of HyperPod clusters is shared: scheduler configurations and compute quotas.

use super::{clusters::IN_CLUSTER, lifecycles::CREATED};
use crate::local::{
    error::{CONFLICT, ServiceError},
    kind::{Behavior, GeneratedId, Kind, ORDINARY, Revision},
    operations::{
        ids::LOWERCASE,
        members::{lookup, put},
    },
};

pub(in crate::local) static KINDS: &[&Kind] = &[&SCHEDULER_CONFIG, &COMPUTE_QUOTA];

static SCHEDULER_CONFIG: Kind = Kind {
    noun: "ClusterSchedulerConfig",
    id: "cluster-scheduler-config",
    name: "Name",
    arn: "ClusterSchedulerConfigArn",
    identity: &["ClusterSchedulerConfigId"],
    generated_id: Some(GeneratedId {
        prefix: "",
        alphabet: LOWERCASE,
        length: 12,
        member: Some("ClusterSchedulerConfigId"),
        unique: true,
    }),
    parents: &[IN_CLUSTER],
    operations: &[(
        "UpdateClusterSchedulerConfig",
        Behavior::Amend(|_, revision| next_version(revision, SCHEDULER_VERSION)),
    )],
    defaults: &[(SCHEDULER_VERSION, "1")],
    lifecycle: Some(CREATED),
    ..ORDINARY
};

const SCHEDULER_VERSION: &str = "ClusterSchedulerConfigVersion";

static COMPUTE_QUOTA: Kind = Kind {
    noun: "ComputeQuota",
    id: "compute-quota",
    name: "Name",
    arn: "ComputeQuotaArn",
    identity: &["ComputeQuotaId"],
    generated_id: Some(GeneratedId {
        prefix: "",
        alphabet: LOWERCASE,
        length: 12,
        member: Some("ComputeQuotaId"),
        unique: true,
    }),
    parents: &[IN_CLUSTER],
    operations: &[("UpdateComputeQuota", Behavior::Amend(|_, revision| next_version(revision, QUOTA_VERSION)))],
    // The state is assumed.
    defaults: &[(QUOTA_VERSION, "1"), ("ActivationState", "Enabled")],
    lifecycle: Some(CREATED),
    ..ORDINARY
};

const QUOTA_VERSION: &str = "ComputeQuotaVersion";

/// The version that the caller has seen has to be the one there is (assumed, as is the wording).
fn next_version(revision: &mut Revision, member: &str) -> Result<(), ServiceError> {
    let members = &mut revision.members;
    let target = members.remove("TargetVersion").unwrap_or_default();
    let now = lookup(members, member).clone();
    if target != now {
        let message = format!("{} is at version {now}, not at {target}.", revision.arn);
        return Err(ServiceError::new(CONFLICT, message));
    }
    let version = now.as_i64().unwrap_or_default();
    put(members, member, version + 1);
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::local::{kinds::clusters::tests::with_cluster, tests::bench::text};

    #[test]
    fn a_quota_is_changed_from_the_version_that_was_seen() {
        let (bench, arn) = with_cluster();
        let create = format!(
            r#"{{"Name":"team","ClusterArn":"{arn}","ComputeQuotaConfig":{{}},"ComputeQuotaTarget":{{"TeamName":"t"}}}}"#
        );
        let id = text(&bench.ok("CreateComputeQuota", &create), "ComputeQuotaId").to_owned();
        bench.wait();
        let update =
            |version: i64| format!(r#"{{"ComputeQuotaId":"{id}","TargetVersion":{version},"Description":"d"}}"#);
        assert!(bench.refused("UpdateComputeQuota", &update(2)).starts_with("ConflictException: "));
        let updated = bench.ok("UpdateComputeQuota", &update(1));
        assert_eq!(updated.get("ComputeQuotaVersion"), &2.into());
        bench.wait();
        let shown = bench.ok("DescribeComputeQuota", &format!(r#"{{"ComputeQuotaId":"{id}"}}"#));
        assert_eq!((text(&shown, "Status"), text(&shown, "Description")), ("Updated", "d"));
    }
}
