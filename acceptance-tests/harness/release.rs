//! Releases as registries receive them: the provider's, written by `.ci/release`, and a stand-in for that of hashicorp/aws.
//! Both are signed with a key that is generated for this run.

use std::{collections::BTreeMap, fs, path::Path, process::Command, sync::OnceLock, time::Duration};

use bytes::Bytes;

use super::{
    backend::{PROVIDER, VERSION},
    cli::PLATFORM,
    keyring::{Key, Keyring},
    process,
    workspace::repository,
};

/// Writes a release of a provider that can be installed and nothing else.
const STAND_IN: &str = r##"
name=terraform-provider-aws_6.0.0
echo '#!/bin/sh' > terraform-provider-aws_v6.0.0_x5
mkdir release
python3 -m zipfile -c "release/${name}_$PLATFORM.zip" terraform-provider-aws_v6.0.0_x5
cd release
echo '{ "version": 1, "metadata": { "protocol_versions": ["5.0"] } }' > "${name}_manifest.json"
sha256sum * > "${name}_SHA256SUMS"
gpg --batch --local-user "$KEY" --detach-sign "${name}_SHA256SUMS"
"##;

/// A release of a provider.
#[derive(Debug)]
pub(crate) struct Release {
    /// `sagemaker-rs/sagemaker`.
    pub(crate) source: &'static str,
    pub(crate) version: &'static str,
    /// The contents of the files, by name.
    files: BTreeMap<String, Bytes>,
}

/// The releases of this run.
#[derive(Debug)]
pub(crate) struct Releases {
    pub(crate) sagemaker: Release,
    pub(crate) aws: Release,
    /// The key that has signed them.
    pub(crate) signer: Key,
    /// A key that has signed nothing.
    pub(crate) stranger: Key,
}

/// The releases that all tests of this run share.
pub(crate) fn releases() -> &'static Releases {
    static RELEASES: OnceLock<Releases> = OnceLock::new();
    RELEASES.get_or_init(|| {
        let keyring = Keyring::new();
        let (signer, stranger) = (keyring.generate("releases@example.com"), keyring.generate("stranger@example.com"));
        Releases { sagemaker: sagemaker(&keyring, &signer), aws: aws(&keyring, &signer), signer, stranger }
    })
}

impl Release {
    /// The content of `terraform-provider-sagemaker_0.1.0_<end>`.
    pub(crate) fn file(&self, end: &str) -> &Bytes {
        let name = self.name(end);
        self.files.get(&name).unwrap_or_else(|| panic!("the release has no {name}, but {:?}", self.files.keys()))
    }

    /// `terraform-provider-sagemaker_0.1.0_<end>`.
    pub(crate) fn name(&self, end: &str) -> String {
        let (_, provider) = self.source.split_once('/').expect("a namespace and a name");
        format!("terraform-provider-{provider}_{}_{end}", self.version)
    }

    /// The platforms that it has a zip for, such as `linux_amd64`.
    pub(crate) fn platforms(&self) -> impl Iterator<Item = &str> {
        let start = self.name("");
        self.files.keys().filter_map(move |name| name.strip_prefix(&start)?.strip_suffix(".zip"))
    }

    /// Writes its files into a directory.
    pub(crate) fn write_to(&self, directory: &Path) {
        for (name, content) in &self.files {
            fs::write(directory.join(name), content).expect("the directory can be written to");
        }
    }
}

fn sagemaker(keyring: &Keyring, signer: &Key) -> Release {
    let directory = tempfile::tempdir().expect("a temporary directory can be created");
    let (binary, release) = (directory.path().join("binary"), directory.path().join("release"));
    // As those of releases are; compressing the symbols would take longer than all of the test.
    must(Command::new("strip").arg("-o").arg(&binary).arg(PROVIDER));
    let mut command = Command::new(repository().join(".ci/release"));
    command.args([VERSION, "--prebuilt", &format!("{PLATFORM}={}", binary.display()), "--key", &signer.id]);
    must(command.arg("--out").arg(&release).env("GNUPGHOME", keyring.home()));
    Release { source: "sagemaker-rs/sagemaker", version: VERSION, files: files(&release) }
}

fn aws(keyring: &Keyring, signer: &Key) -> Release {
    let directory = tempfile::tempdir().expect("a temporary directory can be created");
    let mut command = Command::new("sh");
    command.args(["-e", "-c", STAND_IN]).current_dir(&directory);
    must(command.env("PLATFORM", PLATFORM).env("KEY", &signer.id).env("GNUPGHOME", keyring.home()));
    Release { source: "hashicorp/aws", version: "6.0.0", files: files(&directory.path().join("release")) }
}

fn must(command: &mut Command) {
    let finished = process::run(command, Duration::from_secs(120));
    assert_eq!(finished.code, Some(0), "{command:?}\n{}{}", finished.stdout, finished.stderr);
}

fn files(directory: &Path) -> BTreeMap<String, Bytes> {
    let entries = fs::read_dir(directory).expect("a release is a directory").map(|entry| entry.expect("an entry"));
    let content = |path: &Path| fs::read(path).expect("a readable file").into();
    entries.map(|entry| (entry.file_name().to_string_lossy().into_owned(), content(&entry.path()))).collect()
}
