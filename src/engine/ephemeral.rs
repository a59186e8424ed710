//! Ephemeral resources: calls whose results are credentials, which no plan and no state may hold.
//!
//! What the service returns can neither be extended nor revoked by it, so there is nothing to renew or to close.

use std::collections::BTreeMap;

use crate::{
    definition::{self, Call, EPHEMERALS},
    diag::{self, Diagnostic, Diagnostics, Doing, Subject},
    engine::{
        common::{secrecy::hide_secrets, validation},
        data_source::query,
        instance::Engine,
        provider::Outcome,
        service::failure::Failure,
    },
    schema::Schema,
    value::Value,
};

/// The schemas of all ephemeral resources.
pub(crate) fn schemas() -> BTreeMap<&'static str, Schema> {
    EPHEMERALS.iter().map(|call| (call.type_name, call.schema())).collect()
}

pub(crate) fn validate(engine: &Engine, type_name: &str, config: &Value) -> Diagnostics {
    match ephemeral(type_name) {
        Ok(call) => validation::of_call(call.attributes, call.rules, config, engine.strict_enums()),
        Err(diagnostic) => diagnostic.into(),
    }
}

/// Requests the credential. The outcome has no private data.
pub(crate) async fn open(engine: &Engine, type_name: &str, config: &Value) -> Outcome {
    match request(engine, type_name, config).await {
        Ok(state) => Outcome { state, ..Outcome::default() },
        Err(diagnostics) => Outcome::failed(diagnostics),
    }
}

async fn request(engine: &Engine, type_name: &str, config: &Value) -> Result<Value, Diagnostics> {
    let call = ephemeral(type_name)?;
    let api = engine.api()?;
    let region = Engine::region_of(config, &*api);
    query::run(&*api, call, config, region).await.map_err(|error| {
        let subject = Subject::new(Doing::Opening, type_name, call.noun);
        let diagnostic = Failure::from(error).diagnostic(&subject, call.attributes);
        hide_secrets(call.attributes, &[config], &[], diagnostic.into())
    })
}

fn ephemeral(type_name: &str) -> Result<&'static Call, Diagnostic> {
    definition::ephemeral(type_name).ok_or_else(|| diag::lookup::unknown_type("ephemeral resource", type_name))
}
