//! A local SageMaker: the control-plane API on loopback, from the facts of the service model.
//!
//! It models the real service independently of the provider, so this room knows the service's own facts, but not
//! Terraform, the resource definitions or the engine. It is not AWS: nothing runs, and any credentials are accepted.
//! `docs/guides/local.md` lists what is modelled and what is not.
//!
//! From the ground up:
//!
//! - `json` reads and writes values, `moment` has times, `scope` the ARNs of a region and an account, `error` the errors
//!   of the service, `outcome` the outcomes of a change that a test may request, and `storage` the objects;
//! - `lifecycle` and `kind` have the types that describe resource kinds, and the call that their operations receive;
//! - `operations` implements the operations of every kind, by its table;
//! - `kinds` has the kinds, one file per kind or family;
//! - `catalog` lists the kinds and their operations, `dispatch` finds the behavior of an operation;
//! - `validate` checks an input against the model, `conditions` beyond it, and `authorization` the caller;
//! - `faults` are what tests inject, and `rate` limits the requests of each operation;
//! - `state` executes operations with all of these, and keeps their changes;
//! - `http` serves them, `service` is the whole as a value, and `command` the subcommand with its `options`.

mod authorization;
mod catalog;
mod command;
mod conditions;
mod dispatch;
mod error;
mod faults;
mod http;
mod json;
mod kind;
mod kinds;
mod lifecycle;
mod moment;
mod operations;
mod options;
mod outcome;
mod rate;
mod scope;
mod service;
mod state;
mod storage;
#[cfg(test)]
pub(crate) mod tests;
mod validate;

#[cfg(test)]
pub(crate) use self::options::SUBCOMMAND;
pub use self::{
    authorization::{Policy, PolicyError},
    command::{LocalError, run},
    conditions::{CONDITIONS, Condition, ONLY_AWS, Predicate, Requirement},
    options::Options,
    service::Service,
    storage::data::DataError,
};
