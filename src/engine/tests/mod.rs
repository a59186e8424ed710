//! Tests of the engine over all resources, and shared test code.

mod actions;
mod adoption;
mod busy;
mod clearing;
pub(crate) mod connected;
mod echo;
mod import;
mod jobs;
mod least;
mod lifecycle;
mod listing;
mod random;
mod requests;
pub(crate) mod steps;
