//! Tests of the complete room, and the helpers with which other tests call it.

pub(in crate::local) mod bench;
mod catalog;
mod http;
pub(crate) mod in_process;
mod inputs;
mod lifecycles;

pub(in crate::local) use self::catalog::description;
