//! Dispatches operations to their behavior; reads may see the region with a delay.

use super::{
    catalog, conditions,
    error::ServiceError,
    kind::{Behavior, Call, Handle, Kind},
    operations::{list, ordinary},
    storage::store::{Key, Reading},
};
use crate::value::Value;

/// The handler of an operation.
pub(super) enum Handler {
    OfKind(&'static Kind, &'static Behavior),
    OfNone(Handle),
}

impl Handler {
    /// None: the operation does not exist.
    pub(super) fn of(operation: &str) -> Option<Self> {
        match catalog::other(operation) {
            Some(handle) => Some(Self::OfNone(handle)),
            None => catalog::behavior(operation).map(|(kind, behavior)| Self::OfKind(kind, behavior)),
        }
    }

    /// Executes the call.
    pub(super) fn handle(&self, mut call: Call<'_>) -> Result<Value, ServiceError> {
        match reading(call.operation.name) {
            Some(reading) if call.region.is_late() => self.read_late(reading, call),
            _ => self.carry_out(&mut call),
        }
    }

    /// Reads with the delayed visibility, and counts the reads.
    fn read_late(&self, reading: Reading, call: Call<'_>) -> Result<Value, ServiceError> {
        let stored = self.described(&call);
        let Call { region, now, .. } = call;
        let mut seen = region.as_seen(reading, now);
        let mut call = Call { region: seen.region(), ..call };
        let answer = self.carry_out(&mut call);
        let shown = self.described(&call);
        seen.count(|key| match self {
            Self::OfKind(_, Behavior::Describe(_)) => stored.as_ref() == Some(key) || shown.as_ref() == Some(key),
            Self::OfKind(..) | Self::OfNone(_) => true,
        });
        answer
    }

    /// The object that the call describes, if it exists.
    fn described(&self, call: &Call<'_>) -> Option<Key> {
        let Self::OfKind(kind, Behavior::Describe(_)) = self else { return None };
        call.named(kind).ok().map(|object| (object.kind, object.key.clone()))
    }

    fn carry_out(&self, call: &mut Call<'_>) -> Result<Value, ServiceError> {
        match self {
            Self::OfKind(kind, behavior) => {
                conditions::check(call, || before(kind, behavior, call))?;
                act(kind, behavior, call)
            }
            Self::OfNone(handle) => {
                conditions::check(call, || Value::Null)?;
                handle(call)
            }
        }
    }
}

/// The object that the call is about, or null if it does not exist yet.
fn before(kind: &'static Kind, behavior: &Behavior, call: &Call<'_>) -> Value {
    match behavior {
        Behavior::Create(_) => Value::Null,
        _ => call.named(kind).map(|object| Value::Map(object.view(call.now))).unwrap_or_default(),
    }
}

/// How the operation reads, if it only reads.
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

fn act(kind: &'static Kind, behavior: &'static Behavior, call: &mut Call<'_>) -> Result<Value, ServiceError> {
    match behavior {
        Behavior::Create(fill) => ordinary::create(kind, call, *fill),
        Behavior::Describe(show) => ordinary::describe(kind, call, *show),
        Behavior::Update(revise) => ordinary::update(kind, call, *revise),
        Behavior::Amend(revise) => ordinary::amend(kind, call, *revise),
        Behavior::Delete(check) => ordinary::delete(kind, call, *check),
        Behavior::Transition(one) => {
            ordinary::transition(kind, call, one.from, (Some(one.through), Some(one.to)), &one.refused)
        }
        Behavior::Stop => ordinary::stop(kind, call),
        Behavior::List(list) => list::page(kind, call, list),
        Behavior::Other(handle) => handle(call),
    }
}

#[cfg(test)]
mod tests {
    use super::Handler;
    use crate::{definition::service, local::tests::bench::Bench};

    #[test]
    fn every_operation_of_the_model_is_handled_and_no_other() {
        let operations = service::OPERATIONS.iter().map(|one| one.name);
        let missing: Vec<&str> = operations.filter(|name| Handler::of(name).is_none()).collect();
        assert_eq!(missing, [""; 0]);
        assert_eq!(Bench::new().refused("CreateDragon", "{}"), "UnknownOperationException: ");
    }
}
