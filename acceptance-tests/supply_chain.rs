//! What the workflows promise about the toolchain and the dependencies.

use crate::harness::workspace::text_of;

#[test]
fn the_oldest_rust_that_is_promised_is_tested() {
    let manifest: toml::Table = text_of("Cargo.toml").parse().expect("cargo has read it");
    let oldest = manifest["package"]["rust-version"].as_str().expect("a version").to_owned();
    let workflow = text_of(".github/workflows/ci.yml");
    assert!(workflow.contains(&format!("rust: [\"{oldest}\", stable]")), "{oldest} is not in the matrix\n{workflow}");
}

#[test]
fn every_build_takes_the_locked_dependencies() {
    let files = [".ci/run", ".ci/release", ".github/workflows/ci.yml", ".github/workflows/release.yml"];
    let mut seen = 0;
    for file in files {
        let text = text_of(file);
        let builds = text.lines().filter(|line| !line.trim_start().starts_with('#'));
        let builds = builds.filter(|line| {
            ["cargo clippy", "cargo doc", "cargo install", "cargo deny", "\"cargo\", verb", "\"cargo\", \"install\""]
                .iter()
                .any(|build| line.contains(build))
        });
        for build in builds {
            seen += 1;
            assert!(build.contains("--locked"), "{file}: {build}");
        }
    }
    assert!(seen > 5, "only {seen} builds are found");
}
