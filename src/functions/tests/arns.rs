//! The functions about ARNs, over all forms and partitions.

use regex_lite::Regex;

use super::*;
use crate::{
    definition::service::{SHAPES, ShapeKind},
    functions::{
        console::PAGES,
        forms::{FORMS, Form},
    },
    regions::PARTITIONS,
};

fn place() -> [Value; 2] {
    ["eu-west-1".into(), ACCOUNT.into()]
}

fn arn(resource: &str) -> Value {
    format!("arn:aws:sagemaker:eu-west-1:{ACCOUNT}:{resource}").into()
}

/// The arguments of `arn_build` for what `arn_parse` has returned.
fn arguments(parsed: &Value, form: Form) -> Vec<Value> {
    let names = form.names().map(|name| parsed.get("names").get(name).clone());
    ["region", "account_id", "resource_type"].map(|part| parsed.get(part).clone()).into_iter().chain(names).collect()
}

#[test]
fn what_is_built_is_parsed_and_what_is_parsed_is_built_again_in_every_form_and_partition() {
    let regions = PARTITIONS.iter().map(|(beginning, partition)| {
        let rest = if *beginning == "eusc-" { "de-east-1" } else { "north-1" };
        (format!("{beginning}{rest}"), *partition)
    });
    let regions: Vec<(String, &str)> = regions.chain([("eu-west-1".to_owned(), "aws")]).collect();
    for form in FORMS {
        for ((region, partition), account) in regions.iter().zip([ACCOUNT, "aws"].into_iter().cycle()) {
            let mut built = vec![region.as_str().into(), account.into(), form.resource_type.into()];
            built.extend((0..form.names().count()).map(|index| format!("A-b_c.{index}+=@").into()));
            let arn = result("arn_build", &built);
            let parsed = result("arn_parse", std::slice::from_ref(&arn));
            assert_eq!(parsed.get("partition"), &(*partition).into(), "{parsed}");
            assert_eq!(parsed.get("name"), built.last().expect("a name"), "{parsed}");
            assert_eq!(arguments(&parsed, *form), built);
            assert!(arn.as_str().is_some_and(|arn| arn.ends_with(parsed.get("resource").as_str().expect("set"))));
        }
    }
}

#[test]
fn no_resource_part_has_two_forms() {
    assert!(FORMS.is_sorted_by_key(|form| form.resource_type));
    // Two forms overlap if, wherever both have a literal, it is the same.
    let literal = |part: &str| !part.starts_with('{');
    let overlap = |one: &Form, other: &Form| {
        let (one, other): (Vec<_>, Vec<_>) = (one.pattern.split('/').collect(), other.pattern.split('/').collect());
        let same = |(one, other): (&&str, &&str)| one == other || !literal(one) || !literal(other);
        one.len() == other.len() && one.iter().zip(&other).all(same)
    };
    for (index, one) in FORMS.iter().enumerate() {
        let others: Vec<&Form> = FORMS[index + 1..].iter().filter(|other| overlap(one, other)).collect();
        assert!(others.is_empty(), "{one:?} overlaps {others:?}");
        assert!(one.pattern.split('/').next().is_some_and(literal), "{one:?} begins with a literal");
    }
}

#[test]
fn every_arn_of_the_service_model_has_a_form() {
    let arn = Regex::new(r":sagemaker:.*(?:\{12\}|\|aws\)):([a-z-]+)\\?/").expect("a valid pattern");
    let source = |shape: &crate::definition::service::Shape| match shape.kind {
        ShapeKind::String { pattern: Some(pattern), .. } => Some(pattern.source),
        _ => None,
    };
    let found: Vec<&str> = SHAPES.iter().filter_map(|shape| source(shape)).collect();
    let types = found.iter().filter_map(|pattern| Some(arn.captures(pattern)?.get(1)?.as_str()));
    let types: Vec<&str> = types.collect();
    assert!(types.len() > 50, "{types:?}");
    let known = |resource_type: &&str| FORMS.iter().any(|form| form.pattern.split('/').next() == Some(*resource_type));
    let unknown: Vec<&&str> = types.iter().filter(|resource_type| !known(resource_type)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn every_page_has_the_names_of_its_arn() {
    assert!(PAGES.is_sorted_by(|one, two| one.form.resource_type < two.form.resource_type));
    for page in PAGES {
        let forms: Vec<&Form> = FORMS.iter().filter(|form| form.resource_type == page.form.resource_type).collect();
        let [form] = forms[..] else { panic!("{page:?} has the forms {forms:?}") };
        assert!(form.names().eq(page.form.names()), "{page:?}");
        let names = form.names().map(|name| name.replace('_', "-").into());
        let arguments: Vec<Value> = place().into_iter().chain([form.resource_type.into()]).chain(names).collect();
        let url = result("console_url", &[result("arn_build", &arguments)]);
        assert!(!url.to_string().contains('{'), "{url}");
    }
}

#[test]
fn pages_are_in_the_console_of_the_partition_and_the_region() {
    for (arn, expected) in [
        (
            "arn:aws:sagemaker:eu-west-1:123456789012:endpoint/e",
            "\"https://eu-west-1.console.aws.amazon.com/sagemaker/home?region=eu-west-1#/endpoints/e\"",
        ),
        (
            "arn:aws-cn:sagemaker:cn-north-1:123456789012:user-profile/d-1/ann",
            "\"https://cn-north-1.console.amazonaws.cn/sagemaker/home?region=cn-north-1#/studio/d-1/user/ann\"",
        ),
        (
            "arn:aws-us-gov:sagemaker:us-gov-west-1:123456789012:labeling-job/l",
            "\"https://us-gov-west-1.console.amazonaws-us-gov.com/sagemaker/groundtruth?region=us-gov-west-1#/labeling-jobs/details/l\"",
        ),
    ] {
        check("console_url", &[arn.into()], expected);
    }
}

#[test]
fn names_of_the_same_object_are_found_in_each_of_its_forms() {
    for (resource, resource_type, names) in [
        ("model-package/churn", "model-package", "{model_package_name = \"churn\"}"),
        (
            "model-package/churn/3",
            "model-package",
            "{model_package_group_name = \"churn\", model_package_version = \"3\"}",
        ),
        ("pipeline/p", "pipeline", "{pipeline_name = \"p\"}"),
        ("pipeline/p/execution/e", "pipeline-execution", "{pipeline_execution_id = \"e\", pipeline_name = \"p\"}"),
        ("workteam/private-crowd/t", "workteam", "{crowd = \"private-crowd\", workteam_name = \"t\"}"),
    ] {
        let parsed = result("arn_parse", &[arn(resource)]);
        assert_eq!(parsed.get("resource_type"), &resource_type.into());
        assert_eq!(parsed.get("names").to_string(), names);
    }
}

#[test]
fn what_is_no_arn_of_sagemaker_is_refused() {
    for (arn, words) in [
        ("churn", "\"churn\" is not an ARN of SageMaker"),
        ("arn:aws:s3:::bucket", "\"arn:aws:s3:::bucket\" is not an ARN of SageMaker"),
        ("arn:aws:sagemaker:eu-west-1:123456789012", "is not an ARN of SageMaker"),
        ("arn:aws:sagemaker:mars:123456789012:model/m", "\"mars\" is not a region"),
        ("arn:aws:sagemaker:eu-west-1:12:model/m", "\"12\" is not an account id"),
        ("arn:aws-cn:sagemaker:eu-west-1:123456789012:model/m", "in the partition `aws`, not in \"aws-cn\""),
        ("arn:aws:sagemaker:eu-west-1:123456789012:modle/m", "The nearest are `model`"),
        ("arn:aws:sagemaker:eu-west-1:123456789012:app/d-1/ann", "`app/{domain_id}/{user_profile_name}/{app_type}/"),
        ("arn:aws:sagemaker:eu-west-1:123456789012:model/", "`model/{model_name}`"),
        ("arn:aws:sagemaker:eu-west-1:123456789012:model/m n", "`model/{model_name}`"),
    ] {
        check_refused("arn_parse", &[arn.into()], 0, &[words]);
        check_refused("console_url", &[arn.into()], 0, &[words]);
    }
}

#[test]
fn what_has_no_page_is_refused_with_what_has_one() {
    check_refused("console_url", &[arn("space/d-1/s")], 0, &["`space`", "`domain`, `endpoint`"]);
    let secret = "arn:aws-iso:sagemaker:us-iso-east-1:123456789012:model/m";
    check_refused("console_url", &[secret.into()], 0, &["`aws-iso`", "`aws`, `aws-cn`, `aws-us-gov`"]);
}

#[test]
fn parts_that_build_no_arn_are_refused() {
    for (arguments, at, words) in [
        (["mars", ACCOUNT, "model", "m"], 0, ["\"mars\"", "`eu-west-1`"]),
        (["eu-west-1", "12", "model", "m"], 1, ["\"12\"", "12 digits"]),
        (["eu-west-1", ACCOUNT, "modle", "m"], 2, ["\"modle\"", "`model`"]),
        (["eu-west-1", ACCOUNT, "app", "m"], 2, ["`app/{domain_id}", "1 name follows"]),
        (["eu-west-1", ACCOUNT, "model", "m/n"], 3, ["\"m/n\"", "letters, digits"]),
        (["eu-west-1", ACCOUNT, "model", ""], 3, ["\"\"", "letters, digits"]),
    ] {
        check_refused("arn_build", &arguments.map(Value::from), at, &words);
    }
    check_refused("arn_build", &["eu-west-1", ACCOUNT, "hub-content"].map(Value::from), 2, &[" or ", "0 names follow"]);
}

#[test]
fn a_version_has_a_group_and_a_number() {
    let package = |group: &str, version: Value| place().into_iter().chain([group.into(), version]).collect::<Vec<_>>();
    let expected = "\"arn:aws:sagemaker:eu-west-1:123456789012:model-package/churn/3\"";
    check("model_package_arn", &package("churn", 3.into()), expected);
    for group in ["", "churn_", "-churn", "churn-", "group/churn", &"x".repeat(64)] {
        check_refused("model_package_arn", &package(group, 3.into()), 2, &[&format!("{group:?}"), "hyphens"]);
    }
    for version in ["0", "-1", "1.5"] {
        let number = Value::Number(version.parse().expect("a number"));
        check_refused("model_package_arn", &package("churn", number), 3, &[version, "from 1"]);
    }
}
