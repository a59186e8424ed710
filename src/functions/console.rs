//! Addresses of objects in the AWS console.
//!
//! AWS does not document them. All forms here are assumed: they are those that AWS's samples and other open-source
//! programs link to. Types that have no page of their own, or whose page no such source shows, are left out.

use super::{
    arn,
    forms::Form,
    texts::{FunctionError, parameter, refuse, text},
};
use crate::{
    schema::{Function, Type},
    text::list,
    value::Value,
};

/// The page of an object.
#[derive(Debug)]
pub(super) struct Page {
    /// The part of the console: a path below `sagemaker/`.
    section: &'static str,
    /// Of the resource type, with the same names as the form of its ARN.
    pub(super) form: Form,
}

const fn page(resource_type: &'static str, pattern: &'static str) -> Page {
    Page { section: "home", form: Form { resource_type, pattern } }
}

/// All pages, sorted by resource type.
pub(super) const PAGES: &[Page] = &[
    page("algorithm", "algorithms/{algorithm_name}"),
    page("code-repository", "repositories/{code_repository_name}"),
    page("compilation-job", "compilation-jobs/{compilation_job_name}"),
    page("domain", "studio/{domain_id}"),
    page("endpoint", "endpoints/{endpoint_name}"),
    page("endpoint-config", "endpointConfig/{endpoint_config_name}"),
    page("hyper-parameter-tuning-job", "hyper-tuning-jobs/{hyper_parameter_tuning_job_name}"),
    Page { section: "groundtruth", ..page("labeling-job", "labeling-jobs/details/{labeling_job_name}") },
    page("model", "models/{model_name}"),
    page("notebook-instance", "notebook-instances/{notebook_instance_name}"),
    page("processing-job", "processing-jobs/{processing_job_name}"),
    page("training-job", "jobs/{training_job_name}"),
    page("transform-job", "transform-jobs/{transform_job_name}"),
    page("user-profile", "studio/{domain_id}/user/{user_profile_name}"),
];

/// The partitions with the hosts of their consoles.
const CONSOLES: &[(&str, &str)] = &[
    ("aws", "console.aws.amazon.com"),
    ("aws-cn", "console.amazonaws.cn"),
    ("aws-us-gov", "console.amazonaws-us-gov.com"),
];

pub(super) fn schema() -> Function {
    Function {
        summary: "Returns the URL of an object in the AWS console.",
        description: "Returns the URL of an object's page in the AWS console: for an output, a notification, a runbook. \
                      AWS does not document these URLs, so they are assumed and may stop working without notice. An \
                      object that has no page of its own is an error that lists the types of objects that have one.",
        parameters: vec![parameter("arn", Type::String, "The ARN of the object.")],
        variadic: None,
        returns: Type::String,
    }
}

pub(super) fn url(arguments: &[Value]) -> Result<Value, FunctionError> {
    let arn = arn::read(text(arguments, 0), 0)?;
    let Some((_, host)) = CONSOLES.iter().find(|(partition, _)| *partition == arn.partition) else {
        let known: Vec<&str> = CONSOLES.iter().map(|(partition, _)| *partition).collect();
        let text = format!("The console of the partition `{}` is not known. Pass an ARN in one of", arn.partition);
        return refuse(0, format!("{text} {}.", list(&known)));
    };
    let Some(page) = PAGES.iter().find(|page| page.form.resource_type == arn.form.resource_type) else {
        let known: Vec<&str> = PAGES.iter().map(|page| page.form.resource_type).collect();
        let text = format!("The console has no known page for a single `{}`.", arn.form.resource_type);
        return refuse(0, format!("{text} Pass the ARN of one of {}.", list(&known)));
    };
    let names: Vec<&str> = arn.names.iter().map(|(_, value)| *value).collect();
    let (region, section, fragment) = (arn.region, page.section, page.form.resource(&names));
    Ok(format!("https://{region}.{host}/sagemaker/{section}?region={region}#/{fragment}").into())
}
