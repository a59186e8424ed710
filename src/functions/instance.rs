//! Instance types: their parts, and the uses for which the service model lists them.

use super::texts::{FunctionError, list, object, parameter, refuse, text};
use crate::{
    definition::{
        camel_case::joined,
        service::{SHAPES, Shape},
    },
    schema::{Function, Type},
    value::{Number, Value},
};

/// What the instances of a series compute with, by the letters at the beginning of their families.
pub(super) const SERIES: &[(&str, &str)] = &[
    ("c", "none"),
    ("dl", "gaudi"),
    ("g", "gpu"),
    ("geospatial", "none"),
    ("gr", "gpu"),
    ("i", "none"),
    ("inf", "inferentia"),
    ("m", "none"),
    ("p", "gpu"),
    ("r", "none"),
    ("t", "none"),
    ("trn", "trainium"),
];

/// How the names of the enumerations of instance types end.
const ENUMERATION: &str = "InstanceType";

pub(super) fn schema() -> Function {
    Function {
        summary: "Describes an instance type by its name.",
        description: "Splits the name of an instance type into its parts and looks up where it can be used.\n\n\
                      `generation` is the number in the family, null if there is none. `accelerator` is `gpu`, \
                      `inferentia`, `trainium`, `gaudi` or `none`, and null for a series of instances that this version of \
                      the provider does not know.\n\n\
                      `uses` has the uses for which the service model of this version lists the type: \
                      `ai_recommendation`, `app`, `cluster`, `notebook_instance`, `optimization_job_deployment`, \
                      `processing`, `production_variant`, `reserved_capacity`, `training` and `transform`.\n\n\
                      AWS adds types every month, so that a type which is not listed is not an error: its `uses` are empty. \
                      What does not have the form of an instance type is an error.",
        parameters: vec![parameter("name", Type::String, "The name of the instance type, such as `ml.g5.xlarge`.")],
        variadic: None,
        returns: object([
            ("family", Type::String),
            ("generation", Type::Number),
            ("size", Type::String),
            ("accelerator", Type::String),
            ("uses", list(Type::String)),
        ]),
    }
}

pub(super) fn describe(arguments: &[Value]) -> Result<Value, FunctionError> {
    let name = text(arguments, 0);
    let Some((family, size)) = parts(name) else {
        let text = "is not an instance type. Pass one as `ml.<family>.<size>`, such as `ml.m5.large`.";
        return refuse(0, format!("{name:?} {text}"));
    };
    Ok(Value::from([
        ("family", family.into()),
        ("generation", generation(family).map_or(Value::Null, Value::Number)),
        ("size", size.into()),
        ("accelerator", accelerator(family).map_or(Value::Null, Value::from)),
        ("uses", Value::List(uses(name).into_iter().map(Value::from).collect())),
    ]))
}

/// The family and the size in `ml.<family>.<size>`; `None` for a text of another form.
pub(crate) fn parts(name: &str) -> Option<(&str, &str)> {
    let (family, size) = name.strip_prefix("ml.")?.split_once('.')?;
    let is_part = |part: &str| {
        let fits = |one: u8| one.is_ascii_lowercase() || one.is_ascii_digit() || one == b'-';
        !part.is_empty() && part.bytes().all(fits)
    };
    (is_part(family) && is_part(size)).then_some((family, size))
}

/// The letters of the series: `p` of `p6-b200`.
pub(super) fn series(family: &str) -> &str {
    family.split(|one: char| !one.is_ascii_lowercase()).next().unwrap_or_default()
}

fn generation(family: &str) -> Option<Number> {
    let digits = family.strip_prefix(series(family))?.split(|one: char| !one.is_ascii_digit()).next()?;
    digits.parse().ok()
}

fn accelerator(family: &str) -> Option<&'static str> {
    let found = SERIES.iter().find(|(letters, _)| *letters == series(family));
    found.map(|(_, accelerator)| *accelerator)
}

/// The enumerations of instance types, each with the use that it is for.
pub(super) fn enumerations() -> impl Iterator<Item = (String, &'static Shape)> {
    let named = |shape: &&'static Shape| Some((use_of(shape.name.strip_suffix(ENUMERATION)?), *shape));
    SHAPES.iter().filter_map(named).filter(|(_, shape)| !shape.values().is_empty())
}

fn uses(name: &str) -> Vec<String> {
    let mut uses: Vec<String> =
        enumerations().filter(|(_, shape)| shape.values().contains(&name)).map(|(r#use, _)| r#use).collect();
    uses.sort_unstable();
    uses
}

/// `AIRecommendation` as `ai_recommendation`; the enumeration without a use is that of notebook instances.
fn use_of(prefix: &str) -> String {
    joined(if prefix.is_empty() { "NotebookInstance" } else { prefix }, "_")
}
