//! Messages about objects that a create call may have created. Takes facts, returns diagnostics.

use super::{
    diagnostic::Diagnostic,
    failures::{FailedCall, duration},
    subject::Subject,
};
use crate::text::list;

/// An object that a create call may have created.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The import id.
    pub id: String,
    /// None: the service does not return it.
    pub created: Option<Created>,
    /// Keys and values.
    pub tags: Vec<(String, String)>,
    /// The command that deletes it; `None` if there is none.
    pub delete: Option<String>,
    /// None: proven to be created by the call.
    pub doubt: Option<Doubt>,
}

/// When an object was created.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Created {
    /// RFC 3339, on the clock of the service.
    pub time: String,
    /// Seconds.
    pub age: u64,
}

/// Why it is uncertain that the call created an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// It was created before the first request.
    Older,
    /// The service does not return its creation time.
    Undated,
    /// These arguments differ from the request.
    Unlike(Vec<&'static str>),
    /// Its tags could not be listed.
    TagsUnknown,
    /// Its tags differ from the request.
    OtherTags,
    /// Another resource of the same configuration manages it.
    Taken,
    /// It is being deleted.
    Deleting,
    /// Several objects match the request.
    OneOfSeveral,
}

impl Candidate {
    /// The facts about it, and why it is not adopted.
    fn text(&self) -> String {
        let created = self.created.as_ref().map(|it| format!(", created {} ({} ago)", it.time, age(it.age)));
        let tags: Vec<String> = self.tags.iter().map(|(key, value)| format!("`{key}` = `{value}`")).collect();
        let tags = match self.doubt {
            Some(Doubt::TagsUnknown) => "tags not known".to_owned(),
            _ if tags.is_empty() => "no tags".to_owned(),
            _ => format!("tags {}", tags.join(", ")),
        };
        let doubt = self.doubt.as_ref().map_or_else(String::new, Doubt::text);
        format!("`{}`{}, {tags}: {doubt}", self.id, created.unwrap_or_default())
    }
}

impl Doubt {
    fn text(&self) -> String {
        match self {
            Self::Older => "it was created before this request was sent.".to_owned(),
            Self::Undated => "SageMaker does not return when it was created.".to_owned(),
            Self::Unlike(names) => format!("it differs from the configuration in {}.", list(names)),
            Self::TagsUnknown => "its tags could not be listed.".to_owned(),
            Self::OtherTags => "its tags differ from those that this request sent.".to_owned(),
            Self::Taken => "another resource of this configuration manages it.".to_owned(),
            Self::Deleting => "it is being deleted.".to_owned(),
            Self::OneOfSeveral => "it matches the request, but so does another one.".to_owned(),
        }
    }
}

/// A create call that may have taken effect, and the objects that it may have created.
pub fn not_proven(subject: &Subject<'_>, call: &FailedCall<'_>, candidates: &[Candidate]) -> Diagnostic {
    let (what, facts) = (call.what(), call.facts());
    let list = subject.list.unwrap_or("The service");
    let (found, next) = match candidates {
        [] => (none_found(subject, list), String::new()),
        [only] if !subject.unnamed && only.doubt == Some(Doubt::Deleting) => {
            (unproven(subject, only), "Apply again when it is deleted.".to_owned())
        }
        [only] if !subject.unnamed => (unproven(subject, only), take_or_rename(subject, only)),
        several => (several_found(list, several), take_or_delete(subject, several)),
    };
    subject.failed(&[&what, &facts, &found, &next])
}

fn none_found(subject: &Subject<'_>, list: &str) -> String {
    format!(
        "{list} shows no {} that was created since the request was sent, so most likely none was. If a later `{list}` still shows \
         none, it is safe to apply again; if it shows one, import it or delete it first.",
        subject.noun
    )
}

fn unproven(subject: &Subject<'_>, only: &Candidate) -> String {
    let Subject { noun, .. } = subject;
    format!("A SageMaker {noun} of this name exists, and nothing proves that this request created it:\n{}", only.text())
}

fn take_or_rename(subject: &Subject<'_>, only: &Candidate) -> String {
    format!(
        "If this configuration is to manage it, run `{}` or write an `import` block. Otherwise it belongs to someone else: choose \
         another name.",
        import(subject, only)
    )
}

fn several_found(list: &str, candidates: &[Candidate]) -> String {
    let lines: Vec<String> = candidates.iter().map(|candidate| format!("- {}", candidate.text())).collect();
    format!(
        "{list} shows what was created since the request was sent, and nothing proves which of these is its result:\n{}",
        lines.join("\n")
    )
}

/// Commands for the objects that are not known to belong to others.
fn take_or_delete(subject: &Subject<'_>, candidates: &[Candidate]) -> String {
    let commands = candidates.iter().filter(|candidate| candidate.doubt != Some(Doubt::Taken)).map(|candidate| {
        let delete = candidate.delete.as_ref().map(|delete| format!("\n  {delete}")).unwrap_or_default();
        format!("  {}{delete}", import(subject, candidate))
    });
    let commands: Vec<String> = commands.collect();
    format!(
        "Applying again creates another {}. If one of these is yours, import it or delete it first:\n{}",
        subject.noun,
        commands.join("\n")
    )
}

fn import(subject: &Subject<'_>, candidate: &Candidate) -> String {
    format!("terraform import {}.<name> {}", subject.type_name, candidate.id)
}

/// `45 s`, `3 h`, `12 days`.
fn age(seconds: u64) -> String {
    match seconds / 86_400 {
        0 => duration(seconds),
        1 => "1 day".to_owned(),
        days => format!("{days} days"),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::diag::{Advice, Doing};

    const CALL: FailedCall<'_> = FailedCall {
        operation: "CreateDomain",
        code: None,
        message: "the connection broke",
        request_id: None,
        status: None,
        attempts: 1,
        in_doubt: true,
        places: &[],
        advice: Advice::None,
    };

    fn candidate(doubt: Doubt) -> Candidate {
        Candidate {
            id: "d-1".to_owned(),
            created: Some(Created { time: "2017-11-29T00:00:00Z".to_owned(), age: 284_000_000 }),
            tags: vec![("owner".to_owned(), "payments-team".to_owned())],
            delete: Some("aws sagemaker delete-domain --domain-id d-1 --region us-east-1".to_owned()),
            doubt: Some(doubt),
        }
    }

    fn check(unnamed: bool, candidates: &[Candidate], expected: &Expect) {
        let subject = Subject {
            unnamed,
            list: Some("ListDomains"),
            ..Subject::new(Doing::Creating, "sagemaker_domain", "domain")
        };
        expected.assert_eq(&not_proven(&subject, &CALL, candidates).detail);
    }

    #[test]
    fn an_object_of_the_same_name_is_shown_with_age_tags_and_import() {
        check(
            false,
            &[candidate(Doubt::Older)],
            &expect![[r#"
                CreateDomain failed: the connection broke

                A SageMaker domain of this name exists, and nothing proves that this request created it:
                `d-1`, created 2017-11-29T00:00:00Z (3287 days ago), tags `owner` = `payments-team`: it was created before this request was sent.

                If this configuration is to manage it, run `terraform import sagemaker_domain.<name> d-1` or write an `import` block. Otherwise it belongs to someone else: choose another name."#]],
        );
    }

    #[test]
    fn objects_named_by_the_service_are_listed_with_their_commands() {
        let differs = candidate(Doubt::Unlike(vec!["auth_mode"]));
        check(
            true,
            &[differs, candidate(Doubt::Taken)],
            &expect![[r#"
                CreateDomain failed: the connection broke

                ListDomains shows what was created since the request was sent, and nothing proves which of these is its result:
                - `d-1`, created 2017-11-29T00:00:00Z (3287 days ago), tags `owner` = `payments-team`: it differs from the configuration in `auth_mode`.
                - `d-1`, created 2017-11-29T00:00:00Z (3287 days ago), tags `owner` = `payments-team`: another resource of this configuration manages it.

                Applying again creates another domain. If one of these is yours, import it or delete it first:
                  terraform import sagemaker_domain.<name> d-1
                  aws sagemaker delete-domain --domain-id d-1 --region us-east-1"#]],
        );
    }

    #[test]
    fn without_candidates_the_message_names_what_was_searched() {
        check(
            true,
            &[],
            &expect![[r#"
                CreateDomain failed: the connection broke

                ListDomains shows no domain that was created since the request was sent, so most likely none was. If a later `ListDomains` still shows none, it is safe to apply again; if it shows one, import it or delete it first."#]],
        );
    }
}
