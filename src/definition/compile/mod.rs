//! Makes the static tables: facts of the service model joined with the definition files, checked and written as Rust.
//!
//! The build script runs this; the library has it only in its tests. So it names nothing of the library and reads no
//! files. Problems are collected over all files and reported together.

mod check;
mod emit;
mod entry;
mod file;
mod join;
mod joined;
mod model;
mod name;
mod pattern;
mod problem;
mod provided;
#[cfg(test)]
mod tests;

use file::{ResourceFile, SHAPES, Shapes};
use joined::Resource;

pub(crate) use emit::service;
pub(crate) use file::Source;
pub(crate) use model::Model;
pub(crate) use problem::Problems;

/// The source of `definitions.rs`, from all definition files; or everything that is wrong with them.
pub(crate) fn definitions(model: &Model, sources: &[Source]) -> Result<String, Problems> {
    let mut problems = Problems::default();
    let resources = resources(model, sources, &mut problems);
    if problems.is_empty() { Ok(emit::definitions(model, &resources)) } else { Err(problems) }
}

fn resources(model: &Model, sources: &[Source], problems: &mut Problems) -> Vec<Resource> {
    let (of_shapes, of_resources): (Vec<&Source>, Vec<&Source>) =
        sources.iter().partition(|source| source.file == SHAPES);
    let facts: Shapes = of_shapes.into_iter().flat_map(|source| file::read_shapes(source, problems)).collect();
    entry::shapes(model, (&facts, &Shapes::new()), (SHAPES, ""), problems);

    let files: Vec<ResourceFile> =
        of_resources.into_iter().filter_map(|source| file::read_resource(source, problems)).collect();
    let mut resources: Vec<Resource> =
        files.into_iter().filter_map(|file| resource(model, &facts, file, problems)).collect();
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
    let mut attributes = join::attributes(model, facts, &file, api.sides(), problems);
    provided::make_name_optional(&file, &mut attributes);
    attributes.extend(provided::attributes(&file));
    let attributes = join::level(attributes, &file.file, "", problems);
    let rules = provided::rules(&file, &attributes);
    let resource = Resource { file, attributes, rules };
    check::resource(&api, &resource, problems);
    Some(resource)
}
