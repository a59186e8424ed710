//! Why data is not enough: adding and removing copies is a separate operation, without a deployment.

use async_trait::async_trait;

use crate::{
    definition::names::inference_component as names,
    engine::{CallContext, Failure, Special},
    value::Value,
};

/// Members of every update that do not request a change by themselves.
const SEND_ONLY: &[&str] = &["InferenceComponentName", "DeploymentConfig"];

pub(super) struct InferenceComponent;

#[async_trait]
impl Special for InferenceComponent {
    async fn update(
        &self,
        context: CallContext<'_>,
        prior: &Value,
        _planned: &Value,
        input: &Value,
    ) -> Result<bool, Failure> {
        if !is_scaling(input) {
            return Ok(false);
        }
        let scaling = Value::from([
            ("InferenceComponentName", prior.get(names::INFERENCE_COMPONENT_NAME).clone()),
            ("DesiredRuntimeConfig", input.get("RuntimeConfig").clone()),
        ]);
        context.call("UpdateInferenceComponentRuntimeConfig", &scaling).await?;
        Ok(true)
    }
}

/// True if only the number of copies changes.
fn is_scaling(input: &Value) -> bool {
    let mut members = input.as_map().into_iter().flatten().map(|(member, _)| member.as_str());
    !input.get("RuntimeConfig").is_null()
        && members.all(|member| member == "RuntimeConfig" || SEND_ONLY.contains(&member))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_change_of_the_copy_count_is_scaling() {
        let copies = || ("RuntimeConfig", Value::from([("CopyCount", 2.into())]));
        let name = || ("InferenceComponentName", Value::from("c"));
        assert!(is_scaling(&Value::from([name(), copies()])));
        assert!(is_scaling(&Value::from([name(), copies(), ("DeploymentConfig", Value::object())])));
        assert!(!is_scaling(&Value::from([name(), copies(), ("Specification", Value::object())])));
        assert!(!is_scaling(&Value::from([name(), ("Specification", Value::object())])));
    }
}
