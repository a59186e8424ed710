//! Late reads: every change of the resource that a case is about is seen late, first by all who read, then by lists alone.
//! Whatever is applied is complete nevertheless, and the plan after it is empty.

use std::{sync::Arc, time::Duration};

use tokio::time::sleep;

use super::{
    cell::{MINUTE, expect_nothing_to_do},
    shape::shape,
};
use crate::{
    definition::{resource, service::Operation},
    simulation::{case::Case, for_each, run, service::Service, workspace::Workspace},
    value::Value,
};

/// Shorter than a read takes to be up to date.
const LATENCY: Duration = Duration::from_millis(50);

/// Who sees a change late: after so many reads, or after so long a time, in milliseconds.
const LATE: [(&str, &str, i64); 2] = [("lag", "reads", 3), ("list_lag", "ms", 3_000)];

#[test]
fn changes_that_are_seen_late_are_waited_for() {
    let cases = Case::all();
    let tries: Vec<_> = cases.iter().flat_map(|case| LATE.map(|late| (case, late))).collect();
    for_each(
        &tries,
        |(case, late)| format!("{}, {}", case.name, late.0),
        |(case, late)| assert_eq!(run(life_cycle(case, &faults(case, *late))), run(life_cycle(case, &[]))),
    );
}

/// A late effect of each operation that changes the object.
fn faults(case: &Case, (kind, unit, span): (&'static str, &'static str, i64)) -> Vec<Value> {
    let type_name = case.address.split('.').next().unwrap_or_default();
    let operations = &resource(type_name).expect("the address names a resource").operations;
    let called = [Some(operations.create), operations.update, operations.delete].into_iter().flatten();
    let changing = called.filter(|operation| operation.name != operations.read.name);
    let fault = |operation: &Operation| {
        Value::from([("operation", operation.name.into()), ("kind", kind.into()), (unit, Value::from(span))])
    };
    changing.map(fault).collect()
}

/// What the service holds after each step.
async fn life_cycle(case: &Case, faults: &[Value]) -> Vec<Vec<String>> {
    let (service, signals) = Service::new(LATENCY);
    for (operation, input) in case.given() {
        service.must(operation, input);
    }
    let mut workspace = Workspace::new(Arc::clone(&service), signals, "").await;
    service.inject_faults(faults);
    let mut held = Vec::new();
    for configuration in [Some(case.base()), case.configuration("in_place.tf")].into_iter().flatten() {
        workspace.must_apply(&configuration).await;
        expect_nothing_to_do(&mut workspace, &configuration).await;
        sleep(MINUTE).await;
        held.push(shape(&service.objects()));
    }
    let destroyed = workspace.destroy().await;
    assert!(destroyed.is_complete(), "{:?}", destroyed.messages.errors);
    held.push(shape(&service.objects()));
    held
}
