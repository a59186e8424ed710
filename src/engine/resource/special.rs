//! The hooks of a hand-written special file.
//!
//! A special sees values and the service, never a protocol. Each hook does nothing by default.

use std::time::Duration;

use async_trait::async_trait;

use crate::{
    diag::Diagnostics,
    engine::{
        resource::draft::Draft,
        service::{call_context::CallContext, failure::Failure},
    },
    value::Value,
};

/// What a resource needs beyond its definition.
#[async_trait]
pub trait Special: Send + Sync {
    /// Validates a configuration beyond its definition. Any value may be unknown.
    fn validate(&self, _config: &Value, _diagnostics: &mut Diagnostics) {}

    /// Changes a plan before replacements are determined. Pure.
    fn plan(&self, _draft: &mut Draft<'_>) {}

    /// Modifies a finished plan, whose replacements are known. Pure.
    fn modify_plan(&self, _draft: &mut Draft<'_>) {}

    /// The losses of a replacement beyond those of the definition, for a warning; empty if there are none. Pure.
    fn loss(&self, _prior: &Value) -> String {
        String::new()
    }

    /// Validates a plan that destroys the object without replacing it. Pure.
    fn validate_destroy(&self, _prior: &Value, _diagnostics: &mut Diagnostics) {}

    /// How much longer than usual a change may take, from the planned values. Pure.
    fn extra_time(&self, _planned: &Value) -> Duration {
        Duration::ZERO
    }

    /// Finds the object of an import id: the attributes that address it. `None`: find it as the definition says.
    async fn locate(&self, _context: CallContext<'_>, _id: &str) -> Result<Option<Value>, Failure> {
        Ok(None)
    }

    /// Adds to the state after the read call.
    async fn after_read(&self, _context: CallContext<'_>, _prior: &Value, _state: &mut Value) -> Result<(), Failure> {
        Ok(())
    }

    /// Updates the object where more than the update call is needed. False: the update call is made as usual.
    async fn update(
        &self,
        _context: CallContext<'_>,
        _prior: &Value,
        _planned: &Value,
        _input: &Value,
    ) -> Result<bool, Failure> {
        Ok(false)
    }

    /// Restores the state, one of `update_wait.restores`, that an interrupted update or delete has taken the object out
    /// of. The object is not in that state.
    async fn restore(&self, _context: CallContext<'_>, _planned: &Value) -> Result<(), Failure> {
        Ok(())
    }

    /// Changes the state that was read from a reply. Pure.
    fn observe(&self, _reply: &Value, _state: &mut Value) {}

    /// Changes or refuses the body of the create call.
    async fn before_create(
        &self,
        _context: CallContext<'_>,
        _planned: &Value,
        _input: &mut Value,
    ) -> Result<(), Failure> {
        Ok(())
    }

    /// Changes the body of the update call, makes the calls that must precede it, or refuses the update.
    async fn before_update(
        &self,
        _context: CallContext<'_>,
        _prior: &Value,
        _planned: &Value,
        _input: &mut Value,
    ) -> Result<(), Failure> {
        Ok(())
    }

    /// Prepares the object for the delete call, such as by emptying or stopping it, or refuses the delete.
    async fn before_delete(&self, _context: CallContext<'_>, _state: &Value) -> Result<(), Failure> {
        Ok(())
    }
}

/// The specials by resource type.
pub type Specials = &'static [(&'static str, &'static dyn Special)];
