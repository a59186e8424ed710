//! Every kind from creation to deletion, with the smallest and with the largest input that the model allows.

use super::{
    bench::Bench,
    description,
    inputs::{Extent, input, set},
};
use crate::{
    definition::service,
    local::{
        catalog::{self, CATALOG},
        json,
        kind::{Behavior, Kind},
        operations::members::lookup,
        outcome::Outcome,
    },
    value::{Map, Value},
};

/// What has to exist beyond the parents in the tables: operation, member, the id of the kind that it names.
const NEEDED: &[(&str, &str, &str)] = &[
    ("CreateEndpointConfig", "ProductionVariants.ModelName", "model"),
    ("CreateEndpoint", "EndpointConfigName", "endpoint-config"),
    ("CreateModelPackage", "ModelPackageGroupName", "model-package-group"),
    ("StartPipelineExecution", "PipelineName", "pipeline"),
    ("CreateEdgeDeploymentPlan", "ModelConfigs.EdgePackagingJobName", "edge-packaging-job"),
    ("AddAssociation", "SourceArn", "context"),
    ("AddAssociation", "DestinationArn", "action"),
];

/// The operation that creates it.
fn creation(kind: &'static Kind) -> Option<&'static str> {
    let special = kind.operations.iter().find(|(_, behavior)| matches!(behavior, Behavior::Create(_)));
    let name = special.map_or("Create", |(name, _)| name);
    catalog::operation_of(kind, name).map(|operation| operation.name)
}

/// Creates an object: the input, and everything that is known of it, by member.
fn create(bench: &Bench, kind: &'static Kind, extent: Extent) -> (Map, Map) {
    let mut known = Map::new();
    known.insert(kind.name.to_owned(), "abc".into());
    let mut given = Vec::new();
    for parent in kind.parents {
        if given.iter().any(|(member, _)| member == &parent.member) || parent.member == "SpaceName" {
            continue;
        }
        let of_parent = existing(bench, parent.kind, extent);
        let names = parent.kind.identity().iter().copied().chain([parent.kind.name]);
        let text = match parent.member.rsplit('.').next().unwrap() {
            member if member.ends_with("Arn") => of_parent[parent.kind.arn].clone(),
            member if of_parent.contains_key(member) => of_parent[member].clone(),
            _ => of_parent[parent.kind.name].clone(),
        };
        for name in names.filter(|name| of_parent.contains_key(*name)) {
            known.insert(name.to_owned(), of_parent[name].clone());
        }
        given.push((parent.member, text));
    }
    known.insert(kind.name.to_owned(), "abc".into());
    let operation = creation(kind).unwrap_or_else(|| panic!("nothing creates a {}", kind.noun));
    let mut input = input(operation, extent, kind, &known);
    for (member, text) in given {
        if !lookup(&input, member).is_null() {
            set(&mut input, member, &text);
        }
    }
    for (_, member, kind) in NEEDED.iter().filter(|(one, _, _)| *one == operation) {
        let other = CATALOG.kind(kind).unwrap();
        let needed = existing(bench, other, extent);
        set(&mut input, member, &needed[if member.ends_with("Arn") { other.arn } else { other.name }]);
    }
    let reply = bench.ok(operation, &json::write(&Value::Map(input.clone())));
    input.retain(|_, value| !value.is_null());
    known.extend(input.clone());
    known.extend(reply.as_map().cloned().unwrap_or_default());
    known.retain(|_, value| !value.is_null());
    if operation == "CreateModelPackage" {
        // Versions have no other name.
        known.insert(kind.name.to_owned(), known[kind.arn].clone());
    }
    (input, known)
}

/// The members of an object of that kind, which is created if there is none, once its creation is complete.
fn existing(bench: &Bench, kind: &'static Kind, extent: Extent) -> Map {
    let objects = bench.state.objects();
    let found = objects.elements().iter().find(|object| object.get("kind").as_str() == Some(kind.id));
    if let Some(Value::Map(members)) = found.map(|object| object.get("members")) {
        return members.clone();
    }
    let (_, known) = create(bench, kind, extent);
    bench.wait();
    known
}

fn ordinary(verb: &str, kind: &Kind) -> Option<&'static str> {
    service::operation(&format!("{verb}{}", kind.noun)).map(|operation| operation.name)
}

fn request(operation: &str, extent: Extent, kind: &Kind, known: &Map) -> String {
    json::write(&Value::Map(input(operation, extent, kind, known)))
}

fn live(kind: &'static Kind, extent: Extent) {
    let bench = Bench::new();
    let (given, mut known) = create(&bench, kind, extent);
    let describe = ordinary("Describe", kind);
    if let Some(describe) = describe {
        bench.ok(describe, &request(describe, Extent::Least, kind, &known));
        bench.wait();
        let shown = bench.ok(describe, &request(describe, Extent::Least, kind, &known));
        let inner = kind.wrapper.map_or(&shown, |wrapper| shown.get(wrapper));
        let shape = description(kind);
        for name in given.keys().filter(|name| shape.member(name).is_some()) {
            assert!(!inner.get(name).is_null(), "{describe} does not show {name}: {shown:?}");
        }
        for (name, value) in shown.as_map().unwrap() {
            known.entry(name.clone()).or_insert_with(|| value.clone());
        }
    }
    bench.wait();
    if let Some(Value::String(arn)) = known.get(kind.arn).filter(|_| known.contains_key("Tags")) {
        let tags = r#"[{"Key":"k","Value":"v"}]"#;
        bench.ok("AddTags", &format!(r#"{{"ResourceArn":"{arn}","Tags":{tags}}}"#));
        bench.ok("ListTags", &format!(r#"{{"ResourceArn":"{arn}"}}"#));
        bench.ok("DeleteTags", &format!(r#"{{"ResourceArn":"{arn}","TagKeys":["k"]}}"#));
    }
    for (operation, (other, behavior)) in catalog::behaviors() {
        if std::ptr::eq(other, kind) && matches!(behavior, Behavior::List(_)) {
            let reply = bench.ok(operation, &request(operation, Extent::Least, kind, &known));
            let page = reply.as_map().unwrap().values().next().unwrap();
            assert_eq!(page.elements().len(), 1, "{operation}: {reply:?}");
        }
    }
    if let Some(update) = ordinary("Update", kind).filter(|_| kind.noun != "NotebookInstance") {
        bench.ok(update, &request(update, extent, kind, &known));
        bench.wait();
        if let Some(describe) = describe {
            bench.ok(describe, &request(describe, Extent::Least, kind, &known));
        }
    }
    if let Some(delete) = ordinary("Delete", kind).filter(|_| kind.noun != "NotebookInstance") {
        let again = request(delete, Extent::Least, kind, &known);
        if kind.noun == "InferenceExperiment" {
            let stop = request("StopInferenceExperiment", Extent::Least, kind, &known);
            bench.ok("StopInferenceExperiment", &stop);
            bench.wait();
        }
        bench.ok(delete, &again);
        let takes_time = kind.lifecycle.as_ref().is_some_and(|lifecycle| lifecycle.deleting.is_some());
        if let (true, Some((_, Behavior::Delete(_)))) = (takes_time, catalog::behavior(delete)) {
            bench.refused(delete, &again);
            bench.ends(delete, &again, Outcome::Repeatable);
        }
        for _ in 0..30 {
            bench.wait();
        }
        if let Some(describe) = describe {
            bench.refused(describe, &request(describe, Extent::Least, kind, &known));
        }
    }
}

fn live_all(extent: Extent) {
    let mut failures = Vec::new();
    for kind in CATALOG.kinds().filter(|kind| creation(kind).is_some()) {
        let lifecycle = std::panic::AssertUnwindSafe(|| live(kind, extent));
        if let Err(problem) = std::panic::catch_unwind(lifecycle) {
            let text = problem.downcast_ref::<String>().cloned();
            let text = text.or_else(|| problem.downcast_ref::<&str>().map(|text| (*text).to_owned()));
            failures.push(format!("{}: {}", kind.noun, text.unwrap_or_default()));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

#[test]
fn every_kind_survives_a_restart() {
    let directory = tempfile::tempdir().unwrap();
    for (number, kind) in CATALOG.kinds().filter(|kind| creation(kind).is_some()).enumerate() {
        let file = directory.path().join(number.to_string());
        let bench = Bench::on(&file).unwrap();
        create(&bench, kind, Extent::Most);
        let before = bench.state.objects();
        let bench = bench.restarted(&file);
        assert_eq!(bench.state.objects(), before, "{}", kind.noun);
        bench.wait();
        let later = bench.state.objects();
        assert_eq!(bench.restarted(&file).state.objects(), later, "{} later", kind.noun);
    }
}

#[test]
fn every_kind_completes_its_life_cycle_with_the_smallest_input() {
    live_all(Extent::Least);
}

#[test]
fn every_kind_completes_its_life_cycle_with_the_largest_input() {
    live_all(Extent::Most);
}
