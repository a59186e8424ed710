//! Checks values against shapes of the service model, in the service's voice.
//!
//! The service checks in two steps, and so does this: first the JSON types (`SerializationException`, the first offence
//! only), then everything else (`ValidationException`, all offences in one message).
//!
//! Stricter than the service in one point: the service ignores members that it does not know, this refuses them, since
//! they are always a mistake of the caller.

use std::fmt;

use super::error::ServiceError;
use crate::{
    definition::{
        Bounds,
        service::{self, Member, Pattern, Shape, ShapeKind},
    },
    value::{Map, Value},
};

/// The input without its null members, if it is a valid value of the shape.
pub(super) fn input(shape: &Shape, value: Value) -> Result<Value, ServiceError> {
    let value = typed(shape, value, "")?;
    let problems = problems(shape, &value);
    match problems.len() {
        0 => Ok(value),
        1 => Err(ServiceError::validation(format!("1 validation error detected: {}", problems[0]))),
        count => Err(ServiceError::validation(format!("{count} validation errors detected: {}", problems.join("; ")))),
    }
}

/// The violated constraints of a value with valid types.
pub(super) fn problems(shape: &Shape, value: &Value) -> Vec<String> {
    let mut problems = Vec::new();
    inspect(shape, value, "", &mut problems);
    problems
}

/// The value without null members, or the first wrong type.
pub(super) fn typed(shape: &Shape, value: Value, path: &str) -> Result<Value, ServiceError> {
    Ok(match (&shape.kind, value) {
        (ShapeKind::Structure { .. }, Value::Map(members)) => Value::Map(typed_members(shape, members, path)?),
        (ShapeKind::Map { value: inner, .. }, Value::Map(entries)) => Value::Map(
            entries
                .into_iter()
                .filter(|(_, entry)| !entry.is_null())
                .map(|(key, entry)| Ok((key.clone(), typed(inner, entry, &within(path, &key))?)))
                .collect::<Result<Map, ServiceError>>()?,
        ),
        (ShapeKind::List { element, .. }, Value::List(elements)) => Value::List(
            elements
                .into_iter()
                .enumerate()
                .map(|(index, value)| match value {
                    Value::Null => Ok(Value::Null),
                    value => typed(element, value, &nth(path, index)),
                })
                .collect::<Result<_, _>>()?,
        ),
        (ShapeKind::String { .. }, value @ Value::String(_)) => value,
        (ShapeKind::Integer { long, .. }, Value::Number(number)) if service::is_integer(&number, *long) => {
            Value::Number(number)
        }
        (ShapeKind::Float { .. } | ShapeKind::Timestamp, value @ Value::Number(_)) => value,
        (ShapeKind::Boolean, value @ Value::Bool(_)) => value,
        (_, value) => return Err(ServiceError::serialization(wrong_type(shape, &value))),
    })
}

fn typed_members(shape: &Shape, members: Map, path: &str) -> Result<Map, ServiceError> {
    members
        .into_iter()
        .filter(|(_, member)| !member.is_null())
        .map(|(name, value)| {
            let place = within(path, &camel(&name));
            match shape.member(&name) {
                Some(member) => Ok((name, typed(member.shape, value, &place)?)),
                // Not the service's message: it would ignore the member.
                None => Err(ServiceError::validation(format!("{} has no member '{name}' (at '{place}')", shape.name))),
            }
        })
        .collect()
}

/// The message of the service's JSON parser.
fn wrong_type(shape: &Shape, value: &Value) -> String {
    let found = match value {
        Value::Map(_) => return "Start of structure or map found where not expected.".into(),
        Value::List(_) => return "Start of list found where not expected".into(),
        Value::Null | Value::Unknown(_) => "NULL_VALUE",
        Value::Bool(true) => "TRUE_VALUE",
        Value::Bool(false) => "FALSE_VALUE",
        Value::Number(number) if number.is_integer() => "NUMBER_VALUE",
        Value::Number(_) => "DECIMAL_VALUE",
        Value::String(_) => "STRING_VALUE",
    };
    let expected = match shape.kind {
        ShapeKind::Structure { .. } | ShapeKind::Map { .. } => return "Expected map or null".into(),
        ShapeKind::List { .. } => return "Expected list or null".into(),
        ShapeKind::String { .. } => "a String",
        ShapeKind::Integer { long: false, .. } => "an Integer",
        ShapeKind::Integer { long: true, .. } => "a Long",
        ShapeKind::Float { .. } => "a Float",
        ShapeKind::Boolean => "a Boolean",
        ShapeKind::Timestamp => "milliseconds since epoch",
    };
    format!("{found} can not be converted to {expected}")
}

fn inspect(shape: &Shape, value: &Value, path: &str, problems: &mut Vec<String>) {
    if value.is_null() {
        problems.push(problem(shape, value, path, "Member must not be null"));
        return;
    }
    match (&shape.kind, value) {
        (ShapeKind::Structure { members, union }, Value::Map(given)) => {
            inspect_members(members, given, path, problems);
            if *union && given.len() != 1 {
                problems.push(problem(shape, value, path, "Exactly one member must be set"));
            }
        }
        (ShapeKind::List { element, bounds }, Value::List(elements)) => {
            sized(shape, value, elements.len(), bounds, path, problems);
            if is_scalar(element) {
                each(shape, value, elements, element, "Member must satisfy constraint", path, problems);
            } else {
                for (index, inner) in elements.iter().enumerate() {
                    inspect(element, inner, &nth(path, index), problems);
                }
            }
        }
        (ShapeKind::Map { key, value: inner, bounds }, Value::Map(entries)) => {
            sized(shape, value, entries.len(), bounds, path, problems);
            let keys: Vec<Value> = entries.keys().map(|key| key.as_str().into()).collect();
            each(shape, value, &keys, key, "Map keys must satisfy constraint", path, problems);
            if is_scalar(inner) {
                let values: Vec<Value> = entries.values().cloned().collect();
                each(shape, value, &values, inner, "Map value must satisfy constraint", path, problems);
            } else {
                for (key, entry) in entries {
                    inspect(inner, entry, &format!("{}.member", within(path, key)), problems);
                }
            }
        }
        _ => {
            let broken = constraints(shape).into_iter().filter(|constraint| !constraint.holds(value));
            problems.extend(broken.map(|constraint| problem(shape, value, path, &constraint.to_string())));
        }
    }
}

fn inspect_members(members: &[Member], given: &Map, path: &str, problems: &mut Vec<String>) {
    for member in members {
        let place = within(path, &camel(member.name));
        match given.get(member.name) {
            Some(value) => inspect(member.shape, value, &place, problems),
            None if member.required => inspect(member.shape, &Value::Null, &place, problems),
            None => {}
        }
    }
}

/// Reports a collection once if any of its simple elements breaks a constraint, naming all constraints.
fn each(
    shape: &Shape,
    value: &Value,
    elements: &[Value],
    element: &Shape,
    title: &str,
    path: &str,
    problems: &mut Vec<String>,
) {
    if elements.iter().any(Value::is_null) {
        problems.push(problem(shape, value, path, &format!("{title}: [Member must not be null]")));
        return;
    }
    let constraints = constraints(element);
    if elements.iter().any(|element| constraints.iter().any(|constraint| !constraint.holds(element))) {
        let all: Vec<String> = constraints.iter().map(Constraint::to_string).collect();
        problems.push(problem(shape, value, path, &format!("{title}: [{}]", all.join(", "))));
    }
}

fn sized(shape: &Shape, value: &Value, length: usize, bounds: &Bounds, path: &str, problems: &mut Vec<String>) {
    for constraint in lengths(bounds) {
        if !constraint.holds_for(length) {
            problems.push(problem(shape, value, path, &constraint.to_string()));
        }
    }
}

fn problem(shape: &Shape, value: &Value, path: &str, constraint: &str) -> String {
    let shown = match value {
        Value::Null => "null".to_owned(),
        value => format!("'{}'", shown(shape, value)),
    };
    format!("Value {shown} at '{path}' failed to satisfy constraint: {constraint}")
}

/// One constraint of a simple value.
enum Constraint {
    LongestIs(i64),
    ShortestIs(i64),
    AtMost(f64),
    AtLeast(f64),
    Matches(&'static Pattern),
    OneOf(&'static [&'static str]),
}

/// In the order in which the service names them.
fn constraints(shape: &Shape) -> Vec<Constraint> {
    match &shape.kind {
        ShapeKind::String { bounds, pattern, values } => {
            let mut all = lengths(bounds);
            all.extend(pattern.map(Constraint::Matches));
            all.extend((!values.is_empty()).then_some(Constraint::OneOf(values)));
            all
        }
        ShapeKind::Integer { bounds, .. } => values(&bounds.to_f64()),
        ShapeKind::Float { bounds, .. } => values(bounds),
        _ => Vec::new(),
    }
}

fn values(Bounds { min, max }: &Bounds<f64>) -> Vec<Constraint> {
    max.map(Constraint::AtMost).into_iter().chain(min.map(Constraint::AtLeast)).collect()
}

fn lengths(Bounds { min, max }: &Bounds) -> Vec<Constraint> {
    max.map(Constraint::LongestIs).into_iter().chain(min.map(Constraint::ShortestIs)).collect()
}

impl Constraint {
    fn holds(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::AtMost(max), Value::Number(number)) => number.to_f64() <= *max,
            (Self::AtLeast(min), Value::Number(number)) => number.to_f64() >= *min,
            (Self::Matches(pattern), Value::String(text)) => pattern.is_match(text),
            (Self::OneOf(values), Value::String(text)) => values.contains(&text.as_str()),
            (_, Value::String(text)) => self.holds_for(text.chars().count()),
            _ => true,
        }
    }

    fn holds_for(&self, length: usize) -> bool {
        let length = i64::try_from(length).unwrap_or(i64::MAX);
        match self {
            Self::LongestIs(max) => length <= *max,
            Self::ShortestIs(min) => length >= *min,
            _ => true,
        }
    }
}

impl fmt::Display for Constraint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LongestIs(max) => write!(formatter, "Member must have length less than or equal to {max}"),
            Self::ShortestIs(min) => write!(formatter, "Member must have length greater than or equal to {min}"),
            Self::AtMost(max) => write!(formatter, "Member must have value less than or equal to {max}"),
            Self::AtLeast(min) => write!(formatter, "Member must have value greater than or equal to {min}"),
            Self::Matches(pattern) => {
                write!(formatter, "Member must satisfy regular expression pattern: {}", pattern.source)
            }
            Self::OneOf(values) => write!(formatter, "Member must satisfy enum value set: [{}]", values.join(", ")),
        }
    }
}

fn is_scalar(shape: &Shape) -> bool {
    !matches!(shape.kind, ShapeKind::Structure { .. } | ShapeKind::List { .. } | ShapeKind::Map { .. })
}

/// A value as the service prints it in messages.
fn shown(shape: &Shape, value: &Value) -> String {
    if shape.sensitive {
        return "*** Sensitive Data Redacted ***".to_owned();
    }
    match (&shape.kind, value) {
        (_, Value::String(text)) => text.clone(),
        (ShapeKind::List { element, .. }, Value::List(elements)) => {
            let elements: Vec<String> = elements.iter().map(|inner| shown(element, inner)).collect();
            format!("[{}]", elements.join(", "))
        }
        (ShapeKind::Map { value: inner, .. }, Value::Map(entries)) => {
            let entries: Vec<String> =
                entries.iter().map(|(key, entry)| format!("{key}={}", shown(inner, entry))).collect();
            format!("{{{}}}", entries.join(", "))
        }
        (ShapeKind::Structure { members, .. }, Value::Map(given)) => {
            let members: Vec<String> = members
                .iter()
                .filter_map(|member| {
                    Some(format!("{}={}", camel(member.name), shown(member.shape, given.get(member.name)?)))
                })
                .collect();
            format!("{}({})", shape.name, members.join(", "))
        }
        (_, value) => value.to_string(),
    }
}

/// Member names in messages begin with a lower-case letter: `endpointName`.
fn camel(name: &str) -> String {
    let mut letters = name.chars();
    match letters.next() {
        Some(first) => first.to_ascii_lowercase().to_string() + letters.as_str(),
        None => String::new(),
    }
}

fn within(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// Elements are counted from 1: `productionVariants.1.member`.
fn nth(path: &str, index: usize) -> String {
    within(path, &format!("{}.member", index + 1))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::local::json;

    fn check(operation: &str, text: &str, expected: Expect) {
        let shape = service::operation(operation).unwrap().input;
        let answer = match input(shape, json::read(text.as_bytes()).unwrap()) {
            Ok(value) => json::write(&value),
            Err(error) => format!("{}: {}", error.code, error.message),
        };
        expected.assert_eq(&answer);
    }

    #[test]
    fn null_members_are_as_good_as_absent() {
        check("DescribeModel", r#"{"ModelName":"m"}"#, expect![[r#"{"ModelName":"m"}"#]]);
        check("ListModels", r#"{"NameContains":null}"#, expect!["{}"]);
    }

    #[test]
    fn a_missing_required_member_must_not_be_null() {
        check(
            "DescribeModel",
            "{}",
            expect![
                "ValidationException: 1 validation error detected: Value null at 'modelName' failed to satisfy constraint: Member must not be null"
            ],
        );
    }

    #[test]
    fn all_broken_constraints_are_reported_together() {
        check(
            "ListModels",
            r#"{"NameContains":"a b","MaxResults":0,"SortOrder":"Up"}"#,
            expect![
                "ValidationException: 3 validation errors detected: Value 'Up' at 'sortOrder' failed to satisfy constraint: Member must satisfy enum value set: [Ascending, Descending]; Value '0' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 1; Value 'a b' at 'nameContains' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9-]+"
            ],
        );
    }

    #[test]
    fn elements_of_lists_are_counted_from_one() {
        check(
            "CreateEndpointConfig",
            r#"{"EndpointConfigName":"c","ProductionVariants":[{"VariantName":"v"},{"VariantName":"ENTER NAME"}]}"#,
            expect![
                "ValidationException: 1 validation error detected: Value 'ENTER NAME' at 'productionVariants.2.member.variantName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}"
            ],
        );
        check(
            "CreateEndpointConfig",
            r#"{"EndpointConfigName":"c","ProductionVariants":[]}"#,
            expect![
                "ValidationException: 1 validation error detected: Value '[]' at 'productionVariants' failed to satisfy constraint: Member must have length greater than or equal to 1"
            ],
        );
    }

    #[test]
    fn a_list_or_map_of_strings_is_reported_as_one_value() {
        check(
            "DeleteTags",
            r#"{"ResourceArn":"arn:aws:sagemaker:eu-central-1:123456789012:model/m","TagKeys":["good","b!d"]}"#,
            expect![
                "ValidationException: 1 validation error detected: Value '[good, b!d]' at 'tagKeys' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 128, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: ([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)]"
            ],
        );
        check(
            "CreateModel",
            r#"{"ModelName":"m","PrimaryContainer":{"Environment":{"A B":"c"}}}"#,
            expect![
                "ValidationException: 1 validation error detected: Value '{A B=c}' at 'primaryContainer.environment' failed to satisfy constraint: Map keys must satisfy constraint: [Member must have length less than or equal to 1024, Member must have length greater than or equal to 0, Member must satisfy regular expression pattern: [a-zA-Z_][a-zA-Z0-9_]*]"
            ],
        );
    }

    #[test]
    fn wrong_json_types_are_reported_by_themselves() {
        for (text, expected) in [
            (r#"{"ModelName":5}"#, expect!["SerializationException: NUMBER_VALUE can not be converted to a String"]),
            (r#"{"ModelName":true}"#, expect!["SerializationException: TRUE_VALUE can not be converted to a String"]),
            (
                r#"{"ModelName":{}}"#,
                expect!["SerializationException: Start of structure or map found where not expected."],
            ),
            (r#"{"ModelName":[]}"#, expect!["SerializationException: Start of list found where not expected"]),
            (
                r#"{"ModelName":"m","Containers":{}}"#,
                expect!["SerializationException: Start of structure or map found where not expected."],
            ),
            (r#"{"ModelName":"m","Containers":"x"}"#, expect!["SerializationException: Expected list or null"]),
            (
                r#"{"ModelName":"m","EnableNetworkIsolation":"no"}"#,
                expect!["SerializationException: STRING_VALUE can not be converted to a Boolean"],
            ),
        ] {
            check("CreateModel", text, expected);
        }
        check(
            "ListModels",
            r#"{"MaxResults":1.5,"CreationTimeAfter":"today"}"#,
            expect!["SerializationException: STRING_VALUE can not be converted to milliseconds since epoch"],
        );
    }

    #[test]
    fn an_integer_has_the_bits_that_the_model_says() {
        check(
            "ListModels",
            r#"{"MaxResults":2147483648}"#,
            expect!["SerializationException: NUMBER_VALUE can not be converted to an Integer"],
        );
        let long = service::shape("Seed").unwrap();
        assert_eq!(typed(long, 2_147_483_648_i64.into(), ""), Ok(2_147_483_648_i64.into()));
    }

    #[test]
    fn a_bound_can_have_a_fraction() {
        let cores = service::shape("NumberOfCpuCores").unwrap();
        let number = |text: &str| Value::Number(text.parse().unwrap());
        assert_eq!(problems(cores, &number("0.25")), [""; 0]);
        assert_eq!(
            problems(cores, &number("0.1")),
            ["Value '0.1' at '' failed to satisfy constraint: Member must have value greater than or equal to 0.25"]
        );
    }

    #[test]
    fn an_unknown_member_is_refused_where_it_stands() {
        check(
            "CreateModel",
            r#"{"ModelName":"m","PrimaryContainer":{"Imagee":"x"}}"#,
            expect!["ValidationException: ContainerDefinition has no member 'Imagee' (at 'primaryContainer.imagee')"],
        );
    }

    #[test]
    fn a_union_has_exactly_one_member() {
        let shape = service::shape("AutoMLProblemTypeConfig").unwrap();
        for text in ["{}", r#"{"TextGenerationJobConfig":{},"ImageClassificationJobConfig":{}}"#] {
            let problems = problems(shape, &json::read(text.as_bytes()).unwrap());
            assert_eq!(problems.len(), 1, "{text}: {problems:?}");
            assert!(problems[0].ends_with("Exactly one member must be set"), "{}", problems[0]);
        }
    }

    #[test]
    fn an_instance_type_has_to_be_one_of_the_model() {
        let shape = service::shape("ProductionVariantInstanceType").unwrap();
        assert!(problems(shape, &"ml.m5.large".into()).is_empty());
        assert_eq!(problems(shape, &"ml.m5.huge".into()).len(), 1);
    }

    #[test]
    fn letters_of_all_scripts_may_stand_in_tags() {
        let tag = service::shape("TagValue").unwrap();
        assert!(problems(tag, &"Größe 10 @ home".into()).is_empty());
        assert_eq!(problems(tag, &"a;b".into()).len(), 1);
    }
}
