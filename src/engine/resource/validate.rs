//! Checks the configuration of a resource before anything is planned.
//!
//! No calls, and no error about values that are not known yet.

use crate::{
    definition::{Attribute, AttributeKind, Naming, Origin, Resource, service::ShapeKind},
    diag::{Diagnostic, Diagnostics, argument},
    engine::common::{rules, validation},
    schema::Usage,
    value::{Path, Value},
};

/// Checks the configuration of a resource. `strict_enums` makes values that the model does not list errors.
pub(crate) fn validate(resource: &Resource, config: &Value, strict_enums: bool) -> Diagnostics {
    let mut diagnostics = validation::of_object(resource.attributes, resource.identity.members, config, strict_enums);
    diagnostics.extend(refused_prefix(resource, config));
    diagnostics.extend(rules::of_any(resource.attributes, resource.rules, config));
    diagnostics
}

/// Why a prefix makes no valid name, or leaves no room for what makes the name unique; `None` if it does neither.
fn refused_prefix(resource: &Resource, config: &Value) -> Option<Diagnostic> {
    let attribute = resource.attributes.iter().find(|attribute| attribute.origin == Origin::NamePrefix)?;
    let naming = resource.identity.naming.as_ref()?;
    let value = config.get(attribute.name);
    let prefix = value.as_str().filter(|prefix| !prefix.is_empty())?;
    let (suffix, length) = (Naming::SUFFIX, prefix.chars().count());
    let room = naming.max.saturating_sub(suffix);
    let requirement = if length > room {
        format!("it must have at most {room} characters, but has {length}: {suffix} characters are appended to it")
    } else {
        let AttributeKind::Plain { shape, .. } = &resource.attribute_of(naming.member)?.kind else { return None };
        let ShapeKind::String { pattern, .. } = &shape.kind else { return None };
        let name = format!("{prefix}{}", "0".repeat(suffix));
        let pattern = pattern.filter(|pattern| !pattern.is_match(&name))?;
        format!("with digits appended to it, it must match `{}`", pattern.source)
    };
    Some(argument::invalid(&Path::attribute(attribute.name), Some(value), &requirement))
}

/// Checks what only a create needs: the required arguments that no read shows, which may be null after an import.
pub(crate) fn validate_create(resource: &Resource, config: &Value) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    unread(resource.attributes, config, &Path::root(), &mut diagnostics);
    diagnostics
}

fn unread(attributes: &[Attribute], config: &Value, path: &Path, diagnostics: &mut Diagnostics) {
    if config.is_unknown() {
        return;
    }
    for attribute in attributes {
        let (value, path) = (config.get(attribute.name), path.then(attribute.name));
        if attribute.usage == Usage::Required && !attribute.observed && value.is_null() {
            diagnostics.push(argument::null(&path, attribute.name));
        }
        for (index, element) in value.elements().iter().enumerate() {
            unread(attribute.attributes(), element, &path.index(index), diagnostics);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        definition::{RESOURCES, resource},
        diag::Severity,
        value::Step,
    };

    #[test]
    fn a_generated_id_of_another_form_warns_and_a_name_of_another_form_is_refused() {
        let severity = |type_name: &str, name: &'static str, text: &str| {
            let definition = resource(type_name).expect("a resource of ours");
            let config = Value::from([(name, text.into())]);
            let found = validate(definition, &config, false);
            found.iter().find(|one| one.path == Path::attribute(name)).map(|one| one.severity)
        };
        assert_eq!(severity("sagemaker_user_profile", "domain_id", "bgiqgs4r"), Some(Severity::Warning));
        assert_eq!(severity("sagemaker_user_profile", "domain_id", "d-abcdefghijkl"), None);
        for (type_name, name) in [
            ("sagemaker_model_package_group", "model_package_group_name"),
            ("sagemaker_device_fleet", "device_fleet_name"),
            ("sagemaker_user_profile", "user_profile_name"),
        ] {
            assert_eq!(severity(type_name, name, "a b"), Some(Severity::Error), "{type_name}");
        }
    }

    /// Each set of texts at or below these attributes: its name, and a configuration in which an element is too long.
    fn sets(attributes: &[Attribute]) -> Vec<(&'static str, Value)> {
        let of_one = |attribute: &Attribute| match &attribute.kind {
            AttributeKind::Plain { set: true, .. } => {
                let elements = Value::List(vec!["?".into(), "?".repeat(100_000).into()]);
                vec![(attribute.name, Value::from([(attribute.name, elements)]))]
            }
            AttributeKind::Plain { .. } => Vec::new(),
            AttributeKind::Block { attributes, .. } | AttributeKind::Objects { attributes, .. } => {
                let around = |(set, inner)| (set, Value::from([(attribute.name, Value::List(vec![inner]))]));
                sets(attributes).into_iter().map(around).collect()
            }
        };
        attributes.iter().flat_map(of_one).collect()
    }

    #[test]
    fn a_path_into_a_set_ends_at_the_set() {
        let mut refused = 0;
        for definition in RESOURCES {
            for (set, config) in sets(definition.attributes) {
                let name = Step::Attribute(set.to_owned());
                for diagnostic in validate(definition, &config, false).iter() {
                    if let Some(place) = diagnostic.path.steps().iter().position(|step| *step == name) {
                        refused += 1;
                        let path = &diagnostic.path;
                        assert_eq!(path.steps().len(), place + 1, "{}: {path}", definition.type_name);
                    }
                }
            }
        }
        assert!(refused > 100, "{refused} elements were refused");
    }
}
