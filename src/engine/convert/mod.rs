//! Conversions between Terraform's values and the bodies of calls, as the definitions declare. No calls are made here.

pub(crate) mod absence;
pub(crate) mod address;
pub(crate) mod body;
pub(crate) mod clearing;
pub(crate) mod equality;
mod policy;
pub(crate) mod reply;
pub(crate) mod request;
pub(crate) mod scalar;
pub(crate) mod tags;
