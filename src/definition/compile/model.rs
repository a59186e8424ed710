//! Reads the service model, `schemas/model.json`, into its types, and answers queries about shapes.

use std::{collections::BTreeMap, fmt, mem::discriminant};

use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};

use super::{
    pattern,
    written::{leak, leak_all},
};
use crate::definition::{
    bounds::Bounds,
    shape::{Member, NOTHING, Operation, Pattern, Shape, ShapeKind},
};

/// Every operation and shape of the API, by name. All referenced shapes are included.
#[derive(Debug)]
pub(crate) struct Model {
    pub(super) operations: BTreeMap<&'static str, &'static Operation>,
    pub(super) shapes: BTreeMap<&'static str, &'static Shape>,
    /// Tags in Terraform's form, a map with the limits of the API's list; `None` in a model without tags.
    pub(super) tag_map: Option<&'static Shape>,
}

impl Model {
    /// Reads the text of `model.json`. The error describes the problem in one line.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let file: File = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let mut reader = Reader { entries: file.shapes, read: BTreeMap::new(), within: Vec::new() };
        let names: Vec<String> = reader.entries.keys().cloned().collect();
        for name in &names {
            reader.shape(name)?;
        }
        let mut operations = BTreeMap::new();
        for (name, OperationEntry { input, output, errors, pages }) in file.operations {
            let operation: &Operation = Box::leak(Box::new(Operation {
                name: leak(name),
                input: reader.shape(&input)?,
                output: output.map_or(Ok(&NOTHING), |output| reader.shape(&output))?,
                errors: leak_all(errors.into_iter().map(leak).collect()),
                pages: pages.map(leak),
            }));
            operations.insert(operation.name, operation);
        }
        let tag_map = reader.tag_map()?;
        Ok(Self { operations, shapes: reader.read, tag_map })
    }

    /// The shape inside all lists and maps; the shape itself if it is neither.
    ///
    /// A recursive structure has no members where it refers to itself, so the complete one is looked up here.
    pub(super) fn innermost(&self, shape: &'static Shape) -> &'static Shape {
        let shape = self.shapes.get(shape.name).copied().unwrap_or(shape);
        match shape.kind {
            ShapeKind::List { element: inner, .. } | ShapeKind::Map { value: inner, .. } => self.innermost(inner),
            _ => shape,
        }
    }

    /// The structure that a shape is, or contains inside its lists and maps.
    pub(super) fn structure_in(&self, shape: &'static Shape) -> Option<&'static Shape> {
        Some(self.innermost(shape)).filter(|inner| is_structure(inner))
    }
}

/// True for a single structure.
pub(super) fn is_structure(shape: &Shape) -> bool {
    matches!(shape.kind, ShapeKind::Structure { .. })
}

/// True for a list that may be empty.
pub(super) fn may_be_an_empty_list(shape: &Shape) -> bool {
    matches!(shape.kind, ShapeKind::List { bounds, .. } if bounds.admit(0))
}

/// True if values of both shapes have the same form, regardless of the members of structures.
pub(super) fn alike(one: &Shape, two: &Shape) -> bool {
    match (&one.kind, &two.kind) {
        (ShapeKind::List { element: one, .. }, ShapeKind::List { element: two, .. })
        | (ShapeKind::Map { value: one, .. }, ShapeKind::Map { value: two, .. }) => alike(one, two),
        // The width of numbers is significant only here.
        (one, two) => discriminant(one) == discriminant(two),
    }
}

/// True for texts that are not an enumeration.
pub(super) fn is_free_text(shape: &Shape) -> bool {
    matches!(shape.kind, ShapeKind::String { values: &[], .. })
}

/// The bounds of a number, or of the length of anything else.
pub(super) fn bounds(shape: &Shape) -> Bounds<f64> {
    match shape.kind {
        ShapeKind::Float { bounds, .. } => bounds,
        ShapeKind::String { bounds, .. }
        | ShapeKind::Integer { bounds, .. }
        | ShapeKind::List { bounds, .. }
        | ShapeKind::Map { bounds, .. } => bounds.to_f64(),
        ShapeKind::Boolean | ShapeKind::Timestamp | ShapeKind::Structure { .. } => Bounds::NONE,
    }
}

/// The shapes read so far.
struct Reader {
    entries: BTreeMap<String, Entry>,
    read: BTreeMap<&'static str, &'static Shape>,
    /// The shapes that are currently being read, outermost first.
    within: Vec<String>,
}

impl Reader {
    fn shape(&mut self, name: &str) -> Result<&'static Shape, String> {
        if let Some(shape) = self.read.get(name) {
            return Ok(shape);
        }
        let Some(entry) = self.entries.get(name).cloned() else {
            return Err(format!("shape `{name}` is named but not there"));
        };
        let sensitive = entry.sensitive;
        // A recursive reference has no members.
        let leads_back = self.within.iter().any(|outer| outer == name);
        let kind = if leads_back {
            ShapeKind::Structure { members: &[], union: false }
        } else {
            self.within.push(name.to_owned());
            let kind = self.kind(name, entry)?;
            self.within.pop();
            kind
        };
        let shape: &Shape = Box::leak(Box::new(Shape { name: leak(name), kind, sensitive }));
        if !leads_back {
            self.read.insert(shape.name, shape);
        }
        Ok(shape)
    }

    fn kind(&mut self, name: &str, entry: Entry) -> Result<ShapeKind, String> {
        let lacks = |what: &str| format!("shape `{name}` has no `{what}`");
        if let Type::Float | Type::Double = entry.r#type {
            let single = matches!(entry.r#type, Type::Float);
            return Ok(ShapeKind::Float { single, bounds: Bounds { min: entry.min, max: entry.max } });
        }
        let has_fraction = |bound: Option<f64>| bound.is_some_and(|bound| bound.fract() != 0.0);
        if has_fraction(entry.min) || has_fraction(entry.max) {
            return Err(lacks("bound without a fraction"));
        }
        let [min, max] = [entry.min, entry.max].map(|bound| bound.map(|bound| bound as i64));
        let bounds = Bounds { min, max };
        let mut named = |shape: Option<String>, what| self.shape(&shape.ok_or_else(|| lacks(what))?);
        Ok(match entry.r#type {
            Type::String => {
                let values = leak_all(entry.values.into_iter().map(leak).collect());
                ShapeKind::String { bounds, pattern: entry.pattern.map(translated), values }
            }
            Type::Integer => ShapeKind::Integer { long: false, bounds },
            Type::Long => ShapeKind::Integer { long: true, bounds },
            Type::Boolean => ShapeKind::Boolean,
            Type::Timestamp => ShapeKind::Timestamp,
            Type::List => ShapeKind::List { element: named(entry.member, "member")?, bounds },
            Type::Map => ShapeKind::Map { key: named(entry.key, "key")?, value: named(entry.value, "value")?, bounds },
            Type::Structure | Type::Float | Type::Double => {
                let mut members = Vec::new();
                for (name, shape) in entry.members.0 {
                    members.push(Member {
                        required: entry.required.contains(&name),
                        idempotency_token: entry.tokens.contains(&name),
                        name: leak(name),
                        shape: self.shape(&shape)?,
                    });
                }
                ShapeKind::Structure { members: leak_all(members), union: entry.union }
            }
        })
    }

    fn tag_map(&mut self) -> Result<Option<&'static Shape>, String> {
        let Some(ShapeKind::List { bounds, .. }) = self.read.get("TagList").map(|list| &list.kind) else {
            return Ok(None);
        };
        let (max, key, value) = (bounds.max, self.shape("TagKey")?, self.shape("TagValue")?);
        let kind = ShapeKind::Map { key, value, bounds: Bounds { min: None, max } };
        Ok(Some(Box::leak(Box::new(Shape { name: "TAG_MAP", kind, sensitive: false }))))
    }
}

fn translated(source: String) -> &'static Pattern {
    let regex = pattern::translate(&source).map(leak);
    Box::leak(Box::new(Pattern { source: leak(source), regex }))
}

#[derive(Deserialize)]
struct File {
    operations: BTreeMap<String, OperationEntry>,
    shapes: BTreeMap<String, Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OperationEntry {
    input: String,
    output: Option<String>,
    #[serde(default)]
    errors: Vec<String>,
    pages: Option<String>,
}

/// A shape as it is written in the file; its type determines which fields are present.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    r#type: Type,
    min: Option<f64>,
    max: Option<f64>,
    pattern: Option<String>,
    #[serde(default, rename = "enum")]
    values: Vec<String>,
    #[serde(default)]
    union: bool,
    #[serde(default)]
    sensitive: bool,
    #[serde(default)]
    members: Members,
    #[serde(default)]
    required: Vec<String>,
    #[serde(default)]
    tokens: Vec<String>,
    member: Option<String>,
    key: Option<String>,
    value: Option<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Type {
    String,
    Integer,
    Long,
    Float,
    Double,
    Boolean,
    Timestamp,
    List,
    Map,
    Structure,
}

/// Names of members with the names of their shapes, in the order of the file.
#[derive(Clone, Default)]
struct Members(Vec<(String, String)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MembersVisitor)
    }
}

struct MembersVisitor;

impl<'de> Visitor<'de> for MembersVisitor {
    type Value = Members;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("members with their shapes")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Members, A::Error> {
        let mut members = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            members.push(entry);
        }
        Ok(Members(members))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_keep_the_order_of_the_model() {
        let model = Model::read(
            r#"{"operations":{},"shapes":{
                "Text":{"type":"string"},
                "Pair":{"type":"structure","members":{"Zulu":"Text","Alpha":"Text"},"required":["Alpha"]}}}"#,
        )
        .unwrap();
        let names: Vec<_> =
            model.shapes["Pair"].members().iter().map(|member| (member.name, member.required)).collect();
        assert_eq!(names, [("Zulu", false), ("Alpha", true)]);
    }

    #[test]
    fn a_model_with_a_missing_shape_is_refused() {
        let hole = r#"{"operations":{"GetX":{"input":"GetXInput"}},"shapes":{}}"#;
        assert_eq!(Model::read(hole).unwrap_err(), "shape `GetXInput` is named but not there");
        let headless = r#"{"operations":{},"shapes":{"Names":{"type":"list"}}}"#;
        assert_eq!(Model::read(headless).unwrap_err(), "shape `Names` has no `member`");
        let fraction = r#"{"operations":{},"shapes":{"Count":{"type":"integer","min":0.5}}}"#;
        assert_eq!(Model::read(fraction).unwrap_err(), "shape `Count` has no `bound without a fraction`");
    }

    #[test]
    fn an_unknown_fact_is_refused() {
        let unknown = r#"{"operations":{},"shapes":{"X":{"type":"string","colour":"red"}}}"#;
        assert!(Model::read(unknown).unwrap_err().contains("unknown field `colour`"));
    }
}
