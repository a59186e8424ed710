//! Why data is not enough: an experiment that runs can only be deleted once it was stopped, and to stop it one has to say
//! what becomes of each model.

use std::time::Duration;

use async_trait::async_trait;

use crate::{
    definition::names::inference_experiment as names,
    engine::{Failure, Site, Special},
    value::Value,
};

/// As long as the endpoint may take to do without the shadow.
const STOPPED_WITHIN: Duration = Duration::from_secs(60 * 60);

/// States that an experiment leaves by itself.
const PASSING: &[&str] = &["Creating", "Updating", "Starting", "Stopping"];

pub(super) struct InferenceExperiment;

#[async_trait]
impl Special for InferenceExperiment {
    async fn before_delete(&self, site: Site<'_>, state: &Value) -> Result<(), Failure> {
        let pauses = site.pauses_of_delete(state, STOPPED_WITHIN);
        let name = Value::from([("Name", state.get(names::NAME).clone())]);
        let settled = || site.settled(("DescribeInferenceExperiment", &name), "Status", PASSING, &pauses);
        match settled().await {
            Ok(status) if status == "Running" => {
                let stopped = site.api.call(site.region, "StopInferenceExperiment", &cancellation(state)).await;
                // A call that broke off may have stopped it, and so may somebody else.
                match (settled().await?.as_str(), stopped) {
                    ("Running", Err(error)) => Err(error.into()),
                    _ => Ok(()),
                }
            }
            // The delete call meets the same error, and knows which one means that there is nothing to delete.
            Ok(_) | Err(Failure::Call(_)) => Ok(()),
            Err(failure) => Err(failure),
        }
    }
}

/// The model that answers stays, and shadows go.
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
    fn a_cancellation_keeps_the_model_that_answers() {
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
