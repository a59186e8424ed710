//! Feature groups: features are only ever added; the online store can be tuned.

use crate::{
    local::{
        error::{ErrorText, IN_USE, NOT_FOUND, ServiceError},
        kind::{Behavior, Call, Draft, Kind, List, NEWEST_FIRST, ORDINARY, Revision},
        lifecycle::{LIFECYCLE, Lifecycle},
        operations::{
            members::{default, elements, known, within},
            ordinary::allow_deletion,
        },
        storage::store::Object,
    },
    value::{Map, Value},
};

pub(in crate::local) static KIND: Kind = Kind {
    noun: "FeatureGroup",
    id: "feature-group",
    name: "FeatureGroupName",
    arn: "FeatureGroupArn",
    operations: &[
        ("CreateFeatureGroup", Behavior::Create(fill)),
        ("UpdateFeatureGroup", Behavior::Update(update)),
        // Assumed: also while it is being created or updated.
        ("DeleteFeatureGroup", Behavior::Delete(allow_deletion)),
        ("DescribeFeatureMetadata", Behavior::Other(describe_feature)),
        ("UpdateFeatureMetadata", Behavior::Other(update_feature)),
        (
            "ListFeatureGroups",
            Behavior::List(List {
                // The order is assumed.
                fields: &[
                    ("FeatureGroupStatusEquals", "FeatureGroupStatus"),
                    ("OfflineStoreStatusEquals", "OfflineStoreStatus.Status"),
                    ("FeatureGroupStatus", "FeatureGroupStatus"),
                    ("OfflineStoreStatus", "OfflineStoreStatus.Status"),
                ],
                ..NEWEST_FIRST
            }),
        ),
    ],
    not_found: ErrorText {
        code: NOT_FOUND,
        message: "Resource Not Found: Amazon SageMaker can't find a FeatureGroup with name {name}",
    },
    exists: ErrorText {
        code: IN_USE,
        message: "Resource Already Exists: FeatureGroup with name {name} already exists. Choose a different name.\n\
                  Info: Feature Group '{name}' already exists.",
    },
    lifecycle: Some(Lifecycle {
        status: "FeatureGroupStatus",
        creating: &["Creating"],
        created: Some("Created"),
        failed: Some("CreateFailed"),
        deleting: Some("Deleting"),
        ..LIFECYCLE
    }),
    ..ORDINARY
};

/// "FeatureNames cannot be any of the following" (API reference, CreateFeatureGroup).
const RESERVED: [&str; 3] = ["is_deleted", "write_time", "api_invocation_time"];
const ON_DEMAND: &str = "OnDemand";

fn fill(call: &mut Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    check_features(call.input.get("FeatureDefinitions").elements(), &[])?;
    check_named_features(&call.input)?;
    let name = format!("{}-{}", draft.name, call.now.seconds());
    let prefix = format!("{}/sagemaker/{}/offline-store/{name}/data", call.scope.account, call.scope.region);
    let table = format!("{}_{}", draft.name.to_lowercase(), call.now.seconds());
    let members = &mut draft.members;
    within(members, "OnlineStoreConfig", |online| default(online, "EnableOnlineStore", false));
    within(members, "OfflineStoreConfig", |offline| fill_offline_store(offline, &prefix, table));
    // The aws provider computes it if unset.
    default(members, "ThroughputConfig", Value::from([("ThroughputMode", ON_DEMAND.into())]));
    if members.contains_key("OfflineStoreConfig") {
        draft.results.insert("OfflineStoreStatus".into(), Value::from([("Status", "Active".into())]));
    }
    if online(&draft.members) {
        draft.members.insert("OnlineStoreTotalSizeBytes".into(), 0.into());
    }
    Ok(())
}

/// As describe-feature-group replies show paths and tables.
fn fill_offline_store(offline: &mut Map, prefix: &str, table: String) {
    within(offline, "S3StorageConfig", |storage| {
        if let Some(uri) = storage.get("S3Uri").and_then(Value::as_str) {
            let resolved = format!("{}/{prefix}", uri.trim_end_matches('/'));
            default(storage, "ResolvedOutputS3Uri", resolved);
        }
    });
    default(offline, "DisableGlueTableCreation", false);
    // "If set to True without DataCatalogConfig, no Glue table is created or associated" (API reference).
    if offline.get("DisableGlueTableCreation").and_then(Value::as_bool) == Some(false) {
        let catalog = Value::from([
            ("TableName", table.into()),
            ("Catalog", "AwsDataCatalog".into()),
            ("Database", "sagemaker_featurestore".into()),
        ]);
        default(offline, "DataCatalogConfig", catalog);
    }
}

fn update(call: &Call<'_>, revision: &mut Revision) -> Result<(), ServiceError> {
    let changes = ["FeatureAdditions", "OnlineStoreConfig", "ThroughputConfig"];
    if changes.iter().filter(|change| !call.input.get(change).is_null()).count() != 1 {
        // "Use one of the following request parameters at a time" (API reference); the wording is assumed.
        return Err(invalid("Exactly one of FeatureAdditions, OnlineStoreConfig and ThroughputConfig must be given."));
    }
    if revision.changing {
        // "You cannot update a feature group's throughput while another update is in progress" (API reference); that
        // this holds for all updates is assumed, as are code and wording.
        return Err(ServiceError::new(IN_USE, "The FeatureGroup is being changed. Wait until it is done."));
    }
    add_features(call, &mut revision.members)?;
    tune_online_store(call.input.get("OnlineStoreConfig"), &mut revision.members)?;
    change_throughput(call.input.get("ThroughputConfig"), &mut revision.members)?;
    let status = |status: &'static str| known([("LastUpdateStatus", Value::from([("Status", status.into())]))]);
    revision.members.append(&mut status("Successful"));
    revision.failed = status("Failed");
    revision.stages = vec![status("InProgress")];
    Ok(())
}

fn add_features(call: &Call<'_>, members: &mut Map) -> Result<(), ServiceError> {
    let additions = call.input.get("FeatureAdditions").elements();
    if let Some(Value::List(features)) = members.get_mut("FeatureDefinitions") {
        check_features(additions, features)?;
        features.extend_from_slice(additions);
    }
    Ok(())
}

/// A time to live without unit and value is removed (API reference, UpdateFeatureGroup).
fn tune_online_store(change: &Value, members: &mut Map) -> Result<(), ServiceError> {
    if change.is_null() {
        return Ok(());
    }
    if !online(members) {
        return Err(invalid("The FeatureGroup has no online store.")); // Assumed wording.
    }
    within(members, "OnlineStoreConfig", |store| {
        match change.get("TtlDuration") {
            Value::Null => {}
            duration if duration.is_zero() => {
                store.remove("TtlDuration");
            }
            duration => {
                store.insert("TtlDuration".into(), duration.clone());
            }
        }
        if !change.get("StorageType").is_null() {
            store.insert("StorageType".into(), change.get("StorageType").clone());
        }
    });
    Ok(())
}

fn change_throughput(change: &Value, members: &mut Map) -> Result<(), ServiceError> {
    let Value::Map(change) = change else { return Ok(()) };
    let mut throughput = members.get("ThroughputConfig").and_then(Value::as_map).cloned().unwrap_or_default();
    throughput.extend(change.clone());
    if throughput.get("ThroughputMode").and_then(Value::as_str) == Some(ON_DEMAND)
        && change.contains_key("ThroughputMode")
    {
        throughput.retain(|member, _| member == "ThroughputMode" || change.contains_key(member));
    }
    let throughput = Value::Map(throughput);
    check_throughput(&throughput)?;
    members.insert("ThroughputConfig".into(), throughput);
    Ok(())
}

/// Not shown by describing the group: what is noted of each feature, by name.
const METADATA: &str = "FeatureMetadata";

/// The group and the definition of the feature that the input names.
fn feature<'a>(call: &'a Call<'_>) -> Result<(&'a Object, &'a Value), ServiceError> {
    let group = call.named(&KIND)?;
    let name = call.text("FeatureName");
    let mut features = elements(&group.members, "FeatureDefinitions").iter();
    let found = features.find(|feature| name_of(feature) == name);
    // Assumed wording.
    let absent = || ServiceError::new(NOT_FOUND, format!("Feature {name} of {} does not exist.", group.arn));
    Ok((group, found.ok_or_else(absent)?))
}

fn describe_feature(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let (group, definition) = feature(call)?;
    let mut view = group.view(call.now);
    view.remove("Description");
    view.extend(definition.as_map().cloned().unwrap_or_default());
    let metadata = group.members.get(METADATA).map(|all| all.get(&name_of(definition)).clone()).unwrap_or_default();
    view.extend(metadata.as_map().cloned().unwrap_or_default());
    Ok(call.reply(view))
}

fn update_feature(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let (group, definition) = feature(call)?;
    let (key, name) = (group.key.clone(), name_of(definition));
    let mut all = group.members.get(METADATA).and_then(Value::as_map).cloned().unwrap_or_default();
    let mut noted = all.get(&name).and_then(Value::as_map).cloned().unwrap_or_default();
    let additions = call.input.get("ParameterAdditions").elements();
    let removals = call.input.get("ParameterRemovals").elements();
    let mut parameters = elements(&noted, "Parameters").to_vec();
    parameters.retain(|one| {
        !removals.contains(one.get("Key")) && !additions.iter().any(|new| new.get("Key") == one.get("Key"))
    });
    parameters.extend_from_slice(additions);
    noted.insert("Parameters".into(), Value::List(parameters));
    noted.insert("LastModifiedTime".into(), call.now.to_value());
    if !call.input.get("Description").is_null() {
        noted.insert("Description".into(), call.input.get("Description").clone());
    }
    all.insert(name, Value::Map(noted));
    if let Some(group) = call.region.get_mut(KIND.id, &key) {
        group.patch(&Map::new(), &Map::from([(METADATA.to_owned(), Value::Map(all))]));
    }
    Ok(Value::object())
}

fn check_features(features: &[Value], existing: &[Value]) -> Result<(), ServiceError> {
    let mut names: Vec<String> = existing.iter().map(name_of).collect();
    for name in features.iter().map(name_of) {
        if RESERVED.contains(&name.as_str()) {
            return Err(invalid(&format!("FeatureName {name} is reserved."))); // Assumed wording.
        }
        if names.contains(&name) {
            return Err(invalid(&format!("Duplicate feature name: {name}."))); // Assumed wording.
        }
        names.push(name);
    }
    Ok(())
}

/// "RecordIdentifierFeatureName must be one of feature definitions' names"; the event time "can be a String or
/// Fractional" (API reference). The wordings are assumed.
fn check_named_features(input: &Value) -> Result<(), ServiceError> {
    for member in ["RecordIdentifierFeatureName", "EventTimeFeatureName"] {
        let name = input.get(member).as_str().unwrap_or_default();
        let Some(feature) = input.get("FeatureDefinitions").elements().iter().find(|one| name_of(one) == name) else {
            return Err(invalid(&format!("{member} {name} must be one of the FeatureDefinitions.")));
        };
        if member == "EventTimeFeatureName" && feature.get("FeatureType").as_str() == Some("Integral") {
            return Err(invalid("The type of the event time feature must be String or Fractional."));
        }
    }
    Ok(())
}

/// "This field is not applicable for on-demand feature groups" (API reference); the wording is assumed.
fn check_throughput(throughput: &Value) -> Result<(), ServiceError> {
    let units = ["ProvisionedReadCapacityUnits", "ProvisionedWriteCapacityUnits"];
    let on_demand = throughput.get("ThroughputMode").as_str() == Some(ON_DEMAND);
    if on_demand && units.iter().any(|member| !throughput.get(member).is_null()) {
        return Err(invalid("Capacity units cannot be given for the throughput mode OnDemand."));
    }
    Ok(())
}

fn online(members: &Map) -> bool {
    members.get("OnlineStoreConfig").is_some_and(|store| store.get("EnableOnlineStore").as_bool() == Some(true))
}

fn name_of(feature: &Value) -> String {
    feature.get("FeatureName").as_str().unwrap_or_default().to_owned()
}

fn invalid(message: &str) -> ServiceError {
    ServiceError::validation(message)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::local::{
        json,
        outcome::Outcome,
        tests::bench::{Bench, text},
    };

    const NAME: &str = r#"{"FeatureGroupName":"Customers"}"#;
    const ONLINE: &str = r#"{"FeatureGroupName":"Customers","RecordIdentifierFeatureName":"id",
        "EventTimeFeatureName":"at","FeatureDefinitions":[{"FeatureName":"id","FeatureType":"Integral"},
        {"FeatureName":"at","FeatureType":"Fractional"}],"OnlineStoreConfig":{"EnableOnlineStore":true}}"#;

    fn created() -> Bench {
        let bench = Bench::new();
        bench.ok("CreateFeatureGroup", ONLINE);
        bench.wait();
        bench
    }

    fn update(bench: &Bench, change: &str) {
        bench.ok("UpdateFeatureGroup", &format!(r#"{{"FeatureGroupName":"Customers",{change}}}"#));
        bench.wait();
    }

    #[test]
    fn a_group_is_created_then_there_then_deleted() {
        let bench = Bench::new();
        bench.ok("CreateFeatureGroup", ONLINE);
        assert_eq!(text(&bench.ok("DescribeFeatureGroup", NAME), "FeatureGroupStatus"), "Creating");
        bench.wait();
        expect![[r#"{"CreationTime":1800000000,"EventTimeFeatureName":"at","FeatureDefinitions":[{"FeatureName":"id","FeatureType":"Integral"},{"FeatureName":"at","FeatureType":"Fractional"}],"FeatureGroupArn":"arn:aws:sagemaker:eu-central-1:123456789012:feature-group/customers","FeatureGroupName":"Customers","FeatureGroupStatus":"Created","LastModifiedTime":1800000000.4,"OnlineStoreConfig":{"EnableOnlineStore":true},"OnlineStoreTotalSizeBytes":0,"RecordIdentifierFeatureName":"id","ThroughputConfig":{"ThroughputMode":"OnDemand"}}"#]]
        .assert_eq(&json::write(&bench.ok("DescribeFeatureGroup", NAME)));
        bench.ok("DeleteFeatureGroup", NAME);
        assert_eq!(text(&bench.ok("DescribeFeatureGroup", NAME), "FeatureGroupStatus"), "Deleting");
        bench.wait();
        assert_eq!(
            bench.refused("DescribeFeatureGroup", NAME),
            "ResourceNotFound: Resource Not Found: Amazon SageMaker can't find a FeatureGroup with name Customers"
        );
    }

    #[test]
    fn a_second_group_of_the_name_is_refused() {
        assert_eq!(
            created().refused("CreateFeatureGroup", ONLINE),
            "ResourceInUse: Resource Already Exists: FeatureGroup with name Customers already exists. Choose a \
             different name.\nInfo: Feature Group 'Customers' already exists."
        );
    }

    #[test]
    fn an_offline_store_gets_a_path_and_a_table() {
        let bench = Bench::new();
        let offline = r#""RoleArn":"arn:aws:iam::123456789012:role/r",
            "OfflineStoreConfig":{"S3StorageConfig":{"S3Uri":"s3://b/p/"}}}"#;
        bench.ok("CreateFeatureGroup", &ONLINE.replace(r#""OnlineStoreConfig":{"EnableOnlineStore":true}}"#, offline));
        bench.wait();
        let shown = bench.ok("DescribeFeatureGroup", NAME);
        expect![[r#"{"DataCatalogConfig":{"Catalog":"AwsDataCatalog","Database":"sagemaker_featurestore","TableName":"customers_1800000000"},"DisableGlueTableCreation":false,"S3StorageConfig":{"ResolvedOutputS3Uri":"s3://b/p/123456789012/sagemaker/eu-central-1/offline-store/Customers-1800000000/data","S3Uri":"s3://b/p/"}}"#]]
        .assert_eq(&json::write(shown.get("OfflineStoreConfig")));
        assert_eq!(text(shown.get("OfflineStoreStatus"), "Status"), "Active");
    }

    #[test]
    fn features_are_added_when_the_update_is_over() {
        let bench = created();
        let addition = r#""FeatureAdditions":[{"FeatureName":"city","FeatureType":"String"}]"#;
        let input = format!(r#"{{"FeatureGroupName":"Customers",{addition}}}"#);
        bench.ok("UpdateFeatureGroup", &input);
        let updating = bench.ok("DescribeFeatureGroup", NAME);
        assert_eq!(text(updating.get("LastUpdateStatus"), "Status"), "InProgress");
        assert_eq!(updating.get("FeatureDefinitions").elements().len(), 2);
        assert!(bench.refused("UpdateFeatureGroup", &input).starts_with("ResourceInUse"));
        bench.wait();
        let updated = bench.ok("DescribeFeatureGroup", NAME);
        assert_eq!(text(updated.get("LastUpdateStatus"), "Status"), "Successful");
        assert_eq!(text(updated.get("FeatureDefinitions").at(2), "FeatureName"), "city");
        assert_eq!(bench.refused("UpdateFeatureGroup", &input), "ValidationException: Duplicate feature name: city.");
    }

    #[test]
    fn a_failed_update_leaves_the_group_created_and_says_so() {
        let bench = created();
        let input = r#"{"FeatureGroupName":"Customers","ThroughputConfig":{"ThroughputMode":"Provisioned"}}"#;
        bench.ends("UpdateFeatureGroup", input, Outcome::Failure("No.".into()));
        bench.wait();
        let shown = bench.ok("DescribeFeatureGroup", NAME);
        assert_eq!(text(&shown, "FeatureGroupStatus"), "Created");
        assert_eq!(text(shown.get("LastUpdateStatus"), "Status"), "Failed");
        assert_eq!(text(shown.get("ThroughputConfig"), "ThroughputMode"), "OnDemand");
    }

    #[test]
    fn a_time_to_live_is_set_changed_and_taken_away() {
        let bench = created();
        for (duration, shown) in [
            (r#"{"Unit":"Days","Value":3}"#, r#"{"Unit":"Days","Value":3}"#),
            (r#"{"Unit":"Weeks","Value":1}"#, r#"{"Unit":"Weeks","Value":1}"#),
            (r#"{"Unit":null,"Value":null}"#, "null"),
        ] {
            update(&bench, &format!(r#""OnlineStoreConfig":{{"TtlDuration":{duration}}}"#));
            let group = bench.ok("DescribeFeatureGroup", NAME);
            assert_eq!(json::write(group.get("OnlineStoreConfig").get("TtlDuration")), shown);
        }
    }

    #[test]
    fn throughput_changes_between_its_modes() {
        let bench = created();
        let throughput = || json::write(bench.ok("DescribeFeatureGroup", NAME).get("ThroughputConfig"));
        update(
            &bench,
            r#""ThroughputConfig":{"ThroughputMode":"Provisioned","ProvisionedReadCapacityUnits":5,
            "ProvisionedWriteCapacityUnits":6}"#,
        );
        update(&bench, r#""ThroughputConfig":{"ProvisionedReadCapacityUnits":7}"#);
        assert_eq!(
            throughput(),
            r#"{"ProvisionedReadCapacityUnits":7,"ProvisionedWriteCapacityUnits":6,"ThroughputMode":"Provisioned"}"#
        );
        update(&bench, r#""ThroughputConfig":{"ThroughputMode":"OnDemand"}"#);
        assert_eq!(throughput(), r#"{"ThroughputMode":"OnDemand"}"#);
    }

    #[test]
    fn mistakes_beyond_the_model_are_refused() {
        let bench = Bench::new();
        for (wrong, right, message) in [
            (r#""RecordIdentifierFeatureName":"x""#, r#""RecordIdentifierFeatureName":"id""#, "must be one of"),
            (r#""EventTimeFeatureName":"id""#, r#""EventTimeFeatureName":"at""#, "must be String or Fractional"),
            (r#""FeatureName":"is_deleted""#, r#""FeatureName":"at""#, "is_deleted is reserved"),
            (r#""FeatureName":"at""#, r#""FeatureName":"id""#, "Duplicate feature name: at"),
            (r#""Description":"none""#, r#""OnlineStoreConfig":{"EnableOnlineStore":true}"#, "At least one of"),
        ] {
            let refused = bench.refused("CreateFeatureGroup", &ONLINE.replace(right, wrong));
            assert!(refused.contains(message), "{refused}");
        }
    }

    #[test]
    fn what_is_noted_of_a_feature_is_added_to_and_removed_from() {
        let bench = created();
        let feature = r#"{"FeatureGroupName":"Customers","FeatureName":"id"}"#;
        for (change, expected) in [
            (r#""Description":"d","ParameterAdditions":[{"Key":"a","Value":"1"},{"Key":"b","Value":"2"}]"#, ["a", "b"]),
            (r#""ParameterAdditions":[{"Key":"c","Value":"3"}],"ParameterRemovals":["a"]"#, ["b", "c"]),
        ] {
            bench.ok("UpdateFeatureMetadata", &feature.replace('}', &format!(",{change}}}")));
            let shown = bench.ok("DescribeFeatureMetadata", feature);
            assert_eq!(crate::local::tests::bench::names(&shown, "Parameters", "Key"), expected);
            assert_eq!((text(&shown, "Description"), text(&shown, "FeatureType")), ("d", "Integral"));
        }
        let absent = feature.replace("id", "no");
        assert!(bench.refused("DescribeFeatureMetadata", &absent).starts_with("ResourceNotFound: "));
    }

    #[test]
    fn lists_filter_by_status() {
        let bench = created();
        let count = |filter: &str| {
            let reply = bench.ok("ListFeatureGroups", &format!(r#"{{"FeatureGroupStatusEquals":"{filter}"}}"#));
            reply.get("FeatureGroupSummaries").elements().len()
        };
        assert_eq!((count("Created"), count("Creating")), (1, 0));
    }
}
