//! The shape of the tables: what is to be known of a kind of thing for the operations on it to work.

use super::{
    call::{Call, Draft, Revision},
    error::ServiceError,
    store::Object,
};
use crate::value::{Map, Value};

/// A kind of thing that can be created. Facts about the service; nothing of the provider's definitions.
#[derive(Debug)]
pub(super) struct Thing {
    /// In ARNs: `endpoint-config`. Unique.
    pub(super) kind: &'static str,
    /// The member that names it: `EndpointConfigName`.
    pub(super) name: &'static str,
    /// The member that holds its ARN: `EndpointConfigArn`.
    pub(super) arn: &'static str,
    pub(super) operations: &'static [(&'static str, Action)],
    /// Answered if it does not exist.
    pub(super) absent: Text,
    /// Answered if something of that name exists already.
    pub(super) exists: Text,
    /// None: what is done to it is done at once.
    pub(super) life: Option<Life>,
}

/// What an operation does. The functions do what the tables cannot say.
#[derive(Debug)]
pub(super) enum Action {
    /// Checks what the model cannot and fills in what the service fills in.
    Create(fn(&mut Call<'_>, &mut Draft) -> Result<(), ServiceError>),
    /// Changes what is shown just before it is shown.
    Describe(fn(&Call<'_>, &Object, &mut Map) -> Result<(), ServiceError>),
    /// Says what the object becomes.
    Update(fn(&Call<'_>, &mut Revision) -> Result<(), ServiceError>),
    /// Refuses what may not be deleted.
    Delete(fn(&Call<'_>, &Object) -> Result<(), ServiceError>),
    List(List),
    /// Anything else: takes the call, gives the reply.
    Other(fn(&mut Call<'_>) -> Result<Value, ServiceError>),
}

/// How the objects of a kind are listed.
#[derive(Debug)]
pub(super) struct List {
    /// The member of the reply that holds the page.
    pub(super) member: &'static str,
    /// What the list is sorted by if the caller does not say.
    pub(super) sort_by: &'static str,
    pub(super) descending: bool,
    /// Filters and sort keys of the input, each with the member of the description that it means; dots lead inwards.
    pub(super) fields: &'static [(&'static str, &'static str)],
    /// Filters that are no plain comparison.
    pub(super) keep: fn(&Call<'_>, &Map) -> bool,
}

/// An error in the words of the service. `{arn}` and `{name}` stand for those of the object.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) code: &'static str,
    pub(super) message: &'static str,
}

/// The states of a kind of thing. Each state is what describing shows: members with their values.
#[derive(Debug)]
pub(super) struct Life {
    /// One after another; then `created` or `failed`.
    pub(super) creating: &'static [State],
    pub(super) created: State,
    pub(super) failed: State,
    /// Empty: it is gone at once.
    pub(super) deleting: State,
    /// The member that says why something failed; empty if there is none.
    pub(super) reason: &'static str,
}

pub(super) type State = &'static [(&'static str, &'static str)];

impl Text {
    pub(super) fn of(&self, arn: &str, name: &str) -> ServiceError {
        ServiceError::new(self.code, self.message.replace("{arn}", arn).replace("{name}", name))
    }
}

impl Life {
    pub(super) fn stages(&self) -> Vec<Map> {
        self.creating.iter().map(|state| shown(state)).collect()
    }
}

/// A state as members.
pub(super) fn shown(state: State) -> Map {
    state.iter().map(|(member, value)| ((*member).to_owned(), (*value).into())).collect()
}

/// For things that need no checks and have no defaults beyond what the tables say.
pub(super) fn nothing_to_add(_: &Call<'_>, _: &Object, _: &mut Map) -> Result<(), ServiceError> {
    Ok(())
}

/// For things that may be deleted at any time.
pub(super) fn freely(_: &Call<'_>, _: &Object) -> Result<(), ServiceError> {
    Ok(())
}

/// For lists without filters of their own.
pub(super) fn keep_all(_: &Call<'_>, _: &Map) -> bool {
    true
}
