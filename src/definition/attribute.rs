//! One attribute or block of a resource: its Terraform form, its place in the API, and its behaviour.

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
    /// Markdown.
    pub description: &'static str,
    /// Where the value comes from: a member of the API, or the provider itself.
    pub origin: Origin,
    /// The member's name in the update input where it differs from the create input's; `None`: the same name.
    pub in_update: Option<&'static str>,
    /// The member's name in the read output where it differs; dots lead into structures. `None`: the same name.
    pub in_read: Option<&'static str>,
    /// The one member of a structure that the API lists at most once; only the value of that member is shown. `None`:
    /// the value is shown as the API has it.
    pub only: Option<&'static str>,
    /// The form of the value: plain, block or objects.
    pub kind: AttributeKind,
    /// Whether users must set it, may set it, or only read it.
    pub usage: Usage,
    /// Plans and outputs hide the value, as the service model demands.
    pub sensitive: bool,
    /// Messages and logs never repeat the value. Covers more than `sensitive`.
    pub concealed: bool,
    /// Why it is deprecated; `None` if it is not.
    pub deprecated: Option<&'static str>,
    /// The create input has the member here.
    pub on_create: bool,
    /// The update input has the member here.
    pub on_update: bool,
    /// Only the delete input has the member here: it is sent when the object is deleted.
    pub on_delete: bool,
    /// The read output has the member here. Values that are not read are kept from the state.
    pub observed: bool,
    /// The effect of a new value on an existing object.
    pub change: Change,
    /// The value that is planned if the user sets none; `None`: no default.
    pub default: Option<Literal>,
    /// Which values are equal.
    pub equality: Equality,
    /// For an enumeration: a value that the model does not list is an error. Otherwise it is a warning.
    pub closed: bool,
    /// For a list of objects: the attribute that identifies an element wherever it stands in the list. `None`: elements
    /// are identified by their position.
    pub key: Option<&'static str>,
    /// How the update input clears the value.
    pub clearing: Clearing,
    /// For a keyed list that only grows: the member of the update input that takes new elements. `None` for all others.
    pub additions: Option<&'static str>,
    /// The changes that an update can make, where it cannot make all; others replace the object.
    pub in_place_only: Option<InPlaceOnly>,
    /// The service requires a name here; the provider generates one if the user gives none.
    pub generated: bool,
    /// For a block: the service fills it in if the user omits it. What it fills in is not shown, and removing the block
    /// leaves the value to the service.
    pub filled_in: bool,
}

/// Where an attribute comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Origin {
    /// The member of that name in the enclosing API structure.
    Member(&'static str),
    /// The key of a map entry, where Terraform shows the map as blocks.
    MapKey,
    /// The value of such an entry, if it is a scalar.
    MapValue,
    /// Provider-defined: `id`.
    Id,
    /// Provider-defined: the region of the object.
    Region,
    /// Provider-defined: the tags that are set on the resource.
    Tags,
    /// Provider-defined: the tags of the resource merged with the provider's default tags.
    TagsAll,
    /// Provider-defined: the `timeouts` block.
    Timeouts,
    /// Provider-defined: the prefix of a generated name.
    NamePrefix,
    /// Provider-defined: whether to wait until a job has ended.
    WaitForCompletion,
    /// Provider-defined: whether plans that delete the object are refused.
    DeletionProtection,
    /// Provider-defined: the largest number of results that a query returns.
    MaxResults,
    /// Provider-defined: a boolean that only a special file reads.
    Switch,
    /// Provider-defined: how long an action waits.
    Timeout,
    /// Provider-defined: a secret that the state does not keep, sent as the value of the attribute named without `_wo`.
    WriteOnly,
    /// Provider-defined: the version of such a secret; a new version sends the secret again.
    WriteOnlyVersion,
}

/// The form of an attribute.
#[derive(Debug, Clone, Copy, Serialize)]
pub enum AttributeKind {
    /// A plain attribute: a scalar, or lists and maps of scalars, as its shape has them.
    Plain {
        /// The type of the API; a `list` or `map` has scalars inside.
        shape: &'static Shape,
        /// A list that Terraform shows as a set.
        set: bool,
    },
    /// A nested block.
    Block {
        /// The type of the API: a structure, or a list or map of structures.
        shape: &'static Shape,
        /// List or set, as Terraform shows the block.
        nesting: Nesting,
        /// The API has a single structure, which Terraform shows as a list of at most one.
        single: bool,
        /// The least number of blocks; 0 if the block is optional.
        min_items: i64,
        /// The largest number of blocks; 0 means unlimited.
        max_items: i64,
        /// The attributes inside the block, sorted by name.
        attributes: &'static [Attribute],
    },
    /// An attribute of type `list(object)` or `set(object)`, for structures that the service fills in completely.
    Objects {
        /// The type of the API: a structure, or a list or map of structures.
        shape: &'static Shape,
        /// `set(object)`; else `list(object)`.
        set: bool,
        /// The API has a single structure, which Terraform shows as a list of at most one.
        single: bool,
        /// The largest number of elements; 0 means unlimited.
        max_items: i64,
        /// The attributes of an element, sorted by name.
        attributes: &'static [Attribute],
    },
}

/// The changes of a value that an update can make.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum InPlaceOnly {
    /// To a greater number or a later version, such as `1.10` after `1.9`.
    Increase,
    /// From no value.
    FromUnset,
    /// From the first value of a pair to the second.
    Between(&'static [(&'static str, &'static str)]),
}

/// The effect of a new value on an existing object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Change {
    /// Set by the user: replaces the object.
    Replace,
    /// Set by the user: sent by the update operation.
    InPlace,
    /// Set by the user: kept in the state and sent with the next update, but does not cause an update.
    SendOnly,
    /// Set once by the service.
    Stable,
    /// Set by the service, and may differ after each update.
    Volatile,
}

/// A constant in a definition.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub enum Literal {
    /// `true` or `false`.
    Bool(bool),
    /// A 64-bit integer.
    Integer(i64),
    /// The exact text of a decimal number.
    Decimal(&'static str),
    /// Any text.
    String(&'static str),
}

/// When two values are equal, so that the configuration's spelling is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Equality {
    /// Identical values.
    Exact,
    /// JSON documents with equal content.
    Json,
    /// JSON documents with the same content, or the same text, since the service takes texts that are no JSON.
    MaybeJson,
    /// IAM policies: JSON, in which a single text and a list of that text are equal.
    Policy,
    /// Texts that differ only in case.
    IgnoreCase,
    /// A name, and an ARN that ends in it.
    NameOrArn,
    /// Floating-point numbers that are equal after rounding to 32 bits.
    Float,
    /// Versions that agree in all parts of the shorter one.
    VersionPrefix,
    /// ARNs with or without a version at the end. What only the service sets is stored without one.
    UnversionedArn,
}

/// How an update clears a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Clearing {
    /// Never: an update keeps what it omits, and no value stands for none.
    Never,
    /// By omitting the member from a structure that an update replaces, or from an update if the service does not keep it.
    Omit,
    /// For a structure that an update merges: by clearing each of its members.
    Members,
    /// By sending the default.
    Default,
    /// By sending the empty value of the type.
    Empty,
    /// By sending `{}`, which clears a structure only where the service documents it.
    EmptyStructure,
    /// By sending this text, which the service may also return for an unset value.
    Value(&'static str),
    /// By listing the member's name in this member of the update input.
    Property(&'static str),
    /// For a map: by listing the removed keys in this member of the update input.
    Keys(&'static str),
    /// By setting this boolean member of the update input.
    Flag(&'static str),
}

impl AttributeKind {
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
        matches!(self.kind, AttributeKind::Block { single: true, .. })
    }

    /// False if an update that omits the value keeps it, and no member or value clears it.
    pub fn is_clearable(&self) -> bool {
        !matches!(self.clearing, Clearing::Never | Clearing::Omit)
    }

    /// True for a value that the create call does not take, so that an update call sets it on a new object.
    pub fn is_set_by_update_only(&self) -> bool {
        self.on_update && !self.on_create && self.change != Change::SendOnly && self.member().is_some()
    }

    /// The member of the update input; `None` if the API does not have the attribute.
    pub fn update_member(&self) -> Option<&'static str> {
        self.in_update.or(self.member())
    }

    /// The member of the read output, where dots lead into structures; `None` if the API does not have the attribute.
    pub fn read_member(&self) -> Option<&'static str> {
        self.in_read.or(self.member())
    }

    /// The API member; `None` if the API does not have the attribute.
    pub fn member(&self) -> Option<&'static str> {
        match self.origin {
            Origin::Member(name) => Some(name),
            _ => None,
        }
    }
}
