//! Why data is not enough: which of two operations is called depends on the value wanted, and neither takes any input.

use async_trait::async_trait;

use crate::{
    definition::names::servicecatalog_portfolio_status as names,
    engine::{Failure, Site, Special},
    value::Value,
};

pub(super) struct ServicecatalogPortfolioStatus;

#[async_trait]
impl Special for ServicecatalogPortfolioStatus {
    async fn before_update(
        &self,
        site: Site<'_>,
        _prior: &Value,
        planned: &Value,
        input: &mut Value,
    ) -> Result<(), Failure> {
        let operation = match planned.get(names::STATUS).as_str() {
            Some("Disabled") => "DisableSagemakerServicecatalogPortfolio",
            _ => "EnableSagemakerServicecatalogPortfolio",
        };
        // With that everything is done: an empty body calls nothing more.
        *input = Value::object();
        site.api.call(site.region, operation, input).await?;
        Ok(())
    }
}
