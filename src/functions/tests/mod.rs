//! All functions with random arguments, and what their tests share.

mod arns;
mod automl;
mod others;

use proptest::{collection, prelude::*, test_runner::TestRunner};

use super::*;
use crate::schema::{Block, Type};

const ACCOUNT: &str = "123456789012";

/// Whether an element of the list that a function returns has exactly such arguments of a block.
#[track_caller]
fn check_arguments(function: &str, block: &Block) {
    let Type::List(element) = schemas()[function].returns.clone() else { panic!("{function} returns no list") };
    let Type::Object(members) = *element else { panic!("{function} returns no objects") };
    for (name, member) in members {
        let attribute = block.attributes.iter().find(|attribute| attribute.name == name);
        assert_eq!(attribute.map(|attribute| &attribute.r#type), Some(&member), "{function}: {name}");
    }
}

/// The block of that name.
#[track_caller]
fn nested<'a>(block: &'a Block, name: &str) -> &'a Block {
    &block.blocks.iter().find(|nested| nested.name == name).unwrap_or_else(|| panic!("no block {name}")).block
}

fn strings(members: &[(&str, &str)]) -> Value {
    Value::Map(members.iter().map(|(name, value)| ((*name).to_owned(), (*value).into())).collect())
}

/// The result of a call, which has to be of the type.
#[track_caller]
fn result(name: &str, arguments: &[Value]) -> Value {
    let result = call(name, arguments).unwrap_or_else(|error| panic!("{name}: {error:?}"));
    assert!(schemas()[name].returns.admits(&result), "{name}: {result}");
    result
}

#[track_caller]
fn check(name: &str, arguments: &[Value], expected: &str) {
    assert_eq!(result(name, arguments).to_string(), expected, "{name}");
}

/// Demands an error at the argument, which shows its value, or a part of it, and has the given words.
#[track_caller]
fn check_refused(name: &str, arguments: &[Value], argument: usize, words: &[&str]) {
    let error = call(name, arguments).expect_err(name);
    assert_eq!(error.argument, Some(argument), "{name}: {}", error.text);
    words.iter().for_each(|word| assert!(error.text.contains(word), "{name}: no {word} in: {}", error.text));
}

#[test]
fn the_table_is_sorted_and_described() {
    assert!(FUNCTIONS.is_sorted_by(|one, two| one.name < two.name));
    for (name, function) in schemas() {
        let parameters = function.parameters.iter().chain(&function.variadic);
        let texts = parameters.map(|parameter| parameter.description).chain([function.summary, function.description]);
        for text in texts {
            assert!(text.ends_with(['.', ':']) && !text.contains("  "), "{name}: {text}");
        }
    }
}

#[test]
fn an_unknown_function_is_an_error_without_an_argument() {
    let error = call("arn", &[]).expect_err("unknown");
    assert_eq!(error.argument, None);
    assert!(error.text.contains("no function `arn`"), "{}", error.text);
}

/// Any value of a type, with nulls inside collections.
fn values(r#type: &Type) -> BoxedStrategy<Value> {
    let or_null = |inner: &Type| prop_oneof![9 => values(inner), 1 => Just(Value::Null)];
    match r#type {
        Type::String => prop_oneof![
            ".{0,20}",
            "arn:aws:sagemaker:eu-west-1:(aws|[0-9]{11,12}):[a-z]{0,5}/[a-z/]{0,20}",
            "ml\\..{0,9}",
            "eu-west-[0-9]?",
            "[0-9]{11,12}",
            "model|endpoint|Completed|Minimize|MSE|kmeans|int",
        ]
        .prop_map(Value::from)
        .boxed(),
        Type::Number => prop_oneof![any::<i64>(), 0..70_i64].prop_map(Value::from).boxed(),
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
        let parameters = function.parameters.iter().chain(&function.variadic);
        let arguments: Vec<_> = parameters.map(|parameter| values(&parameter.r#type)).collect();
        let evaluate = |arguments: Vec<Value>| {
            match call(name, &arguments) {
                Ok(result) => prop_assert!(function.returns.admits(&result), "{name}: {result}"),
                Err(error) => prop_assert!(error.argument.is_some_and(|at| at < arguments.len()), "{error:?}"),
            }
            Ok(())
        };
        TestRunner::default().run(&arguments, evaluate).expect(name);
    }
}
