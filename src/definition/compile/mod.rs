//! Makes the static tables: facts of the service model joined with the definition files, checked and written out as Rust.
//!
//! The build script runs this; the library has it only in tests. So it names nothing of the library and reads no files.

mod emit;
mod model;
mod pattern;

pub(crate) use emit::service;
pub(crate) use model::Model;
