//! Tests of `plan.rs`.

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
    let found = differences(cluster.attributes, &state(before), &state(after));
    found.into_iter().map(|one| (one.path.to_string(), one.change)).collect()
}

#[test]
fn named_elements_are_compared_by_name_at_any_position() {
    let (a, b) = (|| group("a", "ml.m5.large", 1), || group("b", "ml.g5.xlarge", 2));
    assert_eq!(differing(vec![a(), b()], vec![b(), a()]), []);
    let scaled = group("b", "ml.g5.xlarge", 3);
    assert_eq!(differing(vec![a(), b()], vec![scaled.clone(), a()]), [("instance_groups".to_owned(), Change::InPlace)]);
    assert_eq!(
        differing(vec![a(), b()], vec![a(), scaled]),
        [("instance_groups[1].instance_count".to_owned(), Change::InPlace)]
    );
}

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

#[test]
fn a_removed_block_in_which_nothing_was_set_needs_no_call() {
    let definition = resource("sagemaker_app_image_config").expect("a resource of ours");
    let state = |settings: Vec<Value>| Value::from([("jupyter_lab_image_config", Value::List(settings))]);
    let calls = |before: Value, after: Value| {
        differences(definition.attributes, &before, &after).iter().any(Difference::needs_a_call)
    };
    assert!(!calls(state(vec![Value::object()]), state(vec![])));
    assert!(calls(state(vec![]), state(vec![Value::object()])));
}

#[test]
fn an_element_with_another_name_is_another_element() {
    let (a, b) = (group("a", "ml.m5.large", 1), group("b", "ml.g5.xlarge", 2));
    assert_eq!(differing(vec![a.clone()], vec![b]), [("instance_groups".to_owned(), Change::InPlace)]);
    let retyped = group("a", "ml.m5.xlarge", 1);
    assert_eq!(differing(vec![a], vec![retyped]), [("instance_groups[0].instance_type".to_owned(), Change::Replace)]);
}
