//! The single steps of the engine, for tests of other rooms.

pub(crate) use crate::engine::{
    configuration::context::Context,
    convert::{
        absence::{is_none, without_empty},
        address::snake,
        reply::{Prior, observe},
        request::create as create_input,
    },
    resource::{
        plan::{differences, plan},
        stored::blank,
        unknowns::{fill_unknowns, known_object},
        validate::validate,
    },
    tests::random::{applied, configuration, context, created_with_reply, made_known},
};
