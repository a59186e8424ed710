//! From an import id to the state that a read can start from.

use crate::{
    arn::Arn,
    definition::{self, Attribute, AttributeKind, Identity, Origin, Resource},
    diag::{self, Diagnostic, identity::ForeignArn},
    engine::{
        common::names::prefix_of,
        convert::{address, equality::same, reply::Prior, scalar::from_service},
        resource::stored::blank,
    },
    regions::partition_of,
    schema::Usage,
    value::Value,
};

/// A state that holds the identity of `id`, which is the id itself or the ARN.
pub(crate) fn import(resource: &Resource, id: &str, region: &str) -> Result<Value, Diagnostic> {
    let identity = &resource.identity;
    let named = address::names(resource);
    let by_arn = identity.arn.is_some_and(|arn| identity.members == [arn]);
    // ARNs contain no commas, so an id with commas is a list of names, which may be ARNs themselves.
    let names = identity.separator == "," && id.split(',').count() == named.len() && named.len() > 1;
    let arn = id.starts_with("arn:") && !by_arn && !names && identity.arn.is_some();
    if arn && let Some(refusal) = foreign_arn(resource, id, region) {
        return Err(refusal);
    }
    let parts: Vec<&str> = match (arn, named.len()) {
        // The only object of its kind in a region is named by the region.
        (_, 0) => return import_region(resource, id),
        (_, 1) if by_arn => vec![id],
        (true, count) => names_in_arn(resource, id, count),
        (false, 1) => vec![id],
        (false, count) => id.splitn(count, identity.separator).collect(),
    };
    if id.is_empty() || parts.len() != named.len() || parts.iter().any(|part| part.is_empty()) {
        return Err(refused(resource, id, &named));
    }
    let mut state = blank(resource);
    state.insert("id", parts.join(identity.separator).into());
    for (attribute, part) in named.iter().zip(&parts) {
        let value = match &attribute.kind {
            AttributeKind::Plain { shape, set } => from_service(shape, *set, &(*part).into()),
            _ => Value::Null,
        };
        if value.is_null() {
            return Err(refused(resource, id, &named));
        }
        state.insert(attribute.name, value);
    }
    // The read compares it with the one that the service returns.
    if let Some(attribute) = resource.arn().filter(|_| arn) {
        state.insert(attribute.name, id.into());
    }
    state.insert("region", region.into());
    set_prefix(resource, parts[0], &mut state);
    Ok(state)
}

/// The ARN by which an object was imported or looked up, and that of the object that was found, if they differ: then it is
/// that of another object, whose name is the same. The service returns some ARNs in lower-case letters.
pub(crate) fn other_arn<'a>(resource: &Resource, prior: &'a Value, state: &'a Value) -> Option<(&'a str, &'a str)> {
    let attribute = resource.arn().filter(|_| matches!(self::prior(resource, prior), Prior::Address(_)))?;
    let (given, found) = (prior.get(attribute.name), state.get(attribute.name));
    let (given_text, found_text) = (given.as_str()?, found.as_str()?);
    let is_same = same(attribute, given, found) || given_text.eq_ignore_ascii_case(found_text);
    (!is_same && !found_text.is_empty()).then_some((given_text, found_text))
}

/// The names in an ARN, which ends in `:kind/name` or `:kind/one/two`.
fn names_in_arn<'a>(resource: &Resource, arn: &'a str, count: usize) -> Vec<&'a str> {
    if count == 1 {
        return arn.rsplit('/').take(1).collect();
    }
    let constant = |part: &&str| resource.identity.constants.iter().any(|(_, value)| value.eq_ignore_ascii_case(part));
    let mut parts: Vec<&str> = arn.split('/').skip(1).filter(|part| !constant(part)).collect();
    // A parent may come first: `:device-fleet/one/device/two`.
    let kind = resource.type_name.trim_start_matches("sagemaker_").replace('_', "-");
    if let Some(index) = parts.iter().skip(1).position(|part| *part == kind).filter(|_| parts.len() > count) {
        parts.remove(index + 1);
    }
    parts.truncate(count);
    parts
}

/// A state that holds these attributes and the region, from which a read can start.
pub(crate) fn located(resource: &Resource, found: &Value, region: &str) -> Value {
    let mut state = blank(resource);
    for (name, value) in found.as_map().into_iter().flatten() {
        state.insert(name.as_str(), value.clone());
    }
    state.insert("region", region.into());
    state
}

/// The prior for a read: the complete state, which has nothing but the address after an import.
pub(crate) fn prior<'a>(resource: &Resource, state: &'a Value) -> Prior<'a> {
    let is_address = |attribute: &Attribute| {
        let Identity { members, arn, .. } = &resource.identity;
        attribute.member().is_some_and(|member| members.contains(&member) || *arn == Some(member))
    };
    let mut observed = resource.attributes.iter().filter(|attribute| attribute.observed && !is_address(attribute));
    let is_unset = |attribute: &Attribute| match state.get(attribute.name) {
        Value::List(elements) => elements.is_empty() && matches!(attribute.kind, AttributeKind::Block { .. }),
        value => value.is_null(),
    };
    if observed.all(is_unset) { Prior::Address(state) } else { Prior::of_state(resource, state) }
}

/// A state whose identity is filled in from its `id`, which alone holds it in states of hashicorp/aws.
pub(crate) fn with_identity(resource: &Resource, mut state: Value) -> Result<Value, Diagnostic> {
    // For an optional part of the address, such as one of the owners of an app, being unset is significant.
    let is_unset = |attribute: &&Attribute| attribute.usage != Usage::Optional && state.get(attribute.name).is_null();
    let unset: Vec<&Attribute> = address::names(resource).into_iter().filter(is_unset).collect();
    if unset.is_empty() {
        return Ok(state);
    }
    let id = state.get("id").as_str().unwrap_or_default();
    let found = import(resource, id, "");
    let found = found.map_err(|_| diag::identity::unidentified("hashicorp/aws", resource.noun, unset[0].name))?;
    for attribute in unset {
        state.insert(attribute.name, found.get(attribute.name).clone());
    }
    Ok(state)
}

fn import_region(resource: &Resource, id: &str) -> Result<Value, Diagnostic> {
    if id.is_empty() {
        return Err(diag::identity::no_import_region(resource.noun));
    }
    let mut state = blank(resource);
    state.insert("id", id.into());
    state.insert("region", id.into());
    Ok(state)
}

/// If the name looks generated, sets the prefix: the text before the digits.
pub(crate) fn set_prefix(resource: &Resource, name: &str, state: &mut Value) {
    let prefix = resource.attributes.iter().find(|attribute| attribute.origin == Origin::NamePrefix);
    if let (Some(prefix), Some(text)) = (prefix, prefix_of(name)) {
        state.insert(prefix.name, text.into());
    }
}

/// `name@eu-west-1` → `name` and `eu-west-1`. Of names only the key of a tag, which follows an ARN with the region, may
/// contain an `@`.
pub(crate) fn split_region(id: &str) -> Option<(&str, &str)> {
    let is_region = |region: &str| region.contains('-') && !region.contains(['/', ':', ',']);
    let names_a_tag = |id: &str| {
        let key = id.rsplit_once(',').filter(|(arn, _)| arn.starts_with("arn:"));
        key.is_some_and(|(_, key)| !key.starts_with("arn:"))
    };
    id.rsplit_once('@').filter(|(id, region)| !id.is_empty() && is_region(region) && !names_a_tag(id))
}

/// Why the ARN by which an object is imported is not one of this resource type in this region; `None` if it is one, or if
/// it is passed to the service as it is.
fn foreign_arn(resource: &Resource, id: &str, region: &str) -> Option<Diagnostic> {
    let arn = Arn::parse(id)?;
    let own = definition::permission(resource.operations.read.name).map_or(&[][..], |permission| permission.resources);
    let of_type = definition::arn_type(id);
    let foreign = if arn.service != "sagemaker" {
        Some(ForeignArn::Service(arn.service))
    } else if !region.is_empty() && arn.region != region {
        Some(ForeignArn::Region(arn.region, region))
    } else if arn.partition != partition_of(arn.region) {
        Some(ForeignArn::Partition(arn.partition, arn.region))
    } else {
        of_type.filter(|of_type| !own.is_empty() && !own.contains(of_type)).map(ForeignArn::Kind)
    };
    foreign.map(|foreign| diag::identity::foreign_arn(resource.noun, id, foreign))
}

fn refused(resource: &Resource, id: &str, named: &[&Attribute]) -> Diagnostic {
    let (alternatives, _) = address::parted(resource, named);
    let form: Vec<String> = named.iter().map(|attribute| format!("<{}>", attribute.name)).collect();
    // Names of which only one can be set have no place in such a text.
    let form = (alternatives.len() < 2).then(|| form.join(resource.identity.separator));
    diag::identity::invalid_id(resource.noun, id, form.as_deref(), resource.identity.arn.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::resource;

    fn imported(id: &str) -> Value {
        let profile = resource("sagemaker_user_profile").expect("a resource of ours");
        import(profile, id, "eu-west-1").unwrap_or_else(|refusal| panic!("{refusal:?}"))
    }

    #[test]
    fn an_arn_may_contain_the_parent_first() {
        let arn = "arn:aws:sagemaker:eu-west-1:123456789012:device-fleet/vans/device/van-1";
        let definition = resource("sagemaker_device").expect("a resource of ours");
        let state = import(definition, arn, "eu-west-1").unwrap_or_else(|refusal| panic!("{refusal:?}"));
        assert_eq!((state.get("device_fleet_name"), state.get("device_name")), (&"vans".into(), &"van-1".into()));
    }

    #[test]
    fn constant_parts_of_an_arn_are_not_names() {
        let arn = "arn:aws:sagemaker:eu-west-1:123456789012:hub-content/models/ModelReference/llama/1.0.0";
        let definition = resource("sagemaker_hub_content_reference").expect("a resource of ours");
        let state = import(definition, arn, "eu-west-1").unwrap_or_else(|refusal| panic!("{refusal:?}"));
        assert_eq!(state.get("id").as_str(), Some("models,llama"));
    }

    #[test]
    fn a_region_follows_every_id_but_the_key_of_a_tag() {
        let arn = "arn:aws:sagemaker:eu-west-1:123456789012:artifact/a";
        assert_eq!(split_region("m@eu-west-1"), Some(("m", "eu-west-1")));
        let two = format!("{arn},{arn}@eu-west-1");
        assert_eq!(split_region(&two), Some((&two[..two.len() - 10], "eu-west-1")));
        assert_eq!(split_region(&format!("{arn},team@eu-west-1")), None);
        assert_eq!(split_region("a@b/c"), None);
    }

    #[test]
    fn an_object_addressed_by_two_arns_is_imported_by_both() {
        let (cluster, extension) = (
            "arn:aws:sagemaker:eu-west-1:123456789012:cluster/0123456789ab",
            "arn:aws:sagemaker:eu-west-1:123456789012:extension/sagemaker-0123456789ab/observability/0a",
        );
        let definition = resource("sagemaker_cluster_extension").expect("a resource of ours");
        let state = import(definition, &format!("{cluster},{extension}"), "eu-west-1")
            .unwrap_or_else(|refusal| panic!("{refusal:?}"));
        assert_eq!((state.get("cluster_arn"), state.get("arn")), (&cluster.into(), &extension.into()));
    }

    #[test]
    fn a_moved_state_keeps_unset_parts_of_its_address() {
        let app = resource("sagemaker_app").expect("a resource of ours");
        let mut state = blank(app);
        for (name, value) in
            [("domain_id", "d"), ("user_profile_name", "u"), ("app_type", "JupyterServer"), ("app_name", "a")]
        {
            state.insert(name, value.into());
        }
        let moved = with_identity(app, state.clone()).unwrap_or_else(|refusal| panic!("{refusal:?}"));
        assert_eq!(moved, state);
    }

    #[test]
    fn an_object_with_an_arn_as_id_is_imported_by_arn_and_by_names() {
        for id in ["arn:aws:sagemaker:eu-west-1:123456789012:user-profile/d-1/ann", "d-1/ann"] {
            let state = imported(id);
            assert_eq!(
                (state.get("domain_id"), state.get("user_profile_name")),
                (&"d-1".into(), &"ann".into()),
                "{id}"
            );
        }
    }
}
