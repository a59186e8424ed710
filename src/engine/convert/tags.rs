//! Tags: those of the resource, the provider's defaults, and those that others manage.

use crate::{
    definition::{
        Resource,
        service::{ShapeKind, shape},
    },
    engine::{common::patterns::admits, convert::absence::is_given},
    value::{Map, Value},
};

/// The attribute with all tags of an object, including the provider's default tags.
pub(crate) const ALL: &str = "tags_all";

/// Tags that others manage: never shown, never changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Ignored {
    pub(crate) keys: Vec<String>,
    pub(crate) prefixes: Vec<String>,
    /// Which tags are ignored depends on a resource that does not exist yet.
    pub(crate) unknown: bool,
}

impl Ignored {
    /// True if all tags are ignored.
    pub(crate) fn are_all(&self) -> bool {
        self.prefixes.iter().any(String::is_empty)
    }

    pub(crate) fn covers(&self, key: &str) -> bool {
        is_reserved(key)
            || self.keys.iter().any(|ignored| ignored == key)
            || self.prefixes.iter().any(|prefix| key.starts_with(prefix.as_str()))
    }
}

/// Why a reserved key is refused, as part of a sentence.
pub(crate) const RESERVED: &str = "it must not begin with `aws:`, since only AWS sets such tags";

/// True for the keys of tags that AWS sets itself. Nobody else can set or remove them.
pub(crate) fn is_reserved(key: &str) -> bool {
    key.get(..4).is_some_and(|prefix| prefix.eq_ignore_ascii_case("aws:"))
}

/// Why the service would refuse a tag, as a sentence without a full stop; `None` if it would not, or if that is not known.
pub(crate) fn problem(key: &str, value: &Value) -> Option<String> {
    let (keys, values) = (shape("TagKey")?, shape("TagValue")?);
    if is_reserved(key) {
        return Some(format!("The key is `{key}`: {RESERVED}"));
    }
    let characters = "letters, digits, spaces and `_.:/=+-@`";
    if !admits(keys, key) {
        return Some(format!("The key is `{key}`: it must have 1 to 128 characters, all of them {characters}"));
    }
    let value = value.as_str().filter(|value| !admits(values, value))?;
    Some(format!("The value is `{value}`: it must have at most 256 characters, all of them {characters}"))
}

/// The most tags that an object can have.
pub(crate) fn most() -> Option<usize> {
    match shape("TagList")?.kind {
        ShapeKind::List { bounds, .. } => usize::try_from(bounds.max?).ok(),
        _ => None,
    }
}

/// True if the service stores tags of this object.
pub(crate) fn are_kept(resource: &Resource, state: &Value) -> bool {
    let is_given = |unless| is_given(resource.attributes, unless, state);
    resource.tags.as_ref().is_some_and(|tags| !tags.unless.is_some_and(is_given))
}

/// Plans `tags_all`: the default tags, overridden by the resource's own.
pub(crate) fn plan(resource: &Resource, defaults: &Value, ignored: &Ignored, prior: &Value, planned: &mut Value) {
    let Some(tags) = &resource.tags else { return };
    let own = planned.get("tags");
    let all = if tags.unless.is_some_and(|unless| planned.get(unless).is_unknown()) {
        Value::unknown()
    } else if !are_kept(resource, planned) {
        Value::object()
    } else if own.is_wholly_known() && defaults.is_wholly_known() && !ignored.unknown {
        Value::Map(merged(defaults, own, ignored))
    } else {
        // An element that turns out to be null is dropped, so not even the keys are known.
        Value::unknown()
    };
    let before = prior.get(ALL);
    let unchanged = !prior.is_null() && before.is_zero() && all.is_zero();
    planned.insert(ALL, if unchanged { before.clone() } else { all });
}

fn merged(defaults: &Value, own: &Value, ignored: &Ignored) -> Map {
    let both = [defaults, own].into_iter().filter_map(Value::as_map).flatten();
    both.filter(|(key, value)| !value.is_null() && !ignored.covers(key))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}

/// The configured tags of the object that are ignored, and so never sent.
pub(crate) fn unsent<'a>(ignored: &'a Ignored, config: &'a Value) -> impl Iterator<Item = &'a String> {
    let own = config.get("tags").as_map().into_iter().flatten();
    own.filter(|(key, value)| !value.is_null() && ignored.covers(key)).map(|(key, _)| key)
}

/// Sets the service's tags in a state: all of them in `tags_all`, and in `tags` those that are not default tags. What was
/// a default tag stays one until its value changes, whatever the defaults are now.
pub(crate) fn observe(service: &Map, defaults: &Value, ignored: &Ignored, prior: &Value, state: &mut Value) {
    let (prior_own, prior_all) = (prior.get("tags"), prior.get(ALL));
    // Others may have added it, and it may be ignored.
    let is_doubtful = |key: &str| ignored.unknown && !prior_all.is_null() && prior_all.get(key).is_null();
    let is_shown = |key: &str| !ignored.covers(key) && !is_doubtful(key);
    let all: Map = service.iter().filter(|(key, _)| is_shown(key)).map(clone_pair).collect();
    let is_default = |key: &str, value: &Value| defaults.get(key) == value || prior_all.get(key) == value;
    let shown = all.iter().filter(|(key, value)| !prior_own.get(key).is_null() || !is_default(key, value));
    // Ignored tags that are configured are neither sent nor read, so they stay as configured.
    let unread = prior_own.as_map().into_iter().flatten().filter(|(key, _)| ignored.covers(key));
    let own: Map = shown.chain(unread).map(clone_pair).collect();
    let written = prior_own.as_map().into_iter().flatten().filter(|(_, value)| !value.is_null());
    let keep = own.iter().eq(written);
    state.insert("tags", if keep { prior_own.clone() } else { Value::Map(own) });
    state.insert(ALL, Value::Map(all));
}

fn clone_pair((key, value): (&String, &Value)) -> (String, Value) {
    (key.clone(), value.clone())
}

/// The member `Tags` of a create call; null if there are none.
pub(crate) fn for_create(planned: &Value) -> Value {
    let tags = as_list(planned.get(ALL).as_map().into_iter().flatten());
    if tags.elements().is_empty() { Value::Null } else { tags }
}

pub(crate) fn as_list<'a>(tags: impl Iterator<Item = (&'a String, &'a Value)>) -> Value {
    let tags = tags.filter(|(_, value)| value.as_str().is_some());
    Value::List(
        tags.map(|(key, value)| Value::from([("Key", key.as_str().into()), ("Value", value.clone())])).collect(),
    )
}

/// The service's list of tags as a map by key.
pub(crate) fn by_key(list: &Value) -> Map {
    let tag = |tag: &Value| {
        let value = tag.get("Value").as_str().unwrap_or_default();
        Some((tag.get("Key").as_str()?.to_owned(), value.into()))
    };
    list.elements().iter().filter_map(tag).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(pairs: &[(&str, &str)]) -> Map {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), Value::from(*value))).collect()
    }

    fn observed(service: &[(&str, &str)], defaults: &[(&str, &str)], prior: &Value) -> (Value, Value) {
        let ignored = Ignored { keys: vec!["team-x".into()], prefixes: vec!["kube/".into()], unknown: false };
        let mut state = Value::object();
        observe(&map(service), &Value::Map(map(defaults)), &ignored, prior, &mut state);
        (state.get("tags").clone(), state.get(ALL).clone())
    }

    #[test]
    fn default_tags_are_in_tags_all_only() {
        let (own, all) = observed(&[("a", "1"), ("d", "x")], &[("d", "x")], &Value::from([("tags", Value::Null)]));
        assert_eq!(own, Value::Map(map(&[("a", "1")])));
        assert_eq!(all, Value::Map(map(&[("a", "1"), ("d", "x")])));
    }

    #[test]
    fn what_was_a_default_tag_is_no_tag_of_the_resource() {
        let prior = Value::from([("tags", Value::Null), (ALL, Value::Map(map(&[("d", "x")])))]);
        assert_eq!(observed(&[("d", "x")], &[("d", "y")], &prior).0, Value::Null);
        assert_eq!(observed(&[("d", "z")], &[("d", "y")], &prior).0, Value::Map(map(&[("d", "z")])));
    }

    #[test]
    fn tags_of_others_are_not_shown_while_it_is_unknown_which_are_ignored() {
        let ignored = Ignored { unknown: true, ..Ignored::default() };
        let prior = Value::from([("tags", Value::Map(map(&[("a", "1")]))), (ALL, Value::Map(map(&[("a", "1")])))]);
        let mut state = Value::object();
        observe(&map(&[("a", "2"), ("x", "y")]), &Value::object(), &ignored, &prior, &mut state);
        assert_eq!(state.get("tags"), &Value::Map(map(&[("a", "2")])));
    }

    #[test]
    fn a_configured_tag_stays_though_it_equals_a_default_tag() {
        let prior = Value::from([("tags", Value::Map(map(&[("d", "x")])))]);
        assert_eq!(observed(&[("d", "x")], &[("d", "x")], &prior).0, Value::Map(map(&[("d", "x")])));
    }

    #[test]
    fn ignored_tags_and_tags_of_aws_are_not_shown() {
        let service = [("team-x", "1"), ("kube/y", "2"), ("aws:z", "3")];
        let (own, all) = observed(&service, &[], &Value::from([("tags", Value::Null)]));
        assert_eq!((own, all), (Value::Null, Value::object()));
    }

    #[test]
    fn a_configured_tag_that_is_ignored_stays_as_configured() {
        let prior = Value::from([("tags", Value::Map(map(&[("a", "1"), ("team-x", "mine")])))]);
        let (own, all) = observed(&[("a", "1"), ("team-x", "theirs")], &[], &prior);
        assert_eq!((&own, all), (prior.get("tags"), Value::Map(map(&[("a", "1")]))));
    }

    #[test]
    fn no_tags_keep_the_spelling_of_the_prior_state() {
        let (own, _) = observed(&[], &[], &Value::from([("tags", Value::object())]));
        assert_eq!(own, Value::object());
    }

    #[test]
    fn a_tag_set_outside_of_terraform_is_drift() {
        let prior = Value::from([("tags", Value::Map(map(&[("a", "1")])))]);
        assert_eq!(observed(&[("a", "2")], &[], &prior).0, Value::Map(map(&[("a", "2")])));
    }
}
