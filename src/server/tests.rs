//! The complete server over real sockets, with a scripted provider and a client other than go-plugin.

use std::collections::BTreeMap;

use async_trait::async_trait;
use hyper_util::rt::TokioIo;
use rcgen::{CertificateParams, KeyPair, PKCS_ECDSA_P256_SHA256, PKCS_ECDSA_P521_SHA512, SignatureAlgorithm};
use rustls::{
    ClientConfig, RootCertStore,
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer, ServerName},
    sign::{CertifiedKey, SingleCertAndKey},
};
use tokio::{
    net::{TcpStream, UnixStream},
    sync::{Semaphore, mpsc::Sender},
    task::JoinHandle,
};
use tokio_rustls::TlsConnector;
use tonic::{
    Code,
    transport::{Channel, Endpoint},
};

use super::{
    protocol::{
        health::{HealthCheckRequest, health_client::HealthClient},
        plugin::{
            Empty, grpc_broker_client::GrpcBrokerClient, grpc_controller_client::GrpcControllerClient,
            grpc_stdio_client::GrpcStdioClient,
        },
        tfplugin5::{self as proto, DynamicValue, diagnostic::Severity, provider_client::ProviderClient},
    },
    *,
};
use crate::{
    diag::{Diagnostic, Diagnostics},
    engine::{FunctionError, ListOptions, Listed, Outcome, Plan, Schemas, Selector, StoredState},
    schema::{
        Attribute, Block, Function, IdentityAttribute, IdentitySchema, NestedBlock, Nesting, Parameter, Schema, Type,
        Usage,
    },
    value::{Path, Value},
    wire::msgpack,
};

/// A provider of one resource type. The attribute `name` of the resource determines its behaviour.
struct Fake {
    schemas: Schemas,
    stopped: Semaphore,
    /// One permit for each completed slow apply.
    applied_slowly: Semaphore,
    /// One permit for each apply that waits for the stop.
    waiting: Semaphore,
}

fn attribute(name: &'static str, r#type: Type, usage: Usage) -> Attribute {
    Attribute { name, r#type, description: "", usage, sensitive: false, write_only: false, deprecated: None }
}

fn fake_block() -> Block {
    let variant = Block { attributes: vec![attribute("weight", Type::Number, Usage::Optional)], ..Block::default() };
    Block {
        attributes: vec![
            attribute("id", Type::String, Usage::Computed),
            attribute("name", Type::String, Usage::Required),
            attribute("tags", Type::Map(Box::new(Type::String)), Usage::Optional),
        ],
        blocks: vec![NestedBlock {
            name: "variant",
            nesting: Nesting::List,
            block: variant,
            min_items: 0,
            max_items: 0,
        }],
        ..Block::default()
    }
}

impl Fake {
    fn new() -> Arc<Self> {
        let provider = Schema {
            version: 0,
            block: Block { attributes: vec![attribute("region", Type::String, Usage::Optional)], ..Block::default() },
        };
        let look_up = Block {
            attributes: vec![
                attribute("name", Type::String, Usage::Required),
                attribute("found", Type::Bool, Usage::Computed),
            ],
            ..Block::default()
        };
        let filter = Block { attributes: vec![attribute("name", Type::String, Usage::Optional)], ..Block::default() };
        let of_name = IdentityAttribute { name: "name", r#type: Type::String, description: "", required: true };
        let schemas = Schemas {
            provider,
            resources: BTreeMap::from([("fake_resource", Schema { version: 2, block: fake_block() })]),
            data_sources: BTreeMap::from([("fake_look_up", Schema { version: 0, block: look_up })]),
            identities: BTreeMap::from([("fake_resource", IdentitySchema { version: 0, attributes: vec![of_name] })]),
            lists: BTreeMap::from([("fake_resource", Schema { version: 0, block: filter.clone() })]),
            actions: BTreeMap::from([("fake_action", Schema { version: 0, block: filter.clone() })]),
            ephemerals: BTreeMap::from([("fake_secret", Schema { version: 0, block: filter })]),
            functions: BTreeMap::from([
                ("fake_join", fake_join()),
                ("fake_word", Function { variadic: None, ..fake_join() }),
            ]),
        };
        Arc::new(Self {
            schemas,
            stopped: Semaphore::new(0),
            applied_slowly: Semaphore::new(0),
            waiting: Semaphore::new(0),
        })
    }
}

fn fake_join() -> Function {
    let parameter = |name| Parameter { name, r#type: Type::String, description: "A word." };
    Function {
        summary: "Joins words.",
        description: "Joins words with `-`.",
        parameters: vec![parameter("first")],
        variadic: Some(parameter("others")),
        returns: Type::String,
    }
}

fn identity(name: &str) -> Value {
    Value::from([("name", name.into())])
}

fn name(value: &Value) -> &str {
    value.get("name").as_str().unwrap_or_default()
}

#[async_trait]
impl Provider for Fake {
    fn schemas(&self) -> &Schemas {
        &self.schemas
    }

    fn validate_provider(&self, config: &Value) -> Diagnostics {
        match config.get("region").as_str() {
            Some("nowhere") => {
                Diagnostic::warning("Odd region", "Nobody lives there.").at(&Path::attribute("region")).into()
            }
            _ => Diagnostics::new(),
        }
    }

    async fn configure(&self, config: &Value, terraform_version: &str) -> Diagnostics {
        Diagnostic::warning("Configured", format!("{} {terraform_version}", config.get("region"))).into()
    }

    fn validate_resource(&self, _: &str, config: &Value, _: bool) -> Diagnostics {
        match name(config) {
            "panic" => panic!("as configured"),
            "" => Diagnostic::error("No name", "A fake resource needs one.").at(&Path::attribute("name")).into(),
            _ => Diagnostics::new(),
        }
    }

    fn upgrade(&self, _: &str, stored: StoredState) -> Outcome {
        let mut state = stored.state;
        if stored.version == 1 {
            let name = state.get("title").clone();
            state = Value::from([
                ("id", Value::Null),
                ("name", name),
                ("tags", Value::Null),
                ("variant", Value::List(vec![])),
            ]);
        }
        Outcome { state, ..Outcome::default() }
    }

    async fn read(&self, _: &str, prior: &Value, private: &[u8]) -> Outcome {
        match name(prior) {
            "gone" => Outcome::default(),
            "panic" => panic!("as configured"),
            _ => Outcome { state: prior.clone(), private: private.to_vec(), ..Outcome::default() },
        }
    }

    fn plan(&self, _: &str, prior: &Value, config: &Value, private: &[u8]) -> Plan {
        let mut planned = config.clone();
        if !planned.is_null() {
            planned.insert("id", if prior.is_null() { Value::unknown() } else { prior.get("id").clone() });
        }
        if name(config) == "misplanned" {
            planned.insert("id", true.into());
        }
        Plan {
            planned,
            requires_replace: vec![Path::attribute("variant").index(0).then("weight")],
            private: [private, b"+planned"].concat(),
            diagnostics: Diagnostics::new(),
        }
    }

    async fn apply(&self, _: &str, prior: &Value, planned: &Value, _: &Value, private: &[u8]) -> Outcome {
        if planned.is_null() {
            return Outcome::default();
        }
        let mut state = planned.clone();
        state.insert("id", "id-1".into());
        let mut diagnostics = Diagnostics::new();
        match name(planned) {
            "panic" => panic!("as configured"),
            "mistyped" => state.insert("tags", true.into()),
            "slow" => {
                self.waiting.add_permits(1);
                self.stopped.acquire().await.expect("it is never closed").forget();
                diagnostics.push(Diagnostic::error("Stopped", "The host sent Stop."));
                self.applied_slowly.add_permits(1);
            }
            "endless" => {
                self.waiting.add_permits(1);
                std::future::pending::<()>().await;
            }
            _ => {}
        }
        assert!(prior.is_null() || prior.get("id") == &Value::from("id-1"), "the prior state comes through");
        let identity = if state.is_null() { Value::Null } else { identity(name(&state)) };
        Outcome { state, private: [private, b"+applied"].concat(), identity, diagnostics }
    }

    async fn import(&self, _: &str, selector: Selector<'_>) -> Outcome {
        let id = match selector {
            Selector::Id(id) => id,
            Selector::Identity(identity) => name(identity),
        };
        let state = Value::from([
            ("id", id.into()),
            ("name", Value::Null),
            ("tags", Value::Null),
            ("variant", Value::List(vec![])),
        ]);
        Outcome { state, private: b"imported".to_vec(), identity: identity(id), ..Outcome::default() }
    }

    fn generate_config(&self, _: &str, state: &Value) -> Outcome {
        let mut state = state.clone();
        state.insert("id", Value::Null);
        Outcome { state, ..Outcome::default() }
    }

    fn validate_action(&self, _: &str, config: &Value) -> Diagnostics {
        self.validate_list("", config)
    }

    async fn invoke_action(&self, _: &str, config: &Value, progress: Sender<String>) -> Diagnostics {
        assert!(name(config) != "panic", "the action fails");
        let _ = progress.send(format!("{} begins", name(config))).await;
        let _ = progress.send(format!("{} ends", name(config))).await;
        Diagnostic::warning("Done", "It was a test.").into()
    }

    fn validate_ephemeral(&self, _: &str, config: &Value) -> Diagnostics {
        self.validate_list("", config)
    }

    async fn open_ephemeral(&self, _: &str, config: &Value) -> Outcome {
        Outcome { state: config.clone(), ..Outcome::default() }
    }

    fn call_function(&self, _: &str, arguments: &[Value]) -> Result<Value, FunctionError> {
        let words: Vec<&str> = arguments.iter().filter_map(Value::as_str).collect();
        assert_ne!(words, ["panic"], "as requested");
        match words.iter().position(|word| word.is_empty()) {
            Some(argument) => Err(FunctionError { argument: Some(argument), text: "The word is empty.".to_owned() }),
            None => Ok(words.join("-").into()),
        }
    }

    fn validate_list(&self, _: &str, config: &Value) -> Diagnostics {
        match name(config) {
            "nothing" => Diagnostic::error("Nothing", "There is none.").into(),
            _ => Diagnostics::new(),
        }
    }

    /// Lists objects without end, for a host that has to stop.
    async fn list(&self, _: &str, config: &Value, options: ListOptions, objects: Sender<Listed>) {
        assert!(name(config) != "panic", "listing fails");
        for number in 0.. {
            let id = format!("{}{number}", name(config));
            let object = if options.with_objects { with_id(fake_object(&id)) } else { Value::Null };
            let listed = Listed { identity: identity(&id), display_name: id, object, ..Listed::default() };
            if objects.send(listed).await.is_err() {
                self.stopped.add_permits(1);
                return;
            }
        }
    }

    fn move_state(&self, source_type: &str, source: StoredState, _: &str) -> Outcome {
        let name = Value::String(format!("{source_type} v{} {}", source.version, source.state.get("n")));
        let state = Value::from([
            ("id", source.state.get("id").clone()),
            ("name", name),
            ("tags", Value::Null),
            ("variant", Value::List(vec![])),
        ]);
        Outcome { state, private: b"moved".to_vec(), ..Outcome::default() }
    }

    fn validate_data_source(&self, _: &str, config: &Value) -> Diagnostics {
        self.validate_resource("", config, true)
    }

    async fn read_data_source(&self, _: &str, config: &Value) -> Outcome {
        let mut state = config.clone();
        state.insert("found", true.into());
        Outcome { state, ..Outcome::default() }
    }

    fn stop(&self) {
        self.stopped.add_permits(1);
    }
}

/// A running server.
struct Running {
    provider: Arc<Fake>,
    shutdown: Shutdown,
    address: String,
    server: JoinHandle<Result<(), ServeError>>,
}

fn start(listener: Listener, encryption: Option<Arc<ServerConfig>>) -> Running {
    let provider = Fake::new();
    let shutdown = Shutdown::new();
    let address = listener.address.clone();
    let server = tokio::spawn(run(Arc::clone(&provider) as Arc<dyn Provider>, listener, encryption, shutdown.clone()));
    Running { provider, shutdown, address, server }
}

/// A server on a Unix socket, without encryption.
fn start_plain() -> Running {
    start(Listener::unix(&socket_directories()).expect("a socket"), None)
}

impl Running {
    async fn channel(&self) -> Channel {
        let address = self.address.clone();
        let connect = tower::service_fn(move |_| {
            let address = address.clone();
            async move { UnixStream::connect(address).await.map(TokioIo::new) }
        });
        Endpoint::from_static("http://localhost").connect_with_connector(connect).await.expect("a connection")
    }

    async fn client(&self) -> ProviderClient<Channel> {
        ProviderClient::new(self.channel().await)
            .max_decoding_message_size(LARGEST_MESSAGE)
            .max_encoding_message_size(LARGEST_MESSAGE)
    }
}

fn dynamic(value: &Value) -> Option<DynamicValue> {
    let msgpack = msgpack::encode(value, &fake_block().object_type()).expect("an object");
    Some(DynamicValue { msgpack, json: Vec::new() })
}

fn read(value: Option<DynamicValue>) -> Value {
    msgpack::decode(&value.expect("set").msgpack, &fake_block().object_type()).expect("an object")
}

fn fake_object(name: &str) -> Value {
    let variant = Value::from([("weight", Value::Number("12345678901234567890.5".parse().expect("a number")))]);
    Value::from([
        ("id", Value::Null),
        ("name", name.into()),
        ("tags", Value::Null),
        ("variant", Value::List(vec![variant])),
    ])
}

fn with_id(mut object: Value) -> Value {
    object.insert("id", "id-1".into());
    object
}

/// Severity, summary and attribute of each message.
fn summaries(diagnostics: &[proto::Diagnostic]) -> Vec<(Severity, &str)> {
    diagnostics.iter().map(|diagnostic| (diagnostic.severity(), diagnostic.summary.as_str())).collect()
}

fn apply_request(prior: &Value, planned: &Value) -> proto::apply_resource_change::Request {
    proto::apply_resource_change::Request {
        type_name: "fake_resource".to_owned(),
        prior_state: dynamic(prior),
        planned_state: dynamic(planned),
        config: dynamic(planned),
        planned_private: b"private".to_vec(),
        ..Default::default()
    }
}

async fn life_cycle(mut client: ProviderClient<Channel>) {
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

#[tokio::test]
async fn a_resource_life_cycle_works_over_a_unix_socket() {
    let running = start_plain();
    life_cycle(running.client().await).await;
}

#[tokio::test]
async fn the_provider_is_configured_and_warns() {
    let mut client = start_plain().client().await;
    let region = |region: &str| {
        let r#type = Type::Object([("region".to_owned(), Type::String)].into());
        let msgpack = msgpack::encode(&Value::from([("region", region.into())]), &r#type).expect("written");
        Some(DynamicValue { msgpack, json: Vec::new() })
    };
    let prepared = client
        .prepare_provider_config(proto::prepare_provider_config::Request { config: region("nowhere") })
        .await
        .expect("answered")
        .into_inner();
    assert_eq!(summaries(&prepared.diagnostics), [(Severity::Warning, "Odd region")]);
    assert_eq!(prepared.diagnostics[0].attribute.as_ref().expect("a path").steps.len(), 1);
    assert_eq!(prepared.prepared_config, region("nowhere"));
    let configured = client
        .configure(proto::configure::Request {
            terraform_version: "1.11.4".to_owned(),
            config: region("somewhere"),
            ..Default::default()
        })
        .await
        .expect("answered")
        .into_inner();
    assert_eq!(configured.diagnostics[0].detail, "\"somewhere\" 1.11.4");
}

#[tokio::test]
async fn a_data_source_is_read() {
    let mut client = start_plain().client().await;
    // JSON, which hosts may send, though none does.
    let config = Some(DynamicValue { msgpack: Vec::new(), json: br#"{"name": "x", "found": null}"#.to_vec() });
    let type_name = "fake_look_up".to_owned();
    let request = proto::validate_data_source_config::Request { type_name: type_name.clone(), config: config.clone() };
    let validated = client.validate_data_source_config(request).await.expect("answered").into_inner();
    assert_eq!(validated.diagnostics, []);
    let request = proto::read_data_source::Request { type_name, config, ..Default::default() };
    let answer = client.read_data_source(request).await.expect("answered").into_inner();
    assert_eq!(answer.state.expect("set").msgpack, b"\x82\xa5found\xc3\xa4name\xa1x");
}

#[tokio::test]
async fn a_state_is_imported_moved_and_upgraded() {
    let mut client = start_plain().client().await;
    let type_name = "fake_resource".to_owned();
    let request = proto::import_resource_state::Request {
        type_name: type_name.clone(),
        id: "id-7".to_owned(),
        ..Default::default()
    };
    let imported = client.import_resource_state(request).await.expect("answered").into_inner().imported_resources;
    assert_eq!((imported.len(), imported[0].type_name.as_str()), (1, "fake_resource"));
    assert_eq!(read(imported[0].state.clone()).get("id"), &Value::from("id-7"));

    let raw = |json: &str| Some(proto::RawState { json: json.as_bytes().to_vec(), flatmap: [].into() });
    let request = proto::move_resource_state::Request {
        source_type_name: "other_resource".to_owned(),
        source_schema_version: 3,
        source_state: raw(r#"{"id": "id-8", "n": 12345678901234567890}"#),
        target_type_name: type_name.clone(),
        ..Default::default()
    };
    let moved = client.move_resource_state(request).await.expect("answered").into_inner();
    assert_eq!(moved.target_private, b"moved");
    let moved = read(moved.target_state);
    assert_eq!(moved.get("name"), &Value::from("other_resource v3 12345678901234567890"));

    for (version, json, expected) in [
        (
            2,
            r#"{"name": "same", "id": "a", "left": "over"}"#,
            r#"{id = "a", name = "same", tags = null, variant = []}"#,
        ),
        (1, r#"{"title": "old"}"#, r#"{id = null, name = "old", tags = null, variant = []}"#),
    ] {
        let request =
            proto::upgrade_resource_state::Request { type_name: type_name.clone(), version, raw_state: raw(json) };
        let upgraded = client.upgrade_resource_state(request).await.expect("answered").into_inner();
        assert_eq!(upgraded.diagnostics, []);
        assert_eq!(read(upgraded.upgraded_state).to_string(), expected);
    }
}

#[tokio::test]
async fn a_state_from_before_terraform_0_12_is_rejected_with_a_diagnostic() {
    let mut client = start_plain().client().await;
    let request = proto::upgrade_resource_state::Request {
        type_name: "fake_resource".to_owned(),
        version: 0,
        raw_state: Some(proto::RawState { json: vec![], flatmap: [("variant.#".to_owned(), "1".to_owned())].into() }),
    };
    let answer = client.upgrade_resource_state(request).await.expect("answered").into_inner();
    assert_eq!(summaries(&answer.diagnostics), [(Severity::Error, "State too old")]);
}

#[tokio::test]
async fn a_panic_is_a_diagnostic_and_the_next_call_is_served() {
    let mut client = start_plain().client().await;
    let request = |name: &str| proto::validate_resource_type_config::Request {
        type_name: "fake_resource".to_owned(),
        config: dynamic(&fake_object(name)),
        ..Default::default()
    };
    let answer = client.validate_resource_type_config(request("panic")).await.expect("answered").into_inner();
    assert_eq!(summaries(&answer.diagnostics), [(Severity::Error, "The provider failed unexpectedly")]);
    let detail = &answer.diagnostics[0].detail;
    assert!(
        detail.starts_with("ValidateResourceTypeConfig for `fake_resource` ended in a panic: as configured"),
        "{detail}"
    );
    assert!(detail.contains("This is a bug in the provider."), "{detail}");
    let answer = client.validate_resource_type_config(request("fine")).await.expect("answered").into_inner();
    assert_eq!(answer.diagnostics, []);
}

#[tokio::test]
async fn a_panic_during_apply_keeps_the_prior_state() {
    let mut client = start_plain().client().await;
    let mut prior = with_id(fake_object("before"));
    let answer = client.apply_resource_change(apply_request(&prior, &fake_object("panic"))).await.expect("answered");
    let answer = answer.into_inner();
    assert_eq!(summaries(&answer.diagnostics), [(Severity::Error, "The provider failed unexpectedly")]);
    assert!(answer.diagnostics[0].detail.contains("as configured. Changes that were made until then are not recorded"));
    assert_eq!(read(answer.new_state), prior);
    assert!(answer.private.is_empty(), "the next plan would not know that this apply broke off");

    prior = Value::Null;
    let answer = client.apply_resource_change(apply_request(&prior, &fake_object("panic"))).await.expect("answered");
    assert_eq!(read(answer.into_inner().new_state), Value::Null);
}

#[tokio::test]
async fn a_state_of_the_wrong_type_is_reported_and_partly_kept() {
    let mut client = start_plain().client().await;
    let request = apply_request(&Value::Null, &fake_object("mistyped"));
    let answer = client.apply_resource_change(request).await.expect("answered").into_inner();
    assert_eq!(summaries(&answer.diagnostics), [(Severity::Error, "Invalid value from the provider")]);
    assert!(answer.diagnostics[0].detail.contains("tags: expected a map, found a bool"));
    assert_eq!(read(answer.new_state), with_id(fake_object("mistyped")));

    let request = proto::plan_resource_change::Request {
        type_name: "fake_resource".to_owned(),
        prior_state: dynamic(&Value::Null),
        proposed_new_state: dynamic(&fake_object("misplanned")),
        config: dynamic(&fake_object("misplanned")),
        ..Default::default()
    };
    let answer = client.plan_resource_change(request).await.expect("answered").into_inner();
    assert_eq!(summaries(&answer.diagnostics), [(Severity::Error, "Invalid value from the provider")]);
    assert_eq!(answer.planned_state, None);
}

#[tokio::test]
async fn invalid_requests_are_answered_with_diagnostics() {
    let mut client = start_plain().client().await;
    let mut validate = async |type_name: &str, config: Option<DynamicValue>| {
        let request = proto::validate_resource_type_config::Request {
            type_name: type_name.to_owned(),
            config,
            ..Default::default()
        };
        let answer = client.validate_resource_type_config(request).await.expect("answered").into_inner();
        format!("{}: {}", answer.diagnostics[0].summary, answer.diagnostics[0].detail)
    };
    let bytes = |bytes: &[u8]| Some(DynamicValue { msgpack: bytes.to_vec(), json: Vec::new() });
    let cases = [
        (
            validate("fake_other", dynamic(&fake_object("x"))).await,
            "No resource type `fake_other`: This provider has no",
        ),
        (validate("fake_resource", None).await, "Incomplete request: The field `config` of the request is empty"),
        (validate("fake_resource", bytes(b"")).await, "Incomplete request: The field `config` of the request is empty"),
        (validate("fake_resource", bytes(b"\xc0")).await, "Incomplete request: The field `config` of the request is"),
        (
            validate("fake_resource", bytes(b"\xd4\0\0")).await,
            "Incomplete request: The field `config` of the request is empty",
        ),
        (
            validate("fake_resource", bytes(b"\x81\xa1x\xc0")).await,
            "Unreadable request: The field `config` of the request does not fit the schema: `x` is not in the schema.",
        ),
        (
            validate("fake_resource", bytes(b"\xdd\xff\xff\xff\xff")).await,
            "Unreadable request: The field `config` of the request does not fit the schema: expected an object, found a list.",
        ),
    ];
    for (answer, expected) in cases {
        assert!(answer.starts_with(expected), "{answer}");
    }
}

#[tokio::test]
async fn an_unreadable_plan_keeps_the_prior_state() {
    let mut client = start_plain().client().await;
    let prior = with_id(fake_object("before"));
    let mut request = apply_request(&prior, &fake_object("after"));
    request.planned_state = Some(DynamicValue { msgpack: vec![0x80], json: Vec::new() });
    let answer = client.apply_resource_change(request).await.expect("answered").into_inner();
    assert_eq!(summaries(&answer.diagnostics), [(Severity::Error, "Unreadable request")]);
    assert_eq!((read(answer.new_state), answer.private), (prior, b"private".to_vec()));
}

#[tokio::test]
async fn stop_ends_running_calls_and_keeps_their_state() {
    let running = start_plain();
    let mut client = running.client().await;
    let applying = tokio::spawn({
        let mut client = client.clone();
        async move { client.apply_resource_change(apply_request(&Value::Null, &fake_object("slow"))).await }
    });
    running.provider.waiting.acquire().await.expect("it is never closed").forget();
    assert_eq!(client.stop(proto::stop::Request {}).await.expect("answered").into_inner().error, "");
    let answer = applying.await.expect("no panic").expect("answered").into_inner();
    assert_eq!(summaries(&answer.diagnostics), [(Severity::Error, "Stopped")]);
    assert_eq!(read(answer.new_state), with_id(fake_object("slow")));
}

#[tokio::test]
async fn an_apply_continues_after_the_host_disconnects() {
    let running = start_plain();
    let mut client = running.client().await;
    let applying =
        tokio::spawn(
            async move { client.apply_resource_change(apply_request(&Value::Null, &fake_object("slow"))).await },
        );
    running.provider.waiting.acquire().await.expect("it is never closed").forget();
    applying.abort();
    assert!(applying.await.is_err());
    // A further life cycle ensures that the server has processed the end of the first connection.
    life_cycle(running.client().await).await;
    running.provider.stop();
    let applied = time::timeout(Duration::from_secs(10), running.provider.applied_slowly.acquire()).await;
    assert!(applied.is_ok(), "the apply was cut off");
}

#[tokio::test]
async fn shutdown_is_answered_and_does_not_wait_for_running_calls() {
    let running = start_plain();
    let mut client = running.client().await;
    let applying = tokio::spawn(async move {
        client.apply_resource_change(apply_request(&Value::Null, &fake_object("endless"))).await
    });
    running.provider.waiting.acquire().await.expect("it is never closed").forget();
    let mut controller = GrpcControllerClient::new(running.channel().await);
    controller.shutdown(Empty {}).await.expect("answered");
    running.server.await.expect("no panic").expect("a good end");
    assert!(!std::path::Path::new(&running.address).exists(), "the socket is gone");
    applying.abort();
}

#[tokio::test]
async fn idle_streams_stay_open_until_the_shutdown() {
    let running = start_plain();
    let channel = running.channel().await;
    let mut output = GrpcStdioClient::new(channel.clone()).stream_stdio(Empty {}).await.expect("answered").into_inner();
    let requests = tokio_stream::pending();
    let mut broker = GrpcBrokerClient::new(channel).start_stream(requests).await.expect("answered").into_inner();
    assert!(time::timeout(Duration::ZERO, output.message()).await.is_err(), "nothing comes");
    running.shutdown.begin_at_once();
    assert!(output.message().await.expect("a good end").is_none());
    assert!(broker.message().await.expect("a good end").is_none());
    running.server.await.expect("no panic").expect("a good end");
}

#[tokio::test]
async fn large_values_pass_in_both_directions() {
    let mut client = start_plain().client().await;
    let tags = (0..6).map(|number| (format!("tag{number}"), "x".repeat(1 << 20).into())).collect();
    let mut large = fake_object("large");
    large.insert("tags", Value::Map(tags));
    let answer = client.apply_resource_change(apply_request(&Value::Null, &large)).await.expect("answered");
    assert_eq!(read(answer.into_inner().new_state), with_id(large));
}

#[tokio::test]
async fn functions_are_described_and_called() {
    let mut client = start_plain().client().await;
    let described = client.get_functions(proto::get_functions::Request {}).await.expect("answered").into_inner();
    let function = &described.functions["fake_join"];
    assert_eq!(function.parameters[0].r#type, b"\"string\"");
    assert_eq!(function.variadic_parameter.as_ref().expect("set").name, "others");
    let metadata = client.get_metadata(proto::get_metadata::Request {}).await.expect("answered").into_inner();
    assert_eq!(metadata.functions[0].name, "fake_join");

    let mut call = async |name: &str, words: &[Value]| {
        let msgpack = |word| msgpack::encode(word, &Type::String).expect("writable");
        let arguments = words.iter().map(|word| DynamicValue { msgpack: msgpack(word), json: vec![] }).collect();
        let request = proto::call_function::Request { name: name.to_owned(), arguments };
        client.call_function(request).await.expect("answered").into_inner()
    };
    let joined = call("fake_join", &["a".into(), "b".into(), "c".into()]).await;
    let joined = msgpack::decode(&joined.result.expect("set").msgpack, &Type::String);
    assert_eq!(joined.expect("readable"), "a-b-c".into());
    for (name, arguments, at, words) in [
        ("fake_join", vec!["a".into(), "".into()], Some(1), "The word is empty"),
        ("fake_join", vec![Value::Null], None, "field `arguments`"),
        ("fake_join", vec!["a".into(), Value::unknown()], None, "field `arguments`"),
        ("fake_join", vec![], None, "field `arguments`"),
        ("fake_word", vec!["a".into(), "b".into()], None, "more elements"),
        ("fake_join", vec!["panic".into()], None, "as requested"),
    ] {
        let answer = call(name, &arguments).await;
        let error = answer.error.expect("set");
        assert_eq!((answer.result, error.function_argument), (None, at), "{arguments:?}");
        assert!(error.text.contains(words) && !error.text.ends_with('.'), "{}", error.text);
    }
}

#[tokio::test]
async fn unsupported_kinds_are_reported() {
    let mut client = start_plain().client().await;
    let metadata = client.get_metadata(proto::get_metadata::Request {}).await.expect("answered").into_inner();
    assert_eq!(metadata.resources[0].type_name, "fake_resource");
    assert_eq!(metadata.data_sources[0].type_name, "fake_look_up");

    let error = client.call_function(proto::call_function::Request { name: "f".to_owned(), arguments: vec![] }).await;
    assert!(error.expect("answered").into_inner().error.expect("set").text.contains("no function `f`"));
    let x = || "x".to_owned();
    macro_rules! refused {
        ($call:ident, $field:ident, $summary:literal) => {
            let request = proto::$call::Request { $field: x(), ..Default::default() };
            let answer = client.$call(request).await.expect("answered").into_inner();
            assert_eq!(summaries(&answer.diagnostics), [(Severity::Error, $summary)], stringify!($call));
        };
    }
    refused!(upgrade_resource_identity, type_name, "No identity of resource type `x`");
    refused!(generate_resource_config, type_name, "No resource type `x`");
    refused!(validate_ephemeral_resource_config, type_name, "No ephemeral resource `x`");
    refused!(open_ephemeral_resource, type_name, "No ephemeral resource `x`");
    refused!(renew_ephemeral_resource, type_name, "No ephemeral resource `x`");
    refused!(close_ephemeral_resource, type_name, "No ephemeral resource `x`");
    refused!(validate_list_resource_config, type_name, "No list resource `x`");
    refused!(validate_action_config, action_type, "No action `x`");
    refused!(plan_action, action_type, "No action `x`");
    let request = proto::list_resource::Request { type_name: x(), ..Default::default() };
    let event = client.list_resource(request).await.expect("answered").into_inner().message().await;
    assert_eq!(summaries(&event.expect("good").expect("one").diagnostic), [(Severity::Error, "No list resource `x`")]);
    let request = proto::invoke_action::Request { action_type: x(), ..Default::default() };
    let event = client.invoke_action(request).await.expect("answered").into_inner().message().await;
    let Some(proto::invoke_action::event::Type::Completed(completed)) = event.expect("good").expect("one").r#type
    else {
        panic!("it is completed");
    };
    assert_eq!(summaries(&completed.diagnostics), [(Severity::Error, "No action `x`")]);
}

fn identity_message(name: &str) -> proto::ResourceIdentityData {
    let r#type = Type::Object([("name".to_owned(), Type::String)].into());
    let msgpack = msgpack::encode(&identity(name), &r#type).expect("it fits");
    proto::ResourceIdentityData { identity_data: Some(DynamicValue { msgpack, json: Vec::new() }) }
}

#[tokio::test]
async fn an_object_keeps_its_identity() {
    let mut client = start_plain().client().await;
    let schemas = client.get_resource_identity_schemas(proto::get_resource_identity_schemas::Request {}).await;
    let schemas = schemas.expect("answered").into_inner().identity_schemas;
    assert_eq!(schemas["fake_resource"].identity_attributes[0].name, "name");
    assert!(schemas["fake_resource"].identity_attributes[0].required_for_import);

    let applied = client.apply_resource_change(apply_request(&Value::Null, &fake_object("a"))).await.expect("answered");
    assert_eq!(applied.into_inner().new_identity, Some(identity_message("a")));
    let request = proto::import_resource_state::Request {
        type_name: "fake_resource".to_owned(),
        identity: Some(identity_message("b")),
        ..Default::default()
    };
    let imported = client.import_resource_state(request).await.expect("answered").into_inner().imported_resources;
    assert_eq!(imported[0].identity, Some(identity_message("b")));
    let raw_identity = proto::RawState { json: br#"{"name":"c"}"#.to_vec(), ..Default::default() };
    let request = proto::upgrade_resource_identity::Request {
        type_name: "fake_resource".to_owned(),
        version: 0,
        raw_identity: Some(raw_identity),
    };
    let upgraded = client.upgrade_resource_identity(request).await.expect("answered").into_inner();
    assert_eq!(upgraded.upgraded_identity, Some(identity_message("c")));
}

#[tokio::test]
async fn a_generated_configuration_is_returned() {
    let mut client = start_plain().client().await;
    let state = dynamic(&with_id(fake_object("a")));
    let request = proto::generate_resource_config::Request { type_name: "fake_resource".to_owned(), state };
    let generated = client.generate_resource_config(request).await.expect("answered").into_inner();
    let mut expected = fake_object("a");
    expected.insert("id", Value::Null);
    assert_eq!(read(generated.config), expected);
}

fn list_request(name: &str, include_resource_object: bool) -> proto::list_resource::Request {
    proto::list_resource::Request {
        type_name: "fake_resource".to_owned(),
        config: named(name),
        include_resource_object,
        limit: 2,
    }
}

#[tokio::test]
async fn a_listing_ends_when_the_host_has_enough() {
    let running = start_plain();
    let mut client = running.client().await;
    let mut events = client.list_resource(list_request("m", true)).await.expect("answered").into_inner();
    let first = events.message().await.expect("good").expect("one");
    assert_eq!((first.display_name.as_str(), first.identity), ("m0", Some(identity_message("m0"))));
    assert_eq!(read(first.resource_object), with_id(fake_object("m0")));
    drop(events);
    running.provider.stopped.acquire().await.expect("the listing has ended").forget();

    let mut events = client.list_resource(list_request("m", false)).await.expect("answered").into_inner();
    assert_eq!(events.message().await.expect("good").expect("one").resource_object, None);
}

fn named(name: &str) -> Option<DynamicValue> {
    let r#type = Type::Object([("name".to_owned(), Type::String)].into());
    let msgpack = msgpack::encode(&identity(name), &r#type).expect("it fits");
    Some(DynamicValue { msgpack, json: Vec::new() })
}

/// The messages of progress, and the diagnostics at the end.
async fn invoke(name: &str) -> (Vec<String>, Vec<proto::Diagnostic>) {
    use proto::invoke_action::event::Type;
    let request = proto::invoke_action::Request {
        action_type: "fake_action".to_owned(),
        config: named(name),
        ..Default::default()
    };
    let mut client = start_plain().client().await;
    let mut events = client.invoke_action(request).await.expect("answered").into_inner();
    let mut progress = Vec::new();
    loop {
        match events.message().await.expect("good").expect("not over").r#type.expect("set") {
            Type::Progress(message) => progress.push(message.message),
            Type::Completed(completed) => return (progress, completed.diagnostics),
        }
    }
}

#[tokio::test]
async fn an_action_reports_its_progress_and_ends() {
    let (progress, diagnostics) = invoke("work").await;
    assert_eq!(progress, ["work begins", "work ends"]);
    assert_eq!(summaries(&diagnostics), [(Severity::Warning, "Done")]);
    assert_eq!(summaries(&invoke("panic").await.1), [(Severity::Error, "The provider failed unexpectedly")]);
    let mut client = start_plain().client().await;
    let request = proto::plan_action::Request {
        action_type: "fake_action".to_owned(),
        config: named("nothing"),
        ..Default::default()
    };
    let planned = client.plan_action(request).await.expect("answered").into_inner();
    assert_eq!(summaries(&planned.diagnostics), [(Severity::Error, "Nothing")]);
}

#[tokio::test]
async fn an_ephemeral_resource_is_opened_and_closed() {
    let mut client = start_plain().client().await;
    let type_name = || "fake_secret".to_owned();
    let request =
        proto::open_ephemeral_resource::Request { type_name: type_name(), config: named("key"), ..Default::default() };
    let opened = client.open_ephemeral_resource(request).await.expect("answered").into_inner();
    assert_eq!((opened.result, opened.renew_at), (named("key"), None));
    let request = proto::close_ephemeral_resource::Request { type_name: type_name(), private: None };
    let closed = client.close_ephemeral_resource(request).await.expect("answered").into_inner();
    assert!(closed.diagnostics.is_empty());
}

#[tokio::test]
async fn a_listing_that_panics_is_reported() {
    let mut client = start_plain().client().await;
    let mut events = client.list_resource(list_request("panic", false)).await.expect("answered").into_inner();
    let event = events.message().await.expect("good").expect("one");
    assert_eq!(summaries(&event.diagnostic), [(Severity::Error, "The provider failed unexpectedly")]);
    assert!(events.message().await.expect("good").is_none());
}

#[tokio::test]
async fn health_is_reported() {
    let mut client = HealthClient::new(start_plain().channel().await);
    let mut check = async |service: &str| client.check(HealthCheckRequest { service: service.to_owned() }).await;
    assert_eq!(check("plugin").await.expect("answered").into_inner().status, 1);
    assert_eq!(check("other").await.expect_err("unknown").code(), Code::NotFound);
}

#[tokio::test]
async fn without_a_host_nothing_is_served() {
    let options = Options { address: "registry.terraform.io/a/b", name: "b", version: "0" };
    assert!(matches!(serve(Fake::new(), options).await, Err(ServeError::NoHost)));
}

/// A certificate like those of hosts: self-signed, for `localhost`, and marked as a certificate authority.
struct ClientCertificate {
    certificate: CertificateDer<'static>,
    pem: String,
    key: KeyPair,
}

impl ClientCertificate {
    fn new(algorithm: &'static SignatureAlgorithm) -> Self {
        let key = KeyPair::generate_for(algorithm).expect("a key");
        let mut parameters = CertificateParams::new(["localhost".to_owned()]).expect("a name");
        parameters.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        let certificate = parameters.self_signed(&key).expect("signed");
        Self { pem: certificate.pem(), certificate: certificate.der().clone(), key }
    }
}

struct Encrypted {
    running: Running,
    server_certificate: CertificateDer<'static>,
}

fn start_encrypted(client: &ClientCertificate) -> Encrypted {
    let identity = Identity::for_client(&client.pem).expect("an identity");
    let listener = Listener::tcp(10_000..=25_000).expect("a port");
    Encrypted { running: start(listener, Some(identity.config)), server_certificate: identity.certificate }
}

impl Encrypted {
    /// A connection that trusts only the server's certificate, and presents `client`'s.
    async fn connect(&self, client: Option<&ClientCertificate>) -> Result<Channel, tonic::transport::Error> {
        let mut roots = RootCertStore::empty();
        roots.add(self.server_certificate.clone()).expect("a certificate");
        let builder = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("good defaults")
            .with_root_certificates(roots);
        let mut config = match client {
            None => builder.with_no_client_auth(),
            Some(client) => {
                let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(client.key.serialize_der()));
                let key = aws_lc_rs::default_provider().key_provider.load_private_key(key).expect("a key");
                // Bypasses the usual constructor, which would detect that a stolen certificate and another key do not
                // match.
                let pair = CertifiedKey::new(vec![client.certificate.clone()], key);
                builder.with_client_cert_resolver(Arc::new(SingleCertAndKey::from(pair)))
            }
        };
        config.alpn_protocols = vec![b"h2".to_vec()];
        let connector = TlsConnector::from(Arc::new(config));
        let address = self.running.address.clone();
        let connect = tower::service_fn(move |_| {
            let (connector, address) = (connector.clone(), address.clone());
            async move {
                let stream = TcpStream::connect(address).await?;
                let name = ServerName::try_from("localhost").expect("a name");
                connector.connect(name, stream).await.map(TokioIo::new)
            }
        });
        Endpoint::from_static("http://localhost").connect_with_connector(connect).await
    }

    async fn is_refused(&self, client: Option<&ClientCertificate>) -> bool {
        match self.connect(client).await {
            Err(_) => true,
            Ok(channel) => ProviderClient::new(channel).get_metadata(proto::get_metadata::Request {}).await.is_err(),
        }
    }
}

#[tokio::test]
async fn a_resource_life_cycle_works_over_an_encrypted_port() {
    let client = ClientCertificate::new(&PKCS_ECDSA_P521_SHA512);
    let server = start_encrypted(&client);
    life_cycle(ProviderClient::new(server.connect(Some(&client)).await.expect("a connection"))).await;
}

#[tokio::test]
async fn only_the_holder_of_the_hosts_certificate_is_served() {
    let client = ClientCertificate::new(&PKCS_ECDSA_P256_SHA256);
    let server = start_encrypted(&client);
    assert!(server.is_refused(None).await, "no certificate");
    assert!(server.is_refused(Some(&ClientCertificate::new(&PKCS_ECDSA_P256_SHA256))).await, "another's certificate");
    let mut stolen = ClientCertificate::new(&PKCS_ECDSA_P256_SHA256);
    stolen.certificate = client.certificate.clone();
    assert!(server.is_refused(Some(&stolen)).await, "the certificate without its key");
    assert!(!server.is_refused(Some(&client)).await, "and after all that the host itself is served");
}

#[test]
fn an_unreadable_host_certificate_is_reported() {
    let error = Identity::for_client("no certificate").err().expect("refused").to_string();
    assert!(error.starts_with("the host's certificate in PLUGIN_CLIENT_CERT is not readable"), "{error}");
}
