//! Protection against deletion: a plan that would delete a protected object is refused.
//!
//! What is in the state counts, so that a protection can only be lifted by an apply, not by the destroy itself.

use crate::{
    definition::Resource,
    diag::Diagnostic,
    value::{Path, Value},
};

/// The argument, of a resource and of the provider.
pub(crate) const ARGUMENT: &str = "deletion_protection";

/// Why an object may not be destroyed; none if it may.
pub(crate) fn of_destroy(resource: &Resource, by_default: bool, prior: &Value) -> Option<Diagnostic> {
    is_on(by_default, prior).then(|| refusal(resource, by_default, prior, "The plan would destroy it."))
}

/// Why an object may not be made anew; none if it may. Here the configuration can lift the protection at once: whoever
/// writes that means this plan.
pub(crate) fn of_replacement(
    resource: &Resource,
    by_default: bool,
    prior: &Value,
    planned: &Value,
    replacing: &[Path],
) -> Option<Diagnostic> {
    let first = replacing.first()?;
    if !is_on(by_default, prior) || !is_on(by_default, planned) {
        return None;
    }
    let changed: Vec<String> = replacing.iter().map(|path| format!("`{path}`")).collect();
    let what = format!("The plan would destroy it and make it anew, because of {}.", changed.join(", "));
    Some(refusal(resource, by_default, prior, &what).at(first))
}

fn is_on(by_default: bool, values: &Value) -> bool {
    values.get(ARGUMENT).as_bool().unwrap_or(by_default)
}

fn refusal(resource: &Resource, by_default: bool, prior: &Value, what: &str) -> Diagnostic {
    let id = prior.get("id").as_str().unwrap_or_default();
    let whose = if prior.get(ARGUMENT).is_null() && by_default { "the provider block" } else { "the resource" };
    Diagnostic::error(
        format!("SageMaker {} `{id}` is protected", resource.noun),
        format!(
            "{what} `{ARGUMENT}` of {whose} forbids that. If it is meant, set `{ARGUMENT} = false` on the resource, apply \
             that, and then apply this."
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::resource;

    fn model(protection: Value) -> Value {
        Value::from([("id", "m".into()), (ARGUMENT, protection)])
    }

    #[test]
    fn what_the_resource_says_counts_more_than_what_the_provider_says() {
        let model_type = resource("sagemaker_model").expect("a resource of ours");
        let refused =
            |by_default: bool, protection: Value| of_destroy(model_type, by_default, &model(protection)).is_some();
        assert!(refused(false, true.into()) && refused(true, true.into()) && refused(true, Value::Null));
        assert!(!refused(true, false.into()) && !refused(false, Value::Null) && !refused(false, false.into()));
    }

    #[test]
    fn a_replacement_can_be_allowed_by_the_configuration_that_asks_for_it() {
        let model_type = resource("sagemaker_model").expect("a resource of ours");
        let replacing = [Path::attribute("name")];
        let refused = |planned: Value| {
            of_replacement(model_type, false, &model(true.into()), &model(planned), &replacing).is_some()
        };
        assert!(refused(true.into()) && !refused(false.into()) && !refused(Value::Null));
        assert!(of_replacement(model_type, true, &model(true.into()), &model(true.into()), &[]).is_none());
    }
}
