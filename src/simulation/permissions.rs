//! The tables of `permissions` against the calls that the engine makes: each call of each phase of each case is in the
//! table, and the table has nothing that no case calls.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use super::{
    case::Case,
    configuration::Configuration,
    for_each, listing, run,
    service::{Fault, Service},
    workspace::{Action, Plan, Workspace},
};
use crate::{
    definition::{self, Phase, RESOURCES, Resource},
    permissions::{PHASES, needs},
};

/// Long enough for every wait to see a change.
const LATENCY: Duration = Duration::from_secs(6);

/// What the tables have although no case calls it, each with the reason. Empty types and operations stand for all.
const EXCUSED: &[(&str, Phase, &str, &str)] = &[
    ("", Phase::Create, "ListTags", "only where the tags are not known when planned, or a reply was lost"),
    ("sagemaker_device", Phase::Create, "ListDevices", "the special file plans the name"),
    ("sagemaker_endpoint_configuration", Phase::Delete, "DescribeEndpoint", "only while endpoints run on others"),
    ("sagemaker_image", Phase::Delete, "DescribeImageVersion", "only for versions that the list has"),
    ("sagemaker_model_package", Phase::Read, "ListTags", "no case has a package without a group"),
    ("sagemaker_model_package", Phase::Update, "ListTags", "no case has a package without a group"),
    ("sagemaker_model_package", Phase::Tags, "AddTags", "no case has a package without a group"),
    ("sagemaker_model_package", Phase::Tags, "DeleteTags", "no case has a package without a group"),
    ("sagemaker_partner_app", Phase::Create, "UpdatePartnerApp", "no case sets what only an update takes"),
    ("sagemaker_pipeline", Phase::Update, "ListPipelineVersions", "no case changes aliases"),
    ("sagemaker_pipeline", Phase::Update, "UpdatePipelineVersion", "no case changes aliases"),
    ("sagemaker_servicecatalog_portfolio_status", Phase::Create, "DisableSagemakerServicecatalogPortfolio", "by value"),
    ("sagemaker_servicecatalog_portfolio_status", Phase::Update, "EnableSagemakerServicecatalogPortfolio", "by value"),
    ("sagemaker_training_job", Phase::Update, "UpdateTrainingJob", "no case changes a job that runs"),
];

/// Tags of the provider, which change those of every object in place.
const DEFAULT_TAGS: &str = "default_tags {\n  tags = { simulated = \"yes\" }\n}\n";

/// The operations that were called, by resource type and phase.
type Seen = BTreeMap<(String, Phase), BTreeSet<String>>;

#[test]
fn the_tables_have_all_calls_and_no_others() {
    let seen = Mutex::new(Seen::new());
    for_each(
        &Case::all(),
        |case| case.name.clone(),
        |case| {
            let of_case = run(calls(case));
            let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
            for (place, operations) in of_case {
                seen.entry(place).or_default().extend(operations);
            }
        },
    );
    let seen = seen.into_inner().unwrap_or_else(PoisonError::into_inner);
    let lacking: Vec<String> = seen.iter().flat_map(|(place, operations)| lacking(place, operations)).collect();
    assert!(lacking.is_empty(), "called, but in no table:\n{}", lacking.join("\n"));
    if std::env::var_os("CASE").is_none() {
        let idle: Vec<String> = RESOURCES.iter().flat_map(|resource| idle(resource, &seen)).collect();
        assert!(idle.is_empty(), "in a table, but called by no case:\n{}", idle.join("\n"));
    }
}

/// The calls that the table of a phase does not have.
fn lacking((type_name, phase): &(String, Phase), called: &BTreeSet<String>) -> Vec<String> {
    let known = table(resource(type_name), *phase);
    let lacking = called.iter().filter(|operation| !known.contains(operation.as_str()));
    lacking.map(|operation| format!("{type_name} {phase:?} {operation}")).collect()
}

/// What the tables of a resource have, and nothing has called or excuses. What a switch of the user requests is called in
/// no case: the tests of the switches see it.
fn idle(resource: &'static Resource, seen: &Seen) -> Vec<String> {
    let of_phase = |phase: Phase| {
        let called = seen.get(&(resource.type_name.to_owned(), phase));
        let is_called = |operation: &str| called.is_some_and(|called| called.contains(operation));
        let is_excused = |operation: &str| {
            EXCUSED.iter().any(|(of_type, in_phase, what, _)| {
                (*of_type == resource.type_name || of_type.is_empty()) && *in_phase == phase && *what == operation
            })
        };
        let always = needs(resource, phase).into_iter().filter(|need| need.only_if.is_none());
        let idle = always.map(|need| need.operation).filter(|one| !is_called(one) && !is_excused(one));
        idle.map(|operation| format!("{} {phase:?} {operation}", resource.type_name)).collect::<Vec<_>>()
    };
    PHASES.into_iter().flat_map(of_phase).collect()
}

/// The operations of a phase. An update changes tags too, whose table is one of its own.
fn table(resource: &'static Resource, phase: Phase) -> BTreeSet<&'static str> {
    needs(resource, phase).into_iter().map(|need| need.operation).collect()
}

fn resource(type_name: &str) -> &'static Resource {
    definition::resource(type_name).unwrap_or_else(|| panic!("{type_name} is no resource"))
}

/// The calls of the whole life of a case, and of a create whose reply is lost.
async fn calls(case: &Case) -> Seen {
    let mut seen = Seen::new();
    let (service, mut workspace) = started(case).await;
    let mut last = case.base();
    for file in ["base.tf", "in_place.tf", "replace.tf"] {
        let Some(configuration) = case.configuration(file) else { continue };
        service.take_calls();
        let plan = workspace.must_apply(&configuration).await;
        note_changes(&service, &plan, &mut seen);
        note_reads(&service, &workspace, &mut seen).await;
        last = configuration;
    }
    note_imports(&service, &workspace, &mut seen).await;
    for settings in [DEFAULT_TAGS, ""] {
        workspace.set(settings).await;
        service.take_calls();
        let plan = workspace.must_apply(&last).await;
        note_changes(&service, &plan, &mut seen);
    }
    note_deletes(&service, &mut workspace, &mut seen).await;
    note_early_deletes(case, &mut seen).await;
    note_lost_reply(case, &case.base(), &mut seen).await;
    seen
}

async fn note_deletes(service: &Service, workspace: &mut Workspace, seen: &mut Seen) {
    service.take_calls();
    workspace.destroy().await;
    let deleted = service.take_calls().into_iter().filter(|call| !call.address.is_empty());
    deleted.for_each(|call| note(&call.address, Phase::Delete, call.operation, seen));
}

/// The calls that delete what an interrupted apply has left: a job still runs then.
async fn note_early_deletes(case: &Case, seen: &mut Seen) {
    let (service, mut workspace) = started(case).await;
    let base = case.base();
    service.inject(&case.address, 0, Fault::Interrupted);
    let plan = workspace.plan(&base).await;
    workspace.apply(&base, &plan).await;
    note_deletes(&service, &mut workspace, seen).await;
}

async fn started(case: &Case) -> (Arc<Service>, Workspace) {
    let (service, signals) = Service::new(LATENCY);
    case.given().for_each(|(operation, input)| drop(service.must(operation, input)));
    let workspace = Workspace::new(Arc::clone(&service), signals, "").await;
    (service, workspace)
}

fn note(address: &str, phase: Phase, operation: String, seen: &mut Seen) {
    let type_name = address.split('.').next().unwrap_or_default().to_owned();
    seen.entry((type_name, phase)).or_default().insert(operation);
}

/// The calls of an apply. Those of a replacement may be of either of its phases.
fn note_changes(service: &Service, plan: &Plan, seen: &mut Seen) {
    for call in service.take_calls().into_iter().filter(|call| !call.address.is_empty()) {
        let of_type = resource(call.address.split('.').next().unwrap_or_default());
        let has = |phase: Phase| table(of_type, phase).contains(call.operation.as_str());
        let phase = match plan.action(&call.address) {
            Action::Create => Phase::Create,
            Action::Update if !has(Phase::Update) && has(Phase::Tags) => Phase::Tags,
            Action::Update => Phase::Update,
            _ if has(Phase::Delete) => Phase::Delete,
            _ => Phase::Create,
        };
        note(&call.address, phase, call.operation, seen);
    }
}

async fn note_reads(service: &Service, workspace: &Workspace, seen: &mut Seen) {
    for (address, instance) in &workspace.state {
        workspace.read(address).await;
        service.take_calls().into_iter().for_each(|call| note(address, Phase::Read, call.operation, seen));
        listing::listed(workspace.provider(), &instance.type_name, &instance.value).await;
        service.take_calls().into_iter().for_each(|call| note(address, Phase::List, call.operation, seen));
    }
}

/// Everything is imported by its id and by its ARN.
async fn note_imports(service: &Arc<Service>, exported: &Workspace, seen: &mut Seen) {
    let (_, signals) = Service::new(Duration::ZERO);
    let mut fresh = Workspace::new(Arc::clone(service), signals, "").await;
    for (address, instance) in &exported.state {
        for id in ["id", "arn"].into_iter().filter_map(|name| instance.value.get(name).as_str()) {
            service.take_calls();
            fresh.import(address, id).await;
            service.take_calls().into_iter().for_each(|call| note(address, Phase::Import, call.operation, seen));
        }
    }
}

/// The calls that find out what a create call whose reply was lost has done.
async fn note_lost_reply(case: &Case, configuration: &Configuration, seen: &mut Seen) {
    let (service, mut workspace) = started(case).await;
    service.inject(&case.address, 0, Fault::LostReply);
    workspace.set("max_retries = 1").await;
    let plan = workspace.plan(configuration).await;
    service.take_calls();
    workspace.apply(configuration, &plan).await;
    let calls = service.take_calls().into_iter().filter(|call| call.address == case.address);
    calls.for_each(|call| note(&case.address, Phase::Create, call.operation, seen));
}
