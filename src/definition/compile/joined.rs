//! A resource as it comes out of the join: the static types of the room `definition`, with owned parts.
//!
//! The names are those of the static types, since the emitter writes plain values in their `Debug` form.

pub(super) use super::file::{Change, Clearing, Equality, ResourceFile, Rule};

#[derive(Debug)]
pub(super) struct Resource {
    /// What is taken over as it is written.
    pub(super) file: ResourceFile,
    /// Sorted by name.
    pub(super) attributes: Vec<Attribute>,
    /// Those of the file and those that follow from something else in it.
    pub(super) rules: Vec<Rule>,
}

#[derive(Debug)]
pub(super) struct Query {
    /// `sagemaker_models`.
    pub(super) type_name: String,
    /// The operation that it calls.
    pub(super) operation: String,
    pub(super) noun: String,
    pub(super) description: String,
    /// Sorted by name.
    pub(super) attributes: Vec<Attribute>,
}

#[derive(Debug)]
pub(super) struct Attribute {
    pub(super) name: String,
    pub(super) description: String,
    pub(super) origin: Origin,
    pub(super) in_update: String,
    pub(super) in_read: String,
    pub(super) only: String,
    pub(super) kind: Kind,
    pub(super) usage: Usage,
    pub(super) sensitive: bool,
    pub(super) concealed: bool,
    pub(super) deprecated: String,
    pub(super) on_create: bool,
    pub(super) on_update: bool,
    pub(super) on_delete: bool,
    pub(super) observed: bool,
    pub(super) change: Change,
    pub(super) default: Option<Literal>,
    /// None stands for `Exact`.
    pub(super) equality: Option<Equality>,
    pub(super) closed: bool,
    pub(super) key: String,
    /// None stands for `Omit`.
    pub(super) clearing: Option<Clearing>,
    pub(super) additions: String,
    pub(super) made_up: bool,
    pub(super) filled_in: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Origin {
    Member(String),
    MapKey,
    MapValue,
    Id,
    Region,
    Tags,
    TagsAll,
    Timeouts,
    NamePrefix,
    WaitForCompletion,
    MaxResults,
    DeletionProtection,
    Switch,
    WriteOnly,
    WriteOnlyVersion,
}

#[derive(Debug)]
pub(super) enum Kind {
    Plain { shape: Shape, set: bool },
    Block { shape: Shape, nesting: Nesting, single: bool, min_items: i64, max_items: i64, attributes: Vec<Attribute> },
    Objects { shape: Shape, set: bool, single: bool, max_items: i64, attributes: Vec<Attribute> },
}

/// The name of a shape of the model, or of one of those that the room `definition` has besides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shape {
    Model(String),
    BuiltIn(&'static str),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nesting {
    Single,
    List,
    Set,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Usage {
    Required,
    Optional,
    OptionalComputed,
    Computed,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Literal {
    Bool(bool),
    Integer(i64),
    Decimal(String),
    String(String),
}

impl Attribute {
    /// The attributes inside a block or list of objects.
    pub(super) fn attributes(&self) -> &[Attribute] {
        self.kind.attributes()
    }

    /// True if the service may show a value where the user gives none.
    pub(super) fn is_filled_in(&self) -> bool {
        self.observed && (self.filled_in || self.usage == Usage::OptionalComputed)
    }

    /// True if the member of that name of the update input takes the attribute.
    pub(super) fn is_sent_as(&self, name: &str) -> bool {
        let called = if self.in_update.is_empty() { self.origin.member() } else { Some(self.in_update.as_str()) };
        self.on_update && called == Some(name)
    }
}

impl Kind {
    pub(super) fn attributes(&self) -> &[Attribute] {
        match self {
            Self::Plain { .. } => &[],
            Self::Block { attributes, .. } | Self::Objects { attributes, .. } => attributes,
        }
    }

    /// Whether a block has to stand follows from how often it has to; none for what is no block.
    pub(super) fn usage_of_block(&self) -> Option<Usage> {
        match self {
            Self::Block { min_items: 1.., .. } => Some(Usage::Required),
            Self::Block { .. } => Some(Usage::Optional),
            _ => None,
        }
    }
}

impl Usage {
    pub(super) fn is_settable(self) -> bool {
        self != Self::Computed
    }
}

impl Origin {
    /// The API's name.
    pub(super) fn member(&self) -> Option<&str> {
        match self {
            Self::Member(member) => Some(member),
            _ => None,
        }
    }

    /// What a message calls the attribute.
    pub(super) fn called(&self) -> String {
        match self {
            Self::Member(member) => format!("`{member}`"),
            Self::MapKey => "the key of an entry".to_owned(),
            Self::MapValue => "the value of an entry".to_owned(),
            _ => "an argument of the provider's own".to_owned(),
        }
    }
}
