//! Resources, in the order of Terraform's requests: validate, plan, apply (create, update, delete), read; import, state
//! upgrade and move. `requests` is the entry point.

mod adoption;
mod apply_change;
mod busy;
pub(crate) mod claims;
mod create;
mod delete;
pub(crate) mod differences;
pub(crate) mod draft;
mod generate;
pub(crate) mod generated_names;
pub(crate) mod identity;
pub(crate) mod import;
pub(crate) mod locate;
pub(crate) mod moved;
pub(crate) mod plan;
mod plan_change;
pub(crate) mod private;
mod protection;
mod read;
pub(crate) mod requests;
mod seen;
pub(crate) mod special;
pub(crate) mod stored;
pub(crate) mod unknowns;
mod update;
pub(crate) mod validate;
pub(crate) mod work;
mod write_only;
