//! What holds for every option of every subcommand, whatever it does.

use std::{collections::BTreeSet, fmt::Debug};

use crate::{
    arguments::{Effect, Request, Subcommand, UsageError},
    demo, discover, iam_policy, local,
};

/// Values of which every option that has one accepts at least one.
const VALUES: &[&str] = &["000000000012", "127.0.0.1:4566", "eu-west-1", "plan", "key=value"];

/// Calls the test with each subcommand.
macro_rules! for_each {
    ($test:ident) => {
        $test(&demo::SUBCOMMAND);
        $test(&discover::SUBCOMMAND);
        $test(&iam_policy::SUBCOMMAND);
        $test(&local::SUBCOMMAND);
    };
}

/// Options that can be compared.
trait Comparable: Default + Debug + PartialEq {}

impl<O: Default + Debug + PartialEq> Comparable for O {}

/// Parses the arguments, with an operand if there may be one.
fn parse<O: Comparable>(subcommand: &Subcommand<O>, arguments: &[&str]) -> Result<Request<O>, UsageError> {
    let operand = subcommand.operand.map(|_| "sagemaker_model".to_owned());
    subcommand.parse(operand.into_iter().chain(arguments.iter().map(|argument| (*argument).to_owned())))
}

/// The options with one dash and with two, and whether they have values.
fn spellings<O>(subcommand: &Subcommand<O>) -> impl Iterator<Item = (&'static str, &'static str, bool)> {
    subcommand.options.iter().flat_map(|(option, effect)| {
        let has_value = matches!(effect, Effect::Value(_));
        [(*option, *option, has_value), (*option, &option[1..], has_value)]
    })
}

#[test]
fn the_help_describes_exactly_the_options() {
    fn check<O: Comparable>(subcommand: &Subcommand<O>) {
        let described = subcommand.help.lines().filter_map(|line| line.strip_prefix("  --"));
        let described = described.filter_map(|line| line.split("  ").next());
        let described =
            described.map(|option| (format!("--{}", option.split(' ').next().unwrap()), option.contains(' ')));
        let options = spellings(subcommand).map(|(option, _, has_value)| (option.to_owned(), has_value));
        assert_eq!(described.collect::<BTreeSet<_>>(), options.collect(), "{}", subcommand.name);
        let usage = format!("\nUsage: terraform-provider-sagemaker {} ", subcommand.name);
        assert!(subcommand.help.contains(&usage), "{}", subcommand.name);
        for help in ["-h", "-help", "--help"] {
            assert_eq!(parse(subcommand, &[help]), Ok(Request::Help));
        }
    }
    for_each!(check);
}

#[test]
fn an_option_without_its_value_is_refused() {
    fn check<O: Comparable>(subcommand: &Subcommand<O>) {
        for (option, written, _) in spellings(subcommand).filter(|(_, _, has_value)| *has_value) {
            let missing = Err(UsageError::Missing { subcommand: subcommand.name, option });
            assert_eq!(parse(subcommand, &[written]), missing);
            assert_eq!(parse(subcommand, &[written, ""]), missing);
            assert_eq!(parse(subcommand, &[&format!("{written}=")]), missing);
        }
    }
    for_each!(check);
}

#[test]
fn a_value_follows_or_is_joined_and_has_an_effect() {
    fn check<O: Comparable>(subcommand: &Subcommand<O>) {
        let idle = parse(subcommand, &[]);
        for (option, written, _) in spellings(subcommand).filter(|(_, _, has_value)| *has_value) {
            let mut effective = false;
            for value in VALUES {
                let parsed = parse(subcommand, &[written, value]);
                assert_eq!(parse(subcommand, &[&format!("{written}={value}")]), parsed);
                match parsed {
                    Err(error) => assert!(matches!(error, UsageError::Invalid { .. }), "{error}"),
                    parsed => effective |= parsed != idle,
                }
            }
            assert!(effective, "{} {option}", subcommand.name);
        }
    }
    for_each!(check);
}

#[test]
fn a_flag_has_an_effect_and_no_value() {
    fn check<O: Comparable>(subcommand: &Subcommand<O>) {
        for (option, written, _) in spellings(subcommand).filter(|(_, _, has_value)| !has_value) {
            assert_ne!(parse(subcommand, &[written]), parse(subcommand, &[]), "{option}");
            for value in ["", "true"] {
                let refused = parse(subcommand, &[&format!("{written}={value}")]).expect_err("it has no value");
                let message = format!("`{value}` is not a valid value of `{option}`: the option has no value");
                assert!(refused.to_string().starts_with(&message), "{refused}");
            }
        }
    }
    for_each!(check);
}

#[test]
fn an_unknown_option_is_refused_with_the_nearest() {
    fn check<O: Comparable>(subcommand: &Subcommand<O>) {
        for (nearest, written, _) in spellings(subcommand) {
            for option in [format!("{written}x"), format!("-{nearest}")] {
                let (subcommand, refused) = (subcommand.name, parse(subcommand, &[&format!("{option}=1")]));
                assert_eq!(refused, Err(UsageError::Unknown { subcommand, option, nearest }));
            }
        }
    }
    for_each!(check);
}

#[test]
fn an_error_says_what_is_wrong_and_where_to_read_more() {
    let text =
        |arguments: &[&str]| parse(&local::SUBCOMMAND, arguments).expect_err("they are wrong").to_string() + "\n";
    let texts = [&["--listener=1"][..], &["serve"], &["--listen"], &["--rate", "x"]].map(text);
    expect_test::expect![[r#"
        `--listener` is not an option of `local`; the nearest is `--listen`, see `local -help`
        `serve` is not an option of `local`; the nearest is `--rate`, see `local -help`
        `--listen` needs a value that is not empty, see `local -help`
        `x` is not a valid value of `--rate`: it must be a positive integer, in requests per second, see `local -help`
    "#]]
    .assert_eq(&texts.concat());
}
