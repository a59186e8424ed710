//! The requests for a resource: each looks up the definition, the special and the connection, and calls the module that
//! handles it.

use crate::{
    definition::Resource,
    diag::{self, Diagnostic, Diagnostics},
    engine::{
        common::{lookup::resource_of, secrecy::hide_secrets},
        instance::Engine,
        provider::{ImportTarget, Outcome, Plan, Provider, StoredState},
        resource::{
            apply_change::{apply_change, unaddressed},
            generate, identity, import, locate,
            moved::{self, Source},
            plan_change::plan_change,
            private::Private,
            stored::{self, Unfit},
            validate, write_only,
        },
    },
    schema::Block,
    value::Value,
};

pub(crate) fn validate(engine: &Engine, type_name: &str, config: &Value, write_only: bool) -> Diagnostics {
    let resource = match resource_of(type_name) {
        Ok(resource) => resource,
        Err(diagnostic) => return diagnostic.into(),
    };
    let mut diagnostics = validate::validate(resource, config, engine.strict_enums());
    if let Some(special) = engine.special(resource) {
        special.validate(config, &mut diagnostics);
    }
    diagnostics.extend(write_only::check(resource.attributes, config, write_only));
    hide_secrets(resource.attributes, &[config], &[], diagnostics)
}

pub(crate) fn upgrade(engine: &Engine, type_name: &str, stored: StoredState) -> Outcome {
    match resource_of(type_name).and_then(|resource| upgraded(engine, resource, &stored)) {
        Ok(state) => Outcome { state, ..Outcome::default() },
        Err(diagnostic) => Outcome::failed(diagnostic),
    }
}

pub(crate) async fn read(engine: &Engine, type_name: &str, prior: &Value, private: &[u8]) -> Outcome {
    let resource = match resource_of(type_name) {
        Ok(resource) => resource,
        Err(diagnostic) => return unchanged(None, prior, private, diagnostic),
    };
    let unchanged = |diagnostic| unchanged(Some(resource), prior, private, diagnostic);
    let Some(configured) = engine.configured() else { return unchanged(diag::configuration::missing()) };
    let Some(api) = configured.api.as_deref() else { return unchanged(diag::configuration::not_refreshed()) };
    if let Some(refusal) = unaddressed(resource, prior) {
        // A failed refresh would stop every plan, even that of a destroy of other objects.
        return unchanged(refusal.as_warning());
    }
    let kept_before = Private::kept_with(resource, prior, private);
    let work = engine.work(resource, &configured, api, kept_before);
    let done = work.read(prior).await;
    // No apply reads an object: this is another run.
    engine.claims.release(&work.claim(prior));
    let values = [prior, &done.state];
    let diagnostics = hide_secrets(resource.attributes, &values, &[], done.diagnostics);
    let state = write_only::conceal(resource.attributes, &done.state, &[prior]);
    Outcome { identity: identity::of_state(resource, &state), state, private: done.private.to_bytes(), diagnostics }
}

pub(crate) fn plan(engine: &Engine, type_name: &str, prior: &Value, config: &Value, private: &[u8]) -> Plan {
    match resource_of(type_name) {
        Ok(resource) => plan_change(engine, resource, prior, config, private),
        Err(diagnostic) => Plan { diagnostics: diagnostic.into(), ..Plan::default() },
    }
}

pub(crate) async fn apply(
    engine: &Engine,
    type_name: &str,
    prior: &Value,
    planned: &Value,
    config: &Value,
    private: &[u8],
) -> Outcome {
    let resource = match resource_of(type_name) {
        Ok(resource) => resource,
        Err(diagnostic) => return unchanged(None, prior, private, diagnostic),
    };
    let unchanged = |diagnostic| unchanged(Some(resource), prior, &Private::after_refusal(private), diagnostic);
    match apply_change(engine, resource, prior, planned, config, private).await {
        Ok(done) => Outcome {
            identity: identity::of_state(resource, &done.state),
            state: done.state,
            private: done.private.to_bytes(),
            diagnostics: done.diagnostics,
        },
        Err(diagnostic) => unchanged(diagnostic),
    }
}

pub(crate) async fn import(engine: &Engine, type_name: &str, target: ImportTarget<'_>) -> Outcome {
    if let Err(refusal) = engine.require_known_connection() {
        return Outcome::failed(refusal);
    }
    let region = engine.region();
    let resource = match resource_of(type_name) {
        Ok(resource) => resource,
        Err(diagnostic) => return Outcome::failed(diagnostic),
    };
    let state = match target {
        ImportTarget::Id(id) => locate::by_import_id(engine, resource, id, &region).await,
        ImportTarget::Identity(identity) => locate::by_identity(engine, resource, identity, &region).await,
    };
    match state.and_then(|state| engine.refused_region(&state).map_or(Ok(state), Err)) {
        Ok(state) => {
            // Without the names that only a read finds, the identity is that of the import, or follows with the read.
            let identity = match (identity::of_state(resource, &state), target) {
                (Value::Null, ImportTarget::Identity(identity)) => identity.clone(),
                (identity, _) => identity,
            };
            Outcome { identity, state, private: Private::of_import().to_bytes(), ..Outcome::default() }
        }
        Err(diagnostic) => Outcome::failed(diagnostic),
    }
}

pub(crate) fn generate_config(engine: &Engine, type_name: &str, state: &Value) -> Outcome {
    let region = engine.region();
    match resource_of(type_name) {
        Ok(resource) => Outcome { state: generate::config(resource, state, &region), ..Outcome::default() },
        Err(diagnostic) => Outcome::failed(diagnostic),
    }
}

pub(crate) fn move_state(engine: &Engine, source_type: &str, source: StoredState, target_type: &str) -> Outcome {
    let resource = match resource_of(target_type) {
        Ok(resource) => resource,
        Err(diagnostic) => return Outcome::failed(diagnostic),
    };
    let moved = match moved::source(resource, source_type) {
        Some(Source::Aws) => stored::take_over(resource, block(engine, resource), &source.state)
            .map_err(|unfit| unreadable(resource, &unfit))
            .and_then(|state| import::with_identity(resource, state))
            // The other provider saves what the service has added to a job.
            .map(|state| {
                (state, if resource.completion.is_some() { Private::of_import() } else { Private::default() })
            }),
        // Only the identity is taken over, as by an import.
        Some(Source::Awscc) => moved::of_awscc(resource, &source.state).map(|state| (state, Private::of_import())),
        None => Err(diag::identity::not_moved(source_type, target_type, resource.moved_from)),
    };
    match moved {
        Ok((state, private)) => Outcome {
            identity: identity::of_state(resource, &state),
            state,
            private: private.to_bytes(),
            ..Outcome::default()
        },
        Err(diagnostic) => Outcome::failed(diagnostic),
    }
}

/// The prior state with all that belongs to it, and why nothing has become of the request.
fn unchanged(resource: Option<&'static Resource>, prior: &Value, private: &[u8], diagnostic: Diagnostic) -> Outcome {
    Outcome {
        state: prior.clone(),
        private: private.to_vec(),
        identity: resource.map_or(Value::Null, |resource| identity::of_state(resource, prior)),
        diagnostics: diagnostic.into(),
    }
}

fn upgraded(engine: &Engine, resource: &'static Resource, stored: &StoredState) -> Result<Value, Diagnostic> {
    if stored.version > resource.schema_version {
        return Err(diag::identity::newer_state(resource.type_name, stored.version, resource.schema_version));
    }
    stored::conform(resource, block(engine, resource), &stored.state).map_err(|unfit| unreadable(resource, &unfit))
}

fn block<'e>(engine: &'e Engine, resource: &Resource) -> &'e Block {
    &engine.schemas().resources.get(resource.type_name).expect("every resource has its schema there").block
}

fn unreadable(resource: &Resource, unfit: &Unfit) -> Diagnostic {
    diag::identity::unreadable_state(resource.type_name, &unfit.to_string())
}
