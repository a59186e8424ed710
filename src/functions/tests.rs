//! Each function with good and bad arguments, and all of them with random ones.

use proptest::{collection, prelude::*, test_runner::TestRunner};

use super::*;
use crate::schema::Type;

fn strings(members: &[(&str, &str)]) -> Value {
    Value::Map(members.iter().map(|(name, value)| ((*name).to_owned(), (*value).into())).collect())
}

fn check(name: &str, arguments: &[Value], expected: &str) {
    let result = call(name, arguments).unwrap_or_else(|error| panic!("{name}: {error:?}"));
    assert!(schemas()[name].returns.admits(&result), "{name}: {result}");
    assert_eq!(result.to_string(), expected, "{name}");
}

fn check_refused(name: &str, arguments: &[Value], argument: usize, part: &str) {
    let error = call(name, arguments).expect_err(name);
    assert_eq!(error.argument, Some(argument), "{name}: {}", error.text);
    assert!(error.text.contains(part), "{name}: {}", error.text);
}

#[test]
fn the_table_is_sorted() {
    assert!(FUNCTIONS.is_sorted_by(|one, two| one.name < two.name));
    assert!(forms::FORMS.is_sorted_by_key(|form| form.resource_type));
}

#[test]
fn every_form_is_built_and_parsed() {
    for form in forms::FORMS {
        let names: Vec<String> = form.names().enumerate().map(|(index, _)| format!("n{index}")).collect();
        let mut arguments: Vec<Value> = vec!["eu-west-1".into(), "123456789012".into(), form.resource_type.into()];
        arguments.extend(names.iter().map(|name| name.as_str().into()));
        let arn = call("arn_build", &arguments).expect("built");
        let parsed = call("arn_parse", &[arn]).expect("parsed");
        assert_eq!(parsed.get("resource_type").as_str(), Some(form.resource_type), "{parsed}");
        for (name, value) in form.names().zip(&names) {
            assert_eq!(parsed.get("names").get(name).as_str(), Some(value.as_str()), "{parsed}");
        }
    }
}

#[test]
fn good_arguments_have_results() {
    let at = || [Value::from("cn-north-1"), "123456789012".into()];
    let [region, account] = at();
    check(
        "arn_build",
        &[region, account, "model".into(), "m".into()],
        "\"arn:aws-cn:sagemaker:cn-north-1:123456789012:model/m\"",
    );
    let [region, account] = at();
    check(
        "model_package_arn",
        &[region, account, "g".into(), 2.into()],
        "\"arn:aws-cn:sagemaker:cn-north-1:123456789012:model-package/g/2\"",
    );
    check(
        "console_url",
        &["arn:aws:sagemaker:eu-west-1:123456789012:endpoint/e".into()],
        "\"https://eu-west-1.console.aws.amazon.com/sagemaker/home?region=eu-west-1#/endpoints/e\"",
    );
    check(
        "prebuilt_image_uri",
        &["kmeans".into(), "1".into(), "eu-west-1".into()],
        "\"438346466558.dkr.ecr.eu-west-1.amazonaws.com/kmeans:1\"",
    );
    check("unique_name", &["a b_".into(), "".into(), 63.into()], "\"a-b-e3b0c442\"");
    check("unique_name", &["abcdef".into(), "".into(), 10.into()], "\"a-e3b0c442\"");
    check(
        "feature_definitions",
        &[strings(&[("a", "int"), ("b", "Fractional")])],
        "[{feature_name = \"a\", feature_type = \"Integral\"}, {feature_name = \"b\", feature_type = \"Fractional\"}]",
    );
    check(
        "merge_pipeline_parameters",
        &[strings(&[("a", "1"), ("b", "2")]), strings(&[("b", "3")])],
        "[{name = \"a\", value = \"1\"}, {name = \"b\", value = \"3\"}]",
    );
}

#[test]
fn instance_types_are_known_for_uses() {
    let described = call("instance_type", &["ml.g5.xlarge".into()]).expect("described");
    assert_eq!(described.get("accelerator"), &"gpu".into());
    assert!(described.get("uses").elements().contains(&"training".into()), "{described}");
    check(
        "instance_type",
        &["ml.x99.huge".into()],
        "{accelerator = \"none\", family = \"x99\", size = \"huge\", uses = []}",
    );
}

fn candidates() -> Value {
    let candidate = |name: &str, value: i64| Value::from([("name", name.into()), ("value", value.into())]);
    Value::List(vec![candidate("a", 2), candidate("b", 1), candidate("c", 2)])
}

#[test]
fn the_best_candidate_depends_on_the_metric() {
    check("best_candidate", &[candidates(), "F1".into()], "{name = \"a\", value = 2}");
    check("best_candidate", &[candidates(), "MSE".into()], "{name = \"b\", value = 1}");
}

#[test]
fn metrics_of_which_the_lowest_is_best_are_known() {
    for metric in automl::LOWER_IS_BETTER {
        call("best_candidate", &[candidates(), (*metric).into()]).expect("known");
    }
}

#[test]
fn containers_pass_on_the_requested_keys() {
    let environment = |supported| strings(&[("SAGEMAKER_INFERENCE_SUPPORTED", supported)]);
    let environments = Value::List(vec![Value::object(), environment("p"), environment("label, p")]);
    let keys = Value::List(vec!["p".into(), "label".into()]);
    let changed = call("inference_response_keys", &[environments.clone(), keys]).expect("changed");
    assert_eq!(changed.at(0), &Value::object());
    assert_eq!(changed.at(1).get("SAGEMAKER_INFERENCE_OUTPUT"), &"p".into());
    assert_eq!(changed.at(2).get("SAGEMAKER_INFERENCE_INPUT"), &"p".into());
    assert_eq!(changed.at(2).get("SAGEMAKER_INFERENCE_OUTPUT"), &"p,label".into());
    let keys = Value::List(vec!["q".into()]);
    check_refused("inference_response_keys", &[environments, keys], 1, "`label`, `p`");
}

#[test]
fn bad_arguments_are_refused_where_they_are() {
    let arn = |resource: &str| Value::from(format!("arn:aws:sagemaker:eu-west-1:123456789012:{resource}"));
    check_refused("arn_parse", &["arn:aws:s3:::b".into()], 0, "sagemaker");
    check_refused("arn_parse", &[arn("nothing/x")], 0, "`model`");
    check_refused("arn_parse", &[arn("app/x")], 0, "{domain_id}");
    check_refused("console_url", &[arn("space/d/s")], 0, "`endpoint`");
    let build = |region: &str, account: &str, kind: &str, name: &str| {
        ["arn_build".to_owned(), region.to_owned(), account.to_owned(), kind.to_owned(), name.to_owned()]
    };
    for (argument, part, [name, arguments @ ..]) in [
        (0, "eu-west-1", build("mars", "123456789012", "model", "m")),
        (1, "12 digits", build("eu-west-1", "12", "model", "m")),
        (2, "`model`", build("eu-west-1", "123456789012", "modell", "m")),
        (2, "{domain_id}", build("eu-west-1", "123456789012", "app", "m")),
        (3, "no name", build("eu-west-1", "123456789012", "model", "m/n")),
    ] {
        check_refused(&name, &arguments.map(Value::from), argument, part);
    }
    let package = |group: &str, version: i64| ["eu-west-1".into(), "123456789012".into(), group.into(), version.into()];
    check_refused("model_package_arn", &package("g_", 1), 2, "hyphens");
    check_refused("model_package_arn", &package("g", 0), 3, "from 1");
    let image = |repository: &str, tag: &str, region: &str| [repository.into(), tag.into(), region.into()];
    check_refused("prebuilt_image_uri", &image("kmean", "1", "eu-west-1"), 0, "`kmeans`");
    check_refused("prebuilt_image_uri", &image("kmeans", "", "eu-west-1"), 1, "no tag");
    check_refused("prebuilt_image_uri", &image("kmeans", "1", "mars-1"), 2, "`eu-west-1`");
    check_refused("unique_name", &["-".into(), "".into(), 63.into()], 0, "letter or a digit");
    check_refused("unique_name", &["a".into(), "".into(), 9.into()], 2, "10 to 256");
    check_refused("feature_definitions", &[strings(&[("a", "bool")])], 0, "`Integral`");
    check_refused("feature_definitions", &[strings(&[("is_deleted", "int")])], 0, "`write_time`");
    check_refused("feature_definitions", &[Value::from([("a", Value::Null)])], 0, "null");
    check_refused("merge_pipeline_parameters", &[strings(&[]), strings(&[("a", "1")])], 1, "no default");
    check_refused("instance_type", &["m5.large".into()], 0, "ml.m5.large");
    check_refused("best_candidate", &[candidates(), "F2".into()], 1, "`F1`");
    check_refused("best_candidate", &[Value::List(vec![]), "F1".into()], 0, "no candidates");
}

/// Any value of a type, with nulls inside collections.
fn values(r#type: &Type) -> BoxedStrategy<Value> {
    let or_null = |inner: &Type| prop_oneof![9 => values(inner), 1 => Just(Value::Null)];
    match r#type {
        Type::String => prop_oneof![".{0,20}", "arn:aws:sagemaker:.{0,9}:.{0,12}:[a-z/]{0,20}", "ml\\..{0,9}"]
            .prop_map(Value::from)
            .boxed(),
        Type::Number => any::<i64>().prop_map(Value::from).boxed(),
        Type::Bool => any::<bool>().prop_map(Value::from).boxed(),
        Type::List(inner) | Type::Set(inner) => collection::vec(or_null(inner), 0..4).prop_map(Value::List).boxed(),
        Type::Map(inner) => collection::btree_map(".{0,9}", or_null(inner), 0..4).prop_map(Value::Map).boxed(),
        Type::Object(members) => {
            let members: Vec<_> = members.iter().map(|(name, inner)| (Just(name.clone()), or_null(inner))).collect();
            members.prop_map(|members| Value::Map(members.into_iter().collect())).boxed()
        }
    }
}

#[test]
fn random_arguments_have_a_result_of_the_type_or_an_error_at_an_argument() {
    for (name, function) in schemas() {
        let parameters = function.parameters.iter().chain(function.variadic.as_ref());
        let arguments: Vec<_> = parameters.map(|parameter| values(&parameter.r#type)).collect();
        let evaluate = |arguments: Vec<Value>| match call(name, &arguments) {
            Ok(result) => Ok(prop_assert!(function.returns.admits(&result), "{name}: {result}")),
            Err(error) => Ok(prop_assert!(error.argument.is_some_and(|at| at < arguments.len()), "{error:?}")),
        };
        TestRunner::default().run(&arguments, evaluate).expect(name);
    }
}

#[test]
fn every_function_has_an_example() {
    for entry in FUNCTIONS {
        let path = format!("{}/examples/functions/{}/function.tf", env!("CARGO_MANIFEST_DIR"), entry.name);
        let example = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        assert!(example.contains(&format!("provider::sagemaker::{}(", entry.name)), "{path}");
    }
}
