//! Endpoint configurations: created and deleted at once, never changed.
//!
//! One that an endpoint uses can be deleted: the API reference advises against it, and the service allows it.

use super::model;
use crate::local::{
    error::{ErrorText, ServiceError, VALIDATION},
    kind::{Behavior, Call, Draft, Kind, ORDINARY},
    operations::members::{default, each},
};

pub(in crate::local) static KIND: Kind = Kind {
    noun: "EndpointConfig",
    id: "endpoint-config",
    name: "EndpointConfigName",
    arn: "EndpointConfigArn",
    operations: &[("CreateEndpointConfig", Behavior::Create(fill))],
    not_found: ErrorText { code: VALIDATION, message: "Could not find endpoint configuration \"{arn}\"." },
    exists: ErrorText { code: VALIDATION, message: "Cannot create already existing endpoint configuration \"{arn}\"." },
    ..ORDINARY
};

const VARIANTS: [&str; 2] = ["ProductionVariants", "ShadowProductionVariants"];

fn fill(call: &mut Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    let mut names = Vec::new();
    for variant in VARIANTS.iter().flat_map(|member| call.input.get(member).elements()) {
        if let Some(model) = variant.get("ModelName").as_str() {
            call.find(&model::KIND, model)?;
        }
        let name = variant.get("VariantName");
        if names.contains(&name) {
            // Assumed wording.
            let name = name.as_str().unwrap_or_default();
            return Err(ServiceError::validation(format!("Duplicate variant name found: {name}.")));
        }
        names.push(name);
    }
    for member in VARIANTS {
        each(&mut draft.members, member, |variant| {
            // "If unspecified, it defaults to 1.0" (API reference, ProductionVariant); a variant for inference
            // components has no weight (describe-endpoint-config replies in hashicorp/terraform-provider-aws#35011).
            if variant.contains_key("ModelName") {
                default(variant, "InitialVariantWeight", 1);
            }
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::local::{
        json,
        tests::bench::{Bench, text},
    };

    fn with_model() -> Bench {
        let bench = Bench::new();
        bench.ok("CreateModel", r#"{"ModelName":"m","PrimaryContainer":{"Image":"i"}}"#);
        bench
    }

    fn config(variants: &str) -> String {
        format!(r#"{{"EndpointConfigName":"Blue","ProductionVariants":[{variants}]}}"#)
    }

    const VARIANT: &str =
        r#"{"VariantName":"a","ModelName":"m","InstanceType":"ml.m5.large","InitialInstanceCount":2}"#;

    #[test]
    fn a_configuration_shows_what_was_given_and_the_default_weight() {
        let bench = with_model();
        bench.ok("CreateEndpointConfig", &config(VARIANT));
        let shown = bench.ok("DescribeEndpointConfig", r#"{"EndpointConfigName":"Blue"}"#);
        assert_eq!(
            json::write(shown.get("ProductionVariants").at(0)),
            r#"{"InitialInstanceCount":2,"InitialVariantWeight":1,"InstanceType":"ml.m5.large","ModelName":"m","VariantName":"a"}"#
        );
        assert_eq!(text(&shown, "EndpointConfigName"), "Blue");
        bench.ok("DeleteEndpointConfig", r#"{"EndpointConfigName":"Blue"}"#);
        assert_eq!(
            bench.refused("DescribeEndpointConfig", r#"{"EndpointConfigName":"Blue"}"#),
            "ValidationException: Could not find endpoint configuration \
             \"arn:aws:sagemaker:eu-central-1:123456789012:endpoint-config/blue\"."
        );
    }

    #[test]
    fn a_weight_comes_back_exactly() {
        let bench = with_model();
        bench.ok("CreateEndpointConfig", &config(&VARIANT.replace('}', r#","InitialVariantWeight":0.8}"#)));
        let shown = bench.ok("DescribeEndpointConfig", r#"{"EndpointConfigName":"Blue"}"#);
        assert_eq!(shown.get("ProductionVariants").at(0).get("InitialVariantWeight").to_string(), "0.8");
    }

    #[test]
    fn a_variant_for_inference_components_has_no_weight() {
        let bench = Bench::new();
        let role = r#"{"ExecutionRoleArn":"arn:aws:iam::123456789012:role/r","#;
        let without_model = config(&VARIANT.replace(r#""ModelName":"m","#, "")).replacen('{', role, 1);
        bench.ok("CreateEndpointConfig", &without_model);
        let shown = bench.ok("DescribeEndpointConfig", r#"{"EndpointConfigName":"Blue"}"#);
        assert!(shown.get("ProductionVariants").at(0).get("InitialVariantWeight").is_null());
    }

    #[test]
    fn mistakes_beyond_the_model_are_refused() {
        let bench = with_model();
        for (variants, message) in [
            (
                VARIANT.replace(r#""m""#, r#""gone""#),
                "Could not find model \"arn:aws:sagemaker:eu-central-1:123456789012:model/gone\".",
            ),
            (format!("{VARIANT},{VARIANT}"), "Duplicate variant name found: a."),
            (
                VARIANT.replace(r#","InstanceType":"ml.m5.large""#, ""),
                "Exactly one of InstanceType, InstancePools, ServerlessConfig must be set (in ProductionVariants).",
            ),
        ] {
            let refused = bench.refused("CreateEndpointConfig", &config(&variants));
            assert_eq!(refused, format!("ValidationException: {message}"));
        }
        bench.ok("CreateEndpointConfig", &config(VARIANT));
        assert_eq!(
            bench.refused("CreateEndpointConfig", &config(VARIANT)),
            "ValidationException: Cannot create already existing endpoint configuration \
             \"arn:aws:sagemaker:eu-central-1:123456789012:endpoint-config/blue\"."
        );
    }
}
