//! The complete service: takes an operation with its input, returns the reply or the error. Knows no protocol.

use std::{
    collections::BTreeMap,
    future,
    num::NonZeroU32,
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use super::{
    authorization::{self, Policy},
    catalog::CATALOG,
    dispatch::Handler,
    error::ServiceError,
    faults::{self, Effect, Fault},
    kind::Call,
    moment::{Clock, Moment},
    options::Options,
    outcome::{Outcome, ReadDelay, Span},
    rate::Buckets,
    scope::Scope,
    storage::{
        data::{Data, DataError},
        journal::{Journal, Progress},
        record,
        store::{Lag, Left, Object, Region, Touched},
    },
    validate,
};
use crate::{
    definition::service,
    value::{Map, Value},
};

/// The state of the service, and its clock.
pub(super) struct State {
    pub(super) account: String,
    latency: Duration,
    /// The requests per second that each operation serves; None: unlimited.
    rate: Option<NonZeroU32>,
    /// What callers may do; None: everything.
    policy: Option<Policy>,
    clock: Clock,
    /// The journal; None: nothing is persisted.
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

impl State {
    /// Keeps everything in memory only.
    pub(super) fn new(options: Options, clock: Clock) -> Self {
        let Options { account, latency, rate, policy } = options;
        Self { account, latency, rate, policy, clock, progress: None, memory: Mutex::default() }
    }

    /// Continues from the file, and persists every change there.
    pub(super) fn with_data(self, file: &Path) -> Result<Self, DataError> {
        let (data, regions) = Data::open(file, &self.account, &CATALOG)?;
        let (journal, progress) = Journal::start(data);
        let memory = Mutex::new(Memory { regions, journal: Some(journal), ..Memory::default() });
        Ok(Self { progress: Some(progress), memory, ..self })
    }

    /// Executes an operation in a region.
    pub(super) fn handle(
        &self,
        region: &str,
        operation: &str,
        input: Value,
        outcome: Outcome,
    ) -> Result<Value, ServiceError> {
        let found = service::operation(operation).and_then(|operation| Some((operation, Handler::of(operation.name)?)));
        let Some((operation, handler)) = found else {
            return Err(ServiceError::new("UnknownOperationException", ""));
        };
        let input = validate::input(operation.input, input)?;
        let now = (self.clock)();
        let mut memory = self.memory();
        let scope = Scope { region: region.to_owned(), account: self.account.clone() };
        let here = memory.regions.entry(region.to_owned()).or_default();
        here.advance(now);
        let call = Call {
            operation,
            input,
            scope,
            region: here,
            catalog: &CATALOG,
            now,
            latency: self.latency,
            outcome: outcome.clone(),
        };
        if let Some(policy) = &self.policy {
            authorization::check(policy, &handler, &call)?;
        }
        let answer = handler.handle(call);
        if outcome == Outcome::Never {
            here.hold_begun(now);
        }
        let touched = memory.keep(region);
        if let (Outcome::Delayed(delay), Ok(_)) = (outcome, &answer) {
            memory.delay_visibility(region, touched, delay, now);
        }
        answer
    }

    /// Waits until all changes so far are durable; forever, if that is no longer possible.
    pub(super) async fn kept(&self) {
        let Some(mut progress) = self.progress.clone() else { return };
        let last = self.memory().journal.as_ref().map_or(0, Journal::last);
        let never = progress.wait_for(|kept| kept.as_ref().is_ok_and(|kept| *kept >= last)).await.is_err();
        if never {
            future::pending().await
        }
    }

    /// Waits until changes can no longer be persisted; forever, if nothing is persisted.
    pub(super) async fn lost(&self) -> Arc<DataError> {
        let Some(mut progress) = self.progress.clone() else { return future::pending().await };
        match progress.wait_for(Result::is_err).await.map(|kept| kept.clone()) {
            Ok(Err(error)) => error,
            _ => future::pending().await,
        }
    }

    /// Counts a call, and takes the fault that applies to it.
    pub(super) fn fault(&self, region: &str, operation: &str, input: &Value) -> Option<Effect> {
        // Unknown operations are not counted.
        let operation = service::operation(operation)?;
        let now = (self.clock)();
        let mut memory = self.memory();
        *memory.calls.entry(operation.name.to_owned()).or_default() += 1;
        let too_many = self.rate.is_some_and(|rate| !memory.buckets.take(region, operation.name, rate, now));
        if too_many { Some(Effect::throttle()) } else { faults::take(&mut memory.faults, operation, input, now) }
    }

    /// Adds all faults, or none if one of them is invalid.
    pub(super) fn inject_faults(&self, faults: &[Value]) -> Result<(), String> {
        let now = (self.clock)();
        let faults: Vec<Fault> = faults.iter().map(|fault| Fault::read(fault, now)).collect::<Result<_, _>>()?;
        self.memory().faults.extend(faults);
        Ok(())
    }

    /// How often each operation was called.
    pub(super) fn calls(&self) -> Value {
        Value::Map(self.memory().calls.iter().map(|(name, count)| (name.clone(), (*count).into())).collect())
    }

    /// The current state of all objects.
    pub(super) fn objects(&self) -> Value {
        let now = (self.clock)();
        let mut memory = self.memory();
        let mut all = Vec::new();
        for (name, region) in &mut memory.regions {
            region.advance(now);
            all.extend(region.all().map(|object| dump(name, object, now)));
        }
        Value::List(all)
    }

    /// Changes an object out of band. False if there is no such object.
    pub(super) fn change_out_of_band(&self, arn: &str, change: OutOfBand) -> bool {
        let now = (self.clock)();
        let mut memory = self.memory();
        let found = memory.regions.iter_mut().find_map(|(name, region)| {
            region.advance(now);
            let object = region.all().find(|object| object.arn == arn)?;
            Some((name.clone(), object.kind, object.key.clone()))
        });
        let Some((name, kind, key)) = found else { return false };
        let Some(region) = memory.regions.get_mut(&name) else { return false };
        match (change, region.get_mut(kind, &key)) {
            (OutOfBand::Members(members), Some(object)) => {
                object.members.extend(members);
                object.members.retain(|_, value| !value.is_null());
                object.modified = now;
            }
            (OutOfBand::End, Some(_)) => region.let_go(kind, &key, now),
            (OutOfBand::Removal, _) | (_, None) => region.remove(kind, &key),
        }
        memory.keep(&name);
        true
    }

    /// Removes everything.
    pub(super) fn reset(&self) {
        let mut memory = self.memory();
        let Memory { regions, faults, calls, buckets, journal } = &mut *memory;
        regions.clear();
        faults.clear();
        calls.clear();
        buckets.clear();
        if let Some(journal) = journal {
            journal.rewrite(&[]);
        }
    }

    /// A panicked call leaves valid data, since each change of the state is a single step.
    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Memory {
    /// Persists everything that was touched in the region.
    fn keep(&mut self, name: &str) -> Touched {
        let touched = self.regions.get_mut(name).map(Region::take_touched).unwrap_or_default();
        let change = self.regions.get(name).and_then(|region| record::change(name, region, &touched));
        if let (Some(journal), Some(change)) = (&mut self.journal, change) {
            journal.append(&change, || record::all(&self.regions));
        }
        touched
    }

    /// Delays the visibility of everything that was touched in the region.
    fn delay_visibility(&mut self, name: &str, touched: Touched, delay: ReadDelay, now: Moment) {
        let left = match delay.span {
            Span::Reads(reads) => Left::Reads(reads),
            Span::Time(time) => Left::Until(now.after(time)),
        };
        if let Some(region) = self.regions.get_mut(name) {
            for (key, before) in touched.objects {
                region.delay_visibility(key, before, Lag { left, in_lists: delay.in_lists });
            }
        }
    }
}

/// A change of an object out of band, without an API call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum OutOfBand {
    /// Sets these members; null members are removed. A change in progress continues, and overrides them when it ends.
    Members(Map),
    Removal,
    /// Ends a change in progress now, even a pending one.
    End,
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

    use crate::local::{
        outcome::{ReadDelay, Span},
        tests::bench::{Bench, text},
    };

    const MODEL: &str = r#"{"ModelName":"m","PrimaryContainer":{"Image":"i"}}"#;
    const ARN: &str = "arn:aws:sagemaker:eu-central-1:123456789012:model/m";

    #[test]
    fn objects_can_be_shown_changed_and_removed_out_of_band() {
        let bench = Bench::new();
        bench.ok("CreateModel", MODEL);
        assert!(bench.change_out_of_band(ARN, r#"{"EnableNetworkIsolation":true,"PrimaryContainer":null}"#));
        let shown = bench.ok("DescribeModel", r#"{"ModelName":"m"}"#);
        assert_eq!(shown.get("EnableNetworkIsolation").as_bool(), Some(true));
        assert!(shown.get("PrimaryContainer").is_null());
        let all = bench.state.objects();
        assert_eq!((text(all.at(0), "kind"), text(all.at(0), "arn")), ("model", ARN));
        assert!(bench.state.change_out_of_band(ARN, super::OutOfBand::Removal));
        assert!(bench.state.objects().elements().is_empty());
        assert!(!bench.change_out_of_band(ARN, "{}"));
    }

    #[test]
    fn a_hanging_change_ends_when_a_test_ends_it() {
        let bench = Bench::new();
        bench.ok("CreateHub", r#"{"HubName":"h","HubDescription":"d"}"#);
        bench.wait();
        bench.ends("DeleteHub", r#"{"HubName":"h"}"#, super::Outcome::Never);
        let status = || bench.ok("DescribeHub", r#"{"HubName":"h"}"#);
        bench.wait();
        bench.wait();
        assert_eq!(text(&status(), "HubStatus"), "Deleting");
        assert!(bench.refused("DeleteHub", r#"{"HubName":"h"}"#).contains("is in Deleting status"));
        bench.ends("DeleteHub", r#"{"HubName":"h"}"#, super::Outcome::Repeatable);
        bench.wait();
        assert_eq!(text(&status(), "HubStatus"), "Deleting");
        assert!(bench.state.change_out_of_band(text(&status(), "HubArn"), super::OutOfBand::End));
        assert!(bench.refused("DescribeHub", r#"{"HubName":"h"}"#).contains("does not exist"));
    }

    fn late(span: Span, in_lists: bool) -> super::Outcome {
        super::Outcome::Delayed(ReadDelay { span, in_lists })
    }

    fn listed(bench: &Bench) -> usize {
        bench.ok("ListModels", "{}").get("Models").elements().len()
    }

    #[test]
    fn what_was_created_can_be_seen_late() {
        let bench = Bench::new();
        bench.ends("CreateModel", MODEL, late(Span::Reads(4), false));
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
        bench.wait_half();
        assert_eq!(shown(), "old");
        bench.wait_half();
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
