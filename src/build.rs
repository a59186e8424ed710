//! Generates code: the protocols of `proto/` and the static tables of the room `definition`.

/// The types of the tables, which the build generates and the library reads.
#[allow(dead_code, unreachable_pub, reason = "the library has further uses for them")]
mod definition {
    pub(crate) mod action;
    pub(crate) mod attribute;
    pub(crate) mod bounds;
    pub(crate) mod call;
    pub(crate) mod camel_case;
    pub(crate) mod compile;
    pub(crate) mod duration;
    pub(crate) mod iam;
    pub(crate) mod images;
    pub(crate) mod resource;
    pub(crate) mod rule;
    pub(crate) mod shape;
}

/// Parts of the sentences about problems.
#[allow(dead_code, reason = "the library has further uses for them")]
mod text;

/// The schema types that the tables use.
#[allow(dead_code, unreachable_pub, reason = "the library has further uses for them")]
mod schema {
    pub(crate) mod usage;
}

use std::{
    env,
    error::Error,
    fs, io,
    path::{Path, PathBuf},
};

use definition::compile;

const PROTO: &str = "proto";
const SCHEMAS: &str = "schemas";
const MODEL: &str = "model.json";
const IAM: &str = "iam.json";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={SCHEMAS}");
    write_protocols()?;
    write_tables(&PathBuf::from(env::var("OUT_DIR")?))
}

fn write_protocols() -> Result<(), Box<dyn Error>> {
    if !Path::new(PROTO).is_dir() {
        return Ok(());
    }
    println!("cargo::rerun-if-changed={PROTO}");
    let files = protox::compile(files_of(PROTO, "proto")?, [PROTO])?;
    // The room `server` and its tests implement the transport, not generated code.
    tonic_prost_build::configure().build_transport(false).compile_fds(files)?;
    Ok(())
}

fn write_tables(target: &Path) -> Result<(), Box<dyn Error>> {
    let model = compile::Model::read(&fs::read_to_string(Path::new(SCHEMAS).join(MODEL))?)
        .map_err(|fault| format!("{SCHEMAS}/{MODEL}: {fault}"))?;
    fs::write(target.join("service.rs"), compile::service(&model))?;
    let iam = compile::iam(&fs::read_to_string(Path::new(SCHEMAS).join(IAM))?);
    fs::write(target.join("iam.rs"), iam.map_err(|fault| format!("{SCHEMAS}/{IAM}: {fault}"))?)?;
    match compile::definitions(&model, &sources()?) {
        Ok(definitions) => fs::write(target.join("definitions.rs"), definitions)?,
        Err(problems) => {
            // Cargo fails the build for it, and prints each once.
            for problem in problems.iter() {
                println!("cargo::error={problem}");
            }
        }
    }
    Ok(())
}

/// The definition files.
fn sources() -> Result<Vec<compile::Source>, Box<dyn Error>> {
    let read = |path: PathBuf| {
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(compile::Source { file, text: fs::read_to_string(&path)? })
    };
    files_of(SCHEMAS, "toml")?.into_iter().map(read).collect()
}

/// The files of a directory with that extension, sorted, so that the same sources give the same output.
fn files_of(directory: &str, extension: &str) -> io::Result<Vec<PathBuf>> {
    let paths: Vec<PathBuf> =
        fs::read_dir(directory)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<_>>()?;
    let mut found: Vec<PathBuf> =
        paths.into_iter().filter(|path| path.extension().is_some_and(|found| found == extension)).collect();
    found.sort();
    Ok(found)
}
