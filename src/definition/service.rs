//! The service model: operations and the shapes of their inputs and outputs.
//!
//! Facts from the public model of the API (`schemas/model.json`), without its documentation.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use regex_lite::Regex;

pub use super::shape::{
    BOOLEAN, COUNT, DOCUMENT, DOCUMENTS, Member, NOTHING, Operation, Pattern, STRING, Shape, ShapeKind,
};
use crate::value::Number;

pub use tables::{OPERATIONS, SHAPES, TAG_MAP};
pub(crate) use tables::{operations, shapes};

/// The operation of that name; `None` if the API has none.
pub fn operation(name: &str) -> Option<&'static Operation> {
    OPERATIONS.binary_search_by(|operation| operation.name.cmp(name)).ok().map(|found| OPERATIONS[found])
}

/// The shape of that name; `None` if the API has none.
pub fn shape(name: &str) -> Option<&'static Shape> {
    SHAPES.binary_search_by(|shape| shape.name.cmp(name)).ok().map(|found| SHAPES[found])
}

impl Pattern {
    /// True if the complete text matches, or if the pattern cannot be checked. Patterns are compiled once, on first use.
    pub(crate) fn is_match(&self, text: &str) -> bool {
        static COMPILED: Mutex<BTreeMap<&str, Option<Arc<Regex>>>> = Mutex::new(BTreeMap::new());
        let Some(source) = self.regex else { return true };
        // The lock is released before the match, which may take long.
        let compiled = {
            let mut cache = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
            cache.entry(source).or_insert_with(|| Regex::new(source).ok().map(Arc::new)).clone()
        };
        compiled.is_none_or(|regex| regex.is_match(text))
    }
}

/// Whether the number is an integer of the API: of 64 bits if `long`, otherwise of 32.
pub fn is_integer(number: &Number, long: bool) -> bool {
    number.as_i64().is_some_and(|number| long || i32::try_from(number).is_ok())
}

/// The tables that the build generates.
#[allow(unused_qualifications, reason = "generated")]
mod tables {
    use crate::definition::{bounds::Bounds, shape::*};

    include!(concat!(env!("OUT_DIR"), "/service.rs"));
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::definition::Bounds;

    #[test]
    fn the_tables_are_sorted_and_complete() {
        let model: serde_json::Value = serde_json::from_str(include_str!("../../schemas/model.json")).unwrap();
        let names: Vec<&str> = OPERATIONS.iter().map(|operation| operation.name).collect();
        assert_eq!(names, model["operations"].as_object().unwrap().keys().collect::<Vec<_>>());
        assert!(OPERATIONS.is_sorted_by(|one, two| one.name < two.name));
        assert!(SHAPES.is_sorted_by(|one, two| one.name < two.name));
        for operation in OPERATIONS {
            assert!(shape(operation.input.name).is_some(), "{}", operation.name);
            assert!(operation.pages.is_none_or(|pages| operation.output.member(pages).is_some()));
        }
    }

    #[test]
    fn facts_of_the_model_arrive() {
        let create = operation("CreateEndpointConfig").unwrap();
        let name = create.input.member("EndpointConfigName").unwrap();
        assert!(name.required);
        expect![[r#"
            Shape {
                name: "EndpointConfigName",
                kind: String {
                    bounds: Bounds {
                        min: Some(
                            0,
                        ),
                        max: Some(
                            63,
                        ),
                    },
                    pattern: Some(
                        Pattern {
                            source: "[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}",
                            regex: Some(
                                "^(?:[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62})$",
                            ),
                        },
                    ),
                    values: [],
                },
                sensitive: false,
            }
        "#]]
        .assert_debug_eq(name.shape);
        assert!(shape("ClientSecret").unwrap().sensitive);
        assert!(operation("CreatePipeline").unwrap().input.member("ClientRequestToken").unwrap().idempotency_token);
        assert_eq!(operation("ListModels").unwrap().pages, Some("Models"));
        assert_eq!(operation("DeleteModel").unwrap().output.members().len(), 0);
        assert_eq!(shape("AppSecurityGroupManagement").unwrap().values(), ["Service", "Customer"]);
        assert!(matches!(
            shape("NumberOfCpuCores").unwrap().kind,
            ShapeKind::Float { bounds: Bounds { min: Some(0.25), max: None }, .. }
        ));
        assert!(matches!(shape("Seed").unwrap().kind, ShapeKind::Integer { long: true, .. }));
        assert!(matches!(shape("VolumeSizeInGB").unwrap().kind, ShapeKind::Integer { long: false, .. }));
        assert!(matches!(shape("ScalingPolicy").unwrap().kind, ShapeKind::Structure { union: true, .. }));
    }

    #[test]
    fn every_pattern_is_translated_but_these() {
        let untranslated: Vec<&str> = patterns()
            .filter(|(_, pattern)| pattern.regex.is_none() && pattern.source != ".*")
            .map(|(name, _)| name)
            .collect();
        expect![[r#"
            [
                "AthenaCatalog",
                "Catalog",
                "Cidr",
                "Database",
                "DeviceArn",
                "EdgeDeploymentPlanArn",
                "EdgePackagingJobArn",
                "FlowDefinitionTaskTitle",
                "TableName",
                "TaskTitle",
            ]
        "#]]
        .assert_debug_eq(&untranslated);
    }

    #[test]
    fn translated_patterns_compile_with_regex_lite() {
        let faults: Vec<String> = patterns()
            .filter_map(|(name, pattern)| Some((name, Regex::new(pattern.regex?).err()?)))
            .map(|(name, fault)| format!("{name}: {fault}"))
            .collect();
        assert_eq!(faults, Vec::<String>::new());
    }

    #[test]
    fn translated_patterns_accept_valid_values() {
        for (name, text) in [
            ("EndpointConfigName", "my-config-1"),
            ("RoleArn", "arn:aws-us-gov:iam::123456789012:role/service-role/a_b"),
            ("AlarmName", "too hot"),
            ("ClusterPrivatePrimaryIp", "10.0.12.255"),
            ("DestinationS3Uri", "s3://bucket/a/b"),
            ("GitConfigUrl", "https://git.example.com/a/b.git"),
            ("KmsKeyId", "alias/my-key"),
            ("MetricsEndpointPath", "/metrics"),
            ("SageMakerImageVersionAlias", "latest-1"),
        ] {
            let (_, pattern) = patterns().find(|(found, _)| *found == name).unwrap();
            let regex = pattern.regex.unwrap();
            assert!(Regex::new(regex).unwrap().is_match(text), "{name}: {regex}");
        }
    }

    fn patterns() -> impl Iterator<Item = (&'static str, &'static Pattern)> {
        SHAPES.iter().filter_map(|shape| match shape.kind {
            ShapeKind::String { pattern: Some(pattern), .. } => Some((shape.name, pattern)),
            _ => None,
        })
    }
}
