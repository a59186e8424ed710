//! The moments at which a hand-written special file may have a word.
//!
//! A special sees values and the service, never a protocol. Each moment does nothing by default.

use async_trait::async_trait;

use super::{failure::Failure, plan::Draft};
use crate::{api::Api, diag::Diagnostics, value::Value};

/// What a special file needs to ask the service.
#[derive(Clone, Copy)]
pub struct Site<'a> {
    pub api: &'a dyn Api,
    pub region: &'a str,
}

/// What one resource needs beyond its definition.
#[async_trait]
pub trait Special: Send + Sync {
    /// Checks a configuration beyond what the definition says. Anything in it may be unknown.
    fn validate(&self, _config: &Value, _diagnostics: &mut Diagnostics) {}

    /// Changes a plan before it is decided what is replaced. Pure.
    fn plan(&self, _draft: &mut Draft<'_>) {}

    /// Changes what a reply of the read call has become in the state. Pure.
    fn observe(&self, _reply: &Value, _state: &mut Value) {}

    /// Changes the body of the update call, or refuses it.
    async fn before_update(
        &self,
        _site: Site<'_>,
        _prior: &Value,
        _planned: &Value,
        _input: &mut Value,
    ) -> Result<(), Failure> {
        Ok(())
    }

    /// Allows or refuses a delete.
    async fn before_delete(&self, _site: Site<'_>, _state: &Value) -> Result<(), Failure> {
        Ok(())
    }
}

/// The specials by resource type.
pub type Specials = &'static [(&'static str, &'static dyn Special)];
