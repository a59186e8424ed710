//! Panics, invalid requests and states that do not fit: each is a diagnostic, and no state is lost.

use super::{
    client::{apply_request, dynamic, read, start_plain, summaries},
    fake::{fake_object, with_id},
};
use crate::{
    server::protocol::tfplugin5::{self as proto, DynamicValue, diagnostic::Severity},
    value::Value,
};

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
