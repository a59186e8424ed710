//! The service model: operations and the shapes of their inputs and outputs.
//!
//! Facts only, cut from the public model of the API (`schemas/model.json`); no documentation text.

use crate::value::Number;

/// One operation of the API.
#[derive(Debug)]
pub struct Operation {
    /// As the API spells it: `CreateEndpointConfig`.
    pub name: &'static str,
    /// A structure without members where the operation takes nothing.
    pub input: &'static Shape,
    /// A structure without members where the operation answers nothing.
    pub output: &'static Shape,
    /// The error codes that the model names; the service answers others too.
    pub errors: &'static [&'static str],
    /// The output member that lists results, page by page; empty if the operation has no pages.
    pub pages: &'static str,
}

/// The type of a value of the API.
#[derive(Debug)]
pub struct Shape {
    /// As the model spells it: `ProductionVariant`. Unique.
    pub name: &'static str,
    pub kind: ShapeKind,
    /// The model asks to keep values of this shape out of logs.
    pub sensitive: bool,
}

/// What a shape is, with its bounds. `None` means unbounded on that side.
#[derive(Debug)]
pub enum ShapeKind {
    String {
        /// Characters.
        min: Option<i64>,
        /// Characters.
        max: Option<i64>,
        /// The whole text has to match.
        pattern: Option<&'static Pattern>,
        /// Empty if any text will do.
        values: &'static [&'static str],
    },
    Integer {
        /// Of 64 bits; else of 32.
        long: bool,
        min: Option<i64>,
        max: Option<i64>,
    },
    Float {
        min: Option<f64>,
        max: Option<f64>,
    },
    Boolean,
    /// On the wire: seconds since 1970 as a number. In Terraform: RFC 3339 text.
    Timestamp,
    List {
        element: &'static Shape,
        min: Option<i64>,
        max: Option<i64>,
    },
    Map {
        key: &'static Shape,
        value: &'static Shape,
        min: Option<i64>,
        max: Option<i64>,
    },
    Structure {
        members: &'static [Member],
        /// Exactly one member is to be set.
        union: bool,
    },
}

/// A member of a structure.
#[derive(Debug)]
pub struct Member {
    /// As the API spells it, and so on the wire.
    pub name: &'static str,
    pub shape: &'static Shape,
    pub required: bool,
    /// The caller makes it up, once per logical call, so that a repeated call has no second effect.
    pub idempotency_token: bool,
}

/// A pattern of the model.
#[derive(Debug)]
pub struct Pattern {
    /// As the model spells it; shown to users.
    pub source: &'static str,
    /// The same in the dialect of the `regex-lite` crate and anchored at both ends. It takes all that the source takes
    /// and may take more, where that dialect lacks something; empty where the source cannot be expressed or believed.
    pub regex: &'static str,
}

/// The operation of that name.
pub fn operation(name: &str) -> Option<&'static Operation> {
    OPERATIONS.binary_search_by(|operation| operation.name.cmp(name)).ok().map(|found| &OPERATIONS[found])
}

/// The shape of that name.
pub fn shape(name: &str) -> Option<&'static Shape> {
    SHAPES.binary_search_by(|shape| shape.name.cmp(name)).ok().map(|found| SHAPES[found])
}

/// Whether an integer of the service can hold the number: of 64 bits if `long`, else of 32.
pub fn is_integer(number: &Number, long: bool) -> bool {
    number.as_i64().is_some_and(|number| long || i32::try_from(number).is_ok())
}

impl Shape {
    /// The members of a structure; empty for anything else.
    pub fn members(&self) -> &'static [Member] {
        match &self.kind {
            ShapeKind::Structure { members, .. } => members,
            _ => &[],
        }
    }

    /// False for a number that users cannot set to zero.
    pub fn allows_zero(&self) -> bool {
        match self.kind {
            ShapeKind::Integer { min, .. } => min.is_none_or(|min| min <= 0),
            ShapeKind::Float { min, .. } => min.is_none_or(|min| min <= 0.0),
            _ => true,
        }
    }

    /// The member of that name of a structure.
    pub fn member(&self, name: &str) -> Option<&'static Member> {
        self.members().iter().find(|member| member.name == name)
    }

    /// The values of an enumeration; empty for anything else.
    pub fn values(&self) -> &'static [&'static str] {
        match &self.kind {
            ShapeKind::String { values, .. } => values,
            _ => &[],
        }
    }
}

include!(concat!(env!("OUT_DIR"), "/service.rs"));

/// What an operation takes or answers that takes or answers nothing; also what holds no member of the API.
pub static NOTHING: Shape =
    Shape { name: "Nothing", kind: ShapeKind::Structure { members: &[], union: false }, sensitive: false };

/// Any text, for what the API does not know.
pub static STRING: Shape = Shape {
    name: "Text",
    kind: ShapeKind::String { min: None, max: None, pattern: None, values: &[] },
    sensitive: false,
};

/// A structure of the API, shown as its JSON text.
pub static DOCUMENT: Shape = Shape {
    name: "Document",
    kind: ShapeKind::String { min: None, max: None, pattern: None, values: &[] },
    sensitive: false,
};

/// A list of such texts.
pub static DOCUMENTS: Shape =
    Shape { name: "Documents", kind: ShapeKind::List { element: &DOCUMENT, min: None, max: None }, sensitive: false };

/// A positive number, for what the API does not know.
pub static COUNT: Shape =
    Shape { name: "Count", kind: ShapeKind::Integer { long: true, min: Some(1), max: None }, sensitive: false };

/// Yes or no, for what the API does not know.
pub static BOOLEAN: Shape = Shape { name: "Switch", kind: ShapeKind::Boolean, sensitive: false };

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    #[test]
    fn the_tables_are_sorted_and_whole() {
        assert_eq!(OPERATIONS.len(), 425);
        assert!(OPERATIONS.is_sorted_by(|one, two| one.name < two.name));
        assert!(SHAPES.is_sorted_by(|one, two| one.name < two.name));
        for operation in OPERATIONS {
            assert!(shape(operation.input.name).is_some(), "{}", operation.name);
            assert!(operation.pages.is_empty() || operation.output.member(operation.pages).is_some());
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
                    min: Some(
                        0,
                    ),
                    max: Some(
                        63,
                    ),
                    pattern: Some(
                        Pattern {
                            source: "[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}",
                            regex: "^(?:[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62})$",
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
        assert_eq!(operation("ListModels").unwrap().pages, "Models");
        assert_eq!(operation("DeleteModel").unwrap().output.members().len(), 0);
        assert_eq!(shape("AppSecurityGroupManagement").unwrap().values(), ["Service", "Customer"]);
        assert!(matches!(shape("NumberOfCpuCores").unwrap().kind, ShapeKind::Float { min: Some(0.25), max: None }));
        assert!(matches!(shape("Seed").unwrap().kind, ShapeKind::Integer { long: true, .. }));
        assert!(matches!(shape("VolumeSizeInGB").unwrap().kind, ShapeKind::Integer { long: false, .. }));
        assert!(matches!(shape("ScalingPolicy").unwrap().kind, ShapeKind::Structure { union: true, .. }));
    }

    #[test]
    fn every_pattern_is_translated_but_these() {
        let untranslated: Vec<&str> = patterns()
            .filter(|(_, pattern)| pattern.regex.is_empty() && pattern.source != ".*")
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
    fn translated_patterns_are_good_for_regex_lite() {
        let faults: Vec<String> = patterns()
            .filter(|(_, pattern)| !pattern.regex.is_empty())
            .filter_map(|(name, pattern)| Some(format!("{name}: {}", regex_lite::Regex::new(pattern.regex).err()?)))
            .collect();
        assert_eq!(faults, Vec::<String>::new());
    }

    #[test]
    fn translated_patterns_take_what_users_write() {
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
            assert!(regex_lite::Regex::new(pattern.regex).unwrap().is_match(text), "{name}: {}", pattern.regex);
        }
    }

    fn patterns() -> impl Iterator<Item = (&'static str, &'static Pattern)> {
        SHAPES.iter().filter_map(|shape| match shape.kind {
            ShapeKind::String { pattern: Some(pattern), .. } => Some((shape.name, pattern)),
            _ => None,
        })
    }
}
