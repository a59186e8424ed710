//! The conditions under which operations reject input, beyond the service model.
//!
//! A `condition` is data; those of the service are in `table`; `evaluation` checks inputs against them. Nothing here
//! knows any resource kind; `docs/development/conditions.md` is generated from the table.

mod condition;
mod evaluation;
mod table;

#[cfg(test)]
pub(super) use self::evaluation::{is_set, places};
pub use self::{
    condition::{Condition, Predicate, Requirement},
    table::{CONDITIONS, ONLY_AWS},
};
use super::{error::ServiceError, kind::Call};
#[cfg(test)]
use crate::definition::service::{self, Shape, ShapeKind};
use crate::value::Value;

/// Rejects the call if its input violates a condition. `before` returns the object that it is about, or null.
pub(super) fn check(call: &Call<'_>, before: impl FnOnce() -> Value) -> Result<(), ServiceError> {
    let mut conditions = of(call.operation.name).peekable();
    if conditions.peek().is_none() {
        return Ok(());
    }
    let before = before();
    conditions.try_for_each(|condition| match condition.broken_in(&call.input, &before) {
        Some(within) => Err(ServiceError::validation(condition.message(within))),
        None => Ok(()),
    })
}

/// The first condition that an input violates.
#[cfg(test)]
pub(super) fn broken(operation: &str, input: &Value) -> Option<&'static Condition> {
    of(operation).find(|condition| condition.broken_in(input, &Value::Null).is_some())
}

fn of(operation: &str) -> impl Iterator<Item = &'static Condition> {
    CONDITIONS.iter().filter(move |condition| condition.operations.contains(&operation))
}

/// The shape at the end of a path that leads through lists; None if there is none.
#[cfg(test)]
pub(super) fn shape_at(operation: &str, path: &str) -> Option<&'static Shape> {
    let mut shape = service::operation(operation)?.input;
    for step in path.split('.').filter(|step| !step.is_empty()) {
        while let ShapeKind::List { element, .. } = &shape.kind {
            shape = element;
        }
        shape = match &shape.kind {
            ShapeKind::Map { value, .. } if step == "*" => value,
            _ => shape.member(step)?.shape,
        };
    }
    Some(shape)
}

#[cfg(test)]
mod tests {
    use super::{condition::Member, *};
    use crate::local::tests::bench::{Bench, text};

    fn members(condition: &'static Condition) -> Vec<Member> {
        let of_predicate = |predicate: &Predicate| match predicate {
            Predicate::NotAbove(member) | Predicate::NotBelow(member) => Some(*member),
            _ => None,
        };
        let mut members: Vec<Member> = match &condition.check {
            Requirement::ExactlyOne(members) | Requirement::AtLeastOne(members) | Requirement::AtMostOne(members) => {
                members.to_vec()
            }
            Requirement::Is(member, predicate) => [*member].into_iter().chain(of_predicate(predicate)).collect(),
            Requirement::AllOrNone(list, _) => vec![list],
            Requirement::Holds(..) => Vec::new(),
        };
        let was = |predicate: &Predicate| matches!(predicate, Predicate::WasIn(_) | Predicate::WasSet);
        members.extend(condition.when.iter().filter(|(_, predicate)| !was(predicate)).map(|(member, _)| *member));
        members
    }

    #[test]
    fn conditions_stand_in_the_order_of_their_first_operations() {
        assert!(CONDITIONS.is_sorted_by_key(|condition| condition.operations[0]));
        assert!(ONLY_AWS.is_sorted_by_key(|(operation, ..)| (*operation != "every operation", *operation)));
    }

    #[test]
    fn every_condition_is_about_members_of_the_model() {
        for condition in CONDITIONS {
            assert!(!condition.source.is_empty(), "{condition}");
            for operation in condition.operations {
                let found: Vec<_> =
                    condition.within.iter().filter(|path| shape_at(operation, path).is_some()).collect();
                assert!(!found.is_empty(), "{operation} has none of {:?}: {condition}", condition.within);
                for (path, member) in
                    found.iter().flat_map(|path| members(condition).into_iter().map(move |m| (path, m)))
                {
                    let whole = match member.strip_prefix('/') {
                        Some(member) => member.to_owned(),
                        None => format!("{path}.{member}"),
                    };
                    assert!(
                        shape_at(operation, whole.trim_start_matches('.')).is_some(),
                        "{operation} has no {whole}: {condition}"
                    );
                }
            }
        }
    }

    /// An operation, an input that it rejects, and a part of the error.
    const REFUSED: &[(&str, &str, &str)] = &[
        (
            "CreateNotebookInstance",
            r#"{"NotebookInstanceName":"n","InstanceType":"ml.t3.medium","RoleArn":"arn:aws:iam::123456789012:role/r",
            "DirectInternetAccess":"Disabled"}"#,
            "SubnetId must be set if DirectInternetAccess is Disabled",
        ),
        (
            "CreateEndpointConfig",
            r#"{"EndpointConfigName":"c","ProductionVariants":[{"VariantName":"v","ModelName":"m",
            "ServerlessConfig":{"MemorySizeInMB":1500,"MaxConcurrency":1}}]}"#,
            "MemorySizeInMB must be a multiple of 1024",
        ),
        (
            "CreateEndpointConfig",
            r#"{"EndpointConfigName":"c","ProductionVariants":[{"VariantName":"v","ModelName":"m",
            "ServerlessConfig":{"MemorySizeInMB":2048,"MaxConcurrency":1,"ProvisionedConcurrency":2}}]}"#,
            "ProvisionedConcurrency must not be greater than MaxConcurrency",
        ),
        (
            "CreateEndpointConfig",
            r#"{"EndpointConfigName":"c","ProductionVariants":[{"VariantName":"v","InstanceType":"ml.m5.large",
            "InitialInstanceCount":1}]}"#,
            "ExecutionRoleArn must be set if ModelName is not set",
        ),
        (
            "CreateEndpointConfig",
            r#"{"EndpointConfigName":"c","ProductionVariants":[{"VariantName":"v","ModelName":"m",
            "InstanceType":"ml.m5.large","InitialInstanceCount":1,"ManagedInstanceScaling":{"Status":"ENABLED"}}]}"#,
            "ModelName must not be set if ManagedInstanceScaling is set",
        ),
        (
            "CreateInferenceComponent",
            r#"{"InferenceComponentName":"i","EndpointName":"e","VariantName":"v","Specification":{},
            "RuntimeConfig":{"CopyCount":0}}"#,
            "CopyCount must be at least 1",
        ),
        (
            "CreateCluster",
            r#"{"ClusterName":"c","Orchestrator":{"Eks":{"ClusterArn":"arn:aws:eks:eu-central-1:123456789012:cluster/c"},
            "Slurm":{}}}"#,
            "Exactly one of Eks, Slurm must be set (in Orchestrator)",
        ),
        (
            "CreateDomain",
            r#"{"DomainName":"d","AuthMode":"IAM","DefaultUserSettings":{},"VpcId":"vpc-1","SubnetIds":["subnet-1"],
            "AppNetworkAccessType":"VpcOnly","DomainSettings":{"RStudioServerProDomainSettings":
            {"DomainExecutionRoleArn":"arn:aws:iam::123456789012:role/r"}}}"#,
            "AppSecurityGroupManagement must be set",
        ),
        (
            "CreateModel",
            r#"{"ModelName":"m","PrimaryContainer":{}}"#,
            "At least one of Image, ModelPackageName must be set",
        ),
        (
            "CreateTransformJob",
            r#"{"TransformJobName":"t","ModelName":"m","MaxConcurrentTransforms":2,"MaxPayloadInMB":60,"TransformInput":
            {"DataSource":{"S3DataSource":{"S3DataType":"S3Prefix","S3Uri":"s3://b/p"}}},"TransformOutput":
            {"S3OutputPath":"s3://b/p"},"TransformResources":{"InstanceType":"ml.m5.large","InstanceCount":1}}"#,
            "MaxConcurrentTransforms times MaxPayloadInMB must be at most 100",
        ),
        (
            "CreateStudioLifecycleConfig",
            r##"{"StudioLifecycleConfigName":"l","StudioLifecycleConfigAppType":"JupyterLab",
            "StudioLifecycleConfigContent":"#!/bin/sh"}"##,
            "StudioLifecycleConfigContent must be encoded in Base64",
        ),
    ];

    #[test]
    fn what_breaks_a_condition_is_refused() {
        let bench = Bench::new();
        for (operation, input, answer) in REFUSED {
            let refused = bench.refused(operation, input);
            assert!(refused.starts_with("ValidationException: ") && refused.contains(answer), "{operation}: {refused}");
        }
    }

    #[test]
    fn what_an_object_was_before_counts_too() {
        let bench = Bench::new();
        let role = r#""RoleArn":"arn:aws:iam::123456789012:role/r""#;
        let notebook = r#"{"NotebookInstanceName":"n","InstanceType":"ml.t3.medium","VolumeSizeInGB":20,"#;
        bench.ok("CreateNotebookInstance", &format!("{notebook}{role}}}"));
        bench.wait();
        bench.ok("StopNotebookInstance", r#"{"NotebookInstanceName":"n"}"#);
        bench.wait();
        let update = |change: &str| format!(r#"{{"NotebookInstanceName":"n",{change}}}"#);
        let refused = bench.refused("UpdateNotebookInstance", &update(r#""VolumeSizeInGB":10"#));
        assert!(refused.contains("VolumeSizeInGB cannot be decreased"), "{refused}");
        // What is referred to has to exist in an update as in a create.
        let refused = bench.refused("UpdateNotebookInstance", &update(r#""LifecycleConfigName":"none""#));
        assert!(refused.contains("does not exist"), "{refused}");
        bench.ok("UpdateNotebookInstance", &update(r#""VolumeSizeInGB":30"#));

        let domain = r#"{"DomainName":"d","AuthMode":"IAM","DefaultUserSettings":{"ExecutionRole":
            "arn:aws:iam::123456789012:role/r"},"HomeEfsFileSystemCreation":"Disabled"}"#;
        let id = text(&bench.ok("CreateDomain", domain), "DomainId").to_owned();
        bench.wait();
        let switch = |to: &str| format!(r#"{{"DomainId":"{id}","HomeEfsFileSystemCreation":"{to}"}}"#);
        let file_system = || {
            let shown = bench.ok("DescribeDomain", &format!(r#"{{"DomainId":"{id}"}}"#));
            text(&shown, "HomeEfsFileSystemId").to_owned()
        };
        assert_eq!(file_system(), "");
        bench.ok("UpdateDomain", &switch("Enabled"));
        bench.wait();
        assert!(file_system().starts_with("fs-"));
        let refused = bench.refused("UpdateDomain", &switch("Disabled"));
        assert!(refused.contains("HomeEfsFileSystemCreation must not be Disabled"), "{refused}");
    }
}
