//! A file-system mirror with this executable as the only package, so that `init` installs it as from a registry.
//!
//! Knows the layout that Terraform and OpenTofu share, and nothing of the demo.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

use crate::hcl::quoted;

/// The registries that Terraform and OpenTofu take an address without a host to.
const HOSTS: &[&str] = &["registry.terraform.io", "registry.opentofu.org"];

/// The address of the provider without the host.
const ADDRESS: &str = "sagemaker-rs/sagemaker";

/// Writes the mirror into a directory that does not exist yet. `executable`: of the provider.
pub(super) fn write(mirror: &Path, executable: &Path) -> io::Result<()> {
    for host in HOSTS {
        let package = package(mirror, host);
        fs::create_dir_all(&package)?;
        link(executable, &package.join(program()))?;
    }
    Ok(())
}

/// The settings of a CLI that installs providers from the mirror alone.
pub(super) fn cli_config(mirror: &Path) -> String {
    let path = quoted(&mirror.to_string_lossy());
    format!("provider_installation {{\n  filesystem_mirror {{\n    path = {path}\n  }}\n}}\n")
}

fn package(mirror: &Path, host: &str) -> PathBuf {
    mirror.join(host).join(ADDRESS).join(env!("CARGO_PKG_VERSION")).join(platform())
}

fn program() -> String {
    format!("{}_v{}{}", env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"), env::consts::EXE_SUFFIX)
}

/// This platform as Go names it, `linux_amd64`.
fn platform() -> String {
    let system = match env::consts::OS {
        "macos" => "darwin",
        other => other,
    };
    let architecture = match env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        "x86" => "386",
        other => other,
    };
    format!("{system}_{architecture}")
}

#[cfg(unix)]
fn link(executable: &Path, link: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(executable, link)
}

#[cfg(not(unix))]
fn link(executable: &Path, copy: &Path) -> io::Result<()> {
    fs::copy(executable, copy).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_host_finds_the_executable() {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let executable = directory.path().join("provider");
        fs::write(&executable, "contents").expect("writable");
        write(&directory.path().join("mirror"), &executable).expect("writable");
        for host in ["registry.terraform.io", "registry.opentofu.org"] {
            let versions = directory.path().join("mirror").join(host).join("sagemaker-rs/sagemaker");
            let package = versions.join(env!("CARGO_PKG_VERSION")).join(platform());
            assert_eq!(fs::read_to_string(package.join(program())).ok().as_deref(), Some("contents"), "{host}");
        }
    }

    #[test]
    fn paths_are_escaped_for_hcl() {
        assert!(cli_config(Path::new(r#"C:\a "b""#)).contains(r#"path = "C:\\a \"b\"""#));
    }
}
