//! The steps of the engine one by one, for tests outside of this room.

pub(crate) use super::{
    absence::{is_none, without_empty},
    plan::{Context, differences, plan},
    random::{configuration, context, created_and_told, made_known, settled},
    reply::{Prior, observe},
    request::create as create_input,
    settle::{known_object, settle},
    stored::blank,
    validate::validate,
};
