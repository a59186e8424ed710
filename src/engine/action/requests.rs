//! The requests for an action.

use std::collections::BTreeMap;

use tokio::{sync::mpsc::Sender, time::Instant};

use crate::{
    definition::{self, ACTIONS, Action},
    diag::{self, Diagnostic, Diagnostics, Doing, Subject},
    engine::{
        action::invocation::{Failed, Invocation},
        common::{secrecy::hide_secrets, validation},
        instance::Engine,
    },
    schema::Schema,
    value::Value,
};

/// The schemas of all actions.
pub(crate) fn schemas() -> BTreeMap<&'static str, Schema> {
    ACTIONS.iter().map(|action| (action.call.type_name, action.schema())).collect()
}

/// Validates the configuration, in which values may be unknown.
pub(crate) fn validate(engine: &Engine, type_name: &str, config: &Value) -> Diagnostics {
    match action(type_name) {
        Ok(Action { call, .. }) => validation::of_call(call.attributes, call.rules, config, engine.strict_enums()),
        Err(diagnostic) => diagnostic.into(),
    }
}

/// Invokes the action, and reports its progress.
pub(crate) async fn invoke(engine: &Engine, type_name: &str, config: &Value, progress: Sender<String>) -> Diagnostics {
    try_invoke(engine, type_name, config, &progress).await.err().unwrap_or_default()
}

async fn try_invoke(
    engine: &Engine,
    type_name: &str,
    config: &Value,
    progress: &Sender<String>,
) -> Result<(), Diagnostics> {
    let action = action(type_name)?;
    let api = engine.api()?;
    // What was unknown in the plan has not been validated: Terraform (1.15) does not do so again before it invokes an action.
    let invalid = engine.with_region(config, validate(engine, type_name, config));
    if invalid.has_error() {
        return Err(hide_secrets(action.call.attributes, &[config], &[], invalid));
    }
    let region = Engine::region_of(config, &*api);
    let stop = engine.stopper.listener();
    let invocation = Invocation { action, api: &*api, config, region, stop, started: Instant::now(), progress };
    let Err(Failed { failure, read_command }) = invocation.run().await else { return Ok(()) };
    let attributes = action.call.attributes;
    let subject = Subject {
        read_command: read_command.as_deref(),
        ..Subject::new(Doing::Invoking, action.call.type_name, action.call.noun)
    };
    Err(hide_secrets(attributes, &[config], &[], failure.diagnostic(&subject, attributes).into()))
}

fn action(type_name: &str) -> Result<&'static Action, Diagnostic> {
    definition::action(type_name).ok_or_else(|| diag::lookup::unknown_type("action", type_name))
}
