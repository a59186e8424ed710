//! Every object can be listed, imported by its identity, and managed by the configuration that is generated for it.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use tokio::sync::mpsc::channel;

use super::{case::Case, for_each, run, service::Service, workspace::Workspace};
use crate::{
    definition::{camel_case::joined, resource},
    diag::Severity,
    engine::{Engine, ImportTarget, ListOptions, Listed, Outcome, Provider, StoredState},
    schema::Usage,
    value::Value,
};

#[test]
fn every_object_is_listed_imported_and_configured() {
    for_each(&Case::all(), |case| case.name.clone(), |case| run(whole_account(case)));
}

async fn whole_account(case: &Case) {
    let (service, signals) = Service::new(Duration::ZERO);
    for (operation, input) in case.given() {
        service.must(operation, input);
    }
    let mut workspace = Workspace::new(Arc::clone(&service), signals, "").await;
    workspace.must_apply(&case.base()).await;
    for (address, instance) in &workspace.state {
        let provider = workspace.provider();
        let identity = provider.read(&instance.type_name, &instance.value, &instance.private).await.identity;
        assert!(!identity.is_null(), "{address} has no identity");
        let listed = listed(provider, &instance.type_name, &instance.value).await;
        let found = listed.iter().flatten().find(|listed| listed.identity == identity);
        if let Some(listed) = &listed {
            let found = found.unwrap_or_else(|| panic!("{address} is not listed: {identity} is not in {listed:#?}"));
            assert!(!found.display_name.is_empty(), "{address}");
            assert_eq!(found.object.get("id"), instance.value.get("id"), "{address}");
        }
        expect_configured(provider, address, &instance.type_name, &identity).await;
        expect_moved(provider, address, &instance.type_name, &instance.value).await;
    }
}

/// The state of hashicorp/awscc moves to what an import finds.
async fn expect_moved(provider: &Engine, address: &str, type_name: &str, state: &Value) {
    let resource = resource(type_name).expect("a resource of ours");
    let mut stored = Value::from([("id", "a|b".into())]);
    for attribute in resource.attributes {
        // What is not a name of ours may have any form there.
        let name = attribute.member().map(|member| joined(member, "_")).unwrap_or_default();
        stored.insert(name, state.get(attribute.name).clone());
    }
    let source = StoredState { state: stored, version: 0 };
    let moved = provider.move_state(&format!("awscc_{type_name}"), source, type_name);
    expect_none(address, &moved);
    // Where the region is the id, only a read finds it.
    if !resource.identity.members.is_empty() {
        assert_eq!(moved.state.get("id"), state.get("id"), "{address}: the id of what moves from hashicorp/awscc");
    }
    let read = provider.read(type_name, &moved.state, &moved.private).await;
    expect_none(address, &read);
    let id = state.get("id").as_str().expect("an id");
    let imported = provider.import(type_name, ImportTarget::Id(id)).await;
    let imported = provider.read(type_name, &imported.state, &imported.private).await;
    assert_eq!(read.state, imported.state, "{address}: moved from hashicorp/awscc");
}

/// The objects of the type in the account; `None` if the API cannot list them.
pub(super) async fn listed(provider: &Engine, type_name: &str, state: &Value) -> Option<Vec<Listed>> {
    let schema = provider.schemas().lists.get(type_name)?;
    let mut config = Value::object();
    for attribute in &schema.block.attributes {
        let is_required = attribute.usage == Usage::Required;
        config.insert(attribute.name, if is_required { state.get(attribute.name).clone() } else { Value::Null });
    }
    let refused = provider.validate_list(type_name, &config);
    assert!(!refused.has_error(), "{type_name}: {refused:?}");
    let (sender, mut receiver) = channel(1_000);
    provider
        .list(type_name, &config, ListOptions { with_objects: true, with_import_ids: true, limit: usize::MAX }, sender)
        .await;
    let mut listed = Vec::new();
    while let Some(object) = receiver.recv().await {
        assert!(object.diagnostics.is_empty(), "{type_name}: {:?}", object.diagnostics);
        listed.push(object);
    }
    Some(listed)
}

/// The object is imported by its identity, and the generated configuration is valid and changes nothing.
async fn expect_configured(provider: &Engine, address: &str, type_name: &str, identity: &Value) {
    let imported = provider.import(type_name, ImportTarget::Identity(identity)).await;
    expect_none(address, &imported);
    assert!(!imported.identity.is_null(), "{address}: the import has no identity");
    let read = provider.read(type_name, &imported.state, &imported.private).await;
    expect_none(address, &read);
    assert_eq!(&read.identity, identity, "{address}: the identity of an imported object");
    let config = provider.generate_config(type_name, &read.state).state;
    let mut problems: Vec<String> = provider
        .validate_resource(type_name, &config, true)
        .into_iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error)
        .map(|diagnostic| format!("{}: {}", diagnostic.summary, diagnostic.detail))
        .collect();
    let plan = provider.plan(type_name, &read.state, &config, &read.private);
    problems
        .extend(plan.diagnostics.iter().filter(|one| one.severity == Severity::Error).map(|one| one.detail.clone()));
    let names: BTreeSet<&String> = plan.planned.as_map().into_iter().flatten().map(|(name, _)| name).collect();
    let changed = names.into_iter().filter(|name| plan.planned.get(name) != read.state.get(name));
    problems.extend(changed.map(|name| format!("`{name}` changes to {}", plan.planned.get(name))));
    assert!(problems.is_empty(), "{address}: {problems:#?} with {config}");
}

fn expect_none(address: &str, outcome: &Outcome) {
    assert!(outcome.diagnostics.is_empty(), "{address}: {:?}", outcome.diagnostics);
    assert!(!outcome.state.is_null(), "{address}: it is not found");
}
