//! One cell: an operation in which one request fails, what a user does about it, and how it ends.

use std::{
    collections::BTreeSet,
    fmt,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    time::Duration,
};

use serde::Deserialize;
use tokio::time::sleep;

use super::shape::shape;
use crate::simulation::{
    case::Case,
    configuration::Configuration,
    message, run,
    service::{Fault, Service},
    workspace::Workspace,
};

/// What is done to the resource when the fault comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Operation {
    Create,
    Update,
    Delete,
}

/// A fault, and whether the client may repeat the request that meets it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Failure {
    pub(crate) fault: Fault,
    pub(crate) repeated: bool,
}

/// A request and the fault that it meets.
#[derive(Debug, Clone)]
pub(crate) struct Cell {
    pub(crate) failure: Failure,
    /// Which of the latencies.
    latency: usize,
    /// How many requests pass before.
    call: usize,
    /// What is requested.
    operation: String,
}

/// How it ends, from the best to the worst.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Ending {
    /// The operation succeeds nevertheless.
    AtOnce,
    /// It fails, and the next one finishes it.
    Again,
    /// It fails, and the next one too, since the object is still changing; one that comes when that is over finishes it.
    Later,
    /// It fails, and what a message says is to be untainted completes it.
    AfterUntaint,
    /// It fails, and what a message says is to be imported completes it.
    AfterImport,
    /// Otherwise.
    Wrong(String),
}

/// An operation of a case.
pub(crate) struct Scenario<'a> {
    case: &'a Case,
    operation: Operation,
}

/// What an operation leaves, and what is left after everything was destroyed.
#[derive(Debug)]
pub(crate) struct Left {
    /// The addresses in the state.
    state: BTreeSet<String>,
    objects: Vec<String>,
    destroyed: Vec<String>,
    /// The requests that the operation has sent for the resource.
    calls: Vec<String>,
}

/// How long a user waits before each try.
const TRIES: [Duration; 4] = [Duration::ZERO, Duration::ZERO, MINUTE, MINUTE];

/// Longer than any transition takes.
pub(super) const MINUTE: Duration = Duration::from_secs(60);

/// Transitions that most waits miss, and transitions that none misses.
const LATENCIES: [Duration; 2] = [Duration::from_millis(300), Duration::from_secs(6)];

/// All faults. Those that leave it open whether the request had its effect come twice: the client repeats the request, or
/// gives up.
pub(crate) const FAILURES: &[Failure] = &[
    Failure { fault: Fault::Refused, repeated: false },
    Failure { fault: Fault::FailedBefore, repeated: true },
    Failure { fault: Fault::FailedBefore, repeated: false },
    Failure { fault: Fault::FailedAfter, repeated: true },
    Failure { fault: Fault::FailedAfter, repeated: false },
    Failure { fault: Fault::LostReply, repeated: true },
    Failure { fault: Fault::LostReply, repeated: false },
    Failure { fault: Fault::HalfReply, repeated: true },
    Failure { fault: Fault::Throttled, repeated: true },
    Failure { fault: Fault::Hung, repeated: true },
    Failure { fault: Fault::Hung, repeated: false },
    Failure { fault: Fault::KilledBefore, repeated: false },
    Failure { fault: Fault::KilledAfter, repeated: false },
    Failure { fault: Fault::Interrupted, repeated: true },
];

impl<'a> Scenario<'a> {
    /// The operations that the case knows.
    pub(crate) fn of(case: &'a Case) -> impl Iterator<Item = Self> {
        let all = [Operation::Create, Operation::Update, Operation::Delete].into_iter();
        let known =
            |operation: &Operation| *operation != Operation::Update || case.configuration("in_place.tf").is_some();
        all.filter(known).map(move |operation| Self { case, operation })
    }

    pub(crate) fn name(&self) -> String {
        format!("{} {:?}", self.case.name, self.operation)
    }

    pub(crate) fn case(&self) -> &str {
        &self.case.name
    }

    pub(crate) fn operation(&self) -> Operation {
        self.operation
    }

    /// What the operation leaves without a fault, for each of the latencies.
    pub(crate) fn expected(&self) -> [Left; 2] {
        LATENCIES.map(|latency| run(self.run_through(latency, None)).1)
    }

    /// Every fault at every request that the operation makes without one. Of requests that repeat each other, as those of a
    /// wait do, the first two and the last count.
    pub(crate) fn cells(&self, expected: &[Left; 2]) -> Vec<Cell> {
        let mut cells = Vec::new();
        for (expected, latency) in expected.iter().zip(0..) {
            for call in distinct(&expected.calls) {
                let cell = |failure: &Failure| Cell {
                    failure: *failure,
                    latency,
                    call,
                    operation: expected.calls[call].clone(),
                };
                cells.extend(FAILURES.iter().map(cell));
            }
        }
        cells
    }

    /// Tries one.
    pub(crate) fn ending(&self, cell: &Cell, expected: &[Left; 2]) -> Ending {
        let ending = catch_unwind(AssertUnwindSafe(|| {
            let (ending, left) = run(self.run_through(LATENCIES[cell.latency], Some(cell)));
            match difference(&expected[cell.latency], &left) {
                Some(difference) if !matches!(ending, Ending::Wrong(_)) => Ending::Wrong(difference),
                _ => ending,
            }
        }));
        ending.unwrap_or_else(|panic| Ending::Wrong(message(&*panic)))
    }

    /// Applies what comes before the operation, does it, and destroys everything.
    async fn run_through(&self, latency: Duration, cell: Option<&Cell>) -> (Ending, Left) {
        let (service, signals) = Service::new(latency);
        for (operation, input) in self.case.given() {
            service.must(operation, input);
        }
        let mut workspace = Workspace::new(Arc::clone(&service), signals, "").await;
        if self.operation != Operation::Create {
            workspace.must_apply(&self.case.base()).await;
        }
        service.take_calls();
        if let Some(cell) = cell {
            workspace.set(if cell.failure.repeated { "" } else { "max_retries = 1" }).await;
            service.inject(&self.case.address, cell.call, cell.failure.fault);
        }
        let ending = self.carried_out(&mut workspace).await;
        // What was imported may still be changing.
        sleep(MINUTE).await;
        assert!(!service.is_armed(), "the request that was to fail was never sent");
        let calls = service.take_calls().into_iter().filter(|call| call.address == self.case.address);
        let mut left = Left {
            state: workspace.state.keys().cloned().collect(),
            objects: shape(&service.objects()),
            destroyed: Vec::new(),
            calls: calls.map(|call| call.operation).collect(),
        };
        if !matches!(ending, Ending::Wrong(_)) {
            let destroyed = workspace.destroy().await;
            assert!(destroyed.is_complete(), "the destroy afterwards: {:?}", destroyed.messages.errors);
            left.destroyed = shape(&service.objects());
        }
        (ending, left)
    }

    /// What a user does until it is done.
    async fn carried_out(&self, workspace: &mut Workspace) -> Ending {
        let (mut ending, mut last) = (Ending::AtOnce, Vec::new());
        for pause in TRIES {
            sleep(pause).await;
            match self.tried(workspace).await {
                Ok(()) => return ending,
                Err(errors) => last = errors,
            }
            ending = if ending == Ending::AtOnce { Ending::Again } else { ending.max(Ending::Later) };
            workspace.set("").await;
            if last.iter().any(|error| error.contains("`terraform untaint`")) {
                ending = Ending::AfterUntaint;
                workspace.untaint(&self.case.address);
            }
            if let Some(id) = last.iter().find_map(|error| import_id(error)) {
                ending = Ending::AfterImport;
                let messages = workspace.import(&self.case.address, &id).await;
                assert_eq!(messages.errors, Vec::<String>::new(), "the import of {id} that a message names");
            }
        }
        Ending::Wrong(format!("fails again and again: {}", last.join("\n")))
    }

    /// Does the operation once; the errors, if it is not done.
    async fn tried(&self, workspace: &mut Workspace) -> Result<(), Vec<String>> {
        let file = match self.operation {
            Operation::Create => "base.tf",
            Operation::Update => "in_place.tf",
            Operation::Delete => {
                let destroyed = workspace.destroy().await;
                return if destroyed.is_complete() { Ok(()) } else { Err(destroyed.messages.errors) };
            }
        };
        let configuration = self.case.configuration(file).expect("the operation has its file");
        let plan = workspace.plan(&configuration).await;
        if !plan.messages.errors.is_empty() {
            return Err(plan.messages.errors);
        }
        let applied = workspace.apply(&configuration, &plan).await;
        if !applied.is_complete() {
            return Err(applied.messages.errors);
        }
        expect_nothing_to_do(workspace, &configuration).await;
        Ok(())
    }
}

pub(super) async fn expect_nothing_to_do(workspace: &mut Workspace, configuration: &Configuration) {
    let plan = workspace.plan(configuration).await;
    assert_eq!(plan.messages.errors, Vec::<String>::new(), "a plan after a success");
    assert_eq!(plan.actions(), Vec::<String>::new(), "a plan after a success has something to do");
}

/// The id by which the message asks for an import; where it leaves that open, the ARN that it names.
fn import_id(message: &str) -> Option<String> {
    let (_, command) = message.split_once("`terraform import ")?;
    let id = command.split_once('`')?.0.split_once(".<name> ")?.1;
    if id != "<id>" {
        return Some(id.to_owned());
    }
    let (_, arn) = message.split_once("arn:aws:sagemaker:")?;
    let end = arn.find(|next: char| next.is_whitespace() || matches!(next, ')' | ',' | '`')).unwrap_or(arn.len());
    Some(format!("arn:aws:sagemaker:{}", arn[..end].trim_end_matches('.')))
}

/// The places of the requests that count: of each run of equal ones the first two and the last.
fn distinct(calls: &[String]) -> Vec<usize> {
    let same = |one: usize, other: Option<usize>| other.is_some_and(|other| calls.get(other) == Some(&calls[one]));
    let counts = |place: &usize| {
        let third = same(*place, place.checked_sub(1)) && same(*place, place.checked_sub(2));
        !third || !same(*place, Some(place + 1))
    };
    (0..calls.len()).filter(counts).collect()
}

/// What is not as it would be without the fault.
fn difference(expected: &Left, found: &Left) -> Option<String> {
    if expected.state != found.state {
        return Some(format!("the state holds {:?} and not {:?}", found.state, expected.state));
    }
    let lists =
        [("the operation", &expected.objects, &found.objects), ("a destroy", &expected.destroyed, &found.destroyed)];
    lists.into_iter().find_map(|(what, expected, found)| {
        let (missing, extra) = (without(expected, found), without(found, expected));
        let same = missing.is_empty() && extra.is_empty();
        (!same).then(|| format!("after {what}, the service lacks {missing:#?} and has too many {extra:#?}"))
    })
}

/// The elements that the other list does not have, or has fewer times.
fn without<'a>(list: &'a [String], other: &[String]) -> Vec<&'a String> {
    let mut other: Vec<&String> = other.iter().collect();
    let mut left = Vec::new();
    for one in list {
        match other.iter().position(|candidate| *candidate == one) {
            Some(place) => _ = other.swap_remove(place),
            None => left.push(one),
        }
    }
    left
}

impl fmt::Display for Operation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Create => "Create",
            Self::Update => "Update",
            Self::Delete => "Delete",
        })
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self.fault {
            Fault::Refused => "refused",
            Fault::Throttled => "throttled",
            Fault::FailedBefore => "failed before",
            Fault::FailedAfter => "failed after",
            Fault::LostReply => "lost reply",
            Fault::HalfReply => "half a reply",
            Fault::Hung => "hung",
            Fault::KilledBefore => "killed before",
            Fault::KilledAfter => "killed after",
            Fault::Interrupted => "interrupted",
        };
        let comes_twice = FAILURES.iter().filter(|other| other.fault == self.fault).count() > 1;
        formatter.write_str(name)?;
        if comes_twice && !self.repeated { formatter.write_str(", given up") } else { Ok(()) }
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { latency, call, operation, .. } = self;
        write!(formatter, "request {call} ({operation}), transitions of {:?}", LATENCIES[*latency])
    }
}

#[test]
fn an_object_that_is_there_twice_is_a_difference() {
    let list = |names: &[&str]| names.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(without(&list(&["a", "b", "a"]), &list(&["a"])), ["b", "a"]);
    assert!(without(&list(&["a"]), &list(&["a", "a"])).is_empty());
}
