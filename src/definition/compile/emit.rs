//! Writes the tables as Rust source: the statics that `definition::service` and `definition` include.

use std::collections::BTreeMap;

use super::{
    model::{Kind, Member, Model, Operation, Shape},
    pattern,
};

/// The source of `service.rs`: all operations and shapes.
pub(crate) fn service(model: &Model) -> String {
    let mut patterns = Patterns::default();
    let shapes: String = model.shapes().map(|shape| write_shape(shape, &mut patterns)).collect();
    let references: String = model.shapes().map(|(name, _)| format!("&shapes::{name},\n")).collect();
    let operations: String = model.operations.iter().map(write_operation).collect();
    format!(
        "pub(super) mod shapes {{\n\
         #![expect(non_upper_case_globals, reason = \"shapes are named as the API names them\")]\n\
         use super::*;\n{patterns}{shapes}}}\n\
         pub static SHAPES: &[&Shape] = &[\n{references}];\n\
         pub static OPERATIONS: &[Operation] = &[\n{operations}];\n",
        patterns = patterns.statics(),
    )
}

fn write_operation((name, operation): (&String, &Operation)) -> String {
    let Operation { input, output, errors, pages } = operation;
    let output = output.as_ref().map_or("NOTHING".to_owned(), |output| format!("shapes::{output}"));
    format!(
        "Operation {{ name: {name:?}, input: &shapes::{input}, output: &{output}, errors: &{errors:?}, \
         pages: {pages:?} }},\n"
    )
}

fn write_shape<'a>((name, shape): (&str, &'a Shape), patterns: &mut Patterns<'a>) -> String {
    format!(
        "pub(crate) static {name}: Shape = Shape {{ name: {name:?}, kind: ShapeKind::{}, sensitive: {} }};\n",
        write_kind(shape, patterns),
        shape.sensitive
    )
}

fn write_kind<'a>(shape: &'a Shape, patterns: &mut Patterns<'a>) -> String {
    // A bound that is no whole number is widened to one: the tables refuse nothing that the service takes.
    let min = shape.min.map(|min| min.floor() as i64);
    let max = shape.max.map(|max| max.ceil() as i64);
    let bounds = format!("min: {min:?}, max: {max:?}");
    match &shape.kind {
        Kind::String { pattern, values } => {
            let pattern = pattern.as_ref().map(|pattern| patterns.reference(pattern));
            let pattern = pattern.map_or("None".to_owned(), |pattern| format!("Some(&{pattern})"));
            format!("String {{ {bounds}, pattern: {pattern}, values: &{values:?} }}")
        }
        Kind::Integer => format!("Integer {{ {bounds} }}"),
        Kind::Float { .. } => format!("Float {{ {bounds} }}"),
        Kind::Boolean => "Boolean".to_owned(),
        Kind::Timestamp => "Timestamp".to_owned(),
        Kind::List { element } => format!("List {{ element: &{element}, {bounds} }}"),
        Kind::Map { key, value } => format!("Map {{ key: &{key}, value: &{value}, {bounds} }}"),
        Kind::Structure { members, union } => {
            let members: String = members.iter().map(write_member).collect();
            format!("Structure {{ members: &[{members}], union: {union} }}")
        }
    }
}

fn write_member(member: &Member) -> String {
    let Member { name, shape, required, token } = member;
    format!("Member {{ name: {name:?}, shape: &{shape}, required: {required}, idempotency_token: {token} }},")
}

/// The patterns met so far, each of which becomes one static.
#[derive(Default)]
struct Patterns<'a>(BTreeMap<&'a str, usize>);

impl<'a> Patterns<'a> {
    /// The static of a pattern.
    fn reference(&mut self, source: &'a str) -> String {
        let next = self.0.len();
        pattern_name(*self.0.entry(source).or_insert(next))
    }

    fn statics(&self) -> String {
        let write = |(source, number): (&&str, &usize)| {
            let (name, regex) = (pattern_name(*number), pattern::translate(source));
            format!("static {name}: Pattern = Pattern {{ source: {source:?}, regex: {regex:?} }};\n")
        };
        self.0.iter().map(write).collect()
    }
}

fn pattern_name(number: usize) -> String {
    format!("PATTERN_{number}")
}
