//! Property tests of every resource, its special file included, with random configurations: Terraform's own rules (see
//! `oracle`) and the guarantee that a plan shows no spurious changes. For tests only.

pub(crate) mod oracle;
mod unknowns;
mod values;

use fastrand::Rng;

use self::oracle::{compatible, plan_valid};
use crate::{
    definition::{Attribute, AttributeKind, Origin, RESOURCES, Resource, service::ShapeKind},
    diag::{Diagnostics, Severity},
    engine::{
        Draft, Special,
        tests::steps::{
            self, Context, Prior, Provenance, blank, configuration, context, create_input, differences, fill_unknowns,
            is_none, known_object, made_known, without_empty,
        },
    },
    schema::{Nesting, Usage},
    special::SPECIALS,
    value::{Path, Value},
};

/// Random configurations per resource and law.
const CASES: u64 = 150;

fn for_each_case(law: impl Fn(&'static Resource, &mut Rng)) {
    for resource in RESOURCES {
        for seed in 0..CASES {
            let run = std::panic::AssertUnwindSafe(|| law(resource, &mut Rng::with_seed(seed)));
            if let Err(panic) = std::panic::catch_unwind(run) {
                eprintln!("law broken for {} with seed {seed}", resource.type_name);
                std::panic::resume_unwind(panic);
            }
        }
    }
}

fn special(resource: &Resource) -> Option<&'static dyn Special> {
    SPECIALS.iter().find(|(type_name, _)| *type_name == resource.type_name).map(|(_, special)| *special)
}

fn plan<'a>(resource: &Resource, context: &Context, prior: &'a Value, config: &'a Value) -> Draft<'a> {
    steps::plan(resource, special(resource), context, prior, config)
}

fn validate(resource: &Resource, config: &Value, strict_enums: bool) -> Diagnostics {
    let mut diagnostics = steps::validate(resource, config, strict_enums);
    if let Some(special) = special(resource) {
        special.validate(config, &mut diagnostics);
    }
    diagnostics
}

fn observe(resource: &Resource, reply: &Value, prior: Prior<'_>) -> Value {
    let mut state = steps::observe(resource.attributes, reply, prior);
    if let Some(special) = special(resource) {
        special.observe(reply, &mut state);
    }
    state
}

/// The state after a create whose reply repeats the input, and that reply.
fn created_with_reply(resource: &Resource, planned: &Value, rng: &mut Rng) -> (Value, Value) {
    steps::created_with_reply(resource, special(resource), planned, rng)
}

fn created(resource: &Resource, planned: &Value, rng: &mut Rng) -> Value {
    created_with_reply(resource, planned, rng).0
}

fn assert_same(resource: &Resource, before: &Value, after: &Value) {
    let differences = differences(resource.attributes, before, after, Provenance::Applied).into_iter();
    let texts: Vec<String> = differences
        .map(|difference| {
            let path = difference.path;
            format!("{path}: {} became {}", before.lookup(&path), after.lookup(&path))
        })
        .collect();
    assert_eq!(texts, Vec::<String>::new());
}

#[test]
fn terraform_accepts_every_plan_of_a_new_object() {
    for_each_case(|resource, rng| {
        let config = configuration(resource.attributes, rng, 15);
        let draft = plan(resource, &context(), &Value::Null, &config);
        assert_eq!(plan_valid(&resource.schema().block, &Value::Null, &config, &draft.planned), Vec::<String>::new());
    });
}

#[test]
fn a_plan_with_unknown_values_holds_once_they_are_known() {
    for_each_case(|resource, rng| {
        let config = configuration(resource.attributes, rng, 30);
        let first = plan(resource, &context(), &Value::Null, &config).planned;
        let config = made_known(resource.attributes, &config, rng);
        let second = plan(resource, &context(), &Value::Null, &config).planned;
        let second = fill_unknowns(resource.attributes, &second, &known_object(resource.attributes, &second));
        assert_eq!(compatible(&resource.schema().block, &first, &second), Vec::<String>::new());
    });
}

#[test]
fn terraform_accepts_every_result_of_a_create_and_plans_nothing_after_it() {
    for_each_case(|resource, rng| {
        let config = configuration(resource.attributes, rng, 0);
        let planned = plan(resource, &context(), &Value::Null, &config).planned;
        let state = created(resource, &planned, rng);
        assert_eq!(compatible(&resource.schema().block, &planned, &state), Vec::<String>::new());
        let again = plan(resource, &context(), &state, &config);
        assert_same(resource, &state, &again.planned);
        assert_eq!(again.requires_replace, vec![]);
    });
}

#[test]
fn a_refresh_after_a_create_shows_no_drift() {
    for_each_case(|resource, rng| {
        // The service's defaults replace empty values; another test covers that.
        let config = without_empty(resource.attributes, &configuration(resource.attributes, rng, 0));
        let planned = plan(resource, &context(), &Value::Null, &config).planned;
        let (state, reply) = created_with_reply(resource, &planned, rng);
        assert_same(resource, &state, &observe(resource, &reply, Prior::State(&state)));
    });
}

#[test]
fn terraform_accepts_every_plan_of_an_update() {
    for_each_case(|resource, rng| {
        let config = configuration(resource.attributes, rng, 0);
        let planned = plan(resource, &context(), &Value::Null, &config).planned;
        let state = created(resource, &planned, rng);
        let config = configuration(resource.attributes, rng, 15);
        let draft = plan(resource, &context(), &state, &config);
        assert_eq!(plan_valid(&resource.schema().block, &state, &config, &draft.planned), Vec::<String>::new());
        for path in &draft.requires_replace {
            assert_ne!(state.lookup(path), draft.planned.lookup(path), "{path} is the same before and after");
        }
    });
}

#[test]
fn planning_is_deterministic() {
    for_each_case(|resource, rng| {
        let config = configuration(resource.attributes, rng, 15);
        let one = plan(resource, &context(), &Value::Null, &config).planned;
        assert_eq!(one, plan(resource, &context(), &Value::Null, &config).planned);
    });
}

/// The empty value of an argument's type, if there is one.
fn empty_of(attribute: &Attribute) -> Option<Value> {
    match &attribute.kind {
        AttributeKind::Objects { .. } => Some(Value::List(Vec::new())),
        AttributeKind::Block { .. } => None,
        AttributeKind::Plain { shape, .. } => match shape.kind {
            ShapeKind::String { .. } | ShapeKind::Timestamp => Some("".into()),
            ShapeKind::List { .. } => Some(Value::List(Vec::new())),
            ShapeKind::Map { .. } => Some(Value::object()),
            _ => None,
        },
    }
}

/// True if a module may pass an empty value instead of null.
fn may_be_written_empty(resource: &Resource, attribute: &Attribute, path: &Path) -> bool {
    let at_top = path.steps().is_empty();
    let addresses = attribute.origin == Origin::Region
        || attribute.member().is_some_and(|member| resource.identity.members.contains(&member));
    match attribute.usage {
        Usage::Optional => true,
        Usage::OptionalComputed => !(at_top && addresses),
        Usage::Required | Usage::Computed => false,
    }
}

/// The configuration with an empty value instead of each null that the service does not accept as empty.
fn with_empty(resource: &Resource, attributes: &[Attribute], config: &Value, path: &Path) -> Value {
    let members = attributes.iter().map(|attribute| {
        let value = config.get(attribute.name);
        let empty = empty_of(attribute).filter(|empty| is_none(attribute, empty));
        let inside = |value: &Value| with_empty(resource, attribute.attributes(), value, &path.then(attribute.name));
        let value = match (value, empty) {
            (Value::Null, Some(empty)) if may_be_written_empty(resource, attribute, path) => empty,
            (Value::List(elements), _) if !attribute.attributes().is_empty() => {
                let elements: Vec<Value> = elements.iter().map(inside).collect();
                let is_set = matches!(
                    attribute.kind,
                    AttributeKind::Block { nesting: Nesting::Set, .. } | AttributeKind::Objects { set: true, .. }
                );
                if is_set { Value::set(elements) } else { Value::List(elements) }
            }
            (value @ Value::Map(_), _) if !attribute.attributes().is_empty() => inside(value),
            _ => value.clone(),
        };
        (attribute.name.to_owned(), value)
    });
    Value::Map(members.collect())
}

/// Asserts that the service is not called and nothing is replaced.
fn assert_idle(resource: &Resource, prior: &Value, config: &Value) {
    let draft = plan(resource, &context(), prior, config);
    let calls = differences(resource.attributes, prior, &draft.planned, Provenance::Applied).into_iter();
    let calls: Vec<String> =
        calls.filter(|difference| difference.needs_a_call()).map(|difference| difference.path.to_string()).collect();
    assert_eq!((calls, draft.requires_replace), (Vec::new(), Vec::new()));
}

#[test]
fn empty_values_are_planned_sent_and_compared_as_null() {
    for_each_case(|resource, rng| {
        let with_nulls = without_empty(resource.attributes, &configuration(resource.attributes, rng, 0));
        let with_empty = with_empty(resource, resource.attributes, &with_nulls, &Path::root());
        let planned = |config: &Value| plan(resource, &context(), &Value::Null, config).planned;
        let (one, other) = (planned(&with_nulls), planned(&with_empty));
        let body = |planned: &Value| create_input(resource, &without_empty(resource.attributes, planned));
        assert_eq!(body(&one), body(&other));

        let seed = rng.u64(..);
        let (null_state, _) = created_with_reply(resource, &one, &mut Rng::with_seed(seed));
        let (empty_state, reply) = created_with_reply(resource, &other, &mut Rng::with_seed(seed));
        let refreshed = observe(resource, &reply, Prior::State(&empty_state));
        for state in [&null_state, &empty_state, &refreshed] {
            assert_idle(resource, state, &with_nulls);
            assert_idle(resource, state, &with_empty);
        }
        assert_same(resource, &refreshed, &plan(resource, &context(), &refreshed, &with_empty).planned);
    });
}

/// Called with each argument, its path, and a function that builds a configuration with only this argument set.
type Visit<'a> = dyn FnMut(&Attribute, &Path, &dyn Fn(Value) -> Value) + 'a;

fn for_each_argument(attributes: &[Attribute], path: &Path, around: &dyn Fn(Value) -> Value, visit: &mut Visit<'_>) {
    for attribute in attributes.iter().filter(|attribute| attribute.usage != Usage::Computed) {
        let here = |value: Value| {
            let mut whole = known_object(attributes, &Value::object());
            whole.insert(attribute.name, value);
            around(whole)
        };
        let path = path.then(attribute.name);
        visit(attribute, &path, &here);
        match &attribute.kind {
            AttributeKind::Block { nesting: Nesting::Single, attributes, .. } => {
                for_each_argument(attributes, &path, &here, visit);
            }
            AttributeKind::Block { attributes, .. } | AttributeKind::Objects { attributes, .. } => {
                let listed = |element: Value| here(Value::List(vec![element]));
                for_each_argument(attributes, &path.index(0), &listed, visit);
            }
            AttributeKind::Plain { .. } => {}
        }
    }
}

#[test]
fn an_empty_value_is_validated_as_null_and_refused_where_one_is_required() {
    for resource in RESOURCES {
        for_each_argument(resource.attributes, &Path::root(), &|whole| whole, &mut |attribute, path, with| {
            let Some(empty) = empty_of(attribute).filter(|empty| is_none(attribute, empty)) else { return };
            let of = |value: Value| validate(resource, &with(value), true);
            let around = Path::root();
            let around = if path.steps().len() == 1 { &around } else { path };
            if may_be_written_empty(resource, attribute, around) {
                assert_eq!(of(empty), of(Value::Null), "{} {path}", resource.type_name);
            } else {
                let texts: Vec<String> =
                    of(empty).iter().map(|one| format!("{}: {}", one.summary, one.detail)).collect();
                let refused = |text: &String| text.contains(attribute.name) && text.contains("must not be empty");
                assert!(texts.iter().any(refused), "{} {path}: {texts:?}", resource.type_name);
            }
        });
    }
}

#[test]
fn null_is_refused_where_a_value_is_required() {
    for resource in RESOURCES {
        for_each_argument(resource.attributes, &Path::root(), &|whole| whole, &mut |attribute, path, with| {
            // Elements of sets have no index.
            let plain = |text: &str| text.replace("[0]", "");
            let missing = format!("Missing `{}`:", plain(&path.to_string()));
            let mut refusals = errors(resource, &with(Value::Null));
            refusals.extend(texts_of(&steps::validate_create(resource, &with(Value::Null))));
            let refused = refusals.iter().any(|text| plain(text).starts_with(&missing));
            assert_eq!(refused, attribute.usage == Usage::Required, "{} {path}", resource.type_name);
        });
    }
}

/// The validation errors of a configuration.
fn errors(resource: &Resource, config: &Value) -> Vec<String> {
    texts_of(&validate(resource, config, false))
}

/// The texts of the errors.
fn texts_of(diagnostics: &Diagnostics) -> Vec<String> {
    let errors = diagnostics.iter().filter(|one| one.severity == Severity::Error);
    errors.map(|one| format!("{}: {}", one.summary, one.detail)).collect()
}

#[test]
fn a_value_that_an_enumeration_does_not_list_is_an_error_only_where_it_cannot_grow() {
    for resource in RESOURCES {
        for_each_argument(resource.attributes, &Path::root(), &|whole| whole, &mut |attribute, path, with| {
            let AttributeKind::Plain { shape, .. } = &attribute.kind else { return };
            let (values, listed) = match &shape.kind {
                ShapeKind::List { element, .. } => (element.values(), true),
                _ => (shape.values(), false),
            };
            if values.is_empty() {
                return;
            }
            let value = |text: &str| if listed { Value::List(vec![text.into()]) } else { text.into() };
            // A value without the format of an instance type is invalid.
            let new = if values.iter().any(|known| known.starts_with("ml.")) {
                "ml.new9.large"
            } else {
                "NewerThanTheProvider"
            };
            // A rule may be about one of the listed values.
            let refused = errors(resource, &with(value(new)));
            let same = values.iter().any(|known| errors(resource, &with(value(known))) == refused);
            assert_eq!(same, !attribute.closed, "{} {path}", resource.type_name);
        });
    }
}

#[test]
fn the_generated_configuration_of_an_import_is_valid_and_plans_nothing() {
    for_each_case(|resource, rng| {
        let config = without_empty(resource.attributes, &configuration(resource.attributes, rng, 0));
        let planned = plan(resource, &context(), &Value::Null, &config).planned;
        let (_, reply) = created_with_reply(resource, &planned, rng);
        let mut imported = observe(resource, &reply, Prior::Address(&blank(resource)));
        if resource.tags.is_some() {
            imported.insert("tags_all", Value::object());
        }
        let generated = generated(resource.attributes, &imported);
        let planned = plan(resource, &Context::default(), &imported, &generated).planned;
        assert_same(resource, &imported, &planned);
    });
}

/// The configuration that Terraform generates from a state: all settable arguments except sensitive ones.
fn generated(attributes: &[Attribute], state: &Value) -> Value {
    let members = attributes.iter().map(|attribute| {
        let value = state.get(attribute.name);
        let value = match (&attribute.kind, value) {
            (AttributeKind::Plain { .. } | AttributeKind::Objects { .. }, _)
                if attribute.sensitive || attribute.usage == Usage::Computed =>
            {
                Value::Null
            }
            (AttributeKind::Block { nesting, attributes, .. }, Value::List(elements)) => {
                let elements = elements.iter().map(|element| generated(attributes, element)).collect();
                if *nesting == Nesting::Set { Value::set(elements) } else { Value::List(elements) }
            }
            (AttributeKind::Block { attributes, .. }, Value::Map(_)) => generated(attributes, value),
            _ => value.clone(),
        };
        (attribute.name.to_owned(), value)
    });
    Value::Map(members.collect())
}
