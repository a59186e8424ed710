//! The failures of operations, as facts.

use std::time::Duration;

use crate::{
    api::{ApiError, ErrorKind},
    definition::{Attribute, AttributeKind, Origin},
    diag::{self, Advice, Candidate, Diagnostic, Doing, Expired, FailedCall, LastRead, Subject},
    engine::service::refusal::is_about_a_new_role,
    schema::Nesting,
    value::{Path, Value},
};

/// Why an operation failed.
#[derive(Debug, Clone, PartialEq)]
pub enum Failure {
    /// A call of the service failed.
    Call(ApiError),
    /// A create call may have had an effect, and no object, or more than one, is proven to be the one that it created.
    NotProven {
        /// The failure of the create call.
        error: Box<ApiError>,
        /// The objects that may be the created one, with the reasons for doubt.
        candidates: Vec<Candidate>,
    },
    /// The object reached a state that it does not leave by itself.
    EndedIn {
        /// That state, as the service returns it.
        state: String,
        /// The service's reason, if it gives one.
        reason: Option<String>,
    },
    /// The wait has ended, but a value of the object is not the planned one.
    RolledBack {
        /// The path of the member that differs.
        attribute: String,
        /// The planned value.
        planned: Value,
        /// The value that the service returns.
        actual: Value,
        /// The service's reason, if it gives one.
        reason: Option<String>,
    },
    /// The service has accepted an update, but still shows these attributes as they were before it.
    Unchanged {
        /// The paths of those attributes.
        attributes: Vec<Path>,
        /// How long they were read unchanged.
        after: Duration,
    },
    /// The wait took longer than its timeout.
    TimedOut(Expired),
    /// A batch of which a part has failed.
    Partly {
        /// The operation.
        operation: &'static str,
        /// What the service says about each part.
        failures: Vec<String>,
    },
    /// The user interrupted Terraform.
    Interrupted(LastRead),
    /// The object was deleted during the wait.
    Vanished,
    /// Refused by the provider, without a call of the service.
    Refused(Box<Diagnostic>),
    /// A bug of this provider.
    Bug(String),
}

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Self {
        Self::Call(error)
    }
}

impl Failure {
    /// The diagnostic for a resource with these attributes.
    pub(crate) fn diagnostic(&self, subject: &Subject<'_>, attributes: &[Attribute]) -> Diagnostic {
        match self {
            Self::Call(error) => {
                let places = places(attributes, &error.message);
                diag::call_failed(subject, &call(subject, error, &places))
            }
            Self::NotProven { error, candidates } => diag::not_proven(subject, &call(subject, error, &[]), candidates),
            Self::EndedIn { state, reason } => {
                let reason = reason.as_deref();
                diag::ended_in(subject, state, reason, advice_on_reason(reason))
            }
            Self::RolledBack { attribute, planned, actual, reason } => {
                let values = (&*planned.to_text(), &*actual.to_text());
                let reason = reason.as_deref();
                diag::rolled_back(subject, attribute, values, reason, advice_on_reason(reason))
            }
            Self::Unchanged { attributes, after } => diag::unchanged(subject, attributes, after.as_secs()),
            Self::TimedOut(expired) => diag::timed_out(subject, expired),
            Self::Partly { operation, failures } => diag::partly_failed(subject, operation, failures),
            Self::Interrupted(read) => diag::interrupted(subject, read),
            Self::Vanished => diag::vanished(subject),
            Self::Refused(diagnostic) => (**diagnostic).clone(),
            Self::Bug(what) => diag::bug(subject, what),
        }
    }
}

fn call<'a>(subject: &Subject<'_>, error: &'a ApiError, places: &'a [Path]) -> FailedCall<'a> {
    FailedCall {
        operation: &error.operation,
        code: Some(&*error.code).filter(|code| !code.is_empty()),
        message: &error.message,
        request_id: Some(&*error.request_id).filter(|id| !id.is_empty()),
        status: error.status,
        attempts: error.attempts,
        in_doubt: error.in_doubt,
        places,
        advice: advice(subject.doing, error),
    }
}

fn advice(doing: Doing, error: &ApiError) -> Advice<'_> {
    match error.kind {
        ErrorKind::Service => advice_on_refusal(doing, error),
        ErrorKind::Throttled => Advice::SlowDown,
        ErrorKind::Connection if error.message.contains("dns error") => Advice::CheckHostName,
        ErrorKind::Connection | ErrorKind::Timeout => Advice::CheckNetwork,
        ErrorKind::Reply => Advice::NotTheService,
        ErrorKind::Credentials => advice_on_credentials(&error.code),
        ErrorKind::Settings => Advice::CorrectSettings,
        ErrorKind::Request => Advice::ReportBug,
        ErrorKind::Stopped => Advice::None,
    }
}

/// `code` is that of the token service; empty if it was not called.
fn advice_on_credentials(code: &str) -> Advice<'static> {
    match code {
        "AccessDenied" | "AccessDeniedException" => Advice::TrustTheCaller,
        "ExpiredToken" | "ExpiredTokenException" => Advice::RenewCredentials,
        "InvalidClientTokenId" | "SignatureDoesNotMatch" | "UnrecognizedClientException" => Advice::CorrectCredentials,
        "Throttling" | "ThrottlingException" => Advice::SlowDown,
        "" => Advice::SetCredentials,
        _ => Advice::None,
    }
}

/// True if a create was refused because the object exists already. Seen: `… already exists`, `Cannot create a duplicate
/// notebook instance (…)`.
pub(crate) fn already_exists(error: &ApiError) -> bool {
    let words = error.message.to_lowercase();
    words.contains("already exist") || words.contains("create a duplicate")
}

/// Words of the refusals to delete an object that contains others, or that others use. Seen: `… cannot be deleted because
/// it still contains Model Packages`, `… because UserProfile(s) are associated with it`, `… as long as it has inference
/// components`, `… is linked to 1 or more trials`; the others are variants (assumed).
const IN_USE: &[&str] = &[
    "as long as it has",
    "associated with",
    "attached to",
    "because it contains",
    "because it has",
    "in use",
    "linked to",
    "not empty",
    "still contains",
    "used by",
];

/// True if the words, in lower case, say that an object is in use, and not that it is not.
fn says_in_use(words: &str) -> bool {
    let says = |part: &&str| {
        words.match_indices(*part).any(|(at, _)| {
            let (before, after) = (&words[..at], &words[at + part.len()..]);
            !before.ends_with("not ") && !after.starts_with(char::is_alphanumeric)
        })
    };
    IN_USE.iter().any(says)
}

/// The message is examined last: there are few codes, and most refusals share one.
fn advice_on_refusal(doing: Doing, error: &ApiError) -> Advice<'_> {
    let words = error.message.to_lowercase();
    let contains = |any: &[&str]| any.iter().any(|part| words.contains(part));
    match error.code.as_str() {
        "AccessDeniedException" | "AccessDenied" if contains(&["explicit deny"]) => Advice::ExplicitDeny,
        "AccessDeniedException" | "AccessDenied" => Advice::Allow(denied_action(&error.message)),
        "ExpiredTokenException" | "ExpiredToken" => Advice::RenewCredentials,
        "UnrecognizedClientException"
        | "InvalidClientTokenId"
        | "InvalidSignatureException"
        | "SignatureDoesNotMatch"
        | "IncompleteSignature"
        | "MissingAuthenticationToken" => Advice::CorrectCredentials,
        "ResourceLimitExceeded" | "ServiceQuotaExceededException" => Advice::RaiseQuota,
        _ if is_about_a_new_role(&error.message) => Advice::TrustTheService,
        _ if error.status.is_some_and(|status| status >= 500) => Advice::ServiceTrouble,
        _ if doing == Doing::Creating && already_exists(error) => Advice::AlreadyExists,
        _ if contains(&["in-progress", "in progress", "is being "]) => Advice::WaitForOthers,
        // An earlier delete whose reply was lost may be the cause.
        _ if doing == Doing::Deleting && (error.in_doubt || contains(&["deleting"])) => Advice::DeletedAlready,
        "ResourceInUse" if doing == Doing::Deleting => Advice::Empty,
        _ if doing == Doing::Deleting && says_in_use(&words) => Advice::Empty,
        _ => Advice::None,
    }
}

/// `User: … is not authorized to perform: sagemaker:CreateModel on resource: …` → `sagemaker:CreateModel`.
fn denied_action(message: &str) -> Option<&str> {
    let (_, after) = message.split_once("not authorized to perform: ")?;
    let end = after.find(|character: char| !character.is_ascii_alphanumeric() && character != ':');
    Some(&after[..end.unwrap_or(after.len())]).filter(|action| !action.is_empty())
}

/// The common causes behind the failure reasons of objects.
fn advice_on_reason(reason: Option<&str>) -> Advice<'static> {
    let Some(reason) = reason else { return Advice::None };
    if is_about_a_new_role(reason) {
        Advice::TrustTheService
    } else if reason.contains("ping health check") {
        Advice::AnswerPings
    } else if ["ML compute capacity", "InsufficientInstanceCapacity", "CapacityError"]
        .iter()
        .any(|part| reason.contains(part))
    {
        Advice::TryOtherInstances
    } else {
        Advice::None
    }
}

/// The attributes that a refusal of invalid values names: `Value 'x' at 'productionVariants.1.member.instanceType'
/// failed to satisfy constraint…`.
fn places(attributes: &[Attribute], message: &str) -> Vec<Path> {
    let named = message.split("' failed to satisfy constraint").filter_map(|before| before.rsplit_once(" at '"));
    let mut found: Vec<Path> = named.filter_map(|(_, place)| place_of(attributes, place)).collect();
    found.dedup();
    found
}

/// The attribute of a member path of the service, or the enclosing block if elements of blocks have no address. `None`
/// if any part of the path is unknown.
pub(crate) fn place_of(attributes: &[Attribute], place: &str) -> Option<Path> {
    let (mut path, mut attributes) = (Path::root(), attributes);
    let mut parts = place.split('.').peekable();
    while let Some(part) = parts.next() {
        let is_it = |attribute: &&Attribute| match attribute.origin {
            Origin::Tags => part == "tags",
            _ => attribute.member().is_some_and(|member| member.eq_ignore_ascii_case(part)),
        };
        let attribute = attributes.iter().find(is_it)?;
        path = path.then(attribute.name);
        let AttributeKind::Block { nesting, single, attributes: inner, .. } = &attribute.kind else {
            return Some(path);
        };
        let index = match (single, nesting) {
            (_, Nesting::Set) => return Some(path),
            (true, Nesting::List) => Some(0),
            (true, _) => None,
            // `2.member` counts from one.
            (false, _) => {
                let Some(number) = parts.next() else { return Some(path) };
                let number: usize = number.parse().ok()?;
                parts.next_if_eq(&"member");
                Some(number.checked_sub(1)?)
            }
        };
        path = index.map_or(path.clone(), |index| path.index(index));
        attributes = inner;
    }
    Some(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{api::fake::refusal, definition::resource};

    fn found(type_name: &str, message: &str) -> Vec<String> {
        let attributes = resource(type_name).expect("a resource of ours").attributes;
        places(attributes, message).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_member_named_by_the_service_is_reported_as_its_attribute() {
        let message = "2 validation errors detected: Value 'x' at 'productionVariants.2.member.instanceType' failed to \
                       satisfy constraint: Member must satisfy enum value set: [ml.t2.medium]; Value '' at \
                       'endpointConfigName' failed to satisfy constraint: Member must have length greater than or equal \
                       to 1";
        assert_eq!(
            found("sagemaker_endpoint_configuration", message),
            ["production_variants[1].instance_type", "name"]
        );
        let message = "Value null at 'primaryContainer.imageConfig.repositoryAccessMode' failed to satisfy constraint: Member must not be null";
        assert_eq!(found("sagemaker_model", message), ["primary_container[0].image_config[0].repository_access_mode"]);
        assert_eq!(
            found("sagemaker_model", "Value '' at 'tags.1.member.key' failed to satisfy constraint: x"),
            ["tags"]
        );
    }

    #[test]
    fn a_member_without_an_attribute_is_not_resolved() {
        for place in
            ["newMember", "primaryContainer.newMember", "primaryContainer.1.member.image", "primaryContainer..image"]
        {
            let message = format!("Value 'x' at '{place}' failed to satisfy constraint: y");
            assert!(found("sagemaker_model", &message).is_empty(), "{place}");
        }
    }

    #[test]
    fn only_the_refusal_to_delete_what_is_in_use_advises_to_empty_it() {
        let advice = |doing, message: &str| {
            let error = refusal("DeleteX", "ValidationException", message);
            matches!(advice_on_refusal(doing, &error), Advice::Empty)
        };
        for message in [
            "Model Package Group g cannot be deleted because it contains model packages.",
            "Model Package Group g cannot be deleted because it still contains Model Packages.",
            "Unable to delete Domain (d-1) because UserProfile(s) are associated with it",
            "Cannot delete endpoint \"e\" as long as it has inference components.",
            "TrialComponent 'c' is linked to 1 or more trials and cannot be deleted.",
            "The configuration is attached to a notebook instance.",
            "The hub cannot be deleted because it has contents.",
            "The image is in use by an app.",
            "The hub is not empty.",
            "The secret is used by a partner app.",
        ] {
            assert!(advice(Doing::Deleting, message) && !advice(Doing::Updating, message), "{message}");
        }
        for message in [
            "Value 'x' at 'trialName' failed to satisfy constraint: Member must not be null",
            "It cannot be deleted because its status is Failed.",
            "It cannot be deleted as long as its status is Failed.",
            "Invalid value in UserSettings.",
            "The component is not associated with the trial.",
        ] {
            assert!(!advice(Doing::Deleting, message), "{message}");
        }
    }

    #[test]
    fn the_denied_action_is_read_from_the_message() {
        let message =
            "User: arn:aws:iam::111122223333:user/ci is not authorized to perform: iam:PassRole on resource: x";
        assert_eq!(denied_action(message), Some("iam:PassRole"));
        assert_eq!(denied_action("Access denied."), None);
    }
}
