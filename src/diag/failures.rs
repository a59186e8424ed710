//! Messages about failed calls and waits. Takes facts, returns diagnostics.

use super::{
    advice::{Advice, REPORT_BUG, doubt, next_step},
    diagnostic::Diagnostic,
    subject::{Doing, Subject},
};
use crate::{
    text::{enumerated, list},
    value::Path,
};

/// A failed call.
#[derive(Debug, Clone, Copy)]
pub struct FailedCall<'a> {
    /// `CreateModel`.
    pub operation: &'a str,
    /// The service's error code; `None` if there was none.
    pub code: Option<&'a str>,
    /// The service's message.
    pub message: &'a str,
    /// `None` if the reply had none.
    pub request_id: Option<&'a str>,
    /// The HTTP status; None if there was no reply.
    pub status: Option<u16>,
    /// How many requests were sent, the first one included.
    pub attempts: u32,
    /// The call may have taken effect.
    pub in_doubt: bool,
    /// The attributes that correspond to the API members in the message.
    pub places: &'a [Path],
    /// What the user can do about it.
    pub advice: Advice<'a>,
}

impl FailedCall<'_> {
    pub(super) fn what(&self) -> String {
        match self.code {
            None => format!("{} failed: {}", self.operation, self.message),
            Some(code) => format!("{} failed with {code}: {}", self.operation, self.message),
        }
    }

    pub(super) fn facts(&self) -> String {
        let mut facts = Vec::new();
        if let Some(status) = self.status {
            facts.push(format!("HTTP status {status}"));
        }
        if let Some(request_id) = self.request_id {
            facts.push(format!("request id {request_id}"));
        }
        if self.attempts > 1 {
            facts.push(format!("{} attempts", self.attempts));
        }
        if facts.is_empty() { String::new() } else { format!("({})", facts.join(", ")) }
    }
}

/// A call that the service refused, or that never reached it.
pub fn call_failed(subject: &Subject<'_>, call: &FailedCall<'_>) -> Diagnostic {
    let places = match call.places {
        [] => String::new(),
        places => format!("In the configuration, this is {}.", enumerated(places, "and")),
    };
    let doubt = if call.in_doubt { doubt(subject) } else { "" };
    let diagnostic = subject.failed(&[&call.what(), &places, &call.facts(), &call.advice.text(subject), doubt]);
    match call.places {
        [place, ..] => diagnostic.at(place),
        [] => diagnostic,
    }
}

/// The object reached a failure state.
pub fn ended_in(subject: &Subject<'_>, state: &str, reason: Option<&str>, advice: Advice<'_>) -> Diagnostic {
    let what = format!("It ended in state `{state}`. {}", given(reason));
    subject.failed(&[&what, &advice.text(subject), &subject.logs(), next_step(subject)])
}

/// The service rolled back an update.
pub fn rolled_back(
    subject: &Subject<'_>,
    member: &str,
    (planned, actual): (&str, &str),
    reason: Option<&str>,
    advice: Advice<'_>,
) -> Diagnostic {
    let what = format!(
        "The service rolled the update back: `{member}` is `{actual}`, but was planned as `{planned}`. {}",
        given(reason)
    );
    subject.failed(&[&what, &advice.text(subject), &subject.logs(), next_step(subject)])
}

/// The service accepted an update but did not apply it.
pub fn unchanged(subject: &Subject<'_>, attributes: &[Path], seconds: u64) -> Diagnostic {
    let what = format!(
        "The service accepted the update, but after {} it still shows the old value of {}.",
        duration(seconds),
        list(attributes)
    );
    let next = "The state has the values that the service returns. If another plan shows the same change, the service ignores it: keep \
                the old value, or replace the object.";
    let diagnostic = subject.failed(&[&what, next]);
    match attributes {
        [first, ..] => diagnostic.at(first),
        [] => diagnostic,
    }
}

/// A wait whose timeout has expired.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expired {
    /// The timeout of the user or the definition, in seconds.
    pub seconds: u64,
    /// The states that would have ended the wait; empty: it was for the deletion of the object, or they are not known.
    pub awaited: &'static [&'static str],
    /// The last state that was read; `None` if none was.
    pub state: Option<String>,
    /// How long that state had been read, in seconds.
    pub unchanged: u64,
    /// The service's reason for the state; `None` if it gave none.
    pub reason: Option<String>,
    /// The argument that allows more.
    pub argument: &'static str,
}

impl Expired {
    fn what(&self, doing: Doing) -> String {
        let Self { awaited, unchanged, .. } = self;
        let (state, reason) = (self.state.as_deref(), self.reason.as_deref());
        let missed = match (doing, awaited) {
            (Doing::Deleting, _) => "The object was not deleted".to_owned(),
            (_, []) => "The object was not ready".to_owned(),
            _ => format!("The object did not reach state {}", enumerated(*awaited, "or")),
        };
        let since = state.map(|_| format!(", unchanged for {}", duration(*unchanged))).unwrap_or_default();
        let reason = reason.map(|_| format!(" {}", given(reason))).unwrap_or_default();
        format!("{missed} within {}: it was still {}{since}.{reason}", duration(self.seconds), in_state(state))
    }
}

/// The timeout of a wait has expired.
pub fn timed_out(subject: &Subject<'_>, expired: &Expired) -> Diagnostic {
    let (what, argument) = (expired.what(subject.doing), expired.argument);
    let longer = match subject.doing {
        Doing::Invoking => format!("To wait longer, set `{argument}`; to skip the wait, set `wait = false`."),
        _ => format!("To wait longer, set `timeouts {{ {argument} = \"…\" }}`."),
    };
    let left_behind = format!("{} {longer}", left_behind(subject));
    subject.failed(&[&what, &left_behind, &shown_by(subject), &subject.logs()])
}

/// The service has done a part of a batch.
pub fn partly_failed(subject: &Subject<'_>, operation: &str, failures: &[String]) -> Diagnostic {
    let failures: Vec<String> = failures.iter().map(|failure| format!("- {failure}")).collect();
    let what = format!("{operation} was accepted, but failed for:\n{}", failures.join("\n"));
    subject
        .failed(&[&what, "Whatever else the batch contains was accepted. Invoke the action again for the failed part."])
}

/// What was last read of an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LastRead {
    /// The service does not show it, or nothing was read.
    Nothing,
    /// Its state.
    State(String),
    /// Values from before the update that has been accepted.
    OldValues,
}

/// The user interrupted Terraform.
pub fn interrupted(subject: &Subject<'_>, read: &LastRead) -> Diagnostic {
    let read = match read {
        LastRead::Nothing => in_state(None),
        LastRead::State(state) => in_state(Some(state)),
        LastRead::OldValues => "still shown with its old values".to_owned(),
    };
    let what = format!("Terraform was interrupted while the object was {read}. The service continues the operation.");
    let left_behind = if subject.doing == Doing::Invoking { "" } else { left_behind(subject) };
    subject.failed(&[&what, left_behind, &shown_by(subject)])
}

/// An earlier apply or destroy left the object in another state than before.
pub fn restored(noun: &str, id: &str, state: &str) -> Diagnostic {
    Diagnostic::warning(
        format!("SageMaker {noun} `{id}` will be returned to state `{state}`"),
        format!(
            "It was in state `{state}` until an earlier apply or destroy changed that and was interrupted before it could restore \
             it. This apply restores it."
        ),
    )
}

/// The object disappeared during the wait, or never appeared.
pub fn vanished(subject: &Subject<'_>) -> Diagnostic {
    let what = "The service does not return the object, or no longer does: most likely somebody else has deleted it in the meantime.";
    let next = match subject.doing {
        Doing::Deleting => "",
        _ => "Apply again: the plan then creates it again.",
    };
    subject.failed(&[what, next])
}

/// A bug in this provider.
pub fn bug(subject: &Subject<'_>, what: &str) -> Diagnostic {
    subject.failed(&[what, REPORT_BUG])
}

fn given(reason: Option<&str>) -> String {
    reason.map_or_else(|| "The service gave no reason.".to_owned(), |reason| format!("Reason: {reason}"))
}

fn in_state(state: Option<&str>) -> String {
    state.map_or_else(|| "not visible".to_owned(), |state| format!("in state `{state}`"))
}

/// How to see what the service continues with; empty if unknown.
fn shown_by(subject: &Subject<'_>) -> String {
    subject.read_command.map(|command| format!("To see it: {command}")).unwrap_or_default()
}

/// The consequence of an abandoned wait.
fn left_behind(subject: &Subject<'_>) -> &'static str {
    match subject.doing {
        // Terraform taints every object that a create returns with an error.
        Doing::Creating => {
            "The object is kept in the Terraform state, marked as tainted, so that the next apply would \
             replace it. To keep it instead once it is ready, run `terraform untaint` on its address first."
        }
        Doing::Deleting => "The object is kept in the Terraform state. Destroy it again to continue.",
        Doing::Invoking => "The service continues what the action has started.",
        _ => "The object is kept in the Terraform state. Apply again to continue.",
    }
}

/// `45 s`, `20 min`, `1 h 30 min 5 s`.
pub(super) fn duration(seconds: u64) -> String {
    let parts = [(seconds / 3_600, "h"), (seconds % 3_600 / 60, "min"), (seconds % 60, "s")];
    let parts: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, unit)| format!("{count} {unit}")).collect();
    if parts.is_empty() { "0 s".to_owned() } else { parts.join(" ") }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    const SUBJECT: Subject<'_> = Subject {
        id: Some("cats"),
        import_id: Some("cats"),
        log_group: Some("/aws/sagemaker/Endpoints/cats"),
        ..Subject::new(Doing::Updating, "sagemaker_endpoint", "endpoint")
    };

    fn text(diagnostic: &Diagnostic) -> String {
        format!("{}\n\n{}", diagnostic.summary, diagnostic.detail)
    }

    #[test]
    fn a_failed_call_names_operation_code_and_request_id() {
        let call = FailedCall {
            operation: "UpdateEndpoint",
            code: Some("ValidationException"),
            message: "Cannot update in-progress endpoint.",
            request_id: Some("abc"),
            status: Some(400),
            attempts: 2,
            in_doubt: false,
            places: &[],
            advice: Advice::None,
        };
        expect![[r#"
            Updating SageMaker endpoint `cats` failed

            UpdateEndpoint failed with ValidationException: Cannot update in-progress endpoint.

            (HTTP status 400, request id abc, 2 attempts)"#]]
        .assert_eq(&text(&call_failed(&SUBJECT, &call)));
    }

    #[test]
    fn a_rollback_names_the_running_version_and_the_reason() {
        expect![[r#"
            Updating SageMaker endpoint `cats` failed

            The service rolled the update back: `endpoint_config_name` is `old`, but was planned as `new`. Reason: no capacity

            The logs of the object, if it wrote any, are in the CloudWatch log group `/aws/sagemaker/Endpoints/cats`.

            The Terraform state now has the values that the service returns. Fix the cause and apply again."#]]
        .assert_eq(&text(&rolled_back(&SUBJECT, "endpoint_config_name", ("new", "old"), Some("no capacity"), Advice::None)));
    }

    #[test]
    fn an_expired_wait_names_its_aim_and_what_was_seen() {
        let expired = Expired {
            seconds: 3_600,
            awaited: &["InService", "Failed"],
            state: Some("Updating".to_owned()),
            unchanged: 2_700,
            reason: Some("Waiting for instances".to_owned()),
            argument: "update",
        };
        expect!["The object did not reach state `InService` or `Failed` within 1 h: it was still in state `Updating`, unchanged for 45 min. Reason: Waiting for instances"]
            .assert_eq(&expired.what(Doing::Updating));
        let unseen = Expired { awaited: &[], state: None, reason: None, ..expired };
        expect!["The object was not deleted within 1 h: it was still not visible."]
            .assert_eq(&unseen.what(Doing::Deleting));
        expect!["The object was not ready within 1 h: it was still not visible."]
            .assert_eq(&unseen.what(Doing::Creating));
    }

    #[test]
    fn an_interruption_names_what_was_read_last() {
        let read =
            |last: LastRead| interrupted(&SUBJECT, &last).detail.split('.').next().unwrap_or_default().to_owned();
        expect!["Terraform was interrupted while the object was in state `Updating`"]
            .assert_eq(&read(LastRead::State("Updating".to_owned())));
        expect!["Terraform was interrupted while the object was not visible"].assert_eq(&read(LastRead::Nothing));
        expect!["Terraform was interrupted while the object was still shown with its old values"]
            .assert_eq(&read(LastRead::OldValues));
    }

    #[test]
    fn durations_are_written_for_people() {
        let texts: Vec<String> = [0, 45, 90, 600, 3_600, 3_605, 5_400].into_iter().map(duration).collect();
        assert_eq!(texts, ["0 s", "45 s", "1 min 30 s", "10 min", "1 h", "1 h 5 s", "1 h 30 min"]);
    }
}
