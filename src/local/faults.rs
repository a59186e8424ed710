//! Fault injection: which calls fail, how, and how often.

use std::{borrow::Cow, time::Duration};

use super::{
    catalog, dispatch,
    error::ServiceError,
    kind::Behavior,
    lifecycle::Lifecycle,
    moment::Moment,
    outcome::{Outcome, ReadDelay, Span},
};
use crate::{
    definition::service::{self, OPERATIONS, Shape, ShapeKind},
    text::{list, nearest},
    value::Value,
};

/// A fault that affects the next matching calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// `CreateEndpoint`, or [`ANY`].
    operation: String,
    /// Members that the input must have with these values; an empty object matches every input.
    matching: Value,
    /// The number of remaining calls.
    times: i64,
    /// The end of the fault.
    until: Option<Moment>,
    cause: Cause,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Cause {
    Effect(Effect),
    /// The role in the input cannot be assumed. Applies only to inputs with a role.
    Role,
}

/// Matches every operation.
const ANY: &str = "*";

/// The maximum depth of a role in an input.
const LEVELS: usize = 8;

/// The members of a fault. Others are rejected: most likely they are misspelt.
const MEMBERS: &[&str] =
    &["operation", "match", "times", "for_ms", "kind", "code", "message", "status", "ms", "reads", "reason"];

/// The kinds of faults.
const KINDS: &[&str] = &[
    "throttle",
    "error",
    "html",
    "truncated",
    "drop_before",
    "drop_after",
    "role",
    "slow",
    "fail",
    "rollback",
    "hang",
    "repeatable",
    "lag",
    "list_lag",
];

/// The effect of a fault on a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Effect {
    /// An error; the operation is not executed.
    Error(ServiceError),
    /// The error page of a proxy; the operation is not executed.
    Html,
    /// The operation is executed, but the JSON of the reply is truncated.
    Truncated,
    /// The connection is closed before the operation is executed.
    DropBefore,
    /// The operation is executed, but the connection is closed instead of a reply.
    DropAfter,
    /// The operation is executed, and its reply is delayed.
    Slow(Duration),
    /// The operation is accepted, but has another outcome, or becomes visible late.
    Ends(Outcome),
}

impl Fault {
    /// Reads a fault from a request; the error describes what is wrong with it.
    pub(super) fn read(value: &Value, now: Moment) -> Result<Self, String> {
        let members = value.as_map().ok_or("a fault has to be an object")?;
        if let Some(unknown) = members.keys().find(|name| !MEMBERS.contains(&name.as_str())) {
            return Err(format!("`{unknown}` is no member of a fault, which has {}", list(MEMBERS)));
        }
        let operation = value.get("operation").as_str().ok_or("`operation` is missing")?;
        if operation != ANY && service::operation(operation).is_none() {
            let near = list(nearest(OPERATIONS.iter().map(|known| known.name), operation));
            return Err(format!("there is no operation `{operation}`; the nearest are {near}"));
        }
        let matching = match value.get("match") {
            Value::Null => Value::object(),
            members @ Value::Map(_) => members.clone(),
            _ => return Err("`match` has to be an object".into()),
        };
        let lasting = milliseconds(value, "for_ms")?;
        let times = match count(value, "times")? {
            None if lasting.is_some() => i64::MAX,
            times => times.unwrap_or(1),
        };
        let until = lasting.map(|lasting| now.after(lasting));
        Ok(Self { operation: operation.to_owned(), matching, times, until, cause: cause(operation, value)? })
    }

    fn fits(&self, operation: &'static service::Operation, input: &Value) -> bool {
        let fits = |(name, requested): (&String, &Value)| input.get(name) == requested;
        (self.operation == ANY || self.operation == operation.name)
            && self.matching.as_map().is_some_and(|all| all.iter().all(fits))
            && (self.cause != Cause::Role || role(operation.input, input).is_some())
    }

    fn is_over(&self, now: Moment) -> bool {
        self.times <= 0 || self.until.is_some_and(|until| until <= now)
    }
}

impl Effect {
    /// The error for callers that exceed the rate limit.
    pub(super) fn throttle() -> Self {
        Self::Error(ServiceError::new("ThrottlingException", "Rate exceeded"))
    }
}

/// Takes the first fault that matches the call, and counts it.
pub(super) fn take(
    faults: &mut Vec<Fault>,
    operation: &'static service::Operation,
    input: &Value,
    now: Moment,
) -> Option<Effect> {
    faults.retain(|fault| !fault.is_over(now));
    let fault = faults.iter_mut().find(|fault| fault.fits(operation, input))?;
    fault.times -= 1;
    Some(match &fault.cause {
        Cause::Effect(effect) => effect.clone(),
        Cause::Role => Effect::Error(not_assumable(operation.name, role(operation.input, input).unwrap_or_default())),
    })
}

/// The first role that the input names.
fn role<'a>(shape: &Shape, input: &'a Value) -> Option<&'a str> {
    match (&shape.kind, input) {
        (ShapeKind::String { .. }, Value::String(text)) => Some(text.as_str()).filter(|_| shape.name == "RoleArn"),
        (ShapeKind::Structure { members, .. }, Value::Map(_)) => {
            members.iter().find_map(|member| role(member.shape, input.get(member.name)))
        }
        (ShapeKind::List { element, .. }, Value::List(elements)) => elements.iter().find_map(|one| role(element, one)),
        _ => None,
    }
}

/// The service's error for a role that it cannot assume, or not yet. The first text is matched by hashicorp/aws as far
/// as the point, the second as far as the action, the last is seen with training, processing and transform jobs; the
/// rest of the others, and that all other operations refuse as those jobs do, is assumed.
fn not_assumable(operation: &str, role: &str) -> ServiceError {
    ServiceError::validation(match operation {
        "CreateFeatureGroup" => {
            format!("The execution role ARN is invalid. Please ensure that the role {role} exists and can be assumed.")
        }
        "CreateMlflowApp" => format!("SageMaker is unable to perform: sts:AssumeRole on {role}"),
        _ => format!(
            "Could not assume role {role}. Please ensure that the role exists and allows principal \
             'sagemaker.amazonaws.com' to assume the role."
        ),
    })
}

fn cause(operation: &str, value: &Value) -> Result<Cause, String> {
    match (value.get("kind").as_str(), service::operation(operation)) {
        (Some("role"), Some(known)) if !takes_role(known.input, LEVELS) => Err(format!("`{operation}` takes no role")),
        (Some("role"), _) => Ok(Cause::Role),
        _ => effect(operation, value).map(Cause::Effect),
    }
}

fn effect(operation: &str, value: &Value) -> Result<Effect, String> {
    let reason = || value.get("reason").as_str().unwrap_or("Failed on request.").to_owned();
    let kind = value.get("kind").as_str().ok_or("`kind` is missing")?;
    let unknown = || Err(format!("there is no kind of fault `{kind}`; there are {}", list(KINDS)));
    if !KINDS.contains(&kind) {
        return unknown();
    }
    match kind {
        "throttle" => Ok(Effect::throttle()),
        "error" => error(value).map(Effect::Error),
        "html" => Ok(Effect::Html),
        "truncated" => Ok(Effect::Truncated),
        "drop_before" => Ok(Effect::DropBefore),
        "drop_after" => Ok(Effect::DropAfter),
        "slow" => milliseconds(value, "ms")?.map(Effect::Slow).ok_or_else(|| "`ms` is missing".into()),
        "fail" if may_fail(operation) => Ok(Effect::Ends(Outcome::Failure(reason()))),
        "fail" => Err(format!("`{operation}` begins nothing that could fail later")),
        "rollback" if may_roll_back(operation) => Ok(Effect::Ends(Outcome::Rollback(reason()))),
        "rollback" => Err(format!("`{operation}` begins nothing that could be rolled back")),
        "hang" if may_hang(operation) => Ok(Effect::Ends(Outcome::Never)),
        "hang" => Err(format!("`{operation}` begins nothing that could hang")),
        "repeatable" if deletes_in_time(operation) => Ok(Effect::Ends(Outcome::Repeatable)),
        "repeatable" => Err(format!("`{operation}` begins no deletion that takes time")),
        "lag" => late(operation, value, false),
        "list_lag" => late(operation, value, true),
        _ => unknown(),
    }
}

fn late(operation: &str, value: &Value, in_lists: bool) -> Result<Effect, String> {
    if operation == ANY || dispatch::reading(operation).is_some() {
        return Err(format!("`{operation}` changes nothing that could be seen late"));
    }
    let span = match (count(value, "reads")?, milliseconds(value, "ms")?) {
        (Some(reads), None) => Span::Reads(reads),
        (None, Some(time)) => Span::Time(time),
        _ => return Err("either `reads` or `ms` is expected".into()),
    };
    Ok(Effect::Ends(Outcome::Delayed(ReadDelay { span, in_lists })))
}

/// The behavior of an operation on a kind whose changes may take time, and the lifecycle of the kind.
fn staged(operation: &str) -> Option<(&'static Lifecycle, &'static Behavior)> {
    let (kind, behavior) = catalog::behavior(operation)?;
    Some((kind.lifecycle.as_ref()?, behavior))
}

fn may_fail(operation: &str) -> bool {
    matches!(staged(operation), Some((_, Behavior::Create(_) | Behavior::Update(_) | Behavior::Amend(_))))
}

fn may_roll_back(operation: &str) -> bool {
    matches!(staged(operation), Some((_, Behavior::Update(_) | Behavior::Amend(_))))
}

fn may_hang(operation: &str) -> bool {
    staged(operation).is_some_and(|(lifecycle, behavior)| takes_time(lifecycle, behavior))
}

fn deletes_in_time(operation: &str) -> bool {
    matches!(staged(operation), Some((_, Behavior::Delete(_)))) && may_hang(operation)
}

fn takes_time(lifecycle: &Lifecycle, behavior: &Behavior) -> bool {
    match behavior {
        Behavior::Create(_) => !lifecycle.creating.is_empty(),
        Behavior::Update(_) | Behavior::Transition(_) => true,
        Behavior::Amend(_) => lifecycle.updating.is_some(),
        Behavior::Delete(_) => lifecycle.deleting.is_some(),
        Behavior::Stop => lifecycle.stopping.is_some(),
        Behavior::Describe(_) | Behavior::List(_) | Behavior::Other(_) => false,
    }
}

/// Whether an input can contain a role within this depth; some shapes are recursive.
fn takes_role(shape: &Shape, levels: usize) -> bool {
    match &shape.kind {
        ShapeKind::String { .. } => shape.name == "RoleArn",
        _ if levels == 0 => false,
        ShapeKind::Structure { members, .. } => members.iter().any(|member| takes_role(member.shape, levels - 1)),
        ShapeKind::List { element, .. } => takes_role(element, levels - 1),
        _ => false,
    }
}

fn milliseconds(value: &Value, member: &str) -> Result<Option<Duration>, String> {
    Ok(count(value, member)?.map(|count| Duration::from_millis(count.unsigned_abs())))
}

fn count(value: &Value, member: &str) -> Result<Option<i64>, String> {
    match value.get(member) {
        Value::Null => Ok(None),
        count => match count.as_i64() {
            Some(count) if count >= 0 => Ok(Some(count)),
            _ => Err(format!("`{member}` must be an integer of at least 0")),
        },
    }
}

fn error(value: &Value) -> Result<ServiceError, String> {
    let code = value.get("code").as_str().ok_or("`code` is missing")?.to_owned();
    let message = value.get("message").as_str().unwrap_or_default();
    let status = match value.get("status") {
        Value::Null => 400,
        status => status
            .as_i64()
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
        Fault::read(&json::read(text.as_bytes()).unwrap(), Moment(0))
    }

    fn taken(faults: &mut Vec<Fault>, operation: &str, input: &Value) -> Option<Effect> {
        take(faults, service::operation(operation).unwrap(), input, Moment(0))
    }

    #[test]
    fn a_fault_strikes_as_often_as_requested_and_only_where_it_fits() {
        let mut faults = vec![
            fault(r#"{"operation":"CreateModel","match":{"ModelName":"m"},"times":2,"kind":"throttle"}"#).unwrap(),
        ];
        let (m, other) = (Value::from([("ModelName", "m".into())]), Value::from([("ModelName", "o".into())]));
        assert_eq!(taken(&mut faults, "CreateModel", &other), None);
        assert_eq!(taken(&mut faults, "DescribeModel", &m), None);
        assert!(matches!(taken(&mut faults, "CreateModel", &m), Some(Effect::Error(_))));
        assert!(taken(&mut faults, "CreateModel", &m).is_some());
        assert_eq!(taken(&mut faults, "CreateModel", &m), None);
        assert!(faults.is_empty());
    }

    #[test]
    fn a_fault_can_strike_everything_for_a_while() {
        let mut faults = vec![fault(r#"{"operation":"*","for_ms":50,"kind":"throttle"}"#).unwrap()];
        let operation = service::operation("ListModels").unwrap();
        for (now, strikes) in [(0, true), (1, true), (49, true), (50, false)] {
            assert_eq!(take(&mut faults, operation, &Value::object(), Moment(now)).is_some(), strikes, "at {now}");
        }
    }

    #[test]
    fn a_role_is_refused_in_the_words_of_the_operation_and_only_where_there_is_one() {
        let mut faults = vec![fault(r#"{"operation":"*","times":9,"kind":"role"}"#).unwrap()];
        let said = |faults: &mut Vec<Fault>, operation: &str, input: &str| {
            let input = json::read(input.as_bytes()).unwrap();
            match taken(faults, operation, &input) {
                Some(Effect::Error(error)) => format!("{}: {}", error.code, error.message),
                other => format!("{other:?}"),
            }
        };
        assert_eq!(
            said(&mut faults, "CreateModel", r#"{"ExecutionRoleArn":"arn:aws:iam::1:role/r"}"#),
            "ValidationException: Could not assume role arn:aws:iam::1:role/r. Please ensure that the role exists and \
             allows principal 'sagemaker.amazonaws.com' to assume the role."
        );
        let deep = r#"{"MonitoringScheduleConfig":{"MonitoringJobDefinition":{"RoleArn":"arn:aws:iam::1:role/r"}}}"#;
        assert!(said(&mut faults, "CreateMonitoringSchedule", deep).contains("Could not assume role"));
        let inner = r#"{"InstanceGroups":[{"ExecutionRole":"arn:aws:iam::1:role/r"}]}"#;
        assert!(said(&mut faults, "CreateCluster", inner).contains("Could not assume role"));
        assert!(
            said(&mut faults, "CreateFeatureGroup", r#"{"RoleArn":"r"}"#)
                .starts_with("ValidationException: The execution role ARN is invalid.")
        );
        assert_eq!(said(&mut faults, "CreateModel", r#"{"ModelName":"m"}"#), "None");
    }

    #[test]
    fn what_cannot_happen_is_refused() {
        for (text, problem) in [
            (r#""throttle""#, "a fault has to be an object"),
            (
                r#"{"operation":"CreateModell","kind":"html"}"#,
                "there is no operation `CreateModell`; the nearest are `CreateModel`, `CreateModelCard`, `CreateContext`",
            ),
            (
                r#"{"operation":"CreateModel","kind":"html","tiems":2}"#,
                "`tiems` is no member of a fault, which has `operation`, `match`, `times`, `for_ms`, `kind`, `code`, `message`, \
                 `status`, `ms`, `reads`, `reason`",
            ),
            (r#"{"operation":"CreateModel","kind":"html","times":-1}"#, "`times` must be an integer of at least 0"),
            (r#"{"operation":"CreateModel","kind":"slow"}"#, "`ms` is missing"),
            (r#"{"operation":"CreateModel","kind":"fail"}"#, "`CreateModel` begins nothing that could fail later"),
            (r#"{"operation":"*","kind":"fail"}"#, "`*` begins nothing that could fail later"),
            (r#"{"operation":"DeleteModel","kind":"hang"}"#, "`DeleteModel` begins nothing that could hang"),
            (r#"{"operation":"DeleteModel","kind":"repeatable"}"#, "`DeleteModel` begins no deletion that takes time"),
            (r#"{"operation":"CreateTrial","kind":"role"}"#, "`CreateTrial` takes no role"),
            (
                r#"{"operation":"DescribeModel","kind":"lag","reads":1}"#,
                "`DescribeModel` changes nothing that could be seen late",
            ),
            (r#"{"operation":"CreateModel","kind":"lag"}"#, "either `reads` or `ms` is expected"),
            (
                r#"{"operation":"CreateEndpoint","kind":"rollback"}"#,
                "`CreateEndpoint` begins nothing that could be rolled back",
            ),
        ] {
            assert_eq!(fault(text), Err(problem.to_owned()));
        }
    }

    #[test]
    fn every_kind_is_known_and_listed_in_the_refusal_of_others() {
        let of_kind = |kind: &str| fault(&format!(r#"{{"operation":"CreateModel","kind":"{kind}"}}"#));
        let unknown = of_kind("fire").expect_err("there is no such kind");
        assert!(unknown.starts_with("there is no kind of fault `fire`; there are `throttle`, "), "{unknown}");
        for kind in KINDS {
            let is_unknown = |refused: String| refused.starts_with("there is no kind");
            assert!(!of_kind(kind).err().is_some_and(is_unknown), "{kind}");
        }
    }
}
