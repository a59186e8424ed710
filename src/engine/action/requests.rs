//! The requests for an action.

use std::collections::BTreeMap;

use tokio::sync::mpsc::Sender;

use crate::{
    definition::Action,
    diag::{Diagnostic, Diagnostics, Doing, Subject},
    engine::{
        action::invocation::{Failed, Invocation},
        common::secrecy::hide_secrets,
        instance::Engine,
        resource::validate::validate_arguments,
    },
    schema::Schema,
    value::Value,
};

/// The schemas of all actions.
pub(crate) fn schemas(engine: &Engine) -> BTreeMap<&'static str, Schema> {
    engine.actions.iter().map(|action| (action.call.type_name, action.schema())).collect()
}

/// Validates the configuration, in which values may be unknown.
pub(crate) fn validate(engine: &Engine, type_name: &str, config: &Value) -> Diagnostics {
    match action(engine, type_name) {
        Ok(action) => {
            let strict_enums = engine.configured().is_some_and(|configured| configured.strict_enums);
            validate_arguments(action.call.attributes, config, strict_enums)
        }
        Err(diagnostic) => diagnostic.into(),
    }
}

/// Invokes the action, and reports its progress.
pub(crate) async fn invoke(engine: &Engine, type_name: &str, config: &Value, progress: Sender<String>) -> Diagnostics {
    match invoke_known(engine, type_name, config, &progress).await {
        Ok(diagnostics) => diagnostics,
        Err(diagnostic) => engine.without_secrets(diagnostic.into()),
    }
}

async fn invoke_known(
    engine: &Engine,
    type_name: &str,
    config: &Value,
    progress: &Sender<String>,
) -> Result<Diagnostics, Diagnostic> {
    let action = action(engine, type_name)?;
    let api = engine.api()?;
    let region = config.get("region").as_str().unwrap_or(api.region());
    let stop = engine.stopper.listener();
    let invocation = Invocation { action, api: &*api, config, region, stop, progress };
    let Err(Failed { failure, read_command }) = invocation.run().await else { return Ok(Diagnostics::new()) };
    let attributes = action.call.attributes;
    let subject = Subject {
        type_name: action.call.type_name,
        read_command: &read_command,
        ..Subject::new(Doing::Invoking, action.call.noun, "")
    };
    Ok(hide_secrets(attributes, &[config], &[], failure.diagnostic(&subject, attributes).into()))
}

fn action(engine: &Engine, type_name: &str) -> Result<&'static Action, Diagnostic> {
    engine.actions.iter().find(|action| action.call.type_name == type_name).ok_or_else(|| {
        Diagnostic::error(
            format!("Unknown action `{type_name}`"),
            "This version of the provider does not have it. Upgrade the provider, or correct the type.",
        )
    })
}
