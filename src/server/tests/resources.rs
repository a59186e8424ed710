//! The calls about resources.

use super::{
    client::{apply_request, dynamic, identity_message, life_cycle, read, start_plain, summaries},
    fake::{fake_object, with_id},
};
use crate::{
    server::protocol::tfplugin5::{self as proto, diagnostic::Severity},
    value::Value,
};

#[tokio::test]
async fn a_resource_life_cycle_works_over_a_unix_socket() {
    let running = start_plain();
    life_cycle(running.client().await).await;
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
            r#"{"id": "a", "name": "same", "tags": null, "variant": []}"#,
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
async fn large_values_pass_in_both_directions() {
    let mut client = start_plain().client().await;
    let tags = (0..6).map(|number| (format!("tag{number}"), "x".repeat(1 << 20).into())).collect();
    let mut large = fake_object("large");
    large.insert("tags", Value::Map(tags));
    let answer = client.apply_resource_change(apply_request(&Value::Null, &large)).await.expect("answered");
    assert_eq!(read(answer.into_inner().new_state), with_id(large));
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
