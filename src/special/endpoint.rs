//! Why data is not enough: an update resets the instance counts to those of the new configuration, which reverts
//! automatic scaling. Whether an endpoint was scaled can only be detected by comparing it with its current
//! configuration. A deployment specifies its own timeout.

use std::time::Duration;

use async_trait::async_trait;

use crate::{
    api::ApiError,
    definition::names::endpoint as names,
    engine::{CallContext, Failure, Special},
    value::{Number, Value},
};

pub(super) struct Endpoint;

#[async_trait]
impl Special for Endpoint {
    // hashicorp/aws#39040.
    fn extra_time(&self, planned: &Value) -> Duration {
        let deployment = planned.get(names::DEPLOYMENT_CONFIG).at(0);
        let policies =
            [names::BLUE_GREEN_UPDATE_POLICY, names::ROLLING_UPDATE_POLICY].map(|policy| deployment.get(policy).at(0));
        let seconds = policies
            .into_iter()
            .filter_map(|policy| policy.get(names::MAXIMUM_EXECUTION_TIMEOUT_IN_SECONDS).as_number());
        Duration::try_from_secs_f64(seconds.map(Number::to_f64).fold(0.0, f64::max)).unwrap_or_default()
    }

    async fn before_update(
        &self,
        context: CallContext<'_>,
        prior: &Value,
        planned: &Value,
        input: &mut Value,
    ) -> Result<(), Failure> {
        // An explicit value of the user takes precedence.
        if !planned.get(names::RETAIN_ALL_VARIANT_PROPERTIES).is_null() {
            return Ok(());
        }
        if is_scaled(context, prior.get(names::NAME), planned.get(names::ENDPOINT_CONFIG_NAME)).await? {
            tracing::info!(
                endpoint = prior.get(names::NAME).as_str(),
                "keeping instance counts that something has scaled"
            );
            // API reference, VariantProperty: what else could be excluded, data capture, is not supported.
            let excluded = Value::from([("VariantPropertyType", "DesiredWeight".into())]);
            input.insert("RetainAllVariantProperties", true.into());
            input.insert("ExcludeRetainedVariantProperties", Value::List(vec![excluded]));
        }
        Ok(())
    }
}

/// True if a variant runs on another number of instances than its configuration specifies, and the next configuration
/// specifies the same number. If the number changes, the user scales the variant, and the new number is applied.
async fn is_scaled(context: CallContext<'_>, endpoint: &Value, next: &Value) -> Result<bool, ApiError> {
    let endpoint = call(context, "DescribeEndpoint", "EndpointName", endpoint).await?;
    let current =
        call(context, "DescribeEndpointConfig", "EndpointConfigName", endpoint.get("EndpointConfigName")).await;
    let next = call(context, "DescribeEndpointConfig", "EndpointConfigName", next).await;
    // Without a configuration that exists and that the caller may describe, the counts are unknown.
    let (Ok(current), Ok(next)) = (current, next) else { return Ok(false) };
    Ok(endpoint.get("ProductionVariants").elements().iter().any(|variant| {
        let count = variant.get("DesiredInstanceCount");
        let configured = variant_of(&current, variant).get("InitialInstanceCount");
        !count.is_null() && !configured.is_null() && count != configured
    }) && endpoint.get("ProductionVariants").elements().iter().all(|variant| {
        let [before, after] = [&current, &next].map(|all| variant_of(all, variant).get("InitialInstanceCount"));
        before == after || after.is_null()
    }))
}

async fn call(context: CallContext<'_>, operation: &str, member: &str, name: &Value) -> Result<Value, ApiError> {
    context.call(operation, &Value::from([(member, name.clone())])).await
}

fn variant_of<'a>(configuration: &'a Value, variant: &Value) -> &'a Value {
    let variants = configuration.get("ProductionVariants").elements();
    variants.iter().find(|other| other.get("VariantName") == variant.get("VariantName")).unwrap_or(&Value::Null)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_covers_the_timeout_of_a_deployment() {
        let block = |name: &'static str, value: Value| Value::from([(name, Value::List(vec![value]))]);
        let endpoint = |policy: &'static str| {
            let seconds = Value::from([(names::MAXIMUM_EXECUTION_TIMEOUT_IN_SECONDS, 28_800.into())]);
            block(names::DEPLOYMENT_CONFIG, block(policy, seconds))
        };
        for policy in [names::BLUE_GREEN_UPDATE_POLICY, names::ROLLING_UPDATE_POLICY] {
            assert_eq!(Endpoint.extra_time(&endpoint(policy)), Duration::from_secs(28_800));
        }
        assert_eq!(Endpoint.extra_time(&Value::object()), Duration::ZERO);
    }
}
