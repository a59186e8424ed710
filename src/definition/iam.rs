//! What IAM knows of the API: which resources a policy can name for a call, and what else a call may need.
//!
//! The build reads the tables from `schemas/iam.json`, so this file names nothing else of the crate but shapes.

use serde::Serialize;

use crate::definition::shape::{Shape, ShapeKind};

/// What IAM checks when an operation is called. The action has the name of the operation: `sagemaker:CreateModel`.
#[derive(Debug, Serialize)]
pub struct Permission {
    /// The operation: `CreateModel`.
    pub operation: &'static str,
    /// The resource types whose ARNs a policy can name; empty if it can only name `*`.
    pub resources: &'static [&'static str],
    /// Actions that IAM checks along with it, depending on the input: `iam:PassRole`.
    pub dependent: &'static [&'static str],
}

/// The ARNs of a resource type.
#[derive(Debug, Serialize)]
pub struct ArnForm {
    /// The resource type as IAM calls it: `endpoint-config`.
    pub resource_type: &'static str,
    /// What follows region and account: `endpoint-config/${EndpointConfigName}`.
    pub form: &'static str,
}

impl ArnForm {
    /// True if what follows the account in an ARN has the fixed parts of the form, and at least as many parts.
    pub fn fits(&self, path: &str) -> bool {
        let (form, path): (Vec<&str>, Vec<&str>) = (self.form.split('/').collect(), path.split('/').collect());
        let is_open = |part: &str| part.contains("${") || part == "*";
        form.len() <= path.len() && form.iter().zip(&path).all(|(form, part)| is_open(form) || form == part)
    }
}

/// Members with the ARN of a role that no call passes to the service, each with the reason.
const NOT_PASSED: &[(&str, &str)] = &[
    // `EmrSettings` of Studio: the execution role of a user assumes them.
    ("AssumableRoleArns", "a role that another role assumes"),
    // `ModelRegisterSettings` of Canvas: IAM passes no role to another account.
    ("CrossAccountModelRegisterRoleArn", "a role of another account"),
];

/// The action that IAM checks for each role that a call passes to the service.
pub const PASS_ROLE: &str = "iam:PassRole";

/// The service that the roles are passed to: the value of the condition key `iam:PassedToService`.
pub const PASSED_TO: &str = "sagemaker.amazonaws.com";

/// True if a caller that sends the member passes a role to the service, for which IAM checks [`PASS_ROLE`].
pub fn is_passed_role(member: &str, shape: &Shape) -> bool {
    match shape.kind {
        ShapeKind::List { element: inner, .. } | ShapeKind::Map { value: inner, .. } => is_passed_role(member, inner),
        _ => shape.name == "RoleArn" && NOT_PASSED.iter().all(|(other, _)| *other != member),
    }
}

/// True if a pattern of a policy covers the text: `*` stands for any text, `?` for any letter.
pub fn covers(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
    // The places to return to: behind the last `*`, and behind what it stands for so far.
    let (mut at, mut read, mut last) = (0, 0, None);
    while read < text.len() {
        match pattern.get(at) {
            Some('*') => {
                last = Some((at + 1, read));
                at += 1;
            }
            Some(letter) if *letter == '?' || *letter == text[read] => {
                at += 1;
                read += 1;
            }
            _ => {
                let Some((behind, covered)) = last else { return false };
                last = Some((behind, covered + 1));
                (at, read) = (behind, covered + 1);
            }
        }
    }
    pattern[at..].iter().all(|letter| *letter == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_cover_texts() {
        for (pattern, text, expected) in [
            ("*", "", true),
            ("a", "a", true),
            ("a", "A", false),
            ("a*", "abc", true),
            ("*c", "abc", true),
            ("a*b*c", "a-b-b-c", true),
            ("a*b", "abc", false),
            ("a?c", "abc", true),
            ("a?c", "ac", false),
            ("model/*", "model/a/b", true),
            ("", "a", false),
        ] {
            assert_eq!(covers(pattern, text), expected, "{pattern} {text}");
        }
    }
}
