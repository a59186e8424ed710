//! Whether the service shows the changes of an update. Compares values and makes no calls.

use crate::{
    definition::{Attribute, AttributeKind},
    engine::convert::equality::same,
    value::{Path, Value},
};

/// The attributes that should have changed and that the service still shows as before, each with the innermost path
/// that shows it.
pub(crate) fn unchanged(attributes: &[Attribute], prior: &Value, planned: &Value, shown: &Value) -> Vec<Path> {
    let mut found = Vec::new();
    compare(attributes, [prior, planned, shown], &Path::root(), &mut found);
    found
}

fn compare(attributes: &[Attribute], [prior, planned, shown]: [&Value; 3], path: &Path, found: &mut Vec<Path>) {
    for attribute in attributes {
        let [before, planned, now] = [prior, planned, shown].map(|values| values.get(attribute.name));
        if planned.is_unknown() || same(attribute, before, planned) {
            continue;
        }
        let path = path.then(attribute.name);
        let elements = [before, planned, now].map(Value::elements);
        match &attribute.kind {
            // A part of it may still be unknown, which says nothing of the others.
            AttributeKind::Block { attributes, .. } if elements.iter().all(|all| all.len() == elements[0].len()) => {
                for (place, ((before, planned), now)) in
                    elements[0].iter().zip(elements[1]).zip(elements[2]).enumerate()
                {
                    compare(attributes, [before, planned, now], &path.index(place), found);
                }
            }
            AttributeKind::Plain { .. } | AttributeKind::Objects { .. } if !planned.is_wholly_known() => {}
            _ if is_as_before(attribute, [before, planned, now]) => found.push(path),
            _ => {}
        }
    }
}

/// True if a value is still as before. Null and empty are not distinguished.
fn is_as_before(attribute: &Attribute, [before, planned, now]: [&Value; 3]) -> bool {
    if before.is_zero() { now.is_zero() && !planned.is_zero() } else { same(attribute, before, now) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::resource;

    fn spec(instance_type: &str, alias: &str) -> Value {
        let spec =
            Value::from([("instance_type", instance_type.into()), ("sagemaker_image_version_alias", alias.into())]);
        let lab = Value::from([("default_resource_spec", Value::List(vec![spec]))]);
        let settings = Value::from([("jupyter_lab_app_settings", Value::List(vec![lab]))]);
        Value::from([("user_settings", Value::List(vec![settings]))])
    }

    fn found(shown: &Value) -> Vec<String> {
        let profile = resource("sagemaker_user_profile").expect("a resource of ours");
        let (prior, planned) = (spec("ml.t3.medium", "1"), spec("ml.m5.large", "2"));
        unchanged(profile.attributes, &prior, &planned, shown).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn an_unchanged_value_is_named_beside_a_changed_one() {
        let spec_path = "user_settings[0].jupyter_lab_app_settings[0].default_resource_spec[0]";
        assert_eq!(found(&spec("ml.m5.large", "2")), Vec::<String>::new());
        assert_eq!(found(&spec("ml.t3.medium", "2")), [format!("{spec_path}.instance_type")]);
    }

    #[test]
    fn a_removed_block_that_is_still_shown_is_named() {
        let repository = resource("sagemaker_user_profile").expect("a resource of ours");
        let state = spec("ml.t3.medium", "1");
        let without = Value::from([("user_settings", Value::List(Vec::new()))]);
        let found = unchanged(repository.attributes, &state, &without, &state);
        assert_eq!(found.iter().map(ToString::to_string).collect::<Vec<_>>(), ["user_settings"]);
        assert!(unchanged(repository.attributes, &state, &without, &without).is_empty());
    }
}
