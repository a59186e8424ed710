//! A finished job never runs again because of what the service adds to it: for each job, whatever a configuration leaves
//! unset, at every depth.

use fastrand::Rng;

use super::{
    import::imported,
    random::{configuration, context, created_with_reply},
};
use crate::{
    definition::{Attribute, AttributeKind, Change, Origin, RESOURCES, Resource},
    engine::{
        configuration::context::Context,
        convert::{absence::empty, reply::observe},
        resource::{
            differences::{Provenance, differences},
            import::prior,
            plan::plan,
            unknowns::known_object,
        },
    },
    schema::{Nesting, Usage},
    value::{Map, Path, Value},
};

/// `config` without some of its optional arguments and some keys of its maps.
fn reduced(attributes: &[Attribute], config: &Value, rng: &mut Rng) -> Value {
    let members = attributes.iter().map(|attribute| {
        let value = config.get(attribute.name);
        let optional = attribute.usage.is_settable() && attribute.usage != Usage::Required;
        let is_left = optional && attribute.default.is_none() && attribute.change == Change::Replace;
        let is_named = matches!(attribute.origin, Origin::MapKey | Origin::Region | Origin::NamePrefix);
        let value = match value {
            _ if is_left && !is_named && rng.bool() => empty(attribute),
            Value::Map(entries) if attribute.attributes().is_empty() && attribute.change == Change::Replace => {
                let kept: Map =
                    entries.iter().filter(|_| rng.bool()).map(|(key, one)| (key.clone(), one.clone())).collect();
                Value::Map(kept)
            }
            Value::List(elements) if !attribute.attributes().is_empty() => {
                let elements = elements.iter().map(|element| reduced(attribute.attributes(), element, rng)).collect();
                let is_set = matches!(
                    attribute.kind,
                    AttributeKind::Block { nesting: Nesting::Set, .. } | AttributeKind::Objects { set: true, .. }
                );
                if is_set { Value::set(elements) } else { Value::List(elements) }
            }
            value => value.clone(),
        };
        (attribute.name.to_owned(), value)
    });
    Value::Map(members.collect())
}

/// Calls `check` with each job, a configuration, one that sets more, and the description of the job with more.
fn for_each_job(mut check: impl FnMut(&'static Resource, &Value, &Value, &Value)) {
    for resource in RESOURCES.iter().filter(|resource| resource.completion.is_some()) {
        for seed in 0..60 {
            let rng = &mut Rng::with_seed(seed);
            let more = configuration(resource.attributes, rng, 0);
            let config = reduced(resource.attributes, &more, rng);
            let planned = plan(resource, None, &context(), &Value::Null, &more).planned;
            let reply = created_with_reply(resource, None, &planned, rng).1;
            check(resource, &config, &more, &reply);
        }
    }
}

#[test]
fn what_a_configuration_leaves_unset_is_no_drift_of_a_job() {
    for_each_job(|resource, config, _, reply| {
        let planned = plan(resource, None, &context(), &Value::Null, config).planned;
        let state = created_with_reply(resource, None, &planned, &mut Rng::with_seed(1)).0;
        let mut refreshed = observe(resource.attributes, reply, prior(resource, &state));
        for kept in ["id", "region", "tags", "tags_all"] {
            refreshed.insert(kept, state.get(kept).clone());
        }
        let draft = plan(resource, None, &context(), &refreshed, config);
        assert_eq!(draft.requires_replace, [], "{}: {config}", resource.type_name);
    });
}

#[test]
fn what_a_configuration_leaves_unset_does_not_replace_an_imported_job() {
    for_each_job(|resource, config, more, reply| {
        let state = imported(resource, reply);
        let after_import = Context { imported: true, ..context() };
        let draft = |config| plan(resource, None, &after_import, &state, config);
        // Random values have forms that no import shows again.
        let forms = draft(more).requires_replace;
        let drafted = draft(config);
        let replacing: Vec<_> = drafted.requires_replace.iter().filter(|path| !forms.contains(path)).collect();
        assert_eq!(replacing, Vec::<&Path>::new(), "{}: {config}", resource.type_name);
        if !drafted.requires_replace.is_empty() {
            return;
        }
        // Nor does the plan after the apply that saves the configuration.
        let saved = known_object(resource.attributes, &drafted.planned);
        let refreshed = observe(resource.attributes, reply, prior(resource, &saved));
        let again = differences(resource.attributes, &refreshed, &drafted.planned, Provenance::Applied);
        let again: Vec<_> = again.into_iter().filter(|one| one.change == Change::Replace && !one.idle).collect();
        assert!(again.iter().all(|one| one.path == Path::attribute("region")), "{}: {again:?}", resource.type_name);
    });
}
