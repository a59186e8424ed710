//! One attribute or block of a resource: its Terraform side, its place in the API, and how it behaves.

use serde::Serialize;

use crate::{
    definition::shape::Shape,
    schema::usage::{Nesting, Usage},
};

/// One attribute or block.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Attribute {
    /// The Terraform name.
    pub name: &'static str,
    /// Markdown, in our own words.
    pub description: &'static str,
    pub origin: Origin,
    /// What the update input calls the member, where it has another name there.
    pub in_update: Option<&'static str>,
    /// What the read output calls the member, where it has another name there; dots lead into structures.
    pub in_read: Option<&'static str>,
    /// The API has a list of at most one structure with this one member, of which only the value is shown.
    pub only: Option<&'static str>,
    pub kind: Kind,
    pub usage: Usage,
    /// Plans and outputs hide it, as the service's model says.
    pub sensitive: bool,
    /// Messages and logs never repeat it. Holds for more than what is sensitive.
    pub concealed: bool,
    /// Why it should not be used any more; none if it may be.
    pub deprecated: Option<&'static str>,
    /// A member of the create input at this place.
    pub on_create: bool,
    /// A member of the update input at this place.
    pub on_update: bool,
    /// A member of the delete input alone, at this place: sent when the object is deleted.
    pub on_delete: bool,
    /// A member of the read output at this place. What is not is kept from the state.
    pub observed: bool,
    pub change: Change,
    /// Planned where the user sets nothing.
    pub default: Option<Literal>,
    /// What counts as the same value.
    pub equality: Equality,
    /// For an enumeration: values that the model does not list are refused. Otherwise they are a warning.
    pub closed: bool,
    /// For a list of objects: the attribute that names an element, wherever it stands in the list. None: its place does.
    pub key: Option<&'static str>,
    /// How the update input says that the value is gone.
    pub clearing: Clearing,
    /// For a keyed list that only grows: the update input's member that takes new elements.
    pub additions: Option<&'static str>,
    /// The service requires a name here; the provider makes one up where the user gives none.
    pub generated: bool,
    /// For a block: the service fills it in where the user writes none. What it fills in is not shown, and to write the
    /// block no more leaves it to the service.
    pub filled_in: bool,
}

/// Where an attribute comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Origin {
    /// The member of that name of the enclosing API structure.
    Member(&'static str),
    /// The key of a map entry, in a map that Terraform shows as blocks.
    MapKey,
    /// The value of such an entry, where it is a scalar.
    MapValue,
    /// The provider's own: `id`.
    Id,
    /// The provider's own: the region that the resource lives in.
    Region,
    /// The provider's own: the tags that the user wrote on the resource.
    Tags,
    /// The provider's own: those and the provider's default tags.
    TagsAll,
    /// The provider's own: how long to wait.
    Timeouts,
    /// The provider's own: the beginning of a generated name.
    NamePrefix,
    /// The provider's own: whether to wait until a job has ended.
    WaitForCompletion,
    /// The provider's own: whether plans that would delete the object are refused.
    DeletionProtection,
    /// The provider's own: how many results a query asks for at most.
    MaxResults,
    /// The provider's own: a switch that only a special file reads.
    Switch,
    /// The provider's own: a secret that the state does not keep, in the place of the attribute named without `_wo`.
    WriteOnly,
    /// The provider's own: changes when such a secret does.
    WriteOnlyVersion,
}

/// The form of an attribute.
#[derive(Debug, Clone, Copy, Serialize)]
pub enum Kind {
    /// A plain attribute: a scalar, or lists and maps of scalars, as the shape says.
    Plain {
        shape: &'static Shape,
        /// A list that Terraform shows as a set.
        set: bool,
    },
    /// A nested block.
    Block {
        shape: &'static Shape,
        nesting: Nesting,
        /// The API has one structure, Terraform a list of at most one.
        single: bool,
        min_items: i64,
        /// 0 means any number.
        max_items: i64,
        attributes: &'static [Attribute],
    },
    /// An attribute of type `list(object)` or `set(object)`, for what the service fills in as a whole.
    Objects { shape: &'static Shape, set: bool, single: bool, max_items: i64, attributes: &'static [Attribute] },
}

/// What a new value means for an existing object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Change {
    /// Set by the user: forces replacement.
    Replace,
    /// Set by the user: the update operation takes it.
    InPlace,
    /// Set by the user: kept in the state and sent with the next update, but by itself no reason for one.
    SendOnly,
    /// Set by the service, once.
    Stable,
    /// Set by the service, and likely to be different after each update.
    Volatile,
}

/// A constant in a definition.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub enum Literal {
    Bool(bool),
    Integer(i64),
    /// The exact text of a decimal number.
    Decimal(&'static str),
    String(&'static str),
}

/// What counts as the same value, so that the spelling the user chose is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Equality {
    Exact,
    /// JSON documents with the same content.
    Json,
    /// IAM policies: JSON, where a single text and a list of that one text are the same.
    Policy,
    /// Upper and lower case are the same.
    IgnoreCase,
    /// A name and an ARN that ends in that name are the same.
    NameOrArn,
    /// Floating-point numbers that the service rounds to 32 bits.
    Float,
    /// Versions that agree in as many parts as the shorter of them has.
    VersionPrefix,
    /// ARNs, whether or not they end in a version. What only the service sets is taken without one.
    UnversionedArn,
}

/// How an update tells the service that a value is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Clearing {
    /// It cannot: what an update leaves out stays, and no value stands for none.
    Never,
    /// By leaving the member out of a structure that an update replaces.
    Omit,
    /// For a structure that an update merges: by clearing each of its members.
    Members,
    /// By sending the default.
    Default,
    /// By sending the empty value of its type.
    Empty,
    /// By sending `{}`, which clears a structure only where the service documents it.
    EmptyStructure,
    /// By sending this text, which the service may also answer in the place of nothing.
    Value(&'static str),
    /// By naming the member in this list member of the update input.
    Property(&'static str),
    /// For a map: by naming the keys that go in this list member of the update input.
    Keys(&'static str),
    /// By setting this boolean member of the update input.
    Flag(&'static str),
}

impl Kind {
    /// The attributes inside a block or list of objects; empty for plain attributes.
    pub fn attributes(&self) -> &'static [Attribute] {
        match self {
            Self::Plain { .. } => &[],
            Self::Block { attributes, .. } | Self::Objects { attributes, .. } => attributes,
        }
    }
}

impl Attribute {
    /// The attributes inside a block or list of objects; empty for plain attributes.
    pub fn attributes(&self) -> &'static [Attribute] {
        self.kind.attributes()
    }

    /// True for a block of one structure of the API.
    pub fn is_single_block(&self) -> bool {
        matches!(self.kind, Kind::Block { single: true, .. })
    }

    /// False if the value stays as it is where nothing is said of it, and nothing can be said to clear it.
    pub fn is_clearable(&self) -> bool {
        !matches!(self.clearing, Clearing::Never | Clearing::Omit)
    }

    /// The name in the update input; none for what the API does not know.
    pub fn update_member(&self) -> Option<&'static str> {
        self.in_update.or(self.member())
    }

    /// The name in the read output, where dots lead into structures; none for what the API does not know.
    pub fn read_member(&self) -> Option<&'static str> {
        self.in_read.or(self.member())
    }

    /// The API's name; none for what the API does not know.
    pub fn member(&self) -> Option<&'static str> {
        match self.origin {
            Origin::Member(name) => Some(name),
            _ => None,
        }
    }
}
