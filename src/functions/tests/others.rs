//! The functions about images, instance types, features, parameters and names.

use std::collections::BTreeSet;

use super::*;
use crate::{
    definition::{ACTIONS, REGISTRIES, block_of, resource, service::shape},
    functions::{features::TYPES, instance},
};

#[test]
fn every_prebuilt_image_has_a_uri() {
    for registry in REGISTRIES {
        for (region, account) in registry.accounts {
            let arguments = [registry.repositories[0].into(), "1".into(), (*region).into()];
            let uri = result("prebuilt_image_uri", &arguments);
            assert!(uri.as_str().is_some_and(|uri| uri.starts_with(&format!("{account}.dkr.ecr.{region}."))), "{uri}");
        }
    }
    let arguments = ["kmeans".into(), "1".into(), "cn-north-1".into()];
    check("prebuilt_image_uri", &arguments, "\"390948362332.dkr.ecr.cn-north-1.amazonaws.com.cn/kmeans:1\"");
}

#[test]
fn what_is_no_prebuilt_image_is_refused() {
    for (arguments, at, words) in [
        (["kmean", "1", "eu-west-1"], 0, ["\"kmean\"", "`kmeans`"]),
        (["kmeans", "", "eu-west-1"], 1, ["\"\"", "letters, digits"]),
        (["kmeans", "a:b", "eu-west-1"], 1, ["\"a:b\"", "letters, digits"]),
        (["kmeans", "-1", "eu-west-1"], 1, ["\"-1\"", "the first one"]),
        (["kmeans", "1", "mars-1"], 2, ["\"mars-1\"", "`eu-west-1`"]),
    ] {
        check_refused("prebuilt_image_uri", &arguments.map(Value::from), at, &words);
    }
}

#[test]
fn every_instance_type_of_the_model_is_described() {
    let mut uses = BTreeSet::new();
    for (r#use, enumeration) in instance::enumerations() {
        for name in enumeration.values().iter().filter(|name| **name != "system") {
            let described = result("instance_type", &[(*name).into()]);
            assert!(described.get("uses").elements().contains(&r#use.as_str().into()), "{name}: {described}");
            assert!(!described.get("accelerator").is_null(), "{name}: its series has no entry");
            let numbered = name.contains(|one: char| one.is_ascii_digit());
            assert_eq!(described.get("generation").is_null(), !numbered, "{name}: {described}");
        }
        uses.insert(r#use);
    }
    let description = schemas()["instance_type"].description;
    assert!(uses.len() >= 10, "{uses:?}");
    uses.iter().for_each(|r#use| assert!(description.contains(&format!("`{use}`")), "{use} is not described"));
    assert!(instance::SERIES.is_sorted());
}

#[test]
fn an_instance_type_that_is_not_known_has_no_uses() {
    check(
        "instance_type",
        &["ml.m9-flex.huge".into()],
        "{accelerator = \"none\", family = \"m9-flex\", generation = 9, size = \"huge\", uses = []}",
    );
    check(
        "instance_type",
        &["ml.x99.huge".into()],
        "{accelerator = null, family = \"x99\", generation = 99, size = \"huge\", uses = []}",
    );
    for name in ["", "m5.large", "ml.m5", "ml.m5.", "ml..large", "ml.M5.large", "ml.m5.large.x", "ml.m5.large "] {
        check_refused("instance_type", &[name.into()], 0, &[&format!("{name:?}"), "`ml.m5.large`"]);
    }
}

#[test]
fn features_have_the_types_of_the_model() {
    let known = shape("FeatureType").expect("in the model").values();
    for (r#type, expected) in TYPES {
        assert!(known.contains(expected));
        let expected = format!("[{{feature_name = \"age\", feature_type = \"{expected}\"}}]");
        check("feature_definitions", &[strings(&[("age", r#type)])], &expected);
    }
    check("feature_definitions", &[strings(&[])], "[]");
}

#[test]
fn features_and_parameters_have_the_arguments_of_their_blocks() {
    let group = block_of(resource("sagemaker_feature_group").expect("defined").attributes);
    check_arguments("feature_definitions", nested(&group, "feature_definition"));
    let start = ACTIONS.iter().find(|action| action.call.type_name == "sagemaker_start_pipeline_execution");
    let start = block_of(start.expect("defined").call.attributes);
    check_arguments("merge_pipeline_parameters", nested(&start, "pipeline_parameters"));
}

#[test]
fn features_that_a_group_refuses_are_refused() {
    for (name, r#type, words) in [
        ("age", "bool", ["\"age\" is \"bool\"", "`Integral`"]),
        ("age-", "int", ["\"age-\"", "64 letters"]),
        ("", "int", ["\"\"", "64 letters"]),
        ("write_time", "int", ["\"write_time\"", "Remove it"]),
    ] {
        check_refused("feature_definitions", &[strings(&[(name, r#type)])], 0, &words);
    }
    let null = Value::from([("age", Value::Null)]);
    check_refused("feature_definitions", &[null], 0, &["\"age\" is null", "`Integral`"]);
}

#[test]
fn overrides_take_the_place_of_defaults() {
    let defaults = Value::from([("a", "1".into()), ("b", "2".into()), ("c", Value::Null)]);
    let overrides = Value::from([("a", Value::Null), ("b", "3".into()), ("c", "".into())]);
    check(
        "merge_pipeline_parameters",
        &[defaults.clone(), overrides],
        "[{name = \"a\", value = \"1\"}, {name = \"b\", value = \"3\"}, {name = \"c\", value = \"\"}]",
    );
    check_refused("merge_pipeline_parameters", &[defaults.clone(), strings(&[])], 1, &["\"c\" has no default"]);
    check_refused("merge_pipeline_parameters", &[defaults, strings(&[("d", "1")])], 1, &["\"d\"", "`a`, `b`, `c`"]);
    check_refused("merge_pipeline_parameters", &[strings(&[]), strings(&[("d", "1")])], 1, &["no parameters"]);
}

fn name(prefix: &str, seed: &str, max: i64) -> String {
    let name = result("unique_name", &[prefix.into(), seed.into(), max.into()]);
    name.as_str().expect("a text").to_owned()
}

#[test]
fn names_are_the_same_for_the_same_arguments() {
    // The hash of nothing.
    assert_eq!(name("a b_", "", 63), "a-b-e3b0c442");
    assert_eq!(name("abcdef", "", 10), "a-e3b0c442");
    assert_eq!(name("ab-cdef", "", 12), "ab-e3b0c442");
    assert_eq!(name("aééé€b", "", 63), "a-b-e3b0c442");
    assert_ne!(name("a", "1", 63), name("a", "2", 63));
}

#[test]
fn names_are_valid_and_not_too_long_for_any_prefix() {
    let entity = shape("EntityName").expect("in the model");
    let crate::definition::service::ShapeKind::String { pattern: Some(pattern), .. } = entity.kind else {
        panic!("a string with a pattern")
    };
    let entity = regex_lite::Regex::new(pattern.regex.expect("translated")).expect("a valid pattern");
    let check = |(prefix, seed, max): (String, String, i64)| {
        let name = name(&prefix, &seed, max);
        prop_assert!(name.len() <= usize::try_from(max).expect("small") && entity.is_match(&name), "{name}");
        Ok(())
    };
    TestRunner::default().run(&("[a-zA-Z0-9](-|_|é|.){0,99}", ".{0,9}", 10..=63_i64), check).expect("names");
}

#[test]
fn what_makes_no_name_is_refused() {
    for prefix in ["", "-a", "é", " a"] {
        let words = [&format!("{prefix:?}"), "letter or a digit"];
        check_refused("unique_name", &[prefix.into(), "".into(), 63.into()], 0, &words);
    }
    for max in ["9", "257", "63.5", "-1"] {
        let number = Value::Number(max.parse().expect("a number"));
        check_refused("unique_name", &["a".into(), "".into(), number], 2, &[max, "from 10 to 256"]);
    }
}
