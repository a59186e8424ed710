//! The objects of the service, in memory and in the file of `--data`.
//!
//! `store` holds the objects of a region. `record` converts them to durable records, which `journal` sends to the thread
//! that writes them into the file of `data`, whose form `data_line` defines.

pub(super) mod data;
mod data_line;
pub(super) mod journal;
pub(super) mod record;
pub(super) mod store;
