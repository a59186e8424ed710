//! Writes the tables as Rust source: the statics that `definition::service` and `definition` include.

use std::collections::BTreeSet;

use super::{files::ImageFile, literal::Literals, model::Model};
use crate::definition::{
    action::Action,
    attribute::Attribute,
    call::Call,
    resource::Resource,
    shape::{Operation, Shape},
};

/// The source of `service.rs`: all operations and shapes, each a static of its own name.
pub(crate) fn service(model: &Model) -> String {
    let mut literals = Literals::new("PART");
    let shapes: String = model.shapes.values().map(|shape| write_shape("pub(crate)", shape, &mut literals)).collect();
    let operations: String =
        model.operations.values().map(|operation| write_operation(operation, &mut literals)).collect();
    let tag_map = model.tag_map.map(|shape| {
        format!("/// Tags in Terraform's form: a map of values by key.\n{}", write_shape("pub", shape, &mut literals))
    });
    let list = |module: &str, names: Vec<&str>| -> String {
        names.into_iter().map(|name| format!("&{module}::{name},\n")).collect()
    };
    format!(
        "pub(crate) mod shapes {{\n\
         #![expect(non_upper_case_globals, reason = \"shapes are named as the API names them\")]\n\
         use super::*;\n{shapes}}}\n\
         pub(crate) mod operations {{\n\
         #![expect(non_upper_case_globals, reason = \"operations are named as the API names them\")]\n\
         use super::*;\n{operations}}}\n\
         /// All shapes of the API, sorted by name.\npub static SHAPES: &[&Shape] = &[\n{}];\n\
         /// All operations of the API, sorted by name.\npub static OPERATIONS: &[&Operation] = &[\n{}];\n\
         {}{}",
        list("shapes", model.shapes.keys().copied().collect()),
        list("operations", model.operations.keys().copied().collect()),
        tag_map.unwrap_or_default(),
        literals.statics(),
    )
}

fn write_shape(visibility: &str, Shape { name, kind, sensitive }: &Shape, literals: &mut Literals) -> String {
    let kind = literals.write(kind);
    format!("{visibility} static {name}: Shape = Shape {{ name: {name:?}, kind: {kind}, sensitive: {sensitive} }};\n")
}

fn write_operation(operation: &Operation, literals: &mut Literals) -> String {
    let Operation { name, input, output, errors, pages } = operation;
    let [input, output] = [input, output].map(|shape| literals.write(shape));
    format!(
        "pub(crate) static {name}: Operation = Operation {{ name: {name:?}, input: {input}, output: {output}, \
         errors: &{errors:?}, pages: {pages:?} }};\n"
    )
}

/// All that `definitions.rs` holds.
pub(super) struct Tables {
    pub(super) resources: Vec<Resource>,
    pub(super) queries: Vec<Call>,
    pub(super) ephemerals: Vec<Call>,
    pub(super) actions: Vec<Action>,
    pub(super) images: ImageFile,
}

/// The source of `definitions.rs`: the tables, and the names of the resources' attributes.
pub(super) fn definitions(tables: &Tables) -> String {
    let Tables { resources, queries, ephemerals, actions, images } = tables;
    let mut literals = Literals::new("LIST");
    let names: String = resources.iter().map(write_names).collect();
    let [resources, registries] = [literals.write(&resources), literals.write(&images.registries)];
    let [queries, ephemerals, actions] =
        [literals.write(&queries), literals.write(&ephemerals), literals.write(&actions)];
    let suffixes = literals.write(&images.suffixes);
    format!(
        "{}/// All resources, sorted by type name.\npub static RESOURCES: &[Resource] = {resources};\n\
         /// All queries, sorted by type name.\npub static QUERIES: &[Call] = {queries};\n\
         /// All ephemeral resources, sorted by type name.\npub static EPHEMERALS: &[Call] = {ephemerals};\n\
         /// All actions, sorted by type name.\npub static ACTIONS: &[Action] = {actions};\n\
         /// The registries of prebuilt images.\npub static REGISTRIES: &[Registry] = {registries};\n\
         /// Pairs of region prefix and DNS suffix, for regions outside of `amazonaws.com`.\n\
         pub static SUFFIXES: &[(&str, &str)] = {suffixes};\n\
         pub(crate) mod names {{\n{names}}}\n",
        literals.statics(),
    )
}

/// The names of a resource's attributes at all levels as constants.
fn write_names(resource: &Resource) -> String {
    let mut names = BTreeSet::new();
    collect_names(resource.attributes, &mut names);
    let constants: String =
        names.iter().map(|name| format!("pub(crate) const {}: &str = {name:?};\n", name.to_uppercase())).collect();
    let module = resource.type_name.trim_start_matches("sagemaker_");
    format!("pub(crate) mod {module} {{\n{constants}}}\n")
}

fn collect_names(attributes: &[Attribute], names: &mut BTreeSet<&'static str>) {
    for attribute in attributes {
        names.insert(attribute.name);
        collect_names(attribute.attributes(), names);
    }
}
