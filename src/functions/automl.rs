//! The functions about AutoML jobs: the best of their candidates, and the content of their models' responses.

use super::texts::{FunctionError, list, listed, map, object, parameter, refuse, strings, text};
use crate::{
    definition::service::shape,
    schema::{Function, Type},
    value::{Number, Value},
};

/// The enumeration of all metrics of candidates.
const METRICS: &str = "AutoMLMetricExtendedEnum";

/// The metrics of which the lowest value is the best.
pub(super) const LOWER_IS_BETTER: &[&str] = &[
    "AverageWeightedQuantileLoss",
    "InferenceLatency",
    "LogLoss",
    "MAE",
    "MAPE",
    "MASE",
    "MSE",
    "Perplexity",
    "RMSE",
    "TrainingLoss",
    "ValidationLoss",
    "WAPE",
];

/// The environment variables of the containers of AutoML.
const SUPPORTED: &str = "SAGEMAKER_INFERENCE_SUPPORTED";
const INPUT: &str = "SAGEMAKER_INFERENCE_INPUT";
const OUTPUT: &str = "SAGEMAKER_INFERENCE_OUTPUT";

fn candidate() -> Type {
    object([("name", Type::String), ("value", Type::Number)])
}

pub(super) fn best_schema() -> Function {
    Function {
        summary: "Selects the best candidate of an AutoML job by a metric.",
        description: "Selects the candidate with the best value of a metric: the lowest of an error or a loss, otherwise \
                      the highest. Of equal candidates it selects the first.",
        parameters: vec![
            parameter("candidates", list(candidate()), "The candidates, each with its value of the metric."),
            parameter("metric", Type::String, "The metric, such as `F1` or `MSE`."),
        ],
        variadic: None,
        returns: candidate(),
    }
}

pub(super) fn best(arguments: &[Value]) -> Result<Value, FunctionError> {
    let candidates = arguments.first().map(Value::elements).unwrap_or_default();
    let metric = text(arguments, 1);
    let metrics = shape(METRICS).map(|shape| shape.values()).unwrap_or_default();
    if !metrics.contains(&metric) {
        return refuse(1, format!("{metric:?} is no metric. Known are {}.", listed(metrics.iter().copied())));
    }
    let mut best: Option<(&Value, &Number)> = None;
    for candidate in candidates {
        let Some(value) = candidate.get("value").as_number() else {
            return refuse(0, format!("The candidate {candidate} has no value. Remove it from the candidates."));
        };
        let better = |than: &Number| if LOWER_IS_BETTER.contains(&metric) { value < than } else { value > than };
        if best.is_none_or(|(_, than)| better(than)) {
            best = Some((candidate, value));
        }
    }
    let none = || refuse(0, "There are no candidates. List those of a job that has completed.");
    best.map_or_else(none, |(candidate, _)| Ok(candidate.clone()))
}

pub(super) fn keys_schema() -> Function {
    Function {
        summary: "Sets the content of the responses of an AutoML model.",
        description: "Adds variables to the environments of the containers of an AutoML candidate, so that a response has \
                      the requested content, as the SageMaker Python SDK does with `inference_response_keys`. The last \
                      container has to support each key.",
        parameters: vec![
            parameter("environments", list(map(Type::String)), "The environments of the containers, in their order."),
            parameter("keys", list(Type::String), "The content, such as `predicted_label` and `probability`."),
        ],
        variadic: None,
        returns: list(map(Type::String)),
    }
}

pub(super) fn keys(arguments: &[Value]) -> Result<Value, FunctionError> {
    let [environments, keys, ..] = arguments else { return Ok(Value::List(Vec::new())) };
    let keys: Vec<&str> = keys.elements().iter().filter_map(Value::as_str).collect();
    if keys.is_empty() {
        return Ok(environments.clone());
    }
    let environments = environments.elements();
    check_keys(&keys, environments.last().map(supported).unwrap_or_default())?;
    let mut previous = String::new();
    let mut changed = Vec::new();
    for environment in environments {
        strings(environment, 0)?;
        let supported = supported(environment);
        let output: Vec<&str> = keys.iter().filter(|key| supported.contains(key)).copied().collect();
        let output = output.join(",");
        let mut environment = environment.clone();
        for (variable, value) in [(INPUT, &previous), (OUTPUT, &output)] {
            if !supported.is_empty() && !value.is_empty() {
                environment.insert(variable, value.as_str().into());
            }
        }
        changed.push(environment);
        previous = output;
    }
    Ok(Value::List(changed))
}

/// The keys that a container supports.
fn supported(environment: &Value) -> Vec<&str> {
    let keys = environment.get(SUPPORTED).as_str().unwrap_or_default();
    keys.split(',').map(str::trim).filter(|key| !key.is_empty()).collect()
}

fn check_keys(keys: &[&str], supported: Vec<&str>) -> Result<(), FunctionError> {
    if supported.is_empty() {
        let text =
            format!("The last container has no `{SUPPORTED}`: the content of its responses is fixed. Pass no keys.");
        return refuse(1, text);
    }
    match keys.iter().find(|key| !supported.contains(key)) {
        Some(key) => refuse(1, format!("The model does not support the key {key:?}, but {}.", listed(supported))),
        None => Ok(()),
    }
}
