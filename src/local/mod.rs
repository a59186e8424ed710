//! A local SageMaker: the control-plane API on loopback, from the facts of the service model.
//!
//! It models the real service independently of the provider, so this room knows the service's own facts, but not
//! Terraform, the resource definitions or the engine. It is not AWS: nothing runs, and any credentials are accepted.
//! `docs/guides/local.md` lists what is modelled and what is not.
//!
//! From the ground up:
//!
//! - `kind` has the types that describe resource kinds, `members` and `ids` provide the values of their members,
//!   `store` holds the objects of a region;
//! - `references` finds the objects that a call names, `replies` builds its reply;
//! - `ordinary` and `list` implement the operations of every kind, by its table;
//! - `kinds` has the kinds, one file per kind or family;
//! - `catalog` lists the kinds and their operations, `dispatch` finds the action of an operation, and `conditions` the
//!   inputs that it rejects;
//! - `state` executes operations, after `validate` has checked the input against the model and `authorization` the caller. Durable changes are sent
//!   through `record` and `journal` into the file of `data`;
//! - `http` serves all of it, `command` is the subcommand.

mod admin;
mod authorization;
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
mod rate;
mod record;
mod references;
mod replies;
mod scope;
mod service;
mod signature;
mod state;
mod store;
mod sts;
mod tags;
#[cfg(test)]
pub(crate) mod tests;
mod validate;

#[cfg(test)]
pub(crate) use self::options::SUBCOMMAND;
pub use self::{
    authorization::{Policy, PolicyError},
    command::{LocalError, run},
    conditions::{CONDITIONS, Check, Condition, ONLY_AWS, Test},
    data::DataError,
    options::Options,
    service::Service,
};
