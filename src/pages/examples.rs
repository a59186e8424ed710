//! The files below `examples/` that pages show.

use std::{fs, path::Path};

use super::markdown::{code, section};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples");

/// The section with the files of an example, as one block of code each; empty if there is no such directory.
pub(super) fn section_of(directory: &str, extension: &str) -> String {
    let Ok(entries) = fs::read_dir(Path::new(ROOT).join(directory)) else { return String::new() };
    let mut files: Vec<_> = entries.map(|entry| entry.expect("a readable entry").path()).collect();
    files.retain(|file| file.to_string_lossy().ends_with(extension));
    files.sort();
    let read = |file| fs::read_to_string(file).expect("an example is text");
    let blocks: Vec<String> = files.into_iter().map(|file| code("terraform", &read(file))).collect();
    if blocks.is_empty() { String::new() } else { section("Example Usage", &blocks.join("\n")) }
}

/// The command that imports a resource.
pub(super) fn import_command(type_name: &str) -> String {
    let file = Path::new(ROOT).join("resources").join(type_name).join("import.sh");
    fs::read_to_string(file).expect("every resource shows its import")
}
