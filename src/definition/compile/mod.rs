//! Makes the static tables: facts of the service model joined with the definition files, checked and written as Rust.
//!
//! The build script runs this; the library has it only in its tests. So it names nothing of the library and reads no
//! files. Problems are collected over all files and reported together.

mod check;
mod emit;
mod entry;
mod file;
mod images;
mod join;
mod joined;
mod model;
mod name;
mod pattern;
mod problem;
mod provided;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use file::{QUERIES, Queries, ResourceFile, SHAPES, Shapes};
use images::IMAGES;
use joined::{Query, Resource};
use name::nearest;

use join::Sides;

pub(crate) use emit::service;
pub(crate) use file::Source;
pub(crate) use model::Model;
pub(crate) use problem::Problems;

/// The source of `definitions.rs`, from all definition files; or everything that is wrong with them.
pub(crate) fn definitions(model: &Model, sources: &[Source]) -> Result<String, Problems> {
    let mut problems = Problems::default();
    let facts = facts(model, sources, &mut problems);
    let resources = resources(model, &facts, sources, &mut problems);
    let queries = queries(model, &facts, sources, &mut problems);
    let images = images::read(sources, &mut problems);
    if problems.is_empty() { Ok(emit::definitions(model, &resources, &queries, &images)) } else { Err(problems) }
}

/// What holds of structures wherever they occur.
fn facts(model: &Model, sources: &[Source], problems: &mut Problems) -> Shapes {
    let of_shapes = sources.iter().filter(|source| source.file == SHAPES);
    let facts: Shapes = of_shapes.flat_map(|source| file::read_shapes(source, problems)).collect();
    entry::shapes(model, (&facts, &Shapes::new()), (SHAPES, ""), problems);
    facts
}

fn queries(model: &Model, facts: &Shapes, sources: &[Source], problems: &mut Problems) -> Vec<Query> {
    let Some(source) = sources.iter().find(|source| source.file == QUERIES) else { return Vec::new() };
    let Queries { members, queries } = file::read_queries(source, problems);
    queries
        .into_iter()
        .filter_map(|(name, query)| self::query(model, facts, &members, (&name, query), problems))
        .collect()
}

/// Joins and checks one query; none if its operation is not there.
fn query(
    model: &Model,
    facts: &Shapes,
    members: &BTreeMap<String, String>,
    (name, query): (&str, file::Query),
    problems: &mut Problems,
) -> Option<Query> {
    let file = query.into_resource(name);
    let type_name = format!("sagemaker_{name}");
    if let Some(fault) = name::fault(&type_name, false) {
        problems.add(&file.file, "", fault);
    }
    let Some(operation) = model.operations.get(&file.operations.read) else {
        let near = nearest(&file.operations.read, model.operations.keys().map(String::as_str));
        problems.add(&file.file, "operation", format!("is no operation of the API; near are {near}"));
        return None;
    };
    let sides = Sides { create: &operation.input, update: None, read: operation.output.as_deref(), delete: None };
    let mut attributes = join::attributes(model, facts, Some(members), &file, sides, problems);
    attributes.extend(provided::query_attributes(model, operation));
    provided::tell_values(model, &mut attributes);
    let attributes = join::level(attributes, &file.file, "", problems);
    Some(Query {
        type_name,
        operation: file.operations.read,
        noun: file.noun,
        description: file.description,
        attributes,
    })
}

fn resources(model: &Model, facts: &Shapes, sources: &[Source], problems: &mut Problems) -> Vec<Resource> {
    let of_resources = sources.iter().filter(|source| ![SHAPES, QUERIES, IMAGES].contains(&source.file.as_str()));
    let files: Vec<ResourceFile> = of_resources.filter_map(|source| file::read_resource(source, problems)).collect();
    let mut resources: Vec<Resource> =
        files.into_iter().filter_map(|file| resource(model, facts, file, problems)).collect();
    resources.sort_by_key(|resource| resource.file.type_name());
    resources
}

/// Joins and checks one resource; none if its operations are not there.
fn resource(model: &Model, facts: &Shapes, file: ResourceFile, problems: &mut Problems) -> Option<Resource> {
    check::file(&file, problems);
    entry::shapes(model, (&file.shapes, facts), (&file.file, "shapes"), problems);
    if let Some(fault) = name::fault(&file.type_name(), false) {
        problems.add(&file.file, "", format!("{fault}; the type is named by the file"));
    }
    let api = check::operations(model, &file, problems)?;
    let mut attributes = join::attributes(model, facts, None, &file, api.sides(), problems);
    provided::make_name_optional(&file, &mut attributes);
    attributes.extend(provided::attributes(&file));
    let attributes = join::level(attributes, &file.file, "", problems);
    let rules = provided::rules(&file, &attributes);
    let resource = Resource { file, attributes, rules };
    check::resource(&api, &resource, problems);
    Some(resource)
}
