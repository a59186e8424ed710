//! Installations, as the README and the guides describe them: every block of settings for the CLI, with every block of
//! commands that fills a mirror for it, and a release verified by hand.

use std::{collections::BTreeSet, fs, path::Path};

use super::page::{Page, readme_and_guides};
use crate::{
    fixtures::MODEL,
    harness::{
        Workspace,
        backend::{PROVIDER, VERSION},
        cli::{PLATFORM, REGISTRIES},
        https::{self, Site},
        keyring::Keyring,
        registry::{Offer, Registry},
        release::releases,
    },
};

const MIRROR: &str = "/path/to/mirror";
const URL: &str = "https://mirror.example.com/";
const BUILT: &str = "target/release/terraform-provider-sagemaker";
const OVERRIDE: &str = "/path/to/terraform-provider-sagemaker/target/release";

/// Another provider beside ours, as nearly all configurations have one.
const BOTH: &str = r#"
terraform {
  required_providers {
    aws       = { source = "hashicorp/aws" }
    sagemaker = { source = "sagemaker-rs/sagemaker" }
  }
}
"#;

/// Commands that fill a mirror, and settings that name it.
struct MirrorSetup {
    page: String,
    fill: String,
    settings: String,
}

impl MirrorSetup {
    /// True if these settings install both providers from what these commands have put there.
    fn is_complete(&self) -> bool {
        mirrors_all(&self.fill) || (self.settings.contains("direct") && self.settings.contains("filesystem_mirror"))
    }
}

/// True if the mirror gets all providers that a configuration requires, and the index files of a network mirror.
fn mirrors_all(commands: &str) -> bool {
    commands.contains("providers mirror")
}

/// The settings for the CLI in a page.
fn settings(page: &Page) -> Vec<String> {
    let blocks = page.blocks_in(&["hcl"]).into_iter().map(|block| block.text);
    blocks.filter(|text| text.starts_with("provider_installation {")).collect()
}

fn scripts(page: &Page) -> Vec<String> {
    page.blocks_in(&["sh"]).into_iter().map(|block| block.text).collect()
}

/// The script of the guide on installation in which this occurs.
fn script(part: &str) -> String {
    let found = scripts(&Page::guide("installation")).into_iter().find(|script| script.contains(part));
    found.unwrap_or_else(|| panic!("no commands of the guide have `{part}`"))
}

fn setups(page: &Page) -> Vec<MirrorSetup> {
    let fills = scripts(page).into_iter().filter(|script| {
        script.contains(MIRROR) && (mirrors_all(script) || script.lines().any(|line| line.starts_with("cp ")))
    });
    let mirrors = settings_of_mirrors(page);
    let setup =
        |fill: &String, settings| MirrorSetup { page: page.path.display().to_string(), fill: fill.clone(), settings };
    let all = fills.flat_map(|fill| mirrors.iter().map(move |it| setup(&fill, it.clone())).collect::<Vec<_>>());
    all.filter(MirrorSetup::is_complete).collect()
}

/// Workspaces of Terraform and OpenTofu that require both providers, with the release beside the configuration.
fn workspaces() -> [Workspace; 2] {
    [Workspace::offline(), Workspace::offline_with_tofu()].map(|workspace| {
        releases().sagemaker.write_to(workspace.root());
        workspace.write("preamble.tf", BOTH);
        workspace
    })
}

fn others() -> Offer {
    Offer::of(&releases().aws)
}

/// Runs commands of a page, with its paths as they are here.
fn run(workspace: &Workspace, commands: &str, mirror: &Path) {
    let commands = commands.replace(MIRROR, &mirror.display().to_string()).replace("linux_amd64", PLATFORM);
    // The public registries have different directories in a mirror.
    let variants: BTreeSet<String> = REGISTRIES.iter().map(|host| commands.replace(REGISTRIES[0], host)).collect();
    for commands in variants {
        match commands.strip_prefix("terraform ") {
            Some(arguments) => workspace.run(&arguments.split_whitespace().collect::<Vec<_>>()),
            None => workspace.script(&commands.replace(BUILT, PROVIDER)),
        }
        .expect_success();
    }
}

/// Demands that both providers are installed, though the registry offers only the other one.
#[track_caller]
fn expect_installed(workspace: &Workspace, what: &str) {
    let run = workspace.init();
    let ours = format!("Installed sagemaker-rs/sagemaker v{VERSION} (");
    let are_installed = [ours.as_str(), "Installed hashicorp/aws v6.0.0 ("].iter().all(|it| run.said().contains(it));
    assert!(run.code == Some(0) && are_installed, "{what}\n{run}");
}

fn follow(setup: &MirrorSetup, workspace: &mut Workspace) {
    let mirror = workspace.root().join("mirror");
    let registry = Registry::start(&[others(), Offer::of(&releases().sagemaker)]);
    registry.serve(workspace, "");
    run(workspace, &setup.fill, &mirror);
    let site = if setup.settings.contains(URL) { https::site(&mirror) } else { Site::new() };
    let registry = Registry::beside(site, &[others()]);
    let settings = setup.settings.replace(MIRROR, &mirror.display().to_string());
    registry.serve(workspace, &settings.replace(URL, &format!("{}/", registry.url())));
    expect_installed(workspace, &format!("{}:\n{}\n{}", setup.page, setup.fill, setup.settings));
}

#[test]
fn every_mirror_in_a_page_installs_the_provider_beside_hashicorp_aws() {
    let setups: Vec<MirrorSetup> = readme_and_guides().iter().flat_map(setups).collect();
    for setup in &setups {
        workspaces().iter_mut().for_each(|workspace| follow(setup, workspace));
    }
    let settings: BTreeSet<&String> = setups.iter().map(|setup| &setup.settings).collect();
    let all: Vec<String> = readme_and_guides().iter().flat_map(settings_of_mirrors).collect();
    assert!(all.iter().all(|text| settings.contains(text)) && all.len() > 3, "no commands fill a mirror for {all:?}");
}

fn settings_of_mirrors(page: &Page) -> Vec<String> {
    settings(page).into_iter().filter(|text| text.contains("_mirror {")).collect()
}

#[test]
fn every_override_in_a_page_needs_no_installation() {
    let all: Vec<String> =
        readme_and_guides().iter().flat_map(settings).filter(|text| text.contains("dev_overrides")).collect();
    let binaries = Path::new(PROVIDER).parent().expect("a program is in a directory").display().to_string();
    for text in &all {
        for workspace in [Workspace::offline(), Workspace::offline_with_tofu()] {
            workspace.configure(MODEL).configure_cli(&text.replace(OVERRIDE, &binaries));
            workspace.validate().expect_success().expect_text(&["development overrides"]);
        }
    }
    assert!(all.len() > 1, "overrides are found");
}

#[test]
fn the_lock_file_gets_checksums_from_a_mirror() {
    let registry = Registry::start(&[others(), Offer::of(&releases().sagemaker)]);
    for mut workspace in workspaces() {
        let mirror = workspace.root().join("mirror");
        registry.serve(&mut workspace, "");
        run(&workspace, &script("providers mirror"), &mirror);
        run(&workspace, &script("providers lock"), &mirror);
        let locked = fs::read_to_string(workspace.root().join(".terraform.lock.hcl")).expect("a lock file is written");
        assert_eq!(locked.matches("\"h1:").count(), 2, "{locked}");
    }
}

#[test]
fn a_directory_that_the_cli_searches_needs_no_settings() {
    let registry = Registry::start(&[others()]);
    for mut workspace in workspaces() {
        registry.serve(&mut workspace, "");
        run(&workspace, &script("~/.terraform.d/plugins"), Path::new(MIRROR));
        expect_installed(&workspace, "without settings");
    }
}

#[test]
fn an_image_has_the_package_where_the_cli_finds_it() {
    const SHARED: &str = "/usr/local/share";
    let images = Page::guide("installation").blocks_in(&["dockerfile"]);
    let copy = images.iter().flat_map(|image| image.text.lines()).find_map(|line| line.strip_prefix("COPY "));
    let (package, directory) = copy.and_then(|copy| copy.split_once(' ')).expect("the image has a copy of the package");
    let registry = Registry::start(&[others()]);
    for mut workspace in workspaces() {
        let shared = workspace.root().join("share").display().to_string();
        let directory = directory.replace(SHARED, &shared);
        run(&workspace, &format!("mkdir -p {directory}\ncp {package} {directory}\n"), Path::new(MIRROR));
        registry.serve(&mut workspace, "");
        // An image does not set it, and its default begins with the directory of the guide.
        workspace.set("XDG_DATA_DIRS", &shared);
        expect_installed(&workspace, "in an image");
    }
}

#[test]
fn a_release_is_verified_by_hand() {
    let commands = script("gpg --verify");
    let zip = releases().sagemaker.name(&format!("{PLATFORM}.zip"));
    let verify = |key: &str, alter: fn(&mut Vec<u8>)| {
        let (keyring, mut workspace) = (Keyring::new(), Workspace::offline());
        releases().sagemaker.write_to(workspace.root());
        let mut content = releases().sagemaker.file(&format!("{PLATFORM}.zip")).to_vec();
        alter(&mut content);
        fs::write(workspace.root().join(&zip), content).expect("the workspace can be written to");
        workspace.set("GNUPGHOME", &keyring.home().display().to_string()).write("signing-key.asc", key);
        workspace.script(&commands)
    };
    let (signer, stranger) = (&releases().signer.public, &releases().stranger.public);
    verify(signer, |_| {}).expect_success().expect_text(&["Good signature", &format!("{zip}: OK")]);
    verify(signer, |content| content[0] ^= 1).expect_failure(&["Good signature", &format!("{zip}: FAILED")]);
    let run = verify(stranger, |_| {});
    assert!(run.code == Some(2) && run.said().contains("No public key"), "{run}");
}
