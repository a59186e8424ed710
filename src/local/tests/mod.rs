//! Tests of the complete room, and the helpers with which other tests call it.
//!
//! `bench` calls operations in the test, `in_process` serves requests without sockets, `inputs` generates inputs. `catalog`,
//! `lifecycles` and `http` test every kind, the life of its objects, and the protocols.

pub(in crate::local) mod bench;
mod catalog;
mod http;
pub(crate) mod in_process;
mod inputs;
mod lifecycles;

pub(in crate::local) use self::catalog::description;
