//! The types that describe a resource kind, and the call that its operations receive.
//!
//! Most kinds are ordinary: they return their input, with ARN, times and a status. They consist of the table alone, and
//! most of the table follows from [`ORDINARY`] and the service model. Nothing here knows any of the kinds, or the
//! implementation of the operations.

use std::{collections::HashMap, time::Duration};

use super::{
    error::{ErrorText, ServiceError, VALIDATION},
    lifecycle::{Lifecycle, Status},
    moment::Moment,
    outcome::Outcome,
    scope::Scope,
    storage::store::{Object, Region},
};
use crate::{
    definition::service::Operation,
    value::{Map, Value},
};

/// A resource kind. Facts about the service, independent of the provider's definitions.
#[derive(Debug)]
pub(super) struct Kind {
    /// As operations name it: `EndpointConfig`. The operations to create, describe, update, delete, stop and list it
    /// that are not among `operations` do the ordinary.
    pub(super) noun: &'static str,
    /// The resource type in ARNs: `endpoint-config`. Unique.
    pub(super) id: &'static str,
    /// The resource type in ARNs, if it is that of another kind; None: the id.
    pub(super) resource_type: Option<&'static str>,
    /// The member that names it: `EndpointConfigName`.
    pub(super) name: &'static str,
    /// The member that holds its ARN: `EndpointConfigArn`.
    pub(super) arn: &'static str,
    /// The members of inputs that identify an object together, `A|B` for either of two; empty: the name.
    pub(super) identity: &'static [&'static str],
    /// The resource id in the ARN, from the values of `identity`.
    pub(super) path: fn(&[&str]) -> String,
    /// How the service generates the resource id in the ARN, if it does.
    pub(super) generated_id: Option<GeneratedId>,
    /// Finds the key of the object that an input identifies, where `identity` does not.
    pub(super) locate: Option<Locate>,
    /// The objects that must exist before it is created.
    pub(super) parents: &'static [Parent],
    /// Those that do not follow from the noun, or do more than the ordinary. A verb alone (`Create`, `Describe`,
    /// `Update`, `Delete`, `Stop`, `List`) denotes the operation with the noun, so that kinds can share a table.
    pub(super) operations: &'static [(&'static str, Behavior)],
    /// Members with different names in input and description: (input, description).
    pub(super) renamed: &'static [(&'static str, &'static str)],
    /// Members of replies and summaries that repeat others: as there, as described; dots lead inwards.
    pub(super) repeated: &'static [(&'static str, &'static str)],
    /// What the service fills in where the caller gives nothing: member and value. Dots lead inwards, into each element
    /// of a list, and to structures that are present: `Image.Mode` fills in nothing if `Image` is unset. `*` in the
    /// place of a member stands for every structure there: `*.Mode` fills in that of each structure that has one.
    /// Values are JSON, or else text.
    pub(super) defaults: &'static [(&'static str, &'static str)],
    /// Structures that an update merges member by member, at every depth, instead of replacing them. Lists are
    /// replaced.
    pub(super) merged: &'static [&'static str],
    /// The member of replies that holds the description; None: the reply is the description.
    pub(super) wrapper: Option<&'static str>,
    /// The error if it does not exist.
    pub(super) not_found: ErrorText,
    /// The error if one of that name exists already.
    pub(super) exists: ErrorText,
    /// The error if it cannot be changed or deleted while another change is in progress.
    pub(super) busy: ErrorText,
    /// The error if it cannot be deleted while something else belongs to it.
    pub(super) in_use: ErrorText,
    /// The error if it cannot be stopped since it has finished.
    pub(super) finished: ErrorText,
    /// The error if it cannot be deleted since it was deleted already.
    pub(super) deleted: ErrorText,
    /// None: every change takes effect immediately.
    pub(super) lifecycle: Option<Lifecycle>,
}

/// The key of the object that an input identifies.
pub(super) type Locate = fn(&Call<'_>) -> Result<String, ServiceError>;

/// A kind whose facts all follow from the service model, to be completed.
pub(super) const ORDINARY: Kind = Kind {
    noun: "",
    id: "",
    resource_type: None,
    name: "",
    arn: "",
    identity: &[],
    path: lowercase,
    generated_id: None,
    locate: None,
    parents: &[],
    operations: &[],
    renamed: &[],
    repeated: &[],
    defaults: &[],
    merged: &[],
    wrapper: None,
    // Assumed wordings: those of the service that are known differ from kind to kind.
    not_found: ErrorText { code: "", message: "{noun} {arn} does not exist." },
    exists: ErrorText { code: "", message: "{noun} {name} already exists ({arn})." },
    busy: ErrorText { code: "", message: "{noun} {arn} is in {status} status." },
    in_use: ErrorText { code: "", message: "{noun} {arn} is in use." },
    // By analogy with training jobs.
    finished: ErrorText {
        code: VALIDATION,
        message: "The request was rejected because the {noun} {name} is in status {status}.",
    },
    // Assumed wording.
    deleted: ErrorText { code: VALIDATION, message: "{noun} {arn} has already been deleted." },
    lifecycle: None,
};

/// An object that must exist before another one is created.
#[derive(Debug)]
pub(super) struct Parent {
    pub(super) kind: &'static Kind,
    /// The member that names it; if several members identify it, they have the same names here.
    pub(super) member: &'static str,
    /// The parent cannot be deleted as long as this object refers to it.
    pub(super) blocks_deletion: bool,
}

/// How the service generates an identifier.
#[derive(Debug)]
pub(super) struct GeneratedId {
    pub(super) prefix: &'static str,
    pub(super) alphabet: &'static str,
    /// Letters after the prefix.
    pub(super) length: usize,
    /// The member that shows it; None: it is in the ARN alone.
    pub(super) member: Option<&'static str>,
    /// At most one object of a name exists.
    pub(super) unique: bool,
}

/// The behavior of an operation. The functions implement what the tables cannot express.
#[derive(Debug)]
pub(super) enum Behavior {
    /// Checks what the model cannot check, and sets the service's defaults.
    Create(fn(&mut Call<'_>, &mut Draft) -> Result<(), ServiceError>),
    /// Changes the description just before it is returned.
    Describe(fn(&Call<'_>, &Object, &mut Map) -> Result<(), ServiceError>),
    /// Determines the new members of the object.
    Update(fn(&Call<'_>, &mut Revision) -> Result<(), ServiceError>),
    /// The input replaces the previous members; then the function checks and changes the result.
    Amend(fn(&Call<'_>, &mut Revision) -> Result<(), ServiceError>),
    /// Rejects objects that may not be deleted.
    Delete(fn(&Call<'_>, &Object) -> Result<(), ServiceError>),
    /// Starts or stops the object.
    Transition(Transition),
    /// Stops an object that is still being created.
    Stop,
    List(List),
    /// Anything else.
    Other(Handle),
}

/// Takes the call and returns the reply.
pub(super) type Handle = fn(&mut Call<'_>) -> Result<Value, ServiceError>;

/// Operations that belong to no kind, by name.
pub(super) type Operations = &'static [(&'static str, Handle)];

/// A change from one status to another.
#[derive(Debug)]
pub(super) struct Transition {
    /// The statuses in which it is allowed.
    pub(super) from: &'static [&'static str],
    /// The transient status.
    pub(super) through: Status,
    pub(super) to: Status,
    /// The error in other statuses.
    pub(super) refused: ErrorText,
}

/// How the objects of a kind are listed.
#[derive(Debug)]
pub(super) struct List {
    /// The member of the reply that holds the page; None: as in the model.
    pub(super) member: Option<&'static str>,
    /// The sort key if the caller gives none.
    pub(super) sort_by: &'static str,
    pub(super) descending: bool,
    /// Filters and sort keys of the input whose names do not reveal their meaning, each with the member of the
    /// description that they are about; dots lead inwards.
    pub(super) fields: &'static [(&'static str, &'static str)],
    /// Filters of the input that compare with no member: `keep` applies them, or everything passes.
    pub(super) others: &'static [&'static str],
    /// Filters that are no plain comparison.
    pub(super) keep: fn(&Call<'_>, &Map) -> bool,
}

/// The most common list.
pub(super) const NEWEST_FIRST: List =
    List { member: None, sort_by: "CreationTime", descending: true, fields: &[], others: &[], keep: keep_all };
/// The second most common list.
pub(super) const OLDEST_FIRST: List = List { descending: false, ..NEWEST_FIRST };

/// A valid call of an operation.
pub(super) struct Call<'a> {
    pub(super) operation: &'static Operation,
    pub(super) input: Value,
    pub(super) scope: Scope,
    pub(super) region: &'a mut Region,
    pub(super) catalog: &'static Catalog,
    pub(super) now: Moment,
    /// The duration of a change.
    pub(super) latency: Duration,
    /// The outcome of a change that this call begins.
    pub(super) outcome: Outcome,
}

/// An object about to be created.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// The resource id in the ARN, as it is spelt there.
    pub(super) key: String,
    pub(super) name: String,
    /// The members from the start: the input, and the additions of the service.
    pub(super) members: Map,
    /// Additional members, shown only during the creation.
    pub(super) meanwhile: Map,
    /// Members that are added or replaced after a successful creation.
    pub(super) results: Map,
}

/// An object about to be changed.
#[derive(Debug)]
pub(super) struct Revision {
    pub(super) arn: String,
    /// Another change is in progress.
    pub(super) changing: bool,
    /// The current members, and those after the change.
    pub(super) members: Map,
    /// The members during the change. Empty: the change takes effect immediately.
    pub(super) stages: Vec<Map>,
    /// Members that are added to the previous ones if the change fails.
    pub(super) failed: Map,
}

/// All kinds. Only the top of the room builds one; lower files that look up a kind receive it with the call.
#[derive(Debug)]
pub(super) struct Catalog {
    kinds: Vec<&'static Kind>,
    /// By the id of the parent.
    children: HashMap<&'static str, Vec<(&'static Kind, &'static Parent)>>,
}

impl Catalog {
    pub(super) fn new(kinds: Vec<&'static Kind>) -> Self {
        let mut children: HashMap<_, Vec<_>> = HashMap::new();
        for kind in &kinds {
            for parent in kind.parents.iter().filter(|parent| parent.blocks_deletion) {
                children.entry(parent.kind.id).or_default().push((*kind, parent));
            }
        }
        Self { kinds, children }
    }

    /// Every kind.
    pub(super) fn kinds(&self) -> impl Iterator<Item = &'static Kind> {
        self.kinds.iter().copied()
    }

    /// The kind with this id.
    pub(super) fn kind(&self, id: &str) -> Option<&'static Kind> {
        self.kinds().find(|kind| kind.id == id)
    }

    /// The kinds whose ARNs have this resource type.
    pub(super) fn of_resource_type(&self, resource_type: &str) -> impl Iterator<Item = &'static Kind> {
        self.kinds().filter(move |kind| kind.resource_type() == resource_type)
    }

    /// The kinds whose objects prevent the delete of one of this kind, with their reference to it.
    pub(super) fn children(&self, kind: &Kind) -> impl Iterator<Item = (&'static Kind, &'static Parent)> {
        self.children.get(kind.id).into_iter().flatten().copied()
    }
}

impl Kind {
    /// The resource type in its ARNs.
    pub(super) fn resource_type(&self) -> &'static str {
        self.resource_type.unwrap_or(self.id)
    }

    /// The member that shows its status; empty if it has none.
    pub(super) fn status(&self) -> &'static str {
        self.lifecycle.as_ref().map(Lifecycle::status_member).unwrap_or_default()
    }

    /// The members that identify an object together.
    pub(super) fn identity(&self) -> &[&'static str] {
        if self.identity.is_empty() { std::slice::from_ref(&self.name) } else { self.identity }
    }
}

impl Call<'_> {
    /// When a change that begins now is complete.
    pub(super) fn completes(&self) -> Moment {
        self.now.after(self.latency)
    }

    /// A member of the input as text; empty if it is none.
    pub(super) fn text(&self, member: &str) -> &str {
        self.input.get(member).as_str().unwrap_or_default()
    }
}

/// Most ARNs are in lower case.
fn lowercase(identity: &[&str]) -> String {
    identity.join("/").to_lowercase()
}

/// For lists without filters of their own.
fn keep_all(_: &Call<'_>, _: &Map) -> bool {
    true
}
