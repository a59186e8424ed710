//! Writes a report: HCL or JSON, to a directory or the standard output. Whatever is not a result is written to the
//! standard error output.

use std::{
    fs::{self, File},
    io::{self, IsTerminal, Write},
    path::{Path, PathBuf},
};

use serde_json::json;

use super::{error::DiscoverError, found::Object, hcl, moved::Moves, options::Options, report::Report};
use crate::{engine::Provider, hcl::quoted};

const IMPORTS: &str = "import.tf";
const GENERATED: &str = "generated.tf";
const DOCUMENT: &str = "discovered.json";
const MOVED: &str = "moved.tf";

/// Shows progress, if anybody sees it.
pub(super) fn progress(text: &str) {
    if io::stderr().is_terminal() {
        // Clears the line before. Ignored if it cannot be shown.
        let _ = write!(io::stderr(), "\r\u{1b}[K{text}");
    }
}

pub(super) fn warn(text: &str) {
    progress("");
    // Ignored: there is nowhere else to say it.
    let _ = writeln!(io::stderr(), "Warning: {text}");
}

pub(super) fn print(text: &str) -> Result<(), DiscoverError> {
    let failed = |error| DiscoverError::Write { file: "the standard output".to_owned(), error };
    io::stdout().write_all(text.as_bytes()).map_err(failed)
}

/// Refuses a directory that has the files already.
pub(super) fn expect_free(options: &Options) -> Result<(), DiscoverError> {
    let Some(directory) = &options.out else { return Ok(()) };
    for file in files(options) {
        let path = directory.join(file);
        if path.symlink_metadata().is_ok() {
            return Err(DiscoverError::Exists(path.display().to_string()));
        }
    }
    Ok(())
}

fn files(options: &Options) -> Vec<&'static str> {
    match (options.json, options.config) {
        _ if options.moved => vec![MOVED],
        (true, _) => vec![DOCUMENT],
        (false, true) => vec![IMPORTS, GENERATED],
        (false, false) => vec![IMPORTS],
    }
}

pub(super) fn write(report: &Report, provider: &dyn Provider, options: &Options) -> Result<(), DiscoverError> {
    let texts = if options.json {
        vec![document(report)]
    } else {
        let imports = imports(report, options);
        if options.config { vec![imports, configurations(report, provider)] } else { vec![imports] }
    };
    write_texts(&texts, options)?;
    report.failures.iter().for_each(|failure| warn(failure));
    for gone in report.gone.iter().filter(|_| !options.json) {
        warn(&format!("`{}` is in a state, but the {} `{}` is gone.", gone.address, gone.type_name, gone.id));
    }
    Ok(())
}

/// Writes the `moved` blocks.
pub(super) fn write_moved(moves: &Moves, options: &Options) -> Result<(), DiscoverError> {
    write_texts(&[moves.hcl()], options)?;
    for unknown in &moves.unknown {
        warn(&format!(
            "`{}.{}` has no counterpart in this provider, and is left out.",
            unknown.type_name, unknown.name
        ));
    }
    Ok(())
}

/// Writes the texts, one for each file.
fn write_texts(texts: &[String], options: &Options) -> Result<(), DiscoverError> {
    match &options.out {
        Some(directory) => write_files(directory, files(options).into_iter().zip(texts).collect()),
        None => print(&texts.join("\n")),
    }
}

/// Writes the files, each beside its place first, so that a full disk leaves none of them half-written.
fn write_files(directory: &Path, files: Vec<(&str, &String)>) -> Result<(), DiscoverError> {
    let failed = |path: &Path, error| DiscoverError::Write { file: path.display().to_string(), error };
    fs::create_dir_all(directory).map_err(|error| failed(directory, error))?;
    let mut written: Vec<(PathBuf, PathBuf)> = Vec::new();
    for (name, text) in files {
        let (part, path) = (directory.join(format!(".{name}.part")), directory.join(name));
        let result = File::create(&part).and_then(|mut file| file.write_all(text.as_bytes()));
        written.push((part.clone(), path));
        if let Err(error) = result {
            // Ignored: the failure that is reported is the first one.
            written.iter().for_each(|(part, _)| drop(fs::remove_file(part)));
            return Err(failed(&part, error));
        }
    }
    for (part, path) in written {
        fs::rename(&part, &path).map_err(|error| failed(&path, error))?;
    }
    Ok(())
}

fn imports(report: &Report, options: &Options) -> String {
    let home = options.regions.first();
    let import = |(name, object): &(String, Object)| {
        // An id without a region is one of the provider's region.
        let elsewhere = home.is_some_and(|home| !object.region.is_empty() && *home != object.region);
        let id = if elsewhere { format!("{}@{}", object.id, object.region) } else { object.id.clone() };
        format!("import {{\n  to = {}.{name}\n  id = {}\n}}\n", object.type_name, quoted(&id))
    };
    report.unmanaged.iter().map(import).collect::<Vec<_>>().join("\n")
}

fn configurations(report: &Report, provider: &dyn Provider) -> String {
    let configuration = |(name, object): &(String, Object)| {
        let schema = provider.schemas().resources.get(object.type_name.as_str())?;
        let config = provider.generate_config(&object.type_name, &object.state).state;
        Some(hcl::resource(&object.type_name, name, &schema.block, &config))
    };
    let described = report.unmanaged.iter().filter(|(_, object)| !object.state.is_null());
    described.filter_map(configuration).collect::<Vec<_>>().join("\n")
}

fn document(report: &Report) -> String {
    let unmanaged = report.unmanaged.iter().map(|(name, object)| {
        json!({
            "address": format!("{}.{name}", object.type_name),
            "type": object.type_name,
            "id": object.id,
            "region": object.region,
            "name": object.display_name,
        })
    });
    let gone = report
        .gone
        .iter()
        .map(|gone| json!({ "address": gone.address, "type": gone.type_name, "id": gone.id, "region": gone.region }));
    let document = json!({
        "unmanaged": unmanaged.collect::<Vec<_>>(),
        "gone": gone.collect::<Vec<_>>(),
        "failures": report.failures,
    });
    format!("{document:#}\n")
}
