//! Diagnostics: the messages that users read when something is wrong.
//!
//! Every other room reports facts; the messages about them are written here, in one place and one voice.

mod advice;
mod candidate;
mod diagnostic;
mod near;
mod planned;
mod redaction;
mod subject;
mod wording;

pub use advice::Advice;
pub use candidate::{Candidate, Created, Doubt, not_proven, unaddressed};
pub use diagnostic::{Diagnostic, Diagnostics, Severity};
pub use near::{list, nearest};
pub use planned::{calls_nothing, ignored_tag, may_be_in_use, never_cleared, not_sent, replacement_loses};
pub use redaction::{VEIL, redacted};
pub use subject::{Doing, Subject};
pub use wording::{
    Expired, FailedCall, LastRead, bug, call_failed, ended_in, interrupted, no_credentials, no_region, partly_failed,
    restored, rolled_back, timed_out, unchanged, vanished,
};
