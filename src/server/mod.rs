//! A provider as a plugin process: the services that a host calls, and the life of the process around them.
//!
//! Conversions only: what a call means is decided behind [`Provider`](crate::engine::Provider).

pub mod protocol;
