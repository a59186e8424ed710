//! What an endpoint shows of the configuration that it runs, and of the one that it changes to.

use super::model;
use crate::{
    local::{
        kind::Call,
        operations::{ids::resolved_image, members::known},
        storage::store::Object,
    },
    value::{Map, Value},
};

/// The members of a configuration that describing an endpoint repeats, but for the data capture.
const REPEATED: [&str; 4] = ["AsyncInferenceConfig", "ExplainerConfig", "MetricsConfig", "CrossRegionTrafficConfig"];

/// What an endpoint shows that runs this configuration.
pub(super) fn running(call: &Call<'_>, config: &Object) -> Map {
    let mut shown = known(REPEATED.map(|member| (member, config.members.get(member).cloned().unwrap_or_default())));
    for list in ["ProductionVariants", "ShadowProductionVariants"] {
        if let Some(Value::List(variants)) = config.members.get(list) {
            let variants = variants.iter().map(|variant| running_variant(call, variant)).collect();
            shown.insert(list.to_owned(), Value::List(variants));
        }
    }
    if let Some(capture) = config.members.get("DataCaptureConfig") {
        shown.insert("DataCaptureConfig".into(), running_capture(capture));
    }
    shown
}

/// As describe-endpoint replies show variants; those of serverless ones have no desired values and a count of 0.
fn running_variant(call: &Call<'_>, variant: &Value) -> Value {
    let of = |member: &str| variant.get(member).clone();
    let serverless = !variant.get("ServerlessConfig").is_null();
    let count = if serverless { 0.into() } else { of("InitialInstanceCount") };
    let desired = |value: &Value| if serverless { Value::Null } else { value.clone() };
    let weight = of("InitialVariantWeight");
    Value::Map(known([
        ("VariantName", of("VariantName")),
        ("DeployedImages", deployed_images(call, variant)),
        ("DesiredWeight", desired(&weight)),
        ("CurrentWeight", weight),
        ("DesiredInstanceCount", desired(&count)),
        ("CurrentInstanceCount", count),
        ("CurrentServerlessConfig", of("ServerlessConfig")),
        ("InstancePools", running_pools(variant)),
        ("ManagedInstanceScaling", of("ManagedInstanceScaling")),
        ("RoutingConfig", of("RoutingConfig")),
        ("CapacityReservationConfig", of("CapacityReservationConfig")),
        ("AcceleratorPartitionLayouts", of("AcceleratorPartitionLayouts")),
    ]))
}

/// Assumed: all instances are allocated from the first pool.
fn running_pools(variant: &Value) -> Value {
    let count = variant.get("InitialInstanceCount");
    let Value::List(pools) = variant.get("InstancePools") else { return Value::Null };
    let pools = pools.iter().enumerate().map(|(index, pool)| {
        let count = if index == 0 && !count.is_null() { count.clone() } else { 0.into() };
        Value::from([("InstanceType", pool.get("InstanceType").clone()), ("CurrentInstanceCount", count)])
    });
    Value::List(pools.collect())
}

fn deployed_images(call: &Call<'_>, variant: &Value) -> Value {
    let Some(model) = variant.get("ModelName").as_str().and_then(|name| call.find(&model::KIND, name).ok()) else {
        return Value::Null;
    };
    let primary = model.members.get("PrimaryContainer").into_iter();
    let containers = primary.chain(model.members.get("Containers").into_iter().flat_map(Value::elements));
    let images = containers.filter_map(|container| container.get("Image").as_str()).map(|image| {
        Value::from([
            ("SpecifiedImage", image.into()),
            ("ResolvedImage", resolved_image(image).into()),
            ("ResolutionTime", call.now.to_value()),
        ])
    });
    Value::List(images.collect())
}

/// `KmsKeyId` is left out where none was given, although the model requires it (seen in describe-endpoint replies).
fn running_capture(capture: &Value) -> Value {
    let enabled = capture.get("EnableCapture").as_bool().unwrap_or(true); // "defaults to enabled": API reference.
    Value::Map(known([
        ("EnableCapture", enabled.into()),
        ("CaptureStatus", if enabled { "Started" } else { "Stopped" }.into()),
        ("CurrentSamplingPercentage", capture.get("InitialSamplingPercentage").clone()),
        ("DestinationS3Uri", capture.get("DestinationS3Uri").clone()),
        ("KmsKeyId", capture.get("KmsKeyId").clone()),
    ]))
}

/// "only returned when the endpoint is creating or updating with a new endpoint configuration" (API reference).
pub(super) fn pending(call: &Call<'_>, config: &Object) -> Value {
    let variants = |list: &str| match config.members.get(list) {
        Some(Value::List(variants)) => Value::List(variants.iter().map(pending_variant).collect()),
        _ => Value::Null,
    };
    Value::Map(known([
        ("EndpointConfigName", config.name.as_str().into()),
        ("ProductionVariants", variants("ProductionVariants")),
        ("ShadowProductionVariants", variants("ShadowProductionVariants")),
        ("StartTime", call.now.to_value()),
    ]))
}

fn pending_variant(variant: &Value) -> Value {
    let of = |member: &str| variant.get(member).clone();
    Value::Map(known([
        ("VariantName", of("VariantName")),
        ("DesiredWeight", of("InitialVariantWeight")),
        ("DesiredInstanceCount", of("InitialInstanceCount")),
        ("InstanceType", of("InstanceType")),
        ("AcceleratorType", of("AcceleratorType")),
        ("DesiredServerlessConfig", of("ServerlessConfig")),
        ("ManagedInstanceScaling", of("ManagedInstanceScaling")),
        ("RoutingConfig", of("RoutingConfig")),
    ]))
}
