//! Keys of GnuPG that exist for as long as a test needs them.
//!
//! Knows nothing of Terraform and nothing of releases.

use std::{fs::Permissions, os::unix::fs::PermissionsExt, path::Path, process::Command, time::Duration};

use tempfile::TempDir;

use super::process;

/// A directory for GnuPG, in which no other keys are.
#[derive(Debug)]
pub(crate) struct Keyring {
    home: TempDir,
}

/// The public half of a key.
#[derive(Debug, Clone)]
pub(crate) struct Key {
    /// The last 16 digits of the fingerprint, as Terraform shows them.
    pub(crate) id: String,
    /// In ASCII armor.
    pub(crate) public: String,
}

impl Keyring {
    pub(crate) fn new() -> Self {
        // The sockets of the agent are in it, and their paths may have no more than 107 bytes.
        let mut builder = tempfile::Builder::new();
        builder.prefix("gpg").permissions(Permissions::from_mode(0o700));
        Self { home: builder.tempdir_in("/tmp").expect("a temporary directory can be created") }
    }

    /// The value of `GNUPGHOME`.
    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// Generates a key without a passphrase. It is an RSA key, since not every registry accepts others.
    pub(crate) fn generate(&self, address: &str) -> Key {
        self.gpg(&["--passphrase", "", "--quick-generate-key", address, "rsa2048", "sign", "never"]);
        let listed = self.gpg(&["--with-colons", "--list-keys", address]);
        let id = listed.lines().find_map(|line| line.strip_prefix("pub:")?.split(':').nth(3));
        let id = id.unwrap_or_else(|| panic!("gpg lists no key:\n{listed}"));
        Key { id: id.to_owned(), public: self.gpg(&["--armor", "--export", address]) }
    }

    fn gpg(&self, arguments: &[&str]) -> String {
        assert!(process::on_path("gpg").is_some(), "this test needs gpg on PATH: install gnupg");
        let mut gpg = Command::new("gpg");
        gpg.args(["--batch", "--quiet"]).args(arguments).env("GNUPGHOME", self.home());
        let finished = process::run(&mut gpg, Duration::from_secs(60));
        assert_eq!(finished.code, Some(0), "{gpg:?}\n{}{}", finished.stdout, finished.stderr);
        finished.stdout
    }
}

impl Drop for Keyring {
    /// Ends the agent, which GnuPG has started in the background.
    fn drop(&mut self) {
        // It fails if there is none.
        let _ = Command::new("gpgconf").args(["--kill", "all"]).env("GNUPGHOME", self.home()).status();
    }
}
