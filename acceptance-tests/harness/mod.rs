//! What all acceptance tests stand on: the real programs, a service to talk to, and a place to work in.

pub(crate) mod aws;
pub(crate) mod awscc;
pub(crate) mod backend;
pub(crate) mod case;
pub(crate) mod cli;
pub(crate) mod cycle;
mod http;
pub(crate) mod https;
pub(crate) mod keyring;
pub(crate) mod plan;
pub(crate) mod process;
pub(crate) mod python;
pub(crate) mod registry;
pub(crate) mod release;
pub(crate) mod run;
pub(crate) mod stand_in;
pub(crate) mod state;
pub(crate) mod state_file;
mod target;
pub(crate) mod workspace;

pub(crate) use backend::Backend;
pub(crate) use workspace::Workspace;
