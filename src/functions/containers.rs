//! What the containers of an AutoML candidate put into their responses.

use super::texts::{FunctionError, list, map, object, parameter, refuse};
use crate::{
    schema::{Function, Type},
    text,
    value::Value,
};

/// The variables by which the containers of AutoML know what they can respond with, receive and have to respond with
/// (SageMaker Python SDK, `AutoML.validate_and_update_inference_response`).
const SUPPORTED: &str = "SAGEMAKER_INFERENCE_SUPPORTED";
const INPUT: &str = "SAGEMAKER_INFERENCE_INPUT";
const OUTPUT: &str = "SAGEMAKER_INFERENCE_OUTPUT";

/// An element of `inference_containers` of a candidate, which has the arguments of a `container` of a model.
pub(super) fn container() -> Type {
    object([("environment", map(Type::String)), ("image", Type::String), ("model_data_url", Type::String)])
}

pub(super) fn schema() -> Function {
    Function {
        summary: "Sets what the model of an AutoML candidate responds with.",
        description: "Adds variables to the environments of the `inference_containers` of an AutoML candidate, so that the \
                      model responds with the given content in the given order, as the argument \
                      `inference_response_keys` of `AutoML.deploy` in the SageMaker Python SDK does. The result has the \
                      arguments of the `container` blocks of a `sagemaker_model`. Each container names what it can \
                      respond with in `SAGEMAKER_INFERENCE_SUPPORTED`; the last one has to support every key. Without \
                      keys the containers stay as they are.",
        parameters: vec![
            parameter("containers", list(container()), "The `inference_containers` of a candidate, in their order."),
            parameter("keys", list(Type::String), "The content of a response, such as `predicted_label`."),
        ],
        variadic: None,
        returns: list(container()),
    }
}

pub(super) fn set(arguments: &[Value]) -> Result<Value, FunctionError> {
    let [containers, keys, ..] = arguments else { return Ok(Value::List(Vec::new())) };
    let containers = containers.elements();
    if let Some(index) = containers.iter().position(Value::is_null) {
        return refuse(0, format!("The container {index} is null. Pass the `inference_containers` of a candidate."));
    }
    let keys = keys.elements();
    check(keys, containers)?;
    let mut received = String::new();
    let mut changed = Vec::new();
    for container in containers {
        let output = output(container, keys);
        changed.push(with_variables(container, &received, &output));
        received = output;
    }
    Ok(Value::List(changed))
}

/// Demands that the last container supports every key.
fn check(keys: &[Value], containers: &[Value]) -> Result<(), FunctionError> {
    let supported = containers.last().map(supported).unwrap_or_default();
    let fault = keys.iter().find(|key| !key.as_str().is_some_and(|key| supported.contains(&key)));
    match fault {
        None => Ok(()),
        Some(key) if supported.is_empty() => {
            let text = format!("The content of the responses is fixed, since the last container has no `{SUPPORTED}`.");
            refuse(1, format!("{text} Pass an empty list in place of {key}."))
        }
        Some(key) => {
            refuse(1, format!("The model cannot respond with {key}. Pass some of {}.", text::list(&supported)))
        }
    }
}

/// The keys that a container supports.
fn supported(container: &Value) -> Vec<&str> {
    let keys = container.get("environment").get(SUPPORTED).as_str().unwrap_or_default();
    keys.split(',').map(str::trim).filter(|key| !key.is_empty()).collect()
}

/// Those of the keys that a container supports, separated by commas.
fn output(container: &Value, keys: &[Value]) -> String {
    let supported = supported(container);
    keys.iter().filter_map(Value::as_str).filter(|key| supported.contains(key)).collect::<Vec<_>>().join(",")
}

/// The container with what it receives and responds with. One that supports no keys stays as it is.
fn with_variables(container: &Value, input: &str, output: &str) -> Value {
    let mut container = container.clone();
    let mut environment = container.get("environment").clone();
    let variables = [(INPUT, input), (OUTPUT, output)];
    if !supported(&container).is_empty() {
        for (name, value) in variables.into_iter().filter(|(_, value)| !value.is_empty()) {
            environment.insert(name, value.into());
        }
        container.insert("environment", environment);
    }
    container
}
