//! For every resource with its special file: unknown values do not make a plan fail.

use std::sync::Arc;

use async_trait::async_trait;

use super::special;
use crate::{
    api::{Api, Connect, ConnectError, Settings},
    definition::RESOURCES,
    engine::{
        Engine, Provider,
        tests::steps::{applied, parents},
    },
    special::SPECIALS,
    value::Value,
};

/// Connects to nothing: plans need no service.
struct Offline;

#[async_trait]
impl Connect for Offline {
    async fn connect(&self, _: Settings, _: &str) -> Result<Arc<dyn Api>, ConnectError> {
        Err(ConnectError::NoRegion { profile: "default".to_owned() })
    }
}

/// The errors of a plan in which only one argument differs from the prior state.
fn errors(engine: &Engine, type_name: &str, (prior, config): (&Value, &Value)) -> Vec<String> {
    let plan = engine.plan(type_name, prior, config, &[]);
    plan.diagnostics
        .iter()
        .filter(|one| one.severity == crate::diag::Severity::Error)
        .map(|one| one.summary.clone())
        .collect()
}

#[test]
fn unknown_values_are_not_rejected() {
    let engine = Engine::new(SPECIALS, Box::new(Offline));
    for resource in RESOURCES {
        let (mut config, mut state) = applied(resource, special(resource), 3);
        for values in [&mut config, &mut state] {
            values.insert("deletion_protection", true.into());
        }
        assert_eq!(errors(&engine, resource.type_name, (&state, &config)), Vec::<String>::new());
        for attribute in resource.attributes.iter().filter(|attribute| attribute.usage.is_settable()) {
            let mut unknown = config.clone();
            unknown.insert(attribute.name, Value::unknown());
            let found = errors(&engine, resource.type_name, (&state, &unknown));
            // With what contains it, a protected object would be lost.
            let expected = usize::from(parents(resource).contains(&attribute.name));
            assert_eq!(found.len(), expected, "{}.{}: {found:?}", resource.type_name, attribute.name);
        }
    }
}
