//! Why data is not enough: the describe and create calls do not include the aliases of a version. They are read by a
//! separate operation, and updated by listing those to add and those to delete.

use async_trait::async_trait;

use super::elements::without;
use crate::{
    definition::names::image_version as names,
    engine::{CallContext, Failure, Special},
    value::Value,
};

pub(super) struct ImageVersion;

#[async_trait]
impl Special for ImageVersion {
    async fn after_read(&self, context: CallContext<'_>, prior: &Value, state: &mut Value) -> Result<(), Failure> {
        let aliases = aliases(context, state).await?;
        if aliases.elements().is_empty() && prior.get(names::ALIASES).is_zero() {
            return Ok(());
        }
        state.insert(names::ALIASES, aliases);
        Ok(())
    }

    async fn before_update(
        &self,
        _context: CallContext<'_>,
        prior: &Value,
        planned: &Value,
        input: &mut Value,
    ) -> Result<(), Failure> {
        let (before, after) = (prior.get(names::ALIASES), planned.get(names::ALIASES));
        for (member, aliases) in [("AliasesToAdd", without(after, before)), ("AliasesToDelete", without(before, after))]
        {
            if !aliases.is_empty() {
                input.insert(member, Value::List(aliases));
            }
        }
        Ok(())
    }
}

async fn aliases(context: CallContext<'_>, state: &Value) -> Result<Value, Failure> {
    let version = Value::from([
        ("ImageName", state.get(names::IMAGE_NAME).clone()),
        ("Version", state.get(names::VERSION).clone()),
    ]);
    Ok(Value::set(context.list("ListAliases", &version, "SageMakerImageVersionAliases").await?))
}
