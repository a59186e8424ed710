//! From the service's reply to Terraform's state, compared with the prior state.
//!
//! Drift is shown; a value that only differs in spelling keeps the spelling of the prior state. Without a prior state,
//! as on an import and in a data source, everything that the service returns is shown: an empty structure, zero and
//! `false` are values, and only a member that the reply omits is unset or at its default. No calls are made here.

use crate::{
    definition::{
        Attribute, AttributeKind, Change, Clearing, Origin, Resource,
        service::{Shape, ShapeKind},
    },
    engine::convert::{
        absence::empty,
        clearing,
        equality::{are_among, is_document, plain_form, same},
        scalar::from_service,
    },
    schema::{Nesting, Usage},
    value::{Map, Value},
};

/// What is known of an object, a structure or a value before the reply.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Prior<'a> {
    /// Its prior state, in which null and an empty list mean that the user wrote nothing.
    State(&'a Value),
    /// The same of a job. Nothing changes what a job was created with, so that whatever it has beyond that was left to the
    /// service: a metric that an algorithm defines is no drift, for which a finished job would run again.
    Job(&'a Value),
    /// Only its address, as on an import: any unset value may exist.
    Address(&'a Value),
}

impl<'a> Prior<'a> {
    /// A prior state.
    pub(crate) fn of_state(resource: &Resource, state: &'a Value) -> Self {
        if resource.completion.is_some() { Self::Job(state) } else { Self::State(state) }
    }

    /// The prior of an element of a block: an address without values if the element is new.
    fn of_element<'e>(self, element: &'e Value) -> Prior<'e> {
        match self {
            _ if element.is_null() => Prior::Address(element),
            Self::Job(_) => Prior::Job(element),
            Self::State(_) | Self::Address(_) => Prior::State(element),
        }
    }

    /// True if an unset value of the attribute is left to the service, whatever it fills in.
    fn leaves_to_the_service(self, attribute: &Attribute) -> bool {
        matches!(self, Self::Job(_)) && attribute.change == Change::Replace
    }

    fn value(self) -> &'a Value {
        match self {
            Self::State(value) | Self::Job(value) | Self::Address(value) => value,
        }
    }

    fn get(self, name: &str) -> Self {
        match self {
            Self::State(value) => Self::State(value.get(name)),
            Self::Job(value) => Self::Job(value.get(name)),
            Self::Address(value) => Self::Address(value.get(name)),
        }
    }

    fn is_state(self) -> bool {
        matches!(self, Self::State(_) | Self::Job(_))
    }
}

/// The state of a resource (or of an element of a block) for `reply`.
///
/// Values that the reply does not contain (inputs, provider-defined attributes) are taken from `prior`.
pub(crate) fn observe(attributes: &[Attribute], reply: &Value, prior: Prior<'_>) -> Value {
    let other_choice = prior.is_state() && is_other_choice(attributes, reply, prior.value());
    let members = attributes.iter().map(|attribute| {
        let prior = match prior.get(attribute.name) {
            Prior::State(value) | Prior::Job(value) if other_choice && is_choice(attribute) => Prior::Address(value),
            prior => prior,
        };
        let value = match attribute.origin {
            Origin::Member(_) if attribute.observed && !is_input_kept(attribute, prior) => {
                observe_attribute(attribute, member_of(attribute, reply), prior)
            }
            Origin::MapKey | Origin::MapValue => observe_attribute(attribute, reply.get(attribute.name), prior),
            _ => kept(attribute, prior.value()),
        };
        (attribute.name.to_owned(), value)
    });
    Value::Map(members.collect())
}

/// True if exactly one block was present before and exactly one other block is returned: then one choice has replaced
/// the other, even if both are empty.
fn is_other_choice(attributes: &[Attribute], reply: &Value, prior: &Value) -> bool {
    let choices = || attributes.iter().filter(|attribute| is_choice(attribute));
    let before: Vec<&str> = choices()
        .filter(|attribute| !prior.get(attribute.name).elements().is_empty())
        .map(|attribute| attribute.name)
        .collect();
    let now: Vec<&str> =
        choices().filter(|attribute| !member_of(attribute, reply).is_null()).map(|attribute| attribute.name).collect();
    before.len() == 1 && now.len() == 1 && before != now
}

/// True for an optional structure that Terraform shows as a block.
fn is_choice(attribute: &Attribute) -> bool {
    let structure = matches!(attribute.kind, AttributeKind::Block { nesting: Nesting::List, single: true, .. });
    structure && attribute.observed && attribute.usage == Usage::Optional
}

/// True for an argument that is sent with an update but is not a property of the object: the reply contains the value
/// sent last, which is used only until a state holds the value to send next.
fn is_input_kept(attribute: &Attribute, prior: Prior<'_>) -> bool {
    attribute.change == Change::SendOnly && prior.is_state()
}

/// The prior value in a form that Terraform accepts: an absent block is an empty list, never null.
fn kept(attribute: &Attribute, prior: &Value) -> Value {
    match attribute.default {
        _ if !prior.is_null() => prior.clone(),
        Some(default) => default.value(),
        None => empty(attribute),
    }
}

/// The value of an attribute in a reply of the read call.
pub(crate) fn member_of<'a>(attribute: &Attribute, reply: &'a Value) -> &'a Value {
    attribute.read_member().map_or(&Value::Null, |path| path.split('.').fold(reply, Value::get))
}

pub(crate) fn observe_attribute(attribute: &Attribute, reply: &Value, prior: Prior<'_>) -> Value {
    match &attribute.kind {
        AttributeKind::Plain { .. } if means_unset(attribute, reply, prior) => {
            observe_scalar(attribute, Value::Null, prior)
        }
        AttributeKind::Plain { shape, set } => {
            let reply = attribute.only.map_or(reply, |only| reply.at(0).get(only));
            // Seen in a description of an inference recommendations job: zero where the least value is one.
            let is_unset = attribute.usage.is_settable() && reply.is_zero() && !shape.allows_zero();
            let observed = if is_unset { Value::Null } else { from_service(shape, *set, reply) };
            observe_scalar(attribute, observed, prior)
        }
        AttributeKind::Block { shape, nesting, single, .. } => {
            let elements = elements_of(shape, *single, reply);
            observe_block(attribute, *nesting, &elements, prior)
        }
        AttributeKind::Objects { shape, set, single, .. } => {
            let elements = elements_of(shape, *single, reply);
            observe_objects(attribute, *set, &elements, prior)
        }
    }
}

/// True for the text that clears the attribute in an update and so means none. It is shown if there is no prior state
/// and a configuration may have either.
fn means_unset(attribute: &Attribute, reply: &Value, prior: Prior<'_>) -> bool {
    let shown = if prior.is_state() { prior.value() == reply } else { attribute.has_value_for_none() };
    !shown && matches!(attribute.clearing, Clearing::Value(word) if reply.as_str() == Some(word))
}

fn observe_scalar(attribute: &Attribute, observed: Value, prior: Prior<'_>) -> Value {
    let before = prior.value();
    match (before, &observed) {
        _ if attribute.usage == Usage::Computed => plain_form(attribute, observed),
        (Value::Null, Value::Null) => attribute.default.map_or(Value::Null, |default| default.value()),
        (Value::Null, _) if is_left_unset(attribute, &observed, prior) => Value::Null,
        (Value::Map(keys), Value::Map(all)) if prior.leaves_to_the_service(attribute) => {
            let own = all.iter().filter(|(key, _)| keys.contains_key(*key));
            let own = Value::Map(own.map(|(key, value)| (key.clone(), value.clone())).collect());
            if same(attribute, before, &own) { before.clone() } else { plain_form(attribute, own) }
        }
        (Value::Null, _) => plain_form(attribute, observed),
        // A service that omits an empty value agrees with it.
        (_, Value::Null) if before.is_zero() => before.clone(),
        (_, Value::Null) => attribute.default.map_or(Value::Null, |default| default.value()),
        _ if same(attribute, before, &observed) => before.clone(),
        _ => plain_form(attribute, observed),
    }
}

/// True if the value that is returned for an unset argument means that it is unset. A text cannot be empty in the state
/// if the configuration has none, since texts are not computed in the schema; other zeros, and empty documents, are shown
/// if there is no prior state.
fn is_left_unset(attribute: &Attribute, observed: &Value, prior: Prior<'_>) -> bool {
    let optional = attribute.usage == Usage::Optional && attribute.default.is_none();
    if optional && prior.leaves_to_the_service(attribute) {
        return true;
    }
    let is_empty_document = is_document(attribute) && observed.as_str() == Some("{}");
    let is_unset = if prior.is_state() {
        observed.is_zero() || is_empty_document
    } else {
        observed.is_zero() && !attribute.keeps_zero()
    };
    optional && is_unset
}

fn is_default(attribute: &Attribute, value: &Value) -> bool {
    attribute.default.is_some_and(|default| default.value() == *value)
}

fn observe_block(attribute: &Attribute, nesting: Nesting, elements: &[Value], prior: Prior<'_>) -> Value {
    let observed = |element: &Value, before: &Value| observe(attribute.attributes(), element, prior.of_element(before));
    if nesting == Nesting::Single {
        return elements.first().map_or(Value::Null, |element| observed(element, prior.value()));
    }
    if is_silent(attribute, elements, prior) {
        return Value::List(prior.value().elements().to_vec());
    }
    let before = prior.value().elements();
    let is_shown = |before: &Value, element: &Value| observed(element, before) == *before;
    if prior.leaves_to_the_service(attribute) && are_among(before, elements, is_shown) {
        return prior.value().clone();
    }
    if nesting == Nesting::Set {
        return Value::set(match_any(elements, before, observed));
    }
    let Some(key) = attribute.key else {
        let by_place = elements
            .iter()
            .enumerate()
            .map(|(place, element)| observed(element, before.get(place).unwrap_or(&Value::Null)));
        return Value::List(by_place.collect());
    };
    Value::List(match_by_key(key, elements, before, observed))
}

/// True if the reply and the prior of a block differ at most in the presence of an empty structure.
fn is_silent(attribute: &Attribute, elements: &[Value], prior: Prior<'_>) -> bool {
    let before = prior.value().elements();
    let says_nothing = |element: &Value| says_nothing(attribute.attributes(), element);
    match prior {
        // What the service fills in is shown only if its origin is unknown, or if the user can clear it.
        _ if attribute.filled_in && before.is_empty() => {
            elements.iter().all(Value::is_unset) || (prior.is_state() && !attribute.is_clearable())
        }
        _ if before.is_empty() && prior.leaves_to_the_service(attribute) && attribute.usage == Usage::Optional => true,
        // If the service model requires members of a structure, an empty one means none.
        Prior::Address(_) => {
            let requires = attribute.attributes().iter().any(|inner| inner.usage == Usage::Required);
            requires && elements.iter().all(|element| *element == Value::object())
        }
        Prior::State(_) | Prior::Job(_)
            if before.is_empty()
                && attribute.is_single_block()
                && attribute.usage == Usage::Optional
                && elements.iter().all(|element| is_left(attribute, element)) =>
        {
            true
        }
        // The presence of a required block, or of one without arguments, is significant.
        _ if attribute.usage == Usage::Required || attribute.attributes().is_empty() => false,
        Prior::State(_) | Prior::Job(_) => {
            elements.len() != before.len() && elements.iter().all(Value::is_zero) && before.iter().all(says_nothing)
        }
    }
}

/// Elements in the order of the prior state, then new ones in the order of the reply.
fn match_by_key(
    key: &str,
    elements: &[Value],
    prior: &[Value],
    observed: impl Fn(&Value, &Value) -> Value,
) -> Vec<Value> {
    let mut fresh: Vec<(usize, Value)> = elements
        .iter()
        .enumerate()
        .map(|(place, element)| {
            let name = observed(element, &Value::Null);
            let before = prior.iter().position(|before| before.get(key) == name.get(key));
            let value = before.map_or(name, |before| observed(element, &prior[before]));
            (before.unwrap_or(prior.len() + place), value)
        })
        .collect();
    fresh.sort_by_key(|(place, _)| *place);
    fresh.into_iter().map(|(_, value)| value).collect()
}

/// Elements of a set: each takes the spelling of an equivalent prior element, if there is one.
fn match_any(elements: &[Value], prior: &[Value], observed: impl Fn(&Value, &Value) -> Value) -> Vec<Value> {
    let mut unused: Vec<&Value> = prior.iter().collect();
    elements
        .iter()
        .map(|element| match unused.iter().position(|before| observed(element, before) == **before) {
            Some(place) => unused.swap_remove(place).clone(),
            None => observed(element, &Value::Null),
        })
        .collect()
}

/// True for a block without information: every member is unset, empty or at its default.
fn says_nothing(attributes: &[Attribute], element: &Value) -> bool {
    attributes.iter().all(|attribute| {
        let value = element.get(attribute.name);
        value.is_zero()
            || is_default(attribute, value)
            || (!attribute.attributes().is_empty()
                && value.elements().iter().all(|inner| says_nothing(attribute.attributes(), inner)))
    })
}

/// True if the structure contains only values that mean none, and values that the service fills in and keeps when the
/// block is removed.
fn is_left(block: &Attribute, element: &Value) -> bool {
    let attributes = block.attributes();
    let observed = observe(attributes, element, Prior::Address(&Value::Null));
    let is_silent = |attribute: &Attribute| {
        let value = observed.get(attribute.name);
        (attribute.usage.is_computed() && attribute.default.is_none())
            || clearing::means_none(attribute, value)
            || is_default(attribute, value)
            || (attribute.is_single_block() && is_left(attribute, member_of(attribute, element)))
    };
    !attributes.is_empty() && attributes.iter().all(is_silent)
}

fn observe_objects(attribute: &Attribute, set: bool, elements: &[Value], prior: Prior<'_>) -> Value {
    let is_unset = prior.is_state() && prior.value().is_null();
    let is_left = prior.leaves_to_the_service(attribute) || elements.iter().all(Value::is_zero);
    if attribute.usage == Usage::Optional && is_unset && is_left {
        return Value::Null;
    }
    let configured = attribute.usage != Usage::Computed;
    let observed = |element: &Value, before: &Value| {
        let mut value = observe(attribute.attributes(), element, prior.of_element(before));
        if configured && !before.is_null() {
            drop_unset(attribute.attributes(), &mut value, before);
        }
        value
    };
    let before = prior.value();
    if set {
        return Value::set(match_any(elements, before.elements(), observed));
    }
    let by_place = elements.iter().enumerate().map(|(place, element)| observed(element, before.at(place)));
    let value = Value::List(by_place.collect());
    if same(attribute, before, &value) { before.clone() } else { value }
}

/// Values inside a configured list of objects cannot be computed: null stays null.
fn drop_unset(attributes: &[Attribute], value: &mut Value, prior: &Value) {
    let Value::Map(members) = value else { return };
    for attribute in attributes {
        let before = prior.get(attribute.name);
        let Some(member) = members.get_mut(attribute.name) else { continue };
        match member {
            _ if before.is_null() => *member = Value::Null,
            Value::List(inner) if !attribute.attributes().is_empty() => {
                for (place, element) in inner.iter_mut().enumerate() {
                    drop_unset(attribute.attributes(), element, before.at(place));
                }
            }
            _ => {}
        }
    }
}

/// The structures of a block: a single one, a list, or the entries of a map with their keys.
fn elements_of(shape: &Shape, single: bool, reply: &Value) -> Vec<Value> {
    match (&shape.kind, reply) {
        (_, Value::Null) => Vec::new(),
        _ if single => vec![reply.clone()],
        (ShapeKind::Map { value: shape, .. }, Value::Map(entries)) => {
            entries.iter().map(|(key, value)| entry(shape, key, value)).collect()
        }
        (_, Value::List(elements)) => elements.clone(),
        _ => Vec::new(),
    }
}

fn entry(shape: &Shape, key: &str, value: &Value) -> Value {
    let mut members = match (&shape.kind, value) {
        (ShapeKind::Structure { .. }, Value::Map(members)) => members.clone(),
        _ => Map::from([("value".to_owned(), value.clone())]),
    };
    members.insert("key".to_owned(), key.into());
    Value::Map(members)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::resource;

    #[test]
    fn filled_in_members_are_shown_only_without_a_prior_state() {
        let component = resource("sagemaker_inference_component").expect("a resource of ours");
        let reply = Value::from([("RuntimeConfig", Value::from([("DesiredCopyCount", 2.into())]))]);
        let blocks =
            |prior: Prior<'_>| observe(component.attributes, &reply, prior).get("runtime_config").elements().len();
        let unset = Value::from([("runtime_config", Value::List(Vec::new()))]);
        assert_eq!((blocks(Prior::State(&unset)), blocks(Prior::Address(&unset))), (0, 1));
    }

    /// The formats of a dataset in the state, if the service returns `format` and `before` was the prior one.
    fn formats(before: Option<&str>, format: &str) -> Vec<&'static str> {
        let definition = resource("sagemaker_data_quality_job_definition").expect("a resource of ours");
        let reply = |format: &str| {
            let input = Value::from([("DatasetFormat", Value::from([(format, Value::object())]))]);
            Value::from([("DataQualityJobInput", Value::from([("BatchTransformInput", input)]))])
        };
        let read = |format: &str, prior: Prior<'_>| observe(definition.attributes, &reply(format), prior);
        let before = before.map(|format| read(format, Prior::Address(&Value::Null)));
        let state = read(format, before.as_ref().map_or(Prior::Address(&Value::Null), Prior::State));
        let input = state.get("data_quality_job_input").at(0).get("batch_transform_input").at(0);
        let formats = input.get("dataset_format").at(0);
        ["csv", "json", "parquet"].into_iter().filter(|name| !formats.get(name).elements().is_empty()).collect()
    }

    #[test]
    fn an_empty_structure_that_replaces_another_is_drift() {
        assert_eq!(formats(None, "Csv"), ["csv"]);
        assert_eq!(formats(Some("Csv"), "Csv"), ["csv"]);
        assert_eq!(formats(Some("Csv"), "Json"), ["json"]);
    }

    #[test]
    fn an_unconfigured_empty_structure_is_no_drift() {
        let workteam = resource("sagemaker_workteam").expect("a resource of ours");
        let notices = |topic: Option<&str>, prior: Prior<'_>| {
            let topic = topic.map(|topic| ("NotificationTopicArn".to_owned(), topic.into()));
            let reply = Value::from([("NotificationConfiguration", Value::Map(topic.into_iter().collect()))]);
            observe(workteam.attributes, &reply, prior).get("notification_configuration").elements().len()
        };
        let unset = Value::from([("notification_configuration", Value::List(Vec::new()))]);
        assert_eq!((notices(None, Prior::State(&unset)), notices(None, Prior::Address(&unset))), (0, 0));
        assert_eq!((notices(Some("arn"), Prior::State(&unset)), notices(Some("arn"), Prior::Address(&unset))), (1, 1));
    }

    #[test]
    fn an_empty_structure_with_required_members_is_none() {
        let model = resource("sagemaker_model").expect("a resource of ours");
        let reply = Value::from([("VpcConfig", Value::object())]);
        let unset = Value::from([("vpc_config", Value::List(Vec::new()))]);
        let count = |prior: Prior<'_>| observe(model.attributes, &reply, prior).get("vpc_config").elements().len();
        assert_eq!((count(Prior::State(&unset)), count(Prior::Address(&unset))), (0, 0));
    }

    #[test]
    fn send_only_arguments_are_kept_from_the_prior_state() {
        let endpoint = resource("sagemaker_endpoint").expect("a resource of ours");
        let reply = Value::from([("LastDeploymentConfig", Value::object())]);
        let count =
            |prior: Prior<'_>| observe(endpoint.attributes, &reply, prior).get("deployment_config").elements().len();
        let unset = Value::from([("deployment_config", Value::List(Vec::new()))]);
        assert_eq!((count(Prior::State(&unset)), count(Prior::Address(&unset))), (0, 1));
    }

    #[test]
    fn nested_read_members_are_found() {
        let component = resource("sagemaker_inference_component").expect("a resource of ours");
        let image = Value::from([("DeployedImage", Value::from([("SpecifiedImage", "i:1".into())]))]);
        let reply = Value::from([("Specification", Value::from([("Container", image)]))]);
        let state = observe(component.attributes, &reply, Prior::Address(&Value::Null));
        let container = state.get("specification").at(0).get("container").at(0);
        assert_eq!(container.get("image").as_str(), Some("i:1"));
    }

    #[test]
    fn the_clearing_value_means_unset() {
        let domain = resource("sagemaker_domain").expect("a resource of ours");
        let lab = |script: &str| {
            let lab = Value::from([("BuiltInLifecycleConfigArn", script.into())]);
            let reply = Value::from([("DefaultSpaceSettings", Value::from([("JupyterLabAppSettings", lab)]))]);
            let state = observe(domain.attributes, &reply, Prior::Address(&Value::Null));
            let settings = state.get("default_space_settings").at(0).get("jupyter_lab_app_settings").at(0);
            settings.get("built_in_lifecycle_config_arn").clone()
        };
        assert_eq!((lab("None"), lab("arn")), (Value::Null, "arn".into()));
    }
}
