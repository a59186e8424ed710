//! Studio: domains with their user profiles and spaces, and the apps that run in them.

use crate::{
    arn::Arn,
    local::{
        error::{ErrorText, IN_USE, ServiceError, VALIDATION},
        kind::{Behavior, Call, Draft, GeneratedId, Kind, List, OLDEST_FIRST, ORDINARY, Parent, Revision},
        lifecycle::{LIFECYCLE, Lifecycle},
        operations::{
            ids::{HEXADECIMAL, LOWERCASE, generate, token},
            members::{default, lookup, merge, put, within},
        },
        storage::store::Object,
    },
    value::{Map, Value},
};

pub(in crate::local) static KINDS: &[&Kind] = &[&DOMAIN, &USER_PROFILE, &SPACE, &APP];

/// The statuses of domains, user profiles and spaces.
const STUDIO: Lifecycle = Lifecycle {
    creating: &["Pending"],
    created: Some("InService"),
    failed: Some("Failed"),
    updating: Some("Updating"),
    update_failed: Some("Update_Failed"),
    deleting: Some("Deleting"),
    ..LIFECYCLE
};

pub(super) static DOMAIN: Kind = Kind {
    noun: "Domain",
    id: "domain",
    name: "DomainName",
    arn: "DomainArn",
    identity: &["DomainId"],
    // Assumed: several may have the same name.
    generated_id: Some(GeneratedId {
        prefix: "d-",
        alphabet: LOWERCASE,
        length: 12,
        member: Some("DomainId"),
        unique: false,
    }),
    operations: &[
        ("CreateDomain", Behavior::Create(fill_domain)),
        ("UpdateDomain", Behavior::Amend(update_domain)),
        ("CreatePresignedDomainUrl", Behavior::Other(presign)),
    ],
    renamed: &[("DomainSettingsForUpdate", "DomainSettings")],
    // hashicorp/aws#43127, #35503, #40182: settings are merged, those of apps too. Assumed of DomainSettings.
    merged: &["DefaultUserSettings", "DefaultSpaceSettings", "DomainSettings"],
    defaults: &[
        // API reference, CreateDomain.
        ("AppNetworkAccessType", "PublicInternetOnly"),
        ("TagPropagation", "DISABLED"),
        ("HomeEfsFileSystemCreation", "Enabled"),
        // Computed in the schema of the aws provider; the values are assumed.
        ("DefaultUserSettings.AutoMountHomeEFS", "Enabled"),
        ("DefaultUserSettings.DefaultLandingUri", "studio::"),
        ("DefaultUserSettings.StudioWebPortal", "ENABLED"),
        ("DefaultUserSettings.SpaceStorageSettings", EBS),
        ("DefaultSpaceSettings.SpaceStorageSettings", EBS),
    ],
    in_use: ErrorText {
        code: IN_USE,
        message: "Unable to delete Domain ({name}) because UserProfile(s) are associated with it",
    },
    lifecycle: Some(STUDIO),
    ..ORDINARY
};

const EBS: &str = r#"{"DefaultEbsStorageSettings":{"DefaultEbsVolumeSizeInGb":5,"MaximumEbsVolumeSizeInGb":100}}"#;

pub(super) static USER_PROFILE: Kind = Kind {
    noun: "UserProfile",
    id: "user-profile",
    name: "UserProfileName",
    arn: "UserProfileArn",
    identity: &["DomainId", "UserProfileName"],
    parents: &[IN_DOMAIN],
    operations: &[
        ("CreateUserProfile", Behavior::Create(fill_user_profile)),
        ("UpdateUserProfile", Behavior::Amend(update_settings)),
        ("ListUserProfiles", Behavior::List(OLDEST_FIRST)),
    ],
    merged: &["UserSettings"],
    defaults: &[
        ("UserSettings.AutoMountHomeEFS", "DefaultAsDomain"),
        ("UserSettings.StudioWebPortal", "ENABLED"),
        ("UserSettings.SpaceStorageSettings", EBS),
    ],
    in_use: ErrorText {
        code: IN_USE,
        message: "Unable to delete UserProfile ({name}) because App(s) are associated with it",
    },
    lifecycle: Some(STUDIO),
    ..ORDINARY
};

pub(super) static SPACE: Kind = Kind {
    noun: "Space",
    id: "space",
    name: "SpaceName",
    arn: "SpaceArn",
    identity: &["DomainId", "SpaceName"],
    parents: &[IN_DOMAIN],
    operations: &[
        ("CreateSpace", Behavior::Create(fill_space)),
        ("UpdateSpace", Behavior::Amend(update_settings)),
        ("ListSpaces", Behavior::List(OLDEST_FIRST)),
    ],
    repeated: &[
        ("SpaceSettingsSummary", "SpaceSettings"),
        ("SpaceSharingSettingsSummary", "SpaceSharingSettings"),
        ("OwnershipSettingsSummary", "OwnershipSettings"),
    ],
    merged: &["SpaceSettings"],
    // Computed in the schema of the aws provider; the value is assumed.
    defaults: &[("SpaceSettings.SpaceStorageSettings", r#"{"EbsStorageSettings":{"EbsVolumeSizeInGb":5}}"#)],
    in_use: ErrorText {
        code: IN_USE,
        message: "Unable to delete Space ({name}) because App(s) are associated with it",
    },
    lifecycle: Some(STUDIO),
    ..ORDINARY
};

const IN_DOMAIN: Parent = Parent { kind: &DOMAIN, member: "DomainId", blocks_deletion: true };

pub(super) static APP: Kind = Kind {
    noun: "App",
    id: "app",
    name: "AppName",
    arn: "AppArn",
    identity: &["DomainId", "UserProfileName|SpaceName", "AppType", "AppName"],
    parents: &[
        Parent { kind: &USER_PROFILE, member: "UserProfileName", blocks_deletion: true },
        Parent { kind: &SPACE, member: "SpaceName", blocks_deletion: true },
    ],
    operations: &[
        ("CreateApp", Behavior::Create(fill_app)),
        (
            "ListApps",
            Behavior::List(List {
                // Of spaces and profiles there are none in common.
                fields: &[("UserProfileNameEquals", "UserProfileName"), ("SpaceNameEquals", "SpaceName")],
                ..OLDEST_FIRST
            }),
        ),
    ],
    // Computed in the schema of the aws provider; the value is assumed.
    defaults: &[("ResourceSpec", "{}"), ("ResourceSpec.InstanceType", "system")],
    deleted: ErrorText { code: VALIDATION, message: "App {arn} has already been deleted." },
    lifecycle: Some(Lifecycle {
        creating: &["Pending"],
        created: Some("InService"),
        failed: Some("Failed"),
        deleting: Some("Deleting"),
        deleted: Some("Deleted"),
        ..LIFECYCLE
    }),
    ..ORDINARY
};

fn fill_domain(call: &mut Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    let (id, region, account) = (draft.key.clone(), &call.scope.region, &call.scope.account);
    let members = &mut draft.members;
    put(members, "Url", format!("https://{id}.studio.{region}.sagemaker.aws"));
    create_file_system(&id, members);
    // Both members mean the same, the first is deprecated.
    if let Some(key) = members.get("KmsKeyId").or_else(|| members.get("HomeEfsFileSystemKmsKeyId")).cloned() {
        put(members, "KmsKeyId", key.clone());
        put(members, "HomeEfsFileSystemKmsKeyId", key);
    }
    if call.text("AuthMode") == "SSO" {
        let instance = generate(&id, HEXADECIMAL, 16);
        let resource = &format!("application/ssoins-{instance}/apl-{instance}");
        let arn = Arn { partition: call.scope.partition(), service: "sso", region: "", account, resource };
        put(members, "SingleSignOnApplicationArn", arn.to_string());
        put(members, "SingleSignOnManagedApplicationInstanceId", format!("ins-{instance}"));
    }
    fill_security_group(&id, members);
    Ok(())
}

/// The file system of home directories, once it is enabled.
fn create_file_system(id: &str, members: &mut Map) {
    if members.get("HomeEfsFileSystemCreation").and_then(Value::as_str) == Some("Enabled") {
        let name = format!("fs-{}", generate(id, HEXADECIMAL, 17));
        default(members, "HomeEfsFileSystemId", name);
    }
}

/// What an update of a domain cannot change while there are apps. Access and RStudio: API reference and
/// hashicorp/aws#31912, which also quotes the message.
const FIXED_BY_APPS: &[&str] =
    &["AppNetworkAccessType", "AppSecurityGroupManagement", "DomainSettings.RStudioServerProDomainSettings"];

/// The apps' subnets stay as well (API reference, UpdateDomain).
fn check_apps(call: &Call<'_>, revision: &Revision) -> Result<(), ServiceError> {
    let domain = call.named(&DOMAIN)?;
    let (before, after) = (&domain.view(call.now), &revision.members);
    let stays = |path: &&str| lookup(before, path) == lookup(after, path);
    let left = lookup(after, "SubnetIds").elements();
    let loses_subnets = lookup(before, "SubnetIds").elements().iter().any(|subnet| !left.contains(subnet));
    let is_there = |app: &Object| {
        let view = app.view(call.now);
        lookup(&view, "DomainId").as_str() == Some(call.text("DomainId"))
            && matches!(lookup(&view, "Status").as_str(), Some("InService" | "Pending" | "Deleting"))
    };
    if (loses_subnets || !FIXED_BY_APPS.iter().all(stays)) && call.region.of_kind(APP.id).any(is_there) {
        return Err(ServiceError::validation(format!(
            "Unable to update Domain [{}] with InService App. Delete all InService apps in the domain including shared Apps \
             for [domain-shared] User Profile, and try again.",
            domain.arn
        )));
    }
    Ok(())
}

/// The settings for an update have other names in places.
fn update_domain(call: &Call<'_>, revision: &mut Revision) -> Result<(), ServiceError> {
    const UPDATED: &str = "RStudioServerProDomainSettingsForUpdate";
    let studio = call.operation.input.member("DomainSettingsForUpdate").and_then(|member| member.shape.member(UPDATED));
    within(&mut revision.members, "DomainSettings", |settings| {
        if let (Some(new), Some(member)) = (settings.remove(UPDATED), studio) {
            merge(member.shape, settings.entry("RStudioServerProDomainSettings".to_owned()).or_default(), new);
        }
    });
    remove_cleared(&mut revision.members);
    check_apps(call, revision)?;
    create_file_system(call.text("DomainId"), &mut revision.members);
    fill_security_group(call.text("DomainId"), &mut revision.members);
    Ok(())
}

fn update_settings(_: &Call<'_>, revision: &mut Revision) -> Result<(), ServiceError> {
    remove_cleared(&mut revision.members);
    Ok(())
}

/// "To clear the value set for SageMakerImageVersionArn, pass None as the value" (API reference, ResourceSpec); that
/// the same holds for the other ARNs whose patterns take it is assumed.
fn remove_cleared(members: &mut Map) {
    const CLEARED: [&str; 4] =
        ["SageMakerImageVersionArn", "LifecycleConfigArn", "BuiltInLifecycleConfigArn", "TrainingPlanArn"];
    members.retain(|name, value| !(CLEARED.contains(&name.as_str()) && value.as_str() == Some("None")));
    for value in members.values_mut() {
        if let Value::Map(inner) = value {
            remove_cleared(inner);
        }
    }
}

/// RStudio needs a security group between its parts (API reference, DescribeDomain).
fn fill_security_group(id: &str, members: &mut Map) {
    let settings = members.get("DomainSettings").cloned().unwrap_or_default();
    if !settings.get("RStudioServerProDomainSettings").is_null() {
        let group = format!("sg-{}", generate(id, HEXADECIMAL, 17));
        default(members, "SecurityGroupIdForDomainBoundary", group);
    }
}

fn fill_user_profile(call: &mut Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    put(&mut draft.members, "HomeEfsFileSystemUid", next_uid(call));
    Ok(())
}

fn fill_space(call: &mut Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    let owner = call.input.get("OwnershipSettings").get("OwnerUserProfileName").as_str();
    if let Some(owner) = owner {
        let key = format!("{}/{owner}", call.text("DomainId")).to_lowercase();
        call.get(&USER_PROFILE, &key, owner)?;
    }
    let region = &call.scope.region;
    let url = format!("https://{}.studio.{region}.sagemaker.aws/{}/default", call.text("DomainId"), draft.name);
    put(&mut draft.members, "Url", url);
    put(&mut draft.members, "HomeEfsFileSystemUid", next_uid(call));
    Ok(())
}

/// Users of the file system are counted up from some high number.
fn next_uid(call: &Call<'_>) -> String {
    (200_000 + call.region.count()).to_string()
}

/// Runs an image of the service where the caller names none (seen with describe-app; the account differs by region, and
/// this one is invented).
fn fill_app(call: &mut Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    if call.text("AppType") == "JupyterServer" {
        let (partition, region) = (call.scope.partition(), &call.scope.region);
        let (account, resource) = ("081325390199", "image/jupyter-server-3");
        let image = Arn { partition, service: "sagemaker", region, account, resource }.to_string();
        default(&mut draft.members, "ResourceSpec", Value::object());
        within(&mut draft.members, "ResourceSpec", |spec| default(spec, "SageMakerImageArn", image));
    }
    Ok(())
}

fn presign(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let domain = call.find(&DOMAIN, call.text("DomainId"))?;
    let url = domain.members.get("Url").and_then(Value::as_str).unwrap_or_default().to_owned();
    let key = format!("{}/{}", domain.key, call.text("UserProfileName")).to_lowercase();
    let profile = call.get(&USER_PROFILE, &key, call.text("UserProfileName"))?;
    let token = token(&profile.arn, call.now);
    Ok(Value::from([("AuthorizedUrl", format!("{url}/auth?token={token}").into())]))
}

#[cfg(test)]
pub(super) mod tests {
    use crate::{
        local::tests::bench::{Bench, names, text},
        value::Value,
    };

    const DOMAIN: &str = r#"{"DomainName":"Team","AuthMode":"IAM","DefaultUserSettings":{"ExecutionRole":
        "arn:aws:iam::123456789012:role/studio"},"VpcId":"vpc-1","SubnetIds":["subnet-1"]}"#;

    /// A domain with the profile `ann`.
    pub(in crate::local::kinds) fn with_profile() -> (Bench, String) {
        let bench = Bench::new();
        let id = text(&bench.ok("CreateDomain", DOMAIN), "DomainId").to_owned();
        bench.wait();
        bench.ok("CreateUserProfile", &format!(r#"{{"DomainId":"{id}","UserProfileName":"ann"}}"#));
        bench.wait();
        (bench, id)
    }

    #[test]
    fn a_domain_is_identified_by_its_generated_id() {
        let bench = Bench::new();
        let created = bench.ok("CreateDomain", DOMAIN);
        let id = text(&created, "DomainId");
        assert!(id.starts_with("d-") && id.len() == 14, "{id}");
        assert_eq!(text(&created, "DomainArn"), format!("arn:aws:sagemaker:eu-central-1:123456789012:domain/{id}"));
        let one = format!(r#"{{"DomainId":"{id}"}}"#);
        assert_eq!(text(&bench.ok("DescribeDomain", &one), "Status"), "Pending");
        assert!(bench.refused("DeleteDomain", &one).starts_with("ResourceInUse: "), "it is still being created");
        bench.wait();
        assert_eq!(text(&bench.ok("DescribeDomain", &one), "AppNetworkAccessType"), "PublicInternetOnly");
    }

    #[test]
    fn settings_of_a_domain_are_merged_at_every_depth() {
        let (bench, id) = with_profile();
        let update = |change: &str| {
            bench.ok("UpdateDomain", &format!(r#"{{"DomainId":"{id}","DefaultUserSettings":{change}}}"#));
            assert_eq!(text(&bench.ok("DescribeDomain", &format!(r#"{{"DomainId":"{id}"}}"#)), "Status"), "Updating");
            bench.wait();
            bench.ok("DescribeDomain", &format!(r#"{{"DomainId":"{id}"}}"#)).get("DefaultUserSettings").clone()
        };
        update(
            r#"{"SecurityGroups":["sg-1"],"JupyterLabAppSettings":{"DefaultResourceSpec":{"InstanceType":"ml.t3.medium"}}}"#,
        );
        let scripts = r#"["arn:aws:sagemaker:eu-central-1:123456789012:studio-lifecycle-config/a"]"#;
        let settings = update(&format!(r#"{{"JupyterLabAppSettings":{{"LifecycleConfigArns":{scripts}}}}}"#));
        assert_eq!(settings.get("SecurityGroups").at(0).as_str(), Some("sg-1"));
        assert_eq!(text(&settings, "ExecutionRole"), "arn:aws:iam::123456789012:role/studio");
        let lab = settings.get("JupyterLabAppSettings").clone();
        assert_eq!(text(lab.get("DefaultResourceSpec"), "InstanceType"), "ml.t3.medium");
        assert_eq!(lab.get("LifecycleConfigArns").elements().len(), 1);
        let settings = update(r#"{"JupyterLabAppSettings":{"LifecycleConfigArns":[]}}"#);
        let emptied = update(r#"{"JupyterLabAppSettings":{}}"#);
        assert_eq!(settings, emptied, "an empty structure changes nothing");
        assert_eq!(
            text(emptied.get("JupyterLabAppSettings").get("DefaultResourceSpec"), "InstanceType"),
            "ml.t3.medium"
        );
    }

    #[test]
    fn none_takes_an_arn_out_of_the_settings() {
        let (bench, id) = with_profile();
        let one = format!(r#"{{"DomainId":"{id}","UserProfileName":"ann"}}"#);
        let update = |arn: &str| {
            let lab = format!(r#"{{"JupyterLabAppSettings":{{"BuiltInLifecycleConfigArn":"{arn}"}}}}"#);
            bench.ok(
                "UpdateUserProfile",
                &format!(r#"{{"DomainId":"{id}","UserProfileName":"ann","UserSettings":{lab}}}"#),
            );
            bench.wait();
            let shown = bench.ok("DescribeUserProfile", &one);
            shown.get("UserSettings").get("JupyterLabAppSettings").get("BuiltInLifecycleConfigArn").clone()
        };
        let arn = "arn:aws:sagemaker:eu-central-1:123456789012:studio-lifecycle-config/a";
        assert_eq!((update(arn), update("None")), (arn.into(), Value::Null));
    }

    #[test]
    fn a_domain_with_profiles_and_a_profile_with_apps_cannot_be_deleted() {
        let (bench, id) = with_profile();
        let domain = format!(r#"{{"DomainId":"{id}"}}"#);
        let profile = format!(r#"{{"DomainId":"{id}","UserProfileName":"ann"}}"#);
        let app =
            format!(r#"{{"DomainId":"{id}","UserProfileName":"ann","AppType":"JupyterServer","AppName":"default"}}"#);
        let created = bench.ok("CreateApp", &app);
        assert!(text(&created, "AppArn").ends_with(&format!("app/{id}/ann/jupyterserver/default")));
        bench.wait();
        assert!(bench.refused("DeleteDomain", &domain).contains("because UserProfile(s) are associated with it"));
        assert!(bench.refused("DeleteUserProfile", &profile).contains("because App(s) are associated with it"));
        bench.ok("DeleteApp", &app);
        bench.wait();
        assert_eq!(text(&bench.ok("DescribeApp", &app), "Status"), "Deleted");
        assert!(bench.refused("DeleteApp", &app).contains("has already been deleted"));
        bench.ok("DeleteUserProfile", &profile);
        bench.wait();
        bench.ok("DeleteDomain", &domain);
        bench.wait();
        assert!(bench.refused("DescribeDomain", &domain).starts_with("ResourceNotFound: "));
    }

    #[test]
    fn an_app_can_be_created_again_after_its_deletion() {
        let (bench, id) = with_profile();
        let app =
            format!(r#"{{"DomainId":"{id}","UserProfileName":"ann","AppType":"JupyterServer","AppName":"default"}}"#);
        bench.ok("CreateApp", &app);
        assert!(bench.refused("CreateApp", &app).starts_with("ResourceInUse: "));
        bench.wait();
        bench.ok("DeleteApp", &app);
        bench.wait();
        bench.ok("CreateApp", &app);
        bench.wait();
        assert_eq!(text(&bench.ok("DescribeApp", &app), "Status"), "InService");
    }

    #[test]
    fn profiles_are_listed_by_domain() {
        let (bench, id) = with_profile();
        let listed = |domain: &str| {
            let reply = bench.ok("ListUserProfiles", &format!(r#"{{"DomainIdEquals":"{domain}"}}"#));
            names(&reply, "UserProfiles", "UserProfileName")
        };
        assert_eq!(listed(&id), ["ann"]);
        assert_eq!(listed("d-other"), [""; 0]);
    }

    #[test]
    fn the_network_of_a_domain_changes_only_while_there_are_no_apps() {
        let (bench, id) = with_profile();
        let app =
            format!(r#"{{"DomainId":"{id}","UserProfileName":"ann","AppType":"JupyterServer","AppName":"default"}}"#);
        bench.ok("CreateApp", &app);
        bench.wait();
        let access = r#""AppNetworkAccessType":"VpcOnly","VpcId":"vpc-1","SubnetIds":["subnet-1"]"#;
        let update = |members: &str| format!(r#"{{"DomainId":"{id}",{members}}}"#);
        for refused in [access, r#""SubnetIds":["subnet-2"]"#] {
            assert!(bench.refused("UpdateDomain", &update(refused)).contains("with InService App"), "{refused}");
        }
        bench.ok("UpdateDomain", &update(r#""SubnetIds":["subnet-1","subnet-2"]"#));
        bench.wait();
        bench.ok("DeleteApp", &app);
        bench.wait();
        bench.ok("UpdateDomain", &update(access));
    }

    #[test]
    fn a_url_is_only_presigned_for_a_user_profile_that_exists() {
        let (bench, id) = with_profile();
        let input = |user: &str| format!(r#"{{"DomainId":"{id}","UserProfileName":"{user}"}}"#);
        let url = bench.ok("CreatePresignedDomainUrl", &input("ann"));
        assert!(text(&url, "AuthorizedUrl").starts_with("https://d-"));
        assert!(bench.refused("CreatePresignedDomainUrl", &input("bob")).starts_with("ResourceNotFound: "));
    }
}
