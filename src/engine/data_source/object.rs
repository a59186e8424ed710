//! Data sources of the same types as resources: an object is looked up by its identity and read as a resource is.

use crate::{
    arn::Arn,
    definition::{Attribute, Origin, Resource},
    diag::{self, Diagnostic, Diagnostics},
    engine::{
        common::patterns::admits,
        convert::{address, tags},
        resource::import,
    },
    schema::{self, Block, Schema, Type, Usage},
    value::{Path, Value},
};

/// The arguments that can select an object.
enum Selector<'a> {
    /// One text that an import accepts: the id or the ARN.
    Text(&'a Attribute),
    /// All parts of the address.
    Names(Vec<&'a Attribute>),
}

/// The schema of the data source: the arguments that identify the object, and everything that the service returns of
/// it.
pub(crate) fn schema(resource: &Resource) -> Schema {
    let selectors = selectors(resource);
    let attributes = shown(resource).map(|attribute| schema::Attribute {
        name: attribute.name,
        r#type: attribute.shown_type(),
        description: match attribute.origin {
            Origin::Tags => "All tags of the object, except those that `ignore_tags` of the provider excludes.",
            Origin::Region => "Region of the object. The provider's region if unset.",
            _ => attribute.description,
        },
        usage: if is_argument(&selectors, attribute) { Usage::OptionalComputed } else { Usage::Computed },
        sensitive: is_sensitive(attribute),
        write_only: false,
        deprecated: attribute.deprecated,
    });
    let block = Block { description: resource.description, attributes: attributes.collect(), ..Block::default() };
    Schema { version: 0, block }
}

/// The object that a configuration selects.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Lookup {
    /// An import id: the id or the ARN.
    Text(String),
    /// The parts of its address, by attribute.
    Names(Value),
    /// The only object of its kind in a region.
    Only,
    /// A part is not known yet.
    Unknown,
}

impl Lookup {
    /// The object, for messages.
    pub(crate) fn text(&self, resource: &Resource, region: &str) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Names(names) => address::joined(resource, names),
            Self::Only | Self::Unknown => region.to_owned(),
        }
    }
}

/// The object that a configuration selects; or the error if that is ambiguous.
pub(crate) fn lookup(resource: &Resource, config: &Value) -> Result<Lookup, Diagnostic> {
    let selectors = selectors(resource);
    let set = |attribute: &&Attribute| address::names_something(config.get(attribute.name));
    let used: Vec<&Selector<'_>> = selectors
        .iter()
        .filter(|selector| match selector {
            Selector::Text(attribute) => set(attribute),
            Selector::Names(names) => names.iter().any(set),
        })
        .collect();
    match used[..] {
        [Selector::Text(attribute)] => {
            let text = config.get(attribute.name).as_str();
            if text.is_some_and(|text| attribute.origin != Origin::Id && Arn::parse(text).is_none()) {
                let must = format!("it must be the ARN of the SageMaker {}", resource.noun);
                let value = config.get(attribute.name);
                return Err(diag::argument::invalid(&Path::attribute(attribute.name), Some(value), &must));
            }
            Ok(text.map_or(Lookup::Unknown, |text| Lookup::Text(text.to_owned())))
        }
        [Selector::Names(names)] if is_address(resource, names, config) => {
            let named = names.iter().map(|name| (name.name.to_owned(), config.get(name.name).clone()));
            let named = Value::Map(named.collect());
            Ok(if named.is_wholly_known() { Lookup::Names(named) } else { Lookup::Unknown })
        }
        [] if resource.identity.members.is_empty() => Ok(Lookup::Only),
        _ => Err(unclear(resource, &selectors)),
    }
}

/// True if these names are sufficient: all that a read requires, and at least one of the optional ones if there are
/// several.
fn is_address(resource: &Resource, names: &[&Attribute], config: &Value) -> bool {
    let (optional, required) = address::parted(resource, names);
    let set = |attribute: &&Attribute| address::names_something(config.get(attribute.name));
    required.iter().all(set) && (optional.len() < 2 || optional.iter().any(set))
}

/// A state that addresses an object of another account by its ARN, where the read operation takes one in place of the name;
/// `None` if it does not.
pub(crate) fn named_by_arn(resource: &Resource, arn: &str) -> Option<Value> {
    let [name] = address::names(resource)[..] else { return None };
    let found = import::located(resource, &Value::from([(name.name, arn.into())]), Arn::region_of(arn)?);
    let read = resource.operations.read;
    let sent = address::address(resource, read, &found);
    let admitted = |(member, value): (&String, &Value)| {
        value.as_str() == Some(arn) && read.input.member(member).is_some_and(|member| admits(member.shape, arn))
    };
    sent.as_map()?.iter().any(admitted).then_some(found)
}

/// The account of an object, which its ARN shows; `None` if it shows none.
pub(crate) fn account<'v>(resource: &Resource, state: &'v Value) -> Option<&'v str> {
    Arn::account_of(state.get(resource.arn()?.name).as_str()?)
}

/// The data of an object, from its state as a resource.
pub(crate) fn data_of(resource: &Resource, config: &Value, state: &Value) -> Value {
    let value = |attribute: &Attribute| match attribute.origin {
        Origin::Tags => state.get(tags::ALL).clone(),
        // Configured values keep their spelling.
        _ if !config.get(attribute.name).is_null() => config.get(attribute.name).clone(),
        _ => without_write_only(attribute, state.get(attribute.name)),
    };
    Value::Map(shown(resource).map(|attribute| (attribute.name.to_owned(), value(attribute))).collect())
}

/// The value without the write-only arguments inside.
pub(crate) fn without_write_only(attribute: &Attribute, value: &Value) -> Value {
    match value {
        Value::List(elements) if !attribute.attributes().is_empty() => {
            Value::List(elements.iter().map(|element| without_write_only(attribute, element)).collect())
        }
        Value::Map(_) if !attribute.attributes().is_empty() => {
            let members = attribute.attributes().iter().filter(|member| !member.is_write_only());
            let shown = |member: &Attribute| without_write_only(member, value.get(member.name));
            Value::Map(members.map(|member| (member.name.to_owned(), shown(member))).collect())
        }
        _ => value.clone(),
    }
}

pub(crate) fn check(resource: &Resource, config: &Value) -> Diagnostics {
    // A selector that is not known may turn out to be null, as the variables of a module.
    let is_unknown = |attribute: &Attribute| config.get(attribute.name).is_unknown();
    let is_open = |selector: &Selector<'_>| match selector {
        Selector::Text(text) => is_unknown(text),
        Selector::Names(names) => names.iter().any(|name| is_unknown(name)),
    };
    if selectors(resource).iter().any(is_open) {
        return Diagnostics::new();
    }
    lookup(resource, config).map_or_else(Diagnostics::from, |_| Diagnostics::new())
}

fn shown(resource: &Resource) -> impl Iterator<Item = &Attribute> {
    resource.attributes.iter().filter(|attribute| match attribute.origin {
        Origin::Member(member) => attribute.observed || resource.identity.members.contains(&member),
        Origin::Id | Origin::Region | Origin::Tags => true,
        _ => false,
    })
}

fn is_argument(selectors: &[Selector<'_>], attribute: &Attribute) -> bool {
    let names = |selector: &Selector<'_>| match selector {
        Selector::Text(text) => text.name == attribute.name,
        Selector::Names(names) => names.iter().any(|name| name.name == attribute.name),
    };
    attribute.origin == Origin::Region || selectors.iter().any(names)
}

fn selectors(resource: &Resource) -> Vec<Selector<'_>> {
    let identity = &resource.identity;
    let find = |matches: &dyn Fn(&Attribute) -> bool| resource.attributes.iter().find(|attribute| matches(attribute));
    let names = address::names(resource);
    if names.is_empty() {
        return Vec::new();
    }
    let by_arn = identity.arn.is_some_and(|arn| identity.members == [arn]);
    let is_text = |attribute: &&Attribute| attribute.terraform_type() == Type::String;
    let arn = resource.arn().filter(|_| !by_arn).filter(is_text);
    let id = find(&|attribute| attribute.origin == Origin::Id);
    let texts = [id, arn].into_iter().flatten().map(Selector::Text);
    // If the ARN is one of several names, it is sufficient.
    let has_arn = identity.arn.is_some_and(|arn| identity.members.contains(&arn));
    let names = Some(Selector::Names(names)).filter(|_| by_arn || !has_arn);
    texts.chain(names).collect()
}

fn is_sensitive(attribute: &Attribute) -> bool {
    let mut inside = attribute.attributes().iter().filter(|member| !member.is_write_only());
    attribute.sensitive || inside.any(is_sensitive)
}

fn unclear(resource: &Resource, selectors: &[Selector<'_>]) -> Diagnostic {
    let names = |attributes: &[&Attribute]| attributes.iter().map(|attribute| attribute.name).collect::<Vec<_>>();
    let parts = |selector: &Selector<'_>| match selector {
        Selector::Text(attribute) => (vec![attribute.name], Vec::new()),
        Selector::Names(attributes) => {
            let (optional, required) = address::parted(resource, attributes);
            (names(&required), if optional.len() > 1 { names(&optional) } else { Vec::new() })
        }
    };
    let selectors: Vec<_> = selectors.iter().map(parts).collect();
    diag::argument::unclear_selector(resource.noun, &selectors)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::definition::{RESOURCES, resource};

    fn check(type_name: &str, config: &[(&str, &str)], expected: Expect) {
        let mut values = Value::object();
        for (name, value) in config {
            values.insert(*name, (*value).into());
        }
        let lookup = lookup(resource(type_name).expect("a resource of ours"), &values);
        expected.assert_eq(&match lookup {
            Ok(Lookup::Text(text)) => text,
            Ok(Lookup::Names(names)) => format!("{names}"),
            Ok(other) => format!("{other:?}"),
            Err(diagnostic) => format!("{}. {}", diagnostic.summary, diagnostic.detail),
        });
    }

    #[test]
    fn a_selector_that_is_not_known_is_not_refused() {
        for resource in RESOURCES {
            let names = selectors(resource).into_iter().flat_map(|selector| match selector {
                Selector::Text(text) => vec![text.name],
                Selector::Names(names) => names.iter().map(|name| name.name).collect(),
            });
            let config = Value::Map(names.map(|name| (name.to_owned(), Value::unknown())).collect());
            assert!(super::check(resource, &config).is_empty(), "{}", resource.type_name);
        }
    }

    #[test]
    fn an_object_is_selected_by_id_by_arn_or_by_its_names() {
        check("sagemaker_model", &[("id", "m")], expect!["m"]);
        check("sagemaker_model", &[("name", "m")], expect![[r#"{name = "m"}"#]]);
        let arn = "arn:aws:sagemaker:us-east-1:111122223333:model/m";
        check("sagemaker_model", &[("arn", arn)], expect!["arn:aws:sagemaker:us-east-1:111122223333:model/m"]);
        check(
            "sagemaker_model",
            &[("arn", "m")],
            expect![[r#"Invalid `arn`. The value is "m": it must be the ARN of the SageMaker model."#]],
        );
        check(
            "sagemaker_app_image_config",
            &[("app_image_config_name", "a")],
            expect![[r#"{app_image_config_name = "a"}"#]],
        );
        check("sagemaker_servicecatalog_portfolio_status", &[], expect!["Only"]);
    }

    #[test]
    fn an_empty_text_names_nothing() {
        check("sagemaker_model", &[("id", "m"), ("name", "")], expect!["m"]);
        check(
            "sagemaker_model",
            &[("name", "")],
            expect![
                "It is not clear which model to read. Name it in exactly one selector: by `id`, or by `arn`, or by `name`."
            ],
        );
    }

    #[test]
    fn one_of_several_exclusive_names_is_sufficient() {
        let app = [("domain_id", "d"), ("app_type", "JupyterLab"), ("app_name", "a")];
        check(
            "sagemaker_app",
            &[&app[..], &[("space_name", "s")]].concat(),
            expect![[
                r#"{app_name = "a", app_type = "JupyterLab", domain_id = "d", space_name = "s", user_profile_name = null}"#
            ]],
        );
        check(
            "sagemaker_app",
            &app,
            expect![
                "It is not clear which app to read. Name it in exactly one selector: by `id`, or by `arn`, or by `domain_id` together with `app_type` together with `app_name` together with `user_profile_name` or `space_name`."
            ],
        );
    }

    #[test]
    fn an_optional_version_may_be_omitted() {
        check(
            "sagemaker_image_version",
            &[("image_name", "tools")],
            expect![[r#"{image_name = "tools", version = null}"#]],
        );
        check(
            "sagemaker_image_version",
            &[("version", "")],
            expect![
                "It is not clear which image version to read. Name it in exactly one selector: by `id`, or by `arn`, or by `image_name`."
            ],
        );
    }

    #[test]
    fn unknown_names_are_not_refused() {
        let mut config = Value::object();
        config.insert("name", Value::unknown());
        assert_eq!(lookup(resource("sagemaker_model").expect("a resource of ours"), &config), Ok(Lookup::Unknown));
    }

    #[test]
    fn no_selector_and_two_selectors_are_refused() {
        check(
            "sagemaker_model",
            &[],
            expect![[
                r#"It is not clear which model to read. Name it in exactly one selector: by `id`, or by `arn`, or by `name`."#
            ]],
        );
        check(
            "sagemaker_model",
            &[("id", "m"), ("name", "n")],
            expect![[
                r#"It is not clear which model to read. Name it in exactly one selector: by `id`, or by `arn`, or by `name`."#
            ]],
        );
        check(
            "sagemaker_space",
            &[("space_name", "s")],
            expect![
                "It is not clear which space to read. Name it in exactly one selector: by `id`, or by `arn`, or by `domain_id` together with `space_name`."
            ],
        );
    }

    #[test]
    fn no_data_source_has_a_write_only_argument() {
        for resource in RESOURCES {
            let schema = schema(resource);
            for attribute in &schema.block.attributes {
                let shown = format!("{:?}", attribute.r#type);
                assert!(!shown.contains("_wo\"") && !shown.contains("_wo_version"), "{}: {shown}", resource.type_name);
            }
        }
        let model = schema(resource("sagemaker_model").expect("a resource of ours"));
        let container = model.block.attributes.iter().find(|attribute| attribute.name == "primary_container");
        assert!(!container.expect("a model has one").sensitive, "for an argument that the data source does not have");
    }

    #[test]
    fn data_sources_have_no_blocks_and_only_names_are_arguments() {
        let schema = schema(resource("sagemaker_endpoint_configuration").expect("a resource of ours"));
        assert!(schema.block.blocks.is_empty());
        let settable = schema.block.attributes.iter().filter(|attribute| attribute.usage != Usage::Computed);
        let settable: Vec<&str> = settable.map(|attribute| attribute.name).collect();
        assert_eq!(settable, ["arn", "id", "name", "region"]);
        assert!(schema.block.attributes.iter().any(|attribute| attribute.name == "production_variants"));
        assert!(schema.block.attributes.iter().all(|attribute| attribute.name != "timeouts"));
    }
}
