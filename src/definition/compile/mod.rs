//! Compiles the definition files and the service model into static tables, in four steps: `parse` reads the files,
//! `operations` and `join` combine them with the model, `check` finds contradictions, `emit` writes Rust source.
//!
//! The build script runs this code; the library includes it only in its tests. It therefore names nothing of the
//! library but the types of the tables, and reads no files. Problems of all files are collected and reported together.

mod calls;
mod check;
mod emit;
mod entries;
mod files;
mod iam;
mod join;
mod literal;
mod model;
mod name;
mod operations;
mod parse;
mod pattern;
mod placement;
mod problem;
mod provided;
mod settings;
#[cfg(test)]
mod tests;
mod written;

use self::{
    files::{ACTIONS, EPHEMERALS, IMAGES, ImageFile, QUERIES, ResourceFile, SHAPES, Shapes},
    join::Overrides,
    written::{leak, leak_all},
};
use crate::definition::resource::Resource;

pub(crate) use self::{emit::service, files::Source, iam::iam, model::Model, problem::Problems};

/// The source of `definitions.rs`, from all definition files; or all their problems.
pub(crate) fn definitions(model: &Model, sources: &[Source]) -> Result<String, Problems> {
    let mut problems = Problems::default();
    let facts = facts(model, sources, &mut problems);
    let resources = resources(model, &facts, sources, &mut problems);
    let calls::Calls { queries, ephemerals, actions } = calls::all(model, &facts, sources, &mut problems);
    let images = images(sources, &mut problems);
    let tables = emit::Tables { resources, queries, ephemerals, actions, images };
    if problems.is_empty() { Ok(emit::definitions(&tables)) } else { Err(problems) }
}

/// The settings of structures at all their places.
fn facts(model: &Model, sources: &[Source], problems: &mut Problems) -> Shapes {
    let of_shapes = sources.iter().filter(|source| source.file == SHAPES);
    let facts: Shapes = of_shapes.flat_map(|source| parse::shapes(source, problems)).collect();
    check::settings::shapes(model, (&facts, &Shapes::new()), (SHAPES, ""), problems);
    facts
}

fn images(sources: &[Source], problems: &mut Problems) -> ImageFile {
    let Some(source) = sources.iter().find(|source| source.file == IMAGES) else { return ImageFile::default() };
    let images = parse::images(source, problems);
    check::images::check(&images, problems);
    images
}

fn resources(model: &Model, facts: &Shapes, sources: &[Source], problems: &mut Problems) -> Vec<Resource> {
    let of_resources =
        sources.iter().filter(|source| ![SHAPES, QUERIES, EPHEMERALS, ACTIONS, IMAGES].contains(&source.file.as_str()));
    let files: Vec<ResourceFile> = of_resources.filter_map(|source| parse::resource(source, problems)).collect();
    let mut resources: Vec<Resource> =
        files.into_iter().filter_map(|file| resource(model, facts, file, problems)).collect();
    resources.sort_by_key(|resource| resource.type_name);
    resources
}

/// Joins and checks one resource; `None` if one of its operations does not exist.
fn resource(model: &Model, facts: &Shapes, file: ResourceFile, problems: &mut Problems) -> Option<Resource> {
    check::file(&file, problems);
    check::settings::shapes(model, (&file.members.shapes, facts), (&file.file, "shapes"), problems);
    if let Some(fault) = name::fault(&file.type_name(), false) {
        problems.add(&file.file, "", format!("{fault}; the type is named by the file"));
    }
    let operations = operations::of_resource(model, &file, problems)?;
    let sides = operations::sides(model, &file, &operations);
    let overrides = Overrides { file: &file.file, members: &file.members, structures: facts, described: None };
    let mut attributes = join::attributes(model, overrides, sides, problems);
    provided::make_name_optional(&file, &mut attributes);
    attributes.extend(provided::attributes(model, &file));
    let attributes = leak_all(join::level(attributes, &file.file, "", problems));
    let rules = leak_all(provided::rules(&file, attributes));
    let resource = Resource {
        type_name: leak(file.type_name()),
        noun: file.noun,
        description: file.description,
        schema_version: file.schema_version,
        moved_from: file.moved_from,
        log_group: file.log_group,
        operations,
        further_calls: operations::further_calls(model, &file, problems),
        identity: file.identity,
        listing: file.listing,
        attributes,
        rules,
        tags: file.tags,
        create_wait: file.waits.create,
        update_wait: file.waits.update,
        stop_wait: file.waits.stop,
        delete_wait: file.waits.delete,
        completion: file.waits.completion,
        retries: leak_all(file.retries.clone()),
        update_sends: file.update_sends,
        update_needs: leak_all(file.update_needs.clone()),
        replacement: file.replacement,
        in_use: file.in_use,
    };
    check::resource(model, &file, &resource, problems);
    check::listing::check(&file, &resource, problems);
    Some(resource)
}
