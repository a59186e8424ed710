//! The definition of a resource: its operations, identity, waits, retries and tags.

use serde::Serialize;

use crate::definition::{
    attribute::Attribute,
    rule::{Rule, When},
    shape::{Member, Operation, Shape, ShapeKind},
};

/// The complete definition of one resource type.
#[derive(Debug, Serialize)]
pub struct Resource {
    /// The Terraform type: `sagemaker_endpoint_configuration`.
    pub type_name: &'static str,
    /// What messages call it: `endpoint configuration`.
    pub noun: &'static str,
    /// Markdown.
    pub description: &'static str,
    /// The schema version of states; raised when older states need an upgrade.
    pub schema_version: i64,
    /// Resource types of other providers, beside `aws_` and `awscc_` with this type name, whose states can move here.
    pub moved_from: &'static [&'static str],
    /// The CloudWatch log group of an object, with `{id}` in place of its id and `{arn_id}` in place of the last part of its
    /// ARN; `None` if it writes no logs.
    pub log_group: Option<&'static str>,
    /// The operations of the API that manage an object.
    pub operations: Operations,
    /// The operations that only the special file calls.
    pub further_calls: &'static [FurtherCalls],
    /// How an object is named, addressed and found.
    pub identity: Identity,
    /// How the list operation shows the objects.
    pub listing: Listing,
    /// Sorted by name.
    pub attributes: &'static [Attribute],
    /// The rules between arguments, in the order of the file.
    pub rules: &'static [Rule],
    /// How tags behave; `None` if the service keeps no tags of these objects.
    pub tags: Option<Tags>,
    /// The wait after the create call; `None`: no wait.
    pub create_wait: Option<Wait>,
    /// The wait after the update call; `None`: no wait.
    pub update_wait: Option<Wait>,
    /// For jobs: the wait after the stop call; `None` for all others.
    pub stop_wait: Option<Wait>,
    /// The wait after the delete call; `None`: no wait.
    pub delete_wait: Option<Wait>,
    /// For jobs: the wait of `wait_for_completion`, whose states show which jobs have ended; `None` for all others.
    pub completion: Option<Wait>,
    /// Errors that pass, beyond those that every resource retries.
    pub retries: &'static [Retry],
    /// Which members an update call sends.
    pub update_sends: UpdateSends,
    /// What the service updates only in certain states of the object.
    pub update_needs: &'static [UpdateNeeds],
    /// The loss when an object is replaced; `None` if an update can clear every argument.
    pub replacement: Option<Replacement>,
    /// When the service refuses to delete the object: `while an endpoint runs on it`; `None` if no such case is known.
    pub in_use: Option<&'static str>,
}

/// The members in which the service returns the creation time.
const CREATION_TIMES: [&str; 4] = ["CreationTime", "CreatedAt", "CreateDate", "RegistrationTime"];

impl Resource {
    /// The member of the description that holds the creation time; `None` if there is none.
    pub fn creation_time(&self) -> Option<&'static Member> {
        let members = self.object_shape().members().iter();
        members.into_iter().find(|member| CREATION_TIMES.contains(&member.name))
    }

    /// True if the create call creates an object of its own. Other calls set a property of an existing object (a
    /// policy, a tag, an association, the features of a group), and set it again when repeated.
    pub fn creates_an_object(&self) -> bool {
        ["Create", "Import", "Register"].iter().any(|verb| self.operations.create.name.starts_with(verb))
    }

    /// False if the service generates the identity.
    pub fn is_named_by_users(&self) -> bool {
        let mut members = self.identity.members.iter().filter_map(|member| self.attribute_of(member));
        members.all(|attribute| attribute.usage.is_settable())
    }

    /// True if the read call returns the tags too.
    pub fn read_returns_tags(&self) -> bool {
        self.operations.object.is_none() && self.operations.read.output.member("Tags").is_some()
    }

    /// The attribute of an API member; `None` if no attribute shows it.
    pub fn attribute_of(&self, member: &str) -> Option<&'static Attribute> {
        self.attributes.iter().find(|attribute| attribute.member() == Some(member))
    }

    /// The attribute that holds the ARN; `None` if the object has no ARN.
    pub fn arn(&self) -> Option<&'static Attribute> {
        self.attribute_of(self.identity.arn?)
    }

    /// The loss when an object is replaced, as part of a sentence; `None` if its configuration restores all of it.
    pub fn loses(&self) -> Option<&'static str> {
        match self.replacement {
            Some(Replacement::Loses(what)) => Some(what),
            Some(Replacement::Harmless(_)) | None => None,
        }
    }

    /// The structure of a listed element; `None` if the API cannot list the objects.
    pub fn listed_shape(&self) -> Option<&'static Shape> {
        self.operations.list?.element()
    }

    /// The structure that describes an object: the read output, or a member of it.
    pub fn object_shape(&self) -> &'static Shape {
        let Operations { read, object, .. } = &self.operations;
        let object = object.and_then(|object| read.output.member(object)).map_or(read.output, |member| member.shape);
        match object.kind {
            ShapeKind::List { element, .. } => element,
            _ => object,
        }
    }
}

/// The loss when an object is replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Replacement {
    /// What is lost with the object beyond its configuration.
    Loses(&'static str),
    /// Why nothing is lost.
    Harmless(&'static str),
}

/// Which members an update call sends besides the required ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum UpdateSends {
    /// The members that changed.
    Changed,
    /// Every member that is set.
    All,
    /// One changed member per call; several changes take several calls.
    One,
}

/// A condition on the prior state, without which a change replaces the object.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct UpdateNeeds {
    /// The condition.
    pub when: When,
    /// The attributes that need it, with dots into blocks of at most one element; empty: all that an update changes.
    pub of: &'static [&'static str],
}

/// The operations of a resource; in a definition file, their names.
#[derive(Debug, Serialize)]
pub struct Operations<O = &'static Operation> {
    /// Creates an object, or sets a property of an existing one.
    pub create: O,
    /// Describes an object.
    pub read: O,
    /// The member of the read output that holds the object; `None` if the output itself does.
    pub object: Option<&'static str>,
    /// Updates an object in place; `None` if only tags can change in place.
    pub update: Option<O>,
    /// Deletes an object; `None` if the service keeps objects forever.
    pub delete: Option<O>,
    /// Stops a running job; `None` if objects do not run.
    pub stop: Option<O>,
    /// Lists objects; `None` if the API cannot list them.
    pub list: Option<O>,
}

/// What is done with an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Phase {
    /// It is created, and read afterwards.
    Create,
    /// A refresh reads it.
    Read,
    /// It is changed in place, and read afterwards.
    Update,
    /// It is deleted, or stopped if the service keeps it.
    Delete,
    /// Its tags are changed.
    Tags,
    /// It is found by an id or an ARN, and read.
    Import,
    /// A list resource lists the objects.
    List,
}

/// Operations that a special file calls in a phase.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct FurtherCalls<O: 'static = &'static Operation> {
    /// The phase; one that creates, reads, updates, deletes or imports.
    pub phase: Phase,
    /// What is called.
    pub operations: &'static [O],
    /// The argument that must be true for the calls; `None` if nothing decides.
    pub only_if: Option<&'static str>,
}

/// How an object is named and found.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Identity {
    /// The API members whose values, joined by the separator, form the `id`.
    pub members: &'static [&'static str],
    /// The API member that is the `id` instead; `None`: `members` form it.
    pub id: Option<&'static str>,
    /// The text between the parts of an `id`.
    pub separator: &'static str,
    /// The member of the read output that holds the ARN; `None` if the object has no ARN.
    pub arn: Option<&'static str>,
    /// For each operation that addresses the object: pairs of input member and the API member whose value it takes,
    /// where the two names differ. Input members with the name of an identity member need no entry.
    pub inputs: &'static [(&'static str, &'static str)],
    /// Pairs of input member and constant value, for the operations that address the object.
    pub constants: &'static [(&'static str, &'static str)],
    /// Errors of the read and delete operations that mean that the object does not exist, though they do not say so.
    pub absent: &'static [ErrorMatch],
    /// States in which the object no longer exists. The state is read from the field of the create wait, or else of the
    /// delete wait.
    pub absent_states: &'static [&'static str],
    /// How names are generated; `None` if users have to give the name.
    pub naming: Option<Naming>,
}

/// How the list operation shows the objects of a resource type, where that differs from the other operations.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Listing {
    /// Pairs of identity member and the member of a listed element that holds its value, where the two names differ.
    pub members: &'static [(&'static str, &'static str)],
    /// Pairs of input member and the text that is sent unless the user sets the member.
    pub defaults: &'static [(&'static str, &'static str)],
    /// Pairs of member and prefix: elements with such a text are none of the objects.
    pub excluded: &'static [(&'static str, &'static str)],
    /// The operation lists objects of other resource types too; only the read operation distinguishes them.
    pub mixed: bool,
}

/// An error of the service, matched exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ErrorMatch {
    /// The error code: `ValidationException`.
    pub code: &'static str,
    /// A part of the message; `None` if the code is sufficient.
    pub message: Option<&'static str>,
}

/// Generated names.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Naming {
    /// The API member that is the name.
    pub member: &'static str,
    /// The prefix if the user gives none.
    pub prefix: &'static str,
    /// Users may give a prefix, as `name_prefix`.
    pub name_prefix: bool,
    /// The greatest length that the service accepts, in characters.
    pub max: usize,
}

impl Naming {
    /// The number of characters that the provider appends to a prefix to make a name unique.
    pub const SUFFIX: usize = 26;
}

/// How tags of a resource behave.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Tags {
    /// A change forces replacement, since the service cannot change them.
    pub replace: bool,
    /// The attribute that excludes tags when it is set; `None` if there is no such attribute.
    pub unless: Option<&'static str>,
}

/// Waits until a call has taken effect.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Wait {
    /// The member of the read output that holds the state; dots lead into structures. `None`: wait until the object no
    /// longer exists.
    pub field: Option<&'static str>,
    /// States in which the wait continues.
    pub pending: &'static [&'static str],
    /// States that end the wait; empty: wait until the object no longer exists.
    pub done: &'static [&'static str],
    /// States in which the operation has failed.
    pub failed: &'static [&'static str],
    /// Members of the read output that hold the reason, the most useful first.
    pub reasons: &'static [&'static str],
    /// Members of the read output that must be as planned at the end of the wait; else the service has rolled back.
    pub confirmed: &'static [&'static str],
    /// For updates: states that are restored after the update if the object was in one of them before.
    pub restores: &'static [&'static str],
    /// The default timeout in seconds.
    pub timeout: u64,
}

/// An error that passes: the call is repeated.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Retry {
    /// The operation: `CreateEndpoint`.
    pub operation: &'static str,
    /// The error that is retried.
    pub error: ErrorMatch,
    /// How long to retry, in seconds.
    pub timeout: u64,
}
