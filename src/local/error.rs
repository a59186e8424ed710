//! Errors as the service returns them: a code, a message, a status.

use std::borrow::Cow;

/// The service's refusal of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ServiceError {
    /// Without namespace: `ValidationException`.
    pub(super) code: Cow<'static, str>,
    pub(super) message: String,
    /// The HTTP status.
    pub(super) status: u16,
}

pub(super) const VALIDATION: &str = "ValidationException";
pub(super) const NOT_FOUND: &str = "ResourceNotFound";
pub(super) const IN_USE: &str = "ResourceInUse";
pub(super) const CONFLICT: &str = "ConflictException";

/// The errors that the service model describes. They carry their text in `Message`, all others in `message`.
const MODELLED: &[&str] = &[CONFLICT, "ResourceAlreadyExists", IN_USE, "ResourceLimitExceeded", NOT_FOUND];

impl ServiceError {
    /// An error with status 400, which nearly all errors have.
    pub(super) fn new(code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self { code: code.into(), message: message.into(), status: 400 }
    }

    /// By far the most common code.
    pub(super) fn validation(message: impl Into<String>) -> Self {
        Self::new(VALIDATION, message)
    }

    /// The body does not have the JSON types that the operation takes.
    pub(super) fn serialization(message: impl Into<String>) -> Self {
        Self::new("SerializationException", message)
    }

    pub(super) fn with_status(self, status: u16) -> Self {
        Self { status, ..self }
    }

    /// The member of the error body that holds the text.
    pub(super) fn message_member(&self) -> &'static str {
        if MODELLED.contains(&&*self.code) { "Message" } else { "message" }
    }
}

/// An error text of the service. `{arn}`, `{name}`, `{noun}` and `{status}` are replaced by those of the object. It was
/// seen of the service, or stands in its documentation or in the code of another provider, unless a comment beside it
/// says that it is assumed, known in part, or by analogy.
#[derive(Debug)]
pub(super) struct ErrorText {
    /// Empty: as in the model of the operation.
    pub(super) code: &'static str,
    pub(super) message: &'static str,
}

impl ErrorText {
    /// The error with ARN and name.
    pub(super) fn of(&self, arn: &str, name: &str) -> ServiceError {
        ServiceError::new(self.code, self.message.replace("{arn}", arn).replace("{name}", name))
    }
}
