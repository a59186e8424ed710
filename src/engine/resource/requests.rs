//! The requests for a resource: each looks up the definition, the special and the connection, and calls the module that
//! handles it.

use tokio::time::Instant;

use crate::{
    arn::Arn,
    definition::Resource,
    diag::{self, Diagnostic, Diagnostics, Doing, Subject},
    engine::{
        common::{lookup::resource_of, secrecy::hide_secrets},
        configuration::context::Context,
        convert::{absence, address},
        instance::Engine,
        provider::{Outcome, Plan, Provider, Selector, StoredState},
        resource::{
            generate, identity, import,
            moved::{self, Source},
            plan,
            private::Private,
            protection, rules,
            stored::{self, Unfit},
            validate,
            work::Done,
            write_only,
        },
        service::site::Site,
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
    let resource = match resource_of(type_name) {
        Ok(resource) => resource,
        Err(diagnostic) => return Plan { diagnostics: diagnostic.into(), ..Plan::default() },
    };
    let kept = Private::read(private);
    let context = engine.configured().map(|configured| configured.context()).unwrap_or_default();
    let context = Context { imported: kept.imported, ..context };
    let by_default = context.deletion_protection;
    if config.is_null() {
        let refusal = protection::of_destroy(resource, by_default, prior);
        let mut diagnostics = refusal.filter(|_| !kept.creation_failed).map(Diagnostics::from).unwrap_or_default();
        if let Some(special) = engine.special(resource) {
            special.validate_destroy(prior, &mut diagnostics);
        }
        return Plan { private: private.to_vec(), diagnostics, ..Plan::default() };
    }
    let mut draft = plan::plan(resource, engine.special(resource), &context, prior, config);
    if prior.is_null() {
        draft.diagnostics.extend(validate::validate_create(resource, config));
        draft.diagnostics.extend(rules::of_create(resource, config));
        let replaced = kept.compared.as_ref();
        draft
            .diagnostics
            .extend(replaced.and_then(|replaced| {
                protection::of_forced_replacement(resource, by_default, replaced, &draft.planned)
            }));
    }
    if let Some(restore) = kept.restore.as_ref().filter(|_| !prior.is_null()) {
        plan::plan_restoring(resource, restore, &mut draft);
    }
    let refused = protection::of_replacement(resource, by_default, &mut draft);
    if refused.is_none() {
        plan::warn_of_loss(resource, engine.special(resource), &mut draft);
    }
    let reused = protection::of_reuse(resource, &draft);
    let in_use = protection::of_object_in_use(resource, &draft);
    draft.diagnostics.extend(refused.into_iter().chain(reused).chain(in_use));
    let private = match prior {
        Value::Null => {
            kept.followed_by(protection::successor(resource, &draft.planned, kept.compared.as_ref())).to_bytes()
        }
        prior => {
            let compared = protection::compared(by_default, prior);
            Private::kept_with(resource, prior, private).comparing(compared).to_bytes()
        }
    };
    Plan {
        diagnostics: hide_secrets(resource.attributes, &[prior, config], &[], draft.diagnostics),
        planned: draft.planned,
        requires_replace: draft.requires_replace,
        private,
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
    match apply_to(engine, resource, prior, planned, config, private).await {
        Ok(done) => Outcome {
            identity: identity::of_state(resource, &done.state),
            state: done.state,
            private: done.private.to_bytes(),
            diagnostics: done.diagnostics,
        },
        Err(diagnostic) => unchanged(diagnostic),
    }
}

pub(crate) async fn import(engine: &Engine, type_name: &str, selector: Selector<'_>) -> Outcome {
    if let Err(refusal) = engine.require_known_connection() {
        return Outcome::failed(refusal);
    }
    let region = engine.region();
    let resource = match resource_of(type_name) {
        Ok(resource) => resource,
        Err(diagnostic) => return Outcome::failed(diagnostic),
    };
    let state = match selector {
        Selector::Id(id) => imported_by_id(engine, resource, id, &region).await,
        Selector::Identity(identity) => imported_by_identity(engine, resource, identity, &region).await,
    };
    match state.and_then(|state| engine.refused_region(&state).map_or(Ok(state), Err)) {
        Ok(state) => {
            // Without the names that only a read finds, the identity is that of the import, or follows with the read.
            let identity = match (identity::of_state(resource, &state), selector) {
                (Value::Null, Selector::Identity(identity)) => identity.clone(),
                (identity, _) => identity,
            };
            Outcome { identity, state, private: Private::of_import().to_bytes(), ..Outcome::default() }
        }
        Err(diagnostic) => Outcome::failed(diagnostic),
    }
}

async fn imported_by_id(
    engine: &Engine,
    resource: &'static Resource,
    id: &str,
    region: &str,
) -> Result<Value, Diagnostic> {
    let state = imported(engine, resource, id, region).await?;
    match foreign_account(engine, resource, id).await {
        Some((account, own)) => Err(diag::identity::arn_of_another_account(resource.noun, id, (&account, &own))),
        None => Ok(state),
    }
}

/// The account of an ARN and that of the credentials, if they differ and the object is addressed by its name, which the
/// service looks up in the caller's account. Where the ARN itself is sent, the service decides.
pub(crate) async fn foreign_account(
    engine: &Engine,
    resource: &'static Resource,
    id: &str,
) -> Option<(String, String)> {
    // Without an ARN of its own, the object is addressed by the ARNs of others, which are sent.
    let is_sent = resource.identity.members.contains(&resource.identity.arn?);
    let account =
        Arn::account_of(id).filter(|account| !is_sent && account.bytes().all(|byte| byte.is_ascii_digit()))?;
    let own = engine.api().ok()?.account().await?;
    (own != account).then(|| (account.to_owned(), own))
}

async fn imported_by_identity(
    engine: &Engine,
    resource: &'static Resource,
    identity: &Value,
    region: &str,
) -> Result<Value, Diagnostic> {
    let state = identity::import(resource, identity, region)?;
    // The account is requested only if the identity names one.
    if identity::names_account(identity)
        && let Ok(api) = engine.api()
    {
        let own = api.account().await;
        if let Some(refusal) = identity::foreign(resource, identity, own.as_deref()) {
            return Err(refusal);
        }
    }
    Ok(state)
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

async fn apply_to(
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

/// A state with the identity that `id` stands for, from which a read can start. `region` is the object's region unless
/// `id` contains one.
pub(crate) async fn imported(
    engine: &Engine,
    resource: &'static Resource,
    id: &str,
    region: &str,
) -> Result<Value, Diagnostic> {
    let configured = engine.configured();
    let connection = configured.as_ref().and_then(|configured| Some((configured.api.as_ref()?, &configured.flights)));
    let region_of_arn = Arn::region_of(id).unwrap_or(region);
    let (id, region) = import::split_region(id).unwrap_or((id, region_of_arn));
    if let (Some(special), Some((api, flights))) = (engine.special(resource), connection) {
        let stop = engine.stopper.listener();
        let site = Site { api: &**api, region, resource, flights, stop: &stop, started: Instant::now() };
        let found = special.locate(site, id).await.map_err(|failure| {
            let subject = Subject { id: Some(id), ..Subject::new(Doing::Importing, resource.type_name, resource.noun) };
            failure.diagnostic(&subject, resource.attributes)
        })?;
        if let Some(found) = found {
            return Ok(import::located(resource, &found, region));
        }
    }
    import::import(resource, id, region)
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

/// Why an object cannot be read or changed whose state does not identify it; `None` if it does.
fn unaddressed(resource: &'static Resource, prior: &Value) -> Option<Diagnostic> {
    if prior.is_null() || address::is_addressed(resource, prior) {
        return None;
    }
    let list = resource.operations.list.map(|list| list.name);
    Some(diag::identity::unaddressed(resource.noun, resource.type_name, list))
}

fn unreadable(resource: &Resource, unfit: &Unfit) -> Diagnostic {
    diag::identity::unreadable_state(resource.type_name, &unfit.to_string())
}
