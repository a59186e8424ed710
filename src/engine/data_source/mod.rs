//! Data sources: an object that a resource of the same type could manage, a query, and the table of prebuilt images.
//! `requests` is the entry point.

mod images;
pub(crate) mod object;
pub(crate) mod query;
pub(crate) mod requests;
