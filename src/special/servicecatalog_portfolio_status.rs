//! Why data is not enough: the planned value determines which of two operations is called, and neither has any input.

use async_trait::async_trait;

use crate::{
    definition::names::servicecatalog_portfolio_status as names,
    engine::{CallContext, Failure, Special},
    value::Value,
};

pub(super) struct ServicecatalogPortfolioStatus;

#[async_trait]
impl Special for ServicecatalogPortfolioStatus {
    async fn before_update(
        &self,
        context: CallContext<'_>,
        _prior: &Value,
        planned: &Value,
        input: &mut Value,
    ) -> Result<(), Failure> {
        let operation = match planned.get(names::STATUS).as_str() {
            Some("Disabled") => "DisableSagemakerServicecatalogPortfolio",
            _ => "EnableSagemakerServicecatalogPortfolio",
        };
        // The update is complete: an empty body means no further call.
        *input = Value::object();
        context.call(operation, input).await?;
        Ok(())
    }
}
