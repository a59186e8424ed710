//! Tests of the engine over all resources, and shared test code.

mod actions;
mod adoption;
mod busy;
mod clearing;
mod connected;
mod echo;
mod import;
mod lifecycle;
mod listing;
mod random;
pub(crate) mod steps;
