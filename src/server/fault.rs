//! Failures of the server itself in a call, and their messages.

use crate::{
    diag::{Diagnostic, Diagnostics},
    wire::WireError,
};

/// Why a call has no proper response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// The request names a `kind` that is not in the schemas.
    NotOffered { kind: &'static str, name: String },
    /// A field of the request is not a value of the schema.
    Unreadable { field: &'static str, error: WireError },
    /// A required field of the request is empty.
    Empty { field: &'static str },
    /// A field of the request has more elements than the schema.
    TooMany { field: &'static str },
    /// A state in the format of Terraform before 0.12.
    Flatmap,
    /// The provider returned a value that its own schema does not allow.
    Unwritable { error: WireError },
    /// The provider panicked during the call.
    Panicked { rpc: &'static str, subject: String, panic: Panic },
}

/// The known facts of a panic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Panic {
    pub(super) message: String,
    /// File, line and column; empty if unknown.
    pub(super) location: String,
}

const HOST_AT_FAULT: &str = "This is a bug in the caller (Terraform or OpenTofu), or the caller uses the \
    schema of another version of this provider than the one that is running.";

const PROVIDER_AT_FAULT: &str = "This is a bug in the provider. Please report it with this message.";

/// The calls that change objects.
pub(super) const APPLY: &str = "ApplyResourceChange";
pub(super) const INVOKE: &str = "InvokeAction";

const STATE_AS_BEFORE: &str = " Changes that were made until then are not recorded: the state is as it was before. An \
    object that was being created may exist without being in the state.";

const ACTION_IN_DOUBT: &str =
    " What the action has begun continues: look at the object before you invoke the action again.";

/// What a call may have changed before it panicked.
fn aftermath(rpc: &str) -> &'static str {
    match rpc {
        APPLY => STATE_AS_BEFORE,
        INVOKE => ACTION_IN_DOUBT,
        _ => "",
    }
}

impl From<Fault> for Diagnostic {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::NotOffered { kind, name } => Self::error(
                format!("No {kind} `{name}`"),
                format!("This provider has no {kind} `{name}` and its schema names none. {HOST_AT_FAULT}"),
            ),
            Fault::Unreadable { field, error } => Self::error(
                "Unreadable request",
                format!("The field `{field}` of the request does not fit the schema: {error}.\n\n{HOST_AT_FAULT}"),
            )
            .at(&error.path),
            Fault::Empty { field } => Self::error(
                "Incomplete request",
                format!("The field `{field}` of the request is empty.\n\n{HOST_AT_FAULT}"),
            ),
            Fault::TooMany { field } => Self::error(
                "Excessive request",
                format!("The field `{field}` of the request has more elements than the schema.\n\n{HOST_AT_FAULT}"),
            ),
            Fault::Flatmap => Self::error(
                "State too old",
                "The state was written by a Terraform older than 0.12, in a form that this provider does not read. \
                 Apply the configuration once with Terraform 0.12 or newer and the provider that wrote the state, or \
                 import the object again.",
            ),
            Fault::Unwritable { error } => Self::error(
                "Invalid value from the provider",
                format!("The provider's answer does not fit its own schema: {error}.\n\n{PROVIDER_AT_FAULT}"),
            )
            .at(&error.path),
            Fault::Panicked { rpc, subject, panic } => {
                let subject = if subject.is_empty() { String::new() } else { format!(" for `{subject}`") };
                Self::error(
                    "The provider failed unexpectedly",
                    format!("{rpc}{subject} ended in a panic: {panic}.{}\n\n{PROVIDER_AT_FAULT}", aftermath(rpc)),
                )
            }
        }
    }
}

impl From<Fault> for Diagnostics {
    fn from(fault: Fault) -> Self {
        Diagnostic::from(fault).into()
    }
}

impl std::fmt::Display for Panic {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.message)?;
        if self.location.is_empty() { Ok(()) } else { write!(formatter, " ({})", self.location) }
    }
}
