//! The calls about the provider block, data sources, functions, list resources, actions and ephemeral resources.

use tracing::level_filters::LevelFilter;

use super::{
    client::{identity_message, named, read, start_plain, summaries},
    fake::{fake_object, with_id},
};
use crate::{
    schema::Type,
    server::{
        log::Captured,
        protocol::tfplugin5::{self as proto, DynamicValue, diagnostic::Severity},
    },
    value::Value,
    wire::msgpack,
};

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
    let failed = invoke("panic").await.1;
    assert_eq!(summaries(&failed), [(Severity::Error, "The provider failed unexpectedly")]);
    assert!(failed[0].detail.contains("What the action has begun continues"), "{failed:?}");
    let mut client = start_plain().client().await;
    let request = proto::plan_action::Request {
        action_type: "fake_action".to_owned(),
        config: named("nothing"),
        ..Default::default()
    };
    let planned = client.plan_action(request).await.expect("answered").into_inner();
    assert_eq!(summaries(&planned.diagnostics), [(Severity::Error, "Nothing")]);
}

/// The server runs on the thread of the test, whose log is captured.
#[tokio::test]
async fn the_log_names_the_calls_that_answer_with_streams() {
    let log = Captured::start(LevelFilter::ERROR);
    invoke("panic").await;
    let mut client = start_plain().client().await;
    let mut events = client.list_resource(list_request("panic", false)).await.expect("answered").into_inner();
    while events.message().await.expect("good").is_some() {}
    let lines = log.lines();
    let named = lines.iter().map(|line| (&line["tf_rpc"], &line["tf_resource_type"]));
    let named: Vec<_> = named.map(|(rpc, subject)| (rpc.as_str(), subject.as_str())).collect();
    let expected = [("InvokeAction", "fake_action"), ("ListResource", "fake_resource")];
    assert_eq!(named, expected.map(|(rpc, subject)| (Some(rpc), Some(subject))), "{lines:?}");
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
