//! The provider installed as users install it, from a registry that offers a signed release, under Terraform and OpenTofu;
//! and the packages, checksums and signatures that both refuse.

use std::{fs, path::Path};

use crate::{
    fixtures::MODEL,
    harness::{
        Backend, Workspace,
        backend::VERSION,
        cli::{PLATFORM, REGISTRIES},
        registry::{Offer, Registry, checksum},
        release::releases,
        workspace::REQUIREMENT,
    },
};

const LOCK_FILE: &str = ".terraform.lock.hcl";

/// Changes an honest offer.
type Alteration = fn(&mut Offer);

/// What is wrong with an offer, how it comes to that, and what the CLI says.
const REFUSED: &[(&str, Alteration, &str)] = &[
    ("a package with another byte", tamper_package, "archive has incorrect checksum"),
    (
        "a package with another byte, and its checksum in the registry",
        tamper_registry,
        "checksum list has unexpected SHA-256 hash",
    ),
    (
        "a package with another byte, and its checksum everywhere",
        tamper_everything,
        "error checking signature: openpgp: invalid signature",
    ),
    ("a signature by another key", sign_as_stranger, "authentication signature from unknown issuer"),
    ("no package for this platform", withdraw_platform, "does not have a package available for your current platform"),
    ("only an unknown protocol", |offer| offer.protocols = ["7.0"].into(), "No compatible versions of provider"),
];

fn offer() -> Offer {
    Offer::of(&releases().sagemaker)
}

fn tamper_package(offer: &mut Offer) {
    offer.packages.values_mut().for_each(|package| package.change_out_of_band());
}

fn tamper_registry(offer: &mut Offer) {
    tamper_package(offer);
    offer.packages.values_mut().for_each(|package| package.checksum = checksum(&package.content));
}

fn tamper_everything(offer: &mut Offer) {
    let signed = offer.packages[PLATFORM].checksum.clone();
    tamper_registry(offer);
    let checksums = String::from_utf8_lossy(&offer.checksums);
    offer.checksums = checksums.replace(&signed, &offer.packages[PLATFORM].checksum).into();
}

fn sign_as_stranger(offer: &mut Offer) {
    offer.signing_key.clone_from(&releases().stranger.public);
}

fn withdraw_platform(offer: &mut Offer) {
    let package = offer.packages.remove(PLATFORM).expect("it is what the test runs on");
    offer.packages.insert("plan9_mips".to_owned(), package);
}

/// Installed and verified, recorded in the lock file, and used from a first apply to the end.
fn installs_and_runs(host: fn(&Backend) -> Workspace) {
    let (backend, registry) = (Backend::local(), Registry::start(&[offer()]));
    let mut workspace = host(&backend);
    registry.serve(&mut workspace, "");
    workspace.configure(MODEL);
    let installed = format!("Installed sagemaker-rs/sagemaker v{VERSION} (");
    let signed = format!("signed, key ID {})", releases().signer.id);
    workspace.init().expect_success().expect_text(&[&installed, &signed]);
    let locked = fs::read_to_string(workspace.root().join(LOCK_FILE)).expect("a lock file is written");
    let checksums = String::from_utf8_lossy(releases().sagemaker.file("SHA256SUMS")).into_owned();
    let recorded = checksums.lines().map(|line| format!("\"zh:{}\"", line.split(' ').next().unwrap_or_default()));
    for hash in recorded.chain(["\"h1:".to_owned()]) {
        assert!(locked.contains(&hash), "{hash} is missing in\n{locked}");
    }
    let applied = workspace.apply();
    assert!(!applied.said().contains("development overrides"), "{applied}");
    workspace.run(&["version"]).expect_text(&[&format!("sagemaker-rs/sagemaker v{VERSION}")]);
    workspace.expect_no_changes();
    workspace.destroy();
}

#[test]
fn terraform_installs_and_runs_a_signed_release() {
    installs_and_runs(Workspace::new);
}

#[test]
fn opentofu_installs_and_runs_a_signed_release() {
    installs_and_runs(Workspace::with_tofu);
}

#[test]
fn a_private_registry_is_discovered() {
    let registry = Registry::start(&[offer()]);
    for mut workspace in [Workspace::offline(), Workspace::offline_with_tofu()] {
        let source = registry.url().replace("https://", "") + "/sagemaker-rs/sagemaker";
        registry.serve(&mut workspace, "");
        workspace.write("preamble.tf", &REQUIREMENT.replace("sagemaker-rs/sagemaker", &source));
        let signed = format!("signed, key ID {})", releases().signer.id);
        workspace.init().expect_success().expect_text(&[&format!("Installed {source} v{VERSION} ("), &signed]);
    }
}

#[test]
fn what_is_not_as_it_was_signed_or_cannot_run_here_is_not_installed() {
    for (what, alter, said) in REFUSED {
        let mut offer = offer();
        alter(&mut offer);
        let registry = Registry::start(&[offer]);
        for mut workspace in [Workspace::offline(), Workspace::offline_with_tofu()] {
            registry.serve(&mut workspace, "");
            let run = workspace.init();
            assert!(run.code == Some(1) && run.said().contains(said), "{what}: does not say `{said}`\n{run}");
            assert!(!workspace.root().join(LOCK_FILE).exists(), "{what}");
        }
    }
}

#[test]
fn what_the_lock_file_has_from_the_registry_holds_for_a_mirror() {
    let registry = Registry::start(&[offer()]);
    for mut workspace in [Workspace::offline(), Workspace::offline_with_tofu()] {
        registry.serve(&mut workspace, "");
        workspace.init().expect_success();
        let mirror = workspace.root().join("mirror");
        let packages = REGISTRIES.map(|host| mirror.join(host).join("sagemaker-rs/sagemaker"));
        let settings = format!("provider_installation {{\n  filesystem_mirror {{ path = {mirror:?} }}\n}}\n");
        workspace.configure_cli(&settings);

        packages.iter().for_each(|package| write_packed(package));
        forget_installed(&workspace);
        workspace.run(&["init", "-no-color", "-lockfile=readonly"]).expect_success();

        packages.iter().for_each(|package| write_other_program(package));
        forget_installed(&workspace);
        workspace.init().expect_failure(&["doesn't match any of the checksums previously recorded"]);
    }
}

fn write_packed(package: &Path) {
    fs::create_dir_all(package).expect("the workspace can be written to");
    releases().sagemaker.write_to(package);
}

/// Puts another program in place of the package.
fn write_other_program(package: &Path) {
    let zip = releases().sagemaker.name(&format!("{PLATFORM}.zip"));
    fs::remove_file(package.join(zip)).expect("the package was written there");
    let unpacked = package.join(VERSION).join(PLATFORM);
    fs::create_dir_all(&unpacked).expect("the workspace can be written to");
    let program = unpacked.join(format!("terraform-provider-sagemaker_v{VERSION}"));
    fs::write(program, "#!/bin/sh\n").expect("a new directory can be written to");
}

/// Leaves the lock file.
fn forget_installed(workspace: &Workspace) {
    fs::remove_dir_all(workspace.root().join(".terraform")).expect("providers were installed there");
}
