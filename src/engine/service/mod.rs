//! Calls of the service, the meaning of their failures, and waits. The callers decide which calls are made.

pub(crate) mod call_context;
pub(crate) mod condition;
pub(crate) mod describe;
pub(crate) mod failure;
pub(crate) mod flight;
pub(crate) mod limit;
pub(crate) mod pauses;
pub(crate) mod progress;
pub(crate) mod refusal;
pub(crate) mod required;
pub(crate) mod stop;
pub(crate) mod tagging;
pub(crate) mod wait;
