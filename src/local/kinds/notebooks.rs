//! Notebook instances, and what they are set up with.

use crate::{
    local::{
        error::{ErrorText, ServiceError, VALIDATION},
        kind::{Behavior, Call, Draft, Kind, List, OLDEST_FIRST, ORDINARY, Parent, Revision, Transition},
        lifecycle::{LIFECYCLE, Lifecycle},
        operations::{
            ids::{HEXADECIMAL, generate, token},
            members::{elements, put},
        },
        storage::store::Object,
    },
    value::{Map, Value},
};

pub(in crate::local) static KINDS: &[&Kind] = &[&INSTANCE, &LIFECYCLE_CONFIG, &CODE_REPOSITORY];

static INSTANCE: Kind = Kind {
    noun: "NotebookInstance",
    id: "notebook-instance",
    name: "NotebookInstanceName",
    arn: "NotebookInstanceArn",
    parents: &[Parent { kind: &LIFECYCLE_CONFIG, member: "LifecycleConfigName", blocks_deletion: false }],
    operations: &[
        ("CreateNotebookInstance", Behavior::Create(fill_instance)),
        ("UpdateNotebookInstance", Behavior::Amend(update_instance)),
        ("DeleteNotebookInstance", Behavior::Delete(if_stopped)),
        (
            "StartNotebookInstance",
            Behavior::Transition(Transition {
                from: STOPPED,
                through: "Pending",
                to: "InService",
                refused: ErrorText {
                    code: VALIDATION,
                    message: "Status ({status}) not in ([Stopped, Failed]). Unable to transition to (Pending) for \
                              Notebook Instance ({arn})",
                },
            }),
        ),
        (
            "StopNotebookInstance",
            Behavior::Transition(Transition {
                from: &["InService"],
                through: "Stopping",
                to: "Stopped",
                refused: ErrorText {
                    code: VALIDATION,
                    message: "Status ({status}) not in ([InService]). Unable to transition to (Stopping) for Notebook \
                              Instance ({arn})",
                },
            }),
        ),
        (
            "ListNotebookInstances",
            Behavior::List(List {
                sort_by: "Name",
                fields: &[("DefaultCodeRepositoryContains", "DefaultCodeRepository")],
                // A list, searched below.
                others: &["AdditionalCodeRepositoryEquals"],
                keep: with_code_repository,
                ..OLDEST_FIRST
            }),
        ),
        ("CreatePresignedNotebookInstanceUrl", Behavior::Other(presign)),
    ],
    renamed: &[("SecurityGroupIds", "SecurityGroups"), ("LifecycleConfigName", "NotebookInstanceLifecycleConfigName")],
    defaults: &[
        // API reference, CreateNotebookInstance.
        ("DirectInternetAccess", "Enabled"),
        ("RootAccess", "Enabled"),
        ("VolumeSizeInGB", "5"),
        ("PlatformIdentifier", "notebook-al2023-v1"),
        ("IpAddressType", "ipv4"),
        // Computed in the schema of the aws provider; the value is assumed.
        ("InstanceMetadataServiceConfiguration", r#"{"MinimumInstanceMetadataServiceVersion":"1"}"#),
    ],
    not_found: ErrorText { code: VALIDATION, message: "RecordNotFound" },
    exists: ErrorText { code: VALIDATION, message: "Cannot create a duplicate Notebook Instance ({arn})" },
    busy: CANNOT_BE_UPDATED,
    lifecycle: Some(Lifecycle {
        status: "NotebookInstanceStatus",
        creating: &["Pending"],
        created: Some("InService"),
        failed: Some("Failed"),
        updating: Some("Updating"),
        updated: Some("Stopped"),
        deleting: Some("Deleting"),
        ..LIFECYCLE
    }),
    ..ORDINARY
};

/// The states in which it can be started, changed and deleted.
const STOPPED: &[&str] = &["Stopped", "Failed"];

const CANNOT_BE_UPDATED: ErrorText = ErrorText {
    code: VALIDATION,
    message: "Status ({status}) not in ([Stopped, Failed]). Unable to transition to (Updating) for Notebook Instance \
              ({arn})",
};

static LIFECYCLE_CONFIG: Kind = Kind {
    noun: "NotebookInstanceLifecycleConfig",
    id: "notebook-instance-lifecycle-config",
    name: "NotebookInstanceLifecycleConfigName",
    arn: "NotebookInstanceLifecycleConfigArn",
    not_found: ErrorText {
        code: VALIDATION,
        message: "Unable to describe Notebook Instance Lifecycle Config '{arn}'. (Details: Notebook Instance Lifecycle \
                  Config does not exist.)",
    },
    exists: ErrorText {
        code: VALIDATION,
        message: "Unable to create Notebook Instance Lifecycle Config {arn}. (Details: Notebook Instance Lifecycle \
                  Config already exists.)",
    },
    ..ORDINARY
};

static CODE_REPOSITORY: Kind = Kind {
    noun: "CodeRepository",
    id: "code-repository",
    name: "CodeRepositoryName",
    arn: "CodeRepositoryArn",
    operations: &[("ListCodeRepositories", Behavior::List(List { sort_by: "Name", ..OLDEST_FIRST }))],
    merged: &["GitConfig"],
    not_found: ErrorText { code: VALIDATION, message: "Cannot find CodeRepository: \"{arn}\"" },
    ..ORDINARY
};

fn fill_instance(call: &mut Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    let url = format!("{}.notebook.{}.sagemaker.aws", draft.name.to_lowercase(), call.scope.region);
    put(&mut draft.members, "Url", url);
    if draft.members.contains_key("SubnetId") {
        let interface = format!("eni-{}", generate(&draft.name, HEXADECIMAL, 17));
        put(&mut draft.members, "NetworkInterfaceId", interface);
    }
    Ok(())
}

/// Boolean members of the input request the removal of settings.
fn update_instance(call: &Call<'_>, revision: &mut Revision) -> Result<(), ServiceError> {
    for (switch, member) in [
        ("DisassociateLifecycleConfig", "NotebookInstanceLifecycleConfigName"),
        ("DisassociateDefaultCodeRepository", "DefaultCodeRepository"),
        ("DisassociateAdditionalCodeRepositories", "AdditionalCodeRepositories"),
        ("DisassociateAcceleratorTypes", "AcceleratorTypes"),
    ] {
        revision.members.remove(switch);
        if call.input.get(switch).as_bool() == Some(true) {
            revision.members.remove(member);
        }
    }
    let object = call.named(&INSTANCE)?;
    check_stopped(call, object, &CANNOT_BE_UPDATED)
}

fn if_stopped(call: &Call<'_>, instance: &Object) -> Result<(), ServiceError> {
    let text = ErrorText {
        code: VALIDATION,
        message: "Status ({status}) not in ([Stopped, Failed]). Unable to transition to (Deleting) for Notebook \
                  Instance ({arn})",
    };
    check_stopped(call, instance, &text)
}

fn check_stopped(call: &Call<'_>, instance: &Object, text: &ErrorText) -> Result<(), ServiceError> {
    let status = instance.view(call.now).get("NotebookInstanceStatus").cloned().unwrap_or_default();
    match status.as_str() {
        Some(status) if STOPPED.contains(&status) => Ok(()),
        _ => Err(call.in_status(&INSTANCE, text, instance)),
    }
}

fn with_code_repository(call: &Call<'_>, view: &Map) -> bool {
    let requested = call.input.get("AdditionalCodeRepositoryEquals");
    let all = elements(view, "AdditionalCodeRepositories");
    requested.is_null() || all.contains(requested)
}

fn presign(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let instance = call.named(&INSTANCE)?;
    let url = instance.members.get("Url").and_then(Value::as_str).unwrap_or_default();
    let token = token(&instance.arn, call.now);
    Ok(Value::from([("AuthorizedUrl", format!("https://{url}?authToken={token}").into())]))
}

#[cfg(test)]
mod tests {
    use crate::local::tests::bench::{Bench, text};

    const NAME: &str = r#"{"NotebookInstanceName":"Lab"}"#;
    const CREATE: &str = r#"{"NotebookInstanceName":"Lab","InstanceType":"ml.t3.medium",
        "RoleArn":"arn:aws:iam::123456789012:role/r","SecurityGroupIds":["sg-1"],"SubnetId":"subnet-1"}"#;

    fn status(bench: &Bench) -> String {
        text(&bench.ok("DescribeNotebookInstance", NAME), "NotebookInstanceStatus").to_owned()
    }

    #[test]
    fn an_instance_has_to_be_stopped_to_be_changed_or_deleted() {
        let bench = Bench::new();
        let update = r#"{"NotebookInstanceName":"Lab","InstanceType":"ml.t3.large"}"#;
        bench.ok("CreateNotebookInstance", CREATE);
        assert_eq!(status(&bench), "Pending");
        bench.wait();
        assert_eq!(status(&bench), "InService");
        let refused = "ValidationException: Status (InService) not in ([Stopped, Failed]). Unable to transition to ";
        assert!(bench.refused("UpdateNotebookInstance", update).starts_with(&format!("{refused}(Updating)")));
        assert!(bench.refused("DeleteNotebookInstance", NAME).starts_with(&format!("{refused}(Deleting)")));
        bench.ok("StopNotebookInstance", NAME);
        assert_eq!(status(&bench), "Stopping");
        bench.wait();
        bench.ok("UpdateNotebookInstance", update);
        assert_eq!(status(&bench), "Updating");
        bench.wait();
        assert_eq!(status(&bench), "Stopped");
        bench.ok("StartNotebookInstance", NAME);
        bench.wait();
        let shown = bench.ok("DescribeNotebookInstance", NAME);
        assert_eq!(
            (text(&shown, "NotebookInstanceStatus"), text(&shown, "InstanceType")),
            ("InService", "ml.t3.large")
        );
        bench.ok("StopNotebookInstance", NAME);
        bench.wait();
        bench.ok("DeleteNotebookInstance", NAME);
        assert_eq!(status(&bench), "Deleting");
        bench.wait();
        assert_eq!(bench.refused("DescribeNotebookInstance", NAME), "ValidationException: RecordNotFound");
    }

    #[test]
    fn switches_let_go_of_what_an_instance_was_set_up_with() {
        let bench = Bench::new();
        bench.ok("CreateNotebookInstanceLifecycleConfig", r#"{"NotebookInstanceLifecycleConfigName":"setup"}"#);
        bench.ok("CreateNotebookInstance", &CREATE.replace('}', r#","LifecycleConfigName":"setup"}"#));
        bench.wait();
        let shown = bench.ok("DescribeNotebookInstance", NAME);
        assert_eq!(text(&shown, "NotebookInstanceLifecycleConfigName"), "setup");
        assert_eq!(shown.get("SecurityGroups").at(0).as_str(), Some("sg-1"));
        bench.ok("StopNotebookInstance", NAME);
        bench.wait();
        bench.ok("UpdateNotebookInstance", r#"{"NotebookInstanceName":"Lab","DisassociateLifecycleConfig":true}"#);
        bench.wait();
        let shown = bench.ok("DescribeNotebookInstance", NAME);
        assert!(shown.get("NotebookInstanceLifecycleConfigName").is_null());
    }

    #[test]
    fn of_the_git_configuration_only_the_secret_changes() {
        let bench = Bench::new();
        let name = r#"{"CodeRepositoryName":"repo","#;
        let git = r#""GitConfig":{"RepositoryUrl":"https://example.com/a.git","Branch":"main"}}"#;
        bench.ok("CreateCodeRepository", &format!("{name}{git}"));
        let secret = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:git-1";
        bench.ok("UpdateCodeRepository", &format!(r#"{name}"GitConfig":{{"SecretArn":"{secret}"}}}}"#));
        let shown = bench.ok("DescribeCodeRepository", r#"{"CodeRepositoryName":"repo"}"#);
        assert_eq!(text(shown.get("GitConfig"), "SecretArn"), secret);
        assert_eq!(text(shown.get("GitConfig"), "Branch"), "main");
    }
}
