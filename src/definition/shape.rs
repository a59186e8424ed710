//! The types of the service model: operations, shapes and members of the API.
//!
//! The build reads the model into these types and writes them as statics.

use serde::{Serialize, Serializer};

use crate::definition::bounds::Bounds;

/// One operation of the API.
#[derive(Debug)]
pub struct Operation {
    /// As the API spells it: `CreateEndpointConfig`.
    pub name: &'static str,
    /// The input structure, without members if the operation takes none.
    pub input: &'static Shape,
    /// The output structure, without members if the operation returns none.
    pub output: &'static Shape,
    /// The error codes that the model lists; the service returns others too.
    pub errors: &'static [&'static str],
    /// The output member that holds the paged results; `None` if the operation is not paged.
    pub pages: Option<&'static str>,
}

/// The type of a value of the API.
#[derive(Debug)]
pub struct Shape {
    /// As the model spells it: `ProductionVariant`. Unique.
    pub name: &'static str,
    /// The kind of value, with its bounds.
    pub kind: ShapeKind,
    /// Values of this shape must not be logged, as the model demands.
    pub sensitive: bool,
}

/// The kind of a shape, with its bounds.
#[derive(Debug, Serialize)]
pub enum ShapeKind {
    /// A text.
    String {
        /// The bounds of the length in characters.
        bounds: Bounds,
        /// The pattern that the complete text must match; `None` if there is none.
        pattern: Option<&'static Pattern>,
        /// The values of an enumeration; empty if any text is allowed.
        values: &'static [&'static str],
    },
    /// An integer.
    Integer {
        /// 64 bits; else 32.
        long: bool,
        /// The bounds of the value.
        bounds: Bounds,
    },
    /// A floating-point number.
    Float {
        /// 32 bits; else 64.
        single: bool,
        /// The bounds of the value.
        bounds: Bounds<f64>,
    },
    /// `true` or `false`.
    Boolean,
    /// Seconds since 1970 as a number on the wire; RFC 3339 text in Terraform.
    Timestamp,
    /// A list of elements of one shape.
    List {
        /// The shape of an element.
        element: &'static Shape,
        /// The bounds of the number of elements.
        bounds: Bounds,
    },
    /// A map of text keys to values of one shape.
    Map {
        /// The shape of a key, a text.
        key: &'static Shape,
        /// The shape of a value.
        value: &'static Shape,
        /// The bounds of the number of entries.
        bounds: Bounds,
    },
    /// A structure.
    Structure {
        /// The members, in the order of the model.
        members: &'static [Member],
        /// Exactly one member must be set.
        union: bool,
    },
}

/// A member of a structure.
#[derive(Debug, Serialize)]
pub struct Member {
    /// The name in the API and on the wire.
    pub name: &'static str,
    /// The type of the value.
    pub shape: &'static Shape,
    /// The operation refuses an input without the member.
    pub required: bool,
    /// The caller generates it once per logical call, so that repeating the call has no second effect.
    pub idempotency_token: bool,
}

/// A pattern of the model.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Pattern {
    /// The text of the model; shown to users.
    pub source: &'static str,
    /// The equivalent for the `regex-lite` crate, anchored at both ends. It accepts everything that the source accepts,
    /// and more where `regex-lite` lacks a feature; `None` if the source cannot be expressed or trusted.
    pub regex: Option<&'static str>,
}

/// In a table, an operation is written as the path of its static.
impl Serialize for Operation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_unit_variant("&crate::definition::service::operations", 0, self.name)
    }
}

/// In a table, a shape is written as the path of its static.
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

impl Operation {
    /// The structure of one of the paged results; `None` if the operation is not paged.
    pub fn element(&self) -> Option<&'static Shape> {
        match self.output.member(self.pages?)?.shape.kind {
            ShapeKind::List { element, .. } => Some(element),
            _ => None,
        }
    }
}

impl Shape {
    /// The members of a structure; empty for any other shape.
    pub fn members(&self) -> &'static [Member] {
        match &self.kind {
            ShapeKind::Structure { members, .. } => members,
            _ => &[],
        }
    }

    /// False for a number that must not be zero.
    pub fn allows_zero(&self) -> bool {
        match self.kind {
            ShapeKind::Integer { bounds, .. } => bounds.admit(0),
            ShapeKind::Float { bounds, .. } => bounds.admit(0.0),
            _ => true,
        }
    }

    /// The member of that name; `None` if the shape is not a structure that has it.
    pub fn member(&self, name: &str) -> Option<&'static Member> {
        self.members().iter().find(|member| member.name == name)
    }

    /// The values of an enumeration; empty for any other shape.
    pub fn values(&self) -> &'static [&'static str] {
        match &self.kind {
            ShapeKind::String { values, .. } => values,
            _ => &[],
        }
    }
}

/// The names of the shapes that are not part of the API.
const BUILT_IN: &[&str] = &["BOOLEAN", "COUNT", "DOCUMENT", "DOCUMENTS", "NOTHING", "STRING", "TAG_MAP"];

/// The input or output of an operation without any; also the shape of attributes that hold no API member.
pub static NOTHING: Shape =
    Shape { name: "NOTHING", kind: ShapeKind::Structure { members: &[], union: false }, sensitive: false };

/// Any text, for attributes that the API does not have.
pub static STRING: Shape = Shape {
    name: "STRING",
    kind: ShapeKind::String { bounds: Bounds::NONE, pattern: None, values: &[] },
    sensitive: false,
};

/// A structure of the API, shown as its JSON text.
pub static DOCUMENT: Shape = Shape {
    name: "DOCUMENT",
    kind: ShapeKind::String { bounds: Bounds::NONE, pattern: None, values: &[] },
    sensitive: false,
};

/// A list of such JSON texts.
pub static DOCUMENTS: Shape =
    Shape { name: "DOCUMENTS", kind: ShapeKind::List { element: &DOCUMENT, bounds: Bounds::NONE }, sensitive: false };

/// A positive integer, for attributes that the API does not have.
pub static COUNT: Shape = Shape {
    name: "COUNT",
    kind: ShapeKind::Integer { long: true, bounds: Bounds { min: Some(1), max: None } },
    sensitive: false,
};

/// A boolean, for attributes that the API does not have.
pub static BOOLEAN: Shape = Shape { name: "BOOLEAN", kind: ShapeKind::Boolean, sensitive: false };
