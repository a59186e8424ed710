//! A local SageMaker: the control-plane API on loopback, from the facts of the service model.
//!
//! It has to be right about the real service even where the provider would like it otherwise, so this room knows the
//! service's own facts and nothing of Terraform, of resource definitions or of the engine. It is not AWS: nothing runs,
//! and any credentials will do. `docs/local.md` says what is modelled and what is not.
//!
//! From the ground up:
//!
//! - `kind` has the types that kinds of resources are described with, `members` and `ids` what their members are filled
//!   with, `store` the objects of a region;
//! - `references` finds the objects that a call names, `replies` forms what it is answered with;
//! - `ordinary` and `list` do what operations do to every kind, by its table;
//! - `kinds` has the kinds, a file for each kind or family;
//! - `catalog` lists the kinds and their operations, `dispatch` finds what an operation does, and `conditions` what it
//!   refuses;
//! - `state` carries out operations, after `validate` has checked the input against the model. What is to be kept is
//!   sent through `record` and `journal` into the file of `data`;
//! - `http` serves all of it, `command` is the subcommand.

mod admin;
mod catalog;
mod command;
mod conditions;
mod data;
mod data_line;
mod dispatch;
mod error;
mod faults;
mod http;
mod ids;
mod journal;
mod json;
mod kind;
mod kinds;
mod lifecycle;
mod list;
mod members;
mod moment;
mod options;
mod ordinary;
mod origin;
mod outcome;
mod place;
mod rate;
mod record;
mod references;
mod replies;
mod service;
mod signature;
mod state;
mod store;
mod sts;
mod tags;
#[cfg(test)]
pub(crate) mod tests;
mod validate;

pub use self::{
    command::{LocalError, run},
    conditions::{CONDITIONS, Check, Condition, ONLY_AWS, Test},
    data::DataError,
    options::{Options, UsageError},
    service::Service,
};
