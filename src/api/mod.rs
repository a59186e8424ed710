//! Calls to the service: one trait, the AWS implementation behind it, and a recording fake for tests.
//!
//! This room knows operations only by name and bodies only as [`Value`](crate::value::Value): it knows nothing about
//! Terraform, schemas or the meaning of a member. It is the only room that names the AWS SDK.

mod aws;
mod clock;
mod error;
#[cfg(test)]
pub(crate) mod fake;
mod read_only;
mod service;
mod settings;

#[cfg(test)]
pub(crate) use self::aws::in_process;
pub use self::{
    aws::Aws,
    error::{ApiError, ConnectError, ErrorKind},
    read_only::ReadOnly,
    service::{Api, Connect},
    settings::{AssumeRole, Endpoints, MAX_RETRIES, Secret, Settings, WebIdentity},
};
