//! HTTP around the service.
//!
//! `server` reads requests and writes replies, after `origin` has checked which client sends them and `signature` for
//! which region they are signed. `sts` answers the calls of STS, and `admin` the requests of tests.

mod admin;
mod origin;
pub(super) mod server;
mod signature;
mod sts;
