//! Calls of the service, what their failures mean, and waiting. Which calls are needed is for others to say.

pub(crate) mod describe;
pub(crate) mod failure;
pub(crate) mod flight;
pub(crate) mod refusal;
pub(crate) mod required;
pub(crate) mod stop;
pub(crate) mod tagging;
pub(crate) mod wait;
