//! The whole life cycle of every case without a fault: what `acceptance-tests/cycles.rs` does with processes, in virtual time.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use super::{
    case::Case,
    configuration::Configuration,
    for_each, run,
    service::Service,
    workspace::{Action, Plan, Workspace},
};
use crate::value::Value;

/// How long changes take: at once, so to say, and so long that every wait sees them.
const LATENCIES: [Duration; 2] = [Duration::from_millis(300), Duration::from_secs(6)];

#[test]
fn every_case_is_created_changed_imported_and_destroyed() {
    for_each(
        &Case::all(),
        |case| case.name.clone(),
        |case| {
            for latency in LATENCIES {
                run(life_cycle(case, latency));
            }
        },
    );
}

async fn life_cycle(case: &Case, latency: Duration) {
    let (service, signals) = Service::new(latency);
    for (operation, input) in case.given() {
        service.must(operation, input);
    }
    let mut workspace = Workspace::new(Arc::clone(&service), signals, "").await;
    let mut last = case.base();
    for (file, expected) in
        [("base.tf", Action::Create), ("in_place.tf", Action::Update), ("replace.tf", Action::Replace)]
    {
        let Some(configuration) = case.configuration(file) else { continue };
        let plan = workspace.must_apply(&configuration).await;
        assert_eq!(plan.action(&case.address), expected, "{file}");
        expect_no_changes(&mut workspace, &configuration, &case.touches).await;
        last = configuration;
    }
    expect_import(case, &service, &workspace, &last).await;
    let destroyed = workspace.destroy().await;
    assert!(destroyed.is_complete(), "{destroyed:?}");
    assert!(case.leaves || service.objects().is_empty(), "left behind: {:?}", service.objects());
}

/// A plan with a refresh has nothing to do, and the refresh has found nothing changed.
async fn expect_no_changes(workspace: &mut Workspace, configuration: &Configuration, touched: &BTreeSet<String>) {
    let plan = workspace.plan(configuration).await;
    assert_eq!(plan.messages.errors, Vec::<String>::new());
    assert_eq!(plan.actions(), Vec::<String>::new(), "a plan after an apply");
    let drift: Vec<&String> = plan.drift.iter().filter(|address| !touched.contains(*address)).collect();
    assert!(drift.is_empty(), "a refresh finds changes that nobody made: {drift:?}");
}

/// Everything can be imported into an empty state, and then there is nothing to do.
async fn expect_import(case: &Case, service: &Arc<Service>, exported: &Workspace, configuration: &Configuration) {
    let (_, signals) = Service::new(Duration::ZERO);
    let mut fresh = Workspace::new(Arc::clone(service), signals, "").await;
    for (address, instance) in &exported.state {
        let attribute = if *address == case.address { &case.import_id } else { "id" };
        let id = instance.value.get(attribute).as_str().unwrap_or_else(|| panic!("{address} has no {attribute}"));
        let messages = fresh.import(address, id).await;
        assert_eq!(messages.errors, Vec::<String>::new(), "the import of {address}");
    }
    let plan = fresh.plan(configuration).await;
    assert_eq!(plan.messages.errors, Vec::<String>::new(), "a plan after the import");
    for (address, instance) in &exported.state {
        let changed = changed(&plan, address, &fresh.state[address].value);
        let is_pure = plan.action(address) == Action::NoOp || changed.is_subset(&case.unknown_to_imports(address));
        assert!(is_pure, "the import of {address} also changes {changed:?} ({:?})", plan.action(address));
        let differing = differing(&instance.value, &fresh.state[address].value, &case.unknown_to_imports(address));
        assert!(
            differing.is_empty() || case.touches.contains(address),
            "{address}: the import gives another state than the apply. If the service fills it in, the definition needs \
             `computed` or `default`; what the service never returns belongs in `ignore` of the case:\n{}",
            differing.join("\n")
        );
    }
}

/// What an import shows otherwise than the state after an apply, with both values, a line for each attribute.
fn differing(applied: &Value, imported: &Value, unknown_to_imports: &BTreeSet<String>) -> Vec<String> {
    let names = applied.as_map().into_iter().flatten().map(|(name, _)| name);
    names
        .filter(|name| !unknown_to_imports.contains(*name))
        .map(|name| (name, applied.get(name), imported.get(name)))
        .filter(|(_, applied, imported)| without_zeros(applied) != without_zeros(imported))
        .map(|(name, applied, imported)| format!("  {name}: {applied:?} after the apply, {imported:?} imported"))
        .collect()
}

/// The value without what is nothing: an import shows zeros that the service returns, where an apply leaves them unset.
fn without_zeros(value: &Value) -> Value {
    match value {
        value if value.is_zero() => Value::Null,
        Value::List(elements) => Value::List(elements.iter().map(without_zeros).collect()),
        Value::Map(members) => {
            let given = members.iter().filter(|(_, value)| !value.is_zero());
            Value::Map(given.map(|(name, value)| (name.clone(), without_zeros(value))).collect())
        }
        other => other.clone(),
    }
}

/// The attributes of an object that the plan changes.
fn changed(plan: &Plan, address: &str, prior: &Value) -> BTreeSet<String> {
    let change = plan.changes.iter().find(|change| change.address == address);
    let planned = change.map(|change| change.planned.as_map().cloned().unwrap_or_default()).unwrap_or_default();
    planned.into_iter().filter(|(name, value)| value != prior.get(name)).map(|(name, _)| name).collect()
}
