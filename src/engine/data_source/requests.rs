//! The requests for a data source.

use std::collections::BTreeMap;

use crate::{
    arn::Arn,
    definition::{self, Call, QUERIES, RESOURCES, Resource},
    diag::{self, Diagnostic, Diagnostics, Doing, Subject},
    engine::{
        common::validation,
        data_source::{
            images,
            object::{self, Lookup},
            query,
        },
        instance::Engine,
        provider::Outcome,
        resource::{
            import,
            locate::{foreign_account, locate},
            private::Private,
        },
        service::failure::Failure,
    },
    schema::Schema,
    value::Value,
};

/// The kinds of data sources.
enum DataSource {
    /// An object that a resource of the same type could manage.
    Object(&'static Resource),
    Query(&'static Call),
    /// The table of prebuilt images.
    Images,
}

pub(crate) fn validate(engine: &Engine, type_name: &str, config: &Value) -> Diagnostics {
    match data_source(type_name) {
        Ok(DataSource::Object(resource)) => object::check(resource, config),
        Ok(DataSource::Query(query)) => {
            validation::of_call(query.attributes, query.rules, config, engine.strict_enums())
        }
        Ok(DataSource::Images) => images::check(config),
        Err(diagnostic) => diagnostic.into(),
    }
}

pub(crate) async fn read(engine: &Engine, type_name: &str, config: &Value) -> Outcome {
    let state = match data_source(type_name) {
        Ok(DataSource::Object(resource)) => look_up(engine, resource, config).await,
        Ok(DataSource::Query(query)) => run_query(engine, query, config).await.map_err(Diagnostics::from),
        Ok(DataSource::Images) => images::read(config, || Ok(engine.api()?.region().to_owned())).map_err(Into::into),
        Err(diagnostic) => Err(diagnostic.into()),
    };
    match state {
        Ok(state) => Outcome { state, ..Outcome::default() },
        Err(diagnostics) => Outcome::failed(diagnostics),
    }
}

fn data_source(type_name: &str) -> Result<DataSource, Diagnostic> {
    match (definition::resource(type_name), definition::query(type_name)) {
        (Some(resource), _) => Ok(DataSource::Object(resource)),
        (None, Some(query)) => Ok(DataSource::Query(query)),
        (None, None) if type_name == images::TYPE_NAME => Ok(DataSource::Images),
        (None, None) => Err(diag::lookup::unknown_type("data source", type_name)),
    }
}

pub(crate) fn schemas() -> BTreeMap<&'static str, Schema> {
    let objects = RESOURCES.iter().map(|resource| (resource.type_name, object::schema(resource)));
    let queries = QUERIES.iter().map(|query| (query.type_name, query.schema()));
    objects.chain(queries).chain([(images::TYPE_NAME, images::schema())]).collect()
}

/// Reads the object that the configuration of a data source selects.
async fn look_up(engine: &Engine, resource: &'static Resource, config: &Value) -> Result<Value, Diagnostics> {
    let configured = engine.configured().ok_or_else(diag::configuration::missing)?;
    let api = configured.api.as_deref().ok_or_else(diag::configuration::not_known_yet)?;
    let region = Engine::region_of(config, api).to_owned();
    let lookup = object::lookup(resource, config)?;
    let id = lookup.text(resource, &region);
    let foreign = foreign_account(engine, resource, &id).await;
    let by_arn = foreign.as_ref().and_then(|_| object::named_by_arn(resource, &id));
    // Read by its name, it may be an object of the caller's account.
    let doubtful = foreign.as_ref().filter(|_| by_arn.is_none());
    let mut found = match (&lookup, by_arn) {
        (_, Some(found)) => found,
        (Lookup::Names(names), None) => {
            let mut parts = names.as_map().into_iter().flatten().filter_map(|(_, part)| part.as_str());
            let region = parts.find_map(Arn::region_of).unwrap_or(&region);
            import::located(resource, names, region)
        }
        (_, None) => locate(engine, Doing::Reading, resource, &id, &region).await?,
    };
    if let Some(refusal) = engine.refused_region(&found) {
        return Err(refusal.into());
    }
    let (given, named) = (config.get("region").as_str(), found.get("region").as_str().unwrap_or_default());
    if let Some(given) = given.filter(|given| !given.is_empty() && *given != named) {
        return Err(diag::lookup::of_another_region(resource.noun, &id, (named, given)).into());
    }
    if let Some(arn) = resource.arn().filter(|_| doubtful.is_some()) {
        found.insert(arn.name, Value::Null);
    }
    let done = engine.work(resource, &configured, api, Private::default()).read(&found).await;
    if done.diagnostics.has_error() {
        return Err(done.diagnostics);
    }
    if let Some((account, own)) = doubtful
        && object::account(resource, &done.state) != Some(account)
    {
        return Err(diag::lookup::of_another_account(resource.noun, &id, (account, own)).into());
    }
    match done.state {
        Value::Null => {
            let region = found.get("region").as_str().unwrap_or(&region);
            Err(diag::lookup::absent(resource.noun, &id, region).into())
        }
        state => Ok(object::data_of(resource, config, &state)),
    }
}

/// Runs the query of a data source.
async fn run_query(engine: &Engine, query: &'static Call, config: &Value) -> Result<Value, Diagnostic> {
    let api = engine.api()?;
    let region = Engine::region_of(config, &*api);
    query::run(&*api, query, config, region).await.map_err(|error| {
        Failure::from(error).diagnostic(&Subject::new(Doing::Reading, query.type_name, query.noun), query.attributes)
    })
}
