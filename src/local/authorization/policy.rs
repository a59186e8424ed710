//! Policies as files have them, and what they allow. What is not understood is refused when the file is read.

use std::{fs, io, path::Path};

use serde_json::{Map, Value as Json};

use crate::definition::covers;

/// The statements of one or several policies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy(Vec<Statement>);

/// Why a file is no policy.
#[derive(Debug, thiserror::Error)]
pub enum PolicyError {
    /// The file cannot be read.
    #[error("the policy `{file}` cannot be read")]
    Read {
        /// The file.
        file: String,
        /// The fault.
        source: io::Error,
    },
    /// The file has something that is not understood.
    #[error("the policy `{file}` cannot be used: {reason}")]
    Invalid {
        /// The file.
        file: String,
        /// What is wrong, and what is allowed.
        reason: String,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Statement {
    allows: bool,
    /// Patterns in lower case: IAM ignores the case of actions.
    actions: Vec<String>,
    resources: Vec<String>,
    /// The services that a role may be passed to; None: no condition.
    passed_to: Option<Vec<String>>,
}

/// What a caller wants to do.
pub(super) struct Request<'a> {
    pub(super) action: &'a str,
    /// None: it is not known what the call is about, so that the action decides.
    pub(super) resource: Option<&'a str>,
    /// The service that a role is passed to.
    pub(super) passed_to: Option<&'a str>,
}

/// What a policy says to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Allowed,
    NotAllowed,
    Denied,
}

impl Policy {
    /// Reads a file with a policy, or with a list of policies.
    pub(in crate::local) fn open(file: &Path) -> Result<Self, PolicyError> {
        let name = file.display().to_string();
        let text = fs::read_to_string(file).map_err(|source| PolicyError::Read { file: name.clone(), source })?;
        Self::read(&text).map_err(|reason| PolicyError::Invalid { file: name, reason })
    }

    /// Reads a policy, or a list of policies. The error says what is wrong.
    pub(in crate::local) fn read(text: &str) -> Result<Self, String> {
        let json: Json = serde_json::from_str(text).map_err(|error| format!("it is no JSON: {error}"))?;
        let documents: Vec<Vec<Statement>> = one_or_several(&json).iter().map(document).collect::<Result<_, _>>()?;
        Ok(Self(documents.concat()))
    }

    pub(super) fn verdict(&self, request: &Request<'_>) -> Verdict {
        let allows = |allows: bool| self.0.iter().any(|one| one.allows == allows && one.applies(request));
        match (allows(false), allows(true)) {
            (true, _) => Verdict::Denied,
            (false, true) => Verdict::Allowed,
            (false, false) => Verdict::NotAllowed,
        }
    }
}

impl Statement {
    fn applies(&self, request: &Request<'_>) -> bool {
        let action = request.action.to_lowercase();
        let about = |pattern: &String| match request.resource {
            Some(resource) => covers(pattern, resource),
            None => self.allows || pattern == "*",
        };
        let condition = self.passed_to.as_ref();
        self.actions.iter().any(|pattern| covers(pattern, &action))
            && self.resources.iter().any(about)
            && condition.is_none_or(|known| known.iter().any(|service| request.passed_to == Some(service)))
    }
}

fn document(json: &Json) -> Result<Vec<Statement>, String> {
    let members = json.as_object().ok_or("a policy has to be an object")?;
    let version = members.get("Version").and_then(Json::as_str).unwrap_or("2008-10-17");
    if !["2012-10-17", "2008-10-17"].contains(&version) {
        return Err(format!("`Version` is `{version}`, but has to be `2012-10-17`"));
    }
    expect_keys(members, &["Version", "Id", "Statement"], "a policy")?;
    let statements = members.get("Statement").ok_or("it has no `Statement`")?;
    one_or_several(statements).iter().map(statement).collect()
}

fn statement(json: &Json) -> Result<Statement, String> {
    let members = json.as_object().ok_or("a statement has to be an object")?;
    expect_keys(members, &["Sid", "Effect", "Action", "Resource", "Condition"], "a statement")?;
    let allows = match members.get("Effect").and_then(Json::as_str) {
        Some("Allow") => true,
        Some("Deny") => false,
        _ => return Err("`Effect` of a statement has to be `Allow` or `Deny`".to_owned()),
    };
    Ok(Statement {
        allows,
        actions: texts(members, "Action")?.iter().map(|action| action.to_lowercase()).collect(),
        resources: texts(members, "Resource")?,
        passed_to: members.get("Condition").map(condition).transpose()?,
    })
}

/// The services of the only condition that is understood.
fn condition(json: &Json) -> Result<Vec<String>, String> {
    let only = || "the only condition that is understood is `StringEquals` with `iam:PassedToService`".to_owned();
    let of = |json: &Json, key: &str| {
        let members = json.as_object().filter(|members| members.len() == 1);
        members.and_then(|members| members.get(key)).cloned().ok_or_else(only)
    };
    let services = of(&of(json, "StringEquals")?, "iam:PassedToService")?;
    one_or_several(&services).iter().map(|service| service.as_str().map(str::to_owned).ok_or_else(only)).collect()
}

fn texts(members: &Map<String, Json>, key: &str) -> Result<Vec<String>, String> {
    let expected = || format!("`{key}` of a statement has to be a text or a list of texts");
    let given = members.get(key).ok_or_else(expected)?;
    one_or_several(given).iter().map(|text| text.as_str().map(str::to_owned).ok_or_else(expected)).collect()
}

fn expect_keys(members: &Map<String, Json>, known: &[&str], what: &str) -> Result<(), String> {
    match members.keys().find(|key| !known.contains(&key.as_str())) {
        Some(key) => Err(format!("`{key}` of {what} is not understood; there are {}", known.join(", "))),
        None => Ok(()),
    }
}

fn one_or_several(json: &Json) -> &[Json] {
    match json {
        Json::Array(several) => several,
        one => std::slice::from_ref(one),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_understood_is_refused() {
        let statement = |more: &str| {
            format!(r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Action":"*","Resource":"*"{more}}}}}"#)
        };
        for (text, part) in [
            ("{".to_owned(), "it is no JSON"),
            ("[[]]".to_owned(), "a policy has to be an object"),
            ("{}".to_owned(), "it has no `Statement`"),
            (r#"{"Version":"2030-01-01","Statement":[]}"#.to_owned(), "`Version` is `2030-01-01`"),
            (statement(r#","NotAction":"*""#), "`NotAction` of a statement is not understood"),
            (statement(r#","Condition":{"Bool":{"aws:SecureTransport":"true"}}"#), "the only condition"),
            (statement("").replace("Allow", "allow"), "`Effect` of a statement has to be"),
            (statement("").replace(r#""Action":"*","#, ""), "`Action` of a statement has to be"),
            (statement("").replace(r#""Resource":"*""#, r#""Resource":[1]"#), "`Resource` of a statement has to be"),
        ] {
            let reason = Policy::read(&text).unwrap_err();
            assert!(reason.contains(part), "{text}: {reason}");
        }
        assert_eq!(Policy::read(&format!("[{0},{0}]", statement(""))).unwrap().0.len(), 2);
    }

    #[test]
    fn a_role_is_passed_only_to_the_services_of_the_condition() {
        let text = r#"{"Statement":{"Effect":"Allow","Action":"iam:PassRole","Resource":"*",
            "Condition":{"StringEquals":{"iam:PassedToService":["sagemaker.amazonaws.com"]}}}}"#;
        let policy = Policy::read(text).unwrap();
        let verdict = |passed_to| policy.verdict(&Request { action: "iam:PassRole", resource: Some("r"), passed_to });
        assert_eq!(verdict(Some("sagemaker.amazonaws.com")), Verdict::Allowed);
        assert_eq!(verdict(Some("glue.amazonaws.com")), Verdict::NotAllowed);
    }
}
