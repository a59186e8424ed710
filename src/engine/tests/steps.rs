//! The single steps of the engine, for tests of other rooms.

pub(crate) use crate::engine::{
    configuration::context::Context,
    convert::{
        absence::{is_none, without_empty},
        reply::{Prior, observe},
        request::create as create_input,
    },
    resource::{
        plan::{differences, plan},
        settle::{known_object, settle},
        stored::blank,
        validate::validate,
    },
    tests::random::{configuration, context, created_and_told, made_known, settled},
};
