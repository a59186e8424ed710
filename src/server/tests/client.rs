//! A running server with a client, and the values and requests that the tests share.

use std::sync::Arc;

use hyper_util::rt::TokioIo;
use rustls::ServerConfig;
use tokio::{net::UnixStream, task::JoinHandle};
use tonic::transport::{Channel, Endpoint};

use super::fake::{Fake, fake_block, fake_object, identity, with_id};
use crate::{
    engine::Provider,
    schema::Type,
    server::{
        LARGEST_MESSAGE, ServeError,
        listener::Listener,
        process::Shutdown,
        protocol::tfplugin5::{self as proto, DynamicValue, diagnostic::Severity, provider_client::ProviderClient},
        run, socket_directories,
    },
    value::Value,
    wire::msgpack,
};

/// A running server.
pub(super) struct Running {
    pub(super) provider: Arc<Fake>,
    pub(super) shutdown: Shutdown,
    pub(super) address: String,
    pub(super) server: JoinHandle<Result<(), ServeError>>,
}

pub(super) fn start(listener: Listener, encryption: Option<Arc<ServerConfig>>) -> Running {
    let provider = Fake::new();
    let shutdown = Shutdown::new();
    let address = listener.address.clone();
    let server = tokio::spawn(run(Arc::clone(&provider) as Arc<dyn Provider>, listener, encryption, shutdown.clone()));
    Running { provider, shutdown, address, server }
}

/// A server on a Unix socket, without encryption.
pub(super) fn start_plain() -> Running {
    start(Listener::unix(&socket_directories()).expect("a socket"), None)
}

impl Running {
    pub(super) async fn channel(&self) -> Channel {
        let address = self.address.clone();
        let connect = tower::service_fn(move |_| {
            let address = address.clone();
            async move { UnixStream::connect(address).await.map(TokioIo::new) }
        });
        Endpoint::from_static("http://localhost").connect_with_connector(connect).await.expect("a connection")
    }

    pub(super) async fn client(&self) -> ProviderClient<Channel> {
        ProviderClient::new(self.channel().await)
            .max_decoding_message_size(LARGEST_MESSAGE)
            .max_encoding_message_size(LARGEST_MESSAGE)
    }
}

pub(super) fn dynamic(value: &Value) -> Option<DynamicValue> {
    let msgpack = msgpack::encode(value, &fake_block().object_type()).expect("an object");
    Some(DynamicValue { msgpack, json: Vec::new() })
}

pub(super) fn read(value: Option<DynamicValue>) -> Value {
    msgpack::decode(&value.expect("set").msgpack, &fake_block().object_type()).expect("an object")
}

/// Severity, summary and attribute of each message.
pub(super) fn summaries(diagnostics: &[proto::Diagnostic]) -> Vec<(Severity, &str)> {
    diagnostics.iter().map(|diagnostic| (diagnostic.severity(), diagnostic.summary.as_str())).collect()
}

pub(super) fn apply_request(prior: &Value, planned: &Value) -> proto::apply_resource_change::Request {
    proto::apply_resource_change::Request {
        type_name: "fake_resource".to_owned(),
        prior_state: dynamic(prior),
        planned_state: dynamic(planned),
        config: dynamic(planned),
        planned_private: b"private".to_vec(),
        ..Default::default()
    }
}

pub(super) async fn life_cycle(mut client: ProviderClient<Channel>) {
    let schema = client.get_schema(proto::get_provider_schema::Request {}).await.expect("answered").into_inner();
    let block = schema.resource_schemas["fake_resource"].block.clone().expect("it has one");
    assert_eq!(schema.resource_schemas["fake_resource"].version, 2);
    assert_eq!(block.block_types[0].nesting(), proto::schema::nested_block::NestingMode::List);
    let capabilities = schema.server_capabilities.expect("set");
    assert!(capabilities.plan_destroy && capabilities.get_provider_schema_optional && capabilities.move_resource_state);

    let planned = client
        .plan_resource_change(proto::plan_resource_change::Request {
            type_name: "fake_resource".to_owned(),
            prior_state: dynamic(&Value::Null),
            proposed_new_state: dynamic(&fake_object("x")),
            config: dynamic(&fake_object("x")),
            prior_private: b"prior".to_vec(),
            ..Default::default()
        })
        .await
        .expect("answered")
        .into_inner();
    assert!(read(planned.planned_state.clone()).get("id").is_unknown());
    assert_eq!(planned.planned_private, b"prior+planned");
    assert_eq!(planned.requires_replace[0].steps.len(), 3);
    assert!(!planned.legacy_type_system);

    let applied = client
        .apply_resource_change(proto::apply_resource_change::Request {
            type_name: "fake_resource".to_owned(),
            prior_state: dynamic(&Value::Null),
            planned_state: planned.planned_state,
            config: dynamic(&fake_object("x")),
            planned_private: planned.planned_private,
            ..Default::default()
        })
        .await
        .expect("answered")
        .into_inner();
    assert_eq!(read(applied.new_state.clone()), with_id(fake_object("x")));
    assert_eq!(applied.private, b"prior+planned+applied");

    let refreshed = client
        .read_resource(proto::read_resource::Request {
            type_name: "fake_resource".to_owned(),
            current_state: applied.new_state,
            private: applied.private.clone(),
            ..Default::default()
        })
        .await
        .expect("answered")
        .into_inner();
    assert_eq!((read(refreshed.new_state), refreshed.private), (with_id(fake_object("x")), applied.private));

    let deleted = client.apply_resource_change(apply_request(&with_id(fake_object("x")), &Value::Null)).await;
    let deleted = deleted.expect("answered").into_inner();
    assert!(deleted.diagnostics.is_empty() && read(deleted.new_state).is_null());
}

pub(super) fn identity_message(name: &str) -> proto::ResourceIdentityData {
    let r#type = Type::Object([("name".to_owned(), Type::String)].into());
    let msgpack = msgpack::encode(&identity(name), &r#type).expect("it fits");
    proto::ResourceIdentityData { identity_data: Some(DynamicValue { msgpack, json: Vec::new() }) }
}

pub(super) fn named(name: &str) -> Option<DynamicValue> {
    let r#type = Type::Object([("name".to_owned(), Type::String)].into());
    let msgpack = msgpack::encode(&identity(name), &r#type).expect("it fits");
    Some(DynamicValue { msgpack, json: Vec::new() })
}
