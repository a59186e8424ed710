//! Applies a planned change: what the plan could not refuse, the operations, and the state that is saved.

use crate::{
    definition::Resource,
    diag::{self, Diagnostic},
    engine::{
        common::secrecy::hide_secrets,
        convert::{absence, address},
        instance::Engine,
        resource::{private::Private, protection, work::Done, write_only},
    },
    value::Value,
};

/// Creates (`prior` is null), updates or deletes (`planned` is null) an object. An error leaves the object as it is.
pub(crate) async fn apply_change(
    engine: &Engine,
    resource: &'static Resource,
    prior: &Value,
    planned: &Value,
    config: &Value,
    private: &[u8],
) -> Result<Done, Diagnostic> {
    let configured = engine.configured().ok_or_else(diag::configuration::missing)?;
    let api = configured.api.as_deref().ok_or_else(diag::configuration::not_known_yet)?;
    let kept = Private::kept_with(resource, prior, private);
    let successor = kept.successor.as_ref().filter(|_| planned.is_null());
    let refusal = unaddressed(resource, prior).or_else(|| {
        let successor = successor?;
        protection::of_deletion(resource, configured.deletion_protection, prior, successor)
    });
    if let Some(refusal) = refusal {
        return Err(refusal);
    }
    // The plan of a creation has the private data of the object that it replaces.
    let private = if prior.is_null() { Private::default() } else { kept.without_plan_data() };
    let work = engine.work(resource, &configured, api, private);
    let reveal = |values| {
        let revealed = write_only::reveal(resource.attributes, values, config, planned);
        absence::without_empty(resource.attributes, &revealed)
    };
    let done = match (prior, planned) {
        (Value::Null, planned) => work.create(&reveal(planned)).await,
        (prior, Value::Null) => work.delete(prior).await,
        (prior, planned) => work.update(&reveal(prior), &reveal(planned)).await,
    };
    let values = [prior, planned, config, &done.state];
    // After a failure the state shows what the service has, which is what it had before or what was planned.
    let failed = done.diagnostics.has_error();
    let known: Vec<&Value> = match failed {
        true => [prior, planned].into_iter().filter(|values| !values.is_null()).collect(),
        false if planned.is_null() => vec![prior],
        false => vec![planned],
    };
    let state = write_only::conceal(resource.attributes, &done.state, &known);
    let state = if failed { state } else { absence::as_written(resource.attributes, &state, planned) };
    let diagnostics = hide_secrets(resource.attributes, &values, &[], done.diagnostics);
    Ok(Done { state, private: done.private, diagnostics })
}

/// Why an object cannot be read or changed whose state does not identify it; `None` if it does.
pub(crate) fn unaddressed(resource: &'static Resource, prior: &Value) -> Option<Diagnostic> {
    if prior.is_null() || address::is_addressed(resource, prior) {
        return None;
    }
    let list = resource.operations.list.map(|list| list.name);
    Some(diag::identity::unaddressed(resource.noun, resource.type_name, list))
}
