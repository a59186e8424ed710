//! `.ci/release`, as a maintainer runs it, with a small file in place of each binary.

use std::{collections::BTreeSet, fs, path::Path, process::Command, time::Duration};

use tempfile::TempDir;

use crate::harness::{
    backend::VERSION,
    process::{self, Finished},
    registry::checksum,
    workspace::repository,
};

/// All platforms but those that are built elsewhere, and these.
const HERE: &[&str] = &["linux_amd64", "linux_arm64", "windows_amd64"];
const ELSEWHERE: &[&str] = &["darwin_amd64", "darwin_arm64"];

/// A directory with a file `binary`.
fn directory() -> TempDir {
    let directory = tempfile::tempdir().expect("a temporary directory can be created");
    fs::write(directory.path().join("binary"), "a binary").expect("it can be written to");
    directory
}

/// Runs the tool, which finds the binary in this directory.
fn run(directory: &Path, version: &str, platforms: &[&str], options: &[&str]) -> Finished {
    let mut command = Command::new(repository().join(".ci/release"));
    command.args([version, "--no-sign"]).args(options).current_dir(directory);
    for platform in platforms {
        command.args(["--prebuilt", &format!("{platform}={}", directory.join("binary").display())]);
    }
    process::run(&mut command, Duration::from_secs(60))
}

/// A release of the binary in this directory; its checksums.
fn release(directory: &Path) -> String {
    let path = |name: &str| directory.join(name).display().to_string();
    for (platforms, options) in [
        (ELSEWHERE, vec!["--out", &path("elsewhere")]),
        (HERE, vec!["--out", &path("release"), "--add", &path("elsewhere")]),
    ] {
        let finished = run(directory, VERSION, platforms, &options);
        assert_eq!(finished.code, Some(0), "{}{}", finished.stdout, finished.stderr);
    }
    let sums = directory.join(format!("release/terraform-provider-sagemaker_{VERSION}_SHA256SUMS"));
    fs::read_to_string(sums).expect("a release has checksums")
}

#[test]
fn equal_binaries_make_equal_releases() {
    let (one, other) = (directory(), directory());
    assert_eq!(release(one.path()), release(other.path()));
}

#[test]
fn the_checksums_are_those_of_all_platforms_and_of_the_manifest() {
    let directory = directory();
    let sums = release(directory.path());
    let start = format!("terraform-provider-sagemaker_{VERSION}_");
    let names = HERE.iter().chain(ELSEWHERE).map(|platform| format!("{start}{platform}.zip"));
    let expected: BTreeSet<String> = names.chain([format!("{start}manifest.json")]).collect();
    let pairs = sums.lines().map(|line| line.split_once("  ").expect("a checksum and a name"));
    assert_eq!(pairs.clone().map(|(_, name)| name.to_owned()).collect::<BTreeSet<_>>(), expected);
    for (sum, name) in pairs {
        let content = fs::read(directory.path().join("release").join(name)).expect("a file of the release");
        assert_eq!(checksum(&content), sum, "{name}");
        let end = if name.contains("windows") { ".exe" } else { "" };
        let entry = format!("terraform-provider-sagemaker_v{VERSION}{end}").into_bytes();
        let has_binary = content.windows(entry.len()).any(|part| part == entry);
        assert!(has_binary || name.ends_with(".json"), "{name} has no {}", String::from_utf8_lossy(&entry));
    }
}

#[test]
fn what_cannot_be_released_is_refused() {
    let directory = directory();
    let out = directory.path().display().to_string();
    let empty = directory.path().join("release").display().to_string();
    for (version, platforms, out, said) in [
        ("9.9.9", HERE, &empty, "the version is 9.9.9, but Cargo.toml has"),
        (VERSION, HERE, &out, "is not empty; remove it, or name another directory with --out"),
        (VERSION, &["plan9_mips"], &empty, "a platform (linux_amd64, "),
    ] {
        let finished = run(directory.path(), version, platforms, &["--out", out]);
        assert!(finished.code == Some(1) && finished.stderr.contains(said), "{said}\n{}", finished.stderr);
    }
}
