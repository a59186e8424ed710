//! What Studio is set up with: configurations of app images, and lifecycle configurations.

use super::studio::{APP, DOMAIN, SPACE, USER_PROFILE};
use crate::{
    local::{
        error::{IN_USE, ServiceError},
        kind::{Behavior, Call, Kind, List, NEWEST_FIRST, ORDINARY},
        operations::ordinary::if_stable,
        storage::store::Object,
    },
    value::Value,
};

pub(in crate::local) static KINDS: &[&Kind] = &[&APP_IMAGE_CONFIG, &LIFECYCLE_CONFIG];

static APP_IMAGE_CONFIG: Kind = Kind {
    noun: "AppImageConfig",
    // Assumed.
    merged: &["KernelGatewayImageConfig", "JupyterLabAppImageConfig", "CodeEditorAppImageConfig"],
    id: "app-image-config",
    name: "AppImageConfigName",
    arn: "AppImageConfigArn",
    defaults: &[
        // API reference, FileSystemConfig.
        ("*.FileSystemConfig.MountPath", "/home/sagemaker-user"),
        ("*.FileSystemConfig.DefaultUid", "1000"),
        ("*.FileSystemConfig.DefaultGid", "100"),
    ],
    ..ORDINARY
};

static LIFECYCLE_CONFIG: Kind = Kind {
    noun: "StudioLifecycleConfig",
    id: "studio-lifecycle-config",
    name: "StudioLifecycleConfigName",
    arn: "StudioLifecycleConfigArn",
    operations: &[
        ("DeleteStudioLifecycleConfig", Behavior::Delete(if_unused)),
        (
            "ListStudioLifecycleConfigs",
            Behavior::List(List { fields: &[("AppTypeEquals", "StudioLifecycleConfigAppType")], ..NEWEST_FIRST }),
        ),
    ],
    ..ORDINARY
};

/// "You must also remove the Lifecycle Configuration from UserSettings in all Domains and UserProfiles" (API reference,
/// DeleteStudioLifecycleConfig); the wording is assumed.
fn if_unused(call: &Call<'_>, config: &Object) -> Result<(), ServiceError> {
    if_stable(call, config)?;
    let kinds = [&DOMAIN, &USER_PROFILE, &SPACE, &APP];
    let mut users = kinds.iter().flat_map(|kind| call.region.of_kind(kind.id)).filter(|one| {
        !matches!(one.view(call.now).get("Status").and_then(Value::as_str), Some("Deleted"))
            && one.members.values().any(|value| mentions(value, &config.arn))
    });
    match users.next() {
        Some(user) => {
            let message = format!("StudioLifecycleConfig {} is in use by {}.", config.arn, user.arn);
            Err(ServiceError::new(IN_USE, message))
        }
        None => Ok(()),
    }
}

fn mentions(value: &Value, text: &str) -> bool {
    match value {
        Value::String(string) => string == text,
        Value::List(elements) => elements.iter().any(|element| mentions(element, text)),
        Value::Map(members) => members.values().any(|member| mentions(member, text)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::local::{kinds::studio::tests::with_profile, tests::bench::text};

    #[test]
    fn a_lifecycle_configuration_that_is_in_use_cannot_be_deleted() {
        let (bench, id) = with_profile();
        let config = r#"{"StudioLifecycleConfigName":"setup"}"#;
        let content = r#","StudioLifecycleConfigContent":"ZQ==","StudioLifecycleConfigAppType":"JupyterLab"}"#;
        let created = bench.ok("CreateStudioLifecycleConfig", &config.replace('}', content));
        let arn = text(&created, "StudioLifecycleConfigArn");
        let settings = format!(r#"{{"JupyterLabAppSettings":{{"LifecycleConfigArns":["{arn}"]}}}}"#);
        bench.ok("UpdateDomain", &format!(r#"{{"DomainId":"{id}","DefaultUserSettings":{settings}}}"#));
        bench.wait();
        assert!(bench.refused("DeleteStudioLifecycleConfig", config).starts_with("ResourceInUse: "));
    }
}
