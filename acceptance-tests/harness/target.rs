//! The directory that cargo builds into, where processes of a test run share what they prepare.

use std::{fs::File, path::Path};

/// The directory itself.
pub(crate) fn directory() -> &'static Path {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("cargo creates `tmp` inside the target directory")
}

/// Waits until no other process of this run prepares the same, and keeps it from doing so until the value is dropped.
pub(crate) fn lock(what: &str) -> File {
    let file = File::create(directory().join(format!("{what}.lock"))).expect("cargo can write there, too");
    file.lock().expect("a new file can be locked");
    file
}
