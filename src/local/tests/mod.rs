//! Tests of the room as a whole, and what other tests drive it with.

pub(in crate::local) mod bench;
mod catalog;
mod http;
pub(crate) mod in_process;
mod inputs;
mod lifecycles;

pub(in crate::local) use self::catalog::description;
