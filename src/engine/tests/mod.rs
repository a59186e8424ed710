//! Tests of the engine over all resources, and what they share.

mod adoption;
mod busy;
mod clearing;
pub(crate) mod echo;
mod import;
pub(crate) mod laws;
mod lifecycle;
pub(crate) mod oracle;
