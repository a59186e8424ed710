//! Data sources of the same types as resources: an object is looked up by what names it, and read as a resource is.

use super::tags;
use crate::{
    definition::{Attribute, Origin, Resource},
    diag::{Diagnostic, Diagnostics},
    schema::{self, Block, Schema, Type, Usage},
    value::Value,
};

/// How a configuration says which object it means.
enum Way<'a> {
    /// By one text that an import would take: the id or the ARN.
    Text(&'a Attribute),
    /// By everything that addresses the object.
    Names(Vec<&'a Attribute>),
}

/// The schema of the data source: what names an object can be set, and all that the service tells of it is told.
pub(crate) fn schema(resource: &Resource) -> Schema {
    let attributes = shown(resource).map(|attribute| schema::Attribute {
        name: attribute.name,
        r#type: attribute.terraform_type(),
        description: match attribute.origin {
            Origin::Tags => "All tags of the object, but those that the provider is told to ignore.",
            Origin::Region => "Region to look in. The provider's region if unset.",
            _ => attribute.description,
        },
        usage: if is_argument(resource, attribute) { Usage::OptionalComputed } else { Usage::Computed },
        sensitive: attribute.sensitive || attribute.attributes().iter().any(is_sensitive),
        write_only: false,
        deprecated: attribute.deprecated,
    });
    let block = Block { description: resource.description, attributes: attributes.collect(), ..Block::default() };
    Schema { version: 0, block }
}

/// The text by which the object that a configuration means would be imported; or why there is none. Null where a part
/// is not known yet.
pub(crate) fn id(resource: &Resource, config: &Value) -> Result<Value, Diagnostic> {
    let ways = ways(resource);
    let set = |attribute: &&Attribute| !config.get(attribute.name).is_null();
    let used: Vec<&Way<'_>> = ways
        .iter()
        .filter(|way| match way {
            Way::Text(attribute) => set(attribute),
            Way::Names(names) => names.iter().any(set),
        })
        .collect();
    match used[..] {
        [Way::Text(attribute)] => Ok(config.get(attribute.name).clone()),
        [Way::Names(names)] if names.iter().all(set) => Ok(joined(resource, names, config)),
        // The only one of its kind in a region is named by the region alone.
        [] if resource.identity.members.is_empty() => Ok("".into()),
        _ => Err(unclear(resource, &ways)),
    }
}

/// What the data source tells of an object whose state as a resource this is.
pub(crate) fn told(resource: &Resource, config: &Value, state: &Value) -> Value {
    let value = |attribute: &Attribute| match attribute.origin {
        Origin::Tags => state.get(tags::ALL).clone(),
        // What the user wrote stays as it is written.
        _ if !config.get(attribute.name).is_null() => config.get(attribute.name).clone(),
        _ => state.get(attribute.name).clone(),
    };
    Value::Map(shown(resource).map(|attribute| (attribute.name.to_owned(), value(attribute))).collect())
}

/// An object that is looked up and not there.
pub(crate) fn absent(resource: &Resource, id: &str, region: &str) -> Diagnostic {
    Diagnostic::error(
        format!("No SageMaker {} `{id}`", resource.noun),
        format!(
            "There is none in {region}. If the same configuration creates it, refer to the resource in place of the data \
             source; otherwise correct what names it, or its `region`."
        ),
    )
}

pub(crate) fn check(resource: &Resource, config: &Value) -> Diagnostics {
    id(resource, config).map_or_else(Diagnostics::from, |_| Diagnostics::new())
}

fn shown(resource: &Resource) -> impl Iterator<Item = &Attribute> {
    resource.attributes.iter().filter(|attribute| match attribute.origin {
        Origin::Member(member) => attribute.observed || resource.identity.members.contains(&member),
        Origin::Id | Origin::Region | Origin::Tags => true,
        _ => false,
    })
}

fn is_argument(resource: &Resource, attribute: &Attribute) -> bool {
    let names = |way: &Way<'_>| match way {
        Way::Text(text) => text.name == attribute.name,
        Way::Names(names) => names.iter().any(|name| name.name == attribute.name),
    };
    attribute.origin == Origin::Region || ways(resource).iter().any(names)
}

fn ways(resource: &Resource) -> Vec<Way<'_>> {
    let identity = &resource.identity;
    let find = |wanted: &dyn Fn(&Attribute) -> bool| resource.attributes.iter().find(|attribute| wanted(attribute));
    let of_member = |member: &str| find(&|attribute| attribute.member() == member);
    let names: Vec<&Attribute> = identity.members.iter().filter_map(|member| of_member(member)).collect();
    if names.is_empty() {
        return Vec::new();
    }
    let by_arn = identity.members == [identity.arn];
    let is_text = |attribute: &&Attribute| attribute.terraform_type() == Type::String;
    let arn = of_member(identity.arn).filter(|_| !identity.arn.is_empty() && !by_arn).filter(is_text);
    let id = find(&|attribute| attribute.origin == Origin::Id);
    let texts = [id, arn].into_iter().flatten().map(Way::Text);
    // Where the ARN is one of several names, it says enough by itself.
    let names = Some(Way::Names(names)).filter(|_| by_arn || !identity.members.contains(&identity.arn));
    texts.chain(names).collect()
}

fn joined(resource: &Resource, names: &[&Attribute], config: &Value) -> Value {
    let parts: Option<Vec<String>> = names
        .iter()
        .map(|name| match config.get(name.name) {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        })
        .collect();
    parts.map_or(Value::Null, |parts| parts.join(resource.identity.separator).into())
}

fn is_sensitive(attribute: &Attribute) -> bool {
    attribute.sensitive || attribute.attributes().iter().any(is_sensitive)
}

fn unclear(resource: &Resource, ways: &[Way<'_>]) -> Diagnostic {
    let way = |way: &Way<'_>| match way {
        Way::Text(attribute) => format!("`{}`", attribute.name),
        Way::Names(names) => {
            names.iter().map(|name| format!("`{}`", name.name)).collect::<Vec<_>>().join(" together with ")
        }
    };
    let ways: Vec<String> = ways.iter().map(way).collect();
    Diagnostic::error(
        format!("It is not clear which {} is meant", resource.noun),
        format!("Name it in exactly one way: by {}.", ways.join(", or by ")),
    )
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::definition::resource;

    fn check(type_name: &str, config: &[(&str, &str)], expected: Expect) {
        let mut values = Value::object();
        for (name, value) in config {
            values.insert(*name, (*value).into());
        }
        let id = id(resource(type_name).expect("a resource of ours"), &values);
        expected.assert_eq(&match id {
            Ok(id) => format!("{id}"),
            Err(diagnostic) => format!("{}. {}", diagnostic.summary, diagnostic.detail),
        });
    }

    #[test]
    fn an_object_is_named_by_id_by_arn_or_by_its_names() {
        check("sagemaker_model", &[("id", "m")], expect![[r#""m""#]]);
        check("sagemaker_model", &[("name", "m")], expect![[r#""m""#]]);
        check("sagemaker_model", &[("arn", "arn:aws:…:model/m")], expect![[r#""arn:aws:…:model/m""#]]);
        check("sagemaker_app_image_config", &[("app_image_config_name", "a")], expect![[r#""a""#]]);
        check("sagemaker_servicecatalog_portfolio_status", &[], expect![[r#""""#]]);
    }

    #[test]
    fn what_names_nothing_or_two_things_is_refused() {
        check(
            "sagemaker_model",
            &[],
            expect![[
                r#"It is not clear which model is meant. Name it in exactly one way: by `id`, or by `arn`, or by `name`."#
            ]],
        );
        check(
            "sagemaker_model",
            &[("id", "m"), ("name", "n")],
            expect![[
                r#"It is not clear which model is meant. Name it in exactly one way: by `id`, or by `arn`, or by `name`."#
            ]],
        );
        check(
            "sagemaker_space",
            &[("space_name", "s")],
            expect![
                "It is not clear which space is meant. Name it in exactly one way: by `id`, or by `arn`, or by `domain_id` together with `space_name`."
            ],
        );
    }

    #[test]
    fn nothing_in_a_data_source_is_a_block_and_only_names_can_be_set() {
        let schema = schema(resource("sagemaker_endpoint_configuration").expect("a resource of ours"));
        assert!(schema.block.blocks.is_empty());
        let settable = schema.block.attributes.iter().filter(|attribute| attribute.usage != Usage::Computed);
        let settable: Vec<&str> = settable.map(|attribute| attribute.name).collect();
        assert_eq!(settable, ["arn", "id", "name", "region"]);
        assert!(schema.block.attributes.iter().any(|attribute| attribute.name == "production_variants"));
        assert!(schema.block.attributes.iter().all(|attribute| attribute.name != "timeouts"));
    }
}
