//! The shape of the tables: what is to be known of a kind of thing for the operations on it to work.
//!
//! Most things are ordinary: what is given is shown again, with ARN, times and a state. For them the table is all there
//! is, and most of the table follows from [`ORDINARY`] and the service model.

use super::{
    call::{Call, Draft, Revision},
    error::{ServiceError, VALIDATION},
    store::Object,
};
use crate::value::{Map, Value};

/// A kind of thing that can be created. Facts about the service; nothing of the provider's definitions.
#[derive(Debug)]
pub(super) struct Thing {
    /// As operations name it: `EndpointConfig`. The operations to create, describe, update, delete, stop and list it
    /// that are not among `operations` do the ordinary.
    pub(super) noun: &'static str,
    /// In ARNs: `endpoint-config`. Unique.
    pub(super) kind: &'static str,
    /// What stands in ARNs in place of the kind; empty: the kind.
    pub(super) under: &'static str,
    /// The member that names it: `EndpointConfigName`.
    pub(super) name: &'static str,
    /// The member that holds its ARN: `EndpointConfigArn`.
    pub(super) arn: &'static str,
    /// The members of inputs that together say which one is meant, `A|B` for either of two; empty: the name.
    pub(super) identity: &'static [&'static str],
    /// What comes after the kind in the ARN, from the values of `identity`.
    pub(super) path: fn(&[&str]) -> String,
    /// How the service makes up what comes after the kind in the ARN, if it does.
    pub(super) made: Option<Made>,
    /// Says which object is meant, by key, where `identity` does not.
    pub(super) locate: Option<Locate>,
    /// What has to exist for it to be created.
    pub(super) parents: &'static [Parent],
    /// Those that do not follow from the noun, or do more than the ordinary.
    pub(super) operations: &'static [(&'static str, Action)],
    /// Members that are shown under another name than they were given: as given, as shown.
    pub(super) renamed: &'static [(&'static str, &'static str)],
    /// Members of replies and summaries that repeat others: as there, as described; dots lead inwards.
    pub(super) repeated: &'static [(&'static str, &'static str)],
    /// What the service fills in where the caller says nothing: member and value. Dots lead inwards, into each element of a
    /// list, and to structures that are there. Values are JSON, or else text.
    pub(super) defaults: &'static [(&'static str, &'static str)],
    /// Structures that an update merges member by member, at every depth, instead of replacing them. Lists are replaced.
    pub(super) merged: &'static [&'static str],
    /// The member of replies that holds the description; empty: the reply is the description.
    pub(super) wrapper: &'static str,
    /// Answered if it does not exist.
    pub(super) absent: Text,
    /// Answered if something of that name exists already.
    pub(super) exists: Text,
    /// Answered if it cannot be changed or deleted since it is going through another change.
    pub(super) busy: Text,
    /// Answered if it cannot be deleted since something else belongs to it.
    pub(super) in_use: Text,
    /// Answered if it cannot be stopped since it is over.
    pub(super) ended: Text,
    /// Answered if it cannot be deleted once more.
    pub(super) gone: Text,
    /// None: what is done to it is done at once.
    pub(super) life: Option<Life>,
}

/// Says which object an input means, by key.
pub(super) type Locate = fn(&Call<'_>) -> Result<String, ServiceError>;

/// A thing of which all that can be follows from the service model, and all else is left out.
pub(super) const ORDINARY: Thing = Thing {
    noun: "",
    kind: "",
    under: "",
    name: "",
    arn: "",
    identity: &[],
    path: lower,
    made: None,
    locate: None,
    parents: &[],
    operations: &[],
    renamed: &[],
    repeated: &[],
    defaults: &[],
    merged: &[],
    wrapper: "",
    // Assumed wordings: what is known of those of the service differs from thing to thing.
    absent: Text { code: "", message: "{noun} {arn} does not exist." },
    exists: Text { code: "", message: "{noun} {name} already exists ({arn})." },
    busy: Text { code: "", message: "{noun} {arn} is in {status} status." },
    in_use: Text { code: "", message: "{noun} {arn} is in use." },
    // By analogy with training jobs.
    ended: Text {
        code: VALIDATION,
        message: "The request was rejected because the {noun} {name} is in status {status}.",
    },
    gone: Text { code: VALIDATION, message: "{noun} {arn} has already been deleted." },
    life: None,
};

/// What has to exist for something else to be created.
#[derive(Debug)]
pub(super) struct Parent {
    pub(super) thing: &'static Thing,
    /// The member that names it; if it goes by several members, they have the same names here.
    pub(super) member: &'static str,
    /// It cannot be deleted as long as this refers to it.
    pub(super) held: bool,
}

/// An identifier that the service makes up.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) prefix: &'static str,
    pub(super) letters: &'static str,
    pub(super) length: usize,
    /// The member that shows it; empty: it is in the ARN alone.
    pub(super) member: &'static str,
    /// There is at most one of a name.
    pub(super) unique: bool,
}

pub(super) const SMALL: &str = "0123456789abcdefghijklmnopqrstuvwxyz";
pub(super) const LARGE: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
pub(super) const HEXADECIMAL: &str = "0123456789abcdef";

/// What an operation does. The functions do what the tables cannot say.
#[derive(Debug)]
pub(super) enum Action {
    /// Checks what the model cannot and fills in what the service fills in.
    Create(fn(&mut Call<'_>, &mut Draft) -> Result<(), ServiceError>),
    /// Changes what is shown just before it is shown.
    Describe(fn(&Call<'_>, &Object, &mut Map) -> Result<(), ServiceError>),
    /// Says what the object becomes.
    Update(fn(&Call<'_>, &mut Revision) -> Result<(), ServiceError>),
    /// What is given takes the place of what was; then checks and changes what the object becomes.
    Amend(fn(&Call<'_>, &mut Revision) -> Result<(), ServiceError>),
    /// Refuses what may not be deleted.
    Delete(fn(&Call<'_>, &Object) -> Result<(), ServiceError>),
    /// Starts or stops it.
    Move(Move),
    /// Stops what is still being created.
    Stop,
    List(List),
    /// Anything else: takes the call, gives the reply.
    Other(fn(&mut Call<'_>) -> Result<Value, ServiceError>),
}

/// A way from one state to another.
#[derive(Debug)]
pub(super) struct Move {
    /// The states in which it is allowed.
    pub(super) from: &'static [&'static str],
    /// Meanwhile; empty: it is done at once.
    pub(super) through: State,
    pub(super) to: State,
    /// Answered in other states.
    pub(super) refused: Text,
}

/// How the objects of a kind are listed.
#[derive(Debug)]
pub(super) struct List {
    /// The member of the reply that holds the page; empty: as the model says.
    pub(super) member: &'static str,
    /// What the list is sorted by if the caller does not say.
    pub(super) sort_by: &'static str,
    pub(super) descending: bool,
    /// Filters and sort keys of the input whose names do not say what they mean, each with the member of the description
    /// that it means; dots lead inwards. Empty: a filter that lets everything pass.
    pub(super) fields: &'static [(&'static str, &'static str)],
    /// Filters that are no plain comparison.
    pub(super) keep: fn(&Call<'_>, &Map) -> bool,
}

/// The commonest list.
pub(super) const NEWEST_FIRST: List =
    List { member: "", sort_by: "CreationTime", descending: true, fields: &[], keep: keep_all };
/// The next commonest.
pub(super) const OLDEST_FIRST: List = List { descending: false, ..NEWEST_FIRST };

/// An error in the words of the service. `{arn}`, `{name}`, `{noun}` and `{status}` stand for those of the object.
#[derive(Debug)]
pub(super) struct Text {
    /// Empty: as the model says of the operation.
    pub(super) code: &'static str,
    pub(super) message: &'static str,
}

/// The states of a kind of thing.
#[derive(Debug)]
pub(super) struct Life {
    /// The members that show the state, separated by spaces.
    pub(super) status: &'static str,
    /// One after another; then `created` or `failed`.
    pub(super) creating: &'static [State],
    pub(super) created: State,
    pub(super) failed: State,
    /// Meanwhile; empty: updates happen at once.
    pub(super) updating: State,
    /// Empty: as before.
    pub(super) updated: State,
    /// After an update that failed; empty: as `failed`.
    pub(super) update_failed: State,
    /// Empty: it is gone at once.
    pub(super) deleting: State,
    /// How it shows for a while that it was deleted; empty: it does not.
    pub(super) gone: State,
    /// Meanwhile, if it can be stopped while it is being created; empty: it cannot.
    pub(super) stopping: State,
    pub(super) stopped: State,
    /// The member that says why something failed; empty if there is none.
    pub(super) reason: &'static str,
    /// The members that show when it began, and when it ended.
    pub(super) began: &'static str,
    pub(super) ended: &'static str,
}

/// A state: the values of the members that show it, separated by spaces.
pub(super) type State = &'static str;

/// A life without states, to be completed.
pub(super) const LIFE: Life = Life {
    status: "Status",
    creating: &[],
    created: "",
    failed: "",
    updating: "",
    updated: "",
    update_failed: "",
    deleting: "",
    gone: "",
    stopping: "",
    stopped: "",
    reason: "FailureReason",
    began: "",
    ended: "",
};

impl Thing {
    /// What ARNs name it.
    pub(super) fn arn_kind(&self) -> &'static str {
        if self.under.is_empty() { self.kind } else { self.under }
    }

    /// The member that shows its state; empty if it has none.
    pub(super) fn status(&self) -> &'static str {
        self.life.as_ref().and_then(|life| life.status.split_whitespace().next()).unwrap_or_default()
    }

    pub(super) fn identity(&self) -> &[&'static str] {
        if self.identity.is_empty() { std::slice::from_ref(&self.name) } else { self.identity }
    }
}

impl Text {
    pub(super) fn of(&self, arn: &str, name: &str) -> ServiceError {
        ServiceError::new(self.code, self.message.replace("{arn}", arn).replace("{name}", name))
    }
}

impl Life {
    pub(super) fn stages(&self) -> Vec<Map> {
        self.creating.iter().map(|state| self.shown(state)).collect()
    }

    /// A state as members; none for the empty state.
    pub(super) fn shown(&self, state: State) -> Map {
        let members = self.status.split_whitespace().zip(state.split_whitespace());
        members.map(|(member, value)| (member.to_owned(), value.into())).collect()
    }

    /// Whether this shows something that was deleted.
    pub(super) fn is_gone(&self, view: &Map) -> bool {
        self.gone.split_whitespace().next().is_some_and(|gone| gone == self.status_in(view))
    }

    /// The main state that is shown.
    pub(super) fn status_in<'a>(&self, view: &'a Map) -> &'a str {
        let member = self.status.split_whitespace().next().unwrap_or_default();
        view.get(member).and_then(Value::as_str).unwrap_or_default()
    }
}

/// Most ARNs are in small letters.
fn lower(identity: &[&str]) -> String {
    identity.join("/").to_lowercase()
}

/// For things that need no checks and have no defaults beyond what the tables say.
pub(super) fn as_given(_: &mut Call<'_>, _: &mut Draft) -> Result<(), ServiceError> {
    Ok(())
}

/// For things that are shown as they are.
pub(super) fn nothing_to_add(_: &Call<'_>, _: &Object, _: &mut Map) -> Result<(), ServiceError> {
    Ok(())
}

/// For updates that need no checks.
pub(super) fn as_told(_: &Call<'_>, _: &mut Revision) -> Result<(), ServiceError> {
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
