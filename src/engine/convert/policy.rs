//! A canonical form of IAM policies, in which equivalent policies are equal.
//!
//! Equivalence follows the IAM user guide: "IAM JSON policy elements" (Version, Statement, Principal, Action, Resource,
//! Condition).

use serde_json::Value as Json;

use crate::arn::Arn;

/// The version of a policy without `Version` (IAM user guide, Version).
const DEFAULT_VERSION: &str = "2008-10-17";

/// The policy with one spelling for each element that has several.
pub(crate) fn canonical(policy: Json) -> Json {
    let Json::Object(mut members) = policy else { return policy };
    members.entry("Version").or_insert_with(|| DEFAULT_VERSION.into());
    let statements = members.get_mut("Statement").map(Json::take);
    if let Some(statements) = statements {
        members.insert("Statement".to_owned(), set(statements, statement));
    }
    Json::Object(members)
}

fn statement(statement: Json) -> Json {
    let Json::Object(members) = statement else { return statement };
    members.into_iter().map(|(name, member)| (name.clone(), element(&name, member))).collect()
}

fn element(name: &str, element: Json) -> Json {
    match name {
        "Action" | "NotAction" => set(element, lower_case),
        "Resource" | "NotResource" => set(element, |resource| resource),
        "Principal" | "NotPrincipal" => principals(element),
        "Condition" => conditions(element),
        _ => element,
    }
}

/// The order is insignificant, as is a list around a single element.
fn set(elements: Json, each: impl Fn(Json) -> Json) -> Json {
    let elements = match elements {
        Json::Array(elements) => elements,
        one => vec![one],
    };
    let mut elements: Vec<Json> = elements.into_iter().map(each).collect();
    elements.sort_by_key(Json::to_string);
    elements.dedup();
    elements.into()
}

/// The prefix and the name of an action are case-insensitive.
fn lower_case(action: Json) -> Json {
    match action {
        Json::String(action) => action.to_lowercase().into(),
        other => other,
    }
}

/// Everyone is `"*"` or `{"AWS": "*"}`.
fn principals(principals: Json) -> Json {
    match principals {
        Json::Object(kinds) => kinds.into_iter().map(|(kind, members)| (kind, set(members, principal))).collect(),
        everybody => Json::Object([("AWS".to_owned(), set(everybody, principal))].into_iter().collect()),
    }
}

/// An account is its id or the ARN of its root user.
fn principal(principal: Json) -> Json {
    let account = principal.as_str().and_then(account_of_root).map(Json::from);
    account.unwrap_or(principal)
}

fn account_of_root(arn: &str) -> Option<&str> {
    let arn = Arn::parse(arn)?;
    (arn.service == "iam" && arn.region.is_empty() && arn.resource == "root").then_some(arn.account)
}

/// By operator and key: names of keys are case-insensitive, and values are texts in any JSON type.
fn conditions(operators: Json) -> Json {
    members(operators, |operator| operator, |keys| members(keys, |key| key.to_lowercase(), |values| set(values, text)))
}

fn members(object: Json, name: impl Fn(String) -> String, member: impl Fn(Json) -> Json) -> Json {
    match object {
        Json::Object(members) => members.into_iter().map(|(key, value)| (name(key), member(value))).collect(),
        other => other,
    }
}

fn text(value: Json) -> Json {
    match value {
        Json::Bool(_) | Json::Number(_) => value.to_string().into(),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two policies of one statement each.
    fn check(one: &str, two: &str, same: bool) {
        let policy = |members: &str| {
            let text = format!(r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow",{members}}}]}}"#);
            canonical(serde_json::from_str(&text).expect("valid JSON"))
        };
        assert_eq!(policy(one) == policy(two), same, "{one} and {two}");
    }

    #[test]
    fn an_account_is_its_root() {
        let root = r#""Principal":{"AWS":"arn:aws:iam::123456789012:root"}"#;
        check(r#""Principal":{"AWS":"123456789012"}"#, root, true);
        check(r#""Principal":{"AWS":["123456789012"]}"#, root, true);
        check(r#""Principal":{"AWS":"210987654321"}"#, root, false);
        check(r#""Principal":{"AWS":"arn:aws:iam::123456789012:role/root"}"#, root, false);
        check(r#""Principal":"*""#, r#""Principal":{"AWS":["*"]}"#, true);
        check(r#""Principal":"*""#, r#""Principal":{"Service":"*"}"#, false);
    }

    #[test]
    fn order_and_lists_of_one_are_insignificant() {
        check(r#""Action":["a:B","a:C"]"#, r#""Action":["a:C","a:B"]"#, true);
        check(r#""Resource":"x""#, r#""Resource":["x"]"#, true);
        check(r#""Resource":["x","y"]"#, r#""Resource":["x"]"#, false);
        let whole = |statements: &str| {
            canonical(serde_json::from_str(&format!(r#"{{"Statement":{statements}}}"#)).expect("valid JSON"))
        };
        assert_eq!(whole(r#"[{"Sid":"a"},{"Sid":"b"}]"#), whole(r#"[{"Sid":"b"},{"Sid":"a"}]"#));
        assert_eq!(whole(r#"{"Sid":"a"}"#), whole(r#"[{"Sid":"a"}]"#));
        assert_ne!(whole(r#"{"Sid":"a"}"#), whole(r#"{"Sid":"A"}"#));
    }

    #[test]
    fn case_is_significant_where_iam_says_so() {
        check(r#""Action":"sagemaker:DescribeModel""#, r#""Action":"SageMaker:describemodel""#, true);
        check(r#""Resource":"arn:x:A""#, r#""Resource":"arn:x:a""#, false);
        check(
            r#""Condition":{"StringEquals":{"aws:SourceIp":"A"}}"#,
            r#""Condition":{"StringEquals":{"AWS:sourceip":["A"]}}"#,
            true,
        );
        check(
            r#""Condition":{"StringEquals":{"aws:SourceIp":"A"}}"#,
            r#""Condition":{"StringEquals":{"aws:SourceIp":"a"}}"#,
            false,
        );
    }

    #[test]
    fn values_of_conditions_are_texts() {
        check(r#""Condition":{"Bool":{"k":true}}"#, r#""Condition":{"Bool":{"k":"true"}}"#, true);
        check(r#""Condition":{"NumericEquals":{"k":5}}"#, r#""Condition":{"NumericEquals":{"k":["5"]}}"#, true);
    }

    #[test]
    fn a_policy_without_a_version_has_the_first_version() {
        let policy = |text: &str| canonical(serde_json::from_str(text).expect("valid JSON"));
        assert_eq!(policy(r#"{"Statement":[]}"#), policy(r#"{"Version":"2008-10-17","Statement":[]}"#));
        assert_ne!(policy(r#"{"Statement":[]}"#), policy(r#"{"Version":"2012-10-17","Statement":[]}"#));
    }
}
