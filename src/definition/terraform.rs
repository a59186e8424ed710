//! Terraform's view of a definition: schemas, and constants as values.

use super::{
    action::Action,
    attribute::{Attribute, AttributeKind, Clearing, Literal, Origin},
    call::Call,
    resource::Resource,
    service::{Shape, ShapeKind},
};
use crate::{
    schema::{self, Block, NestedBlock, Nesting, Schema, Type, Usage},
    value::Value,
};

impl Resource {
    /// The schema of the resource type.
    pub fn schema(&self) -> Schema {
        let block = Block { description: self.description, ..block_of(self.attributes) };
        Schema { version: self.schema_version, block }
    }
}

impl Call {
    /// The schema of the data source or ephemeral resource.
    pub fn schema(&self) -> Schema {
        let block = Block { description: self.description, ..block_of(self.attributes) };
        Schema { version: 0, block }
    }
}

impl Action {
    /// The schema of the action's configuration.
    pub fn schema(&self) -> Schema {
        self.call.schema()
    }
}

impl Attribute {
    /// The type of the attribute's value, or of the block's value in the enclosing object.
    pub fn terraform_type(&self) -> Type {
        self.type_of(&|_| true)
    }

    /// The type of the attribute's value in a data source, which has no write-only arguments.
    pub fn shown_type(&self) -> Type {
        self.type_of(&|member| !member.is_write_only())
    }

    /// True for a write-only argument, and for the version that goes with it: nothing that the service shows.
    pub fn is_write_only(&self) -> bool {
        matches!(self.origin, Origin::WriteOnly | Origin::WriteOnlyVersion)
    }

    fn type_of(&self, has: &dyn Fn(&Self) -> bool) -> Type {
        match &self.kind {
            AttributeKind::Plain { shape, set: true } => match plain_type(shape) {
                Type::List(element) => Type::Set(element),
                other => other,
            },
            AttributeKind::Plain { shape, set: false } => plain_type(shape),
            AttributeKind::Block { nesting: Nesting::Single, .. } => self.element_type(has),
            AttributeKind::Block { nesting: Nesting::List, .. } | AttributeKind::Objects { set: false, .. } => {
                Type::List(Box::new(self.element_type(has)))
            }
            AttributeKind::Block { nesting: Nesting::Set, .. } | AttributeKind::Objects { set: true, .. } => {
                Type::Set(Box::new(self.element_type(has)))
            }
        }
    }

    /// True if "none" may be unset, zero, `false` or empty, and each form is kept.
    ///
    /// Other providers write zeros into their states where nothing is set, and some configurations write `false` for
    /// the default. Texts are excluded: an empty one is rare, and mocks of `terraform test` would generate one.
    pub fn keeps_zero(&self) -> bool {
        let is_text = |shape: &Shape| matches!(shape.kind, ShapeKind::String { .. } | ShapeKind::Timestamp);
        let plain =
            matches!(self.kind, AttributeKind::Plain { shape, .. } if !is_text(shape)) || self.has_value_for_none();
        let own = matches!(self.origin, Origin::Tags | Origin::DeletionProtection) || self.is_write_only();
        plain && self.usage == Usage::Optional && self.default.is_none() && !own
    }

    /// True if one value of the enumeration, such as `DISABLED`, means the same to the service as none.
    pub fn has_value_for_none(&self) -> bool {
        match (self.clearing, &self.kind) {
            (Clearing::Value(none), AttributeKind::Plain { shape, .. }) => {
                matches!(shape.kind, ShapeKind::String { values, .. } if values.contains(&none))
            }
            _ => false,
        }
    }

    /// The usage in the schema. Only a value that the provider may compute can stay zero when the configuration omits
    /// it.
    fn offered_usage(&self) -> Usage {
        if self.keeps_zero() { Usage::OptionalComputed } else { self.usage }
    }

    /// The type of one element of a block or list of objects.
    pub fn object_type(&self) -> Type {
        self.element_type(&|_| true)
    }

    fn element_type(&self, has: &dyn Fn(&Self) -> bool) -> Type {
        let members = self.attributes().iter().filter(|member| has(member));
        Type::Object(members.map(|member| (member.name.to_owned(), member.type_of(has))).collect())
    }
}

impl Literal {
    /// The constant as a value.
    pub fn value(&self) -> Value {
        match *self {
            Self::Bool(value) => value.into(),
            Self::Integer(value) => value.into(),
            Self::Decimal(text) => Value::Number(text.parse().expect("definitions hold decimals in plain digits")),
            Self::String(text) => text.into(),
        }
    }
}

/// The body of a schema with these attributes and blocks.
pub(crate) fn block_of(attributes: &[Attribute]) -> Block {
    let mut block = Block::default();
    for attribute in attributes {
        match &attribute.kind {
            AttributeKind::Plain { .. } | AttributeKind::Objects { .. } => block.attributes.push(schema::Attribute {
                name: attribute.name,
                r#type: attribute.terraform_type(),
                description: attribute.description,
                usage: attribute.offered_usage(),
                sensitive: attribute.sensitive,
                write_only: attribute.origin == Origin::WriteOnly,
                deprecated: attribute.deprecated,
            }),
            AttributeKind::Block { nesting, min_items, max_items, attributes, .. } => block.blocks.push(NestedBlock {
                name: attribute.name,
                nesting: *nesting,
                block: Block {
                    description: attribute.description,
                    deprecated: attribute.deprecated,
                    ..block_of(attributes)
                },
                min_items: *min_items,
                max_items: *max_items,
            }),
        }
    }
    block
}

fn plain_type(shape: &Shape) -> Type {
    match &shape.kind {
        ShapeKind::String { .. } | ShapeKind::Timestamp => Type::String,
        ShapeKind::Integer { .. } | ShapeKind::Float { .. } => Type::Number,
        ShapeKind::Boolean => Type::Bool,
        ShapeKind::List { element, .. } => Type::List(Box::new(plain_type(element))),
        ShapeKind::Map { value, .. } => Type::Map(Box::new(plain_type(value))),
        ShapeKind::Structure { .. } => unreachable!("a structure is a block or a list of objects"),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::{definition, value::Number};

    /// Checks the schema of one attribute or block, given by its Terraform name.
    fn check(type_name: &str, name: &str, expected: Expect) {
        let resource = definition::resource(type_name).unwrap();
        let block = resource.schema().block;
        let attribute = block.attributes.iter().filter(|attribute| attribute.name == name).map(|attribute| {
            format!(
                "{} {:?}{}\n",
                attribute.r#type.to_json(),
                attribute.usage,
                if attribute.sensitive { " sensitive" } else { "" }
            )
        });
        let nested = block.blocks.iter().filter(|block| block.name == name).map(|block| {
            let attributes = block.block.attributes.iter().map(|attribute| {
                format!("  {} {} {:?}\n", attribute.name, attribute.r#type.to_json(), attribute.usage)
            });
            let blocks = block.block.blocks.iter().map(|block| format!("  {} {{ … }}\n", block.name));
            let inside: String = attributes.chain(blocks).collect();
            format!("{:?} {}..{} {{\n{inside}}}\n", block.nesting, block.min_items, block.max_items)
        });
        expected.assert_eq(&attribute.chain(nested).collect::<String>());
    }

    #[test]
    fn structures_are_blocks_of_at_most_one() {
        check(
            "sagemaker_endpoint_configuration",
            "data_capture_config",
            expect![[r#"
            List 0..1 {
              destination_s3_uri "string" Required
              enable_capture "bool" OptionalComputed
              initial_sampling_percentage "number" Required
              kms_key_id "string" Optional
              capture_content_type_header { … }
              capture_options { … }
            }
        "#]],
        );
    }

    #[test]
    fn structures_filled_in_by_the_service_are_object_attributes() {
        check(
            "sagemaker_feature_group",
            "throughput_config",
            expect![[r#"
            ["list",["object",{"provisioned_read_capacity_units":"number","provisioned_write_capacity_units":"number","throughput_mode":"string"}]] OptionalComputed
        "#]],
        );
        check(
            "sagemaker_auto_ml_job",
            "partial_failure_reasons",
            expect![[r#"
            ["list",["object",{"partial_failure_message":"string"}]] Computed
        "#]],
        );
    }

    #[test]
    fn timeouts_list_the_actions_that_wait() {
        check(
            "sagemaker_endpoint",
            "timeouts",
            expect![[r#"
            Single 0..0 {
              create "string" Optional
              delete "string" Optional
              update "string" Optional
            }
        "#]],
        );
        check(
            "sagemaker_auto_ml_job",
            "timeouts",
            expect![[r#"
            Single 0..0 {
              create "string" Optional
              delete "string" Optional
            }
        "#]],
        );
    }

    #[test]
    fn maps_and_sets_of_scalars_are_plain_attributes() {
        check(
            "sagemaker_endpoint",
            "tags",
            expect![[r#"
            ["map","string"] Optional
        "#]],
        );
        check(
            "sagemaker_model",
            "vpc_config",
            expect![[r#"
            List 0..1 {
              security_group_ids ["set","string"] Required
              subnets ["set","string"] Required
            }
        "#]],
        );
    }

    #[test]
    fn values_and_schema_have_the_same_types() {
        for resource in definition::RESOURCES {
            let of_attributes =
                resource.attributes.iter().map(|attribute| (attribute.name.to_owned(), attribute.terraform_type()));
            assert_eq!(
                Type::Object(of_attributes.collect()),
                resource.schema().block.object_type(),
                "{}",
                resource.type_name
            );
        }
    }

    #[test]
    fn sensitive_arguments_are_optional_since_generated_configuration_omits_them() {
        fn check(resource: &str, attributes: &[Attribute]) {
            for attribute in attributes {
                let settable = attribute.usage.is_settable() && attribute.sensitive && attribute.observed;
                assert!(!settable || attribute.usage == Usage::OptionalComputed, "{resource} {}", attribute.name);
                check(resource, attribute.attributes());
            }
        }
        definition::RESOURCES.iter().for_each(|resource| check(resource.type_name, resource.attributes));
    }

    #[test]
    fn constants_are_exact() {
        assert_eq!(Literal::Decimal("0.1").value(), Value::Number("0.1".parse().unwrap()));
        assert_eq!(Literal::Integer(3).value(), Value::Number(Number::from(3_i64)));
        assert_eq!(Literal::Bool(true).value(), Value::Bool(true));
        assert_eq!(Literal::String("x").value(), Value::from("x"));
    }
}
