//! What operations, shapes and members of the API are: the types of the service model.
//!
//! The build reads the model into them and writes them out as statics, so nothing else of the crate is named here.

use serde::{Serialize, Serializer};

/// One operation of the API.
#[derive(Debug)]
pub struct Operation {
    /// As the API spells it: `CreateEndpointConfig`.
    pub name: &'static str,
    /// A structure without members where the operation takes nothing.
    pub input: &'static Shape,
    /// A structure without members where the operation answers nothing.
    pub output: &'static Shape,
    /// The error codes that the model names; the service answers others too.
    pub errors: &'static [&'static str],
    /// The output member that lists results, page by page; none if the operation has no pages.
    pub pages: Option<&'static str>,
}

/// The type of a value of the API.
#[derive(Debug)]
pub struct Shape {
    /// As the model spells it: `ProductionVariant`. Unique.
    pub name: &'static str,
    pub kind: ShapeKind,
    /// The model asks to keep values of this shape out of logs.
    pub sensitive: bool,
}

/// What a shape is, with its bounds. `None` means unbounded on that side.
#[derive(Debug, Serialize)]
pub enum ShapeKind {
    String {
        /// Characters.
        min: Option<i64>,
        /// Characters.
        max: Option<i64>,
        /// The whole text has to match.
        pattern: Option<&'static Pattern>,
        /// Empty if any text will do.
        values: &'static [&'static str],
    },
    Integer {
        /// Of 64 bits; else of 32.
        long: bool,
        min: Option<i64>,
        max: Option<i64>,
    },
    Float {
        /// Of 32 bits; else of 64.
        single: bool,
        min: Option<f64>,
        max: Option<f64>,
    },
    Boolean,
    /// On the wire: seconds since 1970 as a number. In Terraform: RFC 3339 text.
    Timestamp,
    List {
        element: &'static Shape,
        min: Option<i64>,
        max: Option<i64>,
    },
    Map {
        key: &'static Shape,
        value: &'static Shape,
        min: Option<i64>,
        max: Option<i64>,
    },
    Structure {
        members: &'static [Member],
        /// Exactly one member is to be set.
        union: bool,
    },
}

/// A member of a structure.
#[derive(Debug, Serialize)]
pub struct Member {
    /// As the API spells it, and so on the wire.
    pub name: &'static str,
    pub shape: &'static Shape,
    pub required: bool,
    /// The caller makes it up, once per logical call, so that a repeated call has no second effect.
    pub idempotency_token: bool,
}

/// A pattern of the model.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Pattern {
    /// As the model spells it; shown to users.
    pub source: &'static str,
    /// The same in the dialect of the `regex-lite` crate and anchored at both ends. It takes all that the source takes
    /// and may take more, where that dialect lacks something; none where the source cannot be expressed or believed.
    pub regex: Option<&'static str>,
}

/// Written into a table, an operation is the path of its static.
impl Serialize for Operation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_unit_variant("&crate::definition::service::operations", 0, self.name)
    }
}

/// Written into a table, a shape is the path of its static.
impl Serialize for Shape {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let module = if BUILT_IN.contains(&self.name) {
            "&crate::definition::service"
        } else {
            "&crate::definition::service::shapes"
        };
        serializer.serialize_unit_variant(module, 0, self.name)
    }
}

impl Shape {
    /// The members of a structure; empty for anything else.
    pub fn members(&self) -> &'static [Member] {
        match &self.kind {
            ShapeKind::Structure { members, .. } => members,
            _ => &[],
        }
    }

    /// False for a number that users cannot set to zero.
    pub fn allows_zero(&self) -> bool {
        match self.kind {
            ShapeKind::Integer { min, .. } => min.is_none_or(|min| min <= 0),
            ShapeKind::Float { min, .. } => min.is_none_or(|min| min <= 0.0),
            _ => true,
        }
    }

    /// The member of that name of a structure.
    pub fn member(&self, name: &str) -> Option<&'static Member> {
        self.members().iter().find(|member| member.name == name)
    }

    /// The values of an enumeration; empty for anything else.
    pub fn values(&self) -> &'static [&'static str] {
        match &self.kind {
            ShapeKind::String { values, .. } => values,
            _ => &[],
        }
    }
}

/// The names of the shapes that are none of the API.
const BUILT_IN: &[&str] = &["BOOLEAN", "COUNT", "DOCUMENT", "DOCUMENTS", "NOTHING", "STRING", "TAG_MAP"];

/// What an operation takes or answers that takes or answers nothing; also what holds no member of the API.
pub static NOTHING: Shape =
    Shape { name: "NOTHING", kind: ShapeKind::Structure { members: &[], union: false }, sensitive: false };

/// Any text, for what the API does not know.
pub static STRING: Shape = Shape {
    name: "STRING",
    kind: ShapeKind::String { min: None, max: None, pattern: None, values: &[] },
    sensitive: false,
};

/// A structure of the API, shown as its JSON text.
pub static DOCUMENT: Shape = Shape {
    name: "DOCUMENT",
    kind: ShapeKind::String { min: None, max: None, pattern: None, values: &[] },
    sensitive: false,
};

/// A list of such texts.
pub static DOCUMENTS: Shape =
    Shape { name: "DOCUMENTS", kind: ShapeKind::List { element: &DOCUMENT, min: None, max: None }, sensitive: false };

/// A positive number, for what the API does not know.
pub static COUNT: Shape =
    Shape { name: "COUNT", kind: ShapeKind::Integer { long: true, min: Some(1), max: None }, sensitive: false };

/// Yes or no, for what the API does not know.
pub static BOOLEAN: Shape = Shape { name: "BOOLEAN", kind: ShapeKind::Boolean, sensitive: false };
