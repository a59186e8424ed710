//! The functions about AutoML.

use super::*;
use crate::{
    definition::{block_of, query, resource, service::shape},
    functions::candidates::{LOWER_IS_BETTER, METRICS, candidate},
};

/// A completed candidate; without a value it is in progress.
fn trial(name: &str, metric: &str, r#type: Value, value: Option<i64>) -> Value {
    let score = |value: i64| Value::from([("metric_name", metric.into()), ("type", r#type), ("value", value.into())]);
    let status = if value.is_some() { "Completed" } else { "InProgress" };
    Value::from([
        ("candidate_name", name.into()),
        ("candidate_status", status.into()),
        ("final_auto_ml_job_objective_metric", Value::List(value.map(score).into_iter().collect())),
        ("inference_containers", Value::List(Vec::new())),
    ])
}

fn trials(metric: &str, r#type: &Value) -> Value {
    let trial = |(name, value)| trial(name, metric, r#type.clone(), value);
    Value::List([("waits", None), ("a", Some(2)), ("b", Some(1)), ("c", Some(2)), ("d", Some(1))].map(trial).into())
}

fn best(candidates: Value) -> Value {
    result("best_candidate", &[candidates]).get("candidate_name").clone()
}

#[test]
fn the_best_candidate_has_the_lowest_or_the_highest_value() {
    for (metric, r#type, expected) in [
        ("F1", "Maximize".into(), "a"),
        ("F1", "Minimize".into(), "b"),
        ("F1", Value::Null, "a"),
        ("MSE", Value::Null, "b"),
        ("of the future", "Minimize".into(), "b"),
    ] {
        assert_eq!(best(trials(metric, &r#type)), expected.into(), "{metric}, {type}");
    }
}

#[test]
fn metrics_of_which_the_lowest_is_best_are_in_the_model() {
    let known = shape(METRICS).expect("in the model").values();
    assert!(LOWER_IS_BETTER.iter().all(|metric| known.contains(metric)), "{known:?}");
    for metric in known {
        let expected = if LOWER_IS_BETTER.contains(metric) { "b" } else { "a" };
        assert_eq!(best(trials(metric, &Value::Null)), expected.into(), "{metric}");
    }
}

#[test]
fn candidates_that_cannot_be_compared_are_refused() {
    let waiting = trial("a", "F1", Value::Null, None);
    let (one, other) = (trial("a", "F1", Value::Null, Some(1)), trial("b", "MSE", Value::Null, Some(1)));
    for (candidates, words) in [
        (Value::List(Vec::new()), "There are no candidates"),
        (Value::List(vec![waiting, Value::Null]), "None of the 2 candidates"),
        (Value::List(vec![one, other]), "\"F1\" and \"MSE\""),
        (trials("F9", &Value::Null), "\"F9\" is not a known metric"),
        (trials("F1", &"Best".into()), "\"Best\" is not a type"),
    ] {
        check_refused("best_candidate", &[candidates], 0, &[words]);
    }
}

/// The type of an attribute.
fn of(block: &Block, name: &str) -> Type {
    let attribute = block.attributes.iter().find(|attribute| attribute.name == name);
    attribute.unwrap_or_else(|| panic!("no {name}")).r#type.clone()
}

/// Whether Terraform converts values of a type to another one without a loss of what that has.
fn converts(from: &Type, to: &Type) -> bool {
    match (from, to) {
        (Type::List(from), Type::List(to)) | (Type::Map(from), Type::Map(to)) => converts(from, to),
        (Type::Object(from), Type::Object(to)) => {
            to.iter().all(|(name, to)| from.get(name).is_some_and(|from| converts(from, to)))
        }
        (from, to) => from == to,
    }
}

#[test]
fn the_candidates_of_the_data_source_can_be_passed() {
    let candidates = query("sagemaker_auto_ml_job_candidates").expect("defined").attributes;
    let (passed, taken) = (of(&block_of(candidates), "candidates"), Type::List(Box::new(candidate())));
    assert!(converts(&passed, &taken), "{} to {}", passed.to_json(), taken.to_json());
}

#[test]
fn the_containers_have_the_arguments_of_a_model() {
    let model = block_of(resource("sagemaker_model").expect("defined").attributes);
    check_arguments("inference_response_keys", nested(&model, "container"));
    let function = &schemas()["inference_response_keys"];
    assert_eq!(function.parameters[0].r#type, function.returns);
}

fn containers(supported: &[Option<&str>]) -> Value {
    let container = |supported: &Option<&str>| {
        let environment = supported.map(|keys| strings(&[("SAGEMAKER_INFERENCE_SUPPORTED", keys)]));
        let environment = environment.unwrap_or(Value::Null);
        Value::from([("environment", environment), ("image", "i".into()), ("model_data_url", "s3://b/m".into())])
    };
    Value::List(supported.iter().map(container).collect())
}

fn keys(keys: &[&str]) -> Value {
    Value::List(keys.iter().map(|key| (*key).into()).collect())
}

#[test]
fn containers_pass_on_the_requested_keys() {
    let before = containers(&[None, Some("p"), None, Some("label, p"), Some("label,p")]);
    let after = result("inference_response_keys", &[before.clone(), keys(&["p", "label"])]);
    let variable = |index: usize, name: &str| {
        let value = after.at(index).get("environment").get(&format!("SAGEMAKER_INFERENCE_{name}")).as_str();
        value.unwrap_or("-").to_owned()
    };
    let variables: Vec<_> = (0..5).map(|index| (variable(index, "INPUT"), variable(index, "OUTPUT"))).collect();
    let expected = [("-", "-"), ("-", "p"), ("-", "-"), ("-", "p,label"), ("p,label", "p,label")];
    assert_eq!(variables, expected.map(|(input, output)| (input.to_owned(), output.to_owned())));
    assert_eq!(after.at(0), before.at(0), "it supports nothing");
    assert_eq!(result("inference_response_keys", &[before.clone(), keys(&[])]), before);
}

#[test]
fn keys_that_the_last_container_does_not_support_are_refused() {
    for (supported, requested, words) in [
        (vec![Some("p")], "q", ["\"q\"", "`p`"]),
        (vec![Some("q"), Some("p,label")], "q", ["\"q\"", "`p`, `label`"]),
        (vec![Some("q"), None], "q", ["\"q\"", "SAGEMAKER_INFERENCE_SUPPORTED"]),
        (vec![], "q", ["\"q\"", "SAGEMAKER_INFERENCE_SUPPORTED"]),
    ] {
        check_refused("inference_response_keys", &[containers(&supported), keys(&[requested])], 1, &words);
    }
    let null = Value::List(vec![Value::Null]);
    check_refused("inference_response_keys", &[null.clone(), keys(&[])], 0, &["The container 0 is null"]);
    check_refused("inference_response_keys", &[containers(&[Some("p")]), null], 1, &["null", "`p`"]);
}
