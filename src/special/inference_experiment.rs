//! Why data is not enough: a running experiment can only be deleted after it was stopped, and the stop call requires an
//! action for each model. Its start is not sent again.

use std::time::Duration;

use async_trait::async_trait;

use crate::{
    definition::names::inference_experiment as names,
    engine::{CallContext, Failure, Special},
    value::Value,
};

/// The timeout for the endpoint to remove the shadow variant.
const STOPPED_WITHIN: Duration = Duration::from_secs(60 * 60);

pub(super) struct InferenceExperiment;

#[async_trait]
impl Special for InferenceExperiment {
    // API reference, UpdateInferenceExperiment: of a running one, only the end can be changed.
    async fn before_update(
        &self,
        _context: CallContext<'_>,
        prior: &Value,
        planned: &Value,
        input: &mut Value,
    ) -> Result<(), Failure> {
        let [before, after] = [prior, planned].map(|values| values.get(names::SCHEDULE).at(0).get(names::START_TIME));
        let is_running = prior.get(names::STATUS).as_str() == Some("Running");
        let end = input.get("Schedule").get("EndTime").clone();
        if is_running && before == after && !end.is_null() {
            input.insert("Schedule", Value::from([("EndTime", end)]));
        }
        Ok(())
    }

    async fn before_delete(&self, context: CallContext<'_>, state: &Value) -> Result<(), Failure> {
        let pauses = context.pauses_of_delete(state, STOPPED_WITHIN);
        if !is_running(&context.when_stable(state, &pauses).await?) {
            return Ok(());
        }
        let stopped = context.call("StopInferenceExperiment", &cancellation(state)).await;
        // A call that failed, or another caller, may have stopped it.
        let shown = context.when_stable(state, &pauses).await?;
        match stopped {
            Err(error) if is_running(&shown) => Err(error.into()),
            _ => Ok(()),
        }
    }
}

fn is_running(shown: &Option<Value>) -> bool {
    shown.as_ref().is_some_and(|shown| shown.get("Status").as_str() == Some("Running"))
}

/// Keeps the production model and removes the shadow models.
fn cancellation(state: &Value) -> Value {
    let source = state.get(names::SHADOW_MODE_CONFIG).at(0).get(names::SOURCE_MODEL_VARIANT_NAME);
    let actions = state.get(names::MODEL_VARIANTS).elements().iter().filter_map(|variant| {
        let name = variant.get(names::VARIANT_NAME);
        let action = if name == source { "Retain" } else { "Remove" };
        Some((name.as_str()?.to_owned(), action.into()))
    });
    Value::from([
        ("Name", state.get(names::NAME).clone()),
        ("ModelVariantActions", Value::Map(actions.collect())),
        ("DesiredState", "Cancelled".into()),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cancellation_keeps_the_production_model() {
        let variant = |name: &str| Value::from([(names::VARIANT_NAME, name.into())]);
        let shadow = Value::from([(names::SOURCE_MODEL_VARIANT_NAME, "live".into())]);
        let state = Value::from([
            (names::NAME, "test".into()),
            (names::MODEL_VARIANTS, Value::List(vec![variant("live"), variant("next")])),
            (names::SHADOW_MODE_CONFIG, Value::List(vec![shadow])),
        ]);
        assert_eq!(
            cancellation(&state).to_string(),
            r#"{DesiredState = "Cancelled", ModelVariantActions = {live = "Retain", next = "Remove"}, Name = "test"}"#
        );
    }
}
