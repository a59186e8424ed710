//! Terraform configurations, as far as the cases use the language: resources with `for_each` and `depends_on`, references
//! between them, `var.name`, and a few functions. Anything else panics.
//!
//! What is not known yet travels through expressions as a text that nobody writes: whatever holds it is unknown, too.

use std::collections::{BTreeMap, BTreeSet};

use hcl::{
    Body, Expression,
    eval::{Context, Evaluate as _, FuncArgs, FuncDef, ParamType},
};

use crate::{
    schema::{Block, Nesting, Type},
    value::{Number, Value},
};

/// Stands for what is unknown.
const UNKNOWN: &str = "\u{1a}unknown\u{1a}";

/// Arguments of a resource that are Terraform's own.
const META: &[&str] = &["for_each", "depends_on"];

/// The resources of a configuration, each after those that it refers to.
#[derive(Debug, Clone)]
pub(crate) struct Configuration {
    resources: Vec<Resource>,
}

/// A resource block.
#[derive(Debug, Clone)]
pub(crate) struct Resource {
    pub(crate) type_name: String,
    /// `type.name`.
    pub(crate) address: String,
    body: Body,
    /// The addresses of the resources that it refers to.
    pub(crate) references: BTreeSet<String>,
}

/// One object of a resource.
#[derive(Debug, Clone)]
pub(crate) struct Instance {
    /// `type.name`, or `type.name["key"]`.
    pub(crate) address: String,
    /// `each.key` and `each.value`.
    each: Option<(String, hcl::Value)>,
}

/// What expressions can refer to: the variables, and the values of resources by address of their instances.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scope {
    pub(crate) variables: BTreeMap<String, String>,
    pub(crate) values: BTreeMap<String, Value>,
}

impl Configuration {
    pub(crate) fn parse(text: &str) -> Self {
        let body: Body = hcl::parse(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        let blocks: Vec<&hcl::Block> = body.blocks().collect();
        assert_eq!(blocks.len(), body.iter().count(), "only blocks stand at the top");
        let mut resources: Vec<Resource> = blocks.into_iter().map(Resource::new).collect();
        let addresses: Vec<String> = resources.iter().map(|resource| resource.address.clone()).collect();
        for resource in &mut resources {
            let text = hcl::to_string(&resource.body).expect("a body is text again");
            let is_named = |address: &&String| **address != resource.address && names(&text, address);
            resource.references = addresses.iter().filter(is_named).cloned().collect();
        }
        Self { resources: in_order(resources) }
    }

    pub(crate) fn resources(&self) -> &[Resource] {
        &self.resources
    }

    /// The value of a block that stands by itself, such as that of the provider.
    pub(crate) fn block(text: &str, block: &Block) -> Value {
        let parsed: Body = hcl::parse(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        body_value(&parsed, block, &Context::new(), &[], "provider")
    }
}

impl Resource {
    fn new(block: &hcl::Block) -> Self {
        assert_eq!(block.identifier(), "resource", "only resources are supported");
        let [type_name, name] = block.labels() else { panic!("a resource has a type and a name") };
        Self {
            type_name: type_name.as_str().to_owned(),
            address: format!("{}.{}", type_name.as_str(), name.as_str()),
            body: block.body().clone(),
            references: BTreeSet::new(),
        }
    }

    /// The objects of the resource.
    pub(crate) fn instances(&self, scope: &Scope) -> Vec<Instance> {
        let Some(for_each) = self.body.attributes().find(|attribute| attribute.key() == "for_each") else {
            return vec![Instance { address: self.address.clone(), each: None }];
        };
        let keyed = |(key, value): (String, hcl::Value)| Instance {
            address: format!("{}[{key:?}]", self.address),
            each: Some((key, value)),
        };
        match evaluate(for_each.expr(), &scope.context(None), &self.address) {
            hcl::Value::Object(members) => members.into_iter().map(keyed).collect(),
            hcl::Value::Array(elements) => {
                let text = |element: hcl::Value| match &element {
                    hcl::Value::String(text) => (text.clone(), element),
                    other => panic!("{}: for_each over {other:?}", self.address),
                };
                elements.into_iter().map(text).map(keyed).collect()
            }
            other => panic!("{}: for_each over {other:?}", self.address),
        }
    }

    /// What is configured for one object.
    pub(crate) fn config(&self, instance: &Instance, scope: &Scope, schema: &Block) -> Value {
        body_value(&self.body, schema, &scope.context(instance.each.as_ref()), META, &instance.address)
    }
}

impl Scope {
    fn context(&self, each: Option<&(String, hcl::Value)>) -> Context<'static> {
        let mut context = Context::new();
        for (name, params, function) in FUNCTIONS {
            let builder = (0..*params).fold(FuncDef::builder(), |builder, _| builder.param(ParamType::Any));
            context.declare_func(*name, builder.build(*function));
        }
        let variables = self.variables.iter().map(|(name, text)| (name.clone(), text.as_str().into()));
        context.declare_var("var", hcl::Value::Object(variables.collect()));
        if let Some((key, value)) = each {
            let each = [("key".to_owned(), key.as_str().into()), ("value".to_owned(), value.clone())];
            context.declare_var("each", hcl::Value::Object(each.into_iter().collect()));
        }
        for (type_name, resources) in self.by_type() {
            context.declare_var(type_name, hcl::Value::Object(resources));
        }
        context
    }

    fn by_type(&self) -> BTreeMap<&str, hcl::Map<String, hcl::Value>> {
        let mut types: BTreeMap<&str, hcl::Map<String, hcl::Value>> = BTreeMap::new();
        for (address, value) in &self.values {
            let (type_name, rest) = address.split_once('.').expect("an address has a type");
            let resources = types.entry(type_name).or_default();
            match rest.split_once('[') {
                None => {
                    resources.insert(rest.to_owned(), untyped(value));
                }
                Some((name, key)) => {
                    let keys = resources.entry(name.to_owned()).or_insert_with(|| hcl::Value::Object(hcl::Map::new()));
                    let key = key.trim_end_matches(']').trim_matches('"').to_owned();
                    keys.as_object_mut().expect("all or none have keys").insert(key, untyped(value));
                }
            }
        }
        types
    }
}

/// True if the text refers to the resource.
fn names(text: &str, address: &str) -> bool {
    let ends = |rest: &str| !rest.starts_with(|next: char| next.is_alphanumeric() || matches!(next, '_' | '-'));
    text.match_indices(address).any(|(place, _)| ends(&text[place + address.len()..]))
}

/// Each after those that it refers to.
fn in_order(mut left: Vec<Resource>) -> Vec<Resource> {
    let mut ordered: Vec<Resource> = Vec::new();
    while !left.is_empty() {
        let is_ready = |one: &Resource| !left.iter().any(|other| one.references.contains(&other.address));
        let place = left.iter().position(is_ready).expect("references make no circle");
        ordered.push(left.remove(place));
    }
    ordered
}

fn evaluate(expression: &Expression, context: &Context<'_>, place: &str) -> hcl::Value {
    expression.evaluate(context).unwrap_or_else(|error| panic!("{place}: {error}"))
}

fn body_value(body: &Body, schema: &Block, context: &Context<'_>, meta: &[&str], place: &str) -> Value {
    let mut value = Value::object();
    for attribute in &schema.attributes {
        let place = format!("{place}.{}", attribute.name);
        let written = attribute_value(body, attribute.name, context, &place);
        value.insert(attribute.name, typed(&written, &attribute.r#type, &place));
    }
    for nested in &schema.blocks {
        let place = format!("{place}.{}", nested.name);
        let blocks = body.blocks().filter(|block| block.identifier() == nested.name);
        let mut blocks: Vec<Value> =
            blocks.map(|block| body_value(block.body(), &nested.block, context, &[], &place)).collect();
        let found = match nested.nesting {
            Nesting::Single => blocks.pop().unwrap_or_default(),
            Nesting::List => Value::List(blocks),
            Nesting::Set => Value::set(blocks),
        };
        value.insert(nested.name, found);
    }
    let attributes = body.attributes().map(|written| written.key()).filter(|name| !meta.contains(name));
    for name in attributes.chain(body.blocks().map(hcl::Block::identifier)) {
        assert!(value.as_map().is_some_and(|known| known.contains_key(name)), "{place}: there is no {name}");
    }
    value
}

/// What is written for an attribute. As in Terraform, blocks may stand in the place of a list of objects.
fn attribute_value(body: &Body, name: &str, context: &Context<'_>, place: &str) -> hcl::Value {
    if let Some(written) = body.attributes().find(|written| written.key() == name) {
        return evaluate(written.expr(), context, place);
    }
    let blocks = body.blocks().filter(|block| block.identifier() == name);
    let objects: Vec<hcl::Value> = blocks.map(|block| object(block.body(), context, place)).collect();
    if objects.is_empty() { hcl::Value::Null } else { hcl::Value::Array(objects) }
}

/// A block as the object that it stands for.
fn object(body: &Body, context: &Context<'_>, place: &str) -> hcl::Value {
    let attributes = body.attributes().map(|attribute| attribute.key());
    let names = attributes.chain(body.blocks().map(hcl::Block::identifier));
    let members = names.map(|name| (name.to_owned(), attribute_value(body, name, context, place)));
    hcl::Value::Object(members.collect())
}

/// The value as the type that is expected, with Terraform's conversions.
fn typed(value: &hcl::Value, expected: &Type, place: &str) -> Value {
    use hcl::Value as Hcl;
    match (expected, value) {
        (_, Hcl::Null) => Value::Null,
        (_, Hcl::String(text)) if text.contains(UNKNOWN) => Value::unknown(),
        (Type::String, Hcl::String(text)) => text.as_str().into(),
        (Type::String, Hcl::Number(number)) => number.to_string().into(),
        (Type::String, Hcl::Bool(value)) => value.to_string().into(),
        (Type::Bool, Hcl::Bool(value)) => (*value).into(),
        (Type::Number, Hcl::Number(number)) => Value::Number(number.to_string().parse::<Number>().expect("a number")),
        (Type::List(element), Hcl::Array(values)) => {
            values.iter().map(|value| typed(value, element, place)).collect::<Vec<_>>().into()
        }
        (Type::Set(element), Hcl::Array(values)) => {
            Value::set(values.iter().map(|value| typed(value, element, place)).collect())
        }
        (Type::Map(element), Hcl::Object(members)) => {
            Value::Map(members.iter().map(|(key, value)| (key.clone(), typed(value, element, place))).collect())
        }
        (Type::Object(types), Hcl::Object(members)) => {
            let unknown = members.keys().find(|name| !types.contains_key(*name));
            assert!(unknown.is_none(), "{place}: there is no {unknown:?}");
            let member = |name: &str| members.get(name).unwrap_or(&Hcl::Null);
            Value::Map(
                types.iter().map(|(name, expected)| (name.clone(), typed(member(name), expected, place))).collect(),
            )
        }
        _ => panic!("{place}: {value:?} is no {}", expected.to_json()),
    }
}

fn untyped(value: &Value) -> hcl::Value {
    match value {
        Value::Null => hcl::Value::Null,
        Value::Unknown(_) => UNKNOWN.into(),
        Value::Bool(value) => (*value).into(),
        Value::Number(number) => match number.as_i64() {
            Some(number) => number.into(),
            None => number.to_f64().into(),
        },
        Value::String(text) => text.as_str().into(),
        Value::List(elements) => hcl::Value::Array(elements.iter().map(untyped).collect()),
        Value::Map(members) => {
            hcl::Value::Object(members.iter().map(|(name, value)| (name.clone(), untyped(value))).collect())
        }
    }
}

/// Name, number of parameters, function.
const FUNCTIONS: &[(&str, usize, hcl::eval::Func)] =
    &[("base64encode", 1, base64encode), ("jsonencode", 1, jsonencode), ("replace", 3, replace), ("toset", 1, toset)];

fn text(value: &hcl::Value) -> Result<&str, String> {
    value.as_str().ok_or_else(|| format!("{value:?} is no string"))
}

fn base64encode(arguments: FuncArgs) -> Result<hcl::Value, String> {
    use base64::Engine as _;
    let text = text(&arguments[0])?;
    if text.contains(UNKNOWN) { Ok(UNKNOWN.into()) } else { Ok(base64::prelude::BASE64_STANDARD.encode(text).into()) }
}

fn jsonencode(arguments: FuncArgs) -> Result<hcl::Value, String> {
    let json = serde_json::to_value(&arguments[0]).map_err(|error| error.to_string())?.to_string();
    // JSON writes the mark of what is unknown with escapes.
    if json.contains("unknown\\u001a") { Ok(UNKNOWN.into()) } else { Ok(json.into()) }
}

fn replace(arguments: FuncArgs) -> Result<hcl::Value, String> {
    Ok(text(&arguments[0])?.replace(text(&arguments[1])?, text(&arguments[2])?).into())
}

fn toset(arguments: FuncArgs) -> Result<hcl::Value, String> {
    Ok(arguments[0].clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulation::schemas::SCHEMAS;

    fn configs(text: &str, scope: &mut Scope) -> Vec<(String, Value)> {
        let mut found = Vec::new();
        for resource in Configuration::parse(text).resources() {
            let schema = &SCHEMAS.resources[resource.type_name.as_str()].block;
            for instance in resource.instances(scope) {
                let config = resource.config(&instance, scope, schema);
                scope.values.insert(instance.address.clone(), config.clone());
                found.push((instance.address, config));
            }
        }
        found
    }

    #[test]
    fn references_are_followed_and_decide_the_order() {
        let text = r#"
            resource "sagemaker_trial" "test" {
              for_each        = toset(["a", "b"])
              trial_name      = "${var.name}-${each.key}"
              experiment_name = sagemaker_experiment.test.experiment_name
            }
            resource "sagemaker_experiment" "test" {
              experiment_name = replace("${var.name}!", "!", "")
              description     = jsonencode({ n = 1 })
            }"#;
        let mut scope = Scope { variables: [("name".to_owned(), "x".to_owned())].into(), ..Scope::default() };
        let found = configs(text, &mut scope);
        let addresses: Vec<&str> = found.iter().map(|(address, _)| address.as_str()).collect();
        assert_eq!(
            addresses,
            ["sagemaker_experiment.test", "sagemaker_trial.test[\"a\"]", "sagemaker_trial.test[\"b\"]"]
        );
        assert_eq!(found[0].1.get("description"), &r#"{"n":1}"#.into());
        assert_eq!(found[2].1.get("trial_name"), &"x-b".into());
        assert_eq!(found[2].1.get("experiment_name"), &"x".into());
    }

    #[test]
    fn what_holds_something_unknown_is_unknown() {
        let text = r#"
            resource "sagemaker_model_package_group" "test" {
              model_package_group_name        = "${sagemaker_experiment.test.arn}-x"
              model_package_group_description = jsonencode({ arn = sagemaker_experiment.test.arn })
            }"#;
        let experiment = Value::from([("arn", Value::unknown())]);
        let mut scope =
            Scope { values: [("sagemaker_experiment.test".to_owned(), experiment)].into(), ..Scope::default() };
        let group = &configs(text, &mut scope)[0].1;
        assert!(group.get("model_package_group_name").is_unknown());
        assert!(group.get("model_package_group_description").is_unknown());
    }

    #[test]
    #[should_panic(expected = "there is no wings")]
    fn an_argument_that_the_schema_lacks_is_an_error() {
        configs("resource \"sagemaker_experiment\" \"test\" {\n  wings = 2\n}", &mut Scope::default());
    }
}
