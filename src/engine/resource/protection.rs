//! What a plan must not delete or replace: protected objects, and objects whose name stays taken.
//!
//! The state decides, so that protection is lifted by an apply of its own, and never by the plan that deletes or replaces
//! the object. Only known differences are refused, and unknown parents: the others are decided when they are known.

use crate::{
    definition::Resource,
    diag::{self, Diagnostic, protection::ProtectedBy},
    engine::{
        configuration::context::DELETION_PROTECTION,
        convert::address,
        resource::{
            draft::Draft,
            private::{Compared, Successor, has_failed_to_be_created},
        },
    },
    value::{Path, Value},
};

/// Why an object must not be destroyed; `None` if it may be.
pub(crate) fn of_destroy(resource: &Resource, by_default: bool, prior: &Value) -> Option<Diagnostic> {
    is_on(by_default, prior)
        .then(|| diag::protection::protected_from_destroy(resource.noun, id(prior), protected_by(by_default, prior)))
}

/// Why an object must not be replaced; `None` if it may be. What contains the object (the domain of a user profile) is
/// known unless it is replaced, and then the object is lost with it.
pub(crate) fn of_replacement(
    resource: &'static Resource,
    by_default: bool,
    draft: &mut Draft<'_>,
) -> Option<Diagnostic> {
    if !is_on(by_default, draft.prior) {
        return None;
    }
    let parents: Vec<Path> = address::parents(resource).into_iter().map(Path::attribute).collect();
    draft.keep_known_replacements(&parents);
    let first = draft.requires_replace.first()?;
    let (id, by) = (id(draft.prior), protected_by(by_default, draft.prior));
    Some(diag::protection::protected_from_replacement(resource.noun, id, by, &draft.requires_replace).at(first))
}

/// Why an object must not be replaced under its own name: the service keeps such objects and their names forever, so
/// the old object would be lost from the state and the new one could not be created. `None` if it may be, or if that is
/// not known yet.
pub(crate) fn of_reuse(resource: &'static Resource, draft: &Draft<'_>) -> Option<Diagnostic> {
    let first = replaced_under_its_name(resource, draft).filter(|_| keeps_its_name(resource))?;
    let names = address::own_names(resource);
    let refusal = diag::protection::name_stays_taken(resource.noun, id(draft.prior), &draft.requires_replace, &names);
    Some(refusal.at(first))
}

/// The warning that a replacement may stop after a part of it: it keeps the name, so the old object is deleted first,
/// which the service may refuse. `None` if it does not, or if that is not known yet.
pub(crate) fn of_object_in_use(resource: &'static Resource, draft: &Draft<'_>) -> Option<Diagnostic> {
    let first = replaced_under_its_name(resource, draft)?;
    // In another region the name is free.
    if draft.prior.get("region") != draft.planned.get("region") {
        return None;
    }
    let in_use = resource.in_use.filter(|_| draft.prior.get("force_destroy").as_bool() != Some(true))?;
    Some(diag::may_be_in_use(resource.noun, id(draft.prior), in_use).at(first))
}

/// The known difference that replaces an object which keeps its name; `None` if there is none.
fn replaced_under_its_name<'d>(resource: &'static Resource, draft: &'d Draft<'_>) -> Option<&'d Path> {
    let first = draft.requires_replace.iter().find(|path| draft.is_known(path))?;
    let names = address::own_names(resource);
    let is_same = |name: &&str| !is_new(draft.prior.get(name), draft.config.get(name));
    (!names.is_empty() && names.iter().all(|name| is_same(&&**name))).then_some(first)
}

/// Why an object must not be deleted for its successor, by what the plan could not know or see; `None` if it may be.
pub(crate) fn of_deletion(
    resource: &'static Resource,
    by_default: bool,
    prior: &Value,
    successor: &Successor,
) -> Option<Diagnostic> {
    let (noun, id) = (resource.noun, id(prior));
    let names = address::own_names(resource);
    let is_same = names.iter().map(|name| prior.get(name).as_str()).eq(successor.names.iter().map(|it| Some(&**it)));
    if keeps_its_name(resource) && is_same {
        return Some(diag::protection::name_stays_taken_in_apply(noun, id, &names));
    }
    // What has failed to be created is tainted, and replaced by the next apply.
    if is_on(by_default, prior) && !has_failed_to_be_created(resource, prior) {
        return Some(diag::protection::protected_from_forced_replacement(noun, id, protected_by(by_default, prior)));
    }
    successor.undecided.first().map(|undecided| diag::protection::may_be_protected(noun, id, undecided))
}

/// Why a creation that Terraform plans in place of an object is refused: `-replace` or `replace_triggered_by` forces it,
/// so that no difference shows it. `None` if the object is not protected.
pub(crate) fn of_forced_replacement(
    resource: &Resource,
    by_default: bool,
    replaced: &Compared,
    planned: &Value,
) -> Option<Diagnostic> {
    let by = protected_by(by_default, planned);
    replaced.protected.then(|| diag::protection::protected_from_forced_replacement(resource.noun, &replaced.id, by))
}

/// The object that a plan compares with its configuration, for the plan of a creation that may replace it.
pub(crate) fn compared(by_default: bool, prior: &Value) -> Compared {
    Compared { id: id(prior).to_owned(), protected: is_on(by_default, prior) }
}

/// The data that a plan which creates an object stores for the delete of the object that it may replace.
pub(crate) fn successor(resource: &'static Resource, planned: &Value, replaced: Option<&Compared>) -> Successor {
    let names = address::own_names(resource).into_iter().filter_map(|name| planned.get(name).as_str());
    let switches = resource.attributes.iter().filter(|attribute| attribute.name.starts_with("allow_"));
    let undecided = switches.filter(|attribute| planned.get(attribute.name).is_unknown());
    Successor {
        names: names.map(str::to_owned).collect(),
        undecided: undecided.map(|attribute| attribute.name.to_owned()).collect(),
        has_predecessor: replaced.is_some(),
    }
}

/// True if the service cannot delete the object, so that its name stays taken.
fn keeps_its_name(resource: &'static Resource) -> bool {
    let is_kept = resource.operations.delete.is_none() && resource.creates_an_object();
    is_kept && !address::own_names(resource).is_empty()
}

/// True if the object gets another name, or may get one: a name that is not configured is generated.
fn is_new(prior: &Value, config: &Value) -> bool {
    config.is_null() || config.is_unknown() || config != prior
}

fn is_on(by_default: bool, values: &Value) -> bool {
    values.get(DELETION_PROTECTION).as_bool().unwrap_or(by_default)
}

fn protected_by(by_default: bool, prior: &Value) -> ProtectedBy {
    if prior.get(DELETION_PROTECTION).is_null() && by_default { ProtectedBy::Provider } else { ProtectedBy::Resource }
}

fn id(state: &Value) -> &str {
    state.get("id").as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        definition::{RESOURCES, resource},
        diag::Diagnostics,
        engine::resource::stored::blank,
    };

    fn model(protection: Value) -> Value {
        Value::from([("id", "m".into()), (DELETION_PROTECTION, protection)])
    }

    #[test]
    fn the_resource_overrides_the_provider() {
        let model_type = resource("sagemaker_model").expect("a resource of ours");
        let refused =
            |by_default: bool, protection: Value| of_destroy(model_type, by_default, &model(protection)).is_some();
        assert!(refused(false, true.into()) && refused(true, true.into()) && refused(true, Value::Null));
        assert!(!refused(true, false.into()) && !refused(false, Value::Null) && !refused(false, false.into()));
    }

    fn draft<'a>(prior: &'a Value, config: &'a Value, replacing: &[Path]) -> Draft<'a> {
        Draft {
            prior,
            config,
            planned: config.clone(),
            requires_replace: replacing.to_vec(),
            diagnostics: Diagnostics::new(),
        }
    }

    #[test]
    fn the_state_decides_whether_an_object_may_be_replaced() {
        let model_type = resource("sagemaker_model").expect("a resource of ours");
        let replacing = [Path::attribute("id")];
        let refused = |prior: Value, planned: Value| {
            let (prior, planned) = (model(prior), model(planned));
            of_replacement(model_type, false, &mut draft(&prior, &planned, &replacing)).is_some()
        };
        for planned in [true.into(), false.into(), Value::Null, Value::unknown()] {
            assert!(refused(true.into(), planned.clone()) && !refused(false.into(), planned));
        }
        let protected = model(true.into());
        assert!(of_replacement(model_type, true, &mut draft(&protected, &protected, &[])).is_none());
    }

    #[test]
    fn an_unknown_value_does_not_replace_a_protected_object() {
        let model_type = resource("sagemaker_model").expect("a resource of ours");
        let prior = model(true.into());
        let mut config = prior.clone();
        config.insert("execution_role_arn", Value::unknown());
        let replacing = [Path::attribute("execution_role_arn"), Path::attribute("id")];
        let mut draft = draft(&prior, &config, &replacing[..1]);
        assert_eq!(of_replacement(model_type, false, &mut draft), None);
        assert_eq!(draft.requires_replace, []);
    }

    /// With what contains it, a protected object is lost without a plan of its own.
    #[test]
    fn a_protected_object_is_not_lost_with_its_parent() {
        let mut checked = 0;
        for resource in RESOURCES {
            for parent in address::parents(resource) {
                let mut prior = blank(resource);
                prior.insert(DELETION_PROTECTION, true.into());
                let mut config = prior.clone();
                prior.insert(parent, "parent".into());
                config.insert(parent, Value::unknown());
                let mut draft = draft(&prior, &config, &[Path::attribute(parent)]);
                assert!(of_replacement(resource, false, &mut draft).is_some(), "{}.{parent}", resource.type_name);
                checked += 1;
            }
        }
        assert!(checked > 10, "{checked}");
    }

    #[test]
    fn a_protected_object_is_not_deleted_for_a_successor() {
        let model_type = resource("sagemaker_model").expect("a resource of ours");
        let refused = |prior: Value, planned: Value| {
            let successor = successor(model_type, &model(planned), None);
            of_deletion(model_type, false, &model(prior), &successor).is_some()
        };
        for planned in [true.into(), false.into(), Value::unknown()] {
            assert!(refused(true.into(), planned.clone()) && !refused(false.into(), planned));
        }
    }

    #[test]
    fn an_undeletable_object_is_not_dropped_for_a_successor_of_its_name() {
        for resource in RESOURCES.iter().filter(|resource| keeps_its_name(resource)) {
            let prior = named(resource, "old".into());
            let refused = |name: Value| {
                let successor = successor(resource, &named(resource, name), None);
                of_deletion(resource, false, &prior, &successor).is_some()
            };
            assert!(refused("old".into()), "{}", resource.type_name);
            assert!(!refused("new".into()) && !refused(Value::unknown()), "{}", resource.type_name);
        }
    }

    /// A state and a configuration in which only the names of a resource are set.
    fn named(resource: &'static Resource, name: Value) -> Value {
        let mut values = blank(resource);
        for attribute in address::own_names(resource) {
            values.insert(attribute, name.clone());
        }
        values
    }

    #[test]
    fn an_undeletable_object_is_replaced_only_under_another_name() {
        let replacing = [Path::attribute("region")];
        let kept = RESOURCES.iter().filter(|resource| {
            let prior = named(resource, "old".into());
            let refused = |name: Value| {
                let config = named(resource, name);
                of_reuse(resource, &draft(&prior, &config, &replacing)).is_some()
            };
            let other = [Value::from("new"), Value::unknown(), Value::Null];
            assert!(!other.into_iter().any(refused), "{}", resource.type_name);
            refused("old".into())
        });
        let kept: Vec<&str> = kept.map(|resource| resource.noun).collect();
        assert_eq!(
            kept,
            [
                "AutoML job",
                "AutoML job",
                "edge packaging job",
                "Inference Recommender job",
                "labeling job",
                "model card export job",
                "training plan",
                "batch transform job",
            ]
        );
    }

    #[test]
    fn replacing_an_object_in_use_warns_unless_the_name_changes() {
        let replacing = [Path::attribute("region")];
        let warned = RESOURCES.iter().filter(|resource| {
            let prior = named(resource, "old".into());
            let warns = |prior: &Value, name: Value| {
                let config = named(resource, name);
                of_object_in_use(resource, &draft(prior, &config, &replacing)).is_some()
            };
            let other = [Value::from("new"), Value::unknown(), Value::Null];
            assert!(!other.into_iter().any(|name| warns(&prior, name)), "{}", resource.type_name);
            let mut emptied = prior.clone();
            emptied.insert("force_destroy", true.into());
            assert!(!warns(&emptied, "old".into()), "{}", resource.type_name);
            let warns = warns(&prior, "old".into());
            assert_eq!(warns, resource.in_use.is_some(), "{}", resource.type_name);
            warns
        });
        assert!(warned.count() > 5);
    }
}
