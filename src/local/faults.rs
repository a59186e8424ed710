//! Faults on request: what is to go wrong, how often, and with which call.

use std::{borrow::Cow, time::Duration};

use super::{
    call::Outcome,
    error::ServiceError,
    thing::{Action, Thing},
    things,
};
use crate::{definition::service, value::Value};

/// Goes wrong with the next calls that it fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// `CreateEndpoint`.
    operation: String,
    /// Members that the input has to have with these values; an empty object fits every input.
    matching: Value,
    /// How many calls are left.
    times: i64,
    kind: Kind,
}

/// What goes wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// An error instead of what was asked.
    Error(ServiceError),
    /// The error page of a proxy instead of what was asked.
    Html,
    /// It is done, but the JSON of the reply breaks off.
    Truncated,
    /// The connection is closed before anything is done.
    DropBefore,
    /// It is done, but the connection is closed instead of a reply.
    DropAfter,
    /// It is done, and the reply comes, but late.
    Slow(Duration),
    /// It is accepted, but the change ends otherwise.
    Ends(Outcome),
}

impl Fault {
    /// Reads one of the faults that a test asks for; else says what is wrong with it.
    pub(super) fn read(value: &Value) -> Result<Self, String> {
        let operation = value.get("operation").as_str().ok_or("`operation` is missing")?;
        if service::operation(operation).is_none() {
            return Err(format!("there is no operation `{operation}`"));
        }
        let matching = match value.get("match") {
            Value::Null => Value::object(),
            members @ Value::Map(_) => members.clone(),
            _ => return Err("`match` has to be an object".into()),
        };
        let times = match value.get("times") {
            Value::Null => 1,
            times => times.as_number().and_then(|times| times.as_i64()).ok_or("`times` has to be an integer")?,
        };
        Ok(Self { operation: operation.to_owned(), matching, times, kind: kind(operation, value)? })
    }

    fn fits(&self, operation: &str, input: &Value) -> bool {
        let fits = |(name, wanted): (&String, &Value)| input.get(name) == wanted;
        self.times > 0 && self.operation == operation && self.matching.as_map().is_some_and(|all| all.iter().all(fits))
    }
}

/// Takes the first fault that fits the call, and counts it.
pub(super) fn take(faults: &mut Vec<Fault>, operation: &str, input: &Value) -> Option<Kind> {
    let fault = faults.iter_mut().find(|fault| fault.fits(operation, input))?;
    fault.times -= 1;
    let kind = fault.kind.clone();
    faults.retain(|fault| fault.times > 0);
    Some(kind)
}

fn kind(operation: &str, value: &Value) -> Result<Kind, String> {
    let reason = || Outcome::Failure(value.get("reason").as_str().unwrap_or("Failed on request.").to_owned());
    match value.get("kind").as_str().ok_or("`kind` is missing")? {
        "throttle" => Ok(Kind::Error(ServiceError::new("ThrottlingException", "Rate exceeded"))),
        "error" => error(value).map(Kind::Error),
        "html" => Ok(Kind::Html),
        "truncated" => Ok(Kind::Truncated),
        "drop_before" => Ok(Kind::DropBefore),
        "drop_after" => Ok(Kind::DropAfter),
        "slow" => {
            let wait = value.get("ms").as_number().and_then(|wait| wait.as_i64());
            let wait =
                wait.and_then(|wait| u64::try_from(wait).ok()).ok_or("`ms` has to be a number of milliseconds")?;
            Ok(Kind::Slow(Duration::from_millis(wait)))
        }
        "fail" => match things::of_operation(operation) {
            Some((Thing { life: Some(_), .. }, Action::Create(_) | Action::Update(_) | Action::Amend(_))) => {
                Ok(Kind::Ends(reason()))
            }
            _ => Err(format!("`{operation}` begins nothing that could fail later")),
        },
        "rollback" => match (things::of_operation(operation), reason()) {
            (Some((Thing { life: Some(_), .. }, Action::Update(_) | Action::Amend(_))), Outcome::Failure(reason)) => {
                Ok(Kind::Ends(Outcome::Rollback(reason)))
            }
            _ => Err(format!("`{operation}` begins nothing that could be rolled back")),
        },
        other => Err(format!("there is no kind of fault `{other}`")),
    }
}

fn error(value: &Value) -> Result<ServiceError, String> {
    let code = value.get("code").as_str().ok_or("`code` is missing")?.to_owned();
    let message = value.get("message").as_str().unwrap_or_default();
    let status = match value.get("status") {
        Value::Null => 400,
        status => status
            .as_number()
            .and_then(|status| status.as_i64())
            .and_then(|status| u16::try_from(status).ok())
            .filter(|status| (400..600).contains(status))
            .ok_or("`status` has to be that of an HTTP error")?,
    };
    Ok(ServiceError::new(Cow::Owned(code), message).with_status(status))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::local::json;

    fn fault(text: &str) -> Result<Fault, String> {
        Fault::read(&json::read(text.as_bytes()).unwrap())
    }

    #[test]
    fn a_fault_strikes_as_often_as_it_was_asked_for_and_only_where_it_fits() {
        let mut faults = vec![
            fault(r#"{"operation":"CreateModel","match":{"ModelName":"m"},"times":2,"kind":"throttle"}"#).unwrap(),
        ];
        let (m, other) = (Value::from([("ModelName", "m".into())]), Value::from([("ModelName", "o".into())]));
        assert_eq!(take(&mut faults, "CreateModel", &other), None);
        assert_eq!(take(&mut faults, "DescribeModel", &m), None);
        assert!(matches!(take(&mut faults, "CreateModel", &m), Some(Kind::Error(_))));
        assert!(take(&mut faults, "CreateModel", &m).is_some());
        assert_eq!(take(&mut faults, "CreateModel", &m), None);
        assert!(faults.is_empty());
    }

    #[test]
    fn what_cannot_happen_is_refused() {
        for (text, problem) in [
            (r#"{"operation":"CreateModell","kind":"html"}"#, "there is no operation `CreateModell`"),
            (r#"{"operation":"CreateModel","kind":"fail"}"#, "`CreateModel` begins nothing that could fail later"),
            (
                r#"{"operation":"CreateEndpoint","kind":"rollback"}"#,
                "`CreateEndpoint` begins nothing that could be rolled back",
            ),
            (r#"{"operation":"CreateModel","kind":"fire"}"#, "there is no kind of fault `fire`"),
        ] {
            assert_eq!(fault(text), Err(problem.to_owned()));
        }
    }
}
