//! Whatever bytes a host sends, the provider answers, and continues to answer: no panic, no hang, no end.
//!
//! The requests are those of the protocol, for each resource and each function, with values of wrong types in them or with damaged bytes.
//! `FUZZ_CASES=5000` tries more of them than a usual run does.

#![cfg(unix)]

use std::time::Duration;

use bytes::{Buf, BufMut, Bytes};
use fastrand::Rng;
use prost::Message;
use sagemaker_provider::{
    definition::{RESOURCES, Resource},
    engine::Provider,
    schema::Type,
    server::protocol::tfplugin5::{
        DynamicValue, RawState, apply_resource_change, call_function, import_resource_state, plan_resource_change,
        read_data_source, read_resource, upgrade_resource_state, validate_data_source_config,
        validate_resource_type_config,
    },
    value::Value,
    wire::msgpack,
};
use tonic::{
    Code, Request, Status,
    client::Grpc,
    codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder},
    codegen::http::uri::PathAndQuery,
    transport::Channel,
};

use crate::{
    fuzz_values::{cases, configuration, engine, scrambled, without_unknowns},
    process::Served,
};

/// Far longer than any answer takes.
const LIMIT: Duration = Duration::from_secs(60);

/// The words of the message that a caught panic becomes.
const PANIC: &[u8] = b"ended in a panic";

/// Bytes in place of messages.
#[derive(Clone, Copy)]
struct Raw;

impl Codec for Raw {
    type Encode = Bytes;
    type Decode = Bytes;
    type Encoder = Self;
    type Decoder = Self;

    fn encoder(&mut self) -> Self {
        *self
    }

    fn decoder(&mut self) -> Self {
        *self
    }
}

impl Encoder for Raw {
    type Item = Bytes;
    type Error = Status;

    fn encode(&mut self, item: Bytes, buffer: &mut EncodeBuf<'_>) -> Result<(), Status> {
        buffer.put(item);
        Ok(())
    }
}

impl Decoder for Raw {
    type Item = Bytes;
    type Error = Status;

    fn decode(&mut self, buffer: &mut DecodeBuf<'_>) -> Result<Option<Bytes>, Status> {
        Ok(Some(buffer.copy_to_bytes(buffer.remaining())))
    }
}

/// The provider's end of a connection.
struct Peer(Grpc<Channel>);

impl Peer {
    async fn call(&mut self, method: &str, message: Vec<u8>) -> Result<Bytes, Status> {
        let path = PathAndQuery::try_from(format!("/tfplugin5.Provider/{method}")).expect("a path");
        self.0.ready().await.expect("it listens");
        let answer = self.0.unary(Request::new(message.into()), path, Raw);
        tokio::time::timeout(LIMIT, answer).await.expect("an answer in time").map(tonic::Response::into_inner)
    }

    /// Demands an answer, which may be a refusal, but no panic and no broken connection.
    async fn expect_answer(&mut self, what: &str, (method, message): (&str, Vec<u8>)) {
        match self.call(method, message).await {
            Ok(reply) => {
                assert!(!reply.windows(PANIC.len()).any(|part| part == PANIC), "{what}, {method}: {reply:?}");
            }
            Err(status) => {
                let is_refusal = matches!(status.code(), Code::Internal | Code::InvalidArgument);
                assert!(is_refusal, "{what}, {method}: {status}");
            }
        }
    }
}

/// How an object is written, and what becomes of the bytes.
type Write<'a> = &'a mut dyn FnMut(&Value) -> DynamicValue;

/// A request of each kind that has a value in it.
fn requests(resource: &Resource, config: &Value, state: &Value, write: Write<'_>) -> Vec<(&'static str, Vec<u8>)> {
    let type_name = || resource.type_name.to_owned();
    let mut value = |value: &Value| Some(write(value));
    vec![
        (
            "ValidateResourceTypeConfig",
            validate_resource_type_config::Request {
                type_name: type_name(),
                config: value(config),
                ..Default::default()
            }
            .encode_to_vec(),
        ),
        (
            "PlanResourceChange",
            plan_resource_change::Request {
                type_name: type_name(),
                prior_state: value(state),
                proposed_new_state: value(config),
                config: value(config),
                ..Default::default()
            }
            .encode_to_vec(),
        ),
        (
            "ApplyResourceChange",
            apply_resource_change::Request {
                type_name: type_name(),
                prior_state: value(state),
                planned_state: value(config),
                config: value(config),
                ..Default::default()
            }
            .encode_to_vec(),
        ),
        (
            "ReadResource",
            read_resource::Request { type_name: type_name(), current_state: value(state), ..Default::default() }
                .encode_to_vec(),
        ),
        (
            "ValidateDataSourceConfig",
            validate_data_source_config::Request { type_name: type_name(), config: value(config) }.encode_to_vec(),
        ),
        (
            "ReadDataSource",
            read_data_source::Request { type_name: type_name(), config: value(config), ..Default::default() }
                .encode_to_vec(),
        ),
    ]
}

/// The requests that have something else in them.
fn other_requests(resource: &Resource, state: Vec<u8>, rng: &mut Rng) -> [(&'static str, Vec<u8>); 2] {
    let type_name = || resource.type_name.to_owned();
    let id = String::from_utf8_lossy(&state[..rng.usize(..state.len().min(300))]).into_owned();
    let raw_state = Some(RawState { json: state, ..Default::default() });
    [
        (
            "UpgradeResourceState",
            upgrade_resource_state::Request { type_name: type_name(), version: rng.i64(0..2), raw_state }
                .encode_to_vec(),
        ),
        (
            "ImportResourceState",
            import_resource_state::Request { type_name: type_name(), id, ..Default::default() }.encode_to_vec(),
        ),
    ]
}

fn in_msgpack(value: &Value, r#type: &Type) -> Vec<u8> {
    msgpack::encode(value, r#type).expect("values are of their types")
}

fn in_json(value: &Value) -> Vec<u8> {
    fn of(value: &Value) -> serde_json::Value {
        match value {
            Value::Null | Value::Unknown(_) => serde_json::Value::Null,
            Value::Bool(value) => (*value).into(),
            Value::Number(number) => serde_json::from_str(&number.to_string()).unwrap_or_default(),
            Value::String(text) => text.as_str().into(),
            Value::List(elements) => elements.iter().map(of).collect(),
            Value::Map(members) => members.iter().map(|(name, member)| (name.clone(), of(member))).collect(),
        }
    }
    of(value).to_string().into_bytes()
}

/// One byte or a run of them changed, lost, repeated or thrown in.
fn damaged(mut bytes: Vec<u8>, rng: &mut Rng) -> Vec<u8> {
    if bytes.is_empty() {
        return vec![rng.u8(..)];
    }
    let place = rng.usize(..bytes.len());
    match rng.u32(..4) {
        0 => bytes[place] ^= 1 << rng.u32(..8),
        1 => bytes.truncate(place),
        2 => {
            let run: Vec<u8> = bytes[place..].iter().take(rng.usize(..20)).copied().collect();
            let to = rng.usize(..bytes.len());
            bytes.splice(to..to, run);
        }
        _ => {
            let run: Vec<u8> = (0..rng.usize(1..20)).map(|_| rng.u8(..)).collect();
            bytes.splice(place..place, run);
        }
    }
    bytes
}

#[tokio::test]
async fn every_request_is_answered_however_damaged_it_is() {
    let served = Served::by_host(&[]);
    let mut peer = Peer(Grpc::new(served.channel().await));
    let engine = engine();
    let schemas = engine.schemas();
    for resource in RESOURCES {
        let r#type = schemas.resources[resource.type_name].block.object_type();
        for seed in 0..cases().div_ceil(5) {
            let rng = &mut Rng::with_seed(seed);
            let what = format!("{}, seed {seed}", resource.type_name);
            let config = configuration(resource.attributes, rng);
            let state = without_unknowns(&configuration(resource.attributes, rng));

            let mut sound = |value: &Value| DynamicValue { msgpack: in_msgpack(value, &r#type), json: Vec::new() };
            for (method, message) in requests(resource, &config, &state, &mut sound) {
                peer.expect_answer(&what, (method, damaged(message.clone(), rng))).await;
                peer.call(method, message).await.unwrap_or_else(|status| panic!("{what}, {method}: {status}"));
            }
            let mut damaged_value =
                |value: &Value| DynamicValue { msgpack: damaged(in_msgpack(value, &r#type), rng), json: Vec::new() };
            for request in requests(resource, &config, &state, &mut damaged_value) {
                peer.expect_answer(&what, request).await;
            }
            let mut mistyped =
                |value: &Value| DynamicValue { msgpack: Vec::new(), json: in_json(&scrambled(value, rng)) };
            for request in requests(resource, &config, &state, &mut mistyped) {
                peer.expect_answer(&what, request).await;
            }
            for bytes in [in_json(&scrambled(&state, rng)), damaged(in_json(&state), rng)] {
                for request in other_requests(resource, bytes, rng) {
                    peer.expect_answer(&what, request).await;
                }
            }
        }
    }
    assert_eq!(served.end_with_log(), "", "a panic that was caught is logged there");
}

/// A value of the type in which there is something to damage.
fn sample(r#type: &Type) -> Value {
    match r#type {
        Type::String => "arn:aws:sagemaker:eu-west-1:123456789012:model/churn".into(),
        Type::Number => 63.into(),
        Type::Bool => true.into(),
        Type::List(element) | Type::Set(element) => Value::List(vec![sample(element)]),
        Type::Map(element) => Value::from([("churn", sample(element))]),
        Type::Object(members) => {
            Value::Map(members.iter().map(|(name, member)| (name.clone(), sample(member))).collect())
        }
    }
}

#[tokio::test]
async fn every_call_of_a_function_is_answered_however_damaged_it_is() {
    let served = Served::by_host(&[]);
    let mut peer = Peer(Grpc::new(served.channel().await));
    let engine = engine();
    for (name, function) in &engine.schemas().functions {
        let types = function.parameters.iter().chain(&function.variadic).map(|parameter| &parameter.r#type);
        let sound: Vec<Vec<u8>> = types.map(|r#type| in_msgpack(&sample(r#type), r#type)).collect();
        let request = |arguments: Vec<Vec<u8>>| {
            let argument = |msgpack| DynamicValue { msgpack, json: Vec::new() };
            let arguments = arguments.into_iter().map(argument).collect();
            call_function::Request { name: (*name).to_owned(), arguments }.encode_to_vec()
        };
        for seed in 0..cases() {
            let rng = &mut Rng::with_seed(seed);
            let what = format!("{name}, seed {seed}");
            peer.expect_answer(&what, ("CallFunction", damaged(request(sound.clone()), rng))).await;
            let arguments = sound.iter().map(|argument| damaged(argument.clone(), rng)).collect();
            peer.expect_answer(&what, ("CallFunction", request(arguments))).await;
        }
    }
    assert_eq!(served.end_with_log(), "", "a panic that was caught is logged there");
}
