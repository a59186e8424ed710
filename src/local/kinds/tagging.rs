//! The operations on tags: of everything, by ARN.

use super::{hubs, model_package};
use crate::{
    local::{
        error::ServiceError,
        kind::{Call, Operations},
        operations::tags::{self, Tags},
        storage::store::Object,
    },
    value::{Map, Value},
};

pub(in crate::local) const OPERATIONS: Operations = &[("AddTags", add), ("DeleteTags", delete), ("ListTags", list)];

/// The service's limit.
const MOST: usize = 50;

/// AddTags: adds and overwrites.
fn add(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let more = tags::of_input(&call.input)?;
    let object = tagged(call)?;
    refuse_versions(object)?;
    let mut tags = object.tags.clone();
    tags.extend(more);
    if tags.len() > MOST {
        // Assumed wording.
        return Err(ServiceError::new(
            "ResourceLimitExceeded",
            format!("The number of tags of {} exceeds the limit of {MOST}", object.arn),
        ));
    }
    let reply = Value::from([("Tags", tags::write(tags.iter()))]);
    replace(call, tags)?;
    Ok(reply)
}

/// DeleteTags: keys that are not there do no harm.
fn delete(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let object = tagged(call)?;
    refuse_versions(object)?;
    let mut tags = object.tags.clone();
    for key in call.input.get("TagKeys").elements() {
        tags.remove(key.as_str().unwrap_or_default());
    }
    replace(call, tags)?;
    Ok(Value::object())
}

/// ListTags: pages begin after the key that the token holds.
fn list(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let tags = &tagged(call)?.tags;
    let most = call.input.get("MaxResults").as_i64();
    let most = most.and_then(|most| usize::try_from(most).ok()).unwrap_or(MOST);
    let after = call.input.get("NextToken").as_str();
    let mut rest = tags.iter().filter(|(key, _)| after.is_none_or(|after| key.as_str() > after));
    let page: Vec<_> = rest.by_ref().take(most).collect();
    let token = rest.next().and(page.last()).map(|(key, _)| key.as_str());
    let mut reply = Map::from([("Tags".to_owned(), tags::write(page.iter().copied()))]);
    if let Some(token) = token {
        reply.insert("NextToken".into(), token.into());
    }
    Ok(Value::Map(reply))
}

fn tagged<'a>(call: &'a Call<'_>) -> Result<&'a Object, ServiceError> {
    let arn = call.input.get("ResourceArn").as_str().unwrap_or_default();
    if let Some(object) = call.of_arn(arn)? {
        return Ok(object);
    }
    let (resource_type, key) = call.scope.split(arn)?;
    let Some(kind) = call.catalog.of_resource_type(&resource_type).next() else {
        // Assumed wording.
        return Err(ServiceError::validation(format!("Tagging is not supported for the resource {arn}")));
    };
    match hubs::newest(call.region, kind, &key) {
        Some(content) => Ok(content),
        None => call.get(kind, &key, &key),
    }
}

fn replace(call: &mut Call<'_>, tags: Tags) -> Result<(), ServiceError> {
    let object = tagged(call)?;
    let (kind, key) = (object.kind, object.key.clone());
    if let Some(object) = call.region.get_mut(kind, &key) {
        object.tags = tags;
    }
    Ok(())
}

/// A model package in a group "uses the tags associated with the model group" (API reference, CreateModelPackage), and
/// CloudFormation's own handler never touches tags of one. The wording is assumed.
fn refuse_versions(object: &Object) -> Result<(), ServiceError> {
    if object.kind == model_package::KIND.id && object.key.contains('/') {
        return Err(ServiceError::validation("Tagging is not supported for versioned model packages"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::local::{
        json,
        tests::bench::{Bench, names, text},
    };

    const ARN: &str = "arn:aws:sagemaker:eu-central-1:123456789012:model/m";

    fn with_model(tags: &str) -> Bench {
        let bench = Bench::new();
        bench.ok("CreateModel", &format!(r#"{{"ModelName":"m","PrimaryContainer":{{"Image":"i"}},"Tags":{tags}}}"#));
        bench
    }

    fn keys(bench: &Bench) -> Vec<String> {
        names(&bench.ok("ListTags", &format!(r#"{{"ResourceArn":"{ARN}"}}"#)), "Tags", "Key")
    }

    fn many(range: std::ops::Range<u8>) -> String {
        let tags: Vec<String> = range.map(|number| format!(r#"{{"Key":"k{number:02}","Value":"{number}"}}"#)).collect();
        format!("[{}]", tags.join(","))
    }

    fn add(tags: &str) -> String {
        format!(r#"{{"ResourceArn":"{ARN}","Tags":{tags}}}"#)
    }

    #[test]
    fn tags_are_given_added_overwritten_and_deleted() {
        let bench = with_model(r#"[{"Key":"a","Value":"1"}]"#);
        let reply = bench.ok("AddTags", &add(r#"[{"Key":"a","Value":"2"},{"Key":"b","Value":""}]"#));
        assert_eq!(json::write(reply.get("Tags")), r#"[{"Key":"a","Value":"2"},{"Key":"b","Value":""}]"#);
        bench.ok("DeleteTags", &format!(r#"{{"ResourceArn":"{ARN}","TagKeys":["a","never"]}}"#));
        assert_eq!(keys(&bench), ["b"]);
    }

    #[test]
    fn tags_are_listed_in_pages() {
        let bench = with_model(&many(0..50));
        let all = bench.ok("ListTags", &format!(r#"{{"ResourceArn":"{ARN}","MaxResults":50}}"#));
        assert_eq!(all.get("Tags").elements().len(), 50);
        assert_eq!(text(&all, "NextToken"), "");
        let rest = bench.ok("ListTags", &format!(r#"{{"ResourceArn":"{ARN}","NextToken":"k47"}}"#));
        assert_eq!(names(&rest, "Tags", "Key"), ["k48", "k49"]);
    }

    #[test]
    fn there_are_at_most_fifty() {
        let bench = with_model(&many(0..50));
        bench.ok("AddTags", &add(&many(0..10)));
        assert!(bench.refused("AddTags", &add(&many(50..51))).starts_with("ResourceLimitExceeded: "));
        assert_eq!(keys(&bench).len(), 50);
    }

    #[test]
    fn reserved_and_doubled_keys_are_refused() {
        let bench = with_model("[]");
        assert_eq!(
            bench.refused("AddTags", &add(r#"[{"Key":"aws:x","Value":""}]"#)),
            "ValidationException: aws: prefixed tag key names are not allowed for external use."
        );
        let doubled = r#"[{"Key":"a","Value":"1"},{"Key":"a","Value":"2"}]"#;
        assert_eq!(bench.refused("AddTags", &add(doubled)), "ValidationException: Duplicate tag key found: a");
    }

    #[test]
    fn only_what_exists_has_tags() {
        let bench = Bench::new();
        assert_eq!(
            bench.refused("ListTags", &format!(r#"{{"ResourceArn":"{ARN}"}}"#)),
            format!("ValidationException: Could not find model \"{ARN}\".")
        );
        let stranger = r#"{"ResourceArn":"arn:aws:sagemaker:us-east-1:123456789012:model/m"}"#;
        assert_eq!(
            bench.refused("ListTags", stranger),
            "ValidationException: ARN should be scoped to correct region: eu-central-1"
        );
    }

    #[test]
    fn versions_of_a_package_have_no_tags_of_their_own() {
        let bench = Bench::new();
        bench.ok("CreateModelPackageGroup", r#"{"ModelPackageGroupName":"g","Tags":[{"Key":"a","Value":"1"}]}"#);
        let package = bench.ok("CreateModelPackage", r#"{"ModelPackageGroupName":"g"}"#);
        let arn = text(&package, "ModelPackageArn");
        let listed = bench.ok("ListTags", &format!(r#"{{"ResourceArn":"{arn}"}}"#));
        assert!(listed.get("Tags").elements().is_empty());
        assert_eq!(
            bench.refused("AddTags", &format!(r#"{{"ResourceArn":"{arn}","Tags":[]}}"#)),
            "ValidationException: Tagging is not supported for versioned model packages"
        );
    }
}
