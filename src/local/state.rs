//! The whole of the service: takes an operation with its input, gives the reply or the error. No protocol in here.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use super::{
    call::{self, Call, Outcome},
    error::ServiceError,
    faults::{self, Fault, Kind},
    list,
    moment::{Clock, Moment},
    place::Place,
    store::{Object, Region},
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
    clock: Clock,
    memory: Mutex<Memory>,
}

#[derive(Debug, Default)]
struct Memory {
    regions: BTreeMap<String, Region>,
    faults: Vec<Fault>,
    calls: BTreeMap<String, i64>,
}

/// What the operations on tags do; they belong to no thing.
const ON_TAGS: &[(&str, Handle)] = &[("AddTags", tags::add), ("DeleteTags", tags::delete), ("ListTags", tags::list)];

impl State {
    pub(super) fn new(account: String, latency: Duration, clock: Clock) -> Self {
        Self { account, latency, clock, memory: Mutex::default() }
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
        let region = memory.regions.entry(region.to_owned()).or_default();
        region.settle(now);
        let mut call = Call { operation, input, place, region, now, latency: self.latency, outcome };
        match handler {
            Handler::OfThing(thing, action) => act(thing, action, &mut call),
            Handler::OfNothing(handle) => handle(&mut call),
        }
    }

    /// Counts a call, and says what is to go wrong with it.
    pub(super) fn fault(&self, operation: &str, input: &Value) -> Option<Kind> {
        // Names that no operation has are not worth remembering.
        service::operation(operation)?;
        let mut memory = self.memory();
        *memory.calls.entry(operation.to_owned()).or_default() += 1;
        faults::take(&mut memory.faults, operation, input)
    }

    pub(super) fn plan(&self, faults: Vec<Fault>) {
        self.memory().faults.extend(faults);
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

    /// Changes what an object shows, or removes it, behind everybody's back. False if there is no such object.
    ///
    /// Null members are removed. A change that is on its way goes on, and wins when it ends.
    pub(super) fn tamper(&self, arn: &str, change: Tampering) -> bool {
        let now = (self.clock)();
        let mut memory = self.memory();
        for region in memory.regions.values_mut() {
            region.settle(now);
            let found = region.all().find(|object| object.arn == arn).map(|object| (object.kind, object.key.clone()));
            let Some((kind, key)) = found else { continue };
            match (&change, region.get_mut(kind, &key)) {
                (Tampering::Members(members), Some(object)) => {
                    object.members.extend(members.clone());
                    object.members.retain(|_, value| !value.is_null());
                    object.modified = now;
                }
                _ => region.remove(kind, &key),
            }
            return true;
        }
        false
    }

    /// Forgets everything.
    pub(super) fn reset(&self) {
        *self.memory() = Memory::default();
    }

    /// A call that panicked has left valid data: what it does to the memory, it does in single steps.
    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is done to an object behind everybody's back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Tampering {
    Members(Map),
    Removal,
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
    use crate::{
        definition::service,
        local::bench::{Bench, text},
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
        bench.state.fault("CreateModel", &crate::value::Value::Null);
        bench.state.reset();
        assert!(bench.state.objects().elements().is_empty());
        assert_eq!(bench.state.calls(), crate::value::Value::object());
    }
}
