//! What the arguments name: a plan, a directory, or types.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{
    arn_scope::ArnScope,
    directory,
    error::PolicyError,
    options::Options,
    plan::{self, Planned},
    types,
    uses::Use,
};

/// All uses, and where they are unless they say it.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) uses: Vec<Use>,
    pub(super) scope: ArnScope,
}

/// Reads what is given.
pub(super) fn read(options: &Options) -> Result<Found, PolicyError> {
    let (purpose, given) = (options.purpose, options.given.as_slice());
    let anywhere = |uses| Found { uses, scope: ArnScope::new(options, None, None) };
    match given {
        [path] if Path::new(path).is_dir() => {
            let blocks = directory::blocks(Path::new(path))?;
            types::of_blocks(blocks.into_iter(), purpose).map(anywhere)
        }
        [path] if is_file(path) => {
            let file = PathBuf::from(path);
            let bytes = fs::read(path).map_err(|error| PolicyError::Read { file: file.clone(), error })?;
            // The file that `terraform plan -out` writes is no text.
            let Planned { uses, region, account } = plan::planned(file, &String::from_utf8_lossy(&bytes), purpose)?;
            Ok(Found { uses, scope: ArnScope::new(options, region, account) })
        }
        types => types::uses(types, purpose).map(anywhere),
    }
}

/// True for a text that names a file, even if there is none: no type has such a name.
fn is_file(text: &str) -> bool {
    Path::new(text).exists() || text.contains(['/', '\\', '.'])
}
