//! A Terraform provider for Amazon SageMaker.
//!
//! The rooms of this library and who may use whom are listed in `layers`, and a test holds the code to that table.
//! `docs/development/architecture.md` is the guided tour.

pub mod api;
pub mod arguments;
pub mod arn;
pub mod definition;
pub mod demo;
pub mod diag;
pub mod discover;
pub mod engine;
pub mod functions;
pub mod hcl;
pub mod iam_policy;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod layers;
pub mod local;
#[cfg(test)]
mod pages;
pub mod permissions;
pub mod regions;
pub mod schema;
pub mod server;
#[cfg(test)]
mod simulation;
pub mod special;
#[cfg(test)]
mod subcommands;
mod text;
pub mod value;
pub mod wire;
