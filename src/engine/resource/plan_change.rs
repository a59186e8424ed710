//! Plans a change as a whole: what `plan` proposes, then what refuses it (conditions of the service, protection), then
//! the private data that the apply needs. As pure as `plan`.

use crate::{
    definition::Resource,
    diag::Diagnostics,
    engine::{
        common::{rules, secrecy::hide_secrets},
        configuration::context::Context,
        instance::Engine,
        provider::Plan,
        resource::{plan, private::Private, protection, validate},
    },
    value::Value,
};

/// Plans the creation (`prior` is null), the update, the replacement or the deletion (`config` is null) of an object.
pub(crate) fn plan_change(
    engine: &Engine,
    resource: &'static Resource,
    prior: &Value,
    config: &Value,
    private: &[u8],
) -> Plan {
    let kept = Private::read(private);
    let context = engine.configured().map(|configured| configured.context()).unwrap_or_default();
    let context = Context { imported: kept.imported, ..context };
    let by_default = context.deletion_protection;
    if config.is_null() {
        let diagnostics = of_destroy(engine, resource, by_default, prior, &kept);
        return Plan { private: private.to_vec(), diagnostics, ..Plan::default() };
    }
    let special = engine.special(resource);
    let mut draft = plan::plan(resource, special, &context, prior, config);
    if prior.is_null() {
        draft.diagnostics.extend(validate::validate_create(resource, config));
        draft.diagnostics.extend(rules::of_create(resource, config));
        let forced = kept
            .compared
            .as_ref()
            .and_then(|replaced| protection::of_forced_replacement(resource, by_default, replaced, &draft.planned));
        draft.diagnostics.extend(forced);
    } else if let Some(restore) = &kept.restore {
        plan::plan_restoring(resource, restore, &mut draft);
    }
    let refused = protection::of_replacement(resource, by_default, &mut draft);
    if refused.is_none() {
        plan::warn_of_loss(resource, special, &mut draft);
    }
    let reused = protection::of_reuse(resource, &draft);
    let in_use = protection::of_object_in_use(resource, &draft);
    draft.diagnostics.extend(refused.into_iter().chain(reused).chain(in_use));
    let private = if prior.is_null() {
        kept.followed_by(protection::successor(resource, &draft.planned, kept.compared.as_ref()))
    } else {
        Private::kept_with(resource, prior, private).comparing(protection::compared(by_default, prior))
    };
    Plan {
        diagnostics: hide_secrets(resource.attributes, &[prior, config], &[], draft.diagnostics),
        planned: draft.planned,
        requires_replace: draft.requires_replace,
        private: private.to_bytes(),
    }
}

/// Why an object must not be destroyed, and what is lost with it.
fn of_destroy(
    engine: &Engine,
    resource: &'static Resource,
    by_default: bool,
    prior: &Value,
    kept: &Private,
) -> Diagnostics {
    let refusal = protection::of_destroy(resource, by_default, prior).filter(|_| !kept.creation_failed);
    let mut diagnostics = refusal.map(Diagnostics::from).unwrap_or_default();
    if let Some(special) = engine.special(resource) {
        special.validate_destroy(prior, &mut diagnostics);
    }
    diagnostics
}
