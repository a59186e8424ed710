//! The whole of the service: takes an operation with its input, gives the reply or the error. No protocol in here.

use std::{
    collections::BTreeMap,
    future,
    num::NonZeroU32,
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use super::{
    call::{self, Call, Late, Outcome, Span},
    conditions,
    data::{Data, DataError},
    error::ServiceError,
    faults::{self, Fault, Kind},
    journal::{Journal, Progress},
    list,
    moment::{Clock, Moment},
    options::Options,
    place::Place,
    rate::Buckets,
    record,
    store::{Key, Lag, Left, Object, Reading, Region, Touched},
    tags,
    thing::{Action, Thing},
    things::{self, Handle},
    validate,
};
use crate::{
    definition::service,
    value::{Map, Value},
};

/// Everything that is remembered, and how time passes.
pub(super) struct State {
    pub(super) account: String,
    latency: Duration,
    /// How many requests a second each operation answers; None: all.
    rate: Option<NonZeroU32>,
    clock: Clock,
    /// Of the journal; None: nothing is kept.
    progress: Option<Progress>,
    memory: Mutex<Memory>,
}

#[derive(Debug, Default)]
struct Memory {
    regions: BTreeMap<String, Region>,
    faults: Vec<Fault>,
    calls: BTreeMap<String, i64>,
    buckets: Buckets,
    journal: Option<Journal>,
}

/// What the operations on tags do; they belong to no thing.
const ON_TAGS: &[(&str, Handle)] = &[("AddTags", tags::add), ("DeleteTags", tags::delete), ("ListTags", tags::list)];

impl State {
    /// Remembers as long as the process lives.
    pub(super) fn new(options: Options, clock: Clock) -> Self {
        let Options { account, latency, rate } = options;
        Self { account, latency, rate, clock, progress: None, memory: Mutex::default() }
    }

    /// Goes on from what the file holds, and keeps every change there.
    pub(super) fn with_data(self, file: &Path) -> Result<Self, DataError> {
        let (data, regions) = Data::open(file, &self.account)?;
        let (journal, progress) = Journal::start(data);
        let memory = Mutex::new(Memory { regions, journal: Some(journal), ..Memory::default() });
        Ok(Self { progress: Some(progress), memory, ..self })
    }

    /// Carries out an operation in a region.
    pub(super) fn handle(
        &self,
        region: &str,
        operation: &str,
        input: Value,
        outcome: Outcome,
    ) -> Result<Value, ServiceError> {
        let found = service::operation(operation).and_then(|operation| Some((operation, handler(operation.name)?)));
        let Some((operation, handler)) = found else {
            return Err(ServiceError::new("UnknownOperationException", ""));
        };
        let input = validate::input(operation.input, input)?;
        let now = (self.clock)();
        let mut memory = self.memory();
        let place = Place { region: region.to_owned(), account: self.account.clone() };
        let here = memory.regions.entry(region.to_owned()).or_default();
        here.settle(now);
        let call = Call { operation, input, place, region: here, now, latency: self.latency, outcome: outcome.clone() };
        let answer = match reading(operation.name) {
            Some(reading) if call.region.is_late() => read_late(reading, &handler, call),
            _ => carry_out(&handler, &mut { call }),
        };
        if outcome == Outcome::Never {
            here.hold_begun(now);
        }
        let touched = memory.keep(region);
        if let (Outcome::Unseen(late), Ok(_)) = (outcome, &answer) {
            memory.obscure(region, touched, late, now);
        }
        answer
    }

    /// Waits until all that has happened so far would outlast the process. For ever, if that cannot be.
    pub(super) async fn kept(&self) {
        let Some(mut progress) = self.progress.clone() else { return };
        let last = self.memory().journal.as_ref().map_or(0, Journal::last);
        let never = progress.wait_for(|kept| kept.as_ref().is_ok_and(|kept| *kept >= last)).await.is_err();
        if never {
            future::pending().await
        }
    }

    /// Waits until changes cannot be kept any more; for ever, if nothing is kept anyway.
    pub(super) async fn lost(&self) -> Arc<DataError> {
        let Some(mut progress) = self.progress.clone() else { return future::pending().await };
        match progress.wait_for(Result::is_err).await.map(|kept| kept.clone()) {
            Ok(Err(error)) => error,
            _ => future::pending().await,
        }
    }

    /// Counts a call, and says what is to go wrong with it.
    pub(super) fn fault(&self, region: &str, operation: &str, input: &Value) -> Option<Kind> {
        // Names that no operation has are not worth remembering.
        let operation = service::operation(operation)?;
        let now = (self.clock)();
        let mut memory = self.memory();
        *memory.calls.entry(operation.name.to_owned()).or_default() += 1;
        let too_many = self.rate.is_some_and(|rate| !memory.buckets.take(region, operation.name, rate, now));
        if too_many { Some(Kind::throttle()) } else { faults::take(&mut memory.faults, operation, input, now) }
    }

    /// Adds to the script of faults: all, or none and what is wrong with one of them.
    pub(super) fn plan(&self, faults: &[Value]) -> Result<(), String> {
        let now = (self.clock)();
        let faults: Vec<Fault> = faults.iter().map(|fault| Fault::read(fault, now)).collect::<Result<_, _>>()?;
        self.memory().faults.extend(faults);
        Ok(())
    }

    /// How often each operation was called.
    pub(super) fn calls(&self) -> Value {
        Value::Map(self.memory().calls.iter().map(|(name, count)| (name.clone(), (*count).into())).collect())
    }

    /// Everything that exists, as it is now.
    pub(super) fn objects(&self) -> Value {
        let now = (self.clock)();
        let mut memory = self.memory();
        let mut all = Vec::new();
        for (name, region) in &mut memory.regions {
            region.settle(now);
            all.extend(region.all().map(|object| dump(name, object, now)));
        }
        Value::List(all)
    }

    /// Does something to an object behind everybody's back. False if there is no such object.
    pub(super) fn tamper(&self, arn: &str, change: Tampering) -> bool {
        let now = (self.clock)();
        let mut memory = self.memory();
        let found = memory.regions.iter_mut().find_map(|(name, region)| {
            region.settle(now);
            let object = region.all().find(|object| object.arn == arn)?;
            Some((name.clone(), object.kind, object.key.clone()))
        });
        let Some((name, kind, key)) = found else { return false };
        let Some(region) = memory.regions.get_mut(&name) else { return false };
        match (change, region.get_mut(kind, &key)) {
            (Tampering::Members(members), Some(object)) => {
                object.members.extend(members);
                object.members.retain(|_, value| !value.is_null());
                object.modified = now;
            }
            (Tampering::End, Some(_)) => region.let_go(kind, &key, now),
            (Tampering::Removal, _) | (_, None) => region.remove(kind, &key),
        }
        memory.keep(&name);
        true
    }

    /// Forgets everything.
    pub(super) fn reset(&self) {
        let mut memory = self.memory();
        let Memory { regions, faults, calls, buckets, journal } = &mut *memory;
        regions.clear();
        faults.clear();
        calls.clear();
        buckets.clear();
        if let Some(journal) = journal {
            journal.begin_anew(&[]);
        }
    }

    /// A call that panicked has left valid data: what it does to the memory, it does in single steps.
    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Memory {
    /// Has everything kept that was touched in the region.
    fn keep(&mut self, name: &str) -> Touched {
        let touched = self.regions.get_mut(name).map(Region::take_touched).unwrap_or_default();
        let change = self.regions.get(name).and_then(|region| record::change(name, region, &touched));
        if let (Some(journal), Some(change)) = (&mut self.journal, change) {
            journal.append(&change, || record::all(&self.regions));
        }
        touched
    }

    /// Lets readers see the region for some time as it was before it was touched.
    fn obscure(&mut self, name: &str, touched: Touched, late: Late, now: Moment) {
        let left = match late.span {
            Span::Reads(reads) => Left::Reads(reads),
            Span::Time(time) => Left::Until(now.after(time)),
        };
        if let Some(region) = self.regions.get_mut(name) {
            for (key, before) in touched.objects {
                region.obscure(key, before, Lag { left, in_lists: late.in_lists });
            }
        }
    }
}

/// What is done to an object behind everybody's back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Tampering {
    /// It shows these; null members are removed. A change that is on its way goes on, and wins when it ends.
    Members(Map),
    Removal,
    /// A change that is on its way, or hangs, is over.
    End,
}

enum Handler {
    OfThing(&'static Thing, &'static Action),
    OfNothing(Handle),
}

fn handler(operation: &str) -> Option<Handler> {
    let mut others = things::OTHERS.iter().copied().chain([ON_TAGS]).flatten();
    if let Some((_, handle)) = others.find(|(name, _)| *name == operation) {
        return Some(Handler::OfNothing(*handle));
    }
    things::of_operation(operation).map(|(thing, action)| Handler::OfThing(thing, action))
}

/// How the operation reads, if that is all that it does.
pub(super) fn reading(operation: &str) -> Option<Reading> {
    let begins = |verbs: &[&str]| verbs.iter().any(|verb| operation.starts_with(verb));
    if begins(&["List", "Search", "Query"]) {
        Some(Reading::List)
    } else if begins(&["Describe", "BatchDescribe", "Get"]) {
        Some(Reading::One)
    } else {
        None
    }
}

/// Reads what late readers see, and counts what was looked at.
fn read_late(reading: Reading, handler: &Handler, call: Call<'_>) -> Result<Value, ServiceError> {
    let really = named(handler, &call);
    let Call { region, now, .. } = call;
    let mut seen = region.as_seen(reading, now);
    let mut call = Call { region: seen.region(), ..call };
    let answer = carry_out(handler, &mut call);
    let seemingly = named(handler, &call);
    seen.count(|key| match handler {
        Handler::OfThing(_, Action::Describe(_)) => really.as_ref() == Some(key) || seemingly.as_ref() == Some(key),
        Handler::OfThing(thing, _) => key.0 == thing.kind,
        Handler::OfNothing(_) => false,
    });
    answer
}

/// What the call is to describe, if it is there.
fn named(handler: &Handler, call: &Call<'_>) -> Option<Key> {
    let Handler::OfThing(thing, Action::Describe(_)) = handler else { return None };
    call.named(thing).ok().map(|object| (object.kind, object.key.clone()))
}

fn carry_out(handler: &Handler, call: &mut Call<'_>) -> Result<Value, ServiceError> {
    match handler {
        Handler::OfThing(thing, action) => {
            conditions::check(thing, action, call)?;
            act(thing, action, call)
        }
        Handler::OfNothing(handle) => handle(call),
    }
}

fn act(thing: &'static Thing, action: &'static Action, call: &mut Call<'_>) -> Result<Value, ServiceError> {
    match action {
        Action::Create(fill) => call::create(thing, call, *fill),
        Action::Describe(show) => call::describe(thing, call, *show),
        Action::Update(revise) => call::update(thing, call, *revise),
        Action::Amend(revise) => call::amend(thing, call, *revise),
        Action::Delete(check) => call::delete(thing, call, *check),
        Action::Move(way) => call::go(thing, call, way.from, (way.through, way.to), &way.refused),
        Action::Stop => call::stop(thing, call),
        Action::List(list) => list::page(thing, call, list),
        Action::Other(handle) => handle(call),
    }
}

fn dump(region: &str, object: &Object, now: Moment) -> Value {
    let tags = object.tags.iter().map(|(key, value)| (key.clone(), value.as_str().into())).collect();
    Value::from([
        ("region", region.into()),
        ("kind", object.kind.into()),
        ("name", object.name.as_str().into()),
        ("arn", object.arn.as_str().into()),
        ("tags", Value::Map(tags)),
        ("members", Value::Map(object.view(now))),
    ])
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use crate::{
        definition::service,
        local::{
            bench::{Bench, text},
            call::{Late, Span},
        },
    };

    const MODEL: &str = r#"{"ModelName":"m","PrimaryContainer":{"Image":"i"}}"#;
    const ARN: &str = "arn:aws:sagemaker:eu-central-1:123456789012:model/m";

    #[test]
    fn there_is_every_operation_of_the_model_and_no_other() {
        let missing: Vec<&str> =
            service::OPERATIONS.iter().map(|one| one.name).filter(|name| super::handler(name).is_none()).collect();
        assert_eq!(missing, [""; 0]);
        assert_eq!(Bench::new().refused("CreateDragon", "{}"), "UnknownOperationException: ");
    }

    #[test]
    fn what_exists_can_be_looked_at_changed_and_removed_behind_everybodys_back() {
        let bench = Bench::new();
        bench.ok("CreateModel", MODEL);
        assert!(bench.tamper(ARN, r#"{"EnableNetworkIsolation":true,"PrimaryContainer":null}"#));
        let shown = bench.ok("DescribeModel", r#"{"ModelName":"m"}"#);
        assert_eq!(shown.get("EnableNetworkIsolation").as_bool(), Some(true));
        assert!(shown.get("PrimaryContainer").is_null());
        let all = bench.state.objects();
        assert_eq!((text(all.at(0), "kind"), text(all.at(0), "arn")), ("model", ARN));
        assert!(bench.state.tamper(ARN, super::Tampering::Removal));
        assert!(bench.state.objects().elements().is_empty());
        assert!(!bench.tamper(ARN, "{}"));
    }

    #[test]
    fn what_hangs_goes_on_when_it_is_told_to() {
        let bench = Bench::new();
        bench.ok("CreateHub", r#"{"HubName":"h","HubDescription":"d"}"#);
        bench.settle();
        bench.ends("DeleteHub", r#"{"HubName":"h"}"#, super::Outcome::Never);
        let status = || bench.ok("DescribeHub", r#"{"HubName":"h"}"#);
        bench.settle();
        bench.settle();
        assert_eq!(text(&status(), "HubStatus"), "Deleting");
        assert!(bench.refused("DeleteHub", r#"{"HubName":"h"}"#).contains("is in Deleting status"));
        bench.ends("DeleteHub", r#"{"HubName":"h"}"#, super::Outcome::Repeatable);
        bench.settle();
        assert_eq!(text(&status(), "HubStatus"), "Deleting");
        assert!(bench.state.tamper(text(&status(), "HubArn"), super::Tampering::End));
        assert!(bench.refused("DescribeHub", r#"{"HubName":"h"}"#).contains("does not exist"));
    }

    fn late(span: Span, in_lists: bool) -> super::Outcome {
        super::Outcome::Unseen(Late { span, in_lists })
    }

    fn listed(bench: &Bench) -> usize {
        bench.ok("ListModels", "{}").get("Models").elements().len()
    }

    #[test]
    fn what_was_created_can_be_seen_late() {
        let bench = Bench::new();
        bench.ends("CreateModel", MODEL, late(Span::Reads(3), false));
        let absent = format!("ValidationException: Could not find model \"{ARN}\".");
        assert_eq!(bench.refused("DescribeModel", r#"{"ModelName":"m"}"#), absent);
        // Others are seen meanwhile, writers know, and tags are as late as the rest.
        bench.ok("CreateModel", &MODEL.replace("\"m\"", "\"n\""));
        bench.ok("DescribeModel", r#"{"ModelName":"n"}"#);
        assert!(bench.refused("CreateModel", MODEL).contains("already existing"));
        assert_eq!(bench.refused("ListTags", &format!(r#"{{"ResourceArn":"{ARN}"}}"#)), absent);
        assert_eq!(listed(&bench), 1);
        assert_eq!(bench.refused("DescribeModel", r#"{"ModelName":"m"}"#), absent);
        bench.ok("DescribeModel", r#"{"ModelName":"m"}"#);
        assert_eq!(listed(&bench), 2);
    }

    #[test]
    fn updates_and_deletions_can_be_seen_late() {
        let bench = Bench::new();
        let shown = || text(&bench.ok("DescribeExperiment", r#"{"ExperimentName":"x"}"#), "Description").to_owned();
        bench.ok("CreateExperiment", r#"{"ExperimentName":"x","Description":"old"}"#);
        let update = r#"{"ExperimentName":"x","Description":"new"}"#;
        bench.ends("UpdateExperiment", update, late(Span::Time(Duration::from_millis(400)), false));
        bench.half();
        assert_eq!(shown(), "old");
        bench.half();
        assert_eq!(shown(), "new");
        bench.ends("DeleteExperiment", r#"{"ExperimentName":"x"}"#, late(Span::Reads(1), false));
        assert_eq!(shown(), "new");
        assert!(bench.refused("DescribeExperiment", r#"{"ExperimentName":"x"}"#).starts_with("ResourceNotFound"));
    }

    #[test]
    fn lists_can_be_later_than_descriptions() {
        let bench = Bench::new();
        bench.ends("CreateModel", MODEL, late(Span::Reads(1), true));
        bench.ok("DescribeModel", r#"{"ModelName":"m"}"#);
        assert_eq!((listed(&bench), listed(&bench)), (0, 1));
    }

    #[test]
    fn regions_know_nothing_of_each_other() {
        let bench = Bench::new();
        bench.ok("CreateModel", MODEL);
        let elsewhere = bench.state.handle(
            "us-east-1",
            "DescribeModel",
            crate::value::Value::from([("ModelName", "m".into())]),
            super::Outcome::Success,
        );
        assert!(elsewhere.is_err());
    }

    #[test]
    fn a_reset_forgets_everything() {
        let bench = Bench::new();
        bench.ok("CreateModel", MODEL);
        bench.state.fault("us-east-1", "CreateModel", &crate::value::Value::Null);
        bench.state.reset();
        assert!(bench.state.objects().elements().is_empty());
        assert_eq!(bench.state.calls(), crate::value::Value::object());
    }
}
