//! The service model as `schemas/model.json` has it: facts, checked to be whole.

use std::{collections::BTreeMap, fmt, mem};

use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};

/// Every operation and shape of the API, by name. All shapes that are named in it are in it.
#[derive(Debug)]
pub(crate) struct Model {
    pub(crate) operations: BTreeMap<String, Operation>,
    shapes: BTreeMap<String, Shape>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Operation {
    pub(crate) input: String,
    /// None if it answers nothing.
    pub(crate) output: Option<String>,
    #[serde(default)]
    pub(crate) errors: Vec<String>,
    /// The output member that lists results; empty if there are no pages.
    #[serde(default)]
    pub(crate) pages: String,
}

#[derive(Debug, PartialEq)]
pub(crate) struct Shape {
    pub(crate) kind: Kind,
    pub(crate) sensitive: bool,
    pub(crate) min: Option<f64>,
    pub(crate) max: Option<f64>,
}

#[derive(Debug, PartialEq)]
pub(crate) enum Kind {
    String {
        pattern: Option<String>,
        values: Vec<String>,
    },
    /// Of 64 bits if `long`, else of 32.
    Integer {
        long: bool,
    },
    /// Of 32 bits if `single`, else of 64.
    Float {
        single: bool,
    },
    Boolean,
    Timestamp,
    List {
        element: String,
    },
    Map {
        key: String,
        value: String,
    },
    Structure {
        members: Vec<Member>,
        union: bool,
    },
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) shape: String,
    pub(crate) required: bool,
    pub(crate) token: bool,
}

impl Model {
    /// Reads the text of `model.json`. The error says what is wrong with it, in one line.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let file: File = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let shapes = file
            .shapes
            .into_iter()
            .map(|(name, entry)| match Shape::try_from(entry) {
                Ok(shape) => Ok((name, shape)),
                Err(lacking) => Err(format!("shape `{name}` has no `{lacking}`")),
            })
            .collect::<Result<_, _>>()?;
        let model = Self { operations: file.operations, shapes };
        let missing = model.named().find(|name| !model.shapes.contains_key(*name)).cloned();
        match missing {
            Some(missing) => Err(format!("shape `{missing}` is named but not there")),
            None => Ok(model),
        }
    }

    /// A shape by a name that the model itself gave.
    pub(crate) fn shape(&self, name: &str) -> &Shape {
        self.shapes.get(name).expect("a model that was read has every shape it names")
    }

    pub(crate) fn find_shape(&self, name: &str) -> Option<&Shape> {
        self.shapes.get(name)
    }

    pub(crate) fn shapes(&self) -> impl Iterator<Item = (&str, &Shape)> {
        self.shapes.iter().map(|(name, shape)| (name.as_str(), shape))
    }

    /// The shape of the elements of lists and values of maps, however deep; the shape itself if it is neither.
    pub(crate) fn innermost<'a>(&'a self, name: &'a str) -> (&'a str, &'a Shape) {
        let shape = self.shape(name);
        match &shape.kind {
            Kind::List { element: inner } | Kind::Map { value: inner, .. } => self.innermost(inner),
            _ => (name, shape),
        }
    }

    /// True for a single structure.
    pub(crate) fn is_structure(&self, shape: &str) -> bool {
        matches!(self.shape(shape).kind, Kind::Structure { .. })
    }

    /// True for a list that may have no elements.
    pub(crate) fn may_be_an_empty_list(&self, shape: &str) -> bool {
        let shape = self.shape(shape);
        matches!(shape.kind, Kind::List { .. }) && shape.min.is_none_or(|min| min < 1.0)
    }

    /// The name of the structure that a shape is, or has inside its lists and maps.
    pub(crate) fn structure_in<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        let (name, shape) = self.innermost(name);
        matches!(shape.kind, Kind::Structure { .. }).then_some(name)
    }

    /// True if values of both shapes have the same form, whatever the members of structures in them.
    pub(crate) fn alike(&self, one: &str, two: &str) -> bool {
        match (&self.shape(one).kind, &self.shape(two).kind) {
            (Kind::List { element: one }, Kind::List { element: two })
            | (Kind::Map { value: one, .. }, Kind::Map { value: two, .. }) => self.alike(one, two),
            (one, two) => mem::discriminant(one) == mem::discriminant(two),
        }
    }

    /// True for texts that are no enumeration.
    pub(crate) fn is_free_text(&self, name: &str) -> bool {
        matches!(&self.shape(name).kind, Kind::String { values, .. } if values.is_empty())
    }

    fn named(&self) -> impl Iterator<Item = &String> {
        let of_operations =
            self.operations.values().flat_map(|operation| [&operation.input].into_iter().chain(&operation.output));
        of_operations.chain(self.shapes.values().flat_map(Shape::named))
    }
}

impl Shape {
    /// The members of a structure; empty for anything else.
    pub(crate) fn members(&self) -> &[Member] {
        match &self.kind {
            Kind::Structure { members, .. } => members,
            _ => &[],
        }
    }

    pub(crate) fn member(&self, name: &str) -> Option<&Member> {
        self.members().iter().find(|member| member.name == name)
    }

    /// The values of an enumeration; empty for anything else.
    pub(crate) fn values(&self) -> &[String] {
        match &self.kind {
            Kind::String { values, .. } => values,
            _ => &[],
        }
    }

    fn named(&self) -> Vec<&String> {
        match &self.kind {
            Kind::List { element } => vec![element],
            Kind::Map { key, value } => vec![key, value],
            Kind::Structure { members, .. } => members.iter().map(|member| &member.shape).collect(),
            _ => Vec::new(),
        }
    }
}

#[derive(Deserialize)]
struct File {
    operations: BTreeMap<String, Operation>,
    shapes: BTreeMap<String, Entry>,
}

/// A shape as it is written; which of the fields are there depends on the type.
#[derive(Deserialize)]
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

impl TryFrom<Entry> for Shape {
    /// What the entry lacks for its type.
    type Error = &'static str;

    fn try_from(entry: Entry) -> Result<Self, &'static str> {
        let kind = match entry.r#type {
            Type::String => Kind::String { pattern: entry.pattern, values: entry.values },
            Type::Integer => Kind::Integer { long: false },
            Type::Long => Kind::Integer { long: true },
            Type::Float => Kind::Float { single: true },
            Type::Double => Kind::Float { single: false },
            Type::Boolean => Kind::Boolean,
            Type::Timestamp => Kind::Timestamp,
            Type::List => Kind::List { element: entry.member.ok_or("member")? },
            Type::Map => Kind::Map { key: entry.key.ok_or("key")?, value: entry.value.ok_or("value")? },
            Type::Structure => {
                let member = |(name, shape)| Member {
                    required: entry.required.contains(&name),
                    token: entry.tokens.contains(&name),
                    name,
                    shape,
                };
                Kind::Structure { members: entry.members.0.into_iter().map(member).collect(), union: entry.union }
            }
        };
        let has_fraction = |bound: Option<f64>| bound.is_some_and(|bound| bound.fract() != 0.0);
        if !matches!(kind, Kind::Float { .. }) && (has_fraction(entry.min) || has_fraction(entry.max)) {
            return Err("bound without a fraction");
        }
        Ok(Self { kind, sensitive: entry.sensitive, min: entry.min, max: entry.max })
    }
}

/// Member names with the names of their shapes, in the order of the file.
#[derive(Default)]
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
            model.shape("Pair").members().iter().map(|member| (&*member.name, member.required)).collect();
        assert_eq!(names, [("Zulu", false), ("Alpha", true)]);
    }

    #[test]
    fn a_model_with_a_hole_is_refused() {
        let hole = r#"{"operations":{"GetX":{"input":"GetXInput"}},"shapes":{}}"#;
        assert_eq!(Model::read(hole).unwrap_err(), "shape `GetXInput` is named but not there");
        let headless = r#"{"operations":{},"shapes":{"Names":{"type":"list"}}}"#;
        assert_eq!(Model::read(headless).unwrap_err(), "shape `Names` has no `member`");
        let fraction = r#"{"operations":{},"shapes":{"Count":{"type":"integer","min":0.5}}}"#;
        assert_eq!(Model::read(fraction).unwrap_err(), "shape `Count` has no `bound without a fraction`");
    }

    #[test]
    fn an_unknown_fact_is_refused() {
        let odd = r#"{"operations":{},"shapes":{"X":{"type":"string","colour":"red"}}}"#;
        assert!(Model::read(odd).unwrap_err().contains("unknown field `colour`"));
    }
}
