//! Why data is not enough: the service describes all variants of the endpoint, of which a configuration may list some.

use async_trait::async_trait;

use crate::{
    definition::names::endpoint_weights_and_capacities as names,
    engine::{CallContext, Failure, Special},
    value::Value,
};

pub(super) struct EndpointWeightsAndCapacities;

#[async_trait]
impl Special for EndpointWeightsAndCapacities {
    /// An import shows all variants; afterwards those that the configuration does not list are not managed.
    async fn after_read(&self, _context: CallContext<'_>, prior: &Value, state: &mut Value) -> Result<(), Failure> {
        let managed = prior.get(names::VARIANT).elements();
        if !managed.is_empty() {
            let name = |variant: &Value| variant.get(names::VARIANT_NAME).clone();
            let is_managed = |shown: &&Value| managed.iter().any(|variant| name(variant) == name(shown));
            let shown = state.get(names::VARIANT).elements().iter().filter(is_managed).cloned().collect();
            state.insert(names::VARIANT, Value::List(shown));
        }
        Ok(())
    }
}
