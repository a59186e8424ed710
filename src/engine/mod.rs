//! The generic resource: validate, plan, apply, read and import, steered by definitions.
//!
//! This room knows no protocol and no SDK. What it needs of the service goes through `Api`; what a resource needs
//! beyond its definition goes through [`Special`].

mod absence;
mod adoption;
#[cfg(test)]
mod adoption_tests;
mod ask;
mod busy;
#[cfg(test)]
mod busy_tests;
mod clearing;
#[cfg(test)]
mod clearing_tests;
mod configuration;
mod describe;
mod enumeration;
mod equality;
mod failure;
mod flight;
mod hook;
mod images;
mod import;
#[cfg(test)]
mod import_tests;
mod lifecycle;
#[cfg(test)]
mod lifecycle_tests;
mod lookup;
mod names;
mod patterns;
mod plan;
mod policy;
mod private;
mod protection;
mod provider;
#[cfg(test)]
mod random;
mod refusal;
mod reply;
mod request;
mod required;
mod rules;
mod secrecy;
mod seen;
mod settle;
#[cfg(test)]
pub(crate) mod steps;
mod stored;
mod tags;
mod timeouts;
mod validate;
mod wait;
mod write_only;

use std::{
    collections::BTreeMap,
    sync::{Arc, OnceLock, RwLock},
};

use async_trait::async_trait;
use tokio::time::Instant;

pub use failure::Failure;
pub use hook::{Pauses, Site, Special, Specials};
pub use plan::Draft;
pub use provider::{Outcome, Plan, Provider, Schemas, StoredState};

use crate::{
    api::{Api, Connect},
    definition::{Query, Resource},
    diag::{self, Diagnostic, Diagnostics, Doing, Severity, Subject},
    schema::{Block, Schema},
    value::Value,
};
use adoption::Claims;
use configuration::Configured;
use lifecycle::Work;
use lookup::Meant;
use private::{Private, Successor};
use secrecy::hide_secrets;
use stored::Unfit;
use wait::Stopper;

/// The provider: definitions, specials, and the way to the service.
pub struct Engine {
    resources: &'static [Resource],
    queries: &'static [Query],
    specials: Specials,
    connect: Box<dyn Connect>,
    schemas: OnceLock<Schemas>,
    configured: RwLock<Option<Arc<Configured>>>,
    stopper: Stopper,
    claims: Claims,
}

impl Engine {
    pub fn new(
        resources: &'static [Resource],
        queries: &'static [Query],
        specials: Specials,
        connect: Box<dyn Connect>,
    ) -> Self {
        Self {
            resources,
            queries,
            specials,
            connect,
            schemas: OnceLock::new(),
            configured: RwLock::new(None),
            stopper: Stopper::new(),
            claims: Claims::default(),
        }
    }

    fn resource(&self, type_name: &str) -> Result<&'static Resource, Diagnostic> {
        self.resources.iter().find(|resource| resource.type_name == type_name).ok_or_else(|| {
            Diagnostic::error(
                format!("Unknown resource type `{type_name}`"),
                "This version of the provider does not have it. Upgrade the provider, or correct the type.",
            )
        })
    }

    fn data_source(&self, type_name: &str) -> Result<DataSource, Diagnostic> {
        let resource = self.resources.iter().find(|resource| resource.type_name == type_name);
        let query = self.queries.iter().find(|query| query.type_name == type_name);
        match (resource, query) {
            (Some(resource), _) => Ok(DataSource::Object(resource)),
            (None, Some(query)) => Ok(DataSource::Query(query)),
            (None, None) if type_name == images::TYPE_NAME => Ok(DataSource::Images),
            (None, None) => Err(Diagnostic::error(
                format!("Unknown data source `{type_name}`"),
                "This version of the provider does not have it. Upgrade the provider, or correct the type.",
            )),
        }
    }

    fn data_source_schemas(&self) -> BTreeMap<&'static str, Schema> {
        let objects = self.resources.iter().map(|resource| (resource.type_name, lookup::schema(resource)));
        let queries = self.queries.iter().map(|query| (query.type_name, query.schema()));
        objects.chain(queries).chain([(images::TYPE_NAME, images::schema())]).collect()
    }

    fn special(&self, resource: &Resource) -> Option<&'static dyn Special> {
        self.specials.iter().find(|(type_name, _)| *type_name == resource.type_name).map(|(_, special)| *special)
    }

    fn configured(&self) -> Option<Arc<Configured>> {
        self.configured.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    fn work<'a>(
        &'a self,
        resource: &'static Resource,
        configured: &'a Configured,
        api: &'a dyn Api,
        private: Private,
    ) -> Work<'a> {
        Work {
            resource,
            special: self.special(resource),
            api,
            default_tags: &configured.default_tags,
            ignored_tags: &configured.ignored_tags,
            flights: &configured.flights,
            adopted_within: configured.adopted_within,
            private,
            claims: &self.claims,
            stop: self.stopper.listener(),
            begun: Instant::now(),
        }
    }

    async fn apply_to(
        &self,
        resource: &'static Resource,
        prior: &Value,
        planned: &Value,
        config: &Value,
        private: &[u8],
    ) -> Result<lifecycle::Done, Diagnostic> {
        let configured = self.configured().ok_or_else(configuration::missing)?;
        let api = configured.api.as_deref().ok_or_else(configuration::not_known_yet)?;
        let kept = Private::kept_with(resource, prior, private);
        let successor = kept.successor.as_ref().filter(|_| planned.is_null());
        let refusal = unaddressed(resource, prior).or_else(|| {
            let successor = successor?;
            protection::of_deletion(resource, configured.deletion_protection, prior, successor)
        });
        if let Some(refusal) = refusal {
            return Ok(lifecycle::Done { state: prior.clone(), private: kept.alone(), diagnostics: refusal.into() });
        }
        let work = self.work(resource, &configured, api, kept.alone());
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
        let known = if planned.is_null() { prior } else { planned };
        let state = write_only::conceal(resource.attributes, &done.state, known);
        // After a failure the state tells what the service has.
        let failed = done.diagnostics.has_error();
        let state = if failed { state } else { absence::as_written(resource.attributes, &state, planned) };
        let diagnostics = hide_secrets(resource.attributes, &values, &configured.secrets, done.diagnostics);
        Ok(lifecycle::Done { state, private: done.private, diagnostics })
    }

    /// Reads the object that the configuration of a data source names.
    async fn look_up(&self, resource: &'static Resource, config: &Value) -> Result<Value, Diagnostics> {
        let configured = self.configured().ok_or_else(configuration::missing)?;
        let api = configured.api.as_deref().ok_or_else(configuration::not_known_yet)?;
        let region = config.get("region").as_str().unwrap_or(api.region()).to_owned();
        let meant = lookup::meant(resource, config)?;
        let id = meant.text(resource, &region);
        let found = match &meant {
            Meant::Names(names) => {
                let mut parts = names.as_map().into_iter().flatten().filter_map(|(_, part)| part.as_str());
                let region = parts.find_map(import::region_of_arn).unwrap_or(&region);
                import::located(resource, names, region)
            }
            _ => self.imported(resource.type_name, &id, &region).await?,
        };
        let done = self.work(resource, &configured, api, Private::default()).read(&found).await;
        match done.state {
            _ if done.diagnostics.has_error() => Err(done.diagnostics),
            Value::Null => {
                let region = found.get("region").as_str().unwrap_or(&region);
                Err(lookup::absent(resource, &id, region).into())
            }
            state => Ok(lookup::told(resource, config, &state)),
        }
    }

    /// The messages without what is secret in the provider block.
    fn without_secrets(&self, diagnostics: Diagnostics) -> Diagnostics {
        let configured = self.configured();
        hide_secrets(&[], &[], configured.as_ref().map_or(&[], |configured| &configured.secrets), diagnostics)
    }

    /// The way to the service; or why there is none.
    fn api(&self) -> Result<Arc<dyn Api>, Diagnostic> {
        let configured = self.configured().ok_or_else(configuration::missing)?;
        configured.api.clone().ok_or_else(configuration::not_known_yet)
    }

    /// Asks the service what the configuration of a data source wants to know.
    async fn ask(&self, query: &'static Query, config: &Value) -> Result<Value, Diagnostic> {
        let api = self.api()?;
        let region = config.get("region").as_str().unwrap_or(api.region());
        ask::ask(&*api, query, config, region).await.map_err(|error| {
            Failure::from(error).diagnostic(&Subject::new(Doing::Reading, query.noun, ""), query.attributes)
        })
    }

    /// The state that a read can start from, of the object that `id` stands for, in `region` if it does not say itself.
    async fn imported(&self, type_name: &str, id: &str, region: &str) -> Result<Value, Diagnostic> {
        let resource = self.resource(type_name)?;
        let configured = self.configured();
        let way = configured.as_ref().and_then(|configured| Some((configured.api.as_ref()?, &configured.flights)));
        let region_of_arn = import::region_of_arn(id).unwrap_or(region);
        let (id, region) = import::split_region(id).unwrap_or((id, region_of_arn));
        if let (Some(special), Some((api, flights))) = (self.special(resource), way) {
            let stop = self.stopper.listener();
            let site = Site { api: &**api, region, resource, flights, stop: &stop, begun: Instant::now() };
            let found = special.locate(site, id).await.map_err(|failure| {
                failure.diagnostic(&Subject::new(Doing::Importing, resource.noun, id), resource.attributes)
            })?;
            if let Some(found) = found {
                return Ok(import::located(resource, &found, region));
            }
        }
        import::import(resource, id, region)
    }

    fn upgraded(&self, resource: &'static Resource, stored: &StoredState) -> Result<Value, Diagnostic> {
        if stored.version > resource.schema_version {
            return Err(Diagnostic::error(
                format!("State of a newer `{}`", resource.type_name),
                format!(
                    "The state was written with schema version {}, and this version of the provider knows versions up to \
                     {}. Use the version of the provider that wrote it, or a newer one.",
                    stored.version, resource.schema_version
                ),
            ));
        }
        stored::conform(resource, self.block(resource), &stored.state).map_err(|unfit| unreadable(resource, &unfit))
    }

    fn block(&self, resource: &Resource) -> &Block {
        &self.schemas().resources.get(resource.type_name).expect("every resource has its schema there").block
    }
}

/// What stands behind a data source.
enum DataSource {
    /// An object that a resource of the same type could manage.
    Object(&'static Resource),
    Query(&'static Query),
    /// The table of prebuilt images.
    Images,
}

/// Why nothing can be done with an object whose state does not say which one it is; none if it does.
fn unaddressed(resource: &'static Resource, prior: &Value) -> Option<Diagnostic> {
    if prior.is_null() || request::is_addressed(resource, prior) {
        return None;
    }
    let list = resource.operations.list.map_or("", |list| list.name);
    let subject = Subject { type_name: resource.type_name, list, ..Subject::new(Doing::Reading, resource.noun, "") };
    Some(diag::unaddressed(&subject))
}

fn unreadable(resource: &Resource, unfit: &Unfit) -> Diagnostic {
    Diagnostic::error(
        format!("The state of this `{}` cannot be read", resource.type_name),
        format!(
            "{unfit}. Was the state file edited by hand? Restore it, or remove the object from the state and import it \
             again."
        ),
    )
}

#[async_trait]
impl Provider for Engine {
    fn schemas(&self) -> &Schemas {
        self.schemas.get_or_init(|| Schemas {
            provider: Schema { version: 0, block: configuration::block() },
            resources: self.resources.iter().map(|resource| (resource.type_name, resource.schema())).collect(),
            data_sources: self.data_source_schemas(),
        })
    }

    fn validate_provider(&self, config: &Value) -> Diagnostics {
        configuration::validate(config)
    }

    async fn configure(&self, config: &Value, terraform_version: &str) -> Diagnostics {
        let (configured, diagnostics) = configuration::configure(config, terraform_version, &*self.connect).await;
        *self.configured.write().unwrap_or_else(std::sync::PoisonError::into_inner) = configured.map(Arc::new);
        diagnostics
    }

    fn validate_resource(&self, type_name: &str, config: &Value, write_only: bool) -> Diagnostics {
        let resource = match self.resource(type_name) {
            Ok(resource) => resource,
            Err(diagnostic) => return diagnostic.into(),
        };
        let strict_enums = self.configured().is_some_and(|configured| configured.strict_enums);
        let mut diagnostics = validate::validate(resource, config, strict_enums);
        if let Some(special) = self.special(resource) {
            special.validate(config, &mut diagnostics);
        }
        diagnostics.extend(write_only::check(resource.attributes, config, write_only));
        hide_secrets(resource.attributes, &[config], &[], diagnostics)
    }

    fn upgrade(&self, type_name: &str, stored: StoredState) -> Outcome {
        match self.resource(type_name).and_then(|resource| self.upgraded(resource, &stored)) {
            Ok(state) => Outcome { state, ..Outcome::default() },
            Err(diagnostic) => Outcome { diagnostics: self.without_secrets(diagnostic.into()), ..Outcome::default() },
        }
    }

    async fn read(&self, type_name: &str, prior: &Value, private: &[u8]) -> Outcome {
        let kept = |diagnostic: Diagnostic| Outcome {
            state: prior.clone(),
            private: private.to_vec(),
            diagnostics: diagnostic.into(),
        };
        let resource = match self.resource(type_name) {
            Ok(resource) => resource,
            Err(diagnostic) => return kept(diagnostic),
        };
        let Some(configured) = self.configured() else { return kept(configuration::missing()) };
        let Some(api) = configured.api.as_deref() else { return kept(configuration::not_refreshed()) };
        if let Some(refusal) = unaddressed(resource, prior) {
            // A refresh that fails would stop every plan, that of a destroy of everything else too.
            return kept(Diagnostic { severity: Severity::Warning, ..refusal });
        }
        let kept_before = Private::kept_with(resource, prior, private);
        let done = self.work(resource, &configured, api, kept_before).read(prior).await;
        let values = [prior, &done.state];
        let diagnostics = hide_secrets(resource.attributes, &values, &configured.secrets, done.diagnostics);
        let state = write_only::conceal(resource.attributes, &done.state, prior);
        Outcome { state, private: done.private.to_bytes(), diagnostics }
    }

    fn plan(&self, type_name: &str, prior: &Value, config: &Value, private: &[u8]) -> Plan {
        let resource = match self.resource(type_name) {
            Ok(resource) => resource,
            Err(diagnostic) => return Plan { diagnostics: diagnostic.into(), ..Plan::default() },
        };
        let context = self.configured().map(|configured| configured.context()).unwrap_or_default();
        let protected = context.deletion_protection;
        if config.is_null() {
            let refusal = protection::of_destroy(resource, protected, prior);
            let mut diagnostics = refusal.map(Diagnostics::from).unwrap_or_default();
            if let Some(special) = self.special(resource) {
                special.judge_destroy(prior, &mut diagnostics);
            }
            return Plan { private: private.to_vec(), diagnostics, ..Plan::default() };
        }
        let mut draft = plan::plan(resource, self.special(resource), &context, prior, config);
        if prior.is_null() {
            draft.diagnostics.extend(rules::of_create(resource, config));
        }
        let kept = Private::read(private);
        if let Some(restore) = kept.restore.as_ref().filter(|_| !prior.is_null()) {
            plan::plan_restoring(resource, restore, &mut draft);
        }
        let protected = protection::of_replacement(resource, protected, &mut draft);
        let reused = protection::of_reuse(resource, &draft);
        let in_use = protection::of_what_is_in_use(resource, &draft);
        protected.into_iter().chain(reused).chain(in_use).for_each(|refusal| draft.diagnostics.push(refusal));
        let private = match prior {
            Value::Null => kept.followed_by(Successor::of(resource, &draft.planned)).to_bytes(),
            _ => private.to_vec(),
        };
        Plan {
            diagnostics: hide_secrets(resource.attributes, &[prior, config], &[], draft.diagnostics),
            planned: draft.planned,
            requires_replace: draft.requires_replace,
            private,
        }
    }

    async fn apply(&self, type_name: &str, prior: &Value, planned: &Value, config: &Value, private: &[u8]) -> Outcome {
        let applied = match self.resource(type_name) {
            Ok(resource) => self.apply_to(resource, prior, planned, config, private).await,
            Err(diagnostic) => Err(diagnostic),
        };
        match applied {
            Ok(done) => Outcome { state: done.state, private: done.private.to_bytes(), diagnostics: done.diagnostics },
            Err(diagnostic) => {
                Outcome { state: prior.clone(), private: private.to_vec(), diagnostics: diagnostic.into() }
            }
        }
    }

    async fn import(&self, type_name: &str, id: &str) -> Outcome {
        let region = self.configured().and_then(|it| Some(it.api.as_ref()?.region().to_owned())).unwrap_or_default();
        match self.imported(type_name, id, &region).await {
            Ok(state) => Outcome { state, private: Private::default().to_bytes(), ..Outcome::default() },
            Err(diagnostic) => Outcome { diagnostics: self.without_secrets(diagnostic.into()), ..Outcome::default() },
        }
    }

    fn move_state(&self, source_type: &str, source: StoredState, target_type: &str) -> Outcome {
        let moved = self.resource(target_type).and_then(|resource| {
            if source_type != format!("aws_{}", resource.type_name) {
                return Err(Diagnostic::error(
                    format!("Cannot move `{source_type}` to `{target_type}`"),
                    format!("A `{target_type}` takes over the state of `aws_{target_type}` only."),
                ));
            }
            let state = stored::take_over(resource, self.block(resource), &source.state);
            import::with_identity(resource, state.map_err(|unfit| unreadable(resource, &unfit))?)
        });
        match moved {
            Ok(state) => Outcome { state, private: Private::default().to_bytes(), ..Outcome::default() },
            Err(diagnostic) => Outcome { diagnostics: self.without_secrets(diagnostic.into()), ..Outcome::default() },
        }
    }

    fn validate_data_source(&self, type_name: &str, config: &Value) -> Diagnostics {
        match self.data_source(type_name) {
            Ok(DataSource::Object(resource)) => lookup::check(resource, config),
            Ok(DataSource::Query(query)) => {
                let strict_enums = self.configured().is_some_and(|configured| configured.strict_enums);
                validate::validate_query(query, config, strict_enums)
            }
            Ok(DataSource::Images) => images::check(config),
            Err(diagnostic) => diagnostic.into(),
        }
    }

    async fn read_data_source(&self, type_name: &str, config: &Value) -> Outcome {
        let told = match self.data_source(type_name) {
            Ok(DataSource::Object(resource)) => self.look_up(resource, config).await,
            Ok(DataSource::Query(query)) => self.ask(query, config).await.map_err(Diagnostics::from),
            Ok(DataSource::Images) => self.api().and_then(|api| images::tell(config, api.region())).map_err(Into::into),
            Err(diagnostic) => Err(diagnostic.into()),
        };
        match told {
            Ok(state) => Outcome { state, ..Outcome::default() },
            Err(diagnostics) => Outcome { diagnostics: self.without_secrets(diagnostics), ..Outcome::default() },
        }
    }

    fn stop(&self) {
        self.stopper.stop();
        if let Some(api) = self.configured().and_then(|configured| configured.api.clone()) {
            api.stop();
        }
    }
}
