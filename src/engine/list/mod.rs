//! List resources: the objects of an account that a resource type could manage, each with its identity.
//!
//! `arguments` is the configuration, `element` what an entry of the service's list says about an object, `listing` the
//! walk through the pages. `requests` is the entry point.

pub(crate) mod arguments;
mod element;
mod listing;
pub(crate) mod requests;
