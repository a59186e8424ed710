//! Diagnostics: the messages that users read when something is wrong.
//!
//! Every other room reports facts; the messages about them are written here, in one place and one voice. The exceptions: a
//! file of `special` words what concerns its resource alone, `server` the faults of the protocol, and `api` why there is no
//! connection. The refusals of functions and subcommands are no diagnostics, and are written there.

mod advice;
pub mod argument;
mod candidate;
pub mod configuration;
mod diagnostic;
mod failures;
pub mod identity;
pub mod lookup;
mod planned;
pub mod protection;
mod redaction;
mod subject;

pub use advice::Advice;
pub use candidate::{Candidate, Created, Doubt, not_proven};
pub use diagnostic::{Diagnostic, Diagnostics, Severity};
pub use failures::{
    Expired, FailedCall, LastRead, bug, call_failed, ended_in, interrupted, partly_failed, restored, rolled_back,
    timed_out, unchanged, vanished,
};
pub use planned::{
    calls_nothing, ignored_tag, may_be_in_use, never_cleared, not_sent, replacement_loses, taken_from_configuration,
    too_many_tags,
};
pub use redaction::{VEIL, printable, redacted};
pub use subject::{Doing, Subject};
