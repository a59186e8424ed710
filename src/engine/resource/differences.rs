//! The differences between a prior and a planned state: where they are, and what an update does about each.
//!
//! Knows no configuration, and decides nothing: `plan` does.

use std::collections::BTreeSet;

use crate::{
    definition::{Attribute, AttributeKind, Change, InPlaceOnly, Origin, Resource},
    engine::{
        common::rules,
        convert::{
            absence::{configurable, given, is_none},
            clearing::{is_removed, means_none, never_cleared},
            equality::{are_among, same},
            request::may_only_grow,
        },
    },
    schema::{Nesting, Usage},
    value::{Path, Step, Value},
};

/// One difference between the prior state and the planned state.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Difference {
    pub(crate) path: Path,
    pub(crate) change: Change,
    /// Both values mean "none" to the service: unset, empty, zero.
    pub(crate) idle: bool,
    /// A member of the API, not one of the provider's own attributes.
    pub(crate) member: bool,
    /// The value is removed, and no update clears it.
    pub(crate) uncleared: bool,
    /// No read shows the value, and the object was imported: the planned value is taken to be the one that it has.
    pub(crate) assumed: bool,
}

impl Difference {
    fn of_member(path: Path, change: Change) -> Self {
        Self { path, change, idle: false, member: true, uncleared: false, assumed: false }
    }

    /// True if the difference requires an update call or a replacement.
    pub(crate) fn needs_a_call(&self) -> bool {
        self.member && !self.idle && self.change != Change::SendOnly
    }
}

/// The differences between the states of an object, each with the innermost path that shows it. What the service does not
/// update in the prior state replaces the object.
pub(crate) fn of_object(resource: &Resource, prior: &Value, planned: &Value, imported: bool) -> Vec<Difference> {
    let provenance = Provenance::of(resource, imported);
    let mut found = differences(resource.attributes, prior, planned, provenance);
    for needs in resource.update_needs.iter().filter(|needs| !rules::holds(resource.attributes, prior, needs.when)) {
        let refused = |one: &&mut Difference| one.needs_a_call() && concerns(needs.of, prior, planned, &one.path);
        for one in found.iter_mut().filter(refused) {
            one.change = provenance.of_refused(resource, prior, planned, &one.path);
        }
    }
    found
}

/// True if a difference at the path changes one of the attributes to a known value, or if there are none: then every
/// difference counts. An unknown value destroys nothing; it is compared again before the apply.
fn concerns(attributes: &[&str], prior: &Value, planned: &Value, path: &Path) -> bool {
    attributes.is_empty()
        || attributes.iter().any(|name| {
            let Some(inner) = inner(path, &place(name)).cloned() else { return false };
            let after = planned.lookup(&inner);
            !after.is_unknown() && prior.lookup(&inner) != after
        })
}

/// The path of an attribute, whose name leads through blocks of one element.
fn place(name: &str) -> Path {
    let (first, inner) = name.split_once('.').map_or((name, None), |(first, inner)| (first, Some(inner)));
    let names = inner.into_iter().flat_map(|inner| inner.split('.'));
    names.fold(Path::attribute(first), |path, name| path.index(0).then(name))
}

/// The inner one of two paths of which one leads into the other; `None` if neither does.
fn inner<'a>(one: &'a Path, other: &'a Path) -> Option<&'a Path> {
    if one.steps().starts_with(other.steps()) {
        Some(one)
    } else {
        other.steps().starts_with(one.steps()).then_some(other)
    }
}

/// The differences inside a resource, each with the innermost path that shows it.
pub(crate) fn differences(
    attributes: &[Attribute],
    prior: &Value,
    planned: &Value,
    provenance: Provenance,
) -> Vec<Difference> {
    provenance.inside(attributes, prior, planned, &Path::root())
}

/// Where a prior state comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Provenance {
    /// From an apply: beside computed arguments, it holds what was configured and nothing that was left to the service.
    Applied,
    /// From an import that no apply has followed, or its private data was lost: it lacks what no read shows.
    Imported,
    /// From such an import of a job: it also holds what was left to the service, such as the metrics that an algorithm
    /// defines.
    ImportedJob,
}

impl Provenance {
    fn of(resource: &Resource, imported: bool) -> Self {
        match &resource.completion {
            _ if !imported => Self::Applied,
            Some(_) => Self::ImportedJob,
            None => Self::Imported,
        }
    }

    /// What a difference does that no update can make. What an import of a job shows beyond the configuration may have been
    /// left to the service.
    fn of_refused(self, resource: &Resource, prior: &Value, planned: &Value, path: &Path) -> Change {
        let attribute = resource
            .attributes
            .iter()
            .find(|attribute| matches!(path.steps().first(), Some(Step::Attribute(name)) if name == attribute.name));
        let is_left_out =
            |attribute: &Attribute| is_part_of(attribute, planned.get(attribute.name), prior.get(attribute.name));
        if self == Self::ImportedJob && attribute.is_some_and(is_left_out) { Change::SendOnly } else { Change::Replace }
    }

    fn inside(self, attributes: &[Attribute], prior: &Value, planned: &Value, path: &Path) -> Vec<Difference> {
        let differing = attributes.iter().filter(|attribute| {
            let (before, after) = (prior.get(attribute.name), planned.get(attribute.name));
            // States of other providers, or from before the resource had a region, do not hold the region; the object has
            // not moved.
            let has_no_region = attribute.origin == Origin::Region && before.is_null();
            !has_no_region && (before != after || !after.is_wholly_known())
        });
        let compared = differing.flat_map(|attribute| {
            self.compare(attribute, prior.get(attribute.name), planned.get(attribute.name), path.then(attribute.name))
        });
        compared.collect()
    }

    fn compare(self, attribute: &Attribute, before: &Value, after: &Value, path: Path) -> Vec<Difference> {
        if self == Self::ImportedJob && attribute.change == Change::Replace && is_part_of(attribute, after, before) {
            return vec![Difference::of_member(path, Change::SendOnly)];
        }
        if attribute.additions.is_some() {
            return vec![growth(attribute, before, after, path)];
        }
        let AttributeKind::Block { nesting: Nesting::List, attributes, .. } = &attribute.kind else {
            return self.as_a_whole(attribute, before, after, path);
        };
        if let Some((old, new)) = keys(attribute, before).zip(keys(attribute, after)).filter(|(old, new)| old != new)
            && !old.is_empty()
            && !new.is_empty()
        {
            let continued = new.iter().enumerate().filter_map(|(index, key)| {
                let earlier = old.iter().position(|old| old.is_some() && old == key)?;
                Some((earlier, index))
            });
            let moved = continued.flat_map(|(earlier, index)| {
                let mut found = self.inside(attributes, before.at(earlier), after.at(index), &path.index(index));
                // The value at the same position may be equal, and then Terraform ignores a more precise path.
                found.iter_mut().filter(|_| earlier != index).for_each(|difference| difference.path = path.clone());
                found
            });
            let is_other = old.iter().collect::<BTreeSet<_>>() != new.iter().collect::<BTreeSet<_>>();
            let members = is_other.then(|| Difference::of_member(path.clone(), attribute.change));
            return members.into_iter().chain(moved).collect();
        }
        if before.elements().len() == after.elements().len() && !after.is_unknown() {
            let pairs = before.elements().iter().zip(after.elements()).enumerate();
            return pairs
                .flat_map(|(index, (before, after))| self.inside(attributes, before, after, &path.index(index)))
                .collect();
        }
        self.as_a_whole(attribute, before, after, path)
    }

    /// The difference between two values that are compared as one, after what their removal does not clear.
    fn as_a_whole(self, attribute: &Attribute, before: &Value, after: &Value, path: Path) -> Vec<Difference> {
        let whole = self.whole(attribute, before, after, path);
        let clears = whole.change == Change::InPlace && !whole.idle && is_removed(attribute, before, after);
        let uncleared = if clears { never_cleared(attribute, before, &whole.path) } else { Vec::new() };
        let uncleared = uncleared.into_iter();
        let uncleared =
            uncleared.map(|path| Difference { uncleared: true, ..Difference::of_member(path, Change::InPlace) });
        uncleared.chain([whole]).collect()
    }

    fn whole(self, attribute: &Attribute, before: &Value, after: &Value, path: Path) -> Difference {
        let assumed = self != Self::Applied && is_not_shown(attribute) && is_not_in_the_state(attribute, before);
        let change = match attribute.change {
            _ if assumed || is_first_known(attribute, before) => Change::SendOnly,
            _ if is_left_to_the_service(attribute, after) => Change::SendOnly,
            Change::InPlace if self.replaces_by_its_members(attribute, before, after) => Change::Replace,
            Change::InPlace if !is_in_place(attribute, before, after) => Change::Replace,
            change => change,
        };
        let member = matches!(
            attribute.origin,
            Origin::Member(_) | Origin::MapKey | Origin::MapValue | Origin::WriteOnlyVersion
        );
        let idle = (means_none(attribute, before) && means_none(attribute, after))
            || is_empty_block_removed(attribute, before, after)
            || (after.is_wholly_known() && given(attribute, before) == given(attribute, after));
        Difference { path, change, idle, member, uncleared: false, assumed: assumed && !idle }
    }

    /// True if a block of one structure is added or removed that contains a value which only a create call accepts.
    fn replaces_by_its_members(self, attribute: &Attribute, before: &Value, after: &Value) -> bool {
        let AttributeKind::Block { single: true, attributes, .. } = &attribute.kind else { return false };
        let structure = |block: &Value| if let Value::Map(_) = block { block.clone() } else { block.at(0).clone() };
        let inner = self.inside(attributes, &structure(before), &structure(after), &Path::root());
        inner.iter().any(|one| one.change == Change::Replace && !one.idle)
    }
}

/// True if a value is all of another, or some of its blocks, arguments and keys: what else the other one has may have been left
/// to the service. Reads of a job leave out the same (`Prior::Job`).
fn is_part_of(attribute: &Attribute, part: &Value, whole: &Value) -> bool {
    match (&attribute.kind, part, whole) {
        _ if part.is_unset() => true,
        (AttributeKind::Block { attributes, .. }, Value::List(part), Value::List(whole)) => {
            let is_part = |element: &Value, other: &Value| {
                attributes.iter().all(|inner| is_part_of(inner, element.get(inner.name), other.get(inner.name)))
            };
            are_among(part, whole, is_part)
        }
        (AttributeKind::Block { attributes, .. }, Value::Map(_), Value::Map(_)) => {
            attributes.iter().all(|inner| is_part_of(inner, part.get(inner.name), whole.get(inner.name)))
        }
        (AttributeKind::Plain { .. }, Value::Map(part), Value::Map(_)) => {
            part.iter().all(|(key, value)| value == whole.get(key))
        }
        _ => same(attribute, part, whole),
    }
}

/// True if the service never returns a value that only a create call accepts.
fn is_not_shown(attribute: &Attribute) -> bool {
    attribute.on_create && !attribute.observed && attribute.change == Change::Replace
}

/// True if an import has left the value out of the state, or set it to the default.
fn is_not_in_the_state(attribute: &Attribute, before: &Value) -> bool {
    is_none(attribute, before) || attribute.default.is_some_and(|default| default.value() == *before)
}

/// True if every object has the value and the state does not hold it, as after an import by an earlier version: then the
/// configured value is assumed.
fn is_first_known(attribute: &Attribute, before: &Value) -> bool {
    attribute.usage == Usage::Required && is_not_shown(attribute) && before.is_null()
}

/// True if the configuration no longer has a block that the service fills in and that no update can clear.
fn is_left_to_the_service(attribute: &Attribute, after: &Value) -> bool {
    attribute.filled_in && !attribute.is_clearable() && !after.is_unknown() && after.elements().is_empty()
}

/// True if a block is removed in which nothing was set, though something could be: nothing has to be cleared. An import
/// shows such a block where the service returns an empty structure.
fn is_empty_block_removed(attribute: &Attribute, before: &Value, after: &Value) -> bool {
    let removed =
        matches!(attribute.kind, AttributeKind::Block { .. }) && !after.is_unknown() && after.elements().is_empty();
    removed && !attribute.attributes().is_empty() && before.is_unset()
}

/// The difference of a list to which elements can only be added.
fn growth(attribute: &Attribute, before: &Value, after: &Value, path: Path) -> Difference {
    let [before, after] = [before, after].map(|value| given(attribute, &configurable(attribute, value)));
    // An unknown value destroys nothing; it is compared again before the apply.
    let in_place = after.is_unknown() || may_only_grow(attribute, &before, &after);
    let change = if in_place { Change::InPlace } else { Change::Replace };
    let idle = after.is_wholly_known() && in_place && may_only_grow(attribute, &after, &before);
    Difference { idle, ..Difference::of_member(path, change) }
}

/// The keys of the elements, each `None` if it is not known; `None` if they do not identify the elements.
fn keys<'a>(attribute: &Attribute, list: &'a Value) -> Option<Vec<Option<&'a str>>> {
    let name = attribute.key.filter(|_| !list.is_unknown())?;
    let keys = list.elements().iter().map(|element| match element.get(name) {
        _ if element.is_unknown() => Some(None),
        Value::Unknown(_) => Some(None),
        key => key.as_str().map(Some),
    });
    let keys: Vec<Option<&str>> = keys.collect::<Option<_>>()?;
    let known: Vec<&str> = keys.iter().copied().flatten().collect();
    let distinct = known.iter().collect::<BTreeSet<_>>().len() == known.len();
    distinct.then_some(keys)
}

/// True if an update can make this change of a value that updates can change. An unknown value destroys nothing.
fn is_in_place(attribute: &Attribute, before: &Value, after: &Value) -> bool {
    match attribute.in_place_only {
        None => true,
        Some(_) if after.is_unknown() => true,
        Some(InPlaceOnly::FromUnset) => is_none(attribute, before),
        Some(InPlaceOnly::Increase) => {
            numbers(before).zip(numbers(after)).is_none_or(|(before, after)| before <= after)
        }
        Some(InPlaceOnly::Between(pairs)) => {
            before.as_str().zip(after.as_str()).is_none_or(|(before, after)| pairs.contains(&(before, after)))
        }
    }
}

/// A number, or a version such as `1.2.3`, as numbers; `None` for any other form.
fn numbers(value: &Value) -> Option<Vec<u64>> {
    value.to_text().split('.').map(|number| number.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::resource;

    fn group(name: &str, kind: &str, count: i64) -> Value {
        Value::from([
            ("instance_group_name", name.into()),
            ("instance_type", kind.into()),
            ("instance_count", count.into()),
        ])
    }

    fn differing(before: Vec<Value>, after: Vec<Value>) -> Vec<(String, Change)> {
        let cluster = resource("sagemaker_cluster").expect("a resource of ours");
        let state = |groups: Vec<Value>| Value::from([("instance_groups", Value::List(groups))]);
        let found = differences(cluster.attributes, &state(before), &state(after), Provenance::Applied);
        found.into_iter().map(|one| (one.path.to_string(), one.change)).collect()
    }

    #[test]
    fn named_elements_are_compared_by_name_at_any_position() {
        let (a, b) = (|| group("a", "ml.m5.large", 1), || group("b", "ml.g5.xlarge", 2));
        assert_eq!(differing(vec![a(), b()], vec![b(), a()]), []);
        let scaled = group("b", "ml.g5.xlarge", 3);
        assert_eq!(
            differing(vec![a(), b()], vec![scaled.clone(), a()]),
            [("instance_groups".to_owned(), Change::InPlace)]
        );
        assert_eq!(
            differing(vec![a(), b()], vec![a(), scaled]),
            [("instance_groups[1].instance_count".to_owned(), Change::InPlace)]
        );
    }

    #[test]
    fn a_removed_block_in_which_nothing_was_set_needs_no_call() {
        let definition = resource("sagemaker_app_image_config").expect("a resource of ours");
        let state = |settings: Vec<Value>| Value::from([("jupyter_lab_image_config", Value::List(settings))]);
        let calls = |before: Value, after: Value| {
            differences(definition.attributes, &before, &after, Provenance::Applied)
                .iter()
                .any(Difference::needs_a_call)
        };
        assert!(!calls(state(vec![Value::object()]), state(vec![])));
        assert!(calls(state(vec![]), state(vec![Value::object()])));
    }

    /// How a list that only grows changes, whose elements have these names and values. What is not given is unknown, as a
    /// computed member of a new element is.
    fn growing(type_name: &str, list: &str, members: [&'static str; 2], after: &[(&str, &str)]) -> (Change, bool) {
        let definition = resource(type_name).expect("a resource of ours");
        let attribute = definition.attributes.iter().find(|attribute| attribute.name == list).expect("its list");
        let element = |(name, value): &(&str, &str)| {
            let rest = attribute.attributes().iter().map(|inner| (inner.name.to_owned(), Value::Null));
            let mut element = Value::Map(rest.collect());
            for (member, text) in members.into_iter().zip([name, value]) {
                element.insert(member, if text.is_empty() { Value::unknown() } else { (*text).into() });
            }
            element
        };
        let state =
            |elements: &[(&str, &str)]| Value::from([(list, Value::List(elements.iter().map(element).collect()))]);
        let attributes = std::slice::from_ref(attribute);
        let found = differences(attributes, &state(&[("a", "1"), ("b", "1")]), &state(after), Provenance::Applied);
        found.first().map_or((Change::InPlace, true), |one| (one.change, one.idle))
    }

    #[test]
    fn only_new_elements_of_a_growing_list_are_in_place() {
        let growing = |after: &[(&str, &str)]| {
            growing("sagemaker_feature_group", "feature_definition", ["feature_name", "feature_type"], after)
        };
        assert_eq!(growing(&[("a", "1"), ("b", "1"), ("c", "")]), (Change::InPlace, false));
        assert_eq!(growing(&[("c", ""), ("b", "1"), ("a", "1")]), (Change::InPlace, false));
        assert_eq!(growing(&[("b", "1"), ("a", "1")]), (Change::InPlace, true));
        // Whatever else is unknown or added, these are changes.
        assert_eq!(growing(&[("a", "2"), ("b", "1"), ("c", "")]), (Change::Replace, false));
        assert_eq!(growing(&[("a", "1"), ("c", "")]), (Change::Replace, false));
        assert_eq!(growing(&[("a", "2"), ("b", "1"), ("", "")]), (Change::Replace, false));
        assert_eq!(growing(&[("a", "1"), ("", "")]), (Change::InPlace, false));
    }

    #[test]
    fn new_elements_without_a_key_stand_behind_the_others() {
        let stages = |names: &[&str]| -> Vec<Value> {
            names.iter().map(|name| Value::from([("stage_name", (*name).into())])).collect()
        };
        let plan = resource("sagemaker_edge_deployment_plan").expect("a resource of ours");
        let change = |before: &[&str], after: &[&str]| {
            let [before, after] = [before, after].map(|names| Value::from([("stages", Value::List(stages(names)))]));
            differences(plan.attributes, &before, &after, Provenance::Applied).first().map(|one| one.change)
        };
        assert_eq!(change(&["a", "b"], &["a", "b", "c"]), Some(Change::InPlace));
        for moved in [&["b", "a"][..], &["c", "a", "b"], &["a", "c", "b"], &["a"]] {
            assert_eq!(change(&["a", "b"], moved), Some(Change::Replace), "{moved:?}");
        }
    }

    #[test]
    fn an_element_of_an_unknown_name_may_be_any_or_a_new_one() {
        let (a, b) = (group("a", "ml.m5.large", 1), group("b", "ml.g5.xlarge", 2));
        let mut unknown = group("a", "ml.m5.xlarge", 1);
        unknown.insert("instance_group_name", Value::unknown());
        assert_eq!(differing(vec![a, b.clone()], vec![unknown, b]), [("instance_groups".to_owned(), Change::InPlace)]);
    }

    #[test]
    fn a_change_that_no_update_can_make_replaces_the_object() {
        let change = |type_name: &str, attribute: &'static str, before: Value, after: Value| {
            let definition = resource(type_name).expect("a resource of ours");
            let [before, after] = [before, after].map(|value| Value::from([(attribute, value)]));
            differences(definition.attributes, &before, &after, Provenance::Applied).first().map(|one| one.change)
        };
        let vpc = |before: Value, after: Value| change("sagemaker_domain", "vpc_id", before, after);
        assert_eq!(vpc(Value::Null, "vpc-1".into()), Some(Change::InPlace));
        assert_eq!(vpc("vpc-1".into(), "vpc-2".into()), Some(Change::Replace));
        assert_eq!(vpc("vpc-1".into(), Value::unknown()), Some(Change::InPlace));
        let file_system =
            |before: Value, after: Value| change("sagemaker_domain", "home_efs_file_system_creation", before, after);
        assert_eq!(file_system("Disabled".into(), "Enabled".into()), Some(Change::InPlace));
        assert_eq!(file_system("Enabled".into(), "Disabled".into()), Some(Change::Replace));
        let volume =
            |before: i64, after: i64| change("sagemaker_notebook_instance", "volume_size", before.into(), after.into());
        assert_eq!((volume(5, 6), volume(6, 5)), (Some(Change::InPlace), Some(Change::Replace)));
        let version = |before: &str, after: &str| {
            change("sagemaker_cluster_extension", "extension_version", before.into(), after.into())
        };
        assert_eq!(version("1.9.0", "1.10.0"), Some(Change::InPlace));
        assert_eq!(version("1.10.0", "1.9.0"), Some(Change::Replace));
        assert_eq!(version("latest", "1.9.0"), Some(Change::InPlace));
    }

    #[test]
    fn an_element_with_another_name_is_another_element() {
        let (a, b) = (group("a", "ml.m5.large", 1), group("b", "ml.g5.xlarge", 2));
        assert_eq!(differing(vec![a.clone()], vec![b]), [("instance_groups".to_owned(), Change::InPlace)]);
        let retyped = group("a", "ml.m5.xlarge", 1);
        assert_eq!(
            differing(vec![a], vec![retyped]),
            [("instance_groups[0].instance_type".to_owned(), Change::Replace)]
        );
    }
}
