//! No misspelt words, in prose and in identifiers: what `typos` finds with its list of common mistakes.
//! `.typos.toml` says what is left out.

use std::{process::Command, time::Duration};

use crate::{
    harness::{process, python::python},
    style::CHECKED,
};

#[test]
fn nothing_is_misspelt() {
    let mut typos = Command::new(python().with_file_name("typos"));
    typos.current_dir(env!("CARGO_MANIFEST_DIR")).args(["--format", "brief"]).args(CHECKED);
    let checked = process::run(&mut typos, Duration::from_secs(60));
    assert_eq!(checked.code, Some(0), "{}{}", checked.stdout, checked.stderr);
}
