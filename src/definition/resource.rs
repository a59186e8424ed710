//! A resource as a whole: its operations, identity, waits, retries and tags.

use serde::Serialize;

use crate::definition::{
    attribute::Attribute,
    shape::{Member, Operation, Shape, ShapeKind},
};

/// Everything that the engine needs to manage one resource type.
#[derive(Debug, Serialize)]
pub struct Resource {
    /// The Terraform type: `sagemaker_endpoint_configuration`.
    pub type_name: &'static str,
    /// What messages call it: `endpoint configuration`.
    pub noun: &'static str,
    /// Markdown, in our own words.
    pub description: &'static str,
    /// Raised when states of older versions need an upgrade.
    pub schema_version: i64,
    /// The CloudWatch log group of an object, with `{id}` in place of its id; none if it writes no logs.
    pub log_group: Option<&'static str>,
    pub operations: Operations,
    pub identity: Identity,
    /// Sorted by name.
    pub attributes: &'static [Attribute],
    pub rules: &'static [Rule],
    pub tags: Option<Tags>,
    pub create_wait: Option<Wait>,
    pub update_wait: Option<Wait>,
    /// For jobs: the wait after the stop call.
    pub stop_wait: Option<Wait>,
    pub delete_wait: Option<Wait>,
    /// For jobs: the wait that `wait_for_completion` asks for. Its states tell which jobs have ended.
    pub completion: Option<Wait>,
    pub retries: &'static [Retry],
    pub update_sends: UpdateSends,
    /// The attribute without which the service updates nothing, so that every change replaces the object.
    pub update_needs: Option<&'static str>,
    /// What it costs to replace an object; none where every argument can be cleared by an update.
    pub replacement: Option<Replacement>,
    /// When the service refuses to delete the object: `while an endpoint runs on it`; none if nothing is known of that.
    pub in_use: Option<&'static str>,
}

/// What the service calls the moment at which an object was created.
const CREATION_TIMES: [&str; 4] = ["CreationTime", "CreatedAt", "CreateDate", "RegistrationTime"];

impl Resource {
    /// The member of the description that tells when the object was created; none if it tells no such thing.
    pub fn creation_time(&self) -> Option<&'static Member> {
        let members = self.object_shape().members().iter();
        members.into_iter().find(|member| CREATION_TIMES.contains(&member.name))
    }

    /// True if the create call makes an object of its own, which belongs to whoever made it. Other calls set a property of
    /// something that is there already (a policy, a tag, an association, the features of a group), and set it again when
    /// they are repeated.
    pub fn creates_an_object(&self) -> bool {
        ["Create", "Import", "Register"].iter().any(|verb| self.operations.create.name.starts_with(verb))
    }

    /// The attribute behind a member of the API.
    pub fn attribute_of(&self, member: &str) -> Option<&'static Attribute> {
        self.attributes.iter().find(|attribute| attribute.member() == Some(member))
    }

    /// The attribute that holds the ARN of an object; none if it has no ARN.
    pub fn arn(&self) -> Option<&'static Attribute> {
        self.attribute_of(self.identity.arn?)
    }

    /// What is lost when an object is replaced; none if that is nothing but what its configuration says.
    pub fn loses(&self) -> Option<&'static str> {
        match self.replacement {
            Some(Replacement::Loses(what)) => Some(what),
            Some(Replacement::Harmless(_)) | None => None,
        }
    }

    /// The structure that describes an object: the read output, or what a member of it holds.
    pub fn object_shape(&self) -> &'static Shape {
        let Operations { read, object, .. } = &self.operations;
        let object = object.and_then(|object| read.output.member(object)).map_or(read.output, |member| member.shape);
        match object.kind {
            ShapeKind::List { element, .. } => element,
            _ => object,
        }
    }
}

/// What it costs to replace an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Replacement {
    /// What is lost with the object, beyond what its configuration says.
    Loses(&'static str),
    /// Why nothing is.
    Harmless(&'static str),
}

/// What goes into an update call besides what it requires.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum UpdateSends {
    /// The members that changed.
    Changed,
    /// Every member that is set.
    All,
    /// One changed member; for several, the call is made several times.
    One,
}

/// The operations of a resource; in a definition file, their names.
#[derive(Debug, Serialize)]
pub struct Operations<O = &'static Operation> {
    pub create: O,
    pub read: O,
    /// The member of the read output that holds the object; none if the output itself does.
    pub object: Option<&'static str>,
    /// None if no attribute but tags can be changed in place.
    pub update: Option<O>,
    /// None if the service keeps the object for ever.
    pub delete: Option<O>,
    /// Ends a running job.
    pub stop: Option<O>,
    pub list: Option<O>,
}

/// How an object is named and found.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Identity {
    /// The API members whose values, joined by the separator, are the `id`.
    pub members: &'static [&'static str],
    /// The API member that is the `id` in their place.
    pub id: Option<&'static str>,
    pub separator: &'static str,
    /// The read-output member that holds the ARN; none if the object has no ARN.
    pub arn: Option<&'static str>,
    /// For each operation that addresses the object: input member and the API member whose value it takes, where the
    /// two differ. Input members named like an identity member need no entry.
    pub inputs: &'static [(&'static str, &'static str)],
    /// Input members of the operations that address the object which always have the same value.
    pub constants: &'static [(&'static str, &'static str)],
    /// Errors of the read and delete operations that mean that there is no such object, though they do not say so.
    pub absent: &'static [ErrorMatch],
    /// States of the object that mean: there is no such object any more. The field is that of the create wait,
    /// or else of the delete wait.
    pub absent_states: &'static [&'static str],
    /// Set if the provider generates a name that the user leaves out.
    pub naming: Option<Naming>,
}

/// An error of the service, recognised exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ErrorMatch {
    pub code: &'static str,
    /// A part of the message; none if the code alone tells.
    pub message: Option<&'static str>,
}

/// Generated names.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Naming {
    /// The API member that is the name.
    pub member: &'static str,
    /// What the name begins with where the user gives no prefix.
    pub prefix: &'static str,
    /// Users may give the beginning of the name, as `name_prefix`.
    pub name_prefix: bool,
    /// The longest name that the service takes, in characters.
    pub max: usize,
}

/// A rule between attributes, checked before anything is planned. Paths are Terraform names with dots; a rule on paths
/// inside a block is checked in each of its elements.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Rule {
    pub check: Check,
    /// The block that the names stand in; none for the resource itself.
    pub within: Option<&'static str>,
    pub names: &'static [&'static str],
    /// Checked only when an object is created: what an import shows may break it.
    pub on_create: bool,
}

/// What a rule asks of its attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Check {
    ExactlyOne,
    AtLeastOne,
    AtMostOne,
    /// If the first is set, so must be all others.
    Requires,
    /// All must be set.
    Required,
    /// Numbers that have to be 1 or more.
    Positive,
    /// Where the first is unset, the resource itself must have all others.
    RequiresOutside,
}

/// Tags of a resource.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Tags {
    /// A change forces replacement, since the service cannot change them.
    pub replace: bool,
    /// The attribute that, where it is set, leaves no room for tags.
    pub unless: Option<&'static str>,
}

/// Waiting until the service has done what was asked.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Wait {
    /// The read-output member that tells the state; a dot leads into a structure. None: wait until the object is gone.
    pub field: Option<&'static str>,
    pub pending: &'static [&'static str],
    /// Empty: wait until the object is gone.
    pub done: &'static [&'static str],
    pub failed: &'static [&'static str],
    /// The read-output members that say why, in the order of their worth.
    pub reasons: &'static [&'static str],
    /// Members of the read output that have to be as planned when the wait is over; else the service rolled back.
    pub wanted: &'static [&'static str],
    /// For updates: states that the object has to be in again if it was in one before.
    pub restores: &'static [&'static str],
    /// Seconds, unless the user sets a timeout.
    pub timeout: u64,
}

/// Errors that pass if one waits.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Retry {
    pub operation: &'static str,
    pub error: ErrorMatch,
    /// Seconds.
    pub timeout: u64,
}
