//! Model packages: versions of a model in a group, or unversioned ones with a name of their own.

use super::{
    algorithm, model_package_group,
    validated::{VALIDATED, resolve_containers, status_details},
};
use crate::{
    local::{
        error::{CONFLICT, ErrorText, ServiceError, VALIDATION},
        kind::{Behavior, Call, Draft, Kind, List, OLDEST_FIRST, ORDINARY, Revision},
        lifecycle::Lifecycle,
        operations::{
            members::{default, each, elements, put, within},
            ordinary::allow_deletion,
        },
        storage::store::Object,
    },
    value::{Map, Value},
};

pub(in crate::local) static KIND: Kind = Kind {
    noun: "ModelPackage",
    id: model_package_group::PACKAGE,
    name: "ModelPackageName",
    arn: "ModelPackageArn",
    operations: &[
        ("CreateModelPackage", Behavior::Create(fill)),
        ("DescribeModelPackage", Behavior::Describe(show)),
        ("UpdateModelPackage", Behavior::Update(update)),
        ("DeleteModelPackage", Behavior::Delete(allow_deletion)),
        (
            "ListModelPackages",
            Behavior::List(List {
                others: &["ModelPackageType", "ModelPackageGroupName"],
                keep: of_the_type_and_group,
                ..OLDEST_FIRST
            }),
        ),
    ],
    not_found: ErrorText { code: VALIDATION, message: "ModelPackage {arn} does not exist." },
    exists: ErrorText { code: VALIDATION, message: "Model Package already exists: {arn}" },
    lifecycle: Some(Lifecycle { status: STATUS, ..VALIDATED }),
    ..ORDINARY
};

const SPECIFICATION: &str = "InferenceSpecification";
const STATUS: &str = "ModelPackageStatus";
const APPROVAL: &str = "ModelApprovalStatus";
const ADDITIONAL: &str = "AdditionalInferenceSpecifications";

fn fill(call: &mut Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    match call.input.get("ModelPackageGroupName").is_null() {
        true => check_unversioned(&call.input)?,
        false => number(call, draft)?,
    }
    let sources = call.input.get("SourceAlgorithmSpecification").get("SourceAlgorithms");
    let name = sources.at(0).get("AlgorithmName").as_str();
    let algorithm = name.and_then(|name| call.find(&algorithm::KIND, name).ok());
    let derived = algorithm.and_then(|algorithm| algorithm.view(call.now).get(SPECIFICATION).cloned());
    let members = &mut draft.members;
    // sagemaker-python-sdk finds one in packages of algorithms.
    if let Some(derived) = derived {
        default(members, SPECIFICATION, derived);
    }
    within(members, SPECIFICATION, resolve_containers);
    each(members, ADDITIONAL, resolve_containers);
    default(members, "CertifyForMarketplace", false);
    Ok(())
}

/// Turns the draft into the next version of its group. Numbers are never reused while the group exists.
fn number(call: &mut Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    let group = call.input.get("ModelPackageGroupName").as_str().unwrap_or_default();
    let group = call.find(&model_package_group::KIND, group)?;
    let (group_key, group_name, version) = (group.key.clone(), group.name.clone(), group.parts + 1);
    if let Some(group) = call.region.get_mut(model_package_group::KIND.id, &group_key) {
        group.parts = version;
    }
    draft.key = format!("{group_key}/{version}");
    draft.name.clone_from(&group_name);
    // There is no `ModelPackageName`, although the model requires it (the developer guide's example of a version;
    // CloudFormation's own handler: "Model Package name would be null").
    draft.members.insert("ModelPackageGroupName".into(), group_name.into());
    draft.members.insert("ModelPackageVersion".into(), version.into());
    default(&mut draft.members, APPROVAL, "PendingManualApproval"); // As in that example.
    Ok(())
}

/// An environment in an unversioned package is refused so, as users report; the rest is from the API reference
/// (CreateModelPackage, InferenceSpecification) with assumed wordings.
fn check_unversioned(input: &Value) -> Result<(), ServiceError> {
    let refuse = |message: &str| Err(ServiceError::validation(message));
    let given = |member: &str| !input.get(member).is_null();
    if !given("InferenceSpecification") && !given("SourceAlgorithmSpecification") {
        return refuse("Either InferenceSpecification or SourceAlgorithmSpecification must be specified.");
    }
    let specification = input.get("InferenceSpecification");
    if specification.get("Containers").elements().iter().any(|container| !container.get("Environment").is_null()) {
        return refuse(
            "1 validation errors detected: Environment variable map cannot be specified when using non-versioned \
             ModelPackages",
        );
    }
    Ok(())
}

fn show(call: &Call<'_>, _: &Object, view: &mut Map) -> Result<(), ServiceError> {
    let details = status_details(view, STATUS);
    put(view, "ModelPackageStatusDetails", details);
    if call.input.get("IncludedData").as_str() == Some("MetadataOnly") {
        within(view, "ModelCard", |card| {
            card.remove("ModelCardContent");
        });
    }
    Ok(())
}

/// "Updates a versioned model" (API reference), and CloudFormation's own handler updates no others; the wording is
/// assumed.
fn update(call: &Call<'_>, revision: &mut Revision) -> Result<(), ServiceError> {
    if !revision.members.contains_key("ModelPackageVersion") {
        return Err(ServiceError::validation(format!("{} is not a versioned model package.", revision.arn)));
    }
    if revision.changing {
        // The code is in the model (UpdateModelPackage); the condition and the message are assumed.
        return Err(ServiceError::new(CONFLICT, format!("{} is being changed.", revision.arn)));
    }
    let members = &mut revision.members;
    for member in [
        APPROVAL,
        "ApprovalDescription",
        "ModelPackageRegistrationType",
        "InferenceSpecification",
        "SourceUri",
        "ModelLifeCycle",
    ] {
        if !call.input.get(member).is_null() {
            members.insert(member.to_owned(), call.input.get(member).clone());
        }
    }
    within(members, "InferenceSpecification", resolve_containers);
    update_card(call.input.get("ModelCard"), members);
    update_metadata(&call.input, members);
    add_specifications(&call.input, members)?;
    members.insert("LastModifiedBy".into(), Value::object());
    Ok(())
}

/// Assumed: members of the card that the input omits are kept.
fn update_card(change: &Value, members: &mut Map) {
    if let Value::Map(change) = change {
        default(members, "ModelCard", Value::object());
        within(members, "ModelCard", |card| card.extend(change.clone()));
    }
}

/// Given properties are added or overwritten, those to remove are removed; an empty map is not shown.
fn update_metadata(input: &Value, members: &mut Map) {
    let name = "CustomerMetadataProperties";
    let mut properties = members.get(name).and_then(Value::as_map).cloned().unwrap_or_default();
    properties.extend(input.get(name).as_map().cloned().unwrap_or_default());
    for key in input.get("CustomerMetadataPropertiesToRemove").elements() {
        properties.remove(key.as_str().unwrap_or_default());
    }
    if properties.is_empty() {
        members.remove(name);
    } else {
        members.insert(name.to_owned(), Value::Map(properties));
    }
}

/// "Total number of additional Inference Specifications can not exceed 15"; "The name must be unique" (API reference).
/// The wordings are assumed.
fn add_specifications(input: &Value, members: &mut Map) -> Result<(), ServiceError> {
    let additions = input.get("AdditionalInferenceSpecificationsToAdd").elements();
    if additions.is_empty() {
        return Ok(());
    }
    let mut all = elements(members, ADDITIONAL).to_vec();
    for addition in additions {
        if all.iter().any(|one| one.get("Name") == addition.get("Name")) {
            let name = addition.get("Name").as_str().unwrap_or_default();
            return Err(ServiceError::new(CONFLICT, format!("Inference specification {name} already exists.")));
        }
        all.push(addition.clone());
    }
    if all.len() > 15 {
        return Err(ServiceError::validation("There can be at most 15 additional inference specifications."));
    }
    members.insert(ADDITIONAL.to_owned(), Value::List(all));
    each(members, ADDITIONAL, resolve_containers);
    Ok(())
}

/// Unversioned packages are listed unless the input says otherwise (API reference, ListModelPackages); with a group,
/// its versions are.
fn of_the_type_and_group(call: &Call<'_>, view: &Map) -> bool {
    let group = call.input.get("ModelPackageGroupName").as_str();
    let kind = call.input.get("ModelPackageType").as_str();
    let versioned = view.contains_key("ModelPackageVersion");
    let of_type = match kind.unwrap_or(if group.is_some() { "Versioned" } else { "Unversioned" }) {
        "Versioned" => versioned,
        "Unversioned" => !versioned,
        _ => true,
    };
    let requested = group.and_then(|group| call.key(&model_package_group::KIND, group).ok());
    let name = view.get("ModelPackageGroupName").and_then(Value::as_str).map(str::to_lowercase);
    of_type && (group.is_none() || requested == name)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::local::{
        json,
        tests::bench::{Bench, text},
    };
    use crate::value::Value;

    const ARN: &str = "arn:aws:sagemaker:eu-central-1:123456789012:model-package/";
    const FIRST: &str = r#"{"ModelPackageName":"arn:aws:sagemaker:eu-central-1:123456789012:model-package/churn/1"}"#;
    const UNVERSIONED: &str = r#"{"ModelPackageName":"Lone","InferenceSpecification":{"Containers":[{"Image":"r/i"}],
        "SupportedTransformInstanceTypes":["ml.m5.large"],"SupportedRealtimeInferenceInstanceTypes":["ml.m5.large"]}}"#;

    fn with_group() -> Bench {
        let bench = Bench::new();
        bench.ok("CreateModelPackageGroup", r#"{"ModelPackageGroupName":"Churn"}"#);
        bench
    }

    fn with_version() -> Bench {
        let bench = with_group();
        bench.ok("CreateModelPackage", r#"{"ModelPackageGroupName":"Churn"}"#);
        bench.wait();
        bench
    }

    fn update(bench: &Bench, change: &str) -> Value {
        bench.ok("UpdateModelPackage", &format!(r#"{{"ModelPackageArn":"{ARN}churn/1",{change}}}"#));
        bench.ok("DescribeModelPackage", FIRST)
    }

    #[test]
    fn a_version_waits_for_approval_and_has_no_name_of_its_own() {
        let bench = with_version();
        expect![[r#"{"CertifyForMarketplace":false,"CreatedBy":{},"CreationTime":1800000000,"LastModifiedTime":1800000000.4,"ModelApprovalStatus":"PendingManualApproval","ModelPackageArn":"arn:aws:sagemaker:eu-central-1:123456789012:model-package/churn/1","ModelPackageGroupName":"Churn","ModelPackageStatus":"Completed","ModelPackageStatusDetails":{"ImageScanStatuses":[],"ValidationStatuses":[]},"ModelPackageVersion":1}"#]]
        .assert_eq(&json::write(&bench.ok("DescribeModelPackage", FIRST)));
        bench.ok("DeleteModelPackage", FIRST);
        assert_eq!(text(&bench.ok("DescribeModelPackage", FIRST), "ModelPackageStatus"), "Deleting");
        bench.wait();
        assert_eq!(
            bench.refused("DescribeModelPackage", FIRST),
            format!("ValidationException: ModelPackage {ARN}churn/1 does not exist.")
        );
    }

    #[test]
    fn versions_count_up_and_are_never_used_again() {
        let bench = with_version();
        bench.ok("DeleteModelPackage", FIRST);
        bench.wait();
        let second = bench.ok("CreateModelPackage", r#"{"ModelPackageGroupName":"Churn"}"#);
        assert_eq!(text(&second, "ModelPackageArn"), format!("{ARN}churn/2"));
    }

    #[test]
    fn the_same_token_creates_the_same_version() {
        let bench = with_group();
        let input = r#"{"ModelPackageGroupName":"Churn","ClientToken":"once"}"#;
        let first = bench.ok("CreateModelPackage", input);
        assert_eq!(bench.ok("CreateModelPackage", input), first);
        let second = bench.ok("CreateModelPackage", &input.replace("once", "twice"));
        assert_ne!(second, first);
    }

    #[test]
    fn a_package_belongs_to_a_group_or_has_a_name() {
        let bench = with_group();
        for (input, message) in [
            ("{}", "Missing ARN."),
            (
                r#"{"ModelPackageName":"a","ModelPackageGroupName":"Churn"}"#,
                "Both ModelPackageName and ModelPackageGroupName are provided in the input. Cannot determine which \
                 one to use.",
            ),
            (
                r#"{"ModelPackageGroupName":"none"}"#,
                "ModelPackageGroup arn:aws:sagemaker:eu-central-1:123456789012:model-package-group/none does not exist.",
            ),
            (
                r#"{"ModelPackageGroupName":"Churn","Tags":[{"Key":"k","Value":"v"}]}"#,
                "Tags must not be set if ModelPackageGroupName is set.",
            ),
        ] {
            assert_eq!(bench.refused("CreateModelPackage", input), format!("ValidationException: {message}"));
        }
    }

    #[test]
    fn an_unversioned_package_has_a_name_and_no_approval() {
        let bench = Bench::new();
        bench.ok("CreateModelPackage", UNVERSIONED);
        bench.wait();
        let shown = bench.ok("DescribeModelPackage", r#"{"ModelPackageName":"Lone"}"#);
        assert_eq!(text(&shown, "ModelPackageName"), "Lone");
        assert!(shown.get("ModelApprovalStatus").is_null());
        let container = shown.get("InferenceSpecification").get("Containers").at(0);
        assert!(text(container, "ImageDigest").starts_with("sha256:"));
        assert_eq!(
            bench.refused("CreateModelPackage", UNVERSIONED),
            format!("ValidationException: Model Package already exists: {ARN}lone")
        );
        assert_eq!(
            bench.refused(
                "UpdateModelPackage",
                &format!(r#"{{"ModelPackageArn":"{ARN}lone","ModelApprovalStatus":"Approved"}}"#)
            ),
            format!("ValidationException: {ARN}lone is not a versioned model package.")
        );
    }

    #[test]
    fn an_update_changes_what_it_names_and_says_who() {
        let bench = with_version();
        let shown = update(&bench, r#""ModelApprovalStatus":"Approved","ApprovalDescription":"Good.""#);
        assert_eq!(text(&shown, "ModelApprovalStatus"), "Approved");
        assert_eq!(text(&shown, "ApprovalDescription"), "Good.");
        assert!(!shown.get("LastModifiedBy").is_null());
        let shown = update(&bench, r#""SourceUri":"s3://b/s""#);
        assert_eq!((text(&shown, "ModelApprovalStatus"), text(&shown, "SourceUri")), ("Approved", "s3://b/s"));
    }

    #[test]
    fn a_package_that_is_not_completed_is_not_updated() {
        let bench = with_group();
        bench.ok("CreateModelPackage", r#"{"ModelPackageGroupName":"Churn"}"#);
        let input = format!(r#"{{"ModelPackageArn":"{ARN}churn/1","ModelApprovalStatus":"Approved"}}"#);
        assert_eq!(
            bench.refused("UpdateModelPackage", &input),
            format!("ConflictException: {ARN}churn/1 is being changed.")
        );
    }

    #[test]
    fn metadata_is_merged_and_removed_by_key() {
        let bench = with_version();
        update(&bench, r#""CustomerMetadataProperties":{"a":"1","b":"2"}"#);
        let merged = update(
            &bench,
            r#""CustomerMetadataProperties":{"b":"3"},"CustomerMetadataPropertiesToRemove":["a","never"]"#,
        );
        assert_eq!(json::write(merged.get("CustomerMetadataProperties")), r#"{"b":"3"}"#);
        let emptied = update(&bench, r#""CustomerMetadataPropertiesToRemove":["b"]"#);
        assert!(emptied.get("CustomerMetadataProperties").is_null());
    }

    #[test]
    fn specifications_are_only_ever_added() {
        let bench = with_version();
        let addition = r#""AdditionalInferenceSpecificationsToAdd":[{"Name":"neo","Containers":[{"Image":"r/i"}]}]"#;
        let shown = update(&bench, addition);
        assert_eq!(text(shown.get("AdditionalInferenceSpecifications").at(0), "Name"), "neo");
        let again = format!(r#"{{"ModelPackageArn":"{ARN}churn/1",{addition}}}"#);
        assert_eq!(
            bench.refused("UpdateModelPackage", &again),
            "ConflictException: Inference specification neo already exists."
        );
    }

    #[test]
    fn lists_show_unversioned_packages_by_default() {
        let bench = with_version();
        bench.ok("CreateModelPackage", UNVERSIONED);
        for (input, arns) in [
            ("{}", vec!["lone"]),
            (r#"{"ModelPackageType":"Versioned"}"#, vec!["churn/1"]),
            (r#"{"ModelPackageType":"Both"}"#, vec!["churn/1", "lone"]),
            (r#"{"ModelPackageGroupName":"CHURN"}"#, vec!["churn/1"]),
            (r#"{"ModelPackageGroupName":"CHURN","ModelApprovalStatus":"Approved"}"#, vec![]),
        ] {
            let reply = bench.ok("ListModelPackages", input);
            let found: Vec<&str> = reply
                .get("ModelPackageSummaryList")
                .elements()
                .iter()
                .map(|one| text(one, "ModelPackageArn").trim_start_matches(ARN))
                .collect();
            assert_eq!(found, arns, "{input}");
        }
    }

    #[test]
    fn the_card_is_left_out_where_only_metadata_is_included() {
        let bench = with_group();
        bench.ok(
            "CreateModelPackage",
            r#"{"ModelPackageGroupName":"Churn","ModelCard":{"ModelCardContent":"{}","ModelCardStatus":"Draft"}}"#,
        );
        let all = bench.ok("DescribeModelPackage", FIRST);
        assert_eq!(text(all.get("ModelCard"), "ModelCardContent"), "{}");
        let metadata = bench.ok("DescribeModelPackage", &FIRST.replace('}', r#","IncludedData":"MetadataOnly"}"#));
        assert_eq!(json::write(metadata.get("ModelCard")), r#"{"ModelCardStatus":"Draft"}"#);
    }
}
