//! The requests for a list resource.

use std::collections::BTreeMap;

use tokio::sync::mpsc::Sender;

use crate::{
    definition::{RESOURCES, Resource, service::Operation},
    diag::{self, Diagnostic, Diagnostics, Doing, Subject},
    engine::{
        common::{lookup::resource_of, validation},
        instance::Engine,
        list::{
            arguments::{self, filters},
            listing::Listing,
        },
        provider::{ListOptions, Listed},
        service::failure::Failure,
    },
    schema::Schema,
    value::Value,
};

/// The schemas of all list resources, by the resource type that they list.
pub(crate) fn schemas() -> BTreeMap<&'static str, Schema> {
    let listed = RESOURCES.iter().filter(|resource| resource.listed_shape().is_some());
    let schema = |resource: &'static Resource| (resource.type_name, arguments::schema(resource, &filters(resource)));
    listed.map(schema).collect()
}

pub(crate) fn validate(engine: &Engine, type_name: &str, config: &Value) -> Diagnostics {
    match listable(type_name) {
        Ok((resource, _)) => {
            let filters = filters(resource);
            validation::of_call(&filters, &arguments::rules(resource, &filters), config, engine.strict_enums())
        }
        Err(diagnostic) => diagnostic.into(),
    }
}

/// Lists the objects that the configuration selects. A failure of the list call is the last that is sent.
pub(crate) async fn list(
    engine: &Engine,
    type_name: &str,
    config: &Value,
    options: ListOptions,
    objects: Sender<Listed>,
) {
    if let Err(diagnostics) = try_list(engine, type_name, config, options, &objects).await {
        let failed = Listed { diagnostics: engine.without_secrets(diagnostics), ..Listed::default() };
        // Ignored: nobody receives the objects any more.
        let _ = objects.send(failed).await;
    }
}

async fn try_list(
    engine: &Engine,
    type_name: &str,
    config: &Value,
    options: ListOptions,
    objects: &Sender<Listed>,
) -> Result<(), Diagnostics> {
    let (resource, list) = listable(type_name)?;
    let api = engine.api()?;
    let region = Engine::region_of(config, &*api);
    let filters = filters(resource);
    let input = arguments::input(resource, list, &filters, config);
    let listing = Listing { engine, api: &*api, resource, list, config, region, options };
    listing.run(input, objects).await.map_err(|error| {
        let subject = Subject::new(Doing::Listing, type_name, resource.noun);
        Failure::from(error).diagnostic(&subject, &filters).into()
    })
}

fn listable(type_name: &str) -> Result<(&'static Resource, &'static Operation), Diagnostic> {
    let resource = resource_of(type_name)?;
    let list = resource.operations.list.filter(|list| list.element().is_some());
    list.map(|list| (resource, list)).ok_or_else(|| diag::lookup::not_listable(type_name, resource.noun))
}
