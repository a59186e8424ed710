//! The sentences about failures of calls and waits. Facts come in, diagnostics go out.

use std::fmt::Write as _;

use super::Diagnostic;

/// What was being done to what, for the first line of a message.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// `Creating`, `Reading`, `Updating`, `Deleting`…
    pub action: &'a str,
    /// `endpoint configuration`.
    pub noun: &'a str,
    /// The id, or the name; empty if there is none yet.
    pub id: &'a str,
    /// Where the service writes what the object does; empty if unknown.
    pub log_group: &'a str,
}

/// A failed call.
#[derive(Debug, Clone, Copy)]
pub struct FailedCall<'a> {
    pub operation: &'a str,
    pub code: &'a str,
    pub message: &'a str,
    pub request_id: &'a str,
    pub status: Option<u16>,
    pub attempts: u32,
    /// What the user can do about it.
    pub advice: &'a str,
}

impl Subject<'_> {
    fn failed(&self) -> String {
        if self.id.is_empty() {
            format!("{} SageMaker {} failed", self.action, self.noun)
        } else {
            format!("{} SageMaker {} `{}` failed", self.action, self.noun, self.id)
        }
    }

    fn logs(&self) -> String {
        if self.log_group.is_empty() {
            String::new()
        } else {
            format!(
                "\n\nThe logs of the object, if it wrote any, are in the CloudWatch log group `{}`.",
                self.log_group
            )
        }
    }
}

/// A call that the service refused, or that never reached it.
pub fn call_failed(subject: &Subject<'_>, call: &FailedCall<'_>) -> Diagnostic {
    let mut detail = match call.code {
        "" => format!("{} failed: {}", call.operation, call.message),
        code => format!("{} failed with {code}: {}", call.operation, call.message),
    };
    let mut facts = Vec::new();
    if let Some(status) = call.status {
        facts.push(format!("HTTP status {status}"));
    }
    if !call.request_id.is_empty() {
        facts.push(format!("request id {}", call.request_id));
    }
    if call.attempts > 1 {
        facts.push(format!("{} attempts", call.attempts));
    }
    if !facts.is_empty() {
        // Writing to a String cannot fail.
        let _ = write!(detail, "\n\n({})", facts.join(", "));
    }
    if !call.advice.is_empty() {
        let _ = write!(detail, "\n\n{}", call.advice);
    }
    Diagnostic::error(subject.failed(), detail)
}

/// The object went into a state that it does not leave by itself.
pub fn ended_in(subject: &Subject<'_>, state: &str, reason: &str) -> Diagnostic {
    let reason = if reason.is_empty() { "The service gave no reason.".to_owned() } else { format!("Reason: {reason}") };
    Diagnostic::error(subject.failed(), format!("It ended in state `{state}`. {reason}{}", subject.logs()))
}

/// The service gave up an update and went back to what was before.
pub fn rolled_back(subject: &Subject<'_>, member: &str, wanted: &str, actual: &str, reason: &str) -> Diagnostic {
    let reason = if reason.is_empty() { "The service gave no reason.".to_owned() } else { format!("Reason: {reason}") };
    let detail = format!(
        "The service rolled the update back: `{member}` should be `{wanted}` and is `{actual}`. {reason}{}\n\nThe state \
         now says what the service really runs. Mend the cause and apply again.",
        subject.logs()
    );
    Diagnostic::error(subject.failed(), detail)
}

/// The time that the user or the definition allows is over.
pub fn timed_out(subject: &Subject<'_>, seconds: u64, state: &str, argument: &str) -> Diagnostic {
    let detail = format!(
        "After {} it was still in state `{state}`. The object is kept in the Terraform state. To wait longer, set \
         `timeouts {{ {argument} = \"…\" }}` and apply again.{}",
        duration(seconds),
        subject.logs()
    );
    Diagnostic::error(subject.failed(), detail)
}

/// The user interrupted Terraform.
pub fn interrupted(subject: &Subject<'_>, state: &str) -> Diagnostic {
    let detail = format!(
        "Terraform was interrupted while the object was in state `{state}`. What is known is kept in the Terraform \
         state; the service goes on with what it has begun. Apply again to continue."
    );
    Diagnostic::error(subject.failed(), detail)
}

/// The object went away while it was waited for.
pub fn vanished(subject: &Subject<'_>) -> Diagnostic {
    Diagnostic::error(subject.failed(), "The object went away while it was waited for: somebody else deleted it.")
}

/// A fault of this provider.
pub fn bug(subject: &Subject<'_>, what: &str) -> Diagnostic {
    Diagnostic::error(subject.failed(), format!("{what}\n\nThis is a bug of the provider; please report it."))
}

/// `90 s`, `20 min`, `1 h 30 min`.
fn duration(seconds: u64) -> String {
    match (seconds / 3_600, seconds % 3_600 / 60, seconds % 60) {
        (0, 0, seconds) => format!("{seconds} s"),
        (0, minutes, 0) => format!("{minutes} min"),
        (0, minutes, seconds) => format!("{minutes} min {seconds} s"),
        (hours, 0, _) => format!("{hours} h"),
        (hours, minutes, _) => format!("{hours} h {minutes} min"),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    const SUBJECT: Subject<'_> =
        Subject { action: "Updating", noun: "endpoint", id: "cats", log_group: "/aws/sagemaker/Endpoints/cats" };

    fn text(diagnostic: &Diagnostic) -> String {
        format!("{}\n\n{}", diagnostic.summary, diagnostic.detail)
    }

    #[test]
    fn a_failed_call_names_operation_code_and_request_id() {
        let call = FailedCall {
            operation: "UpdateEndpoint",
            code: "ValidationException",
            message: "Cannot update in-progress endpoint.",
            request_id: "abc",
            status: Some(400),
            attempts: 2,
            advice: "",
        };
        expect![[r#"
            Updating SageMaker endpoint `cats` failed

            UpdateEndpoint failed with ValidationException: Cannot update in-progress endpoint.

            (HTTP status 400, request id abc, 2 attempts)"#]]
        .assert_eq(&text(&call_failed(&SUBJECT, &call)));
    }

    #[test]
    fn a_rollback_says_what_runs_now_and_why() {
        expect![[r#"
            Updating SageMaker endpoint `cats` failed

            The service rolled the update back: `endpoint_config_name` should be `new` and is `old`. Reason: no capacity

            The logs of the object, if it wrote any, are in the CloudWatch log group `/aws/sagemaker/Endpoints/cats`.

            The state now says what the service really runs. Mend the cause and apply again."#]]
        .assert_eq(&text(&rolled_back(&SUBJECT, "endpoint_config_name", "new", "old", "no capacity")));
    }

    #[test]
    fn durations_are_written_for_people() {
        let texts: Vec<String> = [45, 90, 600, 3_600, 5_400].into_iter().map(duration).collect();
        assert_eq!(texts, ["45 s", "1 min 30 s", "10 min", "1 h", "1 h 30 min"]);
    }
}
