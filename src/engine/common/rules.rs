//! Rules between the arguments of a configuration, as definitions declare them.
//!
//! Unknown values break no rule. The callers decide when rules are checked.

use crate::{
    definition::{Attribute, AttributeKind, Bounds, Check, Resource, Rule, Test, When},
    diag::{Diagnostic, Diagnostics, argument},
    engine::convert::absence::is_none,
    value::{Path, Value},
};

/// Checks the rules of every configuration.
pub(crate) fn of_any(attributes: &[Attribute], rules: &[Rule], config: &Value) -> Diagnostics {
    check(attributes, rules.iter().filter(|rule| !rule.on_create), config)
}

/// Checks the additional rules for creating an object. An existing object may break them: an import shows what the
/// service fills in beside what was configured.
pub(crate) fn of_create(resource: &Resource, config: &Value) -> Diagnostics {
    check(resource.attributes, resource.rules.iter().filter(|rule| rule.on_create), config)
}

fn check<'a>(attributes: &[Attribute], rules: impl Iterator<Item = &'a Rule>, config: &Value) -> Diagnostics {
    let whole = Scope { attributes, value: config, path: Path::root() };
    let mut diagnostics = Diagnostics::new();
    for rule in rules {
        let within: Vec<&str> = rule.within.into_iter().flat_map(|within| within.split('.')).collect();
        for place in whole.inside(&within) {
            if rule.when.is_none_or(|when| place.satisfies(when)) {
                diagnostics.extend(broken(rule, &place, &whole));
            }
        }
    }
    diagnostics
}

/// True if a condition is known to hold for the values of an object.
pub(crate) fn holds(attributes: &[Attribute], values: &Value, condition: When) -> bool {
    Scope { attributes, value: values, path: Path::root() }.satisfies(condition)
}

/// One object of a configuration: the configuration itself, or an element of a block.
pub(crate) struct Scope<'a> {
    pub(crate) attributes: &'a [Attribute],
    pub(crate) value: &'a Value,
    pub(crate) path: Path,
}

impl<'a> Scope<'a> {
    /// The elements of the blocks at a path of names.
    fn inside(&self, within: &[&str]) -> Vec<Scope<'a>> {
        let [first, rest @ ..] = within else {
            return vec![Scope { attributes: self.attributes, value: self.value, path: self.path.clone() }];
        };
        let block = self.attributes.iter().find(|attribute| attribute.name == *first);
        let attributes = block.map_or(&[][..], Attribute::attributes);
        let path = self.path.then(first);
        let elements = self.value.get(first).elements().iter().enumerate();
        let places = elements.map(|(index, value)| Scope { attributes, value, path: path.index(index) });
        places.flat_map(|place| place.inside(rest)).collect()
    }

    /// The argument at a name, which may lead through blocks of at most one element.
    fn argument(&self, name: &str) -> Argument<'a> {
        let mut argument = Argument { attribute: None, value: self.value, path: self.path.clone() };
        for (depth, step) in name.split('.').enumerate() {
            let level = argument.attribute.map_or(self.attributes, |block| block.attributes());
            if depth > 0 && matches!(argument.value, Value::List(_)) {
                argument = Argument { value: argument.value.at(0), path: argument.path.index(0), ..argument };
            }
            argument.attribute = level.iter().find(|attribute| attribute.name == step);
            // What is in an unknown block is unknown.
            if !argument.value.is_unknown() {
                argument.value = argument.value.get(step);
            }
            argument.path = argument.path.then(step);
        }
        argument
    }

    /// True if the condition of a rule is known to hold.
    fn satisfies(&self, when: When) -> bool {
        let argument = self.argument(when.name);
        !argument.value.is_unknown()
            && match when.test {
                Test::Set => argument.is_given(),
                Test::Is(values) => argument.is_given() && argument.is_one_of(values),
                Test::IsNot(values) => !argument.is_given() || !argument.is_one_of(values),
            }
    }
}

/// An argument of a configuration.
struct Argument<'a> {
    attribute: Option<&'a Attribute>,
    value: &'a Value,
    path: Path,
}

impl Argument<'_> {
    fn is_given(&self) -> bool {
        self.attribute.is_some_and(|attribute| !is_none(attribute, self.value))
    }

    fn is_one_of(&self, values: &[&str]) -> bool {
        values.contains(&self.value.to_text().as_str())
    }

    /// False for a value that an enumeration of the model does not list yet: what the service says of it is not known.
    fn is_listed(&self) -> bool {
        match self.attribute.map(|attribute| &attribute.kind) {
            Some(AttributeKind::Plain { shape, .. }) => shape.values().is_empty() || self.is_one_of(shape.values()),
            _ => true,
        }
    }
}

/// The diagnostic if a rule is broken at a place of the configuration `whole`.
fn broken(rule: &Rule, place: &Scope<'_>, whole: &Scope<'_>) -> Option<Diagnostic> {
    let names = rule.names;
    let arguments: Vec<Argument<'_>> = names.iter().map(|name| place.argument(name)).collect();
    if arguments.iter().any(|argument| argument.value.is_unknown()) {
        return None;
    }
    let when = rule.when.map(|when| when.to_string());
    let when = when.as_deref();
    let (set, missing) = parted(place, names);
    let block = &place.path;
    match rule.check {
        Check::ExactlyOne => not_exactly_one(place, names),
        Check::AtLeastOne => set.is_empty().then(|| argument::too_few_of(block, names)),
        Check::AtMostOne => (set.len() > 1).then(|| argument::too_many_of(block, names, &set)),
        Check::Requires => {
            let breaks = set.first() == names.first() && !missing.is_empty();
            let path = &place.argument(set.get(1).unwrap_or(&names[0])).path;
            breaks.then(|| argument::requires(path, &set, &missing, when))
        }
        Check::Required => (!missing.is_empty()).then(|| match when {
            Some(when) => argument::required_while(block, &missing, when),
            None => argument::required_to_create(block, &missing),
        }),
        Check::Forbidden => {
            let given = arguments.iter().find(|argument| argument.is_given())?;
            Some(argument::forbidden(&given.path, when))
        }
        Check::OneOf(values) => {
            let wrong = arguments.iter().find(|one| one.is_given() && one.is_listed() && !one.is_one_of(values))?;
            Some(argument::none_of_values(&wrong.path, wrong.value, values, when))
        }
        Check::Ascending => arguments.windows(2).find_map(|pair| {
            let (low, high) = (pair[0].value.as_number()?, pair[1].value.as_number()?);
            (low > high).then(|| argument::less_than(&pair[1].path, high, &pair[0].path, low))
        }),
        Check::Between(bounds) => arguments.iter().find_map(|argument| {
            let number = argument.value.as_number()?;
            let Bounds { min, max } = bounds;
            let is_outside = min.is_some_and(|min| *number < min.into()) || max.is_some_and(|max| *number > max.into());
            is_outside.then(|| argument::not_between(&argument.path, number, &bounds.text().unwrap_or_default(), when))
        }),
        Check::RequiresOutside => {
            let (_, missing) = parted(whole, &names[1..]);
            let breaks = set.first() != names.first() && !missing.is_empty();
            breaks.then(|| argument::required_without(names[0], block, &missing))
        }
    }
}

/// The diagnostic if not exactly one of the arguments is set. Unknown ones may turn out to be.
pub(crate) fn not_exactly_one(place: &Scope<'_>, names: &[&str]) -> Option<Diagnostic> {
    if names.iter().any(|name| place.argument(name).value.is_unknown()) {
        return None;
    }
    match parted(place, names).0.as_slice() {
        [] => Some(argument::none_of(&place.path, names)),
        [_] => None,
        set => Some(argument::too_many_of(&place.path, names, set)),
    }
}

/// The names that are set, and those that are not.
fn parted<'n>(place: &Scope<'_>, names: &[&'n str]) -> (Vec<&'n str>, Vec<&'n str>) {
    names.iter().copied().partition(|name| place.argument(name).is_given())
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use serde_json::{Value as Json, json};

    use super::*;
    use crate::definition::resource;

    /// Checks what the rules of a resource say of a configuration, those for a create included.
    fn check(type_name: &str, config: &Json, expected: &Expect) {
        let resource = resource(type_name).expect("a resource of ours");
        let config = Value::try_from(config.clone()).expect("exact numbers");
        let mut diagnostics = of_any(resource.attributes, resource.rules, &config);
        diagnostics.extend(of_create(resource, &config));
        let texts: Vec<String> = diagnostics.iter().map(|one| format!("{}: {}", one.path, one.detail)).collect();
        expected.assert_eq(&texts.join("\n"));
    }

    #[test]
    fn an_argument_can_be_required_while_another_has_a_value() {
        let notebook = |access: Json, subnet: Json| json!({ "direct_internet_access": access, "subnet_id": subnet });
        let type_name = "sagemaker_notebook_instance";
        check(
            type_name,
            &notebook("Disabled".into(), Json::Null),
            &expect![": `subnet_id` must be set while `direct_internet_access` is `Disabled`."],
        );
        check(type_name, &notebook("Disabled".into(), "subnet-1".into()), &expect![""]);
        check(type_name, &notebook("Enabled".into(), Json::Null), &expect![""]);
        check(type_name, &notebook(Json::Null, Json::Null), &expect![""]);
    }

    #[test]
    fn what_is_not_known_breaks_no_rule() {
        let resource = resource("sagemaker_notebook_instance").expect("a resource of ours");
        let of = |access: Value, subnet: Value| {
            let config = Value::from([("direct_internet_access", access), ("subnet_id", subnet)]);
            of_any(resource.attributes, resource.rules, &config)
        };
        assert!(of(Value::unknown(), Value::Null).is_empty());
        assert!(of("Disabled".into(), Value::unknown()).is_empty());
    }

    #[test]
    fn an_argument_can_be_forbidden_or_required_by_a_flag() {
        let job = |flag: Json, name: Json| json!({ "model_deploy_config": [{ "auto_generate_endpoint_name": flag, "endpoint_name": name }] });
        let type_name = "sagemaker_auto_ml_job";
        check(
            type_name,
            &job(true.into(), "e".into()),
            &expect![
                "model_deploy_config[0].endpoint_name: `model_deploy_config[0].endpoint_name` must not be set while `auto_generate_endpoint_name` is `true`."
            ],
        );
        check(
            type_name,
            &job(false.into(), Json::Null),
            &expect![
                "model_deploy_config[0]: `endpoint_name` must be set while `auto_generate_endpoint_name` is not `true` in `model_deploy_config[0]`."
            ],
        );
        check(
            type_name,
            &job(Json::Null, Json::Null),
            &expect![
                "model_deploy_config[0]: `endpoint_name` must be set while `auto_generate_endpoint_name` is not `true` in `model_deploy_config[0]`."
            ],
        );
        check(type_name, &job(true.into(), Json::Null), &expect![""]);
    }

    #[test]
    fn names_lead_into_single_blocks() {
        let job = |seconds: Json| {
            json!({ "enable_managed_spot_training": true, "algorithm_specification": [{ "training_image": "i" }],
                    "stopping_condition": seconds })
        };
        let type_name = "sagemaker_training_job";
        check(
            type_name,
            &job(json!([])),
            &expect![
                ": `stopping_condition.max_wait_time_in_seconds` must be set while `enable_managed_spot_training` is `true`."
            ],
        );
        check(
            type_name,
            &job(json!([{ "max_runtime_in_seconds": 60 }])),
            &expect![
                ": `stopping_condition.max_wait_time_in_seconds` must be set while `enable_managed_spot_training` is `true`."
            ],
        );
        let times = json!([{ "max_runtime_in_seconds": 60, "max_wait_time_in_seconds": 59 }]);
        check(
            type_name,
            &job(times),
            &expect![
                "stopping_condition[0].max_wait_time_in_seconds: The value is 59: it must not be less than `stopping_condition[0].max_runtime_in_seconds`, which is 60."
            ],
        );
        let times = json!([{ "max_runtime_in_seconds": 60, "max_wait_time_in_seconds": 60 }]);
        check(type_name, &job(times), &expect![""]);
    }

    #[test]
    fn values_can_be_limited_by_others_but_not_values_that_are_newer_than_the_model() {
        let image = |mode: &str| {
            json!({ "primary_container": [{ "image": "i", "image_config": [{ "repository_access_mode": mode,
                    "repository_auth_config": [{ "repository_credentials_provider_arn": "a" }] }] }] })
        };
        check(
            "sagemaker_model",
            &image("Platform"),
            &expect![[
                r#"primary_container[0].image_config[0].repository_access_mode: The value is "Platform": it must be `Vpc` while `repository_auth_config` is set."#
            ]],
        );
        check("sagemaker_model", &image("Vpc"), &expect![""]);
        check("sagemaker_model", &image("Newer"), &expect![""]);
        let memory = |size: i64| {
            json!({ "production_variants": [{ "model_name": "m", "serverless_config": [{ "memory_size_in_mb": size,
                    "max_concurrency": 1, "provisioned_concurrency": 2 }] }] })
        };
        check(
            "sagemaker_endpoint_configuration",
            &memory(1500),
            &expect![[r#"
            production_variants[0].serverless_config[0].memory_size_in_mb: The value is 1500: it must be `1024`, `2048`, `3072`, `4096`, `5120` or `6144`.
            production_variants[0].serverless_config[0].max_concurrency: The value is 1: it must not be less than `production_variants[0].serverless_config[0].provisioned_concurrency`, which is 2."#]],
        );
    }
}
