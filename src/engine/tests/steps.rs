//! The single steps of the engine, for tests of other rooms.

use crate::{
    definition::Resource,
    engine::resource::{identity::of_state, import::import},
    value::Value,
};

pub(crate) use crate::engine::{
    configuration::context::Context,
    convert::{
        absence::{is_none, without_empty},
        address::parents,
        reply::{Prior, observe},
        request::create as create_input,
    },
    resource::{
        differences::{Difference, Provenance, differences},
        plan::plan,
        stored::blank,
        unknowns::{fill_unknowns, known_object},
        validate::{validate, validate_create},
    },
    tests::random::{applied, configuration, context, created_with_reply, made_known},
};

/// The identity of the object that an import id selects.
pub(crate) fn identity_of(resource: &Resource, id: &str) -> Value {
    let state = import(resource, id, "eu-central-1").unwrap_or_else(|refusal| panic!("{id}: {refusal:?}"));
    of_state(resource, &state)
}
