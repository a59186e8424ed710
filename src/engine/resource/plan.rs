//! Plans a change. Pure: no clock, no network, no randomness; equal inputs always give equal plans, since Terraform
//! plans again during an apply and compares.
//!
//! The order: configuration, defaults, prior values; then what an update makes unknown; then the hook of a special
//! file; then which changes replace the object, and what no update can clear.

use crate::{
    definition::{Attribute, AttributeKind, Change, Origin, Resource},
    diag::{self, Diagnostic, Diagnostics, Severity},
    engine::{
        Draft,
        configuration::context::Context,
        convert::{
            absence::{given, is_none, without_empty},
            clearing::means_none,
            equality::same,
            request, tags,
        },
        resource::{
            differences::{Difference, of_object},
            special::Special,
            write_only,
        },
        service::{failure::place_of, required},
    },
    schema::{Nesting, Usage},
    value::{Map, Path, Step, Value},
};

/// Plans the creation (`prior` is null) or the update of an object. `config` is an object.
pub(crate) fn plan<'a>(
    resource: &Resource,
    special: Option<&dyn Special>,
    context: &Context,
    prior: &'a Value,
    config: &'a Value,
) -> Draft<'a> {
    let mut planned = object(resource.attributes, config, prior);
    plan_region(&mut planned, context, config, prior);
    tags::plan(resource, &context.default_tags, &context.ignored_tags, prior, &mut planned);
    plan_name_prefix(resource, config, prior, &mut planned);
    let mut draft = Draft { prior, config, planned, requires_replace: Vec::new(), diagnostics: Diagnostics::new() };
    if resource.tags.is_some() {
        draft.diagnostics.extend(tags::unsent(&context.ignored_tags, config).map(|key| diag::ignored_tag(key)));
        let count = draft.planned.get(tags::ALL).as_map().map_or(0, Map::len);
        if let Some(most) = tags::most().filter(|most| count > *most) {
            draft.diagnostics.push(diag::too_many_tags(count, most));
        }
    }
    if let Some(special) = special {
        special.plan(&mut draft);
    }
    if !prior.is_null() {
        plan_update(resource, context.imported, &mut draft);
    }
    if let Some(special) = special {
        special.modify_plan(&mut draft);
    }
    draft
}

/// Warns about the losses of a replacement.
pub(crate) fn warn_of_loss(resource: &Resource, special: Option<&dyn Special>, draft: &mut Draft<'_>) {
    if let (Some(reason), Some(loses)) = (draft.requires_replace.first(), resource.loses()) {
        let id = draft.prior.get("id").as_str().unwrap_or_default();
        let more = special.map(|special| special.loss(draft.prior)).unwrap_or_default();
        draft.diagnostics.push(diag::replacement_loses(resource.noun, id, loses, &more).at(reason));
    }
}

fn plan_update(resource: &Resource, imported: bool, draft: &mut Draft<'_>) {
    let differences = of_object(resource, draft.prior, &draft.planned, imported);
    let calls = differences.iter().any(Difference::needs_a_call);
    if calls {
        plan_call(resource, &mut draft.planned);
    }
    draft.diagnostics.extend(no_call_warning(&differences));
    let replacing = differences.iter().filter(|one| one.change == Change::Replace && !one.idle);
    draft.requires_replace.extend(replacing.map(|difference| difference.path.clone()));
    // Nothing has to be cleared on a new object.
    if draft.requires_replace.is_empty() {
        let assumed = differences.iter().filter(|difference| difference.assumed);
        draft.diagnostics.extend(assumed.map(|one| diag::taken_from_configuration(resource.noun, &one.path)));
        let uncleared = differences.into_iter().filter(|difference| difference.uncleared);
        resolve_uncleared(resource, draft, uncleared.map(|difference| difference.path));
        if calls {
            refuse_incomplete(resource, draft);
        }
    }
    draft.requires_replace.sort();
    draft.requires_replace.dedup();
}

/// Values that a call may change are unknown until after the call.
fn plan_call(resource: &Resource, planned: &mut Value) {
    for attribute in resource.attributes.iter().filter(|attribute| attribute.member().is_some()) {
        // What the service sets once, it may set now.
        let is_open = match attribute.change {
            Change::Volatile => true,
            Change::Stable => attribute.usage == Usage::Computed && planned.get(attribute.name).is_null(),
            _ => false,
        };
        if is_open {
            planned.insert(attribute.name, Value::unknown());
        }
    }
}

/// Plans the remaining work of an earlier apply, which no difference shows.
pub(crate) fn plan_restoring(resource: &Resource, restore: &str, draft: &mut Draft<'_>) {
    if draft.requires_replace.is_empty() {
        plan_call(resource, &mut draft.planned);
        let id = draft.prior.get("id").as_str().unwrap_or_default();
        draft.diagnostics.push(diag::restored(resource.noun, id, restore));
    }
}

/// Warns about an update that Terraform has to show though it makes no call, such as one that sets what is only sent along
/// with other changes. What is assumed after an import has its own warning.
fn no_call_warning(differences: &[Difference]) -> Option<Diagnostic> {
    let recorded = |one: &&Difference| one.member && !one.idle && !one.assumed && one.change == Change::SendOnly;
    let first = differences.iter().find(recorded)?;
    let calls_nothing = differences.iter().all(|one| one.member && (one.idle || one.change == Change::SendOnly));
    calls_nothing.then(|| diag::calls_nothing(&first.path))
}

/// Warns of the removal of what no update clears if a replacement loses something; otherwise replaces the object.
fn resolve_uncleared(resource: &Resource, draft: &mut Draft<'_>, uncleared: impl Iterator<Item = Path>) {
    let Some(loses) = resource.loses() else {
        draft.requires_replace.extend(uncleared);
        return;
    };
    for path in uncleared {
        draft.diagnostics.push(diag::never_cleared(Severity::Warning, resource.noun, loses, &path));
    }
}

/// The refusal of an update that would have to clear what no update clears.
pub(crate) fn refusal(resource: &Resource, differences: &[Difference]) -> Option<Diagnostic> {
    let uncleared = differences.iter().find(|difference| difference.uncleared)?;
    Some(diag::never_cleared(Severity::Error, resource.noun, resource.loses()?, &uncleared.path))
}

/// Refuses an update that would send a structure without a part that the service requires in it.
fn refuse_incomplete(resource: &Resource, draft: &mut Draft<'_>) {
    let Some(operation) = resource.operations.update else { return };
    let planned = without_empty(resource.attributes, &draft.planned);
    let planned = write_only::reveal(resource.attributes, &planned, draft.config, &draft.planned);
    let input = request::update(resource, operation, draft.prior, &planned);
    let inner = input.as_map().into_iter().flatten().filter(|(_, value)| value.is_wholly_known());
    let missing = inner.filter_map(|(member, value)| {
        let within = required::missing(operation.input.member(member)?.shape, value)?;
        place_of(resource.attributes, &format!("{member}.{within}"))
    });
    // The validation has refused a configuration without what every object needs.
    let missing = missing.filter(|path| !is_required(resource.attributes, path));
    draft.diagnostics.extend(missing.map(|path| diag::not_sent(resource.noun, &path)));
}

/// True for a required argument, and for a set, in which it is some argument of an element.
fn is_required(mut level: &[Attribute], path: &Path) -> bool {
    let mut required = false;
    for step in path.steps() {
        if let Step::Attribute(name) = step {
            let found = level.iter().find(|attribute| attribute.name == name.as_str());
            let is_required = |one: &Attribute| one.usage == Usage::Required || !one.attributes().is_empty();
            required = found.is_some_and(is_required);
            level = found.map_or(&[], Attribute::attributes);
        }
    }
    required
}

fn object(attributes: &[Attribute], config: &Value, prior: &Value) -> Value {
    let members = attributes.iter().map(|attribute| {
        let value = attribute_value(attribute, config.get(attribute.name), prior.get(attribute.name), prior.is_null());
        (attribute.name.to_owned(), value)
    });
    Value::Map(members.collect())
}

/// The planned value; `new` if the enclosing object did not exist before.
fn attribute_value(attribute: &Attribute, config: &Value, prior: &Value, new: bool) -> Value {
    match &attribute.kind {
        _ if attribute.origin == Origin::WriteOnly => Value::Null,
        _ if attribute.usage == Usage::Computed => computed(prior, new),
        AttributeKind::Block { .. } if config.is_unknown() => config.clone(),
        AttributeKind::Block { nesting, attributes, .. } => block(attribute, *nesting, attributes, config, prior),
        AttributeKind::Plain { .. } | AttributeKind::Objects { .. } => settable(attribute, config, prior, new),
    }
}

fn computed(prior: &Value, new: bool) -> Value {
    if new { Value::unknown() } else { prior.clone() }
}

fn settable(attribute: &Attribute, config: &Value, prior: &Value, new: bool) -> Value {
    if is_none(attribute, config) {
        let left_out = left_out(attribute, prior, new);
        // Terraform accepts the configured value or the prior value.
        let allowed = config.is_null() || (!prior.is_null() && left_out == *prior);
        return if allowed { left_out } else { config.clone() };
    }
    if same(attribute, config, prior) { prior.clone() } else { config.clone() }
}

/// The planned value of an argument that is set to "none".
fn left_out(attribute: &Attribute, prior: &Value, new: bool) -> Value {
    match attribute.default {
        Some(_) if !prior.is_null() && is_none(attribute, prior) => prior.clone(),
        Some(default) => default.value(),
        None if attribute.usage == Usage::OptionalComputed => computed(prior, new),
        None if attribute.keeps_zero() && means_none(attribute, prior) => prior.clone(),
        None => Value::Null,
    }
}

fn block(attribute: &Attribute, nesting: Nesting, attributes: &[Attribute], config: &Value, prior: &Value) -> Value {
    match nesting {
        Nesting::Single if config.is_null() => Value::Null,
        Nesting::Single => element_of(attributes, config, prior),
        Nesting::List => {
            let elements = config.elements().iter().enumerate();
            Value::List(
                elements
                    .map(|(place, element)| element_of(attributes, element, before(attribute, element, prior, place)))
                    .collect(),
            )
        }
        Nesting::Set => {
            let elements = config.elements().iter().map(|element| {
                let candidates = prior.elements().iter();
                candidates
                    .map(|before| (object(attributes, element, before), before))
                    .find(|(planned, before)| {
                        planned == *before || without_empty(attributes, planned) == without_empty(attributes, before)
                    })
                    .map_or_else(|| object(attributes, element, &Value::Null), |(planned, _)| planned)
            });
            Value::set(elements.collect())
        }
    }
}

/// An element of a block. What the service filled in depended on the other values of the element (the digest of an
/// image), so it becomes unknown when they change.
fn element_of(attributes: &[Attribute], config: &Value, prior: &Value) -> Value {
    let mut planned = object(attributes, config, prior);
    let changed = |attribute: &Attribute| {
        let (before, after) = (prior.get(attribute.name), planned.get(attribute.name));
        given(attribute, before) != given(attribute, after)
    };
    if prior.is_null() || !attributes.iter().any(changed) {
        return planned;
    }
    for attribute in attributes {
        // Generated configuration omits sensitive values, so they keep their prior value.
        let kept = attribute.default.is_some() || attribute.generated || attribute.sensitive;
        let filled_in = attribute.usage == Usage::OptionalComputed && !kept;
        let written = config.get(attribute.name);
        let again = filled_in && attribute.change == Change::InPlace && is_none(attribute, written);
        if again || attribute.change == Change::Volatile {
            planned.insert(attribute.name, if written.is_null() { Value::unknown() } else { written.clone() });
        }
    }
    planned
}

/// The prior element that a configured element continues; null if there is none.
fn before<'a>(attribute: &Attribute, element: &Value, prior: &'a Value, place: usize) -> &'a Value {
    match attribute.key.map(|key| (key, element.get(key))) {
        None | Some((_, Value::Null)) => prior.at(place),
        // It may be any of them, or a new one.
        Some((_, Value::Unknown(_))) => &Value::Null,
        Some((key, name)) => prior.elements().iter().find(|before| before.get(key) == name).unwrap_or(&Value::Null),
    }
}

fn plan_region(planned: &mut Value, context: &Context, config: &Value, prior: &Value) {
    let region = match (config.get("region"), &context.region) {
        (Value::Null, Value::Unknown(_) | Value::Null) if !prior.is_null() => prior.get("region").clone(),
        (Value::Null, Value::Null) => Value::unknown(),
        (Value::Null, configured) => configured.clone(),
        (written, _) => written.clone(),
    };
    planned.insert("region", region);
}

/// A prefix belongs to a generated name: if the user names the object, there is none.
fn plan_name_prefix(resource: &Resource, config: &Value, prior: &Value, planned: &mut Value) {
    let Some(naming) = &resource.identity.naming else { return };
    let named = resource.attribute_of(naming.member);
    let Some(prefix) = resource.attributes.iter().find(|attribute| attribute.origin == Origin::NamePrefix) else {
        return;
    };
    let is_named = named.is_some_and(|name| !config.get(name.name).is_null());
    if prior.is_null() && config.get(prefix.name).is_null() && is_named {
        planned.insert(prefix.name, Value::Null);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::resource;

    fn endpoint(name: &str, config: &str, deployment: Vec<Value>) -> Value {
        Value::from([
            ("name", name.into()),
            ("endpoint_config_name", config.into()),
            ("deployment_config", Value::List(deployment)),
        ])
    }

    #[test]
    fn an_update_without_a_call_warns() {
        let definition = resource("sagemaker_endpoint").expect("a resource of ours");
        let warnings = |config: &str| {
            let (prior, config) = (endpoint("e", "one", vec![]), endpoint("e", config, vec![Value::object()]));
            plan(definition, None, &Context::default(), &prior, &config).diagnostics.iter().count()
        };
        assert_eq!((warnings("one"), warnings("two")), (1, 0));
    }
}
