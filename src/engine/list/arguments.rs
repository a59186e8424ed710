//! The arguments of a list resource: the filters of the list operation, the region, and tags.
//!
//! The filters are those of the data source that calls the same operation, with its names and descriptions.

use crate::{
    definition::{self, Attribute, Check, Origin, Resource, Rule, service::Operation},
    engine::convert::{absence::without_empty, body},
    schema::{self, Block, Schema, Type, Usage},
    value::{Map, Value},
};

/// Members of a list input that select no objects.
const ORDER: [&str; 2] = ["SortBy", "SortOrder"];

const TAGS: &str = "tags";
const TAG_KEYS: &str = "tag_keys";

/// The filters of the list operation, except those that a required one excludes, and the region; empty if the API cannot
/// list the objects.
pub(crate) fn filters(resource: &Resource) -> Vec<Attribute> {
    let attributes = definition::listing_query(resource).map_or(&[][..], |query| query.attributes).iter();
    let filters = attributes.filter(|attribute| is_filter(resource, attribute));
    let mut filters: Vec<Attribute> = filters.map(|attribute| settable(resource, attribute)).collect();
    let required: Vec<&str> =
        filters.iter().filter(|filter| filter.usage == Usage::Required).map(|filter| filter.name).collect();
    let excluded = |name: &str| {
        let excludes = |rule: &Rule| {
            matches!(rule.check, Check::AtMostOne | Check::ExactlyOne)
                && rule.names.contains(&name)
                && rule.names.iter().any(|other| *other != name && required.contains(other))
        };
        query_rules(resource).iter().any(excludes)
    };
    filters.retain(|filter| !excluded(filter.name));
    filters
}

/// The rules between the filters.
pub(crate) fn rules(resource: &Resource, filters: &[Attribute]) -> Vec<Rule> {
    let is_filter = |name: &&str| filters.iter().any(|filter| filter.name == *name);
    let applies = |rule: &&Rule| rule.names.iter().all(is_filter);
    query_rules(resource).iter().filter(applies).copied().collect()
}

fn query_rules(resource: &Resource) -> &'static [Rule] {
    definition::listing_query(resource).map_or(&[], |query| query.rules)
}

fn is_filter(resource: &Resource, attribute: &Attribute) -> bool {
    let constants = resource.identity.constants;
    match attribute.origin {
        Origin::Member(member) => {
            attribute.on_create && !ORDER.contains(&member) && constants.iter().all(|(constant, _)| *constant != member)
        }
        Origin::Region => true,
        _ => false,
    }
}

/// What only the arguments can say about an object has to be set: the trial of an association.
fn settable(resource: &Resource, attribute: &Attribute) -> Attribute {
    let is_shown = |member: &str| resource.listed_shape().is_some_and(|element| element.member(member).is_some());
    let names = |member: &str| resource.identity.members.contains(&member) && !is_shown(member);
    let usage = match attribute.usage {
        Usage::Required => Usage::Required,
        _ if attribute.member().is_some_and(names) => Usage::Required,
        _ => Usage::Optional,
    };
    Attribute { usage, ..*attribute }
}

/// The schema of the configuration of a list resource.
pub(crate) fn schema(resource: &Resource, filters: &[Attribute]) -> Schema {
    let mut block = Block { description: resource.description, ..definition::block_of(filters) };
    if resource.tags.is_some() {
        let tags = "Only objects with all of these tags, which are read from each listed object.";
        let keys = "Only objects with tags of all of these keys, whatever their values.";
        let text = || Box::new(Type::String);
        block.attributes.extend([(TAGS, Type::Map(text()), tags), (TAG_KEYS, Type::Set(text()), keys)].map(
            |(name, r#type, description)| schema::Attribute {
                name,
                r#type,
                description,
                usage: Usage::Optional,
                sensitive: false,
                write_only: false,
                deprecated: None,
            },
        ));
    }
    Schema { version: 0, block }
}

/// The body of the list call.
pub(crate) fn input(resource: &Resource, list: &Operation, filters: &[Attribute], config: &Value) -> Value {
    let mut input = body::structure_on_create(filters, &without_empty(filters, config));
    let fixed = resource.identity.constants.iter().chain(resource.listing.defaults);
    for (member, value) in fixed.filter(|(member, _)| list.input.member(member).is_some()) {
        if input.get(member).is_null() {
            input.insert(*member, (*value).into());
        }
    }
    input
}

/// The tags that an object must have.
#[derive(Debug, Default)]
pub(crate) struct TagFilter<'c> {
    /// Keys with their values.
    tags: Vec<(&'c str, &'c Value)>,
    /// Keys with any value.
    keys: Vec<&'c str>,
}

impl<'c> TagFilter<'c> {
    pub(crate) fn of(config: &'c Value) -> Self {
        let tags = config.get(TAGS).as_map().into_iter().flatten().map(|(key, value)| (key.as_str(), value));
        let keys = config.get(TAG_KEYS).elements().iter().filter_map(Value::as_str);
        Self { tags: tags.collect(), keys: keys.collect() }
    }

    /// True if every object passes.
    pub(crate) fn is_empty(&self) -> bool {
        self.tags.is_empty() && self.keys.is_empty()
    }

    pub(crate) fn admits(&self, tags: &Map) -> bool {
        self.tags.iter().all(|(key, value)| tags.get(*key) == Some(*value))
            && self.keys.iter().all(|key| tags.contains_key(*key))
    }
}
