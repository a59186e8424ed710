//! Code that resources, data sources and the provider block share. No calls are made here.

pub(crate) mod enumeration;
pub(crate) mod lookup;
pub(crate) mod names;
pub(crate) mod patterns;
pub(crate) mod rules;
pub(crate) mod secrecy;
pub(crate) mod timeouts;
pub(crate) mod validation;
