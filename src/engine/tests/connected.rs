//! An engine whose provider block is configured, over a fake service. For tests only.

use std::sync::Arc;

use async_trait::async_trait;

use crate::{
    api::{Api, Connect, ConnectError, Settings, fake::FakeApi},
    engine::{Engine, Provider, Specials},
    value::Value,
};

/// Connects to a service that is there already.
pub(super) struct Connected(pub(super) Arc<FakeApi>);

#[async_trait]
impl Connect for Connected {
    async fn connect(&self, _: Settings, _: &str) -> Result<Arc<dyn Api>, ConnectError> {
        Ok(self.0.clone())
    }
}

/// An engine that is not configured and calls nothing.
pub(crate) fn unconfigured(specials: Specials) -> Engine {
    Engine::new(specials, Box::new(Connected(Arc::new(FakeApi::scripted([])))))
}

pub(super) async fn engine(api: FakeApi) -> (Engine, Arc<FakeApi>) {
    engine_with(&[], api).await
}

/// The same, with special files.
pub(crate) async fn engine_with(specials: Specials, api: FakeApi) -> (Engine, Arc<FakeApi>) {
    let api = Arc::new(api);
    let engine = Engine::new(specials, Box::new(Connected(Arc::clone(&api))));
    let diagnostics = engine.configure(&Value::object(), "1.15.5").await;
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    (engine, api)
}
