//! Actions: calls that are events and no states, each with the wait for what it begins. `requests` is the entry point,
//! `invocation` one call with its wait, `targets` what
//! the wait is for.

mod invocation;
pub(crate) mod requests;
mod targets;
