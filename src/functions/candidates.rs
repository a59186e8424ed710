//! The best candidate of an AutoML job.

use super::{
    containers::container,
    texts::{FunctionError, list, object, parameter, refuse},
};
use crate::{
    definition::service::shape,
    schema::{Function, Type},
    text,
    value::{Number, Value},
};

/// The attribute of a candidate that has its score.
const SCORE: &str = "final_auto_ml_job_objective_metric";

/// The metrics of which the lowest value is the best (API reference, AutoMLJobObjective). All others of the enumeration
/// are the better the higher.
pub(super) const LOWER_IS_BETTER: &[&str] =
    &["AverageWeightedQuantileLoss", "MAE", "MAPE", "MASE", "MSE", "RMSE", "WAPE"];

/// The enumeration of the metrics that a job can optimize.
pub(super) const METRICS: &str = "AutoMLMetricEnum";

/// A part of an element of `candidates` of the data source `sagemaker_auto_ml_job_candidates`.
pub(super) fn candidate() -> Type {
    let metric = object([("metric_name", Type::String), ("type", Type::String), ("value", Type::Number)]);
    object([
        ("candidate_name", Type::String),
        ("candidate_status", Type::String),
        (SCORE, list(metric)),
        ("inference_containers", list(container())),
    ])
}

pub(super) fn schema() -> Function {
    Function {
        summary: "Selects the best candidate of an AutoML job.",
        description: "Selects the best of the `candidates` of the data source `sagemaker_auto_ml_job_candidates`, however \
                      these were filtered, as `AutoML.best_candidate` of the SageMaker Python SDK returns the best of a \
                      whole job. It compares the objective metrics of the completed candidates: the lowest value is the \
                      best if the `type` of the metric is `Minimize`, the highest if it is `Maximize`; where `type` is \
                      null, the metric decides. Of equal candidates it selects the first. Attributes of the data \
                      source that the result does not have are dropped.",
        parameters: vec![parameter("candidates", list(candidate()), "The candidates of one job.")],
        variadic: None,
        returns: candidate(),
    }
}

pub(super) fn best(arguments: &[Value]) -> Result<Value, FunctionError> {
    let candidates = arguments.first().map(Value::elements).unwrap_or_default();
    let scored: Vec<(&Value, &Number)> = candidates.iter().filter_map(scored).collect();
    let Some(((first, _), others)) = scored.split_first() else { return refuse(0, none(candidates)) };
    let metric = metric(first);
    if let Some((other, _)) = others.iter().find(|(other, _)| metric.get("metric_name") != other_name(other)) {
        let names = format!("{} and {}", metric.get("metric_name"), other_name(other));
        return refuse(0, format!("The objective metrics {names} cannot be compared. Pass the candidates of one job."));
    }
    let lowest = lowest_is_best(metric)?;
    let better = |one: &Number, other: &Number| if lowest { one < other } else { one > other };
    let best = scored.iter().copied().reduce(|best, next| if better(next.1, best.1) { next } else { best });
    Ok(best.map_or(Value::Null, |(candidate, _)| candidate.clone()))
}

/// The objective metric of a candidate; null if it has none.
fn metric(candidate: &Value) -> &Value {
    candidate.get(SCORE).at(0)
}

fn other_name(candidate: &Value) -> &Value {
    metric(candidate).get("metric_name")
}

/// A completed candidate with its score.
fn scored(candidate: &Value) -> Option<(&Value, &Number)> {
    let completed = candidate.get("candidate_status").as_str() == Some("Completed");
    metric(candidate).get("value").as_number().filter(|_| completed).map(|value| (candidate, value))
}

fn none(candidates: &[Value]) -> String {
    let next = "Pass the candidates of a job that has completed.";
    match candidates.len() {
        0 => format!("There are no candidates. {next}"),
        count => format!("None of the {count} candidates is `Completed` and has a `{SCORE}`. {next}"),
    }
}

fn lowest_is_best(metric: &Value) -> Result<bool, FunctionError> {
    let name = metric.get("metric_name").as_str().unwrap_or_default();
    let metrics = shape(METRICS).map(|shape| shape.values()).unwrap_or_default();
    match metric.get("type") {
        Value::Null if metrics.contains(&name) => Ok(LOWER_IS_BETTER.contains(&name)),
        Value::Null => {
            let near = text::list(text::nearest(metrics.iter().copied(), name));
            refuse(0, format!("{name:?} is not a known metric. Set its `type`, or name one such as {near}."))
        }
        value if value.as_str() == Some("Minimize") => Ok(true),
        value if value.as_str() == Some("Maximize") => Ok(false),
        value => refuse(0, format!("{value} is not a type of metric. Set `Minimize` or `Maximize`, or null.")),
    }
}
