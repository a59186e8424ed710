//! Traits that many request and response messages share, although the protocol has none, and the span of every call.

use super::{convert::messages, protocol::tfplugin5 as proto};
use crate::diag::Diagnostics;

/// The subject of a request, for the log and for messages.
pub(super) trait Subject {
    /// The resource type, data source or other type name; empty for calls about the provider itself.
    fn subject(&self) -> &str {
        ""
    }
}

/// The span of a call: its fields are on every line that is logged in it, whatever the level of the line.
pub(super) fn span(rpc: &'static str, subject: &str) -> tracing::Span {
    tracing::error_span!("call", tf_rpc = rpc, tf_resource_type = subject)
}

macro_rules! about_the_provider {
    ($($request:ident)*) => {
        $(impl Subject for proto::$request::Request {})*
    };
}

macro_rules! about_a_type {
    ($($request:ident . $field:ident)*) => {
        $(impl Subject for proto::$request::Request {
            fn subject(&self) -> &str {
                &self.$field
            }
        })*
    };
}

/// Responses that can consist of diagnostics alone.
macro_rules! from_diagnostics {
    ($($answer:ident)*) => {
        $(impl From<Diagnostics> for proto::$answer::Response {
            fn from(diagnostics: Diagnostics) -> Self {
                #[expect(clippy::allow_attributes, reason = "only some of the messages have further fields")]
                #[allow(clippy::needless_update)]
                Self { diagnostics: messages(diagnostics), ..Default::default() }
            }
        })*
    };
}

about_the_provider! { configure get_functions get_metadata get_provider_schema get_resource_identity_schemas prepare_provider_config stop }

about_a_type! {
    call_function.name
    plan_action.action_type
    validate_action_config.action_type
    close_ephemeral_resource.type_name
    open_ephemeral_resource.type_name
    renew_ephemeral_resource.type_name
    validate_ephemeral_resource_config.type_name
    apply_resource_change.type_name
    generate_resource_config.type_name
    import_resource_state.type_name
    list_resource.type_name
    move_resource_state.target_type_name
    plan_resource_change.type_name
    read_data_source.type_name
    read_resource.type_name
    upgrade_resource_identity.type_name
    upgrade_resource_state.type_name
    validate_data_source_config.type_name
    validate_list_resource_config.type_name
    validate_resource_type_config.type_name
}

from_diagnostics! {
    close_ephemeral_resource
    configure
    generate_resource_config
    get_functions
    get_metadata
    get_provider_schema
    get_resource_identity_schemas
    import_resource_state
    move_resource_state
    open_ephemeral_resource
    plan_action
    plan_resource_change
    prepare_provider_config
    read_data_source
    read_resource
    renew_ephemeral_resource
    upgrade_resource_identity
    upgrade_resource_state
    validate_action_config
    validate_data_source_config
    validate_ephemeral_resource_config
    validate_list_resource_config
    validate_resource_type_config
}
