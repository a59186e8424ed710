//! Why data is not enough: the model package that a job created is another object, which is deleted with the job if the
//! user requests it.

use async_trait::async_trait;

use crate::{
    api::ErrorKind,
    definition::names::training_job as names,
    diag::{Diagnostic, Diagnostics},
    engine::{CallContext, Failure, Special},
    value::{Path, Value},
};

pub(super) struct TrainingJob;

#[async_trait]
impl Special for TrainingJob {
    fn validate(&self, config: &Value, diagnostics: &mut Diagnostics) {
        let argument = names::DELETE_VPC_ENIS_ON_DESTROY;
        if config.get(argument).as_bool() == Some(true) {
            let detail = "The service removes the network interfaces of a training job by itself, some time after the \
                          job's end. Until then its subnets and security groups cannot be deleted.";
            let path = Path::attribute(argument);
            diagnostics.push(Diagnostic::warning(format!("`{argument}` has no effect"), detail).at(&path));
        }
    }

    async fn before_delete(&self, context: CallContext<'_>, state: &Value) -> Result<(), Failure> {
        let package = state.get(names::OUTPUT_MODEL_PACKAGE_ARN);
        if state.get(names::DELETE_MODEL_PACKAGES_ON_DESTROY).as_bool() != Some(true) || package.is_zero() {
            return Ok(());
        }
        let input = Value::from([("ModelPackageName", package.clone())]);
        match context.call("DeleteModelPackage", &input).await {
            Ok(_) => Ok(()),
            Err(error) if error.kind == ErrorKind::Service && error.message.contains("does not exist") => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}
